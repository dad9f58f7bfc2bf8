import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);
import {
  openLinks
} from "./chunks/chunk-NIOC5JRK.js";
import {
  mqttPing
} from "./chunks/chunk-LAPWOYJZ.js";
import {
  distPath
} from "./chunks/chunk-RSWY53MK.js";
import "./chunks/chunk-HUZ4BNE3.js";
import {
  Recorder
} from "./chunks/chunk-M5SEXEKA.js";
import {
  connected,
  createClient,
  ended
} from "./chunks/chunk-DDAFSB75.js";
import "./chunks/chunk-QEUH7FJ3.js";
import "./chunks/chunk-YHUKQ7V4.js";
import "./chunks/chunk-DEWMCHU3.js";
import {
  pollUntil,
  systemClock
} from "./chunks/chunk-REAO3S7U.js";
import "./chunks/chunk-4HIF7BH4.js";
import {
  decodePayload,
  encodePayload
} from "./chunks/chunk-IEWOHIMU.js";
import "./chunks/chunk-53UEWYNP.js";
import "./chunks/chunk-4XSUANPV.js";
import "./chunks/chunk-SEHV63E6.js";
import "./chunks/chunk-EV4V3EIO.js";
import "./chunks/chunk-6DG7BXTN.js";

// bench/main.ts
import { cpus, totalmem } from "node:os";

// bench/action.ts
import { spawn } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, readdirSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
var starts = 15;
async function benchAction() {
  const folder = mkdtempSync(join(tmpdir(), "chaos-bench-"));
  try {
    const dist = join(folder, "dist");
    cpSync(dirname(distPath("cli.js")), dist, { recursive: true });
    const node = process.env.CHAOS_NODE ?? process.execPath;
    const action = [];
    const bare = [];
    for (let i = 0; i < starts; i++) {
      action.push(await firstWordMs(node, [join(dist, "index.js")], folder));
      bare.push(await firstWordMs(node, ["-e", "console.log(1)"], folder));
    }
    const first = median(action);
    const megabytes = sizeOf(dist) / 1e6;
    return [
      {
        name: `start of the Action to its first log line, median of ${starts}`,
        value: first,
        unit: "ms",
        aim: "under 250 on Node 24",
        met: first < 250
      },
      { name: "the same over the start of Node alone", value: first / median(bare), unit: "ratio" },
      { name: "dist/", value: megabytes, unit: "MB", aim: "under 6", met: megabytes < 6 }
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
function firstWordMs(node, args, cwd) {
  const startMs = performance.now();
  const child = spawn(node, args, { cwd, env: { PATH: process.env.PATH, INPUT_NODES: "none" } });
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    let ms = Number.NaN;
    child.stdout.once("data", () => {
      ms = performance.now() - startMs;
    });
    child.once("close", () => resolve(ms));
  });
}
function median(values) {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}
function sizeOf(folder) {
  if (!existsSync(folder)) return 0;
  return readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()).reduce((sum, entry) => sum + statSync(join(entry.parentPath, entry.name)).size, 0);
}

