import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);
import {
  openLocalEngine
} from "./chunk-FY7ISM32.js";
import {
  effectTypesOf,
  planFaults
} from "./chunk-3C7A4PL4.js";
import {
  whySkipped
} from "./chunk-7JX3IYUX.js";
import {
  NotRolledBack
} from "./chunk-DBRFS25G.js";
import {
  repeatingCommand
} from "./chunk-WWXTDWTY.js";
import {
  claimFolder
} from "./chunk-YAOZSGBA.js";
import {
  prepareReports,
  rescueReports,
  writeReports
} from "./chunk-QKVPOIL7.js";
import {
  scoreRun
} from "./chunk-AU4Z6BYV.js";
import {
  plural
} from "./chunk-72AKB4P6.js";
import {
  readMachineCpu,
  readPressureMs
} from "./chunk-KUCWHKCI.js";
import {
  decide,
  defaultRepeat,
  unexplainedRun
} from "./chunk-HGW2HVRG.js";
import {
  faultKinds
} from "./chunk-SK5LQEX4.js";
import {
  isBroken,
  scoreScenario
} from "./chunk-3XBQVNRE.js";
import {
  checks,
  deliveries,
  dueMs,
  lostOn,
  mayArriveAgain,
  noStreams,
  sessionOf
} from "./chunk-EMGA3PAX.js";
import {
  formatMs,
  formatMsBeside,
  formatShare
} from "./chunk-VDOZDET2.js";
import {
  distPath
} from "./chunk-RSWY53MK.js";
import {
  version
} from "./chunk-GAWAXV74.js";
import {
  require_prom_client
} from "./chunk-NZ7CLRVE.js";
import {
  findSabotage
} from "./chunk-YAQKREF6.js";
import {
  allPathsDeliver,
  sameUnserved,
  unservedByPaths
} from "./chunk-3HBXIDWY.js";
import {
  newHistogram
} from "./chunk-QEUH7FJ3.js";
import {
  systemClock,
  within
} from "./chunk-REAO3S7U.js";
import {
  ruleOf
} from "./chunk-6BLWVCAN.js";
import {
  IntervalSet
} from "./chunk-4HIF7BH4.js";
import {
  watchLoopLag
} from "./chunk-QG2TR5QC.js";
import {
  require_dist
} from "./chunk-4XSUANPV.js";
import {
  maskSecrets
} from "./chunk-WFQI7BEC.js";
import {
  remote
} from "./chunk-SEHV63E6.js";
import {
  ChaosError,
  messageOf
} from "./chunk-EV4V3EIO.js";
import {
  __toESM
} from "./chunk-6DG7BXTN.js";

// src/run/session.ts
import { join as join2 } from "node:path";

// src/metrics/exposition.ts
var import_prom_client = __toESM(require_prom_client(), 1);
import { createServer } from "node:http";
async function openExposition(port) {
  const registry = new import_prom_client.Registry();
  (0, import_prom_client.collectDefaultMetrics)({ register: registry, prefix: "chaos_action_" });
  const phase = new import_prom_client.Gauge({
    name: "chaos_action_phase",
    help: "1 for the phase that runs",
    labelNames: ["scenario", "phase"],
    registers: [registry]
  });
  const messages = new import_prom_client.Gauge({
    name: "chaos_action_messages",
    help: "Messages of the scenario that runs, by what became of them",
    labelNames: ["outcome"],
    registers: [registry]
  });
  const faults = new import_prom_client.Gauge({
    name: "chaos_action_faults_in_force",
    help: "Faults injected and not healed",
    registers: [registry]
  });
  const verdicts = new import_prom_client.Counter({
    name: "chaos_action_scenarios_total",
    help: "Scenarios that ended",
    labelNames: ["verdict"],
    registers: [registry]
  });
  const scores = new import_prom_client.Gauge({
    name: "chaos_action_scenario_score",
    help: "Score of a scenario, 0 to 10",
    labelNames: ["scenario"],
    registers: [registry]
  });
  const server = createServer(async (request, response) => {
    if (request.url !== "/metrics") {
      response.writeHead(404).end("only /metrics is here\n");
      return;
    }
    response.setHeader("Content-Type", registry.contentType);
    response.end(await registry.metrics());
  });
  if (port !== void 0)
    await new Promise((resolve, reject) => {
      server.once(
        "error",
        (error) => reject(
          new ChaosError(
            "port",
            `--metrics-port ${port}: ${error.code === "EADDRINUSE" ? "the port is taken" : messageOf(error)}`,
            {
              hint: "choose another port; 0 takes a free one"
            }
          )
        )
      );
      server.listen(port, "127.0.0.1", resolve);
    });
  const address = server.address();
  return {
    url: address !== null && typeof address === "object" ? `http://127.0.0.1:${address.port}/metrics` : void 0,
    phase(scenario, name) {
      phase.reset();
      phase.set({ scenario, phase: name }, 1);
    },
    messages(counts) {
      for (const [outcome, count] of Object.entries(counts)) messages.set({ outcome }, count);
    },
    faults: (inForce) => faults.set(inForce),
    verdict(scenario, verdict, score) {
      verdicts.inc({ verdict });
      if (score !== null) scores.set({ scenario }, score);
    },
    close: () => new Promise((resolve) => {
      server.closeAllConnections();
      server.close(() => resolve());
    })
  };
}

// src/sabotage/open-relay.ts
import { Worker } from "node:worker_threads";
var ChangeCount = class {
  memory = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
  read() {
    return Atomics.load(this.memory, 0);
  }
};
var closeWithinMs = 2e3;
var startRelayThread = (start) => new Worker(distPath("relay-worker.js"), { name: "relay", workerData: start, execArgv: [] });
function openRelay(options) {
  const { sabotage, seed, changes = new ChangeCount(), startThread = startRelayThread } = options;
  const thread = remote(startThread({ sabotage, seed, changes: changes.memory }), "relay");
  let closing;
  const close = async () => {
    await within(thread.call("close"), { withinMs: closeWithinMs }).catch(() => void 0);
    await thread.terminate();
  };
  return {
    open: (node, upstream) => thread.call("open", { node, upstream }),
    lag: () => thread.call("lag"),
    ended: thread.ended,
    close() {
      closing ??= close();
      return closing;
    }
  };
}

