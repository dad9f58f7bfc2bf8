import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);
import {
  compareReports,
  likeForLike,
  readSide
} from "./chunk-PTEQEEF6.js";
import {
  printText
} from "./chunk-DLLHNA4C.js";
import {
  kindOf,
  readReportAt
} from "./chunk-OKB27BJL.js";
import "./chunk-TA3G4OAG.js";
import "./chunk-K2GD2QCZ.js";
import {
  unwritable
} from "./chunk-QKVPOIL7.js";
import "./chunk-EEKSX2WS.js";
import "./chunk-FW7H7RDL.js";
import "./chunk-WR6MWXGD.js";
import "./chunk-24CB5SRQ.js";
import "./chunk-HZ722BGO.js";
import {
  code,
  compareRounds,
  note,
  own,
  say,
  scoreText,
  table
} from "./chunk-WV6MXPV7.js";
import "./chunk-QVH2ITTI.js";
import "./chunk-EKUSH7OR.js";
import {
  scopeText
} from "./chunk-AU4Z6BYV.js";
import "./chunk-2OZVQ7HJ.js";
import "./chunk-72AKB4P6.js";
import "./chunk-3XBQVNRE.js";
import {
  suggest
} from "./chunk-SSPUT3OG.js";
import "./chunk-C2BOSRP4.js";
import "./chunk-VDOZDET2.js";
import "./chunk-GUM24SOH.js";
import "./chunk-4XSUANPV.js";
import {
  ChaosError,
  exitCodes,
  messageOf
} from "./chunk-EV4V3EIO.js";
import "./chunk-6DG7BXTN.js";

// src/cli/baseline.ts
import { lstatSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
var names = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/;
var fileNames = /^([A-Za-z0-9][A-Za-z0-9._-]{0,63}?)(?:@(\d{1,3}))?\.json$/;
async function saveBaseline(options, out) {
  const { cwd, folder, name, reports, force } = options;
  checkName(name);
  const runs = await readSide(cwd, reports);
  likeForLike(runs);
  const before = filesOf(options, name);
  if (before.length > 0 && !force)
    throw new ChaosError("usage", `there is a baseline ${name} already`, {
      hint: "--force replaces it",
      location: { file: before[0] ?? folder }
    });
  for (const file of before) await checkReplaceable(cwd, file);
  const written = replace(options, before, runs);
  out(`saved ${written.join(", ")}`);
  return exitCodes.pass;
}
async function listBaselines(options, out) {
  const { folder, json, colour, width } = options;
  const baselines = [];
  for (const name of namesIn(options)) baselines.push(await summaryOf(options, name));
  if (json) out(JSON.stringify({ folder, baselines }, null, 2));
  else if (baselines.length === 0) out(`there is no baseline in ${folder}`);
  else out(printText(listBlocks(baselines), { colour, width }));
  return exitCodes.pass;
}
async function compareWithBaseline(options, out) {
  const { cwd, folder, name, reports } = options;
  checkName(name);
  const files = filesOf(options, name);
  if (files.length === 0)
    throw new ChaosError("usage", `there is no baseline ${name} in ${folder}`, {
      hint: suggest(name, namesIn(options), "baselines")
    });
  return compareReports(await readSide(cwd, files), await readSide(cwd, reports), options, out);
}
function checkName(name) {
  if (!names.test(name))
    throw new ChaosError("usage", `"${name}" cannot be the name of a baseline`, {
      hint: "up to 64 letters, digits, dots, hyphens and underscores, a letter or a digit first"
    });
}
function filesOf(place, name) {
  return entriesOf(place).filter((entry) => entry.name === name).sort((a, b) => a.run - b.run).map(({ file }) => join(place.folder, file));
}
function namesIn(place) {
  return [...new Set(entriesOf(place).map(({ name }) => name))].sort(
    (a, b) => a.localeCompare(b, "en", { numeric: true })
  );
}
function entriesOf({ cwd, folder }) {
  const kind = kindOf(cwd, folder);
  if (kind === "nothing") return [];
  if (kind === "file") throw new ChaosError("usage", `${folder} is a file`, { hint: "name a folder with --folder" });
  return readdirSync(resolve(cwd, folder)).flatMap((file) => {
    const [, name, run = "0"] = fileNames.exec(file) ?? [];
    return name === void 0 ? [] : [{ name, run: Number(run), file }];
  });
}
async function checkReplaceable(cwd, file) {
  const hint = "remove it yourself, or save under another name";
  if (!lstatSync(resolve(cwd, file)).isFile())
    throw new ChaosError("usage", `${file} is not a plain file, and is not replaced`, { hint });
  try {
    await readReportAt(cwd, file);
  } catch (error) {
    throw new ChaosError("usage", `${file} is not a report, and is not replaced: ${messageOf(error)}`, { hint });
  }
}
function replace({ cwd, folder, name }, before, runs) {
  const files = runs.map((_, index) => join(folder, runs.length === 1 ? `${name}.json` : `${name}@${index + 1}.json`));
  const partOf = (file) => `${resolve(cwd, file)}.part`;
  try {
    mkdirSync(resolve(cwd, folder), { recursive: true });
    for (const [index, file] of files.entries())
      writeFileSync(partOf(file), `${JSON.stringify(runs[index]?.record, null, 2)}
`);
    for (const file of before) rmSync(resolve(cwd, file));
    for (const file of files) renameSync(partOf(file), resolve(cwd, file));
  } catch (error) {
    for (const file of files) rmSync(partOf(file), { force: true });
    throw unwritable(folder, error);
  }
  return files;
}
async function summaryOf(place, name) {
  const files = filesOf(place, name);
  try {
    const runs = await readSide(place.cwd, files);
    const records = runs.map(({ record }) => record);
    const last = records.at(-1);
    if (last === void 0) throw new ChaosError("internal", "a baseline has a file");
    const { verdict, score, interval } = compareRounds(records, records).total.base;
    const startedAt = records.map((record) => record.startedAt).sort().at(-1) ?? "";
    return { name, files, broker: last.broker.name, scope: scopeText(last), startedAt, verdict, score, interval };
  } catch (error) {
    return { name, files, error: messageOf(error) };
  }
}
function listBlocks(baselines) {
  const unreadable = baselines.flatMap(
    (one) => "error" in one ? [say`${one.name} cannot be read: ${one.error}`] : []
  );
  const rows = baselines.flatMap((one) => {
    if ("error" in one) return [];
    const { name, files, broker, scope, startedAt, verdict } = one;
    return [
      [
        code(name),
        own(files.length),
        say`${broker}`,
        say`${scope}`,
        say`${startedAt}`,
        own(verdict),
        own(scoreText(one))
      ]
    ];
  });
  const heads = ["broker", "tier or plan", "started", "verdict", "score"].map((head) => ({ head }));
  return [
    ...rows.length === 0 ? [] : [table([{ head: "baseline" }, { head: "runs", kind: "number" }, ...heads], rows)],
    ...unreadable.map(note)
  ];
}
export {
  compareWithBaseline,
  listBaselines,
  saveBaseline
};
