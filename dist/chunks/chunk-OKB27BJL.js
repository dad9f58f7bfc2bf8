import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);
import {
  mostReportBytes,
  mostZipBytes,
  readReport,
  readReportZip
} from "./chunk-K2GD2QCZ.js";
import {
  ChaosError,
  messageOf
} from "./chunk-EV4V3EIO.js";

// src/cli/read-reports.ts
import { closeSync, fstatSync, openSync, readFileSync, realpathSync, statSync } from "node:fs";
import { join, resolve } from "node:path";
var whatToName = "name a report.json, the folder of a run, or the zip of an artifact";
async function readReportAt(cwd, named) {
  const kind = kindOf(cwd, named);
  if (kind === "nothing") throw new ChaosError("usage", `there is no ${named}`, { hint: whatToName });
  const isFolder = kind === "folder";
  const name = isFolder ? join(named, "report.json") : named;
  if (isFolder && kindOf(cwd, name) === "nothing")
    throw new ChaosError("usage", `there is no report.json in ${named}`, { hint: whatToName });
  const path = realpathSync(resolve(cwd, name));
  try {
    const isZip = /\.zip$/i.test(name);
    const bytes = readBounded(path, isZip ? mostZipBytes : mostReportBytes);
    return { record: isZip ? await readReportZip(bytes) : readReport(bytes), name, path };
  } catch (error) {
    throw new ChaosError("usage", messageOf(error), { hint: whatToName, location: { file: name }, cause: error });
  }
}
function kindOf(cwd, name) {
  const stat = statSync(resolve(cwd, name), { throwIfNoEntry: false });
  if (stat === void 0) return "nothing";
  if (stat.isDirectory()) return "folder";
  if (stat.isFile()) return "file";
  throw new ChaosError("usage", `${name} is neither a file nor a folder`, { hint: whatToName });
}
function readBounded(path, mostBytes) {
  const file = openSync(path, "r");
  try {
    if (fstatSync(file).size > mostBytes)
      throw new ChaosError("report", `the file is larger than ${mostBytes / 1024 ** 2} MiB`);
    return readFileSync(file);
  } finally {
    closeSync(file);
  }
}

export {
  readReportAt,
  kindOf
};