// bench/links.ts
import { spawn as spawn2 } from "node:child_process";
var rounds = 7;
var pings = 4e3;
var pingBytes = 64;
var bulkBytes = 512 * 1048576;
var bulkWriteBytes = 65536;
var pacedMessages = 2500;
var pacedWarmUp = 500;
var pacedPerSecond = 1e3;
var delayMs = 100;
async function benchLinks() {
  const links = await openLinks({ seed: "bench" });
  const [echo, sink, stamps, client] = await Promise.all([
    startPeer(serve, "echo"),
    startPeer(serve, "sink"),
    startPeer(serve, "stamps"),
    startPeer(drive, "client")
  ]);
  try {
    const open = async (id, port) => (await links.open({ id, upstream: { host: "127.0.0.1", port } })).port;
    const [viaEcho, viaSink, viaStamps] = [
      await open("echo", echo.port),
      await open("sink", sink.port),
      await open("stamps", stamps.port)
    ];
    const ping = (port) => client.ask({ do: "ping", port, count: pings, bytes: pingBytes });
    const bulk = async (port) => (await client.ask({ do: "bulk", port, count: bulkBytes, bytes: bulkWriteBytes }))[0] ?? Number.NaN;
    for (const port of [echo.port, viaEcho]) await ping(port);
    for (const port of [sink.port, viaSink]) await bulk(port);
    const addedP50 = [];
    const addedP99 = [];
    const ratios = [];
    const rates = [];
    for (let round = 0; round < rounds; round++) {
      const direct = await ping(echo.port);
      const proxied = await ping(viaEcho);
      addedP50.push(quantile(proxied, 0.5) - quantile(direct, 0.5));
      addedP99.push(quantile(proxied, 0.99) - quantile(direct, 0.99));
    }
    for (let round = 0; round < rounds; round++) {
      const direct = await bulk(sink.port);
      const proxied = await bulk(viaSink);
      ratios.push(direct / proxied);
      rates.push(bulkBytes / proxied / 1e6);
    }
    const pace = async (port) => {
      const received = stamps.ask({ do: "receive", count: pacedMessages });
      await client.ask({ do: "pace", port, count: pacedMessages, perSecond: pacedPerSecond, bytes: pingBytes });
      return (await received).slice(pacedWarmUp);
    };
    const undelayed99 = [];
    const error50 = [];
    const error99 = [];
    await links.shape("stamps", "forward", { delayMs });
    await links.lag();
    for (let round = 0; round < rounds; round++) {
      undelayed99.push(quantile(await pace(stamps.port), 0.99));
      const errorsMs = (await pace(viaStamps)).map((ms) => Math.abs(ms - delayMs));
      error50.push(quantile(errorsMs, 0.5));
      error99.push(quantile(errorsMs, 0.99));
    }
    const lag = await links.lag();
    const added50 = 1e3 * quantile(addedP50, 0.5);
    const ratio = quantile(ratios, 0.5);
    const delayError99 = quantile(error99, 0.5);
    return [
      { name: "link: added round trip, median", value: added50, unit: "us", aim: "< 60", met: added50 < 60 },
      { name: "link: added round trip, p99", value: 1e3 * quantile(addedP99, 0.5), unit: "us" },
      { name: "link: throughput over direct", value: ratio, unit: "ratio", aim: ">= 0.85", met: ratio >= 0.85 },
      { name: "link: throughput", value: quantile(rates, 0.5), unit: "GB/s" },
      {
        name: `link: error of a ${delayMs} ms delay at ${pacedPerSecond}/s, median`,
        value: quantile(error50, 0.5),
        unit: "ms"
      },
      {
        name: `link: error of a ${delayMs} ms delay at ${pacedPerSecond}/s, p99`,
        value: delayError99,
        unit: "ms",
        aim: "< 1",
        met: delayError99 < 1
      },
      {
        name: "link: how late the same messages are without a link, p99",
        value: quantile(undelayed99, 0.5),
        unit: "ms"
      },
      { name: "link: event loop lag of the worker, p99", value: lag.p99Ms, unit: "ms" }
    ];
  } finally {
    await Promise.all([...[echo, sink, stamps, client].map((peer) => peer.stop()), links.close()]);
  }
}
function quantile(values, share) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN;
}
async function startPeer(body, role) {
  const code = `(${body.toString()})(require('node:net'), ${JSON.stringify(role)})`;
  const child = spawn2(process.execPath, ["--input-type=commonjs", "-e", code], {
    stdio: ["ignore", "inherit", "inherit", "ipc"]
  });
  const next = () => new Promise((resolve, reject) => {
    const onExit = () => reject(new Error(`The ${role} process of the benchmark ended early.`));
    child.once("exit", onExit);
    child.once("message", (value) => {
      child.off("exit", onExit);
      resolve(value);
    });
  });
  const port = await next();
  return {
    port,
    ask(task) {
      child.send(task);
      return next();
    },
    stop: () => new Promise((resolve) => {
      child.once("exit", resolve);
      child.kill();
    })
  };
}
function serve(net, role) {
  let wanted = 0;
  let delaysMs = [];
  process.on("message", (task) => {
    wanted = task.count;
    delaysMs = [];
  });
  const server = net.createServer({ allowHalfOpen: true, noDelay: true }, (socket) => {
    socket.on("error", () => {
    });
    if (role === "echo") {
      socket.on("data", (chunk) => socket.write(chunk));
      socket.on("end", () => socket.end());
    } else if (role === "sink") {
      socket.resume();
      socket.on("end", () => socket.end("done"));
    } else {
      let rest = Buffer.alloc(0);
      socket.on("data", (chunk) => {
        const nowMs = Number(process.hrtime.bigint()) / 1e6;
        rest = rest.length > 0 ? Buffer.concat([rest, chunk]) : chunk;
        for (; rest.length >= 64; rest = rest.subarray(64)) delaysMs.push(nowMs - rest.readDoubleLE(0));
        if (wanted > 0 && delaysMs.length === wanted) process.send?.(delaysMs);
      });
      socket.on("end", () => socket.end());
    }
  });
  server.listen(0, "127.0.0.1", () => process.send?.(server.address().port));
}
function drive(net) {
  const now = () => Number(process.hrtime.bigint()) / 1e6;
  process.on("message", (task) => {
    const bytes = task.bytes ?? 64;
    const message = Buffer.alloc(bytes, 7);
    const socket = net.connect({ host: "127.0.0.1", port: task.port ?? 0, noDelay: true, allowHalfOpen: true });
    const answer = (values) => {
      socket.end();
      process.send?.(values);
    };
    socket.on("error", (error) => {
      throw error;
    });
    socket.once("connect", () => {
      if (task.do === "ping") {
        const times = [];
        let sent = now();
        let got = 0;
        socket.on("data", (chunk) => {
          got += chunk.length;
          if (got < bytes) return;
          got = 0;
          times.push(now() - sent);
          if (times.length === task.count) return answer(times);
          sent = now();
          socket.write(message);
        });
        socket.write(message);
      } else if (task.do === "bulk") {
        const start = now();
        let left = task.count;
        const push = () => {
          while (left > 0) {
            left -= bytes;
            if (!socket.write(message)) break;
          }
          if (left <= 0) socket.end();
        };
        socket.on("drain", push);
        socket.on("data", () => answer([now() - start]));
        push();
      } else {
        const startMs = now();
        let sent = 0;
        const timer = setInterval(() => {
          const due = Math.min(task.count, Math.floor((now() - startMs) * (task.perSecond ?? 1e3) / 1e3));
          for (; sent < due; sent++) {
            const stamped = Buffer.alloc(bytes);
            stamped.writeDoubleLE(now(), 0);
            socket.write(stamped);
          }
          if (sent === task.count) {
            clearInterval(timer);
            answer([]);
          }
        }, 1);
      }
    });
  });
  process.send?.(0);
}

