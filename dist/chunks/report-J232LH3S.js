import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);
import {
  readReportAt
} from "./chunk-OKB27BJL.js";
import "./chunk-K2GD2QCZ.js";
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
} from "./chunk-QKVPOIL7.js";
import "./chunk-EEKSX2WS.js";
import "./chunk-FW7H7RDL.js";
import "./chunk-WR6MWXGD.js";
import "./chunk-24CB5SRQ.js";
import "./chunk-HZ722BGO.js";
import "./chunk-WV6MXPV7.js";
import {
  renderSummary
} from "./chunk-QVH2ITTI.js";
import "./chunk-EKUSH7OR.js";
import "./chunk-AU4Z6BYV.js";
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
