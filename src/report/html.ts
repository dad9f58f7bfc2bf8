import { createHash } from 'node:crypto';
import uplot from 'uplot/dist/uPlot.iife.min.js' with { type: 'text' };
import uplotStyle from 'uplot/dist/uPlot.min.css' with { type: 'text' };
import uplotLicence from 'uplot/LICENSE' with { type: 'text' };
import type { RunRecord } from '../model/record.ts';
import type { Comparison } from '../score/compare.ts';
import type { Section } from './document.ts';
import { formatScore } from './format.ts';
import { Markup, markup, nothing } from './markup.ts';
import chartsScript from './page/charts.js' with { type: 'text' };
import filterScript from './page/filter.js' with { type: 'text' };
import pageStyle from './page/page.css' with { type: 'text' };
import { printSections } from './print-html.ts';
import { reportSections, scenarioIds } from './sections/report.ts';

const script = `/*\nuPlot:\n\n${uplotLicence}*/\n${uplot}\n${chartsScript}\n${filterScript}`;

/**
 * report.html: one file that asks the network for nothing, which its content security policy enforces. Without JavaScript only the
 * charts are missing. Outside text is escaped. Pure: the same record, the same bytes.
 */
export function renderHtml(record: RunRecord, comparison?: Comparison): string {
  return pageOf({
    title: markup`${record.verdict.toUpperCase()} ${record.sabotage ? `sabotaged: ${record.sabotage.name}` : formatScore(record.score)}: ${record.broker.name}`,
    style: `${uplotStyle}\n${pageStyle}`,
    body: printSections(reportSections(record, { examples: 5, lifelines: 5, comparison }), scenarioIds(record)),
    footer: markup`${record.tool.name} ${record.tool.version}. Rendered from report.json, which holds every figure.`,
    script,
  });
}

/** A page without any script: sections below a head, self-contained and escaped as report.html is. Pure. */
export function renderPage(head: string, sections: readonly Section[], footer: string): string {
  return pageOf({
    title: markup`${head}`,
    style: pageStyle,
    body: markup`<h1>${head}</h1>\n${printSections(sections, new Map())}`,
    footer: markup`${footer}`,
  });
}

/** A page with a script of its own, styled as report.html is. With `connects` it may ask the server that it came from, and frame it. Pure. */
export function scriptedPage({ style, ...page }: Page & { readonly script: string }): string {
  return pageOf({ ...page, style: `${pageStyle}\n${style}` });
}

function pageOf({ title, style, body, footer, script, connects = false }: Page): string {
  const scripts = script === undefined ? '' : ` script-src ${hashOf(script)};`;
  const own = connects ? " connect-src 'self'; frame-src 'self';" : '';
  const policy = `default-src 'none';${scripts}${own} style-src ${hashOf(style)}; base-uri 'none'; form-action 'none'`;
  return markup`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${new Markup(policy)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title}</title>
<style>${new Markup(style)}</style>
</head>
<body>
${body}
<footer>${footer}</footer>
${script === undefined ? nothing : markup`<script>${new Markup(script)}</script>\n`}</body>
</html>
`.text;
}

type Page = {
  readonly title: Markup;
  readonly style: string;
  readonly body: Markup;
  readonly footer: Markup;
  readonly script?: string;
  readonly connects?: boolean;
};

function hashOf(inline: string): string {
  return `'sha256-${createHash('sha256').update(inline).digest('base64')}'`;
}