// bench/memory.ts
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
var million = 1e6;
var flows = 15;
async function benchMemory() {
  setFlagsFromString("--expose-gc");
  const collect = runInNewContext("gc");
  const plan = {
    flows: Array.from({ length: flows }, (_, id) => ({
      id,
      name: `flow ${id}`,
      topic: `t/${id}`,
      qos: 1,
      node: "node1",
      clientId: `p${id}`,
      ratePerSecond: 1e3
    })),
    subscribers: [
      {
        clientId: "s",
        node: "node1",
        session: "persistent",
        subscriptions: [{ filter: "t/+", qos: 1, flows: Array.from({ length: flows }, (_, id) => id) }]
      }
    ]
  };
  const recorder = new Recorder(plan, 5e3);
  recorder.mark("hold", 0, Number.MAX_SAFE_INTEGER);
  const record = () => {
    for (let i = 0; i < million; i++) {
      const flow = recorder.flows[i % flows];
      const subscription = flow?.subscriptions[0];
      if (!flow || !subscription) throw new Error("every flow has one subscription");
      const sequence = recorder.due(flow, i);
      const decoded = decodePayload(
        encodePayload({ run: 1, flow: flow.plan.id, kind: "flow", sequence, sentNs: i }, 64)
      );
      if (!decoded.ok) throw new Error("a message that was just made is sound");
      recorder.acknowledged(flow, sequence, i, i + 1);
      recorder.received(subscription, decoded.header.sequence, i, i + 2, { dup: false });
    }
  };
  const heap = () => {
    collect();
    return process.memoryUsage().heapUsed + process.memoryUsage().arrayBuffers;
  };
  record();
  const before = heap();
  record();
  const grown = heap() - before;
  return [
    {
      name: "memory that a second million of messages adds",
      value: grown,
      unit: "bytes",
      aim: "flat (under 100000)",
      met: grown < 1e5
    }
  ];
}

