import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);
import {
  capabilities,
  describe,
  lacking,
  localEffects,
  probeMachine
} from "./chunk-JZETC4SD.js";
import "./chunk-IBASHCJD.js";
import "./chunk-KUCWHKCI.js";
import "./chunk-LAPWOYJZ.js";
import "./chunk-EQ6GVCUW.js";
import "./chunk-LTUHAIAI.js";
import "./chunk-XEII5PDU.js";
import "./chunk-C7D3GCA6.js";
import "./chunk-N33DJXRZ.js";
import "./chunk-4VURHDWC.js";
import "./chunk-VDOZDET2.js";
import "./chunk-INS2QZRR.js";
import "./chunk-5AY4S7BM.js";
import "./chunk-EOJIUADP.js";
import "./chunk-SSPUT3OG.js";
import "./chunk-RSWY53MK.js";
import "./chunk-FPMPTTHK.js";
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
  if (options.json) {
    const { offers } = machine;
    out(
      JSON.stringify({ machine: offers, linksTransparent: transparent ?? { available: true }, faults: rows }, null, 2)
    );
    return exitCodes.pass;
  }
  const paint = (style, text) => options.colour ? styleText(style, text, { validateStream: false }) : text;
  const state = (available) => available ? paint("green", "yes".padEnd(5)) : paint("yellow", "no".padEnd(5));
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
  return exitCodes.pass;
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
  mechanismRows
};
