import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);
import {
  createClient,
  ended
} from "./chunk-XHWYKSZF.js";
import {
  ChaosError,
  messageOf
} from "./chunk-CQ3ZUHQN.js";

// src/metrics/loop-lag.ts
import { monitorEventLoopDelay } from "node:perf_hooks";
var resolutionMs = 10;
function watchLoopLag() {
  const histogram = monitorEventLoopDelay({ resolution: resolutionMs });
  histogram.enable();
  const lag = (ns) => Math.max(0, ns / 1e6 - resolutionMs);
  return {
    reset: () => histogram.reset(),
    read: () => ({
      p50Ms: lag(histogram.percentile(50)),
      p99Ms: lag(histogram.percentile(99)),
      maxMs: lag(histogram.max)
    }),
    stop: () => void histogram.disable()
  };
}

// src/workload/paths.ts
function allPathsDeliver(report) {
  return report.accepted.every(({ atMs }) => atMs !== null) && report.paths.every(({ atMs }) => atMs !== null);
}
async function checkPaths(endpoints, options) {
  const { nowMs, prefix } = options;
  const startedMs = nowMs();
  const accepted = /* @__PURE__ */ new Map();
  const delivered = /* @__PURE__ */ new Map();
  const pair = (from, to) => `${from}>${to}`;
  await new Promise((resolve) => {
    let over = false;
    const clients = endpoints.map((endpoint) => {
      const client = createClient(endpoint, { clientId: `${prefix}-${endpoint.node}`, clean: true });
      client.on("connect", () => {
        if (!accepted.has(endpoint.node)) accepted.set(endpoint.node, nowMs());
        subscribe(client);
      });
      client.on("message", (topic) => {
        const from = endpoints.find(({ node }) => topic === `${prefix}/${node}`);
        if (!from) return;
        const key = pair(from.node, endpoint.node);
        if (!delivered.has(key)) delivered.set(key, nowMs());
        if (delivered.size === endpoints.length ** 2) finish();
      });
      client.connect();
      return client;
    });
    function subscribe(client) {
      if (over || !client.connected) return;
      client.subscribe(`${prefix}/+`, { qos: 1 }, (error) => {
        if (error) setTimeout(() => subscribe(client), 250).unref();
      });
    }
    const publishing = setInterval(() => {
      clients.forEach((client, i) => {
        const node = endpoints[i]?.node;
        const unheard = endpoints.some((to) => !delivered.has(pair(node, to.node)));
        if (client.connected && unheard) client.publish(`${prefix}/${node}`, "path", { qos: 1 }, () => {
        });
      });
    }, 250);
    const timer = setTimeout(finish, options.withinMs);
    options.signal?.addEventListener("abort", finish, { once: true });
    if (options.signal?.aborted) finish();
    function finish() {
      if (over) return;
      over = true;
      clearInterval(publishing);
      clearTimeout(timer);
      options.signal?.removeEventListener("abort", finish);
      Promise.all(clients.map((client) => ended(client, { force: true }))).then(() => resolve());
    }
  });
  return {
    startedMs,
    endedMs: nowMs(),
    accepted: endpoints.map(({ node }) => ({ node, atMs: accepted.get(node) ?? null })),
    paths: endpoints.flatMap(
      ({ node: from }) => endpoints.map(({ node: to }) => ({ from, to, atMs: delivered.get(pair(from, to)) ?? null }))
    )
  };
}

// src/base/thread-rpc.ts
function remote(worker, name) {
  let nextId = 1;
  let death;
  const open = /* @__PURE__ */ new Map();
  const die = (error) => {
    death ??= error;
    for (const { reject } of open.values()) reject(death);
    open.clear();
  };
  worker.on("message", (response) => {
    const waiting = open.get(response.id);
    if (!waiting) return;
    open.delete(response.id);
    if ("error" in response) waiting.reject(new ChaosError("internal", `${name}: ${response.error}`));
    else waiting.resolve(response.result);
  });
  worker.on(
    "error",
    (error) => die(new ChaosError("internal", `${name} thread failed: ${messageOf(error)}`, { cause: error }))
  );
  worker.on("exit", (code) => die(new ChaosError("internal", `${name} thread ended with code ${code}`)));
  return {
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
      death ??= new ChaosError("cancelled", `${name} thread was ended`);
      await worker.terminate();
    }
  };
}
function serve(port, methods) {
  port.on("message", async ({ id, method, argument }) => {
    try {
      const called = methods[method];
      if (!called) throw new RangeError(`no method ${method}`);
      const result = await called(argument);
      port.postMessage({ id, result });
    } catch (error) {
      port.postMessage({ id, error: messageOf(error) });
    }
  });
}

export {
  watchLoopLag,
  allPathsDeliver,
  checkPaths,
  remote,
  serve
};
