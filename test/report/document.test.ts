import { describe, expect, test } from '@jest/globals';
import {
  type Block,
  bad,
  code,
  columns,
  joined,
  jump,
  link,
  list,
  note,
  only,
  own,
  paragraph,
  say,
  table,
  title,
} from '../../src/report/document.ts';
import { printHtml } from '../../src/report/print-html.ts';
import { printMarkdown } from '../../src/report/print-markdown.ts';

const html = (...blocks: readonly Block[]): string => printHtml(blocks).text;
const markdown = (...blocks: readonly Block[]): string => printMarkdown(blocks).join('\n\n');

describe('a line of a report', () => {
  const hostile = '<b>**x**</b> @you';

  test('has what came from outside escaped, whatever prints it', () => {
    const line = paragraph(say`it said ${hostile}: bad`);
    expect(html(line)).toBe('<p>it said &#60;b&#62;**x**&#60;/b&#62; @you: bad</p>\n');
    expect(markdown(line)).not.toMatch(/<b>|\*\*x|@you/);
  });

  test('has code from outside escaped too', () => {
    expect(html(paragraph(say`${code('<i>')}`))).toBe('<p><code>&#60;i&#62;</code></p>\n');
    expect(markdown(paragraph(say`${code('`<i>`')}`))).not.toContain('<i>');
  });

  test('keeps the words of the tool, and the blanks between them and what is put in', () => {
    const line = paragraph(say`${3} of ${own('5 < 6 & more')} in ${joined([code('a'), code('b')])}`);
    expect(html(line)).toBe('<p>3 of 5 &#60; 6 &#38; more in <code>a</code>, <code>b</code></p>\n');
    expect(markdown(line)).toBe('3 of 5 < 6 & more in `a`, `b`');
  });
});

test('the same table, list and title in both', () => {
  const blocks = [
    title(say`Figures`),
    table([{ head: 'name' }, { head: 'value', kind: 'number' }], [[code('x'), bad(own('7'))]]),
    list([say`one`, say`two`]),
  ];
  expect(markdown(...blocks)).toBe('**Figures**\n\n| name | value |\n|---|---:|\n| `x` | **7** |\n\n- one\n- two');
  const printed = html(...blocks);
  expect(printed).toContain('<h3>Figures</h3>');
  expect(printed).toContain('<td class="number" data-head="value"><span class="bad">7</span></td>');
  expect(printed).toContain('<li>one</li>\n<li>two</li>');
});

describe('blocks that each medium prints in its own way', () => {
  test('a note is a box on a page and a quotation in text', () => {
    expect(html(note(say`mind ${'<this>'}`))).toBe('<p class="note">mind &#60;this&#62;</p>\n');
    expect(markdown(note(say`mind this`))).toBe('> mind this');
  });

  test('what is for one medium is not in the other', () => {
    const blocks = [only('page', paragraph(say`drag to zoom`)), only('text', paragraph(say`see report.html`))];
    expect(html(...blocks)).toBe('<p>drag to zoom</p>\n');
    expect(markdown(...blocks)).toBe('see report.html');
  });

  test('parts that stand side by side on a page follow one another in text; an empty one leaves no gap', () => {
    const beside = columns([paragraph(say`left`)], [], [paragraph(say`right`)]);
    expect(html(beside)).toBe(
      '<div class="beside">\n<div>\n<p>left</p>\n</div>\n<div>\n<p>right</p>\n</div>\n</div>\n',
    );
    expect(markdown(beside)).toBe('left\n\nright');
  });

  test('a link within the report is only words in text, where nothing has an id; one to an address is a link in both', () => {
    const line = paragraph(say`${jump('violation-1', code('ordering'))} ${link('https://example.org/x', 'the run')}`);
    expect(html(line)).toBe(
      '<p><a href="#violation-1"><code>ordering</code></a> <a href="https://example.org/x">the run</a></p>\n',
    );
    expect(markdown(line)).toBe('`ordering` [the run](https://example.org/x)');
  });

  test('the head of a section is as deep as the document has it', () => {
    const finding: Block = { type: 'finding', head: say`lost`, blocks: [paragraph(say`how`)] };
    const blocks: Block[] = [{ type: 'heading', text: say`What broke` }, finding];
    expect(printMarkdown(blocks)).toEqual(['## What broke', '### lost', 'how']);
    expect(printMarkdown(blocks, { level: 3 })).toEqual(['### What broke', '#### lost', 'how']);
  });

  test('a title of what is bad is bold once in text', () => {
    expect(markdown(title(say`New violations`, 'bad'))).toBe('**New violations**');
    expect(html(title(say`New violations`, 'bad'))).toBe('<h3 class="bad">New violations</h3>\n');
  });
});