// bench/tier.ts
import { execFile } from "node:child_process";
import { mkdtempSync as mkdtempSync2, readFileSync, rmSync as rmSync2 } from "node:fs";
import { tmpdir as tmpdir2 } from "node:os";
import { join as join2 } from "node:path";
import { promisify } from "node:util";
async function benchTier() {
  const folder = mkdtempSync2(join2(tmpdir2(), "chaos-bench-"));
  try {
    const startMs = performance.now();
    const exit = await promisify(execFile)(
      process.execPath,
      [distPath("cli.js"), "run", "--broker", "embedded", "--out", folder],
      { cwd: folder }
    ).then(
      () => 0,
      (error) => error.code
    );
    const wallMs = performance.now() - startMs;
    const record = JSON.parse(readFileSync(join2(folder, "report.json"), "utf8"));
    const phasesMs = record.scenarios.flatMap(({ phases }) => phases).reduce((sum, { startMs: from, endMs: to }) => sum + to - from, 0);
    const ratio = wallMs / phasesMs;
    return [
      {
        name: `basic tier, embedded cluster, exit code ${exit}, verdict ${record.verdict}`,
        value: wallMs / 1e3,
        unit: "s",
        aim: "under 120",
        met: wallMs < 12e4
      },
      {
        name: "its wall clock over the sum of its phases",
        value: ratio,
        unit: "ratio",
        aim: "at most 1.2",
        met: ratio <= 1.2
      }
    ];
  } finally {
    rmSync2(folder, { recursive: true, force: true });
  }
}