// src/sabotage/sabotaged-engine.ts
var SabotagedEngine = class {
  #engine;
  #options;
  #changes = new ChangeCount();
  #relayBroken = new AbortController();
  broken;
  #relay;
  #endpoints = [];
  constructor(engine, options) {
    this.#engine = engine;
    this.#options = options;
    this.broken = AbortSignal.any([engine.broken, this.#relayBroken.signal]);
  }
  /** How often the saboteur has struck so far. */
  get changes() {
    return this.#changes.read();
  }
  get shape() {
    return this.#engine.shape;
  }
  get endpoints() {
    return this.#endpoints;
  }
  get metricsUrls() {
    return this.#engine.metricsUrls;
  }
  build(signal) {
    return this.#engine.build(signal);
  }
  async boot(signal, effects) {
    await this.#closeRelay();
    await this.#engine.boot(signal, effects);
    const { seed } = this.#options;
    const relay = openRelay({ ...this.#options, seed: `${seed}/sabotage`, changes: this.#changes });
    this.#relay = relay;
    const broke = () => {
      if (this.#relay === relay) this.#relayBroken.abort(relay.ended.reason);
    };
    relay.ended.addEventListener("abort", broke, { once: true });
    this.#endpoints = await Promise.all(
      this.#engine.endpoints.map(async (endpoint) => {
        const { host, port } = endpoint;
        return { ...endpoint, host: "127.0.0.1", port: (await relay.open(endpoint.node, { host, port })).port };
      })
    );
  }
  unfit(effects) {
    return this.#engine.unfit(effects);
  }
  async stop(withinMs) {
    await this.#engine.stop(withinMs);
    await this.#closeRelay();
  }
  offers(effect, to) {
    return this.#engine.offers(effect, to);
  }
  observe(fault) {
    return this.#engine.observe(fault);
  }
  usage() {
    return this.#engine.usage();
  }
  /** The worse of the links' and the relay's: what a client sees late may be due to either. */
  async linksLag() {
    const [links, relay] = await Promise.all([this.#engine.linksLag(), this.#relay?.lag() ?? null]);
    if (links === null || relay === null) return links ?? relay;
    return links.p99Ms > relay.p99Ms ? links : relay;
  }
  takeCrashes() {
    return this.#engine.takeCrashes();
  }
  logsDuring(...asked) {
    return this.#engine.logsDuring(...asked);
  }
  logsAround(...asked) {
    return this.#engine.logsAround(...asked);
  }
  cutLogs() {
    return this.#engine.cutLogs();
  }
  logsBetween(fromWallMs, toWallMs) {
    return this.#engine.logsBetween(fromWallMs, toWallMs);
  }
  async #closeRelay() {
    const relay = this.#relay;
    this.#relay = void 0;
    this.#endpoints = [];
    await relay?.close();
  }
};

// src/workload/workload.ts
import { Worker as Worker2 } from "node:worker_threads";
function openWorkload(thread = new Worker2(distPath("workload-worker.js"))) {
  return remote(thread, "workload");
}

// src/run/run.ts
import { cpus, release, totalmem, type } from "node:os";

// src/metrics/scrape.ts
import { appendFileSync, mkdirSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";

// node_modules/shallow-equal/dist/index.esm.js
function shallowEqualObjects(objA, objB) {
  if (objA === objB) {
    return true;
  }
  if (!objA || !objB) {
    return false;
  }
  var aKeys = Object.keys(objA);
  var bKeys = Object.keys(objB);
  var len = aKeys.length;
  if (bKeys.length !== len) {
    return false;
  }
  for (var i = 0; i < len; i++) {
    var key = aKeys[i];
    if (objA[key] !== objB[key] || !Object.prototype.hasOwnProperty.call(objB, key)) {
      return false;
    }
  }
  return true;
}

// node_modules/parse-prometheus-text-format/dist/parse-prometheus-text-format.esm.js
function _classCallCheck(instance, Constructor) {
  if (!(instance instanceof Constructor)) {
    throw new TypeError("Cannot call a class as a function");
  }
}
function _inherits(subClass, superClass) {
  if (typeof superClass !== "function" && superClass !== null) {
    throw new TypeError("Super expression must either be null or a function");
  }
  subClass.prototype = Object.create(superClass && superClass.prototype, {
    constructor: {
      value: subClass,
      writable: true,
      configurable: true
    }
  });
  if (superClass) _setPrototypeOf(subClass, superClass);
}
function _getPrototypeOf(o) {
  _getPrototypeOf = Object.setPrototypeOf ? Object.getPrototypeOf : function _getPrototypeOf2(o2) {
    return o2.__proto__ || Object.getPrototypeOf(o2);
  };
  return _getPrototypeOf(o);
}
function _setPrototypeOf(o, p) {
  _setPrototypeOf = Object.setPrototypeOf || function _setPrototypeOf2(o2, p2) {
    o2.__proto__ = p2;
    return o2;
  };
  return _setPrototypeOf(o, p);
}
function isNativeReflectConstruct() {
  if (typeof Reflect === "undefined" || !Reflect.construct) return false;
  if (Reflect.construct.sham) return false;
  if (typeof Proxy === "function") return true;
  try {
    Date.prototype.toString.call(Reflect.construct(Date, [], function() {
    }));
    return true;
  } catch (e) {
    return false;
  }
}
function _construct(Parent, args, Class) {
  if (isNativeReflectConstruct()) {
    _construct = Reflect.construct;
  } else {
    _construct = function _construct2(Parent2, args2, Class2) {
      var a = [null];
      a.push.apply(a, args2);
      var Constructor = Function.bind.apply(Parent2, a);
      var instance = new Constructor();
      if (Class2) _setPrototypeOf(instance, Class2.prototype);
      return instance;
    };
  }
  return _construct.apply(null, arguments);
}
function _isNativeFunction(fn) {
  return Function.toString.call(fn).indexOf("[native code]") !== -1;
}
function _wrapNativeSuper(Class) {
  var _cache = typeof Map === "function" ? /* @__PURE__ */ new Map() : void 0;
  _wrapNativeSuper = function _wrapNativeSuper2(Class2) {
    if (Class2 === null || !_isNativeFunction(Class2)) return Class2;
    if (typeof Class2 !== "function") {
      throw new TypeError("Super expression must either be null or a function");
    }
    if (typeof _cache !== "undefined") {
      if (_cache.has(Class2)) return _cache.get(Class2);
      _cache.set(Class2, Wrapper);
    }
    function Wrapper() {
      return _construct(Class2, arguments, _getPrototypeOf(this).constructor);
    }
    Wrapper.prototype = Object.create(Class2.prototype, {
      constructor: {
        value: Wrapper,
        enumerable: false,
        writable: true,
        configurable: true
      }
    });
    return _setPrototypeOf(Wrapper, Class2);
  };
  return _wrapNativeSuper(Class);
}
function _assertThisInitialized(self) {
  if (self === void 0) {
    throw new ReferenceError("this hasn't been initialised - super() hasn't been called");
  }
  return self;
}
function _possibleConstructorReturn(self, call) {
  if (call && (typeof call === "object" || typeof call === "function")) {
    return call;
  }
  return _assertThisInitialized(self);
}
var InvalidLineError = /* @__PURE__ */ (function(_Error) {
  _inherits(InvalidLineError2, _Error);
  function InvalidLineError2(message) {
    _classCallCheck(this, InvalidLineError2);
    return _possibleConstructorReturn(this, _getPrototypeOf(InvalidLineError2).call(this, "Encountered invalid line: " + message));
  }
  return InvalidLineError2;
})(_wrapNativeSuper(Error));
Object.defineProperty(InvalidLineError.prototype, "name", {
  value: InvalidLineError.name
});
var STATE_NAME = 0;
var STATE_STARTOFLABELNAME = 1;
var STATE_ENDOFNAME = 2;
var STATE_VALUE = 3;
var STATE_ENDOFLABELS = 4;
var STATE_LABELNAME = 5;
var STATE_LABELVALUEQUOTE = 6;
var STATE_LABELVALUEEQUALS = 7;
var STATE_LABELVALUE = 8;
var STATE_LABELVALUESLASH = 9;
var STATE_NEXTLABEL = 10;
var STATE_TIMESTAMP = 11;
function parseSampleLine(line) {
  var name = "";
  var labelname = "";
  var labelvalue = "";
  var value = "";
  var timestamp = "";
  var labels = void 0;
  var state = STATE_NAME;
  for (var c = 0; c < line.length; ++c) {
    var _char = line.charAt(c);
    if (state === STATE_NAME) {
      if (_char === "{") {
        state = STATE_STARTOFLABELNAME;
      } else if (_char === " " || _char === "	") {
        state = STATE_ENDOFNAME;
      } else {
        name += _char;
      }
    } else if (state === STATE_ENDOFNAME) {
      if (_char === " " || _char === "	") ;
      else if (_char === "{") {
        state = STATE_STARTOFLABELNAME;
      } else {
        value += _char;
        state = STATE_VALUE;
      }
    } else if (state === STATE_STARTOFLABELNAME) {
      if (_char === " " || _char === "	") ;
      else if (_char === "}") {
        state = STATE_ENDOFLABELS;
      } else {
        labelname += _char;
        state = STATE_LABELNAME;
      }
    } else if (state === STATE_LABELNAME) {
      if (_char === "=") {
        state = STATE_LABELVALUEQUOTE;
      } else if (_char === "}") {
        state = STATE_ENDOFLABELS;
      } else if (_char === " " || _char === "	") {
        state = STATE_LABELVALUEEQUALS;
      } else {
        labelname += _char;
      }
    } else if (state === STATE_LABELVALUEEQUALS) {
      if (_char === "=") {
        state = STATE_LABELVALUEQUOTE;
      } else if (_char === " " || _char === "	") ;
      else {
        throw new InvalidLineError(line);
      }
    } else if (state === STATE_LABELVALUEQUOTE) {
      if (_char === '"') {
        state = STATE_LABELVALUE;
      } else if (_char === " " || _char === "	") ;
      else {
        throw new InvalidLineError(line);
      }
    } else if (state === STATE_LABELVALUE) {
      if (_char === "\\") {
        state = STATE_LABELVALUESLASH;
      } else if (_char === '"') {
        if (!labels) {
          labels = {};
        }
        labels[labelname] = labelvalue;
        labelname = "";
        labelvalue = "";
        state = STATE_NEXTLABEL;
      } else {
        labelvalue += _char;
      }
    } else if (state === STATE_LABELVALUESLASH) {
      state = STATE_LABELVALUE;
      if (_char === "\\") {
        labelvalue += "\\";
      } else if (_char === "n") {
        labelvalue += "\n";
      } else if (_char === '"') {
        labelvalue += '"';
      } else {
        labelvalue += "\\".concat(_char);
      }
    } else if (state === STATE_NEXTLABEL) {
      if (_char === ",") {
        state = STATE_LABELNAME;
      } else if (_char === "}") {
        state = STATE_ENDOFLABELS;
      } else if (_char === " " || _char === "	") ;
      else {
        throw new InvalidLineError(line);
      }
    } else if (state === STATE_ENDOFLABELS) {
      if (_char === " " || _char === "	") ;
      else {
        value += _char;
        state = STATE_VALUE;
      }
    } else if (state === STATE_VALUE) {
      if (_char === " " || _char === "	") {
        state = STATE_TIMESTAMP;
      } else {
        value += _char;
      }
    } else if (state === STATE_TIMESTAMP) {
      if (_char === " " || _char === "	") ;
      else {
        timestamp += _char;
      }
    }
  }
  var ret = {
    name,
    value
  };
  if (labels) {
    ret.labels = labels;
  }
  if (timestamp) {
    ret.timestamp_ms = timestamp;
  }
  return ret;
}
var SUMMARY_TYPE = "SUMMARY";
var HISTOGRAM_TYPE = "HISTOGRAM";
function parsePrometheusTextFormat(metrics) {
  var lines = metrics.split("\n");
  var converted = [];
  var metric;
  var help;
  var type2;
  var samples = [];
  for (var i = 0; i < lines.length; ++i) {
    var line = lines[i].trim();
    var lineMetric = null;
    var lineHelp = null;
    var lineType = null;
    var lineSample = null;
    if (line.length === 0) ;
    else if (line.startsWith("# ")) {
      var lineData = line.substring(2);
      var instr = null;
      if (lineData.startsWith("HELP ")) {
        instr = 1;
      } else if (lineData.startsWith("TYPE ")) {
        instr = 2;
      }
      if (instr) {
        lineData = lineData.substring(5);
        var spaceIndex = lineData.indexOf(" ");
        if (spaceIndex !== -1) {
          lineMetric = lineData.substring(0, spaceIndex);
          var remain = lineData.substring(spaceIndex + 1);
          if (instr === 1) {
            lineHelp = unescapeHelp(remain);
          } else {
            if (remain.includes(" ")) {
              throw new InvalidLineError(line);
            }
            lineType = remain.toUpperCase();
          }
        } else {
          throw new InvalidLineError(line);
        }
      }
    } else {
      lineSample = parseSampleLine(line);
      lineMetric = lineSample.name;
    }
    if (lineMetric === metric) {
      if (!help && lineHelp) {
        help = lineHelp;
      } else if (!type2 && lineType) {
        type2 = lineType;
      }
    }
    var suffixedCount = "".concat(metric, "_count");
    var suffixedSum = "".concat(metric, "_sum");
    var suffixedBucket = "".concat(metric, "_bucket");
    var allowedNames = [metric];
    if (type2 === SUMMARY_TYPE || type2 === HISTOGRAM_TYPE) {
      allowedNames.push(suffixedCount);
      allowedNames.push(suffixedSum);
    }
    if (type2 === HISTOGRAM_TYPE) {
      allowedNames.push(suffixedBucket);
    }
    if (i + 1 === lines.length || lineMetric && !allowedNames.includes(lineMetric)) {
      if (metric) {
        if (type2 === SUMMARY_TYPE) {
          samples = flattenMetrics(samples, "quantiles", "quantile", "value");
        } else if (type2 === HISTOGRAM_TYPE) {
          samples = flattenMetrics(samples, "buckets", "le", "bucket");
        }
        converted.push({
          name: metric,
          help: help ? help : "",
          type: type2 ? type2 : "UNTYPED",
          metrics: samples
        });
      }
      metric = lineMetric;
      help = lineHelp ? lineHelp : null;
      type2 = lineType ? lineType : null;
      samples = [];
    }
    if (lineSample) {
      if (lineSample.name !== metric) {
        if (type2 === SUMMARY_TYPE || type2 === HISTOGRAM_TYPE) {
          if (lineSample.name === suffixedCount) {
            lineSample.count = lineSample.value;
          } else if (lineSample.name === suffixedSum) {
            lineSample.sum = lineSample.value;
          }
        }
        if (type2 === HISTOGRAM_TYPE && lineSample.name === suffixedBucket) {
          lineSample.bucket = lineSample.value;
        }
        delete lineSample.value;
      }
      delete lineSample.name;
      var samplesLen = samples.length;
      var lastSample = samplesLen === 0 ? null : samples[samplesLen - 1];
      if (lastSample && shallowEqualObjects(lineSample.labels, lastSample.labels)) {
        delete lineSample.labels;
        for (var key in lineSample) {
          lastSample[key] = lineSample[key];
        }
      } else {
        samples.push(lineSample);
      }
    }
  }
  return converted;
}
function flattenMetrics(metrics, groupName, keyName, valueName) {
  var flattened = null;
  for (var i = 0; i < metrics.length; ++i) {
    var sample = metrics[i];
    if (sample.labels && sample.labels[keyName] && sample[valueName]) {
      if (!flattened) {
        flattened = {};
        flattened[groupName] = {};
      }
      flattened[groupName][sample.labels[keyName]] = sample[valueName];
    } else if (!sample.labels) {
      if (!flattened) {
        flattened = {};
      }
      if (sample.count !== void 0) {
        flattened.count = sample.count;
      }
      if (sample.sum !== void 0) {
        flattened.sum = sample.sum;
      }
    }
  }
  if (flattened) {
    return [flattened];
  } else {
    return metrics;
  }
}
function unescapeHelp(line) {
  var result = "";
  var slash = false;
  for (var c = 0; c < line.length; ++c) {
    var _char = line.charAt(c);
    if (slash) {
      if (_char === "\\") {
        result += "\\";
      } else if (_char === "n") {
        result += "\n";
      } else {
        result += "\\".concat(_char);
      }
      slash = false;
    } else {
      if (_char === "\\") {
        slash = true;
      } else {
        result += _char;
      }
    }
  }
  if (slash) {
    result += "\\";
  }
  return result;
}
var parse_prometheus_text_format_esm_default = parsePrometheusTextFormat;

// src/metrics/series.ts
var mostNames = 300;
var mostNameCharacters = 150;
var mostPoints = 240;
var SeriesStore = class {
  #nodes = /* @__PURE__ */ new Map();
  add(name, monotonicMs, scrape) {
    const node = this.#nodes.get(name) ?? { series: /* @__PURE__ */ new Map(), every: 1, scrapes: 0 };
    this.#nodes.set(name, node);
    if (node.scrapes++ % node.every !== 0) return;
    const fresh = [];
    for (const [metric, { value, kind }] of sums(scrape)) {
      const kept = node.series.get(metric);
      if (kept) kept.points.push([monotonicMs, value]);
      else if (node.series.size < mostNames) fresh.push([metric, { kind, points: [[monotonicMs, value]] }]);
    }
    const admitted = fresh.toSorted(([a], [b]) => rank(a) - rank(b)).slice(0, mostNames - node.series.size);
    for (const [metric, kept] of admitted) node.series.set(metric, kept);
    const longest = [...node.series.values()].reduce((most, { points }) => Math.max(most, points.length), 0);
    if (longest <= mostPoints) return;
    node.every *= 2;
    for (const kept of node.series.values()) kept.points = kept.points.filter((_, index) => index % 2 === 0);
  }
  /** What was kept since this was last asked. */
  take() {
    const taken = [...this.#nodes].flatMap(
      ([node, { series }]) => [...series].map(([name, { kind, points }]) => ({ name, kind, node, points }))
    );
    this.#nodes.clear();
    return taken;
  }
};
function sums({ samples, counters }) {
  const all = /* @__PURE__ */ new Map();
  for (const [key, value] of Object.entries(samples)) {
    const labels = key.indexOf("{");
    const metric = labels < 0 ? key : key.slice(0, labels);
    const name = labels < 0 ? metric : `${metric}{*}`;
    if (name.length > mostNameCharacters) continue;
    const sum = all.get(name);
    if (sum) sum.value += value;
    else all.set(name, { value, kind: counters.has(metric) ? "counter" : "gauge" });
  }
  return [...all].filter(([, { value }]) => Number.isFinite(value));
}
var telling = /peer|route|link|cluster|client|connection|session|subscription|message|publish|deliver|drop|error|fail|retr|outbox|queue|inflight|lag|unack/i;
var runtime = /^(?:process|nodejs|go|python|jvm|java|erlang|beam|promhttp|scrape)_/i;
function rank(name) {
  return runtime.test(name) ? 2 : telling.test(name) ? 0 : 1;
}
function chooseNames(series, most) {
  const moved = series.filter(({ points }) => points.some(([, value]) => value !== points[0]?.[1]));
  const names = [...new Set(moved.map(({ name }) => name))];
  return names.toSorted((a, b) => rank(a) - rank(b) || (a < b ? -1 : 1)).slice(0, most);
}

// src/metrics/scrape.ts
function startScraper(options) {
  const { clock, folder, secrets } = options;
  let counts = { attempted: 0, answered: 0 };
  const latest = /* @__PURE__ */ new Map();
  const series = new SeriesStore();
  let busy = Promise.resolve();
  mkdirSync(folder, { recursive: true });
  for (const name of readdirSync(folder)) if (name.endsWith(".jsonl")) rmSync(join(folder, name));
  const scrape = async ({ node, url }) => {
    const own = counts;
    own.attempted++;
    const askedMs = clock.nowMs();
    const at = new Date(clock.wallMs()).toISOString();
    try {
      const response = await fetch(url, { signal: AbortSignal.timeout(900) });
      if (!response.ok) throw new Error(`HTTP status ${response.status}`);
      const { samples, counters } = readExposition(maskSecrets(await response.text(), secrets));
      if (Object.keys(samples).length === 0) throw new Error("no sample in Prometheus' text format");
      own.answered++;
      latest.set(node, samples);
      if (own === counts) series.add(node, askedMs, { samples, counters });
      appendFileSync(join(folder, `${node}.jsonl`), `${JSON.stringify({ at, samples })}
`);
    } catch (error) {
      appendFileSync(
        join(folder, `${node}.jsonl`),
        `${JSON.stringify({ at, error: maskSecrets(messageOf(error), secrets) })}
`
      );
    }
  };
  const timer = setInterval(() => {
    busy = Promise.allSettled([busy, ...options.targets().map(scrape)]).then(() => {
    });
  }, options.everyMs ?? 1e3);
  return {
    take() {
      const taken = counts;
      counts = { attempted: 0, answered: 0 };
      return { counts: taken, series: series.take() };
    },
    latest: () => new Map(latest),
    async stop() {
      clearInterval(timer);
      await busy;
    }
  };
}
var metricName = /^[a-zA-Z_:][a-zA-Z0-9_:]*$/;
function readExposition(text) {
  const samples = {};
  const counters = /* @__PURE__ */ new Set();
  for (const family of parse_prometheus_text_format_esm_default(text)) {
    if (!metricName.test(family.name)) continue;
    const isUntyped = !/^(?:counter|gauge|histogram|summary)$/i.test(family.type);
    if (/^counter$/i.test(family.type) || isUntyped && family.name.endsWith("_total")) counters.add(family.name);
    if (/^(?:histogram|summary)$/i.test(family.type)) counters.add(`${family.name}_count`).add(`${family.name}_sum`);
    for (const metric of family.metrics) {
      const labels = Object.entries(metric.labels ?? {}).map(([name, value]) => `${name}="${value}"`);
      const key = (suffix) => `${family.name}${suffix}${labels.length > 0 ? `{${labels.join(",")}}` : ""}`;
      if (metric.value !== void 0) samples[key("")] = Number(metric.value);
      if (metric.count !== void 0) samples[key("_count")] = Number(metric.count);
      if (metric.sum !== void 0) samples[key("_sum")] = Number(metric.sum);
    }
  }
  return { samples, counters };
}

// src/checks/part.ts
function partOf(input, belongs) {
  const { history, paths, unserved } = input;
  return {
    ...input,
    history: {
      ...history,
      facts: partOfFacts(history.facts, belongs),
      wire: history.wire && partOfWire(history.wire, belongs)
    },
    unserved: unserved.filter(
      ({ client }) => belongs(client === null ? null : { clientId: client, role: "subscriber" })
    ),
    ...paths === null ? {} : { allPaths: input.allPaths ?? paths },
    paths: paths === null || belongs(null) ? paths : { ...paths, accepted: [], paths: [] }
  };
}
var parts = {
  stream: partOfStream,
  // A topic is read at every node, and a group is its members together: both are about no single client.
  retained: (facts, belongs) => belongs(null) ? facts : { ...facts, topics: [] },
  shared: (facts, belongs) => belongs(null) ? facts : { groups: [] },
  will: (facts, belongs) => ({
    ...facts,
    wills: facts.wills.filter(({ clientId }) => belongs({ clientId, role: "publisher" }))
  }),
  handover: ({ takeovers }, belongs) => ({ takeovers: ofSubscribers(takeovers, belongs) }),
  inflight: ({ breaks }, belongs) => ({ breaks: ofSubscribers(breaks, belongs) }),
  expiry: ({ messages, sessions }, belongs) => ({
    messages: ofSubscribers(messages, belongs),
    sessions: ofSubscribers(sessions, belongs)
  }),
  unsubscribe: ({ leaves }, belongs) => ({ leaves: ofSubscribers(leaves, belongs) })
};
function ofSubscribers(all, belongs) {
  return all.filter(({ clientId }) => belongs({ clientId, role: "subscriber" }));
}
function partOfFacts(facts, belongs) {
  const part = (kind) => {
    const own = facts[kind];
    return own === void 0 ? {} : { [kind]: parts[kind](own, belongs) };
  };
  return Object.assign({}, ...Object.keys(parts).map(part));
}
function partOfWire({ breaches, breachCounts, ends }, belongs) {
  const own = ofSubscribers(breaches, belongs);
  const ownEnds = ofSubscribers(ends, belongs);
  return {
    breaches: own,
    breachCounts: breachCounts.flatMap(([rule]) => {
      const count = own.filter((breach) => ruleOf(breach) === rule).length;
      return count === 0 ? [] : [[rule, count]];
    }),
    ends: ownEnds,
    endCount: ownEnds.length
  };
}
function partOfStream(stream, belongs) {
  const isSubscriber = ({ clientId }) => belongs({ clientId, role: "subscriber" });
  return {
    ...stream,
    flows: stream.flows.map(
      (flow) => belongs({ clientId: flow.flow.clientId, role: "publisher" }) ? flow : { ...flow, unanswered: [] }
    ),
    clients: stream.clients.filter(belongs),
    subscriptions: stream.subscriptions.filter(isSubscriber),
    witnesses: stream.witnesses ?? stream.subscriptions,
    sessions: stream.sessions.filter(belongs),
    oddities: {
      corrupt: oddityOf(stream.oddities.corrupt, isSubscriber),
      foreign: oddityOf(stream.oddities.foreign, isSubscriber),
      invented: oddityOf(stream.oddities.invented, isSubscriber),
      unsubscribed: oddityOf(stream.oddities.unsubscribed, isSubscriber)
    }
  };
}
function oddityOf({ count, examples, byClient }, isOne) {
  const own = examples.filter(isOne);
  if (byClient === void 0) return { count: own.length, examples: own };
  const counts = Object.entries(byClient).filter(([clientId]) => isOne({ clientId }));
  return {
    count: Math.min(
      count,
      counts.reduce((sum, [, of]) => sum + of, 0)
    ),
    examples: own,
    byClient: Object.fromEntries(counts)
  };
}

// src/run/known-issues.ts
function sortByIssue(check2, input, found, issues) {
  const whole = issues.find((issue) => !isLimited(issue));
  const limited = issues.filter(
    (issue) => isLimited(issue) && (!whole || issues.indexOf(issue) < issues.indexOf(whole))
  );
  const coverOf = (client) => limited.find((issue) => client !== null && concerns(issue, client)) ?? whole;
  const part = (issue) => {
    const result = check2.run(partOf(input, (client) => coverOf(client) === issue));
    return { found: result.applicable ? result : { ...found, count: 0, findings: [] }, issue };
  };
  if (limited.length === 0) return [{ found, issue: whole }];
  const known = limited.map(part);
  const rest = part(whole);
  const count = Math.max(0, found.count - known.reduce((sum, one) => sum + one.found.count, 0));
  const findings = rest.found.findings.length > 0 ? rest.found.findings : found.findings;
  const { lost } = rest.found;
  return [
    { found: { ...found, count, findings, ...lost === void 0 ? {} : { lost } }, issue: whole },
    ...known
  ].filter((one) => one.found.count > 0);
}
function limitedTo({ role, client }) {
  const limits = [...role === void 0 ? [] : [`${role}s`], ...client === void 0 ? [] : [`client ${client}`]];
  return limits.length === 0 ? void 0 : limits.join(", ");
}
function isLimited(issue) {
  return limitedTo(issue) !== void 0;
}
function concerns({ role, client }, { clientId, role: its }) {
  return (role === void 0 || role === its) && (client === void 0 || isNamed(client, clientId));
}
function isNamed(pattern, clientId) {
  const own = (name) => name.replace(/^chaos-[0-9a-f]+-/, "");
  const literal = own(pattern).split("*").map((text) => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  return new RegExp(`^${literal.join(".*")}$`).test(own(clientId));
}

// src/run/scenario.ts
import { createHash } from "node:crypto";
import { availableParallelism } from "node:os";

// src/checks/accounting.ts
function account(stream, stillArriving = false) {
  const totals = { published: 0, acknowledged: 0, unknown: 0, notSent: 0, unacknowledgeable: 0 };
  for (const flow of stream.flows) {
    const settled = { acknowledged: size(flow.acknowledged), unknown: size(flow.unknown), notSent: size(flow.notSent) };
    totals.published += flow.offered;
    totals.acknowledged += settled.acknowledged;
    totals.unknown += settled.unknown;
    totals.notSent += settled.notSent;
    const open = flow.offered - settled.acknowledged - settled.unknown - settled.notSent;
    const outcomes = [...flow.acknowledged, ...flow.unknown, ...flow.notSent];
    const settledOnce = IntervalSet.from(outcomes).within(1, flow.offered).size === flow.offered - open;
    if (flow.flow.qos === 0) totals.unacknowledgeable += open;
    if (!settledOnce || flow.flow.qos > 0 && open !== 0)
      throw new Error(`${flow.flow.name}: ${open} of ${flow.offered} messages have no outcome, or two`);
  }
  let owed = 0;
  let delivered = 0;
  let lost = 0;
  const legallyUndelivered = {};
  const legalDuplicates = {};
  const add = (to, rule, count) => {
    if (count > 0) to[rule] = (to[rule] ?? 0) + count;
  };
  for (const delivery of deliveries(stream)) {
    const { flow, subscription, qos, received } = delivery;
    owed += flow.offered;
    delivered += received.size;
    let missing = new IntervalSet();
    missing.addRange(1, flow.offered);
    missing = missing.minus(received);
    const excuse = (rule, allowed) => {
      add(legallyUndelivered, rule, missing.and(allowed).size);
      missing = missing.minus(allowed);
    };
    excuse("never written by the publisher", IntervalSet.from(flow.notSent));
    if (qos === 0) excuse("QoS 0 (section 4.3.1)", missing);
    const ended = subscription.session === "clean" ? "clean session ended before delivery (section 3.1.2.4)" : "its client had to leave its session at a node that a fault had struck";
    excuse(ended, IntervalSet.from(subscription.sessionEnded));
    excuse("never acknowledged (outcome unknown)", IntervalSet.from(flow.unknown));
    excuse("its client was not subscribed at the end (see liveness)", IntervalSet.from(subscription.unreachable));
    if (stillArriving) excuse("still arriving when waiting was given up", missing);
    if (!stillArriving && missing.size !== lostOn(delivery).size)
      throw new Error(
        `${subscription.clientId}: ${missing.size} messages have no excuse, and ${lostOn(delivery).size} are owed`
      );
    lost += missing.size;
    if (qos === 1) add(legalDuplicates, "QoS 1 (section 4.3.2)", size(subscription.duplicated));
    else {
      const again = IntervalSet.from(subscription.duplicated).and(mayArriveAgain(flow, qos));
      add(
        legalDuplicates,
        qos === 2 ? "QoS 2 published again after its session was lost" : "QoS 0 granted to a message of a higher QoS",
        again.size
      );
      const divided = IntervalSet.from(subscription.duplicated).minus(again).and(IntervalSet.from(subscription.divided));
      add(
        legalDuplicates,
        `QoS ${qos} of an older session, which its client had to leave at another node`,
        divided.size
      );
    }
  }
  const legal = Object.values(legallyUndelivered).reduce((sum, count) => sum + count, 0);
  if (owed !== delivered + legal + lost)
    throw new Error(`of ${owed} deliveries owed ${delivered} + ${legal} + ${lost} are accounted for`);
  return { ...totals, owed, delivered, legallyUndelivered, lost, legalDuplicates };
}
function size(intervals) {
  return intervals.reduce((sum, [first, last]) => sum + last - first + 1, 0);
}

// src/run/episodes.ts
var gapMs = 2e3;
var episodeLimit = 20;
var connectionLimit = 8;
var loggedLimit = 5;
function episodesOf({ findings, lost = [] }, stream, around) {
  const broken = lost.length > 0 ? brokenByLoss(lost, stream) : brokenInFindings(findings, stream);
  const all = broken.flatMap((one) => runsOf(one).map((run2) => ({ ...one, run: run2 }))).toSorted((a, b) => dueMs(a.flow, a.run.first) - dueMs(b.flow, b.run.first));
  if (all.length === 0) return {};
  const listed = all.slice(0, episodeLimit);
  const leftOut2 = all.length - listed.length;
  const shownLines = /* @__PURE__ */ new Set();
  return {
    episodes: listed.map((one, index) => {
      const recorded = record(one, stream, around);
      return { ...recorded, logs: index < loggedLimit ? logsOf(one, stream, around, shownLines) : [] };
    }),
    ...leftOut2 === 0 ? {} : { episodesLeftOut: leftOut2 }
  };
}
function brokenByLoss(lost, stream) {
  return lost.flatMap(
    ({ publisher, topic, subscriber, ranges }) => stream.subscriptions.flatMap((subscription) => {
      const flow = stream.flows[subscription.flow];
      const isIt = subscription.clientId === subscriber && flow?.flow.clientId === publisher && flow.flow.topic === topic;
      return flow && isIt ? [{ flow, subscription, ranges, examplesOnly: false, seenMs: /* @__PURE__ */ new Map() }] : [];
    })
  );
}
function brokenInFindings(findings, stream) {
  return stream.subscriptions.flatMap((subscription) => {
    const flow = stream.flows[subscription.flow];
    if (!flow) return [];
    const seenMs = /* @__PURE__ */ new Map();
    const sequences = [];
    for (const { facts, atMs } of findings) {
      const { sequence } = facts;
      if (facts.flow !== flow.flow.name || facts.subscriber !== subscription.clientId) continue;
      if (typeof sequence !== "number" || sequence < 1) continue;
      sequences.push(sequence);
      if (atMs !== null && atMs > dueMs(flow, sequence)) seenMs.set(sequence, atMs);
    }
    if (sequences.length === 0) return [];
    const ranges = [...new Set(sequences)].toSorted((a, b) => a - b).map((sequence) => [sequence, sequence]);
    return [{ flow, subscription, ranges, examplesOnly: true, seenMs }];
  });
}
function runsOf({ flow, ranges }) {
  const runs = [];
  for (const [first, last] of ranges) {
    const before = runs.at(-1);
    const messages = last - first + 1;
    if (before && dueMs(flow, first) - dueMs(flow, before.last) <= gapMs)
      runs[runs.length - 1] = { first: before.first, last, messages: before.messages + messages };
    else runs.push({ first, last, messages });
  }
  return runs;
}
function record({ flow, subscription, run: run2, examplesOnly, seenMs }, stream, { relativeMs }) {
  const span = [dueMs(flow, run2.first), dueMs(flow, run2.last)];
  const seen = seenMs.get(run2.first);
  const client = (clientId, node) => ({
    ...{ client: clientId, node },
    ...connectionsOf(sessionOf(stream, clientId), span[0], relativeMs)
  });
  const acknowledged = (sequence) => {
    const atMs = acknowledgedAtMs(flow, sequence);
    return atMs === void 0 ? null : relativeMs(atMs);
  };
  return {
    flow: flow.flow.name,
    qos: flow.flow.qos,
    publisher: client(flow.flow.clientId, flow.flow.node),
    subscriber: client(subscription.clientId, subscription.node),
    ...run2,
    ...examplesOnly ? { examplesOnly } : {},
    fromMs: relativeMs(span[0]),
    toMs: relativeMs(span[1]),
    acknowledgedMs: [acknowledged(run2.first), acknowledged(run2.last)],
    seenMs: seen === void 0 ? null : relativeMs(seen)
  };
}
function acknowledgedAtMs(flow, sequence) {
  return flow.acknowledgedAtMs.find(([of]) => of === sequence)?.[1];
}
function connectionsOf(session, fromMs, relativeMs) {
  const all = session?.connections ?? [];
  const begin = Math.max(
    0,
    all.findLastIndex(({ connectedMs }) => connectedMs <= fromMs)
  );
  const near = all.slice(begin);
  return {
    connections: near.slice(0, connectionLimit).map(({ connectedMs, disconnectedMs, sessionPresent }) => ({
      fromMs: relativeMs(connectedMs),
      toMs: disconnectedMs === null ? null : relativeMs(disconnectedMs),
      sessionPresent
    })),
    connectionsLeftOut: Math.max(0, near.length - connectionLimit)
  };
}
function logsOf({ flow, subscription, run: run2, seenMs }, stream, { relativeMs, logsAt }, shown) {
  const dueAtMs = dueMs(flow, run2.first);
  const acknowledged = acknowledgedAtMs(flow, run2.first);
  const seen = seenMs.get(run2.first);
  const back = sessionOf(stream, subscription.clientId)?.connections.find(({ connectedMs }) => connectedMs > dueAtMs);
  const { clientId, node } = subscription;
  const moments = [
    acknowledged === void 0 ? { moment: `message ${run2.first} was due`, atMs: dueAtMs } : { moment: `message ${run2.first} was acknowledged by ${flow.flow.node}`, atMs: acknowledged },
    ...back ? [{ moment: `${clientId} came back to ${node}`, atMs: back.connectedMs }] : [],
    ...seen === void 0 ? [] : [{ moment: `message ${run2.first} reached ${clientId}`, atMs: seen }]
  ].toSorted((a, b) => a.atMs - b.atMs);
  return moments.flatMap(({ moment, atMs }) => {
    const lines = logsAt(atMs, [clientId, flow.flow.clientId, flow.flow.topic]).filter((line) => !shown.has(line));
    for (const line of lines) shown.add(line);
    return lines.length === 0 ? [] : [{ moment, atMs: relativeMs(atMs), lines: [...new Set(lines)] }];
  });
}

// src/run/evidence.ts
function runChecks(input, around, checks2 = checks) {
  const violations = [];
  const notApplicable = [];
  const undecided = [];
  const unknown = [];
  for (const check2 of checks2) {
    let result;
    try {
      result = check2.run(input);
    } catch (error) {
      unknown.push({ invariant: check2.id, why: messageOf(error) });
      continue;
    }
    if (!result.applicable) {
      (result.undecided ? undecided : notApplicable).push({ invariant: check2.id, why: result.why });
      continue;
    }
    if (result.count === 0) continue;
    const issues = around.knownIssues.filter(
      ({ invariant, scenario }) => invariant === check2.id && (scenario === void 0 || scenario === around.scenario)
    );
    for (const { found, issue } of sortByIssue(check2, input, result, issues)) {
      const limits = issue && limitedTo(issue);
      violations.push({
        invariant: check2.id,
        statement: check2.statement,
        clause: clauseOf(check2.clause, found.findings, input.mqttVersion),
        count: found.count,
        known: issue?.why ?? null,
        ...limits === void 0 ? {} : { limitedTo: limits },
        ...episodesOf(found, input.history.facts.stream ?? noStreams, around),
        ...found.lost === void 0 || found.lost.length === 0 ? {} : { lost: found.lost },
        examples: found.findings.toSorted(byTime).map((finding) => evidenceOf(finding, input.mqttVersion, around))
      });
    }
  }
  return { violations, notApplicable: [...notApplicable, ...undecided], undecided, unknown };
}
function byTime(a, b) {
  return (a.atMs ?? Number.MAX_VALUE) - (b.atMs ?? Number.MAX_VALUE);
}
var notAccounted = {
  published: 0,
  acknowledged: 0,
  unknown: 0,
  notSent: 0,
  unacknowledgeable: 0,
  owed: 0,
  delivered: 0,
  legallyUndelivered: {},
  lost: 0,
  legalDuplicates: {}
};
function accountFor({ facts }, stillArriving) {
  try {
    return { accounting: account(facts.stream ?? noStreams, stillArriving) };
  } catch (error) {
    return { accounting: notAccounted, why: messageOf(error) };
  }
}
function clauseOf(clause, findings, version2) {
  const all = [clause ?? [], ...findings.map((finding) => finding.clause ?? [])].flat();
  if (all.length === 0) return null;
  const named = [...new Set(all.flatMap((one) => numbers(one, version2).split(", ")))];
  const isOf5 = version2 === 5 || all.every(({ v311 }) => v311 === null);
  return `${isOf5 ? "MQTT 5.0" : "MQTT 3.1.1"}: ${named.join(", ")}`;
}
function numbers({ v311, v5 }, version2) {
  return version2 === 5 ? v5 : v311 ?? v5;
}
function evidenceOf({ what, atMs, facts, clause }, version2, around) {
  const when = atMs === null ? null : around.relativeMs(atMs);
  return {
    what,
    atMs: when,
    facts: Object.fromEntries(
      Object.entries({ ...facts, ...clause && { clause: numbers(clause, version2) } }).map(([name, value]) => [
        name,
        name.endsWith("AtMs") && typeof value === "number" ? around.relativeMs(value) : value
      ])
    ),
    faultsInForce: when === null ? [] : around.faults.filter((fault) => fault.startMs <= when && when <= fault.endMs).map((fault) => `${fault.kind} on ${fault.target}`),
    logs: atMs === null ? [] : around.logsAt(atMs, namesIn(facts))
  };
}
var naming = ["client", "subscriber", "publisher", "topic", "filter"];
function namesIn(facts) {
  const named = naming.flatMap((name) => {
    const value = facts[name];
    return typeof value === "string" && value !== "" ? [value] : [];
  });
  return [...new Set(named)];
}

// src/run/expectations.ts
function expectationsOf({ expect }, measures) {
  const { availability, p99LatencyMs, recoveryMs } = measures;
  return [
    {
      name: "availability",
      expected: expect.availability,
      unit: "share",
      measured: availability,
      met: availability !== null && availability >= expect.availability
    },
    {
      name: "p99-latency",
      expected: expect.p99LatencyMs,
      unit: "ms",
      measured: p99LatencyMs,
      met: p99LatencyMs !== null && p99LatencyMs <= expect.p99LatencyMs
    },
    {
      name: "recovery",
      expected: expect.recoveryMs,
      unit: "ms",
      measured: recoveryMs,
      met: recoveryMs !== null && recoveryMs <= expect.recoveryMs
    }
  ];
}
function expectationsOfSteady(scenario, steady) {
  return expectationsOf(scenario, {
    availability: steady?.availability ?? null,
    p99LatencyMs: steady?.latency?.p99Ms ?? null,
    recoveryMs: 0,
    operationsInHold: 0
  });
}

// src/run/machine-use.ts
function sampleMachine() {
  const { user, system } = process.cpuUsage();
  return { ...readMachineCpu(), ownMs: (user + system) / 1e3, pressureMs: readPressureMs("cpu") };
}
function machineUse(samples) {
  const first = samples[0];
  const last = samples.at(-1);
  if (!first || !last || last.atMs <= first.atMs) return void 0;
  const spanMs = last.atMs - first.atMs;
  const nodes = { cpuMs: 0, waitedMs: 0 };
  for (let i = 1; i < samples.length; i++) {
    for (const now of samples[i]?.nodes ?? []) {
      const before = samples[i - 1]?.nodes.find(({ node }) => node === now.node);
      if (!before || now.cpuSeconds < before.cpuSeconds || now.waitedMs < before.waitedMs) continue;
      nodes.cpuMs += (now.cpuSeconds - before.cpuSeconds) * 1e3;
      nodes.waitedMs += now.waitedMs - before.waitedMs;
    }
  }
  const grown = (of) => of(last.machine) - of(first.machine);
  const others = grown(({ busyMs }) => busyMs) - grown(({ ownMs }) => ownMs) - nodes.cpuMs;
  const { pressureMs } = last.machine;
  return {
    othersCores: round(Math.max(0, others) / spanMs),
    stealCores: round(
      Math.max(
        0,
        grown(({ stealMs }) => stealMs)
      ) / spanMs
    ),
    pressureShare: pressureMs === void 0 || first.machine.pressureMs === void 0 ? null : round(Math.min(1, (pressureMs - first.machine.pressureMs) / spanMs)),
    nodesWaiting: round(nodes.waitedMs / spanMs)
  };
}
var mostMoreShare = 0.2;
var leastMoreWaiting = 0.05;
function disturbed(steady, hold2, cpus2) {
  if (!steady || !hold2) return void 0;
  const outside = ({ othersCores, stealCores }) => othersCores + stealCores;
  const more = outside(hold2) - outside(steady);
  if (more < mostMoreShare * cpus2 || hold2.nodesWaiting - steady.nodesWaiting < leastMoreWaiting) return void 0;
  return `others used ${more.toFixed(1)} of ${cpus2} CPUs more in hold than in steady, and the nodes waited for a CPU`;
}
function round(value) {
  return Math.round(value * 1e3) / 1e3;
}

// src/run/measure.ts
var import_hdr_histogram_js = __toESM(require_dist(), 1);

// src/run/verdict.ts
var leastOperations = 20;
var mostLagMs = 100;
function judge(input) {
  const broken = [
    ...input.violations.filter(({ count, known }) => count > 0 && known === null).map(({ invariant, count }) => `${invariant} violated ${count === 1 ? "once" : `${count} times`}`),
    ...input.crashes.map(({ node, how }) => `${node} ${how} by itself`)
  ];
  const unknown = input.unknown.map(
    ({ invariant, why }) => `${invariant} is unknown, as its check failed: ${why} (a defect of chaos-action)`
  );
  if (broken.length > 0) return { verdict: "fail", reason: [...broken, ...unknown].join("; ") };
  const empty = [
    ...unknown,
    ...input.faults.filter(({ proven: proven2 }) => !proven2).map(({ kind, observed }) => `${kind} was not proven: ${observed}`),
    ...input.faults.filter(({ healed }) => !healed).map(({ kind }) => `${kind} could not be healed`),
    ...tooFew(input.operations),
    ...starved(input.harness),
    ...(input.undecided ?? []).map(({ invariant, why }) => `${invariant} could not be judged: ${why}`),
    ...input.stillArriving ? ["messages were still arriving, or clients still coming back, when waiting for them was given up"] : [],
    ...input.unsteady.map((what) => `the steady phase was outside the hypothesis already: ${what}`)
  ];
  if (empty.length > 0) return { verdict: "inconclusive", reason: empty.join("; ") };
  const unmet = missed(input.expectations);
  if (unmet.length > 0 && input.disturbed !== void 0)
    return { verdict: "inconclusive", reason: `${unmet.join("; ")}: but ${input.disturbed}` };
  if (unmet.length > 0) return { verdict: "fail", reason: unmet.join("; ") };
  const proven = input.faults.length === 0 ? "no fault, steady state held" : `${input.faults.length === 1 ? "the fault" : `${input.faults.length} faults`} proven`;
  return {
    verdict: "pass",
    reason: `${proven}, ${input.violations.length > 0 ? "nothing but known issues violated" : "every message accounted for"}, every ${input.expectations.some(({ notApplicable }) => notApplicable !== void 0) ? "applicable expectation" : "expectation"} met`
  };
}
function planStops(plan, done) {
  const failed = plan?.abortOn === "fail" ? done.find(({ verdict }) => verdict === "fail") : void 0;
  return failed && `the plan stops at the first failure: ${failed.name} failed`;
}
function tooFew({ phase, possible }) {
  if (possible >= leastOperations) return [];
  return [`only ${possible} operations were possible ${phase === "hold" ? "in hold" : "after the heal"}`];
}
function starved(harness) {
  const lags = {
    conductor: harness.conductorLagP99Ms,
    workload: harness.workloadLagP99Ms,
    links: harness.linksLagP99Ms
  };
  const late = Object.entries(lags).flatMap(
    ([name, lagMs]) => lagMs !== null && lagMs > mostLagMs ? [`${name} ${formatMs(lagMs)}`] : []
  );
  if (late.length === 0) return [];
  return [
    `this tool got too little CPU time to measure: its event loops were late by ${late.join(", ")} at the 99th percentile, at most ${formatMs(mostLagMs)} is allowed`
  ];
}
function missed(expectations) {
  return expectations.filter(isBroken).map(missedText);
}
function missedText({ name, expected, measured, unit }) {
  const show = (value) => unit === "share" ? formatShare(Math.floor(value * 1e4 + 1e-6) / 1e4) : formatMsBeside(value, expected);
  const bound = unit === "share" ? "at least" : "at most";
  const nothing = name === "recovery" ? "was never reached" : "could not be measured: nothing was done";
  return `${name} ${measured === null ? nothing : `was ${show(measured)}`}, expected ${bound} ${show(expected)}`;
}

// src/run/measure.ts
function possibleIn(phase, windows) {
  const own = windows.filter((window) => window.phase === phase);
  return {
    due: own.reduce((sum, window) => sum + window.due, 0),
    judged: own.reduce((sum, window) => sum + window.judged, 0)
  };
}
function leftTooLittle({ due, judged }) {
  if (judged >= leastOperations || judged === due) return void 0;
  return judged === 0 ? "the faults left no operation possible in hold" : `the faults left only ${judged} operations possible in hold`;
}
function measurePhase(phase, windows, usage) {
  const own = windows.filter((window) => window.phase === phase);
  const first = own[0];
  const last = own[own.length - 1];
  if (!first || !last) return null;
  const total = (pick) => own.reduce((sum, window) => sum + pick(window), 0);
  const possible = total((window) => window.possible);
  const done = total((window) => window.done);
  const delivered = total((window) => window.delivered);
  const looks = usage.filter(({ atMs }) => atMs >= first.startMs && atMs <= last.endMs);
  const host = machineUse(looks);
  return {
    possible,
    done,
    availability: possible === 0 ? null : done / possible,
    acknowledged: total((window) => window.acknowledged),
    delivered,
    deliveredPerSecond: last.endMs > first.startMs ? delivered * 1e3 / (last.endMs - first.startMs) : 0,
    reconnects: total((window) => window.reconnects),
    latency: summarise(own),
    nodes: nodeUse(looks),
    ...host === void 0 ? {} : { host }
  };
}
function summarise(windows) {
  const all = newHistogram();
  for (const { latency } of windows) if (latency !== null) all.add((0, import_hdr_histogram_js.decodeFromCompressedBase64)(latency));
  if (all.totalCount === 0) return null;
  const ms = (percentile) => all.getValueAtPercentile(percentile) / 1e3;
  return {
    count: all.totalCount,
    p50Ms: ms(50),
    p95Ms: ms(95),
    p99Ms: ms(99),
    p999Ms: ms(99.9),
    maxMs: all.maxValue / 1e3
  };
}
function nodeUse(samples) {
  const names = [...new Set(samples.flatMap(({ nodes }) => nodes.map(({ node }) => node)))];
  return names.map((name) => {
    const own = samples.flatMap(
      ({ atMs, nodes }, look) => nodes.filter(({ node, residentBytes }) => node === name && residentBytes > 0).map((use) => ({ atMs, look, ...use }))
    );
    let cpuSeconds = 0;
    let spanMs = 0;
    for (let i = 1; i < own.length; i++) {
      const now = own[i];
      const before = own[i - 1];
      if (!now || !before || now.look - before.look > 1 || now.cpuSeconds < before.cpuSeconds) continue;
      cpuSeconds += now.cpuSeconds - before.cpuSeconds;
      spanMs += now.atMs - before.atMs;
    }
    return {
      name,
      cpuCores: spanMs === 0 ? null : cpuSeconds * 1e3 / spanMs,
      memoryBytes: own.length === 0 ? null : own.reduce((most, { residentBytes }) => Math.max(most, residentBytes), 0),
      ...growth(own.map(({ residentBytes }) => residentBytes))
    };
  });
}
function growth(residentBytes) {
  const part = Math.floor(residentBytes.length / 5);
  if (part < 2) return {};
  const median = (values) => [...values].sort((a, b) => a - b)[values.length >> 1] ?? 0;
  return { memoryGrowthBytes: median(residentBytes.slice(-part)) - median(residentBytes.slice(0, part)) };
}

// src/run/observability.ts
var troubleMetric = /peer|route|link|cluster|disconnect|reconnect|error|fail|drop|timeout|retr|outbox|queue|inflight|lag|unack/i;
function seenByBroker(warmUp2, steady, hold2, faults) {
  if (!steady || !hold2) return null;
  if (hold2.metrics.size === 0 && steady.logLines + hold2.logLines === 0) return null;
  const steadyRate = steady.logLines / Math.max(1, steady.seconds);
  const holdRate = hold2.logLines / Math.max(1, hold2.seconds);
  const logged = hold2.logLines > 0 && holdRate >= 2 * steadyRate;
  return logged || metricMoved(warmUp2, steady, hold2) ? faults : 0;
}
function metricMoved(warmUp2, steady, hold2) {
  const longer = Math.max(1, hold2.seconds / Math.max(1, steady.seconds));
  for (const [node, samples] of hold2.metrics) {
    const before = steady.metrics.get(node);
    if (!before) continue;
    for (const [name, value] of Object.entries(samples)) {
      const was = before[name];
      if (was === void 0 || !troubleMetric.test(name) || /message|byte|second/i.test(name)) continue;
      const restless = Math.abs(was - (warmUp2?.metrics.get(node)?.[name] ?? was)) * longer;
      if (Math.abs(value - was) > restless) return true;
    }
  }
  return false;
}

// src/run/phase-watch.ts
var PhaseWatch = class {
  usage = [];
  phases = [];
  #scenario;
  #context;
  #faultsInForce;
  #timer;
  #metrics = /* @__PURE__ */ new Map();
  #ticks = 0;
  #ended = false;
  constructor(scenario, context, faultsInForce) {
    this.#scenario = scenario;
    this.#context = context;
    this.#faultsInForce = faultsInForce;
    this.#timer = setInterval(() => void this.#look(), 500);
  }
  enter(name) {
    const nowMs = this.#context.clock.nowMs();
    this.#close(nowMs);
    this.phases.push({ name, startMs: nowMs, endMs: nowMs });
    this.#context.signal.throwIfAborted();
    void this.#look();
  }
  end() {
    if (this.#ended) return;
    this.#ended = true;
    clearInterval(this.#timer);
    this.#close(this.#context.clock.nowMs());
  }
  /** Counts log lines, which takes a while with large logs: not to be asked for while faults are in force. */
  observables(name) {
    const phase = this.phases.find((one) => one.name === name);
    const metrics = this.#metrics.get(name);
    if (!phase || !metrics) return void 0;
    const { engine, startedMs, startedWallMs } = this.#context;
    const wall = (ms) => startedWallMs + (ms - startedMs);
    return {
      seconds: (phase.endMs - phase.startMs) / 1e3,
      logLines: engine.logsBetween(wall(phase.startMs), wall(phase.endMs)),
      metrics
    };
  }
  #close(nowMs) {
    const open = this.phases[this.phases.length - 1];
    if (!open) return;
    open.endMs = nowMs;
    this.#metrics.set(open.name, this.#context.scraper.latest());
  }
  async #look() {
    const { engine, clock, startedMs, workload, onProgress } = this.#context;
    if (this.#ticks++ % 2 === 0)
      this.usage.push({ atMs: clock.nowMs(), nodes: engine.usage(), machine: sampleMachine() });
    const phase = this.phases[this.phases.length - 1];
    if (!phase) return;
    const messages = phase.name === "warm-up" ? { published: 0, acknowledged: 0, delivered: 0 } : await workload.call("progress").catch(() => void 0);
    if (messages && !this.#ended)
      onProgress({
        scenario: this.#scenario,
        phase: phase.name,
        elapsedMs: clock.nowMs() - startedMs,
        messages,
        faults: this.#faultsInForce()
      });
  }
};

// src/run/skip.ts
var SkipScenario = class extends ChaosError {
  constructor(why) {
    super("fault", why);
  }
};

// src/run/scenario-faults.ts
var proofLeadMs = 700;
var ScenarioFaults = class {
  #faults;
  #use;
  constructor(planned, dependencies) {
    this.#faults = planned.map((fault, id) => ({ ...fault, id, isHealed: false }));
    this.#use = dependencies;
  }
  /** Those in force now, as a reader sees them. */
  get inForce() {
    return this.#faults.filter(({ active, isHealed }) => active && !isHealed).map(nameOf);
  }
  /** Begins to observe what will be struck. Rejects with SkipScenario where something cannot be done here after all. */
  async prepare() {
    for (const fault of this.#faults) {
      this.#use.signal.throwIfAborted();
      const { engine } = this.#use;
      const { effect } = fault.planned;
      const offer = engine.offers(effect, "this cluster");
      if ("reason" in offer) throw new SkipScenario(offer.reason);
      fault.prepared = await engine.observe(fault.planned);
    }
  }
  /** Each fault is injected at its time, proven shortly before its end, and healed there, or with all others after the hold. */
  async hold(holdMs) {
    const { clock, signal } = this.#use;
    for (const fault of this.#faults) this.#steadyIsOver(fault);
    const startMs = clock.nowMs();
    const until = (offsetMs) => clock.sleep(Math.max(0, startMs + offsetMs - clock.nowMs()), signal);
    await Promise.all(
      this.#faults.map(async (fault) => {
        const { atMs, forMs = holdMs } = fault.spec;
        const endMs = Math.min(holdMs, atMs + forMs);
        await until(atMs);
        await this.#inject(fault);
        if (!fault.active) return;
        await until(Math.max(atMs, endMs - proofLeadMs));
        await this.#prove(fault);
        if (endMs < holdMs) {
          await until(endMs);
          await this.#heal(fault);
        }
      })
    );
    await until(holdMs);
  }
  /** Heals what is not healed yet. A heal that fails is told and recorded; it does not reject. Safe to call twice. */
  async heal() {
    await Promise.all(this.#faults.map((fault) => this.#heal(fault)));
  }
  /** Ends the observations. */
  async release() {
    for (const { prepared } of this.#faults)
      await prepared?.release().catch((error) => this.#use.logger.warn(`releasing a probe: ${messageOf(error)}`));
  }
  records(relative) {
    return this.#faults.map((fault) => recordOf(fault, relative));
  }
  /** What was injected and observed over time, of each fault that is a measure. */
  series() {
    return this.#faults.flatMap(
      (fault) => (fault.proof?.overTime ?? []).map((one) => ({ ...one, name: `${one.name} (${nameOf(fault)})` }))
    );
  }
  /** A node that ended by itself, with what the faults had sent it, so that a crash can be had again. */
  async recordCrash(crash, relative) {
    const named = this.#faults.map(async ({ active }) => await active?.suspects?.(crash.node, crash.atMs) ?? []);
    const suspects = (await Promise.all(named)).flat();
    return { ...crash, atMs: relative(crash.atMs), ...suspects.length === 0 ? {} : { suspects } };
  }
  async #inject(fault) {
    const { workload, clock } = this.#use;
    const { id, planned, prepared } = fault;
    fault.startMs = clock.nowMs();
    await workload.call("impactBegins", { id, impact: planned.impact });
    try {
      fault.active = await prepared?.inject();
    } catch (error) {
      fault.failure = `not injected${error instanceof NotRolledBack ? "" : ", rolled back"}: ${messageOf(error)}`;
      this.#warn(fault, fault.failure);
      await this.#heal(fault);
      return;
    }
    fault.active?.impactOver?.then(() => workload.call("impactEnds", id)).catch(() => {
    });
  }
  /** Without this the fault is compared with all that was seen until its injection. */
  #steadyIsOver(fault) {
    try {
      fault.prepared?.steadyIsOver();
    } catch (error) {
      this.#warn(fault, `the steady phase could not be measured: ${messageOf(error)}`);
    }
  }
  /** A proof that cannot be taken proves nothing, and ends no run. */
  async #prove(fault) {
    try {
      fault.proof = await fault.active?.prove();
    } catch (error) {
      fault.failure = `the proof failed: ${messageOf(error)}`;
      this.#warn(fault, fault.failure);
    }
  }
  async #heal(fault) {
    const { workload, clock } = this.#use;
    if (fault.isHealed) return;
    try {
      await fault.prepared?.heal();
      fault.isHealed = true;
    } catch (error) {
      const failure = `the heal failed: ${messageOf(error)}`;
      if (fault.active) fault.failure = failure;
      else fault.failure ??= failure;
      this.#warn(fault, failure);
    }
    if (fault.startMs === void 0) return;
    fault.endMs = clock.nowMs();
    await workload.call("impactEnds", fault.id).catch(() => {
    });
  }
  #warn(fault, what) {
    this.#use.logger.warn(`${nameOf(fault)}: ${what}`);
  }
};
function nameOf({ planned }) {
  return `${planned.kind} on ${planned.target}`;
}
function recordOf(fault, relative) {
  const { planned, active, proof, isHealed, failure } = fault;
  return {
    kind: planned.kind,
    target: planned.target,
    mechanism: active?.mechanism ?? "none",
    injected: planned.injected,
    observed: failure ?? proof?.observed ?? "nothing was observed",
    proven: failure === void 0 && proof?.proven === true,
    figures: proof?.figures ?? {},
    startMs: relative(fault.startMs ?? 0),
    endMs: relative(fault.endMs ?? fault.startMs ?? 0),
    healed: isHealed
  };
}

// src/run/series.ts
var mostNames2 = 12;
var mostPoints2 = 3e3;
var leastPoints = 30;
function seriesOf(seen, relativeMs) {
  const names = chooseNames(seen.broker, mostNames2);
  const all = [
    ...seen.proofs.map(({ name, line, points }) => ({ name, line, kind: "gauge", points })),
    ...usageSeries(seen.usage),
    ...names.flatMap(
      (name) => seen.broker.filter((one) => one.name === name).toSorted((a, b) => a.node < b.node ? -1 : 1).map(({ node, kind, points }) => ({ name, line: node, kind, points }))
    )
  ];
  const most = Math.max(leastPoints, Math.floor(mostPoints2 / Math.max(1, all.length)));
  return all.map(({ points, ...one }) => ({
    ...one,
    points: thinned(points, most).map(([ms, value]) => [relativeMs(ms), rounded(value)])
  }));
}
function usageSeries(usage) {
  const nodes = [...new Set(usage.flatMap((sample) => sample.nodes.map(({ node }) => node)))].toSorted();
  const gauges = (name, pointsOf) => nodes.map((line) => ({ name, line, kind: "gauge", points: pointsOf(line) }));
  return [
    ...gauges("CPU, cores", (node) => coresOf(usage, node)),
    ...gauges(
      "memory, MiB",
      (node) => usage.flatMap((look) => {
        const bytes = aliveIn(look, node)?.residentBytes;
        return bytes === void 0 ? [] : [[look.atMs, bytes / 1024 ** 2]];
      })
    )
  ];
}
function coresOf(usage, node) {
  return usage.flatMap((look, index) => {
    const last = usage[index - 1];
    const now = aliveIn(look, node)?.cpuSeconds;
    const before = last && aliveIn(last, node)?.cpuSeconds;
    if (last === void 0 || now === void 0 || before === void 0 || now < before) return [];
    return [[look.atMs, (now - before) * 1e3 / (look.atMs - last.atMs)]];
  });
}
function aliveIn({ nodes }, name) {
  return nodes.find(({ node, residentBytes }) => node === name && residentBytes > 0);
}
function thinned(points, most) {
  const every = Math.max(1, Math.ceil(points.length / most));
  return points.filter((_, index) => index % every === 0);
}
function rounded(value) {
  return Number(value.toPrecision(4));
}

// src/run/scenario.ts
var operationDeadlineMs = 5e3;
var livenessBoundMs = 3e4;
var sustainMs = 2e3;
var returnMs = 15e3;
var drainWithinMs = 9e4;
var warmUpWithinMs = 45e3;
var mostLogLines = 60;
var windowMs = 1e3;
var recoverWindowMs = 250;
async function runScenario(scenario, context) {
  const { engine, workload, clock, logger } = context;
  const faults = new ScenarioFaults(planFaults(scenario, engine.shape, context.seed), context);
  const watch = new PhaseWatch(scenario, context, () => faults.inForce);
  const beganMs = clock.nowMs();
  const id = runNumber(context.seed, scenario.name, context.attempt, context.startedMs);
  const prefix = `chaos-${id.toString(16)}`;
  try {
    watch.enter("warm-up");
    const unserved = await warmUp(scenario, context, { prefix, run: id });
    await faults.prepare();
    watch.enter("steady");
    await workload.call("start", windowMs);
    await clock.sleep(scenario.phases.steadyMs, context.signal);
    watch.enter("hold");
    const harness = await hold(scenario, faults, context);
    watch.enter("recover");
    const recovered = await recover(scenario, faults, prefix, context);
    watch.enter("drain");
    const drained = await drain(scenario, context);
    watch.end();
    return await recordOf2(scenario, context, { beganMs, faults, watch, unserved, harness, ...recovered, ...drained });
  } finally {
    watch.end();
    await faults.heal();
    await faults.release();
    await workload.call("end").catch((error) => logger.debug(`ending the clients: ${messageOf(error)}`));
  }
}
async function warmUp(scenario, context, identity) {
  const { engine, workload, config, signal, features, reach, cluster } = context;
  const { profile, ratePerSecond, payloadBytes } = config.workload;
  const beginning = workload.call("begin", {
    ...{ endpoints: engine.endpoints, features, profile, ratePerSecond, payloadBytes },
    ...{
      deadlineMs: operationDeadlineMs,
      redeliverWithinMs: config.broker.redeliverWithinMs,
      ...identity,
      warmUpWithinMs,
      unserved: reach.known
    },
    seed: `${context.seed}/${scenario.name}`
  });
  const begun = await abortable(beginning, signal).catch((error) => {
    signal.throwIfAborted();
    throw new NoSteadyState(scenario, error, engine.takeCrashes());
  });
  const broken = begun.unserved.filter(({ why }) => why !== "refused");
  if (!cluster.fresh && broken.length > 0)
    throw new NoSteadyState(scenario, new Error(leftOut(broken).leftOut?.join("; ")), engine.takeCrashes());
  return takeUnserved(context, begun.unserved, begun.watched);
}
async function hold(scenario, faults, context) {
  const { engine, workload, lag } = context;
  const { holdMs } = scenario.phases;
  lag.reset();
  await engine.linksLag();
  await workload.call("mark", { phase: "hold", windowMs: holdWindowMs(holdMs) });
  await faults.hold(holdMs);
  return await readLags(context);
}
async function drain(scenario, context) {
  const { workload, config, signal, logger } = context;
  const quietMs = config.broker.redeliverWithinMs;
  await workload.call("mark", { phase: "drain", windowMs });
  await workload.call("stop");
  const draining = workload.call("drain", { quietMs, returnMs, withinMs: drainWithinMs });
  const { reconnected, outstanding, tookMs, unfinished } = await abortable(draining, signal);
  const stalls = await readStalls(context);
  if (reconnected > 0) logger.debug(`${scenario.name}: ${reconnected} subscribers missed something and reconnected`);
  if (outstanding > 0)
    logger.debug(`${scenario.name}: ${outstanding} messages still owed after draining for ${Math.round(tookMs)} ms`);
  return { ...await workload.call("finish"), stalls, unfinished };
}
async function recordOf2(scenario, context, seen) {
  const { engine, clock, startedMs, reach } = context;
  const { faults, watch, windows, harness, unfinished } = seen;
  const relative = (ms) => Math.round(ms - startedMs);
  const faultRecords = faults.records(relative);
  const crashes = await Promise.all(engine.takeCrashes().map((crash) => faults.recordCrash(crash, relative)));
  const { violations, notApplicable, undecided, ...checked } = check(scenario, context, seen, faultRecords, relative);
  const { accounting, why } = accountFor(seen.history, unfinished);
  const unknown = [...checked.unknown, ...why === void 0 ? [] : [{ invariant: "accounting", why }]];
  const { measured, measures, expectations, operations } = measure(scenario, seen);
  const verdict = judge({
    ...{ violations, unknown, undecided, crashes, faults: faultRecords, expectations, harness, operations },
    stillArriving: unfinished,
    unsteady: missed(expectationsOfSteady(scenario, measured("steady"))),
    disturbed: usesMachine(scenario) ? void 0 : disturbed(measured("steady")?.host, measured("hold")?.host, availableParallelism())
  });
  return {
    ...headline(scenario, context),
    ...verdict,
    startMs: relative(seen.beganMs),
    endMs: relative(clock.nowMs()),
    faults: faultRecords,
    phases: watch.phases.map(
      (phase) => ({
        name: phase.name,
        startMs: relative(phase.startMs),
        endMs: relative(phase.endMs),
        measures: measured(phase.name)
      })
    ),
    ...{ expectations, violations, notApplicable, ...leftOut(reach.known) },
    ...unknown.length === 0 ? {} : { unknown },
    ...{ accounting, measures, crashes, harness },
    windows: windows.map((window) => recordWindow(window, relative)),
    ...watched(context, seen, faultRecords),
    faultsSeenByBroker: faultRecords.length === 0 ? null : seenByBroker(
      watch.observables("warm-up"),
      watch.observables("steady"),
      watch.observables("hold"),
      faultRecords.length
    )
  };
}
function watched({ engine, scraper, startedMs, startedWallMs }, { watch, faults: struck }, faults) {
  const relativeMs = (ms) => Math.round(ms - startedMs);
  const { counts, series } = scraper.take();
  const [first, last] = [watch.phases.at(0), watch.phases.at(-1)];
  const wallOf = (ms) => startedWallMs + (ms - startedMs);
  const logs = first && last ? engine.logsDuring(wallOf(first.startMs), wallOf(last.endMs), {
    most: mostLogLines,
    // One that never began has no time.
    near: faults.filter(({ startMs, endMs }) => endMs > startMs).flatMap(({ startMs, endMs }) => [startedWallMs + startMs, startedWallMs + endMs])
  }) : [];
  return {
    scrapes: counts,
    series: seriesOf({ usage: watch.usage, broker: series, proofs: struck.series() }, relativeMs),
    logs: logs.map(({ node, lines, leftOut: leftOut2 }) => ({
      ...{ node, leftOut: leftOut2 },
      lines: lines.map(({ wallMs, withinMs, text }) => ({ atMs: Math.round(wallMs - startedWallMs), withinMs, text }))
    }))
  };
}
function check(scenario, context, { history, paths, stalls, unserved, unfinished }, faults, relativeMs) {
  const { config, features, engine, startedMs, startedWallMs } = context;
  const quietMs = config.broker.redeliverWithinMs;
  return runChecks(
    {
      ...{ mqttVersion: config.broker.mqtt.version, history, features, paths, returnMs, unserved, quietMs },
      livenessBoundMs: livenessMs(scenario, context),
      isFreshCluster: context.cluster.fresh,
      starved: stalledFor(stalls, quietMs / 4),
      unhealed: faults.filter(({ healed }) => !healed).map(({ kind, target }) => `${kind} on ${target}`),
      stillArriving: unfinished
    },
    {
      ...{ scenario: scenario.ownName, knownIssues: config.broker.knownIssues, faults, relativeMs },
      logsAt: (ms, naming2) => engine.logsAround(startedWallMs + (ms - startedMs), { lines: 4, naming: naming2 })
    }
  );
}
function measure(scenario, { windows, watch, recoveryMs }) {
  const tooLittle = leftTooLittle(possibleIn("hold", windows));
  const measured = (phase) => {
    const measures2 = measurePhase(phase, windows, watch.usage);
    return phase === "hold" && measures2 && tooLittle ? { ...measures2, availability: null, latency: null } : measures2;
  };
  const held = measured("hold");
  const measures = {
    availability: held?.availability ?? null,
    p99LatencyMs: held?.latency?.p99Ms ?? null,
    recoveryMs,
    operationsInHold: held?.acknowledged ?? 0
  };
  const expectations = expectationsOf(scenario, measures).map(
    (one) => tooLittle === void 0 || one.name === "recovery" ? one : { ...one, notApplicable: tooLittle }
  );
  const judgedIn = tooLittle === void 0 ? "hold" : "recover";
  const operations = { phase: judgedIn, possible: possibleIn(judgedIn, windows).judged };
  return { measured, measures, expectations, operations };
}
function usesMachine({ faults }) {
  return faults.some(({ kind }) => faultKinds.get(kind)?.usesMachine === true);
}
function takeUnserved({ reach }, found, watched2) {
  reach.unreported = [...reach.unreported, ...found];
  reach.known = [...reach.known, ...found.filter((one) => !reach.known.some(sameUnserved(one)))];
  if (watched2 === 0 && reach.unreported.length === 0)
    throw new SkipScenario("the broker delivers nothing that the workload asks for; an earlier scenario reports it");
  return reach.unreported;
}
function leftOut(known) {
  if (known.length === 0) return {};
  const why = {
    "not-delivered": "nothing is delivered",
    "not-granted": "no SUBACK comes",
    refused: "the broker refuses the filter",
    "not-acknowledged": "nothing is acknowledged"
  };
  return {
    leftOut: known.map(
      (one) => `${one.filter} filter ${one.filterText} at ${one.to}, published at ${one.from}: ${why[one.why]}`
    )
  };
}
async function recover(scenario, faults, prefix, context) {
  const { workload, engine, clock, signal, lag } = context;
  lag.reset();
  const healMs = await workload.call("mark", { phase: "recover", windowMs: recoverWindowMs });
  await faults.heal();
  const bar = {
    fromMs: healMs,
    availability: scenario.expect.availability,
    p99LatencyMs: scenario.expect.p99LatencyMs,
    sustainMs
  };
  const boundMs = livenessMs(scenario, context);
  const trying = abortable(
    workload.call("checkPaths", {
      endpoints: engine.endpoints,
      prefix: `${prefix}-paths`,
      withinMs: boundMs,
      except: unservedPathsOf(context.reach)
    }),
    signal
  );
  trying.catch(() => {
  });
  let recoveryMs = null;
  while (clock.nowMs() < healMs + scenario.phases.recoverMs) {
    await clock.sleep(recoverWindowMs, signal);
    recoveryMs = await workload.call("recovery", bar);
    if (recoveryMs !== null) break;
  }
  const paths = await trying;
  while (clock.nowMs() < healMs + boundMs && await workload.call("silent") > 0)
    await clock.sleep(recoverWindowMs, signal);
  return { recoveryMs: recoveryMs ?? await workload.call("recovery", bar), paths };
}
function livenessMs({ phases }, { bootMs }) {
  return Math.max(livenessBoundMs, phases.recoverMs, 2 * bootMs);
}
async function readStalls({ lag, workload, engine }) {
  return {
    conductor: lag.read().maxMs,
    workload: (await workload.call("lag")).maxMs,
    links: (await engine.linksLag())?.maxMs ?? 0
  };
}
function stalledFor(stalls, leastMs) {
  return Object.entries(stalls).filter(([, stallMs]) => stallMs >= leastMs).map(([name, stallMs]) => `the ${name} event loop of this tool stood still for ${formatMs(stallMs)}`);
}
async function readLags({ lag, workload, engine }) {
  return {
    conductorLagP99Ms: lag.read().p99Ms,
    workloadLagP99Ms: (await workload.call("lag")).p99Ms,
    linksLagP99Ms: (await engine.linksLag())?.p99Ms ?? null
  };
}
function unservedPathsOf({ known }) {
  return known.filter(({ client }) => client === null).map(({ from, to, filter }) => ({ from, to, filter }));
}
function abortable(promise, signal) {
  return new Promise((resolve, reject) => {
    const onAbort = () => reject(signal.reason);
    signal.addEventListener("abort", onAbort, { once: true });
    if (signal.aborted) onAbort();
    promise.then(resolve, reject).finally(() => signal.removeEventListener("abort", onAbort));
  });
}
function holdWindowMs(holdMs) {
  return Math.max(windowMs, holdMs / 3600);
}
function runNumber(seed, scenario, attempt, startedMs) {
  return createHash("sha256").update(`${seed}/${scenario}/${attempt}/${startedMs}`).digest().readUInt32LE(0);
}
function recordWindow(window, relative) {
  const { phase, possible, done, published, delivered, p50Ms, p99Ms, maxMs, latency } = window;
  return {
    phase,
    startMs: relative(window.startMs),
    lengthMs: Math.round(window.endMs - window.startMs),
    possible,
    done,
    published,
    delivered,
    p50Ms,
    p99Ms,
    maxMs,
    latency
  };
}
var NoSteadyState = class extends ChaosError {
  crashes;
  constructor(scenario, error, crashes) {
    const why = crashes.length > 0 ? crashes.map(({ node, how }) => `${node} ${how} by itself`).join("; ") : messageOf(error);
    super("cluster", `${scenario.name}: the cluster booted but never reached a steady state: ${why}`, {
      hint: "does each node pass messages on to clients of the others? Try --scenario baseline, and look at the nodes' logs",
      output: crashes[0]?.lastLines ?? [],
      cause: error
    });
    this.crashes = crashes;
  }
};
function notMeasured(scenario, context, outcome) {
  const nowMs = Math.round(context.clock.nowMs() - context.startedMs);
  const { crashes, reason } = outcome;
  return {
    ...headline(scenario, context),
    verdict: crashes.length > 0 ? "fail" : outcome.verdict,
    reason,
    startMs: nowMs,
    endMs: nowMs,
    faults: [],
    phases: [],
    expectations: [],
    violations: [],
    notApplicable: [],
    accounting: notAccounted,
    measures: { availability: null, p99LatencyMs: null, recoveryMs: null, operationsInHold: 0 },
    crashes: crashes.map((crash) => ({ ...crash, atMs: Math.round(crash.atMs - context.startedMs) })),
    harness: null,
    windows: [],
    scrapes: { attempted: 0, answered: 0 },
    faultsSeenByBroker: null
  };
}
function headline(scenario, { attempt, cluster }) {
  const { name, ownName, path = null, title, tier, severity, dimension, parameters } = scenario;
  const { holdMs } = scenario.phases;
  return { name, ownName, path, title, tier, severity, dimension, parameters, holdMs, attempt, cluster };
}

// src/run/run.ts
var healthWithinMs = 1e4;
var hurriedStopMs = 2e3;
async function run(options, dependencies) {
  return await new Conductor(options, dependencies).run();
}
var Conductor = class {
  #options;
  #use;
  /** A thread of this tool has ended: whatever is seen after that says nothing about the broker. */
  #broken;
  #signal;
  #startedMs;
  #startedWallMs;
  #scraper;
  #done = [];
  /** Of the scenario that goes on, its runs so far. */
  #runs = [];
  /** How far the run has come, for the case that it breaks off there. */
  #where = "before the first scenario";
  /** The last attempt, decided or not: it left the cluster as it is. */
  #lastRun;
  #features = null;
  #bootMs = 0;
  #reach = { known: [], unreported: [] };
  constructor(options, dependencies) {
    const { engine, workload, clock, signal } = dependencies;
    this.#options = options;
    this.#use = dependencies;
    this.#broken = AbortSignal.any([workload.ended, engine.broken]);
    this.#signal = AbortSignal.any([signal, this.#broken]);
    this.#startedMs = clock.nowMs();
    this.#startedWallMs = clock.wallMs();
    this.#scraper = startScraper({
      targets: () => engine.metricsUrls,
      folder: options.metricsFolder,
      secrets: options.config.broker.secrets,
      clock
    });
  }
  async run() {
    const { engine, events } = this.#use;
    let failure = null;
    try {
      await engine.build(this.#signal);
      for (const scenario of this.#options.scenarios) await this.#take(scenario);
    } catch (error) {
      failure = this.#failureOf(error);
    } finally {
      await this.#end();
    }
    const final = this.#record(failure !== null, failure);
    events.onRecord(final);
    return final;
  }
  /** Runs a scenario, or skips it where the plan or the engine says so. */
  async #take(scenario) {
    const { engine, events } = this.#use;
    const { plan } = this.#options;
    if (plan?.abortOn) this.#keepCrashes();
    const refusal = planStops(plan, this.#done) ?? whySkipped(scenario.faults, engine.shape, (effect) => engine.offers(effect, "any cluster"));
    if (refusal === void 0) await abortable(Promise.resolve(events.beforeScenario?.(scenario)), this.#signal);
    const result = refusal === void 0 ? await this.#decided(scenario) : this.#skipped(scenario, refusal);
    this.#done.push(result);
    events.onScenario(result);
    events.onRecord(this.#record(true, null));
  }
  /** Runs a scenario until its runs decide it. */
  async #decided(scenario) {
    for (; ; ) {
      const last = this.#score(await this.#attempt(scenario, this.#runs.length + 1));
      this.#lastRun = last;
      this.#runs.push(last);
      const result = decide(this.#runs, this.#options.repeat);
      if (result !== void 0) {
        this.#runs = [];
        return result;
      }
      this.#use.events.onScenario(last);
    }
  }
  async #attempt(scenario, number) {
    const effects = effectTypesOf(scenario.faults);
    let on = await this.#clusterFor(effects);
    for (; ; ) {
      const context = this.#contextOf(on, number);
      try {
        const record2 = await runScenario(scenario, context);
        this.#reach.unreported = [];
        return record2;
      } catch (error) {
        this.#signal.throwIfAborted();
        if (error instanceof SkipScenario)
          return notMeasured(scenario, context, {
            verdict: "skipped",
            reason: error.message,
            crashes: this.#use.engine.takeCrashes()
          });
        if (!(error instanceof NoSteadyState)) throw error;
        this.#use.logger.info(error.message);
        const hasCrash = error.crashes.length > 0;
        if (!on.fresh && !hasCrash) {
          on = await this.#boot(effects, "no steady state on the cluster of the scenario before");
          continue;
        }
        if (this.#done.length === 0 && !hasCrash) throw error;
        return notMeasured(scenario, context, {
          verdict: "inconclusive",
          reason: error.message,
          crashes: error.crashes
        });
      }
    }
  }
  #contextOf(cluster, attempt) {
    const { engine, workload, clock, logger, lag, events } = this.#use;
    const { config, seed } = this.#options;
    if (!this.#features) throw new ChaosError("internal", "the features of the broker were not probed");
    this.#scraper.take();
    return {
      ...{ engine, workload, scraper: this.#scraper, config, features: this.#features, clock, logger, lag, seed },
      ...{ startedMs: this.#startedMs, startedWallMs: this.#startedWallMs, signal: this.#signal },
      ...{ attempt, cluster, bootMs: this.#bootMs, reach: this.#reach },
      onProgress: (progress) => {
        this.#where = `in ${progress.phase} of ${progress.scenario.name}`;
        events.onProgress(progress);
      }
    };
  }
  /** The cluster as it stands, or a new one if there is none, it is not well or not meant for these effects. */
  async #clusterFor(effects) {
    const previous = this.#lastRun;
    if (!previous) return this.#boot(effects, "first scenario");
    this.#keepCrashes();
    const why = this.#whyNotAgain(previous, effects) ?? await this.#whyNotHealthy(previous);
    return why === void 0 ? { fresh: false, why: `healthy after ${previous.name}` } : this.#boot(effects, why);
  }
  #whyNotAgain(previous, effects) {
    if (previous.crashes.length > 0 || (this.#runs.at(-1) ?? this.#done.at(-1))?.crashes.length)
      return `${previous.name} left a node dead`;
    if (previous.faults.some(({ healed }) => !healed)) return `${previous.name} left a fault that could not be healed`;
    return this.#use.engine.unfit(effects);
  }
  async #whyNotHealthy(previous) {
    const { engine, workload, clock } = this.#use;
    const checking = workload.call("checkPaths", {
      endpoints: engine.endpoints,
      prefix: `chaos-health-${Math.round(clock.nowMs())}`,
      withinMs: healthWithinMs,
      except: unservedPathsOf(this.#reach)
    });
    const paths = await abortable(checking, this.#signal);
    return allPathsDeliver(paths) ? void 0 : `not healthy after ${previous.name}`;
  }
  async #boot(effects, why) {
    const { engine, workload, clock, events } = this.#use;
    const { config } = this.#options;
    events.onStage(`booting ${plural(config.nodes, "node")} of ${config.broker.name}`);
    this.#keepCrashes();
    const beganMs = clock.nowMs();
    await engine.boot(this.#signal, effects);
    this.#bootMs = clock.nowMs() - beganMs;
    if (this.#features === null) {
      this.#features = await abortable(
        workload.call("probeFeatures", { endpoint: firstEndpoint(engine), another: engine.endpoints[1] }),
        this.#signal
      );
      await this.#probeReach();
    }
    return { fresh: true, why };
  }
  /** Before any fault: by which filters, and between which nodes, messages get through at all. */
  async #probeReach() {
    const { engine, workload, clock } = this.#use;
    const trying = workload.call("checkPaths", {
      endpoints: engine.endpoints,
      prefix: `chaos-reach-${Math.round(clock.nowMs())}`,
      withinMs: warmUpWithinMs,
      refusalsDecide: true
    });
    const unserved = unservedByPaths(await abortable(trying, this.#signal));
    this.#reach.known = unserved;
    this.#reach.unreported = unserved;
  }
  /** A node that ended by itself between two runs is held against the one before. */
  #keepCrashes() {
    const before = this.#runs.length > 0 ? this.#runs : this.#done;
    const last = before.at(-1);
    if (!last) return;
    const late = this.#use.engine.takeCrashes().map((crash) => ({ ...crash, atMs: Math.round(crash.atMs - this.#startedMs) }));
    if (late.length === 0) return;
    const reason = `${last.reason}; ${late.map(({ node, how }) => `${node} ${how} by itself afterwards`).join("; ")}`;
    const failed = { ...last, verdict: "fail", reason, crashes: [...last.crashes, ...late] };
    before[before.length - 1] = { ...failed, ...scoreScenario(failed, this.#options.seed) };
  }
  #skipped(scenario, reason) {
    const { clock } = this.#use;
    const cluster = { fresh: false, why: "not needed" };
    const context = { clock, startedMs: this.#startedMs, attempt: 1, cluster };
    return this.#score(notMeasured(scenario, context, { verdict: "skipped", reason, crashes: [] }));
  }
  #score(scenario) {
    return { ...scenario, earlier: null, ...scoreScenario(scenario, this.#options.seed) };
  }
  /** Why the run broke off. */
  #failureOf(error) {
    const { logger } = this.#use;
    const failure = describe(this.#signal.aborted ? this.#signal.reason : error);
    if (error instanceof ChaosError) for (const line of error.output) logger.warn(`  | ${line}`);
    else if (!this.#signal.aborted)
      logger.debug(error instanceof Error ? error.stack ?? error.message : String(error));
    return failure.code === "cancelled" ? { ...failure, message: `${failure.message} ${this.#where}` } : failure;
  }
  async #end() {
    const { engine, events } = this.#use;
    events.onStage("stopping the cluster");
    if (!this.#broken.aborted) this.#keepCrashes();
    const found = unexplainedRun(this.#runs);
    if (found) this.#done.push(found);
    await engine.stop(this.#signal.aborted ? hurriedStopMs : void 0);
    await this.#scraper.stop();
  }
  #record(partial, error) {
    const { version: version2, seed, command, tiers, plan, config, mutant, ci, catalogue, sabotage } = this.#options;
    const scenarios = this.#done;
    const scored = scoreRun({ scenarios, seed, partial, catalogue });
    return {
      schemaVersion: 1,
      tool: { name: "chaos-action", version: version2 },
      startedAt: new Date(this.#startedWallMs).toISOString(),
      durationMs: Math.round(this.#use.clock.nowMs() - this.#startedMs),
      ...{ seed, command, tiers, plan: plan?.name ?? null, partial, error },
      broker: {
        name: config.broker.name,
        preset: config.preset ?? null,
        config: config.file ?? null,
        ...config.isDefault ? { isDefault: true } : {},
        nodes: config.nodes,
        mutant: mutant ?? null,
        features: this.#features
      },
      ...sabotage ? { sabotage: { ...sabotage, changes: sabotage.changes() } } : {},
      environment: environment(ci),
      workload: config.workload,
      ...sabotage ? unscored(scored) : scored,
      knownIssues: knownIssues(config, scenarios),
      ...cutLogs(this.#use.engine),
      scenarios
    };
  }
};
function unscored({ verdict, dimensions }) {
  const none = { score: null, interval: null };
  return { verdict, ...none, grade: null, cap: null, dimensions: dimensions.map(({ id }) => ({ id, ...none })) };
}
function cutLogs(engine) {
  const cut = engine.cutLogs();
  return cut.length === 0 ? {} : { cutLogs: cut };
}
function knownIssues({ broker }, done) {
  return broker.knownIssues.flatMap((issue) => {
    const { invariant, scenario, why } = issue;
    const limits = limitedTo(issue);
    const concerned = done.filter(
      ({ ownName, verdict }) => verdict !== "skipped" && (scenario === void 0 || scenario === ownName)
    );
    const isOfIt = (violation) => violation.invariant === invariant && (limits === void 0 || violation.known === why && violation.limitedTo === limits);
    const seen = concerned.some(({ violations }) => violations.some(isOfIt));
    const limited = limits === void 0 ? {} : { limitedTo: limits };
    return concerned.length === 0 ? [] : [{ invariant, scenario: scenario ?? null, ...limited, why, seen }];
  });
}
function describe(error) {
  if (error instanceof ChaosError) return { code: error.code, message: error.message, hint: error.hint ?? null };
  return { code: "internal", message: messageOf(error), hint: null };
}
function firstEndpoint(engine) {
  const [first] = engine.endpoints;
  if (!first) throw new ChaosError("internal", "the cluster has no node");
  return first;
}
function environment(ci) {
  const [cpu] = cpus();
  return {
    os: type(),
    kernel: release(),
    node: process.version,
    cpuModel: cpu?.model.trim() ?? "unknown",
    cpus: cpus().length,
    memoryBytes: totalmem(),
    ci
  };
}

// src/run/session.ts
async function runSession(options, dependencies) {
  prepareReports(options.out);
  const release2 = claimFolder(options.out);
  try {
    return await runClaimed(options, dependencies);
  } finally {
    release2();
  }
}
async function runClaimed(options, dependencies) {
  const { choice, seed, out, metricsPort } = options;
  const { logger, openEngine = openLocalEngine } = dependencies;
  const { config } = options.loaded;
  const exposition = await openExposition(metricsPort);
  const id = `${new Date(systemClock.wallMs()).toISOString().replace(/\D/g, "").slice(0, 14)}-${process.pid}`;
  dependencies.onBegin?.(id);
  const guarded = await openEngine({
    ...{ config, mutant: choice.mutant, run: id, seed, logFolder: join2(out, "logs") },
    ...{ privileged: choice.privileged, clock: systemClock, logger }
  }).catch(async (error) => {
    await exposition.close();
    throw error;
  });
  const reports = reportsIn(out);
  let left = [];
  let record2;
  try {
    if (exposition.url) logger.info(`own metrics at ${exposition.url}`);
    const { engine, sabotage } = sabotaged(guarded.engine, choice.sabotage, seed);
    record2 = await conduct(options, dependencies, { engine, sabotage, exposition, onRecord: reports.write });
  } finally {
    await exposition.close();
    left = await guarded.residue();
  }
  if (left.length > 0) {
    record2 = failedByResidue(record2, left);
    reports.write(record2);
  }
  const unwritten = reports.unwritten();
  return { record: record2, unwritten, rescued: unwritten ? rescueReports(record2) : void 0 };
}
async function conduct({ choice, loaded, seed, out, env }, { view, logger, signal }, {
  engine,
  sabotage,
  exposition,
  onRecord
}) {
  const { config, scenarios, plan, tiers, catalogue } = loaded;
  const repeat = choice.repeat ?? defaultRepeat;
  const deadline = startDeadline(runDeadlineMs(scenarios, config, repeat));
  const workload = openWorkload();
  const lag = watchLoopLag();
  try {
    return await run(
      {
        ...{ config, scenarios, catalogue, tiers, plan, seed, repeat, mutant: choice.mutant, version },
        ...sabotage ? { sabotage } : {},
        command: repeatingCommand(choice, seed),
        metricsFolder: join2(out, "metrics"),
        ci: env.GITHUB_ACTIONS === "true" ? "GitHub Actions" : env.CI ? "CI" : null
      },
      {
        ...{ engine, workload, lag, clock: systemClock, logger },
        signal: AbortSignal.any([signal, deadline.signal]),
        events: {
          onStage: (text) => view.stage(text),
          beforeScenario: async (scenario) => await view.before?.(scenario),
          onProgress(progress) {
            view.progress(progress);
            exposition.phase(progress.scenario.name, progress.phase);
            exposition.messages(progress.messages);
            exposition.faults(progress.faults.length);
          },
          onScenario(scenario) {
            view.scenario(scenario);
            exposition.verdict(scenario.name, scenario.verdict, scenario.score);
          },
          onRecord
        }
      }
    );
  } finally {
    deadline.stop();
    lag.stop();
    await workload.terminate();
  }
}
function sabotaged(engine, name, seed) {
  const chosen = name === void 0 ? void 0 : findSabotage(name);
  if (chosen === void 0) return { engine, sabotage: void 0 };
  const wrapped = new SabotagedEngine(engine, { sabotage: chosen.name, seed });
  const { breaks, invariant } = chosen;
  return { engine: wrapped, sabotage: { name: chosen.name, breaks, invariant, changes: () => wrapped.changes } };
}
function startDeadline(withinMs) {
  const overdue = new AbortController();
  const over = new AbortController();
  systemClock.sleep(withinMs, over.signal).then(
    () => overdue.abort(new ChaosError("cluster", `the run took longer than its deadline of ${formatMs(withinMs)}`)),
    () => {
    }
  );
  return { signal: overdue.signal, stop: () => over.abort() };
}
function reportsIn(out) {
  let unwritten;
  return {
    write(record2) {
      try {
        writeReports(record2, out);
        unwritten = void 0;
      } catch (error) {
        unwritten = error instanceof ChaosError ? error : new ChaosError("report", String(error));
      }
    },
    unwritten: () => unwritten
  };
}
function failedByResidue(record2, left) {
  return {
    ...record2,
    verdict: "fail",
    error: record2.error ?? {
      code: "residue",
      message: `the run left behind: ${left.join(", ")}`,
      hint: "this is a defect of chaos-action; chaos-action clean takes back what it can"
    }
  };
}
function runDeadlineMs(scenarios, { broker }, repeat) {
  const scenarioMs = ({ phases }) => phases.steadyMs + phases.holdMs + Math.max(3e4, phases.recoverMs) + 3e5 + 3 * broker.ready.withinMs;
  return broker.buildWithinMs + 6e4 + (repeat + 1) * scenarios.reduce((sum, scenario) => sum + scenarioMs(scenario), 0);
}

export {
  runSession
};
