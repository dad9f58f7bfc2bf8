import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);
import {
  exitCodeOf,
  interruptible,
  liveView,
  plainView
} from "./chunk-4ISUTPTZ.js";
import {
  loadChoice
} from "./chunk-WWXTDWTY.js";
import "./chunk-4A3Z7VEA.js";
import {
  renderSummary,
  scenarioLine
} from "./chunk-QVH2ITTI.js";
import "./chunk-EKUSH7OR.js";
import "./chunk-AU4Z6BYV.js";
import "./chunk-2OZVQ7HJ.js";
import "./chunk-N33DJXRZ.js";
import "./chunk-72AKB4P6.js";
import "./chunk-42UPCQSF.js";
import "./chunk-QWFIUWZU.js";
import "./chunk-HGW2HVRG.js";
import "./chunk-DZ5XMPTE.js";
import "./chunk-SK5LQEX4.js";
import "./chunk-3XBQVNRE.js";
import "./chunk-INS2QZRR.js";
import "./chunk-EMGA3PAX.js";
import "./chunk-Y7MW5ZQU.js";
import "./chunk-WYH6IPWY.js";
import "./chunk-DSQIK4KK.js";
import "./chunk-EOJIUADP.js";
import "./chunk-SSPUT3OG.js";
import "./chunk-C2BOSRP4.js";
import "./chunk-VDOZDET2.js";
import "./chunk-RSWY53MK.js";
import "./chunk-SVSJGPEQ.js";
import "./chunk-TOAIUC6F.js";
import "./chunk-YAQKREF6.js";
import "./chunk-IBM3SNPL.js";
import "./chunk-6BLWVCAN.js";
import "./chunk-4HIF7BH4.js";
import "./chunk-IEWOHIMU.js";
import "./chunk-53UEWYNP.js";
import "./chunk-GUM24SOH.js";
import "./chunk-4XSUANPV.js";
import "./chunk-WFQI7BEC.js";
import {
  exitCodes
} from "./chunk-EV4V3EIO.js";
import "./chunk-6DG7BXTN.js";

// src/cli/run.ts
import { randomBytes } from "node:crypto";
import { join, relative, resolve } from "node:path";

// src/cli/told.ts
function toldView(view, page, nowMs) {
  return {
    ...view,
    stage(text) {
      view.stage(text);
      page.tell({ type: "stage", atMs: nowMs(), text });
    },
    progress(progress) {
      view.progress(progress);
      const { scenario, phase, faults, messages } = progress;
      const { published, acknowledged, delivered } = messages;
      page.tell({
        ...{ type: "progress", atMs: nowMs(), scenario: scenario.name, phase, faults },
        ...{ published, acknowledged, delivered }
      });
    },
    scenario(record) {
      view.scenario(record);
      const { name, verdict } = record;
      page.tell({ type: "scenario", atMs: nowMs(), name, verdict, line: scenarioLine(record) });
    },
    note(text) {
      view.note(text);
      page.tell({ type: "note", atMs: nowMs(), text });
    }
  };
}
function ending(record) {
  return record.error === null ? record.verdict : "broke off";
}

// src/cli/run.ts
async function runCommand(options) {
  const loaded = loadChoice(options, process.env);
  const { config, scenarios } = loaded;
  const seed = options.seed ?? randomBytes(4).toString("hex");
  if (options.dryRun) {
    const { renderDryRun } = await import("./dry-run-67D2BVPF.js");
    process.stdout.write(`${renderDryRun({ config, scenarios, seed }, options)}
`);
    return exitCodes.pass;
  }
  const terminal = process.stderr.isTTY && process.env.CI === void 0 ? liveView(process.stderr) : plainView(process.stderr);
  const out = resolve(options.cwd, options.out);
  const page = await livePage(options.uiPort, config, out);
  const beganMs = performance.now();
  const sinceMs = () => performance.now() - beganMs;
  const view = page === void 0 ? terminal : toldView(terminal, page, sinceMs);
  if (page) terminal.note(`live view at ${page.url}`);
  const logger = {
    debug: (text) => options.verbose && view.note(text),
    info: (text) => view.note(text),
    warn: (text) => view.note(text)
  };
  try {
    const { metricsPort } = options;
    const { runSession } = await import("./session-QF7EEAQW.js");
    const result = await interruptible(
      (text) => view.note(text),
      (signal) => runSession({ choice: options, loaded, seed, out, metricsPort, env: process.env }, { view, logger, signal })
    );
    view.end();
    page?.tell({ type: "end", atMs: sinceMs(), verdict: ending(result.record) });
    return report(result, options, config, out);
  } finally {
    view.end();
    await page?.close();
  }
}
async function livePage(port, { broker }, out) {
  if (port === void 0) return void 0;
  const { openLiveServer } = await import("./live-server-FJHF7BKK.js");
  return await openLiveServer({ port, broker: broker.name, out });
}
function report(result, options, { score: { failBelow } }, out) {
  const { record, unwritten } = result;
  if (options.json) process.stdout.write(`${JSON.stringify(record)}
`);
  else {
    const colour = process.stdout.isTTY === true && process.env.NO_COLOR === void 0;
    process.stdout.write(
      `${renderSummary(record, { colour, width: process.stdout.columns ?? 120, ...unwritten ? {} : { reportPath: join(relative(options.cwd, out) || ".", "report.md") } })}
`
    );
  }
  return exitCodeOf(result, failBelow);
}
export {
  runCommand
};
