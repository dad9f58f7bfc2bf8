import { describe, expect, test } from '@jest/globals';
import { type Block, bad, code, joined, list, own, paragraph, say, table, title } from '../../src/report/document.ts';
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
