import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);
import {
  trendTable
} from "./chunk-WV6MXPV7.js";
import {
  noLines
} from "./chunk-QVH2ITTI.js";
import {
  require_cli_table3
} from "./chunk-EKUSH7OR.js";
import {
  attemptText,
  plain
} from "./chunk-AU4Z6BYV.js";
import {
  __toESM
} from "./chunk-6DG7BXTN.js";

// src/report/print-text.ts
var import_cli_table3 = __toESM(require_cli_table3(), 1);
import { styleText } from "node:util";
var narrowest = 10;
function printText(blocks, options) {
  const paint = (style, words) => options.colour ? styleText(style, words, { validateStream: false }) : words;
  const text = blocks.map((block) => printBlock(block, paint, options.width)).join("\n");
  return text.replace(/^\n+/, "");
}
function printBlock(block, paint, width) {
  switch (block.type) {
    case "heading":
      return `
${paint("bold", line(block.text, paint))}`;
    case "title":
      return `
${paint(block.tone === "bad" ? "red" : "bold", line(block.text, paint))}`;
    case "paragraph":
      return block.tone === void 0 ? `
${line(block.text, paint)}` : paint("dim", line(block.text, paint));
    case "note":
      return paint("yellow", line(block.text, paint));
    case "list":
      return block.items.map((item) => `  ${line(item, paint)}`).join("\n");
    case "table":
      return `
${tableOf(block.columns, block.rows, paint, width)}`;
    case "trend":
      return printBlock(trendTable(block.runs, block.lines), paint, width);
  }
}
function tableOf(columns, rows, paint, width) {
  const cells = rows.map((row) => row.cells.map((cell) => line(cell, (_, words) => words)));
  const gap = 2;
  const widths = fitted(
    columns.map(({ head }, index) => Math.max(head.length, ...cells.map((row) => row[index]?.length ?? 0)) + gap),
    width
  );
  const table = new import_cli_table3.default({
    head: columns.map(({ head }) => head),
    colWidths: widths,
    colAligns: columns.map(({ kind }) => kind === "number" ? "right" : "left"),
    style: { head: [], border: [], "padding-left": 0, "padding-right": gap, compact: true },
    chars: noLines,
    wordWrap: true
  });
  for (const [index, row] of cells.entries())
    table.push(rows[index]?.isBad ? row.map((cell) => paint("red", cell)) : row);
  return table.toString().split("\n").map((one) => one.trimEnd()).join("\n");
}
function fitted(widths, width) {
  const fit = [...widths];
  for (let over = fit.reduce((sum, one) => sum + one, 0) - width; over > 0; over--) {
    const widest = fit.indexOf(Math.max(...fit));
    if ((fit[widest] ?? 0) <= narrowest) break;
    fit[widest] = (fit[widest] ?? 0) - 1;
  }
  return fit;
}
function line({ parts }, paint) {
  return parts.map((part) => printPart(part, paint)).join("");
}
function printPart(part, paint) {
  switch (part.type) {
    case "own":
      return part.text;
    case "outside":
    case "code":
      return plain(part.text);
    case "command":
      return plain(part.text, Number.POSITIVE_INFINITY);
    case "strong":
      return paint("bold", line(part.of, paint));
    case "bad":
      return paint("red", line(part.of, paint));
    case "muted":
      return paint("dim", line(part.of, paint));
    case "jump":
      return line(part.of, paint);
    case "verdict":
      return part.verdict === "fail" ? "FAIL" : part.verdict;
    case "scenario":
      return `${plain(part.scenario.name)}${attemptText(part.scenario)}`;
    case "link":
      return `${plain(part.text)} (${part.address})`;
    case "break":
      return " ";
  }
}

export {
  printText
};
