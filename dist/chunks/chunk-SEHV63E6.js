import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);
import {
  ChaosError,
  messageOf
} from "./chunk-EV4V3EIO.js";

// src/base/thread-rpc.ts
function threadEnded(name, why, cause) {
  return new ChaosError("internal", `the ${name} thread ended: ${why}; this is a defect of chaos-action`, {
    hint: "it says nothing about the broker; please report it with the output of the same run with --verbose",
    cause
  });
}
function remote(worker, name) {
  let nextId = 1;
  let death;
  const ended = new AbortController();
  const open = /* @__PURE__ */ new Map();
  const die = (error) => {
    if (!death) ended.abort(error);
    death ??= error;
    for (const { reject } of open.values()) reject(death);
    open.clear();
  };
  worker.on("message", (response) => {
    const waiting = open.get(response.id);
    if (!waiting) return;
    open.delete(response.id);
    if ("error" in response) {
      const { code, message, hint } = response.error;
      waiting.reject(new ChaosError(code, message, hint === void 0 ? {} : { hint }));
    } else waiting.resolve(response.result);
  });
  worker.on("error", (error) => die(threadEnded(name, messageOf(error), error)));
  worker.on("exit", (code) => die(threadEnded(name, `exit code ${code}`)));
  return {
    ended: ended.signal,
    call: (method, ...argument) => new Promise((resolve, reject) => {
      if (death) {
        reject(death);
        return;
      }
      const id = nextId++;
      open.set(id, { resolve, reject });
      worker.postMessage({ id, method, argument: argument[0] });
    }),
    async terminate() {
      death ??= new ChaosError("cancelled", `the ${name} thread was ended`);
      await worker.terminate();
    }
  };
}
function serve(port, name, methods) {
  port.on("message", async ({ id, method, argument }) => {
    try {
      const called = methods[method];
      if (!called) throw new RangeError(`no method ${method}`);
      const result = await called(argument);
      port.postMessage({ id, result });
    } catch (error) {
      const failure = error instanceof ChaosError ? { code: error.code, message: error.message, hint: error.hint } : { code: "internal", message: `${name}: ${messageOf(error)}` };
      port.postMessage({ id, error: failure });
    }
  });
}

export {
  remote,
  serve
};