// bench/workload.ts
import { spawn as spawn3 } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync as mkdtempSync3, rmSync as rmSync3 } from "node:fs";
import { createServer } from "node:net";
import { tmpdir as tmpdir3 } from "node:os";
import { join as join3 } from "node:path";
var messages = 15e3;
var inFlight = 100;
var payloadBytes = 64;
var rounds2 = 21;
async function benchWorkload() {
  const broker = await startBroker();
  try {
    const rows = [];
    for (const qos of [0, 1]) {
      const bare = [];
      const verified = [];
      await loop(broker.port, qos, bareLoop);
      for (let round = 0; round < rounds2; round++) {
        bare.push(await loop(broker.port, qos, bareLoop));
        verified.push(await loop(broker.port, qos, verifiedLoop));
      }
      const ratio = middle(verified.map((perSecond, round) => perSecond / (bare[round] ?? Number.NaN)));
      rows.push({ name: `${broker.name}: QoS ${qos}, bare mqtt.js`, value: middle(bare), unit: "messages/s" });
      rows.push({
        name: `${broker.name}: QoS ${qos}, recorded and verified`,
        value: middle(verified),
        unit: "messages/s"
      });
      rows.push({
        name: `QoS ${qos}, verified over bare`,
        value: ratio,
        unit: "ratio",
        aim: "at least 0.9",
        met: ratio >= 0.9
      });
    }
    return rows;
  } finally {
    await broker.stop();
  }
}
async function loop(port, qos, kind) {
  const endpoint = { node: "node1", host: "127.0.0.1", port, version: 4 };
  const id = `bench-${kind.name}-${qos}-${Math.round(systemClock.nowMs() * 1e3)}`;
  const publisher = createClient(endpoint, { clientId: `${id}-p`, clean: true });
  const subscriber = createClient(endpoint, { clientId: `${id}-s`, clean: true });
  const up = [connected(publisher, 5e3), connected(subscriber, 5e3)];
  publisher.connect();
  subscriber.connect();
  await Promise.all(up);
  await subscriber.subscribeAsync(id, { qos });
  const startMs = systemClock.nowMs();
  await new Promise((resolve) => kind({ publisher, subscriber, topic: id, qos, done: resolve }));
  const perSecond = messages * 1e3 / (systemClock.nowMs() - startMs);
  await Promise.all([ended(publisher, { force: true }), ended(subscriber, { force: true })]);
  return perSecond;
}
function pump(publish, done) {
  let sent = 0;
  let received = 0;
  const fill = () => {
    while (sent < messages && sent - received < inFlight) publish(++sent);
  };
  fill();
  return {
    received() {
      received++;
      if (received === messages) done();
      else fill();
    }
  };
}
var bareLoop = ({ publisher, subscriber, topic, qos, done }) => {
  const payload = Buffer.alloc(payloadBytes);
  const flow = pump(() => publisher.publish(topic, payload, { qos }), done);
  subscriber.on("message", () => flow.received());
};
var verifiedLoop = ({ publisher, subscriber, topic, qos, done }) => {
  const plan = {
    flows: [{ id: 0, name: "bench", topic, qos, node: "node1", clientId: "p", ratePerSecond: 1e3 }],
    subscribers: [
      { clientId: "s", node: "node1", session: "clean", subscriptions: [{ filter: topic, qos, flows: [0] }] }
    ]
  };
  const recorder = new Recorder(plan, 5e3);
  const [flow] = recorder.flows;
  const [subscription] = flow?.subscriptions ?? [];
  if (!flow || !subscription) throw new Error("the plan has one flow and one subscription");
  recorder.mark("hold", systemClock.nowMs(), 1e3);
  const flowing = pump(() => {
    const dueMs = systemClock.nowMs();
    const sequence = recorder.due(flow, dueMs);
    const payload = encodePayload(
      { run: 1, flow: 0, kind: "flow", sequence, sentNs: Math.round(dueMs * 1e6) },
      payloadBytes
    );
    if (qos === 0) publisher.publish(topic, payload, { qos });
    else
      publisher.publish(
        topic,
        payload,
        { qos },
        () => recorder.acknowledged(flow, sequence, dueMs, systemClock.nowMs())
      );
  }, done);
  subscriber.on("message", (_topic, payload, packet) => {
    const decoded = decodePayload(payload);
    if (!decoded.ok) throw new Error(`a ${decoded.why} message`);
    recorder.received(subscription, decoded.header.sequence, decoded.header.sentNs / 1e6, systemClock.nowMs(), packet);
    flowing.received();
  });
};
async function startBroker() {
  const port = await freePort();
  const folder = mkdtempSync3(join3(tmpdir3(), "chaos-bench-"));
  const attempts = [
    ["mosquitto", "mosquitto", ["-p", String(port)]],
    [
      "embedded",
      process.execPath,
      [
        distPath("embedded-broker.js"),
        "--name",
        "node1",
        "--mqtt",
        `127.0.0.1:${port}`,
        "--cluster",
        `127.0.0.1:${await freePort()}`,
        "--http",
        `127.0.0.1:${await freePort()}`,
        "--data",
        folder
      ]
    ]
  ];
  for (const [name, command, args] of attempts) {
    const child = spawn3(command, args, { stdio: "ignore" });
    const failed = once(child, "error").then(() => true);
    const up = pollUntil(
      async () => await mqttPing({ host: "127.0.0.1", port, version: 4 }, 500) === void 0 ? true : void 0,
      { withinMs: 5e3, everyMs: 50 }
    );
    if (await Promise.race([failed.then(() => false), up]) !== true) {
      child.kill("SIGKILL");
      continue;
    }
    return {
      name,
      port,
      async stop() {
        const exited = once(child, "exit");
        child.kill("SIGTERM");
        await exited;
        rmSync3(folder, { recursive: true, force: true });
      }
    };
  }
  throw new Error("neither mosquitto nor the embedded broker could be started");
}
async function freePort() {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address();
  await new Promise((resolve) => server.close(resolve));
  return port;
}
function middle(values) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

// bench/main.ts
var parts = { action: benchAction, links: benchLinks, workload: benchWorkload, memory: benchMemory, tier: benchTier };
var asked = process.argv.slice(2);
console.log(
  `${cpus()[0]?.model.trim() ?? "unknown CPU"}, ${cpus().length} CPUs, ${(totalmem() / 1024 ** 3).toFixed(0)} GiB, Node ${process.version}`
);
for (const [name, bench] of Object.entries(parts)) {
  if (asked.length > 0 && !asked.includes(name)) continue;
  console.log(`
${name}`);
  for (const row of await bench()) console.log(`  ${describe(row)}`);
}
function describe({ name, value, unit, aim, met }) {
  const figure = `${Number(value.toPrecision(4))} ${unit}`;
  return `${name.padEnd(68)} ${figure.padStart(18)}${aim === void 0 ? "" : `   aim ${aim}${met === void 0 ? "" : met ? ", met" : ", NOT met"}`}`;
}
