import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);
import {
  readReportAt
} from "./chunk-AGZNMOME.js";
import "./chunk-N32F3CLF.js";
import {
  claimFolder
} from "./chunk-YAOZSGBA.js";
import {
  formatNames,
  prepareReports,
  reportFormats,
  runFormats,
  unwritable,
  writeWhole
} from "./chunk-6T5KVRNI.js";
import "./chunk-2SHCGFWS.js";
import "./chunk-BMHBUGIO.js";
import "./chunk-72OOVVT6.js";
import "./chunk-YX5HVO5Q.js";
import "./chunk-CSCCEQY6.js";
import "./chunk-XCEJG2XX.js";
import {
  renderSummary
} from "./chunk-ROLTERED.js";
import "./chunk-EKUSH7OR.js";
import "./chunk-PE2EAIRB.js";
import "./chunk-2OZVQ7HJ.js";
import "./chunk-72AKB4P6.js";
import "./chunk-4VURHDWC.js";
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
  exitCodes
} from "./chunk-EV4V3EIO.js";
import "./chunk-6DG7BXTN.js";

// src/cli/report.ts
import { existsSync, realpathSync } from "node:fs";
import { join, relative, resolve } from "node:path";
async function reportCommand(options, out) {
  const formats = options.formats?.map(formatNamed);
  const read = await readReportAt(options.cwd, options.report);
  if (options.out !== void 0) {
    for (const line of writeInto(options.out, read, formats ?? Object.keys(runFormats), options))
      out(line);
    return exitCodes.pass;
  }
  const [format = "text", ...more] = formats ?? [];
  if (more.length > 0)
    throw new ChaosError("usage", "only one format can be printed on stdout", {
      hint: "name a folder with --out, or one format"
    });
  out(
    format === "text" ? renderSummary(read.record, { colour: options.colour, width: options.width }) : reportFormats[format].render(read.record).replace(/\n$/, "")
  );
  return exitCodes.pass;
}
function formatNamed(name) {
  const found = formatNames.find((one) => one === name);
  if (found === void 0)
    throw new ChaosError("usage", `there is no format "${name}"`, { hint: suggest(name, formatNames, "formats") });
  return found;
}
function writeInto(folder, { record, path }, formats, { cwd }) {
  const target = resolve(cwd, folder);
  prepareReports(target);
  const release = claimFolder(target);
  try {
    return formats.map((format) => {
      const { file, render } = reportFormats[format];
      const to = join(target, file);
      const shown = relative(cwd, to);
      if (existsSync(to) && realpathSync(to) === path) return `${shown} is the source, and stays as it is`;
      const text = render(record);
      try {
        writeWhole(to, text);
      } catch (error) {
        throw unwritable(folder, error);
      }
      return `wrote ${shown}`;
    });
  } finally {
    release();
  }
}
export {
  reportCommand
};
