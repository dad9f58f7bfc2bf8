import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);
import {
  execa
} from "./chunk-C7D3GCA6.js";
import {
  isRunnersOwn
} from "./chunk-QWFIUWZU.js";

// src/engines/local/cluster/logged-process.ts
import { createWriteStream } from "node:fs";
var gate = "read -r _ || exit 125; exec </dev/null";
function startLogged(command, options) {
  const output = createWriteStream("", { fd: options.log, autoClose: false });
  const { gated = false } = options;
  const child = execa(gated ? `${gate}
${command}` : command, {
    shell: true,
    cwd: options.cwd,
    env: { ...inheritedEnvironment(process.env), ...options.env },
    extendEnv: false,
    detached: options.detached,
    cleanup: false,
    stdin: gated ? "pipe" : "ignore",
    stdout: output,
    stderr: output,
    reject: false
  });
  const exited = child.pid === void 0 ? child.then((result) => ({ ok: false, how: `could not be started: ${whyNotStarted(result)}` })) : new Promise((resolve) => {
    child.once(
      "exit",
      (code, signal) => resolve({
        ok: code === 0,
        how: signal === null ? `ended with exit code ${code}` : `was ended by ${signal}`
      })
    );
  });
  child.stdin?.on("error", () => {
  });
  return { pid: child.pid, exited, release: (go) => void child.stdin?.end(go ? "\n" : "") };
}
function whyNotStarted({
  code,
  originalMessage,
  shortMessage
}) {
  if (code === "E2BIG")
    return "the command or a value of env is longer than the 128 KiB that Linux takes; write it to a file and start that";
  if (code === "ERR_INVALID_ARG_VALUE") return "the command or a value of env holds a NUL character";
  return originalMessage ?? shortMessage ?? code ?? "for no known reason";
}
function inheritedEnvironment(env) {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !isRunnersOwn(name)));
}

export {
  startLogged,
  inheritedEnvironment
};
