import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);
import {
  inheritedEnvironment
} from "./chunk-AIBQXCUF.js";
import {
  execa
} from "./chunk-C7D3GCA6.js";
import {
  signal
} from "./chunk-4VURHDWC.js";
import {
  ChaosError
} from "./chunk-EV4V3EIO.js";

// src/action/git.ts
var forceKillAfterMs = 2e3;
var environment = {
  GIT_TERMINAL_PROMPT: "0",
  GIT_OPTIONAL_LOCKS: "0",
  LC_ALL: "C",
  GIT_DIR: void 0,
  GIT_WORK_TREE: void 0,
  GIT_INDEX_FILE: void 0
};
var settings = ["core.hooksPath=/dev/null", "gc.auto=0", "maintenance.auto=false"].flatMap((one) => ["-c", one]);
async function git(folder, args, options) {
  const { signal: signal2 } = options;
  signal2.throwIfAborted();
  const child = execa("git", [...settings, ...args], {
    cwd: folder,
    // Filters and helpers that a repository configures are programs of a stranger.
    env: { ...inheritedEnvironment(process.env), ...environment },
    extendEnv: false,
    // Its own process group, so that git's network helpers end with it. Without a terminal they cannot ask for anything.
    detached: true,
    cleanup: false,
    stdin: "ignore",
    reject: false
  });
  let force;
  const end = () => {
    const { pid } = child;
    if (pid === void 0) return;
    signal(-pid, "SIGTERM");
    force = setTimeout(() => signal(-pid, "SIGKILL"), forceKillAfterMs);
  };
  signal2.addEventListener("abort", end, { once: true });
  const { exitCode, stdout, stderr, code } = await child;
  signal2.removeEventListener("abort", end);
  clearTimeout(force);
  signal2.throwIfAborted();
  if (code === "ENOENT")
    throw new ChaosError("config", `git could not be started in ${folder}`, {
      hint: "git has to be installed and on the PATH of this job, and the folder has to be there"
    });
  return { ok: exitCode === 0, exitCode, stdout, stderr };
}
function lastSaid({ stderr, stdout }) {
  return (stderr === "" ? stdout : stderr).replaceAll(/:\/\/[^/@\s]*@/g, "://***@").split("\n").filter((line) => line.trim() !== "").slice(-10);
}

export {
  git,
  lastSaid
};
