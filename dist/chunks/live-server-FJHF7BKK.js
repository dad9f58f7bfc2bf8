import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);
import {
  markup,
  scriptedPage,
  uPlot_iife_min_default,
  uPlot_min_default
} from "./chunk-FW7H7RDL.js";
import "./chunk-WR6MWXGD.js";
import "./chunk-24CB5SRQ.js";
import "./chunk-WV6MXPV7.js";
import "./chunk-AU4Z6BYV.js";
import "./chunk-2OZVQ7HJ.js";
import "./chunk-72AKB4P6.js";
import "./chunk-3XBQVNRE.js";
import "./chunk-C2BOSRP4.js";
import "./chunk-VDOZDET2.js";
import "./chunk-GUM24SOH.js";
import "./chunk-4XSUANPV.js";
import {
  ChaosError,
  messageOf
} from "./chunk-EV4V3EIO.js";
import "./chunk-6DG7BXTN.js";

// src/ui/live-server.ts
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

// src/ui/live-events.ts
var kept = 3600;
var LiveHistory = class {
  #last = 0;
  #events = [];
  add(event) {
    const numbered = { id: ++this.#last, event };
    this.#events.push(numbered);
    if (this.#events.length > kept) {
      const oldest = this.#events.findIndex((one) => one.event.type === "progress");
      this.#events.splice(Math.max(0, oldest), 1);
    }
    return numbered;
  }
  /** All that came after the event of this id; all that is kept where the id is not one of this run's. */
  after(id) {
    return id > this.#last ? this.#events : this.#events.filter((one) => one.id > id);
  }
};
function asServerSent({ id, event }) {
  return `id: ${id}
data: ${JSON.stringify(event)}

`;
}

// src/ui/page/live.css
var live_default = ".now dl {\n  display: grid;\n  grid-template-columns: max-content 1fr;\n  gap: 0.2rem 1rem;\n  margin: 0.5rem 0;\n}\n\n.now dt {\n  color: var(--muted);\n}\n\n.now dd {\n  margin: 0;\n  font-weight: 600;\n}\n\n#faults.struck {\n  color: var(--bad);\n}\n\n#link {\n  color: var(--muted);\n  margin: 0;\n}\n\n#link.lost {\n  color: var(--bad);\n}\n\n#scenarios .fail {\n  color: var(--bad);\n}\n\n#scenarios .pass {\n  color: var(--good);\n}\n\n#scenarios .inconclusive {\n  color: var(--doubt);\n}\n\n#log {\n  max-height: 16rem;\n  overflow: auto;\n  padding-left: 0;\n  list-style: none;\n  font-size: 0.9rem;\n}\n\n#log time {\n  display: inline-block;\n  min-width: 5rem;\n  color: var(--muted);\n  font-variant-numeric: tabular-nums;\n}\n\n#report {\n  width: 100%;\n  height: 80vh;\n  border: 1px solid var(--grid);\n  border-radius: 6px;\n}\n";

// src/ui/page/live.js
var live_default2 = "// Runs in the reader's browser: follows a run by server-sent events. The browser connects again by itself and says what it has seen last.\n(() => {\n  const at = (id) => document.getElementById(id);\n  const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();\n  const seconds = (ms) => `${(ms / 1000).toFixed(1)} s`;\n  const outcomes = ['published', 'acknowledged', 'delivered'];\n  /** Of the chart: times in seconds, rates by outcome, and spans in which faults were in force. */\n  const times = [];\n  const rates = outcomes.map(() => []);\n  const spans = [];\n  /** Points that are drawn: ten minutes, twice a second. */\n  const mostPoints = 1200;\n  let before;\n  let lastPhase = '';\n\n  const chart = new uPlot(\n    {\n      width: at('chart').clientWidth,\n      height: 220,\n      legend: { live: false },\n      scales: { x: { time: false } },\n      axes: [axis((ticks) => ticks.map((tick) => `${tick} s`)), axis((ticks) => ticks.map((tick) => `${tick}/s`), 64)],\n      series: [\n        { label: 'time' },\n        ...outcomes.map((label, index) => ({ label, stroke: () => colour(`--series-${index + 1}`), width: 1.5 })),\n      ],\n      hooks: { drawClear: [shade] },\n    },\n    [times, ...rates],\n    at('chart'),\n  );\n  new ResizeObserver(() => chart.setSize({ width: at('chart').clientWidth, height: 220 })).observe(at('chart'));\n\n  function axis(values, size = 40) {\n    return {\n      size,\n      stroke: () => colour('--muted'),\n      grid: { stroke: () => colour('--grid'), width: 1 },\n      values: (_, ticks) => values(ticks),\n    };\n  }\n\n  /** Shows when faults were in force. */\n  function shade({ ctx, bbox, valToPos }) {\n    ctx.save();\n    ctx.fillStyle = colour('--band');\n    for (const { from, to } of spans) {\n      const left = Math.max(bbox.left, valToPos(from, 'x', true));\n      const right = Math.min(bbox.left + bbox.width, valToPos(to, 'x', true));\n      if (right > left) ctx.fillRect(left, bbox.top, right - left, bbox.height);\n    }\n    ctx.restore();\n  }\n\n  function log(atMs, text) {\n    const line = document.createElement('li');\n    const time = document.createElement('time');\n    time.textContent = seconds(atMs);\n    line.append(time, text);\n    at('log').prepend(line);\n  }\n\n  function progress(event) {\n    const { atMs, scenario, phase, faults } = event;\n    at('scenario').textContent = scenario;\n    at('phase').textContent = phase;\n    at('faults').textContent = faults.length === 0 ? 'none' : faults.join(', ');\n    at('faults').classList.toggle('struck', faults.length > 0);\n    if (`${scenario} ${phase}` !== lastPhase) log(atMs, `${scenario}: ${phase}`);\n    lastPhase = `${scenario} ${phase}`;\n    followFaults(before?.faults ?? [], faults, atMs);\n    // The counts begin again with each scenario.\n    const seconds = before && before.scenario === scenario ? (atMs - before.atMs) / 1000 : 0;\n    times.push(atMs / 1000);\n    outcomes.forEach((outcome, index) => {\n      rates[index].push(seconds > 0 ? Math.max(0, (event[outcome] - before[outcome]) / seconds) : null);\n    });\n    if (times.length > mostPoints) for (const list of [times, ...rates]) list.shift();\n    before = event;\n    chart.setData([times, ...rates]);\n  }\n\n  function followFaults(old, now, atMs) {\n    for (const fault of now) if (!old.includes(fault)) log(atMs, `in force: ${fault}`);\n    for (const fault of old) if (!now.includes(fault)) log(atMs, `healed: ${fault}`);\n    const open = spans.at(-1);\n    if (now.length > 0 && (!open || open.isClosed)) spans.push({ from: atMs / 1000, to: atMs / 1000, isClosed: false });\n    else if (open && !open.isClosed) Object.assign(open, { to: atMs / 1000, isClosed: now.length === 0 });\n  }\n\n  function scenarioEnded({ atMs, name, verdict, line }) {\n    const item = document.createElement('li');\n    item.className = verdict;\n    item.textContent = line;\n    at('scenarios').append(item);\n    log(atMs, `${name} ended: ${verdict}`);\n    showReport();\n  }\n\n  function showReport() {\n    at('none').hidden = true;\n    at('report').hidden = false;\n    at('report').src = `/report.html?${Date.now()}`;\n  }\n\n  const events = new EventSource('/events');\n  events.onopen = () => {\n    at('link').textContent = 'follows the run';\n    at('link').className = '';\n  };\n  events.onerror = () => {\n    at('link').textContent = 'the run cannot be reached; trying again';\n    at('link').className = 'lost';\n  };\n  events.onmessage = ({ data }) => {\n    const event = JSON.parse(data);\n    if (event.type === 'progress') progress(event);\n    else if (event.type === 'scenario') scenarioEnded(event);\n    else if (event.type === 'end') {\n      events.close();\n      at('link').textContent = `the run has ended: ${event.verdict}`;\n      at('faults').textContent = 'none';\n      log(event.atMs, `the run has ended: ${event.verdict}`);\n      showReport();\n    } else log(event.atMs, event.text);\n  };\n})();\n";

// src/ui/live-page.ts
function renderLivePage(broker) {
  return scriptedPage({
    title: markup`live: ${broker}`,
    style: `${uPlot_min_default}
${live_default}`,
    script: `${uPlot_iife_min_default}
${live_default2}`,
    connects: true,
    body: markup`<main>
<section class="now" aria-live="off">
<h1>${broker}</h1>
<p id="link" role="status">connecting</p>
<dl>
<dt>scenario</dt><dd id="scenario">none yet</dd>
<dt>phase</dt><dd id="phase">none yet</dd>
<dt>faults in force</dt><dd id="faults">none</dd>
</dl>
</section>
<section>
<h2>Messages a second</h2>
<div id="chart" role="img" aria-label="Messages published, acknowledged and delivered a second, over time"></div>
</section>
<section>
<h2>Scenarios</h2>
<ul id="scenarios"></ul>
</section>
<section>
<h2>What happened</h2>
<ol id="log"></ol>
</section>
<section>
<h2>Report so far</h2>
<p id="none">The report is written when the first scenario has ended.</p>
<iframe id="report" title="The report of the scenarios that have ended" hidden></iframe>
</section>
</main>`,
    footer: markup`The page follows the run for as long as it goes on. The reports stay in its folder.`
  });
}

// src/ui/live-server.ts
var lastLookMs = 1e3;
async function openLiveServer({ port, broker, out }) {
  const history = new LiveHistory();
  const listeners = /* @__PURE__ */ new Set();
  const page = renderLivePage(broker);
  const follow = (request, response) => {
    response.writeHead(200, { "Content-Type": "text/event-stream", "Cache-Control": "no-store" });
    const seen = Number(request.headers["last-event-id"] ?? 0);
    response.write(
      `retry: 1000

${history.after(Number.isInteger(seen) ? seen : 0).map(asServerSent).join("")}`
    );
    listeners.add(response);
    response.on("close", () => listeners.delete(response));
  };
  const server = createServer((request, response) => {
    const path = new URL(request.url ?? "/", "http://localhost").pathname;
    if (!isLoopback(request.headers.host)) refuse(response, 403, "ask for 127.0.0.1");
    else if (request.method !== "GET") refuse(response, 405, "only GET is answered");
    else if (path === "/") html(response, page);
    else if (path === "/events") follow(request, response);
    else if (path === "/report.html") void sendReport(response, join(out, "report.html"));
    else refuse(response, 404, "there are /, /events and /report.html");
  });
  const listening = await listen(server, port);
  return {
    url: `http://127.0.0.1:${listening}/`,
    tell(event) {
      const text = asServerSent(history.add(event));
      for (const listener of listeners) listener.write(text);
    },
    async close() {
      if (listeners.size > 0) await sleep(lastLookMs);
      await new Promise((resolve) => {
        for (const listener of listeners) listener.end();
        server.close(() => resolve());
        server.closeAllConnections();
      });
    }
  };
}
function isLoopback(host) {
  return /^(127\.0\.0\.1|localhost)(:\d+)?$/.test(host ?? "");
}
async function sendReport(response, file) {
  const text = await readFile(file, "utf8").catch(() => void 0);
  if (text === void 0) refuse(response, 404, "there is no report yet");
  else html(response, text);
}
function html(response, text) {
  response.writeHead(200, { "Content-Type": "text/html; charset=utf-8", "Cache-Control": "no-store" }).end(text);
}
function refuse(response, status, why) {
  response.writeHead(status, { "Content-Type": "text/plain; charset=utf-8" }).end(`${why}
`);
}
function listen(server, port) {
  return new Promise((resolve, reject) => {
    server.once(
      "error",
      (error) => reject(
        new ChaosError(
          "port",
          `--ui ${port}: ${error.code === "EADDRINUSE" ? "the port is taken" : messageOf(error)}`,
          {
            hint: "choose another port; without a number a free one is taken"
          }
        )
      )
    );
    server.listen(port, "127.0.0.1", () => {
      const address = server.address();
      resolve(address !== null && typeof address === "object" ? address.port : port);
    });
  });
}
export {
  openLiveServer
};
