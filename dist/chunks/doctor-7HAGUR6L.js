import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);
import {
  capabilities,
  describe,
  lacking,
  localEffects,
  probeMachine
} from "./chunk-DBRFS25G.js";
import "./chunk-AIBQXCUF.js";
import "./chunk-IBASHCJD.js";
import {
  findProgram
} from "./chunk-E4KWL3L5.js";
import "./chunk-C7D3GCA6.js";
import "./chunk-N33DJXRZ.js";
import "./chunk-4VURHDWC.js";
import "./chunk-KUCWHKCI.js";
import "./chunk-LAPWOYJZ.js";
import "./chunk-QWFIUWZU.js";
import "./chunk-INS2QZRR.js";
import "./chunk-DSQIK4KK.js";
import "./chunk-EOJIUADP.js";
import "./chunk-SSPUT3OG.js";
import "./chunk-VDOZDET2.js";
import "./chunk-RSWY53MK.js";
import "./chunk-I2F334CU.js";
import "./chunk-TOAIUC6F.js";
import "./chunk-KDYD2VBS.js";
import "./chunk-YHUKQ7V4.js";
import "./chunk-DEWMCHU3.js";
import "./chunk-REAO3S7U.js";
import "./chunk-53UEWYNP.js";
import "./chunk-RMA55W2N.js";
import "./chunk-WFQI7BEC.js";
import "./chunk-SEHV63E6.js";
import {
  exitCodes
} from "./chunk-EV4V3EIO.js";
import "./chunk-6DG7BXTN.js";

// src/cli/doctor.ts
import { styleText } from "node:util";
async function doctorCommand(options, out) {
  const machine = await probeMachine("auto");
  const rows = [...options.faultKinds.values()].flatMap((kind) => mechanismRows(kind, machine));
  const transparent = lacking(["privileges", "nft", "cgroup2", "redirect"], machine);
  const needs = options.broker && needRows(options.broker, transparent);
  const exitCode = needs?.some(({ found }) => found === null) ? exitCodes.infrastructure : exitCodes.pass;
  if (options.json) {
    const broker = options.broker && { broker: { name: options.broker.name, needs } };
    const linksTransparent = transparent ?? { available: true };
    out(JSON.stringify({ ...broker, machine: machine.offers, linksTransparent, faults: rows }, null, 2));
    return exitCode;
  }
  const paint = (style, text) => options.colour ? styleText(style, text, { validateStream: false }) : text;
  const state = (available) => available ? paint("green", "yes".padEnd(5)) : paint("yellow", "no".padEnd(5));
  if (needs) {
    out(paint("bold", `what ${options.broker?.name} needs`));
    if (needs.length === 0) out("  nothing that is known of");
    for (const { need, found, get } of needs) out(`  ${need.padEnd(28)}${state(found !== null)}${found ?? get}`);
    out("");
  }
  out(paint("bold", "this machine"));
  for (const name of capabilities) {
    const offer = machine.offers[name];
    const text = offer.available ? offer.how : `${offer.reason}; ${offer.hint}`;
    out(`  ${describe[name].padEnd(28)}${state(offer.available)}${text}`);
  }
  out(
    `  ${"links: transparent".padEnd(28)}${state(!transparent)}${transparent ? `${transparent.reason}; ${transparent.hint}` : "peers dial one another directly and pass the proxies all the same"}`
  );
  out("");
  out(paint("bold", "faults"));
  const [faultWidth, mechanismWidth] = [width(rows, "fault"), width(rows, "mechanism")];
  for (const { fault, mechanism, available, used, reason, hint } of rows) {
    const text = reason === null ? used ? "taken" : "not needed here" : [reason, hint ?? []].flat().join("; ");
    out(`  ${fault.padEnd(faultWidth)}${mechanism.padEnd(mechanismWidth)}${state(available)}${text}`);
  }
  return exitCode;
}
function needRows({ needs, links }, transparent, path) {
  const programs = needs.map(({ program, get: get2 }) => {
    const found = findProgram(program, path) ?? null;
    return { need: program, found, get: found === null ? get2 : null };
  });
  if (links !== "transparent") return programs;
  const get = transparent === void 0 ? null : `${transparent.reason}; ${transparent.hint}`;
  return [
    ...programs,
    {
      need: "links: transparent",
      found: get === null ? "offered by this machine; more than one node needs it" : null,
      get
    }
  ];
}
function mechanismRows({ kind, effect }, machine) {
  let taken = false;
  return localEffects[effect].mechanisms.map(({ name, needs }) => {
    const lack = lacking(needs, machine);
    const used = lack === void 0 && !taken;
    taken ||= used;
    return {
      fault: kind,
      mechanism: name,
      available: lack === void 0,
      used,
      reason: lack?.reason ?? null,
      hint: lack?.hint ?? null
    };
  });
}
function width(rows, key) {
  return Math.max(...rows.map((row) => row[key].length)) + 2;
}
export {
  doctorCommand,
  mechanismRows,
  needRows
};
