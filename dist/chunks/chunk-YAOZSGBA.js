import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);
import {
  isAlive,
  readStat
} from "./chunk-4VURHDWC.js";
import {
  ChaosError
} from "./chunk-EV4V3EIO.js";

// src/run/claim-folder.ts
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
var claimName = ".run";
function claimFolder(folder) {
  const file = join(folder, claimName);
  const own = { pid: process.pid, startTicks: readStat(process.pid)?.startTicks ?? 0 };
  for (let tries = 0; tries < 2; tries++) {
    try {
      writeFileSync(file, JSON.stringify(own), { flag: "wx" });
      return () => rmSync(file, { force: true });
    } catch (error) {
      if (error.code !== "EEXIST") throw error;
    }
    const other = readClaim(file);
    if (other !== void 0 && isAlive(other)) throw taken(folder, other.pid);
    rmSync(file, { force: true });
  }
  throw taken(folder, readClaim(file)?.pid);
}
function taken(folder, pid) {
  const who = pid === void 0 ? "another run" : `another run, process ${pid},`;
  return new ChaosError("usage", `${who} writes its reports into ${folder}`, {
    hint: "wait for it, or name another folder with --out"
  });
}
function readClaim(file) {
  try {
    const claim = JSON.parse(readFileSync(file, "utf8"));
    return typeof claim === "object" && claim !== null && "pid" in claim && "startTicks" in claim ? { pid: Number(claim.pid), startTicks: Number(claim.startTicks) } : void 0;
  } catch {
    return void 0;
  }
}

export {
  claimFolder
};
