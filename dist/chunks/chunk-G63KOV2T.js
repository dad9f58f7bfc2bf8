import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);
import {
  busyShare,
  readCpuTicks,
  readDisk,
  readMemory,
  readPressureMs,
  readRunQueueDelayMs,
  readStorageWrites
} from "./chunk-QSZXYWRO.js";
import {
  distPath,
  holdMqtt,
  mqttPing,
  openLinks
} from "./chunk-LE6GQYMQ.js";
import {
  attempts,
  balance,
  callText,
  capital,
  checkTitles,
  commandLine,
  differenceText,
  dimensions,
  escapeHtml,
  escapeHtmlCommand,
  escapeHtmlLines,
  expectationNames,
  expectedText,
  featureRows,
  findingsOf,
  formatAccounted,
  formatAt,
  formatAvailability,
  formatBytes,
  formatCores,
  formatCount,
  formatDimensionInterval,
  formatFaultsProven,
  formatGrowth,
  formatInterval,
  formatLatency,
  formatMeasure,
  formatMebibytes,
  formatMs,
  formatRange,
  formatScore,
  formatShare,
  gradeOf,
  harnessText,
  isBroken,
  isUnexplained,
  leftOutOf,
  measuredText,
  metText,
  notApplicable,
  notApplicableOf,
  notMeasured,
  ofClients,
  parseBytes,
  parseDurationMs,
  parseRatePerSecond,
  parseShare,
  partsText,
  plain,
  plural,
  renderMarkdown,
  repeatCommand,
  scoreRun,
  scoreScenario,
  sentence,
  severities,
  showLocation,
  sideText,
  suspectsTitle,
  throwProblems,
  tiers,
  unknownOf,
  whyNotApplicable
} from "./chunk-QNDNKNA5.js";
import {
  version
} from "./chunk-GAWAXV74.js";
import {
  mutants,
  require_prom_client
} from "./chunk-QXZY7E5I.js";
import {
  matches,
  retransmittedAfterMs,
  statusName,
  statusNames,
  timeoutMs
} from "./chunk-TXXMBZ2N.js";
import {
  allPathsDeliver,
  sameUnserved,
  unservedByPaths
} from "./chunk-DXYOEDWB.js";
import {
  IntervalSet,
  newHistogram
} from "./chunk-7IJT7KQ5.js";
import {
  watchLoopLag
} from "./chunk-QG2TR5QC.js";
import {
  require_dist
} from "./chunk-4XSUANPV.js";
import {
  brokenClasses
} from "./chunk-6YC2AEJR.js";
import {
  createRandom
} from "./chunk-GUM24SOH.js";
import {
  remote
} from "./chunk-6M7GNIBT.js";
import {
  require_mqtt
} from "./chunk-53UEWYNP.js";
import {
  Ledger,
  Pins,
  cgroup2Mounts,
  createShaper,
  createTable,
  execa,
  findController,
  findPrivileged,
  formatCpus,
  ignoresSignal,
  isMountPoint,
  limitWithSpare,
  makeNodeCgroups,
  missing,
  mountTmpfs,
  mounts,
  nftPath,
  openCgroup2,
  openDescriptors,
  ourCgroups,
  ourTables,
  parseCpus,
  patched,
  persistently,
  planPatch,
  qdiscHandle,
  readSoftLimit,
  readVdso,
  replay,
  restorationOf,
  restore,
  restoreAffinity,
  restoreLimits,
  rootQdiscs,
  runsOnlyOn,
  setAffinity,
  setSoftLimit,
  shiftOf,
  splitCpus,
  switchShift,
  tableName,
  tryNetem,
  tryPatch,
  tryRules,
  unmount
} from "./chunk-MKBAN233.js";
import {
  findMarked,
  findSession,
  isAlive,
  killAll,
  nodeMark,
  readStat,
  runMark,
  signal
} from "./chunk-FUQHOKPA.js";
import {
  pollUntil,
  systemClock,
  within
} from "./chunk-AAYGFCMN.js";
import {
  ChaosError,
  messageOf
} from "./chunk-EV4V3EIO.js";
import {
  __commonJS,
  __require,
  __toESM
} from "./chunk-6DG7BXTN.js";

// node_modules/yaml/dist/nodes/identity.js
var require_identity = __commonJS({
  "node_modules/yaml/dist/nodes/identity.js"(exports) {
    "use strict";
    var ALIAS = /* @__PURE__ */ Symbol.for("yaml.alias");
    var DOC = /* @__PURE__ */ Symbol.for("yaml.document");
    var MAP = /* @__PURE__ */ Symbol.for("yaml.map");
    var PAIR = /* @__PURE__ */ Symbol.for("yaml.pair");
    var SCALAR = /* @__PURE__ */ Symbol.for("yaml.scalar");
    var SEQ = /* @__PURE__ */ Symbol.for("yaml.seq");
    var NODE_TYPE = /* @__PURE__ */ Symbol.for("yaml.node.type");
    var isAlias2 = (node) => !!node && typeof node === "object" && node[NODE_TYPE] === ALIAS;
    var isDocument = (node) => !!node && typeof node === "object" && node[NODE_TYPE] === DOC;
    var isMap3 = (node) => !!node && typeof node === "object" && node[NODE_TYPE] === MAP;
    var isPair = (node) => !!node && typeof node === "object" && node[NODE_TYPE] === PAIR;
    var isScalar2 = (node) => !!node && typeof node === "object" && node[NODE_TYPE] === SCALAR;
    var isSeq2 = (node) => !!node && typeof node === "object" && node[NODE_TYPE] === SEQ;
    function isCollection(node) {
      if (node && typeof node === "object")
        switch (node[NODE_TYPE]) {
          case MAP:
          case SEQ:
            return true;
        }
      return false;
    }
    function isNode(node) {
      if (node && typeof node === "object")
        switch (node[NODE_TYPE]) {
          case ALIAS:
          case MAP:
          case SCALAR:
          case SEQ:
            return true;
        }
      return false;
    }
    var hasAnchor = (node) => (isScalar2(node) || isCollection(node)) && !!node.anchor;
    exports.ALIAS = ALIAS;
    exports.DOC = DOC;
    exports.MAP = MAP;
    exports.NODE_TYPE = NODE_TYPE;
    exports.PAIR = PAIR;
    exports.SCALAR = SCALAR;
    exports.SEQ = SEQ;
    exports.hasAnchor = hasAnchor;
    exports.isAlias = isAlias2;
    exports.isCollection = isCollection;
    exports.isDocument = isDocument;
    exports.isMap = isMap3;
    exports.isNode = isNode;
    exports.isPair = isPair;
    exports.isScalar = isScalar2;
    exports.isSeq = isSeq2;
  }
});

// node_modules/yaml/dist/visit.js
var require_visit = __commonJS({
  "node_modules/yaml/dist/visit.js"(exports) {
    "use strict";
    var identity = require_identity();
    var BREAK = /* @__PURE__ */ Symbol("break visit");
    var SKIP = /* @__PURE__ */ Symbol("skip children");
    var REMOVE = /* @__PURE__ */ Symbol("remove node");
    function visit(node, visitor) {
      const visitor_ = initVisitor(visitor);
      if (identity.isDocument(node)) {
        const cd = visit_(null, node.contents, visitor_, Object.freeze([node]));
        if (cd === REMOVE)
          node.contents = null;
      } else
        visit_(null, node, visitor_, Object.freeze([]));
    }
    visit.BREAK = BREAK;
    visit.SKIP = SKIP;
    visit.REMOVE = REMOVE;
    function visit_(key, node, visitor, path) {
      const ctrl = callVisitor(key, node, visitor, path);
      if (identity.isNode(ctrl) || identity.isPair(ctrl)) {
        replaceNode(key, path, ctrl);
        return visit_(key, ctrl, visitor, path);
      }
      if (typeof ctrl !== "symbol") {
        if (identity.isCollection(node)) {
          path = Object.freeze(path.concat(node));
          for (let i = 0; i < node.items.length; ++i) {
            const ci = visit_(i, node.items[i], visitor, path);
            if (typeof ci === "number")
              i = ci - 1;
            else if (ci === BREAK)
              return BREAK;
            else if (ci === REMOVE) {
              node.items.splice(i, 1);
              i -= 1;
            }
          }
        } else if (identity.isPair(node)) {
          path = Object.freeze(path.concat(node));
          const ck = visit_("key", node.key, visitor, path);
          if (ck === BREAK)
            return BREAK;
          else if (ck === REMOVE)
            node.key = null;
          const cv = visit_("value", node.value, visitor, path);
          if (cv === BREAK)
            return BREAK;
          else if (cv === REMOVE)
            node.value = null;
        }
      }
      return ctrl;
    }
    async function visitAsync(node, visitor) {
      const visitor_ = initVisitor(visitor);
      if (identity.isDocument(node)) {
        const cd = await visitAsync_(null, node.contents, visitor_, Object.freeze([node]));
        if (cd === REMOVE)
          node.contents = null;
      } else
        await visitAsync_(null, node, visitor_, Object.freeze([]));
    }
    visitAsync.BREAK = BREAK;
    visitAsync.SKIP = SKIP;
    visitAsync.REMOVE = REMOVE;
    async function visitAsync_(key, node, visitor, path) {
      const ctrl = await callVisitor(key, node, visitor, path);
      if (identity.isNode(ctrl) || identity.isPair(ctrl)) {
        replaceNode(key, path, ctrl);
        return visitAsync_(key, ctrl, visitor, path);
      }
      if (typeof ctrl !== "symbol") {
        if (identity.isCollection(node)) {
          path = Object.freeze(path.concat(node));
          for (let i = 0; i < node.items.length; ++i) {
            const ci = await visitAsync_(i, node.items[i], visitor, path);
            if (typeof ci === "number")
              i = ci - 1;
            else if (ci === BREAK)
              return BREAK;
            else if (ci === REMOVE) {
              node.items.splice(i, 1);
              i -= 1;
            }
          }
        } else if (identity.isPair(node)) {
          path = Object.freeze(path.concat(node));
          const ck = await visitAsync_("key", node.key, visitor, path);
          if (ck === BREAK)
            return BREAK;
          else if (ck === REMOVE)
            node.key = null;
          const cv = await visitAsync_("value", node.value, visitor, path);
          if (cv === BREAK)
            return BREAK;
          else if (cv === REMOVE)
            node.value = null;
        }
      }
      return ctrl;
    }
    function initVisitor(visitor) {
      if (typeof visitor === "object" && (visitor.Collection || visitor.Node || visitor.Value)) {
        return Object.assign({
          Alias: visitor.Node,
          Map: visitor.Node,
          Scalar: visitor.Node,
          Seq: visitor.Node
        }, visitor.Value && {
          Map: visitor.Value,
          Scalar: visitor.Value,
          Seq: visitor.Value
        }, visitor.Collection && {
          Map: visitor.Collection,
          Seq: visitor.Collection
        }, visitor);
      }
      return visitor;
    }
    function callVisitor(key, node, visitor, path) {
      if (typeof visitor === "function")
        return visitor(key, node, path);
      if (identity.isMap(node))
        return visitor.Map?.(key, node, path);
      if (identity.isSeq(node))
        return visitor.Seq?.(key, node, path);
      if (identity.isPair(node))
        return visitor.Pair?.(key, node, path);
      if (identity.isScalar(node))
        return visitor.Scalar?.(key, node, path);
      if (identity.isAlias(node))
        return visitor.Alias?.(key, node, path);
      return void 0;
    }
    function replaceNode(key, path, node) {
      const parent = path[path.length - 1];
      if (identity.isCollection(parent)) {
        parent.items[key] = node;
      } else if (identity.isPair(parent)) {
        if (key === "key")
          parent.key = node;
        else
          parent.value = node;
      } else if (identity.isDocument(parent)) {
        parent.contents = node;
      } else {
        const pt = identity.isAlias(parent) ? "alias" : "scalar";
        throw new Error(`Cannot replace node with ${pt} parent`);
      }
    }
    exports.visit = visit;
    exports.visitAsync = visitAsync;
  }
});

// node_modules/yaml/dist/doc/directives.js
var require_directives = __commonJS({
  "node_modules/yaml/dist/doc/directives.js"(exports) {
    "use strict";
    var identity = require_identity();
    var visit = require_visit();
    var escapeChars = {
      "!": "%21",
      ",": "%2C",
      "[": "%5B",
      "]": "%5D",
      "{": "%7B",
      "}": "%7D"
    };
    var escapeTagName = (tn) => tn.replace(/[!,[\]{}]/g, (ch) => escapeChars[ch]);
    var Directives = class _Directives {
      constructor(yaml, tags2) {
        this.docStart = null;
        this.docEnd = false;
        this.yaml = Object.assign({}, _Directives.defaultYaml, yaml);
        this.tags = Object.assign({}, _Directives.defaultTags, tags2);
      }
      clone() {
        const copy = new _Directives(this.yaml, this.tags);
        copy.docStart = this.docStart;
        return copy;
      }
      /**
       * During parsing, get a Directives instance for the current document and
       * update the stream state according to the current version's spec.
       */
      atDocument() {
        const res = new _Directives(this.yaml, this.tags);
        switch (this.yaml.version) {
          case "1.1":
            this.atNextDocument = true;
            break;
          case "1.2":
            this.atNextDocument = false;
            this.yaml = {
              explicit: _Directives.defaultYaml.explicit,
              version: "1.2"
            };
            this.tags = Object.assign({}, _Directives.defaultTags);
            break;
        }
        return res;
      }
      /**
       * @param onError - May be called even if the action was successful
       * @returns `true` on success
       */
      add(line, onError) {
        if (this.atNextDocument) {
          this.yaml = { explicit: _Directives.defaultYaml.explicit, version: "1.1" };
          this.tags = Object.assign({}, _Directives.defaultTags);
          this.atNextDocument = false;
        }
        const parts = line.trim().split(/[ \t]+/);
        const name = parts.shift();
        switch (name) {
          case "%TAG": {
            if (parts.length !== 2) {
              onError(0, "%TAG directive should contain exactly two parts");
              if (parts.length < 2)
                return false;
            }
            const [handle, prefix] = parts;
            this.tags[handle] = prefix;
            return true;
          }
          case "%YAML": {
            this.yaml.explicit = true;
            if (parts.length !== 1) {
              onError(0, "%YAML directive should contain exactly one part");
              return false;
            }
            const [version2] = parts;
            if (version2 === "1.1" || version2 === "1.2") {
              this.yaml.version = version2;
              return true;
            } else {
              const isValid = /^\d+\.\d+$/.test(version2);
              onError(6, `Unsupported YAML version ${version2}`, isValid);
              return false;
            }
          }
          default:
            onError(0, `Unknown directive ${name}`, true);
            return false;
        }
      }
      /**
       * Resolves a tag, matching handles to those defined in %TAG directives.
       *
       * @returns Resolved tag, which may also be the non-specific tag `'!'` or a
       *   `'!local'` tag, or `null` if unresolvable.
       */
      tagName(source, onError) {
        if (source === "!")
          return "!";
        if (source[0] !== "!") {
          onError(`Not a valid tag: ${source}`);
          return null;
        }
        if (source[1] === "<") {
          const verbatim = source.slice(2, -1);
          if (verbatim === "!" || verbatim === "!!") {
            onError(`Verbatim tags aren't resolved, so ${source} is invalid.`);
            return null;
          }
          if (source[source.length - 1] !== ">")
            onError("Verbatim tags must end with a >");
          return verbatim;
        }
        const [, handle, suffix] = source.match(/^(.*!)([^!]*)$/s);
        if (!suffix)
          onError(`The ${source} tag has no suffix`);
        const prefix = this.tags[handle];
        if (prefix) {
          try {
            return prefix + decodeURIComponent(suffix);
          } catch (error) {
            onError(String(error));
            return null;
          }
        }
        if (handle === "!")
          return source;
        onError(`Could not resolve tag: ${source}`);
        return null;
      }
      /**
       * Given a fully resolved tag, returns its printable string form,
       * taking into account current tag prefixes and defaults.
       */
      tagString(tag) {
        for (const [handle, prefix] of Object.entries(this.tags)) {
          if (tag.startsWith(prefix))
            return handle + escapeTagName(tag.substring(prefix.length));
        }
        return tag[0] === "!" ? tag : `!<${tag}>`;
      }
      toString(doc) {
        const lines2 = this.yaml.explicit ? [`%YAML ${this.yaml.version || "1.2"}`] : [];
        const tagEntries = Object.entries(this.tags);
        let tagNames;
        if (doc && tagEntries.length > 0 && identity.isNode(doc.contents)) {
          const tags2 = {};
          visit.visit(doc.contents, (_key, node) => {
            if (identity.isNode(node) && node.tag)
              tags2[node.tag] = true;
          });
          tagNames = Object.keys(tags2);
        } else
          tagNames = [];
        for (const [handle, prefix] of tagEntries) {
          if (handle === "!!" && prefix === "tag:yaml.org,2002:")
            continue;
          if (!doc || tagNames.some((tn) => tn.startsWith(prefix)))
            lines2.push(`%TAG ${handle} ${prefix}`);
        }
        return lines2.join("\n");
      }
    };
    Directives.defaultYaml = { explicit: false, version: "1.2" };
    Directives.defaultTags = { "!!": "tag:yaml.org,2002:" };
    exports.Directives = Directives;
  }
});

// node_modules/yaml/dist/doc/anchors.js
var require_anchors = __commonJS({
  "node_modules/yaml/dist/doc/anchors.js"(exports) {
    "use strict";
    var identity = require_identity();
    var visit = require_visit();
    function anchorIsValid(anchor) {
      if (/[\x00-\x19\s,[\]{}]/.test(anchor)) {
        const sa = JSON.stringify(anchor);
        const msg = `Anchor must not contain whitespace or control characters: ${sa}`;
        throw new Error(msg);
      }
      return true;
    }
    function anchorNames(root) {
      const anchors = /* @__PURE__ */ new Set();
      visit.visit(root, {
        Value(_key, node) {
          if (node.anchor)
            anchors.add(node.anchor);
        }
      });
      return anchors;
    }
    function findNewAnchor(prefix, exclude) {
      for (let i = 1; true; ++i) {
        const name = `${prefix}${i}`;
        if (!exclude.has(name))
          return name;
      }
    }
    function createNodeAnchors(doc, prefix) {
      const aliasObjects = [];
      const sourceObjects = /* @__PURE__ */ new Map();
      let prevAnchors = null;
      return {
        onAnchor: (source) => {
          aliasObjects.push(source);
          prevAnchors ?? (prevAnchors = anchorNames(doc));
          const anchor = findNewAnchor(prefix, prevAnchors);
          prevAnchors.add(anchor);
          return anchor;
        },
        /**
         * With circular references, the source node is only resolved after all
         * of its child nodes are. This is why anchors are set only after all of
         * the nodes have been created.
         */
        setAnchors: () => {
          for (const source of aliasObjects) {
            const ref = sourceObjects.get(source);
            if (typeof ref === "object" && ref.anchor && (identity.isScalar(ref.node) || identity.isCollection(ref.node))) {
              ref.node.anchor = ref.anchor;
            } else {
              const error = new Error("Failed to resolve repeated object (this should not happen)");
              error.source = source;
              throw error;
            }
          }
        },
        sourceObjects
      };
    }
    exports.anchorIsValid = anchorIsValid;
    exports.anchorNames = anchorNames;
    exports.createNodeAnchors = createNodeAnchors;
    exports.findNewAnchor = findNewAnchor;
  }
});

// node_modules/yaml/dist/doc/applyReviver.js
var require_applyReviver = __commonJS({
  "node_modules/yaml/dist/doc/applyReviver.js"(exports) {
    "use strict";
    function applyReviver(reviver, obj, key, val) {
      if (val && typeof val === "object") {
        if (Array.isArray(val)) {
          for (let i = 0, len = val.length; i < len; ++i) {
            const v0 = val[i];
            const v1 = applyReviver(reviver, val, String(i), v0);
            if (v1 === void 0)
              delete val[i];
            else if (v1 !== v0)
              val[i] = v1;
          }
        } else if (val instanceof Map) {
          for (const k of Array.from(val.keys())) {
            const v0 = val.get(k);
            const v1 = applyReviver(reviver, val, k, v0);
            if (v1 === void 0)
              val.delete(k);
            else if (v1 !== v0)
              val.set(k, v1);
          }
        } else if (val instanceof Set) {
          for (const v0 of Array.from(val)) {
            const v1 = applyReviver(reviver, val, v0, v0);
            if (v1 === void 0)
              val.delete(v0);
            else if (v1 !== v0) {
              val.delete(v0);
              val.add(v1);
            }
          }
        } else {
          for (const [k, v0] of Object.entries(val)) {
            const v1 = applyReviver(reviver, val, k, v0);
            if (v1 === void 0)
              delete val[k];
            else if (v1 !== v0)
              val[k] = v1;
          }
        }
      }
      return reviver.call(obj, key, val);
    }
    exports.applyReviver = applyReviver;
  }
});

// node_modules/yaml/dist/nodes/toJS.js
var require_toJS = __commonJS({
  "node_modules/yaml/dist/nodes/toJS.js"(exports) {
    "use strict";
    var identity = require_identity();
    function toJS(value, arg, ctx) {
      if (Array.isArray(value))
        return value.map((v, i) => toJS(v, String(i), ctx));
      if (value && typeof value.toJSON === "function") {
        if (!ctx || !identity.hasAnchor(value))
          return value.toJSON(arg, ctx);
        const data = { aliasCount: 0, count: 1, res: void 0 };
        ctx.anchors.set(value, data);
        ctx.onCreate = (res2) => {
          data.res = res2;
          delete ctx.onCreate;
        };
        const res = value.toJSON(arg, ctx);
        if (ctx.onCreate)
          ctx.onCreate(res);
        return res;
      }
      if (typeof value === "bigint" && !ctx?.keep)
        return Number(value);
      return value;
    }
    exports.toJS = toJS;
  }
});

// node_modules/yaml/dist/nodes/Node.js
var require_Node = __commonJS({
  "node_modules/yaml/dist/nodes/Node.js"(exports) {
    "use strict";
    var applyReviver = require_applyReviver();
    var identity = require_identity();
    var toJS = require_toJS();
    var NodeBase = class {
      constructor(type2) {
        Object.defineProperty(this, identity.NODE_TYPE, { value: type2 });
      }
      /** Create a copy of this node.  */
      clone() {
        const copy = Object.create(Object.getPrototypeOf(this), Object.getOwnPropertyDescriptors(this));
        if (this.range)
          copy.range = this.range.slice();
        return copy;
      }
      /** A plain JavaScript representation of this node. */
      toJS(doc, { mapAsMap, maxAliasCount, onAnchor, reviver } = {}) {
        if (!identity.isDocument(doc))
          throw new TypeError("A document argument is required");
        const ctx = {
          anchors: /* @__PURE__ */ new Map(),
          doc,
          keep: true,
          mapAsMap: mapAsMap === true,
          mapKeyWarned: false,
          maxAliasCount: typeof maxAliasCount === "number" ? maxAliasCount : 100
        };
        const res = toJS.toJS(this, "", ctx);
        if (typeof onAnchor === "function")
          for (const { count, res: res2 } of ctx.anchors.values())
            onAnchor(res2, count);
        return typeof reviver === "function" ? applyReviver.applyReviver(reviver, { "": res }, "", res) : res;
      }
    };
    exports.NodeBase = NodeBase;
  }
});

// node_modules/yaml/dist/nodes/Alias.js
var require_Alias = __commonJS({
  "node_modules/yaml/dist/nodes/Alias.js"(exports) {
    "use strict";
    var anchors = require_anchors();
    var visit = require_visit();
    var identity = require_identity();
    var Node2 = require_Node();
    var toJS = require_toJS();
    var Alias = class extends Node2.NodeBase {
      constructor(source) {
        super(identity.ALIAS);
        this.source = source;
        Object.defineProperty(this, "tag", {
          set() {
            throw new Error("Alias nodes cannot have tags");
          }
        });
      }
      /**
       * Resolve the value of this alias within `doc`, finding the last
       * instance of the `source` anchor before this node.
       */
      resolve(doc, ctx) {
        if (ctx?.maxAliasCount === 0)
          throw new ReferenceError("Alias resolution is disabled");
        let nodes;
        if (ctx?.aliasResolveCache) {
          nodes = ctx.aliasResolveCache;
        } else {
          nodes = [];
          visit.visit(doc, {
            Node: (_key, node) => {
              if (identity.isAlias(node) || identity.hasAnchor(node))
                nodes.push(node);
            }
          });
          if (ctx)
            ctx.aliasResolveCache = nodes;
        }
        let found2 = void 0;
        for (const node of nodes) {
          if (node === this)
            break;
          if (node.anchor === this.source)
            found2 = node;
        }
        if (found2 && ctx) {
          const { anchors: anchors2, doc: doc2, maxAliasCount } = ctx;
          let data = anchors2.get(found2);
          if (!data) {
            toJS.toJS(found2, null, ctx);
            data = anchors2.get(found2);
          }
          if (data?.res === void 0) {
            const msg = "This should not happen: Alias anchor was not resolved?";
            throw new ReferenceError(msg);
          }
          if (maxAliasCount >= 0) {
            data.count += 1;
            if (data.aliasCount === 0)
              data.aliasCount = getAliasCount(doc2, found2, anchors2);
            if (data.count * data.aliasCount > maxAliasCount) {
              const msg = "Excessive alias count indicates a resource exhaustion attack";
              throw new ReferenceError(msg);
            }
          }
        }
        return found2;
      }
      toJSON(_arg, ctx) {
        if (!ctx)
          return { source: this.source };
        const source = this.resolve(ctx.doc, ctx);
        if (!source) {
          const msg = `Unresolved alias (the anchor must be set before the alias): ${this.source}`;
          throw new ReferenceError(msg);
        }
        return ctx.anchors.get(source).res;
      }
      toString(ctx, _onComment, _onChompKeep) {
        const src = `*${this.source}`;
        if (ctx) {
          anchors.anchorIsValid(this.source);
          if (ctx.options.verifyAliasOrder && !ctx.anchors.has(this.source)) {
            const msg = `Unresolved alias (the anchor must be set before the alias): ${this.source}`;
            throw new Error(msg);
          }
          if (ctx.implicitKey)
            return `${src} `;
        }
        return src;
      }
    };
    function getAliasCount(doc, node, anchors2) {
      if (identity.isAlias(node)) {
        const source = node.resolve(doc);
        const anchor = anchors2 && source && anchors2.get(source);
        return anchor ? anchor.count * anchor.aliasCount : 0;
      } else if (identity.isCollection(node)) {
        let count = 0;
        for (const item of node.items) {
          const c = getAliasCount(doc, item, anchors2);
          if (c > count)
            count = c;
        }
        return count;
      } else if (identity.isPair(node)) {
        const kc = getAliasCount(doc, node.key, anchors2);
        const vc = getAliasCount(doc, node.value, anchors2);
        return Math.max(kc, vc);
      }
      return 1;
    }
    exports.Alias = Alias;
  }
});

// node_modules/yaml/dist/nodes/Scalar.js
var require_Scalar = __commonJS({
  "node_modules/yaml/dist/nodes/Scalar.js"(exports) {
    "use strict";
    var identity = require_identity();
    var Node2 = require_Node();
    var toJS = require_toJS();
    var isScalarValue = (value) => !value || typeof value !== "function" && typeof value !== "object";
    var Scalar2 = class extends Node2.NodeBase {
      constructor(value) {
        super(identity.SCALAR);
        this.value = value;
      }
      toJSON(arg, ctx) {
        return ctx?.keep ? this.value : toJS.toJS(this.value, arg, ctx);
      }
      toString() {
        return String(this.value);
      }
    };
    Scalar2.BLOCK_FOLDED = "BLOCK_FOLDED";
    Scalar2.BLOCK_LITERAL = "BLOCK_LITERAL";
    Scalar2.PLAIN = "PLAIN";
    Scalar2.QUOTE_DOUBLE = "QUOTE_DOUBLE";
    Scalar2.QUOTE_SINGLE = "QUOTE_SINGLE";
    exports.Scalar = Scalar2;
    exports.isScalarValue = isScalarValue;
  }
});

// node_modules/yaml/dist/doc/createNode.js
var require_createNode = __commonJS({
  "node_modules/yaml/dist/doc/createNode.js"(exports) {
    "use strict";
    var Alias = require_Alias();
    var identity = require_identity();
    var Scalar2 = require_Scalar();
    var defaultTagPrefix = "tag:yaml.org,2002:";
    function findTagObject(value, tagName, tags2) {
      if (tagName) {
        const match = tags2.filter((t) => t.tag === tagName);
        const tagObj = match.find((t) => !t.format) ?? match[0];
        if (!tagObj)
          throw new Error(`Tag ${tagName} not found`);
        return tagObj;
      }
      return tags2.find((t) => t.identify?.(value) && !t.format);
    }
    function createNode(value, tagName, ctx) {
      if (identity.isDocument(value))
        value = value.contents;
      if (identity.isNode(value))
        return value;
      if (identity.isPair(value)) {
        const map2 = ctx.schema[identity.MAP].createNode?.(ctx.schema, null, ctx);
        map2.items.push(value);
        return map2;
      }
      if (value instanceof String || value instanceof Number || value instanceof Boolean || typeof BigInt !== "undefined" && value instanceof BigInt) {
        value = value.valueOf();
      }
      const { aliasDuplicateObjects, onAnchor, onTagObj, schema, sourceObjects } = ctx;
      let ref = void 0;
      if (aliasDuplicateObjects && value && typeof value === "object") {
        ref = sourceObjects.get(value);
        if (ref) {
          ref.anchor ?? (ref.anchor = onAnchor(value));
          return new Alias.Alias(ref.anchor);
        } else {
          ref = { anchor: null, node: null };
          sourceObjects.set(value, ref);
        }
      }
      if (tagName?.startsWith("!!"))
        tagName = defaultTagPrefix + tagName.slice(2);
      let tagObj = findTagObject(value, tagName, schema.tags);
      if (!tagObj) {
        if (value && typeof value.toJSON === "function") {
          value = value.toJSON();
        }
        if (!value || typeof value !== "object") {
          const node2 = new Scalar2.Scalar(value);
          if (ref)
            ref.node = node2;
          return node2;
        }
        tagObj = value instanceof Map ? schema[identity.MAP] : Symbol.iterator in Object(value) ? schema[identity.SEQ] : schema[identity.MAP];
      }
      if (onTagObj) {
        onTagObj(tagObj);
        delete ctx.onTagObj;
      }
      const node = tagObj?.createNode ? tagObj.createNode(ctx.schema, value, ctx) : typeof tagObj?.nodeClass?.from === "function" ? tagObj.nodeClass.from(ctx.schema, value, ctx) : new Scalar2.Scalar(value);
      if (tagName)
        node.tag = tagName;
      else if (!tagObj.default)
        node.tag = tagObj.tag;
      if (ref)
        ref.node = node;
      return node;
    }
    exports.createNode = createNode;
  }
});

// node_modules/yaml/dist/nodes/Collection.js
var require_Collection = __commonJS({
  "node_modules/yaml/dist/nodes/Collection.js"(exports) {
    "use strict";
    var createNode = require_createNode();
    var identity = require_identity();
    var Node2 = require_Node();
    function collectionFromPath(schema, path, value) {
      let v = value;
      for (let i = path.length - 1; i >= 0; --i) {
        const k = path[i];
        if (typeof k === "number" && Number.isInteger(k) && k >= 0) {
          const a = [];
          a[k] = v;
          v = a;
        } else {
          v = /* @__PURE__ */ new Map([[k, v]]);
        }
      }
      return createNode.createNode(v, void 0, {
        aliasDuplicateObjects: false,
        keepUndefined: false,
        onAnchor: () => {
          throw new Error("This should not happen, please report a bug.");
        },
        schema,
        sourceObjects: /* @__PURE__ */ new Map()
      });
    }
    var isEmptyPath = (path) => path == null || typeof path === "object" && !!path[Symbol.iterator]().next().done;
    var Collection = class extends Node2.NodeBase {
      constructor(type2, schema) {
        super(type2);
        Object.defineProperty(this, "schema", {
          value: schema,
          configurable: true,
          enumerable: false,
          writable: true
        });
      }
      /**
       * Create a copy of this collection.
       *
       * @param schema - If defined, overwrites the original's schema
       */
      clone(schema) {
        const copy = Object.create(Object.getPrototypeOf(this), Object.getOwnPropertyDescriptors(this));
        if (schema)
          copy.schema = schema;
        copy.items = copy.items.map((it) => identity.isNode(it) || identity.isPair(it) ? it.clone(schema) : it);
        if (this.range)
          copy.range = this.range.slice();
        return copy;
      }
      /**
       * Adds a value to the collection. For `!!map` and `!!omap` the value must
       * be a Pair instance or a `{ key, value }` object, which may not have a key
       * that already exists in the map.
       */
      addIn(path, value) {
        if (isEmptyPath(path))
          this.add(value);
        else {
          const [key, ...rest] = path;
          const node = this.get(key, true);
          if (identity.isCollection(node))
            node.addIn(rest, value);
          else if (node === void 0 && this.schema)
            this.set(key, collectionFromPath(this.schema, rest, value));
          else
            throw new Error(`Expected YAML collection at ${key}. Remaining path: ${rest}`);
        }
      }
      /**
       * Removes a value from the collection.
       * @returns `true` if the item was found and removed.
       */
      deleteIn(path) {
        const [key, ...rest] = path;
        if (rest.length === 0)
          return this.delete(key);
        const node = this.get(key, true);
        if (identity.isCollection(node))
          return node.deleteIn(rest);
        else
          throw new Error(`Expected YAML collection at ${key}. Remaining path: ${rest}`);
      }
      /**
       * Returns item at `key`, or `undefined` if not found. By default unwraps
       * scalar values from their surrounding node; to disable set `keepScalar` to
       * `true` (collections are always returned intact).
       */
      getIn(path, keepScalar) {
        const [key, ...rest] = path;
        const node = this.get(key, true);
        if (rest.length === 0)
          return !keepScalar && identity.isScalar(node) ? node.value : node;
        else
          return identity.isCollection(node) ? node.getIn(rest, keepScalar) : void 0;
      }
      hasAllNullValues(allowScalar) {
        return this.items.every((node) => {
          if (!identity.isPair(node))
            return false;
          const n = node.value;
          return n == null || allowScalar && identity.isScalar(n) && n.value == null && !n.commentBefore && !n.comment && !n.tag;
        });
      }
      /**
       * Checks if the collection includes a value with the key `key`.
       */
      hasIn(path) {
        const [key, ...rest] = path;
        if (rest.length === 0)
          return this.has(key);
        const node = this.get(key, true);
        return identity.isCollection(node) ? node.hasIn(rest) : false;
      }
      /**
       * Sets a value in this collection. For `!!set`, `value` needs to be a
       * boolean to add/remove the item from the set.
       */
      setIn(path, value) {
        const [key, ...rest] = path;
        if (rest.length === 0) {
          this.set(key, value);
        } else {
          const node = this.get(key, true);
          if (identity.isCollection(node))
            node.setIn(rest, value);
          else if (node === void 0 && this.schema)
            this.set(key, collectionFromPath(this.schema, rest, value));
          else
            throw new Error(`Expected YAML collection at ${key}. Remaining path: ${rest}`);
        }
      }
    };
    exports.Collection = Collection;
    exports.collectionFromPath = collectionFromPath;
    exports.isEmptyPath = isEmptyPath;
  }
});

// node_modules/yaml/dist/stringify/stringifyComment.js
var require_stringifyComment = __commonJS({
  "node_modules/yaml/dist/stringify/stringifyComment.js"(exports) {
    "use strict";
    var stringifyComment = (str) => str.replace(/^(?!$)(?: $)?/gm, "#");
    function indentComment(comment, indent) {
      if (/^\n+$/.test(comment))
        return comment.substring(1);
      return indent ? comment.replace(/^(?! *$)/gm, indent) : comment;
    }
    var lineComment = (str, indent, comment) => str.endsWith("\n") ? indentComment(comment, indent) : comment.includes("\n") ? "\n" + indentComment(comment, indent) : (str.endsWith(" ") ? "" : " ") + comment;
    exports.indentComment = indentComment;
    exports.lineComment = lineComment;
    exports.stringifyComment = stringifyComment;
  }
});

// node_modules/yaml/dist/stringify/foldFlowLines.js
var require_foldFlowLines = __commonJS({
  "node_modules/yaml/dist/stringify/foldFlowLines.js"(exports) {
    "use strict";
    var FOLD_FLOW = "flow";
    var FOLD_BLOCK = "block";
    var FOLD_QUOTED = "quoted";
    function foldFlowLines(text2, indent, mode = "flow", { indentAtStart, lineWidth = 80, minContentWidth = 20, onFold, onOverflow } = {}) {
      if (!lineWidth || lineWidth < 0)
        return text2;
      if (lineWidth < minContentWidth)
        minContentWidth = 0;
      const endStep = Math.max(1 + minContentWidth, 1 + lineWidth - indent.length);
      if (text2.length <= endStep)
        return text2;
      const folds = [];
      const escapedFolds = {};
      let end = lineWidth - indent.length;
      if (typeof indentAtStart === "number") {
        if (indentAtStart > lineWidth - Math.max(2, minContentWidth))
          folds.push(0);
        else
          end = lineWidth - indentAtStart;
      }
      let split2 = void 0;
      let prev = void 0;
      let overflow = false;
      let i = -1;
      let escStart = -1;
      let escEnd = -1;
      if (mode === FOLD_BLOCK) {
        i = consumeMoreIndentedLines(text2, i, indent.length);
        if (i !== -1)
          end = i + endStep;
      }
      for (let ch; ch = text2[i += 1]; ) {
        if (mode === FOLD_QUOTED && ch === "\\") {
          escStart = i;
          switch (text2[i + 1]) {
            case "x":
              i += 3;
              break;
            case "u":
              i += 5;
              break;
            case "U":
              i += 9;
              break;
            default:
              i += 1;
          }
          escEnd = i;
        }
        if (ch === "\n") {
          if (mode === FOLD_BLOCK)
            i = consumeMoreIndentedLines(text2, i, indent.length);
          end = i + indent.length + endStep;
          split2 = void 0;
        } else {
          if (ch === " " && prev && prev !== " " && prev !== "\n" && prev !== "	") {
            const next = text2[i + 1];
            if (next && next !== " " && next !== "\n" && next !== "	")
              split2 = i;
          }
          if (i >= end) {
            if (split2) {
              folds.push(split2);
              end = split2 + endStep;
              split2 = void 0;
            } else if (mode === FOLD_QUOTED) {
              while (prev === " " || prev === "	") {
                prev = ch;
                ch = text2[i += 1];
                overflow = true;
              }
              const j = i > escEnd + 1 ? i - 2 : escStart - 1;
              if (escapedFolds[j])
                return text2;
              folds.push(j);
              escapedFolds[j] = true;
              end = j + endStep;
              split2 = void 0;
            } else {
              overflow = true;
            }
          }
        }
        prev = ch;
      }
      if (overflow && onOverflow)
        onOverflow();
      if (folds.length === 0)
        return text2;
      if (onFold)
        onFold();
      let res = text2.slice(0, folds[0]);
      for (let i2 = 0; i2 < folds.length; ++i2) {
        const fold2 = folds[i2];
        const end2 = folds[i2 + 1] || text2.length;
        if (fold2 === 0)
          res = `
${indent}${text2.slice(0, end2)}`;
        else {
          if (mode === FOLD_QUOTED && escapedFolds[fold2])
            res += `${text2[fold2]}\\`;
          res += `
${indent}${text2.slice(fold2 + 1, end2)}`;
        }
      }
      return res;
    }
    function consumeMoreIndentedLines(text2, i, indent) {
      let end = i;
      let start = i + 1;
      let ch = text2[start];
      while (ch === " " || ch === "	") {
        if (i < start + indent) {
          ch = text2[++i];
        } else {
          do {
            ch = text2[++i];
          } while (ch && ch !== "\n");
          end = i;
          start = i + 1;
          ch = text2[start];
        }
      }
      return end;
    }
    exports.FOLD_BLOCK = FOLD_BLOCK;
    exports.FOLD_FLOW = FOLD_FLOW;
    exports.FOLD_QUOTED = FOLD_QUOTED;
    exports.foldFlowLines = foldFlowLines;
  }
});

// node_modules/yaml/dist/stringify/stringifyString.js
var require_stringifyString = __commonJS({
  "node_modules/yaml/dist/stringify/stringifyString.js"(exports) {
    "use strict";
    var Scalar2 = require_Scalar();
    var foldFlowLines = require_foldFlowLines();
    var getFoldOptions = (ctx, isBlock) => ({
      indentAtStart: isBlock ? ctx.indent.length : ctx.indentAtStart,
      lineWidth: ctx.options.lineWidth,
      minContentWidth: ctx.options.minContentWidth
    });
    var containsDocumentMarker = (str) => /^(%|---|\.\.\.)/m.test(str);
    function lineLengthOverLimit(str, lineWidth, indentLength) {
      if (!lineWidth || lineWidth < 0)
        return false;
      const limit3 = lineWidth - indentLength;
      const strLen = str.length;
      if (strLen <= limit3)
        return false;
      for (let i = 0, start = 0; i < strLen; ++i) {
        if (str[i] === "\n") {
          if (i - start > limit3)
            return true;
          start = i + 1;
          if (strLen - start <= limit3)
            return false;
        }
      }
      return true;
    }
    function doubleQuotedString(value, ctx) {
      const json2 = JSON.stringify(value);
      if (ctx.options.doubleQuotedAsJSON)
        return json2;
      const { implicitKey } = ctx;
      const minMultiLineLength = ctx.options.doubleQuotedMinMultiLineLength;
      const indent = ctx.indent || (containsDocumentMarker(value) ? "  " : "");
      let str = "";
      let start = 0;
      for (let i = 0, ch = json2[i]; ch; ch = json2[++i]) {
        if (ch === " " && json2[i + 1] === "\\" && json2[i + 2] === "n") {
          str += json2.slice(start, i) + "\\ ";
          i += 1;
          start = i;
          ch = "\\";
        }
        if (ch === "\\")
          switch (json2[i + 1]) {
            case "u":
              {
                str += json2.slice(start, i);
                const code2 = json2.substr(i + 2, 4);
                switch (code2) {
                  case "0000":
                    str += "\\0";
                    break;
                  case "0007":
                    str += "\\a";
                    break;
                  case "000b":
                    str += "\\v";
                    break;
                  case "001b":
                    str += "\\e";
                    break;
                  case "0085":
                    str += "\\N";
                    break;
                  case "00a0":
                    str += "\\_";
                    break;
                  case "2028":
                    str += "\\L";
                    break;
                  case "2029":
                    str += "\\P";
                    break;
                  default:
                    if (code2.substr(0, 2) === "00")
                      str += "\\x" + code2.substr(2);
                    else
                      str += json2.substr(i, 6);
                }
                i += 5;
                start = i + 1;
              }
              break;
            case "n":
              if (implicitKey || json2[i + 2] === '"' || json2.length < minMultiLineLength) {
                i += 1;
              } else {
                str += json2.slice(start, i) + "\n\n";
                while (json2[i + 2] === "\\" && json2[i + 3] === "n" && json2[i + 4] !== '"') {
                  str += "\n";
                  i += 2;
                }
                str += indent;
                if (json2[i + 2] === " ")
                  str += "\\";
                i += 1;
                start = i + 1;
              }
              break;
            default:
              i += 1;
          }
      }
      str = start ? str + json2.slice(start) : json2;
      return implicitKey ? str : foldFlowLines.foldFlowLines(str, indent, foldFlowLines.FOLD_QUOTED, getFoldOptions(ctx, false));
    }
    function singleQuotedString(value, ctx) {
      if (ctx.options.singleQuote === false || ctx.implicitKey && value.includes("\n") || /[ \t]\n|\n[ \t]/.test(value))
        return doubleQuotedString(value, ctx);
      const indent = ctx.indent || (containsDocumentMarker(value) ? "  " : "");
      const res = "'" + value.replace(/'/g, "''").replace(/\n+/g, `$&
${indent}`) + "'";
      return ctx.implicitKey ? res : foldFlowLines.foldFlowLines(res, indent, foldFlowLines.FOLD_FLOW, getFoldOptions(ctx, false));
    }
    function quotedString(value, ctx) {
      const { singleQuote } = ctx.options;
      let qs;
      if (singleQuote === false)
        qs = doubleQuotedString;
      else {
        const hasDouble = value.includes('"');
        const hasSingle = value.includes("'");
        if (hasDouble && !hasSingle)
          qs = singleQuotedString;
        else if (hasSingle && !hasDouble)
          qs = doubleQuotedString;
        else
          qs = singleQuote ? singleQuotedString : doubleQuotedString;
      }
      return qs(value, ctx);
    }
    var blockEndNewlines;
    try {
      blockEndNewlines = new RegExp("(^|(?<!\n))\n+(?!\n|$)", "g");
    } catch {
      blockEndNewlines = /\n+(?!\n|$)/g;
    }
    function blockString({ comment, type: type2, value }, ctx, onComment, onChompKeep) {
      const { blockQuote, commentString, lineWidth } = ctx.options;
      if (!blockQuote || /\n[\t ]+$/.test(value)) {
        return quotedString(value, ctx);
      }
      const indent = ctx.indent || (ctx.forceBlockIndent || containsDocumentMarker(value) ? "  " : "");
      const literal = blockQuote === "literal" ? true : blockQuote === "folded" || type2 === Scalar2.Scalar.BLOCK_FOLDED ? false : type2 === Scalar2.Scalar.BLOCK_LITERAL ? true : !lineLengthOverLimit(value, lineWidth, indent.length);
      if (!value)
        return literal ? "|\n" : ">\n";
      let chomp;
      let endStart;
      for (endStart = value.length; endStart > 0; --endStart) {
        const ch = value[endStart - 1];
        if (ch !== "\n" && ch !== "	" && ch !== " ")
          break;
      }
      let end = value.substring(endStart);
      const endNlPos = end.indexOf("\n");
      if (endNlPos === -1) {
        chomp = "-";
      } else if (value === end || endNlPos !== end.length - 1) {
        chomp = "+";
        if (onChompKeep)
          onChompKeep();
      } else {
        chomp = "";
      }
      if (end) {
        value = value.slice(0, -end.length);
        if (end[end.length - 1] === "\n")
          end = end.slice(0, -1);
        end = end.replace(blockEndNewlines, `$&${indent}`);
      }
      let startWithSpace = false;
      let startEnd;
      let startNlPos = -1;
      for (startEnd = 0; startEnd < value.length; ++startEnd) {
        const ch = value[startEnd];
        if (ch === " ")
          startWithSpace = true;
        else if (ch === "\n")
          startNlPos = startEnd;
        else
          break;
      }
      let start = value.substring(0, startNlPos < startEnd ? startNlPos + 1 : startEnd);
      if (start) {
        value = value.substring(start.length);
        start = start.replace(/\n+/g, `$&${indent}`);
      }
      const indentSize = indent ? "2" : "1";
      let header = (startWithSpace ? indentSize : "") + chomp;
      if (comment) {
        header += " " + commentString(comment.replace(/ ?[\r\n]+/g, " "));
        if (onComment)
          onComment();
      }
      if (!literal) {
        const foldedValue = value.replace(/\n+/g, "\n$&").replace(/(?:^|\n)([\t ].*)(?:([\n\t ]*)\n(?![\n\t ]))?/g, "$1$2").replace(/\n+/g, `$&${indent}`);
        let literalFallback = false;
        const foldOptions = getFoldOptions(ctx, true);
        if (blockQuote !== "folded" && type2 !== Scalar2.Scalar.BLOCK_FOLDED) {
          foldOptions.onOverflow = () => {
            literalFallback = true;
          };
        }
        const body = foldFlowLines.foldFlowLines(`${start}${foldedValue}${end}`, indent, foldFlowLines.FOLD_BLOCK, foldOptions);
        if (!literalFallback)
          return `>${header}
${indent}${body}`;
      }
      value = value.replace(/\n+/g, `$&${indent}`);
      return `|${header}
${indent}${start}${value}${end}`;
    }
    function plainString(item, ctx, onComment, onChompKeep) {
      const { type: type2, value } = item;
      const { actualString, implicitKey, indent, indentStep, inFlow } = ctx;
      if (implicitKey && value.includes("\n") || inFlow && /[[\]{},]/.test(value)) {
        return quotedString(value, ctx);
      }
      if (/^[\n\t ,[\]{}#&*!|>'"%@`]|^[?-]$|^[?-][ \t]|[\n:][ \t]|[ \t]\n|[\n\t ]#|[\n\t :]$/.test(value)) {
        return implicitKey || inFlow || !value.includes("\n") ? quotedString(value, ctx) : blockString(item, ctx, onComment, onChompKeep);
      }
      if (!implicitKey && !inFlow && type2 !== Scalar2.Scalar.PLAIN && value.includes("\n")) {
        return blockString(item, ctx, onComment, onChompKeep);
      }
      if (containsDocumentMarker(value)) {
        if (indent === "") {
          ctx.forceBlockIndent = true;
          return blockString(item, ctx, onComment, onChompKeep);
        } else if (implicitKey && indent === indentStep) {
          return quotedString(value, ctx);
        }
      }
      const str = value.replace(/\n+/g, `$&
${indent}`);
      if (actualString) {
        const test = (tag) => tag.default && tag.tag !== "tag:yaml.org,2002:str" && tag.test?.test(str);
        const { compat, tags: tags2 } = ctx.doc.schema;
        if (tags2.some(test) || compat?.some(test))
          return quotedString(value, ctx);
      }
      return implicitKey ? str : foldFlowLines.foldFlowLines(str, indent, foldFlowLines.FOLD_FLOW, getFoldOptions(ctx, false));
    }
    function stringifyString(item, ctx, onComment, onChompKeep) {
      const { implicitKey, inFlow } = ctx;
      const ss = typeof item.value === "string" ? item : Object.assign({}, item, { value: String(item.value) });
      let { type: type2 } = item;
      if (type2 !== Scalar2.Scalar.QUOTE_DOUBLE) {
        if (/[\x00-\x08\x0b-\x1f\x7f-\x9f\u{D800}-\u{DFFF}]/u.test(ss.value))
          type2 = Scalar2.Scalar.QUOTE_DOUBLE;
      }
      const _stringify = (_type) => {
        switch (_type) {
          case Scalar2.Scalar.BLOCK_FOLDED:
          case Scalar2.Scalar.BLOCK_LITERAL:
            return implicitKey || inFlow ? quotedString(ss.value, ctx) : blockString(ss, ctx, onComment, onChompKeep);
          case Scalar2.Scalar.QUOTE_DOUBLE:
            return doubleQuotedString(ss.value, ctx);
          case Scalar2.Scalar.QUOTE_SINGLE:
            return singleQuotedString(ss.value, ctx);
          case Scalar2.Scalar.PLAIN:
            return plainString(ss, ctx, onComment, onChompKeep);
          default:
            return null;
        }
      };
      let res = _stringify(type2);
      if (res === null) {
        const { defaultKeyType, defaultStringType } = ctx.options;
        const t = implicitKey && defaultKeyType || defaultStringType;
        res = _stringify(t);
        if (res === null)
          throw new Error(`Unsupported default string type ${t}`);
      }
      return res;
    }
    exports.stringifyString = stringifyString;
  }
});

// node_modules/yaml/dist/stringify/stringify.js
var require_stringify = __commonJS({
  "node_modules/yaml/dist/stringify/stringify.js"(exports) {
    "use strict";
    var anchors = require_anchors();
    var identity = require_identity();
    var stringifyComment = require_stringifyComment();
    var stringifyString = require_stringifyString();
    function createStringifyContext(doc, options) {
      const opt = Object.assign({
        blockQuote: true,
        commentString: stringifyComment.stringifyComment,
        defaultKeyType: null,
        defaultStringType: "PLAIN",
        directives: null,
        doubleQuotedAsJSON: false,
        doubleQuotedMinMultiLineLength: 40,
        falseStr: "false",
        flowCollectionPadding: true,
        indentSeq: true,
        lineWidth: 80,
        minContentWidth: 20,
        nullStr: "null",
        simpleKeys: false,
        singleQuote: null,
        trailingComma: false,
        trueStr: "true",
        verifyAliasOrder: true
      }, doc.schema.toStringOptions, options);
      let inFlow;
      switch (opt.collectionStyle) {
        case "block":
          inFlow = false;
          break;
        case "flow":
          inFlow = true;
          break;
        default:
          inFlow = null;
      }
      return {
        anchors: /* @__PURE__ */ new Set(),
        doc,
        flowCollectionPadding: opt.flowCollectionPadding ? " " : "",
        indent: "",
        indentStep: typeof opt.indent === "number" ? " ".repeat(opt.indent) : "  ",
        inFlow,
        options: opt
      };
    }
    function getTagObject(tags2, item) {
      if (item.tag) {
        const match = tags2.filter((t) => t.tag === item.tag);
        if (match.length > 0)
          return match.find((t) => t.format === item.format) ?? match[0];
      }
      let tagObj = void 0;
      let obj;
      if (identity.isScalar(item)) {
        obj = item.value;
        let match = tags2.filter((t) => t.identify?.(obj));
        if (match.length > 1) {
          const testMatch = match.filter((t) => t.test);
          if (testMatch.length > 0)
            match = testMatch;
        }
        tagObj = match.find((t) => t.format === item.format) ?? match.find((t) => !t.format);
      } else {
        obj = item;
        tagObj = tags2.find((t) => t.nodeClass && obj instanceof t.nodeClass);
      }
      if (!tagObj) {
        const name = obj?.constructor?.name ?? (obj === null ? "null" : typeof obj);
        throw new Error(`Tag not resolved for ${name} value`);
      }
      return tagObj;
    }
    function stringifyProps(node, tagObj, { anchors: anchors$1, doc }) {
      if (!doc.directives)
        return "";
      const props = [];
      const anchor = (identity.isScalar(node) || identity.isCollection(node)) && node.anchor;
      if (anchor && anchors.anchorIsValid(anchor)) {
        anchors$1.add(anchor);
        props.push(`&${anchor}`);
      }
      const tag = node.tag ?? (tagObj.default ? null : tagObj.tag);
      if (tag)
        props.push(doc.directives.tagString(tag));
      return props.join(" ");
    }
    function stringify2(item, ctx, onComment, onChompKeep) {
      if (identity.isPair(item))
        return item.toString(ctx, onComment, onChompKeep);
      if (identity.isAlias(item)) {
        if (ctx.doc.directives)
          return item.toString(ctx);
        if (ctx.resolvedAliases?.has(item)) {
          throw new TypeError(`Cannot stringify circular structure without alias nodes`);
        } else {
          if (ctx.resolvedAliases)
            ctx.resolvedAliases.add(item);
          else
            ctx.resolvedAliases = /* @__PURE__ */ new Set([item]);
          item = item.resolve(ctx.doc);
        }
      }
      let tagObj = void 0;
      const node = identity.isNode(item) ? item : ctx.doc.createNode(item, { onTagObj: (o) => tagObj = o });
      tagObj ?? (tagObj = getTagObject(ctx.doc.schema.tags, node));
      const props = stringifyProps(node, tagObj, ctx);
      if (props.length > 0)
        ctx.indentAtStart = (ctx.indentAtStart ?? 0) + props.length + 1;
      const str = typeof tagObj.stringify === "function" ? tagObj.stringify(node, ctx, onComment, onChompKeep) : identity.isScalar(node) ? stringifyString.stringifyString(node, ctx, onComment, onChompKeep) : node.toString(ctx, onComment, onChompKeep);
      if (!props)
        return str;
      return identity.isScalar(node) || str[0] === "{" || str[0] === "[" ? `${props} ${str}` : `${props}
${ctx.indent}${str}`;
    }
    exports.createStringifyContext = createStringifyContext;
    exports.stringify = stringify2;
  }
});

// node_modules/yaml/dist/stringify/stringifyPair.js
var require_stringifyPair = __commonJS({
  "node_modules/yaml/dist/stringify/stringifyPair.js"(exports) {
    "use strict";
    var identity = require_identity();
    var Scalar2 = require_Scalar();
    var stringify2 = require_stringify();
    var stringifyComment = require_stringifyComment();
    function stringifyPair({ key, value }, ctx, onComment, onChompKeep) {
      const { allNullValues, doc, indent, indentStep, options: { commentString, indentSeq, simpleKeys } } = ctx;
      let keyComment = identity.isNode(key) && key.comment || null;
      if (simpleKeys) {
        if (keyComment) {
          throw new Error("With simple keys, key nodes cannot have comments");
        }
        if (identity.isCollection(key) || !identity.isNode(key) && typeof key === "object") {
          const msg = "With simple keys, collection cannot be used as a key value";
          throw new Error(msg);
        }
      }
      let explicitKey = !simpleKeys && (!key || keyComment && value == null && !ctx.inFlow || identity.isCollection(key) || (identity.isScalar(key) ? key.type === Scalar2.Scalar.BLOCK_FOLDED || key.type === Scalar2.Scalar.BLOCK_LITERAL : typeof key === "object"));
      ctx = Object.assign({}, ctx, {
        allNullValues: false,
        implicitKey: !explicitKey && (simpleKeys || !allNullValues),
        indent: indent + indentStep
      });
      let keyCommentDone = false;
      let chompKeep = false;
      let str = stringify2.stringify(key, ctx, () => keyCommentDone = true, () => chompKeep = true);
      if (!explicitKey && !ctx.inFlow && str.length > 1024) {
        if (simpleKeys)
          throw new Error("With simple keys, single line scalar must not span more than 1024 characters");
        explicitKey = true;
      }
      if (ctx.inFlow) {
        if (allNullValues || value == null) {
          if (keyCommentDone && onComment)
            onComment();
          return str === "" ? "?" : explicitKey ? `? ${str}` : str;
        }
      } else if (allNullValues && !simpleKeys || value == null && explicitKey) {
        str = `? ${str}`;
        if (keyComment && !keyCommentDone) {
          str += stringifyComment.lineComment(str, ctx.indent, commentString(keyComment));
        } else if (chompKeep && onChompKeep)
          onChompKeep();
        return str;
      }
      if (keyCommentDone)
        keyComment = null;
      if (explicitKey) {
        if (keyComment)
          str += stringifyComment.lineComment(str, ctx.indent, commentString(keyComment));
        str = `? ${str}
${indent}:`;
      } else {
        str = `${str}:`;
        if (keyComment)
          str += stringifyComment.lineComment(str, ctx.indent, commentString(keyComment));
      }
      let vsb, vcb, valueComment;
      if (identity.isNode(value)) {
        vsb = !!value.spaceBefore;
        vcb = value.commentBefore;
        valueComment = value.comment;
      } else {
        vsb = false;
        vcb = null;
        valueComment = null;
        if (value && typeof value === "object")
          value = doc.createNode(value);
      }
      ctx.implicitKey = false;
      if (!explicitKey && !keyComment && identity.isScalar(value))
        ctx.indentAtStart = str.length + 1;
      chompKeep = false;
      if (!indentSeq && indentStep.length >= 2 && !ctx.inFlow && !explicitKey && identity.isSeq(value) && !value.flow && !value.tag && !value.anchor) {
        ctx.indent = ctx.indent.substring(2);
      }
      let valueCommentDone = false;
      const valueStr = stringify2.stringify(value, ctx, () => valueCommentDone = true, () => chompKeep = true);
      let ws = " ";
      if (keyComment || vsb || vcb) {
        ws = vsb ? "\n" : "";
        if (vcb) {
          const cs = commentString(vcb);
          ws += `
${stringifyComment.indentComment(cs, ctx.indent)}`;
        }
        if (valueStr === "" && !ctx.inFlow) {
          if (ws === "\n" && valueComment)
            ws = "\n\n";
        } else {
          ws += `
${ctx.indent}`;
        }
      } else if (!explicitKey && identity.isCollection(value)) {
        const vs0 = valueStr[0];
        const nl0 = valueStr.indexOf("\n");
        const hasNewline = nl0 !== -1;
        const flow = ctx.inFlow ?? value.flow ?? value.items.length === 0;
        if (hasNewline || !flow) {
          let hasPropsLine = false;
          if (hasNewline && (vs0 === "&" || vs0 === "!")) {
            let sp0 = valueStr.indexOf(" ");
            if (vs0 === "&" && sp0 !== -1 && sp0 < nl0 && valueStr[sp0 + 1] === "!") {
              sp0 = valueStr.indexOf(" ", sp0 + 1);
            }
            if (sp0 === -1 || nl0 < sp0)
              hasPropsLine = true;
          }
          if (!hasPropsLine)
            ws = `
${ctx.indent}`;
        }
      } else if (valueStr === "" || valueStr[0] === "\n") {
        ws = "";
      }
      str += ws + valueStr;
      if (ctx.inFlow) {
        if (valueCommentDone && onComment)
          onComment();
      } else if (valueComment && !valueCommentDone) {
        str += stringifyComment.lineComment(str, ctx.indent, commentString(valueComment));
      } else if (chompKeep && onChompKeep) {
        onChompKeep();
      }
      return str;
    }
    exports.stringifyPair = stringifyPair;
  }
});

// node_modules/yaml/dist/log.js
var require_log = __commonJS({
  "node_modules/yaml/dist/log.js"(exports) {
    "use strict";
    var node_process = __require("process");
    function debug(logLevel, ...messages2) {
      if (logLevel === "debug")
        console.log(...messages2);
    }
    function warn(logLevel, warning) {
      if (logLevel === "debug" || logLevel === "warn") {
        if (typeof node_process.emitWarning === "function")
          node_process.emitWarning(warning);
        else
          console.warn(warning);
      }
    }
    exports.debug = debug;
    exports.warn = warn;
  }
});

// node_modules/yaml/dist/schema/yaml-1.1/merge.js
var require_merge = __commonJS({
  "node_modules/yaml/dist/schema/yaml-1.1/merge.js"(exports) {
    "use strict";
    var identity = require_identity();
    var Scalar2 = require_Scalar();
    var MERGE_KEY = "<<";
    var merge = {
      identify: (value) => value === MERGE_KEY || typeof value === "symbol" && value.description === MERGE_KEY,
      default: "key",
      tag: "tag:yaml.org,2002:merge",
      test: /^<<$/,
      resolve: () => Object.assign(new Scalar2.Scalar(Symbol(MERGE_KEY)), {
        addToJSMap: addMergeToJSMap
      }),
      stringify: () => MERGE_KEY
    };
    var isMergeKey = (ctx, key) => (merge.identify(key) || identity.isScalar(key) && (!key.type || key.type === Scalar2.Scalar.PLAIN) && merge.identify(key.value)) && ctx?.doc.schema.tags.some((tag) => tag.tag === merge.tag && tag.default);
    function addMergeToJSMap(ctx, map2, value) {
      const source = resolveAliasValue(ctx, value);
      if (identity.isSeq(source))
        for (const it of source.items)
          mergeValue(ctx, map2, it);
      else if (Array.isArray(source))
        for (const it of source)
          mergeValue(ctx, map2, it);
      else
        mergeValue(ctx, map2, source);
    }
    function mergeValue(ctx, map2, value) {
      const source = resolveAliasValue(ctx, value);
      if (!identity.isMap(source))
        throw new Error("Merge sources must be maps or map aliases");
      const srcMap = source.toJSON(null, ctx, Map);
      for (const [key, value2] of srcMap) {
        if (map2 instanceof Map) {
          if (!map2.has(key))
            map2.set(key, value2);
        } else if (map2 instanceof Set) {
          map2.add(key);
        } else if (!Object.prototype.hasOwnProperty.call(map2, key)) {
          Object.defineProperty(map2, key, {
            value: value2,
            writable: true,
            enumerable: true,
            configurable: true
          });
        }
      }
      return map2;
    }
    function resolveAliasValue(ctx, value) {
      return ctx && identity.isAlias(value) ? value.resolve(ctx.doc, ctx) : value;
    }
    exports.addMergeToJSMap = addMergeToJSMap;
    exports.isMergeKey = isMergeKey;
    exports.merge = merge;
  }
});

// node_modules/yaml/dist/nodes/addPairToJSMap.js
var require_addPairToJSMap = __commonJS({
  "node_modules/yaml/dist/nodes/addPairToJSMap.js"(exports) {
    "use strict";
    var log = require_log();
    var merge = require_merge();
    var stringify2 = require_stringify();
    var identity = require_identity();
    var toJS = require_toJS();
    function addPairToJSMap(ctx, map2, { key, value }) {
      if (identity.isNode(key) && key.addToJSMap)
        key.addToJSMap(ctx, map2, value);
      else if (merge.isMergeKey(ctx, key))
        merge.addMergeToJSMap(ctx, map2, value);
      else {
        const jsKey = toJS.toJS(key, "", ctx);
        if (map2 instanceof Map) {
          map2.set(jsKey, toJS.toJS(value, jsKey, ctx));
        } else if (map2 instanceof Set) {
          map2.add(jsKey);
        } else {
          const stringKey = stringifyKey(key, jsKey, ctx);
          const jsValue = toJS.toJS(value, stringKey, ctx);
          if (stringKey in map2)
            Object.defineProperty(map2, stringKey, {
              value: jsValue,
              writable: true,
              enumerable: true,
              configurable: true
            });
          else
            map2[stringKey] = jsValue;
        }
      }
      return map2;
    }
    function stringifyKey(key, jsKey, ctx) {
      if (jsKey === null)
        return "";
      if (typeof jsKey !== "object")
        return String(jsKey);
      if (identity.isNode(key) && ctx?.doc) {
        const strCtx = stringify2.createStringifyContext(ctx.doc, {});
        strCtx.anchors = /* @__PURE__ */ new Set();
        for (const node of ctx.anchors.keys())
          strCtx.anchors.add(node.anchor);
        strCtx.inFlow = true;
        strCtx.inStringifyKey = true;
        const strKey = key.toString(strCtx);
        if (!ctx.mapKeyWarned) {
          let jsonStr = JSON.stringify(strKey);
          if (jsonStr.length > 40)
            jsonStr = jsonStr.substring(0, 36) + '..."';
          log.warn(ctx.doc.options.logLevel, `Keys with collection values will be stringified due to JS Object restrictions: ${jsonStr}. Set mapAsMap: true to use object keys.`);
          ctx.mapKeyWarned = true;
        }
        return strKey;
      }
      return JSON.stringify(jsKey);
    }
    exports.addPairToJSMap = addPairToJSMap;
  }
});

// node_modules/yaml/dist/nodes/Pair.js
var require_Pair = __commonJS({
  "node_modules/yaml/dist/nodes/Pair.js"(exports) {
    "use strict";
    var createNode = require_createNode();
    var stringifyPair = require_stringifyPair();
    var addPairToJSMap = require_addPairToJSMap();
    var identity = require_identity();
    function createPair(key, value, ctx) {
      const k = createNode.createNode(key, void 0, ctx);
      const v = createNode.createNode(value, void 0, ctx);
      return new Pair(k, v);
    }
    var Pair = class _Pair {
      constructor(key, value = null) {
        Object.defineProperty(this, identity.NODE_TYPE, { value: identity.PAIR });
        this.key = key;
        this.value = value;
      }
      clone(schema) {
        let { key, value } = this;
        if (identity.isNode(key))
          key = key.clone(schema);
        if (identity.isNode(value))
          value = value.clone(schema);
        return new _Pair(key, value);
      }
      toJSON(_, ctx) {
        const pair = ctx?.mapAsMap ? /* @__PURE__ */ new Map() : {};
        return addPairToJSMap.addPairToJSMap(ctx, pair, this);
      }
      toString(ctx, onComment, onChompKeep) {
        return ctx?.doc ? stringifyPair.stringifyPair(this, ctx, onComment, onChompKeep) : JSON.stringify(this);
      }
    };
    exports.Pair = Pair;
    exports.createPair = createPair;
  }
});

// node_modules/yaml/dist/stringify/stringifyCollection.js
var require_stringifyCollection = __commonJS({
  "node_modules/yaml/dist/stringify/stringifyCollection.js"(exports) {
    "use strict";
    var identity = require_identity();
    var stringify2 = require_stringify();
    var stringifyComment = require_stringifyComment();
    function stringifyCollection(collection, ctx, options) {
      const flow = ctx.inFlow ?? collection.flow;
      const stringify3 = flow ? stringifyFlowCollection : stringifyBlockCollection;
      return stringify3(collection, ctx, options);
    }
    function stringifyBlockCollection({ comment, items }, ctx, { blockItemPrefix, flowChars, itemIndent, onChompKeep, onComment }) {
      const { indent, options: { commentString } } = ctx;
      const itemCtx = Object.assign({}, ctx, { indent: itemIndent, type: null });
      let chompKeep = false;
      const lines2 = [];
      for (let i = 0; i < items.length; ++i) {
        const item = items[i];
        let comment2 = null;
        if (identity.isNode(item)) {
          if (!chompKeep && item.spaceBefore)
            lines2.push("");
          addCommentBefore(ctx, lines2, item.commentBefore, chompKeep);
          if (item.comment)
            comment2 = item.comment;
        } else if (identity.isPair(item)) {
          const ik = identity.isNode(item.key) ? item.key : null;
          if (ik) {
            if (!chompKeep && ik.spaceBefore)
              lines2.push("");
            addCommentBefore(ctx, lines2, ik.commentBefore, chompKeep);
          }
        }
        chompKeep = false;
        let str2 = stringify2.stringify(item, itemCtx, () => comment2 = null, () => chompKeep = true);
        if (comment2)
          str2 += stringifyComment.lineComment(str2, itemIndent, commentString(comment2));
        if (chompKeep && comment2)
          chompKeep = false;
        lines2.push(blockItemPrefix + str2);
      }
      let str;
      if (lines2.length === 0) {
        str = flowChars.start + flowChars.end;
      } else {
        str = lines2[0];
        for (let i = 1; i < lines2.length; ++i) {
          const line = lines2[i];
          str += line ? `
${indent}${line}` : "\n";
        }
      }
      if (comment) {
        str += "\n" + stringifyComment.indentComment(commentString(comment), indent);
        if (onComment)
          onComment();
      } else if (chompKeep && onChompKeep)
        onChompKeep();
      return str;
    }
    function stringifyFlowCollection({ items }, ctx, { flowChars, itemIndent }) {
      const { indent, indentStep, flowCollectionPadding: fcPadding, options: { commentString } } = ctx;
      itemIndent += indentStep;
      const itemCtx = Object.assign({}, ctx, {
        indent: itemIndent,
        inFlow: true,
        type: null
      });
      let reqNewline = false;
      let linesAtValue = 0;
      const lines2 = [];
      for (let i = 0; i < items.length; ++i) {
        const item = items[i];
        let comment = null;
        if (identity.isNode(item)) {
          if (item.spaceBefore)
            lines2.push("");
          addCommentBefore(ctx, lines2, item.commentBefore, false);
          if (item.comment)
            comment = item.comment;
        } else if (identity.isPair(item)) {
          const ik = identity.isNode(item.key) ? item.key : null;
          if (ik) {
            if (ik.spaceBefore)
              lines2.push("");
            addCommentBefore(ctx, lines2, ik.commentBefore, false);
            if (ik.comment)
              reqNewline = true;
          }
          const iv = identity.isNode(item.value) ? item.value : null;
          if (iv) {
            if (iv.comment)
              comment = iv.comment;
            if (iv.commentBefore)
              reqNewline = true;
          } else if (item.value == null && ik?.comment) {
            comment = ik.comment;
          }
        }
        if (comment)
          reqNewline = true;
        let str = stringify2.stringify(item, itemCtx, () => comment = null);
        reqNewline || (reqNewline = lines2.length > linesAtValue || str.includes("\n"));
        if (i < items.length - 1) {
          str += ",";
        } else if (ctx.options.trailingComma) {
          if (ctx.options.lineWidth > 0) {
            reqNewline || (reqNewline = lines2.reduce((sum3, line) => sum3 + line.length + 2, 2) + (str.length + 2) > ctx.options.lineWidth);
          }
          if (reqNewline) {
            str += ",";
          }
        }
        if (comment)
          str += stringifyComment.lineComment(str, itemIndent, commentString(comment));
        lines2.push(str);
        linesAtValue = lines2.length;
      }
      const { start, end } = flowChars;
      if (lines2.length === 0) {
        return start + end;
      } else {
        if (!reqNewline) {
          const len = lines2.reduce((sum3, line) => sum3 + line.length + 2, 2);
          reqNewline = ctx.options.lineWidth > 0 && len > ctx.options.lineWidth;
        }
        if (reqNewline) {
          let str = start;
          for (const line of lines2)
            str += line ? `
${indentStep}${indent}${line}` : "\n";
          return `${str}
${indent}${end}`;
        } else {
          return `${start}${fcPadding}${lines2.join(" ")}${fcPadding}${end}`;
        }
      }
    }
    function addCommentBefore({ indent, options: { commentString } }, lines2, comment, chompKeep) {
      if (comment && chompKeep)
        comment = comment.replace(/^\n+/, "");
      if (comment) {
        const ic = stringifyComment.indentComment(commentString(comment), indent);
        lines2.push(ic.trimStart());
      }
    }
    exports.stringifyCollection = stringifyCollection;
  }
});

// node_modules/yaml/dist/nodes/YAMLMap.js
var require_YAMLMap = __commonJS({
  "node_modules/yaml/dist/nodes/YAMLMap.js"(exports) {
    "use strict";
    var stringifyCollection = require_stringifyCollection();
    var addPairToJSMap = require_addPairToJSMap();
    var Collection = require_Collection();
    var identity = require_identity();
    var Pair = require_Pair();
    var Scalar2 = require_Scalar();
    function findPair(items, key) {
      const k = identity.isScalar(key) ? key.value : key;
      for (const it of items) {
        if (identity.isPair(it)) {
          if (it.key === key || it.key === k)
            return it;
          if (identity.isScalar(it.key) && it.key.value === k)
            return it;
        }
      }
      return void 0;
    }
    var YAMLMap = class extends Collection.Collection {
      static get tagName() {
        return "tag:yaml.org,2002:map";
      }
      constructor(schema) {
        super(identity.MAP, schema);
        this.items = [];
      }
      /**
       * A generic collection parsing method that can be extended
       * to other node classes that inherit from YAMLMap
       */
      static from(schema, obj, ctx) {
        const { keepUndefined, replacer } = ctx;
        const map2 = new this(schema);
        const add = (key, value) => {
          if (typeof replacer === "function")
            value = replacer.call(obj, key, value);
          else if (Array.isArray(replacer) && !replacer.includes(key))
            return;
          if (value !== void 0 || keepUndefined)
            map2.items.push(Pair.createPair(key, value, ctx));
        };
        if (obj instanceof Map) {
          for (const [key, value] of obj)
            add(key, value);
        } else if (obj && typeof obj === "object") {
          for (const key of Object.keys(obj))
            add(key, obj[key]);
        }
        if (typeof schema.sortMapEntries === "function") {
          map2.items.sort(schema.sortMapEntries);
        }
        return map2;
      }
      /**
       * Adds a value to the collection.
       *
       * @param overwrite - If not set `true`, using a key that is already in the
       *   collection will throw. Otherwise, overwrites the previous value.
       */
      add(pair, overwrite) {
        let _pair;
        if (identity.isPair(pair))
          _pair = pair;
        else if (!pair || typeof pair !== "object" || !("key" in pair)) {
          _pair = new Pair.Pair(pair, pair?.value);
        } else
          _pair = new Pair.Pair(pair.key, pair.value);
        const prev = findPair(this.items, _pair.key);
        const sortEntries = this.schema?.sortMapEntries;
        if (prev) {
          if (!overwrite)
            throw new Error(`Key ${_pair.key} already set`);
          if (identity.isScalar(prev.value) && Scalar2.isScalarValue(_pair.value))
            prev.value.value = _pair.value;
          else
            prev.value = _pair.value;
        } else if (sortEntries) {
          const i = this.items.findIndex((item) => sortEntries(_pair, item) < 0);
          if (i === -1)
            this.items.push(_pair);
          else
            this.items.splice(i, 0, _pair);
        } else {
          this.items.push(_pair);
        }
      }
      delete(key) {
        const it = findPair(this.items, key);
        if (!it)
          return false;
        const del = this.items.splice(this.items.indexOf(it), 1);
        return del.length > 0;
      }
      get(key, keepScalar) {
        const it = findPair(this.items, key);
        const node = it?.value;
        return (!keepScalar && identity.isScalar(node) ? node.value : node) ?? void 0;
      }
      has(key) {
        return !!findPair(this.items, key);
      }
      set(key, value) {
        this.add(new Pair.Pair(key, value), true);
      }
      /**
       * @param ctx - Conversion context, originally set in Document#toJS()
       * @param {Class} Type - If set, forces the returned collection type
       * @returns Instance of Type, Map, or Object
       */
      toJSON(_, ctx, Type) {
        const map2 = Type ? new Type() : ctx?.mapAsMap ? /* @__PURE__ */ new Map() : {};
        if (ctx?.onCreate)
          ctx.onCreate(map2);
        for (const item of this.items)
          addPairToJSMap.addPairToJSMap(ctx, map2, item);
        return map2;
      }
      toString(ctx, onComment, onChompKeep) {
        if (!ctx)
          return JSON.stringify(this);
        for (const item of this.items) {
          if (!identity.isPair(item))
            throw new Error(`Map items must all be pairs; found ${JSON.stringify(item)} instead`);
        }
        if (!ctx.allNullValues && this.hasAllNullValues(false))
          ctx = Object.assign({}, ctx, { allNullValues: true });
        return stringifyCollection.stringifyCollection(this, ctx, {
          blockItemPrefix: "",
          flowChars: { start: "{", end: "}" },
          itemIndent: ctx.indent || "",
          onChompKeep,
          onComment
        });
      }
    };
    exports.YAMLMap = YAMLMap;
    exports.findPair = findPair;
  }
});

// node_modules/yaml/dist/schema/common/map.js
var require_map = __commonJS({
  "node_modules/yaml/dist/schema/common/map.js"(exports) {
    "use strict";
    var identity = require_identity();
    var YAMLMap = require_YAMLMap();
    var map2 = {
      collection: "map",
      default: true,
      nodeClass: YAMLMap.YAMLMap,
      tag: "tag:yaml.org,2002:map",
      resolve(map3, onError) {
        if (!identity.isMap(map3))
          onError("Expected a mapping for this tag");
        return map3;
      },
      createNode: (schema, obj, ctx) => YAMLMap.YAMLMap.from(schema, obj, ctx)
    };
    exports.map = map2;
  }
});

// node_modules/yaml/dist/nodes/YAMLSeq.js
var require_YAMLSeq = __commonJS({
  "node_modules/yaml/dist/nodes/YAMLSeq.js"(exports) {
    "use strict";
    var createNode = require_createNode();
    var stringifyCollection = require_stringifyCollection();
    var Collection = require_Collection();
    var identity = require_identity();
    var Scalar2 = require_Scalar();
    var toJS = require_toJS();
    var YAMLSeq = class extends Collection.Collection {
      static get tagName() {
        return "tag:yaml.org,2002:seq";
      }
      constructor(schema) {
        super(identity.SEQ, schema);
        this.items = [];
      }
      add(value) {
        this.items.push(value);
      }
      /**
       * Removes a value from the collection.
       *
       * `key` must contain a representation of an integer for this to succeed.
       * It may be wrapped in a `Scalar`.
       *
       * @returns `true` if the item was found and removed.
       */
      delete(key) {
        const idx = asItemIndex(key);
        if (typeof idx !== "number")
          return false;
        const del = this.items.splice(idx, 1);
        return del.length > 0;
      }
      get(key, keepScalar) {
        const idx = asItemIndex(key);
        if (typeof idx !== "number")
          return void 0;
        const it = this.items[idx];
        return !keepScalar && identity.isScalar(it) ? it.value : it;
      }
      /**
       * Checks if the collection includes a value with the key `key`.
       *
       * `key` must contain a representation of an integer for this to succeed.
       * It may be wrapped in a `Scalar`.
       */
      has(key) {
        const idx = asItemIndex(key);
        return typeof idx === "number" && idx < this.items.length;
      }
      /**
       * Sets a value in this collection. For `!!set`, `value` needs to be a
       * boolean to add/remove the item from the set.
       *
       * If `key` does not contain a representation of an integer, this will throw.
       * It may be wrapped in a `Scalar`.
       */
      set(key, value) {
        const idx = asItemIndex(key);
        if (typeof idx !== "number")
          throw new Error(`Expected a valid index, not ${key}.`);
        const prev = this.items[idx];
        if (identity.isScalar(prev) && Scalar2.isScalarValue(value))
          prev.value = value;
        else
          this.items[idx] = value;
      }
      toJSON(_, ctx) {
        const seq = [];
        if (ctx?.onCreate)
          ctx.onCreate(seq);
        let i = 0;
        for (const item of this.items)
          seq.push(toJS.toJS(item, String(i++), ctx));
        return seq;
      }
      toString(ctx, onComment, onChompKeep) {
        if (!ctx)
          return JSON.stringify(this);
        return stringifyCollection.stringifyCollection(this, ctx, {
          blockItemPrefix: "- ",
          flowChars: { start: "[", end: "]" },
          itemIndent: (ctx.indent || "") + "  ",
          onChompKeep,
          onComment
        });
      }
      static from(schema, obj, ctx) {
        const { replacer } = ctx;
        const seq = new this(schema);
        if (obj && Symbol.iterator in Object(obj)) {
          let i = 0;
          for (let it of obj) {
            if (typeof replacer === "function") {
              const key = obj instanceof Set ? it : String(i++);
              it = replacer.call(obj, key, it);
            }
            seq.items.push(createNode.createNode(it, void 0, ctx));
          }
        }
        return seq;
      }
    };
    function asItemIndex(key) {
      let idx = identity.isScalar(key) ? key.value : key;
      if (idx && typeof idx === "string")
        idx = Number(idx);
      return typeof idx === "number" && Number.isInteger(idx) && idx >= 0 ? idx : null;
    }
    exports.YAMLSeq = YAMLSeq;
  }
});

// node_modules/yaml/dist/schema/common/seq.js
var require_seq = __commonJS({
  "node_modules/yaml/dist/schema/common/seq.js"(exports) {
    "use strict";
    var identity = require_identity();
    var YAMLSeq = require_YAMLSeq();
    var seq = {
      collection: "seq",
      default: true,
      nodeClass: YAMLSeq.YAMLSeq,
      tag: "tag:yaml.org,2002:seq",
      resolve(seq2, onError) {
        if (!identity.isSeq(seq2))
          onError("Expected a sequence for this tag");
        return seq2;
      },
      createNode: (schema, obj, ctx) => YAMLSeq.YAMLSeq.from(schema, obj, ctx)
    };
    exports.seq = seq;
  }
});

// node_modules/yaml/dist/schema/common/string.js
var require_string = __commonJS({
  "node_modules/yaml/dist/schema/common/string.js"(exports) {
    "use strict";
    var stringifyString = require_stringifyString();
    var string = {
      identify: (value) => typeof value === "string",
      default: true,
      tag: "tag:yaml.org,2002:str",
      resolve: (str) => str,
      stringify(item, ctx, onComment, onChompKeep) {
        ctx = Object.assign({ actualString: true }, ctx);
        return stringifyString.stringifyString(item, ctx, onComment, onChompKeep);
      }
    };
    exports.string = string;
  }
});

// node_modules/yaml/dist/schema/common/null.js
var require_null = __commonJS({
  "node_modules/yaml/dist/schema/common/null.js"(exports) {
    "use strict";
    var Scalar2 = require_Scalar();
    var nullTag = {
      identify: (value) => value == null,
      createNode: () => new Scalar2.Scalar(null),
      default: true,
      tag: "tag:yaml.org,2002:null",
      test: /^(?:~|[Nn]ull|NULL)?$/,
      resolve: () => new Scalar2.Scalar(null),
      stringify: ({ source }, ctx) => typeof source === "string" && nullTag.test.test(source) ? source : ctx.options.nullStr
    };
    exports.nullTag = nullTag;
  }
});

// node_modules/yaml/dist/schema/core/bool.js
var require_bool = __commonJS({
  "node_modules/yaml/dist/schema/core/bool.js"(exports) {
    "use strict";
    var Scalar2 = require_Scalar();
    var boolTag = {
      identify: (value) => typeof value === "boolean",
      default: true,
      tag: "tag:yaml.org,2002:bool",
      test: /^(?:[Tt]rue|TRUE|[Ff]alse|FALSE)$/,
      resolve: (str) => new Scalar2.Scalar(str[0] === "t" || str[0] === "T"),
      stringify({ source, value }, ctx) {
        if (source && boolTag.test.test(source)) {
          const sv = source[0] === "t" || source[0] === "T";
          if (value === sv)
            return source;
        }
        return value ? ctx.options.trueStr : ctx.options.falseStr;
      }
    };
    exports.boolTag = boolTag;
  }
});

// node_modules/yaml/dist/stringify/stringifyNumber.js
var require_stringifyNumber = __commonJS({
  "node_modules/yaml/dist/stringify/stringifyNumber.js"(exports) {
    "use strict";
    function stringifyNumber({ format: format2, minFractionDigits, tag, value }) {
      if (typeof value === "bigint")
        return String(value);
      const num = typeof value === "number" ? value : Number(value);
      if (!isFinite(num))
        return isNaN(num) ? ".nan" : num < 0 ? "-.inf" : ".inf";
      let n = Object.is(value, -0) ? "-0" : JSON.stringify(value);
      if (!format2 && minFractionDigits && (!tag || tag === "tag:yaml.org,2002:float") && /^-?\d/.test(n) && !n.includes("e")) {
        let i = n.indexOf(".");
        if (i < 0) {
          i = n.length;
          n += ".";
        }
        let d = minFractionDigits - (n.length - i - 1);
        while (d-- > 0)
          n += "0";
      }
      return n;
    }
    exports.stringifyNumber = stringifyNumber;
  }
});

// node_modules/yaml/dist/schema/core/float.js
var require_float = __commonJS({
  "node_modules/yaml/dist/schema/core/float.js"(exports) {
    "use strict";
    var Scalar2 = require_Scalar();
    var stringifyNumber = require_stringifyNumber();
    var floatNaN = {
      identify: (value) => typeof value === "number",
      default: true,
      tag: "tag:yaml.org,2002:float",
      test: /^(?:[-+]?\.(?:inf|Inf|INF)|\.nan|\.NaN|\.NAN)$/,
      resolve: (str) => str.slice(-3).toLowerCase() === "nan" ? NaN : str[0] === "-" ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY,
      stringify: stringifyNumber.stringifyNumber
    };
    var floatExp = {
      identify: (value) => typeof value === "number",
      default: true,
      tag: "tag:yaml.org,2002:float",
      format: "EXP",
      test: /^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)[eE][-+]?[0-9]+$/,
      resolve: (str) => parseFloat(str),
      stringify(node) {
        const num = Number(node.value);
        return isFinite(num) ? num.toExponential() : stringifyNumber.stringifyNumber(node);
      }
    };
    var float = {
      identify: (value) => typeof value === "number",
      default: true,
      tag: "tag:yaml.org,2002:float",
      test: /^[-+]?(?:\.[0-9]+|[0-9]+\.[0-9]*)$/,
      resolve(str) {
        const node = new Scalar2.Scalar(parseFloat(str));
        const dot = str.indexOf(".");
        if (dot !== -1 && str[str.length - 1] === "0")
          node.minFractionDigits = str.length - dot - 1;
        return node;
      },
      stringify: stringifyNumber.stringifyNumber
    };
    exports.float = float;
    exports.floatExp = floatExp;
    exports.floatNaN = floatNaN;
  }
});

// node_modules/yaml/dist/schema/core/int.js
var require_int = __commonJS({
  "node_modules/yaml/dist/schema/core/int.js"(exports) {
    "use strict";
    var stringifyNumber = require_stringifyNumber();
    var intIdentify = (value) => typeof value === "bigint" || Number.isInteger(value);
    var intResolve = (str, offset3, radix, { intAsBigInt }) => intAsBigInt ? BigInt(str) : parseInt(str.substring(offset3), radix);
    function intStringify(node, radix, prefix) {
      const { value } = node;
      if (intIdentify(value) && value >= 0)
        return prefix + value.toString(radix);
      return stringifyNumber.stringifyNumber(node);
    }
    var intOct = {
      identify: (value) => intIdentify(value) && value >= 0,
      default: true,
      tag: "tag:yaml.org,2002:int",
      format: "OCT",
      test: /^0o[0-7]+$/,
      resolve: (str, _onError, opt) => intResolve(str, 2, 8, opt),
      stringify: (node) => intStringify(node, 8, "0o")
    };
    var int = {
      identify: intIdentify,
      default: true,
      tag: "tag:yaml.org,2002:int",
      test: /^[-+]?[0-9]+$/,
      resolve: (str, _onError, opt) => intResolve(str, 0, 10, opt),
      stringify: stringifyNumber.stringifyNumber
    };
    var intHex = {
      identify: (value) => intIdentify(value) && value >= 0,
      default: true,
      tag: "tag:yaml.org,2002:int",
      format: "HEX",
      test: /^0x[0-9a-fA-F]+$/,
      resolve: (str, _onError, opt) => intResolve(str, 2, 16, opt),
      stringify: (node) => intStringify(node, 16, "0x")
    };
    exports.int = int;
    exports.intHex = intHex;
    exports.intOct = intOct;
  }
});

// node_modules/yaml/dist/schema/core/schema.js
var require_schema = __commonJS({
  "node_modules/yaml/dist/schema/core/schema.js"(exports) {
    "use strict";
    var map2 = require_map();
    var _null = require_null();
    var seq = require_seq();
    var string = require_string();
    var bool = require_bool();
    var float = require_float();
    var int = require_int();
    var schema = [
      map2.map,
      seq.seq,
      string.string,
      _null.nullTag,
      bool.boolTag,
      int.intOct,
      int.int,
      int.intHex,
      float.floatNaN,
      float.floatExp,
      float.float
    ];
    exports.schema = schema;
  }
});

// node_modules/yaml/dist/schema/json/schema.js
var require_schema2 = __commonJS({
  "node_modules/yaml/dist/schema/json/schema.js"(exports) {
    "use strict";
    var Scalar2 = require_Scalar();
    var map2 = require_map();
    var seq = require_seq();
    function intIdentify(value) {
      return typeof value === "bigint" || Number.isInteger(value);
    }
    var stringifyJSON = ({ value }) => JSON.stringify(value);
    var jsonScalars = [
      {
        identify: (value) => typeof value === "string",
        default: true,
        tag: "tag:yaml.org,2002:str",
        resolve: (str) => str,
        stringify: stringifyJSON
      },
      {
        identify: (value) => value == null,
        createNode: () => new Scalar2.Scalar(null),
        default: true,
        tag: "tag:yaml.org,2002:null",
        test: /^null$/,
        resolve: () => null,
        stringify: stringifyJSON
      },
      {
        identify: (value) => typeof value === "boolean",
        default: true,
        tag: "tag:yaml.org,2002:bool",
        test: /^true$|^false$/,
        resolve: (str) => str === "true",
        stringify: stringifyJSON
      },
      {
        identify: intIdentify,
        default: true,
        tag: "tag:yaml.org,2002:int",
        test: /^-?(?:0|[1-9][0-9]*)$/,
        resolve: (str, _onError, { intAsBigInt }) => intAsBigInt ? BigInt(str) : parseInt(str, 10),
        stringify: ({ value }) => intIdentify(value) ? value.toString() : JSON.stringify(value)
      },
      {
        identify: (value) => typeof value === "number",
        default: true,
        tag: "tag:yaml.org,2002:float",
        test: /^-?(?:0|[1-9][0-9]*)(?:\.[0-9]*)?(?:[eE][-+]?[0-9]+)?$/,
        resolve: (str) => parseFloat(str),
        stringify: stringifyJSON
      }
    ];
    var jsonError = {
      default: true,
      tag: "",
      test: /^/,
      resolve(str, onError) {
        onError(`Unresolved plain scalar ${JSON.stringify(str)}`);
        return str;
      }
    };
    var schema = [map2.map, seq.seq].concat(jsonScalars, jsonError);
    exports.schema = schema;
  }
});

// node_modules/yaml/dist/schema/yaml-1.1/binary.js
var require_binary = __commonJS({
  "node_modules/yaml/dist/schema/yaml-1.1/binary.js"(exports) {
    "use strict";
    var node_buffer = __require("buffer");
    var Scalar2 = require_Scalar();
    var stringifyString = require_stringifyString();
    var binary = {
      identify: (value) => value instanceof Uint8Array,
      // Buffer inherits from Uint8Array
      default: false,
      tag: "tag:yaml.org,2002:binary",
      /**
       * Returns a Buffer in node and an Uint8Array in browsers
       *
       * To use the resulting buffer as an image, you'll want to do something like:
       *
       *   const blob = new Blob([buffer], { type: 'image/jpeg' })
       *   document.querySelector('#photo').src = URL.createObjectURL(blob)
       */
      resolve(src, onError) {
        if (typeof node_buffer.Buffer === "function") {
          return node_buffer.Buffer.from(src, "base64");
        } else if (typeof atob === "function") {
          const str = atob(src.replace(/[\n\r]/g, ""));
          const buffer = new Uint8Array(str.length);
          for (let i = 0; i < str.length; ++i)
            buffer[i] = str.charCodeAt(i);
          return buffer;
        } else {
          onError("This environment does not support reading binary tags; either Buffer or atob is required");
          return src;
        }
      },
      stringify({ comment, type: type2, value }, ctx, onComment, onChompKeep) {
        if (!value)
          return "";
        const buf = value;
        let str;
        if (typeof node_buffer.Buffer === "function") {
          str = buf instanceof node_buffer.Buffer ? buf.toString("base64") : node_buffer.Buffer.from(buf.buffer).toString("base64");
        } else if (typeof btoa === "function") {
          let s = "";
          for (let i = 0; i < buf.length; ++i)
            s += String.fromCharCode(buf[i]);
          str = btoa(s);
        } else {
          throw new Error("This environment does not support writing binary tags; either Buffer or btoa is required");
        }
        type2 ?? (type2 = Scalar2.Scalar.BLOCK_LITERAL);
        if (type2 !== Scalar2.Scalar.QUOTE_DOUBLE) {
          const lineWidth = Math.max(ctx.options.lineWidth - ctx.indent.length, ctx.options.minContentWidth);
          const n = Math.ceil(str.length / lineWidth);
          const lines2 = new Array(n);
          for (let i = 0, o = 0; i < n; ++i, o += lineWidth) {
            lines2[i] = str.substr(o, lineWidth);
          }
          str = lines2.join(type2 === Scalar2.Scalar.BLOCK_LITERAL ? "\n" : " ");
        }
        return stringifyString.stringifyString({ comment, type: type2, value: str }, ctx, onComment, onChompKeep);
      }
    };
    exports.binary = binary;
  }
});

// node_modules/yaml/dist/schema/yaml-1.1/pairs.js
var require_pairs = __commonJS({
  "node_modules/yaml/dist/schema/yaml-1.1/pairs.js"(exports) {
    "use strict";
    var identity = require_identity();
    var Pair = require_Pair();
    var Scalar2 = require_Scalar();
    var YAMLSeq = require_YAMLSeq();
    function resolvePairs(seq, onError) {
      if (identity.isSeq(seq)) {
        for (let i = 0; i < seq.items.length; ++i) {
          let item = seq.items[i];
          if (identity.isPair(item))
            continue;
          else if (identity.isMap(item)) {
            if (item.items.length > 1)
              onError("Each pair must have its own sequence indicator");
            const pair = item.items[0] || new Pair.Pair(new Scalar2.Scalar(null));
            if (item.commentBefore)
              pair.key.commentBefore = pair.key.commentBefore ? `${item.commentBefore}
${pair.key.commentBefore}` : item.commentBefore;
            if (item.comment) {
              const cn = pair.value ?? pair.key;
              cn.comment = cn.comment ? `${item.comment}
${cn.comment}` : item.comment;
            }
            item = pair;
          }
          seq.items[i] = identity.isPair(item) ? item : new Pair.Pair(item);
        }
      } else
        onError("Expected a sequence for this tag");
      return seq;
    }
    function createPairs(schema, iterable, ctx) {
      const { replacer } = ctx;
      const pairs2 = new YAMLSeq.YAMLSeq(schema);
      pairs2.tag = "tag:yaml.org,2002:pairs";
      let i = 0;
      if (iterable && Symbol.iterator in Object(iterable))
        for (let it of iterable) {
          if (typeof replacer === "function")
            it = replacer.call(iterable, String(i++), it);
          let key, value;
          if (Array.isArray(it)) {
            if (it.length === 2) {
              key = it[0];
              value = it[1];
            } else
              throw new TypeError(`Expected [key, value] tuple: ${it}`);
          } else if (it && it instanceof Object) {
            const keys = Object.keys(it);
            if (keys.length === 1) {
              key = keys[0];
              value = it[key];
            } else {
              throw new TypeError(`Expected tuple with one key, not ${keys.length} keys`);
            }
          } else {
            key = it;
          }
          pairs2.items.push(Pair.createPair(key, value, ctx));
        }
      return pairs2;
    }
    var pairs = {
      collection: "seq",
      default: false,
      tag: "tag:yaml.org,2002:pairs",
      resolve: resolvePairs,
      createNode: createPairs
    };
    exports.createPairs = createPairs;
    exports.pairs = pairs;
    exports.resolvePairs = resolvePairs;
  }
});

// node_modules/yaml/dist/schema/yaml-1.1/omap.js
var require_omap = __commonJS({
  "node_modules/yaml/dist/schema/yaml-1.1/omap.js"(exports) {
    "use strict";
    var identity = require_identity();
    var toJS = require_toJS();
    var YAMLMap = require_YAMLMap();
    var YAMLSeq = require_YAMLSeq();
    var pairs = require_pairs();
    var YAMLOMap = class _YAMLOMap extends YAMLSeq.YAMLSeq {
      constructor() {
        super();
        this.add = YAMLMap.YAMLMap.prototype.add.bind(this);
        this.delete = YAMLMap.YAMLMap.prototype.delete.bind(this);
        this.get = YAMLMap.YAMLMap.prototype.get.bind(this);
        this.has = YAMLMap.YAMLMap.prototype.has.bind(this);
        this.set = YAMLMap.YAMLMap.prototype.set.bind(this);
        this.tag = _YAMLOMap.tag;
      }
      /**
       * If `ctx` is given, the return type is actually `Map<unknown, unknown>`,
       * but TypeScript won't allow widening the signature of a child method.
       */
      toJSON(_, ctx) {
        if (!ctx)
          return super.toJSON(_);
        const map2 = /* @__PURE__ */ new Map();
        if (ctx?.onCreate)
          ctx.onCreate(map2);
        for (const pair of this.items) {
          let key, value;
          if (identity.isPair(pair)) {
            key = toJS.toJS(pair.key, "", ctx);
            value = toJS.toJS(pair.value, key, ctx);
          } else {
            key = toJS.toJS(pair, "", ctx);
          }
          if (map2.has(key))
            throw new Error("Ordered maps must not include duplicate keys");
          map2.set(key, value);
        }
        return map2;
      }
      static from(schema, iterable, ctx) {
        const pairs$1 = pairs.createPairs(schema, iterable, ctx);
        const omap2 = new this();
        omap2.items = pairs$1.items;
        return omap2;
      }
    };
    YAMLOMap.tag = "tag:yaml.org,2002:omap";
    var omap = {
      collection: "seq",
      identify: (value) => value instanceof Map,
      nodeClass: YAMLOMap,
      default: false,
      tag: "tag:yaml.org,2002:omap",
      resolve(seq, onError) {
        const pairs$1 = pairs.resolvePairs(seq, onError);
        const seenKeys = [];
        for (const { key } of pairs$1.items) {
          if (identity.isScalar(key)) {
            if (seenKeys.includes(key.value)) {
              onError(`Ordered maps must not include duplicate keys: ${key.value}`);
            } else {
              seenKeys.push(key.value);
            }
          }
        }
        return Object.assign(new YAMLOMap(), pairs$1);
      },
      createNode: (schema, iterable, ctx) => YAMLOMap.from(schema, iterable, ctx)
    };
    exports.YAMLOMap = YAMLOMap;
    exports.omap = omap;
  }
});

// node_modules/yaml/dist/schema/yaml-1.1/bool.js
var require_bool2 = __commonJS({
  "node_modules/yaml/dist/schema/yaml-1.1/bool.js"(exports) {
    "use strict";
    var Scalar2 = require_Scalar();
    function boolStringify({ value, source }, ctx) {
      const boolObj = value ? trueTag : falseTag;
      if (source && boolObj.test.test(source))
        return source;
      return value ? ctx.options.trueStr : ctx.options.falseStr;
    }
    var trueTag = {
      identify: (value) => value === true,
      default: true,
      tag: "tag:yaml.org,2002:bool",
      test: /^(?:Y|y|[Yy]es|YES|[Tt]rue|TRUE|[Oo]n|ON)$/,
      resolve: () => new Scalar2.Scalar(true),
      stringify: boolStringify
    };
    var falseTag = {
      identify: (value) => value === false,
      default: true,
      tag: "tag:yaml.org,2002:bool",
      test: /^(?:N|n|[Nn]o|NO|[Ff]alse|FALSE|[Oo]ff|OFF)$/,
      resolve: () => new Scalar2.Scalar(false),
      stringify: boolStringify
    };
    exports.falseTag = falseTag;
    exports.trueTag = trueTag;
  }
});

// node_modules/yaml/dist/schema/yaml-1.1/float.js
var require_float2 = __commonJS({
  "node_modules/yaml/dist/schema/yaml-1.1/float.js"(exports) {
    "use strict";
    var Scalar2 = require_Scalar();
    var stringifyNumber = require_stringifyNumber();
    var floatNaN = {
      identify: (value) => typeof value === "number",
      default: true,
      tag: "tag:yaml.org,2002:float",
      test: /^(?:[-+]?\.(?:inf|Inf|INF)|\.nan|\.NaN|\.NAN)$/,
      resolve: (str) => str.slice(-3).toLowerCase() === "nan" ? NaN : str[0] === "-" ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY,
      stringify: stringifyNumber.stringifyNumber
    };
    var floatExp = {
      identify: (value) => typeof value === "number",
      default: true,
      tag: "tag:yaml.org,2002:float",
      format: "EXP",
      test: /^[-+]?(?:[0-9][0-9_]*)?(?:\.[0-9_]*)?[eE][-+]?[0-9]+$/,
      resolve: (str) => parseFloat(str.replace(/_/g, "")),
      stringify(node) {
        const num = Number(node.value);
        return isFinite(num) ? num.toExponential() : stringifyNumber.stringifyNumber(node);
      }
    };
    var float = {
      identify: (value) => typeof value === "number",
      default: true,
      tag: "tag:yaml.org,2002:float",
      test: /^[-+]?(?:[0-9][0-9_]*)?\.[0-9_]*$/,
      resolve(str) {
        const node = new Scalar2.Scalar(parseFloat(str.replace(/_/g, "")));
        const dot = str.indexOf(".");
        if (dot !== -1) {
          const f = str.substring(dot + 1).replace(/_/g, "");
          if (f[f.length - 1] === "0")
            node.minFractionDigits = f.length;
        }
        return node;
      },
      stringify: stringifyNumber.stringifyNumber
    };
    exports.float = float;
    exports.floatExp = floatExp;
    exports.floatNaN = floatNaN;
  }
});

// node_modules/yaml/dist/schema/yaml-1.1/int.js
var require_int2 = __commonJS({
  "node_modules/yaml/dist/schema/yaml-1.1/int.js"(exports) {
    "use strict";
    var stringifyNumber = require_stringifyNumber();
    var intIdentify = (value) => typeof value === "bigint" || Number.isInteger(value);
    function intResolve(str, offset3, radix, { intAsBigInt }) {
      const sign = str[0];
      if (sign === "-" || sign === "+")
        offset3 += 1;
      str = str.substring(offset3).replace(/_/g, "");
      if (intAsBigInt) {
        switch (radix) {
          case 2:
            str = `0b${str}`;
            break;
          case 8:
            str = `0o${str}`;
            break;
          case 16:
            str = `0x${str}`;
            break;
        }
        const n2 = BigInt(str);
        return sign === "-" ? BigInt(-1) * n2 : n2;
      }
      const n = parseInt(str, radix);
      return sign === "-" ? -1 * n : n;
    }
    function intStringify(node, radix, prefix) {
      const { value } = node;
      if (intIdentify(value)) {
        const str = value.toString(radix);
        return value < 0 ? "-" + prefix + str.substr(1) : prefix + str;
      }
      return stringifyNumber.stringifyNumber(node);
    }
    var intBin = {
      identify: intIdentify,
      default: true,
      tag: "tag:yaml.org,2002:int",
      format: "BIN",
      test: /^[-+]?0b[0-1_]+$/,
      resolve: (str, _onError, opt) => intResolve(str, 2, 2, opt),
      stringify: (node) => intStringify(node, 2, "0b")
    };
    var intOct = {
      identify: intIdentify,
      default: true,
      tag: "tag:yaml.org,2002:int",
      format: "OCT",
      test: /^[-+]?0[0-7_]+$/,
      resolve: (str, _onError, opt) => intResolve(str, 1, 8, opt),
      stringify: (node) => intStringify(node, 8, "0")
    };
    var int = {
      identify: intIdentify,
      default: true,
      tag: "tag:yaml.org,2002:int",
      test: /^[-+]?[0-9][0-9_]*$/,
      resolve: (str, _onError, opt) => intResolve(str, 0, 10, opt),
      stringify: stringifyNumber.stringifyNumber
    };
    var intHex = {
      identify: intIdentify,
      default: true,
      tag: "tag:yaml.org,2002:int",
      format: "HEX",
      test: /^[-+]?0x[0-9a-fA-F_]+$/,
      resolve: (str, _onError, opt) => intResolve(str, 2, 16, opt),
      stringify: (node) => intStringify(node, 16, "0x")
    };
    exports.int = int;
    exports.intBin = intBin;
    exports.intHex = intHex;
    exports.intOct = intOct;
  }
});

// node_modules/yaml/dist/schema/yaml-1.1/set.js
var require_set = __commonJS({
  "node_modules/yaml/dist/schema/yaml-1.1/set.js"(exports) {
    "use strict";
    var identity = require_identity();
    var Pair = require_Pair();
    var YAMLMap = require_YAMLMap();
    var YAMLSet = class _YAMLSet extends YAMLMap.YAMLMap {
      constructor(schema) {
        super(schema);
        this.tag = _YAMLSet.tag;
      }
      add(key) {
        let pair;
        if (identity.isPair(key))
          pair = key;
        else if (key && typeof key === "object" && "key" in key && "value" in key && key.value === null)
          pair = new Pair.Pair(key.key, null);
        else
          pair = new Pair.Pair(key, null);
        const prev = YAMLMap.findPair(this.items, pair.key);
        if (!prev)
          this.items.push(pair);
      }
      /**
       * If `keepPair` is `true`, returns the Pair matching `key`.
       * Otherwise, returns the value of that Pair's key.
       */
      get(key, keepPair) {
        const pair = YAMLMap.findPair(this.items, key);
        return !keepPair && identity.isPair(pair) ? identity.isScalar(pair.key) ? pair.key.value : pair.key : pair;
      }
      set(key, value) {
        if (typeof value !== "boolean")
          throw new Error(`Expected boolean value for set(key, value) in a YAML set, not ${typeof value}`);
        const prev = YAMLMap.findPair(this.items, key);
        if (prev && !value) {
          this.items.splice(this.items.indexOf(prev), 1);
        } else if (!prev && value) {
          this.items.push(new Pair.Pair(key));
        }
      }
      toJSON(_, ctx) {
        return super.toJSON(_, ctx, Set);
      }
      toString(ctx, onComment, onChompKeep) {
        if (!ctx)
          return JSON.stringify(this);
        if (this.hasAllNullValues(true))
          return super.toString(Object.assign({}, ctx, { allNullValues: true }), onComment, onChompKeep);
        else
          throw new Error("Set items must all have null values");
      }
      static from(schema, iterable, ctx) {
        const { replacer } = ctx;
        const set2 = new this(schema);
        if (iterable && Symbol.iterator in Object(iterable))
          for (let value of iterable) {
            if (typeof replacer === "function")
              value = replacer.call(iterable, value, value);
            set2.items.push(Pair.createPair(value, null, ctx));
          }
        return set2;
      }
    };
    YAMLSet.tag = "tag:yaml.org,2002:set";
    var set = {
      collection: "map",
      identify: (value) => value instanceof Set,
      nodeClass: YAMLSet,
      default: false,
      tag: "tag:yaml.org,2002:set",
      createNode: (schema, iterable, ctx) => YAMLSet.from(schema, iterable, ctx),
      resolve(map2, onError) {
        if (identity.isMap(map2)) {
          if (map2.hasAllNullValues(true))
            return Object.assign(new YAMLSet(), map2);
          else
            onError("Set items must all have null values");
        } else
          onError("Expected a mapping for this tag");
        return map2;
      }
    };
    exports.YAMLSet = YAMLSet;
    exports.set = set;
  }
});

// node_modules/yaml/dist/schema/yaml-1.1/timestamp.js
var require_timestamp = __commonJS({
  "node_modules/yaml/dist/schema/yaml-1.1/timestamp.js"(exports) {
    "use strict";
    var stringifyNumber = require_stringifyNumber();
    function parseSexagesimal(str, asBigInt) {
      const sign = str[0];
      const parts = sign === "-" || sign === "+" ? str.substring(1) : str;
      const num = (n) => asBigInt ? BigInt(n) : Number(n);
      const res = parts.replace(/_/g, "").split(":").reduce((res2, p) => res2 * num(60) + num(p), num(0));
      return sign === "-" ? num(-1) * res : res;
    }
    function stringifySexagesimal(node) {
      let { value } = node;
      let num = (n) => n;
      if (typeof value === "bigint")
        num = (n) => BigInt(n);
      else if (isNaN(value) || !isFinite(value))
        return stringifyNumber.stringifyNumber(node);
      let sign = "";
      if (value < 0) {
        sign = "-";
        value *= num(-1);
      }
      const _60 = num(60);
      const parts = [value % _60];
      if (value < 60) {
        parts.unshift(0);
      } else {
        value = (value - parts[0]) / _60;
        parts.unshift(value % _60);
        if (value >= 60) {
          value = (value - parts[0]) / _60;
          parts.unshift(value);
        }
      }
      return sign + parts.map((n) => String(n).padStart(2, "0")).join(":").replace(/000000\d*$/, "");
    }
    var intTime = {
      identify: (value) => typeof value === "bigint" || Number.isInteger(value),
      default: true,
      tag: "tag:yaml.org,2002:int",
      format: "TIME",
      test: /^[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+$/,
      resolve: (str, _onError, { intAsBigInt }) => parseSexagesimal(str, intAsBigInt),
      stringify: stringifySexagesimal
    };
    var floatTime = {
      identify: (value) => typeof value === "number",
      default: true,
      tag: "tag:yaml.org,2002:float",
      format: "TIME",
      test: /^[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+\.[0-9_]*$/,
      resolve: (str) => parseSexagesimal(str, false),
      stringify: stringifySexagesimal
    };
    var timestamp = {
      identify: (value) => value instanceof Date,
      default: true,
      tag: "tag:yaml.org,2002:timestamp",
      // If the time zone is omitted, the timestamp is assumed to be specified in UTC. The time part
      // may be omitted altogether, resulting in a date format. In such a case, the time part is
      // assumed to be 00:00:00Z (start of day, UTC).
      test: RegExp("^([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})(?:(?:t|T|[ \\t]+)([0-9]{1,2}):([0-9]{1,2}):([0-9]{1,2}(\\.[0-9]+)?)(?:[ \\t]*(Z|[-+][012]?[0-9](?::[0-9]{2})?))?)?$"),
      resolve(str) {
        const match = str.match(timestamp.test);
        if (!match)
          throw new Error("!!timestamp expects a date, starting with yyyy-mm-dd");
        const [, year, month, day, hour, minute, second] = match.map(Number);
        const millisec = match[7] ? Number((match[7] + "00").substr(1, 3)) : 0;
        let date2 = Date.UTC(year, month - 1, day, hour || 0, minute || 0, second || 0, millisec);
        const tz = match[8];
        if (tz && tz !== "Z") {
          let d = parseSexagesimal(tz, false);
          if (Math.abs(d) < 30)
            d *= 60;
          date2 -= 6e4 * d;
        }
        return new Date(date2);
      },
      stringify: ({ value }) => value?.toISOString().replace(/(T00:00:00)?\.000Z$/, "") ?? ""
    };
    exports.floatTime = floatTime;
    exports.intTime = intTime;
    exports.timestamp = timestamp;
  }
});

// node_modules/yaml/dist/schema/yaml-1.1/schema.js
var require_schema3 = __commonJS({
  "node_modules/yaml/dist/schema/yaml-1.1/schema.js"(exports) {
    "use strict";
    var map2 = require_map();
    var _null = require_null();
    var seq = require_seq();
    var string = require_string();
    var binary = require_binary();
    var bool = require_bool2();
    var float = require_float2();
    var int = require_int2();
    var merge = require_merge();
    var omap = require_omap();
    var pairs = require_pairs();
    var set = require_set();
    var timestamp = require_timestamp();
    var schema = [
      map2.map,
      seq.seq,
      string.string,
      _null.nullTag,
      bool.trueTag,
      bool.falseTag,
      int.intBin,
      int.intOct,
      int.int,
      int.intHex,
      float.floatNaN,
      float.floatExp,
      float.float,
      binary.binary,
      merge.merge,
      omap.omap,
      pairs.pairs,
      set.set,
      timestamp.intTime,
      timestamp.floatTime,
      timestamp.timestamp
    ];
    exports.schema = schema;
  }
});

// node_modules/yaml/dist/schema/tags.js
var require_tags = __commonJS({
  "node_modules/yaml/dist/schema/tags.js"(exports) {
    "use strict";
    var map2 = require_map();
    var _null = require_null();
    var seq = require_seq();
    var string = require_string();
    var bool = require_bool();
    var float = require_float();
    var int = require_int();
    var schema = require_schema();
    var schema$1 = require_schema2();
    var binary = require_binary();
    var merge = require_merge();
    var omap = require_omap();
    var pairs = require_pairs();
    var schema$2 = require_schema3();
    var set = require_set();
    var timestamp = require_timestamp();
    var schemas = /* @__PURE__ */ new Map([
      ["core", schema.schema],
      ["failsafe", [map2.map, seq.seq, string.string]],
      ["json", schema$1.schema],
      ["yaml11", schema$2.schema],
      ["yaml-1.1", schema$2.schema]
    ]);
    var tagsByName = {
      binary: binary.binary,
      bool: bool.boolTag,
      float: float.float,
      floatExp: float.floatExp,
      floatNaN: float.floatNaN,
      floatTime: timestamp.floatTime,
      int: int.int,
      intHex: int.intHex,
      intOct: int.intOct,
      intTime: timestamp.intTime,
      map: map2.map,
      merge: merge.merge,
      null: _null.nullTag,
      omap: omap.omap,
      pairs: pairs.pairs,
      seq: seq.seq,
      set: set.set,
      timestamp: timestamp.timestamp
    };
    var coreKnownTags = {
      "tag:yaml.org,2002:binary": binary.binary,
      "tag:yaml.org,2002:merge": merge.merge,
      "tag:yaml.org,2002:omap": omap.omap,
      "tag:yaml.org,2002:pairs": pairs.pairs,
      "tag:yaml.org,2002:set": set.set,
      "tag:yaml.org,2002:timestamp": timestamp.timestamp
    };
    function getTags(customTags, schemaName, addMergeTag) {
      const schemaTags = schemas.get(schemaName);
      if (schemaTags && !customTags) {
        return addMergeTag && !schemaTags.includes(merge.merge) ? schemaTags.concat(merge.merge) : schemaTags.slice();
      }
      let tags2 = schemaTags;
      if (!tags2) {
        if (Array.isArray(customTags))
          tags2 = [];
        else {
          const keys = Array.from(schemas.keys()).filter((key) => key !== "yaml11").map((key) => JSON.stringify(key)).join(", ");
          throw new Error(`Unknown schema "${schemaName}"; use one of ${keys} or define customTags array`);
        }
      }
      if (Array.isArray(customTags)) {
        for (const tag of customTags)
          tags2 = tags2.concat(tag);
      } else if (typeof customTags === "function") {
        tags2 = customTags(tags2.slice());
      }
      if (addMergeTag)
        tags2 = tags2.concat(merge.merge);
      return tags2.reduce((tags3, tag) => {
        const tagObj = typeof tag === "string" ? tagsByName[tag] : tag;
        if (!tagObj) {
          const tagName = JSON.stringify(tag);
          const keys = Object.keys(tagsByName).map((key) => JSON.stringify(key)).join(", ");
          throw new Error(`Unknown custom tag ${tagName}; use one of ${keys}`);
        }
        if (!tags3.includes(tagObj))
          tags3.push(tagObj);
        return tags3;
      }, []);
    }
    exports.coreKnownTags = coreKnownTags;
    exports.getTags = getTags;
  }
});

// node_modules/yaml/dist/schema/Schema.js
var require_Schema = __commonJS({
  "node_modules/yaml/dist/schema/Schema.js"(exports) {
    "use strict";
    var identity = require_identity();
    var map2 = require_map();
    var seq = require_seq();
    var string = require_string();
    var tags2 = require_tags();
    var sortMapEntriesByKey = (a, b) => a.key < b.key ? -1 : a.key > b.key ? 1 : 0;
    var Schema = class _Schema {
      constructor({ compat, customTags, merge, resolveKnownTags, schema, sortMapEntries, toStringDefaults }) {
        this.compat = Array.isArray(compat) ? tags2.getTags(compat, "compat") : compat ? tags2.getTags(null, compat) : null;
        this.name = typeof schema === "string" && schema || "core";
        this.knownTags = resolveKnownTags ? tags2.coreKnownTags : {};
        this.tags = tags2.getTags(customTags, this.name, merge);
        this.toStringOptions = toStringDefaults ?? null;
        Object.defineProperty(this, identity.MAP, { value: map2.map });
        Object.defineProperty(this, identity.SCALAR, { value: string.string });
        Object.defineProperty(this, identity.SEQ, { value: seq.seq });
        this.sortMapEntries = typeof sortMapEntries === "function" ? sortMapEntries : sortMapEntries === true ? sortMapEntriesByKey : null;
      }
      clone() {
        const copy = Object.create(_Schema.prototype, Object.getOwnPropertyDescriptors(this));
        copy.tags = this.tags.slice();
        return copy;
      }
    };
    exports.Schema = Schema;
  }
});

// node_modules/yaml/dist/stringify/stringifyDocument.js
var require_stringifyDocument = __commonJS({
  "node_modules/yaml/dist/stringify/stringifyDocument.js"(exports) {
    "use strict";
    var identity = require_identity();
    var stringify2 = require_stringify();
    var stringifyComment = require_stringifyComment();
    function stringifyDocument(doc, options) {
      const lines2 = [];
      let hasDirectives = options.directives === true;
      if (options.directives !== false && doc.directives) {
        const dir = doc.directives.toString(doc);
        if (dir) {
          lines2.push(dir);
          hasDirectives = true;
        } else if (doc.directives.docStart)
          hasDirectives = true;
      }
      if (hasDirectives)
        lines2.push("---");
      const ctx = stringify2.createStringifyContext(doc, options);
      const { commentString } = ctx.options;
      if (doc.commentBefore) {
        if (lines2.length !== 1)
          lines2.unshift("");
        const cs = commentString(doc.commentBefore);
        lines2.unshift(stringifyComment.indentComment(cs, ""));
      }
      let chompKeep = false;
      let contentComment = null;
      if (doc.contents) {
        if (identity.isNode(doc.contents)) {
          if (doc.contents.spaceBefore && hasDirectives)
            lines2.push("");
          if (doc.contents.commentBefore) {
            const cs = commentString(doc.contents.commentBefore);
            lines2.push(stringifyComment.indentComment(cs, ""));
          }
          ctx.forceBlockIndent = !!doc.comment;
          contentComment = doc.contents.comment;
        }
        const onChompKeep = contentComment ? void 0 : () => chompKeep = true;
        let body = stringify2.stringify(doc.contents, ctx, () => contentComment = null, onChompKeep);
        if (contentComment)
          body += stringifyComment.lineComment(body, "", commentString(contentComment));
        if ((body[0] === "|" || body[0] === ">") && lines2[lines2.length - 1] === "---") {
          lines2[lines2.length - 1] = `--- ${body}`;
        } else
          lines2.push(body);
      } else {
        lines2.push(stringify2.stringify(doc.contents, ctx));
      }
      if (doc.directives?.docEnd) {
        if (doc.comment) {
          const cs = commentString(doc.comment);
          if (cs.includes("\n")) {
            lines2.push("...");
            lines2.push(stringifyComment.indentComment(cs, ""));
          } else {
            lines2.push(`... ${cs}`);
          }
        } else {
          lines2.push("...");
        }
      } else {
        let dc = doc.comment;
        if (dc && chompKeep)
          dc = dc.replace(/^\n+/, "");
        if (dc) {
          if ((!chompKeep || contentComment) && lines2[lines2.length - 1] !== "")
            lines2.push("");
          lines2.push(stringifyComment.indentComment(commentString(dc), ""));
        }
      }
      return lines2.join("\n") + "\n";
    }
    exports.stringifyDocument = stringifyDocument;
  }
});

// node_modules/yaml/dist/doc/Document.js
var require_Document = __commonJS({
  "node_modules/yaml/dist/doc/Document.js"(exports) {
    "use strict";
    var Alias = require_Alias();
    var Collection = require_Collection();
    var identity = require_identity();
    var Pair = require_Pair();
    var toJS = require_toJS();
    var Schema = require_Schema();
    var stringifyDocument = require_stringifyDocument();
    var anchors = require_anchors();
    var applyReviver = require_applyReviver();
    var createNode = require_createNode();
    var directives = require_directives();
    var Document = class _Document {
      constructor(value, replacer, options) {
        this.commentBefore = null;
        this.comment = null;
        this.errors = [];
        this.warnings = [];
        Object.defineProperty(this, identity.NODE_TYPE, { value: identity.DOC });
        let _replacer = null;
        if (typeof replacer === "function" || Array.isArray(replacer)) {
          _replacer = replacer;
        } else if (options === void 0 && replacer) {
          options = replacer;
          replacer = void 0;
        }
        const opt = Object.assign({
          intAsBigInt: false,
          keepSourceTokens: false,
          logLevel: "warn",
          prettyErrors: true,
          strict: true,
          stringKeys: false,
          uniqueKeys: true,
          version: "1.2"
        }, options);
        this.options = opt;
        let { version: version2 } = opt;
        if (options?._directives) {
          this.directives = options._directives.atDocument();
          if (this.directives.yaml.explicit)
            version2 = this.directives.yaml.version;
        } else
          this.directives = new directives.Directives({ version: version2 });
        this.setSchema(version2, options);
        this.contents = value === void 0 ? null : this.createNode(value, _replacer, options);
      }
      /**
       * Create a deep copy of this Document and its contents.
       *
       * Custom Node values that inherit from `Object` still refer to their original instances.
       */
      clone() {
        const copy = Object.create(_Document.prototype, {
          [identity.NODE_TYPE]: { value: identity.DOC }
        });
        copy.commentBefore = this.commentBefore;
        copy.comment = this.comment;
        copy.errors = this.errors.slice();
        copy.warnings = this.warnings.slice();
        copy.options = Object.assign({}, this.options);
        if (this.directives)
          copy.directives = this.directives.clone();
        copy.schema = this.schema.clone();
        copy.contents = identity.isNode(this.contents) ? this.contents.clone(copy.schema) : this.contents;
        if (this.range)
          copy.range = this.range.slice();
        return copy;
      }
      /** Adds a value to the document. */
      add(value) {
        if (assertCollection(this.contents))
          this.contents.add(value);
      }
      /** Adds a value to the document. */
      addIn(path, value) {
        if (assertCollection(this.contents))
          this.contents.addIn(path, value);
      }
      /**
       * Create a new `Alias` node, ensuring that the target `node` has the required anchor.
       *
       * If `node` already has an anchor, `name` is ignored.
       * Otherwise, the `node.anchor` value will be set to `name`,
       * or if an anchor with that name is already present in the document,
       * `name` will be used as a prefix for a new unique anchor.
       * If `name` is undefined, the generated anchor will use 'a' as a prefix.
       */
      createAlias(node, name) {
        if (!node.anchor) {
          const prev = anchors.anchorNames(this);
          node.anchor = // eslint-disable-next-line @typescript-eslint/prefer-nullish-coalescing
          !name || prev.has(name) ? anchors.findNewAnchor(name || "a", prev) : name;
        }
        return new Alias.Alias(node.anchor);
      }
      createNode(value, replacer, options) {
        let _replacer = void 0;
        if (typeof replacer === "function") {
          value = replacer.call({ "": value }, "", value);
          _replacer = replacer;
        } else if (Array.isArray(replacer)) {
          const keyToStr = (v) => typeof v === "number" || v instanceof String || v instanceof Number;
          const asStr = replacer.filter(keyToStr).map(String);
          if (asStr.length > 0)
            replacer = replacer.concat(asStr);
          _replacer = replacer;
        } else if (options === void 0 && replacer) {
          options = replacer;
          replacer = void 0;
        }
        const { aliasDuplicateObjects, anchorPrefix, flow, keepUndefined, onTagObj, tag } = options ?? {};
        const { onAnchor, setAnchors, sourceObjects } = anchors.createNodeAnchors(
          this,
          // eslint-disable-next-line @typescript-eslint/prefer-nullish-coalescing
          anchorPrefix || "a"
        );
        const ctx = {
          aliasDuplicateObjects: aliasDuplicateObjects ?? true,
          keepUndefined: keepUndefined ?? false,
          onAnchor,
          onTagObj,
          replacer: _replacer,
          schema: this.schema,
          sourceObjects
        };
        const node = createNode.createNode(value, tag, ctx);
        if (flow && identity.isCollection(node))
          node.flow = true;
        setAnchors();
        return node;
      }
      /**
       * Convert a key and a value into a `Pair` using the current schema,
       * recursively wrapping all values as `Scalar` or `Collection` nodes.
       */
      createPair(key, value, options = {}) {
        const k = this.createNode(key, null, options);
        const v = this.createNode(value, null, options);
        return new Pair.Pair(k, v);
      }
      /**
       * Removes a value from the document.
       * @returns `true` if the item was found and removed.
       */
      delete(key) {
        return assertCollection(this.contents) ? this.contents.delete(key) : false;
      }
      /**
       * Removes a value from the document.
       * @returns `true` if the item was found and removed.
       */
      deleteIn(path) {
        if (Collection.isEmptyPath(path)) {
          if (this.contents == null)
            return false;
          this.contents = null;
          return true;
        }
        return assertCollection(this.contents) ? this.contents.deleteIn(path) : false;
      }
      /**
       * Returns item at `key`, or `undefined` if not found. By default unwraps
       * scalar values from their surrounding node; to disable set `keepScalar` to
       * `true` (collections are always returned intact).
       */
      get(key, keepScalar) {
        return identity.isCollection(this.contents) ? this.contents.get(key, keepScalar) : void 0;
      }
      /**
       * Returns item at `path`, or `undefined` if not found. By default unwraps
       * scalar values from their surrounding node; to disable set `keepScalar` to
       * `true` (collections are always returned intact).
       */
      getIn(path, keepScalar) {
        if (Collection.isEmptyPath(path))
          return !keepScalar && identity.isScalar(this.contents) ? this.contents.value : this.contents;
        return identity.isCollection(this.contents) ? this.contents.getIn(path, keepScalar) : void 0;
      }
      /**
       * Checks if the document includes a value with the key `key`.
       */
      has(key) {
        return identity.isCollection(this.contents) ? this.contents.has(key) : false;
      }
      /**
       * Checks if the document includes a value at `path`.
       */
      hasIn(path) {
        if (Collection.isEmptyPath(path))
          return this.contents !== void 0;
        return identity.isCollection(this.contents) ? this.contents.hasIn(path) : false;
      }
      /**
       * Sets a value in this document. For `!!set`, `value` needs to be a
       * boolean to add/remove the item from the set.
       */
      set(key, value) {
        if (this.contents == null) {
          this.contents = Collection.collectionFromPath(this.schema, [key], value);
        } else if (assertCollection(this.contents)) {
          this.contents.set(key, value);
        }
      }
      /**
       * Sets a value in this document. For `!!set`, `value` needs to be a
       * boolean to add/remove the item from the set.
       */
      setIn(path, value) {
        if (Collection.isEmptyPath(path)) {
          this.contents = value;
        } else if (this.contents == null) {
          this.contents = Collection.collectionFromPath(this.schema, Array.from(path), value);
        } else if (assertCollection(this.contents)) {
          this.contents.setIn(path, value);
        }
      }
      /**
       * Change the YAML version and schema used by the document.
       * A `null` version disables support for directives, explicit tags, anchors, and aliases.
       * It also requires the `schema` option to be given as a `Schema` instance value.
       *
       * Overrides all previously set schema options.
       */
      setSchema(version2, options = {}) {
        if (typeof version2 === "number")
          version2 = String(version2);
        let opt;
        switch (version2) {
          case "1.1":
            if (this.directives)
              this.directives.yaml.version = "1.1";
            else
              this.directives = new directives.Directives({ version: "1.1" });
            opt = { resolveKnownTags: false, schema: "yaml-1.1" };
            break;
          case "1.2":
          case "next":
            if (this.directives)
              this.directives.yaml.version = version2;
            else
              this.directives = new directives.Directives({ version: version2 });
            opt = { resolveKnownTags: true, schema: "core" };
            break;
          case null:
            if (this.directives)
              delete this.directives;
            opt = null;
            break;
          default: {
            const sv = JSON.stringify(version2);
            throw new Error(`Expected '1.1', '1.2' or null as first argument, but found: ${sv}`);
          }
        }
        if (options.schema instanceof Object)
          this.schema = options.schema;
        else if (opt)
          this.schema = new Schema.Schema(Object.assign(opt, options));
        else
          throw new Error(`With a null YAML version, the { schema: Schema } option is required`);
      }
      // json & jsonArg are only used from toJSON()
      toJS({ json: json2, jsonArg, mapAsMap, maxAliasCount, onAnchor, reviver } = {}) {
        const ctx = {
          anchors: /* @__PURE__ */ new Map(),
          doc: this,
          keep: !json2,
          mapAsMap: mapAsMap === true,
          mapKeyWarned: false,
          maxAliasCount: typeof maxAliasCount === "number" ? maxAliasCount : 100
        };
        const res = toJS.toJS(this.contents, jsonArg ?? "", ctx);
        if (typeof onAnchor === "function")
          for (const { count, res: res2 } of ctx.anchors.values())
            onAnchor(res2, count);
        return typeof reviver === "function" ? applyReviver.applyReviver(reviver, { "": res }, "", res) : res;
      }
      /**
       * A JSON representation of the document `contents`.
       *
       * @param jsonArg Used by `JSON.stringify` to indicate the array index or
       *   property name.
       */
      toJSON(jsonArg, onAnchor) {
        return this.toJS({ json: true, jsonArg, mapAsMap: false, onAnchor });
      }
      /** A YAML representation of the document. */
      toString(options = {}) {
        if (this.errors.length > 0)
          throw new Error("Document with errors cannot be stringified");
        if ("indent" in options && (!Number.isInteger(options.indent) || Number(options.indent) <= 0)) {
          const s = JSON.stringify(options.indent);
          throw new Error(`"indent" option must be a positive integer, not ${s}`);
        }
        return stringifyDocument.stringifyDocument(this, options);
      }
    };
    function assertCollection(contents) {
      if (identity.isCollection(contents))
        return true;
      throw new Error("Expected a YAML collection as document contents");
    }
    exports.Document = Document;
  }
});

// node_modules/yaml/dist/errors.js
var require_errors = __commonJS({
  "node_modules/yaml/dist/errors.js"(exports) {
    "use strict";
    var YAMLError = class extends Error {
      constructor(name, pos, code2, message) {
        super();
        this.name = name;
        this.code = code2;
        this.message = message;
        this.pos = pos;
      }
    };
    var YAMLParseError = class extends YAMLError {
      constructor(pos, code2, message) {
        super("YAMLParseError", pos, code2, message);
      }
    };
    var YAMLWarning = class extends YAMLError {
      constructor(pos, code2, message) {
        super("YAMLWarning", pos, code2, message);
      }
    };
    var prettifyError = (src, lc) => (error) => {
      if (error.pos[0] === -1)
        return;
      error.linePos = error.pos.map((pos) => lc.linePos(pos));
      const { line, col } = error.linePos[0];
      error.message += ` at line ${line}, column ${col}`;
      let ci = col - 1;
      let lineStr = src.substring(lc.lineStarts[line - 1], lc.lineStarts[line]).replace(/[\n\r]+$/, "");
      if (ci >= 60 && lineStr.length > 80) {
        const trimStart = Math.min(ci - 39, lineStr.length - 79);
        lineStr = "\u2026" + lineStr.substring(trimStart);
        ci -= trimStart - 1;
      }
      if (lineStr.length > 80)
        lineStr = lineStr.substring(0, 79) + "\u2026";
      if (line > 1 && /^ *$/.test(lineStr.substring(0, ci))) {
        let prev = src.substring(lc.lineStarts[line - 2], lc.lineStarts[line - 1]);
        if (prev.length > 80)
          prev = prev.substring(0, 79) + "\u2026\n";
        lineStr = prev + lineStr;
      }
      if (/[^ ]/.test(lineStr)) {
        let count = 1;
        const end = error.linePos[1];
        if (end?.line === line && end.col > col) {
          count = Math.max(1, Math.min(end.col - col, 80 - ci));
        }
        const pointer = " ".repeat(ci) + "^".repeat(count);
        error.message += `:

${lineStr}
${pointer}
`;
      }
    };
    exports.YAMLError = YAMLError;
    exports.YAMLParseError = YAMLParseError;
    exports.YAMLWarning = YAMLWarning;
    exports.prettifyError = prettifyError;
  }
});

// node_modules/yaml/dist/compose/resolve-props.js
var require_resolve_props = __commonJS({
  "node_modules/yaml/dist/compose/resolve-props.js"(exports) {
    "use strict";
    function resolveProps(tokens, { flow, indicator, next, offset: offset3, onError, parentIndent, startOnNewline }) {
      let spaceBefore = false;
      let atNewline = startOnNewline;
      let hasSpace = startOnNewline;
      let comment = "";
      let commentSep = "";
      let hasNewline = false;
      let reqSpace = false;
      let tab = null;
      let anchor = null;
      let tag = null;
      let newlineAfterProp = null;
      let comma = null;
      let found2 = null;
      let start = null;
      for (const token of tokens) {
        if (reqSpace) {
          if (token.type !== "space" && token.type !== "newline" && token.type !== "comma")
            onError(token.offset, "MISSING_CHAR", "Tags and anchors must be separated from the next token by white space");
          reqSpace = false;
        }
        if (tab) {
          if (atNewline && token.type !== "comment" && token.type !== "newline") {
            onError(tab, "TAB_AS_INDENT", "Tabs are not allowed as indentation");
          }
          tab = null;
        }
        switch (token.type) {
          case "space":
            if (!flow && (indicator !== "doc-start" || next?.type !== "flow-collection") && token.source.includes("	")) {
              tab = token;
            }
            hasSpace = true;
            break;
          case "comment": {
            if (!hasSpace)
              onError(token, "MISSING_CHAR", "Comments must be separated from other tokens by white space characters");
            const cb = token.source.substring(1) || " ";
            if (!comment)
              comment = cb;
            else
              comment += commentSep + cb;
            commentSep = "";
            atNewline = false;
            break;
          }
          case "newline":
            if (atNewline) {
              if (comment)
                comment += token.source;
              else if (!found2 || indicator !== "seq-item-ind")
                spaceBefore = true;
            } else
              commentSep += token.source;
            atNewline = true;
            hasNewline = true;
            if (anchor || tag)
              newlineAfterProp = token;
            hasSpace = true;
            break;
          case "anchor":
            if (anchor)
              onError(token, "MULTIPLE_ANCHORS", "A node can have at most one anchor");
            if (token.source.endsWith(":"))
              onError(token.offset + token.source.length - 1, "BAD_ALIAS", "Anchor ending in : is ambiguous", true);
            anchor = token;
            start ?? (start = token.offset);
            atNewline = false;
            hasSpace = false;
            reqSpace = true;
            break;
          case "tag": {
            if (tag)
              onError(token, "MULTIPLE_TAGS", "A node can have at most one tag");
            tag = token;
            start ?? (start = token.offset);
            atNewline = false;
            hasSpace = false;
            reqSpace = true;
            break;
          }
          case indicator:
            if (anchor || tag)
              onError(token, "BAD_PROP_ORDER", `Anchors and tags must be after the ${token.source} indicator`);
            if (found2)
              onError(token, "UNEXPECTED_TOKEN", `Unexpected ${token.source} in ${flow ?? "collection"}`);
            found2 = token;
            atNewline = indicator === "seq-item-ind" || indicator === "explicit-key-ind";
            hasSpace = false;
            break;
          case "comma":
            if (flow) {
              if (comma)
                onError(token, "UNEXPECTED_TOKEN", `Unexpected , in ${flow}`);
              comma = token;
              atNewline = false;
              hasSpace = false;
              break;
            }
          // else fallthrough
          default:
            onError(token, "UNEXPECTED_TOKEN", `Unexpected ${token.type} token`);
            atNewline = false;
            hasSpace = false;
        }
      }
      const last2 = tokens[tokens.length - 1];
      const end = last2 ? last2.offset + last2.source.length : offset3;
      if (reqSpace && next && next.type !== "space" && next.type !== "newline" && next.type !== "comma" && (next.type !== "scalar" || next.source !== "")) {
        onError(next.offset, "MISSING_CHAR", "Tags and anchors must be separated from the next token by white space");
      }
      if (tab && (atNewline && tab.indent <= parentIndent || next?.type === "block-map" || next?.type === "block-seq"))
        onError(tab, "TAB_AS_INDENT", "Tabs are not allowed as indentation");
      return {
        comma,
        found: found2,
        spaceBefore,
        comment,
        hasNewline,
        anchor,
        tag,
        newlineAfterProp,
        end,
        start: start ?? end
      };
    }
    exports.resolveProps = resolveProps;
  }
});

// node_modules/yaml/dist/compose/util-contains-newline.js
var require_util_contains_newline = __commonJS({
  "node_modules/yaml/dist/compose/util-contains-newline.js"(exports) {
    "use strict";
    function containsNewline(key) {
      if (!key)
        return null;
      switch (key.type) {
        case "alias":
        case "scalar":
        case "double-quoted-scalar":
        case "single-quoted-scalar":
          if (key.source.includes("\n"))
            return true;
          if (key.end) {
            for (const st of key.end)
              if (st.type === "newline")
                return true;
          }
          return false;
        case "flow-collection":
          for (const it of key.items) {
            for (const st of it.start)
              if (st.type === "newline")
                return true;
            if (it.sep) {
              for (const st of it.sep)
                if (st.type === "newline")
                  return true;
            }
            if (containsNewline(it.key) || containsNewline(it.value))
              return true;
          }
          return false;
        default:
          return true;
      }
    }
    exports.containsNewline = containsNewline;
  }
});

// node_modules/yaml/dist/compose/util-flow-indent-check.js
var require_util_flow_indent_check = __commonJS({
  "node_modules/yaml/dist/compose/util-flow-indent-check.js"(exports) {
    "use strict";
    var utilContainsNewline = require_util_contains_newline();
    function flowIndentCheck(indent, fc, onError) {
      if (fc?.type === "flow-collection") {
        const end = fc.end[0];
        if (end.indent === indent && (end.source === "]" || end.source === "}") && utilContainsNewline.containsNewline(fc)) {
          const msg = "Flow end indicator should be more indented than parent";
          onError(end, "BAD_INDENT", msg, true);
        }
      }
    }
    exports.flowIndentCheck = flowIndentCheck;
  }
});

// node_modules/yaml/dist/compose/util-map-includes.js
var require_util_map_includes = __commonJS({
  "node_modules/yaml/dist/compose/util-map-includes.js"(exports) {
    "use strict";
    var identity = require_identity();
    function mapIncludes(ctx, items, search2) {
      const { uniqueKeys } = ctx.options;
      if (uniqueKeys === false)
        return false;
      const isEqual = typeof uniqueKeys === "function" ? uniqueKeys : (a, b) => a === b || identity.isScalar(a) && identity.isScalar(b) && a.value === b.value;
      return items.some((pair) => isEqual(pair.key, search2));
    }
    exports.mapIncludes = mapIncludes;
  }
});

// node_modules/yaml/dist/compose/resolve-block-map.js
var require_resolve_block_map = __commonJS({
  "node_modules/yaml/dist/compose/resolve-block-map.js"(exports) {
    "use strict";
    var Pair = require_Pair();
    var YAMLMap = require_YAMLMap();
    var resolveProps = require_resolve_props();
    var utilContainsNewline = require_util_contains_newline();
    var utilFlowIndentCheck = require_util_flow_indent_check();
    var utilMapIncludes = require_util_map_includes();
    var startColMsg = "All mapping items must start at the same column";
    function resolveBlockMap({ composeNode, composeEmptyNode }, ctx, bm, onError, tag) {
      const NodeClass = tag?.nodeClass ?? YAMLMap.YAMLMap;
      const map2 = new NodeClass(ctx.schema);
      if (ctx.atRoot)
        ctx.atRoot = false;
      let offset3 = bm.offset;
      let commentEnd = null;
      for (const collItem of bm.items) {
        const { start, key, sep: sep2, value } = collItem;
        const keyProps = resolveProps.resolveProps(start, {
          indicator: "explicit-key-ind",
          next: key ?? sep2?.[0],
          offset: offset3,
          onError,
          parentIndent: bm.indent,
          startOnNewline: true
        });
        const implicitKey = !keyProps.found;
        if (implicitKey) {
          if (key) {
            if (key.type === "block-seq")
              onError(offset3, "BLOCK_AS_IMPLICIT_KEY", "A block sequence may not be used as an implicit map key");
            else if ("indent" in key && key.indent !== bm.indent)
              onError(offset3, "BAD_INDENT", startColMsg);
          }
          if (!keyProps.anchor && !keyProps.tag && !sep2) {
            commentEnd = keyProps.end;
            if (keyProps.comment) {
              if (map2.comment)
                map2.comment += "\n" + keyProps.comment;
              else
                map2.comment = keyProps.comment;
            }
            continue;
          }
          if (keyProps.newlineAfterProp || utilContainsNewline.containsNewline(key)) {
            onError(key ?? start[start.length - 1], "MULTILINE_IMPLICIT_KEY", "Implicit keys need to be on a single line");
          }
        } else if (keyProps.found?.indent !== bm.indent) {
          onError(offset3, "BAD_INDENT", startColMsg);
        }
        ctx.atKey = true;
        const keyStart = keyProps.end;
        const keyNode = key ? composeNode(ctx, key, keyProps, onError) : composeEmptyNode(ctx, keyStart, start, null, keyProps, onError);
        if (ctx.schema.compat)
          utilFlowIndentCheck.flowIndentCheck(bm.indent, key, onError);
        ctx.atKey = false;
        if (utilMapIncludes.mapIncludes(ctx, map2.items, keyNode))
          onError(keyStart, "DUPLICATE_KEY", "Map keys must be unique");
        const valueProps = resolveProps.resolveProps(sep2 ?? [], {
          indicator: "map-value-ind",
          next: value,
          offset: keyNode.range[2],
          onError,
          parentIndent: bm.indent,
          startOnNewline: !key || key.type === "block-scalar"
        });
        offset3 = valueProps.end;
        if (valueProps.found) {
          if (implicitKey) {
            if (value?.type === "block-map" && !valueProps.hasNewline)
              onError(offset3, "BLOCK_AS_IMPLICIT_KEY", "Nested mappings are not allowed in compact mappings");
            if (ctx.options.strict && keyProps.start < valueProps.found.offset - 1024)
              onError(keyNode.range, "KEY_OVER_1024_CHARS", "The : indicator must be at most 1024 chars after the start of an implicit block mapping key");
          }
          const valueNode = value ? composeNode(ctx, value, valueProps, onError) : composeEmptyNode(ctx, offset3, sep2, null, valueProps, onError);
          if (ctx.schema.compat)
            utilFlowIndentCheck.flowIndentCheck(bm.indent, value, onError);
          offset3 = valueNode.range[2];
          const pair = new Pair.Pair(keyNode, valueNode);
          if (ctx.options.keepSourceTokens)
            pair.srcToken = collItem;
          map2.items.push(pair);
        } else {
          if (implicitKey)
            onError(keyNode.range, "MISSING_CHAR", "Implicit map keys need to be followed by map values");
          if (valueProps.comment) {
            if (keyNode.comment)
              keyNode.comment += "\n" + valueProps.comment;
            else
              keyNode.comment = valueProps.comment;
          }
          const pair = new Pair.Pair(keyNode);
          if (ctx.options.keepSourceTokens)
            pair.srcToken = collItem;
          map2.items.push(pair);
        }
      }
      if (commentEnd && commentEnd < offset3)
        onError(commentEnd, "IMPOSSIBLE", "Map comment with trailing content");
      map2.range = [bm.offset, offset3, commentEnd ?? offset3];
      return map2;
    }
    exports.resolveBlockMap = resolveBlockMap;
  }
});

// node_modules/yaml/dist/compose/resolve-block-seq.js
var require_resolve_block_seq = __commonJS({
  "node_modules/yaml/dist/compose/resolve-block-seq.js"(exports) {
    "use strict";
    var YAMLSeq = require_YAMLSeq();
    var resolveProps = require_resolve_props();
    var utilFlowIndentCheck = require_util_flow_indent_check();
    function resolveBlockSeq({ composeNode, composeEmptyNode }, ctx, bs, onError, tag) {
      const NodeClass = tag?.nodeClass ?? YAMLSeq.YAMLSeq;
      const seq = new NodeClass(ctx.schema);
      if (ctx.atRoot)
        ctx.atRoot = false;
      if (ctx.atKey)
        ctx.atKey = false;
      let offset3 = bs.offset;
      let commentEnd = null;
      for (const { start, value } of bs.items) {
        const props = resolveProps.resolveProps(start, {
          indicator: "seq-item-ind",
          next: value,
          offset: offset3,
          onError,
          parentIndent: bs.indent,
          startOnNewline: true
        });
        if (!props.found) {
          if (props.anchor || props.tag || value) {
            if (value?.type === "block-seq")
              onError(props.end, "BAD_INDENT", "All sequence items must start at the same column");
            else
              onError(offset3, "MISSING_CHAR", "Sequence item without - indicator");
          } else {
            commentEnd = props.end;
            if (props.comment)
              seq.comment = props.comment;
            continue;
          }
        }
        const node = value ? composeNode(ctx, value, props, onError) : composeEmptyNode(ctx, props.end, start, null, props, onError);
        if (ctx.schema.compat)
          utilFlowIndentCheck.flowIndentCheck(bs.indent, value, onError);
        offset3 = node.range[2];
        seq.items.push(node);
      }
      seq.range = [bs.offset, offset3, commentEnd ?? offset3];
      return seq;
    }
    exports.resolveBlockSeq = resolveBlockSeq;
  }
});

// node_modules/yaml/dist/compose/resolve-end.js
var require_resolve_end = __commonJS({
  "node_modules/yaml/dist/compose/resolve-end.js"(exports) {
    "use strict";
    function resolveEnd(end, offset3, reqSpace, onError) {
      let comment = "";
      if (end) {
        let hasSpace = false;
        let sep2 = "";
        for (const token of end) {
          const { source, type: type2 } = token;
          switch (type2) {
            case "space":
              hasSpace = true;
              break;
            case "comment": {
              if (reqSpace && !hasSpace)
                onError(token, "MISSING_CHAR", "Comments must be separated from other tokens by white space characters");
              const cb = source.substring(1) || " ";
              if (!comment)
                comment = cb;
              else
                comment += sep2 + cb;
              sep2 = "";
              break;
            }
            case "newline":
              if (comment)
                sep2 += source;
              hasSpace = true;
              break;
            default:
              onError(token, "UNEXPECTED_TOKEN", `Unexpected ${type2} at node end`);
          }
          offset3 += source.length;
        }
      }
      return { comment, offset: offset3 };
    }
    exports.resolveEnd = resolveEnd;
  }
});

// node_modules/yaml/dist/compose/resolve-flow-collection.js
var require_resolve_flow_collection = __commonJS({
  "node_modules/yaml/dist/compose/resolve-flow-collection.js"(exports) {
    "use strict";
    var identity = require_identity();
    var Pair = require_Pair();
    var YAMLMap = require_YAMLMap();
    var YAMLSeq = require_YAMLSeq();
    var resolveEnd = require_resolve_end();
    var resolveProps = require_resolve_props();
    var utilContainsNewline = require_util_contains_newline();
    var utilMapIncludes = require_util_map_includes();
    var blockMsg = "Block collections are not allowed within flow collections";
    var isBlock = (token) => token && (token.type === "block-map" || token.type === "block-seq");
    function resolveFlowCollection({ composeNode, composeEmptyNode }, ctx, fc, onError, tag) {
      const isMap3 = fc.start.source === "{";
      const fcName = isMap3 ? "flow map" : "flow sequence";
      const NodeClass = tag?.nodeClass ?? (isMap3 ? YAMLMap.YAMLMap : YAMLSeq.YAMLSeq);
      const coll = new NodeClass(ctx.schema);
      coll.flow = true;
      const atRoot = ctx.atRoot;
      if (atRoot)
        ctx.atRoot = false;
      if (ctx.atKey)
        ctx.atKey = false;
      let offset3 = fc.offset + fc.start.source.length;
      for (let i = 0; i < fc.items.length; ++i) {
        const collItem = fc.items[i];
        const { start, key, sep: sep2, value } = collItem;
        const props = resolveProps.resolveProps(start, {
          flow: fcName,
          indicator: "explicit-key-ind",
          next: key ?? sep2?.[0],
          offset: offset3,
          onError,
          parentIndent: fc.indent,
          startOnNewline: false
        });
        if (!props.found) {
          if (!props.anchor && !props.tag && !sep2 && !value) {
            if (i === 0 && props.comma)
              onError(props.comma, "UNEXPECTED_TOKEN", `Unexpected , in ${fcName}`);
            else if (i < fc.items.length - 1)
              onError(props.start, "UNEXPECTED_TOKEN", `Unexpected empty item in ${fcName}`);
            if (props.comment) {
              if (coll.comment)
                coll.comment += "\n" + props.comment;
              else
                coll.comment = props.comment;
            }
            offset3 = props.end;
            continue;
          }
          if (!isMap3 && ctx.options.strict && utilContainsNewline.containsNewline(key))
            onError(
              key,
              // checked by containsNewline()
              "MULTILINE_IMPLICIT_KEY",
              "Implicit keys of flow sequence pairs need to be on a single line"
            );
        }
        if (i === 0) {
          if (props.comma)
            onError(props.comma, "UNEXPECTED_TOKEN", `Unexpected , in ${fcName}`);
        } else {
          if (!props.comma)
            onError(props.start, "MISSING_CHAR", `Missing , between ${fcName} items`);
          if (props.comment) {
            let prevItemComment = "";
            loop: for (const st of start) {
              switch (st.type) {
                case "comma":
                case "space":
                  break;
                case "comment":
                  prevItemComment = st.source.substring(1);
                  break loop;
                default:
                  break loop;
              }
            }
            if (prevItemComment) {
              let prev = coll.items[coll.items.length - 1];
              if (identity.isPair(prev))
                prev = prev.value ?? prev.key;
              if (prev.comment)
                prev.comment += "\n" + prevItemComment;
              else
                prev.comment = prevItemComment;
              props.comment = props.comment.substring(prevItemComment.length + 1);
            }
          }
        }
        if (!isMap3 && !sep2 && !props.found) {
          const valueNode = value ? composeNode(ctx, value, props, onError) : composeEmptyNode(ctx, props.end, sep2, null, props, onError);
          coll.items.push(valueNode);
          offset3 = valueNode.range[2];
          if (isBlock(value))
            onError(valueNode.range, "BLOCK_IN_FLOW", blockMsg);
        } else {
          ctx.atKey = true;
          const keyStart = props.end;
          const keyNode = key ? composeNode(ctx, key, props, onError) : composeEmptyNode(ctx, keyStart, start, null, props, onError);
          if (isBlock(key))
            onError(keyNode.range, "BLOCK_IN_FLOW", blockMsg);
          ctx.atKey = false;
          const valueProps = resolveProps.resolveProps(sep2 ?? [], {
            flow: fcName,
            indicator: "map-value-ind",
            next: value,
            offset: keyNode.range[2],
            onError,
            parentIndent: fc.indent,
            startOnNewline: false
          });
          if (valueProps.found) {
            if (!isMap3 && !props.found && ctx.options.strict) {
              if (sep2)
                for (const st of sep2) {
                  if (st === valueProps.found)
                    break;
                  if (st.type === "newline") {
                    onError(st, "MULTILINE_IMPLICIT_KEY", "Implicit keys of flow sequence pairs need to be on a single line");
                    break;
                  }
                }
              if (props.start < valueProps.found.offset - 1024)
                onError(valueProps.found, "KEY_OVER_1024_CHARS", "The : indicator must be at most 1024 chars after the start of an implicit flow sequence key");
            }
          } else if (value) {
            if ("source" in value && value.source?.[0] === ":")
              onError(value, "MISSING_CHAR", `Missing space after : in ${fcName}`);
            else
              onError(valueProps.start, "MISSING_CHAR", `Missing , or : between ${fcName} items`);
          }
          const valueNode = value ? composeNode(ctx, value, valueProps, onError) : valueProps.found ? composeEmptyNode(ctx, valueProps.end, sep2, null, valueProps, onError) : null;
          if (valueNode) {
            if (isBlock(value))
              onError(valueNode.range, "BLOCK_IN_FLOW", blockMsg);
          } else if (valueProps.comment) {
            if (keyNode.comment)
              keyNode.comment += "\n" + valueProps.comment;
            else
              keyNode.comment = valueProps.comment;
          }
          const pair = new Pair.Pair(keyNode, valueNode);
          if (ctx.options.keepSourceTokens)
            pair.srcToken = collItem;
          if (isMap3) {
            const map2 = coll;
            if (utilMapIncludes.mapIncludes(ctx, map2.items, keyNode))
              onError(keyStart, "DUPLICATE_KEY", "Map keys must be unique");
            map2.items.push(pair);
          } else {
            const map2 = new YAMLMap.YAMLMap(ctx.schema);
            map2.flow = true;
            map2.items.push(pair);
            const endRange = (valueNode ?? keyNode).range;
            map2.range = [keyNode.range[0], endRange[1], endRange[2]];
            coll.items.push(map2);
          }
          offset3 = valueNode ? valueNode.range[2] : valueProps.end;
        }
      }
      const expectedEnd = isMap3 ? "}" : "]";
      const [ce, ...ee] = fc.end;
      let cePos = offset3;
      if (ce?.source === expectedEnd)
        cePos = ce.offset + ce.source.length;
      else {
        const name = fcName[0].toUpperCase() + fcName.substring(1);
        const msg = atRoot ? `${name} must end with a ${expectedEnd}` : `${name} in block collection must be sufficiently indented and end with a ${expectedEnd}`;
        onError(offset3, atRoot ? "MISSING_CHAR" : "BAD_INDENT", msg);
        if (ce && ce.source.length !== 1)
          ee.unshift(ce);
      }
      if (ee.length > 0) {
        const end = resolveEnd.resolveEnd(ee, cePos, ctx.options.strict, onError);
        if (end.comment) {
          if (coll.comment)
            coll.comment += "\n" + end.comment;
          else
            coll.comment = end.comment;
        }
        coll.range = [fc.offset, cePos, end.offset];
      } else {
        coll.range = [fc.offset, cePos, cePos];
      }
      return coll;
    }
    exports.resolveFlowCollection = resolveFlowCollection;
  }
});

// node_modules/yaml/dist/compose/compose-collection.js
var require_compose_collection = __commonJS({
  "node_modules/yaml/dist/compose/compose-collection.js"(exports) {
    "use strict";
    var identity = require_identity();
    var Scalar2 = require_Scalar();
    var YAMLMap = require_YAMLMap();
    var YAMLSeq = require_YAMLSeq();
    var resolveBlockMap = require_resolve_block_map();
    var resolveBlockSeq = require_resolve_block_seq();
    var resolveFlowCollection = require_resolve_flow_collection();
    function resolveCollection(CN, ctx, token, onError, tagName, tag) {
      const coll = token.type === "block-map" ? resolveBlockMap.resolveBlockMap(CN, ctx, token, onError, tag) : token.type === "block-seq" ? resolveBlockSeq.resolveBlockSeq(CN, ctx, token, onError, tag) : resolveFlowCollection.resolveFlowCollection(CN, ctx, token, onError, tag);
      const Coll = coll.constructor;
      if (tagName === "!" || tagName === Coll.tagName) {
        coll.tag = Coll.tagName;
        return coll;
      }
      if (tagName)
        coll.tag = tagName;
      return coll;
    }
    function composeCollection(CN, ctx, token, props, onError) {
      const tagToken = props.tag;
      const tagName = !tagToken ? null : ctx.directives.tagName(tagToken.source, (msg) => onError(tagToken, "TAG_RESOLVE_FAILED", msg));
      if (token.type === "block-seq") {
        const { anchor, newlineAfterProp: nl } = props;
        const lastProp = anchor && tagToken ? anchor.offset > tagToken.offset ? anchor : tagToken : anchor ?? tagToken;
        if (lastProp && (!nl || nl.offset < lastProp.offset)) {
          const message = "Missing newline after block sequence props";
          onError(lastProp, "MISSING_CHAR", message);
        }
      }
      const expType = token.type === "block-map" ? "map" : token.type === "block-seq" ? "seq" : token.start.source === "{" ? "map" : "seq";
      if (!tagToken || !tagName || tagName === "!" || tagName === YAMLMap.YAMLMap.tagName && expType === "map" || tagName === YAMLSeq.YAMLSeq.tagName && expType === "seq") {
        return resolveCollection(CN, ctx, token, onError, tagName);
      }
      let tag = ctx.schema.tags.find((t) => t.tag === tagName && t.collection === expType);
      if (!tag) {
        const kt = ctx.schema.knownTags[tagName];
        if (kt?.collection === expType) {
          ctx.schema.tags.push(Object.assign({}, kt, { default: false }));
          tag = kt;
        } else {
          if (kt) {
            onError(tagToken, "BAD_COLLECTION_TYPE", `${kt.tag} used for ${expType} collection, but expects ${kt.collection ?? "scalar"}`, true);
          } else {
            onError(tagToken, "TAG_RESOLVE_FAILED", `Unresolved tag: ${tagName}`, true);
          }
          return resolveCollection(CN, ctx, token, onError, tagName);
        }
      }
      const coll = resolveCollection(CN, ctx, token, onError, tagName, tag);
      const res = tag.resolve?.(coll, (msg) => onError(tagToken, "TAG_RESOLVE_FAILED", msg), ctx.options) ?? coll;
      const node = identity.isNode(res) ? res : new Scalar2.Scalar(res);
      node.range = coll.range;
      node.tag = tagName;
      if (tag?.format)
        node.format = tag.format;
      return node;
    }
    exports.composeCollection = composeCollection;
  }
});

// node_modules/yaml/dist/compose/resolve-block-scalar.js
var require_resolve_block_scalar = __commonJS({
  "node_modules/yaml/dist/compose/resolve-block-scalar.js"(exports) {
    "use strict";
    var Scalar2 = require_Scalar();
    function resolveBlockScalar(ctx, scalar, onError) {
      const start = scalar.offset;
      const header = parseBlockScalarHeader(scalar, ctx.options.strict, onError);
      if (!header)
        return { value: "", type: null, comment: "", range: [start, start, start] };
      const type2 = header.mode === ">" ? Scalar2.Scalar.BLOCK_FOLDED : Scalar2.Scalar.BLOCK_LITERAL;
      const lines2 = scalar.source ? splitLines(scalar.source) : [];
      let chompStart = lines2.length;
      for (let i = lines2.length - 1; i >= 0; --i) {
        const content2 = lines2[i][1];
        if (content2 === "" || content2 === "\r")
          chompStart = i;
        else
          break;
      }
      if (chompStart === 0) {
        const value2 = header.chomp === "+" && lines2.length > 0 ? "\n".repeat(Math.max(1, lines2.length - 1)) : "";
        let end2 = start + header.length;
        if (scalar.source)
          end2 += scalar.source.length;
        return { value: value2, type: type2, comment: header.comment, range: [start, end2, end2] };
      }
      let trimIndent = scalar.indent + header.indent;
      let offset3 = scalar.offset + header.length;
      let contentStart = 0;
      for (let i = 0; i < chompStart; ++i) {
        const [indent, content2] = lines2[i];
        if (content2 === "" || content2 === "\r") {
          if (header.indent === 0 && indent.length > trimIndent)
            trimIndent = indent.length;
        } else {
          if (indent.length < trimIndent) {
            const message = "Block scalars with more-indented leading empty lines must use an explicit indentation indicator";
            onError(offset3 + indent.length, "MISSING_CHAR", message);
          }
          if (header.indent === 0)
            trimIndent = indent.length;
          contentStart = i;
          if (trimIndent === 0 && !ctx.atRoot) {
            const message = "Block scalar values in collections must be indented";
            onError(offset3, "BAD_INDENT", message);
          }
          break;
        }
        offset3 += indent.length + content2.length + 1;
      }
      for (let i = lines2.length - 1; i >= chompStart; --i) {
        if (lines2[i][0].length > trimIndent)
          chompStart = i + 1;
      }
      let value = "";
      let sep2 = "";
      let prevMoreIndented = false;
      for (let i = 0; i < contentStart; ++i)
        value += lines2[i][0].slice(trimIndent) + "\n";
      for (let i = contentStart; i < chompStart; ++i) {
        let [indent, content2] = lines2[i];
        offset3 += indent.length + content2.length + 1;
        const crlf = content2[content2.length - 1] === "\r";
        if (crlf)
          content2 = content2.slice(0, -1);
        if (content2 && indent.length < trimIndent) {
          const src = header.indent ? "explicit indentation indicator" : "first line";
          const message = `Block scalar lines must not be less indented than their ${src}`;
          onError(offset3 - content2.length - (crlf ? 2 : 1), "BAD_INDENT", message);
          indent = "";
        }
        if (type2 === Scalar2.Scalar.BLOCK_LITERAL) {
          value += sep2 + indent.slice(trimIndent) + content2;
          sep2 = "\n";
        } else if (indent.length > trimIndent || content2[0] === "	") {
          if (sep2 === " ")
            sep2 = "\n";
          else if (!prevMoreIndented && sep2 === "\n")
            sep2 = "\n\n";
          value += sep2 + indent.slice(trimIndent) + content2;
          sep2 = "\n";
          prevMoreIndented = true;
        } else if (content2 === "") {
          if (sep2 === "\n")
            value += "\n";
          else
            sep2 = "\n";
        } else {
          value += sep2 + content2;
          sep2 = " ";
          prevMoreIndented = false;
        }
      }
      switch (header.chomp) {
        case "-":
          break;
        case "+":
          for (let i = chompStart; i < lines2.length; ++i)
            value += "\n" + lines2[i][0].slice(trimIndent);
          if (value[value.length - 1] !== "\n")
            value += "\n";
          break;
        default:
          value += "\n";
      }
      const end = start + header.length + scalar.source.length;
      return { value, type: type2, comment: header.comment, range: [start, end, end] };
    }
    function parseBlockScalarHeader({ offset: offset3, props }, strict, onError) {
      if (props[0].type !== "block-scalar-header") {
        onError(props[0], "IMPOSSIBLE", "Block scalar header not found");
        return null;
      }
      const { source } = props[0];
      const mode = source[0];
      let indent = 0;
      let chomp = "";
      let error = -1;
      for (let i = 1; i < source.length; ++i) {
        const ch = source[i];
        if (!chomp && (ch === "-" || ch === "+"))
          chomp = ch;
        else {
          const n = Number(ch);
          if (!indent && n)
            indent = n;
          else if (error === -1)
            error = offset3 + i;
        }
      }
      if (error !== -1)
        onError(error, "UNEXPECTED_TOKEN", `Block scalar header includes extra characters: ${source}`);
      let hasSpace = false;
      let comment = "";
      let length = source.length;
      for (let i = 1; i < props.length; ++i) {
        const token = props[i];
        switch (token.type) {
          case "space":
            hasSpace = true;
          // fallthrough
          case "newline":
            length += token.source.length;
            break;
          case "comment":
            if (strict && !hasSpace) {
              const message = "Comments must be separated from other tokens by white space characters";
              onError(token, "MISSING_CHAR", message);
            }
            length += token.source.length;
            comment = token.source.substring(1);
            break;
          case "error":
            onError(token, "UNEXPECTED_TOKEN", token.message);
            length += token.source.length;
            break;
          /* istanbul ignore next should not happen */
          default: {
            const message = `Unexpected token in block scalar header: ${token.type}`;
            onError(token, "UNEXPECTED_TOKEN", message);
            const ts = token.source;
            if (ts && typeof ts === "string")
              length += ts.length;
          }
        }
      }
      return { mode, indent, chomp, comment, length };
    }
    function splitLines(source) {
      const split2 = source.split(/\n( *)/);
      const first2 = split2[0];
      const m = first2.match(/^( *)/);
      const line0 = m?.[1] ? [m[1], first2.slice(m[1].length)] : ["", first2];
      const lines2 = [line0];
      for (let i = 1; i < split2.length; i += 2)
        lines2.push([split2[i], split2[i + 1]]);
      return lines2;
    }
    exports.resolveBlockScalar = resolveBlockScalar;
  }
});

// node_modules/yaml/dist/compose/resolve-flow-scalar.js
var require_resolve_flow_scalar = __commonJS({
  "node_modules/yaml/dist/compose/resolve-flow-scalar.js"(exports) {
    "use strict";
    var Scalar2 = require_Scalar();
    var resolveEnd = require_resolve_end();
    function resolveFlowScalar(scalar, strict, onError) {
      const { offset: offset3, type: type2, source, end } = scalar;
      let _type;
      let value;
      const _onError = (rel, code2, msg) => onError(offset3 + rel, code2, msg);
      switch (type2) {
        case "scalar":
          _type = Scalar2.Scalar.PLAIN;
          value = plainValue(source, _onError);
          break;
        case "single-quoted-scalar":
          _type = Scalar2.Scalar.QUOTE_SINGLE;
          value = singleQuotedValue(source, _onError);
          break;
        case "double-quoted-scalar":
          _type = Scalar2.Scalar.QUOTE_DOUBLE;
          value = doubleQuotedValue(source, _onError);
          break;
        /* istanbul ignore next should not happen */
        default:
          onError(scalar, "UNEXPECTED_TOKEN", `Expected a flow scalar value, but found: ${type2}`);
          return {
            value: "",
            type: null,
            comment: "",
            range: [offset3, offset3 + source.length, offset3 + source.length]
          };
      }
      const valueEnd = offset3 + source.length;
      const re = resolveEnd.resolveEnd(end, valueEnd, strict, onError);
      return {
        value,
        type: _type,
        comment: re.comment,
        range: [offset3, valueEnd, re.offset]
      };
    }
    function plainValue(source, onError) {
      let badChar = "";
      switch (source[0]) {
        /* istanbul ignore next should not happen */
        case "	":
          badChar = "a tab character";
          break;
        case ",":
          badChar = "flow indicator character ,";
          break;
        case "%":
          badChar = "directive indicator character %";
          break;
        case "|":
        case ">": {
          badChar = `block scalar indicator ${source[0]}`;
          break;
        }
        case "@":
        case "`": {
          badChar = `reserved character ${source[0]}`;
          break;
        }
      }
      if (badChar)
        onError(0, "BAD_SCALAR_START", `Plain value cannot start with ${badChar}`);
      return unfoldLines(source);
    }
    function singleQuotedValue(source, onError) {
      if (source[source.length - 1] !== "'" || source.length === 1)
        onError(source.length, "MISSING_CHAR", "Missing closing 'quote");
      return unfoldLines(source.slice(1, -1)).replace(/''/g, "'");
    }
    function unfoldLines(source) {
      const line = /(.*?)\r?\n/sy;
      let match = line.exec(source);
      if (!match)
        return source;
      let trimEnd, trimBoth;
      try {
        trimEnd = new RegExp("(?<![ 	])[ 	]+$");
        trimBoth = new RegExp("^[ 	]+|(?<![ 	])[ 	]+$", "g");
      } catch {
        trimEnd = /[ \t]+$/;
        trimBoth = /^[ \t]+|[ \t]+$/g;
      }
      let res = match[1].replace(trimEnd, "");
      let sep2 = " ";
      let pos = line.lastIndex;
      while (match = line.exec(source)) {
        const lm = match[1].replace(trimBoth, "");
        if (lm === "") {
          if (sep2 === "\n")
            res += sep2;
          else
            sep2 = "\n";
        } else {
          res += sep2 + lm;
          sep2 = " ";
        }
        pos = line.lastIndex;
      }
      const last2 = /[ \t]*(.*)/sy;
      last2.lastIndex = pos;
      match = last2.exec(source);
      return res + sep2 + (match?.[1] ?? "");
    }
    function doubleQuotedValue(source, onError) {
      let res = "";
      for (let i = 1; i < source.length - 1; ++i) {
        const ch = source[i];
        if (ch === "\r" && source[i + 1] === "\n")
          continue;
        if (ch === "\n") {
          const { fold: fold2, offset: offset3 } = foldNewline(source, i);
          res += fold2;
          i = offset3;
        } else if (ch === "\\") {
          let next = source[++i];
          const cc = escapeCodes[next];
          if (cc)
            res += cc;
          else if (next === "\n") {
            next = source[i + 1];
            while (next === " " || next === "	")
              next = source[++i + 1];
          } else if (next === "\r" && source[i + 1] === "\n") {
            next = source[++i + 1];
            while (next === " " || next === "	")
              next = source[++i + 1];
          } else if (next === "x" || next === "u" || next === "U") {
            const length = next === "x" ? 2 : next === "u" ? 4 : 8;
            res += parseCharCode(source, i + 1, length, onError);
            i += length;
          } else {
            const raw2 = source.substr(i - 1, 2);
            onError(i - 1, "BAD_DQ_ESCAPE", `Invalid escape sequence ${raw2}`);
            res += raw2;
          }
        } else if (ch === " " || ch === "	") {
          const wsStart = i;
          let next = source[i + 1];
          while (next === " " || next === "	")
            next = source[++i + 1];
          if (next !== "\n" && !(next === "\r" && source[i + 2] === "\n"))
            res += i > wsStart ? source.slice(wsStart, i + 1) : ch;
        } else {
          res += ch;
        }
      }
      if (source[source.length - 1] !== '"' || source.length === 1)
        onError(source.length, "MISSING_CHAR", 'Missing closing "quote');
      return res;
    }
    function foldNewline(source, offset3) {
      let fold2 = "";
      let ch = source[offset3 + 1];
      while (ch === " " || ch === "	" || ch === "\n" || ch === "\r") {
        if (ch === "\r" && source[offset3 + 2] !== "\n")
          break;
        if (ch === "\n")
          fold2 += "\n";
        offset3 += 1;
        ch = source[offset3 + 1];
      }
      if (!fold2)
        fold2 = " ";
      return { fold: fold2, offset: offset3 };
    }
    var escapeCodes = {
      "0": "\0",
      // null character
      a: "\x07",
      // bell character
      b: "\b",
      // backspace
      e: "\x1B",
      // escape character
      f: "\f",
      // form feed
      n: "\n",
      // line feed
      r: "\r",
      // carriage return
      t: "	",
      // horizontal tab
      v: "\v",
      // vertical tab
      N: "\x85",
      // Unicode next line
      _: "\xA0",
      // Unicode non-breaking space
      L: "\u2028",
      // Unicode line separator
      P: "\u2029",
      // Unicode paragraph separator
      " ": " ",
      '"': '"',
      "/": "/",
      "\\": "\\",
      "	": "	"
    };
    function parseCharCode(source, offset3, length, onError) {
      const cc = source.substr(offset3, length);
      const ok = cc.length === length && /^[0-9a-fA-F]+$/.test(cc);
      const code2 = ok ? parseInt(cc, 16) : NaN;
      try {
        return String.fromCodePoint(code2);
      } catch {
        const raw2 = source.substr(offset3 - 2, length + 2);
        onError(offset3 - 2, "BAD_DQ_ESCAPE", `Invalid escape sequence ${raw2}`);
        return raw2;
      }
    }
    exports.resolveFlowScalar = resolveFlowScalar;
  }
});

// node_modules/yaml/dist/compose/compose-scalar.js
var require_compose_scalar = __commonJS({
  "node_modules/yaml/dist/compose/compose-scalar.js"(exports) {
    "use strict";
    var identity = require_identity();
    var Scalar2 = require_Scalar();
    var resolveBlockScalar = require_resolve_block_scalar();
    var resolveFlowScalar = require_resolve_flow_scalar();
    function composeScalar(ctx, token, tagToken, onError) {
      const { value, type: type2, comment, range: range2 } = token.type === "block-scalar" ? resolveBlockScalar.resolveBlockScalar(ctx, token, onError) : resolveFlowScalar.resolveFlowScalar(token, ctx.options.strict, onError);
      const tagName = tagToken ? ctx.directives.tagName(tagToken.source, (msg) => onError(tagToken, "TAG_RESOLVE_FAILED", msg)) : null;
      let tag;
      if (ctx.options.stringKeys && ctx.atKey) {
        tag = ctx.schema[identity.SCALAR];
      } else if (tagName)
        tag = findScalarTagByName(ctx.schema, value, tagName, tagToken, onError);
      else if (token.type === "scalar")
        tag = findScalarTagByTest(ctx, value, token, onError);
      else
        tag = ctx.schema[identity.SCALAR];
      let scalar;
      try {
        const res = tag.resolve(value, (msg) => onError(tagToken ?? token, "TAG_RESOLVE_FAILED", msg), ctx.options);
        scalar = identity.isScalar(res) ? res : new Scalar2.Scalar(res);
      } catch (error) {
        const msg = error instanceof Error ? error.message : String(error);
        onError(tagToken ?? token, "TAG_RESOLVE_FAILED", msg);
        scalar = new Scalar2.Scalar(value);
      }
      scalar.range = range2;
      scalar.source = value;
      if (type2)
        scalar.type = type2;
      if (tagName)
        scalar.tag = tagName;
      if (tag.format)
        scalar.format = tag.format;
      if (comment)
        scalar.comment = comment;
      return scalar;
    }
    function findScalarTagByName(schema, value, tagName, tagToken, onError) {
      if (tagName === "!")
        return schema[identity.SCALAR];
      const matchWithTest = [];
      for (const tag of schema.tags) {
        if (!tag.collection && tag.tag === tagName) {
          if (tag.default && tag.test)
            matchWithTest.push(tag);
          else
            return tag;
        }
      }
      for (const tag of matchWithTest)
        if (tag.test?.test(value))
          return tag;
      const kt = schema.knownTags[tagName];
      if (kt && !kt.collection) {
        schema.tags.push(Object.assign({}, kt, { default: false, test: void 0 }));
        return kt;
      }
      onError(tagToken, "TAG_RESOLVE_FAILED", `Unresolved tag: ${tagName}`, tagName !== "tag:yaml.org,2002:str");
      return schema[identity.SCALAR];
    }
    function findScalarTagByTest({ atKey, directives, schema }, value, token, onError) {
      const tag = schema.tags.find((tag2) => (tag2.default === true || atKey && tag2.default === "key") && tag2.test?.test(value)) || schema[identity.SCALAR];
      if (schema.compat) {
        const compat = schema.compat.find((tag2) => tag2.default && tag2.test?.test(value)) ?? schema[identity.SCALAR];
        if (tag.tag !== compat.tag) {
          const ts = directives.tagString(tag.tag);
          const cs = directives.tagString(compat.tag);
          const msg = `Value may be parsed as either ${ts} or ${cs}`;
          onError(token, "TAG_RESOLVE_FAILED", msg, true);
        }
      }
      return tag;
    }
    exports.composeScalar = composeScalar;
  }
});

// node_modules/yaml/dist/compose/util-empty-scalar-position.js
var require_util_empty_scalar_position = __commonJS({
  "node_modules/yaml/dist/compose/util-empty-scalar-position.js"(exports) {
    "use strict";
    function emptyScalarPosition(offset3, before, pos) {
      if (before) {
        pos ?? (pos = before.length);
        for (let i = pos - 1; i >= 0; --i) {
          let st = before[i];
          switch (st.type) {
            case "space":
            case "comment":
            case "newline":
              offset3 -= st.source.length;
              continue;
          }
          st = before[++i];
          while (st?.type === "space") {
            offset3 += st.source.length;
            st = before[++i];
          }
          break;
        }
      }
      return offset3;
    }
    exports.emptyScalarPosition = emptyScalarPosition;
  }
});

// node_modules/yaml/dist/compose/compose-node.js
var require_compose_node = __commonJS({
  "node_modules/yaml/dist/compose/compose-node.js"(exports) {
    "use strict";
    var Alias = require_Alias();
    var identity = require_identity();
    var composeCollection = require_compose_collection();
    var composeScalar = require_compose_scalar();
    var resolveEnd = require_resolve_end();
    var utilEmptyScalarPosition = require_util_empty_scalar_position();
    var CN = { composeNode, composeEmptyNode };
    function composeNode(ctx, token, props, onError) {
      const atKey = ctx.atKey;
      const { spaceBefore, comment, anchor, tag } = props;
      let node;
      let isSrcToken = true;
      switch (token.type) {
        case "alias":
          node = composeAlias(ctx, token, onError);
          if (anchor || tag)
            onError(token, "ALIAS_PROPS", "An alias node must not specify any properties");
          break;
        case "scalar":
        case "single-quoted-scalar":
        case "double-quoted-scalar":
        case "block-scalar":
          node = composeScalar.composeScalar(ctx, token, tag, onError);
          if (anchor)
            node.anchor = anchor.source.substring(1);
          break;
        case "block-map":
        case "block-seq":
        case "flow-collection":
          try {
            node = composeCollection.composeCollection(CN, ctx, token, props, onError);
            if (anchor)
              node.anchor = anchor.source.substring(1);
          } catch (error) {
            const message = error instanceof Error ? error.message : String(error);
            onError(token, "RESOURCE_EXHAUSTION", message);
          }
          break;
        default: {
          const message = token.type === "error" ? token.message : `Unsupported token (type: ${token.type})`;
          onError(token, "UNEXPECTED_TOKEN", message);
          isSrcToken = false;
        }
      }
      node ?? (node = composeEmptyNode(ctx, token.offset, void 0, null, props, onError));
      if (anchor && node.anchor === "")
        onError(anchor, "BAD_ALIAS", "Anchor cannot be an empty string");
      if (atKey && ctx.options.stringKeys && (!identity.isScalar(node) || typeof node.value !== "string" || node.tag && node.tag !== "tag:yaml.org,2002:str")) {
        const msg = "With stringKeys, all keys must be strings";
        onError(tag ?? token, "NON_STRING_KEY", msg);
      }
      if (spaceBefore)
        node.spaceBefore = true;
      if (comment) {
        if (token.type === "scalar" && token.source === "")
          node.comment = comment;
        else
          node.commentBefore = comment;
      }
      if (ctx.options.keepSourceTokens && isSrcToken)
        node.srcToken = token;
      return node;
    }
    function composeEmptyNode(ctx, offset3, before, pos, { spaceBefore, comment, anchor, tag, end }, onError) {
      const token = {
        type: "scalar",
        offset: utilEmptyScalarPosition.emptyScalarPosition(offset3, before, pos),
        indent: -1,
        source: ""
      };
      const node = composeScalar.composeScalar(ctx, token, tag, onError);
      if (anchor) {
        node.anchor = anchor.source.substring(1);
        if (node.anchor === "")
          onError(anchor, "BAD_ALIAS", "Anchor cannot be an empty string");
      }
      if (spaceBefore)
        node.spaceBefore = true;
      if (comment) {
        node.comment = comment;
        node.range[2] = end;
      }
      return node;
    }
    function composeAlias({ options }, { offset: offset3, source, end }, onError) {
      const alias = new Alias.Alias(source.substring(1));
      if (alias.source === "")
        onError(offset3, "BAD_ALIAS", "Alias cannot be an empty string");
      if (alias.source.endsWith(":"))
        onError(offset3 + source.length - 1, "BAD_ALIAS", "Alias ending in : is ambiguous", true);
      const valueEnd = offset3 + source.length;
      const re = resolveEnd.resolveEnd(end, valueEnd, options.strict, onError);
      alias.range = [offset3, valueEnd, re.offset];
      if (re.comment)
        alias.comment = re.comment;
      return alias;
    }
    exports.composeEmptyNode = composeEmptyNode;
    exports.composeNode = composeNode;
  }
});

// node_modules/yaml/dist/compose/compose-doc.js
var require_compose_doc = __commonJS({
  "node_modules/yaml/dist/compose/compose-doc.js"(exports) {
    "use strict";
    var Document = require_Document();
    var composeNode = require_compose_node();
    var resolveEnd = require_resolve_end();
    var resolveProps = require_resolve_props();
    function composeDoc(options, directives, { offset: offset3, start, value, end }, onError) {
      const opts = Object.assign({ _directives: directives }, options);
      const doc = new Document.Document(void 0, opts);
      const ctx = {
        atKey: false,
        atRoot: true,
        directives: doc.directives,
        options: doc.options,
        schema: doc.schema
      };
      const props = resolveProps.resolveProps(start, {
        indicator: "doc-start",
        next: value ?? end?.[0],
        offset: offset3,
        onError,
        parentIndent: 0,
        startOnNewline: true
      });
      if (props.found) {
        doc.directives.docStart = true;
        if (value && (value.type === "block-map" || value.type === "block-seq") && !props.hasNewline)
          onError(props.end, "MISSING_CHAR", "Block collection cannot start on same line with directives-end marker");
      }
      doc.contents = value ? composeNode.composeNode(ctx, value, props, onError) : composeNode.composeEmptyNode(ctx, props.end, start, null, props, onError);
      const contentEnd = doc.contents.range[2];
      const re = resolveEnd.resolveEnd(end, contentEnd, false, onError);
      if (re.comment)
        doc.comment = re.comment;
      doc.range = [offset3, contentEnd, re.offset];
      return doc;
    }
    exports.composeDoc = composeDoc;
  }
});

// node_modules/yaml/dist/compose/composer.js
var require_composer = __commonJS({
  "node_modules/yaml/dist/compose/composer.js"(exports) {
    "use strict";
    var node_process = __require("process");
    var directives = require_directives();
    var Document = require_Document();
    var errors = require_errors();
    var identity = require_identity();
    var composeDoc = require_compose_doc();
    var resolveEnd = require_resolve_end();
    function getErrorPos(src) {
      if (typeof src === "number")
        return [src, src + 1];
      if (Array.isArray(src))
        return src.length === 2 ? src : [src[0], src[1]];
      const { offset: offset3, source } = src;
      return [offset3, offset3 + (typeof source === "string" ? source.length : 1)];
    }
    function parsePrelude(prelude) {
      let comment = "";
      let atComment = false;
      let afterEmptyLine = false;
      for (let i = 0; i < prelude.length; ++i) {
        const source = prelude[i];
        switch (source[0]) {
          case "#":
            comment += (comment === "" ? "" : afterEmptyLine ? "\n\n" : "\n") + (source.substring(1) || " ");
            atComment = true;
            afterEmptyLine = false;
            break;
          case "%":
            if (prelude[i + 1]?.[0] !== "#")
              i += 1;
            atComment = false;
            break;
          default:
            if (!atComment)
              afterEmptyLine = true;
            atComment = false;
        }
      }
      return { comment, afterEmptyLine };
    }
    var Composer = class {
      constructor(options = {}) {
        this.doc = null;
        this.atDirectives = false;
        this.prelude = [];
        this.errors = [];
        this.warnings = [];
        this.onError = (source, code2, message, warning) => {
          const pos = getErrorPos(source);
          if (warning)
            this.warnings.push(new errors.YAMLWarning(pos, code2, message));
          else
            this.errors.push(new errors.YAMLParseError(pos, code2, message));
        };
        this.directives = new directives.Directives({ version: options.version || "1.2" });
        this.options = options;
      }
      decorate(doc, afterDoc) {
        const { comment, afterEmptyLine } = parsePrelude(this.prelude);
        if (comment) {
          const dc = doc.contents;
          if (afterDoc) {
            doc.comment = doc.comment ? `${doc.comment}
${comment}` : comment;
          } else if (afterEmptyLine || doc.directives.docStart || !dc) {
            doc.commentBefore = comment;
          } else if (identity.isCollection(dc) && !dc.flow && dc.items.length > 0) {
            let it = dc.items[0];
            if (identity.isPair(it))
              it = it.key;
            const cb = it.commentBefore;
            it.commentBefore = cb ? `${comment}
${cb}` : comment;
          } else {
            const cb = dc.commentBefore;
            dc.commentBefore = cb ? `${comment}
${cb}` : comment;
          }
        }
        if (afterDoc) {
          for (let i = 0; i < this.errors.length; ++i)
            doc.errors.push(this.errors[i]);
          for (let i = 0; i < this.warnings.length; ++i)
            doc.warnings.push(this.warnings[i]);
        } else {
          doc.errors = this.errors;
          doc.warnings = this.warnings;
        }
        this.prelude = [];
        this.errors = [];
        this.warnings = [];
      }
      /**
       * Current stream status information.
       *
       * Mostly useful at the end of input for an empty stream.
       */
      streamInfo() {
        return {
          comment: parsePrelude(this.prelude).comment,
          directives: this.directives,
          errors: this.errors,
          warnings: this.warnings
        };
      }
      /**
       * Compose tokens into documents.
       *
       * @param forceDoc - If the stream contains no document, still emit a final document including any comments and directives that would be applied to a subsequent document.
       * @param endOffset - Should be set if `forceDoc` is also set, to set the document range end and to indicate errors correctly.
       */
      *compose(tokens, forceDoc = false, endOffset = -1) {
        for (const token of tokens)
          yield* this.next(token);
        yield* this.end(forceDoc, endOffset);
      }
      /** Advance the composer by one CST token. */
      *next(token) {
        if (node_process.env.LOG_STREAM)
          console.dir(token, { depth: null });
        switch (token.type) {
          case "directive":
            this.directives.add(token.source, (offset3, message, warning) => {
              const pos = getErrorPos(token);
              pos[0] += offset3;
              this.onError(pos, "BAD_DIRECTIVE", message, warning);
            });
            this.prelude.push(token.source);
            this.atDirectives = true;
            break;
          case "document": {
            const doc = composeDoc.composeDoc(this.options, this.directives, token, this.onError);
            if (this.atDirectives && !doc.directives.docStart)
              this.onError(token, "MISSING_CHAR", "Missing directives-end/doc-start indicator line");
            this.decorate(doc, false);
            if (this.doc)
              yield this.doc;
            this.doc = doc;
            this.atDirectives = false;
            break;
          }
          case "byte-order-mark":
          case "space":
            break;
          case "comment":
          case "newline":
            this.prelude.push(token.source);
            break;
          case "error": {
            const msg = token.source ? `${token.message}: ${JSON.stringify(token.source)}` : token.message;
            const error = new errors.YAMLParseError(getErrorPos(token), "UNEXPECTED_TOKEN", msg);
            if (this.atDirectives || !this.doc)
              this.errors.push(error);
            else
              this.doc.errors.push(error);
            break;
          }
          case "doc-end": {
            if (!this.doc) {
              const msg = "Unexpected doc-end without preceding document";
              this.errors.push(new errors.YAMLParseError(getErrorPos(token), "UNEXPECTED_TOKEN", msg));
              break;
            }
            this.doc.directives.docEnd = true;
            const end = resolveEnd.resolveEnd(token.end, token.offset + token.source.length, this.doc.options.strict, this.onError);
            this.decorate(this.doc, true);
            if (end.comment) {
              const dc = this.doc.comment;
              this.doc.comment = dc ? `${dc}
${end.comment}` : end.comment;
            }
            this.doc.range[2] = end.offset;
            break;
          }
          default:
            this.errors.push(new errors.YAMLParseError(getErrorPos(token), "UNEXPECTED_TOKEN", `Unsupported token ${token.type}`));
        }
      }
      /**
       * Call at end of input to yield any remaining document.
       *
       * @param forceDoc - If the stream contains no document, still emit a final document including any comments and directives that would be applied to a subsequent document.
       * @param endOffset - Should be set if `forceDoc` is also set, to set the document range end and to indicate errors correctly.
       */
      *end(forceDoc = false, endOffset = -1) {
        if (this.doc) {
          this.decorate(this.doc, true);
          yield this.doc;
          this.doc = null;
        } else if (forceDoc) {
          const opts = Object.assign({ _directives: this.directives }, this.options);
          const doc = new Document.Document(void 0, opts);
          if (this.atDirectives)
            this.onError(endOffset, "MISSING_CHAR", "Missing directives-end indicator line");
          doc.range = [0, endOffset, endOffset];
          this.decorate(doc, false);
          yield doc;
        }
      }
    };
    exports.Composer = Composer;
  }
});

// node_modules/yaml/dist/parse/cst-scalar.js
var require_cst_scalar = __commonJS({
  "node_modules/yaml/dist/parse/cst-scalar.js"(exports) {
    "use strict";
    var resolveBlockScalar = require_resolve_block_scalar();
    var resolveFlowScalar = require_resolve_flow_scalar();
    var errors = require_errors();
    var stringifyString = require_stringifyString();
    function resolveAsScalar(token, strict = true, onError) {
      if (token) {
        const _onError = (pos, code2, message) => {
          const offset3 = typeof pos === "number" ? pos : Array.isArray(pos) ? pos[0] : pos.offset;
          if (onError)
            onError(offset3, code2, message);
          else
            throw new errors.YAMLParseError([offset3, offset3 + 1], code2, message);
        };
        switch (token.type) {
          case "scalar":
          case "single-quoted-scalar":
          case "double-quoted-scalar":
            return resolveFlowScalar.resolveFlowScalar(token, strict, _onError);
          case "block-scalar":
            return resolveBlockScalar.resolveBlockScalar({ options: { strict } }, token, _onError);
        }
      }
      return null;
    }
    function createScalarToken(value, context) {
      const { implicitKey = false, indent, inFlow = false, offset: offset3 = -1, type: type2 = "PLAIN" } = context;
      const source = stringifyString.stringifyString({ type: type2, value }, {
        implicitKey,
        indent: indent > 0 ? " ".repeat(indent) : "",
        inFlow,
        options: { blockQuote: true, lineWidth: -1 }
      });
      const end = context.end ?? [
        { type: "newline", offset: -1, indent, source: "\n" }
      ];
      switch (source[0]) {
        case "|":
        case ">": {
          const he = source.indexOf("\n");
          const head2 = source.substring(0, he);
          const body = source.substring(he + 1) + "\n";
          const props = [
            { type: "block-scalar-header", offset: offset3, indent, source: head2 }
          ];
          if (!addEndtoBlockProps(props, end))
            props.push({ type: "newline", offset: -1, indent, source: "\n" });
          return { type: "block-scalar", offset: offset3, indent, props, source: body };
        }
        case '"':
          return { type: "double-quoted-scalar", offset: offset3, indent, source, end };
        case "'":
          return { type: "single-quoted-scalar", offset: offset3, indent, source, end };
        default:
          return { type: "scalar", offset: offset3, indent, source, end };
      }
    }
    function setScalarValue(token, value, context = {}) {
      let { afterKey = false, implicitKey = false, inFlow = false, type: type2 } = context;
      let indent = "indent" in token ? token.indent : null;
      if (afterKey && typeof indent === "number")
        indent += 2;
      if (!type2)
        switch (token.type) {
          case "single-quoted-scalar":
            type2 = "QUOTE_SINGLE";
            break;
          case "double-quoted-scalar":
            type2 = "QUOTE_DOUBLE";
            break;
          case "block-scalar": {
            const header = token.props[0];
            if (header.type !== "block-scalar-header")
              throw new Error("Invalid block scalar header");
            type2 = header.source[0] === ">" ? "BLOCK_FOLDED" : "BLOCK_LITERAL";
            break;
          }
          default:
            type2 = "PLAIN";
        }
      const source = stringifyString.stringifyString({ type: type2, value }, {
        implicitKey: implicitKey || indent === null,
        indent: indent !== null && indent > 0 ? " ".repeat(indent) : "",
        inFlow,
        options: { blockQuote: true, lineWidth: -1 }
      });
      switch (source[0]) {
        case "|":
        case ">":
          setBlockScalarValue(token, source);
          break;
        case '"':
          setFlowScalarValue(token, source, "double-quoted-scalar");
          break;
        case "'":
          setFlowScalarValue(token, source, "single-quoted-scalar");
          break;
        default:
          setFlowScalarValue(token, source, "scalar");
      }
    }
    function setBlockScalarValue(token, source) {
      const he = source.indexOf("\n");
      const head2 = source.substring(0, he);
      const body = source.substring(he + 1) + "\n";
      if (token.type === "block-scalar") {
        const header = token.props[0];
        if (header.type !== "block-scalar-header")
          throw new Error("Invalid block scalar header");
        header.source = head2;
        token.source = body;
      } else {
        const { offset: offset3 } = token;
        const indent = "indent" in token ? token.indent : -1;
        const props = [
          { type: "block-scalar-header", offset: offset3, indent, source: head2 }
        ];
        if (!addEndtoBlockProps(props, "end" in token ? token.end : void 0))
          props.push({ type: "newline", offset: -1, indent, source: "\n" });
        for (const key of Object.keys(token))
          if (key !== "type" && key !== "offset")
            delete token[key];
        Object.assign(token, { type: "block-scalar", indent, props, source: body });
      }
    }
    function addEndtoBlockProps(props, end) {
      if (end)
        for (const st of end)
          switch (st.type) {
            case "space":
            case "comment":
              props.push(st);
              break;
            case "newline":
              props.push(st);
              return true;
          }
      return false;
    }
    function setFlowScalarValue(token, source, type2) {
      switch (token.type) {
        case "scalar":
        case "double-quoted-scalar":
        case "single-quoted-scalar":
          token.type = type2;
          token.source = source;
          break;
        case "block-scalar": {
          const end = token.props.slice(1);
          let oa = source.length;
          if (token.props[0].type === "block-scalar-header")
            oa -= token.props[0].source.length;
          for (const tok of end)
            tok.offset += oa;
          delete token.props;
          Object.assign(token, { type: type2, source, end });
          break;
        }
        case "block-map":
        case "block-seq": {
          const offset3 = token.offset + source.length;
          const nl = { type: "newline", offset: offset3, indent: token.indent, source: "\n" };
          delete token.items;
          Object.assign(token, { type: type2, source, end: [nl] });
          break;
        }
        default: {
          const indent = "indent" in token ? token.indent : -1;
          const end = "end" in token && Array.isArray(token.end) ? token.end.filter((st) => st.type === "space" || st.type === "comment" || st.type === "newline") : [];
          for (const key of Object.keys(token))
            if (key !== "type" && key !== "offset")
              delete token[key];
          Object.assign(token, { type: type2, indent, source, end });
        }
      }
    }
    exports.createScalarToken = createScalarToken;
    exports.resolveAsScalar = resolveAsScalar;
    exports.setScalarValue = setScalarValue;
  }
});

// node_modules/yaml/dist/parse/cst-stringify.js
var require_cst_stringify = __commonJS({
  "node_modules/yaml/dist/parse/cst-stringify.js"(exports) {
    "use strict";
    var stringify2 = (cst) => "type" in cst ? stringifyToken(cst) : stringifyItem(cst);
    function stringifyToken(token) {
      switch (token.type) {
        case "block-scalar": {
          let res = "";
          for (const tok of token.props)
            res += stringifyToken(tok);
          return res + token.source;
        }
        case "block-map":
        case "block-seq": {
          let res = "";
          for (const item of token.items)
            res += stringifyItem(item);
          return res;
        }
        case "flow-collection": {
          let res = token.start.source;
          for (const item of token.items)
            res += stringifyItem(item);
          for (const st of token.end)
            res += st.source;
          return res;
        }
        case "document": {
          let res = stringifyItem(token);
          if (token.end)
            for (const st of token.end)
              res += st.source;
          return res;
        }
        default: {
          let res = token.source;
          if ("end" in token && token.end)
            for (const st of token.end)
              res += st.source;
          return res;
        }
      }
    }
    function stringifyItem({ start, key, sep: sep2, value }) {
      let res = "";
      for (const st of start)
        res += st.source;
      if (key)
        res += stringifyToken(key);
      if (sep2)
        for (const st of sep2)
          res += st.source;
      if (value)
        res += stringifyToken(value);
      return res;
    }
    exports.stringify = stringify2;
  }
});

// node_modules/yaml/dist/parse/cst-visit.js
var require_cst_visit = __commonJS({
  "node_modules/yaml/dist/parse/cst-visit.js"(exports) {
    "use strict";
    var BREAK = /* @__PURE__ */ Symbol("break visit");
    var SKIP = /* @__PURE__ */ Symbol("skip children");
    var REMOVE = /* @__PURE__ */ Symbol("remove item");
    function visit(cst, visitor) {
      if ("type" in cst && cst.type === "document")
        cst = { start: cst.start, value: cst.value };
      _visit(Object.freeze([]), cst, visitor);
    }
    visit.BREAK = BREAK;
    visit.SKIP = SKIP;
    visit.REMOVE = REMOVE;
    visit.itemAtPath = (cst, path) => {
      let item = cst;
      for (const [field, index] of path) {
        const tok = item?.[field];
        if (tok && "items" in tok) {
          item = tok.items[index];
        } else
          return void 0;
      }
      return item;
    };
    visit.parentCollection = (cst, path) => {
      const parent = visit.itemAtPath(cst, path.slice(0, -1));
      const field = path[path.length - 1][0];
      const coll = parent?.[field];
      if (coll && "items" in coll)
        return coll;
      throw new Error("Parent collection not found");
    };
    function _visit(path, item, visitor) {
      let ctrl = visitor(item, path);
      if (typeof ctrl === "symbol")
        return ctrl;
      for (const field of ["key", "value"]) {
        const token = item[field];
        if (token && "items" in token) {
          for (let i = 0; i < token.items.length; ++i) {
            const ci = _visit(Object.freeze(path.concat([[field, i]])), token.items[i], visitor);
            if (typeof ci === "number")
              i = ci - 1;
            else if (ci === BREAK)
              return BREAK;
            else if (ci === REMOVE) {
              token.items.splice(i, 1);
              i -= 1;
            }
          }
          if (typeof ctrl === "function" && field === "key")
            ctrl = ctrl(item, path);
        }
      }
      return typeof ctrl === "function" ? ctrl(item, path) : ctrl;
    }
    exports.visit = visit;
  }
});

// node_modules/yaml/dist/parse/cst.js
var require_cst = __commonJS({
  "node_modules/yaml/dist/parse/cst.js"(exports) {
    "use strict";
    var cstScalar = require_cst_scalar();
    var cstStringify = require_cst_stringify();
    var cstVisit = require_cst_visit();
    var BOM = "\uFEFF";
    var DOCUMENT = "";
    var FLOW_END = "";
    var SCALAR = "";
    var isCollection = (token) => !!token && "items" in token;
    var isScalar2 = (token) => !!token && (token.type === "scalar" || token.type === "single-quoted-scalar" || token.type === "double-quoted-scalar" || token.type === "block-scalar");
    function prettyToken(token) {
      switch (token) {
        case BOM:
          return "<BOM>";
        case DOCUMENT:
          return "<DOC>";
        case FLOW_END:
          return "<FLOW_END>";
        case SCALAR:
          return "<SCALAR>";
        default:
          return JSON.stringify(token);
      }
    }
    function tokenType(source) {
      switch (source) {
        case BOM:
          return "byte-order-mark";
        case DOCUMENT:
          return "doc-mode";
        case FLOW_END:
          return "flow-error-end";
        case SCALAR:
          return "scalar";
        case "---":
          return "doc-start";
        case "...":
          return "doc-end";
        case "":
        case "\n":
        case "\r\n":
          return "newline";
        case "-":
          return "seq-item-ind";
        case "?":
          return "explicit-key-ind";
        case ":":
          return "map-value-ind";
        case "{":
          return "flow-map-start";
        case "}":
          return "flow-map-end";
        case "[":
          return "flow-seq-start";
        case "]":
          return "flow-seq-end";
        case ",":
          return "comma";
      }
      switch (source[0]) {
        case " ":
        case "	":
          return "space";
        case "#":
          return "comment";
        case "%":
          return "directive-line";
        case "*":
          return "alias";
        case "&":
          return "anchor";
        case "!":
          return "tag";
        case "'":
          return "single-quoted-scalar";
        case '"':
          return "double-quoted-scalar";
        case "|":
        case ">":
          return "block-scalar-header";
      }
      return null;
    }
    exports.createScalarToken = cstScalar.createScalarToken;
    exports.resolveAsScalar = cstScalar.resolveAsScalar;
    exports.setScalarValue = cstScalar.setScalarValue;
    exports.stringify = cstStringify.stringify;
    exports.visit = cstVisit.visit;
    exports.BOM = BOM;
    exports.DOCUMENT = DOCUMENT;
    exports.FLOW_END = FLOW_END;
    exports.SCALAR = SCALAR;
    exports.isCollection = isCollection;
    exports.isScalar = isScalar2;
    exports.prettyToken = prettyToken;
    exports.tokenType = tokenType;
  }
});

// node_modules/yaml/dist/parse/lexer.js
var require_lexer = __commonJS({
  "node_modules/yaml/dist/parse/lexer.js"(exports) {
    "use strict";
    var cst = require_cst();
    function isEmpty(ch) {
      switch (ch) {
        case void 0:
        case " ":
        case "\n":
        case "\r":
        case "	":
          return true;
        default:
          return false;
      }
    }
    var hexDigits = new Set("0123456789ABCDEFabcdef");
    var tagChars = new Set("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-#;/?:@&=+$_.!~*'()");
    var flowIndicatorChars = new Set(",[]{}");
    var invalidAnchorChars = new Set(" ,[]{}\n\r	");
    var isNotAnchorChar = (ch) => !ch || invalidAnchorChars.has(ch);
    var Lexer = class {
      constructor() {
        this.atEnd = false;
        this.blockScalarIndent = -1;
        this.blockScalarKeep = false;
        this.buffer = "";
        this.flowKey = false;
        this.flowLevel = 0;
        this.indentNext = 0;
        this.indentValue = 0;
        this.lineEndPos = null;
        this.next = null;
        this.pos = 0;
      }
      /**
       * Generate YAML tokens from the `source` string. If `incomplete`,
       * a part of the last line may be left as a buffer for the next call.
       *
       * @returns A generator of lexical tokens
       */
      *lex(source, incomplete2 = false) {
        if (source) {
          if (typeof source !== "string")
            throw TypeError("source is not a string");
          this.buffer = this.buffer ? this.buffer + source : source;
          this.lineEndPos = null;
        }
        this.atEnd = !incomplete2;
        let next = this.next ?? "stream";
        while (next && (incomplete2 || this.hasChars(1)))
          next = yield* this.parseNext(next);
      }
      atLineEnd() {
        let i = this.pos;
        let ch = this.buffer[i];
        while (ch === " " || ch === "	")
          ch = this.buffer[++i];
        if (!ch || ch === "#" || ch === "\n")
          return true;
        if (ch === "\r")
          return this.buffer[i + 1] === "\n";
        return false;
      }
      charAt(n) {
        return this.buffer[this.pos + n];
      }
      continueScalar(offset3) {
        let ch = this.buffer[offset3];
        if (this.indentNext > 0) {
          let indent = 0;
          while (ch === " ")
            ch = this.buffer[++indent + offset3];
          if (ch === "\r") {
            const next = this.buffer[indent + offset3 + 1];
            if (next === "\n" || !next && !this.atEnd)
              return offset3 + indent + 1;
          }
          return ch === "\n" || indent >= this.indentNext || !ch && !this.atEnd ? offset3 + indent : -1;
        }
        if (ch === "-" || ch === ".") {
          const dt = this.buffer.substr(offset3, 3);
          if ((dt === "---" || dt === "...") && isEmpty(this.buffer[offset3 + 3]))
            return -1;
        }
        return offset3;
      }
      getLine() {
        let end = this.lineEndPos;
        if (typeof end !== "number" || end !== -1 && end < this.pos) {
          end = this.buffer.indexOf("\n", this.pos);
          this.lineEndPos = end;
        }
        if (end === -1)
          return this.atEnd ? this.buffer.substring(this.pos) : null;
        if (this.buffer[end - 1] === "\r")
          end -= 1;
        return this.buffer.substring(this.pos, end);
      }
      hasChars(n) {
        return this.pos + n <= this.buffer.length;
      }
      setNext(state) {
        this.buffer = this.buffer.substring(this.pos);
        this.pos = 0;
        this.lineEndPos = null;
        this.next = state;
        return null;
      }
      peek(n) {
        return this.buffer.substr(this.pos, n);
      }
      *parseNext(next) {
        switch (next) {
          case "stream":
            return yield* this.parseStream();
          case "line-start":
            return yield* this.parseLineStart();
          case "block-start":
            return yield* this.parseBlockStart();
          case "doc":
            return yield* this.parseDocument();
          case "flow":
            return yield* this.parseFlowCollection();
          case "quoted-scalar":
            return yield* this.parseQuotedScalar();
          case "block-scalar":
            return yield* this.parseBlockScalar();
          case "plain-scalar":
            return yield* this.parsePlainScalar();
        }
      }
      *parseStream() {
        let line = this.getLine();
        if (line === null)
          return this.setNext("stream");
        if (line[0] === cst.BOM) {
          yield* this.pushCount(1);
          line = line.substring(1);
        }
        if (line[0] === "%") {
          let dirEnd = line.length;
          let cs = line.indexOf("#");
          while (cs !== -1) {
            const ch = line[cs - 1];
            if (ch === " " || ch === "	") {
              dirEnd = cs - 1;
              break;
            } else {
              cs = line.indexOf("#", cs + 1);
            }
          }
          while (true) {
            const ch = line[dirEnd - 1];
            if (ch === " " || ch === "	")
              dirEnd -= 1;
            else
              break;
          }
          const n = (yield* this.pushCount(dirEnd)) + (yield* this.pushSpaces(true));
          yield* this.pushCount(line.length - n);
          this.pushNewline();
          return "stream";
        }
        if (this.atLineEnd()) {
          const sp = yield* this.pushSpaces(true);
          yield* this.pushCount(line.length - sp);
          yield* this.pushNewline();
          return "stream";
        }
        yield cst.DOCUMENT;
        return yield* this.parseLineStart();
      }
      *parseLineStart() {
        const ch = this.charAt(0);
        if (!ch && !this.atEnd)
          return this.setNext("line-start");
        if (ch === "-" || ch === ".") {
          if (!this.atEnd && !this.hasChars(4))
            return this.setNext("line-start");
          const s = this.peek(3);
          if ((s === "---" || s === "...") && isEmpty(this.charAt(3))) {
            yield* this.pushCount(3);
            this.indentValue = 0;
            this.indentNext = 0;
            return s === "---" ? "doc" : "stream";
          }
        }
        this.indentValue = yield* this.pushSpaces(false);
        if (this.indentNext > this.indentValue && !isEmpty(this.charAt(1)))
          this.indentNext = this.indentValue;
        return yield* this.parseBlockStart();
      }
      *parseBlockStart() {
        const [ch0, ch1] = this.peek(2);
        if (!ch1 && !this.atEnd)
          return this.setNext("block-start");
        if ((ch0 === "-" || ch0 === "?" || ch0 === ":") && isEmpty(ch1)) {
          const n = (yield* this.pushCount(1)) + (yield* this.pushSpaces(true));
          this.indentNext = this.indentValue + 1;
          this.indentValue += n;
          return "block-start";
        }
        return "doc";
      }
      *parseDocument() {
        yield* this.pushSpaces(true);
        const line = this.getLine();
        if (line === null)
          return this.setNext("doc");
        let n = yield* this.pushIndicators();
        switch (line[n]) {
          case "#":
            yield* this.pushCount(line.length - n);
          // fallthrough
          case void 0:
            yield* this.pushNewline();
            return yield* this.parseLineStart();
          case "{":
          case "[":
            yield* this.pushCount(1);
            this.flowKey = false;
            this.flowLevel = 1;
            return "flow";
          case "}":
          case "]":
            yield* this.pushCount(1);
            return "doc";
          case "*":
            yield* this.pushUntil(isNotAnchorChar);
            return "doc";
          case '"':
          case "'":
            return yield* this.parseQuotedScalar();
          case "|":
          case ">":
            n += yield* this.parseBlockScalarHeader();
            n += yield* this.pushSpaces(true);
            yield* this.pushCount(line.length - n);
            yield* this.pushNewline();
            return yield* this.parseBlockScalar();
          default:
            return yield* this.parsePlainScalar();
        }
      }
      *parseFlowCollection() {
        let nl, sp;
        let indent = -1;
        do {
          nl = yield* this.pushNewline();
          if (nl > 0) {
            sp = yield* this.pushSpaces(false);
            this.indentValue = indent = sp;
          } else {
            sp = 0;
          }
          sp += yield* this.pushSpaces(true);
        } while (nl + sp > 0);
        const line = this.getLine();
        if (line === null)
          return this.setNext("flow");
        if (indent !== -1 && indent < this.indentNext && line[0] !== "#" || indent === 0 && (line.startsWith("---") || line.startsWith("...")) && isEmpty(line[3])) {
          const atFlowEndMarker = indent === this.indentNext - 1 && this.flowLevel === 1 && (line[0] === "]" || line[0] === "}");
          if (!atFlowEndMarker) {
            this.flowLevel = 0;
            yield cst.FLOW_END;
            return yield* this.parseLineStart();
          }
        }
        let n = 0;
        while (line[n] === ",") {
          n += yield* this.pushCount(1);
          n += yield* this.pushSpaces(true);
          this.flowKey = false;
        }
        n += yield* this.pushIndicators();
        switch (line[n]) {
          case void 0:
            return "flow";
          case "#":
            yield* this.pushCount(line.length - n);
            return "flow";
          case "{":
          case "[":
            yield* this.pushCount(1);
            this.flowKey = false;
            this.flowLevel += 1;
            return "flow";
          case "}":
          case "]":
            yield* this.pushCount(1);
            this.flowKey = true;
            this.flowLevel -= 1;
            return this.flowLevel ? "flow" : "doc";
          case "*":
            yield* this.pushUntil(isNotAnchorChar);
            return "flow";
          case '"':
          case "'":
            this.flowKey = true;
            return yield* this.parseQuotedScalar();
          case ":": {
            const next = this.charAt(1);
            if (this.flowKey || isEmpty(next) || next === ",") {
              this.flowKey = false;
              yield* this.pushCount(1);
              yield* this.pushSpaces(true);
              return "flow";
            }
          }
          // fallthrough
          default:
            this.flowKey = false;
            return yield* this.parsePlainScalar();
        }
      }
      *parseQuotedScalar() {
        const quote = this.charAt(0);
        let end = this.buffer.indexOf(quote, this.pos + 1);
        if (quote === "'") {
          while (end !== -1 && this.buffer[end + 1] === "'")
            end = this.buffer.indexOf("'", end + 2);
        } else {
          while (end !== -1) {
            let n = 0;
            while (this.buffer[end - 1 - n] === "\\")
              n += 1;
            if (n % 2 === 0)
              break;
            end = this.buffer.indexOf('"', end + 1);
          }
        }
        const qb = this.buffer.substring(0, end);
        let nl = qb.indexOf("\n", this.pos);
        if (nl !== -1) {
          while (nl !== -1) {
            const cs = this.continueScalar(nl + 1);
            if (cs === -1)
              break;
            nl = qb.indexOf("\n", cs);
          }
          if (nl !== -1) {
            end = nl - (qb[nl - 1] === "\r" ? 2 : 1);
          }
        }
        if (end === -1) {
          if (!this.atEnd)
            return this.setNext("quoted-scalar");
          end = this.buffer.length;
        }
        yield* this.pushToIndex(end + 1, false);
        return this.flowLevel ? "flow" : "doc";
      }
      *parseBlockScalarHeader() {
        this.blockScalarIndent = -1;
        this.blockScalarKeep = false;
        let i = this.pos;
        while (true) {
          const ch = this.buffer[++i];
          if (ch === "+")
            this.blockScalarKeep = true;
          else if (ch > "0" && ch <= "9")
            this.blockScalarIndent = Number(ch) - 1;
          else if (ch !== "-")
            break;
        }
        return yield* this.pushUntil((ch) => isEmpty(ch) || ch === "#");
      }
      *parseBlockScalar() {
        let nl = this.pos - 1;
        let indent = 0;
        let ch;
        loop: for (let i2 = this.pos; ch = this.buffer[i2]; ++i2) {
          switch (ch) {
            case " ":
              indent += 1;
              break;
            case "\n":
              nl = i2;
              indent = 0;
              break;
            case "\r": {
              const next = this.buffer[i2 + 1];
              if (!next && !this.atEnd)
                return this.setNext("block-scalar");
              if (next === "\n")
                break;
            }
            // fallthrough
            default:
              break loop;
          }
        }
        if (!ch && !this.atEnd)
          return this.setNext("block-scalar");
        if (indent >= this.indentNext) {
          if (this.blockScalarIndent === -1)
            this.indentNext = indent;
          else {
            this.indentNext = this.blockScalarIndent + (this.indentNext === 0 ? 1 : this.indentNext);
          }
          do {
            const cs = this.continueScalar(nl + 1);
            if (cs === -1)
              break;
            nl = this.buffer.indexOf("\n", cs);
          } while (nl !== -1);
          if (nl === -1) {
            if (!this.atEnd)
              return this.setNext("block-scalar");
            nl = this.buffer.length;
          }
        }
        let i = nl + 1;
        ch = this.buffer[i];
        while (ch === " ")
          ch = this.buffer[++i];
        if (ch === "	") {
          while (ch === "	" || ch === " " || ch === "\r" || ch === "\n")
            ch = this.buffer[++i];
          nl = i - 1;
        } else if (!this.blockScalarKeep) {
          do {
            let i2 = nl - 1;
            let ch2 = this.buffer[i2];
            if (ch2 === "\r")
              ch2 = this.buffer[--i2];
            const lastChar = i2;
            while (ch2 === " ")
              ch2 = this.buffer[--i2];
            if (ch2 === "\n" && i2 >= this.pos && i2 + 1 + indent > lastChar)
              nl = i2;
            else
              break;
          } while (true);
        }
        yield cst.SCALAR;
        yield* this.pushToIndex(nl + 1, true);
        return yield* this.parseLineStart();
      }
      *parsePlainScalar() {
        const inFlow = this.flowLevel > 0;
        let end = this.pos - 1;
        let i = this.pos - 1;
        let ch;
        while (ch = this.buffer[++i]) {
          if (ch === ":") {
            const next = this.buffer[i + 1];
            if (isEmpty(next) || inFlow && flowIndicatorChars.has(next))
              break;
            end = i;
          } else if (isEmpty(ch)) {
            let next = this.buffer[i + 1];
            if (ch === "\r") {
              if (next === "\n") {
                i += 1;
                ch = "\n";
                next = this.buffer[i + 1];
              } else
                end = i;
            }
            if (next === "#" || inFlow && flowIndicatorChars.has(next))
              break;
            if (ch === "\n") {
              const cs = this.continueScalar(i + 1);
              if (cs === -1)
                break;
              i = Math.max(i, cs - 2);
            }
          } else {
            if (inFlow && flowIndicatorChars.has(ch))
              break;
            end = i;
          }
        }
        if (!ch && !this.atEnd)
          return this.setNext("plain-scalar");
        yield cst.SCALAR;
        yield* this.pushToIndex(end + 1, true);
        return inFlow ? "flow" : "doc";
      }
      *pushCount(n) {
        if (n > 0) {
          yield this.buffer.substr(this.pos, n);
          this.pos += n;
          return n;
        }
        return 0;
      }
      *pushToIndex(i, allowEmpty) {
        const s = this.buffer.slice(this.pos, i);
        if (s) {
          yield s;
          this.pos += s.length;
          return s.length;
        } else if (allowEmpty)
          yield "";
        return 0;
      }
      *pushIndicators() {
        let n = 0;
        loop: while (true) {
          switch (this.charAt(0)) {
            case "!":
              n += yield* this.pushTag();
              n += yield* this.pushSpaces(true);
              continue loop;
            case "&":
              n += yield* this.pushUntil(isNotAnchorChar);
              n += yield* this.pushSpaces(true);
              continue loop;
            case "-":
            // this is an error
            case "?":
            // this is an error outside flow collections
            case ":": {
              const inFlow = this.flowLevel > 0;
              const ch1 = this.charAt(1);
              if (isEmpty(ch1) || inFlow && flowIndicatorChars.has(ch1)) {
                if (!inFlow)
                  this.indentNext = this.indentValue + 1;
                else if (this.flowKey)
                  this.flowKey = false;
                n += yield* this.pushCount(1);
                n += yield* this.pushSpaces(true);
                continue loop;
              }
            }
          }
          break loop;
        }
        return n;
      }
      *pushTag() {
        if (this.charAt(1) === "<") {
          let i = this.pos + 2;
          let ch = this.buffer[i];
          while (!isEmpty(ch) && ch !== ">")
            ch = this.buffer[++i];
          return yield* this.pushToIndex(ch === ">" ? i + 1 : i, false);
        } else {
          let i = this.pos + 1;
          let ch = this.buffer[i];
          while (ch) {
            if (tagChars.has(ch))
              ch = this.buffer[++i];
            else if (ch === "%" && hexDigits.has(this.buffer[i + 1]) && hexDigits.has(this.buffer[i + 2])) {
              ch = this.buffer[i += 3];
            } else
              break;
          }
          return yield* this.pushToIndex(i, false);
        }
      }
      *pushNewline() {
        const ch = this.buffer[this.pos];
        if (ch === "\n")
          return yield* this.pushCount(1);
        else if (ch === "\r" && this.charAt(1) === "\n")
          return yield* this.pushCount(2);
        else
          return 0;
      }
      *pushSpaces(allowTabs) {
        let i = this.pos - 1;
        let ch;
        do {
          ch = this.buffer[++i];
        } while (ch === " " || allowTabs && ch === "	");
        const n = i - this.pos;
        if (n > 0) {
          yield this.buffer.substr(this.pos, n);
          this.pos = i;
        }
        return n;
      }
      *pushUntil(test) {
        let i = this.pos;
        let ch = this.buffer[i];
        while (!test(ch))
          ch = this.buffer[++i];
        return yield* this.pushToIndex(i, false);
      }
    };
    exports.Lexer = Lexer;
  }
});

// node_modules/yaml/dist/parse/line-counter.js
var require_line_counter = __commonJS({
  "node_modules/yaml/dist/parse/line-counter.js"(exports) {
    "use strict";
    var LineCounter2 = class {
      constructor() {
        this.lineStarts = [];
        this.addNewLine = (offset3) => this.lineStarts.push(offset3);
        this.linePos = (offset3) => {
          let low = 0;
          let high = this.lineStarts.length;
          while (low < high) {
            const mid = low + high >> 1;
            if (this.lineStarts[mid] < offset3)
              low = mid + 1;
            else
              high = mid;
          }
          if (this.lineStarts[low] === offset3)
            return { line: low + 1, col: 1 };
          if (low === 0)
            return { line: 0, col: offset3 };
          const start = this.lineStarts[low - 1];
          return { line: low, col: offset3 - start + 1 };
        };
      }
    };
    exports.LineCounter = LineCounter2;
  }
});

// node_modules/yaml/dist/parse/parser.js
var require_parser = __commonJS({
  "node_modules/yaml/dist/parse/parser.js"(exports) {
    "use strict";
    var node_process = __require("process");
    var cst = require_cst();
    var lexer = require_lexer();
    function includesToken(list3, type2) {
      for (let i = 0; i < list3.length; ++i)
        if (list3[i].type === type2)
          return true;
      return false;
    }
    function findNonEmptyIndex(list3) {
      for (let i = 0; i < list3.length; ++i) {
        switch (list3[i].type) {
          case "space":
          case "comment":
          case "newline":
            break;
          default:
            return i;
        }
      }
      return -1;
    }
    function isFlowToken(token) {
      switch (token?.type) {
        case "alias":
        case "scalar":
        case "single-quoted-scalar":
        case "double-quoted-scalar":
        case "flow-collection":
          return true;
        default:
          return false;
      }
    }
    function getPrevProps(parent) {
      switch (parent.type) {
        case "document":
          return parent.start;
        case "block-map": {
          const it = parent.items[parent.items.length - 1];
          return it.sep ?? it.start;
        }
        case "block-seq":
          return parent.items[parent.items.length - 1].start;
        /* istanbul ignore next should not happen */
        default:
          return [];
      }
    }
    function getFirstKeyStartProps(prev) {
      if (prev.length === 0)
        return [];
      let i = prev.length;
      loop: while (--i >= 0) {
        switch (prev[i].type) {
          case "doc-start":
          case "explicit-key-ind":
          case "map-value-ind":
          case "seq-item-ind":
          case "newline":
            break loop;
        }
      }
      while (prev[++i]?.type === "space") {
      }
      return prev.splice(i, prev.length);
    }
    function arrayPushArray(target2, source) {
      if (source.length < 1e5)
        Array.prototype.push.apply(target2, source);
      else
        for (let i = 0; i < source.length; ++i)
          target2.push(source[i]);
    }
    function fixFlowSeqItems(fc) {
      if (fc.start.type === "flow-seq-start") {
        for (const it of fc.items) {
          if (it.sep && !it.value && !includesToken(it.start, "explicit-key-ind") && !includesToken(it.sep, "map-value-ind")) {
            if (it.key)
              it.value = it.key;
            delete it.key;
            if (isFlowToken(it.value)) {
              if (it.value.end)
                arrayPushArray(it.value.end, it.sep);
              else
                it.value.end = it.sep;
            } else
              arrayPushArray(it.start, it.sep);
            delete it.sep;
          }
        }
      }
    }
    var Parser2 = class {
      /**
       * @param onNewLine - If defined, called separately with the start position of
       *   each new line (in `parse()`, including the start of input).
       */
      constructor(onNewLine) {
        this.atNewLine = true;
        this.atScalar = false;
        this.indent = 0;
        this.offset = 0;
        this.onKeyLine = false;
        this.stack = [];
        this.source = "";
        this.type = "";
        this.lexer = new lexer.Lexer();
        this.onNewLine = onNewLine;
      }
      /**
       * Parse `source` as a YAML stream.
       * If `incomplete`, a part of the last line may be left as a buffer for the next call.
       *
       * Errors are not thrown, but yielded as `{ type: 'error', message }` tokens.
       *
       * @returns A generator of tokens representing each directive, document, and other structure.
       */
      *parse(source, incomplete2 = false) {
        if (this.onNewLine && this.offset === 0)
          this.onNewLine(0);
        for (const lexeme of this.lexer.lex(source, incomplete2))
          yield* this.next(lexeme);
        if (!incomplete2)
          yield* this.end();
      }
      /**
       * Advance the parser by the `source` of one lexical token.
       */
      *next(source) {
        this.source = source;
        if (node_process.env.LOG_TOKENS)
          console.log("|", cst.prettyToken(source));
        if (this.atScalar) {
          this.atScalar = false;
          yield* this.step();
          this.offset += source.length;
          return;
        }
        const type2 = cst.tokenType(source);
        if (!type2) {
          const message = `Not a YAML token: ${source}`;
          yield* this.pop({ type: "error", offset: this.offset, message, source });
          this.offset += source.length;
        } else if (type2 === "scalar") {
          this.atNewLine = false;
          this.atScalar = true;
          this.type = "scalar";
        } else {
          this.type = type2;
          yield* this.step();
          switch (type2) {
            case "newline":
              this.atNewLine = true;
              this.indent = 0;
              if (this.onNewLine)
                this.onNewLine(this.offset + source.length);
              break;
            case "space":
              if (this.atNewLine && source[0] === " ")
                this.indent += source.length;
              break;
            case "explicit-key-ind":
            case "map-value-ind":
            case "seq-item-ind":
              if (this.atNewLine)
                this.indent += source.length;
              break;
            case "doc-mode":
            case "flow-error-end":
              return;
            default:
              this.atNewLine = false;
          }
          this.offset += source.length;
        }
      }
      /** Call at end of input to push out any remaining constructions */
      *end() {
        while (this.stack.length > 0)
          yield* this.pop();
      }
      get sourceToken() {
        const st = {
          type: this.type,
          offset: this.offset,
          indent: this.indent,
          source: this.source
        };
        return st;
      }
      *step() {
        const top = this.peek(1);
        if (this.type === "doc-end" && top?.type !== "doc-end") {
          while (this.stack.length > 0)
            yield* this.pop();
          this.stack.push({
            type: "doc-end",
            offset: this.offset,
            source: this.source
          });
          return;
        }
        if (!top)
          return yield* this.stream();
        switch (top.type) {
          case "document":
            return yield* this.document(top);
          case "alias":
          case "scalar":
          case "single-quoted-scalar":
          case "double-quoted-scalar":
            return yield* this.scalar(top);
          case "block-scalar":
            return yield* this.blockScalar(top);
          case "block-map":
            return yield* this.blockMap(top);
          case "block-seq":
            return yield* this.blockSequence(top);
          case "flow-collection":
            return yield* this.flowCollection(top);
          case "doc-end":
            return yield* this.documentEnd(top);
        }
        yield* this.pop();
      }
      peek(n) {
        return this.stack[this.stack.length - n];
      }
      *pop(error) {
        const token = error ?? this.stack.pop();
        if (!token) {
          const message = "Tried to pop an empty stack";
          yield { type: "error", offset: this.offset, source: "", message };
        } else if (this.stack.length === 0) {
          yield token;
        } else {
          const top = this.peek(1);
          if (token.type === "block-scalar") {
            token.indent = "indent" in top ? top.indent : 0;
          } else if (token.type === "flow-collection" && top.type === "document") {
            token.indent = 0;
          }
          if (token.type === "flow-collection")
            fixFlowSeqItems(token);
          switch (top.type) {
            case "document":
              top.value = token;
              break;
            case "block-scalar":
              top.props.push(token);
              break;
            case "block-map": {
              const it = top.items[top.items.length - 1];
              if (it.value) {
                top.items.push({ start: [], key: token, sep: [] });
                this.onKeyLine = true;
                return;
              } else if (it.sep) {
                it.value = token;
              } else {
                Object.assign(it, { key: token, sep: [] });
                this.onKeyLine = !it.explicitKey;
                return;
              }
              break;
            }
            case "block-seq": {
              const it = top.items[top.items.length - 1];
              if (it.value)
                top.items.push({ start: [], value: token });
              else
                it.value = token;
              break;
            }
            case "flow-collection": {
              const it = top.items[top.items.length - 1];
              if (!it || it.value)
                top.items.push({ start: [], key: token, sep: [] });
              else if (it.sep)
                it.value = token;
              else
                Object.assign(it, { key: token, sep: [] });
              return;
            }
            /* istanbul ignore next should not happen */
            default:
              yield* this.pop();
              yield* this.pop(token);
          }
          if ((top.type === "document" || top.type === "block-map" || top.type === "block-seq") && (token.type === "block-map" || token.type === "block-seq")) {
            const last2 = token.items[token.items.length - 1];
            if (last2 && !last2.sep && !last2.value && last2.start.length > 0 && findNonEmptyIndex(last2.start) === -1 && (token.indent === 0 || last2.start.every((st) => st.type !== "comment" || st.indent < token.indent))) {
              if (top.type === "document")
                top.end = last2.start;
              else
                top.items.push({ start: last2.start });
              token.items.splice(-1, 1);
            }
          }
        }
      }
      *stream() {
        switch (this.type) {
          case "directive-line":
            yield { type: "directive", offset: this.offset, source: this.source };
            return;
          case "byte-order-mark":
          case "space":
          case "comment":
          case "newline":
            yield this.sourceToken;
            return;
          case "doc-mode":
          case "doc-start": {
            const doc = {
              type: "document",
              offset: this.offset,
              start: []
            };
            if (this.type === "doc-start")
              doc.start.push(this.sourceToken);
            this.stack.push(doc);
            return;
          }
        }
        yield {
          type: "error",
          offset: this.offset,
          message: `Unexpected ${this.type} token in YAML stream`,
          source: this.source
        };
      }
      *document(doc) {
        if (doc.value)
          return yield* this.lineEnd(doc);
        switch (this.type) {
          case "doc-start": {
            if (findNonEmptyIndex(doc.start) !== -1) {
              yield* this.pop();
              yield* this.step();
            } else
              doc.start.push(this.sourceToken);
            return;
          }
          case "anchor":
          case "tag":
          case "space":
          case "comment":
          case "newline":
            doc.start.push(this.sourceToken);
            return;
        }
        const bv = this.startBlockValue(doc);
        if (bv)
          this.stack.push(bv);
        else {
          yield {
            type: "error",
            offset: this.offset,
            message: `Unexpected ${this.type} token in YAML document`,
            source: this.source
          };
        }
      }
      *scalar(scalar) {
        if (this.type === "map-value-ind") {
          const prev = getPrevProps(this.peek(2));
          const start = getFirstKeyStartProps(prev);
          let sep2;
          if (scalar.end) {
            sep2 = scalar.end;
            sep2.push(this.sourceToken);
            delete scalar.end;
          } else
            sep2 = [this.sourceToken];
          const map2 = {
            type: "block-map",
            offset: scalar.offset,
            indent: scalar.indent,
            items: [{ start, key: scalar, sep: sep2 }]
          };
          this.onKeyLine = true;
          this.stack[this.stack.length - 1] = map2;
        } else
          yield* this.lineEnd(scalar);
      }
      *blockScalar(scalar) {
        switch (this.type) {
          case "space":
          case "comment":
          case "newline":
            scalar.props.push(this.sourceToken);
            return;
          case "scalar":
            scalar.source = this.source;
            this.atNewLine = true;
            this.indent = 0;
            if (this.onNewLine) {
              let nl = this.source.indexOf("\n") + 1;
              while (nl !== 0) {
                this.onNewLine(this.offset + nl);
                nl = this.source.indexOf("\n", nl) + 1;
              }
            }
            yield* this.pop();
            break;
          /* istanbul ignore next should not happen */
          default:
            yield* this.pop();
            yield* this.step();
        }
      }
      *blockMap(map2) {
        const it = map2.items[map2.items.length - 1];
        switch (this.type) {
          case "newline":
            this.onKeyLine = false;
            if (it.value) {
              const end = "end" in it.value ? it.value.end : void 0;
              const last2 = Array.isArray(end) ? end[end.length - 1] : void 0;
              if (last2?.type === "comment")
                end?.push(this.sourceToken);
              else
                map2.items.push({ start: [this.sourceToken] });
            } else if (it.sep) {
              it.sep.push(this.sourceToken);
            } else {
              it.start.push(this.sourceToken);
            }
            return;
          case "space":
          case "comment":
            if (it.value) {
              map2.items.push({ start: [this.sourceToken] });
            } else if (it.sep) {
              it.sep.push(this.sourceToken);
            } else {
              if (this.atIndentedComment(it.start, map2.indent)) {
                const prev = map2.items[map2.items.length - 2];
                const end = prev?.value?.end;
                if (Array.isArray(end)) {
                  arrayPushArray(end, it.start);
                  end.push(this.sourceToken);
                  map2.items.pop();
                  return;
                }
              }
              it.start.push(this.sourceToken);
            }
            return;
        }
        if (this.indent >= map2.indent) {
          const atMapIndent = !this.onKeyLine && this.indent === map2.indent;
          const atNextItem = atMapIndent && (it.sep || it.explicitKey) && this.type !== "seq-item-ind";
          let start = [];
          if (atNextItem && it.sep && !it.value) {
            const nl = [];
            for (let i = 0; i < it.sep.length; ++i) {
              const st = it.sep[i];
              switch (st.type) {
                case "newline":
                  nl.push(i);
                  break;
                case "space":
                  break;
                case "comment":
                  if (st.indent > map2.indent)
                    nl.length = 0;
                  break;
                default:
                  nl.length = 0;
              }
            }
            if (nl.length >= 2)
              start = it.sep.splice(nl[1]);
          }
          switch (this.type) {
            case "anchor":
            case "tag":
              if (atNextItem || it.value) {
                start.push(this.sourceToken);
                map2.items.push({ start });
                this.onKeyLine = true;
              } else if (it.sep) {
                it.sep.push(this.sourceToken);
              } else {
                it.start.push(this.sourceToken);
              }
              return;
            case "explicit-key-ind":
              if (!it.sep && !it.explicitKey) {
                it.start.push(this.sourceToken);
                it.explicitKey = true;
              } else if (atNextItem || it.value) {
                start.push(this.sourceToken);
                map2.items.push({ start, explicitKey: true });
              } else {
                this.stack.push({
                  type: "block-map",
                  offset: this.offset,
                  indent: this.indent,
                  items: [{ start: [this.sourceToken], explicitKey: true }]
                });
              }
              this.onKeyLine = true;
              return;
            case "map-value-ind":
              if (it.explicitKey) {
                if (!it.sep) {
                  if (includesToken(it.start, "newline")) {
                    Object.assign(it, { key: null, sep: [this.sourceToken] });
                  } else {
                    const start2 = getFirstKeyStartProps(it.start);
                    this.stack.push({
                      type: "block-map",
                      offset: this.offset,
                      indent: this.indent,
                      items: [{ start: start2, key: null, sep: [this.sourceToken] }]
                    });
                  }
                } else if (it.value) {
                  map2.items.push({ start: [], key: null, sep: [this.sourceToken] });
                } else if (includesToken(it.sep, "map-value-ind")) {
                  this.stack.push({
                    type: "block-map",
                    offset: this.offset,
                    indent: this.indent,
                    items: [{ start, key: null, sep: [this.sourceToken] }]
                  });
                } else if (isFlowToken(it.key) && !includesToken(it.sep, "newline")) {
                  const start2 = getFirstKeyStartProps(it.start);
                  const key = it.key;
                  const sep2 = it.sep;
                  sep2.push(this.sourceToken);
                  delete it.key;
                  delete it.sep;
                  this.stack.push({
                    type: "block-map",
                    offset: this.offset,
                    indent: this.indent,
                    items: [{ start: start2, key, sep: sep2 }]
                  });
                } else if (start.length > 0) {
                  it.sep = it.sep.concat(start, this.sourceToken);
                } else {
                  it.sep.push(this.sourceToken);
                }
              } else {
                if (!it.sep) {
                  Object.assign(it, { key: null, sep: [this.sourceToken] });
                } else if (it.value || atNextItem) {
                  map2.items.push({ start, key: null, sep: [this.sourceToken] });
                } else if (includesToken(it.sep, "map-value-ind")) {
                  this.stack.push({
                    type: "block-map",
                    offset: this.offset,
                    indent: this.indent,
                    items: [{ start: [], key: null, sep: [this.sourceToken] }]
                  });
                } else {
                  it.sep.push(this.sourceToken);
                }
              }
              this.onKeyLine = true;
              return;
            case "alias":
            case "scalar":
            case "single-quoted-scalar":
            case "double-quoted-scalar": {
              const fs2 = this.flowScalar(this.type);
              if (atNextItem || it.value) {
                map2.items.push({ start, key: fs2, sep: [] });
                this.onKeyLine = true;
              } else if (it.sep) {
                this.stack.push(fs2);
              } else {
                Object.assign(it, { key: fs2, sep: [] });
                this.onKeyLine = true;
              }
              return;
            }
            default: {
              const bv = this.startBlockValue(map2);
              if (bv) {
                if (bv.type === "block-seq") {
                  if (!it.explicitKey && it.sep && !includesToken(it.sep, "newline")) {
                    yield* this.pop({
                      type: "error",
                      offset: this.offset,
                      message: "Unexpected block-seq-ind on same line with key",
                      source: this.source
                    });
                    return;
                  }
                } else if (atMapIndent) {
                  map2.items.push({ start });
                }
                this.stack.push(bv);
                return;
              }
            }
          }
        }
        yield* this.pop();
        yield* this.step();
      }
      *blockSequence(seq) {
        const it = seq.items[seq.items.length - 1];
        switch (this.type) {
          case "newline":
            if (it.value) {
              const end = "end" in it.value ? it.value.end : void 0;
              const last2 = Array.isArray(end) ? end[end.length - 1] : void 0;
              if (last2?.type === "comment")
                end?.push(this.sourceToken);
              else
                seq.items.push({ start: [this.sourceToken] });
            } else
              it.start.push(this.sourceToken);
            return;
          case "space":
          case "comment":
            if (it.value)
              seq.items.push({ start: [this.sourceToken] });
            else {
              if (this.atIndentedComment(it.start, seq.indent)) {
                const prev = seq.items[seq.items.length - 2];
                const end = prev?.value?.end;
                if (Array.isArray(end)) {
                  arrayPushArray(end, it.start);
                  end.push(this.sourceToken);
                  seq.items.pop();
                  return;
                }
              }
              it.start.push(this.sourceToken);
            }
            return;
          case "anchor":
          case "tag":
            if (it.value || this.indent <= seq.indent)
              break;
            it.start.push(this.sourceToken);
            return;
          case "seq-item-ind":
            if (this.indent !== seq.indent)
              break;
            if (it.value || includesToken(it.start, "seq-item-ind"))
              seq.items.push({ start: [this.sourceToken] });
            else
              it.start.push(this.sourceToken);
            return;
        }
        if (this.indent > seq.indent) {
          const bv = this.startBlockValue(seq);
          if (bv) {
            this.stack.push(bv);
            return;
          }
        }
        yield* this.pop();
        yield* this.step();
      }
      *flowCollection(fc) {
        const it = fc.items[fc.items.length - 1];
        if (this.type === "flow-error-end") {
          let top;
          do {
            yield* this.pop();
            top = this.peek(1);
          } while (top?.type === "flow-collection");
        } else if (fc.end.length === 0) {
          switch (this.type) {
            case "comma":
            case "explicit-key-ind":
              if (!it || it.sep)
                fc.items.push({ start: [this.sourceToken] });
              else
                it.start.push(this.sourceToken);
              return;
            case "map-value-ind":
              if (!it || it.value)
                fc.items.push({ start: [], key: null, sep: [this.sourceToken] });
              else if (it.sep)
                it.sep.push(this.sourceToken);
              else
                Object.assign(it, { key: null, sep: [this.sourceToken] });
              return;
            case "space":
            case "comment":
            case "newline":
            case "anchor":
            case "tag":
              if (!it || it.value)
                fc.items.push({ start: [this.sourceToken] });
              else if (it.sep)
                it.sep.push(this.sourceToken);
              else
                it.start.push(this.sourceToken);
              return;
            case "alias":
            case "scalar":
            case "single-quoted-scalar":
            case "double-quoted-scalar": {
              const fs2 = this.flowScalar(this.type);
              if (!it || it.value)
                fc.items.push({ start: [], key: fs2, sep: [] });
              else if (it.sep)
                this.stack.push(fs2);
              else
                Object.assign(it, { key: fs2, sep: [] });
              return;
            }
            case "flow-map-end":
            case "flow-seq-end":
              fc.end.push(this.sourceToken);
              return;
          }
          const bv = this.startBlockValue(fc);
          if (bv)
            this.stack.push(bv);
          else {
            yield* this.pop();
            yield* this.step();
          }
        } else {
          const parent = this.peek(2);
          if (parent.type === "block-map" && (this.type === "map-value-ind" && parent.indent === fc.indent || this.type === "newline" && !parent.items[parent.items.length - 1].sep)) {
            yield* this.pop();
            yield* this.step();
          } else if (this.type === "map-value-ind" && parent.type !== "flow-collection") {
            const prev = getPrevProps(parent);
            const start = getFirstKeyStartProps(prev);
            fixFlowSeqItems(fc);
            const sep2 = fc.end.splice(1, fc.end.length);
            sep2.push(this.sourceToken);
            const map2 = {
              type: "block-map",
              offset: fc.offset,
              indent: fc.indent,
              items: [{ start, key: fc, sep: sep2 }]
            };
            this.onKeyLine = true;
            this.stack[this.stack.length - 1] = map2;
          } else {
            yield* this.lineEnd(fc);
          }
        }
      }
      flowScalar(type2) {
        if (this.onNewLine) {
          let nl = this.source.indexOf("\n") + 1;
          while (nl !== 0) {
            this.onNewLine(this.offset + nl);
            nl = this.source.indexOf("\n", nl) + 1;
          }
        }
        return {
          type: type2,
          offset: this.offset,
          indent: this.indent,
          source: this.source
        };
      }
      startBlockValue(parent) {
        switch (this.type) {
          case "alias":
          case "scalar":
          case "single-quoted-scalar":
          case "double-quoted-scalar":
            return this.flowScalar(this.type);
          case "block-scalar-header":
            return {
              type: "block-scalar",
              offset: this.offset,
              indent: this.indent,
              props: [this.sourceToken],
              source: ""
            };
          case "flow-map-start":
          case "flow-seq-start":
            return {
              type: "flow-collection",
              offset: this.offset,
              indent: this.indent,
              start: this.sourceToken,
              items: [],
              end: []
            };
          case "seq-item-ind":
            return {
              type: "block-seq",
              offset: this.offset,
              indent: this.indent,
              items: [{ start: [this.sourceToken] }]
            };
          case "explicit-key-ind": {
            this.onKeyLine = true;
            const prev = getPrevProps(parent);
            const start = getFirstKeyStartProps(prev);
            start.push(this.sourceToken);
            return {
              type: "block-map",
              offset: this.offset,
              indent: this.indent,
              items: [{ start, explicitKey: true }]
            };
          }
          case "map-value-ind": {
            this.onKeyLine = true;
            const prev = getPrevProps(parent);
            const start = getFirstKeyStartProps(prev);
            return {
              type: "block-map",
              offset: this.offset,
              indent: this.indent,
              items: [{ start, key: null, sep: [this.sourceToken] }]
            };
          }
        }
        return null;
      }
      atIndentedComment(start, indent) {
        if (this.type !== "comment")
          return false;
        if (this.indent <= indent)
          return false;
        return start.every((st) => st.type === "newline" || st.type === "space");
      }
      *documentEnd(docEnd) {
        if (this.type !== "doc-mode") {
          if (docEnd.end)
            docEnd.end.push(this.sourceToken);
          else
            docEnd.end = [this.sourceToken];
          if (this.type === "newline")
            yield* this.pop();
        }
      }
      *lineEnd(token) {
        switch (this.type) {
          case "comma":
          case "doc-start":
          case "doc-end":
          case "flow-seq-end":
          case "flow-map-end":
          case "map-value-ind":
            yield* this.pop();
            yield* this.step();
            break;
          case "newline":
            this.onKeyLine = false;
          // fallthrough
          case "space":
          case "comment":
          default:
            if (token.end)
              token.end.push(this.sourceToken);
            else
              token.end = [this.sourceToken];
            if (this.type === "newline")
              yield* this.pop();
        }
      }
    };
    exports.Parser = Parser2;
  }
});

// node_modules/yaml/dist/public-api.js
var require_public_api = __commonJS({
  "node_modules/yaml/dist/public-api.js"(exports) {
    "use strict";
    var composer = require_composer();
    var Document = require_Document();
    var errors = require_errors();
    var log = require_log();
    var identity = require_identity();
    var lineCounter = require_line_counter();
    var parser2 = require_parser();
    function parseOptions(options) {
      const prettyErrors = options.prettyErrors !== false;
      const lineCounter$1 = options.lineCounter || prettyErrors && new lineCounter.LineCounter() || null;
      return { lineCounter: lineCounter$1, prettyErrors };
    }
    function parseAllDocuments(source, options = {}) {
      const { lineCounter: lineCounter2, prettyErrors } = parseOptions(options);
      const parser$1 = new parser2.Parser(lineCounter2?.addNewLine);
      const composer$1 = new composer.Composer(options);
      const docs = Array.from(composer$1.compose(parser$1.parse(source)));
      if (prettyErrors && lineCounter2)
        for (const doc of docs) {
          doc.errors.forEach(errors.prettifyError(source, lineCounter2));
          doc.warnings.forEach(errors.prettifyError(source, lineCounter2));
        }
      if (docs.length > 0)
        return docs;
      return Object.assign([], { empty: true }, composer$1.streamInfo());
    }
    function parseDocument2(source, options = {}) {
      const { lineCounter: lineCounter2, prettyErrors } = parseOptions(options);
      const parser$1 = new parser2.Parser(lineCounter2?.addNewLine);
      const composer$1 = new composer.Composer(options);
      let doc = null;
      for (const _doc of composer$1.compose(parser$1.parse(source), true, source.length)) {
        if (!doc)
          doc = _doc;
        else if (doc.options.logLevel !== "silent") {
          doc.errors.push(new errors.YAMLParseError(_doc.range.slice(0, 2), "MULTIPLE_DOCS", "Source contains multiple documents; please use YAML.parseAllDocuments()"));
          break;
        }
      }
      if (prettyErrors && lineCounter2) {
        doc.errors.forEach(errors.prettifyError(source, lineCounter2));
        doc.warnings.forEach(errors.prettifyError(source, lineCounter2));
      }
      return doc;
    }
    function parse(src, reviver, options) {
      let _reviver = void 0;
      if (typeof reviver === "function") {
        _reviver = reviver;
      } else if (options === void 0 && reviver && typeof reviver === "object") {
        options = reviver;
      }
      const doc = parseDocument2(src, options);
      if (!doc)
        return null;
      doc.warnings.forEach((warning) => log.warn(doc.options.logLevel, warning));
      if (doc.errors.length > 0) {
        if (doc.options.logLevel !== "silent")
          throw doc.errors[0];
        else
          doc.errors = [];
      }
      return doc.toJS(Object.assign({ reviver: _reviver }, options));
    }
    function stringify2(value, replacer, options) {
      let _replacer = null;
      if (typeof replacer === "function" || Array.isArray(replacer)) {
        _replacer = replacer;
      } else if (options === void 0 && replacer) {
        options = replacer;
      }
      if (typeof options === "string")
        options = options.length;
      if (typeof options === "number") {
        const indent = Math.round(options);
        options = indent < 1 ? void 0 : indent > 8 ? { indent: 8 } : { indent };
      }
      if (value === void 0) {
        const { keepUndefined } = options ?? replacer ?? {};
        if (!keepUndefined)
          return void 0;
      }
      if (identity.isDocument(value) && !_replacer)
        return value.toString(options);
      return new Document.Document(value, _replacer, options).toString(options);
    }
    exports.parse = parse;
    exports.parseAllDocuments = parseAllDocuments;
    exports.parseDocument = parseDocument2;
    exports.stringify = stringify2;
  }
});

// node_modules/yaml/dist/index.js
var require_dist2 = __commonJS({
  "node_modules/yaml/dist/index.js"(exports) {
    "use strict";
    var composer = require_composer();
    var Document = require_Document();
    var Schema = require_Schema();
    var errors = require_errors();
    var Alias = require_Alias();
    var identity = require_identity();
    var Pair = require_Pair();
    var Scalar2 = require_Scalar();
    var YAMLMap = require_YAMLMap();
    var YAMLSeq = require_YAMLSeq();
    var cst = require_cst();
    var lexer = require_lexer();
    var lineCounter = require_line_counter();
    var parser2 = require_parser();
    var publicApi = require_public_api();
    var visit = require_visit();
    exports.Composer = composer.Composer;
    exports.Document = Document.Document;
    exports.Schema = Schema.Schema;
    exports.YAMLError = errors.YAMLError;
    exports.YAMLParseError = errors.YAMLParseError;
    exports.YAMLWarning = errors.YAMLWarning;
    exports.Alias = Alias.Alias;
    exports.isAlias = identity.isAlias;
    exports.isCollection = identity.isCollection;
    exports.isDocument = identity.isDocument;
    exports.isMap = identity.isMap;
    exports.isNode = identity.isNode;
    exports.isPair = identity.isPair;
    exports.isScalar = identity.isScalar;
    exports.isSeq = identity.isSeq;
    exports.Pair = Pair.Pair;
    exports.Scalar = Scalar2.Scalar;
    exports.YAMLMap = YAMLMap.YAMLMap;
    exports.YAMLSeq = YAMLSeq.YAMLSeq;
    exports.CST = cst;
    exports.Lexer = lexer.Lexer;
    exports.LineCounter = lineCounter.LineCounter;
    exports.Parser = parser2.Parser;
    exports.parse = publicApi.parse;
    exports.parseAllDocuments = publicApi.parseAllDocuments;
    exports.parseDocument = publicApi.parseDocument;
    exports.stringify = publicApi.stringify;
    exports.visit = visit.visit;
    exports.visitAsync = visit.visitAsync;
  }
});

// node_modules/cli-table3/src/debug.js
var require_debug = __commonJS({
  "node_modules/cli-table3/src/debug.js"(exports, module) {
    var messages2 = [];
    var level = 0;
    var debug = (msg, min) => {
      if (level >= min) {
        messages2.push(msg);
      }
    };
    debug.WARN = 1;
    debug.INFO = 2;
    debug.DEBUG = 3;
    debug.reset = () => {
      messages2 = [];
    };
    debug.setDebugLevel = (v) => {
      level = v;
    };
    debug.warn = (msg) => debug(msg, debug.WARN);
    debug.info = (msg) => debug(msg, debug.INFO);
    debug.debug = (msg) => debug(msg, debug.DEBUG);
    debug.debugMessages = () => messages2;
    module.exports = debug;
  }
});

// node_modules/ansi-regex/index.js
var require_ansi_regex = __commonJS({
  "node_modules/ansi-regex/index.js"(exports, module) {
    "use strict";
    module.exports = ({ onlyFirst = false } = {}) => {
      const pattern = [
        "[\\u001B\\u009B][[\\]()#;?]*(?:(?:(?:(?:;[-a-zA-Z\\d\\/#&.:=?%@~_]+)*|[a-zA-Z\\d]+(?:;[-a-zA-Z\\d\\/#&.:=?%@~_]*)*)?\\u0007)",
        "(?:(?:\\d{1,4}(?:;\\d{0,4})*)?[\\dA-PR-TZcf-ntqry=><~]))"
      ].join("|");
      return new RegExp(pattern, onlyFirst ? void 0 : "g");
    };
  }
});

// node_modules/strip-ansi/index.js
var require_strip_ansi = __commonJS({
  "node_modules/strip-ansi/index.js"(exports, module) {
    "use strict";
    var ansiRegex = require_ansi_regex();
    module.exports = (string) => typeof string === "string" ? string.replace(ansiRegex(), "") : string;
  }
});

// node_modules/is-fullwidth-code-point/index.js
var require_is_fullwidth_code_point = __commonJS({
  "node_modules/is-fullwidth-code-point/index.js"(exports, module) {
    "use strict";
    var isFullwidthCodePoint = (codePoint) => {
      if (Number.isNaN(codePoint)) {
        return false;
      }
      if (codePoint >= 4352 && (codePoint <= 4447 || // Hangul Jamo
      codePoint === 9001 || // LEFT-POINTING ANGLE BRACKET
      codePoint === 9002 || // RIGHT-POINTING ANGLE BRACKET
      // CJK Radicals Supplement .. Enclosed CJK Letters and Months
      11904 <= codePoint && codePoint <= 12871 && codePoint !== 12351 || // Enclosed CJK Letters and Months .. CJK Unified Ideographs Extension A
      12880 <= codePoint && codePoint <= 19903 || // CJK Unified Ideographs .. Yi Radicals
      19968 <= codePoint && codePoint <= 42182 || // Hangul Jamo Extended-A
      43360 <= codePoint && codePoint <= 43388 || // Hangul Syllables
      44032 <= codePoint && codePoint <= 55203 || // CJK Compatibility Ideographs
      63744 <= codePoint && codePoint <= 64255 || // Vertical Forms
      65040 <= codePoint && codePoint <= 65049 || // CJK Compatibility Forms .. Small Form Variants
      65072 <= codePoint && codePoint <= 65131 || // Halfwidth and Fullwidth Forms
      65281 <= codePoint && codePoint <= 65376 || 65504 <= codePoint && codePoint <= 65510 || // Kana Supplement
      110592 <= codePoint && codePoint <= 110593 || // Enclosed Ideographic Supplement
      127488 <= codePoint && codePoint <= 127569 || // CJK Unified Ideographs Extension B .. Tertiary Ideographic Plane
      131072 <= codePoint && codePoint <= 262141)) {
        return true;
      }
      return false;
    };
    module.exports = isFullwidthCodePoint;
    module.exports.default = isFullwidthCodePoint;
  }
});

// node_modules/emoji-regex/index.js
var require_emoji_regex = __commonJS({
  "node_modules/emoji-regex/index.js"(exports, module) {
    "use strict";
    module.exports = function() {
      return /\uD83C\uDFF4\uDB40\uDC67\uDB40\uDC62(?:\uDB40\uDC65\uDB40\uDC6E\uDB40\uDC67|\uDB40\uDC73\uDB40\uDC63\uDB40\uDC74|\uDB40\uDC77\uDB40\uDC6C\uDB40\uDC73)\uDB40\uDC7F|\uD83D\uDC68(?:\uD83C\uDFFC\u200D(?:\uD83E\uDD1D\u200D\uD83D\uDC68\uD83C\uDFFB|\uD83C[\uDF3E\uDF73\uDF93\uDFA4\uDFA8\uDFEB\uDFED]|\uD83D[\uDCBB\uDCBC\uDD27\uDD2C\uDE80\uDE92]|\uD83E[\uDDAF-\uDDB3\uDDBC\uDDBD])|\uD83C\uDFFF\u200D(?:\uD83E\uDD1D\u200D\uD83D\uDC68(?:\uD83C[\uDFFB-\uDFFE])|\uD83C[\uDF3E\uDF73\uDF93\uDFA4\uDFA8\uDFEB\uDFED]|\uD83D[\uDCBB\uDCBC\uDD27\uDD2C\uDE80\uDE92]|\uD83E[\uDDAF-\uDDB3\uDDBC\uDDBD])|\uD83C\uDFFE\u200D(?:\uD83E\uDD1D\u200D\uD83D\uDC68(?:\uD83C[\uDFFB-\uDFFD])|\uD83C[\uDF3E\uDF73\uDF93\uDFA4\uDFA8\uDFEB\uDFED]|\uD83D[\uDCBB\uDCBC\uDD27\uDD2C\uDE80\uDE92]|\uD83E[\uDDAF-\uDDB3\uDDBC\uDDBD])|\uD83C\uDFFD\u200D(?:\uD83E\uDD1D\u200D\uD83D\uDC68(?:\uD83C[\uDFFB\uDFFC])|\uD83C[\uDF3E\uDF73\uDF93\uDFA4\uDFA8\uDFEB\uDFED]|\uD83D[\uDCBB\uDCBC\uDD27\uDD2C\uDE80\uDE92]|\uD83E[\uDDAF-\uDDB3\uDDBC\uDDBD])|\u200D(?:\u2764\uFE0F\u200D(?:\uD83D\uDC8B\u200D)?\uD83D\uDC68|(?:\uD83D[\uDC68\uDC69])\u200D(?:\uD83D\uDC66\u200D\uD83D\uDC66|\uD83D\uDC67\u200D(?:\uD83D[\uDC66\uDC67]))|\uD83D\uDC66\u200D\uD83D\uDC66|\uD83D\uDC67\u200D(?:\uD83D[\uDC66\uDC67])|(?:\uD83D[\uDC68\uDC69])\u200D(?:\uD83D[\uDC66\uDC67])|[\u2695\u2696\u2708]\uFE0F|\uD83D[\uDC66\uDC67]|\uD83C[\uDF3E\uDF73\uDF93\uDFA4\uDFA8\uDFEB\uDFED]|\uD83D[\uDCBB\uDCBC\uDD27\uDD2C\uDE80\uDE92]|\uD83E[\uDDAF-\uDDB3\uDDBC\uDDBD])|(?:\uD83C\uDFFB\u200D[\u2695\u2696\u2708]|\uD83C\uDFFF\u200D[\u2695\u2696\u2708]|\uD83C\uDFFE\u200D[\u2695\u2696\u2708]|\uD83C\uDFFD\u200D[\u2695\u2696\u2708]|\uD83C\uDFFC\u200D[\u2695\u2696\u2708])\uFE0F|\uD83C\uDFFB\u200D(?:\uD83C[\uDF3E\uDF73\uDF93\uDFA4\uDFA8\uDFEB\uDFED]|\uD83D[\uDCBB\uDCBC\uDD27\uDD2C\uDE80\uDE92]|\uD83E[\uDDAF-\uDDB3\uDDBC\uDDBD])|\uD83C[\uDFFB-\uDFFF])|(?:\uD83E\uDDD1\uD83C\uDFFB\u200D\uD83E\uDD1D\u200D\uD83E\uDDD1|\uD83D\uDC69\uD83C\uDFFC\u200D\uD83E\uDD1D\u200D\uD83D\uDC69)\uD83C\uDFFB|\uD83E\uDDD1(?:\uD83C\uDFFF\u200D\uD83E\uDD1D\u200D\uD83E\uDDD1(?:\uD83C[\uDFFB-\uDFFF])|\u200D\uD83E\uDD1D\u200D\uD83E\uDDD1)|(?:\uD83E\uDDD1\uD83C\uDFFE\u200D\uD83E\uDD1D\u200D\uD83E\uDDD1|\uD83D\uDC69\uD83C\uDFFF\u200D\uD83E\uDD1D\u200D(?:\uD83D[\uDC68\uDC69]))(?:\uD83C[\uDFFB-\uDFFE])|(?:\uD83E\uDDD1\uD83C\uDFFC\u200D\uD83E\uDD1D\u200D\uD83E\uDDD1|\uD83D\uDC69\uD83C\uDFFD\u200D\uD83E\uDD1D\u200D\uD83D\uDC69)(?:\uD83C[\uDFFB\uDFFC])|\uD83D\uDC69(?:\uD83C\uDFFE\u200D(?:\uD83E\uDD1D\u200D\uD83D\uDC68(?:\uD83C[\uDFFB-\uDFFD\uDFFF])|\uD83C[\uDF3E\uDF73\uDF93\uDFA4\uDFA8\uDFEB\uDFED]|\uD83D[\uDCBB\uDCBC\uDD27\uDD2C\uDE80\uDE92]|\uD83E[\uDDAF-\uDDB3\uDDBC\uDDBD])|\uD83C\uDFFC\u200D(?:\uD83E\uDD1D\u200D\uD83D\uDC68(?:\uD83C[\uDFFB\uDFFD-\uDFFF])|\uD83C[\uDF3E\uDF73\uDF93\uDFA4\uDFA8\uDFEB\uDFED]|\uD83D[\uDCBB\uDCBC\uDD27\uDD2C\uDE80\uDE92]|\uD83E[\uDDAF-\uDDB3\uDDBC\uDDBD])|\uD83C\uDFFB\u200D(?:\uD83E\uDD1D\u200D\uD83D\uDC68(?:\uD83C[\uDFFC-\uDFFF])|\uD83C[\uDF3E\uDF73\uDF93\uDFA4\uDFA8\uDFEB\uDFED]|\uD83D[\uDCBB\uDCBC\uDD27\uDD2C\uDE80\uDE92]|\uD83E[\uDDAF-\uDDB3\uDDBC\uDDBD])|\uD83C\uDFFD\u200D(?:\uD83E\uDD1D\u200D\uD83D\uDC68(?:\uD83C[\uDFFB\uDFFC\uDFFE\uDFFF])|\uD83C[\uDF3E\uDF73\uDF93\uDFA4\uDFA8\uDFEB\uDFED]|\uD83D[\uDCBB\uDCBC\uDD27\uDD2C\uDE80\uDE92]|\uD83E[\uDDAF-\uDDB3\uDDBC\uDDBD])|\u200D(?:\u2764\uFE0F\u200D(?:\uD83D\uDC8B\u200D(?:\uD83D[\uDC68\uDC69])|\uD83D[\uDC68\uDC69])|\uD83C[\uDF3E\uDF73\uDF93\uDFA4\uDFA8\uDFEB\uDFED]|\uD83D[\uDCBB\uDCBC\uDD27\uDD2C\uDE80\uDE92]|\uD83E[\uDDAF-\uDDB3\uDDBC\uDDBD])|\uD83C\uDFFF\u200D(?:\uD83C[\uDF3E\uDF73\uDF93\uDFA4\uDFA8\uDFEB\uDFED]|\uD83D[\uDCBB\uDCBC\uDD27\uDD2C\uDE80\uDE92]|\uD83E[\uDDAF-\uDDB3\uDDBC\uDDBD]))|\uD83D\uDC69\u200D\uD83D\uDC69\u200D(?:\uD83D\uDC66\u200D\uD83D\uDC66|\uD83D\uDC67\u200D(?:\uD83D[\uDC66\uDC67]))|(?:\uD83E\uDDD1\uD83C\uDFFD\u200D\uD83E\uDD1D\u200D\uD83E\uDDD1|\uD83D\uDC69\uD83C\uDFFE\u200D\uD83E\uDD1D\u200D\uD83D\uDC69)(?:\uD83C[\uDFFB-\uDFFD])|\uD83D\uDC69\u200D\uD83D\uDC66\u200D\uD83D\uDC66|\uD83D\uDC69\u200D\uD83D\uDC69\u200D(?:\uD83D[\uDC66\uDC67])|(?:\uD83D\uDC41\uFE0F\u200D\uD83D\uDDE8|\uD83D\uDC69(?:\uD83C\uDFFF\u200D[\u2695\u2696\u2708]|\uD83C\uDFFE\u200D[\u2695\u2696\u2708]|\uD83C\uDFFC\u200D[\u2695\u2696\u2708]|\uD83C\uDFFB\u200D[\u2695\u2696\u2708]|\uD83C\uDFFD\u200D[\u2695\u2696\u2708]|\u200D[\u2695\u2696\u2708])|(?:(?:\u26F9|\uD83C[\uDFCB\uDFCC]|\uD83D\uDD75)\uFE0F|\uD83D\uDC6F|\uD83E[\uDD3C\uDDDE\uDDDF])\u200D[\u2640\u2642]|(?:\u26F9|\uD83C[\uDFCB\uDFCC]|\uD83D\uDD75)(?:\uD83C[\uDFFB-\uDFFF])\u200D[\u2640\u2642]|(?:\uD83C[\uDFC3\uDFC4\uDFCA]|\uD83D[\uDC6E\uDC71\uDC73\uDC77\uDC81\uDC82\uDC86\uDC87\uDE45-\uDE47\uDE4B\uDE4D\uDE4E\uDEA3\uDEB4-\uDEB6]|\uD83E[\uDD26\uDD37-\uDD39\uDD3D\uDD3E\uDDB8\uDDB9\uDDCD-\uDDCF\uDDD6-\uDDDD])(?:(?:\uD83C[\uDFFB-\uDFFF])\u200D[\u2640\u2642]|\u200D[\u2640\u2642])|\uD83C\uDFF4\u200D\u2620)\uFE0F|\uD83D\uDC69\u200D\uD83D\uDC67\u200D(?:\uD83D[\uDC66\uDC67])|\uD83C\uDFF3\uFE0F\u200D\uD83C\uDF08|\uD83D\uDC15\u200D\uD83E\uDDBA|\uD83D\uDC69\u200D\uD83D\uDC66|\uD83D\uDC69\u200D\uD83D\uDC67|\uD83C\uDDFD\uD83C\uDDF0|\uD83C\uDDF4\uD83C\uDDF2|\uD83C\uDDF6\uD83C\uDDE6|[#\*0-9]\uFE0F\u20E3|\uD83C\uDDE7(?:\uD83C[\uDDE6\uDDE7\uDDE9-\uDDEF\uDDF1-\uDDF4\uDDF6-\uDDF9\uDDFB\uDDFC\uDDFE\uDDFF])|\uD83C\uDDF9(?:\uD83C[\uDDE6\uDDE8\uDDE9\uDDEB-\uDDED\uDDEF-\uDDF4\uDDF7\uDDF9\uDDFB\uDDFC\uDDFF])|\uD83C\uDDEA(?:\uD83C[\uDDE6\uDDE8\uDDEA\uDDEC\uDDED\uDDF7-\uDDFA])|\uD83E\uDDD1(?:\uD83C[\uDFFB-\uDFFF])|\uD83C\uDDF7(?:\uD83C[\uDDEA\uDDF4\uDDF8\uDDFA\uDDFC])|\uD83D\uDC69(?:\uD83C[\uDFFB-\uDFFF])|\uD83C\uDDF2(?:\uD83C[\uDDE6\uDDE8-\uDDED\uDDF0-\uDDFF])|\uD83C\uDDE6(?:\uD83C[\uDDE8-\uDDEC\uDDEE\uDDF1\uDDF2\uDDF4\uDDF6-\uDDFA\uDDFC\uDDFD\uDDFF])|\uD83C\uDDF0(?:\uD83C[\uDDEA\uDDEC-\uDDEE\uDDF2\uDDF3\uDDF5\uDDF7\uDDFC\uDDFE\uDDFF])|\uD83C\uDDED(?:\uD83C[\uDDF0\uDDF2\uDDF3\uDDF7\uDDF9\uDDFA])|\uD83C\uDDE9(?:\uD83C[\uDDEA\uDDEC\uDDEF\uDDF0\uDDF2\uDDF4\uDDFF])|\uD83C\uDDFE(?:\uD83C[\uDDEA\uDDF9])|\uD83C\uDDEC(?:\uD83C[\uDDE6\uDDE7\uDDE9-\uDDEE\uDDF1-\uDDF3\uDDF5-\uDDFA\uDDFC\uDDFE])|\uD83C\uDDF8(?:\uD83C[\uDDE6-\uDDEA\uDDEC-\uDDF4\uDDF7-\uDDF9\uDDFB\uDDFD-\uDDFF])|\uD83C\uDDEB(?:\uD83C[\uDDEE-\uDDF0\uDDF2\uDDF4\uDDF7])|\uD83C\uDDF5(?:\uD83C[\uDDE6\uDDEA-\uDDED\uDDF0-\uDDF3\uDDF7-\uDDF9\uDDFC\uDDFE])|\uD83C\uDDFB(?:\uD83C[\uDDE6\uDDE8\uDDEA\uDDEC\uDDEE\uDDF3\uDDFA])|\uD83C\uDDF3(?:\uD83C[\uDDE6\uDDE8\uDDEA-\uDDEC\uDDEE\uDDF1\uDDF4\uDDF5\uDDF7\uDDFA\uDDFF])|\uD83C\uDDE8(?:\uD83C[\uDDE6\uDDE8\uDDE9\uDDEB-\uDDEE\uDDF0-\uDDF5\uDDF7\uDDFA-\uDDFF])|\uD83C\uDDF1(?:\uD83C[\uDDE6-\uDDE8\uDDEE\uDDF0\uDDF7-\uDDFB\uDDFE])|\uD83C\uDDFF(?:\uD83C[\uDDE6\uDDF2\uDDFC])|\uD83C\uDDFC(?:\uD83C[\uDDEB\uDDF8])|\uD83C\uDDFA(?:\uD83C[\uDDE6\uDDEC\uDDF2\uDDF3\uDDF8\uDDFE\uDDFF])|\uD83C\uDDEE(?:\uD83C[\uDDE8-\uDDEA\uDDF1-\uDDF4\uDDF6-\uDDF9])|\uD83C\uDDEF(?:\uD83C[\uDDEA\uDDF2\uDDF4\uDDF5])|(?:\uD83C[\uDFC3\uDFC4\uDFCA]|\uD83D[\uDC6E\uDC71\uDC73\uDC77\uDC81\uDC82\uDC86\uDC87\uDE45-\uDE47\uDE4B\uDE4D\uDE4E\uDEA3\uDEB4-\uDEB6]|\uD83E[\uDD26\uDD37-\uDD39\uDD3D\uDD3E\uDDB8\uDDB9\uDDCD-\uDDCF\uDDD6-\uDDDD])(?:\uD83C[\uDFFB-\uDFFF])|(?:\u26F9|\uD83C[\uDFCB\uDFCC]|\uD83D\uDD75)(?:\uD83C[\uDFFB-\uDFFF])|(?:[\u261D\u270A-\u270D]|\uD83C[\uDF85\uDFC2\uDFC7]|\uD83D[\uDC42\uDC43\uDC46-\uDC50\uDC66\uDC67\uDC6B-\uDC6D\uDC70\uDC72\uDC74-\uDC76\uDC78\uDC7C\uDC83\uDC85\uDCAA\uDD74\uDD7A\uDD90\uDD95\uDD96\uDE4C\uDE4F\uDEC0\uDECC]|\uD83E[\uDD0F\uDD18-\uDD1C\uDD1E\uDD1F\uDD30-\uDD36\uDDB5\uDDB6\uDDBB\uDDD2-\uDDD5])(?:\uD83C[\uDFFB-\uDFFF])|(?:[\u231A\u231B\u23E9-\u23EC\u23F0\u23F3\u25FD\u25FE\u2614\u2615\u2648-\u2653\u267F\u2693\u26A1\u26AA\u26AB\u26BD\u26BE\u26C4\u26C5\u26CE\u26D4\u26EA\u26F2\u26F3\u26F5\u26FA\u26FD\u2705\u270A\u270B\u2728\u274C\u274E\u2753-\u2755\u2757\u2795-\u2797\u27B0\u27BF\u2B1B\u2B1C\u2B50\u2B55]|\uD83C[\uDC04\uDCCF\uDD8E\uDD91-\uDD9A\uDDE6-\uDDFF\uDE01\uDE1A\uDE2F\uDE32-\uDE36\uDE38-\uDE3A\uDE50\uDE51\uDF00-\uDF20\uDF2D-\uDF35\uDF37-\uDF7C\uDF7E-\uDF93\uDFA0-\uDFCA\uDFCF-\uDFD3\uDFE0-\uDFF0\uDFF4\uDFF8-\uDFFF]|\uD83D[\uDC00-\uDC3E\uDC40\uDC42-\uDCFC\uDCFF-\uDD3D\uDD4B-\uDD4E\uDD50-\uDD67\uDD7A\uDD95\uDD96\uDDA4\uDDFB-\uDE4F\uDE80-\uDEC5\uDECC\uDED0-\uDED2\uDED5\uDEEB\uDEEC\uDEF4-\uDEFA\uDFE0-\uDFEB]|\uD83E[\uDD0D-\uDD3A\uDD3C-\uDD45\uDD47-\uDD71\uDD73-\uDD76\uDD7A-\uDDA2\uDDA5-\uDDAA\uDDAE-\uDDCA\uDDCD-\uDDFF\uDE70-\uDE73\uDE78-\uDE7A\uDE80-\uDE82\uDE90-\uDE95])|(?:[#\*0-9\xA9\xAE\u203C\u2049\u2122\u2139\u2194-\u2199\u21A9\u21AA\u231A\u231B\u2328\u23CF\u23E9-\u23F3\u23F8-\u23FA\u24C2\u25AA\u25AB\u25B6\u25C0\u25FB-\u25FE\u2600-\u2604\u260E\u2611\u2614\u2615\u2618\u261D\u2620\u2622\u2623\u2626\u262A\u262E\u262F\u2638-\u263A\u2640\u2642\u2648-\u2653\u265F\u2660\u2663\u2665\u2666\u2668\u267B\u267E\u267F\u2692-\u2697\u2699\u269B\u269C\u26A0\u26A1\u26AA\u26AB\u26B0\u26B1\u26BD\u26BE\u26C4\u26C5\u26C8\u26CE\u26CF\u26D1\u26D3\u26D4\u26E9\u26EA\u26F0-\u26F5\u26F7-\u26FA\u26FD\u2702\u2705\u2708-\u270D\u270F\u2712\u2714\u2716\u271D\u2721\u2728\u2733\u2734\u2744\u2747\u274C\u274E\u2753-\u2755\u2757\u2763\u2764\u2795-\u2797\u27A1\u27B0\u27BF\u2934\u2935\u2B05-\u2B07\u2B1B\u2B1C\u2B50\u2B55\u3030\u303D\u3297\u3299]|\uD83C[\uDC04\uDCCF\uDD70\uDD71\uDD7E\uDD7F\uDD8E\uDD91-\uDD9A\uDDE6-\uDDFF\uDE01\uDE02\uDE1A\uDE2F\uDE32-\uDE3A\uDE50\uDE51\uDF00-\uDF21\uDF24-\uDF93\uDF96\uDF97\uDF99-\uDF9B\uDF9E-\uDFF0\uDFF3-\uDFF5\uDFF7-\uDFFF]|\uD83D[\uDC00-\uDCFD\uDCFF-\uDD3D\uDD49-\uDD4E\uDD50-\uDD67\uDD6F\uDD70\uDD73-\uDD7A\uDD87\uDD8A-\uDD8D\uDD90\uDD95\uDD96\uDDA4\uDDA5\uDDA8\uDDB1\uDDB2\uDDBC\uDDC2-\uDDC4\uDDD1-\uDDD3\uDDDC-\uDDDE\uDDE1\uDDE3\uDDE8\uDDEF\uDDF3\uDDFA-\uDE4F\uDE80-\uDEC5\uDECB-\uDED2\uDED5\uDEE0-\uDEE5\uDEE9\uDEEB\uDEEC\uDEF0\uDEF3-\uDEFA\uDFE0-\uDFEB]|\uD83E[\uDD0D-\uDD3A\uDD3C-\uDD45\uDD47-\uDD71\uDD73-\uDD76\uDD7A-\uDDA2\uDDA5-\uDDAA\uDDAE-\uDDCA\uDDCD-\uDDFF\uDE70-\uDE73\uDE78-\uDE7A\uDE80-\uDE82\uDE90-\uDE95])\uFE0F|(?:[\u261D\u26F9\u270A-\u270D]|\uD83C[\uDF85\uDFC2-\uDFC4\uDFC7\uDFCA-\uDFCC]|\uD83D[\uDC42\uDC43\uDC46-\uDC50\uDC66-\uDC78\uDC7C\uDC81-\uDC83\uDC85-\uDC87\uDC8F\uDC91\uDCAA\uDD74\uDD75\uDD7A\uDD90\uDD95\uDD96\uDE45-\uDE47\uDE4B-\uDE4F\uDEA3\uDEB4-\uDEB6\uDEC0\uDECC]|\uD83E[\uDD0F\uDD18-\uDD1F\uDD26\uDD30-\uDD39\uDD3C-\uDD3E\uDDB5\uDDB6\uDDB8\uDDB9\uDDBB\uDDCD-\uDDCF\uDDD1-\uDDDD])/g;
    };
  }
});

// node_modules/string-width/index.js
var require_string_width = __commonJS({
  "node_modules/string-width/index.js"(exports, module) {
    "use strict";
    var stripAnsi = require_strip_ansi();
    var isFullwidthCodePoint = require_is_fullwidth_code_point();
    var emojiRegex = require_emoji_regex();
    var stringWidth = (string) => {
      if (typeof string !== "string" || string.length === 0) {
        return 0;
      }
      string = stripAnsi(string);
      if (string.length === 0) {
        return 0;
      }
      string = string.replace(emojiRegex(), "  ");
      let width = 0;
      for (let i = 0; i < string.length; i++) {
        const code2 = string.codePointAt(i);
        if (code2 <= 31 || code2 >= 127 && code2 <= 159) {
          continue;
        }
        if (code2 >= 768 && code2 <= 879) {
          continue;
        }
        if (code2 > 65535) {
          i++;
        }
        width += isFullwidthCodePoint(code2) ? 2 : 1;
      }
      return width;
    };
    module.exports = stringWidth;
    module.exports.default = stringWidth;
  }
});

// node_modules/cli-table3/src/utils.js
var require_utils = __commonJS({
  "node_modules/cli-table3/src/utils.js"(exports, module) {
    var stringWidth = require_string_width();
    function codeRegex(capture) {
      return capture ? /\u001b\[((?:\d*;){0,5}\d*)m/g : /\u001b\[(?:\d*;){0,5}\d*m/g;
    }
    function strlen(str) {
      let code2 = codeRegex();
      let stripped = ("" + str).replace(code2, "");
      let split2 = stripped.split("\n");
      return split2.reduce(function(memo, s) {
        return stringWidth(s) > memo ? stringWidth(s) : memo;
      }, 0);
    }
    function repeat(str, times2) {
      return Array(times2 + 1).join(str);
    }
    function pad2(str, len, pad3, dir) {
      let length = strlen(str);
      if (len + 1 >= length) {
        let padlen = len - length;
        switch (dir) {
          case "right": {
            str = repeat(pad3, padlen) + str;
            break;
          }
          case "center": {
            let right = Math.ceil(padlen / 2);
            let left = padlen - right;
            str = repeat(pad3, left) + str + repeat(pad3, right);
            break;
          }
          default: {
            str = str + repeat(pad3, padlen);
            break;
          }
        }
      }
      return str;
    }
    var codeCache = {};
    function addToCodeCache(name, on, off) {
      on = "\x1B[" + on + "m";
      off = "\x1B[" + off + "m";
      codeCache[on] = { set: name, to: true };
      codeCache[off] = { set: name, to: false };
      codeCache[name] = { on, off };
    }
    addToCodeCache("bold", 1, 22);
    addToCodeCache("italics", 3, 23);
    addToCodeCache("underline", 4, 24);
    addToCodeCache("inverse", 7, 27);
    addToCodeCache("strikethrough", 9, 29);
    function updateState(state, controlChars) {
      let controlCode = controlChars[1] ? parseInt(controlChars[1].split(";")[0]) : 0;
      if (controlCode >= 30 && controlCode <= 39 || controlCode >= 90 && controlCode <= 97) {
        state.lastForegroundAdded = controlChars[0];
        return;
      }
      if (controlCode >= 40 && controlCode <= 49 || controlCode >= 100 && controlCode <= 107) {
        state.lastBackgroundAdded = controlChars[0];
        return;
      }
      if (controlCode === 0) {
        for (let i in state) {
          if (Object.prototype.hasOwnProperty.call(state, i)) {
            delete state[i];
          }
        }
        return;
      }
      let info = codeCache[controlChars[0]];
      if (info) {
        state[info.set] = info.to;
      }
    }
    function readState(line) {
      let code2 = codeRegex(true);
      let controlChars = code2.exec(line);
      let state = {};
      while (controlChars !== null) {
        updateState(state, controlChars);
        controlChars = code2.exec(line);
      }
      return state;
    }
    function unwindState(state, ret) {
      let lastBackgroundAdded = state.lastBackgroundAdded;
      let lastForegroundAdded = state.lastForegroundAdded;
      delete state.lastBackgroundAdded;
      delete state.lastForegroundAdded;
      Object.keys(state).forEach(function(key) {
        if (state[key]) {
          ret += codeCache[key].off;
        }
      });
      if (lastBackgroundAdded && lastBackgroundAdded != "\x1B[49m") {
        ret += "\x1B[49m";
      }
      if (lastForegroundAdded && lastForegroundAdded != "\x1B[39m") {
        ret += "\x1B[39m";
      }
      return ret;
    }
    function rewindState(state, ret) {
      let lastBackgroundAdded = state.lastBackgroundAdded;
      let lastForegroundAdded = state.lastForegroundAdded;
      delete state.lastBackgroundAdded;
      delete state.lastForegroundAdded;
      Object.keys(state).forEach(function(key) {
        if (state[key]) {
          ret = codeCache[key].on + ret;
        }
      });
      if (lastBackgroundAdded && lastBackgroundAdded != "\x1B[49m") {
        ret = lastBackgroundAdded + ret;
      }
      if (lastForegroundAdded && lastForegroundAdded != "\x1B[39m") {
        ret = lastForegroundAdded + ret;
      }
      return ret;
    }
    function truncateWidth(str, desiredLength) {
      if (str.length === strlen(str)) {
        return str.substr(0, desiredLength);
      }
      while (strlen(str) > desiredLength) {
        str = str.slice(0, -1);
      }
      return str;
    }
    function truncateWidthWithAnsi(str, desiredLength) {
      let code2 = codeRegex(true);
      let split2 = str.split(codeRegex());
      let splitIndex = 0;
      let retLen = 0;
      let ret = "";
      let myArray;
      let state = {};
      while (retLen < desiredLength) {
        myArray = code2.exec(str);
        let toAdd = split2[splitIndex];
        splitIndex++;
        if (retLen + strlen(toAdd) > desiredLength) {
          toAdd = truncateWidth(toAdd, desiredLength - retLen);
        }
        ret += toAdd;
        retLen += strlen(toAdd);
        if (retLen < desiredLength) {
          if (!myArray) {
            break;
          }
          ret += myArray[0];
          updateState(state, myArray);
        }
      }
      return unwindState(state, ret);
    }
    function truncate2(str, desiredLength, truncateChar) {
      truncateChar = truncateChar || "\u2026";
      let lengthOfStr = strlen(str);
      if (lengthOfStr <= desiredLength) {
        return str;
      }
      desiredLength -= strlen(truncateChar);
      let ret = truncateWidthWithAnsi(str, desiredLength);
      ret += truncateChar;
      const hrefTag = "\x1B]8;;\x07";
      if (str.includes(hrefTag) && !ret.includes(hrefTag)) {
        ret += hrefTag;
      }
      return ret;
    }
    function defaultOptions2() {
      return {
        chars: {
          top: "\u2500",
          "top-mid": "\u252C",
          "top-left": "\u250C",
          "top-right": "\u2510",
          bottom: "\u2500",
          "bottom-mid": "\u2534",
          "bottom-left": "\u2514",
          "bottom-right": "\u2518",
          left: "\u2502",
          "left-mid": "\u251C",
          mid: "\u2500",
          "mid-mid": "\u253C",
          right: "\u2502",
          "right-mid": "\u2524",
          middle: "\u2502"
        },
        truncate: "\u2026",
        colWidths: [],
        rowHeights: [],
        colAligns: [],
        rowAligns: [],
        style: {
          "padding-left": 1,
          "padding-right": 1,
          head: ["red"],
          border: ["grey"],
          compact: false
        },
        head: []
      };
    }
    function mergeOptions(options, defaults) {
      options = options || {};
      defaults = defaults || defaultOptions2();
      let ret = Object.assign({}, defaults, options);
      ret.chars = Object.assign({}, defaults.chars, options.chars);
      ret.style = Object.assign({}, defaults.style, options.style);
      return ret;
    }
    function wordWrap(maxLength, input) {
      let lines2 = [];
      let split2 = input.split(/(\s+)/g);
      let line = [];
      let lineLength = 0;
      let whitespace;
      for (let i = 0; i < split2.length; i += 2) {
        let word = split2[i];
        let newLength = lineLength + strlen(word);
        if (lineLength > 0 && whitespace) {
          newLength += whitespace.length;
        }
        if (newLength > maxLength) {
          if (lineLength !== 0) {
            lines2.push(line.join(""));
          }
          line = [word];
          lineLength = strlen(word);
        } else {
          line.push(whitespace || "", word);
          lineLength = newLength;
        }
        whitespace = split2[i + 1];
      }
      if (lineLength) {
        lines2.push(line.join(""));
      }
      return lines2;
    }
    function textWrap(maxLength, input) {
      let lines2 = [];
      let line = "";
      function pushLine(str, ws) {
        if (line.length && ws) line += ws;
        line += str;
        while (line.length > maxLength) {
          lines2.push(line.slice(0, maxLength));
          line = line.slice(maxLength);
        }
      }
      let split2 = input.split(/(\s+)/g);
      for (let i = 0; i < split2.length; i += 2) {
        pushLine(split2[i], i && split2[i - 1]);
      }
      if (line.length) lines2.push(line);
      return lines2;
    }
    function multiLineWordWrap(maxLength, input, wrapOnWordBoundary = true) {
      let output = [];
      input = input.split("\n");
      const handler = wrapOnWordBoundary ? wordWrap : textWrap;
      for (let i = 0; i < input.length; i++) {
        output.push.apply(output, handler(maxLength, input[i]));
      }
      return output;
    }
    function colorizeLines(input) {
      let state = {};
      let output = [];
      for (let i = 0; i < input.length; i++) {
        let line = rewindState(state, input[i]);
        state = readState(line);
        let temp = Object.assign({}, state);
        output.push(unwindState(temp, line));
      }
      return output;
    }
    function hyperlink(url, text2) {
      const OSC = "\x1B]";
      const BEL = "\x07";
      const SEP = ";";
      return [OSC, "8", SEP, SEP, url || text2, BEL, text2, OSC, "8", SEP, SEP, BEL].join("");
    }
    module.exports = {
      strlen,
      repeat,
      pad: pad2,
      truncate: truncate2,
      mergeOptions,
      wordWrap: multiLineWordWrap,
      colorizeLines,
      hyperlink
    };
  }
});

// node_modules/@colors/colors/lib/styles.js
var require_styles = __commonJS({
  "node_modules/@colors/colors/lib/styles.js"(exports, module) {
    var styles = {};
    module["exports"] = styles;
    var codes = {
      reset: [0, 0],
      bold: [1, 22],
      dim: [2, 22],
      italic: [3, 23],
      underline: [4, 24],
      inverse: [7, 27],
      hidden: [8, 28],
      strikethrough: [9, 29],
      black: [30, 39],
      red: [31, 39],
      green: [32, 39],
      yellow: [33, 39],
      blue: [34, 39],
      magenta: [35, 39],
      cyan: [36, 39],
      white: [37, 39],
      gray: [90, 39],
      grey: [90, 39],
      brightRed: [91, 39],
      brightGreen: [92, 39],
      brightYellow: [93, 39],
      brightBlue: [94, 39],
      brightMagenta: [95, 39],
      brightCyan: [96, 39],
      brightWhite: [97, 39],
      bgBlack: [40, 49],
      bgRed: [41, 49],
      bgGreen: [42, 49],
      bgYellow: [43, 49],
      bgBlue: [44, 49],
      bgMagenta: [45, 49],
      bgCyan: [46, 49],
      bgWhite: [47, 49],
      bgGray: [100, 49],
      bgGrey: [100, 49],
      bgBrightRed: [101, 49],
      bgBrightGreen: [102, 49],
      bgBrightYellow: [103, 49],
      bgBrightBlue: [104, 49],
      bgBrightMagenta: [105, 49],
      bgBrightCyan: [106, 49],
      bgBrightWhite: [107, 49],
      // legacy styles for colors pre v1.0.0
      blackBG: [40, 49],
      redBG: [41, 49],
      greenBG: [42, 49],
      yellowBG: [43, 49],
      blueBG: [44, 49],
      magentaBG: [45, 49],
      cyanBG: [46, 49],
      whiteBG: [47, 49]
    };
    Object.keys(codes).forEach(function(key) {
      var val = codes[key];
      var style2 = styles[key] = [];
      style2.open = "\x1B[" + val[0] + "m";
      style2.close = "\x1B[" + val[1] + "m";
    });
  }
});

// node_modules/@colors/colors/lib/system/has-flag.js
var require_has_flag = __commonJS({
  "node_modules/@colors/colors/lib/system/has-flag.js"(exports, module) {
    "use strict";
    module.exports = function(flag, argv) {
      argv = argv || process.argv;
      var terminatorPos = argv.indexOf("--");
      var prefix = /^-{1,2}/.test(flag) ? "" : "--";
      var pos = argv.indexOf(prefix + flag);
      return pos !== -1 && (terminatorPos === -1 ? true : pos < terminatorPos);
    };
  }
});

// node_modules/@colors/colors/lib/system/supports-colors.js
var require_supports_colors = __commonJS({
  "node_modules/@colors/colors/lib/system/supports-colors.js"(exports, module) {
    "use strict";
    var os = __require("os");
    var hasFlag = require_has_flag();
    var env = process.env;
    var forceColor = void 0;
    if (hasFlag("no-color") || hasFlag("no-colors") || hasFlag("color=false")) {
      forceColor = false;
    } else if (hasFlag("color") || hasFlag("colors") || hasFlag("color=true") || hasFlag("color=always")) {
      forceColor = true;
    }
    if ("FORCE_COLOR" in env) {
      forceColor = env.FORCE_COLOR.length === 0 || parseInt(env.FORCE_COLOR, 10) !== 0;
    }
    function translateLevel(level) {
      if (level === 0) {
        return false;
      }
      return {
        level,
        hasBasic: true,
        has256: level >= 2,
        has16m: level >= 3
      };
    }
    function supportsColor(stream) {
      if (forceColor === false) {
        return 0;
      }
      if (hasFlag("color=16m") || hasFlag("color=full") || hasFlag("color=truecolor")) {
        return 3;
      }
      if (hasFlag("color=256")) {
        return 2;
      }
      if (stream && !stream.isTTY && forceColor !== true) {
        return 0;
      }
      var min = forceColor ? 1 : 0;
      if (process.platform === "win32") {
        var osRelease = os.release().split(".");
        if (Number(process.versions.node.split(".")[0]) >= 8 && Number(osRelease[0]) >= 10 && Number(osRelease[2]) >= 10586) {
          return Number(osRelease[2]) >= 14931 ? 3 : 2;
        }
        return 1;
      }
      if ("CI" in env) {
        if (["TRAVIS", "CIRCLECI", "APPVEYOR", "GITLAB_CI"].some(function(sign) {
          return sign in env;
        }) || env.CI_NAME === "codeship") {
          return 1;
        }
        return min;
      }
      if ("TEAMCITY_VERSION" in env) {
        return /^(9\.(0*[1-9]\d*)\.|\d{2,}\.)/.test(env.TEAMCITY_VERSION) ? 1 : 0;
      }
      if ("TERM_PROGRAM" in env) {
        var version2 = parseInt((env.TERM_PROGRAM_VERSION || "").split(".")[0], 10);
        switch (env.TERM_PROGRAM) {
          case "iTerm.app":
            return version2 >= 3 ? 3 : 2;
          case "Hyper":
            return 3;
          case "Apple_Terminal":
            return 2;
        }
      }
      if (/-256(color)?$/i.test(env.TERM)) {
        return 2;
      }
      if (/^screen|^xterm|^vt100|^rxvt|color|ansi|cygwin|linux/i.test(env.TERM)) {
        return 1;
      }
      if ("COLORTERM" in env) {
        return 1;
      }
      if (env.TERM === "dumb") {
        return min;
      }
      return min;
    }
    function getSupportLevel(stream) {
      var level = supportsColor(stream);
      return translateLevel(level);
    }
    module.exports = {
      supportsColor: getSupportLevel,
      stdout: getSupportLevel(process.stdout),
      stderr: getSupportLevel(process.stderr)
    };
  }
});

// node_modules/@colors/colors/lib/custom/trap.js
var require_trap = __commonJS({
  "node_modules/@colors/colors/lib/custom/trap.js"(exports, module) {
    module["exports"] = function runTheTrap(text2, options) {
      var result = "";
      text2 = text2 || "Run the trap, drop the bass";
      text2 = text2.split("");
      var trap = {
        a: ["@", "\u0104", "\u023A", "\u0245", "\u0394", "\u039B", "\u0414"],
        b: ["\xDF", "\u0181", "\u0243", "\u026E", "\u03B2", "\u0E3F"],
        c: ["\xA9", "\u023B", "\u03FE"],
        d: ["\xD0", "\u018A", "\u0500", "\u0501", "\u0502", "\u0503"],
        e: [
          "\xCB",
          "\u0115",
          "\u018E",
          "\u0258",
          "\u03A3",
          "\u03BE",
          "\u04BC",
          "\u0A6C"
        ],
        f: ["\u04FA"],
        g: ["\u0262"],
        h: ["\u0126", "\u0195", "\u04A2", "\u04BA", "\u04C7", "\u050A"],
        i: ["\u0F0F"],
        j: ["\u0134"],
        k: ["\u0138", "\u04A0", "\u04C3", "\u051E"],
        l: ["\u0139"],
        m: ["\u028D", "\u04CD", "\u04CE", "\u0520", "\u0521", "\u0D69"],
        n: ["\xD1", "\u014B", "\u019D", "\u0376", "\u03A0", "\u048A"],
        o: [
          "\xD8",
          "\xF5",
          "\xF8",
          "\u01FE",
          "\u0298",
          "\u047A",
          "\u05DD",
          "\u06DD",
          "\u0E4F"
        ],
        p: ["\u01F7", "\u048E"],
        q: ["\u09CD"],
        r: ["\xAE", "\u01A6", "\u0210", "\u024C", "\u0280", "\u042F"],
        s: ["\xA7", "\u03DE", "\u03DF", "\u03E8"],
        t: ["\u0141", "\u0166", "\u0373"],
        u: ["\u01B1", "\u054D"],
        v: ["\u05D8"],
        w: ["\u0428", "\u0460", "\u047C", "\u0D70"],
        x: ["\u04B2", "\u04FE", "\u04FC", "\u04FD"],
        y: ["\xA5", "\u04B0", "\u04CB"],
        z: ["\u01B5", "\u0240"]
      };
      text2.forEach(function(c) {
        c = c.toLowerCase();
        var chars = trap[c] || [" "];
        var rand = Math.floor(Math.random() * chars.length);
        if (typeof trap[c] !== "undefined") {
          result += trap[c][rand];
        } else {
          result += c;
        }
      });
      return result;
    };
  }
});

// node_modules/@colors/colors/lib/custom/zalgo.js
var require_zalgo = __commonJS({
  "node_modules/@colors/colors/lib/custom/zalgo.js"(exports, module) {
    module["exports"] = function zalgo(text2, options) {
      text2 = text2 || "   he is here   ";
      var soul = {
        "up": [
          "\u030D",
          "\u030E",
          "\u0304",
          "\u0305",
          "\u033F",
          "\u0311",
          "\u0306",
          "\u0310",
          "\u0352",
          "\u0357",
          "\u0351",
          "\u0307",
          "\u0308",
          "\u030A",
          "\u0342",
          "\u0313",
          "\u0308",
          "\u034A",
          "\u034B",
          "\u034C",
          "\u0303",
          "\u0302",
          "\u030C",
          "\u0350",
          "\u0300",
          "\u0301",
          "\u030B",
          "\u030F",
          "\u0312",
          "\u0313",
          "\u0314",
          "\u033D",
          "\u0309",
          "\u0363",
          "\u0364",
          "\u0365",
          "\u0366",
          "\u0367",
          "\u0368",
          "\u0369",
          "\u036A",
          "\u036B",
          "\u036C",
          "\u036D",
          "\u036E",
          "\u036F",
          "\u033E",
          "\u035B",
          "\u0346",
          "\u031A"
        ],
        "down": [
          "\u0316",
          "\u0317",
          "\u0318",
          "\u0319",
          "\u031C",
          "\u031D",
          "\u031E",
          "\u031F",
          "\u0320",
          "\u0324",
          "\u0325",
          "\u0326",
          "\u0329",
          "\u032A",
          "\u032B",
          "\u032C",
          "\u032D",
          "\u032E",
          "\u032F",
          "\u0330",
          "\u0331",
          "\u0332",
          "\u0333",
          "\u0339",
          "\u033A",
          "\u033B",
          "\u033C",
          "\u0345",
          "\u0347",
          "\u0348",
          "\u0349",
          "\u034D",
          "\u034E",
          "\u0353",
          "\u0354",
          "\u0355",
          "\u0356",
          "\u0359",
          "\u035A",
          "\u0323"
        ],
        "mid": [
          "\u0315",
          "\u031B",
          "\u0300",
          "\u0301",
          "\u0358",
          "\u0321",
          "\u0322",
          "\u0327",
          "\u0328",
          "\u0334",
          "\u0335",
          "\u0336",
          "\u035C",
          "\u035D",
          "\u035E",
          "\u035F",
          "\u0360",
          "\u0362",
          "\u0338",
          "\u0337",
          "\u0361",
          " \u0489"
        ]
      };
      var all2 = [].concat(soul.up, soul.down, soul.mid);
      function randomNumber(range2) {
        var r = Math.floor(Math.random() * range2);
        return r;
      }
      function isChar(character) {
        var bool = false;
        all2.filter(function(i) {
          bool = i === character;
        });
        return bool;
      }
      function heComes(text3, options2) {
        var result = "";
        var counts2;
        var l;
        options2 = options2 || {};
        options2["up"] = typeof options2["up"] !== "undefined" ? options2["up"] : true;
        options2["mid"] = typeof options2["mid"] !== "undefined" ? options2["mid"] : true;
        options2["down"] = typeof options2["down"] !== "undefined" ? options2["down"] : true;
        options2["size"] = typeof options2["size"] !== "undefined" ? options2["size"] : "maxi";
        text3 = text3.split("");
        for (l in text3) {
          if (isChar(l)) {
            continue;
          }
          result = result + text3[l];
          counts2 = { "up": 0, "down": 0, "mid": 0 };
          switch (options2.size) {
            case "mini":
              counts2.up = randomNumber(8);
              counts2.mid = randomNumber(2);
              counts2.down = randomNumber(8);
              break;
            case "maxi":
              counts2.up = randomNumber(16) + 3;
              counts2.mid = randomNumber(4) + 1;
              counts2.down = randomNumber(64) + 3;
              break;
            default:
              counts2.up = randomNumber(8) + 1;
              counts2.mid = randomNumber(6) / 2;
              counts2.down = randomNumber(8) + 1;
              break;
          }
          var arr = ["up", "mid", "down"];
          for (var d in arr) {
            var index = arr[d];
            for (var i = 0; i <= counts2[index]; i++) {
              if (options2[index]) {
                result = result + soul[index][randomNumber(soul[index].length)];
              }
            }
          }
        }
        return result;
      }
      return heComes(text2, options);
    };
  }
});

// node_modules/@colors/colors/lib/maps/america.js
var require_america = __commonJS({
  "node_modules/@colors/colors/lib/maps/america.js"(exports, module) {
    module["exports"] = function(colors) {
      return function(letter, i, exploded) {
        if (letter === " ") return letter;
        switch (i % 3) {
          case 0:
            return colors.red(letter);
          case 1:
            return colors.white(letter);
          case 2:
            return colors.blue(letter);
        }
      };
    };
  }
});

// node_modules/@colors/colors/lib/maps/zebra.js
var require_zebra = __commonJS({
  "node_modules/@colors/colors/lib/maps/zebra.js"(exports, module) {
    module["exports"] = function(colors) {
      return function(letter, i, exploded) {
        return i % 2 === 0 ? letter : colors.inverse(letter);
      };
    };
  }
});

// node_modules/@colors/colors/lib/maps/rainbow.js
var require_rainbow = __commonJS({
  "node_modules/@colors/colors/lib/maps/rainbow.js"(exports, module) {
    module["exports"] = function(colors) {
      var rainbowColors = ["red", "yellow", "green", "blue", "magenta"];
      return function(letter, i, exploded) {
        if (letter === " ") {
          return letter;
        } else {
          return colors[rainbowColors[i++ % rainbowColors.length]](letter);
        }
      };
    };
  }
});

// node_modules/@colors/colors/lib/maps/random.js
var require_random = __commonJS({
  "node_modules/@colors/colors/lib/maps/random.js"(exports, module) {
    module["exports"] = function(colors) {
      var available = [
        "underline",
        "inverse",
        "grey",
        "yellow",
        "red",
        "green",
        "blue",
        "white",
        "cyan",
        "magenta",
        "brightYellow",
        "brightRed",
        "brightGreen",
        "brightBlue",
        "brightWhite",
        "brightCyan",
        "brightMagenta"
      ];
      return function(letter, i, exploded) {
        return letter === " " ? letter : colors[available[Math.round(Math.random() * (available.length - 2))]](letter);
      };
    };
  }
});

// node_modules/@colors/colors/lib/colors.js
var require_colors = __commonJS({
  "node_modules/@colors/colors/lib/colors.js"(exports, module) {
    var colors = {};
    module["exports"] = colors;
    colors.themes = {};
    var util = __require("util");
    var ansiStyles = colors.styles = require_styles();
    var defineProps = Object.defineProperties;
    var newLineRegex = new RegExp(/[\r\n]+/g);
    colors.supportsColor = require_supports_colors().supportsColor;
    if (typeof colors.enabled === "undefined") {
      colors.enabled = colors.supportsColor() !== false;
    }
    colors.enable = function() {
      colors.enabled = true;
    };
    colors.disable = function() {
      colors.enabled = false;
    };
    colors.stripColors = colors.strip = function(str) {
      return ("" + str).replace(/\x1B\[\d+m/g, "");
    };
    var stylize = colors.stylize = function stylize2(str, style2) {
      if (!colors.enabled) {
        return str + "";
      }
      var styleMap = ansiStyles[style2];
      if (!styleMap && style2 in colors) {
        return colors[style2](str);
      }
      return styleMap.open + str + styleMap.close;
    };
    var matchOperatorsRe = /[|\\{}()[\]^$+*?.]/g;
    var escapeStringRegexp = function(str) {
      if (typeof str !== "string") {
        throw new TypeError("Expected a string");
      }
      return str.replace(matchOperatorsRe, "\\$&");
    };
    function build2(_styles) {
      var builder = function builder2() {
        return applyStyle.apply(builder2, arguments);
      };
      builder._styles = _styles;
      builder.__proto__ = proto;
      return builder;
    }
    var styles = (function() {
      var ret = {};
      ansiStyles.grey = ansiStyles.gray;
      Object.keys(ansiStyles).forEach(function(key) {
        ansiStyles[key].closeRe = new RegExp(escapeStringRegexp(ansiStyles[key].close), "g");
        ret[key] = {
          get: function() {
            return build2(this._styles.concat(key));
          }
        };
      });
      return ret;
    })();
    var proto = defineProps(function colors2() {
    }, styles);
    function applyStyle() {
      var args = Array.prototype.slice.call(arguments);
      var str = args.map(function(arg) {
        if (arg != null && arg.constructor === String) {
          return arg;
        } else {
          return util.inspect(arg);
        }
      }).join(" ");
      if (!colors.enabled || !str) {
        return str;
      }
      var newLinesPresent = str.indexOf("\n") != -1;
      var nestedStyles = this._styles;
      var i = nestedStyles.length;
      while (i--) {
        var code2 = ansiStyles[nestedStyles[i]];
        str = code2.open + str.replace(code2.closeRe, code2.open) + code2.close;
        if (newLinesPresent) {
          str = str.replace(newLineRegex, function(match) {
            return code2.close + match + code2.open;
          });
        }
      }
      return str;
    }
    colors.setTheme = function(theme) {
      if (typeof theme === "string") {
        console.log("colors.setTheme now only accepts an object, not a string.  If you are trying to set a theme from a file, it is now your (the caller's) responsibility to require the file.  The old syntax looked like colors.setTheme(__dirname + '/../themes/generic-logging.js'); The new syntax looks like colors.setTheme(require(__dirname + '/../themes/generic-logging.js'));");
        return;
      }
      for (var style2 in theme) {
        (function(style3) {
          colors[style3] = function(str) {
            if (typeof theme[style3] === "object") {
              var out = str;
              for (var i in theme[style3]) {
                out = colors[theme[style3][i]](out);
              }
              return out;
            }
            return colors[theme[style3]](str);
          };
        })(style2);
      }
    };
    function init() {
      var ret = {};
      Object.keys(styles).forEach(function(name) {
        ret[name] = {
          get: function() {
            return build2([name]);
          }
        };
      });
      return ret;
    }
    var sequencer = function sequencer2(map3, str) {
      var exploded = str.split("");
      exploded = exploded.map(map3);
      return exploded.join("");
    };
    colors.trap = require_trap();
    colors.zalgo = require_zalgo();
    colors.maps = {};
    colors.maps.america = require_america()(colors);
    colors.maps.zebra = require_zebra()(colors);
    colors.maps.rainbow = require_rainbow()(colors);
    colors.maps.random = require_random()(colors);
    for (map2 in colors.maps) {
      (function(map3) {
        colors[map3] = function(str) {
          return sequencer(colors.maps[map3], str);
        };
      })(map2);
    }
    var map2;
    defineProps(colors, init());
  }
});

// node_modules/@colors/colors/safe.js
var require_safe = __commonJS({
  "node_modules/@colors/colors/safe.js"(exports, module) {
    var colors = require_colors();
    module["exports"] = colors;
  }
});

// node_modules/cli-table3/src/cell.js
var require_cell = __commonJS({
  "node_modules/cli-table3/src/cell.js"(exports, module) {
    var { info, debug } = require_debug();
    var utils = require_utils();
    var Cell = class _Cell {
      /**
       * A representation of a cell within the table.
       * Implementations must have `init` and `draw` methods,
       * as well as `colSpan`, `rowSpan`, `desiredHeight` and `desiredWidth` properties.
       * @param options
       * @constructor
       */
      constructor(options) {
        this.setOptions(options);
        this.x = null;
        this.y = null;
      }
      setOptions(options) {
        if (["boolean", "number", "bigint", "string"].indexOf(typeof options) !== -1) {
          options = { content: "" + options };
        }
        options = options || {};
        this.options = options;
        let content2 = options.content;
        if (["boolean", "number", "bigint", "string"].indexOf(typeof content2) !== -1) {
          this.content = String(content2);
        } else if (!content2) {
          this.content = this.options.href || "";
        } else {
          throw new Error("Content needs to be a primitive, got: " + typeof content2);
        }
        this.colSpan = options.colSpan || 1;
        this.rowSpan = options.rowSpan || 1;
        if (this.options.href) {
          Object.defineProperty(this, "href", {
            get() {
              return this.options.href;
            }
          });
        }
      }
      mergeTableOptions(tableOptions, cells2) {
        this.cells = cells2;
        let optionsChars = this.options.chars || {};
        let tableChars = tableOptions.chars;
        let chars = this.chars = {};
        CHAR_NAMES.forEach(function(name) {
          setOption(optionsChars, tableChars, name, chars);
        });
        this.truncate = this.options.truncate || tableOptions.truncate;
        let style2 = this.options.style = this.options.style || {};
        let tableStyle = tableOptions.style;
        setOption(style2, tableStyle, "padding-left", this);
        setOption(style2, tableStyle, "padding-right", this);
        this.head = style2.head || tableStyle.head;
        this.border = style2.border || tableStyle.border;
        this.fixedWidth = tableOptions.colWidths[this.x];
        this.lines = this.computeLines(tableOptions);
        this.desiredWidth = utils.strlen(this.content) + this.paddingLeft + this.paddingRight;
        this.desiredHeight = this.lines.length;
      }
      computeLines(tableOptions) {
        const tableWordWrap = tableOptions.wordWrap || tableOptions.textWrap;
        const { wordWrap = tableWordWrap } = this.options;
        if (this.fixedWidth && wordWrap) {
          this.fixedWidth -= this.paddingLeft + this.paddingRight;
          if (this.colSpan) {
            let i = 1;
            while (i < this.colSpan) {
              this.fixedWidth += tableOptions.colWidths[this.x + i];
              i++;
            }
          }
          const { wrapOnWordBoundary: tableWrapOnWordBoundary = true } = tableOptions;
          const { wrapOnWordBoundary = tableWrapOnWordBoundary } = this.options;
          return this.wrapLines(utils.wordWrap(this.fixedWidth, this.content, wrapOnWordBoundary));
        }
        return this.wrapLines(this.content.split("\n"));
      }
      wrapLines(computedLines) {
        const lines2 = utils.colorizeLines(computedLines);
        if (this.href) {
          return lines2.map((line) => utils.hyperlink(this.href, line));
        }
        return lines2;
      }
      /**
       * Initializes the Cells data structure.
       *
       * @param tableOptions - A fully populated set of tableOptions.
       * In addition to the standard default values, tableOptions must have fully populated the
       * `colWidths` and `rowWidths` arrays. Those arrays must have lengths equal to the number
       * of columns or rows (respectively) in this table, and each array item must be a Number.
       *
       */
      init(tableOptions) {
        let x = this.x;
        let y = this.y;
        this.widths = tableOptions.colWidths.slice(x, x + this.colSpan);
        this.heights = tableOptions.rowHeights.slice(y, y + this.rowSpan);
        this.width = this.widths.reduce(sumPlusOne, -1);
        this.height = this.heights.reduce(sumPlusOne, -1);
        this.hAlign = this.options.hAlign || tableOptions.colAligns[x];
        this.vAlign = this.options.vAlign || tableOptions.rowAligns[y];
        this.drawRight = x + this.colSpan == tableOptions.colWidths.length;
      }
      /**
       * Draws the given line of the cell.
       * This default implementation defers to methods `drawTop`, `drawBottom`, `drawLine` and `drawEmpty`.
       * @param lineNum - can be `top`, `bottom` or a numerical line number.
       * @param spanningCell - will be a number if being called from a RowSpanCell, and will represent how
       * many rows below it's being called from. Otherwise it's undefined.
       * @returns {String} The representation of this line.
       */
      draw(lineNum, spanningCell) {
        if (lineNum == "top") return this.drawTop(this.drawRight);
        if (lineNum == "bottom") return this.drawBottom(this.drawRight);
        let content2 = utils.truncate(this.content, 10, this.truncate);
        if (!lineNum) {
          info(`${this.y}-${this.x}: ${this.rowSpan - lineNum}x${this.colSpan} Cell ${content2}`);
        } else {
        }
        let padLen = Math.max(this.height - this.lines.length, 0);
        let padTop;
        switch (this.vAlign) {
          case "center":
            padTop = Math.ceil(padLen / 2);
            break;
          case "bottom":
            padTop = padLen;
            break;
          default:
            padTop = 0;
        }
        if (lineNum < padTop || lineNum >= padTop + this.lines.length) {
          return this.drawEmpty(this.drawRight, spanningCell);
        }
        let forceTruncation = this.lines.length > this.height && lineNum + 1 >= this.height;
        return this.drawLine(lineNum - padTop, this.drawRight, forceTruncation, spanningCell);
      }
      /**
       * Renders the top line of the cell.
       * @param drawRight - true if this method should render the right edge of the cell.
       * @returns {String}
       */
      drawTop(drawRight) {
        let content2 = [];
        if (this.cells) {
          this.widths.forEach(function(width, index) {
            content2.push(this._topLeftChar(index));
            content2.push(utils.repeat(this.chars[this.y == 0 ? "top" : "mid"], width));
          }, this);
        } else {
          content2.push(this._topLeftChar(0));
          content2.push(utils.repeat(this.chars[this.y == 0 ? "top" : "mid"], this.width));
        }
        if (drawRight) {
          content2.push(this.chars[this.y == 0 ? "topRight" : "rightMid"]);
        }
        return this.wrapWithStyleColors("border", content2.join(""));
      }
      _topLeftChar(offset3) {
        let x = this.x + offset3;
        let leftChar;
        if (this.y == 0) {
          leftChar = x == 0 ? "topLeft" : offset3 == 0 ? "topMid" : "top";
        } else {
          if (x == 0) {
            leftChar = "leftMid";
          } else {
            leftChar = offset3 == 0 ? "midMid" : "bottomMid";
            if (this.cells) {
              let spanAbove = this.cells[this.y - 1][x] instanceof _Cell.ColSpanCell;
              if (spanAbove) {
                leftChar = offset3 == 0 ? "topMid" : "mid";
              }
              if (offset3 == 0) {
                let i = 1;
                while (this.cells[this.y][x - i] instanceof _Cell.ColSpanCell) {
                  i++;
                }
                if (this.cells[this.y][x - i] instanceof _Cell.RowSpanCell) {
                  leftChar = "leftMid";
                }
              }
            }
          }
        }
        return this.chars[leftChar];
      }
      wrapWithStyleColors(styleProperty, content2) {
        if (this[styleProperty] && this[styleProperty].length) {
          try {
            let colors = require_safe();
            for (let i = this[styleProperty].length - 1; i >= 0; i--) {
              colors = colors[this[styleProperty][i]];
            }
            return colors(content2);
          } catch (e) {
            return content2;
          }
        } else {
          return content2;
        }
      }
      /**
       * Renders a line of text.
       * @param lineNum - Which line of text to render. This is not necessarily the line within the cell.
       * There may be top-padding above the first line of text.
       * @param drawRight - true if this method should render the right edge of the cell.
       * @param forceTruncationSymbol - `true` if the rendered text should end with the truncation symbol even
       * if the text fits. This is used when the cell is vertically truncated. If `false` the text should
       * only include the truncation symbol if the text will not fit horizontally within the cell width.
       * @param spanningCell - a number of if being called from a RowSpanCell. (how many rows below). otherwise undefined.
       * @returns {String}
       */
      drawLine(lineNum, drawRight, forceTruncationSymbol, spanningCell) {
        let left = this.chars[this.x == 0 ? "left" : "middle"];
        if (this.x && spanningCell && this.cells) {
          let cellLeft = this.cells[this.y + spanningCell][this.x - 1];
          while (cellLeft instanceof ColSpanCell) {
            cellLeft = this.cells[cellLeft.y][cellLeft.x - 1];
          }
          if (!(cellLeft instanceof RowSpanCell)) {
            left = this.chars["rightMid"];
          }
        }
        let leftPadding = utils.repeat(" ", this.paddingLeft);
        let right = drawRight ? this.chars["right"] : "";
        let rightPadding = utils.repeat(" ", this.paddingRight);
        let line = this.lines[lineNum];
        let len = this.width - (this.paddingLeft + this.paddingRight);
        if (forceTruncationSymbol) line += this.truncate || "\u2026";
        let content2 = utils.truncate(line, len, this.truncate);
        content2 = utils.pad(content2, len, " ", this.hAlign);
        content2 = leftPadding + content2 + rightPadding;
        return this.stylizeLine(left, content2, right);
      }
      stylizeLine(left, content2, right) {
        left = this.wrapWithStyleColors("border", left);
        right = this.wrapWithStyleColors("border", right);
        if (this.y === 0) {
          content2 = this.wrapWithStyleColors("head", content2);
        }
        return left + content2 + right;
      }
      /**
       * Renders the bottom line of the cell.
       * @param drawRight - true if this method should render the right edge of the cell.
       * @returns {String}
       */
      drawBottom(drawRight) {
        let left = this.chars[this.x == 0 ? "bottomLeft" : "bottomMid"];
        let content2 = utils.repeat(this.chars.bottom, this.width);
        let right = drawRight ? this.chars["bottomRight"] : "";
        return this.wrapWithStyleColors("border", left + content2 + right);
      }
      /**
       * Renders a blank line of text within the cell. Used for top and/or bottom padding.
       * @param drawRight - true if this method should render the right edge of the cell.
       * @param spanningCell - a number of if being called from a RowSpanCell. (how many rows below). otherwise undefined.
       * @returns {String}
       */
      drawEmpty(drawRight, spanningCell) {
        let left = this.chars[this.x == 0 ? "left" : "middle"];
        if (this.x && spanningCell && this.cells) {
          let cellLeft = this.cells[this.y + spanningCell][this.x - 1];
          while (cellLeft instanceof ColSpanCell) {
            cellLeft = this.cells[cellLeft.y][cellLeft.x - 1];
          }
          if (!(cellLeft instanceof RowSpanCell)) {
            left = this.chars["rightMid"];
          }
        }
        let right = drawRight ? this.chars["right"] : "";
        let content2 = utils.repeat(" ", this.width);
        return this.stylizeLine(left, content2, right);
      }
    };
    var ColSpanCell = class {
      /**
       * A Cell that doesn't do anything. It just draws empty lines.
       * Used as a placeholder in column spanning.
       * @constructor
       */
      constructor() {
      }
      draw(lineNum) {
        if (typeof lineNum === "number") {
          debug(`${this.y}-${this.x}: 1x1 ColSpanCell`);
        }
        return "";
      }
      init() {
      }
      mergeTableOptions() {
      }
    };
    var RowSpanCell = class {
      /**
       * A placeholder Cell for a Cell that spans multiple rows.
       * It delegates rendering to the original cell, but adds the appropriate offset.
       * @param originalCell
       * @constructor
       */
      constructor(originalCell) {
        this.originalCell = originalCell;
      }
      init(tableOptions) {
        let y = this.y;
        let originalY = this.originalCell.y;
        this.cellOffset = y - originalY;
        this.offset = findDimension(tableOptions.rowHeights, originalY, this.cellOffset);
      }
      draw(lineNum) {
        if (lineNum == "top") {
          return this.originalCell.draw(this.offset, this.cellOffset);
        }
        if (lineNum == "bottom") {
          return this.originalCell.draw("bottom");
        }
        debug(`${this.y}-${this.x}: 1x${this.colSpan} RowSpanCell for ${this.originalCell.content}`);
        return this.originalCell.draw(this.offset + 1 + lineNum);
      }
      mergeTableOptions() {
      }
    };
    function firstDefined(...args) {
      return args.filter((v) => v !== void 0 && v !== null).shift();
    }
    function setOption(objA, objB, nameB, targetObj) {
      let nameA = nameB.split("-");
      if (nameA.length > 1) {
        nameA[1] = nameA[1].charAt(0).toUpperCase() + nameA[1].substr(1);
        nameA = nameA.join("");
        targetObj[nameA] = firstDefined(objA[nameA], objA[nameB], objB[nameA], objB[nameB]);
      } else {
        targetObj[nameB] = firstDefined(objA[nameB], objB[nameB]);
      }
    }
    function findDimension(dimensionTable, startingIndex, span2) {
      let ret = dimensionTable[startingIndex];
      for (let i = 1; i < span2; i++) {
        ret += 1 + dimensionTable[startingIndex + i];
      }
      return ret;
    }
    function sumPlusOne(a, b) {
      return a + b + 1;
    }
    var CHAR_NAMES = [
      "top",
      "top-mid",
      "top-left",
      "top-right",
      "bottom",
      "bottom-mid",
      "bottom-left",
      "bottom-right",
      "left",
      "left-mid",
      "mid",
      "mid-mid",
      "right",
      "right-mid",
      "middle"
    ];
    module.exports = Cell;
    module.exports.ColSpanCell = ColSpanCell;
    module.exports.RowSpanCell = RowSpanCell;
  }
});

// node_modules/cli-table3/src/layout-manager.js
var require_layout_manager = __commonJS({
  "node_modules/cli-table3/src/layout-manager.js"(exports, module) {
    var { warn, debug } = require_debug();
    var Cell = require_cell();
    var { ColSpanCell, RowSpanCell } = Cell;
    (function() {
      function next(alloc, col) {
        if (alloc[col] > 0) {
          return next(alloc, col + 1);
        }
        return col;
      }
      function layoutTable(table2) {
        let alloc = {};
        table2.forEach(function(row, rowIndex) {
          let col = 0;
          row.forEach(function(cell) {
            cell.y = rowIndex;
            cell.x = rowIndex ? next(alloc, col) : col;
            const rowSpan = cell.rowSpan || 1;
            const colSpan = cell.colSpan || 1;
            if (rowSpan > 1) {
              for (let cs = 0; cs < colSpan; cs++) {
                alloc[cell.x + cs] = rowSpan;
              }
            }
            col = cell.x + colSpan;
          });
          Object.keys(alloc).forEach((idx) => {
            alloc[idx]--;
            if (alloc[idx] < 1) delete alloc[idx];
          });
        });
      }
      function maxWidth(table2) {
        let mw = 0;
        table2.forEach(function(row) {
          row.forEach(function(cell) {
            mw = Math.max(mw, cell.x + (cell.colSpan || 1));
          });
        });
        return mw;
      }
      function maxHeight(table2) {
        return table2.length;
      }
      function cellsConflict(cell1, cell2) {
        let yMin1 = cell1.y;
        let yMax1 = cell1.y - 1 + (cell1.rowSpan || 1);
        let yMin2 = cell2.y;
        let yMax2 = cell2.y - 1 + (cell2.rowSpan || 1);
        let yConflict = !(yMin1 > yMax2 || yMin2 > yMax1);
        let xMin1 = cell1.x;
        let xMax1 = cell1.x - 1 + (cell1.colSpan || 1);
        let xMin2 = cell2.x;
        let xMax2 = cell2.x - 1 + (cell2.colSpan || 1);
        let xConflict = !(xMin1 > xMax2 || xMin2 > xMax1);
        return yConflict && xConflict;
      }
      function conflictExists(rows, x, y) {
        let i_max = Math.min(rows.length - 1, y);
        let cell = { x, y };
        for (let i = 0; i <= i_max; i++) {
          let row = rows[i];
          for (let j = 0; j < row.length; j++) {
            if (cellsConflict(cell, row[j])) {
              return true;
            }
          }
        }
        return false;
      }
      function allBlank(rows, y, xMin, xMax) {
        for (let x = xMin; x < xMax; x++) {
          if (conflictExists(rows, x, y)) {
            return false;
          }
        }
        return true;
      }
      function addRowSpanCells(table2) {
        table2.forEach(function(row, rowIndex) {
          row.forEach(function(cell) {
            for (let i = 1; i < cell.rowSpan; i++) {
              let rowSpanCell = new RowSpanCell(cell);
              rowSpanCell.x = cell.x;
              rowSpanCell.y = cell.y + i;
              rowSpanCell.colSpan = cell.colSpan;
              insertCell(rowSpanCell, table2[rowIndex + i]);
            }
          });
        });
      }
      function addColSpanCells(cellRows) {
        for (let rowIndex = cellRows.length - 1; rowIndex >= 0; rowIndex--) {
          let cellColumns = cellRows[rowIndex];
          for (let columnIndex = 0; columnIndex < cellColumns.length; columnIndex++) {
            let cell = cellColumns[columnIndex];
            for (let k = 1; k < cell.colSpan; k++) {
              let colSpanCell = new ColSpanCell();
              colSpanCell.x = cell.x + k;
              colSpanCell.y = cell.y;
              cellColumns.splice(columnIndex + 1, 0, colSpanCell);
            }
          }
        }
      }
      function insertCell(cell, row) {
        let x = 0;
        while (x < row.length && row[x].x < cell.x) {
          x++;
        }
        row.splice(x, 0, cell);
      }
      function fillInTable(table2) {
        let h_max = maxHeight(table2);
        let w_max = maxWidth(table2);
        debug(`Max rows: ${h_max}; Max cols: ${w_max}`);
        for (let y = 0; y < h_max; y++) {
          for (let x = 0; x < w_max; x++) {
            if (!conflictExists(table2, x, y)) {
              let opts = { x, y, colSpan: 1, rowSpan: 1 };
              x++;
              while (x < w_max && !conflictExists(table2, x, y)) {
                opts.colSpan++;
                x++;
              }
              let y2 = y + 1;
              while (y2 < h_max && allBlank(table2, y2, opts.x, opts.x + opts.colSpan)) {
                opts.rowSpan++;
                y2++;
              }
              let cell = new Cell(opts);
              cell.x = opts.x;
              cell.y = opts.y;
              warn(`Missing cell at ${cell.y}-${cell.x}.`);
              insertCell(cell, table2[y]);
            }
          }
        }
      }
      function generateCells(rows) {
        return rows.map(function(row) {
          if (!Array.isArray(row)) {
            let key = Object.keys(row)[0];
            row = row[key];
            if (Array.isArray(row)) {
              row = row.slice();
              row.unshift(key);
            } else {
              row = [key, row];
            }
          }
          return row.map(function(cell) {
            return new Cell(cell);
          });
        });
      }
      function makeTableLayout(rows) {
        let cellRows = generateCells(rows);
        layoutTable(cellRows);
        fillInTable(cellRows);
        addRowSpanCells(cellRows);
        addColSpanCells(cellRows);
        return cellRows;
      }
      module.exports = {
        makeTableLayout,
        layoutTable,
        addRowSpanCells,
        maxWidth,
        fillInTable,
        computeWidths: makeComputeWidths("colSpan", "desiredWidth", "x", 1),
        computeHeights: makeComputeWidths("rowSpan", "desiredHeight", "y", 1)
      };
    })();
    function makeComputeWidths(colSpan, desiredWidth, x, forcedMin) {
      return function(vals, table2) {
        let result = [];
        let spanners = [];
        let auto = {};
        table2.forEach(function(row) {
          row.forEach(function(cell) {
            if ((cell[colSpan] || 1) > 1) {
              spanners.push(cell);
            } else {
              result[cell[x]] = Math.max(result[cell[x]] || 0, cell[desiredWidth] || 0, forcedMin);
            }
          });
        });
        vals.forEach(function(val, index) {
          if (typeof val === "number") {
            result[index] = val;
          }
        });
        for (let k = spanners.length - 1; k >= 0; k--) {
          let cell = spanners[k];
          let span2 = cell[colSpan];
          let col = cell[x];
          let existingWidth = result[col];
          let editableCols = typeof vals[col] === "number" ? 0 : 1;
          if (typeof existingWidth === "number") {
            for (let i = 1; i < span2; i++) {
              existingWidth += 1 + result[col + i];
              if (typeof vals[col + i] !== "number") {
                editableCols++;
              }
            }
          } else {
            existingWidth = desiredWidth === "desiredWidth" ? cell.desiredWidth - 1 : 1;
            if (!auto[col] || auto[col] < existingWidth) {
              auto[col] = existingWidth;
            }
          }
          if (cell[desiredWidth] > existingWidth) {
            let i = 0;
            while (editableCols > 0 && cell[desiredWidth] > existingWidth) {
              if (typeof vals[col + i] !== "number") {
                let dif = Math.round((cell[desiredWidth] - existingWidth) / editableCols);
                existingWidth += dif;
                result[col + i] += dif;
                editableCols--;
              }
              i++;
            }
          }
        }
        Object.assign(vals, result, auto);
        for (let j = 0; j < vals.length; j++) {
          vals[j] = Math.max(forcedMin, vals[j] || 0);
        }
      };
    }
  }
});

// node_modules/cli-table3/src/table.js
var require_table = __commonJS({
  "node_modules/cli-table3/src/table.js"(exports, module) {
    var debug = require_debug();
    var utils = require_utils();
    var tableLayout = require_layout_manager();
    var Table2 = class extends Array {
      constructor(opts) {
        super();
        const options = utils.mergeOptions(opts);
        Object.defineProperty(this, "options", {
          value: options,
          enumerable: options.debug
        });
        if (options.debug) {
          switch (typeof options.debug) {
            case "boolean":
              debug.setDebugLevel(debug.WARN);
              break;
            case "number":
              debug.setDebugLevel(options.debug);
              break;
            case "string":
              debug.setDebugLevel(parseInt(options.debug, 10));
              break;
            default:
              debug.setDebugLevel(debug.WARN);
              debug.warn(`Debug option is expected to be boolean, number, or string. Received a ${typeof options.debug}`);
          }
          Object.defineProperty(this, "messages", {
            get() {
              return debug.debugMessages();
            }
          });
        }
      }
      toString() {
        let array = this;
        let headersPresent = this.options.head && this.options.head.length;
        if (headersPresent) {
          array = [this.options.head];
          if (this.length) {
            array.push.apply(array, this);
          }
        } else {
          this.options.style.head = [];
        }
        let cells2 = tableLayout.makeTableLayout(array);
        cells2.forEach(function(row) {
          row.forEach(function(cell) {
            cell.mergeTableOptions(this.options, cells2);
          }, this);
        }, this);
        tableLayout.computeWidths(this.options.colWidths, cells2);
        tableLayout.computeHeights(this.options.rowHeights, cells2);
        cells2.forEach(function(row) {
          row.forEach(function(cell) {
            cell.init(this.options);
          }, this);
        }, this);
        let result = [];
        for (let rowIndex = 0; rowIndex < cells2.length; rowIndex++) {
          let row = cells2[rowIndex];
          let heightOfRow = this.options.rowHeights[rowIndex];
          if (rowIndex === 0 || !this.options.style.compact || rowIndex == 1 && headersPresent) {
            doDraw(row, "top", result);
          }
          for (let lineNum = 0; lineNum < heightOfRow; lineNum++) {
            doDraw(row, lineNum, result);
          }
          if (rowIndex + 1 == cells2.length) {
            doDraw(row, "bottom", result);
          }
        }
        return result.join("\n");
      }
      get width() {
        let str = this.toString().split("\n");
        return str[0].length;
      }
    };
    Table2.reset = () => debug.reset();
    function doDraw(row, lineNum, result) {
      let line = [];
      row.forEach(function(cell) {
        line.push(cell.draw(lineNum));
      });
      let str = line.join("");
      if (str.length) result.push(str);
    }
    module.exports = Table2;
  }
});

// node_modules/cli-table3/index.js
var require_cli_table3 = __commonJS({
  "node_modules/cli-table3/index.js"(exports, module) {
    module.exports = require_table();
  }
});

// src/config/scenarios.ts
import { existsSync as existsSync3 } from "node:fs";
import { resolve as resolve3 } from "node:path";

// src/config/nearest.ts
function nearest(word, known2) {
  let best;
  let bestDistance = Number.POSITIVE_INFINITY;
  for (const candidate of known2) {
    const distance = editDistance(word.toLowerCase(), candidate.toLowerCase());
    if (distance < bestDistance) {
      best = candidate;
      bestDistance = distance;
    }
  }
  return bestDistance <= Math.max(1, Math.floor(word.length / 3)) ? best : void 0;
}
function suggest(word, known2, otherwise = "known here") {
  const match = nearest(word, known2);
  if (match !== void 0) return `did you mean "${match}"?`;
  return known2.length > 0 ? `${otherwise}: ${known2.join(", ")}` : "there are none";
}
function editDistance(a, b) {
  let beforePrevious = [];
  let previous = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let row = 1; row <= a.length; row++) {
    const current = [row];
    for (let column = 1; column <= b.length; column++) {
      const same = a[row - 1] === b[column - 1];
      let cost = Math.min(
        (previous[column] ?? 0) + 1,
        (current[column - 1] ?? 0) + 1,
        (previous[column - 1] ?? 0) + (same ? 0 : 1)
      );
      if (row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1]) {
        cost = Math.min(cost, (beforePrevious[column - 2] ?? 0) + 1);
      }
      current.push(cost);
    }
    beforePrevious = previous;
    previous = current;
  }
  return previous[b.length] ?? 0;
}

// src/config/schema.ts
import { z as z2 } from "#vendor/zod.js";

// src/config/zod-units.ts
import { z } from "#vendor/zod.js";
function reading(meta, read2) {
  return z.unknown().meta(meta).transform((value, context) => {
    if (value === void 0) {
      context.addIssue({ code: "custom", message: "is missing", params: { missing: true } });
      return z.NEVER;
    }
    const result = read2(value);
    if ("value" in result) return result.value;
    context.addIssue({
      code: "custom",
      message: result.message,
      ...result.hint === void 0 ? {} : { params: { hint: result.hint } }
    });
    return z.NEVER;
  });
}
function show(value) {
  if (value === null || value === void 0) return "nothing";
  if (Array.isArray(value)) return "a list";
  if (typeof value === "object") return "a map";
  if (typeof value !== "string") return String(value);
  return value.length > 60 ? `"${value.slice(0, 57)}..."` : `"${value}"`;
}
var number = String.raw`\d+(\.\d+)?`;
var duration = reading(
  {
    // Only text must match the pattern and only numbers the bounds: `0` needs no unit.
    type: ["string", "integer"],
    pattern: `^${number} *(us|ms|s|m|h)$|^0$`,
    minimum: 0,
    maximum: 0,
    description: "A duration: 100ms, 1.5s, 2m, 24h"
  },
  readDuration
);
function offset(mostMs) {
  return reading(
    {
      type: "string",
      pattern: `^[+-]? *${number} *(us|ms|s|m|h)$`,
      description: "A duration with its direction: +5s, -250ms"
    },
    (value) => {
      const text2 = scalarText(value);
      const match = /^([+-]?)\s*(.*)$/.exec(text2 ?? "");
      const [sign, amount] = [match?.[1] ?? "", match?.[2] ?? ""];
      if (text2 === void 0 || amount === "")
        return { message: `${show(value)} is no offset`, hint: "write it as +5s" };
      const inner = readDuration(amount);
      if (!("value" in inner))
        return { message: inner.message, hint: `write it as ${sign || "+"}5s or ${sign || "+"}250ms` };
      if (inner.value === 0) return { message: "an offset of 0 changes nothing", hint: "write it as +5s or -250ms" };
      if (inner.value > mostMs) return { message: `${text2} is more than ${formatMs(mostMs)}` };
      return { value: sign === "-" ? -inner.value : inner.value };
    }
  );
}
var share = reading(
  { type: "string", pattern: `^${number} *%$`, description: "A share between 0% and 100%" },
  readShare
);
var operationRate = reading(
  { type: "string", pattern: `^${number} */ *(s|m)$`, description: "Operations a second or a minute: 300/s, 6000/m" },
  (value) => {
    const text2 = scalarText(value);
    if (text2 === void 0) return { message: `${show(value)} is no rate`, hint: "write it as 300/s" };
    const parsed = parseRatePerSecond(text2);
    if (parsed !== void 0)
      return parsed > 0 ? { value: parsed } : { message: "a rate must be above 0", hint: "write 300/s" };
    if (isNumber(text2)) return { message: `${text2} has no unit`, hint: `write ${text2}/s or ${text2}/m` };
    return { message: `${show(text2)} is no rate`, hint: "write it as 300/s or 6000/m" };
  }
);
var rate = reading(
  {
    type: "string",
    pattern: `^${number} *(B|KB|MB|GB|KiB|MiB|GiB) */ *s$`,
    description: "Bytes a second: 1MB/s, 64KiB/s"
  },
  (value) => {
    const text2 = scalarText(value);
    if (text2 === void 0) return { message: `${show(value)} is no data rate`, hint: "write it as 1MB/s" };
    const match = /^(.*?)\s*\/\s*s$/.exec(text2);
    const parsed = match?.[1] === void 0 ? void 0 : parseBytes(match[1]);
    if (parsed !== void 0) {
      return parsed > 0 ? { value: parsed } : { message: "a data rate must be above 0", hint: "write it as 1MB/s" };
    }
    if (isNumber(text2)) return { message: `${text2} has no unit`, hint: `write ${text2}KB/s or ${text2}MB/s` };
    if (parseBytes(text2) !== void 0) return { message: `${text2} is a size, not a rate`, hint: `write ${text2}/s` };
    if (/bit|bps/i.test(text2))
      return { message: `${show(text2)} counts bits`, hint: "write bytes a second, as in 1MB/s" };
    return { message: `${show(text2)} is no data rate`, hint: "write it as 1MB/s or 64KiB/s" };
  }
);
var bytes = reading(
  { type: "string", pattern: `^${number} *(B|KB|MB|GB|KiB|MiB|GiB)$`, description: "A size: 64B, 1KiB, 2MB" },
  (value) => {
    const text2 = scalarText(value);
    if (text2 === void 0) return { message: `${show(value)} is no size`, hint: "write it as 64B or 2MB" };
    const parsed = parseBytes(text2);
    if (parsed !== void 0) {
      return Number.isInteger(parsed) ? { value: parsed } : { message: `${text2} is no whole number of bytes` };
    }
    if (isNumber(text2)) return { message: `${text2} has no unit`, hint: `write ${text2}B or ${text2}KB` };
    return { message: `${show(text2)} is no size`, hint: "write it as 64B, 1KiB or 2MB" };
  }
);
function wholeNumber(bounds) {
  return reading({ type: "integer", minimum: bounds.min, maximum: bounds.max }, (value) => {
    const text2 = scalarText(value);
    const parsed = text2 === void 0 || !/^-?\d+$/.test(text2) ? void 0 : Number(text2);
    if (parsed === void 0) return { message: `${show(value)} is no whole number` };
    if (parsed < bounds.min || parsed > bounds.max) {
      return { message: `${parsed} is out of range`, hint: `write a number from ${bounds.min} to ${bounds.max}` };
    }
    return { value: parsed };
  });
}
function oneOf(words, options = {}) {
  const { description } = options;
  return reading({ enum: words, ...description === void 0 ? {} : { description } }, (value) => {
    const found2 = words.find((word) => word === value);
    if (found2 !== void 0) return { value: found2 };
    const text2 = scalarText(value);
    const match = text2 === void 0 ? void 0 : nearest(text2, words);
    return {
      message: `${show(value)} is not one of ${words.join(", ")}`,
      hint: match === void 0 ? `write ${list(words)}` : `did you mean "${match}"?`
    };
  });
}
var atLeastShare = bound({
  sign: ">=",
  words: "at least",
  read: readShare,
  pattern: `^>= *${number} *%$`,
  example: ">= 99%"
});
var atMostDuration = bound({
  sign: "<=",
  words: "at most",
  read: readDuration,
  pattern: `^<= *${number} *(us|ms|s|m|h)$`,
  example: "<= 1s"
});
function bound(options) {
  const { sign, words, read: read2, pattern, example } = options;
  return reading({ type: "string", pattern, description: `A bound: "${example}"` }, (value) => {
    const match = /^(>=|<=|>|<|==|=|=>|=<)?\s*(.*)$/.exec(scalarText(value) ?? "");
    const found2 = match?.[1];
    const amount = match?.[2] ?? "";
    if (scalarText(value) === void 0 || amount === "") {
      return { message: `${show(value)} is no bound`, hint: `write "${example}"` };
    }
    const inner = read2(amount);
    if ("value" in inner && found2 !== sign) {
      return {
        message: found2 === void 0 ? `${show(value)} has no direction` : `"${found2}" is the wrong direction here`,
        hint: `this is ${words}: write "${sign} ${amount}"`
      };
    }
    return inner;
  });
}
function readShare(value) {
  const text2 = scalarText(value);
  if (text2 === void 0) return { message: `${show(value)} is no percentage`, hint: "write it as 10%" };
  const parsed = parseShare(text2);
  if (parsed !== void 0) return { value: parsed };
  if (isNumber(text2)) return { message: `${text2} has no unit`, hint: `write ${text2}%${fractionHint(text2)}` };
  if (/^-?[\d.]+\s*%$/.test(text2)) {
    return { message: `${text2} is outside 0% to 100%`, hint: "write a share between 0% and 100%" };
  }
  return { message: `${show(text2)} is no percentage`, hint: "write it as 10%" };
}
function readDuration(value) {
  const text2 = scalarText(value);
  if (text2 === void 0) return { message: `${show(value)} is no duration`, hint: "write it as 100ms, 1.5s or 2m" };
  const parsed = parseDurationMs(text2);
  if (parsed !== void 0) return { value: parsed };
  if (isNumber(text2)) return { message: `${text2} has no unit`, hint: `write ${text2}ms or ${text2}s` };
  if (text2.startsWith("-")) return { message: `${show(text2)} is negative`, hint: "write it as 100ms, 1.5s or 2m" };
  return { message: `${show(text2)} is no duration`, hint: "write it as 100ms, 1.5s, 2m or 24h" };
}
function scalarText(value) {
  if (typeof value === "string") return value.trim();
  return typeof value === "number" ? String(value) : void 0;
}
function isNumber(text2) {
  return /^\d+(\.\d+)?$/.test(text2);
}
function fractionHint(text2) {
  const fraction = Number(text2);
  return fraction > 0 && fraction <= 1 ? ` or ${Number((fraction * 100).toFixed(6))}%` : "";
}
function list(words) {
  if (words.length < 2) return words.join("");
  return `${words.slice(0, -1).join(", ")} or ${words.at(-1)}`;
}

// src/config/schema.ts
var invariantIds = [
  "integrity",
  "no-acknowledged-loss",
  "at-most-once",
  "exactly-once",
  "ordering",
  "session-state",
  "liveness"
];
var maxNodes = 15;
var text = z2.string().min(1);
var kebabName = reading(
  { type: "string", pattern: "^[a-z0-9]+(-[a-z0-9]+)*$" },
  (value) => typeof value === "string" && /^[a-z0-9]+(-[a-z0-9]+)*$/.test(value) ? { value } : { message: `${show(value)} is no name`, hint: "use small letters, digits and single hyphens, as in node-kill" }
);
var reservedPortNames = ["name", "index", "host", "ports"];
var portName = reading({ type: "string", pattern: "^[a-z][a-z0-9_]*$" }, (value) => {
  if (typeof value !== "string" || !/^[a-z][a-z0-9_]*$/.test(value)) {
    const number2 = typeof value === "number" || /^\d+$/.test(String(value));
    return {
      message: `${show(value)} is no name of a port`,
      hint: number2 ? "free ports are found for you: give a name, as in mqtt, and use {{ node.ports.mqtt }}" : "use small letters, digits and underscores, as in mqtt"
    };
  }
  if (reservedPortNames.includes(value))
    return { message: `"${value}" cannot name a port`, hint: "a peer has a property of that name" };
  return { value };
});
var portList = z2.array(portName).superRefine((names, context) => {
  for (const [index, name] of names.entries()) {
    if (names.indexOf(name) !== index)
      context.addIssue({ code: "custom", message: `"${name}" is here twice`, path: [index] });
  }
});
var fileName = reading({ type: "string" }, (value) => {
  const name = String(value);
  const outside = name.startsWith("/") || name.split(/[/\\]/).includes("..") || name === "";
  return outside ? { message: `"${name}" is outside the node's folder`, hint: "name a file inside it, as in broker.conf" } : { value: name };
});
var files = z2.record(z2.string(), z2.string()).superRefine((entries, context) => {
  for (const name of Object.keys(entries)) {
    const result = fileName.safeParse(name);
    if (result.success) continue;
    const issue = result.error.issues[0];
    context.addIssue({
      code: "custom",
      message: issue?.message ?? "is no file name",
      path: [name],
      ...issue?.code === "custom" && issue.params ? { params: issue.params } : {}
    });
  }
});
var environment = z2.record(z2.string(), z2.string()).superRefine((entries, context) => {
  for (const name of Object.keys(entries)) {
    if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(name)) {
      context.addIssue({ code: "custom", message: `"${name}" is no name of an environment variable`, path: [name] });
    }
  }
});
var brokerSchema = z2.strictObject({
  preset: text.optional().meta({ description: "A shipped description of a broker; keys given here override its own" }),
  name: text.optional().meta({ description: "The name of the broker in reports" }),
  build: text.optional().meta({ description: "Shell command run once, in the folder that chaos-action runs in, before anything boots" }),
  "build-within": duration.optional().meta({ description: "How long the build may take; default 10m" }),
  start: text.optional().meta({ description: "Command that runs one node in the foreground. Liquid template" }),
  env: environment.optional().meta({ description: "Environment variables of a node. Liquid templates" }),
  files: files.optional().meta({ description: "Files written into the node's own folder before it starts. Liquid templates" }),
  ports: portList.optional().meta({
    description: "Names of the TCP ports of a node; a free one is found for each and is {{ node.ports.NAME }}. mqtt is always among them"
  }),
  "peer-ports": portList.optional().meta({
    description: "The ports that nodes use among themselves, reached through link proxies; default [cluster] if there is such a port"
  }),
  ready: z2.strictObject({
    mqtt: z2.boolean().optional().meta({ description: "Ready needs an MQTT connection to be accepted; default true" }),
    http: text.optional().meta({ description: "Ready needs this address to answer 200. Liquid template" }),
    log: text.optional().meta({ description: "Ready needs a line of output that holds this text" }),
    within: duration.optional().meta({ description: "How long a node may take to be ready; default 30s" })
  }).optional().meta({ description: "When a node counts as ready: all that is given here must hold" }),
  metrics: text.optional().meta({ description: "Address that answers in the Prometheus text format. Liquid template" }),
  stop: oneOf(["SIGTERM", "SIGINT", "SIGQUIT", "SIGKILL"]).optional().meta({ description: "Signal that stops a node; default SIGTERM" }),
  "stop-within": duration.optional().meta({ description: "After this a node that has not stopped is killed; default 10s" }),
  "redeliver-within": duration.optional().meta({
    description: "The longest that the broker waits before it sends an unacknowledged message again; a message is not called lost sooner. Default 8s"
  }),
  mqtt: z2.strictObject({
    version: reading({ enum: [4, 5] }, readMqttVersion).optional().meta({ description: "4 for MQTT 3.1.1 (default), 5 for MQTT 5.0" }),
    username: text.optional(),
    password: text.optional().meta({ description: `Take it from the environment: \${NAME}` })
  }).optional().meta({ description: "How the workload connects" }),
  links: oneOf(["proxy", "transparent", "direct"]).optional().meta({
    description: "proxy (default): peers are reached through proxies that faults act on; transparent: the same, though nodes dial one another directly (needs root or sudo); direct: no proxies, scenarios that strike links are skipped"
  }),
  grpc: z2.boolean().optional().meta({
    description: "Whether the nodes call each other by gRPC; false skips the faults of calls. Absent: it is seen in the run"
  }),
  "known-issues": z2.array(
    z2.strictObject({
      invariant: text.meta({ description: `One of ${invariantIds.join(", ")}` }),
      scenario: text.optional().meta({ description: "Absent means every scenario" }),
      role: oneOf(["publisher", "subscriber"]).optional().meta({ description: "Only what befalls clients of this role; absent means both" }),
      client: text.optional().meta({
        description: "Only what befalls this client, named as in reports; * stands for anything, as in live-*"
      }),
      why: text.meta({ description: "A link to the issue, or the reason" })
    })
  ).optional().meta({
    description: "Violations that are reported but never fail the run; reported too when they stop happening"
  })
});
var chaosFileSchema = z2.strictObject({
  broker: brokerSchema.optional(),
  cluster: z2.strictObject({
    nodes: wholeNumber({ min: 1, max: maxNodes }).optional().meta({ description: "Nodes of the cluster; default 3" })
  }).optional(),
  workload: z2.strictObject({
    profile: oneOf(["mixed"]).optional().meta({ description: "What the clients do; default mixed" }),
    rate: operationRate.optional().meta({ description: "Messages published in all; default 300/s" }),
    payload: bytes.optional().meta({ description: "Size of a message; default 128B" })
  }).optional(),
  score: z2.strictObject({
    "fail-below": reading({ type: "number", minimum: 0, maximum: 10 }, readScore).optional().meta({ description: "The run fails when the score, 0 to 10, is below this" })
  }).optional()
});
var choices = ["any", "minority", "majority", "all"];
var links = ["links.cluster", "links.clients"];
var targetWords = [...links, ...choices];
var targetHint = `write ${targetWords.join(", ")}, { nodes: [node1] } or { from: node1, to: node2 }`;
var target = reading(
  {
    description: "Where the fault strikes; any and the other choices are drawn from the seed of the run",
    anyOf: [
      { type: "string", enum: targetWords },
      {
        type: "object",
        properties: { nodes: { type: "array", items: { type: "string" }, minItems: 1 } },
        required: ["nodes"],
        additionalProperties: false
      },
      {
        type: "object",
        properties: { from: { type: "string" }, to: { type: "string" } },
        required: ["from", "to"],
        additionalProperties: false
      }
    ]
  },
  readTarget
);
function readTarget(value) {
  if (typeof value === "string") {
    if (value === "links.cluster") return { value: { type: "links", which: "cluster" } };
    if (value === "links.clients") return { value: { type: "links", which: "clients" } };
    const choice = choices.find((word2) => word2 === value);
    if (choice !== void 0) return { value: { type: "choice", choice } };
    const message = `"${value}" is no target`;
    if (/^node\d+$/.test(value)) return { message, hint: `write { nodes: [${value}] }` };
    const word = oneOf(targetWords).safeParse(value);
    const issue = word.success ? void 0 : word.error.issues[0];
    const near2 = issue?.code === "custom" ? String(issue.params?.hint ?? "") : "";
    return { message, hint: near2.startsWith("did you mean") ? near2 : targetHint };
  }
  if (Array.isArray(value)) return { message: "a list is no target", hint: `write { nodes: [${value.join(", ")}] }` };
  if (typeof value === "object" && value !== null) {
    const entries = { ...value };
    const keys = Object.keys(entries).sort().join(",");
    if (keys === "nodes") {
      const { nodes } = entries;
      if (typeof nodes === "string") return { message: "nodes is no list", hint: `write { nodes: [${nodes}] }` };
      if (!Array.isArray(nodes) || nodes.length === 0)
        return { message: "nodes names no node", hint: "write { nodes: [node1] }" };
      const names = nodes.map(String);
      const twice = names.find((name, index) => names.indexOf(name) !== index);
      if (twice !== void 0) return { message: `nodes names ${twice} twice` };
      return { value: { type: "nodes", nodes: names } };
    }
    if (keys === "from,to") {
      const from = String(entries.from);
      const to = String(entries.to);
      if (from === to)
        return { message: `from and to are both ${from}`, hint: "a path leads from one node to another" };
      return { value: { type: "path", from, to } };
    }
  }
  return { message: `${show(value)} is no target`, hint: targetHint };
}
var hold = reading(
  {
    anyOf: [{ const: "hold" }, { type: "string", pattern: "^\\d+(\\.\\d+)? *(us|ms|s|m|h)$" }],
    description: "hold (default): as long as the phase; or a duration"
  },
  (value) => {
    if (value === "hold") return { value: "hold" };
    const result = duration.safeParse(value);
    if (result.success) {
      return result.data > 0 ? { value: result.data } : { message: "a fault must last longer than 0", hint: "write hold or a duration" };
    }
    const issue = result.error.issues[0];
    const hint = issue?.code === "custom" ? String(issue.params?.hint ?? "") : "";
    return { message: issue?.message ?? "is no duration", hint: `${hint}; or write hold` };
  }
);
var positiveDuration = duration.refine((ms) => ms > 0, { message: "must be longer than 0" });
var faultKeys = ["kind", "on", "at", "for", "in-turn"];
var faultEntrySchema = z2.looseObject({
  kind: text.meta({ description: "What is done" }),
  on: target.optional(),
  at: duration.optional().meta({ description: "When it begins, counted from the start of hold; default 0s" }),
  for: hold.optional(),
  "in-turn": z2.boolean().optional().meta({ description: "true: its nodes are struck one after the other, each for an equal share of the time" })
});
var scenarioSchema = z2.strictObject({
  name: kebabName.meta({ description: "The name that users give to --scenario" }),
  title: text.meta({ description: "One line for lists and reports" }),
  tier: oneOf(tiers),
  severity: oneOf(severities),
  dimension: oneOf(dimensions).meta({ description: "The dimension of the score that this tells something about" }),
  parameters: z2.record(z2.string(), z2.string()).optional().meta({ description: "Values that {{ NAME }} stands for in the rest of the file, and --set NAME=VALUE changes" }),
  phases: z2.strictObject({
    steady: positiveDuration.meta({ description: "Load without fault" }),
    hold: positiveDuration.meta({ description: "Load while the faults are in force" }),
    recover: positiveDuration.meta({
      description: "Load after the heal; ends sooner when the cluster is steady again"
    })
  }).meta({ description: "How long each phase lasts" }),
  faults: z2.array(faultEntrySchema).optional().meta({ description: "What is broken, and when; none in a baseline" }),
  expect: z2.strictObject({
    availability: atLeastShare.meta({
      description: 'Share of the possible operations done in time during hold: ">= 99%"'
    }),
    "p99-latency": atMostDuration.meta({
      description: 'Latency during hold that 99% of the operations stay within: "<= 1s"'
    }),
    recovery: atMostDuration.meta({ description: 'Time from the heal until the cluster is steady again: "<= 5s"' })
  }).meta({ description: "The hypothesis: what a good cluster keeps" })
});
var planEntrySchema = z2.strictObject({
  scenario: text.meta({ description: "A scenario by name, or the path of its file, relative to the plan" }),
  as: kebabName.optional().meta({ description: "What reports call it, so that a scenario can be in the plan twice" }),
  set: z2.record(z2.string(), z2.string()).optional().meta({ description: "Values of its parameters; they go before --set of the command line" }),
  duration: positiveDuration.optional().meta({ description: "How long hold lasts, instead of the scenario's own" })
});
var planSchema = z2.strictObject({
  name: kebabName.meta({ description: "The name of the plan in reports" }),
  title: text.meta({ description: "One line for lists" }),
  "abort-on": oneOf(["fail"]).optional().meta({ description: "fail: the scenarios after the first that fails are skipped" }),
  scenarios: z2.array(planEntrySchema).min(1).meta({ description: "What runs, in this order" })
});
function readMqttVersion(value) {
  const written = String(value);
  if (written === "4") return { value: 4 };
  if (written === "5") return { value: 5 };
  return { message: `${show(value)} is no version of MQTT`, hint: "write 4 for MQTT 3.1.1 or 5 for MQTT 5.0" };
}
function readScore(value) {
  const score = typeof value === "string" && value.trim() !== "" ? Number(value) : value;
  if (typeof score !== "number" || Number.isNaN(score))
    return { message: `${show(value)} is no score`, hint: "write a number from 0 to 10" };
  if (score < 0 || score > 10) return { message: `${score} is out of range`, hint: "a score lies between 0 and 10" };
  return { value: score };
}

// src/config/shipped.ts
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
function shippedFolder(name) {
  const here = fileURLToPath(import.meta.url);
  return here.endsWith(".ts") ? join(dirname(here), "..", "..", name) : distPath(name);
}
function presetNames(folder = shippedFolder("brokers")) {
  return namesIn(folder);
}
function presetSummaries(folder = shippedFolder("brokers")) {
  return presetNames(folder).map((name) => {
    const first2 = readFileSync(join(folder, `${name}.yml`), "utf8").split("\n", 1)[0] ?? "";
    return { name, summary: first2.startsWith("#") ? first2.replace(/^#+\s*/, "") : "" };
  });
}
function plansFolder() {
  return join(shippedFolder("scenarios"), "plans");
}
function planNames(folder = plansFolder()) {
  return namesIn(folder);
}
function namesIn(folder) {
  return yamlFiles(folder).map((file) => basename(file).replace(/\.ya?ml$/, ""));
}
function yamlFiles(folder) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true }).filter((entry) => !entry.isDirectory() && /\.ya?ml$/.test(entry.name)).map((entry) => join(folder, entry.name)).sort();
}

// node_modules/liquidjs/dist/liquid.node.mjs
import { PassThrough } from "stream";
import { sep, extname, resolve as resolve$1, dirname as dirname$1 } from "path";
import { statSync, readFileSync as readFileSync$1, realpathSync, stat, readFile as readFile$1, realpath } from "fs";
import { createRequire } from "module";
import { createHash, createHmac } from "crypto";
var Token = class {
  constructor(kind, input, begin2, end, file) {
    this.kind = kind;
    this.input = input;
    this.begin = begin2;
    this.end = end;
    this.file = file;
  }
  getText() {
    return this.input.slice(this.begin, this.end);
  }
  getPosition() {
    let [row, col] = [1, 1];
    for (let i = 0; i < this.begin; i++) {
      if (this.input[i] === "\n") {
        row++;
        col = 1;
      } else
        col++;
    }
    return [row, col];
  }
  size() {
    return this.end - this.begin;
  }
};
var Drop = class {
  liquidMethodMissing(key, context) {
    return void 0;
  }
};
var toString$1 = Object.prototype.toString;
var toLowerCase = String.prototype.toLowerCase;
var hasOwnProperty = Object.hasOwnProperty;
function isString(value) {
  return typeof value === "string";
}
function isFunction(value) {
  return typeof value === "function";
}
function isPromise(val) {
  return val && isFunction(val.then);
}
function isIterator(val) {
  return val && isFunction(val.next) && isFunction(val.throw) && isFunction(val.return);
}
function promisify(fn) {
  return function(...args) {
    return new Promise((resolve6, reject2) => {
      fn(...args, (err, result) => {
        err ? reject2(err) : resolve6(result);
      });
    });
  };
}
function stringify(value) {
  value = toValue(value);
  if (isString(value))
    return value;
  if (isNil(value))
    return "";
  if (isArray(value))
    return value.map((x) => stringify(x)).join("");
  return String(value);
}
function advanceCodePoints(str, from, count) {
  let index = from;
  for (let i = 0; i < count && index < str.length; i++)
    index += str.codePointAt(index) > 65535 ? 2 : 1;
  return index;
}
function codePointLength(str) {
  let length = 0;
  for (let index = 0; index < str.length; index = advanceCodePoints(str, index, 1))
    length++;
  return length;
}
function readArrayElement(arr, index, ownPropertyOnly) {
  if (index < 0)
    index = arr.length + index;
  if (ownPropertyOnly && !hasOwnProperty.call(arr, index))
    return void 0;
  return arr[index];
}
function toEnumerable(val) {
  val = toValue(val);
  if (isArray(val))
    return val;
  if (isString(val) && val.length > 0)
    return [val];
  if (isIterable(val))
    return Array.from(val);
  if (isObject(val))
    return Object.keys(val).map((key) => [key, val[key]]);
  return [];
}
function toArray(val) {
  val = toValue(val);
  if (isNil(val))
    return [];
  if (isArray(val))
    return val;
  return [val];
}
function toValue(value) {
  return value instanceof Drop && isFunction(value.valueOf) ? value.valueOf() : value;
}
function toNumber(value) {
  return +toValue(value) || 0;
}
function isNumber2(value) {
  return typeof value === "number";
}
function toLiquid(value) {
  if (value && isFunction(value.toLiquid))
    return toLiquid(value.toLiquid());
  return value;
}
function isNil(value) {
  return value == null;
}
function isUndefined(value) {
  return value === void 0;
}
function isArray(value) {
  return toString$1.call(value) === "[object Array]";
}
function isArrayLike(value) {
  return value && isNumber2(value.length);
}
function isIterable(value) {
  return isObject(value) && Symbol.iterator in value;
}
function forOwn(obj, iteratee) {
  obj = obj || {};
  for (const k in obj) {
    if (hasOwnProperty.call(obj, k)) {
      if (iteratee(obj[k], k, obj) === false)
        break;
    }
  }
  return obj;
}
function isObject(value) {
  const type2 = typeof value;
  return value !== null && (type2 === "object" || type2 === "function");
}
function range(start, stop, step = 1) {
  const arr = [];
  for (let i = start; i < stop; i += step) {
    arr.push(i);
  }
  return arr;
}
function padStart(str, length, ch = " ") {
  return pad(str, length, ch, (str2, ch2) => ch2 + str2);
}
function padEnd(str, length, ch = " ") {
  return pad(str, length, ch, (str2, ch2) => str2 + ch2);
}
function pad(str, length, ch, add) {
  str = String(str);
  const n = length - str.length;
  if (n <= 0)
    return str;
  return add(str, ch.repeat(n));
}
function identify(val) {
  return val;
}
function changeCase(str) {
  const hasLowerCase = [...str].some((ch) => ch >= "a" && ch <= "z");
  return hasLowerCase ? str.toUpperCase() : str.toLowerCase();
}
function ellipsis(str, N) {
  return str.length > N ? str.slice(0, N - 3) + "..." : str;
}
function orderedCompare(a, b) {
  if (isNil(a) && isNil(b))
    return 0;
  if (isNil(a))
    return 1;
  if (isNil(b))
    return -1;
  if (a < b)
    return -1;
  if (a > b)
    return 1;
  return 0;
}
function caseInsensitiveCompare(a, b) {
  if (isNil(a) && isNil(b))
    return 0;
  if (isNil(a))
    return 1;
  if (isNil(b))
    return -1;
  a = toLowerCase.call(a);
  b = toLowerCase.call(b);
  if (a < b)
    return -1;
  if (a > b)
    return 1;
  return 0;
}
function argumentsToValue(fn) {
  return function(...args) {
    return fn.call(this, ...args.map(toValue));
  };
}
function argumentsToNumber(fn) {
  return function(...args) {
    return fn.call(this, ...args.map(toNumber));
  };
}
function* strictUniq(array) {
  const seen = /* @__PURE__ */ new Set();
  for (const element of array) {
    const key = JSON.stringify(element);
    if (!seen.has(key)) {
      seen.add(key);
      yield element;
    }
  }
}
var TRAIT = "__liquidClass__";
var LiquidError = class extends Error {
  constructor(err, token) {
    super(typeof err === "string" ? err : err.message);
    this.context = "";
    if (typeof err !== "string")
      Object.defineProperty(this, "originalError", { value: err, enumerable: false });
    Object.defineProperty(this, "token", { value: token, enumerable: false });
    Object.defineProperty(this, TRAIT, { value: "LiquidError", enumerable: false });
  }
  update() {
    Object.defineProperty(this, "context", { value: mkContext(this.token), enumerable: false });
    this.message = mkMessage(this.message, this.token);
    this.stack = this.message + "\n" + this.context + "\n" + this.stack;
    if (this.originalError)
      this.stack += "\nFrom " + this.originalError.stack;
  }
  static is(obj) {
    return (obj === null || obj === void 0 ? void 0 : obj[TRAIT]) === "LiquidError";
  }
};
var TokenizationError = class extends LiquidError {
  constructor(message, token) {
    super(message, token);
    this.name = "TokenizationError";
    super.update();
  }
};
var ParseError = class extends LiquidError {
  constructor(err, token) {
    super(err, token);
    this.name = "ParseError";
    this.message = err.message;
    super.update();
  }
};
var RenderError = class extends LiquidError {
  constructor(err, tpl) {
    super(err, tpl.token);
    this.name = "RenderError";
    this.message = err.message;
    super.update();
  }
  static is(obj) {
    return obj.name === "RenderError";
  }
};
var LiquidErrors = class extends LiquidError {
  constructor(errors) {
    super(errors[0], errors[0].token);
    this.errors = errors;
    this.name = "LiquidErrors";
    const s = errors.length > 1 ? "s" : "";
    this.message = `${errors.length} error${s} found`;
    super.update();
  }
  static is(obj) {
    return obj.name === "LiquidErrors";
  }
};
var UndefinedVariableError = class extends LiquidError {
  constructor(err, token) {
    super(err, token);
    this.name = "UndefinedVariableError";
    this.message = err.message;
    super.update();
  }
};
var InternalUndefinedVariableError = class extends Error {
  constructor(variableName) {
    super(`undefined variable: ${variableName}`);
    this.name = "InternalUndefinedVariableError";
    this.variableName = variableName;
  }
};
var AssertionError = class extends Error {
  constructor(message) {
    super(message);
    this.name = "AssertionError";
    this.message = message + "";
  }
};
function mkContext(token) {
  const [line, col] = token.getPosition();
  const lines2 = token.input.split("\n");
  const begin2 = Math.max(line - 2, 1);
  const end = Math.min(line + 3, lines2.length);
  const context = range(begin2, end + 1).map((lineNumber) => {
    const rowIndicator = lineNumber === line ? ">> " : "   ";
    const num = padStart(String(lineNumber), String(end).length);
    let text2 = `${rowIndicator}${num}| `;
    const colIndicator = lineNumber === line ? "\n" + padStart("^", col + text2.length) : "";
    text2 += lines2[lineNumber - 1];
    text2 += colIndicator;
    return text2;
  }).join("\n");
  return context;
}
function mkMessage(msg, token) {
  if (token.file)
    msg += `, file:${token.file}`;
  const [line, col] = token.getPosition();
  msg += `, line:${line}, col:${col}`;
  return msg;
}
var TYPES = [0, 0, 0, 0, 0, 0, 0, 0, 0, 20, 4, 4, 4, 20, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 20, 2, 8, 0, 0, 0, 0, 8, 0, 0, 0, 64, 0, 65, 0, 0, 33, 33, 33, 33, 33, 33, 33, 33, 33, 33, 0, 0, 2, 2, 2, 1, 0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 1, 0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0];
var WORD = 1;
var BLANK = 4;
var QUOTE = 8;
var INLINE_BLANK = 16;
var NUMBER = 32;
var SIGN = 64;
var PUNCTUATION = 128;
function isWord(char) {
  const code2 = char.charCodeAt(0);
  return code2 >= 128 ? !TYPES[code2] : !!(TYPES[code2] & WORD);
}
TYPES[160] = TYPES[5760] = TYPES[6158] = TYPES[8192] = TYPES[8193] = TYPES[8194] = TYPES[8195] = TYPES[8196] = TYPES[8197] = TYPES[8198] = TYPES[8199] = TYPES[8200] = TYPES[8201] = TYPES[8202] = TYPES[8232] = TYPES[8233] = TYPES[8239] = TYPES[8287] = TYPES[12288] = BLANK;
TYPES[8220] = TYPES[8221] = PUNCTUATION;
function assert(predicate, message) {
  if (!predicate) {
    const msg = typeof message === "function" ? message() : message || `expect ${predicate} to be true`;
    throw new AssertionError(msg);
  }
}
function assertEmpty(predicate, message = `unexpected ${JSON.stringify(predicate)}`) {
  assert(!predicate, message);
}
var NullDrop = class extends Drop {
  *equals(value) {
    return isNil(yield toValue(value));
  }
  gt() {
    return false;
  }
  geq() {
    return false;
  }
  lt() {
    return false;
  }
  leq() {
    return false;
  }
  valueOf() {
    return null;
  }
};
var EmptyDrop = class _EmptyDrop extends Drop {
  *equals(value) {
    if (value instanceof _EmptyDrop)
      return false;
    value = yield toValue(value);
    if (isString(value) || isArray(value))
      return value.length === 0;
    if (isObject(value))
      return Object.keys(value).length === 0;
    return false;
  }
  gt() {
    return false;
  }
  geq() {
    return false;
  }
  lt() {
    return false;
  }
  leq() {
    return false;
  }
  valueOf() {
    return "";
  }
  static is(value) {
    return value instanceof _EmptyDrop;
  }
};
var BlankDrop = class _BlankDrop extends EmptyDrop {
  *equals(value) {
    if (value === false)
      return true;
    if (isNil(yield toValue(value)))
      return true;
    if (isString(value))
      return /^\s*$/.test(value);
    return yield super.equals(value);
  }
  static is(value) {
    return value instanceof _BlankDrop;
  }
};
var ForloopDrop = class extends Drop {
  constructor(length, collection, variable) {
    super();
    this.i = 0;
    this.length = length;
    this.name = `${variable}-${collection}`;
  }
  next() {
    this.i++;
  }
  index0() {
    return this.i;
  }
  index() {
    return this.i + 1;
  }
  first() {
    return this.i === 0;
  }
  last() {
    return this.i === this.length - 1;
  }
  rindex() {
    return this.length - this.i;
  }
  rindex0() {
    return this.length - this.i - 1;
  }
  valueOf() {
    return JSON.stringify(this);
  }
};
var SimpleEmitter = class {
  constructor() {
    this.buffer = "";
  }
  write(html) {
    this.buffer += stringify(html);
  }
};
var StreamedEmitter = class {
  constructor() {
    this.buffer = "";
    this.stream = new PassThrough();
  }
  write(html) {
    this.stream.write(stringify(html));
  }
  error(err) {
    this.stream.emit("error", err);
  }
  end() {
    this.stream.end();
  }
};
var KeepingTypeEmitter = class {
  constructor() {
    this.buffer = "";
  }
  write(html) {
    html = toValue(html);
    if (typeof html !== "string" && this.buffer === "") {
      this.buffer = html;
    } else {
      this.buffer = stringify(this.buffer) + stringify(html);
    }
  }
};
var BlockDrop = class extends Drop {
  constructor(superBlockRender = () => "") {
    super();
    this.superBlockRender = superBlockRender;
  }
  /**
   * Provide parent access in child block by
   * {{ block.super }}
   */
  *super() {
    const emitter = new SimpleEmitter();
    yield this.superBlockRender(emitter);
    return emitter.buffer;
  }
};
function isComparable(arg) {
  return arg && isFunction(arg.equals) && isFunction(arg.gt) && isFunction(arg.geq) && isFunction(arg.lt) && isFunction(arg.leq);
}
var nil = new NullDrop();
var literalValues = {
  "true": true,
  "false": false,
  "nil": nil,
  "null": nil,
  "empty": new EmptyDrop(),
  "blank": new BlankDrop()
};
var trieCache = /* @__PURE__ */ new WeakMap();
function createTrie(input) {
  const cached = trieCache.get(input);
  if (cached)
    return cached;
  const trie = {};
  for (const [name, data] of Object.entries(input)) {
    let node = trie;
    for (let i = 0; i < name.length; i++) {
      const c = name[i];
      node[c] = node[c] || {};
      if (i === name.length - 1 && isWord(name[i])) {
        node[c].needBoundary = true;
      }
      node = node[c];
    }
    node.data = data;
    node.end = true;
  }
  trieCache.set(input, trie);
  return trie;
}
var __assign = function() {
  __assign = Object.assign || function __assign2(t) {
    for (var s, i = 1, n = arguments.length; i < n; i++) {
      s = arguments[i];
      for (var p in s) if (Object.prototype.hasOwnProperty.call(s, p)) t[p] = s[p];
    }
    return t;
  };
  return __assign.apply(this, arguments);
};
function __awaiter(thisArg, _arguments, P, generator) {
  function adopt(value) {
    return value instanceof P ? value : new P(function(resolve6) {
      resolve6(value);
    });
  }
  return new (P || (P = Promise))(function(resolve6, reject2) {
    function fulfilled(value) {
      try {
        step(generator.next(value));
      } catch (e) {
        reject2(e);
      }
    }
    function rejected(value) {
      try {
        step(generator["throw"](value));
      } catch (e) {
        reject2(e);
      }
    }
    function step(result) {
      result.done ? resolve6(result.value) : adopt(result.value).then(fulfilled, rejected);
    }
    step((generator = generator.apply(thisArg, _arguments || [])).next());
  });
}
function toLiquidAsync(asyncFn, syncFn) {
  const syncImpl = syncFn || asyncFn;
  return (sync, ...args) => {
    return sync ? syncImpl(...args) : asyncFn(...args);
  };
}
function toPromise(val) {
  return __awaiter(this, void 0, void 0, function* () {
    if (!isIterator(val))
      return val;
    let value;
    let done = false;
    let next = "next";
    do {
      const state = val[next](value);
      done = !!state.done;
      value = state.value;
      next = "next";
      try {
        if (isIterator(value))
          value = toPromise(value);
        if (isPromise(value))
          value = yield value;
      } catch (err) {
        next = "throw";
        value = err;
      }
    } while (!done);
    return value;
  });
}
function toValueSync(val) {
  if (!isIterator(val))
    return val;
  let value;
  let done = false;
  let next = "next";
  do {
    const state = val[next](value);
    done = !!state.done;
    value = state.value;
    next = "next";
    if (isIterator(value)) {
      try {
        value = toValueSync(value);
      } catch (err) {
        next = "throw";
        value = err;
      }
    }
  } while (!done);
  return value;
}
var rFormat = /%([-_0^#:]+)?(\d+)?([EO])?(.)/;
function daysInMonth(d) {
  const feb = isLeapYear(d) ? 29 : 28;
  return [31, feb, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
}
function getDayOfYear(d) {
  let num = 0;
  for (let i = 0; i < d.getMonth(); ++i) {
    num += daysInMonth(d)[i];
  }
  return num + d.getDate();
}
function getWeekOfYear(d, startDay) {
  const daysSinceStartDay = (d.getDay() - startDay + 7) % 7;
  return String(Math.floor((getDayOfYear(d) - 1 - daysSinceStartDay + 7) / 7));
}
function isLeapYear(d) {
  const year = d.getFullYear();
  return !!((year & 3) === 0 && (year % 100 || year % 400 === 0 && year));
}
function ordinal(d) {
  const date2 = d.getDate();
  if ([11, 12, 13].includes(date2))
    return "th";
  switch (date2 % 10) {
    case 1:
      return "st";
    case 2:
      return "nd";
    case 3:
      return "rd";
    default:
      return "th";
  }
}
function century(d) {
  return Math.floor(d.getFullYear() / 100);
}
var padWidths = {
  C: 2,
  d: 2,
  e: 2,
  H: 2,
  I: 2,
  j: 3,
  k: 2,
  l: 2,
  L: 3,
  m: 2,
  M: 2,
  S: 2,
  U: 2,
  W: 2,
  y: 2,
  Y: 4
};
var padSpaceChars = new Set("aAbBceklpP");
function getTimezoneOffset(d, opts) {
  const nOffset = Math.abs(d.getTimezoneOffset());
  const h = Math.floor(nOffset / 60);
  const m = nOffset % 60;
  return (d.getTimezoneOffset() > 0 ? "-" : "+") + padStart(h, 2, "0") + (opts.flags[":"] ? ":" : "") + padStart(m, 2, "0");
}
var formatCodes = {
  a: (d) => d.getShortWeekdayName(),
  A: (d) => d.getLongWeekdayName(),
  b: (d) => d.getShortMonthName(),
  B: (d) => d.getLongMonthName(),
  c: (d) => d.toLocaleString(),
  C: (d) => century(d),
  d: (d) => d.getDate(),
  e: (d) => d.getDate(),
  H: (d) => d.getHours(),
  I: (d) => String(d.getHours() % 12 || 12),
  j: (d) => getDayOfYear(d),
  k: (d) => d.getHours(),
  l: (d) => String(d.getHours() % 12 || 12),
  L: (d) => d.getMilliseconds(),
  m: (d) => d.getMonth() + 1,
  M: (d) => d.getMinutes(),
  N: (d, opts) => {
    var _a;
    const width = Number(opts.width) || 9;
    const str = padStart(String(d.getMilliseconds()), 3, "0").slice(0, width);
    (_a = opts.memoryLimit) === null || _a === void 0 ? void 0 : _a.use(width - str.length);
    return padEnd(str, width, "0");
  },
  p: (d) => d.getHours() < 12 ? "AM" : "PM",
  P: (d) => d.getHours() < 12 ? "am" : "pm",
  q: (d) => ordinal(d),
  s: (d) => Math.floor(d.dateValue() / 1e3),
  S: (d) => d.getSeconds(),
  u: (d) => d.getDay() || 7,
  U: (d) => getWeekOfYear(d, 0),
  w: (d) => d.getDay(),
  W: (d) => getWeekOfYear(d, 1),
  x: (d) => d.toLocaleDateString(),
  X: (d) => d.toLocaleTimeString(),
  y: (d) => (d.getFullYear() % 100 + 100) % 100,
  Y: (d) => d.getFullYear(),
  z: getTimezoneOffset,
  Z: (d, opts) => d.getTimeZoneName() || getTimezoneOffset(d, opts),
  "t": () => "	",
  "n": () => "\n",
  "%": () => "%"
};
formatCodes.h = formatCodes.b;
function strftime(d, formatStr, memoryLimit2) {
  let output = "";
  let remaining = formatStr;
  let match;
  while (match = rFormat.exec(remaining)) {
    output += remaining.slice(0, match.index);
    remaining = remaining.slice(match.index + match[0].length);
    output += format(d, match, memoryLimit2);
  }
  return output + remaining;
}
function format(d, match, memoryLimit2) {
  const [input, flagStr = "", width, modifier, conversion] = match;
  const convert = formatCodes[conversion];
  if (!convert)
    return input;
  const flags = {};
  for (const flag of flagStr)
    flags[flag] = true;
  let ret = String(convert(d, { flags, width, modifier, memoryLimit: memoryLimit2 }));
  let padChar = padSpaceChars.has(conversion) ? " " : "0";
  let padWidth = Number(width) || padWidths[conversion] || 0;
  if (flags["^"])
    ret = ret.toUpperCase();
  else if (flags["#"])
    ret = changeCase(ret);
  if (flags["_"])
    padChar = " ";
  else if (flags["0"])
    padChar = "0";
  if (flags["-"])
    padWidth = 0;
  memoryLimit2 === null || memoryLimit2 === void 0 ? void 0 : memoryLimit2.use(Number(padWidth) - ret.length);
  if (padChar === "0" && ret[0] === "-")
    return "-" + padStart(ret.slice(1), padWidth - 1, padChar);
  return padStart(ret, padWidth, padChar);
}
function getDateTimeFormat() {
  return typeof Intl !== "undefined" ? Intl.DateTimeFormat : void 0;
}
var OneMinute = 6e4;
var TIMEZONE_PATTERN = /([zZ]|([+-])(\d{2}):?(\d{2}))$/;
var monthNames = [
  "January",
  "February",
  "March",
  "April",
  "May",
  "June",
  "July",
  "August",
  "September",
  "October",
  "November",
  "December"
];
var monthNamesShort = monthNames.map((name) => name.slice(0, 3));
var dayNames = [
  "Sunday",
  "Monday",
  "Tuesday",
  "Wednesday",
  "Thursday",
  "Friday",
  "Saturday"
];
var dayNamesShort = dayNames.map((name) => name.slice(0, 3));
var LiquidDate = class _LiquidDate {
  constructor(init, locale, timezone) {
    this.locale = locale;
    this.DateTimeFormat = getDateTimeFormat();
    this.date = new Date(init);
    this.timezoneFixed = timezone !== void 0;
    if (timezone === void 0) {
      timezone = this.date.getTimezoneOffset();
    }
    this.timezoneOffset = isString(timezone) ? _LiquidDate.getTimezoneOffset(timezone, this.date) : timezone;
    this.timezoneName = isString(timezone) ? timezone : "";
    const diff = (this.date.getTimezoneOffset() - this.timezoneOffset) * OneMinute;
    const time = this.date.getTime() + diff;
    this.displayDate = new Date(time);
  }
  getTime() {
    return this.displayDate.getTime();
  }
  /**
   * The underlying UTC timestamp in milliseconds, unaffected by the display
   * timezone. Use this (not `getTime()`) for timezone-invariant values like
   * `%s`: `getTime()` reads `displayDate`, which is deliberately shifted by
   * the display timezone offset so wall-clock getters can delegate to Date.
   */
  dateValue() {
    return this.date.getTime();
  }
  getMilliseconds() {
    return this.displayDate.getMilliseconds();
  }
  getSeconds() {
    return this.displayDate.getSeconds();
  }
  getMinutes() {
    return this.displayDate.getMinutes();
  }
  getHours() {
    return this.displayDate.getHours();
  }
  getDay() {
    return this.displayDate.getDay();
  }
  getDate() {
    return this.displayDate.getDate();
  }
  getMonth() {
    return this.displayDate.getMonth();
  }
  getFullYear() {
    return this.displayDate.getFullYear();
  }
  toLocaleString(locale, init) {
    if (init === null || init === void 0 ? void 0 : init.timeZone) {
      return this.date.toLocaleString(locale, init);
    }
    return this.displayDate.toLocaleString(locale, init);
  }
  toLocaleTimeString(locale) {
    return this.displayDate.toLocaleTimeString(locale);
  }
  toLocaleDateString(locale) {
    return this.displayDate.toLocaleDateString(locale);
  }
  getTimezoneOffset() {
    return this.timezoneOffset;
  }
  getTimeZoneName() {
    if (this.timezoneFixed)
      return this.timezoneName;
    if (!this.DateTimeFormat)
      return;
    return this.DateTimeFormat().resolvedOptions().timeZone;
  }
  getLongMonthName() {
    var _a;
    return (_a = this.format({ month: "long" })) !== null && _a !== void 0 ? _a : monthNames[this.getMonth()];
  }
  getShortMonthName() {
    var _a;
    return (_a = this.format({ month: "short" })) !== null && _a !== void 0 ? _a : monthNamesShort[this.getMonth()];
  }
  getLongWeekdayName() {
    var _a;
    return (_a = this.format({ weekday: "long" })) !== null && _a !== void 0 ? _a : dayNames[this.displayDate.getDay()];
  }
  getShortWeekdayName() {
    var _a;
    return (_a = this.format({ weekday: "short" })) !== null && _a !== void 0 ? _a : dayNamesShort[this.displayDate.getDay()];
  }
  valid() {
    return !isNaN(this.getTime());
  }
  format(options) {
    return this.DateTimeFormat && this.DateTimeFormat(this.locale, options).format(this.displayDate);
  }
  /**
   * Create a Date object fixed to it's declared Timezone. Both
   * - 2021-08-06T02:29:00.000Z and
   * - 2021-08-06T02:29:00.000+08:00
   * will always be displayed as
   * - 2021-08-06 02:29:00
   * regardless timezoneOffset in JavaScript realm
   *
   * The implementation hack:
   * Instead of calling `.getMonth()`/`.getUTCMonth()` respect to `preserveTimezones`,
   * we create a different Date to trick strftime, it's both simpler and more performant.
   * Given that a template is expected to be parsed fewer times than rendered.
   */
  static createDateFixedToTimezone(dateString, locale) {
    const m = dateString.match(TIMEZONE_PATTERN);
    if (m && m[1] === "Z") {
      return new _LiquidDate(+new Date(dateString), locale, 0);
    }
    if (m && m[2] && m[3] && m[4]) {
      const [, , sign, hours, minutes] = m;
      const offset3 = (sign === "+" ? -1 : 1) * (parseInt(hours, 10) * 60 + parseInt(minutes, 10));
      return new _LiquidDate(+new Date(dateString), locale, offset3);
    }
    return new _LiquidDate(dateString, locale);
  }
  static getTimezoneOffset(timezoneName, date2) {
    const localDateString = date2.toLocaleString("en-US", { timeZone: timezoneName });
    const utcDateString = date2.toLocaleString("en-US", { timeZone: "UTC" });
    const localDate = new Date(localDateString);
    const utcDate = new Date(utcDateString);
    return (+utcDate - +localDate) / (60 * 1e3);
  }
};
var Limiter = class {
  constructor(resource, limit3) {
    this.base = 0;
    this.message = `${resource} limit exceeded`;
    this.limit = limit3;
  }
  use(count) {
    if (+count > 0) {
      assert(this.base + +count <= this.limit, this.message);
      this.base += +count;
    }
  }
  check(count) {
    if (+count > 0) {
      assert(+count <= this.limit, this.message);
    }
  }
};
var DelimitedToken = class extends Token {
  constructor(kind, [contentBegin, contentEnd], input, begin2, end, trimLeft2, trimRight2, file) {
    super(kind, input, begin2, end, file);
    this.trimLeft = false;
    this.trimRight = false;
    const tl = input[contentBegin] === "-";
    const tr = input[contentEnd - 1] === "-";
    let l = tl ? contentBegin + 1 : contentBegin;
    let r = tr ? contentEnd - 1 : contentEnd;
    while (l < r && TYPES[input.charCodeAt(l)] & BLANK)
      l++;
    while (r > l && TYPES[input.charCodeAt(r - 1)] & BLANK)
      r--;
    this.contentRange = [l, r];
    this.trimLeft = tl || trimLeft2;
    this.trimRight = tr || trimRight2;
  }
  get content() {
    return this.input.slice(this.contentRange[0], this.contentRange[1]);
  }
};
var TagToken = class extends DelimitedToken {
  constructor(input, begin2, end, options, file) {
    const { trimTagLeft, trimTagRight, tagDelimiterLeft, tagDelimiterRight } = options;
    const [valueBegin, valueEnd] = [begin2 + tagDelimiterLeft.length, end - tagDelimiterRight.length];
    super(TokenKind.Tag, [valueBegin, valueEnd], input, begin2, end, trimTagLeft, trimTagRight, file);
    this.tokenizer = new Tokenizer(input, options.operators, file, this.contentRange, options.groupedExpressions);
    this.name = this.tokenizer.readTagName();
    this.tokenizer.assert(this.name, `illegal tag syntax, tag name expected`);
    this.tokenizer.skipBlank();
    this.args = this.tokenizer.input.slice(this.tokenizer.p, this.contentRange[1]);
  }
};
var OutputToken = class extends DelimitedToken {
  constructor(input, begin2, end, options, file) {
    const { trimOutputLeft, trimOutputRight, outputDelimiterLeft, outputDelimiterRight } = options;
    const valueRange = [begin2 + outputDelimiterLeft.length, end - outputDelimiterRight.length];
    super(TokenKind.Output, valueRange, input, begin2, end, trimOutputLeft, trimOutputRight, file);
  }
};
var HTMLToken = class extends Token {
  constructor(input, begin2, end, file) {
    super(TokenKind.HTML, input, begin2, end, file);
    this.input = input;
    this.begin = begin2;
    this.end = end;
    this.file = file;
    this.trimLeft = 0;
    this.trimRight = 0;
  }
  getContent() {
    return this.input.slice(this.begin + this.trimLeft, this.end - this.trimRight);
  }
};
var NumberToken = class extends Token {
  constructor(input, begin2, end, file) {
    super(TokenKind.Number, input, begin2, end, file);
    this.input = input;
    this.begin = begin2;
    this.end = end;
    this.file = file;
    this.content = Number(this.getText());
  }
};
var IdentifierToken = class extends Token {
  constructor(input, begin2, end, file) {
    super(TokenKind.Word, input, begin2, end, file);
    this.input = input;
    this.begin = begin2;
    this.end = end;
    this.file = file;
    this.content = this.getText();
  }
};
var LiteralToken = class extends Token {
  constructor(input, begin2, end, file) {
    super(TokenKind.Literal, input, begin2, end, file);
    this.input = input;
    this.begin = begin2;
    this.end = end;
    this.file = file;
    this.literal = this.getText();
    this.content = literalValues[this.literal];
  }
};
var operatorPrecedences = {
  "==": 2,
  "!=": 2,
  ">": 2,
  "<": 2,
  ">=": 2,
  "<=": 2,
  "contains": 2,
  "not": 1,
  "and": 0,
  "or": 0
};
var operatorTypes = {
  "==": 0,
  "!=": 0,
  ">": 0,
  "<": 0,
  ">=": 0,
  "<=": 0,
  "contains": 0,
  "not": 1,
  "and": 0,
  "or": 0
  /* OperatorType.Binary */
};
var OperatorToken = class extends Token {
  constructor(input, begin2, end, file) {
    super(TokenKind.Operator, input, begin2, end, file);
    this.input = input;
    this.begin = begin2;
    this.end = end;
    this.file = file;
    this.operator = this.getText();
  }
  getPrecedence() {
    return this.operator in operatorPrecedences ? operatorPrecedences[this.operator] : 1;
  }
};
var PropertyAccessToken = class extends Token {
  constructor(variable, props, input, begin2, end, file) {
    super(TokenKind.PropertyAccess, input, begin2, end, file);
    this.variable = variable;
    this.props = props;
  }
};
var FilterToken = class extends Token {
  constructor(name, args, input, begin2, end, file) {
    super(TokenKind.Filter, input, begin2, end, file);
    this.name = name;
    this.args = args;
  }
};
var HashToken = class extends Token {
  constructor(input, begin2, end, name, value, file) {
    super(TokenKind.Hash, input, begin2, end, file);
    this.input = input;
    this.begin = begin2;
    this.end = end;
    this.name = name;
    this.value = value;
    this.file = file;
  }
};
var rHex = /[\da-fA-F]/;
var rOct = /[0-7]/;
var escapeChar = {
  b: "\b",
  f: "\f",
  n: "\n",
  r: "\r",
  t: "	",
  v: "\v"
};
function hexVal(c) {
  const code2 = c.charCodeAt(0);
  if (code2 >= 97)
    return code2 - 87;
  if (code2 >= 65)
    return code2 - 55;
  return code2 - 48;
}
function parseStringLiteral(str) {
  let ret = "";
  for (let i = 1; i < str.length - 1; i++) {
    if (str[i] !== "\\") {
      ret += str[i];
      continue;
    }
    if (escapeChar[str[i + 1]] !== void 0) {
      ret += escapeChar[str[++i]];
    } else if (str[i + 1] === "u") {
      let val = 0;
      let j = i + 2;
      while (j <= i + 5 && rHex.test(str[j])) {
        val = val * 16 + hexVal(str[j++]);
      }
      i = j - 1;
      ret += String.fromCharCode(val);
    } else if (!rOct.test(str[i + 1])) {
      ret += str[++i];
    } else {
      let j = i + 1;
      let val = 0;
      while (j <= i + 3 && rOct.test(str[j])) {
        val = val * 8 + hexVal(str[j++]);
      }
      i = j - 1;
      ret += String.fromCharCode(val);
    }
  }
  return ret;
}
var QuotedToken = class extends Token {
  constructor(input, begin2, end, file) {
    super(TokenKind.Quoted, input, begin2, end, file);
    this.input = input;
    this.begin = begin2;
    this.end = end;
    this.file = file;
    this.content = parseStringLiteral(this.getText());
  }
};
var RangeToken = class extends Token {
  constructor(input, begin2, end, lhs, rhs, file) {
    super(TokenKind.Range, input, begin2, end, file);
    this.input = input;
    this.begin = begin2;
    this.end = end;
    this.lhs = lhs;
    this.rhs = rhs;
    this.file = file;
  }
};
var LiquidTagToken = class extends DelimitedToken {
  constructor(input, begin2, end, options, file) {
    super(TokenKind.Tag, [begin2, end], input, begin2, end, false, false, file);
    this.tokenizer = new Tokenizer(input, options.operators, file, this.contentRange, options.groupedExpressions);
    this.name = this.tokenizer.readTagName();
    this.tokenizer.assert(this.name, "illegal liquid tag syntax");
    this.tokenizer.skipBlank();
  }
  get args() {
    return this.tokenizer.input.slice(this.tokenizer.p, this.contentRange[1]);
  }
};
var FilteredValueToken = class extends Token {
  constructor(initial, filters2, input, begin2, end, file) {
    super(TokenKind.FilteredValue, input, begin2, end, file);
    this.initial = initial;
    this.filters = filters2;
    this.input = input;
    this.begin = begin2;
    this.end = end;
    this.file = file;
  }
};
var polyfill = {
  now: () => Date.now()
};
function getPerformance() {
  return typeof global === "object" && global.performance || typeof window === "object" && window.performance || polyfill;
}
var Render = class {
  renderTemplatesToNodeStream(templates, ctx) {
    const emitter = new StreamedEmitter();
    Promise.resolve().then(() => toPromise(this.renderTemplates(templates, ctx, emitter))).then(() => emitter.end(), (err) => emitter.error(err));
    return emitter.stream;
  }
  *renderTemplates(templates, ctx, emitter) {
    if (!emitter) {
      emitter = ctx.opts.keepOutputType ? new KeepingTypeEmitter() : new SimpleEmitter();
    }
    ctx.renderLimit.check(getPerformance().now());
    const errors = [];
    for (const tpl of templates) {
      ctx.renderLimit.check(getPerformance().now());
      try {
        const html = yield tpl.render(ctx, emitter);
        html && emitter.write(html);
        if (ctx.breakCalled || ctx.continueCalled)
          break;
      } catch (e) {
        const err = LiquidError.is(e) ? e : new RenderError(e, tpl);
        if (ctx.opts.catchAllErrors)
          errors.push(err);
        else
          throw err;
      }
    }
    if (errors.length) {
      throw new LiquidErrors(errors);
    }
    return emitter.buffer;
  }
};
function isKeyValuePair(arr) {
  return isArray(arr);
}
var Filter = class {
  constructor(token, options, liquid) {
    this.token = token;
    this.name = token.name;
    this.handler = isFunction(options) ? options : isFunction(options === null || options === void 0 ? void 0 : options.handler) ? options.handler : identify;
    this.raw = !isFunction(options) && !!(options === null || options === void 0 ? void 0 : options.raw);
    this.args = token.args;
    this.liquid = liquid;
  }
  *render(value, context) {
    const argv = [];
    for (const arg of this.args) {
      if (isKeyValuePair(arg))
        argv.push([arg[0], yield evalToken(arg[1], context)]);
      else
        argv.push(yield evalToken(arg, context));
    }
    return yield this.handler.apply({ context, token: this.token, liquid: this.liquid }, [value, ...argv]);
  }
};
var Expression = class {
  constructor(tokens) {
    this.postfix = [...toPostfix(tokens)];
  }
  *evaluate(ctx, lenient) {
    assert(ctx, "unable to evaluate: context not defined");
    const operands = [];
    for (const token of this.postfix) {
      if (isOperatorToken(token)) {
        const r = operands.pop();
        let result;
        if (operatorTypes[token.operator] === 1) {
          result = yield ctx.opts.operators[token.operator](r, ctx);
        } else {
          const l = operands.pop();
          result = yield ctx.opts.operators[token.operator](l, r, ctx);
        }
        operands.push(result);
      } else {
        operands.push(yield evalToken(token, ctx, lenient));
      }
    }
    return operands[0];
  }
  valid() {
    return !!this.postfix.length;
  }
};
function* evalToken(token, ctx, lenient = false) {
  if (!token)
    return;
  if ("content" in token)
    return token.content;
  if (isPropertyAccessToken(token))
    return yield evalPropertyAccessToken(token, ctx, lenient);
  if (isRangeToken(token))
    return yield evalRangeToken(token, ctx);
  if (isFilteredValueToken(token))
    return yield evalFilteredValueToken(token, ctx, lenient);
}
function* evalFilteredValueToken(token, ctx, lenient) {
  assert(ctx.liquid, "FilteredValueToken evaluation requires liquid instance in context");
  lenient = lenient || ctx.opts.lenientIf && token.filters.length > 0 && token.filters[0].name === "default";
  let val = yield token.initial.evaluate(ctx, lenient);
  for (const filterToken of token.filters) {
    const filterImpl = ctx.liquid.filters[filterToken.name];
    assert(filterImpl || !ctx.liquid.options.strictFilters, () => `undefined filter: ${filterToken.name}`);
    const filter2 = new Filter(filterToken, filterImpl, ctx.liquid);
    val = yield filter2.render(val, ctx);
  }
  return val;
}
function* evalTokenValue(token, ctx, lenient = false) {
  return yield toValue(yield evalToken(token, ctx, lenient));
}
function* evalPropertyAccessToken(token, ctx, lenient) {
  const props = [];
  for (const prop of token.props) {
    props.push(yield evalTokenValue(prop, ctx, false));
  }
  try {
    if (token.variable) {
      const variable = yield evalToken(token.variable, ctx, lenient);
      return yield ctx._getFromScope(variable, props);
    } else {
      return yield ctx._get(props);
    }
  } catch (e) {
    if (lenient && e.name === "InternalUndefinedVariableError")
      return null;
    throw new UndefinedVariableError(e, token);
  }
}
function evalQuotedToken(token) {
  return token.content;
}
function* evalRangeToken(token, ctx) {
  const low = yield evalTokenValue(token.lhs, ctx);
  const high = yield evalTokenValue(token.rhs, ctx);
  ctx.memoryLimit.use(high - low + 1);
  return range(+low, +high + 1);
}
function* toPostfix(tokens) {
  const ops = [];
  for (const token of tokens) {
    if (isOperatorToken(token)) {
      while (ops.length && ops[ops.length - 1].getPrecedence() > token.getPrecedence()) {
        yield ops.pop();
      }
      ops.push(token);
    } else
      yield token;
  }
  while (ops.length) {
    yield ops.pop();
  }
}
function isTruthy(val, ctx) {
  return !isFalsy(val, ctx);
}
function isFalsy(val, ctx) {
  val = toValue(val);
  if (ctx.opts.jsTruthy) {
    return !val;
  } else {
    return val === false || void 0 === val || val === null;
  }
}
var defaultOperators = {
  "==": function* (l, r) {
    return yield equals(l, r);
  },
  "!=": function* (l, r) {
    return !(yield equals(l, r));
  },
  ">": function* (l, r) {
    if (isComparable(l))
      return yield l.gt(r);
    if (isComparable(r))
      return yield r.lt(l);
    return (yield toValue(l)) > (yield toValue(r));
  },
  "<": function* (l, r) {
    if (isComparable(l))
      return yield l.lt(r);
    if (isComparable(r))
      return yield r.gt(l);
    return (yield toValue(l)) < (yield toValue(r));
  },
  ">=": function* (l, r) {
    if (isComparable(l))
      return yield l.geq(r);
    if (isComparable(r))
      return yield r.leq(l);
    return (yield toValue(l)) >= (yield toValue(r));
  },
  "<=": function* (l, r) {
    if (isComparable(l))
      return yield l.leq(r);
    if (isComparable(r))
      return yield r.geq(l);
    return (yield toValue(l)) <= (yield toValue(r));
  },
  "contains": function* (l, r) {
    l = yield toValue(l);
    if (isArray(l))
      return yield arrayIncludes(l, r);
    if (isFunction(l === null || l === void 0 ? void 0 : l.indexOf))
      return l.indexOf(yield toValue(r)) > -1;
    return false;
  },
  "not": function* (v, ctx) {
    return isFalsy(yield toValue(v), ctx);
  },
  "and": function* (l, r, ctx) {
    return isTruthy(yield toValue(l), ctx) && isTruthy(yield toValue(r), ctx);
  },
  "or": function* (l, r, ctx) {
    return isTruthy(yield toValue(l), ctx) || isTruthy(yield toValue(r), ctx);
  }
};
function* equals(lhs, rhs) {
  if (isComparable(lhs))
    return yield lhs.equals(rhs);
  if (isComparable(rhs))
    return yield rhs.equals(lhs);
  lhs = yield toValue(lhs);
  rhs = yield toValue(rhs);
  if (isArray(lhs)) {
    return isArray(rhs) && (yield arrayEquals(lhs, rhs));
  }
  return lhs === rhs;
}
function* arrayEquals(lhs, rhs) {
  if (lhs.length !== rhs.length)
    return false;
  for (let i = 0; i < lhs.length; i++) {
    if (!(yield equals(lhs[i], rhs[i])))
      return false;
  }
  return true;
}
function* arrayIncludes(arr, item) {
  for (const value of arr) {
    if (yield equals(value, item))
      return true;
  }
  return false;
}
var Node = class {
  constructor(key, value, next, prev) {
    this.key = key;
    this.value = value;
    this.next = next;
    this.prev = prev;
  }
};
var LRU = class {
  constructor(limit3, size3 = 0) {
    this.limit = limit3;
    this.size = size3;
    this.cache = {};
    this.head = new Node("HEAD", null, null, null);
    this.tail = new Node("TAIL", null, null, null);
    this.head.next = this.tail;
    this.tail.prev = this.head;
  }
  write(key, value) {
    if (this.cache[key]) {
      this.cache[key].value = value;
    } else {
      const node = new Node(key, value, this.head.next, this.head);
      this.head.next.prev = node;
      this.head.next = node;
      this.cache[key] = node;
      this.size++;
      this.ensureLimit();
    }
  }
  read(key) {
    if (!this.cache[key])
      return;
    const { value } = this.cache[key];
    this.remove(key);
    this.write(key, value);
    return value;
  }
  remove(key) {
    const node = this.cache[key];
    node.prev.next = node.next;
    node.next.prev = node.prev;
    delete this.cache[key];
    this.size--;
  }
  clear() {
    this.head.next = this.tail;
    this.tail.prev = this.head;
    this.size = 0;
    this.cache = {};
  }
  ensureLimit() {
    if (this.size > this.limit)
      this.remove(this.tail.prev.key);
  }
};
function requireResolve(file) {
  const require2 = createRequire(process.cwd() + "/");
  return require2.resolve(file);
}
var statAsync = promisify(stat);
var readFileAsync = promisify(readFile$1);
function exists(filepath) {
  return __awaiter(this, void 0, void 0, function* () {
    try {
      yield statAsync(filepath);
      return true;
    } catch (err) {
      return false;
    }
  });
}
function readFile(filepath) {
  return readFileAsync(filepath, "utf8");
}
function existsSync2(filepath) {
  try {
    statSync(filepath);
    return true;
  } catch (err) {
    return false;
  }
}
function readFileSync2(filepath) {
  return readFileSync$1(filepath, "utf8");
}
function resolve(root, file, ext) {
  if (!extname(file))
    file += ext;
  return resolve$1(root, file);
}
function fallback(file) {
  try {
    return requireResolve(file);
  } catch (e) {
  }
}
function dirname2(filepath) {
  return dirname$1(filepath);
}
var realpathAsync = promisify(realpath);
function contains(root, file) {
  return __awaiter(this, void 0, void 0, function* () {
    try {
      const realRoot = yield realpathAsync(root);
      const realFile = yield realpathAsync(file);
      const prefix = realRoot.endsWith(sep) ? realRoot : realRoot + sep;
      return realFile.startsWith(prefix);
    } catch (_a) {
      return false;
    }
  });
}
function containsSync(root, file) {
  try {
    const realRoot = realpathSync(root);
    const realFile = realpathSync(file);
    const prefix = realRoot.endsWith(sep) ? realRoot : realRoot + sep;
    return realFile.startsWith(prefix);
  } catch (_a) {
    return false;
  }
}
var fs = /* @__PURE__ */ Object.freeze({
  __proto__: null,
  exists,
  readFile,
  existsSync: existsSync2,
  readFileSync: readFileSync2,
  resolve,
  fallback,
  dirname: dirname2,
  contains,
  containsSync,
  sep
});
function chargeJsonReplacerValue(memoryLimit2, val) {
  if (typeof val === "string") {
    memoryLimit2.use(val.length);
  } else if (val === null || typeof val === "number" || typeof val === "boolean") {
    memoryLimit2.use(JSON.stringify(val).length);
  } else if (Array.isArray(val)) {
    memoryLimit2.use(val.length + 1);
  } else if (typeof val === "object") {
    memoryLimit2.use(2);
  }
}
function defaultFilter(value, defaultValue, ...args) {
  value = toValue(value);
  if (isArray(value) || isString(value))
    return value.length ? value : defaultValue;
  if (value === false && new Map(args).get("allow_false"))
    return false;
  return isFalsy(value, this.context) ? defaultValue : value;
}
function json(value, space = 0) {
  const memoryLimit2 = this.context.memoryLimit;
  return JSON.stringify(value, (_key, val) => {
    chargeJsonReplacerValue(memoryLimit2, val);
    return val;
  }, space);
}
function inspect(value, space = 0) {
  const memoryLimit2 = this.context.memoryLimit;
  const ancestors = [];
  return JSON.stringify(value, function(_key, value2) {
    if (typeof value2 !== "object" || value2 === null) {
      chargeJsonReplacerValue(memoryLimit2, value2);
      return value2;
    }
    while (ancestors.length > 0 && ancestors[ancestors.length - 1] !== this)
      ancestors.pop();
    if (ancestors.includes(value2)) {
      memoryLimit2.use("[Circular]".length);
      return "[Circular]";
    }
    ancestors.push(value2);
    chargeJsonReplacerValue(memoryLimit2, value2);
    return value2;
  }, space);
}
function to_integer(value) {
  return Number(value);
}
var raw = {
  raw: true,
  handler: identify
};
var misc = {
  default: defaultFilter,
  raw,
  jsonify: json,
  to_integer,
  json,
  inspect
};
var escapeMap = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&#34;",
  "'": "&#39;"
};
var unescapeMap = {
  "&amp;": "&",
  "&lt;": "<",
  "&gt;": ">",
  "&#34;": '"',
  "&#39;": "'"
};
function escape(str) {
  str = stringify(str);
  this.context.memoryLimit.use(str.length);
  return str.replace(/&|<|>|"|'/g, (m) => escapeMap[m]);
}
function xml_escape(str) {
  return escape.call(this, str);
}
function unescape(str) {
  str = stringify(str);
  this.context.memoryLimit.use(str.length);
  return str.replace(/&(amp|lt|gt|#34|#39);/g, (m) => unescapeMap[m]);
}
function escape_once(str) {
  return escape.call(this, unescape.call(this, str));
}
function newline_to_br(v) {
  const str = stringify(v);
  this.context.memoryLimit.use(str.length);
  return str.replace(/\r?\n/gm, "<br />\n");
}
function strip_html(v) {
  const str = stringify(v);
  this.context.memoryLimit.use(str.length);
  const blocks = /* @__PURE__ */ new Map([["<script", "</script>"], ["<style", "</style>"], ["<!--", "-->"], ["<", ">"]]);
  let out = "";
  let i = 0;
  while (i < str.length) {
    const lt = str.indexOf("<", i);
    if (lt < 0)
      return out + str.slice(i);
    out += str.slice(i, lt);
    for (const [opener, closer] of blocks) {
      if (!str.startsWith(opener, lt))
        continue;
      const e = str.indexOf(closer, lt + opener.length);
      if (e >= 0) {
        i = e + closer.length;
        break;
      }
      blocks.delete(opener);
    }
    if (i <= lt)
      return out + str.slice(lt);
  }
  return out;
}
var htmlFilters = /* @__PURE__ */ Object.freeze({
  __proto__: null,
  escape,
  xml_escape,
  escape_once,
  newline_to_br,
  strip_html
});
var MapFS = class {
  constructor(mapping) {
    this.mapping = mapping;
    this.sep = "/";
  }
  exists(filepath) {
    return __awaiter(this, void 0, void 0, function* () {
      return this.existsSync(filepath);
    });
  }
  existsSync(filepath) {
    return !isNil(this.mapping[filepath]);
  }
  readFile(filepath) {
    return __awaiter(this, void 0, void 0, function* () {
      return this.readFileSync(filepath);
    });
  }
  readFileSync(filepath) {
    const content2 = this.mapping[filepath];
    if (isNil(content2))
      throw new Error(`ENOENT: ${filepath}`);
    return content2;
  }
  dirname(filepath) {
    const segments = filepath.split(this.sep);
    segments.pop();
    return segments.join(this.sep);
  }
  resolve(dir, file, ext) {
    file += ext;
    if (dir === ".")
      return file;
    const segments = dir.split(/\/+/);
    for (const segment of file.split(this.sep)) {
      if (segment === "." || segment === "")
        continue;
      else if (segment === "..") {
        if (segments.length > 1 || segments[0] !== "")
          segments.pop();
      } else
        segments.push(segment);
    }
    return segments.join(this.sep);
  }
};
var defaultOptions = {
  root: ["."],
  layouts: ["."],
  partials: ["."],
  relativeReference: true,
  jekyllInclude: false,
  keyValueSeparator: ":",
  cache: void 0,
  extname: "",
  fs,
  dynamicPartials: true,
  jsTruthy: false,
  dateFormat: "%A, %B %-e, %Y at %-l:%M %P %z",
  locale: "",
  trimTagRight: false,
  trimTagLeft: false,
  trimOutputRight: false,
  trimOutputLeft: false,
  greedy: true,
  tagDelimiterLeft: "{%",
  tagDelimiterRight: "%}",
  outputDelimiterLeft: "{{",
  outputDelimiterRight: "}}",
  preserveTimezones: false,
  strictFilters: false,
  strictVariables: false,
  ownPropertyOnly: true,
  lenientIf: false,
  globals: {},
  keepOutputType: false,
  operators: defaultOperators,
  groupedExpressions: false,
  memoryLimit: Infinity,
  parseLimit: Infinity,
  renderLimit: Infinity
};
function normalize(options) {
  var _a, _b;
  if (options.hasOwnProperty("root")) {
    if (!options.hasOwnProperty("partials"))
      options.partials = options.root;
    if (!options.hasOwnProperty("layouts"))
      options.layouts = options.root;
  }
  if (options.hasOwnProperty("cache")) {
    let cache;
    if (typeof options.cache === "number")
      cache = options.cache > 0 ? new LRU(options.cache) : void 0;
    else if (typeof options.cache === "object")
      cache = options.cache;
    else
      cache = options.cache ? new LRU(1024) : void 0;
    options.cache = cache;
  }
  options = Object.assign(Object.assign(Object.assign({}, defaultOptions), options.jekyllInclude ? { dynamicPartials: false } : {}), options);
  if ((!options.fs.dirname || !options.fs.sep) && options.relativeReference) {
    console.warn("[LiquidJS] `fs.dirname` and `fs.sep` are required for relativeReference, set relativeReference to `false` to suppress this warning");
    options.relativeReference = false;
  }
  options.root = normalizeDirectoryList(options.root);
  options.partials = normalizeDirectoryList(options.partials);
  options.layouts = normalizeDirectoryList(options.layouts);
  options.outputEscape = options.outputEscape && getOutputEscapeFunction(options.outputEscape);
  if (!options.locale) {
    options.locale = (_b = (_a = getDateTimeFormat()) === null || _a === void 0 ? void 0 : _a().resolvedOptions().locale) !== null && _b !== void 0 ? _b : "en-US";
  }
  if (options.templates) {
    options.fs = new MapFS(options.templates);
    options.relativeReference = true;
    options.root = options.partials = options.layouts = ".";
  }
  return options;
}
function getOutputEscapeFunction(nameOrFunction) {
  if (nameOrFunction === "escape")
    return escape;
  if (nameOrFunction === "json")
    return misc.json;
  assert(isFunction(nameOrFunction), "`outputEscape` need to be of type string or function");
  return nameOrFunction;
}
function normalizeDirectoryList(value) {
  let list3 = [];
  if (isArray(value))
    list3 = value;
  if (isString(value))
    list3 = [value];
  return list3;
}
function whiteSpaceCtrl(tokens, options) {
  let inRaw = false;
  for (let i = 0; i < tokens.length; i++) {
    const token = tokens[i];
    if (!isDelimitedToken(token))
      continue;
    if (!inRaw && token.trimLeft) {
      trimLeft(tokens[i - 1], options.greedy);
    }
    if (isTagToken(token)) {
      if (token.name === "raw")
        inRaw = true;
      else if (token.name === "endraw")
        inRaw = false;
    }
    if (!inRaw && token.trimRight) {
      trimRight(tokens[i + 1], options.greedy);
    }
  }
}
function trimLeft(token, greedy) {
  if (!token || !isHTMLToken(token))
    return;
  const mask = greedy ? BLANK : INLINE_BLANK;
  while (TYPES[token.input.charCodeAt(token.end - 1 - token.trimRight)] & mask)
    token.trimRight++;
}
function trimRight(token, greedy) {
  if (!token || !isHTMLToken(token))
    return;
  const mask = greedy ? BLANK : INLINE_BLANK;
  while (TYPES[token.input.charCodeAt(token.begin + token.trimLeft)] & mask)
    token.trimLeft++;
  if (token.input.charAt(token.begin + token.trimLeft) === "\n")
    token.trimLeft++;
}
var Tokenizer = class {
  constructor(input, operators = defaultOptions.operators, file, range2, groupedExpressions = false) {
    this.input = input;
    this.file = file;
    this.rawBeginAt = -1;
    this.p = range2 ? range2[0] : 0;
    this.N = range2 ? range2[1] : input.length;
    this.opTrie = createTrie(operators);
    this.literalTrie = createTrie(literalValues);
    this.groupedExpressions = groupedExpressions;
  }
  readExpression() {
    return new Expression(this.readExpressionTokens());
  }
  *readExpressionTokens() {
    while (this.p < this.N) {
      const operator = this.readOperator();
      if (operator) {
        yield operator;
        continue;
      }
      const operand = this.readValue();
      if (operand) {
        yield operand;
        continue;
      }
      return;
    }
  }
  readOperator() {
    this.skipBlank();
    const end = this.matchTrie(this.opTrie);
    if (end === -1)
      return;
    return new OperatorToken(this.input, this.p, this.p = end, this.file);
  }
  matchTrie(trie) {
    let node = trie;
    let i = this.p;
    let info;
    while (node[this.input[i]] && i < this.N) {
      node = node[this.input[i++]];
      if (node["end"])
        info = node;
    }
    if (!info)
      return -1;
    if (info["needBoundary"] && isWord(this.peek(i - this.p)))
      return -1;
    return i;
  }
  readFilteredValue() {
    const begin2 = this.p;
    const initial = this.readExpression();
    this.assert(initial.valid(), `invalid value expression: ${this.snapshot()}`);
    const filters2 = this.readFilters();
    return new FilteredValueToken(initial, filters2, this.input, begin2, this.p, this.file);
  }
  readFilters() {
    const filters2 = [];
    while (true) {
      const filter2 = this.readFilter();
      if (!filter2)
        return filters2;
      filters2.push(filter2);
    }
  }
  readFilter() {
    this.skipBlank();
    if (this.end())
      return null;
    if (this.peek() === ")" || this.peek() === ",")
      return null;
    this.assert(this.read() === "|", `expected "|" before filter`);
    const name = this.readIdentifier();
    if (!name.size()) {
      this.assert(this.end(), `expected filter name`);
      return null;
    }
    const args = [];
    this.skipBlank();
    if (this.peek() === ":") {
      do {
        ++this.p;
        const arg = this.readFilterArg();
        arg && args.push(arg);
        this.skipBlank();
        this.assert(this.end() || this.peek() === "," || this.peek() === "|" || this.peek() === ")", () => `unexpected character ${this.snapshot()}`);
      } while (this.peek() === ",");
    } else if (this.peek() === "|" || this.peek() === ")" || this.peek() === "," || this.end()) ;
    else {
      throw this.error('expected ":" after filter name');
    }
    return new FilterToken(name.getText(), args, this.input, name.begin, this.p, this.file);
  }
  readFilterArg() {
    const key = this.readValue();
    if (!key)
      return;
    this.skipBlank();
    if (this.peek() !== ":")
      return key;
    ++this.p;
    const value = this.readValue();
    return [key.getText(), value];
  }
  readTopLevelTokens(options = defaultOptions) {
    const tokens = [];
    while (this.p < this.N) {
      const token = this.readTopLevelToken(options);
      tokens.push(token);
    }
    whiteSpaceCtrl(tokens, options);
    return tokens;
  }
  readTopLevelToken(options) {
    const { tagDelimiterLeft, outputDelimiterLeft } = options;
    if (this.rawBeginAt > -1)
      return this.readEndrawOrRawContent(options);
    if (this.match(tagDelimiterLeft))
      return this.readTagToken(options);
    if (this.match(outputDelimiterLeft))
      return this.readOutputToken(options);
    return this.readHTMLToken([tagDelimiterLeft, outputDelimiterLeft]);
  }
  readHTMLToken(stopStrings) {
    const begin2 = this.p;
    while (this.p < this.N) {
      if (stopStrings.some((str) => this.match(str)))
        break;
      ++this.p;
    }
    return new HTMLToken(this.input, begin2, this.p, this.file);
  }
  readTagToken(options) {
    const { file, input } = this;
    const begin2 = this.p;
    if (this.readToDelimiter(options.tagDelimiterRight) === -1) {
      throw this.error(`tag ${this.snapshot(begin2)} not closed`, begin2);
    }
    const token = new TagToken(input, begin2, this.p, options, file);
    if (token.name === "raw")
      this.rawBeginAt = begin2;
    return token;
  }
  readToDelimiter(delimiter, respectQuoted = false) {
    this.skipBlank();
    while (this.p < this.N) {
      if (respectQuoted && this.peekType() & QUOTE) {
        this.readQuoted();
        continue;
      }
      ++this.p;
      if (this.rmatch(delimiter))
        return this.p;
    }
    return -1;
  }
  readOutputToken(options = defaultOptions) {
    const { file, input } = this;
    const { outputDelimiterRight } = options;
    const begin2 = this.p;
    if (this.readToDelimiter(outputDelimiterRight, true) === -1) {
      throw this.error(`output ${this.snapshot(begin2)} not closed`, begin2);
    }
    return new OutputToken(input, begin2, this.p, options, file);
  }
  readEndrawOrRawContent(options) {
    const { tagDelimiterLeft, tagDelimiterRight } = options;
    const begin2 = this.p;
    let leftPos = this.readTo(tagDelimiterLeft) - tagDelimiterLeft.length;
    while (this.p < this.N) {
      if (this.readIdentifier().getText() !== "endraw") {
        leftPos = this.readTo(tagDelimiterLeft) - tagDelimiterLeft.length;
        continue;
      }
      while (this.p <= this.N) {
        if (this.rmatch(tagDelimiterRight)) {
          const end = this.p;
          if (begin2 === leftPos) {
            this.rawBeginAt = -1;
            return new TagToken(this.input, begin2, end, options, this.file);
          } else {
            this.p = leftPos;
            return new HTMLToken(this.input, begin2, leftPos, this.file);
          }
        }
        if (this.rmatch(tagDelimiterLeft))
          break;
        this.p++;
      }
    }
    throw this.error(`raw ${this.snapshot(this.rawBeginAt)} not closed`, begin2);
  }
  readLiquidTagTokens(options = defaultOptions) {
    const tokens = [];
    while (this.p < this.N) {
      const token = this.readLiquidTagToken(options);
      token && tokens.push(token);
    }
    return tokens;
  }
  readLiquidTagToken(options) {
    this.skipBlank();
    if (this.end())
      return;
    const begin2 = this.p;
    this.readToDelimiter("\n");
    const end = this.p;
    return new LiquidTagToken(this.input, begin2, end, options, this.file);
  }
  error(msg, pos = this.p) {
    return new TokenizationError(msg, new IdentifierToken(this.input, pos, this.N, this.file));
  }
  assert(pred, msg, pos) {
    if (!pred)
      throw this.error(typeof msg === "function" ? msg() : msg, pos);
  }
  snapshot(begin2 = this.p) {
    return JSON.stringify(ellipsis(this.input.slice(begin2, this.N), 32));
  }
  /**
   * @deprecated use #readIdentifier instead
   */
  readWord() {
    return this.readIdentifier();
  }
  readIdentifier() {
    this.skipBlank();
    const begin2 = this.p;
    while (!this.end() && isWord(this.peek()))
      ++this.p;
    return new IdentifierToken(this.input, begin2, this.p, this.file);
  }
  readNonEmptyIdentifier() {
    const id = this.readIdentifier();
    return id.size() ? id : void 0;
  }
  readTagName() {
    this.skipBlank();
    if (this.input[this.p] === "#")
      return this.input.slice(this.p, ++this.p);
    return this.readIdentifier().getText();
  }
  readHashes(jekyllStyle) {
    const hashes = [];
    while (true) {
      const hash = this.readHash(jekyllStyle);
      if (!hash)
        return hashes;
      hashes.push(hash);
    }
  }
  readHash(jekyllStyle) {
    this.skipBlank();
    if (this.peek() === ",")
      ++this.p;
    const begin2 = this.p;
    const name = this.readNonEmptyIdentifier();
    if (!name)
      return;
    let value;
    this.skipBlank();
    const sep2 = isString(jekyllStyle) ? jekyllStyle : jekyllStyle ? "=" : ":";
    if (this.peek() === sep2) {
      ++this.p;
      value = this.readValue();
    }
    return new HashToken(this.input, begin2, this.p, name, value, this.file);
  }
  remaining() {
    return this.input.slice(this.p, this.N);
  }
  advance(step = 1) {
    this.p += step;
  }
  end() {
    return this.p >= this.N;
  }
  read() {
    return this.input[this.p++];
  }
  readTo(end) {
    while (this.p < this.N) {
      ++this.p;
      if (this.rmatch(end))
        return this.p;
    }
    return -1;
  }
  readValue() {
    this.skipBlank();
    const begin2 = this.p;
    let variable = this.readLiteral() || this.readQuoted() || this.readNumber();
    if (!variable && this.peek() === "(") {
      variable = this.readGroupOrRange();
    }
    const props = this.readProperties(!variable);
    if (!props.length)
      return variable;
    return new PropertyAccessToken(variable, props, this.input, begin2, this.p);
  }
  readScopeValue() {
    this.skipBlank();
    const begin2 = this.p;
    const props = this.readProperties();
    if (!props.length)
      return void 0;
    return new PropertyAccessToken(void 0, props, this.input, begin2, this.p);
  }
  readProperties(isBegin = true) {
    const props = [];
    while (true) {
      if (this.peek() === "[") {
        this.p++;
        const prop = this.readValue() || new IdentifierToken(this.input, this.p, this.p, this.file);
        this.assert(this.readTo("]") !== -1, "[ not closed");
        props.push(prop);
        continue;
      }
      if (isBegin && !props.length) {
        const prop = this.readNonEmptyIdentifier();
        if (prop) {
          props.push(prop);
          continue;
        }
      }
      if (this.peek() === "." && this.peek(1) !== ".") {
        this.p++;
        const prop = this.readNonEmptyIdentifier();
        if (!prop)
          break;
        props.push(prop);
        continue;
      }
      break;
    }
    return props;
  }
  readNumber() {
    this.skipBlank();
    let decimalFound = false;
    let digitFound = false;
    let n = 0;
    if (this.peekType() & SIGN)
      n++;
    while (this.p + n <= this.N) {
      if (this.peekType(n) & NUMBER) {
        digitFound = true;
        n++;
      } else if (this.peek(n) === "." && this.peek(n + 1) !== ".") {
        if (decimalFound || !digitFound)
          return;
        decimalFound = true;
        n++;
      } else
        break;
    }
    if (digitFound && !isWord(this.peek(n))) {
      const num = new NumberToken(this.input, this.p, this.p + n, this.file);
      this.advance(n);
      return num;
    }
  }
  readLiteral() {
    this.skipBlank();
    const end = this.matchTrie(this.literalTrie);
    if (end === -1)
      return;
    const literal = new LiteralToken(this.input, this.p, end, this.file);
    this.p = end;
    return literal;
  }
  readGroupOrRange() {
    this.skipBlank();
    const begin2 = this.p;
    if (this.peek() !== "(")
      return;
    ++this.p;
    const lhs = this.readValueOrThrow();
    this.skipBlank();
    if (this.peek() === "." && this.peek(1) === ".") {
      this.p += 2;
      const rhs = this.readValueOrThrow();
      this.skipBlank();
      this.assert(this.read() === ")", "invalid range syntax");
      return new RangeToken(this.input, begin2, this.p, lhs, rhs, this.file);
    }
    if (this.groupedExpressions) {
      const initial = new Expression([lhs, ...this.readExpressionTokens()]);
      this.assert(initial.valid(), () => `invalid value expression: ${this.snapshot()}`);
      const filters2 = this.readFilters();
      this.skipBlank();
      this.assert(this.read() === ")", "unbalanced parentheses");
      return new FilteredValueToken(initial, filters2, this.input, begin2, this.p, this.file);
    }
    throw this.error("invalid range syntax");
  }
  readValueOrThrow() {
    const value = this.readValue();
    this.assert(value, () => `unexpected token ${this.snapshot()}, value expected`);
    return value;
  }
  readQuoted() {
    this.skipBlank();
    const begin2 = this.p;
    if (!(this.peekType() & QUOTE))
      return;
    ++this.p;
    let escaped = false;
    while (this.p < this.N) {
      ++this.p;
      if (this.input[this.p - 1] === this.input[begin2] && !escaped)
        break;
      if (escaped)
        escaped = false;
      else if (this.input[this.p - 1] === "\\")
        escaped = true;
    }
    return new QuotedToken(this.input, begin2, this.p, this.file);
  }
  *readFileNameTemplate(options) {
    const { outputDelimiterLeft } = options;
    const htmlStopStrings = [",", " ", "\r", "\n", "	", outputDelimiterLeft];
    const htmlStopStringSet = new Set(htmlStopStrings);
    while (this.p < this.N && !htmlStopStringSet.has(this.peek())) {
      yield this.match(outputDelimiterLeft) ? this.readOutputToken(options) : this.readHTMLToken(htmlStopStrings);
    }
  }
  match(word) {
    for (let i = 0; i < word.length; i++) {
      if (word[i] !== this.input[this.p + i])
        return false;
    }
    return true;
  }
  rmatch(pattern) {
    for (let i = 0; i < pattern.length; i++) {
      if (pattern[pattern.length - 1 - i] !== this.input[this.p - 1 - i])
        return false;
    }
    return true;
  }
  peekType(n = 0) {
    return this.p + n >= this.N ? 0 : TYPES[this.input.charCodeAt(this.p + n)];
  }
  peek(n = 0) {
    return this.p + n >= this.N ? "" : this.input[this.p + n];
  }
  skipBlank() {
    while (this.peekType() & BLANK)
      ++this.p;
  }
};
var ParseStream = class {
  constructor(tokens, parseToken) {
    this.handlers = {};
    this.stopRequested = false;
    this.tokens = tokens;
    this.parseToken = parseToken;
  }
  on(name, cb) {
    this.handlers[name] = cb;
    return this;
  }
  trigger(event, arg) {
    const h = this.handlers[event];
    return h ? (h.call(this, arg), true) : false;
  }
  start() {
    this.trigger("start");
    let token;
    while (!this.stopRequested && (token = this.tokens.shift())) {
      if (this.trigger("token", token))
        continue;
      if (isTagToken(token) && this.trigger(`tag:${token.name}`, token)) {
        continue;
      }
      const template = this.parseToken(token, this.tokens);
      this.trigger("template", template);
    }
    if (!this.stopRequested)
      this.trigger("end");
    return this;
  }
  stop() {
    this.stopRequested = true;
    return this;
  }
};
var TemplateImpl = class {
  constructor(token) {
    this.token = token;
  }
};
var Tag = class extends TemplateImpl {
  constructor(token, remainTokens, liquid) {
    super(token);
    this.name = token.name;
    this.liquid = liquid;
    this.tokenizer = token.tokenizer;
  }
};
var Hash = class {
  constructor(input, jekyllStyle) {
    this.hash = {};
    const tokenizer = input instanceof Tokenizer ? input : new Tokenizer(input, {});
    for (const hash of tokenizer.readHashes(jekyllStyle)) {
      this.hash[hash.name.content] = hash.value;
    }
  }
  *render(ctx) {
    const hash = {};
    for (const key of Object.keys(this.hash)) {
      hash[key] = this.hash[key] === void 0 ? true : yield evalToken(this.hash[key], ctx);
    }
    return hash;
  }
};
function createTagClass(options) {
  return class extends Tag {
    constructor(token, tokens, liquid) {
      super(token, tokens, liquid);
      if (isFunction(options.parse)) {
        options.parse.call(this, token, tokens);
      }
    }
    *render(ctx, emitter) {
      const hash = yield new Hash(this.token.args, ctx.opts.keyValueSeparator).render(ctx);
      return yield options.render.call(this, ctx, emitter, hash);
    }
  };
}
var Value = class {
  /**
   * @param str the value to be valuated, eg.: "foobar" | truncate: 3
   */
  constructor(input, liquid) {
    this.filters = [];
    const token = typeof input === "string" ? new Tokenizer(input, liquid.options.operators, void 0, void 0, liquid.options.groupedExpressions).readFilteredValue() : input;
    this.initial = token.initial;
    this.filters = token.filters.map((token2) => new Filter(token2, this.getFilter(liquid, token2.name), liquid));
  }
  *value(ctx, lenient) {
    lenient = lenient || ctx.opts.lenientIf && this.filters.length > 0 && this.filters[0].name === "default";
    let val = yield this.initial.evaluate(ctx, lenient);
    for (const filter2 of this.filters) {
      val = yield filter2.render(val, ctx);
    }
    return val;
  }
  getFilter(liquid, name) {
    const impl = liquid.filters[name];
    assert(impl || !liquid.options.strictFilters, () => `undefined filter: ${name}`);
    return impl;
  }
};
var Output = class extends TemplateImpl {
  constructor(token, liquid) {
    var _a;
    super(token);
    const tokenizer = new Tokenizer(token.input, liquid.options.operators, token.file, token.contentRange, liquid.options.groupedExpressions);
    this.value = new Value(tokenizer.readFilteredValue(), liquid);
    const filters2 = this.value.filters;
    const outputEscape = liquid.options.outputEscape;
    if (!((_a = filters2[filters2.length - 1]) === null || _a === void 0 ? void 0 : _a.raw) && outputEscape) {
      const token2 = new FilterToken(toString.call(outputEscape), [], "", 0, 0);
      filters2.push(new Filter(token2, outputEscape, liquid));
    }
  }
  *render(ctx, emitter) {
    const val = yield toValue(yield this.value.value(ctx, false));
    emitter.write(val);
  }
  *arguments() {
    yield this.value;
  }
};
var HTML = class extends TemplateImpl {
  constructor(token) {
    super(token);
    this.str = token.getContent();
  }
  *render(ctx, emitter) {
    emitter.write(this.str);
  }
};
var Variable = class _Variable {
  constructor(segments, location) {
    this.segments = segments;
    this.location = location;
  }
  toString() {
    return segmentsString(this.segments, true);
  }
  /** Return this variable's segments as an array, possibly with nested arrays for nested paths. */
  toArray() {
    function* _visit(...segments) {
      for (const segment of segments) {
        if (segment instanceof _Variable) {
          yield Array.from(_visit(...segment.segments));
        } else {
          yield segment;
        }
      }
    }
    return Array.from(_visit(...this.segments));
  }
};
var VariableMap = class {
  constructor() {
    this.map = /* @__PURE__ */ new Map();
  }
  get(key) {
    const k = segmentsString([key.segments[0]]);
    if (!this.map.has(k)) {
      this.map.set(k, []);
    }
    return this.map.get(k);
  }
  has(key) {
    return this.map.has(segmentsString([key.segments[0]]));
  }
  push(variable) {
    this.get(variable).push(variable);
  }
  asObject() {
    return Object.fromEntries(this.map);
  }
};
var defaultStaticAnalysisOptions = {
  partials: true
};
function* _analyze(templates, partials, sync) {
  const variables = new VariableMap();
  const globals = new VariableMap();
  const locals = new VariableMap();
  const rootScope = new DummyScope(/* @__PURE__ */ new Set());
  const seen = /* @__PURE__ */ new Set();
  function updateVariables(variable, scope) {
    variables.push(variable);
    const aliased = scope.alias(variable);
    if (aliased !== void 0) {
      const root = aliased.segments[0];
      if (isString(root) && !rootScope.has(root)) {
        globals.push(aliased);
      }
    } else {
      const root = variable.segments[0];
      if (isString(root) && !scope.has(root)) {
        globals.push(variable);
      }
    }
    for (const segment of variable.segments) {
      if (segment instanceof Variable) {
        updateVariables(segment, scope);
      }
    }
  }
  function* visit(template, scope) {
    if (template.arguments) {
      for (const arg of template.arguments()) {
        for (const variable of extractVariables(arg)) {
          updateVariables(variable, scope);
        }
      }
    }
    if (template.localScope) {
      for (const ident of template.localScope()) {
        scope.add(ident.content);
        scope.deleteAlias(ident.content);
        const [row, col] = ident.getPosition();
        locals.push(new Variable([ident.content], { row, col, file: ident.file }));
      }
    }
    if (template.children) {
      if (template.partialScope) {
        const partial = template.partialScope();
        if (partial === void 0) {
          for (const child of yield template.children(partials, sync)) {
            yield visit(child, scope);
          }
          return;
        }
        if (seen.has(partial.name))
          return;
        const partialScopeNames = /* @__PURE__ */ new Set();
        const partialScope = partial.isolated ? new DummyScope(partialScopeNames) : scope.push(partialScopeNames);
        for (const name of partial.scope) {
          if (isString(name)) {
            partialScopeNames.add(name);
          } else {
            const [alias, argument] = name;
            partialScopeNames.add(alias);
            const variables2 = Array.from(extractVariables(argument));
            if (variables2.length) {
              partialScope.setAlias(alias, variables2[0].segments);
            }
          }
        }
        for (const child of yield template.children(partials, sync)) {
          yield visit(child, partialScope);
          seen.add(partial.name);
        }
        partialScope.pop();
      } else {
        if (template.blockScope) {
          scope.push(new Set(template.blockScope()));
        }
        for (const child of yield template.children(partials, sync)) {
          yield visit(child, scope);
        }
        if (template.blockScope) {
          scope.pop();
        }
      }
    }
  }
  for (const template of templates) {
    yield visit(template, rootScope);
  }
  return {
    variables: variables.asObject(),
    globals: globals.asObject(),
    locals: locals.asObject()
  };
}
function analyze(template, options = {}) {
  const opts = Object.assign(Object.assign({}, defaultStaticAnalysisOptions), options);
  return toPromise(_analyze(template, opts.partials, false));
}
function analyzeSync(template, options = {}) {
  const opts = Object.assign(Object.assign({}, defaultStaticAnalysisOptions), options);
  return toValueSync(_analyze(template, opts.partials, true));
}
var DummyScope = class {
  constructor(globals) {
    this.stack = [{ names: globals, aliases: /* @__PURE__ */ new Map() }];
  }
  /** Return true if `name` is in scope.  */
  has(name) {
    for (const scope of this.stack) {
      if (scope.names.has(name)) {
        return true;
      }
    }
    return false;
  }
  push(scope) {
    this.stack.push({ names: scope, aliases: /* @__PURE__ */ new Map() });
    return this;
  }
  pop() {
    var _a;
    return (_a = this.stack.pop()) === null || _a === void 0 ? void 0 : _a.names;
  }
  // Add a name to the template scope.
  add(name) {
    this.stack[0].names.add(name);
  }
  /** Return the variable that `variable` aliases, or `variable` if it doesn't alias anything. */
  alias(variable) {
    const root = variable.segments[0];
    if (!isString(root))
      return void 0;
    const alias = this.getAlias(root);
    if (alias === void 0)
      return void 0;
    return new Variable([...alias, ...variable.segments.slice(1)], variable.location);
  }
  // TODO: `from` could be a path with multiple segments, like `include.x`.
  setAlias(from, to) {
    this.stack[this.stack.length - 1].aliases.set(from, to);
  }
  deleteAlias(name) {
    this.stack[this.stack.length - 1].aliases.delete(name);
  }
  getAlias(name) {
    for (const scope of this.stack) {
      if (scope.aliases.has(name)) {
        return scope.aliases.get(name);
      }
      if (scope.names.has(name)) {
        return void 0;
      }
    }
    return void 0;
  }
};
function* extractVariables(value) {
  if (isValueToken(value)) {
    yield* extractValueTokenVariables(value);
  } else if (value instanceof Value) {
    yield* extractFilteredValueVariables(value);
  }
}
function* extractFilteredValueVariables(value) {
  for (const token of value.initial.postfix) {
    if (isValueToken(token)) {
      yield* extractValueTokenVariables(token);
    }
  }
  for (const filter2 of value.filters) {
    for (const arg of filter2.args) {
      if (isKeyValuePair(arg) && arg[1]) {
        yield* extractValueTokenVariables(arg[1]);
      } else if (isValueToken(arg)) {
        yield* extractValueTokenVariables(arg);
      }
    }
  }
}
function* extractValueTokenVariables(token) {
  if (isRangeToken(token)) {
    yield* extractValueTokenVariables(token.lhs);
    yield* extractValueTokenVariables(token.rhs);
  } else if (isFilteredValueToken(token)) {
    yield* extractGroupedExpressionTokenVariables(token);
  } else if (isPropertyAccessToken(token)) {
    yield extractPropertyAccessVariable(token);
  }
}
function* extractGroupedExpressionTokenVariables(token) {
  if (!isFilteredValueToken(token))
    return;
  for (const t of token.initial.postfix) {
    if (isValueToken(t))
      yield* extractValueTokenVariables(t);
  }
  for (const filter2 of token.filters) {
    for (const arg of filter2.args) {
      if (isKeyValuePair(arg) && arg[1]) {
        yield* extractValueTokenVariables(arg[1]);
      } else if (isValueToken(arg)) {
        yield* extractValueTokenVariables(arg);
      }
    }
  }
}
function extractPropertyAccessVariable(token) {
  const segments = [];
  let file = token.file;
  const root = token.props[0];
  file = file || root.file;
  if (isQuotedToken(root) || isNumberToken(root) || isWordToken(root)) {
    segments.push(root.content);
  } else if (isPropertyAccessToken(root)) {
    segments.push(...extractPropertyAccessVariable(root).segments);
  }
  for (const prop of token.props.slice(1)) {
    file = file || prop.file;
    if (isQuotedToken(prop) || isNumberToken(prop) || isWordToken(prop)) {
      segments.push(prop.content);
    } else if (isPropertyAccessToken(prop)) {
      segments.push(extractPropertyAccessVariable(prop));
    }
  }
  const [row, col] = token.getPosition();
  return new Variable(segments, {
    row,
    col,
    file
  });
}
var RE_PROPERTY = /^[\u0080-\uFFFFa-zA-Z_][\u0080-\uFFFFa-zA-Z0-9_-]*$/;
function segmentsString(segments, bracketedRoot = false) {
  const buf = [];
  const root = segments[0];
  if (isString(root)) {
    if (!bracketedRoot || root.match(RE_PROPERTY)) {
      buf.push(`${root}`);
    } else {
      buf.push(`['${root}']`);
    }
  }
  for (const segment of segments.slice(1)) {
    if (segment instanceof Variable) {
      buf.push(`[${segmentsString(segment.segments)}]`);
    } else if (isString(segment)) {
      if (segment.match(RE_PROPERTY)) {
        buf.push(`.${segment}`);
      } else {
        buf.push(`['${segment}']`);
      }
    } else {
      buf.push(`[${segment}]`);
    }
  }
  return buf.join("");
}
var LookupType;
(function(LookupType2) {
  LookupType2["Partials"] = "partials";
  LookupType2["Layouts"] = "layouts";
  LookupType2["Root"] = "root";
})(LookupType || (LookupType = {}));
var Loader = class {
  constructor(options) {
    var _a, _b, _c, _d;
    this.options = options;
    if (options.relativeReference) {
      const sep2 = options.fs.sep;
      assert(sep2, "`fs.sep` is required for relative reference");
      const prefixes = ["." + sep2, ".." + sep2, "./", "../"];
      this.shouldLoadRelative = (referencedFile) => prefixes.some((prefix) => referencedFile.startsWith(prefix));
    } else {
      this.shouldLoadRelative = (_referencedFile) => false;
    }
    const fs2 = options.fs;
    this.contains = toLiquidAsync(((_a = fs2.contains) === null || _a === void 0 ? void 0 : _a.bind(fs2)) || (() => __awaiter(this, void 0, void 0, function* () {
      return true;
    })), ((_b = fs2.containsSync) === null || _b === void 0 ? void 0 : _b.bind(fs2)) || (() => true));
    this.exists = toLiquidAsync(((_c = fs2.exists) === null || _c === void 0 ? void 0 : _c.bind(fs2)) || (() => __awaiter(this, void 0, void 0, function* () {
      return false;
    })), (_d = fs2.existsSync) === null || _d === void 0 ? void 0 : _d.bind(fs2));
  }
  *lookup(file, type2, sync, currentFile) {
    const dirs = this.options[type2];
    for (const filepath of this.candidates(file, dirs, currentFile)) {
      let allowed = false;
      for (const dir of dirs) {
        if (yield this.contains(!!sync, dir, filepath)) {
          allowed = true;
          break;
        }
      }
      if (!allowed)
        continue;
      if (yield this.exists(!!sync, filepath))
        return filepath;
    }
    throw this.lookupError(file, dirs);
  }
  *candidates(file, dirs, currentFile) {
    const { fs: fs2, extname: extname2 } = this.options;
    if (this.shouldLoadRelative(file) && currentFile) {
      const referenced = fs2.resolve(this.dirname(currentFile), file, extname2);
      yield referenced;
    }
    for (const dir of dirs) {
      const referenced = fs2.resolve(dir, file, extname2);
      yield referenced;
    }
    if (fs2.fallback !== void 0) {
      const filepath = fs2.fallback(file);
      if (filepath !== void 0)
        yield filepath;
    }
  }
  dirname(path) {
    const fs2 = this.options.fs;
    assert(fs2.dirname, "`fs.dirname` is required for relative reference");
    return fs2.dirname(path);
  }
  lookupError(file, roots) {
    const err = new Error("ENOENT");
    err.message = `ENOENT: Failed to lookup "${file}" in "${roots}"`;
    err.code = "ENOENT";
    return err;
  }
};
var Parser = class {
  constructor(liquid) {
    var _a, _b;
    this.liquid = liquid;
    this.cache = this.liquid.options.cache;
    this.fs = this.liquid.options.fs;
    this.parseFile = this.cache ? this._parseFileCached : this._parseFile;
    this.loader = new Loader(this.liquid.options);
    this.parseLimit = new Limiter("parse length", liquid.options.parseLimit);
    this.readFile = toLiquidAsync(((_a = this.fs.readFile) === null || _a === void 0 ? void 0 : _a.bind(this.fs)) || (() => __awaiter(this, void 0, void 0, function* () {
      throw new Error("readFile not implemented");
    })), (_b = this.fs.readFileSync) === null || _b === void 0 ? void 0 : _b.bind(this.fs));
  }
  parse(html, filepath) {
    html = String(html);
    this.parseLimit.use(html.length);
    const tokenizer = new Tokenizer(html, this.liquid.options.operators, filepath, void 0, this.liquid.options.groupedExpressions);
    const tokens = tokenizer.readTopLevelTokens(this.liquid.options);
    return this.parseTokens(tokens);
  }
  parseTokens(tokens) {
    let token;
    const templates = [];
    const errors = [];
    while (token = tokens.shift()) {
      try {
        templates.push(this.parseToken(token, tokens));
      } catch (err) {
        if (this.liquid.options.catchAllErrors)
          errors.push(err);
        else
          throw err;
      }
    }
    if (errors.length)
      throw new LiquidErrors(errors);
    return templates;
  }
  parseToken(token, remainTokens) {
    try {
      if (isTagToken(token)) {
        const TagClass = this.liquid.tags[token.name];
        assert(TagClass, `tag "${token.name}" not found`);
        return new TagClass(token, remainTokens, this.liquid, this);
      }
      if (isOutputToken(token)) {
        return new Output(token, this.liquid);
      }
      return new HTML(token);
    } catch (e) {
      if (LiquidError.is(e))
        throw e;
      throw new ParseError(e, token);
    }
  }
  parseStream(tokens) {
    return new ParseStream(tokens, (token, tokens2) => this.parseToken(token, tokens2));
  }
  *_parseFileCached(file, sync, type2 = LookupType.Root, currentFile) {
    const cache = this.cache;
    const key = this.loader.shouldLoadRelative(file) ? currentFile + "," + file : type2 + ":" + file;
    const tpls = yield cache.read(key);
    if (tpls)
      return tpls;
    const task = this._parseFile(file, sync, type2, currentFile);
    const taskOrTpl = sync ? yield task : toPromise(task);
    cache.write(key, taskOrTpl);
    try {
      return yield taskOrTpl;
    } catch (err) {
      cache.remove(key);
      throw err;
    }
  }
  *_parseFile(file, sync, type2 = LookupType.Root, currentFile) {
    const filepath = yield this.loader.lookup(file, type2, sync, currentFile);
    return this.parse(yield this.readFile(!!sync, filepath), filepath);
  }
};
var TokenKind;
(function(TokenKind2) {
  TokenKind2[TokenKind2["Number"] = 1] = "Number";
  TokenKind2[TokenKind2["Literal"] = 2] = "Literal";
  TokenKind2[TokenKind2["Tag"] = 4] = "Tag";
  TokenKind2[TokenKind2["Output"] = 8] = "Output";
  TokenKind2[TokenKind2["HTML"] = 16] = "HTML";
  TokenKind2[TokenKind2["Filter"] = 32] = "Filter";
  TokenKind2[TokenKind2["Hash"] = 64] = "Hash";
  TokenKind2[TokenKind2["PropertyAccess"] = 128] = "PropertyAccess";
  TokenKind2[TokenKind2["Word"] = 256] = "Word";
  TokenKind2[TokenKind2["Range"] = 512] = "Range";
  TokenKind2[TokenKind2["Quoted"] = 1024] = "Quoted";
  TokenKind2[TokenKind2["Operator"] = 2048] = "Operator";
  TokenKind2[TokenKind2["FilteredValue"] = 4096] = "FilteredValue";
  TokenKind2[TokenKind2["GroupedExpression"] = 8192] = "GroupedExpression";
  TokenKind2[TokenKind2["Delimited"] = 12] = "Delimited";
})(TokenKind || (TokenKind = {}));
function isDelimitedToken(val) {
  return !!(getKind(val) & TokenKind.Delimited);
}
function isOperatorToken(val) {
  return getKind(val) === TokenKind.Operator;
}
function isHTMLToken(val) {
  return getKind(val) === TokenKind.HTML;
}
function isOutputToken(val) {
  return getKind(val) === TokenKind.Output;
}
function isTagToken(val) {
  return getKind(val) === TokenKind.Tag;
}
function isQuotedToken(val) {
  return getKind(val) === TokenKind.Quoted;
}
function isNumberToken(val) {
  return getKind(val) === TokenKind.Number;
}
function isPropertyAccessToken(val) {
  return getKind(val) === TokenKind.PropertyAccess;
}
function isWordToken(val) {
  return getKind(val) === TokenKind.Word;
}
function isRangeToken(val) {
  return getKind(val) === TokenKind.Range;
}
function isFilteredValueToken(val) {
  return getKind(val) === TokenKind.FilteredValue;
}
function isValueToken(val) {
  return (getKind(val) & 5763) > 0;
}
function getKind(val) {
  return val ? val.kind : -1;
}
function createScope(from) {
  const scope = /* @__PURE__ */ Object.create(null);
  if (from)
    Object.assign(scope, from);
  return scope;
}
var Context = class _Context {
  constructor(env = {}, opts = defaultOptions, renderOptions = {}, { memoryLimit: memoryLimit2, renderLimit, liquid } = {}) {
    var _a, _b, _c, _d, _e;
    this.scopes = [createScope()];
    this.registers = {};
    this.breakCalled = false;
    this.continueCalled = false;
    this.sync = !!renderOptions.sync;
    this.opts = opts;
    this.globals = (_a = renderOptions.globals) !== null && _a !== void 0 ? _a : opts.globals;
    this.environments = isObject(env) ? env : Object(env);
    this.strictVariables = (_b = renderOptions.strictVariables) !== null && _b !== void 0 ? _b : this.opts.strictVariables;
    this.ownPropertyOnly = (_c = renderOptions.ownPropertyOnly) !== null && _c !== void 0 ? _c : opts.ownPropertyOnly;
    this.memoryLimit = memoryLimit2 !== null && memoryLimit2 !== void 0 ? memoryLimit2 : new Limiter("memory alloc", (_d = renderOptions.memoryLimit) !== null && _d !== void 0 ? _d : opts.memoryLimit);
    this.renderLimit = renderLimit !== null && renderLimit !== void 0 ? renderLimit : new Limiter("template render", getPerformance().now() + ((_e = renderOptions.renderLimit) !== null && _e !== void 0 ? _e : opts.renderLimit));
    this.liquid = liquid;
  }
  getRegister(key, defaultValue = void 0) {
    return this.registers[key] = this.registers[key] || defaultValue;
  }
  setRegister(key, value) {
    return this.registers[key] = value;
  }
  saveRegister(...keys) {
    return keys.map((key) => [key, this.getRegister(key)]);
  }
  restoreRegister(keyValues) {
    return keyValues.forEach(([key, value]) => this.setRegister(key, value));
  }
  getAll() {
    return [this.globals, this.environments, ...this.scopes].reduce((ctx, val) => __assign(ctx, val), {});
  }
  /**
   * @deprecated use `_get()` or `getSync()` instead
   */
  get(paths) {
    return this.getSync(paths);
  }
  getSync(paths) {
    return toValueSync(this._get(paths));
  }
  *_get(paths) {
    const scope = this.findScope(paths[0]);
    return yield this._getFromScope(scope, paths);
  }
  /**
   * @deprecated use `_get()` instead
   */
  getFromScope(scope, paths) {
    return toValueSync(this._getFromScope(scope, paths));
  }
  *_getFromScope(scope, paths, strictVariables = this.strictVariables) {
    if (isString(paths))
      paths = paths.split(".");
    for (let i = 0; i < paths.length; i++) {
      scope = yield this.readProperty(scope, paths[i]);
      if (strictVariables && isUndefined(scope)) {
        throw new InternalUndefinedVariableError(paths.slice(0, i + 1).join("."));
      }
    }
    return scope;
  }
  push(ctx) {
    return this.scopes.push(ctx);
  }
  pop() {
    return this.scopes.pop();
  }
  bottom() {
    return this.scopes[0];
  }
  spawn(scope = {}) {
    return new _Context(scope, this.opts, {
      sync: this.sync,
      globals: this.globals,
      strictVariables: this.strictVariables,
      ownPropertyOnly: this.ownPropertyOnly
    }, {
      renderLimit: this.renderLimit,
      memoryLimit: this.memoryLimit,
      liquid: this.liquid
    });
  }
  findScope(key) {
    for (let i = this.scopes.length - 1; i >= 0; i--) {
      const candidate = this.scopes[i];
      if (key in candidate)
        return candidate;
    }
    if (key in this.environments)
      return this.environments;
    return this.globals;
  }
  readProperty(obj, key) {
    obj = toLiquid(obj);
    key = toValue(key);
    if (isNil(obj))
      return obj;
    if (isArray(obj) && isNumber2(key))
      return readArrayElement(obj, key, this.ownPropertyOnly);
    const value = readJSProperty(obj, key, this.ownPropertyOnly);
    if (value === void 0 && obj instanceof Drop)
      return obj.liquidMethodMissing(key, this);
    if (isFunction(value))
      return value.call(obj);
    if (key === "size")
      return readSize(obj);
    else if (key === "first")
      return readFirst(obj, this.ownPropertyOnly);
    else if (key === "last")
      return readLast(obj, this.ownPropertyOnly);
    return value;
  }
};
function readJSProperty(obj, key, ownPropertyOnly) {
  if (ownPropertyOnly && !hasOwnProperty.call(obj, key) && !(obj instanceof Drop))
    return void 0;
  return obj[key];
}
function readFirst(obj, ownPropertyOnly) {
  if (isArray(obj))
    return readArrayElement(obj, 0, ownPropertyOnly);
  return readJSProperty(obj, "first", ownPropertyOnly);
}
function readLast(obj, ownPropertyOnly) {
  if (isArray(obj))
    return readArrayElement(obj, -1, ownPropertyOnly);
  return readJSProperty(obj, "last", ownPropertyOnly);
}
function readSize(obj) {
  if (hasOwnProperty.call(obj, "size") || obj["size"] !== void 0)
    return obj["size"];
  if (isArray(obj) || isString(obj))
    return obj.length;
  if (typeof obj === "object")
    return Object.keys(obj).length;
}
var BlockMode;
(function(BlockMode2) {
  BlockMode2[BlockMode2["OUTPUT"] = 0] = "OUTPUT";
  BlockMode2[BlockMode2["STORE"] = 1] = "STORE";
})(BlockMode || (BlockMode = {}));
var abs = argumentsToNumber(Math.abs);
var at_least = argumentsToNumber(Math.max);
var at_most = argumentsToNumber(Math.min);
var ceil = argumentsToNumber(Math.ceil);
var divided_by = argumentsToNumber((dividend, divisor, integerArithmetic = false) => integerArithmetic ? Math.floor(dividend / divisor) : dividend / divisor);
var floor = argumentsToNumber(Math.floor);
var minus = argumentsToNumber((v, arg) => v - arg);
var plus = argumentsToNumber((lhs, rhs) => lhs + rhs);
var modulo = argumentsToNumber((v, arg) => (v % arg + arg) % arg);
var times = argumentsToNumber((v, arg) => v * arg);
function shiftDecimal(n, exponent) {
  const [mantissa, power = "0"] = String(n).split("e");
  return Number(`${mantissa}e${Number(power) + exponent}`);
}
function round(v, arg = 0) {
  v = toNumber(v);
  arg = toNumber(arg);
  const scaled = shiftDecimal(Math.abs(v), arg);
  if (!(scaled <= Number.MAX_SAFE_INTEGER))
    return v;
  const rounded = shiftDecimal(Math.round(scaled), -arg);
  return v < 0 ? -rounded : rounded;
}
var mathFilters = /* @__PURE__ */ Object.freeze({
  __proto__: null,
  abs,
  at_least,
  at_most,
  ceil,
  divided_by,
  floor,
  minus,
  plus,
  modulo,
  times,
  round
});
var url_decode = (x) => decodeURIComponent(stringify(x).replace(/\+/g, " "));
var url_encode = (x) => encodeURIComponent(stringify(x)).replace(/%20/g, "+");
var cgi_escape = (x) => encodeURIComponent(stringify(x)).replace(/%20/g, "+").replace(/[!'()*]/g, (c) => "%" + c.charCodeAt(0).toString(16).toUpperCase());
var uri_escape = (x) => encodeURI(stringify(x)).replace(/%5B/g, "[").replace(/%5D/g, "]");
var rSlugifyDefault = /[^\p{M}\p{L}\p{Nd}]+/ug;
var rSlugifyReplacers = {
  "raw": /\s+/g,
  "default": rSlugifyDefault,
  "pretty": /[^\p{M}\p{L}\p{Nd}._~!$&'()+,;=@]+/ug,
  "ascii": /[^A-Za-z0-9]+/g,
  "latin": rSlugifyDefault,
  "none": null
};
function slugify(str, mode = "default", cased = false) {
  str = stringify(str);
  const replacer = rSlugifyReplacers[mode];
  if (replacer) {
    if (mode === "latin")
      str = removeAccents(str);
    str = str.replace(replacer, "-").replace(/^-|-$/g, "");
  }
  return cased ? str : str.toLowerCase();
}
function removeAccents(str) {
  return str.replace(/[àáâãäå]/g, "a").replace(/[æ]/g, "ae").replace(/[ç]/g, "c").replace(/[èéêë]/g, "e").replace(/[ìíîï]/g, "i").replace(/[ð]/g, "d").replace(/[ñ]/g, "n").replace(/[òóôõöø]/g, "o").replace(/[ùúûü]/g, "u").replace(/[ýÿ]/g, "y").replace(/[ß]/g, "ss").replace(/[œ]/g, "oe").replace(/[þ]/g, "th").replace(/[ẞ]/g, "SS").replace(/[Œ]/g, "OE").replace(/[Þ]/g, "TH");
}
var urlFilters = /* @__PURE__ */ Object.freeze({
  __proto__: null,
  url_decode,
  url_encode,
  cgi_escape,
  uri_escape,
  slugify
});
var join2 = argumentsToValue(function(v, arg) {
  const array = toArray(v);
  const sep2 = isNil(arg) ? " " : stringify(arg);
  let outputSize = sep2.length * Math.max(array.length - 1, 0);
  for (let i = 0; i < array.length; i++)
    outputSize += String(array[i]).length;
  this.context.memoryLimit.use(outputSize);
  return Array.prototype.join.call(array, sep2);
});
var last = argumentsToValue(function(v) {
  return isArrayLike(v) ? readArrayElement(v, -1, this.context.ownPropertyOnly) : "";
});
var first = argumentsToValue(function(v) {
  return isArrayLike(v) ? readArrayElement(v, 0, this.context.ownPropertyOnly) : "";
});
var reverse = argumentsToValue(function(v) {
  const array = toArray(v);
  this.context.memoryLimit.use(array.length);
  return [...array].reverse();
});
function* sortBy(arr, property, comparator) {
  const values = [];
  const array = toArray(arr);
  this.context.memoryLimit.use(array.length);
  for (const item of array) {
    values.push([
      item,
      property ? yield this.context._getFromScope(item, stringify(property).split("."), false) : item
    ]);
  }
  return values.sort((lhs, rhs) => comparator(lhs[1], rhs[1])).map((tuple) => tuple[0]);
}
function* sort(arr, property) {
  return yield* sortBy.call(this, arr, property, orderedCompare);
}
function* sort_natural(arr, property) {
  return yield* sortBy.call(this, arr, property, caseInsensitiveCompare);
}
var size = (v) => v && v.length || 0;
function* map(arr, property) {
  const results = [];
  const array = toArray(arr);
  this.context.memoryLimit.use(array.length);
  for (const item of array) {
    results.push(yield this.context._getFromScope(item, stringify(property), false));
  }
  return results;
}
function* sum(arr, property) {
  let sum3 = 0;
  const array = toArray(arr);
  for (const item of array) {
    const data = Number(property ? yield this.context._getFromScope(item, stringify(property), false) : item);
    sum3 += Number.isNaN(data) ? 0 : data;
  }
  return sum3;
}
function compact(arr) {
  const array = toArray(arr);
  this.context.memoryLimit.use(array.length);
  return Array.prototype.filter.call(array, (x) => !isNil(toValue(x)));
}
function concat(v, arg = []) {
  const lhs = toArray(v);
  const rhs = toArray(arg);
  this.context.memoryLimit.use(lhs.length + rhs.length);
  return Array.prototype.concat.call(lhs, rhs);
}
function push(v, arg) {
  return concat.call(this, v, [arg]);
}
function unshift(v, arg) {
  const array = toArray(v);
  this.context.memoryLimit.use(array.length);
  const clone = [...array];
  clone.unshift(arg);
  return clone;
}
function pop(v) {
  const array = toArray(v);
  this.context.memoryLimit.use(array.length);
  const clone = [...array];
  clone.pop();
  return clone;
}
function shift(v) {
  const array = toArray(v);
  this.context.memoryLimit.use(array.length);
  const clone = [...array];
  clone.shift();
  return clone;
}
function slice(v, begin2, length = 1) {
  v = toValue(v);
  if (isNil(v))
    return [];
  if (!isArray(v))
    v = stringify(v);
  begin2 = begin2 < 0 ? (isArray(v) ? v.length : codePointLength(v)) + begin2 : begin2;
  if (begin2 < 0 || length < 0)
    return isArray(v) ? [] : "";
  this.context.memoryLimit.use(length);
  if (isArray(v))
    return Array.prototype.slice.call(v, begin2, begin2 + length);
  const start = advanceCodePoints(v, 0, begin2);
  return v.slice(start, advanceCodePoints(v, start, length));
}
function* matches2(value, expected2) {
  if (this.context.opts.jekyllWhere) {
    if (EmptyDrop.is(expected2))
      return yield equals(value, expected2);
    if (isArray(value))
      return yield arrayIncludes(value, expected2);
    return yield equals(value, expected2);
  }
  if (expected2 === void 0)
    return isTruthy(value, this.context);
  return yield equals(value, expected2);
}
function* filter(include, arr, property, expected2) {
  arr = toArray(arr);
  this.context.memoryLimit.use(arr.length);
  const token = new Tokenizer(stringify(property)).readScopeValue();
  const result = [];
  for (const item of arr) {
    const value = yield evalToken(token, this.context.spawn(item));
    if ((yield matches2.call(this, value, expected2)) === include)
      result.push(item);
  }
  return result;
}
function* filter_exp(include, arr, itemName, exp) {
  const filtered = [];
  const keyTemplate = new Value(stringify(exp), this.liquid);
  const array = toArray(arr);
  this.context.memoryLimit.use(array.length);
  for (const item of array) {
    this.context.push({ [itemName]: item });
    const value = yield keyTemplate.value(this.context);
    this.context.pop();
    if (value === include)
      filtered.push(item);
  }
  return filtered;
}
function* where(arr, property, expected2) {
  return yield* filter.call(this, true, arr, property, expected2);
}
function* reject(arr, property, expected2) {
  return yield* filter.call(this, false, arr, property, expected2);
}
function* where_exp(arr, itemName, exp) {
  return yield* filter_exp.call(this, true, arr, itemName, exp);
}
function* reject_exp(arr, itemName, exp) {
  return yield* filter_exp.call(this, false, arr, itemName, exp);
}
function* group_by(arr, property) {
  const map2 = /* @__PURE__ */ new Map();
  arr = toEnumerable(arr);
  const token = new Tokenizer(stringify(property)).readScopeValue();
  this.context.memoryLimit.use(arr.length);
  for (const item of arr) {
    const key = yield evalToken(token, this.context.spawn(item));
    if (!map2.has(key))
      map2.set(key, []);
    map2.get(key).push(item);
  }
  return [...map2.entries()].map(([name, items]) => ({ name, items }));
}
function* group_by_exp(arr, itemName, exp) {
  const map2 = /* @__PURE__ */ new Map();
  const keyTemplate = new Value(stringify(exp), this.liquid);
  arr = toEnumerable(arr);
  this.context.memoryLimit.use(arr.length);
  for (const item of arr) {
    this.context.push({ [itemName]: item });
    const key = yield keyTemplate.value(this.context);
    this.context.pop();
    if (!map2.has(key))
      map2.set(key, []);
    map2.get(key).push(item);
  }
  return [...map2.entries()].map(([name, items]) => ({ name, items }));
}
function* search(arr, property, expected2) {
  const token = new Tokenizer(stringify(property)).readScopeValue();
  const array = toArray(arr);
  for (let index = 0; index < array.length; index++) {
    const value = yield evalToken(token, this.context.spawn(array[index]));
    if (yield matches2.call(this, value, expected2))
      return [index, array[index]];
  }
}
function* search_exp(arr, itemName, exp) {
  const predicate = new Value(stringify(exp), this.liquid);
  const array = toArray(arr);
  for (let index = 0; index < array.length; index++) {
    this.context.push({ [itemName]: array[index] });
    const value = yield predicate.value(this.context);
    this.context.pop();
    if (value)
      return [index, array[index]];
  }
}
function* has(arr, property, expected2) {
  const result = yield* search.call(this, arr, property, expected2);
  return !!result;
}
function* has_exp(arr, itemName, exp) {
  const result = yield* search_exp.call(this, arr, itemName, exp);
  return !!result;
}
function* find_index(arr, property, expected2) {
  const result = yield* search.call(this, arr, property, expected2);
  return result ? result[0] : void 0;
}
function* find_index_exp(arr, itemName, exp) {
  const result = yield* search_exp.call(this, arr, itemName, exp);
  return result ? result[0] : void 0;
}
function* find(arr, property, expected2) {
  const result = yield* search.call(this, arr, property, expected2);
  return result ? result[1] : void 0;
}
function* find_exp(arr, itemName, exp) {
  const result = yield* search_exp.call(this, arr, itemName, exp);
  return result ? result[1] : void 0;
}
function uniq(arr) {
  arr = toArray(arr);
  this.context.memoryLimit.use(arr.length);
  return [...new Set(arr)];
}
function sample(v, count = 1) {
  v = toValue(v);
  if (isNil(v))
    return [];
  if (!isArray(v))
    v = stringify(v);
  this.context.memoryLimit.use(v.length);
  const shuffled = [...v].sort(() => Math.random() - 0.5);
  if (count === 1)
    return shuffled[0];
  return shuffled.slice(0, count);
}
var arrayFilters = /* @__PURE__ */ Object.freeze({
  __proto__: null,
  join: join2,
  last,
  first,
  reverse,
  sort,
  sort_natural,
  size,
  map,
  sum,
  compact,
  concat,
  push,
  unshift,
  pop,
  shift,
  slice,
  where,
  reject,
  where_exp,
  reject_exp,
  group_by,
  group_by_exp,
  has,
  has_exp,
  find_index,
  find_index_exp,
  find,
  find_exp,
  uniq,
  sample
});
function date(v, format2, timezoneOffset) {
  var _a, _b;
  const size3 = ((_a = v === null || v === void 0 ? void 0 : v.length) !== null && _a !== void 0 ? _a : 0) + ((_b = timezoneOffset === null || timezoneOffset === void 0 ? void 0 : timezoneOffset.length) !== null && _b !== void 0 ? _b : 0);
  this.context.memoryLimit.use(size3);
  const date2 = parseDate(v, this.context.opts, timezoneOffset);
  if (!date2)
    return v;
  format2 = toValue(format2);
  format2 = isNil(format2) ? this.context.opts.dateFormat : stringify(format2);
  this.context.memoryLimit.use(format2.length);
  return strftime(date2, format2, this.context.memoryLimit);
}
function date_to_xmlschema(v) {
  return date.call(this, v, "%Y-%m-%dT%H:%M:%S%:z");
}
function date_to_rfc822(v) {
  const date2 = parseDate(v, this.context.opts, void 0, "en-US");
  if (!date2)
    return v;
  return strftime(date2, "%a, %d %b %Y %H:%M:%S %z", this.context.memoryLimit);
}
function date_to_string(v, type2, style2) {
  return stringify_date.call(this, v, "%b", type2, style2);
}
function date_to_long_string(v, type2, style2) {
  return stringify_date.call(this, v, "%B", type2, style2);
}
function stringify_date(v, month_type, type2, style2) {
  const date2 = parseDate(v, this.context.opts);
  if (!date2)
    return v;
  const ml = this.context.memoryLimit;
  if (type2 === "ordinal") {
    const d = date2.getDate();
    return style2 === "US" ? strftime(date2, `${month_type} ${d}%q, %Y`, ml) : strftime(date2, `${d}%q ${month_type} %Y`, ml);
  }
  return strftime(date2, `%d ${month_type} %Y`, ml);
}
function parseDate(v, opts, timezoneOffset, locale = opts.locale) {
  let date2;
  const defaultTimezoneOffset = timezoneOffset !== null && timezoneOffset !== void 0 ? timezoneOffset : opts.timezoneOffset;
  v = toValue(v);
  if (isNil(v)) {
    return void 0;
  } else if (v === "now" || v === "today") {
    date2 = new LiquidDate(Date.now(), locale, defaultTimezoneOffset);
  } else if (isNumber2(v)) {
    date2 = new LiquidDate(v * 1e3, locale, defaultTimezoneOffset);
  } else if (isString(v)) {
    if (/^\d+$/.test(v)) {
      date2 = new LiquidDate(+v * 1e3, locale, defaultTimezoneOffset);
    } else if (opts.preserveTimezones && timezoneOffset === void 0) {
      date2 = LiquidDate.createDateFixedToTimezone(v, locale);
    } else {
      date2 = new LiquidDate(v, locale, defaultTimezoneOffset);
    }
  } else {
    date2 = new LiquidDate(v, locale, defaultTimezoneOffset);
  }
  return date2.valid() ? date2 : void 0;
}
var dateFilters = /* @__PURE__ */ Object.freeze({
  __proto__: null,
  date,
  date_to_xmlschema,
  date_to_rfc822,
  date_to_string,
  date_to_long_string
});
var rCJKWord = /[\u4E00-\u9FFF\uF900-\uFAFF\u3400-\u4DBF\u3040-\u309F\u30A0-\u30FF\uAC00-\uD7AF]/gu;
var rNonCJKWord = /[^\u4E00-\u9FFF\uF900-\uFAFF\u3400-\u4DBF\u3040-\u309F\u30A0-\u30FF\uAC00-\uD7AF\s]+/gu;
function append(v, arg) {
  assert(arguments.length === 2, "append expect 2 arguments");
  const lhs = stringify(v);
  const rhs = stringify(arg);
  this.context.memoryLimit.use(lhs.length + rhs.length);
  return lhs + rhs;
}
function prepend(v, arg) {
  assert(arguments.length === 2, "prepend expect 2 arguments");
  const lhs = stringify(v);
  const rhs = stringify(arg);
  this.context.memoryLimit.use(lhs.length + rhs.length);
  return rhs + lhs;
}
function getTrimStart(str, chars) {
  let start = 0;
  for (const char of str) {
    if (!chars.has(char))
      break;
    start += char.length;
  }
  return start;
}
function getTrimEnd(str, chars, start = 0) {
  let end = str.length;
  while (end > start) {
    const size3 = end - start >= 2 && str.codePointAt(end - 2) > 65535 ? 2 : 1;
    if (!chars.has(str.slice(end - size3, end)))
      break;
    end -= size3;
  }
  return end;
}
function lstrip(v, chars) {
  const str = stringify(v);
  this.context.memoryLimit.use(str.length);
  if (chars) {
    chars = stringify(chars);
    this.context.memoryLimit.use(chars.length);
    return str.slice(getTrimStart(str, new Set(chars)));
  }
  return str.trimStart();
}
function downcase(v) {
  const str = stringify(v);
  this.context.memoryLimit.use(str.length);
  return str.toLowerCase();
}
function upcase(v) {
  const str = stringify(v);
  this.context.memoryLimit.use(str.length);
  return stringify(str).toUpperCase();
}
function remove(v, arg) {
  const str = stringify(v);
  arg = stringify(arg);
  this.context.memoryLimit.use(str.length + arg.length);
  return str.split(arg).join("");
}
function remove_first(v, l) {
  const str = stringify(v);
  l = stringify(l);
  this.context.memoryLimit.use(str.length + l.length);
  return str.replace(l, "");
}
function remove_last(v, l) {
  const str = stringify(v);
  const pattern = stringify(l);
  this.context.memoryLimit.use(str.length + pattern.length);
  const index = str.lastIndexOf(pattern);
  if (index === -1)
    return str;
  return str.substring(0, index) + str.substring(index + pattern.length);
}
function rstrip(str, chars) {
  str = stringify(str);
  this.context.memoryLimit.use(str.length);
  if (chars) {
    chars = stringify(chars);
    this.context.memoryLimit.use(chars.length);
    return str.slice(0, getTrimEnd(str, new Set(chars)));
  }
  return str.trimEnd();
}
function split(v, arg) {
  const str = stringify(v);
  this.context.memoryLimit.use(str.length);
  const arr = str.split(stringify(arg));
  while (arr.length && arr[arr.length - 1] === "")
    arr.pop();
  return arr;
}
function strip(v, chars) {
  const str = stringify(v);
  this.context.memoryLimit.use(str.length);
  if (chars) {
    const set = new Set(stringify(chars));
    this.context.memoryLimit.use(set.size);
    const start = getTrimStart(str, set);
    return str.slice(start, getTrimEnd(str, set, start));
  }
  return str.trim();
}
function strip_newlines(v) {
  const str = stringify(v);
  this.context.memoryLimit.use(str.length);
  return str.replace(/\r?\n/gm, "");
}
function squish(v) {
  const str = stringify(v);
  this.context.memoryLimit.use(str.length);
  return str.replace(/\s+/g, " ").trim();
}
function capitalize(str) {
  str = stringify(str);
  this.context.memoryLimit.use(str.length);
  return str.charAt(0).toUpperCase() + str.slice(1).toLowerCase();
}
function replace(v, pattern, replacement) {
  const str = stringify(v);
  pattern = stringify(pattern);
  replacement = stringify(replacement);
  const parts = str.split(pattern);
  const outputSize = str.length + (parts.length - 1) * (replacement.length - pattern.length);
  this.context.memoryLimit.use(outputSize);
  return parts.join(replacement);
}
function replace_first(v, arg1, arg2) {
  const str = stringify(v);
  arg1 = stringify(arg1);
  arg2 = stringify(arg2);
  this.context.memoryLimit.use(str.length + arg1.length + arg2.length);
  return str.replace(arg1, () => arg2);
}
function replace_last(v, arg1, arg2) {
  const str = stringify(v);
  const pattern = stringify(arg1);
  const replacement = stringify(arg2);
  this.context.memoryLimit.use(str.length + pattern.length + replacement.length);
  const index = str.lastIndexOf(pattern);
  if (index === -1)
    return str;
  return str.substring(0, index) + replacement + str.substring(index + pattern.length);
}
function truncate(v, l = 50, o = "...") {
  const str = stringify(v);
  o = stringify(o);
  this.context.memoryLimit.use(str.length + o.length);
  if (str.length <= l || advanceCodePoints(str, 0, l) >= str.length)
    return v;
  return str.slice(0, advanceCodePoints(str, 0, Math.max(l - codePointLength(o), 0))) + o;
}
function truncatewords(v, words = 15, o = "...") {
  const str = stringify(v);
  o = stringify(o);
  this.context.memoryLimit.use(str.length + o.length);
  const arr = str.trimStart().split(/\s+/);
  if (words <= 0)
    words = 1;
  let ret = arr.slice(0, words).join(" ");
  if (arr.length >= words)
    ret += o;
  return ret;
}
function normalize_whitespace(v) {
  const str = stringify(v);
  this.context.memoryLimit.use(str.length);
  return str.replace(/\s+/g, " ");
}
function number_of_words(input, mode) {
  const str = stringify(input);
  this.context.memoryLimit.use(str.length);
  input = str.trim();
  if (!input)
    return 0;
  switch (mode) {
    case "cjk":
      return (input.match(rCJKWord) || []).length + (input.match(rNonCJKWord) || []).length;
    case "auto":
      return rCJKWord.test(input) ? input.match(rCJKWord).length + (input.match(rNonCJKWord) || []).length : input.split(/\s+/).length;
    default:
      return input.split(/\s+/).length;
  }
}
function array_to_sentence_string(input, connector = "and") {
  const array = toArray(input);
  connector = stringify(connector);
  let outputSize = connector.length + array.length * 2;
  for (let i = 0; i < array.length; i++)
    outputSize += stringify(array[i]).length;
  this.context.memoryLimit.use(outputSize);
  switch (array.length) {
    case 0:
      return "";
    case 1:
      return array[0];
    case 2:
      return `${array[0]} ${connector} ${array[1]}`;
    default:
      return `${array.slice(0, -1).join(", ")}, ${connector} ${array[array.length - 1]}`;
  }
}
var stringFilters = /* @__PURE__ */ Object.freeze({
  __proto__: null,
  append,
  prepend,
  lstrip,
  downcase,
  upcase,
  remove,
  remove_first,
  remove_last,
  rstrip,
  split,
  strip,
  strip_newlines,
  squish,
  capitalize,
  replace,
  replace_first,
  replace_last,
  truncate,
  truncatewords,
  normalize_whitespace,
  number_of_words,
  array_to_sentence_string
});
function base64Encode(str) {
  return Buffer.from(str, "utf8").toString("base64");
}
function base64Decode(str) {
  return Buffer.from(str, "base64").toString("utf8");
}
function base64_encode(value) {
  if (typeof Buffer !== "undefined" && Buffer.isBuffer(value)) {
    this.context.memoryLimit.use(value.byteLength);
    return value.toString("base64");
  }
  const str = stringify(value);
  this.context.memoryLimit.use(str.length);
  return base64Encode(str);
}
function base64_decode(value) {
  const str = stringify(value);
  this.context.memoryLimit.use(str.length);
  assert(isBase64(str), "invalid base64 provided to base64_decode");
  return base64Decode(str);
}
function isBase64(str) {
  str = str.replace(/[\t\n\f\r ]/g, "");
  if (str.length % 4 === 0)
    str = str.replace(/==?$/, "");
  return str.length % 4 !== 1 && /^[A-Za-z0-9+/]*$/.test(str);
}
var base64Filters = /* @__PURE__ */ Object.freeze({
  __proto__: null,
  base64_encode,
  base64_decode
});
function sha256(str) {
  return createHash("sha256").update(str, "utf8").digest("hex");
}
function hmacSha256(str, key) {
  return createHmac("sha256", key).update(str, "utf8").digest("hex");
}
function sha256$1(value) {
  const str = stringify(value);
  this.context.memoryLimit.use(str.length);
  return sha256(str);
}
function hmac_sha256(value, key) {
  const str = stringify(value);
  const keyStr = stringify(key);
  this.context.memoryLimit.use(str.length + keyStr.length);
  return hmacSha256(str, keyStr);
}
var cryptoFilters = /* @__PURE__ */ Object.freeze({
  __proto__: null,
  sha256: sha256$1,
  hmac_sha256
});
var filters = Object.assign(Object.assign(Object.assign(Object.assign(Object.assign(Object.assign(Object.assign(Object.assign(Object.assign({}, htmlFilters), mathFilters), urlFilters), arrayFilters), dateFilters), stringFilters), base64Filters), cryptoFilters), misc);
var AssignTag = class extends Tag {
  constructor(token, remainTokens, liquid) {
    super(token, remainTokens, liquid);
    this.identifier = this.tokenizer.readIdentifier();
    this.key = this.identifier.content;
    this.tokenizer.assert(this.key, "expected variable name");
    this.tokenizer.skipBlank();
    this.tokenizer.assert(this.tokenizer.peek() === "=", 'expected "="');
    this.tokenizer.advance();
    this.value = new Value(this.tokenizer.readFilteredValue(), this.liquid);
  }
  *render(ctx) {
    ctx.bottom()[this.key] = yield this.value.value(ctx, this.liquid.options.lenientIf);
  }
  *arguments() {
    yield this.value;
  }
  *localScope() {
    yield this.identifier;
  }
};
var MODIFIERS = ["offset", "limit", "reversed"];
var ForTag = class extends Tag {
  constructor(token, remainTokens, liquid, parser2) {
    super(token, remainTokens, liquid);
    const variable = this.tokenizer.readIdentifier();
    const inStr = this.tokenizer.readIdentifier();
    const collection = this.tokenizer.readValue();
    if (!variable.size() || inStr.content !== "in" || !collection) {
      throw new Error(`illegal tag: ${token.getText()}`);
    }
    this.variable = variable.content;
    this.collection = collection;
    this.hash = new Hash(this.tokenizer, liquid.options.keyValueSeparator);
    this.templates = [];
    this.elseTemplates = [];
    let p;
    const stream = parser2.parseStream(remainTokens).on("start", () => p = this.templates).on("tag:else", (tag) => {
      assertEmpty(tag.args);
      p = this.elseTemplates;
    }).on("tag:endfor", (tag) => {
      assertEmpty(tag.args);
      stream.stop();
    }).on("template", (tpl) => p.push(tpl)).on("end", () => {
      throw new Error(`tag ${token.getText()} not closed`);
    });
    stream.start();
  }
  *render(ctx, emitter) {
    const r = this.liquid.renderer;
    let collection = toEnumerable(yield evalToken(this.collection, ctx));
    if (!collection.length) {
      yield r.renderTemplates(this.elseTemplates, ctx, emitter);
      return;
    }
    const continueKey = "continue-" + this.variable + "-" + this.collection.getText();
    ctx.push(createScope({ continue: ctx.getRegister(continueKey, {}) }));
    const hash = yield this.hash.render(ctx);
    ctx.pop();
    const modifiers = this.liquid.options.orderedFilterParameters ? Object.keys(hash).filter((x) => MODIFIERS.includes(x)) : MODIFIERS.filter((x) => hash[x] !== void 0);
    collection = modifiers.reduce((collection2, modifier) => {
      if (modifier === "offset")
        return offset2(collection2, hash["offset"]);
      if (modifier === "limit")
        return limit(collection2, hash["limit"]);
      return reversed(collection2);
    }, collection);
    ctx.setRegister(continueKey, (hash["offset"] || 0) + collection.length);
    const scope = createScope({ forloop: new ForloopDrop(collection.length, this.collection.getText(), this.variable) });
    ctx.push(scope);
    for (const item of collection) {
      scope[this.variable] = item;
      ctx.continueCalled = ctx.breakCalled = false;
      yield r.renderTemplates(this.templates, ctx, emitter);
      if (ctx.breakCalled)
        break;
      scope.forloop.next();
    }
    ctx.continueCalled = ctx.breakCalled = false;
    ctx.pop();
  }
  *children() {
    const templates = this.templates.slice();
    if (this.elseTemplates) {
      templates.push(...this.elseTemplates);
    }
    return templates;
  }
  *arguments() {
    yield this.collection;
    for (const v of Object.values(this.hash.hash)) {
      if (isValueToken(v)) {
        yield v;
      }
    }
  }
  blockScope() {
    return [this.variable, "forloop"];
  }
};
function reversed(arr) {
  return [...arr].reverse();
}
function offset2(arr, count) {
  return arr.slice(count);
}
function limit(arr, count) {
  return arr.slice(0, count);
}
var CaptureTag = class extends Tag {
  constructor(tagToken, remainTokens, liquid, parser2) {
    super(tagToken, remainTokens, liquid);
    this.templates = [];
    this.identifier = this.readVariable();
    this.variable = this.identifier.content;
    while (remainTokens.length) {
      const token = remainTokens.shift();
      if (isTagToken(token) && token.name === "endcapture")
        return;
      this.templates.push(parser2.parseToken(token, remainTokens));
    }
    throw new Error(`tag ${tagToken.getText()} not closed`);
  }
  readVariable() {
    let ident = this.tokenizer.readIdentifier();
    if (ident.content)
      return ident;
    ident = this.tokenizer.readQuoted();
    if (ident)
      return ident;
    throw this.tokenizer.error("invalid capture name");
  }
  *render(ctx) {
    const r = this.liquid.renderer;
    const html = yield r.renderTemplates(this.templates, ctx);
    ctx.bottom()[this.variable] = html;
  }
  *children() {
    return this.templates;
  }
  *localScope() {
    yield this.identifier;
  }
};
var CaseTag = class extends Tag {
  constructor(tagToken, remainTokens, liquid, parser2) {
    super(tagToken, remainTokens, liquid);
    this.branches = [];
    this.elseTemplates = [];
    this.value = new Value(this.tokenizer.readFilteredValue(), this.liquid);
    this.elseTemplates = [];
    let p = [];
    let elseCount = 0;
    const stream = parser2.parseStream(remainTokens).on("tag:when", (token) => {
      if (elseCount > 0) {
        return;
      }
      p = [];
      const values = [];
      while (!token.tokenizer.end()) {
        values.push(token.tokenizer.readValueOrThrow());
        token.tokenizer.skipBlank();
        if (token.tokenizer.peek() === ",") {
          token.tokenizer.readTo(",");
        } else {
          token.tokenizer.readTo("or");
        }
      }
      this.branches.push({
        values,
        templates: p
      });
    }).on("tag:else", () => {
      elseCount++;
      p = this.elseTemplates;
    }).on("tag:endcase", () => stream.stop()).on("template", (tpl) => {
      if (p !== this.elseTemplates || elseCount === 1) {
        p.push(tpl);
      }
    }).on("end", () => {
      throw new Error(`tag ${tagToken.getText()} not closed`);
    });
    stream.start();
  }
  *render(ctx, emitter) {
    const r = this.liquid.renderer;
    const target2 = yield toValue(yield this.value.value(ctx, ctx.opts.lenientIf));
    let branchHit = false;
    for (const branch of this.branches) {
      for (const valueToken of branch.values) {
        const value = yield evalToken(valueToken, ctx, ctx.opts.lenientIf);
        if (yield equals(target2, value)) {
          yield r.renderTemplates(branch.templates, ctx, emitter);
          branchHit = true;
          break;
        }
      }
    }
    if (!branchHit) {
      yield r.renderTemplates(this.elseTemplates, ctx, emitter);
    }
  }
  *arguments() {
    yield this.value;
    yield* this.branches.flatMap((b) => b.values);
  }
  *children() {
    const templates = this.branches.flatMap((b) => b.templates);
    if (this.elseTemplates) {
      templates.push(...this.elseTemplates);
    }
    return templates;
  }
};
var CommentTag = class extends Tag {
  constructor(tagToken, remainTokens, liquid) {
    super(tagToken, remainTokens, liquid);
    while (remainTokens.length) {
      const token = remainTokens.shift();
      if (isTagToken(token) && token.name === "endcomment")
        return;
    }
    throw new Error(`tag ${tagToken.getText()} not closed`);
  }
  render() {
  }
};
var RenderTag = class extends Tag {
  constructor(token, remainTokens, liquid, parser2) {
    super(token, remainTokens, liquid);
    const tokenizer = this.tokenizer;
    this.file = parseFilePath(tokenizer, this.liquid, parser2);
    this.currentFile = token.file;
    while (!tokenizer.end()) {
      tokenizer.skipBlank();
      const begin2 = tokenizer.p;
      const keyword = tokenizer.readIdentifier();
      if (keyword.content === "with" || keyword.content === "for") {
        tokenizer.skipBlank();
        if (tokenizer.peek() !== ":") {
          const value = tokenizer.readValue();
          if (value) {
            const beforeAs = tokenizer.p;
            const asStr = tokenizer.readIdentifier();
            let alias;
            if (asStr.content === "as")
              alias = tokenizer.readIdentifier();
            else
              tokenizer.p = beforeAs;
            const binding = { value, alias: alias && alias.content };
            if (keyword.content === "with")
              this.with = binding;
            else
              this.forBinding = binding;
            tokenizer.skipBlank();
            if (tokenizer.peek() === ",")
              tokenizer.advance();
            continue;
          }
        }
      }
      tokenizer.p = begin2;
      break;
    }
    this.hash = new Hash(tokenizer, liquid.options.keyValueSeparator);
  }
  *render(ctx, emitter) {
    const { liquid, hash } = this;
    const filepath = yield renderFilePath(this.file, ctx, liquid);
    assert(filepath, () => `illegal file path "${filepath}"`);
    const childCtx = ctx.spawn();
    const scope = childCtx.bottom();
    __assign(scope, yield hash.render(ctx));
    if (this.with) {
      const { value, alias } = this.with;
      scope[alias || filepath] = yield evalToken(value, ctx);
    }
    if (this.forBinding) {
      const { value, alias } = this.forBinding;
      const collection = toEnumerable(yield evalToken(value, ctx));
      scope["forloop"] = new ForloopDrop(collection.length, value.getText(), alias);
      for (const item of collection) {
        scope[alias] = item;
        const templates = yield liquid._parsePartialFile(filepath, childCtx.sync, this.currentFile);
        yield liquid.renderer.renderTemplates(templates, childCtx, emitter);
        scope["forloop"].next();
      }
    } else {
      const templates = yield liquid._parsePartialFile(filepath, childCtx.sync, this.currentFile);
      yield liquid.renderer.renderTemplates(templates, childCtx, emitter);
    }
  }
  *children(partials, sync) {
    if (partials && isString(this.file)) {
      return yield this.liquid._parsePartialFile(this.file, sync, this.currentFile);
    }
    return [];
  }
  partialScope() {
    if (isString(this.file)) {
      const names = Object.keys(this.hash.hash);
      if (this.with) {
        const { value, alias } = this.with;
        if (isString(alias)) {
          names.push([alias, value]);
        } else if (isString(this.file)) {
          names.push([this.file, value]);
        }
      }
      if (this.forBinding) {
        const { value, alias } = this.forBinding;
        if (isString(alias)) {
          names.push([alias, value]);
        } else if (isString(this.file)) {
          names.push([this.file, value]);
        }
      }
      return { name: this.file, isolated: true, scope: names };
    }
  }
  *arguments() {
    for (const v of Object.values(this.hash.hash)) {
      if (isValueToken(v)) {
        yield v;
      }
    }
    if (this.with) {
      const { value } = this.with;
      if (isValueToken(value)) {
        yield value;
      }
    }
    if (this.forBinding) {
      const { value } = this.forBinding;
      if (isValueToken(value)) {
        yield value;
      }
    }
  }
};
function parseFilePath(tokenizer, liquid, parser2) {
  if (liquid.options.dynamicPartials) {
    const file = tokenizer.readValue();
    tokenizer.assert(file, "illegal file path");
    if (file.getText() === "none")
      return;
    if (isQuotedToken(file)) {
      const templates2 = parser2.parse(evalQuotedToken(file));
      return optimize(templates2);
    }
    return file;
  }
  const tokens = [...tokenizer.readFileNameTemplate(liquid.options)];
  const templates = optimize(parser2.parseTokens(tokens));
  return templates === "none" ? void 0 : templates;
}
function optimize(templates) {
  if (templates.length === 1 && isHTMLToken(templates[0].token))
    return templates[0].token.getContent();
  return templates;
}
function* renderFilePath(file, ctx, liquid) {
  if (typeof file === "string")
    return file;
  if (Array.isArray(file))
    return liquid.renderer.renderTemplates(file, ctx);
  return yield evalToken(file, ctx);
}
var IncludeTag = class extends Tag {
  constructor(token, remainTokens, liquid, parser2) {
    super(token, remainTokens, liquid);
    const { tokenizer } = token;
    this.file = parseFilePath(tokenizer, this.liquid, parser2);
    this.currentFile = token.file;
    const begin2 = tokenizer.p;
    const withStr = tokenizer.readIdentifier();
    if (withStr.content === "with") {
      tokenizer.skipBlank();
      if (tokenizer.peek() !== ":") {
        this.withVar = tokenizer.readValue();
      } else
        tokenizer.p = begin2;
    } else
      tokenizer.p = begin2;
    this.hash = new Hash(tokenizer, liquid.options.jekyllInclude || liquid.options.keyValueSeparator);
  }
  *render(ctx, emitter) {
    const { liquid, hash, withVar } = this;
    const { renderer } = liquid;
    const filepath = yield renderFilePath(this.file, ctx, liquid);
    assert(filepath, () => `illegal file path "${filepath}"`);
    const saved = ctx.saveRegister("blocks", "blockMode");
    ctx.setRegister("blocks", {});
    ctx.setRegister("blockMode", BlockMode.OUTPUT);
    const scope = createScope(yield hash.render(ctx));
    if (withVar)
      scope[filepath] = yield evalToken(withVar, ctx);
    const templates = yield liquid._parsePartialFile(filepath, ctx.sync, this.currentFile);
    ctx.push(ctx.opts.jekyllInclude ? createScope({ include: scope }) : scope);
    yield renderer.renderTemplates(templates, ctx, emitter);
    ctx.pop();
    ctx.restoreRegister(saved);
  }
  *children(partials, sync) {
    if (partials && isString(this.file)) {
      return yield this.liquid._parsePartialFile(this.file, sync, this.currentFile);
    }
    return [];
  }
  partialScope() {
    if (isString(this.file)) {
      let names;
      if (this.liquid.options.jekyllInclude) {
        names = ["include"];
      } else {
        names = Object.keys(this.hash.hash);
        if (this.withVar) {
          names.push([this.file, this.withVar]);
        }
      }
      return { name: this.file, isolated: false, scope: names };
    }
  }
  *arguments() {
    yield* Object.values(this.hash.hash).filter(isValueToken);
    if (isValueToken(this.file)) {
      yield this.file;
    }
    if (isValueToken(this.withVar)) {
      yield this.withVar;
    }
  }
};
var DecrementTag = class extends Tag {
  constructor(token, remainTokens, liquid) {
    super(token, remainTokens, liquid);
    this.identifier = this.tokenizer.readIdentifier();
    this.variable = this.identifier.content;
  }
  render(context, emitter) {
    const scope = context.environments;
    if (!isNumber2(scope[this.variable])) {
      scope[this.variable] = 0;
    }
    emitter.write(stringify(--scope[this.variable]));
  }
  *localScope() {
    yield this.identifier;
  }
};
var CycleTag = class extends Tag {
  constructor(token, remainTokens, liquid) {
    super(token, remainTokens, liquid);
    this.candidates = [];
    const begin2 = this.tokenizer.p;
    const group = this.tokenizer.readValue();
    this.tokenizer.skipBlank();
    if (group) {
      if (this.tokenizer.peek() === ":") {
        this.group = group;
        this.tokenizer.advance();
      } else
        this.tokenizer.p = begin2;
    }
    while (!this.tokenizer.end()) {
      const value = this.tokenizer.readFilteredValue();
      this.candidates.push(value);
      this.tokenizer.readTo(",");
    }
    this.tokenizer.assert(this.candidates.length, () => `empty candidates: "${token.getText()}"`);
  }
  *render(ctx, emitter) {
    var _a;
    const group = yield evalToken(this.group, ctx);
    const fingerprint = `cycle:${group}:` + this.candidates.map((c) => c.getText()).join(",");
    const groups2 = ctx.getRegister("cycle", {});
    let idx = groups2[fingerprint];
    if (idx === void 0) {
      idx = groups2[fingerprint] = 0;
    }
    const candidate = new Value(this.candidates[idx], this.liquid);
    idx = (idx + 1) % this.candidates.length;
    groups2[fingerprint] = idx;
    let val = yield toValue(yield candidate.value(ctx, false));
    const outputEscape = this.liquid.options.outputEscape;
    if (outputEscape && !((_a = candidate.filters[candidate.filters.length - 1]) === null || _a === void 0 ? void 0 : _a.raw)) {
      val = yield outputEscape.call({ context: ctx, token: this.token, liquid: this.liquid }, val);
    }
    return val;
  }
  *arguments() {
    yield* this.candidates;
    if (this.group) {
      yield this.group;
    }
  }
};
var IfTag = class extends Tag {
  constructor(tagToken, remainTokens, liquid, parser2) {
    super(tagToken, remainTokens, liquid);
    this.branches = [];
    let p = [];
    parser2.parseStream(remainTokens).on("start", () => this.branches.push({
      value: new Value(tagToken.tokenizer.readFilteredValue(), this.liquid),
      templates: p = []
    })).on("tag:elsif", (token) => {
      assert(!this.elseTemplates, "unexpected elsif after else");
      this.branches.push({
        value: new Value(token.tokenizer.readFilteredValue(), this.liquid),
        templates: p = []
      });
    }).on("tag:else", (tag) => {
      assertEmpty(tag.args);
      assert(!this.elseTemplates, "duplicated else");
      p = this.elseTemplates = [];
    }).on("tag:endif", function(tag) {
      assertEmpty(tag.args);
      this.stop();
    }).on("template", (tpl) => p.push(tpl)).on("end", () => {
      throw new Error(`tag ${tagToken.getText()} not closed`);
    }).start();
  }
  *render(ctx, emitter) {
    const r = this.liquid.renderer;
    for (const { value, templates } of this.branches) {
      const v = yield toValue(yield value.value(ctx, ctx.opts.lenientIf));
      if (isTruthy(v, ctx)) {
        yield r.renderTemplates(templates, ctx, emitter);
        return;
      }
    }
    yield r.renderTemplates(this.elseTemplates || [], ctx, emitter);
  }
  *children() {
    const templates = this.branches.flatMap((b) => b.templates);
    if (this.elseTemplates) {
      templates.push(...this.elseTemplates);
    }
    return templates;
  }
  arguments() {
    return this.branches.map((b) => b.value);
  }
};
var IncrementTag = class extends Tag {
  constructor(token, remainTokens, liquid) {
    super(token, remainTokens, liquid);
    this.identifier = this.tokenizer.readIdentifier();
    this.variable = this.identifier.content;
  }
  render(context, emitter) {
    const scope = context.environments;
    if (!isNumber2(scope[this.variable])) {
      scope[this.variable] = 0;
    }
    const val = scope[this.variable];
    scope[this.variable]++;
    emitter.write(stringify(val));
  }
  *localScope() {
    yield this.identifier;
  }
};
var LayoutTag = class extends Tag {
  constructor(token, remainTokens, liquid, parser2) {
    super(token, remainTokens, liquid);
    this.file = parseFilePath(this.tokenizer, this.liquid, parser2);
    this.currentFile = token.file;
    this.args = new Hash(this.tokenizer, liquid.options.keyValueSeparator);
    this.templates = parser2.parseTokens(remainTokens);
  }
  *render(ctx, emitter) {
    const { liquid, args, file } = this;
    const { renderer } = liquid;
    if (file === void 0) {
      ctx.setRegister("blockMode", BlockMode.OUTPUT);
      yield renderer.renderTemplates(this.templates, ctx, emitter);
      return;
    }
    const filepath = yield renderFilePath(this.file, ctx, liquid);
    assert(filepath, () => `illegal file path "${filepath}"`);
    const templates = yield liquid._parseLayoutFile(filepath, ctx.sync, this.currentFile);
    ctx.setRegister("blockMode", BlockMode.STORE);
    const html = yield renderer.renderTemplates(this.templates, ctx);
    const blocks = ctx.getRegister("blocks", {});
    if (blocks[""] === void 0)
      blocks[""] = (parent, emitter2) => emitter2.write(html);
    ctx.setRegister("blockMode", BlockMode.OUTPUT);
    ctx.push(createScope(yield args.render(ctx)));
    yield renderer.renderTemplates(templates, ctx, emitter);
    ctx.pop();
  }
  *children(partials) {
    const templates = this.templates.slice();
    if (partials && isString(this.file)) {
      templates.push(...yield this.liquid._parsePartialFile(this.file, true, this.currentFile));
    }
    return templates;
  }
  *arguments() {
    for (const v of Object.values(this.args.hash)) {
      if (isValueToken(v)) {
        yield v;
      }
    }
    if (isValueToken(this.file)) {
      yield this.file;
    }
  }
  partialScope() {
    if (isString(this.file)) {
      return { name: this.file, isolated: false, scope: Object.keys(this.args.hash) };
    }
  }
};
var BlockTag = class extends Tag {
  constructor(token, remainTokens, liquid, parser2) {
    super(token, remainTokens, liquid);
    this.templates = [];
    const match = /\w+/.exec(token.args);
    this.block = match ? match[0] : "";
    while (remainTokens.length) {
      const token2 = remainTokens.shift();
      if (isTagToken(token2) && token2.name === "endblock")
        return;
      const template = parser2.parseToken(token2, remainTokens);
      this.templates.push(template);
    }
    throw new Error(`tag ${token.getText()} not closed`);
  }
  *render(ctx, emitter) {
    const blockRender = this.getBlockRender(ctx);
    if (ctx.getRegister("blockMode") === BlockMode.STORE) {
      ctx.getRegister("blocks", {})[this.block] = blockRender;
    } else {
      yield blockRender(new BlockDrop(), emitter);
    }
  }
  getBlockRender(ctx) {
    const self = this;
    const { liquid, templates } = this;
    const renderChild = ctx.getRegister("blocks", {})[this.block];
    const renderCurrent = function* (superBlock, emitter) {
      const stack = ctx.getRegister("blockStack", []);
      if (stack.includes(self))
        throw new Error("block tag cannot be nested");
      stack.push(self);
      ctx.push(createScope({ block: superBlock }));
      yield liquid.renderer.renderTemplates(templates, ctx, emitter);
      ctx.pop();
      stack.pop();
    };
    return renderChild ? (superBlock, emitter) => renderChild(new BlockDrop((emitter2) => renderCurrent(superBlock, emitter2)), emitter) : renderCurrent;
  }
  *children() {
    return this.templates;
  }
  blockScope() {
    return ["block"];
  }
};
var RawTag = class extends Tag {
  constructor(tagToken, remainTokens, liquid) {
    super(tagToken, remainTokens, liquid);
    this.tokens = [];
    while (remainTokens.length) {
      const token = remainTokens.shift();
      if (isTagToken(token) && token.name === "endraw")
        return;
      this.tokens.push(token);
    }
    throw new Error(`tag ${tagToken.getText()} not closed`);
  }
  render() {
    return this.tokens.map((token) => token.getText()).join("");
  }
};
var TablerowloopDrop = class extends ForloopDrop {
  constructor(length, cols, collection, variable) {
    super(length, collection, variable);
    this.length = length;
    this.cols = cols;
  }
  row() {
    return Math.floor(this.i / this.cols) + 1;
  }
  col0() {
    return this.i % this.cols;
  }
  col() {
    return this.col0() + 1;
  }
  col_first() {
    return this.col0() === 0;
  }
  col_last() {
    return this.col() === this.cols;
  }
};
var TablerowTag = class extends Tag {
  constructor(tagToken, remainTokens, liquid, parser2) {
    super(tagToken, remainTokens, liquid);
    const variable = this.tokenizer.readIdentifier();
    this.tokenizer.skipBlank();
    const predicate = this.tokenizer.readIdentifier();
    const collectionToken = this.tokenizer.readValue();
    if (predicate.content !== "in" || !collectionToken) {
      throw new Error(`illegal tag: ${tagToken.getText()}`);
    }
    this.variable = variable.content;
    this.collection = collectionToken;
    this.args = new Hash(this.tokenizer, liquid.options.keyValueSeparator);
    this.templates = [];
    let p;
    const stream = parser2.parseStream(remainTokens).on("start", () => p = this.templates).on("tag:endtablerow", () => stream.stop()).on("template", (tpl) => p.push(tpl)).on("end", () => {
      throw new Error(`tag ${tagToken.getText()} not closed`);
    });
    stream.start();
  }
  *render(ctx, emitter) {
    let collection = toEnumerable(yield evalToken(this.collection, ctx));
    const args = yield this.args.render(ctx);
    const offset3 = args.offset || 0;
    const limit3 = args.limit === void 0 ? collection.length : args.limit;
    collection = collection.slice(offset3, offset3 + limit3);
    const cols = args.cols || collection.length;
    const r = this.liquid.renderer;
    const tablerowloop = new TablerowloopDrop(collection.length, cols, this.collection.getText(), this.variable);
    const scope = createScope({ tablerowloop });
    ctx.push(scope);
    for (let idx = 0; idx < collection.length; idx++, tablerowloop.next()) {
      scope[this.variable] = collection[idx];
      if (tablerowloop.col0() === 0) {
        if (tablerowloop.row() !== 1)
          emitter.write("</tr>");
        emitter.write(`<tr class="row${tablerowloop.row()}">`);
      }
      emitter.write(`<td class="col${tablerowloop.col()}">`);
      yield r.renderTemplates(this.templates, ctx, emitter);
      emitter.write("</td>");
    }
    if (collection.length)
      emitter.write("</tr>");
    ctx.pop();
  }
  *children() {
    return this.templates;
  }
  *arguments() {
    yield this.collection;
    for (const v of Object.values(this.args.hash)) {
      if (isValueToken(v)) {
        yield v;
      }
    }
  }
  blockScope() {
    return [this.variable, "tablerowloop"];
  }
};
var UnlessTag = class extends Tag {
  constructor(tagToken, remainTokens, liquid, parser2) {
    super(tagToken, remainTokens, liquid);
    this.branches = [];
    this.elseTemplates = [];
    let p = [];
    let elseCount = 0;
    parser2.parseStream(remainTokens).on("start", () => this.branches.push({
      value: new Value(tagToken.tokenizer.readFilteredValue(), this.liquid),
      test: isFalsy,
      templates: p = []
    })).on("tag:elsif", (token) => {
      if (elseCount > 0) {
        p = [];
        return;
      }
      this.branches.push({
        value: new Value(token.tokenizer.readFilteredValue(), this.liquid),
        test: isTruthy,
        templates: p = []
      });
    }).on("tag:else", () => {
      elseCount++;
      p = this.elseTemplates;
    }).on("tag:endunless", function() {
      this.stop();
    }).on("template", (tpl) => {
      if (p !== this.elseTemplates || elseCount === 1) {
        p.push(tpl);
      }
    }).on("end", () => {
      throw new Error(`tag ${tagToken.getText()} not closed`);
    }).start();
  }
  *render(ctx, emitter) {
    const r = this.liquid.renderer;
    for (const { value, test, templates } of this.branches) {
      const v = yield toValue(yield value.value(ctx, ctx.opts.lenientIf));
      if (test(v, ctx)) {
        yield r.renderTemplates(templates, ctx, emitter);
        return;
      }
    }
    yield r.renderTemplates(this.elseTemplates, ctx, emitter);
  }
  *children() {
    const children = this.branches.flatMap((b) => b.templates);
    if (this.elseTemplates) {
      children.push(...this.elseTemplates);
    }
    return children;
  }
  arguments() {
    return this.branches.map((b) => b.value);
  }
};
var BreakTag = class extends Tag {
  render(ctx, _emitter) {
    ctx.breakCalled = true;
  }
};
var ContinueTag = class extends Tag {
  render(ctx, _emitter) {
    ctx.continueCalled = true;
  }
};
var EchoTag = class extends Tag {
  constructor(token, remainTokens, liquid) {
    super(token, remainTokens, liquid);
    this.tokenizer.skipBlank();
    if (!this.tokenizer.end()) {
      this.value = new Value(this.tokenizer.readFilteredValue(), this.liquid);
    }
  }
  *render(ctx, emitter) {
    var _a;
    if (!this.value)
      return;
    let val = yield toValue(yield this.value.value(ctx, false));
    const outputEscape = this.liquid.options.outputEscape;
    if (outputEscape && !((_a = this.value.filters[this.value.filters.length - 1]) === null || _a === void 0 ? void 0 : _a.raw)) {
      val = yield outputEscape.call({ context: ctx, token: this.token, liquid: this.liquid }, val);
    }
    emitter.write(val);
  }
  *arguments() {
    if (this.value) {
      yield this.value;
    }
  }
};
var LiquidTag = class extends Tag {
  constructor(token, remainTokens, liquid, parser2) {
    super(token, remainTokens, liquid);
    const tokens = this.tokenizer.readLiquidTagTokens(this.liquid.options);
    this.templates = parser2.parseTokens(tokens);
  }
  *render(ctx, emitter) {
    yield this.liquid.renderer.renderTemplates(this.templates, ctx, emitter);
  }
  *children() {
    return this.templates;
  }
};
var InlineCommentTag = class extends Tag {
  constructor(tagToken, remainTokens, liquid) {
    super(tagToken, remainTokens, liquid);
    if (tagToken.args.search(/\n\s*[^#\s]/g) !== -1) {
      throw new Error("every line of an inline comment must start with a '#' character");
    }
  }
  render() {
  }
};
var tags = {
  assign: AssignTag,
  "for": ForTag,
  capture: CaptureTag,
  "case": CaseTag,
  comment: CommentTag,
  include: IncludeTag,
  render: RenderTag,
  decrement: DecrementTag,
  increment: IncrementTag,
  cycle: CycleTag,
  "if": IfTag,
  layout: LayoutTag,
  block: BlockTag,
  raw: RawTag,
  tablerow: TablerowTag,
  unless: UnlessTag,
  "break": BreakTag,
  "continue": ContinueTag,
  echo: EchoTag,
  liquid: LiquidTag,
  "#": InlineCommentTag
};
var Liquid = class _Liquid {
  constructor(opts = {}) {
    this.renderer = new Render();
    this.filters = /* @__PURE__ */ Object.create(null);
    this.tags = /* @__PURE__ */ Object.create(null);
    this.options = normalize(opts);
    this.parser = new Parser(this);
    forOwn(tags, (conf, name) => this.registerTag(name, conf));
    forOwn(filters, (handler, name) => this.registerFilter(name, handler));
  }
  parse(html, filepath) {
    const parser2 = new Parser(this);
    return parser2.parse(html, filepath);
  }
  _render(tpl, scope, renderOptions) {
    const ctx = scope instanceof Context ? scope : new Context(scope, this.options, renderOptions, { liquid: this });
    return this.renderer.renderTemplates(tpl, ctx);
  }
  render(tpl, scope, renderOptions) {
    return __awaiter(this, void 0, void 0, function* () {
      return toPromise(this._render(tpl, scope, Object.assign(Object.assign({}, renderOptions), { sync: false })));
    });
  }
  renderSync(tpl, scope, renderOptions) {
    return toValueSync(this._render(tpl, scope, Object.assign(Object.assign({}, renderOptions), { sync: true })));
  }
  renderToNodeStream(tpl, scope, renderOptions = {}) {
    const ctx = new Context(scope, this.options, renderOptions, { liquid: this });
    return this.renderer.renderTemplatesToNodeStream(tpl, ctx);
  }
  _parseAndRender(html, scope, renderOptions) {
    const tpl = this.parse(html);
    return this._render(tpl, scope, renderOptions);
  }
  parseAndRender(html, scope, renderOptions) {
    return __awaiter(this, void 0, void 0, function* () {
      return toPromise(this._parseAndRender(html, scope, Object.assign(Object.assign({}, renderOptions), { sync: false })));
    });
  }
  parseAndRenderSync(html, scope, renderOptions) {
    return toValueSync(this._parseAndRender(html, scope, Object.assign(Object.assign({}, renderOptions), { sync: true })));
  }
  _parsePartialFile(file, sync, currentFile) {
    return new Parser(this).parseFile(file, sync, LookupType.Partials, currentFile);
  }
  _parseLayoutFile(file, sync, currentFile) {
    return new Parser(this).parseFile(file, sync, LookupType.Layouts, currentFile);
  }
  _parseFile(file, sync, lookupType, currentFile) {
    return new Parser(this).parseFile(file, sync, lookupType, currentFile);
  }
  parseFile(file, lookupType) {
    return __awaiter(this, void 0, void 0, function* () {
      return toPromise(new Parser(this).parseFile(file, false, lookupType));
    });
  }
  parseFileSync(file, lookupType) {
    return toValueSync(new Parser(this).parseFile(file, true, lookupType));
  }
  *_renderFile(file, ctx, renderFileOptions) {
    const templates = yield this._parseFile(file, renderFileOptions.sync, renderFileOptions.lookupType);
    return yield this._render(templates, ctx, renderFileOptions);
  }
  renderFile(file, ctx, renderFileOptions) {
    return __awaiter(this, void 0, void 0, function* () {
      return toPromise(this._renderFile(file, ctx, Object.assign(Object.assign({}, renderFileOptions), { sync: false })));
    });
  }
  renderFileSync(file, ctx, renderFileOptions) {
    return toValueSync(this._renderFile(file, ctx, Object.assign(Object.assign({}, renderFileOptions), { sync: true })));
  }
  renderFileToNodeStream(file, scope, renderOptions) {
    return __awaiter(this, void 0, void 0, function* () {
      const templates = yield this.parseFile(file);
      return this.renderToNodeStream(templates, scope, renderOptions);
    });
  }
  _evalValue(str, scope) {
    const value = new Value(str, this);
    const ctx = scope instanceof Context ? scope : new Context(scope, this.options, {}, { liquid: this });
    return value.value(ctx);
  }
  evalValue(str, scope) {
    return __awaiter(this, void 0, void 0, function* () {
      return toPromise(this._evalValue(str, scope));
    });
  }
  evalValueSync(str, scope) {
    return toValueSync(this._evalValue(str, scope));
  }
  registerFilter(name, filter2) {
    this.filters[name] = filter2;
  }
  unregisterFilter(name) {
    delete this.filters[name];
  }
  registerTag(name, tag) {
    this.tags[name] = isFunction(tag) ? tag : createTagClass(tag);
  }
  plugin(plugin) {
    return plugin.call(this, _Liquid);
  }
  express() {
    const self = this;
    let firstCall = true;
    return function(filePath, ctx, callback) {
      if (firstCall) {
        firstCall = false;
        const dirs = normalizeDirectoryList(this.root);
        self.options.root.unshift(...dirs);
        self.options.layouts.unshift(...dirs);
        self.options.partials.unshift(...dirs);
      }
      self.renderFile(filePath, ctx).then((html) => callback(null, html), callback);
    };
  }
  analyze(template, options = {}) {
    return __awaiter(this, void 0, void 0, function* () {
      return analyze(template, options);
    });
  }
  analyzeSync(template, options = {}) {
    return analyzeSync(template, options);
  }
  parseAndAnalyze(html, filename, options = {}) {
    return __awaiter(this, void 0, void 0, function* () {
      return analyze(this.parse(html, filename), options);
    });
  }
  parseAndAnalyzeSync(html, filename, options = {}) {
    return analyzeSync(this.parse(html, filename), options);
  }
  /** Return an array of all variables without their properties. */
  variables(template, options = {}) {
    return __awaiter(this, void 0, void 0, function* () {
      const analysis = yield analyze(isString(template) ? this.parse(template) : template, options);
      return Object.keys(analysis.variables);
    });
  }
  /** Return an array of all variables without their properties. */
  variablesSync(template, options = {}) {
    const analysis = analyzeSync(isString(template) ? this.parse(template) : template, options);
    return Object.keys(analysis.variables);
  }
  /** Return an array of all variables including their properties/paths. */
  fullVariables(template, options = {}) {
    return __awaiter(this, void 0, void 0, function* () {
      const analysis = yield analyze(isString(template) ? this.parse(template) : template, options);
      return Array.from(new Set(Object.values(analysis.variables).flatMap((a) => a.map((v) => String(v)))));
    });
  }
  /** Return an array of all variables including their properties/paths. */
  fullVariablesSync(template, options = {}) {
    const analysis = analyzeSync(isString(template) ? this.parse(template) : template, options);
    return Array.from(new Set(Object.values(analysis.variables).flatMap((a) => a.map((v) => String(v)))));
  }
  /** Return an array of all variables, each as an array of properties/segments. */
  variableSegments(template, options = {}) {
    return __awaiter(this, void 0, void 0, function* () {
      const analysis = yield analyze(isString(template) ? this.parse(template) : template, options);
      return Array.from(strictUniq(Object.values(analysis.variables).flatMap((a) => a.map((v) => v.toArray()))));
    });
  }
  /** Return an array of all variables, each as an array of properties/segments. */
  variableSegmentsSync(template, options = {}) {
    const analysis = analyzeSync(isString(template) ? this.parse(template) : template, options);
    return Array.from(strictUniq(Object.values(analysis.variables).flatMap((a) => a.map((v) => v.toArray()))));
  }
  /** Return an array of all expected context variables without their properties. */
  globalVariables(template, options = {}) {
    return __awaiter(this, void 0, void 0, function* () {
      const analysis = yield analyze(isString(template) ? this.parse(template) : template, options);
      return Object.keys(analysis.globals);
    });
  }
  /** Return an array of all expected context variables without their properties. */
  globalVariablesSync(template, options = {}) {
    const analysis = analyzeSync(isString(template) ? this.parse(template) : template, options);
    return Object.keys(analysis.globals);
  }
  /** Return an array of all expected context variables including their properties/paths. */
  globalFullVariables(template, options = {}) {
    return __awaiter(this, void 0, void 0, function* () {
      const analysis = yield analyze(isString(template) ? this.parse(template) : template, options);
      return Array.from(new Set(Object.values(analysis.globals).flatMap((a) => a.map((v) => String(v)))));
    });
  }
  /** Return an array of all expected context variables including their properties/paths. */
  globalFullVariablesSync(template, options = {}) {
    const analysis = analyzeSync(isString(template) ? this.parse(template) : template, options);
    return Array.from(new Set(Object.values(analysis.globals).flatMap((a) => a.map((v) => String(v)))));
  }
  /** Return an array of all expected context variables, each as an array of properties/segments. */
  globalVariableSegments(template, options = {}) {
    return __awaiter(this, void 0, void 0, function* () {
      const analysis = yield analyze(isString(template) ? this.parse(template) : template, options);
      return Array.from(strictUniq(Object.values(analysis.globals).flatMap((a) => a.map((v) => v.toArray()))));
    });
  }
  /** Return an array of all expected context variables, each as an array of properties/segments. */
  globalVariableSegmentsSync(template, options = {}) {
    const analysis = analyzeSync(isString(template) ? this.parse(template) : template, options);
    return Array.from(strictUniq(Object.values(analysis.globals).flatMap((a) => a.map((v) => v.toArray()))));
  }
};

// src/config/template.ts
var loopback = "127.0.0.1";
var engine = new Liquid({ strictVariables: true, strictFilters: true, ownPropertyOnly: true, templates: {} });
engine.registerFilter(
  "map",
  (items, property) => (Array.isArray(items) ? items : [items]).map((item) => {
    if (typeof item === "object" && item !== null && Object.hasOwn(item, property)) {
      const value = Reflect.get(item, property);
      return value;
    }
    throw new UnknownProperty(property, typeof item === "object" && item !== null ? Object.keys(item) : []);
  })
);
var UnknownProperty = class extends Error {
  property;
  known;
  constructor(property, known2) {
    super(`map: there is no "${property}" in each item`);
    this.property = property;
    this.known = known2;
  }
};
function renderTemplate(template, scope) {
  try {
    return { text: String(engine.parseAndRenderSync(template, scope)) };
  } catch (error) {
    if (!LiquidError.is(error)) throw error;
    const [row, column] = error.token.getPosition();
    const position = { row: row ?? 1, column: column ?? 1 };
    const cause = error.originalError;
    if (cause instanceof UnknownProperty) {
      return {
        problem: { message: cause.message, hint: suggest(cause.property, cause.known, "each has"), ...position }
      };
    }
    const message = (cause?.message ?? error.message).replace(/, line:\d+, col:\d+$/, "");
    if (error instanceof UndefinedVariableError || message.startsWith("undefined variable: ")) {
      const name = message.replace(/^undefined variable: /, "");
      return {
        problem: { message: `there is no ${name} in a template here`, hint: variableHint(name, scope), ...position }
      };
    }
    const filter2 = /^undefined filter: (.*)$/.exec(message)?.[1];
    if (filter2 !== void 0) {
      const hint = suggest(filter2, Object.keys(engine.filters), "filters");
      return {
        problem: {
          message: `there is no filter ${filter2}`,
          hint: hint.length > 120 ? "see the filters of Liquid" : hint,
          ...position
        }
      };
    }
    return { problem: { message: `template: ${message}`, ...position } };
  }
}
function renderNode(broker, context) {
  const { rendered, problems } = tryRenderNode(broker, context);
  throwProblems(
    problems.map(
      ({ path, message, hint }) => ({ message: `${path.join(".")}: ${message}`, ...hint ? { hint } : {} })
    )
  );
  return rendered;
}
function checkTemplates(broker, nodes) {
  const found2 = /* @__PURE__ */ new Map();
  for (const mutant of [void 0, "none"]) {
    for (let index = 1; index <= nodes; index++) {
      for (const problem of tryRenderNode(broker, madeUpContext(broker, nodes, index, mutant)).problems) {
        const key = `${problem.path.join(".")}:${problem.row}:${problem.column}`;
        if (!found2.has(key)) found2.set(key, problem);
      }
    }
  }
  return [...found2.values()];
}
function nodeNames(nodes) {
  return Array.from({ length: nodes }, (_, index) => `node${index + 1}`);
}
function tryRenderNode(broker, context) {
  const scope = scopeOf(context);
  const problems = [];
  const render = (template, path) => {
    const result = renderTemplate(template, scope);
    if ("text" in result) return result.text;
    problems.push({ ...result.problem, path });
    return "";
  };
  const renderAll = (templates, key) => Object.fromEntries(
    Object.entries(templates).map(([name, template]) => [name, render(template, ["broker", key, name])])
  );
  const rendered = {
    command: render(broker.start, ["broker", "start"]).trim(),
    env: renderAll(broker.env, "env"),
    files: renderAll(broker.files, "files"),
    ...broker.ready.http === void 0 ? {} : { readyHttp: render(broker.ready.http, ["broker", "ready", "http"]).trim() },
    ...broker.metrics === void 0 ? {} : { metrics: render(broker.metrics, ["broker", "metrics"]).trim() }
  };
  if (rendered.command === "" && !problems.some(({ path }) => path[1] === "start")) {
    problems.push({ path: ["broker", "start"], message: "the command is empty once rendered", row: 1, column: 1 });
  }
  for (const [key, path] of [
    ["readyHttp", ["broker", "ready", "http"]],
    ["metrics", ["broker", "metrics"]]
  ]) {
    const address = rendered[key];
    if (address === void 0 || address === "" || URL.canParse(address) && /^https?:/.test(address)) continue;
    problems.push({
      path,
      message: `"${address}" is no address`,
      hint: "write http://127.0.0.1:{{ node.ports.NAME }}/...",
      row: 1,
      column: 1
    });
  }
  return { rendered, problems };
}
function scopeOf(context) {
  const { node, peers, cluster, mutant } = context;
  return {
    node: { ...node, host: loopback },
    peers: peers.map((peer) => ({
      name: peer.name,
      index: peer.index,
      host: loopback,
      ports: peer.ports,
      ...Object.fromEntries(Object.entries(peer.ports).map(([name, port]) => [name, `${loopback}:${port}`]))
    })),
    cluster: { name: cluster.name, nodes: cluster.nodes, size: cluster.nodes.length },
    tool: { folder: distPath("."), node: process.execPath },
    // Liquid takes an empty text for true and a missing name for a mistake; only nil is neither.
    mutant: mutant ?? null
  };
}
function madeUpContext(broker, nodes, index, mutant) {
  const names = nodeNames(nodes);
  const ports = (of, list3) => Object.fromEntries(list3.map((name, position) => [name, 2e4 + of * 100 + position]));
  return {
    node: { name: `node${index}`, index, ports: ports(index, broker.ports), folder: "/node/folder" },
    peers: names.flatMap(
      (name, position) => position + 1 === index ? [] : [{ name, index: position + 1, ports: ports(position + 1, broker.peerPorts) }]
    ),
    cluster: { name: "chaos", nodes: names },
    mutant
  };
}
function variableHint(name, scope) {
  const parts = name.split(".");
  let current = scope;
  for (const [depth, part] of parts.entries()) {
    if (typeof current !== "object" || current === null) break;
    if (Array.isArray(current)) return `there are ${current.length} of them`;
    if (Object.hasOwn(current, part)) {
      current = Reflect.get(current, part);
      continue;
    }
    const peers = scope.peers;
    const peer = Array.isArray(peers) ? peers[0] : void 0;
    if (depth === 0 && parts.length > 1 && typeof peer === "object" && peer !== null) {
      return suggest(parts.at(-1) ?? "", Object.keys(peer), "a peer has");
    }
    const before = parts.slice(0, depth).join(".");
    return suggest(part, Object.keys(current), before === "" ? "there is" : `${before} has`);
  }
  return "it has no such property";
}

// src/config/yaml-file.ts
var import_yaml = __toESM(require_dist2(), 1);
import { readFileSync as readFileSync3 } from "node:fs";
import { isAbsolute, relative, resolve as resolve2 } from "node:path";
function shownPath(file, cwd) {
  const absolute = resolve2(cwd, file);
  const inside = relative(cwd, absolute);
  return inside === "" || inside.startsWith("..") || isAbsolute(inside) ? absolute : inside;
}
function readText(file, cwd, hint) {
  const absolute = resolve2(cwd, file);
  try {
    return { text: readFileSync3(absolute, "utf8") };
  } catch (error) {
    const code2 = typeof error === "object" && error !== null && "code" in error ? error.code : void 0;
    const location = { file: shownPath(file, cwd) };
    if (code2 === "ENOENT" || code2 === "ENOTDIR") {
      return {
        problem: {
          message: "there is no such file",
          hint: `looked for ${absolute}${hint ? `; ${hint}` : ""}`,
          location
        }
      };
    }
    if (code2 === "EISDIR") return { problem: { message: "this is a folder, not a file", location } };
    return { problem: { message: `cannot be read: ${messageOf(error)}`, location } };
  }
}
function parseYaml(text2, file, restore2 = (same) => same) {
  const lineCounter = new import_yaml.LineCounter();
  const document = (0, import_yaml.parseDocument)(text2, {
    lineCounter,
    prettyErrors: false,
    strict: true,
    uniqueKeys: true,
    logLevel: "error"
  });
  const at = (offset3) => {
    const { line, col } = lineCounter.linePos(offset3);
    return { file, line: Math.max(1, line), column: Math.max(1, col) };
  };
  const seenLines = /* @__PURE__ */ new Set();
  const problems = [];
  for (const error of document.errors) {
    const location = at(error.pos[0]);
    if (seenLines.has(location.line ?? 0)) continue;
    seenLines.add(location.line ?? 0);
    const hint = syntaxHint(error.code, lineText(text2, location.line ?? 1));
    problems.push({ message: restore2(syntaxMessage(error.code, error.message)), location, ...hint ? { hint } : {} });
  }
  if (problems.length > 0) return { problems };
  if (document.contents === null || (0, import_yaml.isScalar)(document.contents) && document.contents.value === null) {
    return { problems: [{ message: "the file is empty", location: { file, line: 1, column: 1 } }] };
  }
  if (!(0, import_yaml.isMap)(document.contents)) {
    return {
      problems: [
        { message: "the file must hold keys and values at its top level", location: at(offsetOf(document.contents)) }
      ]
    };
  }
  return { yaml: createYamlFile(restore2(text2), file, document, at, restore2), problems: [] };
}
function createYamlFile(text2, file, document, at, restore2) {
  const nodeAt = (path) => {
    let node = resolved(document, document.contents);
    for (const key of path) {
      node = resolved(document, childOf(node, key));
      if (node === void 0) return void 0;
    }
    return node;
  };
  const keyOffset = (path) => {
    const parent = nodeAt(path.slice(0, -1));
    const name = path.at(-1);
    if (!(0, import_yaml.isMap)(parent)) return void 0;
    const pair = parent.items.find((item) => keyText(item.key) === String(name));
    return pair ? offsetOf(pair.key) : void 0;
  };
  const locate = (path) => {
    const node = nodeAt(path);
    if (node?.range) return at(node.range[0]);
    const key = path.length > 0 ? keyOffset(path) : void 0;
    if (key !== void 0) return at(key);
    const parent = path.slice(0, -1);
    return path.length === 0 ? { file, line: 1, column: 1 } : locateKey(parent);
  };
  const locateKey = (path) => {
    const key = path.length > 0 ? keyOffset(path) : void 0;
    return key === void 0 ? locate(path) : at(key);
  };
  return {
    file,
    mapScalars(change) {
      const walk = (node, path) => {
        if ((0, import_yaml.isMap)(node)) {
          for (const pair of node.items) {
            if ((0, import_yaml.isScalar)(pair.key) && typeof pair.key.value === "string") pair.key.value = restore2(pair.key.value);
            walk(pair.value, [...path, keyText(pair.key)]);
          }
        } else if ((0, import_yaml.isSeq)(node)) for (const [index, item] of node.items.entries()) walk(item, [...path, index]);
        else if ((0, import_yaml.isScalar)(node)) node.value = change(path, node.value, node.source ?? String(node.value ?? ""));
      };
      walk(document.contents, []);
    },
    toValue: () => document.toJS(),
    locate,
    locateKey,
    has: (path) => nodeAt(path) !== void 0,
    locateInside(path, row, column) {
      const node = nodeAt(path);
      if (!(0, import_yaml.isScalar)(node) || !node.range) return locate(path);
      const start = at(node.range[0]);
      const line = start.line ?? 1;
      if (node.type === import_yaml.Scalar.BLOCK_LITERAL) {
        const wanted = line + row;
        return { file, line: wanted, column: indentOf(text2, line + 1) + column };
      }
      const singleLine = !text2.slice(node.range[0], node.range[1]).includes("\n");
      if (!singleLine || row !== 1 || node.type === import_yaml.Scalar.BLOCK_FOLDED) return start;
      const quote = node.type === import_yaml.Scalar.PLAIN ? 0 : 1;
      return { file, line, column: (start.column ?? 1) + quote + column - 1 };
    },
    sourceOf(path) {
      const range2 = nodeAt(path)?.range;
      return range2 ? text2.slice(range2[0], range2[1]) : "";
    }
  };
}
function resolved(document, node) {
  if ((0, import_yaml.isAlias)(node)) return node.resolve(document);
  return (0, import_yaml.isMap)(node) || (0, import_yaml.isSeq)(node) || (0, import_yaml.isScalar)(node) ? node : void 0;
}
function childOf(node, key) {
  if ((0, import_yaml.isMap)(node)) return node.items.find((item) => keyText(item.key) === String(key))?.value;
  return (0, import_yaml.isSeq)(node) ? node.items[Number(key)] : void 0;
}
function keyText(key) {
  return (0, import_yaml.isScalar)(key) ? String(key.value) : String(key);
}
function offsetOf(node) {
  return (0, import_yaml.isMap)(node) || (0, import_yaml.isSeq)(node) || (0, import_yaml.isScalar)(node) || (0, import_yaml.isAlias)(node) ? node.range?.[0] ?? 0 : 0;
}
function lineText(text2, line) {
  return text2.split("\n")[line - 1] ?? "";
}
function indentOf(text2, line) {
  const found2 = text2.split("\n").slice(line - 1).find((candidate) => candidate.trim() !== "");
  return found2 === void 0 ? 0 : found2.length - found2.trimStart().length;
}
function syntaxMessage(code2, message) {
  if (code2 === "DUPLICATE_KEY") return "this key is here twice";
  if (code2 === "TAB_AS_INDENT") return "a tab cannot indent in YAML";
  if (code2 === "MULTIPLE_DOCS") return "the file holds several YAML documents";
  return `not valid YAML: ${message.charAt(0).toLowerCase()}${message.slice(1)}`;
}
function syntaxHint(code2, line) {
  if (code2 === "DUPLICATE_KEY") return "keep one of them";
  if (code2 === "TAB_AS_INDENT") return "indent with spaces";
  if (code2 === "MULTIPLE_DOCS") return 'remove the line "---" and what follows';
  if (/:\s*\{\{|[[,]\s*\{\{|-\s+\{\{/.test(line)) return templateHint;
  if (/:\s*\{%|-\s+\{%/.test(line)) return templateHint;
  if (code2 === "BLOCK_AS_IMPLICIT_KEY") return 'put a text that holds ": " in quotes, and check the indentation';
  if (code2 === "BAD_SCALAR_START") return "put the text in quotes";
  return void 0;
}
var templateHint = "put a text that begins with {{ or {% in quotes";

// src/config/zod-problems.ts
import { z as z3 } from "#vendor/zod.js";
function toProblems(issues, context) {
  const { yaml, schema, value, prefix = [], otherKeys = [] } = context;
  return issues.flatMap((issue) => {
    const path = [...prefix, ...issue.path];
    const name = showPath(path);
    const subject = name === "" ? "" : `${name}: `;
    const found2 = valueAt(value, issue.path);
    switch (issue.code) {
      case "unrecognized_keys": {
        const known2 = [...knownKeys(schema, issue.path), ...issue.path.length === 0 ? otherKeys : []];
        return issue.keys.map((key) => ({
          message: `${showPath([...path, key])} is not a known key`,
          hint: keyHint(key, known2),
          location: yaml.locateKey([...path, key])
        }));
      }
      case "custom": {
        if (issue.params?.missing === true) return [missing2(yaml, path)];
        if (isUnquotedTemplate(found2, yaml.sourceOf(path))) return [unquotedTemplate(yaml, path)];
        const hint = issue.params?.hint;
        return [
          {
            message: `${subject}${issue.message}`,
            ...typeof hint === "string" ? { hint } : {},
            location: yaml.locate(path)
          }
        ];
      }
      case "invalid_type": {
        if (found2 === void 0) return [missing2(yaml, path)];
        if (isUnquotedTemplate(found2, yaml.sourceOf(path))) return [unquotedTemplate(yaml, path)];
        const hint = typeHint(issue.expected, found2, yaml.sourceOf(path));
        return [
          {
            message: `${subject}${show(found2)} is not ${typeNames[issue.expected] ?? issue.expected}`,
            ...hint === void 0 ? {} : { hint },
            location: yaml.locate(path)
          }
        ];
      }
      case "invalid_value": {
        const words = issue.values.map(String);
        const match = typeof found2 === "string" ? nearest(found2, words) : void 0;
        return [
          {
            message: `${subject}${show(found2)} is not one of ${words.join(", ")}`,
            ...match === void 0 ? {} : { hint: `did you mean "${match}"?` },
            location: yaml.locate(path)
          }
        ];
      }
      case "too_small":
        if (found2 === "") return [{ message: `${name} is empty`, location: yaml.locate(path) }];
        if (Array.isArray(found2))
          return [{ message: `${name} needs at least ${issue.minimum}`, location: yaml.locate(path) }];
        return [{ message: `${subject}${show(found2)} is below ${issue.minimum}`, location: yaml.locate(path) }];
      case "too_big":
        if (Array.isArray(found2))
          return [{ message: `${name} can have ${issue.maximum} at most`, location: yaml.locate(path) }];
        return [{ message: `${subject}${show(found2)} is above ${issue.maximum}`, location: yaml.locate(path) }];
      case "invalid_union": {
        const meant = issue.errors.find(
          (errors) => errors.length > 0 && errors.every((inner) => inner.path.length > 0)
        );
        if (meant !== void 0) return toProblems(meant, { yaml, schema: z3.unknown(), value: found2, prefix: path });
        const wanted = issue.errors.flatMap(([first2]) => first2 === void 0 ? [] : [alternative(first2)]);
        return [
          {
            message: `${subject}${show(found2)} is not ${wanted.join(" or ") || "allowed here"}`,
            location: yaml.locate(path)
          }
        ];
      }
      default:
        return [{ message: `${subject}${issue.message}`, location: yaml.locate(path) }];
    }
  });
}
function showPath(path) {
  return path.map((key, index) => typeof key === "number" ? `[${key}]` : `${index === 0 ? "" : "."}${String(key)}`).join("");
}
function keysOf(schema) {
  const object = unwrap(schema);
  return object instanceof z3.ZodObject ? Object.keys(object.shape) : [];
}
function knownKeys(schema, path) {
  let current = unwrap(schema);
  for (const key of path) {
    const next = childSchema(current, key);
    if (next === void 0) return [];
    current = unwrap(next);
  }
  return keysOf(current);
}
function childSchema(schema, key) {
  if (schema instanceof z3.ZodObject) return asSchema(schema.shape[String(key)]);
  if (schema instanceof z3.ZodArray) return asSchema(schema.element);
  if (schema instanceof z3.ZodRecord) return asSchema(schema.valueType);
  return void 0;
}
function unwrap(schema) {
  if (schema instanceof z3.ZodOptional || schema instanceof z3.ZodDefault || schema instanceof z3.ZodPrefault || schema instanceof z3.ZodNullable) {
    return unwrap(asSchema(schema.unwrap()) ?? schema);
  }
  if (schema instanceof z3.ZodPipe) return unwrap(asSchema(schema.in) ?? schema);
  return schema;
}
function asSchema(value) {
  return value instanceof z3.ZodType ? value : void 0;
}
function keyHint(key, known2) {
  const kebab = key.replaceAll("_", "-").replace(/([a-z])([A-Z])/g, "$1-$2").toLowerCase();
  return suggest(known2.includes(kebab) ? kebab : key, known2);
}
function missing2(yaml, path) {
  return { message: `${showPath(path)} is missing`, location: yaml.locate(path) };
}
function isUnquotedTemplate(found2, source) {
  return typeof found2 === "object" && found2 !== null && /^\{[{%]/.test(source);
}
function unquotedTemplate(yaml, path) {
  return {
    message: `${showPath(path)}: YAML reads this template as a map`,
    hint: templateHint,
    location: yaml.locate(path)
  };
}
function alternative(issue) {
  if (issue.code === "invalid_value") return issue.values.map(String).join(" or ");
  if (issue.code === "invalid_type") return typeNames[issue.expected] ?? issue.expected;
  return issue.message;
}
var typeNames = {
  string: "text",
  number: "a number",
  int: "a whole number",
  boolean: "true or false",
  array: "a list",
  object: "a map of keys and values",
  record: "a map of keys and values"
};
function typeHint(expected2, found2, source) {
  if (expected2 === "string" && (typeof found2 === "number" || typeof found2 === "boolean"))
    return `put it in quotes: "${source}"`;
  if (expected2 === "array" && typeof found2 === "string") return `write [${found2}]`;
  if (expected2 === "boolean" && typeof found2 === "string") return "write true or false, without quotes";
  return void 0;
}
function valueAt(value, path) {
  let current = value;
  for (const key of path) {
    if (typeof current !== "object" || current === null) return void 0;
    current = Reflect.get(current, key);
  }
  return current;
}
function withoutIssues(value, issues) {
  const copy = structuredClone(value);
  const paths = issues.flatMap(
    (issue) => issue.code === "unrecognized_keys" ? issue.keys.map((key) => [...issue.path, key]) : [issue.path]
  );
  const removed = [];
  for (const path of paths) {
    const list3 = path.findIndex((key) => typeof key === "number");
    const whole3 = list3 === -1 ? path : path.slice(0, list3);
    const last2 = whole3.at(-1);
    const parent = valueAt(copy, whole3.slice(0, -1));
    removed.push(whole3);
    if (last2 !== void 0 && typeof parent === "object" && parent !== null) Reflect.deleteProperty(parent, last2);
  }
  return { value: copy, removed };
}

// src/config/scenarios.ts
function loadScenarios(options) {
  const { scenarios, problems } = readScenarios(options);
  throwProblems(problems);
  return scenarios;
}
function readScenarios(options) {
  const { cwd, names, set = {} } = options;
  const named2 = (names ?? []).filter(isPath).map((path) => resolve3(cwd, path));
  const { read: read2, byName, problems: broken2 } = readCatalogue(options, named2);
  const problems = [...broken2];
  let chosen;
  if (names !== void 0) {
    chosen = [];
    for (const name of names) {
      const found2 = isPath(name) ? read2.find((one) => one.file === resolve3(cwd, name)) : byName.get(name);
      if (found2 === void 0) {
        problems.push({
          message: `there is no scenario "${name}"`,
          hint: suggest(name, [...byName.keys()], "scenarios")
        });
      } else if (!chosen.includes(found2)) chosen.push(found2);
    }
  } else {
    const wanted = options.tiers ?? tiers;
    chosen = read2.filter(
      (one) => one.scenario !== void 0 && (wanted.includes(one.scenario.tier) || one.name === "baseline")
    );
    chosen.sort((a, b) => runOrder(a.scenario, b.scenario));
    for (const tier of options.tiers ?? []) {
      if (read2.some((one) => one.scenario?.tier === tier) || problems.length > 0) continue;
      problems.push({ message: `there is no scenario of the tier ${tier}` });
    }
  }
  const settable = read2.filter((one) => chosen.includes(one) || one.scenario === void 0);
  problems.push(
    ...unknownSettings(
      set,
      settable.flatMap((one) => one.parameterNames)
    )
  );
  return {
    scenarios: chosen.map((one) => one.scenario).filter((scenario) => scenario !== void 0),
    names: [...byName.keys()],
    problems
  };
}
function readCatalogue(options, named2) {
  const { cwd, folders = [shippedFolder("scenarios")] } = options;
  const problems = [];
  const files2 = folders.flatMap((folder) => {
    const absolute = resolve3(cwd, folder);
    if (!existsSync3(absolute)) {
      problems.push({ message: "there is no such folder of scenarios", location: { file: shownPath(folder, cwd) } });
    }
    return yamlFiles(absolute);
  });
  const isNamed2 = (file) => named2.includes(file);
  const read2 = [.../* @__PURE__ */ new Set([...named2, ...files2])].map(
    (file) => readScenario(file, { ...options, isNamed: isNamed2(file) })
  );
  problems.push(...read2.flatMap((one) => one.problems));
  const byName = /* @__PURE__ */ new Map();
  for (const one of read2) {
    if (one.name === void 0) continue;
    const other = byName.get(one.name);
    if (other === void 0) byName.set(one.name, one);
    else if (!isNamed2(other.file) || isNamed2(one.file)) {
      problems.push({
        message: `there are two scenarios called "${one.name}"`,
        hint: `the other is ${shownPath(other.file, cwd)}`,
        location: one.locateName ?? { file: shownPath(one.file, cwd) }
      });
    }
  }
  return { read: read2, byName, problems };
}
function unknownSettings(set, parameters) {
  const known2 = [...new Set(parameters)].sort();
  const list3 = known2.length === 0 ? "the chosen scenarios have none" : `parameters of the chosen scenarios: ${known2.join(", ")}`;
  return Object.keys(set).filter((name) => !known2.includes(name)).map((name) => {
    const match = nearest(name, known2);
    return {
      message: `--set ${name}: no chosen scenario has the parameter "${name}"`,
      hint: match === void 0 ? list3 : `did you mean "${match}"? ${list3}`
    };
  });
}
function parseTiers(text2) {
  const found2 = [];
  const problems = [];
  for (const word of text2.split(",").map((part) => part.trim())) {
    if (word === "") continue;
    const tier = tiers.find((name) => name === word);
    if (tier === void 0)
      problems.push({ message: `there is no tier "${word}"`, hint: suggest(word, tiers, "tiers") });
    else if (!found2.includes(tier)) found2.push(tier);
  }
  if (found2.length === 0 && problems.length === 0)
    problems.push({ message: "no tier is given", hint: `tiers: ${tiers.join(", ")}` });
  throwProblems(problems);
  return found2;
}
function parseSettings(settings) {
  const problems = [];
  const map2 = {};
  for (const setting of settings) {
    const [, name, value] = /^([^=\s]+)\s*=\s*(.+)$/s.exec(setting.trim()) ?? [];
    if (name === void 0 || value === void 0) {
      problems.push({ message: `--set ${setting}: this is not NAME=VALUE`, hint: "write --set delay=50ms" });
    } else map2[name] = value;
  }
  throwProblems(problems);
  return map2;
}
function runOrder(a, b) {
  if (a === void 0 || b === void 0) return 0;
  const rank = (scenario) => scenario.name === "baseline" ? -1 : tiers.indexOf(scenario.tier) * 10 + severities.indexOf(scenario.severity);
  return rank(a) - rank(b) || (a.name < b.name ? -1 : 1);
}
function isPath(name) {
  return /[/\\]|\.ya?ml$/.test(name);
}
function readScenario(file, options) {
  const { cwd, set = {}, faultKinds: faultKinds2 } = options;
  const text2 = readText(file, cwd, `or name one of the shipped scenarios; chaos-action list prints them`);
  if ("problem" in text2) return { file, parameterNames: [], problems: [text2.problem] };
  const { yaml, problems: syntax } = parseYaml(text2.text, shownPath(file, cwd));
  if (yaml === void 0) return { file, parameterNames: [], problems: syntax };
  const parameters = readParameters(yaml, set);
  const problems = [];
  const broken2 = /* @__PURE__ */ new Set();
  yaml.mapScalars((path, value2, source) => {
    if (path[0] === "parameters") return value2 === null ? value2 : parameters[String(path[1])] ?? source;
    if (typeof value2 !== "string" || !/\{[{%]/.test(value2)) return value2;
    const result2 = renderTemplate(value2, parameters);
    if ("text" in result2) return result2.text;
    const { message, hint, row, column } = result2.problem;
    broken2.add(showPath(path));
    problems.push({
      message: `${showPath(path)}: ${message.replace(/ in a template here$/, " among the parameters")}`,
      ...hint === void 0 ? {} : { hint },
      location: yaml.locateInside(path, row, column)
    });
    return value2;
  });
  const value = yaml.toValue();
  const result = scenarioSchema.safeParse(value);
  const problemsOfSchema = result.success ? [] : toProblems(
    result.error.issues.filter((issue) => !broken2.has(showPath(issue.path))),
    { yaml, schema: scenarioSchema, value }
  );
  problems.push(...problemsOfSchema);
  const entries = faultEntries(value);
  const checked = entries.map(
    (entry, index) => checkFault(entry, index, { yaml, faultKinds: faultKinds2, broken: broken2, nodes: options.nodes })
  );
  problems.push(...checked.flatMap((one) => one.problems));
  const name = rawName(value);
  const identity = {
    file,
    ...name === void 0 ? {} : { name, locateName: yaml.locate(["name"]) },
    parameterNames: Object.keys(parameters)
  };
  if (!result.success) return { ...identity, problems };
  const parsed = result.data;
  const { expect } = parsed;
  const phases2 = { ...parsed.phases, hold: options.holdMs ?? parsed.phases.hold };
  const faults2 = (parsed.faults ?? []).map((fault, index) => {
    const on = fault.on ?? checked[index]?.on ?? { type: "links", which: "cluster" };
    const atMs = fault.at ?? 0;
    const forMs = fault.for === void 0 || fault.for === "hold" ? void 0 : fault.for;
    if (atMs >= phases2.hold) {
      problems.push({
        message: `faults[${index}].at: the fault begins ${formatMs(atMs)} into a hold of ${formatMs(phases2.hold)}`,
        hint: "begin it sooner, or make phases.hold longer",
        location: yaml.locate(["faults", index, "at"])
      });
    } else if (forMs !== void 0 && atMs + forMs > phases2.hold) {
      problems.push({
        message: `faults[${index}].for: the fault would outlast hold by ${formatMs(atMs + forMs - phases2.hold)}`,
        hint: "write hold, or make phases.hold longer",
        location: yaml.locate(["faults", index, "for"])
      });
    }
    const inTurn = fault["in-turn"] === true;
    if (inTurn && (on.type === "links" || on.type === "path")) {
      problems.push({
        message: `faults[${index}].in-turn: only nodes have turns`,
        hint: `write on: all, another choice of nodes or { nodes: [node1, node2] }`,
        location: yaml.locate(["faults", index, "in-turn"])
      });
    }
    return {
      kind: fault.kind,
      on,
      atMs,
      ...forMs === void 0 ? {} : { forMs },
      ...inTurn ? { inTurn } : {},
      parameters: checked[index]?.parameters ?? {},
      location: yaml.locate(["faults", index])
    };
  });
  if (expect.recovery > phases2.recover) {
    problems.push({
      message: `expect.recovery: ${formatMs(expect.recovery)} cannot be seen in a recover phase of ${formatMs(phases2.recover)}`,
      hint: "make phases.recover longer, or expect less",
      location: yaml.locate(["expect", "recovery"])
    });
  }
  if (problems.length > 0) return { ...identity, problems };
  const scenario = {
    name: parsed.name,
    ownName: parsed.name,
    ...options.isNamed ? { path: shownPath(file, cwd) } : {},
    title: parsed.title,
    tier: parsed.tier,
    severity: parsed.severity,
    dimension: parsed.dimension,
    parameters,
    phases: { steadyMs: phases2.steady, holdMs: phases2.hold, recoverMs: phases2.recover },
    faults: faults2,
    expect: { availability: expect.availability, p99LatencyMs: expect["p99-latency"], recoveryMs: expect.recovery },
    expectLocations: {
      availability: yaml.locateKey(["expect", "availability"]),
      "p99-latency": yaml.locateKey(["expect", "p99-latency"]),
      recovery: yaml.locateKey(["expect", "recovery"])
    },
    location: yaml.locateKey(["name"])
  };
  return { ...identity, scenario, problems };
}
function readParameters(yaml, set) {
  const parameters = {};
  yaml.mapScalars((path, value, source) => {
    const [section, name] = path;
    if (section === "parameters" && path.length === 2 && value !== null) {
      parameters[String(name)] = set[String(name)] ?? (typeof value === "string" ? value : source);
    }
    return value;
  });
  return parameters;
}
function faultEntries(value) {
  if (typeof value !== "object" || value === null) return [];
  const faults2 = Reflect.get(value, "faults");
  return Array.isArray(faults2) ? faults2.map((entry) => isRecord(entry) ? entry : {}) : [];
}
function rawName(value) {
  const name = isRecord(value) ? value.name : void 0;
  return typeof name === "string" ? name : void 0;
}
function isRecord(value) {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
function checkFault(entry, index, context) {
  const { yaml, faultKinds: faultKinds2, broken: broken2, nodes } = context;
  const prefix = ["faults", index];
  const kindName = entry.kind;
  const namesPeers = nodes === 1 && typeof kindName === "string" && faultKinds2.get(kindName)?.strikes === "links";
  const problems = nodes === void 0 || namesPeers ? [] : unknownNodes(entry, prefix, yaml, nodes);
  if (typeof kindName !== "string" || kindName === "") return { problems };
  const kind = faultKinds2.get(kindName);
  if (kind === void 0) {
    problems.push({
      message: `faults[${index}].kind: there is no fault kind "${kindName}"`,
      hint: suggest(kindName, [...faultKinds2.keys()], "fault kinds"),
      location: yaml.locate([...prefix, "kind"])
    });
    return { problems };
  }
  if (entry.on === void 0 && kind.strikes === "nodes") {
    problems.push({
      message: `faults[${index}].on is missing`,
      hint: `${kindName} strikes nodes: write ${targetWords.filter((word) => !word.startsWith("links.")).join(", ")} or { nodes: [node1] }`,
      location: yaml.locate(prefix)
    });
  }
  const strikesLinks = typeof entry.on === "string" && entry.on.startsWith("links.") || isRecord(entry.on) && "from" in entry.on;
  if (kind.strikes === "nodes" && strikesLinks) {
    problems.push({
      message: `faults[${index}].on: ${kindName} strikes nodes, not links`,
      hint: `write ${targetWords.filter((word) => !word.startsWith("links.")).join(", ")} or { nodes: [node1] }`,
      location: yaml.locate([...prefix, "on"])
    });
  }
  const given = Object.fromEntries(Object.entries(entry).filter(([key]) => !faultKeys.some((known3) => known3 === key)));
  const result = kind.parameters.safeParse(given);
  if (!result.success) {
    const issues = result.error.issues.filter((issue) => !broken2.has(showPath([...prefix, ...issue.path])));
    problems.push(...toProblems(issues, { yaml, schema: kind.parameters, value: given, prefix, otherKeys: faultKeys }));
    return { problems };
  }
  const known2 = keysOf(kind.parameters);
  if (known2.length > 0 || Object.keys(given).length > 0) {
    for (const key of Object.keys(given)) {
      if (known2.includes(key) || isRecord(result.data) && key in result.data) continue;
      problems.push({
        message: `faults[${index}].${key} is not a known key`,
        hint: suggest(key, [...known2, ...faultKeys]),
        location: yaml.locateKey([...prefix, key])
      });
    }
  }
  return { parameters: isRecord(result.data) ? result.data : {}, problems };
}
function unknownNodes(value, path, yaml, nodes) {
  const last2 = path.at(-1);
  if (typeof value === "string") {
    const names = nodeNames(nodes);
    const inNodeList = path.includes("nodes") || last2 === "from" || last2 === "to";
    if (names.includes(value) || !(inNodeList || /^node-?_?\d+$/.test(value))) return [];
    return [
      {
        message: `${showPath(path)}: there is no node "${value}" in a cluster of ${nodes}`,
        hint: `nodes: ${names.join(", ")}`,
        location: yaml.locate(path)
      }
    ];
  }
  if (Array.isArray(value))
    return value.flatMap((item, index) => unknownNodes(item, [...path, index], yaml, nodes));
  if (!isRecord(value)) return [];
  return Object.entries(value).flatMap(([key, item]) => unknownNodes(item, [...path, key], yaml, nodes));
}

// src/faults/kinds/bandwidth.ts
import { connect as connect2, createServer as createServer2 } from "node:net";
import { z as z4 } from "#vendor/zod.js";

// src/faults/fault.ts
var NotAvailable = class extends ChaosError {
  constructor(why) {
    super("fault", why);
  }
};
var noImpact = { unavailableNodes: [], cutPaths: [] };

// src/faults/environment.ts
function requireLinks({ links: links2 }) {
  if (links2 === void 0) throw new NotAvailable("the cluster has no link proxies (broker.links: direct)");
  return links2;
}

// src/links/probe.ts
import { randomBytes } from "node:crypto";
import { connect, createServer } from "node:net";

// src/links/loss-estimate.ts
function estimateLoss(samples, options) {
  const mostTransmissions = options.transmissions ?? Number.POSITIVE_INFINITY;
  let transmissions = 0;
  let lostTransmissions = 0;
  for (const { sentMs, arrivedMs = Number.POSITIVE_INFINITY, watchedUntilMs = options.endMs } of samples) {
    for (let losses = 0; losses < mostTransmissions; losses++) {
      const decidedMs = sentMs + options.baseDelayMs + retransmittedAfterMs(losses) + timeoutMs(losses) / 2;
      if (decidedMs > Math.min(watchedUntilMs, options.endMs)) break;
      transmissions++;
      if (arrivedMs <= decidedMs) break;
      lostTransmissions++;
    }
  }
  return { transmissions, lostTransmissions, lossShare: lostTransmissions / transmissions };
}

// src/links/probe.ts
var segmentBytes = 16;
var overdueAfterMs = 500;
var overdueEveryMs = 250;
var overdueAtMost = 4096;
var reconnectAfterMs = 100;
var lanesUpWithinMs = 5e3;
var samplesAtMost = 2e5;
async function startLinkProbe(links2, linkId, options) {
  const clock = options.clock ?? systemClock;
  const sink = createServer({ noDelay: true });
  await new Promise((resolve6, reject2) => {
    sink.once("error", reject2);
    sink.listen(0, "127.0.0.1", resolve6);
  });
  const { port: sinkPort } = sink.address();
  const entry = await links2.openLane(linkId, { host: "127.0.0.1", port: sinkPort }).catch((error) => {
    sink.close();
    throw error;
  });
  const flows = { forward: new FlowRecord(clock), backward: new FlowRecord(clock) };
  const token = randomBytes(8);
  const sinkSockets = /* @__PURE__ */ new Set();
  const lanes = [];
  let markedMs = clock.nowMs();
  sink.on("connection", (socket) => {
    sinkSockets.add(socket);
    socket.once("close", () => sinkSockets.delete(socket));
    socket.on("error", () => {
    });
    let arrived;
    onSegments(socket, (segment) => {
      if (arrived) {
        arrived();
        return;
      }
      const lane = token.equals(segment.subarray(0, 8)) ? lanes[segment.readUInt32BE(8)] : void 0;
      arrived = lane?.meet(socket);
      if (!arrived) socket.destroy();
    });
  });
  for (let index = 0; index < options.lanes; index++) {
    lanes.push(new Lane({ port: entry.port, hello: helloOf(token, index), intervalMs: options.intervalMs, flows }));
  }
  await upWithin(lanes, lanesUpWithinMs);
  const mark = () => {
    markedMs = clock.nowMs();
    for (const lane of lanes) lane.reconnects = 0;
    for (const flow of Object.values(flows)) flow.mark();
  };
  mark();
  const stop = async () => {
    for (const lane of lanes) lane.stop();
    await entry.close();
    for (const socket of sinkSockets) socket.destroy();
    await new Promise((resolve6) => {
      sink.close(() => resolve6());
    });
  };
  let stopped;
  return {
    mark,
    read({ baseDelayMs = {} } = {}) {
      return {
        durationMs: clock.nowMs() - markedMs,
        reconnects: lanes.reduce((sum3, lane) => sum3 + lane.reconnects, 0),
        lanesUp: lanes.filter((lane) => lane.up).length,
        forward: flows.forward.read(baseDelayMs.forward),
        backward: flows.backward.read(baseDelayMs.backward)
      };
    },
    answers: (withinMs) => dial(entry.port, withinMs),
    stop() {
      stopped ??= stop();
      return stopped;
    }
  };
}
var Lane = class {
  reconnects = 0;
  up = false;
  whenUp;
  #parts;
  #resolveUp = () => {
  };
  #socket;
  #far;
  #flows;
  #again;
  #stopped = false;
  constructor(parts) {
    this.#parts = parts;
    this.whenUp = new Promise((resolve6) => {
      this.#resolveUp = resolve6;
    });
    this.#connect();
  }
  /** The far end has said hello: both ways are open. Answers what to call when a segment has arrived there. */
  meet(far) {
    const near2 = this.#socket;
    if (near2 === void 0 || this.#flows) return void 0;
    this.#far = far;
    const { intervalMs, flows: records } = this.#parts;
    const flows = {
      forward: new Flow(near2, intervalMs, records.forward),
      backward: new Flow(far, intervalMs, records.backward)
    };
    this.#flows = flows;
    onSegments(near2, () => flows.backward.arrived());
    far.once("close", () => this.#broke(near2));
    this.up = true;
    this.#resolveUp();
    return () => flows.forward.arrived();
  }
  stop() {
    this.#stopped = true;
    this.#tearDown();
  }
  #connect() {
    const socket = connect({ host: "127.0.0.1", port: this.#parts.port, noDelay: true });
    this.#socket = socket;
    socket.on("error", () => {
    });
    socket.once("connect", () => socket.write(this.#parts.hello));
    socket.once("close", () => this.#broke(socket));
  }
  #broke(socket) {
    if (socket !== this.#socket) return;
    this.#tearDown();
    if (this.#stopped) return;
    this.reconnects++;
    this.#again = setTimeout(() => this.#connect(), reconnectAfterMs);
  }
  #tearDown() {
    clearTimeout(this.#again);
    this.#flows?.forward.stop();
    this.#flows?.backward.stop();
    this.#flows = void 0;
    this.up = false;
    const sockets = [this.#socket, this.#far];
    this.#socket = void 0;
    this.#far = void 0;
    for (const socket of sockets) socket?.destroy();
  }
};
var Flow = class {
  #socket;
  #intervalMs;
  #record;
  #underWay = [];
  #next;
  constructor(socket, intervalMs, record) {
    this.#socket = socket;
    this.#intervalMs = intervalMs;
    this.#record = record;
    this.#send("measured");
  }
  arrived() {
    const sent = this.#underWay.shift();
    if (!sent) return;
    this.#record.arrived(sent);
    clearTimeout(this.#next);
    if (this.#underWay.length > 0) {
      this.#next = setTimeout(() => this.#send("offered"), overdueAfterMs);
      return;
    }
    const waitMs = sent.sentMs + this.#intervalMs - this.#record.nowMs();
    this.#next = setTimeout(() => this.#send("measured"), Math.max(0, waitMs));
  }
  stop() {
    clearTimeout(this.#next);
    for (const sent of this.#underWay) this.#record.givenUp(sent);
    this.#underWay.length = 0;
  }
  #send(purpose) {
    const sent = this.#record.sent(purpose);
    this.#underWay.push(sent);
    this.#socket.write(Buffer.alloc(segmentBytes));
    if (this.#underWay.length >= overdueAtMost) return;
    this.#next = setTimeout(() => this.#send("offered"), purpose === "measured" ? overdueAfterMs : overdueEveryMs);
  }
};
var FlowRecord = class {
  #clock;
  #measured = [];
  #markedMs;
  #sent = 0;
  #arrived = 0;
  constructor(clock) {
    this.#clock = clock;
    this.#markedMs = clock.nowMs();
  }
  nowMs() {
    return this.#clock.nowMs();
  }
  mark() {
    this.#markedMs = this.nowMs();
    this.#measured = [];
    this.#sent = 0;
    this.#arrived = 0;
  }
  sent(purpose) {
    const sent = { purpose, sentMs: this.nowMs() };
    this.#sent++;
    if (purpose === "measured") this.#measured.push(sent);
    if (this.#measured.length > samplesAtMost) this.#measured = this.#measured.slice(samplesAtMost / 2);
    return sent;
  }
  arrived(sent) {
    sent.arrivedMs = this.nowMs();
    if (sent.sentMs >= this.#markedMs) this.#arrived++;
  }
  givenUp(sent) {
    sent.watchedUntilMs = this.nowMs();
  }
  read(baseDelayMs) {
    const delaysMs = delaysOf(this.#measured);
    const medianDelayMs = quantile(delaysMs, 0.5);
    const base = baseDelayMs ?? medianDelayMs;
    return {
      sent: this.#sent,
      arrived: this.#arrived,
      bytesOffered: this.#sent * segmentBytes,
      bytesDelivered: this.#arrived * segmentBytes,
      minDelayMs: delaysMs[0],
      medianDelayMs,
      p90DelayMs: quantile(delaysMs, 0.9),
      p99DelayMs: quantile(delaysMs, 0.99),
      loss: base === void 0 ? void 0 : estimateLoss(this.#measured, { baseDelayMs: base, endMs: this.nowMs() }),
      firstLoss: base === void 0 ? void 0 : estimateLoss(this.#measured, { baseDelayMs: base, endMs: this.nowMs(), transmissions: 1 })
    };
  }
};
function delaysOf(samples) {
  const delays = [];
  for (const { sentMs, arrivedMs } of samples) if (arrivedMs !== void 0) delays.push(arrivedMs - sentMs);
  return Float64Array.from(delays).sort();
}
function quantile(ascending, share2) {
  return ascending[Math.min(ascending.length - 1, Math.floor(share2 * ascending.length))];
}
function dial(port, withinMs) {
  return new Promise((resolve6) => {
    const socket = connect({ host: "127.0.0.1", port });
    const end = (answered) => {
      clearTimeout(late2);
      socket.destroy();
      resolve6(answered);
    };
    const late2 = setTimeout(() => end(false), withinMs);
    socket.once("connect", () => end(true));
    socket.once("error", () => end(true));
  });
}
function helloOf(token, lane) {
  const hello = Buffer.alloc(segmentBytes);
  token.copy(hello);
  hello.writeUInt32BE(lane, 8);
  return hello;
}
function onSegments(socket, handler) {
  let rest = Buffer.alloc(0);
  socket.on("data", (chunk) => {
    rest = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    for (; rest.length >= segmentBytes; rest = rest.subarray(segmentBytes)) handler(rest.subarray(0, segmentBytes));
  });
}
async function upWithin(lanes, withinMs) {
  let timer;
  const late2 = new Promise((resolve6) => {
    timer = setTimeout(resolve6, withinMs);
  });
  await Promise.race([Promise.all(lanes.map((lane) => lane.whenUp)), late2]);
  clearTimeout(timer);
}

// src/faults/proof.ts
var mostFailedShown = 4;
var somethingToJudge = { what: "things to look at", measured: "0", needed: "more than 0", met: false };
function proofOf(conditions, seen) {
  const { observed: observed2, details = "", figures } = seen;
  const failed = conditions.length === 0 ? [somethingToJudge] : conditions.filter(({ met }) => !met);
  if (failed.length === 0) return { proven: true, observed: `${observed2}${details}`, figures, failed };
  return { proven: false, observed: [...failures(failed), observed2].join("; "), figures, failed };
}
function failures(failed) {
  const left = failed.length - mostFailedShown;
  return [
    ...failed.slice(0, mostFailedShown).map(({ what, measured, needed }) => `${what}: ${measured}, needed ${needed}`),
    ...left > 0 ? [`${left} more conditions were not met`] : [],
    // What can be done is said once, however many conditions propose it.
    ...new Set(failed.flatMap(({ hint }) => hint === void 0 ? [] : [hint]))
  ];
}
var plain2 = (value) => `${value}`;
function atLeast(what, measured, bound2, show2 = plain2) {
  return compared(what, measured, bound2, "at least", measured >= bound2, show2);
}
function atMost(what, measured, bound2, show2 = plain2) {
  return compared(what, measured, bound2, "at most", measured <= bound2, show2);
}
function moreThan(what, measured, bound2, show2 = plain2) {
  return compared(what, measured, bound2, "more than", measured > bound2, show2);
}
function none(what, measured, show2 = plain2) {
  return { what, measured: show2(measured), needed: "none", met: measured === 0 };
}
function all(what, measured, of) {
  const needed = of === 0 ? "at least 1" : "all";
  return { what, measured: `${measured} of ${of}`, needed, met: of > 0 && measured === of };
}
function isSo(what, met) {
  return { what, measured: met ? "yes" : "no", needed: "yes", met };
}
function near(what, measured, asked, tolerance3, show2) {
  const needed = `${show2(asked)} give or take ${show2(tolerance3)}`;
  return { what, measured: show2(measured), needed, met: Math.abs(measured - asked) <= tolerance3 };
}
function compared(what, measured, bound2, relation, met, show2) {
  const shown = Number.isNaN(measured) ? "not measured" : show2(measured);
  const exact = !met && relation !== "more than" && shown === show2(bound2) ? `${shown} (${measured})` : shown;
  return { what, measured: exact, needed: `${relation} ${show2(bound2)}`, met };
}

// src/faults/link-watch.ts
function lanesOf(struck, { network }) {
  return [
    ...struck.paths.flatMap(({ from, to }) => network.path(from, to)),
    ...struck.clients.flatMap((node) => network.client(node))
  ];
}
async function carriesTraffic({ what, amount }, { paths }, { network }) {
  const hint = paths.length === 0 ? void 0 : network.remedy;
  return [{ ...moreThan(what, amount, 0), hint }, ...await nonePast(paths, network)];
}
async function nonePast(paths, { past, remedy }) {
  if (paths.length === 0) return [];
  return [{ ...none("connections between the nodes past the link proxies", await past(paths)), hint: remedy }];
}
var LinkWatch = class _LinkWatch {
  #links;
  #lanes;
  #probes;
  #before = [];
  constructor(links2, lanes, probes) {
    this.#links = links2;
    this.#lanes = lanes;
    this.#probes = probes;
    this.mark();
  }
  static async start(environment4, lanes, options) {
    const links2 = requireLinks(environment4);
    const ids = [...new Set(lanes.map(({ linkId }) => linkId))];
    const probes = /* @__PURE__ */ new Map();
    try {
      for (const id of ids) probes.set(id, await startLinkProbe(links2, id, options));
      return new _LinkWatch(links2, lanes, probes);
    } catch (error) {
      await Promise.all([...probes.values()].map((probe) => probe.stop()));
      throw error;
    }
  }
  /** A new window of observation begins. */
  mark() {
    for (const probe of this.#probes.values()) probe.mark();
    this.#before = this.#lanes.map((lane) => this.#counters(lane));
  }
  /** What was seen on each lane since `mark`. */
  read() {
    const windows = new Map([...this.#probes].map(([id, probe]) => [id, probe.read()]));
    return this.#lanes.map((lane, i) => {
      const window3 = windows.get(lane.linkId);
      const before = this.#before[i];
      if (!window3 || !before) throw new Error(`no probe on ${lane.linkId}`);
      const now = this.#counters(lane);
      return {
        lane,
        probe: window3[lane.direction],
        traffic: {
          offeredBytes: now.bytesOffered - before.bytesOffered,
          deliveredBytes: now.bytesDelivered - before.bytesDelivered
        }
      };
    });
  }
  /** How many links answer a new connection in time, of how many. */
  async answering(withinMs) {
    const answers = await Promise.all([...this.#probes.values()].map((probe) => probe.answers(withinMs)));
    return { answered: answers.filter(Boolean).length, links: answers.length };
  }
  /** Connections of the probes that were lost since `mark` and made again. */
  reconnects() {
    return sum2([...this.#probes.values()].map((probe) => probe.read().reconnects));
  }
  async stop() {
    await Promise.all([...this.#probes.values()].map((probe) => probe.stop()));
  }
  #counters(lane) {
    return this.#links.counters(lane.linkId)[lane.direction];
  }
};
function sum2(values) {
  return values.reduce((total2, value) => total2 + value, 0);
}
function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : sorted.length === 0 ? void 0 : (sorted[middle - 1] + sorted[middle]) / 2;
}

// src/base/all-done.ts
async function allDone(promises) {
  const results = await Promise.allSettled(promises);
  return results.map((result) => {
    if (result.status === "rejected") throw result.reason;
    return result.value;
  });
}

// src/faults/shape-lanes.ts
var shapers = [
  { name: "tc netem", needs: ["nft", "netem"] },
  { name: "link proxy", needs: [] }
];
var unshaped = { delayMs: 0, jitterMs: 0, bytesPerSecond: void 0 };
async function shape(environment4, lanes, netem, scope) {
  const shaped = await environment4.packets?.shape?.(lanes, netem, scope);
  if (shaped) return { mechanism: "tc netem", ...shaped };
  const clean = Object.fromEntries(Object.keys(netem).map((name) => [name, unshaped[name]]));
  await shapeLanes(environment4, lanes, netem, clean, scope);
  return { mechanism: "link proxy", packets: async () => void 0 };
}
async function shapeLanes(environment4, lanes, conditions, clean, scope) {
  const links2 = requireLinks(environment4);
  const put = async (change) => {
    await allDone(lanes.map(({ linkId, direction: direction2 }) => links2.shape(linkId, direction2, change)));
  };
  scope.undo({ type: "ends-with-run", what: `conditions on ${lanes.length} link directions` }, () => put(clean));
  await put(conditions);
}

// src/faults/targets.ts
function minoritySize(nodes) {
  return Math.max(1, Math.floor((nodes - 1) / 2));
}
function chooseNodes(target2, { nodes }, random) {
  const chosen = () => {
    switch (target2.type) {
      case "nodes":
        return target2.nodes;
      case "path":
        return [target2.from];
      case "links":
        return nodes;
      case "choice":
        switch (target2.choice) {
          case "any":
            return random.pick(nodes, 1);
          case "minority":
            return random.pick(nodes, minoritySize(nodes.length));
          case "majority":
            return random.pick(nodes, Math.floor(nodes.length / 2) + 1);
          case "all":
            return nodes;
        }
    }
  };
  const names = new Set(chosen());
  return nodes.filter((node) => names.has(node));
}
function chooseLinks(target2, cluster, random) {
  if (target2.type === "links" && target2.which === "clients")
    return { paths: [], clients: cluster.nodes, text: "links.clients" };
  if (target2.type === "path") return { paths: [target2], clients: [], text: `${target2.from} -> ${target2.to}` };
  const all2 = allPaths(cluster.nodes);
  if (target2.type === "links") return { paths: all2, clients: [], text: "links.cluster" };
  const nodes = chooseNodes(target2, cluster, random);
  return {
    paths: all2.filter(({ from, to }) => nodes.includes(from) || nodes.includes(to)),
    clients: [],
    text: `links of ${nodes.join(", ")}`
  };
}
function allPaths(nodes) {
  return nodes.flatMap((from) => nodes.filter((to) => to !== from).map((to) => ({ from, to })));
}

// src/faults/kinds/bandwidth.ts
var tolerance = 0.1;
var headerShare = 0.3;
var measureWithinMs = 5e3;
var bandwidth = {
  kind: "bandwidth",
  summary: "each direction of the struck links passes at most so many bytes a second",
  strikes: "links",
  mechanisms: shapers,
  parameters: z4.strictObject({ rate }),
  plan({ rate: bytesPerSecond }, target2, cluster, random) {
    const struck = chooseLinks(target2, cluster, random);
    return {
      kind: "bandwidth",
      target: struck.text,
      injected: `at most ${bytesPerSecond} bytes a second`,
      impact: noImpact,
      async prepare(environment4) {
        const lanes = lanesOf(struck, environment4);
        const gauges = [];
        const closeAll = async () => {
          await Promise.all(gauges.map((gauge) => gauge.close()));
        };
        let watch;
        try {
          for (const { linkId, direction: direction2 } of lanes)
            if (direction2 === "forward") gauges.push(await openGauge(environment4, linkId, bytesPerSecond));
          watch = await LinkWatch.start(environment4, lanes, { lanes: 1, intervalMs: 100 });
        } catch (error) {
          await closeAll();
          throw error;
        }
        return {
          async inject(scope) {
            const { mechanism, packets } = await shape(environment4, lanes, { bytesPerSecond }, scope);
            watch.mark();
            return {
              mechanism,
              async prove() {
                const shaped = await packets();
                const rates2 = await Promise.all(gauges.map((gauge) => gauge.measure()));
                const observed2 = median(rates2) ?? 0;
                const trafficBytes = sum2(watch.read().map(({ traffic }) => traffic.deliveredBytes));
                const least = bytesPerSecond * (1 - (shaped === void 0 ? tolerance : headerShare));
                const most = bytesPerSecond * (1 + tolerance);
                const conditions = [
                  all("links whose rate was measured", rates2.filter((seen) => seen > 0).length, gauges.length),
                  atMost("bytes a second on the fastest link", Math.max(0, ...rates2), most, whole),
                  atLeast("bytes a second on the slowest link", Math.min(...rates2), least, whole),
                  ...await carriesTraffic(
                    { what: "bytes of the broker's own that passed", amount: trafficBytes },
                    struck,
                    environment4
                  ),
                  ...shaped === void 0 ? [] : [moreThan("packets of the broker's own through netem", shaped, 0)]
                ];
                return proofOf(conditions, {
                  observed: `${Math.round(observed2)} bytes a second at the median of ${rates2.length} links, while ${trafficBytes} bytes of the broker's own passed${shaped === void 0 ? "" : `, ${shaped} packets through netem`}`,
                  figures: {
                    injectedBytesPerSecond: bytesPerSecond,
                    observedBytesPerSecond: observed2,
                    links: rates2.length,
                    brokerBytes: trafficBytes,
                    ...shaped === void 0 ? {} : { brokerPackets: shaped }
                  }
                });
              }
            };
          },
          async release() {
            await watch.stop();
            await closeAll();
          }
        };
      }
    };
  }
};
var whole = (value) => value.toFixed(0);
async function openGauge(environment4, linkId, bytesPerSecond) {
  const { clock } = environment4;
  const links2 = requireLinks(environment4);
  const bytes2 = Math.max(4344, Math.round(bytesPerSecond / 2));
  const sink = createServer2();
  await new Promise((resolve6) => sink.listen(0, "127.0.0.1", resolve6));
  const entry = await links2.openLane(linkId, { host: "127.0.0.1", port: sink.address().port });
  return {
    async measure() {
      const client = connect2({ host: "127.0.0.1", port: entry.port, noDelay: true });
      let late2;
      try {
        return await new Promise((resolve6) => {
          late2 = setTimeout(() => resolve6(0), measureWithinMs);
          const traffic = () => links2.counters(linkId).forward.bytesDelivered;
          client.on("error", () => resolve6(0));
          let writtenMs = 0;
          client.once("connect", () => {
            writtenMs = clock.nowMs();
            client.write(Buffer.alloc(1));
          });
          sink.once("connection", (socket) => {
            let seen = -1;
            let [wayMs, before] = [0, 0];
            socket.on("error", () => {
            });
            socket.on("data", (data) => {
              if (seen < 0) {
                wayMs = clock.nowMs() - writtenMs;
                before = traffic();
                writtenMs = clock.nowMs();
                client.end(Buffer.alloc(bytes2));
              }
              seen += data.length;
              if (seen < bytes2) return;
              resolve6((bytes2 + traffic() - before) * 1e3 / Math.max(1, clock.nowMs() - writtenMs - wayMs));
            });
          });
        });
      } finally {
        clearTimeout(late2);
        client.destroy();
      }
    },
    async close() {
      sink.close();
      await entry.close();
    }
  };
}

// src/faults/kinds/clock-skew.ts
import { readdirSync as readdirSync2 } from "node:fs";
import { z as z5 } from "#vendor/zod.js";

// src/faults/clock-proof.ts
var wantedShare = 0.9;
var wantedShareOfStrobe = 0.1;
var sources = {
  "Date header": {
    unit: "answers",
    /** Servers write the header anew once a second. */
    settleMs: 1500,
    leastSamples: 3,
    /** A server that is busy may be late with it. */
    latenessMs: () => 150
  },
  "log time stamps": {
    unit: "lines",
    settleMs: 300,
    leastSamples: 1,
    /** A line may have been kept back before it was written. */
    latenessMs: (offsetMs) => Math.min(500, Math.max(50, Math.abs(offsetMs) / 5))
  }
};
function judgeShift(samples, asked) {
  const reasons = [];
  for (const source of ["Date header", "log time stamps"]) {
    const { settleMs: settleMs2, leastSamples, latenessMs } = sources[source];
    const own = samples.filter((sample2) => sample2.source === source);
    const before = own.filter(({ atMs }) => atMs < asked.fromMs);
    const after = own.filter(({ atMs }) => atMs >= asked.fromMs + settleMs2);
    const usual = estimate(before);
    const coarsestMs = Math.max(...own.map(({ resolutionMs }) => resolutionMs));
    const doubtMs = usual.doubtMs + latenessMs(asked.offsetMs);
    if (own.length === 0) reasons.push(`no ${source}`);
    else if (before.length === 0 || after.length < leastSamples)
      reasons.push(`too few ${source}: ${before.length} before and ${after.length} after`);
    else if (Math.abs(asked.offsetMs) <= 2 * doubtMs + coarsestMs) reasons.push(`${source} too coarse for this offset`);
    else return judge(source, after, usual.aheadMs, doubtMs, asked);
  }
  return {
    proven: false,
    conditions: [moreThan("samples of its wall clock that can tell this offset", 0, 0)],
    observed: samples.length === 0 ? "the node shows its wall clock nowhere: no Date header over HTTP, no time stamps in its log" : `what the node shows of its wall clock does not tell: ${reasons.join("; ")}`,
    samples: 0,
    samplesShifted: 0,
    shiftMs: 0
  };
}
function judge(source, after, usualMs, doubtMs, { offsetMs, strobe }) {
  const near2 = (shiftMs) => after.filter(({ aheadMs, resolutionMs }) => Math.abs(aheadMs - usualMs - shiftMs) <= resolutionMs / 2 + doubtMs);
  const shifted = near2(offsetMs);
  const unmoved = near2(0);
  const wanted = Math.ceil((strobe ? wantedShareOfStrobe : wantedShare) * after.length);
  const { unit } = sources[source];
  const conditions = [
    atLeast(`${unit} of ${after.length} with ${source} ${direction(offsetMs)}`, shifted.length, wanted),
    ...strobe ? [atLeast(`${unit} of ${after.length} with ${source} as before`, unmoved.length, wanted)] : []
  ];
  const shownMs = estimate(shifted.length > 0 ? shifted : after).aheadMs - usualMs;
  const parts = [
    ...shifted.length > 0 ? [`${direction(shownMs)} in ${shifted.length}`] : [],
    ...unmoved.length > 0 ? [`as before in ${unmoved.length}`] : []
  ];
  return {
    proven: conditions.every(({ met }) => met),
    conditions,
    observed: `${source} ${parts.length > 0 ? parts.join(", ") : `${direction(shownMs)}, which was not asked, in all`} of ${after.length} ${unit}`,
    samples: after.length,
    samplesShifted: shifted.length,
    shiftMs: shifted.length > 0 ? Math.round(shownMs) : 0
  };
}
function estimate(samples) {
  const least = Math.max(...samples.map(({ aheadMs, resolutionMs }) => aheadMs - resolutionMs / 2));
  const most = Math.min(...samples.map(({ aheadMs, resolutionMs }) => aheadMs + resolutionMs / 2));
  if (least <= most) return { aheadMs: (least + most) / 2, doubtMs: (most - least) / 2 };
  const middle = [...samples].sort((a, b) => a.aheadMs - b.aheadMs)[samples.length >> 1];
  return { aheadMs: middle?.aheadMs ?? 0, doubtMs: (middle?.resolutionMs ?? 0) / 4 };
}
function direction(shiftMs) {
  const ms = Math.abs(shiftMs);
  const amount = ms < 1e3 ? `${Math.round(ms)} ms` : `${(ms / 1e3).toFixed(1)} s`;
  return `${amount} ${shiftMs < 0 ? "behind" : "ahead"}`;
}

// src/faults/clock-watch.ts
import { closeSync as closeSync2, fstatSync as fstatSync2, openSync as openSync2 } from "node:fs";

// src/cluster/log-file.ts
import { closeSync, fstatSync, openSync, readSync } from "node:fs";
var tailBytes = 64 * 1024;
function lastLines(file, count) {
  const text2 = readFrom(file, -tailBytes);
  return text2.split("\n").filter((line) => line.trim() !== "").slice(-count);
}
function readFrom(file, offset3) {
  let fd;
  try {
    fd = openSync(file, "r");
  } catch {
    return "";
  }
  try {
    const { size: size3 } = fstatSync(fd);
    const start = offset3 < 0 ? Math.max(0, size3 + offset3) : offset3;
    const buffer = Buffer.alloc(Math.max(0, size3 - start));
    readSync(fd, buffer, 0, buffer.length, start);
    return buffer.toString("utf8");
  } finally {
    closeSync(fd);
  }
}
var stamp = /(\d{4})[-/](\d{2})[-/](\d{2})[T ](\d{2}):(\d{2}):(\d{2})(?:[.,](\d{1,3})\d*)?(Z|[+-]\d{2}:?\d{2})?/;
var toolsOwn = "chaos-action starts";
function stampOf(line) {
  const match = stamp.exec(line);
  if (!match || isToolsOwn(line)) return void 0;
  const [, year, month, day, hour, minute, second, fraction = "0", zone] = match;
  const wallMs = Date.parse(
    `${year}-${month}-${day}T${hour}:${minute}:${second}.${fraction.padEnd(3, "0")}${zone ?? ""}`
  );
  return Number.isNaN(wallMs) ? void 0 : { wallMs, resolutionMs: match[7] === void 0 ? 1e3 : 1 };
}
function isToolsOwn(line) {
  return line.includes(toolsOwn);
}
var chunkBytes = 256 * 1024;
var mostLineBytes = 8 * 1024;
var newline = 10;
function* readLines(file, { start, end }) {
  let fd;
  try {
    fd = openSync(file, "r");
  } catch {
    return;
  }
  try {
    if (start >= fstatSync(fd).size) return;
    const chunk = Buffer.alloc(chunkBytes);
    let offset3 = lineStart(fd, start);
    let at = offset3;
    let parts = [];
    let kept = 0;
    const keep = (bytes2) => {
      const part = bytes2.subarray(0, Math.max(0, mostLineBytes - kept));
      if (part.length > 0) parts.push(Buffer.from(part));
      kept += part.length;
    };
    for (; ; ) {
      const length = readSync(fd, chunk, 0, chunkBytes, at);
      let from = 0;
      while (from < length) {
        if (offset3 >= end) return;
        const found2 = chunk.subarray(0, length).indexOf(newline, from);
        const to = found2 < 0 ? length : found2;
        keep(chunk.subarray(from, to));
        from = to + 1;
        if (found2 < 0) break;
        yield { text: Buffer.concat(parts).toString("utf8"), offset: offset3 };
        offset3 = at + from;
        parts = [];
        kept = 0;
      }
      at += length;
      if (length === 0 || at >= end && kept >= mostLineBytes) break;
    }
    if (kept > 0) yield { text: Buffer.concat(parts).toString("utf8"), offset: offset3 };
  } finally {
    closeSync(fd);
  }
}
function lineStart(fd, offset3) {
  const from = Math.max(0, offset3 - mostLineBytes);
  const before = Buffer.alloc(offset3 - from);
  const length = readSync(fd, before, 0, before.length, from);
  const end = before.subarray(0, length).lastIndexOf(newline);
  return end >= 0 ? from + end + 1 : from;
}

// src/faults/clock-watch.ts
var gapsMs = [618, 618, 1236];
var askWithinMs = 1e3;
var tellingWithinMs = 500;
var dateResolutionMs = 1e3;
async function watchClock(node) {
  const { clock } = node;
  const samples = [];
  const stopped = new AbortController();
  let logBytes;
  const lookAtLog = () => {
    const grown = growth(node.logFile, logBytes);
    if (!grown) return;
    logBytes = grown.bytes;
    const stamped = stampOf(grown.lastLine);
    if (!stamped) return;
    const { wallMs, resolutionMs } = stamped;
    const aheadMs = wallMs + resolutionMs / 2 - grown.writtenWallMs;
    samples.push({ source: "log time stamps", atMs: clock.nowMs(), aheadMs, resolutionMs });
  };
  const askForDate = async () => {
    for (const url of node.httpUrls) {
      const askedWallMs = clock.wallMs();
      const date2 = await dateOf(url, stopped.signal);
      const tookMs = clock.wallMs() - askedWallMs;
      if (date2 === void 0 || tookMs > tellingWithinMs) continue;
      const aheadMs = date2 + dateResolutionMs / 2 - (askedWallMs + tookMs / 2);
      samples.push({ source: "Date header", atMs: clock.nowMs(), aheadMs, resolutionMs: dateResolutionMs + tookMs });
      return;
    }
  };
  const look2 = async () => {
    lookAtLog();
    await askForDate();
  };
  await look2();
  const watching = (async () => {
    for (let i = 0; !stopped.signal.aborted; i++) {
      await clock.sleep(gapsMs[i % gapsMs.length] ?? 0, stopped.signal);
      await look2();
    }
  })().catch(() => {
  });
  return {
    samples,
    look: look2,
    async stop() {
      stopped.abort();
      await watching;
    }
  };
}
async function dateOf(url, signal2) {
  try {
    const response = await fetch(url, { signal: AbortSignal.any([signal2, AbortSignal.timeout(askWithinMs)]) });
    await response.body?.cancel();
    const wallMs = Date.parse(response.headers.get("date") ?? "");
    return Number.isNaN(wallMs) ? void 0 : wallMs;
  } catch {
    return void 0;
  }
}
function growth(file, knownBytes) {
  let fd;
  try {
    fd = openSync2(file, "r");
  } catch {
    return void 0;
  }
  try {
    const { size: size3, mtimeMs } = fstatSync2(fd);
    if (size3 === knownBytes) return void 0;
    const text2 = readFrom(file, knownBytes === void 0 || size3 < knownBytes ? -65536 : knownBytes);
    const lines2 = text2.split("\n").filter((line) => line.trim() !== "");
    return { bytes: size3, lastLine: lines2.at(-1) ?? "", writtenWallMs: mtimeMs };
  } finally {
    closeSync2(fd);
  }
}

// src/faults/vdso/skew.ts
import { spawn } from "node:child_process";
var ClockSkew = class {
  #original = readVdso(process.pid).image;
  #patch;
  #shifted;
  #ledger;
  #struck = /* @__PURE__ */ new Map();
  #on = true;
  /** `offsetMs` has either sign. Throws a ChaosError where this machine's vDSO cannot be rewritten. */
  constructor(offsetMs, ledger) {
    this.#patch = planPatch(this.#original, shiftOf(offsetMs));
    this.#shifted = patched(this.#original, this.#patch);
    this.#ledger = ledger;
  }
  /** How many processes have been struck, those included that are gone. */
  get count() {
    return this.#struck.size;
  }
  /** Shifts the clock of each of these processes that does not have it shifted already. Throws a ChaosError where that cannot be done. */
  async cover(processes) {
    for (const process2 of processes) {
      try {
        await this.#coverOne(process2);
      } catch (error) {
        if (isAlive(process2)) throw error;
      }
    }
  }
  /** The shift of all of them on or off, without stopping anything. */
  switch(on) {
    this.#on = on;
    for (const { process: process2, vdso } of this.#struck.values()) {
      try {
        if (isAlive(process2)) switchShift(process2.pid, vdso, this.#patch, on);
      } catch (error) {
        if (isAlive(process2)) throw error;
      }
    }
  }
  /**
   * Gives every struck process its own bytes back, and those of `processes` that were forked from one meanwhile, and reads them back.
   * Throws a ChaosError that names the process whose vDSO is not what it was. Safe to call twice.
   */
  async restore(processes) {
    this.switch(false);
    const left = [];
    for (const [key, { process: process2, vdso, undone }] of this.#struck) {
      try {
        if (await this.#restoreOne(process2, vdso) === "busy")
          throw new ChaosError("fault", `a thread of process ${process2.pid} stands in the code that replaced its vDSO`);
        undone();
        this.#struck.delete(key);
      } catch (error) {
        left.push(messageOf(error));
      }
    }
    for (const process2 of processes()) {
      try {
        const vdso = readVdso(process2.pid);
        if (this.#look(vdso) === "shifted") await this.#restoreOne(process2, vdso);
        if (this.#look(readVdso(process2.pid)) !== "original")
          left.push(`the vDSO of process ${process2.pid} is not the original one`);
      } catch (error) {
        if (isAlive(process2)) left.push(messageOf(error));
      }
    }
    if (left.length > 0) throw new ChaosError("fault", left.join("; "));
  }
  async #coverOne(process2) {
    const vdso = readVdso(process2.pid);
    const state = this.#look(vdso);
    const key = `${process2.pid} ${process2.startTicks} ${vdso.start}`;
    if (state === "other")
      throw new ChaosError(
        "fault",
        `the vDSO of process ${process2.pid} is not that of this machine, or is rewritten already`
      );
    if (!this.#struck.has(key)) {
      const { pid, startTicks } = process2;
      const steps = restorationOf(vdso, this.#patch).map(
        (step) => step.map(({ address, bytes: bytes2 }) => ({ address, bytes: bytes2.toString("hex") }))
      );
      const undo = { type: "vdso", process: { pid, startTicks }, start: vdso.start, steps };
      this.#struck.set(key, { process: { pid, startTicks }, vdso, undone: this.#ledger.add(undo, "clock-skew") });
    }
    if (state === "original") {
      if (await persistently(() => tryPatch(process2, vdso, this.#patch)) === "busy")
        throw new ChaosError("fault", `process ${process2.pid} could not be stopped outside of its vDSO`);
      if (!this.#on) switchShift(process2.pid, vdso, this.#patch, false);
    }
  }
  #restoreOne(process2, vdso) {
    return restore(process2, vdso.start, restorationOf(vdso, this.#patch));
  }
  #look({ image }) {
    if (image.equals(this.#original)) return "original";
    const { switchOffset } = this.#patch;
    const comparable = Buffer.from(image);
    if (switchOffset < comparable.length) comparable[switchOffset] = this.#shifted[switchOffset] ?? 0;
    return comparable.equals(this.#shifted) ? "shifted" : "other";
  }
};
var refusal;
function clockSkewRefusal() {
  refusal ??= { why: tryOnChild() };
  return refusal.why;
}
function tryOnChild() {
  const child = spawn("sleep", ["10"], { stdio: "ignore" });
  child.on("error", () => {
  });
  const { pid } = child;
  const startTicks = pid === void 0 ? void 0 : readStat(pid)?.startTicks;
  if (pid === void 0 || startTicks === void 0) return "no process could be started to try it on";
  try {
    const vdso = readVdso(pid);
    const patch = planPatch(vdso.image, shiftOf(1e3));
    for (let attempt = 0; attempt < 20; attempt++) {
      const outcome = tryPatch({ pid, startTicks }, vdso, patch);
      if (outcome === "done") return void 0;
      if (outcome === "gone") break;
    }
    return "a process of the tool\u2019s own could not be stopped to try it on";
  } catch (error) {
    return messageOf(error);
  } finally {
    signal(pid, "SIGKILL");
  }
}

// src/faults/kinds/clock-skew.ts
var mostOffsetMs = 10 * 365 * 24 * 36e5;
var leastStrobeMs = 10;
var coverEveryMs = 200;
var firstCoverWithinMs = 2e3;
var clockSkew = {
  kind: "clock-skew",
  summary: "the wall clock of nodes is ahead or behind; with strobe, on and off; monotonic time goes on as before",
  strikes: "nodes",
  mechanisms: [{ name: "vDSO rewritten", needs: [] }],
  parameters: z5.strictObject({
    offset: offset(mostOffsetMs),
    strobe: duration.refine((ms) => ms >= leastStrobeMs, { message: `a strobe is at least ${formatMs(leastStrobeMs)}` }).optional()
  }),
  refusal() {
    const why = clockSkewRefusal();
    return why === void 0 ? void 0 : `the wall clock of a process cannot be shifted here: ${why}`;
  },
  plan({ offset: offsetMs, strobe: strobeMs }, target2, cluster, random) {
    const nodes = chooseNodes(target2, cluster, random);
    const amount = `${offsetMs < 0 ? "-" : "+"}${formatMs(Math.abs(offsetMs))}`;
    return {
      kind: "clock-skew",
      target: nodes.join(", "),
      injected: `wall clock ${amount}${strobeMs === void 0 ? "" : `, on and off every ${formatMs(strobeMs)}`}`,
      impact: { unavailableNodes: [], cutPaths: [] },
      async prepare({ nodes: control, ledger, clock, logger }) {
        const watches = await Promise.all(
          nodes.map((node) => watchClock({ httpUrls: control.httpUrls(node), logFile: control.logFile(node), clock }))
        );
        return {
          async inject(scope) {
            const skew = new ClockSkew(offsetMs, ledger);
            const processes = () => nodes.flatMap((node) => control.processes(node)).sort((a, b) => a.startTicks - b.startTicks || a.pid - b.pid);
            const repeated2 = [];
            scope.undo({ type: "ends-with-run", what: `clocks of ${nodes.join(", ")}` }, async () => {
              await Promise.all(repeated2);
              await skew.restore(processes);
            });
            const deadlineMs = clock.nowMs() + firstCoverWithinMs;
            for (; ; ) {
              try {
                await skew.cover(processes());
                break;
              } catch (error) {
                if (clock.nowMs() >= deadlineMs) throw error;
                await clock.sleep(coverEveryMs, scope.signal);
              }
            }
            const fromMs = clock.nowMs();
            let uncovered;
            let pids = /* @__PURE__ */ new Set();
            let own = [];
            let looks = 0;
            repeat(coverEveryMs, async () => {
              const pidsNow = readdirSync2("/proc").filter((name) => /^\d+$/.test(name));
              if (looks++ % 5 === 0 || pidsNow.some((pid) => !pids.has(pid))) own = processes();
              pids = new Set(pidsNow);
              uncovered = await skew.cover(own).then(() => void 0, messageOf);
              if (uncovered !== void 0) logger.debug(`clock-skew: ${uncovered}`);
            });
            let on = true;
            if (strobeMs !== void 0)
              repeat(strobeMs, async () => {
                on = !on;
                skew.switch(on);
              });
            function repeat(everyMs, work) {
              const { signal: signal2 } = scope;
              const untilEnd = async () => {
                while (!signal2.aborted) {
                  await clock.sleep(everyMs, signal2).catch(() => {
                  });
                  if (!signal2.aborted) await work().catch((error) => logger.debug(`clock-skew: ${messageOf(error)}`));
                }
              };
              repeated2.push(untilEnd());
            }
            return {
              mechanism: "vDSO rewritten",
              async prove() {
                await Promise.all(watches.map((watch) => watch.look()));
                const seen = watches.map(
                  ({ samples }) => judgeShift(samples, { offsetMs, fromMs, strobe: strobeMs !== void 0 })
                );
                const sum3 = (key) => seen.reduce((total2, clock2) => total2 + clock2[key], 0);
                const conditions = seen.flatMap(
                  (clock2, i) => clock2.conditions.map((condition) => ({ ...condition, what: `${nodes[i]}: ${condition.what}` }))
                );
                return proofOf(conditions, {
                  observed: [
                    ...seen.map(({ observed: observed2 }, i) => `${nodes[i]}: ${observed2}`),
                    ...uncovered === void 0 ? [] : [uncovered]
                  ].join("; "),
                  figures: {
                    offsetMs,
                    shiftMs: seen.reduce(
                      (least, { shiftMs }) => Math.abs(shiftMs) < Math.abs(least) ? shiftMs : least,
                      seen[0]?.shiftMs ?? 0
                    ),
                    samples: sum3("samples"),
                    samplesShifted: sum3("samplesShifted"),
                    nodesShifted: seen.filter(({ proven }) => proven).length,
                    processesStruck: skew.count
                  }
                });
              }
            };
          },
          async release() {
            await Promise.all(watches.map((watch) => watch.stop()));
          }
        };
      }
    };
  }
};

// src/faults/kinds/connection-reset.ts
import { z as z6 } from "#vendor/zod.js";
var connectionReset = {
  kind: "connection-reset",
  summary: "every open connection of the struck links is reset (RST to both ends)",
  strikes: "links",
  mechanisms: [{ name: "link proxy, RST", needs: [] }],
  parameters: z6.strictObject({}),
  plan(_, target2, cluster, random) {
    const struck = chooseLinks(target2, cluster, random);
    return {
      kind: "connection-reset",
      target: struck.text,
      injected: "RST on every open connection, once",
      impact: noImpact,
      async prepare(environment4) {
        const { clock } = environment4;
        const links2 = requireLinks(environment4);
        const lanes = lanesOf(struck, environment4);
        const ids = [...new Set(lanes.map(({ linkId }) => linkId))];
        const watch = await LinkWatch.start(environment4, lanes, { lanes: 1, intervalMs: 100 });
        return {
          async inject(scope) {
            const opened = () => sum2(ids.map((id) => links2.counters(id).connectionsOpened));
            const before = opened();
            scope.undo({ type: "ends-with-run", what: `reset of ${ids.length} links` }, () => {
            });
            watch.mark();
            const reset = sum2(await allDone(ids.map((id) => links2.reset(id))));
            return {
              mechanism: "link proxy, RST",
              async prove() {
                await pollUntil(() => opened() - before >= reset ? true : void 0, {
                  withinMs: 5e3,
                  everyMs: 50,
                  clock
                });
                const dialledAgain = opened() - before;
                const probesReset = watch.reconnects();
                const conditions = [
                  ...await carriesTraffic(
                    { what: "connections of the broker's own that were reset", amount: reset },
                    struck,
                    environment4
                  ),
                  atLeast("probe connections that saw a RST", probesReset, ids.length),
                  moreThan("connections dialled again", dialledAgain, 0)
                ];
                return proofOf(conditions, {
                  observed: `${reset} connections of the broker's own reset, ${dialledAgain} dialled again; ${probesReset} probe connections saw a RST`,
                  figures: { connectionsReset: reset, dialledAgain, probesReset }
                });
              }
            };
          },
          release: () => watch.stop()
        };
      }
    };
  }
};

// src/faults/kinds/connection-storm.ts
import { z as z7 } from "#vendor/zod.js";

// src/cluster/tcp-table.ts
import { readFile as readFile2 } from "node:fs/promises";
async function readTcpTable() {
  const files2 = await Promise.all(["/proc/net/tcp", "/proc/net/tcp6"].map(read));
  return files2.flatMap(
    (text2) => text2.split("\n").slice(1).flatMap((line) => parseLine(line) ?? [])
  );
}
function heldConnections(port, table2) {
  return table2.filter(({ localPort, state, isHeld }) => localPort === port && state === "established" && isHeld);
}
function parseLine(line) {
  const state = stateOf(line);
  if (state === void 0) return void 0;
  const [, local, remote2, , queues, , , , , inode] = line.trim().split(/\s+/);
  if (local === void 0 || remote2 === void 0 || queues === void 0 || inode === void 0) return void 0;
  const [send = "", receive = ""] = queues.split(":");
  return {
    localPort: portOf(local),
    remotePort: portOf(remote2),
    state,
    sendQueueBytes: Number.parseInt(send, 16),
    receiveQueueBytes: Number.parseInt(receive, 16),
    inode,
    isHeld: inode !== "0"
  };
}
function stateOf(line) {
  const code2 = /^\s*\d+: \S+ \S+ (..)/.exec(line)?.[1];
  return code2 === "01" ? "established" : code2 === "0A" ? "listening" : void 0;
}
function portOf(address) {
  return Number.parseInt(address.slice(address.lastIndexOf(":") + 1), 16);
}
async function read(file) {
  try {
    return await readFile2(file, "utf8");
  } catch {
    return "";
  }
}

// src/faults/clients/descriptors.ts
import { readdirSync as readdirSync3, readFileSync as readFileSync4 } from "node:fs";
var marginDescriptors = 128;
function requireDescriptors(count, why) {
  const limit3 = descriptorLimit();
  const open2 = readdirSync3("/proc/self/fd").length;
  if (open2 + count + marginDescriptors <= limit3) return;
  throw new ChaosError(
    "fault",
    `${why} needs ${count} file descriptors of this process, which has ${open2} open and may have ${limit3}`,
    { hint: "raise the limit (ulimit -n), or ask for fewer connections" }
  );
}
function descriptorLimit(limits = readFileSync4("/proc/self/limits", "utf8")) {
  const soft = /^Max open files\s+(\S+)/m.exec(limits)?.[1];
  return soft === void 0 || soft === "unlimited" ? Number.POSITIVE_INFINITY : Number(soft);
}

// src/faults/clients/pace.ts
var tickMs = 5;
var mostBehindMs = 250;
async function pace(ratePerSecond, act, { clock, signal: signal2 }) {
  let credit = 0;
  let lastMs = clock.nowMs();
  while (!signal2.aborted) {
    await clock.sleep(tickMs, signal2).catch(() => {
    });
    const nowMs = clock.nowMs();
    credit = Math.min(credit + (nowMs - lastMs) * ratePerSecond / 1e3, 1 + mostBehindMs * ratePerSecond / 1e3);
    lastMs = nowMs;
    for (; credit >= 1 && !signal2.aborted; credit--) if (!act()) return;
  }
}

// src/faults/clients/raw-client.ts
var import_mqtt_packet = __toESM(require_mqtt(), 1);
import { connect as connect3 } from "node:net";
var farewellMs = 300;
var RawClient = class {
  state = "waiting";
  /** PUBLISH packets that arrived. */
  received = 0;
  /** PUBACK packets that arrived. */
  acknowledged = 0;
  #socket;
  #version;
  #waiting = [];
  #subscribed = false;
  #nextId = 1;
  constructor(target2, clientId) {
    this.#version = target2.version;
    this.#socket = connect3({ host: target2.host, port: target2.port, noDelay: true });
    const packets = (0, import_mqtt_packet.parser)({ protocolVersion: target2.version });
    packets.on("packet", (packet) => this.#receive(packet));
    packets.on("error", () => this.#socket.destroy());
    this.#socket.on("data", (data) => {
      try {
        packets.parse(data);
      } catch {
        this.#socket.destroy();
      }
    });
    this.#socket.on("error", () => {
    });
    this.#socket.on("close", () => {
      if (this.state !== "refused") this.state = "lost";
      this.#wake();
    });
    this.#socket.on(
      "connect",
      () => this.#send({
        cmd: "connect",
        protocolId: "MQTT",
        protocolVersion: target2.version,
        clean: true,
        clientId,
        keepalive: 0,
        ...target2.username === void 0 ? {} : { username: target2.username },
        ...target2.password === void 0 ? {} : { password: Buffer.from(target2.password) }
      })
    );
  }
  /** Bytes that the kernel would not take yet: the broker reads too slowly. */
  get unsentBytes() {
    return this.#socket.writableLength;
  }
  /** Resolves when the broker has granted the subscription; false when it refused, or is gone. */
  async subscribe(topic, qos) {
    await this.#until(() => this.state !== "waiting");
    if (this.state !== "accepted") return false;
    this.#send({ cmd: "subscribe", messageId: this.#id(), subscriptions: [{ topic, qos }] });
    await this.#until(() => this.#subscribed || this.state !== "accepted");
    return this.#subscribed;
  }
  publish(topic, payload, qos) {
    this.#send({
      cmd: "publish",
      topic,
      payload,
      qos,
      dup: false,
      retain: false,
      ...qos === 0 ? {} : { messageId: this.#id() }
    });
  }
  /** Leaves what arrives from now on in the kernel. */
  stopReading() {
    this.#socket.pause();
  }
  /** Says goodbye if it can, and is gone when this resolves. Safe to call twice. */
  async close() {
    if (this.#socket.destroyed) return;
    const gone = new Promise((resolve6) => this.#socket.once("close", resolve6));
    if (this.state === "accepted") {
      this.#send({ cmd: "disconnect" });
      this.#socket.end();
      this.#socket.resume();
      const timer = setTimeout(() => this.#socket.destroy(), farewellMs);
      await gone;
      clearTimeout(timer);
      return;
    }
    this.#socket.destroy();
    await gone;
  }
  #send(packet) {
    if (this.#socket.writable) this.#socket.write((0, import_mqtt_packet.generate)(packet, { protocolVersion: this.#version }));
  }
  #receive(packet) {
    switch (packet.cmd) {
      case "connack":
        this.state = (packet.returnCode ?? 0) === 0 && (packet.reasonCode ?? 0) === 0 ? "accepted" : "refused";
        this.#wake();
        break;
      case "suback":
        this.#subscribed = packet.granted.every((code2) => Number(code2) < 128);
        if (!this.#subscribed) this.#socket.destroy();
        this.#wake();
        break;
      case "puback":
        this.acknowledged++;
        break;
      case "publish":
        this.received++;
        if (packet.qos === 1 && packet.messageId !== void 0)
          this.#send({ cmd: "puback", messageId: packet.messageId });
        break;
      default:
        break;
    }
  }
  #id() {
    const id = this.#nextId;
    this.#nextId = id === 65535 ? 1 : id + 1;
    return id;
  }
  async #until(come) {
    while (!come() && this.state !== "lost") await new Promise((resolve6) => this.#waiting.push(resolve6));
  }
  #wake() {
    for (const resolve6 of this.#waiting.splice(0)) resolve6();
  }
};

// src/faults/kinds/connection-storm.ts
var leastSeen = 0.9;
var descriptorsEach = 3;
var connectionStorm = {
  kind: "connection-storm",
  summary: "many clients connect at a high rate and hold their connections",
  strikes: "nodes",
  mechanisms: [{ name: "clients", needs: [] }],
  parameters: z7.strictObject({
    connections: wholeNumber({ min: 1, max: 2e4 }).prefault(500),
    rate: operationRate.prefault("200/s")
  }),
  plan({ connections, rate: ratePerSecond }, target2, cluster, random) {
    const nodes = chooseNodes(target2, cluster, random);
    const prefix = `storm${random.below(4294967296).toString(16)}`;
    return {
      kind: "connection-storm",
      target: nodes.join(", "),
      injected: `${connections} clients to each node, ${ratePerSecond} a second`,
      impact: noImpact,
      async prepare(environment4) {
        const { nodes: control, network, clock } = environment4;
        const stop = new AbortController();
        const clients = [];
        const asked = connections * nodes.length;
        const count = (state) => clients.filter((client) => client.state === state).length;
        const arrivals2 = [];
        const leave = async () => {
          stop.abort();
          await Promise.all(arrivals2);
          await Promise.all(clients.map((client) => client.close()));
        };
        return {
          async inject(scope) {
            requireDescriptors(asked * descriptorsEach, `a storm of ${asked} connections`);
            scope.undo({ type: "ends-with-run", what: `${asked} connections to ${nodes.join(", ")}` }, leave);
            const before = await heldBy(nodes, environment4);
            for (const node of nodes) {
              const address = { ...control.address(node), ...network.entry(node) };
              let number2 = 0;
              arrivals2.push(
                pace(
                  ratePerSecond,
                  () => {
                    clients.push(new RawClient(address, `${prefix}x${clients.length}`));
                    return ++number2 < connections;
                  },
                  { clock, signal: stop.signal }
                )
              );
            }
            return {
              mechanism: "clients",
              async prove() {
                const look2 = async () => ({
                  held: await heldBy(nodes, environment4) - before,
                  refused: count("refused")
                });
                const isSeen = ({ held: held2, refused }) => held2 + refused >= asked * leastSeen;
                const seen = await pollUntil(
                  async () => {
                    const now = await look2();
                    return isSeen(now) ? now : void 0;
                  },
                  { withinMs: 2e3, everyMs: 100, clock }
                ) ?? await look2();
                const needed = [
                  atLeast(
                    "clients seen at the nodes' own ports or refused there",
                    seen.held + seen.refused,
                    Math.ceil(asked * leastSeen)
                  )
                ];
                return proofOf(needed, {
                  observed: `${seen.held} connections more at the nodes' own ports than before (${before}), taken by their processes; of ${clients.length} clients ${count("accepted")} have a CONNACK, ${seen.refused} were refused, ${count("lost")} lost their connection`,
                  figures: {
                    connectionsAsked: asked,
                    connectionsTried: clients.length,
                    connectionsBefore: before,
                    connectionsMore: seen.held,
                    accepted: count("accepted"),
                    refused: seen.refused,
                    lost: count("lost")
                  }
                });
              }
            };
          },
          release: leave
        };
      }
    };
  }
};
async function heldBy(nodes, { nodes: control }) {
  const table2 = await readTcpTable();
  return sum2(nodes.map((node) => heldConnections(control.address(node).port, table2).length));
}

// src/faults/kinds/cpu-quota.ts
import { z as z8 } from "#vendor/zod.js";
var toleranceShare = 0.1;
var leastQuota = 0.01;
var cpuQuota = {
  kind: "cpu-quota",
  summary: "nodes may use a share of one CPU and are throttled beyond it, as by a container limit",
  strikes: "nodes",
  mechanisms: [{ name: "cgroup CPU quota", needs: ["cpuQuota"] }],
  parameters: z8.strictObject({ quota: share.refine((quota) => quota >= leastQuota, "must be 1% at the least") }),
  plan({ quota }, target2, cluster, random) {
    const nodes = chooseNodes(target2, cluster, random);
    return {
      kind: "cpu-quota",
      target: nodes.join(", "),
      injected: `at most ${formatShare(quota)} of a CPU for ${nodes.length === 1 ? "the node" : "each node"}`,
      impact: noImpact,
      async prepare(environment4) {
        const { limits, clock } = environment4;
        if (!limits) throw new NotAvailable("cpu-quota cannot be done here: the nodes have no cgroups of their own");
        const { cpu } = limits;
        try {
          for (const node of nodes) cpu.read(node);
        } catch (error) {
          throw new NotAvailable(`cpu-quota cannot be done here: ${messageOf(error)}`);
        }
        const look2 = () => ({
          atMs: clock.nowMs(),
          nodes: nodes.map((node) => ({ ...cpu.read(node), usedSeconds: usedSeconds(environment4, node) }))
        });
        const steadyFrom = look2();
        return {
          async inject(scope) {
            const steadyTo = look2();
            for (const node of nodes)
              await cpu.set(
                node,
                quota,
                (lift) => scope.undo({ type: "ends-with-run", what: `CPU quota of ${node}` }, lift)
              );
            const before = look2();
            const shareBetween = (from, to, i) => {
              const used = (to.nodes[i]?.usedSeconds ?? 0) - (from.nodes[i]?.usedSeconds ?? 0);
              return to.atMs <= from.atMs ? 0 : Math.max(0, used * 1e3 / (to.atMs - from.atMs));
            };
            return {
              mechanism: "cgroup CPU quota",
              async prove() {
                const now = look2();
                const seen = nodes.map((node, i) => {
                  const [was, is] = [before.nodes[i], now.nodes[i]];
                  return {
                    node,
                    periods: (is?.periods ?? 0) - (was?.periods ?? 0),
                    throttled: (is?.throttled ?? 0) - (was?.throttled ?? 0),
                    throttledMs: (is?.throttledMs ?? 0) - (was?.throttledMs ?? 0),
                    usedShare: shareBetween(before, now, i),
                    usedShareBefore: shareBetween(steadyFrom, steadyTo, i),
                    share: is?.share
                  };
                });
                const conditions = seen.flatMap((one) => [
                  atMost(`${one.node}: its quota in the kernel`, one.share ?? Number.NaN, quota + 1e-9, formatShare),
                  // A node that never wants more than its quota has not been struck by it.
                  moreThan(`${one.node}: periods in which it was throttled`, one.throttled, 0),
                  atMost(`${one.node}: used of a CPU`, one.usedShare, quota * (1 + toleranceShare), formatShare)
                ]);
                return proofOf(conditions, {
                  observed: seen.map(
                    (one) => `${one.node}: throttled in ${one.throttled} of ${one.periods} periods, ${formatMs(one.throttledMs)} in all; used ${formatShare(one.usedShare)} of a CPU (${formatShare(one.usedShareBefore)} before)`
                  ).join("; "),
                  figures: {
                    quotaShare: quota,
                    nodes: seen.length,
                    periodsThrottled: sum2(seen.map((one) => one.throttled)),
                    throttledMs: sum2(seen.map((one) => one.throttledMs)),
                    mostUsedShare: Math.max(0, ...seen.map((one) => one.usedShare))
                  }
                });
              }
            };
          },
          async release() {
          }
        };
      }
    };
  }
};
function usedSeconds({ nodes }, node) {
  return sum2(nodes.processes(node).map(({ cpuSeconds }) => cpuSeconds));
}

// src/faults/kinds/cpu-stress.ts
import { z as z9 } from "#vendor/zod.js";

// src/cluster/logged-process.ts
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
  const exited = new Promise((resolve6) => {
    child.once("error", (error) => resolve6({ ok: false, how: `could not be started: ${error.message}` }));
    child.once(
      "exit",
      (code2, signal2) => resolve6({ ok: code2 === 0, how: signal2 === null ? `ended with exit code ${code2}` : `was ended by ${signal2}` })
    );
  });
  child.stdin?.on("error", () => {
  });
  return { pid: child.pid, exited, release: (go) => void child.stdin?.end(go ? "\n" : "") };
}
function inheritedEnvironment(env) {
  const own = /^(?:INPUT_|STATE_|ACTIONS_|GITHUB_(?:OUTPUT|STATE|ENV|PATH|STEP_SUMMARY)$)/;
  return Object.fromEntries(Object.entries(env).filter(([name]) => !own.test(name)));
}

// src/faults/host/control.ts
function startStressor(host, scope, task, cpu) {
  let stressor;
  scope.undo({ type: "ends-with-run", what: `stressor ${task[0]}` }, () => stressor?.stop());
  stressor = host.start(task, cpu);
  return stressor;
}
function localHost(run2) {
  const start = (task, cpu) => {
    const node = [process.execPath, distPath("stressor.js"), ...task];
    const [command = "", ...args] = cpu === void 0 ? node : ["taskset", "-c", `${cpu}`, ...node];
    const child = execa(command, args, {
      env: { ...inheritedEnvironment(process.env), [runMark]: run2 },
      extendEnv: false,
      // Held open: it closes when this process ends, however it ends, and the stressor ends with it.
      stdin: "pipe",
      stdout: "pipe",
      stderr: "ignore",
      buffer: false,
      reject: false
    });
    let said2 = "";
    child.stdout.setEncoding("utf8").on("data", (text2) => {
      said2 += text2;
    });
    child.stdin.on("error", () => {
    });
    const pid = child.pid ?? 0;
    return {
      pid,
      startTicks: readStat(pid)?.startTicks ?? 0,
      said: () => said2,
      async stop() {
        child.kill("SIGKILL");
        await child;
      }
    };
  };
  return { start, observe: (task) => start(task), pins: new Pins(), setAffinity, setSoftLimit };
}

// src/faults/kinds/cpu-stress.ts
var toleranceShare2 = 0.1;
var delayFactor = 1.2;
var leastDelayMsPerSecond = 1;
var cpuStress = {
  kind: "cpu-stress",
  summary: "the CPUs of nodes are kept busy for a share of the time by other processes",
  strikes: "nodes",
  mechanisms: [{ name: "duty-cycle burners", needs: [] }],
  needs: ["taskset"],
  parameters: z9.strictObject({ load: share.refine((load2) => load2 > 0, "must be above 0%") }),
  plan({ load: load2 }, target2, cluster, random) {
    const nodes = chooseNodes(target2, cluster, random);
    return {
      kind: "cpu-stress",
      target: nodes.join(", "),
      injected: `${formatShare(load2)} of each CPU of the nodes burned`,
      impact: noImpact,
      async prepare(environment4) {
        const { host, nodes: control } = environment4;
        const pidsOf = (names) => names.flatMap((node) => control.processes(node)).map(({ pid }) => pid);
        const steadyFrom = look(environment4, nodes);
        return {
          async inject(scope) {
            const struck = pidsOf(nodes);
            let pinned = [];
            let letGo;
            scope.undo({ type: "ends-with-run", what: "the book of who is pinned" }, () => {
              letGo ??= host.pins.release(pinned);
            });
            pinned = host.pins.hold([...struck, process.pid]);
            const ofNodes = pinned.filter(({ pid }) => pid !== process.pid).map(({ cpus: cpus3 }) => parseCpus(cpus3));
            const toolCpus = pinned.find(({ pid }) => pid === process.pid)?.cpus ?? "";
            const cpus2 = splitCpus(union(ofNodes), parseCpus(toolCpus));
            scope.undo({ type: "affinity", processes: pinned }, async () => {
              letGo ??= host.pins.release(pinned);
              await restoreAffinity(letGo, host.setAffinity);
              const known2 = pinned.map(({ pid }) => pid);
              const born = pidsOf(cluster.nodes).filter((pid) => !known2.includes(pid) && runsOnlyOn(pid, cpus2.harness));
              for (const pid of born) await host.setAffinity(pid, toolCpus, true);
            });
            for (const pid of struck) await host.setAffinity(pid, formatCpus(cpus2.struck), true);
            await host.setAffinity(process.pid, formatCpus(cpus2.harness), true);
            const burners = cpus2.struck.map((cpu) => startStressor(host, scope, ["cpu", `${load2}`], cpu));
            const before = burners.map(askedOfCpu);
            const holdFrom = look(environment4, nodes);
            const steady = compare(steadyFrom, holdFrom, cpus2.struck);
            const where3 = `CPU ${formatCpus(cpus2.struck)}`;
            return {
              mechanism: cpus2.harness.some((cpu) => cpus2.struck.includes(cpu)) ? `duty-cycle burners on ${where3}, which the tool has to share` : `duty-cycle burners and the nodes on ${where3}, the tool on CPU ${formatCpus(cpus2.harness)}`,
              async prove() {
                const now = look(environment4, nodes);
                const hold4 = compare(holdFrom, now, cpus2.struck);
                const seconds3 = (now.atMs - holdFrom.atMs) / 1e3;
                const burned = sum2(burners.map((burner, i) => Math.max(0, askedOfCpu(burner) - (before[i] ?? 0))));
                const burnerDemandShare = burners.length === 0 ? 0 : burned / seconds3 / burners.length;
                const processes = pidsOf(nodes);
                const there = processes.filter((pid) => runsOnlyOn(pid, cpus2.struck)).length;
                const figures = {
                  askedShare: load2,
                  cpus: cpus2.struck.length,
                  busyShare: hold4.busyShare,
                  busyShareBefore: steady.busyShare,
                  burnerDemandShare,
                  processes: processes.length,
                  processesPinned: there,
                  runQueueDelayMsPerSecond: hold4.delayMsPerSecond,
                  runQueueDelayMsPerSecondBefore: steady.delayMsPerSecond
                };
                return proofOf(conditionsOf(figures), {
                  observed: `${where3} busy for ${formatShare(hold4.busyShare)} of the time (${formatShare(steady.busyShare)} before), the burners ran or waited to run for ${formatShare(burnerDemandShare)}; ${there} of ${processes.length} processes of the nodes run there, which waited for a CPU ${formatMs(hold4.delayMsPerSecond)} a second (${formatMs(steady.delayMsPerSecond)} before)`,
                  figures
                });
              }
            };
          },
          async release() {
          }
        };
      }
    };
  }
};
function conditionsOf(seen) {
  const least = seen.askedShare - toleranceShare2;
  const wasCrowded = seen.busyShareBefore >= least;
  const waited = "time a second that processes of the nodes waited for a CPU";
  return [
    all("processes of the nodes on the burned CPUs", seen.processesPinned, seen.processes),
    atLeast("time that the CPUs were busy", seen.busyShare, least, formatShare),
    atLeast("time that the burners ran or waited to run", seen.burnerDemandShare, least, formatShare),
    atLeast(waited, seen.runQueueDelayMsPerSecond, leastDelayMsPerSecond, formatMs),
    ...wasCrowded ? [] : [moreThan(waited, seen.runQueueDelayMsPerSecond, delayFactor * seen.runQueueDelayMsPerSecondBefore, formatMs)]
  ];
}
function askedOfCpu({ pid }) {
  return (readStat(pid)?.cpuSeconds ?? 0) + readRunQueueDelayMs(pid) / 1e3;
}
function look({ nodes: control, clock }, nodes) {
  const pids = nodes.flatMap((node) => control.processes(node)).map(({ pid }) => pid);
  return {
    atMs: clock.nowMs(),
    ticks: readCpuTicks(),
    waitedMs: new Map(pids.map((pid) => [pid, readRunQueueDelayMs(pid)]))
  };
}
function compare(from, to, cpus2) {
  const waitedMs = sum2(
    [...to.waitedMs].map(([pid, now]) => {
      const before = from.waitedMs.get(pid);
      return before === void 0 ? 0 : Math.max(0, now - before);
    })
  );
  const seconds3 = (to.atMs - from.atMs) / 1e3;
  return {
    busyShare: busyShare(from.ticks, to.ticks, cpus2),
    delayMsPerSecond: seconds3 <= 0 ? 0 : waitedMs / seconds3
  };
}
function union(lists) {
  return [...new Set(lists.flat())].sort((a, b) => a - b);
}

// src/faults/kinds/disk-full.ts
import { readdirSync as readdirSync4, rmSync, statfsSync, statSync as statSync2 } from "node:fs";
import { join as join3 } from "node:path";
import { z as z10 } from "#vendor/zod.js";
var folderBytes = 256 * 1024 ** 2;
var sigxfsz = 25;
var diskFull = {
  kind: "disk-full",
  summary: "nodes can write nothing more to their data folders",
  strikes: "nodes",
  mechanisms: [
    { name: "tmpfs", needs: ["privileges"] },
    { name: "file size limit", needs: [] }
  ],
  dataFolderBytes: folderBytes,
  parameters: z10.strictObject({}),
  plan(_, target2, cluster, random) {
    const nodes = chooseNodes(target2, cluster, random);
    return {
      kind: "disk-full",
      target: nodes.join(", "),
      injected: "data folder full",
      // What cannot be stored cannot be promised; a node that is full owes no acknowledgement.
      impact: { unavailableNodes: nodes, cutPaths: [] },
      async prepare(environment4) {
        const folders = nodes.map((node) => environment4.nodes.folder(node));
        const own = folders.every((folder) => isMountPoint(folder) && capacity(folder) <= folderBytes);
        if (!own) requireLimits(environment4, nodes);
        const startBytes = sum2(folders.map(usedBytes));
        return {
          inject: (scope) => own ? fill(environment4, scope, folders) : limit2(environment4, scope, nodes, folders, startBytes),
          async release() {
          }
        };
      }
    };
  }
};
function requireLimits({ nodes: control }, nodes) {
  const why = missing(["prlimit"]) ?? (nodes.flatMap((node) => control.processes(node)).every(({ pid }) => ignoresSignal(pid, sigxfsz)) ? void 0 : "a file size limit would end this broker, since it does not ignore SIGXFSZ");
  if (why !== void 0)
    throw new NotAvailable(`without privileges the nodes get no file systems of their own to be filled, and ${why}`);
}
async function fill(environment4, scope, folders) {
  for (const folder of folders) {
    const place = join3(folder, ".chaos-action-ballast");
    scope.undo({ type: "remove-folder", folder: place }, () => rmSync(place, { recursive: true, force: true }));
    startStressor(environment4.host, scope, ["fill", join3(place, "ballast"), `${folderBytes}`]);
  }
  return {
    mechanism: `tmpfs of ${formatBytes(folderBytes)} for the data folder, filled by a ballast`,
    async prove() {
      const availableBytes = await pollUntil(
        () => {
          const free = sum2(folders.map(freeBytes));
          return free === 0 ? free : void 0;
        },
        { withinMs: 300, everyMs: 10, clock: environment4.clock }
      );
      const left = availableBytes ?? sum2(folders.map(freeBytes));
      const written = await Promise.all(folders.map((folder) => tryToWrite(folder)));
      const refused = written.filter((said2) => said2 === "ENOSPC").length;
      const conditions = [
        none("bytes left in the data folders", left, formatBytes),
        all("data folders that refused a write with ENOSPC", refused, folders.length)
      ];
      return proofOf(conditions, {
        observed: `statfs: ${formatBytes(left)} of ${formatBytes(sum2(folders.map(capacity)))} available; a write by another process: ${written.join(", ")}`,
        figures: {
          availableBytes: left,
          capacityBytes: sum2(folders.map(capacity)),
          folders: folders.length,
          writesRefused: refused
        }
      });
    }
  };
}
async function limit2({ nodes: control, host, clock }, scope, nodes, folders, startBytes) {
  const limited = nodes.flatMap((node) => control.processes(node)).flatMap(({ pid, startTicks }) => {
    const soft = readSoftLimit(pid, "fsize");
    return soft === void 0 ? [] : [{ pid, startTicks, soft }];
  });
  scope.undo({ type: "limits", resource: "fsize", processes: limited }, async () => {
    await restoreLimits("fsize", limited, host.setSoftLimit);
  });
  for (const { pid } of limited) await host.setSoftLimit(pid, "fsize", "0");
  await clock.sleep(50);
  const fullBytes = sum2(folders.map(usedBytes));
  return {
    mechanism: "file size limit 0 on the running processes (prlimit): EFBIG, not ENOSPC, and their logs too",
    async prove() {
      const kernel = limited.filter(({ pid }) => readSoftLimit(pid, "fsize") === "0").length;
      const grownBytes = sum2(folders.map(usedBytes)) - fullBytes;
      const grownBeforeBytes = fullBytes - startBytes;
      const conditions = [
        all("processes that may write no file", kernel, limited.length),
        atMost("bytes by which the data folders grew", grownBytes, 0, formatBytes),
        moreThan("bytes by which they had grown before", grownBeforeBytes, 0, formatBytes)
      ];
      return proofOf(conditions, {
        observed: `/proc: ${kernel} of ${limited.length} processes may write no file; their folders grew by ${formatBytes(Math.max(0, grownBytes))} (${formatBytes(Math.max(0, grownBeforeBytes))} before)`,
        figures: {
          processes: limited.length,
          processesLimited: kernel,
          grownBytes,
          grownBytesBefore: grownBeforeBytes
        }
      });
    }
  };
}
function freeBytes(folder) {
  const { bavail, bsize } = statfsSync(folder);
  return bavail * bsize;
}
function capacity(folder) {
  const { blocks, bsize } = statfsSync(folder);
  return blocks * bsize;
}
function usedBytes(folder) {
  return sum2(
    readdirSync4(folder, { recursive: true, encoding: "utf8" }).map((name) => {
      try {
        const stat2 = statSync2(join3(folder, name));
        return stat2.isFile() ? stat2.size : 0;
      } catch {
        return 0;
      }
    })
  );
}
async function tryToWrite(folder) {
  const { stdout, shortMessage } = await execa(
    process.execPath,
    [distPath("stressor.js"), "write", join3(folder, ".chaos-action-probe")],
    { reject: false, stdin: "ignore", timeout: 5e3 }
  );
  return stdout || (shortMessage ?? "no answer");
}

// src/faults/kinds/fd-exhaustion.ts
import { z as z11 } from "#vendor/zod.js";
var mostTries = 12;
var pingWithinMs = 500;
var fdExhaustion = {
  kind: "fd-exhaustion",
  summary: "nodes have no descriptors left: what is open stays, nothing new can be opened or accepted",
  strikes: "nodes",
  mechanisms: [{ name: "RLIMIT_NOFILE lowered", needs: [] }],
  needs: ["prlimit"],
  parameters: z11.strictObject({ spare: wholeNumber({ min: 0, max: 1e4 }).default(0) }),
  plan({ spare }, target2, cluster, random) {
    const nodes = chooseNodes(target2, cluster, random);
    return {
      kind: "fd-exhaustion",
      target: nodes.join(", "),
      injected: spare === 0 ? "no descriptor left" : `${spare} descriptors left`,
      impact: noImpact,
      async prepare({ nodes: control, host }) {
        const kept = /* @__PURE__ */ new Map();
        for (const node of nodes) kept.set(node, await control.connect(node, 2e3));
        return {
          async inject(scope) {
            const limited = nodes.flatMap((node) => control.processes(node)).flatMap(({ pid, startTicks }) => {
              const soft = readSoftLimit(pid, "nofile");
              if (soft === void 0) return [];
              const open2 = openDescriptors(pid);
              return [{ pid, startTicks, soft, open: open2.length, limit: limitWithSpare(open2, spare) }];
            });
            const processes = limited.map(({ pid, startTicks, soft }) => ({ pid, startTicks, soft }));
            scope.undo({ type: "limits", resource: "nofile", processes }, async () => {
              await restoreLimits("nofile", limited, host.setSoftLimit);
            });
            for (const { pid, limit: limit3 } of limited) await host.setSoftLimit(pid, "nofile", `${limit3}`);
            return {
              mechanism: "RLIMIT_NOFILE lowered on the running processes (prlimit)",
              async prove() {
                const seen = await Promise.all(nodes.map((node) => tryToConnect(control, node, spare)));
                const alive = await Promise.all(
                  nodes.map((node) => {
                    const held2 = kept.get(node);
                    return typeof held2 === "object" ? held2.ping(pingWithinMs) : held2;
                  })
                );
                const kernel = limited.filter(({ pid, limit: limit3 }) => readSoftLimit(pid, "nofile") === `${limit3}`).length;
                const refused = seen.filter(({ wrong }) => wrong !== void 0).length;
                const answering = alive.filter((wrong) => wrong === void 0).length;
                const conditions = [
                  all("processes that have the limit", kernel, limited.length),
                  all("nodes that refuse a new MQTT connection", refused, nodes.length),
                  all("nodes that answer on a connection opened before", answering, nodes.length)
                ];
                return proofOf(conditions, {
                  observed: `${limited.map(({ pid, open: open2, limit: limit3, soft }) => `pid ${pid} has ${open2} descriptors open and may number them below ${limit3} (${soft} before)`).join("; ")}; new MQTT connections: ${seen.map(({ served, wrong }) => `${served} served, ${wrong === void 0 ? "none refused" : `then ${wrong}`}`).join("; ")}; those opened before answer at ${answering} of ${nodes.length} nodes`,
                  figures: {
                    processes: limited.length,
                    processesLimited: kernel,
                    descriptorsOpen: sum2(limited.map(({ open: open2 }) => open2)),
                    newConnectionsServed: sum2(seen.map(({ served }) => served)),
                    nodesRefusing: refused,
                    nodesWithLivingConnections: answering
                  }
                });
              }
            };
          },
          async release() {
            for (const held2 of kept.values()) if (typeof held2 === "object") held2.close();
          }
        };
      }
    };
  }
};
async function tryToConnect(control, node, spare) {
  const opened = [];
  try {
    while (opened.length < spare + mostTries) {
      const held2 = await control.connect(node, pingWithinMs);
      if (typeof held2 === "string") return { served: opened.length, wrong: held2 };
      opened.push(held2);
    }
    return { served: opened.length, wrong: void 0 };
  } finally {
    for (const held2 of opened) held2.close();
  }
}

// src/faults/kinds/io-stress.ts
import { mkdirSync, rmSync as rmSync2, statSync as statSync3 } from "node:fs";
import { join as join4 } from "node:path";
import { z as z12 } from "#vendor/zod.js";
var leastProbes = 5;
var slowerFactor = 1.5;
var leastOwnShare = 0.5;
var ioStress = {
  kind: "io-stress",
  summary: "files are written and synced without a pause on the disk of the nodes",
  strikes: "nodes",
  mechanisms: [{ name: "fsync loops", needs: [] }],
  parameters: z12.strictObject({
    writers: wholeNumber({ min: 1, max: 64 }).default(8),
    size: bytes.default(8 * 1024 ** 2)
  }),
  plan({ writers, size: size3 }, target2, cluster, random) {
    const nodes = chooseNodes(target2, cluster, random);
    return {
      kind: "io-stress",
      target: nodes.join(", "),
      injected: `${writers} files of ${formatBytes(size3)} written and synced over and over`,
      impact: noImpact,
      async prepare({ nodes: control, host, clock }) {
        const folders = onePerDisk(nodes.map((node) => control.folder(node)));
        const probes = folders.map((folder) => new WriteProbe(folder, host));
        const steadyFrom = lookAt(folders, clock.nowMs());
        return {
          async inject(scope) {
            const steady = probes.map((probe) => probe.mark());
            const holdFrom = lookAt(folders, clock.nowMs());
            const places = folders.map((folder) => join4(folder, ".chaos-action-io"));
            const loops = places.map((place) => {
              scope.undo(
                { type: "remove-folder", folder: place },
                () => rmSync2(place, { recursive: true, force: true })
              );
              mkdirSync(place);
              return startStressor(host, scope, ["io", place, `${writers}`, `${size3}`]);
            });
            return {
              mechanism: "fsync loops beside the data of the nodes",
              async prove() {
                const now = lookAt(folders, clock.nowMs());
                const ofLoops = loops.map(({ pid }) => readStorageWrites(pid));
                const ownBytes = ofLoops.includes(void 0) ? void 0 : sum2(ofLoops.map((bytes2) => bytes2 ?? 0));
                const during = probes.map((probe) => probe.mark());
                const compared3 = during.map((latenciesMs, i) => ({
                  beforeMs: median(steady[i] ?? []) ?? 0,
                  nowMs: median(latenciesMs) ?? 0,
                  probes: Math.min(latenciesMs.length, steady[i]?.length ?? 0)
                }));
                const was = rates(steadyFrom, holdFrom);
                const is = rates(holdFrom, now);
                const moreBytes = ((is.writtenBytesPerSecond ?? 0) - (was.writtenBytesPerSecond ?? 0)) * (now.atMs - holdFrom.atMs) / 1e3;
                const disk = is.writtenBytesPerSecond === void 0 ? "the kernel keeps no figures of this disk" : `${formatBytes(is.writtenBytesPerSecond)}/s written to disk (${formatBytes(was.writtenBytesPerSecond ?? 0)}/s before)`;
                const { nowMs, beforeMs } = compared3[0] ?? { nowMs: 0, beforeMs: 0 };
                const own = "bytes written to disk by the loops";
                const conditions = [
                  ...compared3.flatMap((one) => [
                    atLeast("synced writes that were timed, in the steady phase and in hold", one.probes, leastProbes),
                    moreThan("a synced write of 4 KiB before, at the median", one.beforeMs, 0, formatMs),
                    atLeast("a synced write of 4 KiB, at the median", one.nowMs, slowerFactor * one.beforeMs, formatMs)
                  ]),
                  ...is.writtenBytesPerSecond === void 0 ? [] : [
                    moreThan(
                      "bytes a second written to disk",
                      is.writtenBytesPerSecond,
                      was.writtenBytesPerSecond ?? 0,
                      formatBytes
                    )
                  ],
                  ...ownBytes === void 0 ? [] : [moreThan(own, ownBytes, 0), atLeast(own, ownBytes, leastOwnShare * moreBytes, formatBytes)]
                ];
                return proofOf(conditions, {
                  observed: `a synced write of 4 KiB takes ${compared3.map((one) => `${formatMs(one.nowMs)} (${formatMs(one.beforeMs)} before)`).join(", ")} at the median; ${disk}${ownBytes === void 0 ? "" : `, ${formatBytes(ownBytes)} in all by the loops`}`,
                  figures: {
                    probeMs: nowMs,
                    probeMsBefore: beforeMs,
                    probes: sum2(compared3.map((one) => one.probes)),
                    disks: folders.length,
                    ...ownBytes === void 0 ? {} : { loopsWrittenBytes: ownBytes },
                    ...named("", is),
                    ...named("Before", was)
                  }
                });
              }
            };
          },
          async release() {
            await Promise.all(probes.map((probe) => probe.stop()));
          }
        };
      }
    };
  }
};
function onePerDisk(folders) {
  return [...new Map(folders.map((folder) => [statSync3(folder).dev, folder])).values()];
}
function lookAt(folders, atMs) {
  const disks = folders.map((folder) => readDisk(statSync3(folder).dev));
  const known2 = disks.filter((disk) => disk !== void 0);
  return {
    atMs,
    writtenBytes: known2.length < disks.length ? void 0 : sum2(known2.map(({ writtenBytes }) => writtenBytes)),
    pressureMs: readPressureMs("io")
  };
}
function rates(from, to) {
  const perSecond2 = (before, after) => before === void 0 || after === void 0 || to.atMs <= from.atMs ? void 0 : (after - before) * 1e3 / (to.atMs - from.atMs);
  return {
    writtenBytesPerSecond: perSecond2(from.writtenBytes, to.writtenBytes),
    pressureMsPerSecond: perSecond2(from.pressureMs, to.pressureMs)
  };
}
function named(suffix, { writtenBytesPerSecond, pressureMsPerSecond }) {
  return {
    ...writtenBytesPerSecond === void 0 ? {} : { [`writtenBytesPerSecond${suffix}`]: writtenBytesPerSecond },
    ...pressureMsPerSecond === void 0 ? {} : { [`pressureMsPerSecond${suffix}`]: pressureMsPerSecond }
  };
}
var WriteProbe = class {
  #file;
  #process;
  #read = 0;
  constructor(folder, host) {
    this.#file = join4(folder, ".chaos-action-probe");
    this.#process = host.observe(["probe", this.#file]);
  }
  /** Milliseconds of each that was done since the last mark. */
  mark() {
    const lines2 = this.#process.said().split("\n").slice(0, -1);
    const seen = lines2.slice(this.#read).map(Number);
    this.#read = lines2.length;
    return seen;
  }
  async stop() {
    await this.#process.stop();
    rmSync2(this.#file, { force: true });
  }
};

// src/faults/kinds/kill.ts
import { z as z13 } from "#vendor/zod.js";

// src/faults/kill-nodes.ts
async function killNodes({ nodes: control }, nodes, scope) {
  const byNode = nodes.map((node) => control.processes(node));
  const before = byNode.flat();
  const killed = /* @__PURE__ */ new Set();
  const starts = nodes.map(
    (node) => scope.undo({ type: "ends-with-run", what: `${node} killed` }, async () => {
      if (!killed.has(node)) await control.kill(node);
      killed.add(node);
      control.start(node);
    })
  );
  await allDone(
    nodes.map(async (node) => {
      await control.kill(node);
      killed.add(node);
    })
  );
  return {
    pids: before.map(({ pid }) => pid),
    /** A node that was down already was not killed by this fault. */
    allRan: byNode.length > 0 && byNode.every((processes) => processes.length > 0),
    gone: () => before.filter((process2) => !isAlive(process2)).length,
    async startAgain() {
      await allDone(starts.map((start) => start()));
    }
  };
}

// src/faults/kinds/kill.ts
var kill = {
  kind: "kill",
  summary: "nodes are killed (SIGKILL) and stay down until the heal starts them again",
  strikes: "nodes",
  mechanisms: [{ name: "SIGKILL", needs: [] }],
  parameters: z13.strictObject({}),
  plan(_, target2, cluster, random) {
    const nodes = chooseNodes(target2, cluster, random);
    return {
      kind: "kill",
      target: nodes.join(", "),
      injected: "SIGKILL, down until the heal",
      impact: { unavailableNodes: nodes, cutPaths: [] },
      async prepare(environment4) {
        return {
          async inject(scope) {
            const killed = await killNodes(environment4, nodes, scope);
            return {
              mechanism: "SIGKILL",
              async prove() {
                const answers = await Promise.all(nodes.map((node) => environment4.nodes.ping(node, 500)));
                const silent2 = answers.filter((wrong) => wrong !== void 0).length;
                const left = nodes.flatMap((node) => environment4.nodes.processes(node)).length;
                const conditions = [
                  isSo("every node ran until it was killed", killed.allRan),
                  all("processes gone from /proc", killed.gone(), killed.pids.length),
                  none("processes left", left),
                  all("nodes without an MQTT answer", silent2, nodes.length)
                ];
                return proofOf(conditions, {
                  observed: `${killed.gone()} of ${killed.pids.length} processes gone from /proc (pid ${killed.pids.join(", ")}), ${left} left; MQTT: ${answers.join("; ")}`,
                  figures: {
                    processesKilled: killed.pids.length,
                    processesGone: killed.gone(),
                    processesLeft: left,
                    nodesSilent: silent2
                  }
                });
              }
            };
          },
          async release() {
          }
        };
      }
    };
  }
};

// src/faults/kinds/load.ts
import { z as z14 } from "#vendor/zod.js";
var window2 = 2e3;
var leastSent = 0.9;
var subscribeWithinMs = 5e3;
var load = {
  kind: "load",
  summary: "further clients publish at QoS 1 from node to node, besides the workload",
  strikes: "nodes",
  mechanisms: [{ name: "clients", needs: [] }],
  parameters: z14.strictObject({ rate: operationRate, payload: bytes.prefault("128B") }),
  plan({ rate: ratePerSecond, payload: payloadBytes }, target2, cluster, random) {
    const nodes = chooseNodes(target2, cluster, random);
    const prefix = `load${random.below(4294967296).toString(16)}`;
    const after = (node) => cluster.nodes[(cluster.nodes.indexOf(node) + 1) % cluster.nodes.length] ?? node;
    return {
      kind: "load",
      target: nodes.join(", "),
      injected: `${ratePerSecond} messages a second of ${payloadBytes} bytes at QoS 1 into each node, to a subscriber at the next`,
      impact: noImpact,
      async prepare(environment4) {
        const { nodes: control, network, clock } = environment4;
        const stop = new AbortController();
        const clients = [];
        const pairs = [];
        const publishing = [];
        const leave = async () => {
          stop.abort();
          await Promise.all(publishing);
          await Promise.all(clients.map((client2) => client2.close()));
        };
        const client = (node, id) => {
          const made = new RawClient({ ...control.address(node), ...network.entry(node) }, id);
          clients.push(made);
          return made;
        };
        return {
          async inject(scope) {
            scope.undo({ type: "ends-with-run", what: `load on ${nodes.join(", ")}` }, leave);
            const payload = Buffer.alloc(payloadBytes, "load");
            await allDone(
              nodes.map(async (node, i) => {
                const topic = `chaos-load/${prefix}/${node}`;
                const pair = {
                  publisher: client(node, `${prefix}p${i}`),
                  subscriber: client(after(node), `${prefix}s${i}`),
                  sent: 0,
                  held: false
                };
                pairs.push(pair);
                await within(pair.subscriber.subscribe(topic, 1), {
                  withinMs: subscribeWithinMs,
                  clock,
                  signal: scope.signal
                });
                publishing.push(
                  pace(
                    ratePerSecond,
                    () => {
                      pair.held = pair.sent - pair.publisher.acknowledged >= window2;
                      if (pair.publisher.state !== "accepted" || pair.held) return true;
                      pair.publisher.publish(topic, payload, 1);
                      pair.sent++;
                      return true;
                    },
                    { clock, signal: stop.signal }
                  )
                );
              })
            );
            const startedMs = clock.nowMs();
            const before = offeredBytes(nodes, environment4);
            return {
              mechanism: "clients",
              async prove() {
                const seconds3 = (clock.nowMs() - startedMs) / 1e3;
                const total2 = (pick) => sum2(pairs.map(pick));
                const sent = total2((pair) => pair.sent);
                const acknowledged = total2(({ publisher }) => publisher.acknowledged);
                const delivered = total2(({ subscriber }) => subscriber.received);
                const saturated = pairs.filter(({ held: held2 }) => held2).length;
                const linkBytes = offeredBytes(nodes, environment4) - before;
                const asked = ratePerSecond * nodes.length * seconds3;
                const conditions = [
                  ...saturated > 0 ? [] : [
                    atLeast(
                      "messages a second that were published",
                      sent / seconds3,
                      asked * leastSent / seconds3,
                      whole2
                    )
                  ],
                  moreThan("messages acknowledged by the broker", acknowledged, 0),
                  moreThan("messages delivered", delivered, 0),
                  // Where there are links, they have seen at least the payloads.
                  ...before < 0 ? [] : [
                    atLeast(
                      "bytes offered on the nodes' client links",
                      linkBytes,
                      sent * payloadBytes * leastSent,
                      whole2
                    )
                  ]
                ];
                return proofOf(conditions, {
                  observed: `${perSecond(sent, seconds3)} messages a second were published, ${perSecond(acknowledged, seconds3)} acknowledged by the broker, ${perSecond(delivered, seconds3)} delivered${saturated > 0 ? `; ${saturated} of ${pairs.length} publishers had to wait, ${window2} messages unacknowledged` : ""}${before < 0 ? "" : `; ${linkBytes} bytes were offered on the nodes' client links`}`,
                  figures: {
                    askedPerSecond: ratePerSecond * nodes.length,
                    sentPerSecond: sent / seconds3,
                    acknowledgedPerSecond: acknowledged / seconds3,
                    deliveredPerSecond: delivered / seconds3,
                    publishersSaturated: saturated,
                    ...before < 0 ? {} : { linkBytes }
                  }
                });
              }
            };
          },
          release: leave
        };
      }
    };
  }
};
var whole2 = (value) => value.toFixed(0);
function perSecond(count, seconds3) {
  return (count / seconds3).toFixed(0);
}
function offeredBytes(nodes, { links: links2, network }) {
  if (links2 === void 0) return -1;
  return nodes.reduce((total2, node) => {
    const [lane] = network.client(node);
    return lane === void 0 ? total2 : total2 + links2.counters(lane.linkId).forward.bytesOffered;
  }, 0);
}

// src/faults/kinds/malformed-input.ts
import { Worker } from "node:worker_threads";
import { z as z15 } from "#vendor/zod.js";
var leastReactions = 0.25;
var leastArrived = 0.9;
var lookAgainMs = 250;
var malformedInput = {
  kind: "malformed-input",
  summary: `clients send broken MQTT packets of ${brokenClasses.length} classes, each on a connection of its own`,
  strikes: "nodes",
  mechanisms: [{ name: "clients", needs: [] }],
  parameters: z15.strictObject({ rate: operationRate.prefault("200/s") }),
  plan({ rate: ratePerSecond }, target2, cluster, random) {
    const nodes = chooseNodes(target2, cluster, random);
    const seeds = nodes.map(() => String(random.next()));
    return {
      kind: "malformed-input",
      target: nodes.join(", "),
      injected: `${ratePerSecond} broken packets a second of ${brokenClasses.length} classes to each node`,
      impact: noImpact,
      async prepare(environment4) {
        const barrages = remote(new Worker(distPath("barrage-worker.js")), "barrage");
        barrages.ended.addEventListener("abort", () => environment4.broken(barrages.ended.reason), { once: true });
        let watching;
        return {
          async inject(scope) {
            scope.undo({ type: "ends-with-run", what: `broken packets to ${nodes.join(", ")}` }, async () => {
              clearInterval(watching);
              await barrages.call("stop");
            });
            const before = nodes.map((node) => linkCounters(node, environment4));
            const lives = nodes.map((node) => new Lives(node, environment4));
            await barrages.call(
              "start",
              nodes.map((node, i) => ({
                node,
                target: { ...environment4.nodes.address(node), ...environment4.network.entry(node) },
                seed: seeds[i] ?? "",
                ratePerSecond,
                processes: lives[i]?.processes ?? []
              }))
            );
            watching = setInterval(() => {
              for (const life of lives.filter((one) => one.isAnother()))
                barrages.call("restarted", { node: life.node, processes: life.processes }).catch((error) => environment4.logger.debug(messageOf(error)));
            }, lookAgainMs);
            return {
              mechanism: "clients",
              async prove() {
                const tally = await barrages.call("tally");
                const settled = (reaction) => sum2([...tally.byClass.values()].map((counts2) => counts2[reaction]));
                const [closed, answered, ignored] = [settled("closed"), settled("answered"), settled("ignored")];
                const through = nodes.map((node, i) => since(before[i], linkCounters(node, environment4)));
                const arrived = through.every((one) => one === void 0) ? tally.packets : sum2(through.map((one) => one?.connections ?? 0));
                const tolerated = [...tally.byClass].filter(([, counts2]) => counts2.closed === 0).map(([name]) => name);
                const share2 = (part, whole3) => whole3 === 0 ? 0 : part / whole3;
                const reacted = closed + answered;
                const conditions = [
                  moreThan("broken packets that were sent", tally.packets, 0),
                  atLeast(
                    "broken packets that came through the links",
                    share2(arrived, tally.packets),
                    leastArrived,
                    formatShare
                  ),
                  atLeast(
                    "broken packets that the broker reacted to",
                    share2(reacted, reacted + ignored),
                    leastReactions,
                    formatShare
                  )
                ];
                return proofOf(conditions, {
                  observed: `${tally.packets} packets of ${tally.byClass.size} classes; the broker closed ${closed} connections, answered on ${answered}, said nothing on ${ignored}; ${arrived} connections came through the links`,
                  details: tolerated.length === 0 ? "" : `; never closed on: ${tolerated.join(", ")}`,
                  figures: {
                    packets: tally.packets,
                    classes: tally.byClass.size,
                    packetBytes: tally.bytes,
                    closed,
                    answered,
                    ignored,
                    packetsUnsent: tally.unsent,
                    linkConnections: arrived,
                    linkBytes: sum2(through.map((one) => one?.bytes ?? 0)),
                    ...Object.fromEntries(
                      [...tally.byClass].flatMap(
                        ([name, counts2]) => Object.entries(counts2).filter(([, count]) => count > 0).map(([reaction, count]) => [`${reaction}: ${name}`, count])
                      )
                    )
                  }
                });
              },
              suspects: (node, atMs) => barrages.call("suspects", { node, atMs })
            };
          },
          async release() {
            clearInterval(watching);
            await barrages.terminate();
          }
        };
      }
    };
  }
};
var Lives = class {
  node;
  #control;
  processes;
  constructor(node, { nodes }) {
    this.node = node;
    this.#control = nodes;
    this.processes = nodes.processes(node);
  }
  /** True when the node runs again, as other processes than before. */
  isAnother() {
    if (this.processes.some(isAlive)) return false;
    try {
      this.processes = this.#control.processes(this.node);
    } catch {
      return false;
    }
    return this.processes.length > 0;
  }
};
function linkCounters(node, { network, links: links2 }) {
  const [lane] = network.client(node);
  return links2 === void 0 || lane === void 0 ? void 0 : links2.counters(lane.linkId);
}
function since(before, now) {
  if (!before || !now) return void 0;
  return {
    connections: now.connectionsOpened - now.upstreamFailures - before.connectionsOpened + before.upstreamFailures,
    bytes: now.forward.bytesDelivered - before.forward.bytesDelivered
  };
}

// src/faults/kinds/memory-limit.ts
import { z as z16 } from "#vendor/zod.js";
var toleranceShare3 = 0.1;
var memoryLimit = {
  kind: "memory-limit",
  summary: "nodes may have little more memory than they have, page cache included, and are slowed down beyond it",
  strikes: "nodes",
  mechanisms: [{ name: "cgroup memory limit", needs: ["memoryLimit"] }],
  parameters: z16.strictObject({ headroom: bytes.default(0) }),
  plan({ headroom }, target2, cluster, random) {
    const nodes = chooseNodes(target2, cluster, random);
    return {
      kind: "memory-limit",
      target: nodes.join(", "),
      injected: headroom === 0 ? "no more memory than now" : `at most ${formatBytes(headroom)} of memory more than now`,
      impact: noImpact,
      async prepare({ limits }) {
        if (!limits) throw new NotAvailable("memory-limit cannot be done here: the nodes have no cgroups of their own");
        const { memory } = limits;
        try {
          for (const node of nodes) memory.read(node);
        } catch (error) {
          throw new NotAvailable(`memory-limit cannot be done here: ${messageOf(error)}`);
        }
        return {
          async inject(scope) {
            const before = nodes.map((node) => memory.read(node));
            const limitOf = (i) => (before[i]?.bytes ?? 0) + headroom;
            for (const [i, node] of nodes.entries())
              await memory.set(
                node,
                limitOf(i),
                (lift) => scope.undo({ type: "ends-with-run", what: `memory limit of ${node}` }, lift)
              );
            return {
              mechanism: "cgroup memory limit",
              async prove() {
                const seen = nodes.map((node, i) => {
                  const now = memory.read(node);
                  return {
                    node,
                    limit: limitOf(i),
                    kernelLimit: now.limit,
                    bytes: now.bytes,
                    heldUp: now.heldUp - (before[i]?.heldUp ?? 0)
                  };
                });
                const conditions = seen.flatMap((one) => [
                  atMost(`${one.node}: its limit in the kernel`, one.kernelLimit ?? Number.NaN, one.limit, formatBytes),
                  // A node that never wants more than its limit has not been struck by it.
                  moreThan(`${one.node}: times it was held up`, one.heldUp, 0),
                  atMost(`${one.node}: its memory`, one.bytes, one.limit * (1 + toleranceShare3), formatBytes)
                ]);
                return proofOf(conditions, {
                  observed: seen.map(
                    (one) => `${one.node}: held up ${one.heldUp} times at ${formatBytes(one.limit)}, has ${formatBytes(one.bytes)}`
                  ).join("; "),
                  figures: {
                    headroomBytes: headroom,
                    nodes: seen.length,
                    heldUp: sum2(seen.map((one) => one.heldUp)),
                    leastHeldUp: Math.min(...seen.map((one) => one.heldUp))
                  }
                });
              }
            };
          },
          async release() {
          }
        };
      }
    };
  }
};

// src/faults/kinds/memory-stress.ts
import { z as z17 } from "#vendor/zod.js";
var marginBytes = (totalBytes) => Math.max(0.1 * totalBytes, 512 * 1024 ** 2);
var leastFallShare = 0.7;
var leastBallastBytes = 64 * 1024 ** 2;
var memoryStress = {
  kind: "memory-stress",
  summary: "memory of the machine is taken until a share of it is left, or up to a size",
  strikes: "nodes",
  mechanisms: [{ name: "ballast process", needs: [] }],
  parameters: z17.strictObject({ free: share.optional(), size: bytes.optional() }).refine(({ free, size: size3 }) => free !== void 0 || size3 !== void 0, "one of free and size is needed"),
  plan({ free, size: size3 }, target2, cluster, random) {
    const nodes = chooseNodes(target2, cluster, random);
    const limits = [
      ...free === void 0 ? [] : [`until ${formatShare(free)} is left`],
      ...size3 === void 0 ? [] : [`at most ${formatBytes(size3)}`]
    ];
    return {
      kind: "memory-stress",
      target: nodes.join(", "),
      injected: `memory taken ${limits.join(", ")}`,
      impact: noImpact,
      async prepare({ host, clock }) {
        const steadyFrom = { atMs: clock.nowMs(), pressureMs: readPressureMs("memory") };
        return {
          async inject(scope) {
            const before = readMemory();
            const holdFrom = { atMs: clock.nowMs(), pressureMs: readPressureMs("memory") };
            const ballast = startStressor(host, scope, [
              "memory",
              `${Math.round((free ?? 0) * before.totalBytes)}`,
              `${size3 ?? before.totalBytes}`,
              `${Math.round(marginBytes(before.totalBytes))}`
            ]);
            return {
              mechanism: "ballast process, the whole machine",
              async prove() {
                const now = readMemory();
                const heldBytes = readStat(ballast.pid)?.residentBytes ?? 0;
                const wantedBytes = Number(/^holds (\d+)$/m.exec(ballast.said())?.[1] ?? Number.NaN);
                const fellBytes = before.availableBytes - now.availableBytes;
                const nowPressureMs = readPressureMs("memory");
                const perSecond2 = (from, toMs, pressureMs) => pressureMs === void 0 || from.pressureMs === void 0 || toMs <= from.atMs ? void 0 : (pressureMs - from.pressureMs) * 1e3 / (toMs - from.atMs);
                const pressure = perSecond2(holdFrom, clock.nowMs(), nowPressureMs);
                const pressureBefore = perSecond2(steadyFrom, holdFrom.atMs, holdFrom.pressureMs);
                const gone = heldBytes === 0 ? ballast.said().includes("gave way") ? ", it gave way" : ", it is gone" : "";
                const conditions = [
                  atLeast("memory that the ballast was to take", wantedBytes, leastBallastBytes, formatBytes),
                  atLeast("memory that the ballast holds", heldBytes, wantedBytes, formatBytes),
                  atLeast("fall of MemAvailable", fellBytes, leastFallShare * wantedBytes, formatBytes)
                ];
                return proofOf(conditions, {
                  observed: `MemAvailable ${formatBytes(now.availableBytes)} of ${formatBytes(now.totalBytes)} (${formatBytes(before.availableBytes)} before); the ballast holds ${formatBytes(heldBytes)}${gone}; ${pressure === void 0 ? "the kernel has no PSI" : `tasks waited for memory ${pressure.toFixed(1)} ms a second (${(pressureBefore ?? 0).toFixed(1)} before)`}`,
                  figures: {
                    availableBytes: now.availableBytes,
                    availableBytesBefore: before.availableBytes,
                    ballastBytes: heldBytes,
                    fellBytes,
                    ...pressure === void 0 ? {} : { pressureMsPerSecond: pressure },
                    ...pressureBefore === void 0 ? {} : { pressureMsPerSecondBefore: pressureBefore }
                  }
                });
              }
            };
          },
          async release() {
          }
        };
      }
    };
  }
};

// src/faults/kinds/network-delay.ts
import { z as z18 } from "#vendor/zod.js";
var toleranceMs = (delayMs, jitterMs, samples) => Math.min(delayMs / 2, Math.max(5, delayMs * 0.05) + 3 * jitterMs / Math.sqrt(Math.max(1, samples)));
var spreadMs = ({
  medianDelayMs = 0,
  p90DelayMs = 0
}) => p90DelayMs - medianDelayMs;
var networkDelay = {
  kind: "network-delay",
  summary: "bytes arrive later: delay and jitter, one way, in each struck direction",
  strikes: "links",
  mechanisms: shapers,
  parameters: z18.strictObject({ delay: duration, jitter: duration.default(0) }),
  plan({ delay: delayMs, jitter: jitterMs }, target2, cluster, random) {
    const struck = chooseLinks(target2, cluster, random);
    return {
      kind: "network-delay",
      target: struck.text,
      injected: `${formatMs(delayMs)} each way${jitterMs > 0 ? ` +- ${formatMs(jitterMs)}` : ""}`,
      impact: noImpact,
      async prepare(environment4) {
        const lanes = lanesOf(struck, environment4);
        const watch = await LinkWatch.start(environment4, lanes, { lanes: 1, intervalMs: 50 });
        return {
          async inject(scope) {
            const before = watch.read();
            const { mechanism, packets } = await shape(environment4, lanes, { delayMs, jitterMs }, scope);
            watch.mark();
            return {
              mechanism,
              async prove() {
                const shifts = [];
                const spreads = [];
                const seen = watch.read();
                seen.forEach(({ probe }, i) => {
                  const calm = before[i]?.probe;
                  if (probe.medianDelayMs === void 0 || calm?.medianDelayMs === void 0) return;
                  shifts.push(probe.medianDelayMs - calm.medianDelayMs);
                  spreads.push(spreadMs(probe) - spreadMs(calm));
                });
                const shaped = await packets();
                const leastSpreadMs = spreads.length === 0 ? 0 : Math.max(0, Math.min(...spreads));
                const samples = Math.min(...seen.map(({ probe }) => probe.arrived));
                const shiftMs = median(shifts) ?? 0;
                const worstErrorMs = Math.max(0, ...shifts.map((shift2) => Math.abs(shift2 - delayMs)));
                const p99Ms = Math.max(0, ...seen.map(({ probe }) => probe.p99DelayMs ?? 0));
                const trafficBytes = sum2(seen.map(({ traffic }) => traffic.deliveredBytes));
                const conditions = [
                  moreThan("delay that was asked for", delayMs, 0, formatMs),
                  all("directions in which probes arrived", shifts.length, lanes.length),
                  atMost(
                    `distance from ${formatMs(delayMs)} of the delay in the worst direction`,
                    worstErrorMs,
                    toleranceMs(delayMs, jitterMs, samples),
                    formatMs
                  ),
                  ...jitterMs === 0 ? [] : [atLeast("lateness of one in ten beyond the median", leastSpreadMs, jitterMs / 2, formatMs)],
                  ...await carriesTraffic(
                    { what: "bytes of the broker's own that passed", amount: trafficBytes },
                    struck,
                    environment4
                  ),
                  ...shaped === void 0 ? [] : [moreThan("packets of the broker's own through netem", shaped, 0)]
                ];
                return proofOf(conditions, {
                  observed: `one way ${formatMs(shiftMs)} longer at the median (worst of ${shifts.length} directions off by ${formatMs(worstErrorMs)})${jitterMs > 0 ? `, one in ten ${formatMs(leastSpreadMs)} later still` : ""}, while ${trafficBytes} bytes of the broker's own passed${shaped === void 0 ? "" : `, ${shaped} packets through netem`}`,
                  figures: {
                    injectedDelayMs: delayMs,
                    observedDelayMs: shiftMs,
                    worstErrorMs,
                    p99DelayMs: p99Ms,
                    ...jitterMs > 0 ? { injectedJitterMs: jitterMs, observedJitterMs: leastSpreadMs } : {},
                    directions: lanes.length,
                    directionsSeen: shifts.length,
                    brokerBytes: trafficBytes,
                    ...shaped === void 0 ? {} : { brokerPackets: shaped }
                  }
                });
              }
            };
          },
          release: () => watch.stop()
        };
      }
    };
  }
};

// src/faults/kinds/packet-loss.ts
import { z as z19 } from "#vendor/zod.js";

// src/machine/tcp.ts
import { readFileSync as readFileSync5 } from "node:fs";
function retransmittedSegments() {
  try {
    const [names = "", values = ""] = readFileSync5("/proc/net/snmp", "utf8").split("\n").filter((line) => line.startsWith("Tcp:"));
    const value = values.split(" ")[names.split(" ").indexOf("RetransSegs")];
    return value === void 0 ? null : Number(value);
  } catch {
    return null;
  }
}

// src/faults/kinds/packet-loss.ts
var tolerance2 = (loss) => Math.min(0.03, loss / 2);
var packetLoss = {
  kind: "packet-loss",
  summary: "segments are lost and retransmitted: stalls of 200 ms and more, as TCP shows them",
  strikes: "links",
  mechanisms: [
    { name: "nft drop of real packets", needs: ["nft"] },
    { name: "link proxy, TCP model of loss", needs: [] }
  ],
  parameters: z19.strictObject({ loss: share }),
  plan({ loss }, target2, cluster, random) {
    const struck = chooseLinks(target2, cluster, random);
    return {
      kind: "packet-loss",
      target: struck.text,
      injected: `${formatShare(loss)} of transmissions lost`,
      impact: noImpact,
      async prepare(environment4) {
        const lanes = lanesOf(struck, environment4);
        const watch = await LinkWatch.start(environment4, lanes, { lanes: 4, intervalMs: 25 });
        return {
          inject: (scope) => environment4.packets ? dropped(environment4, environment4.packets, { struck, lanes, loss, watch, scope }) : modelled(environment4, { struck, lanes, loss, watch, scope }),
          release: () => watch.stop()
        };
      }
    };
  }
};
async function modelled(environment4, { struck, lanes, loss, watch, scope }) {
  await shapeLanes(environment4, lanes, { lossShare: loss }, { lossShare: 0 }, scope);
  watch.mark();
  return {
    mechanism: "link proxy, TCP model of loss",
    async prove() {
      const seen = watch.read();
      const transmissions = sum2(seen.map(({ probe }) => probe.loss?.transmissions ?? 0));
      const lost = sum2(seen.map(({ probe }) => probe.loss?.lostTransmissions ?? 0));
      const withLoss = seen.filter(
        ({ probe }) => (probe.loss?.lostTransmissions ?? 0) > 0 || (probe.loss?.transmissions ?? 0) * loss < 10
      ).length;
      const observed2 = transmissions === 0 ? 0 : lost / transmissions;
      const trafficBytes = sum2(seen.map(({ traffic }) => traffic.deliveredBytes));
      const conditions = [
        moreThan("lost probe transmissions", lost, 0),
        near("loss among the probe transmissions", observed2, loss, tolerance2(loss), formatShare),
        all("directions that show the loss or too few probes to tell", withLoss, seen.length),
        ...await carriesTraffic(
          { what: "bytes of the broker's own that passed", amount: trafficBytes },
          struck,
          environment4
        )
      ];
      return proofOf(conditions, {
        observed: `${formatShare(observed2)} of ${transmissions} probe transmissions, read from their stalls, while ${trafficBytes} bytes of the broker's own passed`,
        figures: {
          injectedLossShare: loss,
          observedLossShare: observed2,
          transmissions,
          lostTransmissions: lost,
          directions: lanes.length,
          brokerBytes: trafficBytes
        }
      });
    }
  };
}
async function dropped(environment4, packets, { struck, lanes, loss, watch, scope }) {
  const retransmittedBefore = retransmittedSegments() ?? 0;
  const drop = await packets.drop(lanes, loss, scope);
  watch.mark();
  return {
    mechanism: "nft drop of real packets",
    async prove() {
      const counted = await drop.read();
      const seen = watch.read();
      const offered = sum2(counted.map(({ traffic, probes }) => traffic.offered + probes.offered));
      const lost = sum2(counted.map(({ traffic, probes }) => traffic.dropped + probes.dropped));
      const trafficPassed = sum2(counted.map(({ traffic }) => traffic.offered - traffic.dropped));
      const first2 = sum2(seen.map(({ probe }) => probe.firstLoss?.transmissions ?? 0));
      const stalled = sum2(seen.map(({ probe }) => probe.firstLoss?.lostTransmissions ?? 0));
      const withLoss = counted.filter(
        ({ traffic, probes }) => traffic.dropped + probes.dropped > 0 || (traffic.offered + probes.offered) * loss < 10
      ).length;
      const observed2 = offered === 0 ? 0 : lost / offered;
      const stalledShare = first2 === 0 ? 0 : stalled / first2;
      const retransmitted = (retransmittedSegments() ?? 0) - retransmittedBefore;
      const conditions = [
        moreThan("packets dropped", lost, 0),
        near("loss among the packets", observed2, loss, tolerance2(loss), formatShare),
        near("probe segments that stalled", stalledShare, loss, tolerance2(loss), formatShare),
        all("directions that show the loss or too few packets to tell", withLoss, counted.length),
        ...await carriesTraffic(
          { what: "packets of the broker's own that passed", amount: trafficPassed },
          struck,
          environment4
        )
      ];
      return proofOf(conditions, {
        observed: `${formatShare(observed2)} of ${offered} packets dropped, ${lost} in all; ${formatShare(stalledShare)} of ${first2} probe segments stalled; TCP sent ${retransmitted} segments again, while ${trafficPassed} packets of the broker's own passed`,
        figures: {
          injectedLossShare: loss,
          observedLossShare: observed2,
          packets: offered,
          packetsDropped: lost,
          probeSegments: first2,
          probeSegmentsStalled: stalled,
          segmentsRetransmitted: retransmitted,
          directions: lanes.length,
          brokerPackets: trafficPassed
        }
      });
    }
  };
}

// src/faults/kinds/partition.ts
import { z as z20 } from "#vendor/zod.js";
var groups = z20.union([z20.literal("minority"), z20.array(z20.array(z20.string()).min(1)).min(2)]);
var partition = {
  kind: "partition",
  summary: "nothing arrives across the cut: a minority, given groups, one way only, or a ring",
  strikes: "links",
  mechanisms: [
    { name: "nft drop of real packets", needs: ["nft"] },
    { name: "link proxy, bytes held", needs: [] }
  ],
  parameters: z20.strictObject({ groups: groups.optional(), shape: z20.enum(["ring", "one-way"]).optional() }).refine(({ groups: groups2, shape: shape2 }) => groups2 === void 0 || shape2 === void 0, "groups and shape exclude each other"),
  plan(parameters, target2, cluster, random) {
    const cut = chooseCut(parameters, target2, cluster, random);
    return {
      kind: "partition",
      target: [
        ...cut.paths.map(({ from, to }) => `${from} -> ${to}`),
        ...cut.clients.map((node) => `clients - ${node}`)
      ].join(", "),
      injected: cut.text,
      impact: { unavailableNodes: cut.unavailable, cutPaths: cut.paths },
      nothingToStrike: nothingCut(cut, parameters),
      async prepare(environment4) {
        const lanes = lanesOf(cut, environment4);
        const watch = await LinkWatch.start(environment4, lanes, { lanes: 1, intervalMs: 100 });
        return {
          inject: (scope) => environment4.packets ? dropped2(environment4, environment4.packets, { cut, lanes, watch, scope }) : held(environment4, { cut, lanes, watch, scope }),
          release: () => watch.stop()
        };
      }
    };
  }
};
async function held(environment4, { cut, lanes, watch, scope }) {
  await shapeLanes(environment4, lanes, { cut: true }, { cut: false }, scope);
  watch.mark();
  return {
    mechanism: "link proxy, bytes held",
    async prove() {
      const seen = watch.read();
      const figures = {
        directions: lanes.length,
        brokerBytesOffered: sum2(seen.map(({ traffic }) => traffic.offeredBytes)),
        brokerBytesDelivered: sum2(seen.map(({ traffic }) => traffic.deliveredBytes)),
        probeBytesOffered: sum2(seen.map(({ probe }) => probe.bytesOffered)),
        probeBytesDelivered: sum2(seen.map(({ probe }) => probe.bytesDelivered))
      };
      const tried2 = seen.filter(({ probe }) => probe.bytesOffered > 0).length;
      const conditions = [
        all("directions with a probe", tried2, lanes.length),
        none("bytes of the probes that were delivered", figures.probeBytesDelivered),
        none("bytes of the broker's own that were delivered", figures.brokerBytesDelivered),
        ...await carriesTraffic(
          { what: "bytes of the broker's own that came to the cut", amount: figures.brokerBytesOffered },
          cut,
          environment4
        )
      ];
      return proofOf(conditions, {
        observed: `${figures.brokerBytesDelivered} of ${figures.brokerBytesOffered} bytes of the broker's own delivered; probes in ${tried2} of ${lanes.length} directions, ${figures.probeBytesDelivered} of ${figures.probeBytesOffered} bytes delivered`,
        figures
      });
    }
  };
}
var settleMs = 100;
var answerWithinMs = 500;
async function dropped2(environment4, packets, { cut, lanes, watch, scope }) {
  const drop = await packets.drop(lanes, 1, scope);
  await environment4.clock.sleep(settleMs);
  watch.mark();
  return {
    mechanism: "nft drop of real packets",
    async prove() {
      const { answered, links: links2 } = await watch.answering(answerWithinMs);
      const counted = await drop.read();
      const seen = watch.read();
      const read2 = seen.filter(({ lane }) => lane.direction === "forward");
      const figures = {
        directions: lanes.length,
        brokerPacketsDropped: sum2(counted.map(({ traffic }) => traffic.dropped)),
        brokerPacketsPassed: sum2(counted.map(({ traffic }) => traffic.offered - traffic.dropped)),
        brokerBytesDelivered: sum2(read2.map(({ traffic }) => traffic.offeredBytes)),
        probeBytesOffered: sum2(seen.map(({ probe }) => probe.bytesOffered)),
        probeBytesDelivered: sum2(seen.map(({ probe }) => probe.bytesDelivered)),
        links: links2,
        linksAnswering: answered
      };
      const tried2 = seen.filter(({ probe }) => probe.bytesOffered > 0).length;
      const conditions = [
        all("directions with a probe", tried2, lanes.length),
        none("links that answer a SYN", answered),
        none("bytes of the probes that were delivered", figures.probeBytesDelivered),
        none("packets of the broker's own that passed", figures.brokerPacketsPassed),
        none("bytes of the broker's own that were read at the far end", figures.brokerBytesDelivered),
        ...await carriesTraffic(
          { what: "packets of the broker's own that were dropped", amount: figures.brokerPacketsDropped },
          cut,
          environment4
        )
      ];
      return proofOf(conditions, {
        observed: `${figures.brokerPacketsDropped} packets of the broker's own dropped, ${figures.brokerPacketsPassed} passed, and ${figures.brokerBytesDelivered} of its bytes read at the far end; ${answered} of ${links2} links answer a SYN; probes in ${tried2} of ${lanes.length} directions, ${figures.probeBytesDelivered} of ${figures.probeBytesOffered} bytes delivered`,
        figures
      });
    }
  };
}
function nothingCut({ paths, clients, text: text2 }, { shape: shape2 }) {
  if (paths.length > 0 || clients.length > 0) return void 0;
  return shape2 === "ring" ? "a ring needs at least three nodes" : `nothing is cut, all nodes are on one side: ${text2}`;
}
function chooseCut({ groups: groups2, shape: shape2 }, target2, cluster, random) {
  const { nodes } = cluster;
  const all2 = allPaths(nodes);
  if (target2.type === "path") return { paths: [target2], clients: [], unavailable: [], text: "one path cut" };
  if (target2.type === "links" && target2.which === "clients")
    return { paths: [], clients: nodes, unavailable: nodes, text: "every node cut off from its clients" };
  if (shape2 === "ring") return ring(nodes);
  if (shape2 === "one-way") {
    const mute = chooseNodes(target2.type === "links" ? { type: "choice", choice: "any" } : target2, cluster, random);
    return {
      paths: all2.filter(({ from, to }) => mute.includes(from) && !mute.includes(to)),
      clients: [],
      unavailable: mute,
      text: `${mute.join(", ")} can hear the others and not be heard`
    };
  }
  const sides = Array.isArray(groups2) ? groups2 : [chooseNodes(target2.type === "links" ? { type: "choice", choice: "minority" } : target2, cluster, random)];
  const sideOf = (node) => sides.findIndex((side) => side.includes(node));
  const whole3 = new Set(nodes.map(sideOf));
  const members = [...whole3].map((side) => nodes.filter((node) => sideOf(node) === side));
  return {
    paths: all2.filter(({ from, to }) => sideOf(from) !== sideOf(to)),
    clients: [],
    unavailable: members.filter((side) => side.length * 2 <= nodes.length).flat(),
    text: members.map((side) => side.join("+")).join(" | ")
  };
}
function ring(nodes) {
  const count = nodes.length;
  if (count < 3) return { paths: [], clients: [], unavailable: [], text: "nothing: a ring needs at least three nodes" };
  const reach = Math.floor((count - minoritySize(count)) / 2);
  const distance = (a, b) => Math.min(Math.abs(a - b), count - Math.abs(a - b));
  const open2 = count === 3;
  const paths = allPaths(nodes).filter(({ from, to }) => {
    const a = nodes.indexOf(from);
    const b = nodes.indexOf(to);
    return open2 ? Math.abs(a - b) === count - 1 : distance(a, b) > Math.max(1, reach);
  });
  return {
    paths,
    clients: [],
    unavailable: [],
    text: open2 ? `a chain: ${nodes.join(" - ")}` : `a ring: ${nodes.join(" - ")} - ${nodes[0]}`
  };
}

// src/faults/kinds/pause.ts
import { z as z21 } from "#vendor/zod.js";
var pause = {
  kind: "pause",
  summary: "nodes are stopped (SIGSTOP): connections stay open and nothing answers",
  strikes: "nodes",
  mechanisms: [{ name: "SIGSTOP", needs: [] }],
  parameters: z21.strictObject({}),
  plan(_, target2, cluster, random) {
    const nodes = chooseNodes(target2, cluster, random);
    return {
      kind: "pause",
      target: nodes.join(", "),
      injected: "SIGSTOP until the heal",
      impact: { unavailableNodes: nodes, cutPaths: [] },
      async prepare({ nodes: control }) {
        return {
          async inject(scope) {
            const processes = nodes.flatMap((node) => control.processes(node));
            const struck = processes.map(({ pid, startTicks }) => ({ pid, startTicks }));
            scope.undo({ type: "continue", processes: struck }, () => {
              for (const node of nodes) control.signal(node, "SIGCONT");
            });
            for (const node of nodes) control.signal(node, "SIGSTOP");
            return {
              mechanism: "SIGSTOP",
              async prove() {
                const answers = await Promise.all(nodes.map((node) => control.ping(node, 500)));
                const silent2 = answers.filter((wrong) => wrong !== void 0).length;
                const stopped = processes.filter(({ pid }) => readStat(pid)?.state === "T").length;
                const conditions = [
                  all("processes in state T", stopped, processes.length),
                  all("nodes without an MQTT answer", silent2, nodes.length)
                ];
                return proofOf(conditions, {
                  observed: `${stopped} of ${processes.length} processes in state T (pid ${processes.map(({ pid }) => pid).join(", ")}); MQTT: ${answers.join("; ")}`,
                  figures: { processes: processes.length, processesStopped: stopped, nodesSilent: silent2 }
                });
              }
            };
          },
          async release() {
          }
        };
      }
    };
  }
};

// src/faults/kinds/restart.ts
import { z as z22 } from "#vendor/zod.js";
var restart = {
  kind: "restart",
  summary: "nodes are killed (SIGKILL) and started again after a downtime",
  strikes: "nodes",
  mechanisms: [{ name: "SIGKILL and start", needs: [] }],
  parameters: z22.strictObject({ downtime: duration.default(1e3) }),
  plan({ downtime: downtimeMs }, target2, cluster, random) {
    const nodes = chooseNodes(target2, cluster, random);
    return {
      kind: "restart",
      target: nodes.join(", "),
      injected: `SIGKILL, started again after ${formatMs(downtimeMs)}`,
      impact: { unavailableNodes: nodes, cutPaths: [] },
      async prepare(environment4) {
        const { nodes: control, clock } = environment4;
        return {
          async inject(scope) {
            const killed = await killNodes(environment4, nodes, scope);
            const silent2 = await Promise.all(nodes.map((node) => control.ping(node, 500)));
            const left = nodes.flatMap((node) => control.processes(node)).length;
            const impactOver = clock.sleep(downtimeMs, scope.signal).then(killed.startAgain, () => {
            });
            impactOver.catch(() => {
            });
            return {
              mechanism: "SIGKILL and start",
              impactOver,
              async prove() {
                const answering = await pollUntil(
                  async () => (await Promise.all(nodes.map((node) => control.ping(node, 500)))).every(
                    (wrong) => wrong === void 0
                  ) ? true : void 0,
                  { withinMs: 1e4, everyMs: 100, clock }
                );
                const now = nodes.flatMap((node) => control.processes(node)).map(({ pid }) => pid);
                const fresh = now.filter((pid) => !killed.pids.includes(pid)).length;
                const wereSilent = silent2.filter((wrong) => wrong !== void 0).length;
                const conditions = [
                  isSo("every node ran until it was killed", killed.allRan),
                  all("processes gone from /proc", killed.gone(), killed.pids.length),
                  none("processes left", left),
                  all("nodes without an MQTT answer after the kill", wereSilent, nodes.length),
                  atLeast("new processes of the nodes", fresh, nodes.length)
                ];
                return proofOf(conditions, {
                  observed: `${killed.gone()} of ${killed.pids.length} processes gone from /proc, MQTT silent at ${wereSilent} of ${nodes.length} nodes; then ${fresh} new processes (pid ${killed.pids.join(", ")} -> ${now.join(", ")})${answering ? ", MQTT answers again" : ", MQTT not answering yet"}`,
                  figures: {
                    processesKilled: killed.pids.length,
                    processesGone: killed.gone(),
                    nodesSilent: wereSilent,
                    newProcesses: fresh
                  }
                });
              }
            };
          },
          async release() {
          }
        };
      }
    };
  }
};

// src/faults/kinds/rpc-fault.ts
import { z as z23 } from "#vendor/zod.js";
var dialledAgainWithinMs = 5e3;
var lateByItself = 0.03;
var timerErrorMs = 1;
var methodPattern = String.raw`^\*$|^/[^/\s]+/([^/\s*]+|\*)$`;
var method = reading(
  {
    type: "string",
    pattern: methodPattern,
    description: "A gRPC method: /package.Service/Method, /package.Service/* or *"
  },
  (value) => typeof value === "string" && new RegExp(methodPattern).test(value) ? { value } : {
    message: `${show(value)} is no gRPC method`,
    hint: "write it as /package.Service/Method, /package.Service/* or *"
  }
);
var actions = ["delay", "drop", "status"];
var action = reading(
  { type: "string", pattern: `^(${actions.join("|")})$`, description: `What is done: ${actions.join(", ")}` },
  (value) => {
    const found2 = actions.find((known2) => known2 === value);
    if (found2 !== void 0) return { value: found2 };
    return { message: `${show(value)} is not one of ${actions.join(", ")}`, hint: `write ${actions.join(" or ")}` };
  }
);
var status = reading(
  {
    type: ["string", "integer"],
    pattern: `^(${statusNames.slice(1).join("|")})$|^([1-9]|1[0-6])$`,
    minimum: 1,
    maximum: statusNames.length - 1,
    description: "A gRPC status of an error: UNAVAILABLE, 14"
  },
  (value) => {
    const named2 = statusNames.indexOf(value);
    const code2 = named2 >= 0 ? named2 : typeof value === "string" && value.trim() === "" ? Number.NaN : Number(value);
    if (Number.isInteger(code2) && code2 >= 1 && code2 < statusNames.length) return { value: code2 };
    return {
      message: `${show(value)} is no gRPC status of an error`,
      hint: "write UNAVAILABLE, or a number from 1 to 16"
    };
  }
);
var rpcFault = {
  kind: "rpc-fault",
  summary: "gRPC calls of a method are delayed, dropped or answered with a status, a share of them",
  strikes: "links",
  mechanisms: [{ name: "link proxy, reads HTTP/2", needs: [] }],
  parameters: z23.strictObject({
    method,
    action,
    delay: duration.default(200),
    status: status.default(statusNames.indexOf("UNAVAILABLE")),
    message: z23.string().default("injected fault"),
    share: share.default(1)
  }),
  plan(parameters, target2, cluster, random) {
    const struck = chooseLinks(target2, cluster, random);
    const rule = ruleOf(parameters);
    return {
      kind: "rpc-fault",
      target: struck.text,
      injected: `${rule.share === 1 ? "every call" : `${formatShare(rule.share)} of the calls`} of ${rule.method} ${described(rule.action)}`,
      impact: noImpact,
      async prepare(environment4) {
        const lanes = lanesOf(struck, environment4).filter(({ direction: direction2 }) => direction2 === "forward");
        const ids = [...new Set(lanes.map(({ linkId }) => linkId))];
        const watches = await watchAll(environment4, ids, rule.method);
        const lateAfterMs = rule.action.type === "delay" ? Math.max(0, rule.action.delayMs - timerErrorMs) : 0;
        const look2 = () => Promise.all(watches.map((watch) => watch.read({ lateAfterMs })));
        return {
          async inject(scope) {
            const before = await look2();
            scope.undo(
              { type: "ends-with-run", what: `calls of ${rule.method} on ${ids.length} links` },
              async () => void await allDone(watches.map((watch) => watch.spare()))
            );
            await allDone(watches.map((watch) => watch.touch(rule)));
            return {
              mechanism: mechanismOf(sum2(watches.map(({ connectionsReset }) => connectionsReset))),
              prove: async () => judgeCalls(rule, before, await look2(), await nonePast(struck.paths, environment4.network))
            };
          },
          async release() {
            await Promise.all(watches.map((watch) => watch.stop()));
          }
        };
      }
    };
  }
};
function ruleOf({ method: method2, action: action2, delay, status: status2, message, share: share2 }) {
  const byName = {
    delay: { type: "delay", delayMs: delay },
    drop: { type: "drop" },
    status: { type: "status", status: status2, message }
  };
  return { method: method2, share: share2, action: byName[action2] };
}
function described(action2) {
  switch (action2.type) {
    case "delay":
      return `answered ${formatMs(action2.delayMs)} later`;
    case "drop":
      return "dropped: neither delivered nor answered";
    case "status":
      return `not delivered and answered ${statusName(action2.status)}`;
  }
}
function mechanismOf(connectionsReset) {
  const reset = `${connectionsReset} connection${connectionsReset === 1 ? "" : "s"} reset before the steady phase to be read from the start`;
  return `link proxy, reads HTTP/2${connectionsReset === 0 ? "" : `; ${reset}`}`;
}
async function watchAll(environment4, ids, pattern) {
  const links2 = requireLinks(environment4);
  const watches = [];
  try {
    for (const id of ids) watches.push(await links2.watchCalls(id, pattern));
  } catch (error) {
    await Promise.all(watches.map((watch) => watch.stop()));
    throw error;
  }
  const resetOnes = watches.filter(({ connectionsReset }) => connectionsReset > 0);
  const isBack = async (watch) => (await watch.read({ lateAfterMs: 0 })).connections.read > 0;
  await pollUntil(async () => (await Promise.all(resetOnes.map(isBack))).every(Boolean) ? true : void 0, {
    withinMs: dialledAgainWithinMs,
    everyMs: 50,
    clock: environment4.clock
  });
  return watches;
}
function judgeCalls(rule, before, seen, further = []) {
  const asked = sum2(seen.map(({ matched }) => matched.asked));
  const passed = sum2(seen.map(({ matched }) => matched.passed));
  const others = sum2(seen.map((link) => link.others.asked));
  const othersPassed = sum2(seen.map((link) => link.others.passed));
  const brokenOff2 = sum2(seen.map((link) => link.brokenOff));
  const links2 = seen.map((link) => strikesOn(rule, link));
  const struck = sum2(links2.map((link) => link.struck));
  const outOf = sum2(links2.map((link) => link.outOf));
  const shareBefore = rule.action.type === "delay" ? lateShare(before) : 0;
  const expected2 = rule.share + (1 - rule.share) * shareBefore;
  const observedShare = outOf === 0 ? 0 : struck / outOf;
  const figures = {
    callsSeen: asked,
    callsPassed: passed,
    callsStruckSeen: struck,
    callsStruckByInjector: sum2(seen.map(({ touched }) => touched)),
    askedShare: rule.share,
    observedShare,
    otherCallsSeen: others,
    otherCallsPassed: othersPassed,
    connectionsRead: sum2(seen.map(({ connections }) => connections.read)),
    connectionsBroken: brokenOff2
  };
  const called = moreThan(`calls of ${rule.method} that were seen`, asked, 0);
  if (asked === 0) return proofOf([called, ...further], { observed: nothingOf(rule.method, seen), figures });
  const shareStruck = `calls of ${rule.method} that were struck`;
  const chance = outOf === 0 ? 0 : 4 * Math.sqrt(expected2 * (1 - expected2) / outOf);
  const tolerance3 = chance + (rule.action.type === "delay" ? lateByItself : 0);
  const conditions = [
    moreThan(shareStruck, struck, 0),
    near(shareStruck, observedShare, expected2, tolerance3, formatShare),
    moreThan(shareStruck, observedShare, (expected2 + shareBefore) / 2, formatShare),
    all("links on which the injector counted what was seen", links2.filter(({ agrees }) => agrees).length, links2.length),
    // A link on which ten calls should have been struck and none was has no fault.
    all(
      "links with calls that were struck, or too few calls to tell",
      links2.filter((link) => link.struck > 0 || link.outOf * rule.share < 10).length,
      links2.length
    ),
    none("connections that could not be read", brokenOff2),
    ...further
  ];
  return proofOf(conditions, {
    observed: [
      `${struck} of ${outOf} calls of ${rule.method} (${formatShare(observedShare)}) ${seenAs(rule.action, shareBefore)}`,
      `${passed} of ${asked} reached the server, and ${othersPassed} of ${others} other calls`,
      ...brokenOff2 === 0 ? [] : [`${brokenOff2} connections could not be read and were reset`]
    ].join("; "),
    figures
  });
}
function strikesOn({ action: action2 }, { matched, touched }) {
  const kept = matched.asked - matched.passed;
  const answered = sum2(Object.values(matched.answeredByNobody));
  switch (action2.type) {
    case "delay":
      return { struck: matched.late, outOf: matched.ripe, agrees: kept === 0 };
    case "drop":
      return { struck: kept - answered, outOf: matched.asked, agrees: kept === touched && answered === 0 };
    case "status": {
      const struck = matched.answeredByNobody[statusName(action2.status)] ?? 0;
      return { struck, outOf: matched.asked, agrees: kept === touched && kept === struck };
    }
  }
}
function lateShare(seen) {
  const ripe = sum2(seen.map(({ matched }) => matched.ripe));
  return ripe === 0 ? 0 : sum2(seen.map(({ matched }) => matched.late)) / ripe;
}
function seenAs(action2, shareBefore) {
  switch (action2.type) {
    case "delay":
      return `answered after ${formatMs(action2.delayMs)} or more, ${formatShare(shareBefore)} before the fault`;
    case "drop":
      return "kept from the server and not answered";
    case "status":
      return `kept from the server and answered ${statusName(action2.status)}`;
  }
}
function nothingOf(pattern, seen) {
  const counts2 = /* @__PURE__ */ new Map();
  for (const { byMethod } of seen)
    for (const [name, count] of Object.entries(byMethod)) counts2.set(name, (counts2.get(name) ?? 0) + count);
  const others = [...counts2].filter(([name]) => !matches(pattern, name)).map(([name, count]) => `${name} (${count})`);
  if (others.length > 0) return `no call of ${pattern} was seen; seen were ${others.join(", ")}`;
  if (seen.some(({ connections }) => connections.encrypted > 0))
    return "the connections are encrypted, so that no gRPC call can be read";
  return "no gRPC call was seen between the nodes";
}

// src/faults/kinds/slow-consumer.ts
import { z as z24 } from "#vendor/zod.js";
var descriptorsEach2 = 3;
var subscribeWithinMs2 = 5e3;
var leastStuck = 0.9;
var betweenLooksMs = 300;
var slowConsumer = {
  kind: "slow-consumer",
  summary: "clients subscribe to a busy topic and do not read what arrives",
  strikes: "nodes",
  mechanisms: [{ name: "clients", needs: [] }],
  parameters: z24.strictObject({
    connections: wholeNumber({ min: 1, max: 1e3 }).prefault(5),
    rate: rate.prefault("4MB/s"),
    payload: bytes.prefault("16KiB")
  }),
  plan({ connections, rate: bytesPerSecond, payload: payloadBytes }, target2, cluster, random) {
    const nodes = chooseNodes(target2, cluster, random);
    const prefix = `slow${random.below(4294967296).toString(16)}`;
    return {
      kind: "slow-consumer",
      target: nodes.join(", "),
      injected: `${connections} clients at each node that do not read, ${bytesPerSecond} bytes a second for each of them`,
      impact: noImpact,
      async prepare(environment4) {
        const { nodes: control, network, clock } = environment4;
        const stop = new AbortController();
        const consumers = [];
        const publishers = [];
        const publishing = [];
        const asked = connections * nodes.length;
        let publishedBytes = 0;
        const leave = async () => {
          stop.abort();
          await Promise.all(publishing);
          await Promise.all([...publishers, ...consumers].map((client) => client.close()));
        };
        return {
          async inject(scope) {
            requireDescriptors((asked + nodes.length) * descriptorsEach2, `${asked} slow consumers`);
            scope.undo({ type: "ends-with-run", what: `slow consumers at ${nodes.join(", ")}` }, leave);
            const subscribed = (await allDone(
              nodes.map(async (node, place) => {
                const address = { ...control.address(node), ...network.entry(node) };
                const topic = `chaos-slow/${prefix}/${node}`;
                const own = Array.from(
                  { length: connections },
                  (_, i) => new RawClient(address, `${prefix}x${place}x${i}`)
                );
                consumers.push(...own);
                const granted = await within(Promise.all(own.map((client) => client.subscribe(topic, 0))), {
                  withinMs: subscribeWithinMs2,
                  clock,
                  signal: scope.signal
                }) ?? [];
                for (const client of own) client.stopReading();
                const publisher = new RawClient(address, `${prefix}p${place}`);
                publishers.push(publisher);
                const payload = Buffer.alloc(payloadBytes, "slow");
                publishing.push(
                  pace(
                    bytesPerSecond / payloadBytes,
                    () => {
                      if (publisher.state !== "accepted" || publisher.unsentBytes > 1048576) return true;
                      publisher.publish(topic, payload, 0);
                      publishedBytes += payload.length;
                      return true;
                    },
                    { clock, signal: stop.signal }
                  )
                );
                return granted.filter((isGranted) => isGranted).length;
              })
            )).reduce((total2, count) => total2 + count, 0);
            const before = (await lookAt2(nodes, environment4)).held;
            return {
              mechanism: "clients",
              async prove() {
                const first2 = await lookAt2(nodes, environment4);
                await clock.sleep(betweenLooksMs);
                const second = await lookAt2(nodes, environment4);
                const stuck2 = [...second.queues].filter(([socket]) => (first2.queues.get(socket) ?? 0) > 0);
                const stuckBytes = sum2(stuck2.map(([, queueBytes]) => queueBytes));
                const ended = Math.max(0, before - second.held);
                const conditions = [
                  atLeast("slow consumers that had subscribed", subscribed, Math.ceil(asked * leastStuck)),
                  moreThan("bytes published for each", publishedBytes, 0),
                  atLeast(
                    "connections that stood still or were ended",
                    stuck2.length + ended,
                    Math.ceil(asked * leastStuck)
                  )
                ];
                return proofOf(conditions, {
                  observed: `${stuck2.length} connections of the nodes stood still with ${stuckBytes} bytes that could not be sent, ${ended} were ended by the broker, of ${subscribed} that had subscribed; ${publishedBytes} bytes were published for each`,
                  figures: {
                    consumers: asked,
                    subscribed,
                    connectionsStuck: stuck2.length,
                    stuckBytes,
                    connectionsEnded: ended,
                    publishedBytes
                  }
                });
              }
            };
          },
          release: leave
        };
      }
    };
  }
};
async function lookAt2(nodes, { nodes: control }) {
  const table2 = await readTcpTable();
  const held2 = nodes.flatMap((node) => heldConnections(control.address(node).port, table2));
  return {
    held: held2.length,
    queues: new Map(
      held2.filter(({ sendQueueBytes }) => sendQueueBytes > 0).map(({ localPort, remotePort, sendQueueBytes }) => [`${localPort}/${remotePort}`, sendQueueBytes])
    )
  };
}

// src/faults/scope.ts
var Scope = class {
  #kind;
  #ledger;
  /** In the order in which the steps were done. */
  #steps = /* @__PURE__ */ new Set();
  #ending = new AbortController();
  constructor(kind, ledger) {
    this.#kind = kind;
    this.#ledger = ledger;
  }
  /** Aborted when the fault is to be taken back. An injection, or what it has started, waits for nothing any more. */
  get signal() {
    return this.#ending.signal;
  }
  /**
   * To be called before a step is done: writes `entry` into the ledger, and remembers `action`, which undoes the step. `action` may find the step
   * not done, or half done. It is called until it has succeeded once, and not again. Returns what undoes this step earlier than the others.
   * Throws when the ledger cannot be written, or the fault is being taken back: the step must not be done.
   */
  undo(entry, action2) {
    this.#requireOpen();
    const undone = this.#ledger.add(entry, this.#kind);
    let [acted, over] = [false, false];
    let running;
    const act = async () => {
      if (!acted) await action2();
      acted = true;
      undone();
      over = true;
      this.#steps.delete(takeBack);
    };
    const takeBack = () => {
      if (over) return Promise.resolve();
      running ??= act().finally(() => {
        running = void 0;
      });
      return running;
    };
    this.#steps.add(takeBack);
    return takeBack;
  }
  /** No further step may be done. */
  end() {
    this.#ending.abort(new ChaosError("fault", `${this.#kind} was taken back before it was injected`));
  }
  /** Undoes what was done, the last step first. Each is tried; rejects when one failed, which the next call tries again. */
  async takeBack() {
    const failures2 = [];
    for (const takeBack of [...this.#steps].reverse()) {
      try {
        await takeBack();
      } catch (error) {
        failures2.push(messageOf(error));
      }
    }
    if (failures2.length > 0) throw new ChaosError("fault", failures2.join("; "));
  }
  #requireOpen() {
    if (this.#ending.signal.aborted) throw this.#ending.signal.reason;
  }
};
var NotRolledBack = class extends ChaosError {
  constructor(injection, rollback) {
    super("fault", `${messageOf(injection)}; what had been done could not be taken back: ${messageOf(rollback)}`, {
      cause: injection
    });
  }
};
function scoped(kind, ledger, injector) {
  const scope = new Scope(kind, ledger);
  let injecting = Promise.resolve();
  const inject2 = async () => {
    scope.signal.throwIfAborted();
    try {
      return await injector.inject(scope);
    } catch (error) {
      scope.end();
      await scope.takeBack().catch((rollback) => {
        throw new NotRolledBack(error, rollback);
      });
      throw error;
    }
  };
  return {
    inject() {
      const injected = inject2();
      injecting = injected.catch(() => {
      });
      return injected;
    },
    async heal() {
      scope.end();
      await injecting;
      await scope.takeBack();
    },
    release: () => injector.release()
  };
}

// src/faults/registry.ts
function registered(kind) {
  return {
    ...kind,
    plan(parameters, target2, cluster, random) {
      const planned = kind.plan(parameters, target2, cluster, random);
      return {
        ...planned,
        prepare: async (environment4) => scoped(kind.kind, environment4.ledger, await planned.prepare(environment4))
      };
    }
  };
}
var faultKinds = new Map(
  [
    registered(networkDelay),
    registered(packetLoss),
    registered(bandwidth),
    registered(partition),
    registered(connectionReset),
    registered(rpcFault),
    registered(kill),
    registered(restart),
    registered(pause),
    registered(clockSkew),
    registered(cpuStress),
    registered(cpuQuota),
    registered(memoryStress),
    registered(memoryLimit),
    registered(ioStress),
    registered(diskFull),
    registered(fdExhaustion),
    registered(malformedInput),
    registered(connectionStorm),
    registered(slowConsumer),
    registered(load)
  ].map((kind) => [kind.kind, kind])
);

// src/config/environment-references.ts
var open = "\uE000";
var close = "\uE001";
var reference = /\$\{([A-Za-z_][A-Za-z0-9_]*)\}/g;
var hidden = new RegExp(`(\\$?)\\$${open}([A-Za-z_][A-Za-z0-9_]*)${close}`, "g");
var shortestSecret = 3;
function hideReferences(text2) {
  return text2.replace(reference, `$$${open}$1${close}`);
}
function restoreReferences(text2) {
  return text2.replaceAll(open, "{").replaceAll(close, "}");
}
function revealReferences(text2, env, isTemplate) {
  const values = [];
  const unset = [];
  const revealed = text2.replace(hidden, (_, escaped, name, offset3) => {
    if (escaped !== "") return `\${${name}}`;
    const value = env[name];
    if (value === void 0) {
      const before = text2.slice(0, offset3);
      unset.push({ name, row: before.split("\n").length, column: offset3 - before.lastIndexOf("\n") });
      return `\${${name}}`;
    }
    if (value.length >= shortestSecret) values.push(value);
    return isTemplate ? value.replace(/\{[{%]/g, (braces) => `{{ "${braces}" }}`) : value;
  });
  return { text: revealed, values, unset };
}
function maskSecrets(text2, secrets) {
  return [...secrets].sort((a, b) => b.length - a.length).reduce((masked, secret) => masked.replaceAll(secret, "***"), text2);
}

// src/config/plans.ts
import { existsSync as existsSync4 } from "node:fs";
import { dirname as dirname3, join as join5, resolve as resolve4 } from "node:path";
import { isDeepStrictEqual } from "node:util";
function loadPlan(options) {
  const { plan, scenarios, problems } = readPlan(options);
  throwProblems(problems);
  if (plan === void 0) throw new Error("no problem was reported and no plan was made");
  return { plan, scenarios };
}
function readPlan(options) {
  const { cwd, plan: asked, set = {}, plansFolder: plansFolder2 = plansFolder() } = options;
  const file = isPath(asked) ? resolve4(cwd, asked) : join5(plansFolder2, `${asked}.yml`);
  const known2 = planNames(plansFolder2);
  const { yaml, problems: unreadable } = isPath(asked) || known2.includes(asked) ? readYaml(file, cwd) : { problems: [{ message: `there is no plan "${asked}"`, hint: suggest(asked, known2, "plans") }] };
  const value = yaml === void 0 ? void 0 : withLongEntries(yaml.toValue());
  const entries = entriesOf(value).map((entry) => planEntrySchema.safeParse(entry));
  const folder = dirname3(file);
  const named2 = entries.flatMap(
    ({ data }) => data !== void 0 && isPath(data.scenario) ? [resolve4(folder, data.scenario)] : []
  );
  const catalogue = readCatalogue({ ...options, set: {} }, named2.filter(existsSync4));
  const names = [...catalogue.byName.keys()];
  if (yaml === void 0) return { scenarios: [], names, problems: [...unreadable, ...catalogue.problems] };
  const parsed = planSchema.safeParse(value);
  const problems = parsed.success ? [] : toProblems(parsed.error.issues, { yaml, schema: planSchema, value });
  const read2 = entries.flatMap(
    ({ data }, index) => data === void 0 ? [] : [readEntry(data, index, { yaml, folder, catalogue, options })]
  );
  problems.push(...read2.flatMap((one) => one.problems), ...sameNames(read2, yaml));
  if (entries.every(({ success }) => success) && read2.every(({ scenario }) => scenario !== void 0))
    problems.push(...unusedSettings(set, read2));
  return {
    ...parsed.success ? { plan: { name: parsed.data.name, title: parsed.data.title, abortOn: parsed.data["abort-on"] } } : {},
    scenarios: read2.map(({ scenario }) => scenario).filter((scenario) => scenario !== void 0),
    names,
    problems: [...catalogue.problems, ...distinct(problems)]
  };
}
function readYaml(file, cwd) {
  const text2 = readText(file, cwd, "or name one of the shipped plans; chaos-action list prints them");
  if ("problem" in text2) return { problems: [text2.problem] };
  const parsed = parseYaml(text2.text, shownPath(file, cwd));
  parsed.yaml?.mapScalars((path, value, source) => {
    const isSetting = path[0] === "scenarios" && path[2] === "set" && path.length === 4;
    return isSetting && typeof value !== "string" && value !== null ? source : value;
  });
  return parsed;
}
function withLongEntries(value) {
  const entries = entriesOf(value);
  if (entries.length === 0 || !isMap2(value)) return value;
  return { ...value, scenarios: entries.map((entry) => isMap2(entry) ? entry : { scenario: entry }) };
}
function entriesOf(value) {
  const entries = isMap2(value) ? Reflect.get(value, "scenarios") : void 0;
  return Array.isArray(entries) ? entries : [];
}
function isMap2(value) {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
function readEntry(given, index, context) {
  const { yaml, folder, catalogue, options } = context;
  const { set: own = {}, duration: duration2 } = given;
  const problemAt = (keys, message, ...hints) => {
    const path = ["scenarios", index, ...keys];
    return {
      message: `${showPath(path)}: ${message}`,
      hint: hints.filter((hint2) => hint2 !== void 0).join("; "),
      location: yaml.locate(path)
    };
  };
  const file = isPath(given.scenario) ? resolve4(folder, given.scenario) : void 0;
  const found2 = file === void 0 ? catalogue.byName.get(given.scenario) : catalogue.read.find((one) => one.file === file);
  if (found2 === void 0) {
    const names = [...catalogue.byName.keys()];
    const problem = file === void 0 ? problemAt(
      ["scenario"],
      `there is no scenario "${given.scenario}"`,
      suggest(given.scenario, names, "scenarios")
    ) : problemAt(
      ["scenario"],
      `there is no file ${given.scenario}`,
      `looked for ${file}`,
      "paths in a plan are relative to its own folder"
    );
    return { index, given, name: given.as, parameterNames: [], problems: [problem] };
  }
  const { parameterNames } = found2;
  const identity = { index, given, name: given.as ?? found2.name, parameterNames };
  const problems = [];
  const other = given.as === void 0 ? void 0 : catalogue.byName.get(given.as);
  if (other !== void 0 && other !== found2)
    problems.push(
      problemAt(["as"], `"${given.as}" is the name of another scenario`, "reports would mix them up: choose another")
    );
  if (found2.scenario === void 0) return { ...identity, problems };
  const hint = (key) => parameterNames.length === 0 ? "it has none" : suggest(key, parameterNames, "its parameters");
  const unknown = Object.keys(own).filter((key) => !parameterNames.includes(key));
  problems.push(...unknown.map((key) => problemAt(["set", key], `${found2.name} has no parameter "${key}"`, hint(key))));
  const isNamed2 = found2.scenario.path !== void 0;
  const shared = Object.fromEntries(Object.entries(options.set ?? {}).filter(([key]) => !(key in own)));
  const { scenario, problems: all2 } = readScenario(found2.file, {
    ...options,
    set: { ...shared, ...own },
    holdMs: duration2,
    isNamed: isNamed2
  });
  const unchanged = readScenario(found2.file, { ...options, set: shared, isNamed: isNamed2 });
  const changes = Object.keys(own).map((key) => ["set", key]);
  if (duration2 !== void 0) changes.push(["duration"]);
  const [change = []] = changes.length === 1 ? changes : [];
  for (const problem of all2) {
    const { message, hint: hint2, location } = problem;
    const isOfPlan = !unchanged.problems.some((one) => isDeepStrictEqual(one, problem));
    const used = location && `used at ${showLocation(location)}`;
    problems.push(isOfPlan ? problemAt(change, message, hint2, used) : problem);
  }
  return {
    ...identity,
    ...scenario === void 0 ? {} : { scenario: { ...scenario, name: given.as ?? scenario.name } },
    problems
  };
}
function sameNames(read2, yaml) {
  return read2.flatMap(({ index, name, given }) => {
    const first2 = read2.find((one) => one.name === name);
    if (name === void 0 || first2 === void 0 || first2.index === index) return [];
    const key = ["scenarios", index, given.as === void 0 ? "scenario" : "as"];
    return [
      {
        message: `scenarios[${index}]: ${name} is in the plan already, as scenarios[${first2.index}]`,
        hint: `give it a name of its own: as: ${name}-2`,
        location: yaml.locate(key)
      }
    ];
  });
}
function unusedSettings(set, read2) {
  const open2 = read2.flatMap(
    ({ parameterNames, given }) => parameterNames.filter((name) => !(name in (given.set ?? {})))
  );
  const taken = read2.flatMap(({ given }) => Object.keys(given.set ?? {}));
  return Object.entries(set).flatMap(
    ([name, value]) => taken.includes(name) && !open2.includes(name) ? [
      {
        message: `--set ${name}: the plan sets "${name}" itself wherever a scenario has it`,
        hint: "change the plan, or run the scenario alone with --scenario"
      }
    ] : unknownSettings({ [name]: value }, open2)
  );
}
function distinct(problems) {
  return [...new Map(problems.map((problem) => [JSON.stringify(problem), problem])).values()];
}

// src/config/load.ts
import { existsSync as existsSync5 } from "node:fs";
import { join as join6, resolve as resolve5 } from "node:path";
var defaultRedeliverWithinMs = 8e3;
var defaultFiles = ["chaos.yml", ".github/chaos.yml"];
function readConfig(options) {
  const secrets = /* @__PURE__ */ new Set();
  const { problems, ...rest } = readUnmasked(options, secrets);
  const mask = (text2) => maskSecrets(text2, [...secrets]);
  return {
    ...rest,
    problems: problems.map(({ message, hint, ...place }) => ({
      ...place,
      message: mask(message),
      ...hint === void 0 ? {} : { hint: mask(hint) }
    }))
  };
}
function readUnmasked(options, secrets) {
  const { cwd, env, overrides = {} } = options;
  const presetsFolder = options.presetsFolder ?? shippedFolder("brokers");
  const file = options.file ?? (options.preset === void 0 ? defaultFiles.find((name) => existsSync5(join6(cwd, name))) : void 0);
  const problems = [];
  const read2 = (path, hint) => {
    const result = readLayer(path, cwd, env, hint);
    problems.push(...result.problems);
    for (const secret of result.secrets) secrets.add(secret);
    return result.layer;
  };
  const user = file === void 0 ? void 0 : read2(file, "chaos-action init writes one");
  const named2 = options.preset ?? user?.value.broker?.preset ?? (file === void 0 ? "embedded" : void 0);
  let preset;
  if (named2 !== void 0) {
    const known2 = presetNames(presetsFolder);
    if (known2.includes(named2)) preset = read2(join6(presetsFolder, `${named2}.yml`));
    else {
      const location = options.preset === void 0 ? user?.yaml.locate(["broker", "preset"]) : void 0;
      problems.push({
        message: `there is no preset "${named2}"`,
        hint: suggest(named2, known2, "presets"),
        ...location === void 0 ? {} : { location }
      });
    }
  }
  const overridden = checkOverrides(overrides);
  problems.push(...overridden);
  const locateKnownIssue = (index) => {
    const owner = [user, preset].find((layer) => layer?.yaml.has(["broker", "known-issues"]));
    return owner?.yaml.locate(["broker", "known-issues", index]);
  };
  if (file !== void 0 && user === void 0 || named2 !== void 0 && preset === void 0) {
    return { problems, locateKnownIssue };
  }
  const layers = [user, preset].filter((layer) => layer !== void 0);
  const ownerOf = (path) => layers.find((layer) => layer.yaml.has(path))?.yaml;
  const locate = (path) => (ownerOf(path) ?? layers[0]?.yaml)?.locate(path);
  const problemAt = (path, message, hint) => {
    const location = locate(path);
    problems.push({
      message,
      ...hint === void 0 ? {} : { hint },
      ...location === void 0 ? {} : { location }
    });
  };
  const isRemoved = (...path) => layers.some(
    ({ removed }) => removed.some((gone) => gone.every((key, index) => path[index] === void 0 || key === path[index]))
  );
  const merged = mergeFiles(user?.value ?? {}, preset?.value ?? {});
  const { broker } = merged;
  if (broker === void 0) {
    if (isRemoved("broker")) return { problems, locateKnownIssue };
    problemAt(
      ["broker"],
      "broker is missing",
      `say how a node is started, or take a preset: ${presetNames(presetsFolder).join(", ")}`
    );
    return { problems, locateKnownIssue };
  }
  if (broker.start === void 0) {
    if (isRemoved("broker", "start") || isRemoved("broker", "preset")) return { problems, locateKnownIssue };
    problemAt(
      ["broker", "start"],
      "broker.start is missing",
      `the command that runs one node in the foreground; or take a preset: ${presetNames(presetsFolder).join(", ")}`
    );
    return { problems, locateKnownIssue };
  }
  const ports = [.../* @__PURE__ */ new Set(["mqtt", ...broker.ports ?? []])];
  const peerPorts = broker["peer-ports"] ?? (ports.includes("cluster") ? ["cluster"] : []);
  for (const [index, name] of peerPorts.entries()) {
    if (!ports.includes(name)) {
      problemAt(
        ["broker", "peer-ports", index],
        `broker.peer-ports[${index}]: there is no port "${name}"`,
        suggest(name, ports, "ports")
      );
    }
  }
  const knownIssues2 = broker["known-issues"] ?? [];
  for (const [index, issue] of knownIssues2.entries()) {
    if (invariantIds.some((id) => id === issue.invariant)) continue;
    problemAt(
      ["broker", "known-issues", index, "invariant"],
      `broker.known-issues[${index}].invariant: there is no invariant "${issue.invariant}"`,
      suggest(issue.invariant, invariantIds, "invariants")
    );
  }
  const spec = {
    name: broker.name ?? named2 ?? "broker",
    build: broker.build,
    buildWithinMs: broker["build-within"] ?? 6e5,
    start: broker.start,
    env: broker.env ?? {},
    files: broker.files ?? {},
    ports,
    peerPorts,
    ready: {
      mqtt: broker.ready?.mqtt ?? true,
      http: broker.ready?.http,
      log: broker.ready?.log,
      withinMs: broker.ready?.within ?? 3e4
    },
    metrics: broker.metrics,
    stop: broker.stop ?? "SIGTERM",
    stopWithinMs: broker["stop-within"] ?? 1e4,
    redeliverWithinMs: broker["redeliver-within"] ?? defaultRedeliverWithinMs,
    mqtt: { version: broker.mqtt?.version ?? 4, username: broker.mqtt?.username, password: broker.mqtt?.password },
    links: broker.links ?? "proxy",
    grpc: broker.grpc,
    knownIssues: knownIssues2,
    secrets: [...secrets]
  };
  if (!spec.ready.mqtt && spec.ready.http === void 0 && spec.ready.log === void 0 && !isRemoved("broker", "ready")) {
    problemAt(["broker", "ready"], "broker.ready asks for nothing", "leave mqtt: true, or give http or log");
  }
  const nodes = overridden.length === 0 ? overrides.nodes ?? merged.cluster?.nodes ?? 3 : 3;
  const portsAreKnown = !isRemoved("broker", "ports") && !isRemoved("broker", "peer-ports");
  for (const found2 of portsAreKnown ? checkTemplates(spec, nodes) : []) {
    const owner = ownerOf(found2.path);
    problems.push({
      message: `${found2.path.join(".")}: ${found2.message}`,
      ...found2.hint === void 0 ? {} : { hint: templateHint2(found2.hint, found2.message, ports, peerPorts) },
      ...owner === void 0 ? {} : { location: owner.locateInside(found2.path, found2.row, found2.column) }
    });
  }
  if (problems.length > 0) return { problems, locateKnownIssue };
  const config = {
    broker: spec,
    nodes,
    workload: {
      profile: merged.workload?.profile ?? "mixed",
      ratePerSecond: overrides.ratePerSecond ?? merged.workload?.rate ?? 300,
      payloadBytes: merged.workload?.payload ?? 128
    },
    score: { failBelow: overrides.failBelow ?? merged.score?.["fail-below"] },
    folder: resolve5(cwd),
    preset: named2,
    file
  };
  return { config, problems, locateKnownIssue };
}
function readLayer(path, cwd, env, hint) {
  const read2 = readText(path, cwd, hint);
  if ("problem" in read2) return { problems: [read2.problem], secrets: [] };
  const { yaml, problems: syntax } = parseYaml(hideReferences(read2.text), shownPath(path, cwd), restoreReferences);
  if (yaml === void 0) return { problems: [...syntax], secrets: [] };
  const problems = [];
  const secrets = [];
  const unset = /* @__PURE__ */ new Set();
  yaml.mapScalars((at, value2, source) => {
    const text2 = isTextPath(at) && typeof value2 !== "string" && value2 !== null ? source : value2;
    if (typeof text2 !== "string") return text2;
    const revealed = revealReferences(text2, env, isTemplatePath(at));
    secrets.push(...revealed.values);
    for (const { name, row, column } of revealed.unset) {
      unset.add(showPath(at));
      problems.push({
        message: `the environment variable ${name} is not set`,
        hint: `set it, or write $\${${name}} to keep the text as it is`,
        location: yaml.locateInside(at, row, column)
      });
    }
    return revealed.text;
  });
  const value = yaml.toValue();
  const result = chaosFileSchema.safeParse(value);
  if (result.success) return { layer: { yaml, value: result.data, removed: [] }, problems, secrets };
  const { issues } = result.error;
  const fresh = issues.filter((issue) => !unset.has(showPath(issue.path)));
  problems.push(...toProblems(fresh, { yaml, schema: chaosFileSchema, value }));
  const rest = withoutIssues(value, issues);
  const salvaged = chaosFileSchema.safeParse(rest.value);
  return {
    ...salvaged.success ? { layer: { yaml, value: salvaged.data, removed: rest.removed } } : {},
    problems,
    secrets
  };
}
function isTextPath(path) {
  const [section, key, name] = path;
  if (section !== "broker" || path.length !== 3) return false;
  return key === "env" || key === "mqtt" && (name === "username" || name === "password");
}
function isTemplatePath(path) {
  const [section, key, name] = path;
  if (section !== "broker") return false;
  return key === "start" || key === "metrics" || key === "env" || key === "files" || key === "ready" && name === "http";
}
function mergeFiles(over, under) {
  return {
    ...under,
    ...over,
    ...over.broker || under.broker ? { broker: mergeBroker(over.broker ?? {}, under.broker ?? {}) } : {},
    cluster: { ...under.cluster, ...over.cluster },
    workload: { ...under.workload, ...over.workload },
    score: { ...under.score, ...over.score }
  };
}
function mergeBroker(over, under) {
  return {
    ...under,
    ...over,
    env: { ...under.env, ...over.env },
    files: { ...under.files, ...over.files },
    ready: { ...under.ready, ...over.ready },
    mqtt: { ...under.mqtt, ...over.mqtt }
  };
}
function checkOverrides(overrides) {
  const problems = [];
  const { nodes, ratePerSecond, failBelow } = overrides;
  if (nodes !== void 0 && (!Number.isInteger(nodes) || nodes < 1 || nodes > maxNodes)) {
    problems.push({ message: `nodes: ${show(nodes)} is out of range`, hint: `write a number from 1 to ${maxNodes}` });
  }
  if (ratePerSecond !== void 0 && !(ratePerSecond > 0)) {
    problems.push({ message: `rate: ${show(ratePerSecond)} is no rate`, hint: "write it as 300/s" });
  }
  if (failBelow !== void 0 && !(failBelow >= 0 && failBelow <= 10)) {
    problems.push({ message: `fail-below: ${show(failBelow)} is no score`, hint: "write a number from 0 to 10" });
  }
  return problems;
}
function templateHint2(hint, message, ports, peerPorts) {
  const wanted = /^map: there is no "([^"]*)"/.exec(message)?.[1] ?? /^there is no \w+\.(\w+) in/.exec(message)?.[1];
  if (wanted === void 0) return hint;
  const isPeer = message.startsWith("map:") || hint.startsWith("a peer has");
  if (!isPeer || nearest(wanted, peerPorts) !== void 0) return hint;
  if (ports.includes(wanted)) return `add it to peer-ports: [${[...peerPorts, wanted].join(", ")}]`;
  return wanted === "cluster" ? "add cluster to ports" : hint;
}

// src/config/load-all.ts
function loadAll(options) {
  const { config, problems, locateKnownIssue } = readConfig(options);
  const nodes = config?.nodes ?? options.overrides?.nodes;
  const read2 = options.plan === void 0 ? readScenarios({ ...options, nodes }) : readPlan({ ...options, plan: options.plan, nodes });
  const { scenarios, plan, names, problems: others } = read2;
  const unknown = (config?.broker.knownIssues ?? []).flatMap((issue, index) => {
    if (issue.scenario === void 0 || names.includes(issue.scenario)) return [];
    const location = locateKnownIssue(index);
    return [
      {
        message: `broker.known-issues[${index}].scenario: there is no scenario "${issue.scenario}"`,
        hint: suggest(issue.scenario, names, "scenarios"),
        ...location === void 0 ? {} : { location }
      }
    ];
  });
  throwProblems([...problems, ...unknown, ...others]);
  if (config === void 0) throw new Error("no problem was reported and no configuration was made");
  return { config, scenarios, plan };
}

// src/run/choice.ts
function loadChoice(choice, env) {
  const { cwd, tiers: tiers2, durationMs } = choice;
  const loaded = loadAll({
    cwd,
    env,
    file: choice.config,
    preset: choice.broker,
    overrides: { nodes: choice.nodes, ratePerSecond: choice.ratePerSecond, failBelow: choice.failBelow },
    faultKinds,
    set: choice.set,
    tiers: tiers2,
    names: choice.scenarios,
    plan: choice.plan
  });
  checkMutant(choice.mutant, loaded.config.broker.name);
  const scenarios = durationMs === void 0 ? loaded.scenarios : loaded.scenarios.map((scenario) => ({ ...scenario, phases: { ...scenario.phases, holdMs: durationMs } }));
  for (const { name, phases: phases2, faults: faults2 } of scenarios)
    for (const { kind, atMs, forMs, location } of faults2)
      if (atMs + (forMs ?? 0) > phases2.holdMs || atMs >= phases2.holdMs)
        throw new ChaosError(
          "usage",
          `duration: the fault ${kind} of ${name} would outlast a hold of ${formatMs(phases2.holdMs)}`,
          { location }
        );
  const { config, plan } = loaded;
  const isOfTiers = plan === void 0 && choice.scenarios === void 0;
  return {
    config,
    scenarios,
    plan,
    tiers: isOfTiers ? tiers2 : tiersOf(scenarios),
    catalogue: (isOfTiers ? loadScenarios({ cwd, faultKinds, tiers: tiers2 }) : scenarios).map(({ name }) => name)
  };
}
function tiersOf(scenarios) {
  return tiers.filter((tier) => scenarios.some((scenario) => scenario.tier === tier));
}
function checkMutant(mutant, broker) {
  if (mutant === void 0) return;
  const names = Object.keys(mutants);
  if (!names.includes(mutant))
    throw new ChaosError("usage", `there is no mutant "${mutant}"`, { hint: suggest(mutant, names, "mutants") });
  if (broker !== "embedded")
    throw new ChaosError("usage", `--mutant is for the embedded broker, not for ${broker}`, {
      hint: "leave --broker and --config away"
    });
}
function repeatingCommand(choice, seed) {
  const words = ["chaos-action", "run"];
  const add = (name, value) => {
    if (value !== void 0) words.push(name, String(value));
  };
  add("--config", choice.config);
  add("--broker", choice.broker);
  add("--mutant", choice.mutant);
  if (choice.plan !== void 0) add("--plan", choice.plan);
  else if (choice.scenarios) add("--scenario", choice.scenarios.join(","));
  else add("--tier", choice.tiers.join(","));
  for (const [name, value] of Object.entries(choice.set)) add("--set", `${name}=${value}`);
  add("--duration", choice.durationMs === void 0 ? void 0 : `${choice.durationMs}ms`);
  add("--nodes", choice.nodes);
  add("--rate", choice.ratePerSecond === void 0 ? void 0 : `${choice.ratePerSecond}/s`);
  add("--privileged", choice.privileged === "auto" ? void 0 : choice.privileged);
  add("--seed", seed);
  return commandLine(words);
}

// src/faults/possible.ts
function strikesPeerLinks({ kind, on }) {
  return faultKinds.get(kind)?.strikes === "links" && !(on.type === "links" && on.which === "clients");
}
function notPossible(spec, { nodes, broker }) {
  const kind = faultKinds.get(spec.kind);
  if (spec.kind === "rpc-fault" && broker.grpc === false)
    return "no gRPC call is made between the nodes of this broker (broker.grpc: false)";
  if (kind?.strikes === "links" && broker.links === "direct")
    return "the cluster has no link proxies (broker.links: direct)";
  if (strikesPeerLinks(spec)) {
    if (nodes < 2) return "there is no link between nodes: the cluster has one node";
    if (broker.peerPorts.length === 0) return "there is no link between nodes: broker.peer-ports names no port";
  }
  return kind?.plan(spec.parameters, spec.on, { nodes: nodeNames(nodes) }, createRandom("any")).nothingToStrike;
}
function whySkipped(faults2, cluster) {
  return faults2.map((spec) => notPossible(spec, cluster)).find((why) => why !== void 0);
}

// src/machine/machine.ts
import { existsSync as existsSync6, readFileSync as readFileSync6 } from "node:fs";
var capabilities = ["privileges", "nft", "cgroup2", "redirect", "netem", "cpuQuota", "memoryLimit"];
var dropRules = `  chain c {
    type filter hook input priority 0; policy accept;
    iif "lo" tcp dport 1 numgen random mod 1000000 < 1 counter drop
  }`;
var priorityRules = `  chain p {
    type filter hook output priority 0; policy accept;
    oif "lo" tcp dport 1 counter meta priority set 1000:1
  }`;
var redirectRules = (cgroup) => `  chain n {
    type nat hook output priority -100; policy accept;
    socket cgroupv2 level 0 "${cgroup}" ip daddr 127.0.0.0/8 tcp dport 1 counter redirect to :1
    socket cgroupv2 level 0 "${cgroup}" ip6 daddr ::1 tcp dport 1 counter redirect to :1
  }
  chain f {
    type filter hook input priority 0; policy accept;
    iif "lo" meta l4proto tcp ct direction reply ct reply proto-src 1 counter
  }`;
async function probeMachine(mode) {
  const found2 = await findPrivileged(mode);
  const { privileged } = found2;
  if (!privileged) {
    const none2 = { available: false, reason: found2.reason, hint: found2.hint };
    return {
      privileged,
      offers: {
        privileges: none2,
        nft: none2,
        cgroup2: none2,
        redirect: none2,
        netem: none2,
        cpuQuota: none2,
        memoryLimit: none2
      }
    };
  }
  const nft = await tried("rules that drop packets are taken", () => tryRules(privileged, dropRules));
  const cgroup2 = offerOfCgroups();
  const [root] = cgroup2Mounts();
  const redirect = !nft.available ? nft : !cgroup2.available ? cgroup2 : root === void 0 ? { available: true, how: "to be seen when a cgroup2 hierarchy is mounted" } : await tried(
    "rules that redirect by cgroup are taken",
    () => tryRules(privileged, redirectRules(nftPath(root)))
  );
  const netem = !nft.available ? nft : await offerOfNetem(privileged);
  return {
    privileged,
    offers: {
      privileges: { available: true, how: privileged.by === "root" ? "this user is root" : "sudo without a password" },
      nft,
      cgroup2,
      redirect,
      netem,
      cpuQuota: cgroup2.available ? offerOfQuota() : cgroup2,
      memoryLimit: cgroup2.available ? offerOfMemoryLimit() : cgroup2
    }
  };
}
function requireOffers({ offers }, needed, why, otherwise) {
  for (const name of needed) {
    const offer = offers[name];
    if (!offer.available)
      throw new ChaosError("cluster", `${why} needs ${describe[name]}: ${offer.reason}`, {
        hint: otherwise === void 0 ? offer.hint : `${offer.hint}; ${otherwise}`
      });
  }
}
function lacking(needs, { offers }) {
  return needs.flatMap((need) => {
    const offer = offers[need];
    return offer.available ? [] : [offer];
  })[0];
}
var describe = {
  privileges: "root or passwordless sudo",
  nft: "nft packet drop",
  cgroup2: "a cgroup for each node",
  redirect: "nft redirect by cgroup",
  netem: "tc netem",
  cpuQuota: "a CPU quota for a node",
  memoryLimit: "a memory limit for a node"
};
async function tried(how, attempt) {
  try {
    await attempt();
    return { available: true, how };
  } catch (error) {
    const { hint } = error;
    const [first2 = ""] = messageOf(error).replace(/^.*? -: (Error: )?/, "").split("\n");
    return {
      available: false,
      reason: first2.replace(/\.$/, ""),
      hint: hint ?? "it takes nftables 0.9.9 and Linux 5.13 or later with nf_tables; see uname -r and nft --version"
    };
  }
}
function offerOfCgroups() {
  const [root] = cgroup2Mounts();
  if (root !== void 0) {
    const hybrid = root === "/sys/fs/cgroup" ? "cgroup v2" : "cgroup v1 and v2";
    return { available: true, how: `${hybrid}, at ${root}` };
  }
  if (existsSync6("/sys/fs/cgroup") && readFilesystems().includes("cgroup2"))
    return { available: true, how: "no cgroup2 is mounted: a hierarchy of our own would be" };
  return {
    available: false,
    reason: "the kernel has no cgroup2",
    hint: "it takes Linux 4.5 or later; in a container, a writable /sys/fs/cgroup"
  };
}
var handOn = (controller) => `the root of cgroup v2 must hand it on: echo +${controller} | sudo tee /sys/fs/cgroup/cgroup.subtree_control`;
function offerOfQuota() {
  const place = findController("cpu");
  return place ? { available: true, how: `cgroup v${place.version}, at ${place.root}` } : { available: false, reason: "no cgroup hierarchy here has the cpu controller", hint: handOn("cpu") };
}
function offerOfMemoryLimit() {
  const place = findController("memory");
  if (place?.version === 2) return { available: true, how: `cgroup v2, at ${place.root}` };
  return place ? {
    available: false,
    reason: "the memory controller is that of cgroup v1, which ends processes at a limit and does not slow them down",
    hint: "boot with cgroup v2 alone (systemd.unified_cgroup_hierarchy=1)"
  } : { available: false, reason: "no cgroup hierarchy here has the memory controller", hint: handOn("memory") };
}
async function offerOfNetem(privileged) {
  const offer = await tried("the kernel takes it", async () => {
    await tryRules(privileged, priorityRules);
    await tryNetem(privileged);
  });
  return offer.available ? offer : { ...offer, hint: "the link proxies are used instead; most kernels have it as the module sch_netem" };
}
function readFilesystems() {
  return readFileSync6("/proc/filesystems", "utf8").split(/\s+/);
}

// src/run/in-turn.ts
var struckShare = 2 / 3;
function unfoldTurns({ faults: faults2, phases: phases2 }, cluster, random) {
  return faults2.flatMap((spec) => {
    if (!spec.inTurn) return [spec];
    const nodes = chooseNodes(spec.on, cluster, random);
    const shareMs = (spec.forMs ?? phases2.holdMs - spec.atMs) / nodes.length;
    return nodes.map(
      (node, i) => ({
        ...spec,
        on: { type: "nodes", nodes: [node] },
        atMs: Math.round(spec.atMs + i * shareMs),
        forMs: Math.round(shareMs * struckShare)
      })
    );
  });
}

// src/run/write-reports.ts
import { mkdirSync as mkdirSync2, mkdtempSync, renameSync, rmSync as rmSync3, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join as join7 } from "node:path";

// src/report/badge.ts
function renderBadge(record) {
  return `${JSON.stringify({ schemaVersion: 1, label: "resilience", ...face(record) })}
`;
}
var gradeColours = {
  Excellent: "brightgreen",
  Good: "green",
  Fair: "yellow",
  "Needs Improvement": "orange"
};
function face({ verdict, score, grade }) {
  if (verdict === "fail") return { message: score === null ? "fail" : `fail, ${oneDigit(score)}`, color: "red" };
  if (verdict === "pass" && score !== null && grade !== null)
    return { message: `${oneDigit(score)} ${grade}`, color: gradeColours[grade] };
  return { message: verdict === "pass" ? "pass, not measured" : verdict, color: "lightgrey" };
}
function oneDigit(score) {
  return (Math.floor(score * 10 + 1e-6) / 10).toFixed(1);
}

// src/report/html.ts
import { createHash as createHash2 } from "node:crypto";

// node_modules/uplot/dist/uPlot.iife.min.js
var uPlot_iife_min_default = '/*! https://github.com/leeoniya/uPlot (v1.6.32) */\nvar uPlot=function(){"use strict";const l="u-off",e="u-label",t="width",n="height",i="top",o="bottom",s="left",r="right",u="#000",a=u+"0",f="mousemove",c="mousedown",h="mouseup",d="mouseenter",p="mouseleave",m="dblclick",g="change",x="dppxchange",w="--",_="undefined"!=typeof window,b=_?document:null,v=_?window:null,k=_?navigator:null;let y,M;function S(l,e){if(null!=e){let t=l.classList;!t.contains(e)&&t.add(e)}}function T(l,e){let t=l.classList;t.contains(e)&&t.remove(e)}function E(l,e,t){l.style[e]=t+"px"}function z(l,e,t,n){let i=b.createElement(l);return null!=e&&S(i,e),null!=t&&t.insertBefore(i,n),i}function D(l,e){return z("div",l,e)}const P=new WeakMap;function A(e,t,n,i,o){let s="translate("+t+"px,"+n+"px)";s!=P.get(e)&&(e.style.transform=s,P.set(e,s),0>t||0>n||t>i||n>o?S(e,l):T(e,l))}const W=new WeakMap;function Y(l,e,t){let n=e+t;n!=W.get(l)&&(W.set(l,n),l.style.background=e,l.style.borderColor=t)}const C=new WeakMap;function H(l,e,t,n){let i=e+""+t;i!=C.get(l)&&(C.set(l,i),l.style.height=t+"px",l.style.width=e+"px",l.style.marginLeft=n?-e/2+"px":0,l.style.marginTop=n?-t/2+"px":0)}const F={passive:!0},R={...F,capture:!0};function G(l,e,t,n){e.addEventListener(l,t,n?R:F)}function I(l,e,t){e.removeEventListener(l,t,F)}function L(l,e,t,n){let i;t=t||0;let o=2147483647>=(n=n||e.length-1);for(;n-t>1;)i=o?t+n>>1:sl((t+n)/2),l>e[i]?t=i:n=i;return l-e[t]>e[n]-l?n:t}function O(l){return(e,t,n)=>{let i=-1,o=-1;for(let o=t;n>=o;o++)if(l(e[o])){i=o;break}for(let i=n;i>=t;i--)if(l(e[i])){o=i;break}return[i,o]}}_&&function l(){let e=devicePixelRatio;y!=e&&(y=e,M&&I(g,M,l),M=matchMedia(`(min-resolution: ${y-.001}dppx) and (max-resolution: ${y+.001}dppx)`),G(g,M,l),v.dispatchEvent(new CustomEvent(x)))}();const N=l=>null!=l,j=l=>null!=l&&l>0,U=O(N),V=O(j);function B(l,e,t,n){let i=hl(l),o=hl(e);l==e&&(-1==i?(l*=t,e/=t):(l/=t,e*=t));let s=10==t?dl:pl,r=1==o?ul:sl,u=(1==i?sl:ul)(s(ol(l))),a=r(s(ol(e))),f=cl(t,u),c=cl(t,a);return 10==t&&(0>u&&(f=Al(f,-u)),0>a&&(c=Al(c,-a))),n||2==t?(l=f*i,e=c*o):(l=Pl(l,f),e=Dl(e,c)),[l,e]}function $(l,e,t,n){let i=B(l,e,t,n);return 0==l&&(i[0]=0),0==e&&(i[1]=0),i}const J=.1,q={mode:3,pad:J},K={pad:0,soft:null,mode:0},X={min:K,max:K};function Z(l,e,t,n){return Ol(t)?ll(l,e,t):(K.pad=t,K.soft=n?0:null,K.mode=n?3:0,ll(l,e,X))}function Q(l,e){return null==l?e:l}function ll(l,e,t){let n=t.min,i=t.max,o=Q(n.pad,0),s=Q(i.pad,0),r=Q(n.hard,-gl),u=Q(i.hard,gl),a=Q(n.soft,gl),f=Q(i.soft,-gl),c=Q(n.mode,0),h=Q(i.mode,0),d=e-l,p=dl(d),m=fl(ol(l),ol(e)),g=dl(m),x=ol(g-p);(1e-24>d||x>10)&&(d=0,0!=l&&0!=e||(d=1e-24,2==c&&a!=gl&&(o=0),2==h&&f!=-gl&&(s=0)));let w=d||m||1e3,_=dl(w),b=cl(10,sl(_)),v=Al(Pl(l-w*(0==d?0==l?.1:1:o),b/10),24),k=a>l||1!=c&&(3!=c||v>a)&&(2!=c||a>v)?gl:a,y=fl(r,k>v&&l>=k?k:al(k,v)),M=Al(Dl(e+w*(0==d?0==e?.1:1:s),b/10),24),S=e>f||1!=h&&(3!=h||f>M)&&(2!=h||M>f)?-gl:f,T=al(u,M>S&&S>=e?S:fl(S,M));return y==T&&0==y&&(T=100),[y,T]}const el=new Intl.NumberFormat(_?k.language:"en-US"),tl=l=>el.format(l),nl=Math,il=nl.PI,ol=nl.abs,sl=nl.floor,rl=nl.round,ul=nl.ceil,al=nl.min,fl=nl.max,cl=nl.pow,hl=nl.sign,dl=nl.log10,pl=nl.log2,ml=(l,e=1)=>nl.asinh(l/e),gl=1/0;function xl(l){return 1+(0|dl((l^l>>31)-(l>>31)))}function wl(l,e,t){return al(fl(l,e),t)}function _l(l){return"function"==typeof l}function bl(l){return _l(l)?l:()=>l}const vl=l=>l,kl=(l,e)=>e,yl=()=>null,Ml=()=>!0,Sl=(l,e)=>l==e,Tl=/\\.\\d*?(?=9{6,}|0{6,})/gm,El=l=>{if(Il(l)||Wl.has(l))return l;const e=""+l,t=e.match(Tl);if(null==t)return l;let n=t[0].length-1;if(-1!=e.indexOf("e-")){let[l,t]=e.split("e");return+`${El(l)}e${t}`}return Al(l,n)};function zl(l,e){return El(Al(El(l/e))*e)}function Dl(l,e){return El(ul(El(l/e))*e)}function Pl(l,e){return El(sl(El(l/e))*e)}function Al(l,e=0){if(Il(l))return l;let t=10**e;return rl(l*t*(1+Number.EPSILON))/t}const Wl=new Map;function Yl(l){return((""+l).split(".")[1]||"").length}function Cl(l,e,t,n){let i=[],o=n.map(Yl);for(let s=e;t>s;s++){let e=ol(s),t=Al(cl(l,s),e);for(let r=0;n.length>r;r++){let u=10==l?+`${n[r]}e${s}`:n[r]*t,a=(0>s?e:0)+(o[r]>s?o[r]:0),f=10==l?u:Al(u,a);i.push(f),Wl.set(f,a)}}return i}const Hl={},Fl=[],Rl=[null,null],Gl=Array.isArray,Il=Number.isInteger;function Ll(l){return"string"==typeof l}function Ol(l){let e=!1;if(null!=l){let t=l.constructor;e=null==t||t==Object}return e}function Nl(l){return null!=l&&"object"==typeof l}const jl=Object.getPrototypeOf(Uint8Array),Ul="__proto__";function Vl(l,e=Ol){let t;if(Gl(l)){let n=l.find((l=>null!=l));if(Gl(n)||e(n)){t=Array(l.length);for(let n=0;l.length>n;n++)t[n]=Vl(l[n],e)}else t=l.slice()}else if(l instanceof jl)t=l.slice();else if(e(l)){t={};for(let n in l)n!=Ul&&(t[n]=Vl(l[n],e))}else t=l;return t}function Bl(l){let e=arguments;for(let t=1;e.length>t;t++){let n=e[t];for(let e in n)e!=Ul&&(Ol(l[e])?Bl(l[e],Vl(n[e])):l[e]=Vl(n[e]))}return l}function $l(l,e,t){for(let n,i=0,o=-1;e.length>i;i++){let s=e[i];if(s>o){for(n=s-1;n>=0&&null==l[n];)l[n--]=null;for(n=s+1;t>n&&null==l[n];)l[o=n++]=null}}}const Jl="undefined"==typeof queueMicrotask?l=>Promise.resolve().then(l):queueMicrotask,ql=["January","February","March","April","May","June","July","August","September","October","November","December"],Kl=["Sunday","Monday","Tuesday","Wednesday","Thursday","Friday","Saturday"];function Xl(l){return l.slice(0,3)}const Zl=Kl.map(Xl),Ql=ql.map(Xl),le={MMMM:ql,MMM:Ql,WWWW:Kl,WWW:Zl};function ee(l){return(10>l?"0":"")+l}const te={YYYY:l=>l.getFullYear(),YY:l=>(l.getFullYear()+"").slice(2),MMMM:(l,e)=>e.MMMM[l.getMonth()],MMM:(l,e)=>e.MMM[l.getMonth()],MM:l=>ee(l.getMonth()+1),M:l=>l.getMonth()+1,DD:l=>ee(l.getDate()),D:l=>l.getDate(),WWWW:(l,e)=>e.WWWW[l.getDay()],WWW:(l,e)=>e.WWW[l.getDay()],HH:l=>ee(l.getHours()),H:l=>l.getHours(),h:l=>{let e=l.getHours();return 0==e?12:e>12?e-12:e},AA:l=>12>l.getHours()?"AM":"PM",aa:l=>12>l.getHours()?"am":"pm",a:l=>12>l.getHours()?"a":"p",mm:l=>ee(l.getMinutes()),m:l=>l.getMinutes(),ss:l=>ee(l.getSeconds()),s:l=>l.getSeconds(),fff:l=>function(l){return(10>l?"00":100>l?"0":"")+l}(l.getMilliseconds())};function ne(l,e){e=e||le;let t,n=[],i=/\\{([a-z]+)\\}|[^{]+/gi;for(;t=i.exec(l);)n.push("{"==t[0][0]?te[t[1]]:t[0]);return l=>{let t="";for(let i=0;n.length>i;i++)t+="string"==typeof n[i]?n[i]:n[i](l,e);return t}}const ie=(new Intl.DateTimeFormat).resolvedOptions().timeZone,oe=l=>l%1==0,se=[1,2,2.5,5],re=Cl(10,-32,0,se),ue=Cl(10,0,32,se),ae=ue.filter(oe),fe=re.concat(ue),ce="{YYYY}",he="\\n"+ce,de="{M}/{D}",pe="\\n"+de,me=pe+"/{YY}",ge="{aa}",xe="{h}:{mm}"+ge,we="\\n"+xe,_e=":{ss}",be=null;function ve(l){let e=1e3*l,t=60*e,n=60*t,i=24*n,o=30*i,s=365*i;return[(1==l?Cl(10,0,3,se).filter(oe):Cl(10,-3,0,se)).concat([e,5*e,10*e,15*e,30*e,t,5*t,10*t,15*t,30*t,n,2*n,3*n,4*n,6*n,8*n,12*n,i,2*i,3*i,4*i,5*i,6*i,7*i,8*i,9*i,10*i,15*i,o,2*o,3*o,4*o,6*o,s,2*s,5*s,10*s,25*s,50*s,100*s]),[[s,ce,be,be,be,be,be,be,1],[28*i,"{MMM}",he,be,be,be,be,be,1],[i,de,he,be,be,be,be,be,1],[n,"{h}"+ge,me,be,pe,be,be,be,1],[t,xe,me,be,pe,be,be,be,1],[e,_e,me+" "+xe,be,pe+" "+xe,be,we,be,1],[l,_e+".{fff}",me+" "+xe,be,pe+" "+xe,be,we,be,1]],function(e){return(r,u,a,f,c,h)=>{let d=[],p=c>=s,m=c>=o&&s>c,g=e(a),x=Al(g*l,3),w=Pe(g.getFullYear(),p?0:g.getMonth(),m||p?1:g.getDate()),_=Al(w*l,3);if(m||p){let t=m?c/o:0,n=p?c/s:0,i=x==_?x:Al(Pe(w.getFullYear()+n,w.getMonth()+t,1)*l,3),r=new Date(rl(i/l)),u=r.getFullYear(),a=r.getMonth();for(let o=0;f>=i;o++){let s=Pe(u+n*o,a+t*o,1),r=s-e(Al(s*l,3));i=Al((+s+r)*l,3),i>f||d.push(i)}}else{let o=i>c?c:i,s=_+(sl(a)-sl(x))+Dl(x-_,o);d.push(s);let p=e(s),m=p.getHours()+p.getMinutes()/t+p.getSeconds()/n,g=c/n,w=h/r.axes[u]._space;for(;s=Al(s+c,1==l?0:3),f>=s;)if(g>1){let l=sl(Al(m+g,6))%24,t=e(s).getHours()-l;t>1&&(t=-1),s-=t*n,m=(m+g)%24,.7>Al((s-d[d.length-1])/c,3)*w||d.push(s)}else d.push(s)}return d}}]}const[ke,ye,Me]=ve(1),[Se,Te,Ee]=ve(.001);function ze(l,e){return l.map((l=>l.map(((t,n)=>0==n||8==n||null==t?t:e(1==n||0==l[8]?t:l[1]+t)))))}function De(l,e){return(t,n,i,o,s)=>{let r,u,a,f,c,h,d=e.find((l=>s>=l[0]))||e[e.length-1];return n.map((e=>{let t=l(e),n=t.getFullYear(),i=t.getMonth(),o=t.getDate(),s=t.getHours(),p=t.getMinutes(),m=t.getSeconds(),g=n!=r&&d[2]||i!=u&&d[3]||o!=a&&d[4]||s!=f&&d[5]||p!=c&&d[6]||m!=h&&d[7]||d[1];return r=n,u=i,a=o,f=s,c=p,h=m,g(t)}))}}function Pe(l,e,t){return new Date(l,e,t)}function Ae(l,e){return e(l)}function We(l,e){return(t,n,i,o)=>null==o?w:e(l(n))}Cl(2,-53,53,[1]);const Ye={show:!0,live:!0,isolate:!1,mount:()=>{},markers:{show:!0,width:2,stroke:function(l,e){let t=l.series[e];return t.width?t.stroke(l,e):t.points.width?t.points.stroke(l,e):null},fill:function(l,e){return l.series[e].fill(l,e)},dash:"solid"},idx:null,idxs:null,values:[]},Ce=[0,0];function He(l,e,t,n=!0){return l=>{0==l.button&&(!n||l.target==e)&&t(l)}}function Fe(l,e,t,n=!0){return l=>{(!n||l.target==e)&&t(l)}}const Re={show:!0,x:!0,y:!0,lock:!1,move:function(l,e,t){return Ce[0]=e,Ce[1]=t,Ce},points:{one:!1,show:function(l,e){let i=l.cursor.points,o=D(),s=i.size(l,e);E(o,t,s),E(o,n,s);let r=s/-2;E(o,"marginLeft",r),E(o,"marginTop",r);let u=i.width(l,e,s);return u&&E(o,"borderWidth",u),o},size:function(l,e){return l.series[e].points.size},width:0,stroke:function(l,e){let t=l.series[e].points;return t._stroke||t._fill},fill:function(l,e){let t=l.series[e].points;return t._fill||t._stroke}},bind:{mousedown:He,mouseup:He,click:He,dblclick:He,mousemove:Fe,mouseleave:Fe,mouseenter:Fe},drag:{setScale:!0,x:!0,y:!1,dist:0,uni:null,click:(l,e)=>{e.stopPropagation(),e.stopImmediatePropagation()},_x:!1,_y:!1},focus:{dist:(l,e,t,n,i)=>n-i,prox:-1,bias:0},hover:{skip:[void 0],prox:null,bias:0},left:-10,top:-10,idx:null,dataIdx:null,idxs:null,event:null},Ge={show:!0,stroke:"rgba(0,0,0,0.07)",width:2},Ie=Bl({},Ge,{filter:kl}),Le=Bl({},Ie,{size:10}),Oe=Bl({},Ge,{show:!1}),Ne=\'12px system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, "Noto Sans", sans-serif, "Apple Color Emoji", "Segoe UI Emoji", "Segoe UI Symbol", "Noto Color Emoji"\',je="bold "+Ne,Ue={show:!0,scale:"x",stroke:u,space:50,gap:5,alignTo:1,size:50,labelGap:0,labelSize:30,labelFont:je,side:2,grid:Ie,ticks:Le,border:Oe,font:Ne,lineGap:1.5,rotate:0},Ve={show:!0,scale:"x",auto:!1,sorted:1,min:gl,max:-gl,idxs:[]};function Be(l,e){return e.map((l=>null==l?"":tl(l)))}function $e(l,e,t,n,i,o,s){let r=[],u=Wl.get(i)||0;for(let l=t=s?t:Al(Dl(t,i),u);n>=l;l=Al(l+i,u))r.push(Object.is(l,-0)?0:l);return r}function Je(l,e,t,n,i){const o=[],s=l.scales[l.axes[e].scale].log,r=sl((10==s?dl:pl)(t));i=cl(s,r),10==s&&(i=fe[L(i,fe)]);let u=t,a=i*s;10==s&&(a=fe[L(a,fe)]);do{o.push(u),u+=i,10!=s||Wl.has(u)||(u=Al(u,Wl.get(i))),a>u||(a=(i=u)*s,10==s&&(a=fe[L(a,fe)]))}while(n>=u);return o}function qe(l,e,t,n,i){let o=l.scales[l.axes[e].scale].asinh,s=n>o?Je(l,e,fl(o,t),n,i):[o],r=0>n||t>0?[]:[0];return(-o>t?Je(l,e,fl(o,-n),-t,i):[o]).reverse().map((l=>-l)).concat(r,s)}const Ke=/./,Xe=/[12357]/,Ze=/[125]/,Qe=/1/,lt=(l,e,t,n)=>l.map(((l,i)=>4==e&&0==l||i%n==0&&t.test(l.toExponential()[0>l?1:0])?l:null));function et(l,e,t){let n=l.axes[t],i=n.scale,o=l.scales[i],s=l.valToPos,r=n._space,u=s(10,i),a=s(9,i)-u<r?s(7,i)-u<r?s(5,i)-u<r?Qe:Ze:Xe:Ke;if(a==Qe){let l=ol(s(1,i)-u);if(r>l)return lt(e.slice().reverse(),o.distr,a,ul(r/l)).reverse()}return lt(e,o.distr,a,1)}function tt(l,e,t){let n=l.axes[t],i=n.scale,o=n._space,s=l.valToPos,r=ol(s(1,i)-s(2,i));return o>r?lt(e.slice().reverse(),3,Ke,ul(o/r)).reverse():e}function nt(l,e,t,n){return null==n?w:null==e?"":tl(e)}const it={show:!0,scale:"y",stroke:u,space:30,gap:5,alignTo:1,size:50,labelGap:0,labelSize:30,labelFont:je,side:3,grid:Ie,ticks:Le,border:Oe,font:Ne,lineGap:1.5,rotate:0},ot={scale:null,auto:!0,sorted:0,min:gl,max:-gl},st=(l,e,t,n,i)=>i,rt={show:!0,auto:!0,sorted:0,gaps:st,alpha:1,facets:[Bl({},ot,{scale:"x"}),Bl({},ot,{scale:"y"})]},ut={scale:"y",auto:!0,sorted:0,show:!0,spanGaps:!1,gaps:st,alpha:1,points:{show:function(l,e){let{scale:t,idxs:n}=l.series[0],i=l._data[0],o=l.valToPos(i[n[0]],t,!0),s=l.valToPos(i[n[1]],t,!0);return ol(s-o)/(l.series[e].points.space*y)>=n[1]-n[0]},filter:null},values:null,min:gl,max:-gl,idxs:[],path:null,clip:null};function at(l,e,t){return t/10}const ft={time:!0,auto:!0,distr:1,log:10,asinh:1,min:null,max:null,dir:1,ori:0},ct=Bl({},ft,{time:!1,ori:1}),ht={};function dt(l){let e=ht[l];return e||(e={key:l,plots:[],sub(l){e.plots.push(l)},unsub(l){e.plots=e.plots.filter((e=>e!=l))},pub(l,t,n,i,o,s,r){for(let u=0;e.plots.length>u;u++)e.plots[u]!=t&&e.plots[u].pub(l,t,n,i,o,s,r)}},null!=l&&(ht[l]=e)),e}function pt(l,e,t){const n=l.mode,i=l.series[e],o=2==n?l._data[e]:l._data,s=l.scales,r=l.bbox;let u=o[0],a=2==n?o[1]:o[e],f=2==n?s[i.facets[0].scale]:s[l.series[0].scale],c=2==n?s[i.facets[1].scale]:s[i.scale],h=r.left,d=r.top,p=r.width,m=r.height,g=l.valToPosH,x=l.valToPosV;return 0==f.ori?t(i,u,a,f,c,g,x,h,d,p,m,kt,Mt,Tt,zt,Pt):t(i,u,a,f,c,x,g,d,h,m,p,yt,St,Et,Dt,At)}function mt(l,e){let t=0,n=0,i=Q(l.bands,Fl);for(let l=0;i.length>l;l++){let o=i[l];o.series[0]==e?t=o.dir:o.series[1]==e&&(n|=1==o.dir?1:2)}return[t,1==n?-1:2==n?1:3==n?2:0]}function gt(l,e,t,n,i){let o=l.series[e],s=l.scales[2==l.mode?o.facets[1].scale:o.scale];return-1==i?s.min:1==i?s.max:3==s.distr?1==s.dir?s.min:s.max:0}function xt(l,e,t,n,i,o){return pt(l,e,((l,e,s,r,u,a,f,c,h,d,p)=>{let m=l.pxRound;const g=0==r.ori?Mt:St;let x,w;1==r.dir*(0==r.ori?1:-1)?(x=t,w=n):(x=n,w=t);let _=m(a(e[x],r,d,c)),b=m(f(s[x],u,p,h)),v=m(a(e[w],r,d,c)),k=m(f(1==o?u.max:u.min,u,p,h)),y=new Path2D(i);return g(y,v,k),g(y,_,k),g(y,_,b),y}))}function wt(l,e,t,n,i,o){let s=null;if(l.length>0){s=new Path2D;const r=0==e?Tt:Et;let u=t;for(let e=0;l.length>e;e++){let t=l[e];if(t[1]>t[0]){let l=t[0]-u;l>0&&r(s,u,n,l,n+o),u=t[1]}}let a=t+i-u,f=10;a>0&&r(s,u,n-f/2,a,n+o+f)}return s}function _t(l,e,t,n,i,o,s){let r=[],u=l.length;for(let a=1==i?t:n;a>=t&&n>=a;a+=i)if(null===e[a]){let f=a,c=a;if(1==i)for(;++a<=n&&null===e[a];)c=a;else for(;--a>=t&&null===e[a];)c=a;let h=o(l[f]),d=c==f?h:o(l[c]),p=f-i;h=s>0||0>p||p>=u?h:o(l[p]);let m=c+i;d=0>s||0>m||m>=u?d:o(l[m]),h>d||r.push([h,d])}return r}function bt(l){return 0==l?vl:1==l?rl:e=>zl(e,l)}function vt(l){let e=0==l?kt:yt,t=0==l?(l,e,t,n,i,o)=>{l.arcTo(e,t,n,i,o)}:(l,e,t,n,i,o)=>{l.arcTo(t,e,i,n,o)},n=0==l?(l,e,t,n,i)=>{l.rect(e,t,n,i)}:(l,e,t,n,i)=>{l.rect(t,e,i,n)};return(l,i,o,s,r,u=0,a=0)=>{0==u&&0==a?n(l,i,o,s,r):(u=al(u,s/2,r/2),a=al(a,s/2,r/2),e(l,i+u,o),t(l,i+s,o,i+s,o+r,u),t(l,i+s,o+r,i,o+r,a),t(l,i,o+r,i,o,a),t(l,i,o,i+s,o,u),l.closePath())}}const kt=(l,e,t)=>{l.moveTo(e,t)},yt=(l,e,t)=>{l.moveTo(t,e)},Mt=(l,e,t)=>{l.lineTo(e,t)},St=(l,e,t)=>{l.lineTo(t,e)},Tt=vt(0),Et=vt(1),zt=(l,e,t,n,i,o)=>{l.arc(e,t,n,i,o)},Dt=(l,e,t,n,i,o)=>{l.arc(t,e,n,i,o)},Pt=(l,e,t,n,i,o,s)=>{l.bezierCurveTo(e,t,n,i,o,s)},At=(l,e,t,n,i,o,s)=>{l.bezierCurveTo(t,e,i,n,s,o)};function Wt(){return(l,e,t,n,i)=>pt(l,e,((e,o,s,r,u,a,f,c,h,d,p)=>{let m,g,{pxRound:x,points:w}=e;0==r.ori?(m=kt,g=zt):(m=yt,g=Dt);const _=Al(w.width*y,3);let b=(w.size-w.width)/2*y,v=Al(2*b,3),k=new Path2D,M=new Path2D,{left:S,top:T,width:E,height:z}=l.bbox;Tt(M,S-v,T-v,E+2*v,z+2*v);const D=l=>{if(null!=s[l]){let e=x(a(o[l],r,d,c)),t=x(f(s[l],u,p,h));m(k,e+b,t),g(k,e,t,b,0,2*il)}};if(i)i.forEach(D);else for(let l=t;n>=l;l++)D(l);return{stroke:_>0?k:null,fill:k,clip:M,flags:3}}))}function Yt(l){return(e,t,n,i,o,s)=>{n!=i&&(o!=n&&s!=n&&l(e,t,n),o!=i&&s!=i&&l(e,t,i),l(e,t,s))}}const Ct=Yt(Mt),Ht=Yt(St);function Ft(l){const e=Q(l?.alignGaps,0);return(l,t,n,i)=>pt(l,t,((o,s,r,u,a,f,c,h,d,p,m)=>{[n,i]=U(r,n,i);let g,x,w=o.pxRound,_=l=>w(f(l,u,p,h)),b=l=>w(c(l,a,m,d));0==u.ori?(g=Mt,x=Ct):(g=St,x=Ht);const v=u.dir*(0==u.ori?1:-1),k={stroke:new Path2D,fill:null,clip:null,band:null,gaps:null,flags:1},y=k.stroke;let M=!1;if(i-n<4*p)for(let l=1==v?n:i;l>=n&&i>=l;l+=v){let e=r[l];null===e?M=!0:null!=e&&g(y,_(s[l]),b(e))}else{let e,t,o,a=e=>l.posToVal(e,u.key,!0),f=null,c=null,h=_(s[1==v?n:i]),d=_(s[n]),p=_(s[i]),m=a(1==v?d+1:p-1);for(let l=1==v?n:i;l>=n&&i>=l;l+=v){let n=s[l],i=(1==v?m>n:n>m)?h:_(n),o=r[l];i==h?null!=o?(t=o,null==f?(g(y,i,b(t)),e=f=c=t):f>t?f=t:t>c&&(c=t)):null===o&&(M=!0):(null!=f&&x(y,h,b(f),b(c),b(e),b(t)),null!=o?(t=o,g(y,i,b(t)),f=c=e=t):(f=c=null,null===o&&(M=!0)),h=i,m=a(h+v))}null!=f&&f!=c&&o!=h&&x(y,h,b(f),b(c),b(e),b(t))}let[S,T]=mt(l,t);if(null!=o.fill||0!=S){let e=k.fill=new Path2D(y),r=b(o.fillTo(l,t,o.min,o.max,S)),u=_(s[n]),a=_(s[i]);-1==v&&([a,u]=[u,a]),g(e,a,r),g(e,u,r)}if(!o.spanGaps){let a=[];M&&a.push(..._t(s,r,n,i,v,_,e)),k.gaps=a=o.gaps(l,t,n,i,a),k.clip=wt(a,u.ori,h,d,p,m)}return 0!=T&&(k.band=2==T?[xt(l,t,n,i,y,-1),xt(l,t,n,i,y,1)]:xt(l,t,n,i,y,T)),k}))}function Rt(l,e,t,n,i,o,s=gl){if(l.length>1){let r=null;for(let u=0,a=1/0;l.length>u;u++)if(void 0!==e[u]){if(null!=r){let e=ol(l[u]-l[r]);a>e&&(a=e,s=ol(t(l[u],n,i,o)-t(l[r],n,i,o)))}r=u}}return s}function Gt(l,e,t,n,i){const o=l.length;if(2>o)return null;const s=new Path2D;if(t(s,l[0],e[0]),2==o)n(s,l[1],e[1]);else{let t=Array(o),n=Array(o-1),r=Array(o-1),u=Array(o-1);for(let t=0;o-1>t;t++)r[t]=e[t+1]-e[t],u[t]=l[t+1]-l[t],n[t]=r[t]/u[t];t[0]=n[0];for(let l=1;o-1>l;l++)0===n[l]||0===n[l-1]||n[l-1]>0!=n[l]>0?t[l]=0:(t[l]=3*(u[l-1]+u[l])/((2*u[l]+u[l-1])/n[l-1]+(u[l]+2*u[l-1])/n[l]),isFinite(t[l])||(t[l]=0));t[o-1]=n[o-2];for(let n=0;o-1>n;n++)i(s,l[n]+u[n]/3,e[n]+t[n]*u[n]/3,l[n+1]-u[n]/3,e[n+1]-t[n+1]*u[n]/3,l[n+1],e[n+1])}return s}const It=new Set;function Lt(){for(let l of It)l.syncRect(!0)}_&&(G("resize",v,Lt),G("scroll",v,Lt,!0),G(x,v,(()=>{en.pxRatio=y})));const Ot=Ft(),Nt=Wt();function jt(l,e,t,n){return(n?[l[0],l[1]].concat(l.slice(2)):[l[0]].concat(l.slice(1))).map(((l,n)=>Ut(l,n,e,t)))}function Ut(l,e,t,n){return Bl({},0==e?t:n,l)}function Vt(l,e,t){return null==e?Rl:[e,t]}const Bt=Vt;function $t(l,e,t){return null==e?Rl:Z(e,t,J,!0)}function Jt(l,e,t,n){return null==e?Rl:B(e,t,l.scales[n].log,!1)}const qt=Jt;function Kt(l,e,t,n){return null==e?Rl:$(e,t,l.scales[n].log,!1)}const Xt=Kt;function Zt(l,e,t,n,i){let o=fl(xl(l),xl(e)),s=e-l,r=L(i/n*s,t);do{let l=t[r],e=n*l/s;if(e>=i&&17>=o+(5>l?Wl.get(l):0))return[l,e]}while(++r<t.length);return[0,0]}function Qt(l){let e,t;return[l=l.replace(/(\\d+)px/,((l,n)=>(e=rl((t=+n)*y))+"px")),e,t]}function ln(l){l.show&&[l.font,l.labelFont].forEach((l=>{let e=Al(l[2]*y,1);l[0]=l[0].replace(/[0-9.]+px/,e+"px"),l[1]=e}))}function en(u,g,_){const k={mode:Q(u.mode,1)},M=k.mode;function P(l,e,t,n){let i=e.valToPct(l);return n+t*(-1==e.dir?1-i:i)}function W(l,e,t,n){let i=e.valToPct(l);return n+t*(-1==e.dir?i:1-i)}function C(l,e,t,n){return 0==e.ori?P(l,e,t,n):W(l,e,t,n)}k.valToPosH=P,k.valToPosV=W;let F=!1;k.status=0;const R=k.root=D("uplot");null!=u.id&&(R.id=u.id),S(R,u.class),u.title&&(D("u-title",R).textContent=u.title);const O=z("canvas"),K=k.ctx=O.getContext("2d"),X=D("u-wrap",R);G("click",X,(l=>{l.target===el&&(Nn!=Gn||jn!=In)&&Zn.click(k,l)}),!0);const ll=k.under=D("u-under",X);X.appendChild(O);const el=k.over=D("u-over",X),tl=+Q((u=Vl(u)).pxAlign,1),sl=bt(tl);(u.plugins||[]).forEach((l=>{l.opts&&(u=l.opts(k,u)||u)}));const hl=u.ms||.001,pl=k.series=1==M?jt(u.series||[],Ve,ut,!1):function(l,e){return l.map(((l,t)=>0==t?{}:Bl({},e,l)))}(u.series||[null],rt),xl=k.axes=jt(u.axes||[],Ue,it,!0),vl=k.scales={},Tl=k.bands=u.bands||[];Tl.forEach((l=>{l.fill=bl(l.fill||null),l.dir=Q(l.dir,-1)}));const El=2==M?pl[1].facets[0].scale:pl[0].scale,Dl={axes:function(){for(let l=0;xl.length>l;l++){let e=xl[l];if(!e.show||!e._show)continue;let t,n,u=e.side,a=u%2,f=e.stroke(k,l),c=0==u||3==u?-1:1,[h,d]=e._found;if(null!=e.label){let s=rl((e._lpos+e.labelGap*c)*y);_n(e.labelFont[0],f,"center",2==u?i:o),K.save(),1==a?(t=n=0,K.translate(s,rl(lt+st/2)),K.rotate((3==u?-il:il)/2)):(t=rl(Qe+ot/2),n=s);let r=_l(e.label)?e.label(k,l,h,d):e.label;K.fillText(r,t,n),K.restore()}if(0==d)continue;let p=vl[e.scale],m=0==a?ot:st,g=0==a?Qe:lt,x=e._splits,w=2==p.distr?x.map((l=>pn[l])):x,_=2==p.distr?pn[x[1]]-pn[x[0]]:h,b=e.ticks,v=e.border,M=b.show?b.size:0,S=rl(M*y),T=rl((2==e.alignTo?e._size-M-e.gap:e.gap)*y),E=e._rotate*-il/180,z=sl(e._pos*y),D=z+(S+T)*c;n=0==a?D:0,t=1==a?D:0,_n(e.font[0],f,1==e.align?s:2==e.align?r:E>0?s:0>E?r:0==a?"center":3==u?r:s,E||1==a?"middle":2==u?i:o);let P=e.font[1]*e.lineGap,A=x.map((l=>sl(C(l,p,m,g)))),W=e._values;for(let l=0;W.length>l;l++){let e=W[l];if(null!=e){0==a?t=A[l]:n=A[l],e=""+e;let i=-1==e.indexOf("\\n")?[e]:e.split(/\\n/gm);for(let l=0;i.length>l;l++){let e=i[l];E?(K.save(),K.translate(t,n+l*P),K.rotate(E),K.fillText(e,0,0),K.restore()):K.fillText(e,t,n+l*P)}}}b.show&&zn(A,b.filter(k,w,l,d,_),a,u,z,S,Al(b.width*y,3),b.stroke(k,l),b.dash,b.cap);let Y=e.grid;Y.show&&zn(A,Y.filter(k,w,l,d,_),a,0==a?2:1,0==a?lt:Qe,0==a?st:ot,Al(Y.width*y,3),Y.stroke(k,l),Y.dash,Y.cap),v.show&&zn([z],[1],0==a?1:0,0==a?1:2,1==a?lt:Qe,1==a?st:ot,Al(v.width*y,3),v.stroke(k,l),v.dash,v.cap)}Ci("drawAxes")},series:function(){if(Gt>0){let l=pl.some((l=>l._focus))&&dn!=Tt.alpha;l&&(K.globalAlpha=dn=Tt.alpha),pl.forEach(((l,e)=>{if(e>0&&l.show&&(kn(e,!1),kn(e,!0),null==l._paths)){let t=dn;dn!=l.alpha&&(K.globalAlpha=dn=l.alpha);let n=2==M?[0,g[e][0].length-1]:function(l){let e=wl(Lt-1,0,Gt-1),t=wl(en+1,0,Gt-1);for(;null==l[e]&&e>0;)e--;for(;null==l[t]&&Gt-1>t;)t++;return[e,t]}(g[e]);l._paths=l.paths(k,e,n[0],n[1]),dn!=t&&(K.globalAlpha=dn=t)}})),pl.forEach(((l,e)=>{if(e>0&&l.show){let t=dn;dn!=l.alpha&&(K.globalAlpha=dn=l.alpha),null!=l._paths&&yn(e,!1);{let t=null!=l._paths?l._paths.gaps:null,n=l.points.show(k,e,Lt,en,t),i=l.points.filter(k,e,n,t);(n||i)&&(l.points._paths=l.points.paths(k,e,Lt,en,i),yn(e,!0))}dn!=t&&(K.globalAlpha=dn=t),Ci("drawSeries",e)}})),l&&(K.globalAlpha=dn=1)}}},Pl=(u.drawOrder||["axes","series"]).map((l=>Dl[l]));function Cl(l){const e=3==l.distr?e=>dl(e>0?e:l.clamp(k,e,l.min,l.max,l.key)):4==l.distr?e=>ml(e,l.asinh):100==l.distr?e=>l.fwd(e):l=>l;return t=>{let n=e(t),{_min:i,_max:o}=l;return(n-i)/(o-i)}}function Il(l){let e=vl[l];if(null==e){let t=(u.scales||Hl)[l]||Hl;if(null!=t.from){Il(t.from);let e=Bl({},vl[t.from],t,{key:l});e.valToPct=Cl(e),vl[l]=e}else{e=vl[l]=Bl({},l==El?ft:ct,t),e.key=l;let n=e.time,i=e.range,o=Gl(i);if((l!=El||2==M&&!n)&&(!o||null!=i[0]&&null!=i[1]||(i={min:null==i[0]?q:{mode:1,hard:i[0],soft:i[0]},max:null==i[1]?q:{mode:1,hard:i[1],soft:i[1]}},o=!1),!o&&Ol(i))){let l=i;i=(e,t,n)=>null==t?Rl:Z(t,n,l)}e.range=bl(i||(n?Bt:l==El?3==e.distr?qt:4==e.distr?Xt:Vt:3==e.distr?Jt:4==e.distr?Kt:$t)),e.auto=bl(!o&&e.auto),e.clamp=bl(e.clamp||at),e._min=e._max=null,e.valToPct=Cl(e)}}}Il("x"),Il("y"),1==M&&pl.forEach((l=>{Il(l.scale)})),xl.forEach((l=>{Il(l.scale)}));for(let l in u.scales)Il(l);const jl=vl[El],Ul=jl.distr;let $l,ql;0==jl.ori?(S(R,"u-hz"),$l=P,ql=W):(S(R,"u-vt"),$l=W,ql=P);const Kl={};for(let l in vl){let e=vl[l];null==e.min&&null==e.max||(Kl[l]={min:e.min,max:e.max},e.min=e.max=null)}const Xl=u.tzDate||(l=>new Date(rl(l/hl))),Zl=u.fmtDate||ne,Ql=1==hl?Me(Xl):Ee(Xl),le=De(Xl,ze(1==hl?ye:Te,Zl)),ee=We(Xl,Ae("{YYYY}-{MM}-{DD} {h}:{mm}{aa}",Zl)),te=[],ie=k.legend=Bl({},Ye,u.legend),oe=k.cursor=Bl({},Re,{drag:{y:2==M}},u.cursor),se=ie.show,re=oe.show,ue=ie.markers;let ce,he,de;ie.idxs=te,ue.width=bl(ue.width),ue.dash=bl(ue.dash),ue.stroke=bl(ue.stroke),ue.fill=bl(ue.fill);let pe,me=[],ge=[],xe=!1,we={};if(ie.live){const l=pl[1]?pl[1].values:null;xe=null!=l,pe=xe?l(k,1,0):{_:0};for(let l in pe)we[l]=w}if(se)if(ce=z("table","u-legend",R),de=z("tbody",null,ce),ie.mount(k,ce),xe){he=z("thead",null,ce,de);let l=z("tr",null,he);for(var _e in z("th",null,l),pe)z("th",e,l).textContent=_e}else S(ce,"u-inline"),ie.live&&S(ce,"u-live");const be={show:!0},ve={show:!1},Pe=new Map;function Ce(l,e,t,n=!0){const i=Pe.get(e)||{},o=oe.bind[l](k,e,t,n);o&&(G(l,e,i[l]=o),Pe.set(e,i))}function He(l,e){const t=Pe.get(e)||{};for(let n in t)null!=l&&n!=l||(I(n,e,t[n]),delete t[n]);null==l&&Pe.delete(e)}let Fe=0,Ge=0,Ie=0,Le=0,Oe=0,Ne=0,je=Oe,Ke=Ne,Xe=Ie,Ze=Le,Qe=0,lt=0,ot=0,st=0;k.bbox={};let ht=!1,pt=!1,mt=!1,xt=!1,wt=!1,_t=!1;function vt(l,e,t){(t||l!=k.width||e!=k.height)&&kt(l,e),An(!1),mt=!0,pt=!0,Jn()}function kt(l,e){k.width=Fe=Ie=l,k.height=Ge=Le=e,Oe=Ne=0,function(){let l=!1,e=!1,t=!1,n=!1;xl.forEach((i=>{if(i.show&&i._show){let{side:o,_size:s}=i,r=s+(null!=i.label?i.labelSize:0);r>0&&(o%2?(Ie-=r,3==o?(Oe+=r,n=!0):t=!0):(Le-=r,0==o?(Ne+=r,l=!0):e=!0))}})),Ct[0]=l,Ct[1]=t,Ct[2]=e,Ct[3]=n,Ie-=Rt[1]+Rt[3],Oe+=Rt[3],Le-=Rt[2]+Rt[0],Ne+=Rt[0]}(),function(){let l=Oe+Ie,e=Ne+Le,t=Oe,n=Ne;function i(i,o){switch(i){case 1:return l+=o,l-o;case 2:return e+=o,e-o;case 3:return t-=o,t+o;case 0:return n-=o,n+o}}xl.forEach((l=>{if(l.show&&l._show){let e=l.side;l._pos=i(e,l._size),null!=l.label&&(l._lpos=i(e,l.labelSize))}}))}();let t=k.bbox;Qe=t.left=zl(Oe*y,.5),lt=t.top=zl(Ne*y,.5),ot=t.width=zl(Ie*y,.5),st=t.height=zl(Le*y,.5)}const yt=3;if(k.setSize=function({width:l,height:e}){vt(l,e)},null==oe.dataIdx){let l=oe.hover,e=l.skip=new Set(l.skip??[]);e.add(void 0);let t=l.prox=bl(l.prox),n=l.bias??=0;oe.dataIdx=(l,i,o,s)=>{if(0==i)return o;let r=o,u=t(l,i,o,s)??gl,a=u>=0&&gl>u,f=0==jl.ori?Ie:Le,c=oe.left,h=g[0],d=g[i];if(e.has(d[o])){r=null;let l,t=null,i=null;if(0==n||-1==n)for(l=o;null==t&&l-- >0;)e.has(d[l])||(t=l);if(0==n||1==n)for(l=o;null==i&&l++<d.length;)e.has(d[l])||(i=l);if(null!=t||null!=i)if(a){let l=c-(null==t?-1/0:$l(h[t],jl,f,0)),e=(null==i?1/0:$l(h[i],jl,f,0))-c;l>e?e>u||(r=i):l>u||(r=t)}else r=null==i?t:null==t||o-t>i-o?i:t}else a&&ol(c-$l(h[o],jl,f,0))>u&&(r=null);return r}}const Mt=l=>{oe.event=l};oe.idxs=te,oe._lock=!1;let St=oe.points;St.show=bl(St.show),St.size=bl(St.size),St.stroke=bl(St.stroke),St.width=bl(St.width),St.fill=bl(St.fill);const Tt=k.focus=Bl({},u.focus||{alpha:.3},oe.focus),Et=Tt.prox>=0,zt=Et&&St.one;let Dt=[],Pt=[],At=[];function Wt(l,e){let t=St.show(k,e);if(t instanceof HTMLElement)return S(t,"u-cursor-pt"),S(t,l.class),A(t,-10,-10,Ie,Le),el.insertBefore(t,Dt[e]),t}function Yt(t,n){if(1==M||n>0){let l=1==M&&vl[t.scale].time,e=t.value;t.value=l?Ll(e)?We(Xl,Ae(e,Zl)):e||ee:e||nt,t.label=t.label||(l?"Time":"Value")}if(zt||n>0){t.width=null==t.width?1:t.width,t.paths=t.paths||Ot||yl,t.fillTo=bl(t.fillTo||gt),t.pxAlign=+Q(t.pxAlign,tl),t.pxRound=bt(t.pxAlign),t.stroke=bl(t.stroke||null),t.fill=bl(t.fill||null),t._stroke=t._fill=t._paths=t._focus=null;let l=function(l){return Al(1*(3+2*(l||1)),3)}(fl(1,t.width)),e=t.points=Bl({},{size:l,width:fl(1,.2*l),stroke:t.stroke,space:2*l,paths:Nt,_stroke:null,_fill:null},t.points);e.show=bl(e.show),e.filter=bl(e.filter),e.fill=bl(e.fill),e.stroke=bl(e.stroke),e.paths=bl(e.paths),e.pxAlign=t.pxAlign}if(se){let i=function(t,n){if(0==n&&(xe||!ie.live||2==M))return Rl;let i=[],o=z("tr","u-series",de,de.childNodes[n]);S(o,t.class),t.show||S(o,l);let s=z("th",null,o);if(ue.show){let l=D("u-marker",s);if(n>0){let e=ue.width(k,n);e&&(l.style.border=e+"px "+ue.dash(k,n)+" "+ue.stroke(k,n)),l.style.background=ue.fill(k,n)}}let r=D(e,s);for(var u in t.label instanceof HTMLElement?r.appendChild(t.label):r.textContent=t.label,n>0&&(ue.show||(r.style.color=t.width>0?ue.stroke(k,n):ue.fill(k,n)),Ce("click",s,(l=>{if(oe._lock)return;Mt(l);let e=pl.indexOf(t);if((l.ctrlKey||l.metaKey)!=ie.isolate){let l=pl.some(((l,t)=>t>0&&t!=e&&l.show));pl.forEach(((t,n)=>{n>0&&oi(n,l?n==e?be:ve:be,!0,Fi.setSeries)}))}else oi(e,{show:!t.show},!0,Fi.setSeries)}),!1),Et&&Ce(d,s,(l=>{oe._lock||(Mt(l),oi(pl.indexOf(t),ai,!0,Fi.setSeries))}),!1)),pe){let l=z("td","u-value",o);l.textContent="--",i.push(l)}return[o,i]}(t,n);me.splice(n,0,i[0]),ge.splice(n,0,i[1]),ie.values.push(null)}if(re){te.splice(n,0,null);let l=null;zt?0==n&&(l=Wt(t,n)):n>0&&(l=Wt(t,n)),Dt.splice(n,0,l),Pt.splice(n,0,0),At.splice(n,0,0)}Ci("addSeries",n)}k.addSeries=function(l,e){e=null==e?pl.length:e,l=1==M?Ut(l,e,Ve,ut):Ut(l,e,{},rt),pl.splice(e,0,l),Yt(pl[e],e)},k.delSeries=function(l){if(pl.splice(l,1),se){ie.values.splice(l,1),ge.splice(l,1);let e=me.splice(l,1)[0];He(null,e.firstChild),e.remove()}re&&(te.splice(l,1),Dt.splice(l,1)[0].remove(),Pt.splice(l,1),At.splice(l,1)),Ci("delSeries",l)};const Ct=[!1,!1,!1,!1];function Ht(l,e,t){let[n,i,o,s]=t,r=e%2,u=0;return 0==r&&(s||i)&&(u=0==e&&!n||2==e&&!o?rl(Ue.size/3):0),1==r&&(n||o)&&(u=1==e&&!i||3==e&&!s?rl(it.size/2):0),u}const Ft=k.padding=(u.padding||[Ht,Ht,Ht,Ht]).map((l=>bl(Q(l,Ht)))),Rt=k._padding=Ft.map(((l,e)=>l(k,e,Ct,0)));let Gt,Lt=null,en=null;const tn=1==M?pl[0].idxs:null;let nn,on,sn,rn,un,an,fn,cn,hn,dn,pn=null,mn=!1;function gn(l,e){if(k.data=k._data=g=null==l?[]:l,2==M){Gt=0;for(let l=1;pl.length>l;l++)Gt+=g[l][0].length}else{0==g.length&&(k.data=k._data=g=[[]]),pn=g[0],Gt=pn.length;let l=g;if(2==Ul){l=g.slice();let e=l[0]=Array(Gt);for(let l=0;Gt>l;l++)e[l]=l}k._data=g=l}if(An(!0),Ci("setData"),2==Ul&&(mt=!0),!1!==e){let l=jl;l.auto(k,mn)?xn():ii(El,l.min,l.max),xt=xt||oe.left>=0,_t=!0,Jn()}}function xn(){let l,e;mn=!0,1==M&&(Gt>0?(Lt=tn[0]=0,en=tn[1]=Gt-1,l=g[0][Lt],e=g[0][en],2==Ul?(l=Lt,e=en):l==e&&(3==Ul?[l,e]=B(l,l,jl.log,!1):4==Ul?[l,e]=$(l,l,jl.log,!1):jl.time?e=l+rl(86400/hl):[l,e]=Z(l,e,J,!0))):(Lt=tn[0]=l=null,en=tn[1]=e=null)),ii(El,l,e)}function wn(l,e,t,n,i,o){l??=a,t??=Fl,n??="butt",i??=a,o??="round",l!=nn&&(K.strokeStyle=nn=l),i!=on&&(K.fillStyle=on=i),e!=sn&&(K.lineWidth=sn=e),o!=un&&(K.lineJoin=un=o),n!=an&&(K.lineCap=an=n),t!=rn&&K.setLineDash(rn=t)}function _n(l,e,t,n){e!=on&&(K.fillStyle=on=e),l!=fn&&(K.font=fn=l),t!=cn&&(K.textAlign=cn=t),n!=hn&&(K.textBaseline=hn=n)}function bn(l,e,t,n,i=0){if(n.length>0&&l.auto(k,mn)&&(null==e||null==e.min)){let e=Q(Lt,0),o=Q(en,n.length-1),s=null==t.min?function(l,e,t,n=0,i=!1){let o=i?V:U,s=i?j:N;[e,t]=o(l,e,t);let r=l[e],u=l[e];if(e>-1)if(1==n)r=l[e],u=l[t];else if(-1==n)r=l[t],u=l[e];else for(let n=e;t>=n;n++){let e=l[n];s(e)&&(r>e?r=e:e>u&&(u=e))}return[r??gl,u??-gl]}(n,e,o,i,3==l.distr):[t.min,t.max];l.min=al(l.min,t.min=s[0]),l.max=fl(l.max,t.max=s[1])}}k.setData=gn;const vn={min:null,max:null};function kn(l,e){let t=e?pl[l].points:pl[l];t._stroke=t.stroke(k,l),t._fill=t.fill(k,l)}function yn(l,e){let t=e?pl[l].points:pl[l],{stroke:n,fill:i,clip:o,flags:s,_stroke:r=t._stroke,_fill:u=t._fill,_width:a=t.width}=t._paths;a=Al(a*y,3);let f=null,c=a%2/2;e&&null==u&&(u=a>0?"#fff":r);let h=1==t.pxAlign&&c>0;if(h&&K.translate(c,c),!e){let l=Qe-a/2,e=lt-a/2,t=ot+a,n=st+a;f=new Path2D,f.rect(l,e,t,n)}e?Sn(r,a,t.dash,t.cap,u,n,i,s,o):function(l,e,t,n,i,o,s,r,u,a,f){let c=!1;0!=u&&Tl.forEach(((h,d)=>{if(h.series[0]==l){let l,p=pl[h.series[1]],m=g[h.series[1]],x=(p._paths||Hl).band;Gl(x)&&(x=1==h.dir?x[0]:x[1]);let w=null;p.show&&x&&function(l,e,t){for(e=Q(e,0),t=Q(t,l.length-1);t>=e;){if(null!=l[e])return!0;e++}return!1}(m,Lt,en)?(w=h.fill(k,d)||o,l=p._paths.clip):x=null,Sn(e,t,n,i,w,s,r,u,a,f,l,x),c=!0}})),c||Sn(e,t,n,i,o,s,r,u,a,f)}(l,r,a,t.dash,t.cap,u,n,i,s,f,o),h&&K.translate(-c,-c)}const Mn=3;function Sn(l,e,t,n,i,o,s,r,u,a,f,c){wn(l,e,t,n,i),(u||a||c)&&(K.save(),u&&K.clip(u),a&&K.clip(a)),c?(r&Mn)==Mn?(K.clip(c),f&&K.clip(f),En(i,s),Tn(l,o,e)):2&r?(En(i,s),K.clip(c),Tn(l,o,e)):1&r&&(K.save(),K.clip(c),f&&K.clip(f),En(i,s),K.restore(),Tn(l,o,e)):(En(i,s),Tn(l,o,e)),(u||a||c)&&K.restore()}function Tn(l,e,t){t>0&&(e instanceof Map?e.forEach(((l,e)=>{K.strokeStyle=nn=e,K.stroke(l)})):null!=e&&l&&K.stroke(e))}function En(l,e){e instanceof Map?e.forEach(((l,e)=>{K.fillStyle=on=e,K.fill(l)})):null!=e&&l&&K.fill(e)}function zn(l,e,t,n,i,o,s,r,u,a){let f=s%2/2;1==tl&&K.translate(f,f),wn(r,s,u,a,r),K.beginPath();let c,h,d,p,m=i+(0==n||3==n?-o:o);0==t?(h=i,p=m):(c=i,d=m);for(let n=0;l.length>n;n++)null!=e[n]&&(0==t?c=d=l[n]:h=p=l[n],K.moveTo(c,h),K.lineTo(d,p));K.stroke(),1==tl&&K.translate(-f,-f)}function Dn(l){let e=!0;return xl.forEach(((t,n)=>{if(!t.show)return;let i=vl[t.scale];if(null==i.min)return void(t._show&&(e=!1,t._show=!1,An(!1)));t._show||(e=!1,t._show=!0,An(!1));let o=t.side,s=o%2,{min:r,max:u}=i,[a,f]=function(l,e,t,n){let i,o=xl[l];if(n>0){let s=o._space=o.space(k,l,e,t,n);i=Zt(e,t,o._incrs=o.incrs(k,l,e,t,n,s),n,s)}else i=[0,0];return o._found=i}(n,r,u,0==s?Ie:Le);if(0==f)return;let c=t._splits=t.splits(k,n,r,u,a,f,2==i.distr),h=2==i.distr?c.map((l=>pn[l])):c,d=2==i.distr?pn[c[1]]-pn[c[0]]:a,p=t._values=t.values(k,t.filter(k,h,n,f,d),n,f,d);t._rotate=2==o?t.rotate(k,p,n,f):0;let m=t._size;t._size=ul(t.size(k,p,n,l)),null!=m&&t._size!=m&&(e=!1)})),e}function Pn(l){let e=!0;return Ft.forEach(((t,n)=>{let i=t(k,n,Ct,l);i!=Rt[n]&&(e=!1),Rt[n]=i})),e}function An(l){pl.forEach(((e,t)=>{t>0&&(e._paths=null,l&&(1==M?(e.min=null,e.max=null):e.facets.forEach((l=>{l.min=null,l.max=null}))))}))}let Wn,Yn,Cn,Hn,Fn,Rn,Gn,In,Ln,On,Nn,jn,Un=!1,Vn=!1,Bn=[];function $n(){Vn=!1;for(let l=0;Bn.length>l;l++)Ci(...Bn[l]);Bn.length=0}function Jn(){Un||(Jl(qn),Un=!0)}function qn(){if(ht&&(function(){for(let l in vl){let e=vl[l];null==Kl[l]&&(null==e.min||null!=Kl[El]&&e.auto(k,mn))&&(Kl[l]=vn)}for(let l in vl){let e=vl[l];null==Kl[l]&&null!=e.from&&null!=Kl[e.from]&&(Kl[l]=vn)}null!=Kl[El]&&An(!0);let l={};for(let e in Kl){let t=Kl[e];if(null!=t){let n=l[e]=Vl(vl[e],Nl);if(null!=t.min)Bl(n,t);else if(e!=El||2==M)if(0==Gt&&null==n.from){let l=n.range(k,null,null,e);n.min=l[0],n.max=l[1]}else n.min=gl,n.max=-gl}}if(Gt>0){pl.forEach(((e,t)=>{if(1==M){let n=e.scale,i=Kl[n];if(null==i)return;let o=l[n];if(0==t){let l=o.range(k,o.min,o.max,n);o.min=l[0],o.max=l[1],Lt=L(o.min,g[0]),en=L(o.max,g[0]),en-Lt>1&&(o.min>g[0][Lt]&&Lt++,g[0][en]>o.max&&en--),e.min=pn[Lt],e.max=pn[en]}else e.show&&e.auto&&bn(o,i,e,g[t],e.sorted);e.idxs[0]=Lt,e.idxs[1]=en}else if(t>0&&e.show&&e.auto){let[n,i]=e.facets,o=n.scale,s=i.scale,[r,u]=g[t],a=l[o],f=l[s];null!=a&&bn(a,Kl[o],n,r,n.sorted),null!=f&&bn(f,Kl[s],i,u,i.sorted),e.min=i.min,e.max=i.max}}));for(let e in l){let t=l[e],n=Kl[e];if(null==t.from&&(null==n||null==n.min)){let l=t.range(k,t.min==gl?null:t.min,t.max==-gl?null:t.max,e);t.min=l[0],t.max=l[1]}}}for(let e in l){let t=l[e];if(null!=t.from){let n=l[t.from];if(null==n.min)t.min=t.max=null;else{let l=t.range(k,n.min,n.max,e);t.min=l[0],t.max=l[1]}}}let e={},t=!1;for(let n in l){let i=l[n],o=vl[n];if(o.min!=i.min||o.max!=i.max){o.min=i.min,o.max=i.max;let l=o.distr;o._min=3==l?dl(o.min):4==l?ml(o.min,o.asinh):100==l?o.fwd(o.min):o.min,o._max=3==l?dl(o.max):4==l?ml(o.max,o.asinh):100==l?o.fwd(o.max):o.max,e[n]=t=!0}}if(t){pl.forEach(((l,t)=>{2==M?t>0&&e.y&&(l._paths=null):e[l.scale]&&(l._paths=null)}));for(let l in e)mt=!0,Ci("setScale",l);re&&oe.left>=0&&(xt=_t=!0)}for(let l in Kl)Kl[l]=null}(),ht=!1),mt&&(function(){let l=!1,e=0;for(;!l;){e++;let t=Dn(e),n=Pn(e);l=e==yt||t&&n,l||(kt(k.width,k.height),pt=!0)}}(),mt=!1),pt){if(E(ll,s,Oe),E(ll,i,Ne),E(ll,t,Ie),E(ll,n,Le),E(el,s,Oe),E(el,i,Ne),E(el,t,Ie),E(el,n,Le),E(X,t,Fe),E(X,n,Ge),O.width=rl(Fe*y),O.height=rl(Ge*y),xl.forEach((({_el:e,_show:t,_size:n,_pos:i,side:o})=>{if(null!=e)if(t){let t=o%2==1;E(e,t?"left":"top",i-(3===o||0===o?n:0)),E(e,t?"width":"height",n),E(e,t?"top":"left",t?Ne:Oe),E(e,t?"height":"width",t?Le:Ie),T(e,l)}else S(e,l)})),nn=on=sn=un=an=fn=cn=hn=rn=null,dn=1,_i(!0),Oe!=je||Ne!=Ke||Ie!=Xe||Le!=Ze){An(!1);let l=Ie/Xe,e=Le/Ze;if(re&&!xt&&oe.left>=0){oe.left*=l,oe.top*=e,Cn&&A(Cn,rl(oe.left),0,Ie,Le),Hn&&A(Hn,0,rl(oe.top),Ie,Le);for(let t=0;Dt.length>t;t++){let n=Dt[t];null!=n&&(Pt[t]*=l,At[t]*=e,A(n,ul(Pt[t]),ul(At[t]),Ie,Le))}}if(ei.show&&!wt&&ei.left>=0&&ei.width>0){ei.left*=l,ei.width*=l,ei.top*=e,ei.height*=e;for(let l in ki)E(ti,l,ei[l])}je=Oe,Ke=Ne,Xe=Ie,Ze=Le}Ci("setSize"),pt=!1}Fe>0&&Ge>0&&(K.clearRect(0,0,O.width,O.height),Ci("drawClear"),Pl.forEach((l=>l())),Ci("draw")),ei.show&&wt&&(ni(ei),wt=!1),re&&xt&&(xi(null,!0,!1),xt=!1),ie.show&&ie.live&&_t&&(mi(),_t=!1),F||(F=!0,k.status=1,Ci("ready")),mn=!1,Un=!1}function Kn(l,e){let t=vl[l];if(null==t.from){if(0==Gt){let n=t.range(k,e.min,e.max,l);e.min=n[0],e.max=n[1]}if(e.min>e.max){let l=e.min;e.min=e.max,e.max=l}if(Gt>1&&null!=e.min&&null!=e.max&&1e-16>e.max-e.min)return;l==El&&2==t.distr&&Gt>0&&(e.min=L(e.min,g[0]),e.max=L(e.max,g[0]),e.min==e.max&&e.max++),Kl[l]=e,ht=!0,Jn()}}k.batch=function(l,e=!1){Un=!0,Vn=e,l(k),qn(),e&&Bn.length>0&&queueMicrotask($n)},k.redraw=(l,e)=>{mt=e||!1,!1!==l?ii(El,jl.min,jl.max):Jn()},k.setScale=Kn;let Xn=!1;const Zn=oe.drag;let Qn=Zn.x,li=Zn.y;re&&(oe.x&&(Wn=D("u-cursor-x",el)),oe.y&&(Yn=D("u-cursor-y",el)),0==jl.ori?(Cn=Wn,Hn=Yn):(Cn=Yn,Hn=Wn),Nn=oe.left,jn=oe.top);const ei=k.select=Bl({show:!0,over:!0,left:0,width:0,top:0,height:0},u.select),ti=ei.show?D("u-select",ei.over?el:ll):null;function ni(l,e){if(ei.show){for(let e in l)ei[e]=l[e],e in ki&&E(ti,e,l[e]);!1!==e&&Ci("setSelect")}}function ii(l,e,t){Kn(l,{min:e,max:t})}function oi(e,t,n,i){null!=t.focus&&function(l){if(l!=ui){let e=null==l,t=1!=Tt.alpha;pl.forEach(((n,i)=>{if(1==M||i>0){let o=e||0==i||i==l;n._focus=e?null:o,t&&function(l,e){pl[l].alpha=e,re&&null!=Dt[l]&&(Dt[l].style.opacity=e),se&&me[l]&&(me[l].style.opacity=e)}(i,o?1:Tt.alpha)}})),ui=l,t&&Jn()}}(e),null!=t.show&&pl.forEach(((n,i)=>{0>=i||e!=i&&null!=e||(n.show=t.show,function(e){if(pl[e].show)se&&T(me[e],l);else if(se&&S(me[e],l),re){let l=zt?Dt[0]:Dt[e];null!=l&&A(l,-10,-10,Ie,Le)}}(i),2==M?(ii(n.facets[0].scale,null,null),ii(n.facets[1].scale,null,null)):ii(n.scale,null,null),Jn())})),!1!==n&&Ci("setSeries",e,t),i&&Ii("setSeries",k,e,t)}let si,ri,ui;k.setSelect=ni,k.setSeries=oi,k.addBand=function(l,e){l.fill=bl(l.fill||null),l.dir=Q(l.dir,-1),Tl.splice(e=null==e?Tl.length:e,0,l)},k.setBand=function(l,e){Bl(Tl[l],e)},k.delBand=function(l){null==l?Tl.length=0:Tl.splice(l,1)};const ai={focus:!0};function fi(l,e,t){let n=vl[e];t&&(l=l/y-(1==n.ori?Ne:Oe));let i=Ie;1==n.ori&&(i=Le,l=i-l),-1==n.dir&&(l=i-l);let o=n._min,s=o+l/i*(n._max-o),r=n.distr;return 3==r?cl(10,s):4==r?((l,e=1)=>nl.sinh(l)*e)(s,n.asinh):100==r?n.bwd(s):s}function ci(l,e){E(ti,s,ei.left=l),E(ti,t,ei.width=e)}function hi(l,e){E(ti,i,ei.top=l),E(ti,n,ei.height=e)}se&&Et&&Ce(p,ce,(l=>{oe._lock||(Mt(l),null!=ui&&oi(null,ai,!0,Fi.setSeries))})),k.valToIdx=l=>L(l,g[0]),k.posToIdx=function(l,e){return L(fi(l,El,e),g[0],Lt,en)},k.posToVal=fi,k.valToPos=(l,e,t)=>0==vl[e].ori?P(l,vl[e],t?ot:Ie,t?Qe:0):W(l,vl[e],t?st:Le,t?lt:0),k.setCursor=(l,e,t)=>{Nn=l.left,jn=l.top,xi(null,e,t)};let di=0==jl.ori?ci:hi,pi=1==jl.ori?ci:hi;function mi(l,e){if(null!=l&&(l.idxs?l.idxs.forEach(((l,e)=>{te[e]=l})):(l=>void 0===l)(l.idx)||te.fill(l.idx),ie.idx=te[0]),se&&ie.live){for(let l=0;pl.length>l;l++)(l>0||1==M&&!xe)&&gi(l,te[l]);!function(){if(se&&ie.live)for(let l=2==M?1:0;pl.length>l;l++){if(0==l&&xe)continue;let e=ie.values[l],t=0;for(let n in e)ge[l][t++].firstChild.nodeValue=e[n]}}()}_t=!1,!1!==e&&Ci("setLegend")}function gi(l,e){let t,n=pl[l],i=0==l&&2==Ul?pn:g[l];xe?t=n.values(k,l,e)??we:(t=n.value(k,null==e?null:i[e],l,e),t=null==t?we:{_:t}),ie.values[l]=t}function xi(l,e,t){let n;Ln=Nn,On=jn,[Nn,jn]=oe.move(k,Nn,jn),oe.left=Nn,oe.top=jn,re&&(Cn&&A(Cn,rl(Nn),0,Ie,Le),Hn&&A(Hn,0,rl(jn),Ie,Le)),si=gl,ri=null;let i=0==jl.ori?Ie:Le,o=1==jl.ori?Ie:Le;if(0>Nn||0==Gt||Lt>en){n=oe.idx=null;for(let l=0;pl.length>l;l++){let e=Dt[l];null!=e&&A(e,-10,-10,Ie,Le)}Et&&oi(null,ai,!0,null==l&&Fi.setSeries),ie.live&&(te.fill(n),_t=!0)}else{let l,e,t;1==M&&(l=0==jl.ori?Nn:jn,e=fi(l,El),n=oe.idx=L(e,g[0],Lt,en),t=$l(g[0][n],jl,i,0));let s=-10,r=-10,u=0,a=0,f=!0,c="",h="";for(let l=2==M?1:0;pl.length>l;l++){let d=pl[l],p=te[l],m=null==p?null:1==M?g[l][p]:g[l][1][p],x=oe.dataIdx(k,l,n,e),w=null==x?null:1==M?g[l][x]:g[l][1][x];if(_t=_t||w!=m||x!=p,te[l]=x,l>0&&d.show){let e=null==x?-10:x==n?t:$l(1==M?g[0][x]:g[l][0][x],jl,i,0),p=null==w?-10:ql(w,1==M?vl[d.scale]:vl[d.facets[1].scale],o,0);if(Et&&null!=w){let e=1==jl.ori?Nn:jn,t=ol(Tt.dist(k,l,x,p,e));if(si>t){let n=Tt.bias;if(0!=n){let i=fi(e,d.scale),o=0>i?-1:1;o!=(0>w?-1:1)||(1==o?1==n?i>w:w>i:1==n?w>i:i>w)||(si=t,ri=l)}else si=t,ri=l}}if(_t||zt){let t,n;0==jl.ori?(t=e,n=p):(t=p,n=e);let i,o,d,m,g,x,w=!0,_=St.bbox;if(null!=_){w=!1;let e=_(k,l);d=e.left,m=e.top,i=e.width,o=e.height}else d=t,m=n,i=o=St.size(k,l);if(x=St.fill(k,l),g=St.stroke(k,l),zt)l!=ri||si>Tt.prox||(s=d,r=m,u=i,a=o,f=w,c=x,h=g);else{let e=Dt[l];null!=e&&(Pt[l]=d,At[l]=m,H(e,i,o,w),Y(e,x,g),A(e,ul(d),ul(m),Ie,Le))}}}}if(zt){let l=Tt.prox;if(_t||(null==ui?l>=si:si>l||ri!=ui)){let l=Dt[0];null!=l&&(Pt[0]=s,At[0]=r,H(l,u,a,f),Y(l,c,h),A(l,ul(s),ul(r),Ie,Le))}}}if(ei.show&&Xn)if(null!=l){let[e,t]=Fi.scales,[n,s]=Fi.match,[r,u]=l.cursor.sync.scales,a=l.cursor.drag;if(Qn=a._x,li=a._y,Qn||li){let a,f,c,h,d,{left:p,top:m,width:g,height:x}=l.select,w=l.scales[r].ori,_=l.posToVal,b=null!=e&&n(e,r),v=null!=t&&s(t,u);b&&Qn?(0==w?(a=p,f=g):(a=m,f=x),c=vl[e],h=$l(_(a,r),c,i,0),d=$l(_(a+f,r),c,i,0),di(al(h,d),ol(d-h))):di(0,i),v&&li?(1==w?(a=p,f=g):(a=m,f=x),c=vl[t],h=ql(_(a,u),c,o,0),d=ql(_(a+f,u),c,o,0),pi(al(h,d),ol(d-h))):pi(0,o)}else yi()}else{let l=ol(Ln-Fn),e=ol(On-Rn);if(1==jl.ori){let t=l;l=e,e=t}Qn=Zn.x&&l>=Zn.dist,li=Zn.y&&e>=Zn.dist;let t,n,s=Zn.uni;null!=s?Qn&&li&&(Qn=l>=s,li=e>=s,Qn||li||(e>l?li=!0:Qn=!0)):Zn.x&&Zn.y&&(Qn||li)&&(Qn=li=!0),Qn&&(0==jl.ori?(t=Gn,n=Nn):(t=In,n=jn),di(al(t,n),ol(n-t)),li||pi(0,o)),li&&(1==jl.ori?(t=Gn,n=Nn):(t=In,n=jn),pi(al(t,n),ol(n-t)),Qn||di(0,i)),Qn||li||(di(0,0),pi(0,0))}if(Zn._x=Qn,Zn._y=li,null==l){if(t){if(null!=Ri){let[l,e]=Fi.scales;Fi.values[0]=null!=l?fi(0==jl.ori?Nn:jn,l):null,Fi.values[1]=null!=e?fi(1==jl.ori?Nn:jn,e):null}Ii(f,k,Nn,jn,Ie,Le,n)}if(Et){let l=t&&Fi.setSeries,e=Tt.prox;null==ui?si>e||oi(ri,ai,!0,l):si>e?oi(null,ai,!0,l):ri!=ui&&oi(ri,ai,!0,l)}}_t&&(ie.idx=n,mi()),!1!==e&&Ci("setCursor")}k.setLegend=mi;let wi=null;function _i(l=!1){l?wi=null:(wi=el.getBoundingClientRect(),Ci("syncRect",wi))}function bi(l,e,t,n,i,o){oe._lock||Xn&&null!=l&&0==l.movementX&&0==l.movementY||(vi(l,e,t,n,i,o,0,!1,null!=l),null!=l?xi(null,!0,!0):xi(e,!0,!1))}function vi(l,e,t,n,i,o,s,r,u){if(null==wi&&_i(!1),Mt(l),null!=l)t=l.clientX-wi.left,n=l.clientY-wi.top;else{if(0>t||0>n)return Nn=-10,void(jn=-10);let[l,s]=Fi.scales,r=e.cursor.sync,[u,a]=r.values,[f,c]=r.scales,[h,d]=Fi.match,p=e.axes[0].side%2==1,m=0==jl.ori?Ie:Le,g=1==jl.ori?Ie:Le,x=p?o:i,w=p?i:o,_=p?n:t,b=p?t:n;if(t=null!=f?h(l,f)?C(u,vl[l],m,0):-10:m*(_/x),n=null!=c?d(s,c)?C(a,vl[s],g,0):-10:g*(b/w),1==jl.ori){let l=t;t=n,n=l}}!u||null!=e&&e.cursor.event.type!=f||(t>1&&Ie-1>t||(t=zl(t,Ie)),n>1&&Le-1>n||(n=zl(n,Le))),r?(Fn=t,Rn=n,[Gn,In]=oe.move(k,t,n)):(Nn=t,jn=n)}Object.defineProperty(k,"rect",{get:()=>(null==wi&&_i(!1),wi)});const ki={width:0,height:0,left:0,top:0};function yi(){ni(ki,!1)}let Mi,Si,Ti,Ei;function zi(l,e,t,n,i,o){Xn=!0,Qn=li=Zn._x=Zn._y=!1,vi(l,e,t,n,i,o,0,!0,!1),null!=l&&(Ce(h,b,Di,!1),Ii(c,k,Gn,In,Ie,Le,null));let{left:s,top:r,width:u,height:a}=ei;Mi=s,Si=r,Ti=u,Ei=a}function Di(l,e,t,n,i,o){Xn=Zn._x=Zn._y=!1,vi(l,e,t,n,i,o,0,!1,!0);let{left:s,top:r,width:u,height:a}=ei,f=u>0||a>0,c=Mi!=s||Si!=r||Ti!=u||Ei!=a;if(f&&c&&ni(ei),Zn.setScale&&f&&c){let l=s,e=u,t=r,n=a;if(1==jl.ori&&(l=r,e=a,t=s,n=u),Qn&&ii(El,fi(l,El),fi(l+e,El)),li)for(let l in vl){let e=vl[l];l!=El&&null==e.from&&e.min!=gl&&ii(l,fi(t+n,l),fi(t,l))}yi()}else oe.lock&&(oe._lock=!oe._lock,xi(e,!0,null!=l));null!=l&&(He(h,b),Ii(h,k,Nn,jn,Ie,Le,null))}function Pi(l){oe._lock||(Mt(l),xn(),yi(),null!=l&&Ii(m,k,Nn,jn,Ie,Le,null))}function Ai(){xl.forEach(ln),vt(k.width,k.height,!0)}G(x,v,Ai);const Wi={};Wi.mousedown=zi,Wi.mousemove=bi,Wi.mouseup=Di,Wi.dblclick=Pi,Wi.setSeries=(l,e,t,n)=>{-1!=(t=(0,Fi.match[2])(k,e,t))&&oi(t,n,!0,!1)},re&&(Ce(c,el,zi),Ce(f,el,bi),Ce(d,el,(l=>{Mt(l),_i(!1)})),Ce(p,el,(function(l){if(oe._lock)return;Mt(l);let e=Xn;if(Xn){let l,e,t=!0,n=!0,i=10;0==jl.ori?(l=Qn,e=li):(l=li,e=Qn),l&&e&&(t=i>=Nn||Nn>=Ie-i,n=i>=jn||jn>=Le-i),l&&t&&(Nn=Gn>Nn?0:Ie),e&&n&&(jn=In>jn?0:Le),xi(null,!0,!0),Xn=!1}Nn=-10,jn=-10,te.fill(null),xi(null,!0,!0),e&&(Xn=e)})),Ce(m,el,Pi),It.add(k),k.syncRect=_i);const Yi=k.hooks=u.hooks||{};function Ci(l,e,t){Vn?Bn.push([l,e,t]):l in Yi&&Yi[l].forEach((l=>{l.call(null,k,e,t)}))}(u.plugins||[]).forEach((l=>{for(let e in l.hooks)Yi[e]=(Yi[e]||[]).concat(l.hooks[e])}));const Hi=(l,e,t)=>t,Fi=Bl({key:null,setSeries:!1,filters:{pub:Ml,sub:Ml},scales:[El,pl[1]?pl[1].scale:null],match:[Sl,Sl,Hi],values:[null,null]},oe.sync);2==Fi.match.length&&Fi.match.push(Hi),oe.sync=Fi;const Ri=Fi.key,Gi=dt(Ri);function Ii(l,e,t,n,i,o,s){Fi.filters.pub(l,e,t,n,i,o,s)&&Gi.pub(l,e,t,n,i,o,s)}function Li(){Ci("init",u,g),gn(g||u.data,!1),Kl[El]?Kn(El,Kl[El]):xn(),wt=ei.show&&(ei.width>0||ei.height>0),xt=_t=!0,vt(u.width,u.height)}return Gi.sub(k),k.pub=function(l,e,t,n,i,o,s){Fi.filters.sub(l,e,t,n,i,o,s)&&Wi[l](null,e,t,n,i,o,s)},k.destroy=function(){Gi.unsub(k),It.delete(k),Pe.clear(),I(x,v,Ai),R.remove(),ce?.remove(),Ci("destroy")},pl.forEach(Yt),xl.forEach((function(l,e){if(l._show=l.show,l.show){let t=vl[l.scale];null==t&&(l.scale=l.side%2?pl[1].scale:El,t=vl[l.scale]);let n=t.time;l.size=bl(l.size),l.space=bl(l.space),l.rotate=bl(l.rotate),Gl(l.incrs)&&l.incrs.forEach((l=>{!Wl.has(l)&&Wl.set(l,Yl(l))})),l.incrs=bl(l.incrs||(2==t.distr?ae:n?1==hl?ke:Se:fe)),l.splits=bl(l.splits||(n&&1==t.distr?Ql:3==t.distr?Je:4==t.distr?qe:$e)),l.stroke=bl(l.stroke),l.grid.stroke=bl(l.grid.stroke),l.ticks.stroke=bl(l.ticks.stroke),l.border.stroke=bl(l.border.stroke);let i=l.values;l.values=Gl(i)&&!Gl(i[0])?bl(i):n?Gl(i)?De(Xl,ze(i,Zl)):Ll(i)?function(l,e){let t=ne(e);return(e,n)=>n.map((e=>t(l(e))))}(Xl,i):i||le:i||Be,l.filter=bl(l.filter||(3>t.distr||10!=t.log?3==t.distr&&2==t.log?tt:kl:et)),l.font=Qt(l.font),l.labelFont=Qt(l.labelFont),l._size=l.size(k,null,e,0),l._space=l._rotate=l._incrs=l._found=l._splits=l._values=null,l._size>0&&(Ct[e]=!0,l._el=D("u-axis",X))}})),_?_ instanceof HTMLElement?(_.appendChild(R),Li()):_(k,Li):Li(),k}en.assign=Bl,en.fmtNum=tl,en.rangeNum=Z,en.rangeLog=B,en.rangeAsinh=$,en.orient=pt,en.pxRatio=y,en.join=function(l,e){if(function(l){let e=l[0][0],t=e.length;for(let n=1;l.length>n;n++){let i=l[n][0];if(i.length!=t)return!1;if(i!=e)for(let l=0;t>l;l++)if(i[l]!=e[l])return!1}return!0}(l)){let e=l[0].slice();for(let t=1;l.length>t;t++)e.push(...l[t].slice(1));return function(l,e=100){const t=l.length;if(1>=t)return!0;let n=0,i=t-1;for(;i>=n&&null==l[n];)n++;for(;i>=n&&null==l[i];)i--;if(n>=i)return!0;const o=fl(1,sl((i-n+1)/e));for(let e=l[n],t=n+o;i>=t;t+=o){const n=l[t];if(null!=n){if(e>=n)return!1;e=n}}return!0}(e[0])||(e=function(l){let e=l[0],t=e.length,n=Array(t);for(let l=0;n.length>l;l++)n[l]=l;n.sort(((l,t)=>e[l]-e[t]));let i=[];for(let e=0;l.length>e;e++){let o=l[e],s=Array(t);for(let l=0;t>l;l++)s[l]=o[n[l]];i.push(s)}return i}(e)),e}let t=new Set;for(let e=0;l.length>e;e++){let n=l[e][0],i=n.length;for(let l=0;i>l;l++)t.add(n[l])}let n=[Array.from(t).sort(((l,e)=>l-e))],i=n[0].length,o=new Map;for(let l=0;i>l;l++)o.set(n[0][l],l);for(let t=0;l.length>t;t++){let s=l[t],r=s[0];for(let l=1;s.length>l;l++){let u=s[l],a=Array(i).fill(void 0),f=e?e[t][l]:1,c=[];for(let l=0;u.length>l;l++){let e=u[l],t=o.get(r[l]);null===e?0!=f&&(a[t]=e,2==f&&c.push(t)):a[t]=e}$l(a,c,i),n.push(a)}}return n},en.fmtDate=ne,en.tzDate=function(l,e){let t;return"UTC"==e||"Etc/UTC"==e?t=new Date(+l+6e4*l.getTimezoneOffset()):e==ie?t=l:(t=new Date(l.toLocaleString("en-US",{timeZone:e})),t.setMilliseconds(l.getMilliseconds())),t},en.sync=dt;{en.addGap=function(l,e,t){let n=l[l.length-1];n&&n[0]==e?n[1]=t:l.push([e,t])},en.clipGaps=wt;let l=en.paths={points:Wt};l.linear=Ft,l.stepped=function(l){const e=Q(l.align,1),t=Q(l.ascDesc,!1),n=Q(l.alignGaps,0),i=Q(l.extend,!1);return(l,o,s,r)=>pt(l,o,((u,a,f,c,h,d,p,m,g,x,w)=>{[s,r]=U(f,s,r);let _=u.pxRound,{left:b,width:v}=l.bbox,k=l=>_(d(l,c,x,m)),M=l=>_(p(l,h,w,g)),S=0==c.ori?Mt:St;const T={stroke:new Path2D,fill:null,clip:null,band:null,gaps:null,flags:1},E=T.stroke,z=c.dir*(0==c.ori?1:-1);let D=M(f[1==z?s:r]),P=k(a[1==z?s:r]),A=P,W=P;i&&-1==e&&(W=b,S(E,W,D)),S(E,P,D);for(let l=1==z?s:r;l>=s&&r>=l;l+=z){let t=f[l];if(null==t)continue;let n=k(a[l]),i=M(t);1==e?S(E,n,D):S(E,A,i),S(E,n,i),D=i,A=n}let Y=A;i&&1==e&&(Y=b+v,S(E,Y,D));let[C,H]=mt(l,o);if(null!=u.fill||0!=C){let e=T.fill=new Path2D(E),t=M(u.fillTo(l,o,u.min,u.max,C));S(e,Y,t),S(e,W,t)}if(!u.spanGaps){let i=[];i.push(..._t(a,f,s,r,z,k,n));let h=u.width*y/2,d=t||1==e?h:-h,p=t||-1==e?-h:h;i.forEach((l=>{l[0]+=d,l[1]+=p})),T.gaps=i=u.gaps(l,o,s,r,i),T.clip=wt(i,c.ori,m,g,x,w)}return 0!=H&&(T.band=2==H?[xt(l,o,s,r,E,-1),xt(l,o,s,r,E,1)]:xt(l,o,s,r,E,H)),T}))},l.bars=function(l){const e=Q((l=l||Hl).size,[.6,gl,1]),t=l.align||0,n=l.gap||0;let i=l.radius;i=null==i?[0,0]:"number"==typeof i?[i,0]:i;const o=bl(i),s=1-e[0],r=Q(e[1],gl),u=Q(e[2],1),a=Q(l.disp,Hl),f=Q(l.each,(()=>{})),{fill:c,stroke:h}=a;return(l,e,i,d)=>pt(l,e,((p,m,g,x,w,_,b,v,k,M,S)=>{let T,E,z=p.pxRound,D=t,P=n*y,A=r*y,W=u*y;0==x.ori?[T,E]=o(l,e):[E,T]=o(l,e);const Y=x.dir*(0==x.ori?1:-1);let C,H,F,R=0==x.ori?Tt:Et,G=0==x.ori?f:(l,e,t,n,i,o,s)=>{f(l,e,t,i,n,s,o)},I=Q(l.bands,Fl).find((l=>l.series[0]==e)),L=p.fillTo(l,e,p.min,p.max,null!=I?I.dir:0),O=z(b(L,w,S,k)),N=M,j=z(p.width*y),U=!1,V=null,B=null,$=null,J=null;null==c||0!=j&&null==h||(U=!0,V=c.values(l,e,i,d),B=new Map,new Set(V).forEach((l=>{null!=l&&B.set(l,new Path2D)})),j>0&&($=h.values(l,e,i,d),J=new Map,new Set($).forEach((l=>{null!=l&&J.set(l,new Path2D)}))));let{x0:q,size:K}=a;if(null!=q&&null!=K){D=1,m=q.values(l,e,i,d),2==q.unit&&(m=m.map((e=>l.posToVal(v+e*M,x.key,!0))));let t=K.values(l,e,i,d);H=2==K.unit?t[0]*M:_(t[0],x,M,v)-_(0,x,M,v),N=Rt(m,g,_,x,M,v,N),F=N-H+P}else N=Rt(m,g,_,x,M,v,N),F=N*s+P,H=N-F;1>F&&(F=0),H/2>j||(j=0),5>F&&(z=vl);let X=F>0;H=z(wl(N-F-(X?j:0),W,A)),C=(0==D?H/2:D==Y?0:H)-D*Y*((0==D?P/2:0)+(X?j/2:0));const Z={stroke:null,fill:null,clip:null,band:null,gaps:null,flags:0},ll=U?null:new Path2D;let el=null;if(null!=I)el=l.data[I.series[1]];else{let{y0:t,y1:n}=a;null!=t&&null!=n&&(g=n.values(l,e,i,d),el=t.values(l,e,i,d))}let tl=T*H,nl=E*H;for(let t=1==Y?i:d;t>=i&&d>=t;t+=Y){let n=g[t];if(null==n)continue;if(null!=el){let l=el[t]??0;if(n-l==0)continue;O=b(l,w,S,k)}let i=_(2!=x.distr||null!=a?m[t]:t,x,M,v),o=b(Q(n,L),w,S,k),s=z(i-C),r=z(fl(o,O)),u=z(al(o,O)),f=r-u;if(null!=n){let i=0>n?nl:tl,o=0>n?tl:nl;U?(j>0&&null!=$[t]&&R(J.get($[t]),s,u+sl(j/2),H,fl(0,f-j),i,o),null!=V[t]&&R(B.get(V[t]),s,u+sl(j/2),H,fl(0,f-j),i,o)):R(ll,s,u+sl(j/2),H,fl(0,f-j),i,o),G(l,e,t,s-j/2,u,H+j,f)}}return j>0?Z.stroke=U?J:ll:U||(Z._fill=0==p.width?p._fill:p._stroke??p._fill,Z.width=0),Z.fill=U?B:ll,Z}))},l.spline=function(l){return function(l,e){const t=Q(e?.alignGaps,0);return(e,n,i,o)=>pt(e,n,((s,r,u,a,f,c,h,d,p,m,g)=>{[i,o]=U(u,i,o);let x,w,_,b=s.pxRound,v=l=>b(c(l,a,m,d)),k=l=>b(h(l,f,g,p));0==a.ori?(x=kt,_=Mt,w=Pt):(x=yt,_=St,w=At);const y=a.dir*(0==a.ori?1:-1);let M=v(r[1==y?i:o]),S=M,T=[],E=[];for(let l=1==y?i:o;l>=i&&o>=l;l+=y)if(null!=u[l]){let e=v(r[l]);T.push(S=e),E.push(k(u[l]))}const z={stroke:l(T,E,x,_,w,b),fill:null,clip:null,band:null,gaps:null,flags:1},D=z.stroke;let[P,A]=mt(e,n);if(null!=s.fill||0!=P){let l=z.fill=new Path2D(D),t=k(s.fillTo(e,n,s.min,s.max,P));_(l,S,t),_(l,M,t)}if(!s.spanGaps){let l=[];l.push(..._t(r,u,i,o,y,v,t)),z.gaps=l=s.gaps(e,n,i,o,l),z.clip=wt(l,a.ori,d,p,m,g)}return 0!=A&&(z.band=2==A?[xt(e,n,i,o,D,-1),xt(e,n,i,o,D,1)]:xt(e,n,i,o,D,A)),z}))}(Gt,l)}}return en}();\n';

// node_modules/uplot/dist/uPlot.min.css
var uPlot_min_default = '.uplot, .uplot *, .uplot *::before, .uplot *::after {box-sizing: border-box;}.uplot {font-family: system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, "Noto Sans", sans-serif, "Apple Color Emoji", "Segoe UI Emoji", "Segoe UI Symbol", "Noto Color Emoji";line-height: 1.5;width: min-content;}.u-title {text-align: center;font-size: 18px;font-weight: bold;}.u-wrap {position: relative;user-select: none;}.u-over, .u-under {position: absolute;}.u-under {overflow: hidden;}.uplot canvas {display: block;position: relative;width: 100%;height: 100%;}.u-axis {position: absolute;}.u-legend {font-size: 14px;margin: auto;text-align: center;}.u-inline {display: block;}.u-inline * {display: inline-block;}.u-inline tr {margin-right: 16px;}.u-legend th {font-weight: 600;}.u-legend th > * {vertical-align: middle;display: inline-block;}.u-legend .u-marker {width: 1em;height: 1em;margin-right: 4px;background-clip: padding-box !important;}.u-inline.u-live th::after {content: ":";vertical-align: middle;}.u-inline:not(.u-live) .u-value {display: none;}.u-series > * {padding: 4px;}.u-series th {cursor: pointer;}.u-legend .u-off > * {opacity: 0.3;}.u-select {background: rgba(0,0,0,0.07);position: absolute;pointer-events: none;}.u-cursor-x, .u-cursor-y {position: absolute;left: 0;top: 0;pointer-events: none;will-change: transform;}.u-hz .u-cursor-x, .u-vt .u-cursor-y {height: 100%;border-right: 1px dashed #607D8B;}.u-hz .u-cursor-y, .u-vt .u-cursor-x {width: 100%;border-bottom: 1px dashed #607D8B;}.u-cursor-pt {position: absolute;top: 0;left: 0;border-radius: 50%;border: 0 solid;pointer-events: none;will-change: transform;/*this has to be !important since we set inline "background" shorthand */background-clip: padding-box !important;}.u-axis.u-off, .u-select.u-off, .u-cursor-x.u-off, .u-cursor-y.u-off, .u-cursor-pt.u-off {display: none;}';

// node_modules/uplot/LICENSE
var LICENSE_default = 'The MIT License (MIT)\n\nCopyright (c) 2022 Leon Sorokin\n\nPermission is hereby granted, free of charge, to any person obtaining a copy\nof this software and associated documentation files (the "Software"), to deal\nin the Software without restriction, including without limitation the rights\nto use, copy, modify, merge, publish, distribute, sublicense, and/or sell\ncopies of the Software, and to permit persons to whom the Software is\nfurnished to do so, subject to the following conditions:\n\nThe above copyright notice and this permission notice shall be included in\nall copies or substantial portions of the Software.\n\nTHE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR\nIMPLIED, INCLUDING BUT NOT LIMITED TO THE WARRANTIES OF MERCHANTABILITY,\nFITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE\nAUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER\nLIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING FROM,\nOUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN\nTHE SOFTWARE.';

// src/report/markup.ts
var Markup = class {
  text;
  constructor(text2) {
    this.text = text2;
  }
};
function markup(pieces, ...parts) {
  let text2 = pieces[0] ?? "";
  for (const [index, part] of parts.entries()) text2 += `${textOf(part)}${pieces[index + 1] ?? ""}`;
  return new Markup(text2);
}
function wholeCommand(command) {
  return new Markup(escapeHtmlCommand(command));
}
function lines(outside, mostLines) {
  return new Markup(escapeHtmlLines(outside, mostLines));
}
var nothing = new Markup("");
function textOf(part) {
  if (part instanceof Markup) return part.text;
  if (typeof part === "string") return escapeHtml(part);
  if (typeof part === "number") return String(part);
  return part.map(({ text: text2 }) => text2).join("");
}

// src/report/html-parts.ts
function table(columns, rows) {
  const classOf = (column) => column?.kind === "number" ? markup` class="number"` : nothing;
  const body = rows.map(
    ({ cells: cells2, style: style2 }) => markup`<tr${style2 === void 0 ? nothing : markup` class="${style2}"`}>${cells2.map(
      (cell, index) => markup`<td${classOf(columns[index])} data-head="${columns[index]?.head ?? ""}">${cell}</td>`
    )}</tr>\n`
  );
  return markup`<div class="scroll"><table class="stacked">
<thead><tr>${columns.map((column) => markup`<th${classOf(column)} scope="col">${column.head}</th>`)}</tr></thead>
<tbody>
${body}</tbody>
</table></div>
`;
}
function list2(items) {
  return markup`<ul>\n${items.map((item) => markup`<li>${item}</li>\n`)}</ul>\n`;
}
function fold(summary, content2) {
  return markup`<details><summary>${summary}</summary>\n${content2}</details>\n`;
}
var tones = {
  pass: "good",
  fail: "bad",
  inconclusive: "doubt",
  skipped: "doubt"
};
function verdictMark(verdict) {
  return markup`<span class="verdict ${verdict}">${verdict === "fail" ? "FAIL" : verdict}</span>`;
}
function attemptText({ attempt }) {
  return attempt > 1 ? markup` (run ${attempt})` : nothing;
}
function code(outside) {
  return markup`<code>${plain(outside) === "" ? "(empty)" : outside}</code>`;
}
function said(outside) {
  return plain(outside) === "" ? notMeasured : outside;
}
function joined(parts, by = markup`, `) {
  return markup`${parts.map((part, index) => index === 0 ? part : markup`${by}${part}`)}`;
}

// src/report/timeline.ts
var mostPoints = 600;
function timelineOf(scenario) {
  const windows = wholeWindows(scenario.windows.filter(({ phase }) => isCharted(phase)));
  const first2 = windows[0];
  const last2 = windows[windows.length - 1];
  if (!first2 || !last2) return void 0;
  const span2 = { from: seconds(first2.startMs), to: seconds(last2.startMs + last2.lengthMs) };
  const points = pool(windows);
  const expected2 = (name) => scenario.expectations.find((one) => one.name === name)?.expected ?? null;
  const availability = expected2("availability");
  return {
    from: points.map(({ startMs }) => seconds(startMs)),
    to: points.map(({ endMs }) => seconds(endMs)),
    p50: points.map(({ p50Ms }) => digits(p50Ms)),
    p99: points.map(({ p99Ms }) => digits(p99Ms)),
    published: points.map(({ publishedPerSecond }) => Math.round(publishedPerSecond)),
    delivered: points.map(({ deliveredPerSecond }) => Math.round(deliveredPerSecond)),
    availability: points.map(({ share: share2 }) => percent(share2)),
    phases: scenario.phases.filter(({ name }) => isCharted(name)).map(({ name, startMs }) => ({ name, from: seconds(startMs) })),
    bands: bandsOf(scenario.faults, span2),
    marks: marksOf(scenario).filter(({ at }) => at >= span2.from && at <= span2.to),
    expected: { p99: expected2("p99-latency"), availability: percent(availability) },
    pooled: points.length < windows.length ? Math.max(...points.map(({ startMs, endMs }) => endMs - startMs)) : void 0
  };
}
function isCharted(phase) {
  return phase === "steady" || phase === "hold" || phase === "recover";
}
function wholeWindows(windows) {
  const whole3 = [];
  for (const window3 of windows) {
    const before = whole3[whole3.length - 1];
    if (before && before.phase === window3.phase && window3.lengthMs < before.lengthMs / 2)
      whole3[whole3.length - 1] = {
        ...before,
        lengthMs: window3.startMs + window3.lengthMs - before.startMs,
        possible: before.possible + window3.possible,
        done: before.done + window3.done,
        published: before.published + window3.published,
        delivered: before.delivered + window3.delivered,
        p50Ms: before.p50Ms ?? window3.p50Ms,
        p99Ms: highest([before.p99Ms, window3.p99Ms])
      };
    else whole3.push(window3);
  }
  return whole3;
}
function pool(windows) {
  const size3 = Math.ceil(windows.length / mostPoints);
  const groups2 = [];
  for (const window3 of windows) {
    const group = groups2[groups2.length - 1];
    if (group && group.length < size3 && group[0]?.phase === window3.phase) group.push(window3);
    else groups2.push([window3]);
  }
  return groups2.flatMap((group) => {
    const first2 = group[0];
    const last2 = group[group.length - 1];
    if (!first2 || !last2) return [];
    const endMs = last2.startMs + last2.lengthMs;
    const perSecond2 = (count) => 1e3 * group.reduce((sum3, window3) => sum3 + count(window3), 0) / Math.max(1, endMs - first2.startMs);
    const undone = highest(group.map(({ possible, done }) => possible === 0 ? null : 1 - done / possible));
    return {
      startMs: first2.startMs,
      endMs,
      p50Ms: highest(group.map(({ p50Ms }) => p50Ms)),
      p99Ms: highest(group.map(({ p99Ms }) => p99Ms)),
      publishedPerSecond: perSecond2(({ published }) => published),
      deliveredPerSecond: perSecond2(({ delivered }) => delivered),
      share: undone === null ? null : 1 - undone
    };
  });
}
function bandsOf(faults2, span2) {
  const bands = /* @__PURE__ */ new Map();
  for (const fault of faults2) {
    const from = Math.max(span2.from, tenths(fault.startMs));
    const to = Math.min(span2.to, tenths(fault.endMs));
    if (to <= from) continue;
    const label = `${plain(fault.kind, 40)} on ${plain(fault.target, 60)}${fault.proven ? "" : " (not proven)"}`;
    const key = `${from} ${to} ${fault.proven}`;
    const same = bands.get(key);
    bands.set(key, { from, to, label: same ? `${same.label}, ${label}` : label, proven: fault.proven });
  }
  return [...bands.values()].sort((a, b) => a.from - b.from);
}
function marksOf(scenario) {
  const { recoveryMs } = scenario.measures;
  const healMs = scenario.phases.find(({ name }) => name === "recover")?.startMs;
  const broke = (ms, label) => ({ at: tenths(ms), label, kind: "broke" });
  const marks = [
    ...scenario.crashes.map(({ node, atMs }) => broke(atMs, `${plain(node, 40)} ended`)),
    ...scenario.violations.flatMap(
      ({ invariant, examples }) => examples.flatMap(({ atMs }) => atMs === null ? [] : [broke(atMs, plain(invariant, 40))])
    ),
    ...recoveryMs === null || healMs === void 0 || scenario.faults.length === 0 ? [] : [{ at: seconds(healMs + recoveryMs), label: "recovered", kind: "recovered" }]
  ];
  return [...new Map(marks.map((mark) => [`${mark.at} ${mark.label}`, mark])).values()].sort((a, b) => a.at - b.at);
}
function highest(values) {
  return values.reduce((most, value) => most === null || value !== null && value > most ? value : most, null);
}
function seconds(ms) {
  return Math.round(ms) / 1e3;
}
function tenths(ms) {
  return Math.round(ms / 100) / 10;
}
function digits(value) {
  return value === null ? null : Number(value.toPrecision(3));
}
function percent(share2) {
  return share2 === null ? null : Math.floor(share2 * 1e4 + 1e-6) / 100;
}

// src/report/html-scenario.ts
function scenarioSection(record, scenario, id, timelines) {
  return markup`<section id="${id}">
<h2>${scenario.name} ${verdictMark(scenario.verdict)}${attemptText(scenario)}</h2>
<p>${sentence(scenario.title)}</p>
<p><strong class="${tones[scenario.verdict]}">${scenario.verdict}:</strong> ${sentence(scenario.reason)}</p>
${content(scenario, timelines)}
${scenario.earlier === null ? nothing : fold(
    `Its first run was ${scenario.earlier.verdict}: ${scenario.earlier.reason}`,
    content(scenario.earlier, timelines)
  )}<p>To repeat this scenario: <code class="command">${wholeCommand(repeatCommand(record, scenario))}</code></p>
</section>
`;
}
function content(scenario, timelines) {
  const { cluster, tier, severity, dimension } = scenario;
  const parameters = Object.entries(scenario.parameters).map(([key, value]) => code(`${key}=${value}`));
  const about = markup`<p class="muted">Tier ${tier}, severity ${severity}, ${dimension}; ${cluster.fresh ? "fresh" : "shared"} cluster: ${sentence(cluster.why)}${parameters.length === 0 ? nothing : markup` Parameters: ${joined(parameters)}.`}</p>
`;
  if (scenario.verdict === "skipped") return about;
  return markup`${about}<p>${partsText(scenario)}</p>
${charts(scenario, timelines)}${faults(scenario)}<div class="beside">
${expectations(scenario)}${messages(scenario.accounting)}</div>
${phases(scenario)}`;
}
function charts(scenario, timelines) {
  const timeline = timelineOf(scenario);
  if (!timeline) return markup`<p>Timeline: not measured.</p>\n`;
  const index = timelines.push(timeline) - 1;
  const chart = (kind, title) => markup`<h4>${title}</h4>\n<div class="chart" role="img" aria-label="${title} of ${scenario.name} over time" data-chart="${kind}" data-timeline="${index}"></div>\n`;
  const pooled = timeline.pooled === void 0 ? nothing : markup`<p class="muted">Each point pools up to ${formatMs(timeline.pooled)}: the mean of the rates, and the worst of latency and availability.</p>\n`;
  return markup`<div class="charts">
${chart("latency", "Latency from publish to receipt, p50 and p99 (logarithmic)")}${chart("throughput", "Throughput, messages a second")}${chart("availability", "Availability, operations done in time of those possible")}
${pooled}</div>
`;
}
function faults({ faults: faults2 }) {
  if (faults2.length === 0) return markup`<p>No fault was injected.</p>\n`;
  return markup`<h3>Injected against observed</h3>
${table(
    [
      { head: "fault" },
      { head: "injected" },
      { head: "observed" },
      { head: "mechanism" },
      { head: "in force" },
      { head: "proven" }
    ],
    faults2.map((fault) => ({
      cells: [
        markup`${code(fault.kind)} on ${code(fault.target)}`,
        said(fault.injected),
        said(fault.observed),
        said(fault.mechanism),
        markup`${formatAt(fault.startMs)} to ${formatAt(fault.endMs)}${fault.healed ? "" : markup`, <span class="bad">not healed</span>`}`,
        fault.proven ? "yes" : markup`<span class="bad">no</span>`
      ]
    }))
  )}`;
}
function expectations(scenario) {
  if (scenario.expectations.length === 0) return nothing;
  return markup`<div>
<h3>Expectations</h3>
${table(
    [{ head: "measure" }, { head: "expected", kind: "number" }, { head: "measured", kind: "number" }, { head: "met" }],
    scenario.expectations.map((one) => {
      const met = metText(scenario, one);
      return {
        cells: [
          expectationNames[one.name],
          expectedText(one),
          measuredText(scenario, one),
          met === "no" ? markup`<span class="bad">no</span>` : met
        ]
      };
    })
  )}${whyNotApplicable(scenario).map((why) => markup`<p class="muted">${why}</p>\n`)}</div>
`;
}
function messages(accounting) {
  const { published, acknowledged, unknown, notSent, unacknowledgeable, owed, delivered, lost } = accounting;
  if (published === 0 && owed === 0) return markup`<div>\n<h3>Messages</h3>\n<p>Not measured.</p>\n</div>\n`;
  const n = formatCount;
  const { publishedGap, owedGap } = balance(accounting);
  const gap = (missing3) => missing3 === 0 ? nothing : markup` <span class="bad">Does not add up: ${n(Math.abs(missing3))} ${missing3 > 0 ? "missing" : "too many"}.</span>`;
  const rules = (counts2, of) => Object.entries(counts2).filter(([, count]) => count > 0).map(([rule, count]) => markup`<tr><td>${of}: ${rule}</td><td class="number">${n(count)}</td></tr>\n`);
  const row = (what, count, style2 = "") => markup`<tr><td>${what}</td><td class="number ${style2}">${n(count)}</td></tr>\n`;
  return markup`<div>
<h3>Messages</h3>
<div class="beside">
<table>
<tbody>
<tr><th scope="row">published</th><th class="number">${n(published)}</th></tr>
${row("acknowledged", acknowledged)}${row("unknown: written, never acknowledged", unknown)}${row("not sent", notSent)}${row("QoS 0: nothing to acknowledge", unacknowledgeable)}</tbody>
</table>
<table>
<tbody>
<tr><th scope="row">owed: one for each message and subscription</th><th class="number">${n(owed)}</th></tr>
${row("delivered", delivered)}${rules(accounting.legallyUndelivered, "legally undelivered")}${row("lost", lost, lost > 0 ? "bad" : "")}${rules(accounting.legalDuplicates, "more than once, where that is allowed")}</tbody>
</table>
</div>
<p>${publishedGap === 0 && owedGap === 0 ? "Every message is accounted for." : nothing}${gap(publishedGap)}${gap(owedGap)}</p>
</div>
`;
}
function phases(scenario) {
  if (scenario.phases.length === 0) return nothing;
  return fold(
    "Phases, nodes and the harness",
    markup`${phaseTable(scenario.phases)}${nodeTable(scenario.phases)}<p>${scrapesText(scenario)}</p>
<p>${harnessText(scenario.harness)}</p>
`
  );
}
function phaseTable(phases2) {
  const number2 = (head2) => ({ head: head2, kind: "number" });
  return table(
    [
      { head: "phase" },
      number2("from"),
      number2("length"),
      number2("availability"),
      number2("p50"),
      number2("p95"),
      number2("p99"),
      number2("p99.9"),
      number2("max"),
      number2("delivered"),
      number2("reconnects")
    ],
    phases2.map(({ name, startMs, endMs, measures }) => ({
      cells: [
        name,
        formatAt(startMs),
        formatMs(endMs - startMs),
        formatAvailability(measures?.availability ?? null),
        formatLatency(measures?.latency?.p50Ms ?? null),
        formatLatency(measures?.latency?.p95Ms ?? null),
        formatLatency(measures?.latency?.p99Ms ?? null),
        formatLatency(measures?.latency?.p999Ms ?? null),
        formatLatency(measures?.latency?.maxMs ?? null),
        measures ? `${formatCount(Math.round(measures.deliveredPerSecond))}/s` : notMeasured,
        measures ? formatCount(measures.reconnects) : notMeasured
      ]
    }))
  );
}
function nodeTable(phases2) {
  const measured = phases2.flatMap(
    ({ name, measures }) => measures === null || measures.nodes.length === 0 ? [] : [{ phase: name, nodes: measures.nodes }]
  );
  const names = [...new Set(measured.flatMap(({ nodes }) => nodes.map(({ name }) => name)))];
  if (names.length === 0) return markup`<p>CPU and memory of the nodes: not measured.</p>\n`;
  return table(
    [
      { head: "node" },
      ...measured.map(({ phase }) => ({ head: `${phase}: mean CPU in cores, largest memory (growth)` }))
    ],
    names.map((name) => ({
      cells: [
        code(name),
        ...measured.map(({ nodes }) => {
          const node = nodes.find((one) => one.name === name);
          const growth3 = node?.memoryGrowthBytes === void 0 ? "" : ` (${formatGrowth(node.memoryGrowthBytes)})`;
          return node ? `${formatCores(node.cpuCores)}, ${formatMebibytes(node.memoryBytes)}${growth3}` : notMeasured;
        })
      ]
    }))
  );
}
function scrapesText({ scrapes, faultsSeenByBroker, faults: faults2 }) {
  const answered = scrapes.attempted === 0 ? "The broker's own metrics were not scraped." : `The broker answered ${formatCount(scrapes.answered)} of ${plural(scrapes.attempted, "scrape")} of its own metrics; what it said is in the folder metrics beside this report.`;
  const seen = faultsSeenByBroker === null || faults2.length === 0 ? "" : ` Its metrics or logs showed ${faultsSeenByBroker} of ${plural(faults2.length, "fault")}.`;
  return `${answered}${seen}`;
}

// src/report/page/charts.js
var charts_default = "// Runs in the reader's browser: draws the charts of report.html with uPlot from the data in the page (src/report/timeline.ts).\n(() => {\n  const timelines = JSON.parse(document.getElementById('timelines').textContent);\n  const charts = [];\n\n  const font = (size) => `${size}px system-ui, sans-serif`;\n  const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();\n  const round = (value) => Number(value.toPrecision(3));\n  const milliseconds = (value) => (value < 1000 ? `${round(value)} ms` : `${round(value / 1000)} s`);\n  /** What the legend says of the point under the cursor. */\n  const shown = (format) => (_plot, value, _series, index) =>\n    index == null ? '' : value == null ? 'not measured' : format(value);\n\n  const kinds = {\n    latency: {\n      series: [\n        { label: 'p50', of: 'p50', stroke: '--series-1' },\n        { label: 'p99', of: 'p99', stroke: '--series-2' },\n      ],\n      // Logarithmic: a quiet second and one of an outage are orders of magnitude apart.\n      scale: { distr: 3, range: (_, low, high) => decades(low, high) },\n      format: milliseconds,\n      ticks: (ticks) => ticks.map((tick) => (Number.isInteger(Math.log10(tick)) ? milliseconds(tick) : '')),\n      limit: ({ expected }) => expected.p99,\n      limitLabel: (limit) => `expected: p99 at most ${milliseconds(limit)}`,\n    },\n    throughput: {\n      series: [\n        { label: 'published', of: 'published', stroke: '--series-1' },\n        { label: 'delivered', of: 'delivered', stroke: '--series-3' },\n      ],\n      scale: { range: (_, __, high) => [0, Math.max(1, high * 1.1)] },\n      format: (value) => `${value}/s`,\n      limit: () => null,\n    },\n    availability: {\n      series: [{ label: 'availability', of: 'availability', stroke: '--series-4', fill: true }],\n      scale: { range: (_, low) => [[90, 50].find((bottom) => bottom < low) ?? 0, 100] },\n      format: (value) => `${value}%`,\n      limit: ({ expected }) => expected.availability,\n      limitLabel: (limit) => `expected: at least ${limit}%`,\n    },\n  };\n\n  function decades(low, high) {\n    if (low == null) return [1, 10];\n    const bottom = 10 ** Math.floor(Math.log10(low));\n    const top = 10 ** Math.ceil(Math.log10(high));\n    return [bottom, top > bottom ? top : bottom * 10];\n  }\n\n  /** A point holds from its start to its end, so it is drawn as a level line: two points, and a gap where nothing was measured. */\n  function levels(timeline, names) {\n    const { from, to } = timeline;\n    const x = from.flatMap((start, index) => {\n      const next = from[index + 1] ?? Number.POSITIVE_INFINITY;\n      return [start, Math.max(start + 0.0005, Math.min(to[index], next - 0.0005))];\n    });\n    return [x, ...names.map((name) => timeline[name].flatMap((value) => [value, value]))];\n  }\n\n  function draw(element) {\n    const timeline = timelines[element.dataset.timeline];\n    const kind = kinds[element.dataset.chart];\n    const isFirst = element.dataset.chart === 'latency';\n    const faultRows = Math.min(3, timeline.bands.length);\n    const markRows = timeline.marks.length > 0 ? 1 : 0;\n    const top = isFirst ? 24 + 15 * (faultRows + markRows) : 10;\n    const height = 150 + top;\n    const data = levels(\n      timeline,\n      kind.series.map(({ of }) => of),\n    );\n    const axis = {\n      stroke: () => colour('--muted'),\n      grid: { stroke: () => colour('--grid'), width: 1 },\n      ticks: { stroke: () => colour('--grid'), width: 1, size: 4 },\n      font: font(11),\n    };\n    const chart = new uPlot(\n      {\n        width: element.clientWidth,\n        height,\n        padding: [top, 14, 0, 0],\n        scales: { x: { time: false }, y: kind.scale },\n        axes: [\n          { ...axis, size: 26, values: (_, ticks) => ticks.map((tick) => `${tick} s`) },\n          { ...axis, size: 62, values: (_, ticks) => (kind.ticks ?? ((all) => all.map(kind.format)))(ticks) },\n        ],\n        series: [\n          { label: 'at', value: shown((value) => `${value.toFixed(1)} s`) },\n          ...kind.series.map(({ label, stroke, fill }) => ({\n            label,\n            stroke: () => colour(stroke),\n            ...(fill ? { fill: () => `${colour(stroke)}22` } : {}),\n            width: 2,\n            points: { show: false },\n            value: shown(kind.format),\n          })),\n        ],\n        cursor: { y: false, sync: { key: `timeline-${element.dataset.timeline}` } },\n        hooks: {\n          drawClear: [(plot) => shade(plot, timeline)],\n          draw: [\n            (plot) => {\n              limit(plot, kind, timeline);\n              marks(plot, timeline);\n              if (isFirst) labels(plot, timeline, faultRows);\n            },\n          ],\n        },\n      },\n      data,\n      element,\n    );\n    charts.push({ chart, element, height });\n    new ResizeObserver(() => resize(chart, element, height)).observe(element);\n  }\n\n  function resize(chart, element, height) {\n    const width = element.clientWidth;\n    if (width > 0 && width !== chart.width) chart.setSize({ width, height });\n  }\n\n  /** Draws in CSS pixels within the plot, or anywhere above it. */\n  function within(plot, paint) {\n    const { ctx, bbox } = plot;\n    const ratio = uPlot.pxRatio;\n    ctx.save();\n    ctx.beginPath();\n    ctx.rect(bbox.left, 0, bbox.width, bbox.top + bbox.height);\n    ctx.clip();\n    ctx.scale(ratio, ratio);\n    const box = {\n      left: bbox.left / ratio,\n      right: (bbox.left + bbox.width) / ratio,\n      top: bbox.top / ratio,\n      bottom: (bbox.top + bbox.height) / ratio,\n    };\n    paint(ctx, box, (seconds) => plot.valToPos(seconds, 'x', true) / ratio);\n    ctx.restore();\n  }\n\n  function line(ctx, x1, y1, x2, y2, dash = []) {\n    ctx.setLineDash(dash);\n    ctx.beginPath();\n    ctx.moveTo(x1, y1);\n    ctx.lineTo(x2, y2);\n    ctx.stroke();\n    ctx.setLineDash([]);\n  }\n\n  function shade(plot, { bands, phases }) {\n    within(plot, (ctx, box, x) => {\n      for (const { from, to, proven } of bands) {\n        ctx.fillStyle = colour(proven ? '--band' : '--band-unproven');\n        ctx.fillRect(x(from), box.top, x(to) - x(from), box.bottom - box.top);\n      }\n      ctx.strokeStyle = colour('--muted');\n      ctx.lineWidth = 1;\n      for (const { from } of phases) line(ctx, x(from), box.top, x(from), box.bottom, [2, 3]);\n    });\n  }\n\n  /** Above the plot: the names of the phases, below them the faults, below those what broke; each cut where the next begins. */\n  function labels(plot, { phases, bands, marks: all }, faultRows) {\n    within(plot, (ctx, box, x) => {\n      ctx.textAlign = 'left';\n      ctx.textBaseline = 'top';\n      let top = 4;\n      const row = (entries) => {\n        let free = box.left;\n        for (const [index, { text, at, to, style }] of entries.entries()) {\n          const next = entries.slice(index + 1).find((other) => other.text !== text);\n          const end = next ? Math.min(box.right, x(next.at)) : box.right;\n          // At the right edge rather moved than cut; of the same marks close together one has a label.\n          const shift = next ? 0 : Math.max(0, x(at) + ctx.measureText(text).width + 8 - end);\n          const wanted = Math.max(box.left, x(at) - shift);\n          if (x(to) < box.left || x(at) > box.right || (wanted < free && entries[index - 1]?.text === text)) continue;\n          const left = Math.max(free, wanted);\n          const fitted = fitting(ctx, text, end - left - 6);\n          ctx.fillStyle = colour(style);\n          ctx.fillText(fitted, left + 2, top);\n          if (fitted !== '') free = left + ctx.measureText(fitted).width + 6;\n        }\n        top += 15;\n      };\n      ctx.font = font(11);\n      row(\n        phases.map(({ name, from }, index) => ({\n          text: name,\n          at: from,\n          to: phases[index + 1]?.from ?? Number.POSITIVE_INFINITY,\n          style: '--muted',\n        })),\n      );\n      ctx.font = `600 ${font(11)}`;\n      const faults = bands.map(({ label, from, to }) => ({ text: label, at: from, to, style: '--ink' }));\n      for (let of = 0; of < faultRows; of++) row(faults.filter((_, index) => index % faultRows === of));\n      row(\n        all.map(({ label, at, kind }) => ({ text: label, at, to: at, style: kind === 'broke' ? '--bad' : '--good' })),\n      );\n    });\n  }\n\n  function fitting(ctx, text, width) {\n    if (ctx.measureText(text).width <= width) return text;\n    for (let length = text.length - 1; length > 2; length--) {\n      const cut = `${text.slice(0, length)}\u2026`;\n      if (ctx.measureText(cut).width <= width) return cut;\n    }\n    return '';\n  }\n\n  function limit(plot, kind, timeline) {\n    const value = kind.limit(timeline);\n    const { min, max } = plot.scales.y;\n    if (value === null || value < min || value > max) return;\n    within(plot, (ctx, box) => {\n      const y = plot.valToPos(value, 'y', true) / uPlot.pxRatio;\n      ctx.strokeStyle = colour('--muted');\n      line(ctx, box.left, y, box.right, y, [6, 4]);\n      ctx.font = font(11);\n      ctx.fillStyle = colour('--muted');\n      ctx.textAlign = 'right';\n      ctx.textBaseline = y - box.top < 16 ? 'top' : 'bottom';\n      ctx.fillText(kind.limitLabel(value), box.right - 4, y + (y - box.top < 16 ? 2 : -2));\n    });\n  }\n\n  function marks(plot, { marks: all }) {\n    within(plot, (ctx, box, x) => {\n      ctx.lineWidth = 1.5;\n      for (const { at, kind } of all) {\n        ctx.strokeStyle = colour(kind === 'broke' ? '--bad' : '--good');\n        line(ctx, x(at), box.top, x(at), box.bottom);\n      }\n    });\n  }\n\n  function redraw() {\n    for (const { chart } of charts) chart.redraw(false, true);\n  }\n\n  for (const element of document.querySelectorAll('[data-chart]')) draw(element);\n  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', redraw);\n  // Paper is light and narrow, and cannot be unfolded.\n  addEventListener('beforeprint', () => {\n    document.documentElement.classList.add('paper');\n    for (const fold of document.querySelectorAll('details')) fold.open = true;\n    for (const { chart, element, height } of charts) resize(chart, element, height);\n    redraw();\n  });\n  addEventListener('afterprint', () => {\n    document.documentElement.classList.remove('paper');\n    for (const { chart, element, height } of charts) resize(chart, element, height);\n    redraw();\n  });\n})();\n";

// src/report/page/page.css
var page_default = ':root,\n:root.paper {\n  color-scheme: light;\n  --page: #ffffff;\n  --card: #f6f8fa;\n  --ink: #1f2328;\n  --muted: #57606a;\n  --grid: #d8dee4;\n  --good: #1a7f37;\n  --bad: #c4212f;\n  --doubt: #8a5a00;\n  --bad-tint: #ffebe9;\n  --band: #f3c1bd80;\n  --band-unproven: #c9c9c980;\n  --series-1: #0969da;\n  --series-2: #d1570a;\n  --series-3: #0f8a6d;\n  --series-4: #7a3fc4;\n}\n\n@media (prefers-color-scheme: dark) {\n  :root:not(.paper) {\n    color-scheme: dark;\n    --page: #0d1117;\n    --card: #161b22;\n    --ink: #e6edf3;\n    --muted: #9aa4ae;\n    --grid: #30363d;\n    --good: #4ac26b;\n    --bad: #ff7b72;\n    --doubt: #e3b341;\n    --bad-tint: #3b1518;\n    --band: #7a2a2a66;\n    --band-unproven: #6b6b6b66;\n    --series-1: #58a6ff;\n    --series-2: #f0883e;\n    --series-3: #3fc9a3;\n    --series-4: #b78af7;\n  }\n}\n\n* {\n  box-sizing: border-box;\n}\n\nbody {\n  margin: 0 auto;\n  padding: 1rem;\n  max-width: 1080px;\n  background: var(--page);\n  color: var(--ink);\n  font:\n    15px / 1.5 system-ui,\n    sans-serif;\n  overflow-wrap: anywhere;\n}\n\nh1 {\n  margin: 0;\n  font-size: 2rem;\n  line-height: 1.2;\n}\n\nh2 {\n  margin: 2.2rem 0 0.6rem;\n  padding-bottom: 0.3rem;\n  border-bottom: 1px solid var(--grid);\n  font-size: 1.35rem;\n}\n\nh3 {\n  margin: 1.2rem 0 0.3rem;\n  font-size: 1.05rem;\n}\n\nh4 {\n  margin: 1rem 0 0.2rem;\n  font-size: 0.95rem;\n}\n\np,\nul {\n  margin: 0.4rem 0;\n}\n\nul {\n  padding-left: 1.2rem;\n}\n\na {\n  color: inherit;\n}\n\ntime,\ntd > a:only-child {\n  white-space: nowrap;\n}\n\n.muted {\n  color: var(--muted);\n}\n\n.card {\n  padding: 1rem 1.2rem;\n  border: 1px solid var(--grid);\n  border-left: 6px solid var(--muted);\n  border-radius: 6px;\n  background: var(--card);\n}\n\n.card.pass {\n  border-left-color: var(--good);\n}\n\n.card.fail,\n.broke {\n  border-left-color: var(--bad);\n}\n\n.card.inconclusive {\n  border-left-color: var(--doubt);\n}\n\n.score-card {\n  display: grid;\n  grid-template-columns: 3fr 2fr;\n  gap: 0 2rem;\n}\n\n.score {\n  font-size: 1.15rem;\n}\n\n.found {\n  margin: 0.7rem 0 0;\n  padding: 0;\n  list-style: none;\n}\n\n.found li {\n  margin: 0.2rem 0;\n  padding-left: 1.3rem;\n  text-indent: -1.3rem;\n}\n\n.found li::before {\n  display: inline-block;\n  width: 1.3rem;\n  color: var(--bad);\n  content: "\u2717";\n  font-weight: 700;\n  text-indent: 0;\n}\n\n.found li.doubt::before {\n  color: var(--doubt);\n  content: "?";\n}\n\n.found li.good::before {\n  color: var(--good);\n  content: "\u2713";\n}\n\n.note {\n  margin: 0.6rem 0;\n  padding: 0.5rem 0.8rem;\n  border-left: 4px solid var(--doubt);\n  background: var(--page);\n}\n\n.verdict {\n  padding: 0 0.45em;\n  border: 1px solid currentColor;\n  border-radius: 1em;\n  font-size: 0.85em;\n  font-weight: 600;\n  white-space: nowrap;\n}\n\n.verdict.pass,\n.good {\n  color: var(--good);\n}\n\n.verdict.fail,\n.bad {\n  color: var(--bad);\n  font-weight: 600;\n}\n\n.verdict.inconclusive,\n.verdict.skipped,\n.doubt {\n  color: var(--doubt);\n}\n\n.found .doubt,\n.found .good {\n  color: inherit;\n}\n\ncode,\npre {\n  font-family: ui-monospace, "SFMono-Regular", Menlo, Consolas, monospace;\n  font-size: 0.87em;\n}\n\npre {\n  margin: 0.5rem 0;\n  padding: 0.6rem 0.8rem;\n  border: 1px solid var(--grid);\n  border-radius: 6px;\n  background: var(--card);\n  white-space: pre-wrap;\n}\n\n.command {\n  user-select: all;\n}\n\n.broke {\n  margin: 0.8rem 0;\n  padding: 0.1rem 1rem 0.6rem;\n  border: 1px solid var(--grid);\n  border-left: 6px solid var(--bad);\n  border-radius: 6px;\n}\n\n.evidence {\n  margin: 0.6rem 0 1rem;\n}\n\n.facts {\n  display: grid;\n  grid-template-columns: repeat(auto-fill, minmax(15rem, 1fr));\n  gap: 0.3rem 1.2rem;\n  margin: 0.5rem 0;\n}\n\n.facts dt {\n  color: var(--muted);\n  font-size: 0.85em;\n}\n\n.facts dd {\n  margin: 0;\n}\n\ndetails > summary {\n  margin: 0.5rem 0;\n  cursor: pointer;\n  font-weight: 600;\n}\n\n.scroll {\n  overflow-x: auto;\n}\n\ntable {\n  border-collapse: collapse;\n  margin: 0.4rem 0;\n  font-size: 0.93em;\n}\n\nth,\ntd {\n  padding: 0.3rem 0.6rem;\n  border: 1px solid var(--grid);\n  text-align: left;\n  vertical-align: top;\n  overflow-wrap: break-word;\n}\n\nth {\n  background: var(--card);\n  font-weight: 600;\n}\n\n.number {\n  text-align: right;\n  font-variant-numeric: tabular-nums;\n}\n\ntr.fail > td:first-child {\n  border-left: 4px solid var(--bad);\n}\n\n.bars {\n  width: 100%;\n  margin: 0;\n}\n\n.bars th,\n.bars td {\n  padding: 0.1rem 0.4rem;\n  border: 0;\n  background: none;\n  font-weight: 400;\n  vertical-align: middle;\n  white-space: nowrap;\n}\n\n.bars svg {\n  display: block;\n  width: 100%;\n  min-width: 60px;\n  height: 10px;\n}\n\n.bar-all {\n  fill: var(--grid);\n}\n\n.bar-excellent,\n.bar-good {\n  fill: var(--good);\n}\n\n.bar-fair {\n  fill: var(--doubt);\n}\n\n.bar-needs-improvement {\n  fill: var(--bad);\n}\n\n.bar-interval {\n  fill: var(--ink);\n}\n\n.chart {\n  min-height: 60px;\n}\n\n.uplot .u-legend {\n  margin: 0 0 0 56px;\n  color: var(--muted);\n  font-size: 12px;\n  text-align: left;\n}\n\n.uplot .u-legend th,\n.uplot .u-legend td {\n  padding: 0 0.2rem;\n  border: 0;\n  background: none;\n  font-weight: 400;\n}\n\n.beside {\n  display: flex;\n  flex-wrap: wrap;\n  gap: 0 2rem;\n}\n\n.beside > table {\n  align-self: flex-start;\n}\n\nfooter {\n  margin: 2.5rem 0 1rem;\n  color: var(--muted);\n  font-size: 0.85em;\n}\n\n@media (max-width: 640px) {\n  .score-card {\n    grid-template-columns: 1fr;\n    gap: 1rem;\n  }\n\n  .stacked,\n  .stacked tbody,\n  .stacked tr,\n  .stacked td {\n    display: block;\n  }\n\n  .stacked thead {\n    display: none;\n  }\n\n  .stacked tr {\n    margin: 0.6rem 0;\n    border: 1px solid var(--grid);\n    border-radius: 6px;\n  }\n\n  .stacked td {\n    display: flow-root;\n    padding-left: 8.5rem;\n    border: 0;\n    text-align: left;\n  }\n\n  .stacked td::before {\n    float: left;\n    width: 7.4rem;\n    margin-left: -7.9rem;\n    color: var(--muted);\n    content: attr(data-head);\n  }\n\n  .stacked tr.fail {\n    border-left: 4px solid var(--bad);\n  }\n\n  .stacked tr.fail > td:first-child {\n    border-left: 0;\n  }\n}\n\n/* What fits on A4 and on letter paper. */\n.paper body {\n  max-width: 700px;\n  padding: 0;\n  font-size: 11px;\n}\n\n@media print {\n  table {\n    font-size: 9px;\n  }\n\n  th,\n  td {\n    padding: 2px 4px;\n  }\n\n  .card,\n  .broke,\n  .chart,\n  tr {\n    break-inside: avoid;\n  }\n\n  h2,\n  h3,\n  h4 {\n    break-after: avoid;\n  }\n}\n';

// src/report/html.ts
var mostExamples = 5;
var mostFindings = 8;
var style = `${uPlot_min_default}
${page_default}`;
var script = `/*
uPlot:

${LICENSE_default}*/
${uPlot_iife_min_default}
${charts_default}`;
function renderHtml(record, comparison) {
  const timelines = [];
  const found2 = findingsOf(record);
  const ids = new Map(
    record.scenarios.flatMap(
      (scenario, index) => attempts([scenario]).map((attempt) => [attempt, `scenario-${index + 1}`])
    )
  );
  const sections = [
    scoreCard(record, found2, ids),
    broken(record, found2, ids),
    known(found2),
    ...comparison ? [compared2(comparison)] : [],
    scenarioTable(record, ids),
    ...record.scenarios.map((scenario) => scenarioSection(record, scenario, ids.get(scenario) ?? "", timelines)),
    abilities(record),
    environment2(record),
    repeating(record)
  ];
  const policy = `default-src 'none'; script-src ${hashOf(script)}; style-src ${hashOf(style)}; base-uri 'none'; form-action 'none'`;
  return markup`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${new Markup(policy)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${record.verdict.toUpperCase()} ${formatScore(record.score)}: ${record.broker.name}</title>
<style>${new Markup(style)}</style>
</head>
<body>
${sections}
<footer>${record.tool.name} ${record.tool.version}. Rendered from report.json, which holds every figure.</footer>
<script type="application/json" id="timelines">${new Markup(jsonInHtml(timelines))}</script>
<script>${new Markup(script)}</script>
</body>
</html>
`.text;
}
function hashOf(inline) {
  return `'sha256-${createHash2("sha256").update(inline).digest("base64")}'`;
}
function jsonInHtml(value) {
  return JSON.stringify(value).replaceAll("<", "\\u003c");
}
function scoreCard(record, found2, ids) {
  const { broker } = record;
  const about = [
    markup`${broker.name}${broker.mutant === null ? "" : markup`, mutant ${code(broker.mutant)}`}`,
    markup`${plural(broker.nodes, "node")}`,
    markup`tier ${record.tiers.join(", ")}`,
    markup`${formatMs(record.durationMs)}`,
    markup`seed ${code(record.seed)}`,
    markup`<time>${record.startedAt}</time>`
  ];
  const score = record.score === null ? markup`<p class="score">Score not measured.</p>` : markup`<p class="score"><strong>${formatScore(record.score)}</strong> of 10, <strong>${record.grade ?? "not graded"}</strong> <span class="muted">(${formatInterval(record.interval)})</span></p>`;
  return markup`<header class="card score-card ${record.verdict}">
<div>
<h1><span class="${tones[record.verdict]}">${record.verdict.toUpperCase()}</span></h1>
${score}
${incomplete(record)}${headlines(record, found2, ids)}${record.cap === null ? nothing : markup`<p>The score is capped: ${sentence(record.cap)}</p>\n`}<p class="muted">${joined(about, markup` · `)}</p>
</div>
<div>
${dimensions2(record)}</div>
</header>
`;
}
function incomplete({ error, partial }) {
  const why = error === null ? markup`it is still going on, or was cut off.` : markup`${sentence(error.message)} (${code(error.code)}) ${sentence(error.hint ?? "")}`;
  if (partial)
    return markup`<p class="note"><strong>This run is not complete:</strong> ${why} What follows covers only what was done until then.</p>\n`;
  return error === null ? nothing : markup`<p class="note"><strong>Error:</strong> ${why}</p>\n`;
}
function headlines(record, found2, ids) {
  const item = (tone, line) => markup`<li${tone === "" ? nothing : markup` class="${tone}"`}>${line}</li>\n`;
  const items = [
    ...found2.violations.map(
      ({ scenario, found: { invariant, count } }, index) => item(
        "",
        markup`<a href="#violation-${index + 1}"><strong>${invariant}</strong></a>: ${plural(count, "violation")} in ${where2(scenario, ids)}`
      )
    ),
    ...found2.crashes.map(
      ({ scenario, found: { node, how } }) => item("", markup`<strong>${node} ended by itself</strong> in ${where2(scenario, ids)}: ${how}`)
    ),
    ...found2.expectations.map((one) => item("", expectationLine(one, ids))),
    ...found2.unhealed.map(
      ({ scenario, found: { kind, target: target2 } }) => item("", markup`<strong>left behind</strong>: ${kind} on ${target2} in ${where2(scenario, ids)}`)
    ),
    ...found2.undecided.map(
      (scenario) => item(
        "doubt",
        markup`<a href="#${ids.get(scenario) ?? ""}">${scenario.name}</a> ${scenario.verdict}: ${sentence(scenario.reason)}`
      )
    ),
    ...found2.known.map(
      ({ scenario, found: { invariant, count, limitedTo: limitedTo2 } }) => item(
        "doubt",
        markup`known issue: ${invariant}${ofClients({ limitedTo: limitedTo2 })}, ${plural(count, "violation")} in ${where2(scenario, ids)}`
      )
    )
  ];
  if (items.length === 0)
    return record.verdict === "pass" ? markup`<ul class="found">${item("good", markup`Nothing broke in ${plural(record.scenarios.length, "scenario")}.`)}</ul>\n` : nothing;
  const shown = items.slice(0, items.length > mostFindings ? mostFindings - 1 : mostFindings);
  const rest = items.length - shown.length;
  return markup`<ul class="found">\n${shown}${rest === 0 ? nothing : item("doubt", markup`and ${formatCount(rest)} more below`)}</ul>\n`;
}
function where2(scenario, ids) {
  const faults2 = [...new Set(scenario.faults.map(({ kind, target: target2 }) => `${kind} on ${target2}`))];
  return markup`<a href="#${ids.get(scenario) ?? ""}">${scenario.name}</a>${attemptText(scenario)}${faults2.length === 0 ? ", without a fault" : markup` (${faults2.join(", ")})`}`;
}
function expectationLine({ scenario, found: found2 }, ids) {
  return markup`<strong>${expectationNames[found2.name]}</strong> ${measuredText(scenario, found2)}, expected ${expectedText(found2)}, in ${where2(scenario, ids)}`;
}
function dimensions2(record) {
  const measured = record.dimensions.flatMap((one) => one.score === null ? [] : [{ ...one, score: one.score }]);
  const rest = record.dimensions.filter(({ score }) => score === null).map(({ id }) => id);
  const rows = measured.map(
    (one) => markup`<tr><th scope="row">${one.id}</th><td>${bar(one.score, one.interval)}</td><td class="number" title="95% interval: ${formatDimensionInterval(one)}">${formatScore(one.score)}</td></tr>\n`
  );
  return markup`${rows.length === 0 ? nothing : markup`<table class="bars">\n<tbody>\n${rows}</tbody>\n</table>\n`}${rest.length === 0 ? nothing : markup`<p class="muted">Not measured: ${rest.join(", ")}.</p>\n`}`;
}
function bar(score, interval) {
  const tone = gradeOf(score).toLowerCase().replaceAll(" ", "-");
  const line = interval === null ? nothing : markup`<rect class="bar-interval" x="${interval[0] * 10}" y="4" width="${Math.max(0.5, (interval[1] - interval[0]) * 10)}" height="2"/>`;
  return markup`<svg viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true"><rect class="bar-all" width="100" height="10"/><rect class="bar-${tone}" width="${score * 10}" height="10"/>${line}</svg>`;
}
function broken(record, found2, ids) {
  const { violations, crashes, expectations: expectations2, unhealed } = found2;
  const blocks = [
    ...violations.map((one, index) => violationBlock(record, one, `violation-${index + 1}`, ids)),
    ...crashes.map((one) => crashBlock(one, ids)),
    ...expectations2.length === 0 ? [] : [
      markup`<div class="broke">\n<h3>Broken expectations</h3>\n${list2(expectations2.map((one) => expectationLine(one, ids)))}</div>\n`
    ],
    ...unhealed.length === 0 ? [] : [
      markup`<div class="broke">\n<h3>Faults left behind</h3>\n${list2(
        unhealed.map(
          ({ scenario, found: { kind, target: target2 } }) => markup`${code(kind)} on ${code(target2)} in ${where2(scenario, ids)} was not healed`
        )
      )}</div>\n`
    ]
  ];
  return blocks.length === 0 ? nothing : markup`<section id="broke">\n<h2>What broke</h2>\n${blocks}</section>\n`;
}
function violationBlock(record, { scenario, found: found2 }, id, ids) {
  const shown = found2.examples.slice(0, mostExamples);
  const first2 = shown[0];
  return markup`<div class="broke" id="${id}">
<h3>${found2.invariant}: ${plural(found2.count, "violation")} in ${where2(scenario, ids)}</h3>
<p>${sentence(capital(found2.statement))}${found2.clause === null ? "" : markup` <span class="muted">(${found2.clause})</span>`}</p>
${first2 ? markup`<p><strong>For example:</strong> ${sentence(first2.what)} ${momentText(first2)}</p>\n` : nothing}${shown.length === 0 ? nothing : fold(
    `Evidence: ${shown.length} of ${plural(found2.count, "violation")}`,
    markup`${shown.map((evidence2, index) => evidenceBlock(evidence2, index + 1))}${found2.examples.length > shown.length ? markup`<p>More examples are in report.json.</p>\n` : nothing}`
  )}<p>To repeat: <code class="command">${wholeCommand(repeatCommand(record, scenario))}</code></p>
</div>
`;
}
function momentText({ atMs, faultsInForce }) {
  const when = atMs === null ? nothing : markup`Seen at ${formatAt(atMs)}. `;
  const faults2 = faultsInForce.length === 0 ? "No fault was in force" : markup`In force: ${joined(faultsInForce.map(code))}`;
  return markup`${when}${faults2}.`;
}
function evidenceBlock(evidence2, number2) {
  const facts = Object.entries(evidence2.facts);
  return markup`<div class="evidence">
<p><strong>${number2}.</strong> ${sentence(evidence2.what)} ${momentText(evidence2)}</p>
${facts.length === 0 ? nothing : markup`<dl class="facts">\n${facts.map(([name, value]) => markup`<div><dt>${said(name)}</dt><dd>${value === null ? "none" : code(String(value))}</dd></div>\n`)}</dl>\n`}${evidence2.logs.length === 0 ? nothing : markup`<pre>${lines(evidence2.logs)}</pre>\n`}</div>
`;
}
function crashBlock({ scenario, found: found2 }, ids) {
  return markup`<div class="broke">
<h3>${found2.node} ended by itself in ${where2(scenario, ids)}</h3>
<p>At ${formatAt(found2.atMs)}: ${sentence(found2.how)}</p>
${found2.suspects?.length ? markup`<p>${suspectsTitle}</p>\n<pre>${lines(found2.suspects)}</pre>\n` : nothing}${found2.lastLines.length === 0 ? nothing : fold("Its last lines", markup`<pre>${lines(found2.lastLines)}</pre>\n`)}</div>
`;
}
function known({ known: seen, gone }) {
  const seenItems = seen.map(
    ({ scenario, found: found2 }) => markup`${code(found2.invariant)} in ${code(scenario.name)}${ofClients(found2)}: ${plural(found2.count, "violation")}. ${sentence(found2.known ?? "")}`
  );
  const goneItems = gone.map(
    ({ invariant, scenario, why }) => markup`${code(invariant)}${scenario === null ? "" : markup` in ${code(scenario)}`}: ${sentence(why)} If this holds, it can be taken out of chaos.yml.`
  );
  return markup`${seenItems.length === 0 ? nothing : markup`<h2>Known issues seen</h2>\n${list2(seenItems)}`}${goneItems.length === 0 ? nothing : markup`<h2>Known issues not seen any more</h2>\n${list2(goneItems)}`}`;
}
function compared2({ total: total2, scenarios, appeared, gone, onlyInBase, onlyInHead, caveats }) {
  const row = (name, change2) => ({
    cells: [name, sideText(change2.base), sideText(change2.head), differenceText(change2), change2.call],
    ...change2.call === "worse" ? { style: "fail" } : {}
  });
  const change = ({ scenario, invariant, baseCount, headCount }) => markup`${code(invariant)} in ${code(scenario)}: ${formatCount(baseCount)} before, ${formatCount(headCount)} now`;
  const only = (where3, names) => names.length === 0 ? nothing : markup`<p>Only in the ${where3}: ${joined(names.map(code))}.</p>\n`;
  return markup`<section>
<h2>Against the base: ${callText(total2)}</h2>
${caveats.length === 0 ? nothing : markup`<p class="note">Not like for like: ${sentence(caveats.join("; "))}</p>\n`}${appeared.length === 0 ? nothing : markup`<h3 class="bad">New violations</h3>\n${list2(appeared.map(change))}`}${gone.length === 0 ? nothing : markup`<h3>Violations that did not happen this time</h3>\n${list2(gone.map(change))}`}${table(
    [{ head: "" }, { head: "base" }, { head: "head" }, { head: "difference", kind: "number" }, { head: "call" }],
    [row("total", total2), ...scenarios.map((scenario) => row(code(scenario.name), scenario))]
  )}<p class="muted">Same: the 95% intervals overlap, no change that could be told from noise.</p>
${only("head", onlyInHead)}${only("base", onlyInBase)}</section>
`;
}
function scenarioTable(record, ids) {
  if (record.scenarios.length === 0)
    return markup`<section>\n<h2>Scenarios</h2>\n<p>No scenario was run.</p>\n</section>\n`;
  return markup`<section>
<h2>Scenarios</h2>
${table(
    [
      { head: "scenario" },
      { head: "verdict" },
      { head: "score, 95% interval", kind: "number" },
      { head: "availability", kind: "number" },
      { head: "p99 latency", kind: "number" },
      { head: "recovery", kind: "number" },
      { head: "faults proven", kind: "number" },
      { head: "messages accounted", kind: "number" }
    ],
    record.scenarios.map((scenario) => ({
      style: scenario.verdict,
      cells: [
        markup`<a href="#${ids.get(scenario) ?? ""}">${scenario.name}</a>`,
        markup`${verdictMark(scenario.verdict)}${attemptText(scenario)}`,
        markup`${formatScore(scenario.score)}${scenario.interval === null ? "" : markup`<br><span class="muted">${formatRange(scenario.interval)}</span>`}`,
        marked(scenario, "availability"),
        marked(scenario, "p99-latency"),
        marked(scenario, "recovery"),
        formatFaultsProven(scenario),
        scenario.accounting.lost > 0 ? markup`<span class="bad">${formatAccounted(scenario)}</span>` : formatAccounted(scenario)
      ]
    }))
  )}<p class="muted">All times below are counted from the start of the run. In the charts a fault was in force where they are shaded, and a phase began at each
dotted line. An operation counts at the time it was due, however late it was done; a gap means that nothing was measured. Drag to zoom, double-click
to go back.</p>
<noscript><p class="note">The charts need JavaScript; the tables have the figures of each phase without it.</p></noscript>
</section>
`;
}
function marked(scenario, name) {
  const shown = formatMeasure(scenario, name);
  const broke = scenario.verdict === "fail" && scenario.expectations.some((one) => one.name === name && isBroken(one));
  return broke ? markup`<span class="bad">${shown}</span>` : shown;
}
function abilities(record) {
  const { features } = record.broker;
  const leftOut2 = leftOutOf(record);
  return markup`<section>
<h2>What the broker can do</h2>
${features === null ? markup`<p>Not measured.</p>\n` : table(
    [{ head: "feature" }, { head: "available" }, { head: "seen" }],
    featureRows(features).map(({ title, available, seen }) => ({
      cells: [title, available ? "yes" : "no", said(seen)]
    }))
  )}${checks(checkTitles.notApplicable, notApplicableOf(record))}${checks(checkTitles.unknown, unknownOf(record))}${leftOut2.length === 0 ? nothing : markup`<h3>Left out of the workload, because it did not work before any fault</h3>\n${list2(leftOut2.map((what) => markup`${what}`))}`}</section>
`;
}
function checks(title, checks3) {
  if (checks3.length === 0) return nothing;
  const lines2 = checks3.map(
    ({ invariant, why, scenarios, everywhere }) => markup`${code(invariant)}: ${sentence(why)}${everywhere ? "" : markup` (${joined(scenarios.map(code))})`}`
  );
  return markup`<h3>${title}</h3>\n${list2(lines2)}`;
}
function environment2({ environment: environment4, workload, tool }) {
  const { os, kernel, node, cpuModel, cpus: cpus2, memoryBytes, ci } = environment4;
  return markup`<section>
<h2>Environment</h2>
${list2([
    markup`${os}, kernel ${kernel}${ci === null ? "" : `, ${ci}`}`,
    markup`${plural(cpus2, "CPU")} (${cpuModel}), ${(memoryBytes / 1024 ** 3).toFixed(1)} GiB of memory`,
    markup`Node ${node}, ${tool.name} ${tool.version}`,
    markup`Workload ${code(workload.profile)}: ${formatCount(workload.ratePerSecond)} messages a second of ${formatCount(workload.payloadBytes)} bytes`
  ])}</section>
`;
}
function repeating(record) {
  return markup`<section>
<h2>How to repeat it</h2>
<pre class="command">${wholeCommand(record.command)}</pre>
</section>
`;
}

// src/report/junit.ts
var mostExamples2 = 3;
function renderJunit(record) {
  const tiers2 = [.../* @__PURE__ */ new Set([...record.tiers, ...record.scenarios.map(({ tier }) => tier)])];
  const suites = [
    ...tiers2.map((tier) => suiteOf(record, tier)).filter(({ cases }) => cases.length > 0),
    ...record.partial || record.error !== null || record.scenarios.length === 0 ? [{ name: "run", cases: [brokenOff(record)] }] : []
  ];
  return markup`<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="chaos-action: ${record.broker.name}" ${counts(suites.flatMap(({ cases }) => cases))} time="${seconds2(record.durationMs)}">
${suites.map(({ name, cases }) => suiteElement(record, name, cases))}</testsuites>
`.text;
}
function suiteOf(record, tier) {
  const scenarios = record.scenarios.filter((scenario) => scenario.tier === tier);
  return { name: tier, cases: scenarios.map((scenario) => caseOf(record, scenario)) };
}
function suiteElement(record, name, cases) {
  const timeMs = cases.reduce((sum3, one) => sum3 + one.timeMs, 0);
  return markup`<testsuite name="${name}" ${counts(cases)} time="${seconds2(timeMs)}" timestamp="${record.startedAt.slice(0, 19)}">
<properties>
${properties({
    verdict: record.verdict,
    score: formatScore(record.score),
    grade: record.grade ?? "not graded",
    seed: record.seed,
    broker: record.broker.name,
    nodes: String(record.broker.nodes),
    command: wholeCommand(record.command)
  })}</properties>
${cases.map(({ element }) => element)}</testsuite>
`;
}
function counts(cases) {
  const count = (outcome) => cases.filter((one) => one.outcome === outcome).length;
  return markup`tests="${cases.length}" failures="${count("failure")}" errors="${count("error")}" skipped="${count("skipped")}"`;
}
function caseOf(record, scenario) {
  const all2 = attempts([scenario]);
  const outcome = outcomeOf(scenario);
  const timeMs = all2.reduce((sum3, { startMs, endMs }) => sum3 + endMs - startMs, 0);
  return {
    outcome,
    timeMs,
    element: markup`<testcase classname="${record.broker.name}.${scenario.tier}" name="${scenario.name}" time="${seconds2(timeMs)}">
<properties>
${properties({ ...scenario.parameters, score: formatScore(scenario.score) })}</properties>
${outcome === "failure" ? failure(record, scenario) : outcome === "skipped" ? markup`<skipped message="${scenario.verdict}: ${scenario.reason}"/>\n` : nothing}<system-out>${observed(scenario)}</system-out>
</testcase>
`
  };
}
function outcomeOf(scenario) {
  if (scenario.verdict === "fail" || attempts([scenario]).some(isUnexplained)) return "failure";
  return scenario.verdict === "pass" ? "passed" : "skipped";
}
function failure(record, scenario) {
  const all2 = attempts([scenario]);
  const violations = all2.flatMap((attempt) => attempt.violations).filter(({ count, known: known2 }) => count > 0 && known2 === null);
  const crashes = all2.flatMap((attempt) => attempt.crashes);
  const expectations2 = scenario.expectations.filter(isBroken);
  const headlines2 = [
    ...violations.map(({ invariant, count }) => `${invariant}: ${plural(count, "violation")}`),
    ...crashes.map(({ node }) => `${node} ended by itself`),
    ...expectations2.map(
      (one) => `${expectationNames[one.name]} ${measuredText(scenario, one)}, expected ${expectedText(one)}`
    )
  ];
  const text2 = [
    ...violations.flatMap(({ invariant, count, statement, clause, examples }) => [
      `${invariant}: ${plural(count, "violation")}. ${sentence(statement)}${clause === null ? "" : ` (${clause})`}`,
      ...examples.slice(0, mostExamples2).flatMap(evidence)
    ]),
    ...crashes.flatMap(({ node, atMs, how, lastLines: lastLines2, suspects = [] }) => [
      `${node} ended by itself at ${formatAt(atMs)}: ${sentence(how)}`,
      ...suspects.length === 0 ? [] : [suspectsTitle, ...suspects.map((line) => `    ${line}`)],
      ...lastLines2.map((line) => `    ${line}`)
    ]),
    ...expectations2.map(
      (one) => `${expectationNames[one.name]}: ${measuredText(scenario, one)}, expected ${expectedText(one)}.`
    )
  ];
  const type2 = violations.length > 0 ? "violation" : crashes.length > 0 ? "crash" : "expectation";
  return markup`<failure type="${type2}" message="${headlines2.length === 0 ? scenario.reason : headlines2.join("; ")}">${lines(text2, text2.length)}
To repeat: ${wholeCommand(repeatCommand(record, scenario))}
</failure>
`;
}
function evidence({ what, atMs, faultsInForce, logs }) {
  const when = atMs === null ? "" : ` Seen at ${formatAt(atMs)}.`;
  const faults2 = faultsInForce.length === 0 ? "No fault was in force." : `In force: ${faultsInForce.join(", ")}.`;
  return [`  - ${sentence(what)}${when} ${faults2}`, ...logs.map((line) => `    ${line}`)];
}
function observed(scenario) {
  const text2 = [
    `${scenario.verdict}: ${sentence(scenario.reason)}`,
    ...scenario.faults.map(
      ({ kind, target: target2, injected, observed: observed2, proven }) => `${kind} on ${target2}: injected ${injected}; observed ${observed2}; ${proven ? "proven" : "not proven"}`
    ),
    ...whyNotApplicable(scenario),
    ...attempts([scenario]).flatMap(({ violations }) => violations).flatMap(
      ({ invariant, count, known: known2, limitedTo: limitedTo2 }) => count === 0 || known2 === null ? [] : [`known issue: ${invariant}${ofClients({ limitedTo: limitedTo2 })}, ${plural(count, "violation")}. ${sentence(known2)}`]
    )
  ];
  return lines(text2, text2.length);
}
function brokenOff({ partial, error, durationMs }) {
  const why = error !== null ? `${sentence(error.message)} ${sentence(error.hint ?? "")}` : partial ? "this run is still going on, or was cut off." : "no scenario was run.";
  return {
    outcome: "error",
    timeMs: durationMs,
    element: markup`<testcase classname="chaos-action" name="the run came to its end" time="${seconds2(durationMs)}">
<error type="${error?.code ?? "partial"}" message="${why}"/>
</testcase>
`
  };
}
function properties(values) {
  return Object.entries(values).map(([name, value]) => markup`<property name="${name}" value="${value}"/>\n`);
}
function seconds2(ms) {
  return (ms / 1e3).toFixed(3);
}

// src/run/write-reports.ts
function writeReports(record, folder, comparison) {
  try {
    mkdirSync2(folder, { recursive: true });
    writeWhole(join7(folder, "report.json"), `${JSON.stringify(record, null, 2)}
`);
    writeWhole(join7(folder, "report.md"), renderMarkdown(record));
    writeWhole(join7(folder, "report.html"), renderHtml(record, comparison));
    writeWhole(join7(folder, "junit.xml"), renderJunit(record));
    writeWhole(join7(folder, "badge.json"), renderBadge(record));
  } catch (error) {
    throw unwritable(folder, error);
  }
}
function prepareReports(folder) {
  try {
    mkdirSync2(folder, { recursive: true });
    writeWhole(join7(folder, ".writable"), "the reports of chaos-action go here\n");
    rmSync3(join7(folder, ".writable"));
  } catch (error) {
    throw unwritable(folder, error);
  }
}
function rescueReports(record) {
  try {
    const folder = mkdtempSync(join7(tmpdir(), "chaos-report-"));
    writeReports(record, folder);
    return folder;
  } catch {
    return void 0;
  }
}
function writeWhole(file, text2) {
  try {
    writeFileSync(`${file}.part`, text2);
    renameSync(`${file}.part`, file);
  } catch (error) {
    rmSync3(`${file}.part`, { force: true });
    throw error;
  }
}
function unwritable(folder, error) {
  return new ChaosError("report", `the reports could not be written to ${folder}: ${reason(error)}`, {
    hint: "make room or choose another folder with --out",
    cause: error
  });
}
function reason(error) {
  const code2 = error.code;
  if (code2 === "ENOSPC") return "no space left on the device";
  if (code2 === "EACCES" || code2 === "EPERM") return "permission denied";
  if (code2 === "EROFS") return "the file system is read-only";
  if (code2 === "ENOTDIR" || code2 === "EEXIST") return "a part of that path is a file";
  return messageOf(error);
}

// src/run/session.ts
import { join as join13 } from "node:path";

// src/engines/local.ts
import { mkdirSync as mkdirSync5 } from "node:fs";
import { join as join11 } from "node:path";

// src/cluster/build.ts
import { closeSync as closeSync3, mkdirSync as mkdirSync3, openSync as openSync3, writeFileSync as writeFileSync2 } from "node:fs";
import { dirname as dirname4 } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
var forceKillAfterMs = 2e3;
async function build(options) {
  const { command, folder, logFile, run: run2, withinMs } = options;
  const shown = maskSecrets(command, options.secrets);
  options.signal.throwIfAborted();
  mkdirSync3(dirname4(logFile), { recursive: true });
  writeFileSync2(logFile, `$ ${shown}
`);
  const log = openSync3(logFile, "a");
  const { exited } = startLogged(command, { cwd: folder, env: { [runMark]: run2 }, log, detached: false });
  closeSync3(log);
  let ended;
  const end = () => {
    ended ??= endTree(run2);
  };
  let timedOut = false;
  const timer = setTimeout(() => {
    timedOut = true;
    end();
  }, withinMs);
  options.signal.addEventListener("abort", end, { once: true });
  const { ok, how } = await exited;
  clearTimeout(timer);
  options.signal.removeEventListener("abort", end);
  await ended;
  options.signal.throwIfAborted();
  if (ok && !timedOut) return;
  const what = timedOut ? `took longer than ${formatMs(withinMs)}` : how;
  throw new ChaosError("build", `the build command ${what}: ${shown}`, {
    output: lastLines(logFile, 21).filter((line) => line !== `$ ${shown}`).slice(-20).map((line) => maskSecrets(line, options.secrets)),
    hint: `run it yourself in ${folder}; the whole output is in ${logFile}`
  });
}
async function endTree(run2) {
  for (const { pid } of findMarked(run2)) signal(pid, "SIGTERM");
  await pollUntil(() => findMarked(run2).length === 0 ? true : void 0, { withinMs: forceKillAfterMs, everyMs: 20 });
  await killAll(
    () => findMarked(run2),
    () => sleep(10)
  );
}

// src/cluster/node.ts
import { closeSync as closeSync4, fstatSync as fstatSync3, mkdirSync as mkdirSync4, openSync as openSync4, writeFileSync as writeFileSync3, writeSync } from "node:fs";
import { dirname as dirname5, join as join8 } from "node:path";
var exitWithinMs = 5e3;
var searchEveryMs = 5e3;
var ClusterNode = class {
  name;
  logFile;
  #options;
  #alive = false;
  #pid = 0;
  /** Its processes as they were when `usage` last looked for them. */
  #seen = { processes: [], atMs: 0 };
  #expectedToRun = false;
  #exited = Promise.resolve();
  /** How the last process ended, as a reader sees it. */
  #how = "ended";
  #logOffset = 0;
  constructor(options) {
    this.#options = options;
    this.name = options.name;
    this.logFile = options.logFile;
    mkdirSync4(options.folder, { recursive: true });
    mkdirSync4(dirname5(options.logFile), { recursive: true });
    for (const [file, content2] of Object.entries(options.rendered.files)) {
      mkdirSync4(dirname5(join8(options.folder, file)), { recursive: true });
      writeFileSync3(join8(options.folder, file), content2);
    }
  }
  get alive() {
    return this.#alive;
  }
  /** Started, and not stopped by a signal meanwhile. */
  get answering() {
    return this.#alive && readStat(this.#pid)?.state !== "T";
  }
  /** Where the node answers over HTTP, as far as its configuration says. */
  get httpUrls() {
    const { readyHttp, metrics } = this.#options.rendered;
    return [readyHttp, metrics].filter((url) => url !== void 0);
  }
  /** Its own MQTT port, past any link proxy. */
  get address() {
    return { host: "127.0.0.1", port: this.#options.mqttPort, ...this.#options.spec.mqtt };
  }
  /** The node's processes: the one that was started and whatever it started. */
  processes() {
    const own = this.#pid === 0 ? [] : findSession(this.#pid);
    const known2 = new Set(own.map(({ pid }) => pid));
    return [...own, ...findMarked(this.#options.run, this.name).filter(({ pid }) => !known2.has(pid))];
  }
  /**
   * What its processes use. Who they are is looked for only now and then, or when one has gone: it means reading all of /proc, for which
   * the conductor would stand still twice a second.
   */
  usage() {
    const nowMs = this.#options.clock.nowMs();
    const known2 = this.#seen.processes.map(({ pid, startTicks }) => {
      const stat2 = readStat(pid);
      return stat2?.startTicks === startTicks && stat2.state !== "Z" ? stat2 : void 0;
    });
    const isFresh = known2.length > 0 && nowMs - this.#seen.atMs < searchEveryMs;
    const alive = known2.filter((stat2) => stat2 !== void 0);
    const current = isFresh && alive.length === known2.length ? alive : this.processes();
    if (current !== alive) this.#seen = { processes: current, atMs: nowMs };
    const sum3 = (of) => current.reduce((total2, stat2) => total2 + of(stat2), 0);
    return { cpuSeconds: sum3((stat2) => stat2.cpuSeconds), residentBytes: sum3((stat2) => stat2.residentBytes) };
  }
  /** Starts the process, unless it runs; does not wait until the node is ready. */
  start() {
    if (this.#alive) return;
    const { rendered, workingFolder, run: run2, name, clock, enter } = this.#options;
    const log = openSync4(this.logFile, "a");
    try {
      writeSync(log, `--- ${new Date(clock.wallMs()).toISOString()} chaos-action starts ${name}: ${this.#command()}
`);
    } catch {
    }
    this.#logOffset = fstatSync3(log).size;
    const { pid, exited, release: release2 } = startLogged(execForm(rendered.command), {
      cwd: workingFolder,
      env: { ...rendered.env, [runMark]: run2, [nodeMark]: name },
      log,
      // A session of its own: a Ctrl-C at the terminal must reach the tool alone, which then heals before it stops the nodes.
      detached: true,
      gated: enter !== void 0
    });
    closeSync4(log);
    this.#alive = true;
    this.#expectedToRun = true;
    this.#pid = pid ?? 0;
    let outside;
    if (pid !== void 0) {
      this.#options.onStart({ pid, startTicks: readStat(pid)?.startTicks ?? 0 });
      enter?.(pid).then(
        () => release2(true),
        (error) => {
          outside = `could not be put where it belongs: ${messageOf(error)}`;
          release2(false);
        }
      );
    }
    this.#exited = exited.then(({ how }) => {
      this.#alive = false;
      this.#how = outside ?? how;
      if (!this.#expectedToRun) return;
      this.#expectedToRun = false;
      const lines2 = lastLines(this.logFile, 20).map((line) => this.#masked(line));
      this.#options.onCrash({ node: name, atMs: clock.nowMs(), how: this.#how, lastLines: lines2 });
    });
  }
  /** Resolves once the node is ready by every sign that the broker's configuration names. Rejects when it ends first or is not ready in time. */
  async ready(abort) {
    const { spec, clock } = this.#options;
    let missing3 = [];
    const ready = await pollUntil(
      async () => {
        if (!this.#alive) {
          await this.#exited;
          throw new ChaosError("boot", `${this.name} ${this.#how} before it was ready`, {
            output: this.#linesSinceStart(),
            hint: `its command was: ${this.#command()}; its whole output is in ${this.logFile}`
          });
        }
        missing3 = await this.#missingSigns();
        return missing3.length === 0 ? true : void 0;
      },
      { withinMs: spec.ready.withinMs, everyMs: 50, clock, signal: abort }
    );
    if (ready) return;
    throw new ChaosError(
      "boot",
      `${this.name} was not ready within ${formatMs(spec.ready.withinMs)}: ${missing3.join("; ")}`,
      {
        output: this.#linesSinceStart(),
        hint: `if it needs longer, set broker.ready.within; its whole output is in ${this.logFile}`
      }
    );
  }
  /** What is wrong with the node's MQTT port, past any link proxy; undefined when it answers a CONNECT and a PINGREQ. */
  ping(withinMs) {
    return mqttPing(this.address, withinMs);
  }
  /** As `ping`, and keeps the connection. */
  connect(withinMs) {
    return holdMqtt(this.address, withinMs);
  }
  get folder() {
    return this.#options.folder;
  }
  /** SIGKILL to all its processes; resolves when none is left. */
  async kill() {
    this.#expectedToRun = false;
    await killAll(
      () => this.processes(),
      () => this.#options.clock.sleep(10)
    );
    await within(this.#exited, { withinMs: exitWithinMs, clock: this.#options.clock });
  }
  /** Sends a signal to each of its processes. */
  signalAll(name) {
    const processes = this.processes();
    for (const { pid } of processes) signal(pid, name);
    return processes;
  }
  /** Asks the node to end with the broker's own signal, and kills what is left after its deadline. */
  async stop(withinMs = this.#options.spec.stopWithinMs) {
    this.#expectedToRun = false;
    const { spec, clock } = this.#options;
    const asked = this.signalAll(spec.stop);
    this.signalAll("SIGCONT");
    if (asked.length > 0)
      await pollUntil(() => this.processes().length === 0 ? true : void 0, {
        withinMs: Math.min(withinMs, spec.stopWithinMs),
        everyMs: 20,
        clock
      });
    await this.kill();
  }
  async #missingSigns() {
    const { spec, rendered } = this.#options;
    const missing3 = [];
    if (spec.ready.mqtt) {
      const wrong = await this.ping(1e3);
      if (wrong !== void 0) missing3.push(`MQTT: ${wrong}`);
    }
    if (rendered.readyHttp !== void 0) {
      const wrong = await httpProblem(rendered.readyHttp);
      if (wrong !== void 0) missing3.push(`${rendered.readyHttp}: ${wrong}`);
    }
    if (spec.ready.log !== void 0 && !readFrom(this.logFile, this.#logOffset).includes(spec.ready.log))
      missing3.push(`its log has no line with "${spec.ready.log}"`);
    return missing3;
  }
  /** The start command as it may be shown. */
  #command() {
    return this.#masked(this.#options.rendered.command);
  }
  #linesSinceStart() {
    return readFrom(this.logFile, this.#logOffset).split("\n").filter((line) => line.trim() !== "").slice(-20).map((line) => this.#masked(line));
  }
  #masked(text2) {
    return maskSecrets(text2, this.#options.spec.secrets);
  }
};
function execForm(command) {
  const oneCommand = /^[^;&|<>()$`\n\\]*$/.test(command.trim());
  const [first2 = ""] = command.trim().split(/\s/);
  return oneCommand && !first2.includes("=") && !["cd", "exec", ".", "source"].includes(first2) ? `exec ${command}` : command;
}
async function httpProblem(url) {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(1e3) });
    await response.body?.cancel();
    return response.ok ? void 0 : `HTTP status ${response.status}`;
  } catch (error) {
    const { message, code: code2 } = error.cause ?? error;
    return message || (code2 ?? "no answer");
  }
}

// src/cluster/node-log.ts
import { statSync as statSync4 } from "node:fs";

// src/cluster/log-index.ts
var mostNotes = 16384;
var LogIndex = class {
  #mostNotes;
  #wallMs = [];
  #bytes = [];
  constructor(most = mostNotes) {
    this.#mostNotes = most;
  }
  /** How many notes it holds. */
  get size() {
    return this.#wallMs.length;
  }
  /** The file has `bytes` now. */
  note(wallMs, bytes2) {
    const last2 = this.#bytes.length - 1;
    if (last2 >= 0 && bytes2 < this.#bytes[last2]) this.#forget();
    const atMs = Math.max(wallMs, this.#wallMs.at(-1) ?? wallMs);
    const hasStood = last2 >= 1 && this.#bytes[last2] === bytes2 && this.#bytes[last2 - 1] === bytes2;
    if (hasStood) {
      this.#wallMs[last2] = atMs;
      return;
    }
    this.#wallMs.push(atMs);
    this.#bytes.push(bytes2);
    if (this.#wallMs.length > this.#mostNotes) this.#thin();
  }
  /** Every byte that was written between the two times is in the range, and maybe some from shortly before and after. */
  between(fromWallMs, toWallMs) {
    const before = firstWhere(this.#wallMs, (one) => one >= fromWallMs) - 1;
    const after = firstWhere(this.#wallMs, (one) => one > toWallMs);
    return { start: this.#bytes[before] ?? 0, end: this.#bytes[after] ?? Number.POSITIVE_INFINITY };
  }
  /** When the byte at this offset was written. */
  written(offset3) {
    const after = firstWhere(this.#bytes, (one) => one > offset3);
    return {
      fromWallMs: this.#wallMs[after - 1] ?? Number.NEGATIVE_INFINITY,
      toWallMs: this.#wallMs[after] ?? Number.POSITIVE_INFINITY
    };
  }
  #forget() {
    this.#wallMs = [];
    this.#bytes = [];
  }
  #thin() {
    const last2 = this.#wallMs.length - 1;
    const isKept = (_, i) => i % 2 === 0 || i === last2;
    this.#wallMs = this.#wallMs.filter(isKept);
    this.#bytes = this.#bytes.filter(isKept);
  }
};
function firstWhere(values, isPast) {
  let low = 0;
  let high = values.length;
  while (low < high) {
    const middle = low + high >> 1;
    if (isPast(values[middle])) high = middle;
    else low = middle + 1;
  }
  return low;
}

// src/cluster/node-log.ts
var aroundMs = 1e3;
var keptBackMs = 2500;
var earlyMs = 250;
var mostBytesAround = 32 * 1024 * 1024;
var NodeLog = class {
  #file;
  #clock;
  #index = new LogIndex();
  constructor(file, clock) {
    this.#file = file;
    this.#clock = clock;
  }
  /** To be called once a second while the node runs: the closer together, the finer is what the log can be asked. */
  note() {
    this.#index.note(this.#clock.wallMs(), sizeOf(this.#file));
  }
  /** The lines written nearest to a wall time, within a second of it. */
  around(wallMs, question) {
    const near2 = atMost2(
      mostBytesAround,
      this.#range(wallMs - aroundMs, wallMs + aroundMs),
      this.#range(wallMs, wallMs)
    );
    return choose(readLines(this.#file, near2), (offset3) => this.#index.written(offset3), wallMs, question);
  }
  /**
   * How many lines the node wrote between two wall times. Where the file was not looked at just then, their time stamps tell; lines without
   * one count on both sides.
   */
  count(fromWallMs, toWallMs) {
    let count = 0;
    for (const { text: text2, offset: offset3 } of readLines(this.#file, this.#range(fromWallMs, toWallMs))) {
      if (text2.trim() === "" || isToolsOwn(text2)) continue;
      const written = this.#index.written(offset3);
      const isInside = written.fromWallMs >= fromWallMs && written.toWallMs <= toWallMs;
      const at = isInside ? void 0 : credibleStamp(text2, written)?.fromWallMs;
      if (at === void 0 || at >= fromWallMs && at <= toWallMs) count++;
    }
    return count;
  }
  #range(fromWallMs, toWallMs) {
    const { start, end } = this.#index.between(fromWallMs, toWallMs);
    return { start, end: Math.min(end, sizeOf(this.#file)) };
  }
};
function choose(lines2, written, wallMs, { lines: most, naming: naming2 }) {
  const named2 = new Nearest(most);
  const others = new Nearest(most);
  let before;
  for (const { text: text2, offset: offset3 } of lines2) {
    if (text2.trim() === "" || isToolsOwn(text2)) continue;
    const stamped = credibleStamp(text2, written(offset3));
    const span2 = stamped ?? before ?? written(offset3);
    before = stamped ?? before;
    const distanceMs = Math.max(0, span2.fromWallMs - wallMs, wallMs - span2.toWallMs);
    if (distanceMs > aroundMs) continue;
    (naming2.some((name) => holdsName(text2, name)) ? named2 : others).add(text2, distanceMs);
  }
  const first2 = named2.lines();
  return { named: first2, others: others.lines().slice(0, Math.max(0, most - first2.length)) };
}
function credibleStamp(text2, written) {
  const stamp2 = stampOf(text2);
  if (stamp2 === void 0) return void 0;
  const span2 = { fromWallMs: stamp2.wallMs, toWallMs: stamp2.wallMs + stamp2.resolutionMs - 1 };
  const isLate2 = written.fromWallMs - span2.toWallMs > keptBackMs;
  const isEarly = span2.fromWallMs - written.toWallMs > earlyMs;
  return isLate2 || isEarly ? void 0 : span2;
}
function holdsName(text2, name) {
  if (name === "") return false;
  const isPart = (character) => character !== void 0 && /[\w-]/.test(character);
  for (let at = text2.indexOf(name); at >= 0; at = text2.indexOf(name, at + 1))
    if (!isPart(text2[at - 1]) && !isPart(text2[at + name.length])) return true;
  return false;
}
var Nearest = class {
  #most;
  #kept = [];
  constructor(most) {
    this.#most = most;
  }
  add(text2, distanceMs) {
    this.#kept.push({ text: text2, distanceMs });
    if (this.#kept.length <= this.#most) return;
    let farthest = this.#kept.length - 1;
    for (let i = farthest - 1; i >= 0; i--)
      if ((this.#kept[i]?.distanceMs ?? 0) > (this.#kept[farthest]?.distanceMs ?? 0)) farthest = i;
    this.#kept.splice(farthest, 1);
  }
  lines() {
    return this.#kept.map(({ text: text2 }) => text2);
  }
};
function atMost2(mostBytes, range2, inner) {
  if (range2.end - range2.start <= mostBytes) return range2;
  const innerBytes = inner.end - inner.start;
  const start = Math.max(range2.start, inner.start - Math.max(0, mostBytes - innerBytes) / 2);
  return { start: Math.floor(start), end: Math.min(range2.end, Math.floor(start) + mostBytes) };
}
function sizeOf(file) {
  return statSync4(file, { throwIfNoEntry: false })?.size ?? 0;
}

// src/cluster/peer-connections.ts
import { readdirSync as readdirSync5, readlinkSync } from "node:fs";
function peerConnections(sockets, table2) {
  const listening = new Map(table2.filter(({ state }) => state === "listening").map((one) => [one.localPort, one]));
  const holderOf = (inode) => [...sockets].find(([, inodes]) => inodes.has(inode))?.[0];
  const established = table2.filter(({ state }) => state === "established");
  const byPorts = new Map(established.map((one) => [`${one.localPort}/${one.remotePort}`, one]));
  return established.flatMap((server) => {
    const client = byPorts.get(`${server.remotePort}/${server.localPort}`);
    if (!client || !listening.has(server.localPort)) return [];
    const [to, from] = [holderOf(server.inode), holderOf(client.inode)];
    return from === void 0 || to === void 0 || from === to ? [] : [{ from, to, port: server.localPort }];
  });
}
function socketInodes(pids) {
  return new Set(pids.flatMap(inodesOf));
}
function inodesOf(pid) {
  try {
    return readdirSync5(`/proc/${pid}/fd`).flatMap((fd) => {
      const inode = /^socket:\[(\d+)\]$/.exec(targetOf(`/proc/${pid}/fd/${fd}`))?.[1];
      return inode === void 0 ? [] : [inode];
    });
  } catch {
    return [];
  }
}
function targetOf(link) {
  try {
    return readlinkSync(link);
  } catch {
    return "";
  }
}

// src/cluster/ports.ts
import { createServer as createServer3 } from "node:net";
var lowest = 2e4;
var span = 12e3;
async function freePorts(count, random) {
  const held2 = [];
  const ports = [];
  try {
    for (let tries = 0; ports.length < count; tries++) {
      if (tries > count * 50)
        throw new ChaosError("port", `no ${count} free TCP ports between ${lowest} and ${lowest + span} on 127.0.0.1`, {
          hint: "end whatever listens on so many ports, or run fewer nodes"
        });
      const port = lowest + random.below(span);
      if (ports.includes(port)) continue;
      const server = await hold2(port);
      if (!server) continue;
      held2.push(server);
      ports.push(port);
    }
  } finally {
    await Promise.all(held2.map((server) => new Promise((resolve6) => server.close(resolve6))));
  }
  return ports;
}
function hold2(port) {
  return new Promise((resolve6) => {
    const server = createServer3();
    server.once("error", () => resolve6(void 0));
    server.listen(port, "127.0.0.1", () => resolve6(server));
  });
}

// src/faults/packets.ts
var perMillion = 1e6;
function nftPackets(options) {
  let injections = 0;
  const partsOf = (chain, lanes) => lanes.flatMap((lane, i) => {
    const { traffic, lanes: probes } = options.links.ports(lane.linkId);
    return [
      { name: `${chain}_${i}_traffic`, lane, ports: [traffic] },
      { name: `${chain}_${i}_probes`, lane, ports: probes }
    ].filter(({ ports }) => ports.length > 0);
  });
  const comingIn = ({ direction: direction2 }, ports) => {
    const set = `{ ${ports.join(", ")} }`;
    if (direction2 === "forward") return `iif "lo" tcp dport ${set}`;
    return options.redirected ? `iif "lo" meta l4proto tcp ct direction reply ct reply proto-src ${set}` : `iif "lo" tcp sport ${set}`;
  };
  const goingOut = ({ direction: direction2 }, ports) => `oif "lo" tcp ${direction2 === "forward" ? "dport" : "sport"} { ${ports.join(", ")} }`;
  const takeAway = (table2, chain, counters) => table2.load(
    [
      `add chain TABLE ${chain}`,
      ...counters.map((name) => `add counter TABLE ${name}`),
      `flush chain TABLE ${chain}`,
      `delete chain TABLE ${chain}`,
      ...counters.map((name) => `delete counter TABLE ${name}`)
    ].join("\n")
  );
  const shaped = /* @__PURE__ */ new Map();
  let turn = Promise.resolve();
  const inTurn = (act) => {
    const result = turn.then(act);
    turn = result.catch(() => {
    });
    return result;
  };
  const ask = (shaper, { linkId, direction: direction2 }, netem) => inTurn(async () => {
    const key = `${linkId} ${direction2}`;
    const known2 = shaped.get(key);
    if (!known2) {
      const own = await shaper.add(netem);
      shaped.set(key, { own, asked: [netem] });
      return own;
    }
    known2.asked.push(netem);
    await known2.own.change(together(known2.asked));
    return known2.own;
  });
  const askNoMore = (lanes, netem) => inTurn(async () => {
    const left = lanes.flatMap(({ linkId, direction: direction2 }) => {
      const known2 = shaped.get(`${linkId} ${direction2}`);
      if (!known2) return [];
      const place = known2.asked.indexOf(netem);
      if (place >= 0) known2.asked.splice(place, 1);
      return known2.asked.length > 0 ? [known2] : [];
    });
    for (const { own, asked } of left) await own.change(together(asked));
  });
  const shape2 = (shaper) => async (lanes, netem, scope) => {
    const discipline = await shaper().catch((error) => {
      options.logger.warn(`netem cannot be used, the link proxies are: ${messageOf(error)}`);
      return void 0;
    });
    if (!discipline) return void 0;
    const table2 = await options.table();
    const chain = `netem_${++injections}`;
    const parts = partsOf(chain, lanes);
    const own = { ...netem };
    const classes = /* @__PURE__ */ new Map();
    const counters = parts.map(({ name }) => name);
    scope.undo({ type: "ends-with-run", what: `netem on ${lanes.length} link directions` }, async () => {
      await takeAway(table2, chain, counters);
      await askNoMore(lanes, own);
    });
    for (const lane of lanes) classes.set(lane, await ask(discipline, lane, own));
    await table2.load(
      [
        ...counters.map((name) => `create counter TABLE ${name}`),
        `create chain TABLE ${chain} { type filter hook output priority 0; policy accept; }`,
        ...parts.map(
          ({ name, lane, ports }) => `add rule TABLE ${chain} ${goingOut(lane, ports)} counter name ${name} meta priority set ${classes.get(lane)?.id}`
        )
      ].join("\n")
    );
    return {
      async packets() {
        const counts2 = await table2.counters();
        const traffic = counters.filter((name) => name.endsWith("_traffic"));
        return traffic.reduce((total2, name) => total2 + packetsOf(counts2.get(name)), 0);
      }
    };
  };
  return {
    shape: options.shaper && shape2(options.shaper),
    async drop(lanes, share2, scope) {
      const table2 = await options.table();
      const chain = `drop_${++injections}`;
      const chance = Math.round(share2 * perMillion);
      const parts = partsOf(chain, lanes);
      const counters = parts.flatMap(({ name }) => [`${name}_offered`, `${name}_dropped`]);
      scope.undo(
        { type: "ends-with-run", what: `drop on ${lanes.length} link directions` },
        () => takeAway(table2, chain, counters)
      );
      await table2.load(
        [
          ...counters.map((name) => `create counter TABLE ${name}`),
          `create chain TABLE ${chain} { type filter hook input priority 0; policy accept; }`,
          ...parts.flatMap(({ name, lane, ports }) => {
            const which = comingIn(lane, ports);
            const some = chance >= perMillion ? "" : `numgen random mod ${perMillion} < ${chance} `;
            return [
              `add rule TABLE ${chain} ${which} counter name ${name}_offered`,
              `add rule TABLE ${chain} ${which} ${some}counter name ${name}_dropped drop`
            ];
          })
        ].join("\n")
      );
      return {
        async read() {
          const counts2 = await table2.counters();
          const fate = (name) => ({
            offered: packetsOf(counts2.get(`${name}_offered`)),
            dropped: packetsOf(counts2.get(`${name}_dropped`))
          });
          return lanes.map((lane, i) => ({
            lane,
            traffic: fate(`${chain}_${i}_traffic`),
            probes: fate(`${chain}_${i}_probes`)
          }));
        }
      };
    }
  };
}
function together(asked) {
  const total2 = (key) => asked.reduce((sum3, netem) => sum3 + (netem[key] ?? 0), 0);
  const rates2 = asked.flatMap(({ bytesPerSecond }) => bytesPerSecond === void 0 ? [] : [bytesPerSecond]);
  return {
    delayMs: total2("delayMs"),
    jitterMs: total2("jitterMs"),
    bytesPerSecond: rates2.length === 0 ? void 0 : Math.min(...rates2)
  };
}
function packetsOf(count) {
  return count?.packets ?? 0;
}

// src/links/redirect.ts
import { networkInterfaces } from "node:os";
function ownAddresses() {
  const all2 = Object.values(networkInterfaces()).flatMap((interfaces) => interfaces ?? []);
  const of = (family) => all2.filter((each) => each.family === family && !each.address.startsWith("127.")).map(({ address }) => address);
  return { ipv4: ["127.0.0.0/8", ...new Set(of("IPv4"))], ipv6: [...new Set(of("IPv6"))] };
}
function redirectChains(detours, addresses = ownAddresses()) {
  const to = [`ip daddr { ${addresses.ipv4.join(", ")} }`];
  if (addresses.ipv6.length > 0) to.push(`ip6 daddr { ${addresses.ipv6.join(", ")} }`);
  const of = ({ level, path }) => `socket cgroupv2 level ${level} "${path}"`;
  const redirects = detours.flatMap(
    ({ from, port, proxyPort }) => to.map(
      (daddr) => `add rule TABLE to_proxies tcp dport ${port} ${daddr} ${of(from)} counter name redirected redirect to :${proxyPort}`
    )
  );
  const past = detours.map(
    ({ from, port }) => `add rule TABLE past_proxies tcp dport ${port} ${of(from)} counter name past`
  );
  return [
    "add counter TABLE redirected",
    "add counter TABLE past",
    "add chain TABLE to_proxies { type nat hook output priority -100; policy accept; }",
    "add chain TABLE past_proxies { type filter hook output priority 0; policy accept; }",
    ...redirects,
    ...past
  ].join("\n");
}

// src/engines/kernel.ts
import { join as join10 } from "node:path";

// src/machine/node-limits.ts
import { readFileSync as readFileSync7 } from "node:fs";
import { join as join9 } from "node:path";
var periodUs = 1e5;
function nodeLimits(privileged, cgroups) {
  const write = async (folder, file, value) => {
    await privileged.run("tee", ["--", join9(folder, file)], value);
  };
  const placeOf = (controller, node) => {
    const place = cgroups.controlled(controller, node);
    if (!place) throw new ChaosError("fault", `${node} is in no cgroup with a ${controller} controller`);
    return place;
  };
  const setQuota = async (node, share2) => {
    const { version: version2, folder } = placeOf("cpu", node);
    const us = share2 === void 0 ? void 0 : Math.floor(share2 * periodUs);
    if (version2 === 2) return write(folder, "cpu.max", `${us ?? "max"} ${periodUs}`);
    await write(folder, "cpu.cfs_period_us", `${periodUs}`);
    await write(folder, "cpu.cfs_quota_us", `${us ?? -1}`);
  };
  const setHigh = (node, bytes2) => write(placeOf("memory", node).folder, "memory.high", bytes2 === void 0 ? "max" : `${Math.round(bytes2)}`);
  return {
    cpu: {
      set: lowestOf(setQuota),
      read(node) {
        const { version: version2, folder } = placeOf("cpu", node);
        const figures = readFigures(join9(folder, "cpu.stat"));
        const throttledMs = version2 === 2 ? (figures.get("throttled_usec") ?? 0) / 1e3 : (figures.get("throttled_time") ?? 0) / 1e6;
        return {
          share: quotaOf(version2, folder),
          periods: figures.get("nr_periods") ?? 0,
          throttled: figures.get("nr_throttled") ?? 0,
          throttledMs
        };
      }
    },
    memory: {
      set: lowestOf(setHigh),
      read(node) {
        const { folder } = placeOf("memory", node);
        const high = readFileSync7(join9(folder, "memory.high"), "utf8").trim();
        return {
          limit: high === "max" ? void 0 : Number(high),
          bytes: Number(readFileSync7(join9(folder, "memory.current"), "utf8")),
          heldUp: readFigures(join9(folder, "memory.events")).get("high") ?? 0
        };
      }
    }
  };
}
function lowestOf(put) {
  const asked = [];
  const apply = (node) => {
    const values = asked.filter((one) => one.node === node).map(({ value }) => value);
    return put(node, values.length === 0 ? void 0 : Math.min(...values));
  };
  return async (node, value, before) => {
    const own = { node, value };
    before(async () => {
      if (asked.includes(own)) asked.splice(asked.indexOf(own), 1);
      await apply(node);
    });
    asked.push(own);
    await apply(node);
  };
}
function quotaOf(version2, folder) {
  const read2 = (file) => readFileSync7(join9(folder, file), "utf8").trim();
  const [quota = "", period = ""] = version2 === 2 ? read2("cpu.max").split(" ") : [read2("cpu.cfs_quota_us"), read2("cpu.cfs_period_us")];
  return quota === "max" || Number(quota) < 0 ? void 0 : Number(quota) / Number(period);
}
function readFigures(file) {
  const lines2 = readFileSync7(file, "utf8").trim().split("\n");
  return new Map(lines2.map((line) => line.split(" ")).map(([name = "", value]) => [name, Number(value)]));
}

// src/engines/kernel.ts
async function openKernel(options) {
  const { run: run2, nodes, ledger, limited = false } = options;
  const { privileged, offers } = options.machine;
  if (!privileged)
    return { cgroups: void 0, limits: void 0, table: void 0, shaper: void 0, async close() {
    } };
  const note = ledger.add.bind(ledger);
  const hierarchy = offers.cgroup2.available ? await openCgroup2(privileged, join10(ledger.folder, "cgroup2"), note) : void 0;
  const [cpu, memory] = [findController("cpu"), findController("memory")];
  const places = {
    ...limited && offers.cpuQuota.available && cpu ? { cpu } : {},
    ...limited && offers.memoryLimit.available && memory ? { memory } : {}
  };
  const cgroups = hierarchy && await makeNodeCgroups({ run: run2, nodes, root: hierarchy.root, places, privileged, note });
  let table2;
  let shaper;
  let closed = false;
  return {
    cgroups,
    limits: limited && cgroups ? nodeLimits(privileged, cgroups) : void 0,
    table: offers.nft.available ? () => {
      table2 ??= createTable(run2, privileged, note);
      return table2;
    } : void 0,
    shaper: offers.netem.available ? () => {
      shaper ??= createShaper(run2, privileged, note);
      const made = shaper;
      made.catch(() => {
        shaper = void 0;
      });
      return made;
    } : void 0,
    async close() {
      if (closed) return;
      await (await table2?.catch(() => void 0))?.remove();
      await (await shaper?.catch(() => void 0))?.remove();
      await cgroups?.remove();
      await hierarchy?.close();
      closed = true;
    }
  };
}

// src/engines/local.ts
var usualJoinMs = 35e3;
var detourWatchMs = 1e4;
var noteEveryMs = 1e3;
var whatToDo = [
  "broker.peer-ports must name the ports at which nodes dial one another",
  "if the nodes join later than that, let broker.ready wait for it (ready.log: what a node writes when it has joined)",
  "or use links: proxy"
];
function localEngine(options) {
  const { config, clock, ledger, logger, run: run2, joinWithinMs = usualJoinMs } = options;
  const { broker } = config;
  const names = nodeNames(config.nodes);
  const random = createRandom(`${run2}/ports`);
  const logFile = (node) => join11(options.logFolder, `${node}.log`);
  const logs = new Map(names.map((name) => [name, new NodeLog(logFile(name), clock)]));
  const logOf = (name) => logs.get(name) ?? new NodeLog(logFile(name), clock);
  const masked = (text2) => maskSecrets(text2, broker.secrets);
  const broken2 = new AbortController();
  let machine;
  let kernel;
  let links2;
  let packets;
  let nodes = [];
  let endpoints = [];
  let metricsUrls = [];
  let crashes = [];
  let generation = 0;
  const host = localHost(run2);
  let mounts2 = [];
  let folderBytes2 = 0;
  let limited = false;
  let nodePorts = /* @__PURE__ */ new Map();
  let watching = new AbortController();
  let noting;
  const noteLogs = () => {
    for (const log of logs.values()) log.note();
  };
  const nodeOf = (name) => {
    const found2 = nodes.find((node) => node.name === name);
    if (!found2) throw new ChaosError("internal", `there is no ${name}`);
    return found2;
  };
  const openLinksAmong = async (ports) => {
    const proxied = /* @__PURE__ */ new Map();
    if (broker.links === "direct") return proxied;
    const opened = await openLinks({ seed: `${options.seed}/links`, startThread: options.startLinksThread });
    links2 = opened;
    opened.ended.addEventListener("abort", () => broken2.abort(opened.ended.reason), { once: true });
    const ipv6 = broker.links === "transparent" && ownAddresses().ipv6.includes("::1");
    for (const to of names) {
      const upstream = (port) => ({ host: "127.0.0.1", port: ports.get(to)?.[port] ?? 0 });
      proxied.set(clientLink(to), (await links2.open({ id: clientLink(to), upstream: upstream("mqtt") })).port);
      for (const from of names) {
        if (from === to) continue;
        for (const port of broker.peerPorts) {
          const id = peerLink(from, to, port);
          proxied.set(id, (await links2.open({ id, upstream: upstream(port), ipv6 })).port);
        }
      }
    }
    return proxied;
  };
  const stop = async (withinMs) => {
    watching.abort();
    const stopping = nodes;
    nodes = [];
    await Promise.all(stopping.map((node) => node.stop(withinMs)));
    clearInterval(noting);
    noteLogs();
    await links2?.close();
    links2 = void 0;
    packets = void 0;
    const closing = kernel;
    kernel = void 0;
    await closing?.close().catch((error) => logger.warn(`taking packet rules and cgroups away: ${messageOf(error)}`));
    const mounted = mounts2;
    mounts2 = [];
    for (const { privileged, folder, undone } of mounted)
      await unmount(privileged, folder).then(undone, (error) => logger.warn(messageOf(error)));
  };
  const requireMachine = async () => {
    const { privileged = "auto" } = options;
    machine ??= await probeMachine(privileged);
    if (privileged === "required") requireOffers(machine, ["privileges", "nft", "cgroup2"], "privileged: required");
    if (broker.links === "transparent")
      requireOffers(
        machine,
        ["privileges", "nft", "cgroup2", "redirect"],
        "links: transparent",
        "or use links: proxy, which needs nothing"
      );
    return machine;
  };
  const redirect = async (ports, proxied) => {
    const cgroups = kernel?.cgroups;
    if (!cgroups) return;
    const detours = names.flatMap(
      (from) => names.flatMap(
        (to) => broker.peerPorts.flatMap((name) => {
          const port = ports.get(to)?.[name];
          const proxyPort = proxied.get(peerLink(from, to, name));
          return port === void 0 || proxyPort === void 0 ? [] : [{ from: cgroups.match(from), port, proxyPort }];
        })
      )
    );
    if (detours.length > 0) await (await kernel?.table?.())?.load(redirectChains(detours));
  };
  const requireRedirected = async (signal2) => {
    if (broker.links !== "transparent" || !hasPeerLinks()) return;
    const redirected = await pollUntil(
      async () => {
        const counted = await (await kernel?.table?.())?.counters();
        const past = counted?.get("past")?.packets ?? 0;
        if (past > 0)
          throw new ChaosError("cluster", `links: transparent: ${past} packets of nodes went past the proxies`, {
            hint: "chaos-action doctor says what this machine can do; or use links: proxy"
          });
        return (counted?.get("redirected")?.packets ?? 0) > 0 ? true : void 0;
      },
      { withinMs: joinWithinMs, everyMs: 200, clock, signal: signal2 }
    );
    if (redirected) return;
    throw new ChaosError(
      "cluster",
      `links: transparent: within ${formatMs(joinWithinMs)} of being ready no node dialled a peer at ${peerPortsText()}`,
      { hint: [...await connectedElsewhere(), ...whatToDo].join("; ") }
    );
  };
  const hasPeerLinks = () => broker.links !== "direct" && names.length > 1 && broker.peerPorts.length > 0;
  const peerPortsText = () => `its peer ports (${broker.peerPorts.join(", ")})`;
  const portOf2 = (node, port) => broker.ports.find((name) => nodePorts.get(node)?.[name] === port);
  const connectedDirectly = async () => {
    const table2 = await readTcpTable();
    return peerConnections(
      new Map(nodes.map((node) => [node.name, socketInodes(node.processes().map(({ pid }) => pid))])),
      table2
    );
  };
  const isPeerPort = ({ to, port }) => broker.peerPorts.includes(portOf2(to, port) ?? "");
  const pastLinks = async () => {
    if (!hasPeerLinks()) return [];
    const own = socketInodes([process.pid]);
    const table2 = await readTcpTable();
    const ports = new Set(names.flatMap((name) => broker.peerPorts.map((port) => nodePorts.get(name)?.[port])));
    const established = table2.filter(({ state }) => state === "established");
    const ends = new Set(established.map(({ localPort, remotePort }) => `${localPort}/${remotePort}`));
    const isStranger = established.some(
      ({ localPort, remotePort, inode }) => ports.has(remotePort) && !own.has(inode) && ends.has(`${remotePort}/${localPort}`)
    );
    return isStranger ? (await connectedDirectly()).filter(isPeerPort) : [];
  };
  const connectedElsewhere = async () => {
    const ports = (await connectedDirectly()).filter((one) => !isPeerPort(one)).map(({ to, port }) => portOf2(to, port) ?? `${port}, which broker.ports does not name`);
    return ports.length === 0 ? [] : [`the nodes are connected at ${[...new Set(ports)].join(", ")}`];
  };
  const watchForDetours = async (signal2) => {
    if (!hasPeerLinks()) return;
    await pollUntil(
      async () => {
        const [first2, ...more] = await pastLinks();
        if (first2 === void 0) return void 0;
        const port = portOf2(first2.to, first2.port);
        logger.warn(
          `${first2.from} is connected to ${first2.to} at its own ${port} port ${first2.port}, past the link proxies${more.length === 0 ? "" : `, and ${more.length} more connections are`}: faults of links between nodes cannot be proven; ${remedy}`
        );
        return true;
      },
      { withinMs: detourWatchMs, everyMs: 1e3, clock, signal: signal2 }
    );
  };
  const remedy = broker.links === "transparent" ? "broker.peer-ports must name every port at which the nodes dial one another" : "if the nodes dial one another at addresses that they tell each other, use broker.links: transparent, which leads those through the proxies too";
  const environment4 = () => {
    return {
      nodes: {
        processes: (node) => nodeOf(node).processes(),
        kill: (node) => nodeOf(node).kill(),
        start: (node) => nodeOf(node).start(),
        signal: (node, name) => nodeOf(node).signalAll(name),
        ping: (node, withinMs) => nodeOf(node).ping(withinMs),
        httpUrls: (node) => nodeOf(node).httpUrls,
        logFile,
        connect: (node, withinMs) => nodeOf(node).connect(withinMs),
        folder: (node) => nodeOf(node).folder,
        address: (node) => nodeOf(node).address
      },
      links: links2,
      network: {
        path: (from, to) => broker.peerPorts.flatMap((port) => [
          { linkId: peerLink(from, to, port), direction: "forward" },
          { linkId: peerLink(to, from, port), direction: "backward" }
        ]),
        client: (node) => [
          { linkId: clientLink(node), direction: "forward" },
          { linkId: clientLink(node), direction: "backward" }
        ],
        entry: (node) => endpoints.find((endpoint) => endpoint.node === node) ?? nodeOf(node).address,
        past: async (paths) => (await pastLinks()).filter(
          ({ from, to }) => paths.some((path) => [path.from, path.to].includes(from) && [path.from, path.to].includes(to))
        ).length,
        remedy
      },
      packets,
      limits: kernel?.limits,
      host,
      ledger,
      clock,
      logger,
      broken: (why) => broken2.abort(why)
    };
  };
  const folderOf = (name) => join11(options.workFolder, `cluster-${generation}`, name);
  const limitFolders = async ({ privileged }, bytes2) => {
    if (!privileged) return;
    for (const name of names) {
      const folder = folderOf(name);
      mkdirSync5(folder, { recursive: true });
      const undone = ledger.add({ type: "mount", path: folder }, `${name}'s data folder`);
      try {
        await mountTmpfs(privileged, folder, bytes2);
        mounts2.push({ privileged, folder, undone });
      } catch (error) {
        undone();
        logger.debug(`no file system of its own for ${name}: ${messageOf(error)}`);
        return;
      }
    }
  };
  return {
    shape: { nodes: names },
    broken: broken2.signal,
    get endpoints() {
      return endpoints;
    },
    get metricsUrls() {
      return metricsUrls.filter(({ node }) => nodes.some(({ name, answering }) => name === node && answering));
    },
    async build(signal2) {
      await requireMachine();
      if (broker.build === void 0) return;
      logger.info(`building: ${masked(broker.build)}`);
      await build({
        command: broker.build,
        secrets: broker.secrets,
        folder: config.folder,
        logFile: join11(options.logFolder, "build.log"),
        run: run2,
        withinMs: broker.buildWithinMs,
        signal: signal2
      });
    },
    unfit(kinds) {
      if (wantsLimits(kinds) !== limited)
        return limited ? "the nodes had cgroups with controllers for the scenario before" : "a fault needs cgroups with controllers";
      const wanted = wantedFolderBytes(kinds);
      if (wanted === folderBytes2) return void 0;
      return wanted > 0 ? "a fault needs data folders of a limited size" : "the data folders were of a limited size for the scenario before";
    },
    async boot(signal2, kinds = []) {
      await stop();
      watching = new AbortController();
      const offered = await requireMachine();
      generation++;
      folderBytes2 = wantedFolderBytes(kinds);
      limited = wantsLimits(kinds);
      if (folderBytes2 > 0) await limitFolders(offered, folderBytes2);
      const found2 = await freePorts(names.length * broker.ports.length, random);
      const ports = new Map(
        names.map((name) => [name, Object.fromEntries(broker.ports.map((port) => [port, found2.pop() ?? 0]))])
      );
      nodePorts = ports;
      kernel = await openKernel({ machine: offered, run: run2, nodes: names, limited, ledger });
      const { cgroups } = kernel;
      const proxied = await openLinksAmong(ports);
      if (links2 && kernel.table)
        packets = nftPackets({
          links: links2,
          table: kernel.table,
          shaper: kernel.shaper,
          logger,
          redirected: broker.links === "transparent"
        });
      const dialled = broker.links === "transparent" ? /* @__PURE__ */ new Map() : proxied;
      if (broker.links === "transparent") await redirect(ports, proxied);
      endpoints = names.map((node) => ({
        node,
        host: "127.0.0.1",
        port: proxied.get(clientLink(node)) ?? ports.get(node)?.mqtt ?? 0,
        ...broker.mqtt
      }));
      metricsUrls = [];
      nodes = names.map((name, i) => {
        const folder = folderOf(name);
        mkdirSync5(folder, { recursive: true });
        const peers = names.flatMap(
          (peer, j) => peer === name ? [] : [
            {
              name: peer,
              index: j + 1,
              ports: Object.fromEntries(
                broker.peerPorts.map((port) => [
                  port,
                  dialled.get(peerLink(name, peer, port)) ?? ports.get(peer)?.[port] ?? 0
                ])
              )
            }
          ]
        );
        const rendered = renderNode(broker, {
          node: { name, index: i + 1, ports: ports.get(name) ?? {}, folder },
          peers,
          cluster: { name: "chaos", nodes: names },
          mutant: options.mutant
        });
        if (rendered.metrics !== void 0) metricsUrls.push({ node: name, url: rendered.metrics });
        return new ClusterNode({
          run: run2,
          name,
          spec: broker,
          rendered,
          mqttPort: ports.get(name)?.mqtt ?? 0,
          folder,
          workingFolder: config.folder,
          logFile: logFile(name),
          clock,
          enter: cgroups && ((pid) => cgroups.enter(name, pid)),
          onCrash: (crash) => crashes.push(crash),
          onStart(process2) {
            ledger.add({ type: "kill", process: process2 }, `${name} started`);
            logger.debug(`${name} started as process ${process2.pid}`);
          }
        });
      });
      noteLogs();
      noting = setInterval(noteLogs, noteEveryMs).unref();
      for (const node of nodes) node.start();
      await Promise.all(nodes.map((node) => node.ready(signal2)));
      await requireRedirected(signal2);
      watchForDetours(AbortSignal.any([signal2, watching.signal])).catch(
        (error) => logger.debug(`looking for detours: ${messageOf(error)}`)
      );
    },
    stop,
    refuses(spec) {
      const { kind: name } = spec;
      const described2 = notPossible(spec, config);
      if (described2 !== void 0) return described2;
      const kind = faultKinds.get(name);
      const offered = machine;
      const lacks = offered && kind?.mechanisms.map(({ needs }) => lacking(needs, offered));
      if (lacks?.every((lack) => lack !== void 0)) return `${name} cannot be done here: ${lacks[0]?.reason}`;
      const why = missing(kind?.needs ?? []);
      const refusal2 = why ?? kind?.refusal?.();
      return refusal2 && `${name} cannot be done here: ${refusal2}`;
    },
    plan(spec, choices2) {
      const kind = faultKinds.get(spec.kind);
      if (!kind) throw new ChaosError("config", `there is no fault kind "${spec.kind}"`, { location: spec.location });
      return kind.plan(spec.parameters, spec.on, { nodes: names }, choices2);
    },
    prepare: (fault) => fault.prepare(environment4()),
    usage: () => nodes.map((node) => ({ node: node.name, ...node.usage() })),
    linksLag: async () => links2 ? links2.lag() : null,
    takeCrashes() {
      const taken = crashes;
      crashes = [];
      return taken;
    },
    logsAround(wallMs, question) {
      const found2 = names.map((name) => ({ name, ...logOf(name).around(wallMs, question) }));
      const shown = (name, lines2) => lines2.map((line) => `${name}: ${masked(line).slice(0, 300)}`);
      return [
        ...found2.flatMap(({ name, named: named2 }) => shown(name, named2)),
        ...found2.flatMap(({ name, others }) => shown(name, others))
      ];
    },
    logsBetween: (fromWallMs, toWallMs) => names.reduce((total2, name) => total2 + logOf(name).count(fromWallMs, toWallMs), 0)
  };
}
function wantedFolderBytes(kinds) {
  return Math.max(0, ...kinds.map((kind) => faultKinds.get(kind)?.dataFolderBytes ?? 0));
}
function wantsLimits(kinds) {
  const needs = kinds.flatMap((kind) => faultKinds.get(kind)?.mechanisms.flatMap((mechanism) => mechanism.needs) ?? []);
  return needs.includes("cpuQuota") || needs.includes("memoryLimit");
}
function clientLink(node) {
  return `clients>${node}`;
}
function peerLink(from, to, port) {
  return `${from}>${to}:${port}`;
}

// src/metrics/exposition.ts
var import_prom_client = __toESM(require_prom_client(), 1);
import { createServer as createServer4 } from "node:http";
async function openExposition(port) {
  const registry = new import_prom_client.Registry();
  (0, import_prom_client.collectDefaultMetrics)({ register: registry, prefix: "chaos_action_" });
  const phase = new import_prom_client.Gauge({
    name: "chaos_action_phase",
    help: "1 for the phase that runs",
    labelNames: ["scenario", "phase"],
    registers: [registry]
  });
  const messages2 = new import_prom_client.Gauge({
    name: "chaos_action_messages",
    help: "Messages of the scenario that runs, by what became of them",
    labelNames: ["outcome"],
    registers: [registry]
  });
  const faults2 = new import_prom_client.Gauge({
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
  const server = createServer4(async (request, response) => {
    if (request.url !== "/metrics") {
      response.writeHead(404).end("only /metrics is here\n");
      return;
    }
    response.setHeader("Content-Type", registry.contentType);
    response.end(await registry.metrics());
  });
  if (port !== void 0)
    await new Promise((resolve6, reject2) => {
      server.once(
        "error",
        (error) => reject2(
          new ChaosError(
            "port",
            `--metrics-port ${port}: ${error.code === "EADDRINUSE" ? "the port is taken" : messageOf(error)}`,
            {
              hint: "choose another port; 0 takes a free one"
            }
          )
        )
      );
      server.listen(port, "127.0.0.1", resolve6);
    });
  const address = server.address();
  return {
    url: address !== null && typeof address === "object" ? `http://127.0.0.1:${address.port}/metrics` : void 0,
    phase(scenario, name) {
      phase.reset();
      phase.set({ scenario, phase: name }, 1);
    },
    messages(counts2) {
      for (const [outcome, count] of Object.entries(counts2)) messages2.set({ outcome }, count);
    },
    faults: (inForce) => faults2.set(inForce),
    verdict(scenario, verdict, score) {
      verdicts.inc({ verdict });
      if (score !== null) scores.set({ scenario }, score);
    },
    close: () => new Promise((resolve6) => {
      server.closeAllConnections();
      server.close(() => resolve6());
    })
  };
}

// src/workload/workload.ts
import { Worker as Worker2 } from "node:worker_threads";
function openWorkload(thread = new Worker2(distPath("workload-worker.js"))) {
  return remote(thread, "workload");
}

// src/run/guard.ts
import { spawn as spawn2 } from "node:child_process";
function startReaper(run2, onFailure) {
  const child = spawn2(process.execPath, [distPath("reaper.js"), run2], {
    detached: true,
    stdio: ["pipe", "ignore", "ignore"]
  });
  child.on(
    "error",
    (error) => onFailure(`the reaper could not be started, so only clean will heal after a SIGKILL: ${error.message}`)
  );
  child.stdin.on("error", () => {
  });
  child.unref();
  return { release: () => void child.stdin.end("ended") };
}

// src/run/residue.ts
async function takeInventory(options) {
  const { run: run2, ledger } = options;
  const { privileged } = await findPrivileged(options.privileged ?? "auto");
  const tables = privileged ? await ourTables(privileged).catch(() => []) : [];
  const qdiscs = privileged ? await rootQdiscs(privileged).catch(() => []) : [];
  const marked2 = findMarked(run2);
  const known2 = new Set(marked2.map(({ pid }) => pid));
  const unmarked = ledger.processes().filter((process2) => !known2.has(process2.pid) && isAlive(process2));
  return /* @__PURE__ */ new Set([
    ...tables.map((name) => `nft table ${name}`),
    ...qdiscs.map((handle) => `qdisc ${handle}`),
    ...ourCgroups().map((folder) => `cgroup ${folder}`),
    ...mounts().filter(({ folder }) => folder.startsWith(ledger.folder)).map(({ folder }) => `mount ${folder}`),
    ...marked2.map(({ pid, state }) => `${state === "T" ? "stopped process" : "process"} ${pid}`),
    ...unmarked.map(({ pid }) => `process ${pid}`)
  ]);
}
function residue(before, after, run2) {
  const foreign = (what) => what.startsWith("nft table ") && what !== `nft table ${tableName(run2)}` || what.startsWith("qdisc ") && what !== `qdisc ${qdiscHandle(run2)}` || what.startsWith("cgroup ") && !what.endsWith(`-${run2}`);
  return [...after].filter((what) => !before.has(what) && !foreign(what));
}

// src/run/run.ts
import { cpus, release, totalmem, type } from "node:os";

// src/metrics/scrape.ts
import { appendFileSync, mkdirSync as mkdirSync6 } from "node:fs";
import { join as join12 } from "node:path";

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
  var lines2 = metrics.split("\n");
  var converted = [];
  var metric;
  var help;
  var type2;
  var samples = [];
  for (var i = 0; i < lines2.length; ++i) {
    var line = lines2[i].trim();
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
    if (i + 1 === lines2.length || lineMetric && !allowedNames.includes(lineMetric)) {
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
    var sample2 = metrics[i];
    if (sample2.labels && sample2.labels[keyName] && sample2[valueName]) {
      if (!flattened) {
        flattened = {};
        flattened[groupName] = {};
      }
      flattened[groupName][sample2.labels[keyName]] = sample2[valueName];
    } else if (!sample2.labels) {
      if (!flattened) {
        flattened = {};
      }
      if (sample2.count !== void 0) {
        flattened.count = sample2.count;
      }
      if (sample2.sum !== void 0) {
        flattened.sum = sample2.sum;
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

// src/metrics/scrape.ts
function startScraper(options) {
  const { clock, folder } = options;
  let counts2 = { attempted: 0, answered: 0 };
  const latest = /* @__PURE__ */ new Map();
  let busy = Promise.resolve();
  mkdirSync6(folder, { recursive: true });
  const scrape = async ({ node, url }) => {
    const own = counts2;
    own.attempted++;
    const at = new Date(clock.wallMs()).toISOString();
    try {
      const response = await fetch(url, { signal: AbortSignal.timeout(900) });
      if (!response.ok) throw new Error(`HTTP status ${response.status}`);
      const samples = flatten(await response.text());
      if (Object.keys(samples).length === 0) throw new Error("no sample in Prometheus' text format");
      own.answered++;
      latest.set(node, samples);
      appendFileSync(join12(folder, `${node}.jsonl`), `${JSON.stringify({ at, samples })}
`);
    } catch (error) {
      appendFileSync(join12(folder, `${node}.jsonl`), `${JSON.stringify({ at, error: messageOf(error) })}
`);
    }
  };
  const timer = setInterval(() => {
    busy = Promise.allSettled([busy, ...options.targets().map(scrape)]).then(() => {
    });
  }, options.everyMs ?? 1e3);
  return {
    take() {
      const taken = counts2;
      counts2 = { attempted: 0, answered: 0 };
      return taken;
    },
    latest: () => new Map(latest),
    async stop() {
      clearInterval(timer);
      await busy;
    }
  };
}
var metricName = /^[a-zA-Z_:][a-zA-Z0-9_:]*$/;
function flatten(text2) {
  const samples = {};
  for (const family of parse_prometheus_text_format_esm_default(text2)) {
    if (!metricName.test(family.name)) continue;
    for (const metric of family.metrics) {
      const labels = Object.entries(metric.labels ?? {}).map(([name, value]) => `${name}="${value}"`);
      const key = (suffix) => `${family.name}${suffix}${labels.length > 0 ? `{${labels.join(",")}}` : ""}`;
      if (metric.value !== void 0) samples[key("")] = Number(metric.value);
      if (metric.count !== void 0) samples[key("_count")] = Number(metric.count);
      if (metric.sum !== void 0) samples[key("_sum")] = Number(metric.sum);
    }
  }
  return samples;
}

// src/checks/part.ts
function partOf(input, belongs) {
  const { history, paths, unserved } = input;
  return {
    ...input,
    history: historyOf(history, belongs),
    unserved: unserved.filter(
      ({ client }) => belongs(client === null ? null : { clientId: client, role: "subscriber" })
    ),
    ...paths === null ? {} : { allPaths: input.allPaths ?? paths },
    paths: paths === null || belongs(null) ? paths : { ...paths, accepted: [], paths: [] }
  };
}
function historyOf(history, belongs) {
  const isSubscriber = ({ clientId }) => belongs({ clientId, role: "subscriber" });
  return {
    ...history,
    flows: history.flows.map(
      (flow) => belongs({ clientId: flow.flow.clientId, role: "publisher" }) ? flow : { ...flow, unanswered: [] }
    ),
    clients: history.clients.filter(belongs),
    subscriptions: history.subscriptions.filter(isSubscriber),
    witnesses: history.witnesses ?? history.subscriptions,
    sessions: history.sessions.filter(belongs),
    oddities: {
      corrupt: oddityOf(history.oddities.corrupt, isSubscriber),
      foreign: oddityOf(history.oddities.foreign, isSubscriber),
      invented: oddityOf(history.oddities.invented, isSubscriber),
      unsubscribed: oddityOf(history.oddities.unsubscribed, isSubscriber)
    }
  };
}
function oddityOf({ count, examples, byClient }, isOne) {
  const own = examples.filter(isOne);
  if (byClient === void 0) return { count: own.length, examples: own };
  const counts2 = Object.entries(byClient).filter(([clientId]) => isOne({ clientId }));
  return {
    count: Math.min(
      count,
      counts2.reduce((sum3, [, of]) => sum3 + of, 0)
    ),
    examples: own,
    byClient: Object.fromEntries(counts2)
  };
}

// src/run/known-issues.ts
function sortByIssue(check, input, found2, issues) {
  const whole3 = issues.find((issue) => !isLimited(issue));
  const limited = issues.filter(
    (issue) => isLimited(issue) && (!whole3 || issues.indexOf(issue) < issues.indexOf(whole3))
  );
  const coverOf = (client) => limited.find((issue) => client !== null && concerns(issue, client)) ?? whole3;
  const part = (issue) => {
    const result = check.run(partOf(input, (client) => coverOf(client) === issue));
    return { found: result.applicable ? result : { ...found2, count: 0, findings: [] }, issue };
  };
  if (limited.length === 0) return [{ found: found2, issue: whole3 }];
  const known2 = limited.map(part);
  const rest = part(whole3);
  const count = Math.max(0, found2.count - known2.reduce((sum3, one) => sum3 + one.found.count, 0));
  const findings2 = rest.found.findings.length > 0 ? rest.found.findings : found2.findings;
  const { lost } = rest.found;
  return [
    { found: { ...found2, count, findings: findings2, ...lost === void 0 ? {} : { lost } }, issue: whole3 },
    ...known2
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
  const literal = own(pattern).split("*").map((text2) => text2.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  return new RegExp(`^${literal.join(".*")}$`).test(own(clientId));
}

// src/run/scenario.ts
import { createHash as createHash3 } from "node:crypto";

// src/checks/connections.ts
function sessionOf(history, clientId) {
  return history.sessions.find((session) => session.clientId === clientId);
}
function subscriberFacts(history, subscription, atMs, near2 = "nearest") {
  const { clientId, node } = subscription;
  return {
    client: clientId,
    role: "subscriber",
    subscriber: clientId,
    subscriberNode: node,
    ...interruptionFacts(history, "subscriber", clientId, atMs, near2)
  };
}
function interruptionFacts(history, role, clientId, atMs, near2 = "nearest") {
  const connections = sessionOf(history, clientId)?.connections ?? [];
  let nearest2;
  connections.forEach(({ disconnectedMs }, i) => {
    if (disconnectedMs === null || near2 === "before" && disconnectedMs > atMs) return;
    const reconnectedMs = connections[i + 1]?.connectedMs ?? null;
    const awayMs = Math.max(0, disconnectedMs - atMs, atMs - (reconnectedMs ?? Number.POSITIVE_INFINITY));
    if (!nearest2 || awayMs <= nearest2.awayMs) nearest2 = { disconnectedMs, reconnectedMs, awayMs };
  });
  return {
    [`${role}Reconnects`]: Math.max(0, connections.length - 1),
    [`${role}DisconnectedAtMs`]: nearest2?.disconnectedMs ?? null,
    [`${role}ReconnectedAtMs`]: nearest2?.reconnectedMs ?? null
  };
}
function writtenOn(session, sequence) {
  const index = session?.connections.findIndex(({ written }) => written && written[0] <= sequence && sequence <= written[1]) ?? -1;
  const connection = session?.connections[index];
  return connection && { number: index + 1, ...connection };
}

// src/checks/check.ts
var findingLimit = 10;
function found(count, findings2) {
  return { applicable: true, count, findings: findings2.slice(0, findingLimit) };
}
function deliveries(history) {
  return history.subscriptions.flatMap((subscription) => {
    const flow = history.flows[subscription.flow];
    if (!flow) return [];
    const qos = Math.min(subscription.grantedQos, flow.flow.qos);
    return [{ flow, subscription, qos, received: IntervalSet.from(subscription.received) }];
  });
}
function dueMs(flow, sequence) {
  return flow.firstDueMs + (sequence - 1) * 1e3 / flow.flow.ratePerSecond;
}
function messageFacts(history, flow, sequence) {
  const everybody = { ...history, subscriptions: history.witnesses ?? history.subscriptions };
  const saw = deliveries(everybody).filter((delivery) => delivery.flow === flow);
  const names = (wanted) => saw.filter(({ received }) => received.has(sequence) === wanted).map(({ subscription }) => subscription.clientId).join(", ") || "none";
  return {
    flow: flow.flow.name,
    topic: flow.flow.topic,
    qos: flow.flow.qos,
    sequence,
    publisher: flow.flow.clientId,
    publisherNode: flow.flow.node,
    ...interruptionFacts(history, "publisher", flow.flow.clientId, dueMs(flow, sequence)),
    outcome: outcomeOf2(flow, sequence),
    dueAtMs: dueMs(flow, sequence),
    acknowledgedAtMs: acknowledgedAtMs(flow, sequence),
    packetId: flow.packetIds.find(([of]) => of === sequence)?.[1] ?? null,
    sentAgain: IntervalSet.from(flow.resent).has(sequence),
    receivedBy: names(true),
    notReceivedBy: names(false)
  };
}
function acknowledgedAtMs(flow, sequence) {
  if (!IntervalSet.from(flow.acknowledged).has(sequence)) return null;
  return flow.acknowledgedAtMs.find(([of]) => of === sequence)?.[1] ?? "not kept, the message is too old";
}
function outcomeOf2(flow, sequence) {
  if (IntervalSet.from(flow.acknowledged).has(sequence)) return "ok";
  if (IntervalSet.from(flow.unknown).has(sequence)) return "info";
  if (IntervalSet.from(flow.notSent).has(sequence)) return "fail";
  return flow.flow.qos === 0 ? "sent at QoS 0" : "open";
}

// src/checks/duplicates.ts
function publishedAgain(flow) {
  return IntervalSet.from(flow.flow.qos === 2 ? flow.resentWithoutSession : flow.resent);
}
function mayArriveAgain(flow, qos) {
  return qos < 2 && flow.flow.qos === 1 ? IntervalSet.from([[1, flow.offered]]) : publishedAgain(flow);
}
function duplicatesAt(qos, history) {
  let count = 0;
  const findings2 = [];
  for (const { flow, subscription, ...delivery } of deliveries(history)) {
    if (delivery.qos !== qos) continue;
    const twice = IntervalSet.from(subscription.duplicated).minus(mayArriveAgain(flow, qos));
    count += twice.size;
    for (const sequence of twice.first(3)) {
      const second = subscription.duplicateExamples.find((example) => example.sequence === sequence);
      const atMs = second?.atMs ?? dueMs(flow, sequence);
      findings2.push({
        what: `message ${sequence} of ${flow.flow.name} (QoS ${qos}) was delivered more than once to ${subscription.clientId} at ${subscription.node}`,
        atMs,
        facts: {
          ...messageFacts(history, flow, sequence),
          ...interruptionFacts(history, "publisher", flow.flow.clientId, atMs, second ? "before" : "nearest"),
          ...subscriberFacts(history, subscription, atMs, second ? "before" : "nearest"),
          secondDeliveryAtMs: second?.atMs ?? null,
          secondDeliveryDup: second?.dup ?? null,
          secondDeliveryPacketId: second?.packetId ?? null
        }
      });
    }
  }
  return found(count, findings2);
}

// src/checks/accounting.ts
function account(history, stillArriving = false) {
  const totals = { published: 0, acknowledged: 0, unknown: 0, notSent: 0, unacknowledgeable: 0 };
  for (const flow of history.flows) {
    const settled = { acknowledged: size2(flow.acknowledged), unknown: size2(flow.unknown), notSent: size2(flow.notSent) };
    totals.published += flow.offered;
    totals.acknowledged += settled.acknowledged;
    totals.unknown += settled.unknown;
    totals.notSent += settled.notSent;
    const open2 = flow.offered - settled.acknowledged - settled.unknown - settled.notSent;
    const outcomes = [...flow.acknowledged, ...flow.unknown, ...flow.notSent];
    const settledOnce = IntervalSet.from(outcomes).within(1, flow.offered).size === flow.offered - open2;
    if (flow.flow.qos === 0) totals.unacknowledgeable += open2;
    if (!settledOnce || flow.flow.qos > 0 && open2 !== 0)
      throw new Error(`${flow.flow.name}: ${open2} of ${flow.offered} messages have no outcome, or two`);
  }
  let owed = 0;
  let delivered = 0;
  let lost = 0;
  const legallyUndelivered = {};
  const legalDuplicates = {};
  const add = (to, rule, count) => {
    if (count > 0) to[rule] = (to[rule] ?? 0) + count;
  };
  for (const { flow, subscription, qos, received } of deliveries(history)) {
    owed += flow.offered;
    delivered += received.size;
    let missing3 = new IntervalSet();
    missing3.addRange(1, flow.offered);
    missing3 = missing3.minus(received);
    const excuse = (rule, allowed) => {
      add(legallyUndelivered, rule, missing3.and(allowed).size);
      missing3 = missing3.minus(allowed);
    };
    excuse("never written by the publisher", IntervalSet.from(flow.notSent));
    if (qos === 0) excuse("QoS 0 (section 4.3.1)", missing3);
    excuse("clean session ended before delivery (section 3.1.2.4)", IntervalSet.from(subscription.sessionEnded));
    excuse("never acknowledged (outcome unknown)", IntervalSet.from(flow.unknown));
    excuse("its client was not subscribed at the end (see liveness)", IntervalSet.from(subscription.unreachable));
    if (stillArriving) excuse("still arriving when waiting was given up", missing3);
    lost += missing3.size;
    if (qos === 1) add(legalDuplicates, "QoS 1 (section 4.3.2)", size2(subscription.duplicated));
    else
      add(
        legalDuplicates,
        qos === 2 ? "QoS 2 published again after its session was lost" : "QoS 0 granted to a message of a higher QoS",
        IntervalSet.from(subscription.duplicated).and(mayArriveAgain(flow, qos)).size
      );
  }
  const legal = Object.values(legallyUndelivered).reduce((sum3, count) => sum3 + count, 0);
  if (owed !== delivered + legal + lost)
    throw new Error(`of ${owed} deliveries owed ${delivered} + ${legal} + ${lost} are accounted for`);
  return { ...totals, owed, delivered, legallyUndelivered, lost, legalDuplicates };
}
function size2(intervals) {
  return intervals.reduce((sum3, [first2, last2]) => sum3 + last2 - first2 + 1, 0);
}

// src/checks/at-most-once.ts
var atMostOnce = {
  id: "at-most-once",
  statement: "no QoS 0 message arrives twice on one subscription",
  clause: { v311: "section 4.3.1", v5: "section 4.3.1" },
  run: ({ history }) => duplicatesAt(0, history)
};

// src/checks/exactly-once.ts
var exactlyOnce = {
  id: "exactly-once",
  statement: "no QoS 2 message is delivered twice",
  clause: { v311: "MQTT-4.3.3-1, MQTT-4.3.3-2", v5: "MQTT-4.3.3-6, MQTT-4.3.3-10" },
  run({ history, features }) {
    if (!deliveries(history).some(({ qos }) => qos === 2))
      return { applicable: false, why: `the broker has no QoS 2: ${features.qos2.seen}` };
    return duplicatesAt(2, history);
  }
};

// src/checks/integrity.ts
var meanings = {
  corrupt: "a message arrived with a payload that its CRC-32 does not match",
  foreign: "a message arrived that nobody published",
  invented: "a message arrived with a sequence number that had not been published",
  unsubscribed: "a message arrived on a topic that the client had not subscribed to"
};
var integrity = {
  id: "integrity",
  statement: "nothing corrupt, invented or unsubscribed arrives",
  clause: null,
  run({ history }) {
    let count = 0;
    const findings2 = [];
    for (const kind of Object.keys(meanings)) {
      const { count: seen, examples } = history.oddities[kind];
      count += seen;
      for (const { atMs, clientId, node, topic, detail } of examples.slice(0, 3))
        findings2.push({
          what: `${meanings[kind]}: ${clientId} at ${node} got ${detail}`,
          atMs,
          facts: { ...subscriberFacts(history, { clientId, node }, atMs), topic }
        });
    }
    for (const { flow, subscription, received } of deliveries(history)) {
      const unsent = IntervalSet.from(flow.notSent).and(received);
      count += unsent.size;
      for (const sequence of unsent.first(3)) {
        findings2.push({
          what: `message ${sequence} of ${flow.flow.name} reached ${subscription.clientId} though it was never written to a connection, or was refused`,
          atMs: dueMs(flow, sequence),
          facts: {
            ...messageFacts(history, flow, sequence),
            ...subscriberFacts(history, subscription, dueMs(flow, sequence))
          }
        });
      }
    }
    return found(count, findings2);
  }
};

// src/checks/liveness.ts
var liveness = {
  id: "liveness",
  statement: "after the heal every node accepts, every node-to-node path delivers, every client is served and nothing is stuck",
  clause: null,
  run(input) {
    const { paths, unserved, unhealed, starved: starved2 } = input;
    const before = silent(unserved);
    const only = (why, undecided) => before.length > 0 ? found(before.length, before) : { applicable: false, why, ...undecided ? { undecided } : {} };
    if (!paths) return only("the paths were not tried", false);
    if (unhealed.length > 0) return only(`a fault could not be healed: ${unhealed.join(", ")}`, false);
    const timed = [...late(paths, input), ...clientsOf(input, paths), ...unheard(input, paths)];
    if (timed.length > 0 && starved2.length > 0)
      return only(
        `${timed.length === 1 ? "a bound was" : `${timed.length} bounds were`} missed while ${starved2.join("; ")}`,
        true
      );
    const findings2 = [...timed, ...before];
    return found(findings2.length, findings2);
  }
};
function clientsOf(input, paths) {
  const { history, quietMs, returnMs: returnMs2, stillArriving } = input;
  if (stillArriving) return [];
  const shut = shutNodes(paths, input);
  return [
    ...history.clients.filter(({ node, absentForMs }) => !shut.has(node) && absentForMs >= returnMs2).flatMap((client) => absent(client, history)),
    ...unanswered(history, quietMs),
    ...stuck(history, quietMs)
  ];
}
function isLate(atMs, { startedMs }, { livenessBoundMs: livenessBoundMs2 }) {
  return atMs === null || atMs - startedMs > livenessBoundMs2;
}
function shutNodes(paths, input) {
  const { accepted } = input.allPaths ?? paths;
  return new Set(accepted.filter(({ atMs }) => isLate(atMs, paths, input)).map(({ node }) => node));
}
function late(paths, input) {
  const { livenessBoundMs: livenessBoundMs2, history } = input;
  const shut = shutNodes(paths, input);
  const bound2 = `within ${formatMs(livenessBoundMs2)} of the heal`;
  return [
    ...paths.accepted.filter(({ node }) => shut.has(node)).map(({ node, atMs }) => ({
      what: `${node} did not accept a fresh client ${bound2}`,
      atMs: paths.startedMs,
      facts: {
        node,
        acceptedAtMs: atMs,
        boundMs: livenessBoundMs2,
        clientsNotServed: history.clients.filter((one) => one.node === node && one.absentSinceMs !== null).length
      }
    })),
    ...paths.paths.filter(({ atMs, from, to }) => isLate(atMs, paths, input) && !shut.has(from) && !shut.has(to)).map(({ from, to, filter: filter2, atMs, acknowledged }) => ({
      what: `nothing published at ${from} reached a fresh subscriber at ${to} by ${filter2 === "exact" ? "an exact" : "a wildcard"} filter ${bound2}`,
      atMs: paths.startedMs,
      facts: { from, to, filterKind: filter2, deliveredAtMs: atMs, acknowledged, boundMs: livenessBoundMs2 }
    }))
  ];
}
function absent(client, history) {
  const { clientId, node, role, stage, absentSinceMs, attempts: attempts2 } = client;
  if (absentSinceMs === null) return [];
  const how = {
    disconnected: `could not connect to ${node} again`,
    connected: `was let in by ${node} and its subscriptions were not granted`,
    serving: `was thrown out by ${node} again and again`
  }[stage];
  const missed2 = history.subscriptions.filter((subscription) => subscription.clientId === clientId).reduce(
    (sum3, { unreachable, received }) => sum3 + IntervalSet.from(unreachable).minus(IntervalSet.from(received)).size,
    0
  );
  return [
    {
      what: `${clientId} ${how} by the end of the scenario; it sent ${attempts2} CONNECTs`,
      atMs: absentSinceMs,
      facts: {
        client: clientId,
        role,
        node,
        stage,
        lastServedAtMs: absentSinceMs,
        attempts: attempts2,
        ...role === "subscriber" ? { notDelivered: missed2 } : {}
      }
    }
  ];
}
function unanswered(history, quietMs) {
  return history.flows.flatMap((flow) => {
    const set = IntervalSet.from(flow.unanswered);
    const [first2] = set.first(1);
    if (first2 === void 0) return [];
    const { name, clientId, node } = flow.flow;
    return [
      {
        what: `${set.size === 1 ? "a message" : `${set.size} messages`} of ${name} that ${clientId} wrote to ${node} had no acknowledgement at the end, though the connection lasted and nothing had moved for ${formatMs(quietMs)}`,
        atMs: dueMs(flow, first2),
        facts: { ...messageFacts(history, flow, first2), client: clientId, role: "publisher", unanswered: set.size }
      }
    ];
  });
}
function stuck(history, quietMs) {
  return deliveries(history).flatMap(({ flow, subscription }) => {
    const set = IntervalSet.from(subscription.stuck);
    const [first2] = set.first(1);
    if (first2 === void 0) return [];
    const { clientId, node } = subscription;
    return [
      {
        what: `${set.size === 1 ? "a message" : `${set.size} messages`} of ${flow.flow.name} came to ${clientId} at ${node} only when it reconnected, after nothing had moved for ${formatMs(quietMs)}`,
        atMs: dueMs(flow, first2),
        facts: {
          ...messageFacts(history, flow, first2),
          client: clientId,
          role: "subscriber",
          subscriberNode: node,
          stuck: set.size
        }
      }
    ];
  });
}
function unheard({ history, livenessBoundMs: livenessBoundMs2 }, { startedMs }) {
  return deliveries(history).flatMap(({ flow, subscription }) => {
    const { clientId, node, writtenInSilence } = subscription;
    if (writtenInSilence === 0) return [];
    return [
      {
        what: `none of ${writtenInSilence} messages of ${flow.flow.name} (QoS 0) written since the heal reached ${clientId} at ${node} within ${formatMs(livenessBoundMs2)}`,
        atMs: startedMs,
        facts: {
          ...{ client: clientId, role: "subscriber", node, flow: flow.flow.name, from: flow.flow.node },
          ...{ writtenInSilence, boundMs: livenessBoundMs2 }
        }
      }
    ];
  });
}
function silent(unserved) {
  return unserved.flatMap((one) => {
    const { why, from, to, filterText, client, flow, written, acknowledged, waitedMs } = one;
    if (why === "refused" || why === "not-delivered" && acknowledged > 0) return [];
    const subscriber = client ?? "a fresh subscriber";
    const what = {
      "not-delivered": `none of ${written} messages of ${flow} from ${from} reached ${subscriber} at ${to} by the filter ${filterText}`,
      "not-granted": `${to} sent no SUBACK to ${subscriber}`,
      "not-acknowledged": `${from} acknowledged none of ${written} messages of ${flow}`
    }[why];
    return [
      {
        what: `before any fault, ${what} within ${formatMs(waitedMs)}`,
        atMs: null,
        facts: { filter: filterText, from, to, written, acknowledged, client, flow, waitedMs }
      }
    ];
  });
}

// src/checks/no-acknowledged-loss.ts
var noAcknowledgedLoss = {
  id: "no-acknowledged-loss",
  statement: "every acknowledged QoS 1 and 2 message reaches every live subscription owed it",
  clause: {
    v311: "MQTT-4.3.2-2, MQTT-4.3.3-2, MQTT-4.5.0-1, MQTT-3.1.2-5",
    v5: "MQTT-4.3.2-4, MQTT-4.3.3-8, MQTT-4.5.0-1, MQTT-3.1.2-23"
  },
  run({ history, unserved, stillArriving }) {
    const findings2 = neverDelivered(unserved);
    let count = unserved.filter(isLoss).reduce((sum3, { acknowledged }) => sum3 + acknowledged, 0);
    if (stillArriving && count === 0)
      return { applicable: false, why: "messages were still arriving when waiting for them was given up" };
    if (stillArriving) return found(count, findings2);
    const losses = [];
    for (const { flow, subscription, qos, received } of deliveries(history)) {
      if (qos === 0) continue;
      const lost = IntervalSet.from(flow.acknowledged).minus(received).minus(IntervalSet.from(subscription.sessionEnded)).minus(IntervalSet.from(subscription.unreachable));
      if (lost.size === 0) continue;
      count += lost.size;
      losses.push(recordLost(flow, subscription, lost));
      for (const sequence of lost.first(3)) {
        findings2.push({
          what: `message ${sequence} of ${flow.flow.name} (QoS ${flow.flow.qos}) was acknowledged to ${flow.flow.clientId} and never reached ${subscription.clientId} at ${subscription.node}`,
          atMs: dueMs(flow, sequence),
          facts: {
            ...messageFacts(history, flow, sequence),
            ...subscriberFacts(history, subscription, dueMs(flow, sequence)),
            session: subscription.session,
            lostOnThisSubscription: lost.size
          }
        });
      }
    }
    return { ...found(count, findings2), lost: losses };
  }
};
function isLoss({ why, acknowledged }) {
  return why === "not-delivered" && acknowledged > 0;
}
function neverDelivered(unserved) {
  return unserved.filter(isLoss).map((one) => {
    const { from, to, filter: filter2, filterText, qos, acknowledged, waitedMs, client, flow } = one;
    const subscriber = client ?? "a fresh subscriber";
    const onTheSameWay = unserved.some(
      (other) => other.client === null && other.filter === "exact" && other.from === from && other.to === to
    );
    return {
      what: `before any fault, none of ${acknowledged} acknowledged messages from ${from} reached ${subscriber} at ${to} by the ${filter2} filter ${filterText} within ${formatMs(waitedMs)}${filter2 === "wildcard" && !onTheSameWay ? "; by exact filters messages do arrive there" : ""}`,
      atMs: null,
      facts: { filter: filterText, filterKind: filter2, from, to, qos, acknowledged, client, flow, waitedMs }
    };
  });
}
var rangeLimit = 1e3;
var packetIdLimit = 200;
function recordLost(flow, subscription, lost) {
  const ranges = lost.intervals();
  const packetIds = flow.packetIds.filter(([sequence]) => lost.has(sequence)).slice(0, packetIdLimit);
  return {
    subscriber: subscription.clientId,
    subscriberNode: subscription.node,
    topic: flow.flow.topic,
    publisher: flow.flow.clientId,
    publisherNode: flow.flow.node,
    messages: lost.size,
    ranges: ranges.slice(0, rangeLimit),
    rangesLeftOut: Math.max(0, ranges.length - rangeLimit),
    packetIds,
    packetIdsLeftOut: lost.size - packetIds.length
  };
}

// src/checks/ordering.ts
var takeover = { v311: "MQTT-3.1.4-2, MQTT-4.6.0-6", v5: "MQTT-3.1.4-3, MQTT-4.6.0-5" };
var ordering = {
  id: "ordering",
  statement: "messages of one publisher, topic and QoS are first delivered in the order they were sent",
  clause: { v311: "MQTT-4.6.0-5, MQTT-4.6.0-6", v5: "MQTT-4.6.0-5, MQTT-4.6.0-6" },
  run({ history }) {
    let count = 0;
    const findings2 = [];
    const across = [];
    for (const { flow, subscription, qos } of deliveries(history)) {
      const late2 = IntervalSet.from(subscription.overtaken).minus(IntervalSet.from(flow.resent)).minus(IntervalSet.from(subscription.stuck));
      count += late2.size;
      for (const example of subscription.overtakenExamples) {
        const { sequence, after, atMs } = example;
        if (!late2.has(sequence)) continue;
        const { isAcross, words, facts, clause } = acrossConnections(history, flow, example);
        (isAcross ? across : findings2).push({
          what: `message ${sequence} of ${flow.flow.name} (QoS ${qos}) first reached ${subscription.clientId} at ${subscription.node} after message ${after}${words}`,
          atMs,
          facts: {
            ...messageFacts(history, flow, sequence),
            ...interruptionFacts(history, "publisher", flow.flow.clientId, atMs, "before"),
            ...facts,
            ...subscriberFacts(history, subscription, atMs, "before"),
            after,
            outOfOrderOnThisSubscription: late2.size
          },
          ...clause ? { clause } : {}
        });
      }
    }
    return found(count, [...across.slice(0, findingLimit / 2), ...findings2]);
  }
};
function acrossConnections(history, flow, { sequence, after }) {
  const publisher = sessionOf(history, flow.flow.clientId);
  const older = writtenOn(publisher, sequence);
  const newer = writtenOn(publisher, after);
  if (!older || !newer || older.number >= newer.number) return { isAcross: false, words: "", facts: {} };
  const words = `. Their publisher had reconnected in between: it wrote message ${sequence} on its connection ${older.number} and message ${after} on its connection ${newer.number}`;
  const facts = {
    publishedOnConnection: older.number,
    afterPublishedOnConnection: newer.number,
    olderConnectionEndedAtMs: older.disconnectedMs,
    newerConnectionBeganAtMs: newer.connectedMs
  };
  if (IntervalSet.from(flow.acknowledged).has(sequence))
    return { isAcross: true, words: `${words}, and message ${sequence} had been acknowledged before`, facts };
  return {
    isAcross: true,
    words: `${words}. Either the broker still served the older connection when it had accepted the newer one, or it had received message ${sequence} first`,
    facts,
    clause: takeover
  };
}

// src/checks/session-state.ts
var enough = 5;
var usefulMs = 1e3;
var clauses = {
  invented: { v311: "MQTT-3.2.2-3", v5: "MQTT-3.2.2-3" },
  lost: { v311: "MQTT-3.1.2-4", v5: "MQTT-3.1.2-23" },
  forgotten: { v311: "MQTT-3.1.2-4, MQTT-3.2.2-3", v5: "MQTT-3.1.2-5, MQTT-3.2.2-3" }
};
var sessionState = {
  id: "session-state",
  statement: "session present tells the truth, and a kept session keeps its subscriptions and its queue",
  clause: {
    v311: "MQTT-3.2.2-2, MQTT-3.2.2-3, MQTT-3.1.2-4",
    v5: "MQTT-3.2.2-3, MQTT-3.1.2-5, MQTT-3.1.2-23"
  },
  run({ history, features }) {
    if (!features.persistentSessions.available)
      return { applicable: false, why: `the broker keeps no sessions: ${features.persistentSessions.seen}` };
    const findings2 = history.sessions.filter(({ session }) => session === "persistent").flatMap((session) => episodes(history, features, session).map((episode) => asFinding(session, episode)));
    return found(findings2.length, findings2);
  }
};
function episodes(history, features, session) {
  const owed = owedTo(history, session);
  const all2 = [];
  let open2;
  session.connections.forEach((connection, i) => {
    const previous = session.connections[i - 1];
    const since2 = previous && arrivals(owed, previous, connection);
    const isOver = open2?.[0]?.defect === "forgotten" ? since2 && since2.away.arrived + since2.back.arrived > 0 : isUseful(previous);
    if (isOver) open2 = void 0;
    const symptom = symptomOf(features, session, connection, since2);
    if (!symptom) return;
    if (open2?.[0]?.defect === symptom.defect) open2.push(symptom);
    else {
      open2 = [symptom];
      all2.push(open2);
    }
  });
  return all2;
}
function isUseful(connection) {
  if (!connection) return false;
  return connection.disconnectedMs === null || connection.disconnectedMs - connection.connectedMs >= usefulMs;
}
function symptomOf(features, session, connection, since2) {
  const { clientId, node } = session;
  const { sessionPresent, sessionExpected, subscribed } = connection;
  const symptom = (defect, what) => ({ defect, what, connection });
  if (sessionExpected === null) return void 0;
  if (!sessionExpected)
    return sessionPresent ? symptom("invented", `${clientId} connected for the first time and was told session present = 1`) : void 0;
  if (!sessionPresent) {
    const mayBeEmpty = !subscribed && features.emptySessions?.available === false;
    return mayBeEmpty ? void 0 : symptom("lost", `${clientId} at ${node} came back and was told session present = 0: its session was lost`);
  }
  const none2 = [
    ...isSilent(since2?.away) ? [`of ${since2?.away.owed} messages acknowledged while it was away none arrived`] : [],
    ...isSilent(since2?.back) ? [`of ${since2?.back.owed} messages acknowledged after it had come back none arrived`] : []
  ];
  if (none2.length === 0) return void 0;
  return symptom("forgotten", `${clientId} at ${node} was told session present = 1, but ${none2.join(", and ")}`);
}
function asFinding(session, episode) {
  const [first2, last2] = [episode[0], episode[episode.length - 1]];
  const { connectedMs, sessionPresent } = first2.connection;
  const before = session.connections[session.connections.indexOf(first2.connection) - 1];
  return {
    what: `${first2.what}${repeated(first2.defect, episode.length)}`,
    atMs: connectedMs,
    facts: {
      client: session.clientId,
      role: session.role,
      node: session.node,
      connectedAtMs: connectedMs,
      lastDisconnectedAtMs: before?.disconnectedMs ?? null,
      sessionPresent,
      attempts: episode.length,
      lastAttemptAtMs: last2.connection.connectedMs,
      subscriptions: first2.connection.subscribed
    },
    clause: clauses[first2.defect]
  };
}
function repeated(defect, times2) {
  if (times2 === 1) return "";
  return defect === "forgotten" ? `. So it was on ${times2} connections, and nothing arrived in between` : `. It was let in and thrown out again: so it was on ${times2} connections, and none before the last lasted ${formatMs(usefulMs)}`;
}
function isSilent(share2) {
  return share2 !== void 0 && share2.owed >= enough && share2.arrived === 0;
}
function owedTo(history, session) {
  return deliveries(history).filter(({ subscription, qos }) => subscription.clientId === session.clientId && qos > 0).map(({ flow, subscription, received }) => ({
    flow: flow.flow.id,
    // What a client that is absent at the end did not get is for liveness to judge.
    acknowledged: IntervalSet.from(flow.acknowledged).minus(IntervalSet.from(subscription.unreachable)),
    received
  }));
}
function arrivals(owedTo2, previous, connection) {
  const share2 = (span2) => {
    let owed = 0;
    let arrived = 0;
    for (const { flow, acknowledged, received } of owedTo2) {
      const due = acknowledged.within(...span2(flow));
      owed += due.size;
      arrived += due.and(received).size;
    }
    return { owed, arrived };
  };
  const at = (from, flow) => from.due.find((due) => due.flow === flow);
  return {
    away: share2((flow) => [(at(previous, flow)?.atDisconnect ?? 0) + 1, at(connection, flow)?.atConnect ?? 0]),
    back: share2((flow) => [
      (at(connection, flow)?.atConnect ?? 0) + 1,
      at(connection, flow)?.atDisconnect ?? Number.MAX_SAFE_INTEGER
    ])
  };
}

// src/checks/registry.ts
var checks2 = [
  integrity,
  noAcknowledgedLoss,
  atMostOnce,
  exactlyOnce,
  ordering,
  sessionState,
  liveness
];

// src/run/evidence.ts
function runChecks(input, around, checks3 = checks2) {
  const violations = [];
  const notApplicable2 = [];
  const undecided = [];
  const unknown = [];
  for (const check of checks3) {
    let result;
    try {
      result = check.run(input);
    } catch (error) {
      unknown.push({ invariant: check.id, why: messageOf(error) });
      continue;
    }
    if (!result.applicable) {
      (result.undecided ? undecided : notApplicable2).push({ invariant: check.id, why: result.why });
      continue;
    }
    if (result.count === 0) continue;
    const issues = around.knownIssues.filter(
      ({ invariant, scenario }) => invariant === check.id && (scenario === void 0 || scenario === around.scenario)
    );
    for (const { found: found2, issue } of sortByIssue(check, input, result, issues)) {
      const limits = issue && limitedTo(issue);
      violations.push({
        invariant: check.id,
        statement: check.statement,
        clause: clauseOf(check.clause, found2.findings, input.mqttVersion),
        count: found2.count,
        known: issue?.why ?? null,
        ...limits === void 0 ? {} : { limitedTo: limits },
        ...found2.lost === void 0 || found2.lost.length === 0 ? {} : { lost: found2.lost },
        examples: found2.findings.map((finding) => evidenceOf(finding, input.mqttVersion, around))
      });
    }
  }
  return { violations, notApplicable: [...notApplicable2, ...undecided], undecided, unknown };
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
function accountFor(history, stillArriving) {
  try {
    return { accounting: account(history, stillArriving) };
  } catch (error) {
    return { accounting: notAccounted, why: messageOf(error) };
  }
}
function clauseOf(clause, findings2, version2) {
  const own = findings2.flatMap((finding) => finding.clause ?? []);
  const all2 = [clause ?? [], own].flat().flatMap((one) => numbers(one, version2).split(", "));
  if (all2.length === 0) return null;
  return `${version2 === 5 ? "MQTT 5.0" : "MQTT 3.1.1"}: ${[...new Set(all2)].join(", ")}`;
}
function numbers({ v311, v5 }, version2) {
  return version2 === 5 ? v5 : v311;
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
    logs: atMs === null ? [] : around.logsAt(atMs, namesIn2(facts))
  };
}
var naming = ["client", "subscriber", "publisher", "topic", "filter"];
function namesIn2(facts) {
  const named2 = naming.flatMap((name) => {
    const value = facts[name];
    return typeof value === "string" && value !== "" ? [value] : [];
  });
  return [...new Set(named2)];
}

// src/run/measure.ts
var import_hdr_histogram_js = __toESM(require_dist(), 1);

// src/run/verdict.ts
var leastOperations = 20;
var mostLagMs = 100;
function judge2(input) {
  const broken2 = [
    ...input.violations.filter(({ count, known: known2 }) => count > 0 && known2 === null).map(({ invariant, count }) => `${invariant} violated ${count === 1 ? "once" : `${count} times`}`),
    ...input.crashes.map(({ node, how }) => `${node} ${how} by itself`)
  ];
  const unknown = input.unknown.map(
    ({ invariant, why }) => `${invariant} is unknown, as its check failed: ${why} (a defect of chaos-action)`
  );
  if (broken2.length > 0) return { verdict: "fail", reason: [...broken2, ...unknown].join("; ") };
  const empty = [
    ...unknown,
    ...input.faults.filter(({ proven: proven2 }) => !proven2).map(({ kind, observed: observed2 }) => `${kind} was not proven: ${observed2}`),
    ...input.faults.filter(({ healed }) => !healed).map(({ kind }) => `${kind} could not be healed`),
    ...tooFew(input.operations),
    ...starved(input.harness).map((what) => `the harness was starved: ${what}`),
    ...(input.undecided ?? []).map(({ invariant, why }) => `${invariant} could not be judged: ${why}`),
    ...input.stillArriving ? ["messages were still arriving, or clients still coming back, when waiting for them was given up"] : [],
    ...input.unsteady.map((what) => `the steady phase was outside the hypothesis already: ${what}`)
  ];
  if (empty.length > 0) return { verdict: "inconclusive", reason: empty.join("; ") };
  const unmet = missed(input.expectations);
  if (unmet.length > 0) return { verdict: "fail", reason: unmet.join("; ") };
  const proven = input.faults.length === 0 ? "no fault, steady state held" : `${input.faults.length === 1 ? "the fault" : `${input.faults.length} faults`} proven`;
  return {
    verdict: "pass",
    reason: `${proven}, ${input.violations.length > 0 ? "nothing but known issues violated" : "every message accounted for"}, every ${input.expectations.some(({ notApplicable: notApplicable2 }) => notApplicable2 !== void 0) ? "applicable expectation" : "expectation"} met`
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
  return Object.entries(lags).flatMap(([name, lagMs]) => lagMs !== null && lagMs > mostLagMs ? [{ name, lagMs }] : []).map(({ name, lagMs }) => `its ${name} event loop lagged ${formatMs(lagMs)} at the 99th percentile`);
}
function missed(expectations2) {
  return expectations2.filter(isBroken).map(missedText);
}
function missedText({ name, expected: expected2, measured, unit }) {
  const show2 = (value) => unit === "share" ? formatShare(value) : formatMs(value);
  const bound2 = unit === "share" ? "at least" : "at most";
  const nothing2 = name === "recovery" ? "was never reached" : "could not be measured: nothing was done";
  return `${name} ${measured === null ? nothing2 : `was ${show2(measured)}`}, expected ${bound2} ${show2(expected2)}`;
}

// src/run/measure.ts
function possibleIn(phase, windows) {
  const own = windows.filter((window3) => window3.phase === phase);
  return {
    due: own.reduce((sum3, window3) => sum3 + window3.due, 0),
    judged: own.reduce((sum3, window3) => sum3 + window3.judged, 0)
  };
}
function leftTooLittle({ due, judged }) {
  if (judged >= leastOperations || judged === due) return void 0;
  return judged === 0 ? "the faults left no operation possible in hold" : `the faults left only ${judged} operations possible in hold`;
}
function measurePhase(phase, windows, usage) {
  const own = windows.filter((window3) => window3.phase === phase);
  const first2 = own[0];
  const last2 = own[own.length - 1];
  if (!first2 || !last2) return null;
  const total2 = (pick) => own.reduce((sum3, window3) => sum3 + pick(window3), 0);
  const possible = total2((window3) => window3.possible);
  const done = total2((window3) => window3.done);
  const delivered = total2((window3) => window3.delivered);
  return {
    possible,
    done,
    availability: possible === 0 ? null : done / possible,
    acknowledged: total2((window3) => window3.acknowledged),
    delivered,
    deliveredPerSecond: last2.endMs > first2.startMs ? delivered * 1e3 / (last2.endMs - first2.startMs) : 0,
    reconnects: total2((window3) => window3.reconnects),
    latency: summarise(own),
    nodes: nodeUse(usage.filter(({ atMs }) => atMs >= first2.startMs && atMs <= last2.endMs))
  };
}
function summarise(windows) {
  const all2 = newHistogram();
  for (const { latency } of windows) if (latency !== null) all2.add((0, import_hdr_histogram_js.decodeFromCompressedBase64)(latency));
  if (all2.totalCount === 0) return null;
  const ms = (percentile) => all2.getValueAtPercentile(percentile) / 1e3;
  return {
    count: all2.totalCount,
    p50Ms: ms(50),
    p95Ms: ms(95),
    p99Ms: ms(99),
    p999Ms: ms(99.9),
    maxMs: all2.maxValue / 1e3
  };
}
function nodeUse(samples) {
  const names = [...new Set(samples.flatMap(({ nodes }) => nodes.map(({ node }) => node)))];
  return names.map((name) => {
    const own = samples.flatMap(
      ({ atMs, nodes }) => nodes.filter(({ node }) => node === name).map((use) => ({ atMs, ...use }))
    );
    let cpuSeconds = 0;
    let spanMs = 0;
    for (let i = 1; i < own.length; i++) {
      const now = own[i];
      const before = own[i - 1];
      if (!now || !before || now.cpuSeconds < before.cpuSeconds) continue;
      cpuSeconds += now.cpuSeconds - before.cpuSeconds;
      spanMs += now.atMs - before.atMs;
    }
    return {
      name,
      cpuCores: spanMs === 0 ? null : cpuSeconds * 1e3 / spanMs,
      memoryBytes: own.length === 0 ? null : own.reduce((most, { residentBytes }) => Math.max(most, residentBytes), 0),
      ...growth2(own.map(({ residentBytes }) => residentBytes))
    };
  });
}
function growth2(residentBytes) {
  const part = Math.floor(residentBytes.length / 5);
  if (part < 2) return {};
  const median2 = (values) => [...values].sort((a, b) => a - b)[values.length >> 1] ?? 0;
  return { memoryGrowthBytes: median2(residentBytes.slice(-part)) - median2(residentBytes.slice(0, part)) };
}

// src/run/observability.ts
var troubleMetric = /peer|route|link|cluster|disconnect|reconnect|error|fail|drop|timeout|retr|outbox|queue|inflight|lag|unack/i;
function seenByBroker(warmUp, steady, hold4, faults2) {
  if (!steady || !hold4) return null;
  if (hold4.metrics.size === 0 && steady.logLines + hold4.logLines === 0) return null;
  const steadyRate = steady.logLines / Math.max(1, steady.seconds);
  const holdRate = hold4.logLines / Math.max(1, hold4.seconds);
  const logged = hold4.logLines > 0 && holdRate >= 2 * steadyRate;
  return logged || metricMoved(warmUp, steady, hold4) ? faults2 : 0;
}
function metricMoved(warmUp, steady, hold4) {
  const longer = Math.max(1, hold4.seconds / Math.max(1, steady.seconds));
  for (const [node, samples] of hold4.metrics) {
    const before = steady.metrics.get(node);
    if (!before) continue;
    for (const [name, value] of Object.entries(samples)) {
      const was = before[name];
      if (was === void 0 || !troubleMetric.test(name) || /message|byte|second/i.test(name)) continue;
      const restless = Math.abs(was - (warmUp?.metrics.get(node)?.[name] ?? was)) * longer;
      if (Math.abs(value - was) > restless) return true;
    }
  }
  return false;
}

// src/run/scenario.ts
var operationDeadlineMs = 5e3;
var livenessBoundMs = 3e4;
var sustainMs = 2e3;
var returnMs = 15e3;
var drainWithinMs = 9e4;
var warmUpWithinMs = 45e3;
var windowMs = 1e3;
var recoverWindowMs = 250;
var proofLeadMs = 700;
async function runScenario(scenario, context) {
  const { engine: engine2, workload, config, clock, signal: signal2, startedMs, attempt } = context;
  const relative2 = (ms) => Math.round(ms - startedMs);
  const random = createRandom(context.seed).fork(`faults/${scenario.ownName}`);
  const faults2 = unfoldTurns(scenario, engine2.shape, random).map((spec) => ({
    spec,
    planned: engine2.plan(spec, random),
    healed: false
  }));
  const watch = new Watch(
    scenario,
    context,
    () => faults2.filter(({ active, healed }) => active && !healed).map(({ planned }) => `${planned.kind} on ${planned.target}`)
  );
  const beganMs = clock.nowMs();
  const quietMs = config.broker.redeliverWithinMs;
  const prefix = `chaos-${runNumber(context.seed, scenario.name, attempt, startedMs).toString(16)}`;
  try {
    watch.enter("warm-up");
    const begun = await abortable(
      workload.call("begin", {
        endpoints: engine2.endpoints,
        features: context.features,
        profile: config.workload.profile,
        ratePerSecond: config.workload.ratePerSecond,
        payloadBytes: config.workload.payloadBytes,
        deadlineMs: operationDeadlineMs,
        prefix,
        run: runNumber(context.seed, scenario.name, attempt, startedMs),
        warmUpWithinMs,
        unserved: context.reach.known
      }),
      signal2
    ).catch((error) => {
      signal2.throwIfAborted();
      throw new NoSteadyState(scenario, error, engine2.takeCrashes());
    });
    const broken2 = begun.unserved.filter(({ why: why2 }) => why2 !== "refused");
    if (!context.cluster.fresh && broken2.length > 0)
      throw new NoSteadyState(scenario, new Error(leftOut(broken2).leftOut?.join("; ")), engine2.takeCrashes());
    const unserved = takeUnserved(context, begun.unserved, begun.subscriptions);
    for (const fault of faults2) {
      signal2.throwIfAborted();
      fault.prepared = await engine2.prepare(fault.planned);
    }
    watch.enter("steady");
    await workload.call("start", windowMs);
    await clock.sleep(scenario.phases.steadyMs, signal2);
    watch.enter("hold");
    context.lag.reset();
    await engine2.linksLag();
    await workload.call("mark", { phase: "hold", windowMs: holdWindowMs(scenario.phases.holdMs) });
    await hold3(scenario, faults2, context);
    const harness = await readLags(context);
    watch.enter("recover");
    context.lag.reset();
    const healMs = await workload.call("mark", { phase: "recover", windowMs: recoverWindowMs });
    await heal(faults2, context);
    const { recoveryMs, paths } = await recover(scenario, healMs, prefix, context);
    watch.enter("drain");
    await workload.call("mark", { phase: "drain", windowMs });
    await workload.call("stop");
    const drain = await abortable(workload.call("drain", { quietMs, returnMs, withinMs: drainWithinMs }), signal2);
    const stalls = await readStalls(context);
    if (drain.reconnected > 0)
      context.logger.debug(`${scenario.name}: ${drain.reconnected} subscribers missed something and reconnected`);
    if (drain.outstanding > 0)
      context.logger.debug(
        `${scenario.name}: ${drain.outstanding} messages still owed after draining for ${Math.round(drain.tookMs)} ms`
      );
    const { history, windows } = await workload.call("finish");
    watch.end();
    const faultRecords = faults2.map((fault) => recordFault(fault, relative2));
    const crashes = await Promise.all(engine2.takeCrashes().map((crash) => recordCrash(crash, faults2, relative2)));
    const { violations, notApplicable: notApplicable2, ...checked } = runChecks(
      {
        mqttVersion: config.broker.mqtt.version,
        history,
        features: context.features,
        paths,
        livenessBoundMs: livenessMs(scenario, context),
        returnMs,
        starved: stalledFor(stalls, quietMs / 4),
        unserved,
        quietMs,
        unhealed: faultRecords.filter(({ healed }) => !healed).map(({ kind, target: target2 }) => `${kind} on ${target2}`),
        stillArriving: drain.unfinished
      },
      {
        scenario: scenario.ownName,
        knownIssues: config.broker.knownIssues,
        faults: faultRecords,
        relativeMs: relative2,
        logsAt: (ms, naming2) => engine2.logsAround(context.startedWallMs + (ms - startedMs), { lines: 4, naming: naming2 })
      }
    );
    const { accounting, why } = accountFor(history, drain.unfinished);
    const unknown = [...checked.unknown, ...why === void 0 ? [] : [{ invariant: "accounting", why }]];
    const tooLittle = leftTooLittle(possibleIn("hold", windows));
    const measured = (phase) => {
      const measures2 = measurePhase(phase, windows, watch.usage);
      return phase === "hold" && measures2 && tooLittle ? { ...measures2, availability: null, latency: null } : measures2;
    };
    const held2 = measured("hold");
    const measures = {
      availability: held2?.availability ?? null,
      p99LatencyMs: held2?.latency?.p99Ms ?? null,
      recoveryMs,
      operationsInHold: held2?.acknowledged ?? 0
    };
    const expectations2 = expected(scenario, measures).map(
      (one) => tooLittle === void 0 || one.name === "recovery" ? one : { ...one, notApplicable: tooLittle }
    );
    const judgedIn = tooLittle === void 0 ? "hold" : "recover";
    const verdict = judge2({
      violations,
      unknown,
      undecided: checked.undecided,
      crashes,
      faults: faultRecords,
      expectations: expectations2,
      harness,
      operations: { phase: judgedIn, possible: possibleIn(judgedIn, windows).judged },
      stillArriving: drain.unfinished,
      unsteady: scenario.faults.length === 0 ? [] : missed(expectedOfSteady(scenario, measured("steady")))
    });
    return {
      ...headline(scenario, context),
      ...verdict,
      startMs: relative2(beganMs),
      endMs: relative2(clock.nowMs()),
      faults: faultRecords,
      phases: watch.phases.map(
        (phase) => ({
          name: phase.name,
          startMs: relative2(phase.startMs),
          endMs: relative2(phase.endMs),
          measures: measured(phase.name)
        })
      ),
      expectations: expectations2,
      violations,
      notApplicable: notApplicable2,
      ...leftOut(context.reach.known),
      ...unknown.length === 0 ? {} : { unknown },
      accounting,
      measures,
      crashes,
      harness,
      windows: windows.map((window3) => recordWindow(window3, relative2)),
      scrapes: context.scraper.take(),
      faultsSeenByBroker: faultRecords.length === 0 ? null : seenByBroker(
        watch.observables("warm-up"),
        watch.observables("steady"),
        watch.observables("hold"),
        faultRecords.length
      )
    };
  } finally {
    watch.end();
    await heal(faults2, context);
    for (const { prepared } of faults2)
      await prepared?.release().catch((error) => context.logger.warn(`releasing a probe: ${messageOf(error)}`));
    await workload.call("end").catch((error) => context.logger.debug(`ending the clients: ${messageOf(error)}`));
  }
}
function takeUnserved({ reach }, found2, subscriptions) {
  reach.unreported = [...reach.unreported, ...found2];
  reach.known = [...reach.known, ...found2.filter((one) => !reach.known.some(sameUnserved(one)))];
  if (subscriptions === 0 && reach.unreported.length === 0)
    throw new NotAvailable("the broker delivers nothing that the workload asks for; an earlier scenario reports it");
  return reach.unreported;
}
function leftOut(known2) {
  if (known2.length === 0) return {};
  const why = {
    "not-delivered": "nothing is delivered",
    "not-granted": "no SUBACK comes",
    refused: "the broker refuses the filter",
    "not-acknowledged": "nothing is acknowledged"
  };
  return {
    leftOut: known2.map(
      (one) => `${one.filter} filter ${one.filterText} at ${one.to}, published at ${one.from}: ${why[one.why]}`
    )
  };
}
async function hold3(scenario, faults2, context) {
  const { clock, signal: signal2 } = context;
  const startMs = clock.nowMs();
  const until = (offsetMs) => clock.sleep(Math.max(0, startMs + offsetMs - clock.nowMs()), signal2);
  await Promise.all(
    faults2.map(async (fault, id) => {
      const { atMs, forMs } = fault.spec;
      const endMs = Math.min(scenario.phases.holdMs, atMs + (forMs ?? scenario.phases.holdMs));
      await until(atMs);
      await inject(fault, id, context);
      if (!fault.active) return;
      await until(Math.max(atMs, endMs - proofLeadMs));
      await prove(fault, context);
      if (endMs < scenario.phases.holdMs) {
        await until(endMs);
        await healOne(fault, id, context);
      }
    })
  );
  await until(scenario.phases.holdMs);
}
async function inject(fault, id, context) {
  const { workload, clock, logger } = context;
  fault.startMs = clock.nowMs();
  await workload.call("impactBegins", { id, impact: fault.planned.impact });
  try {
    fault.active = await fault.prepared?.inject();
  } catch (error) {
    fault.failure = `not injected${error instanceof NotRolledBack ? "" : ", rolled back"}: ${messageOf(error)}`;
    logger.warn(`${fault.planned.kind} on ${fault.planned.target}: ${fault.failure}`);
    await healOne(fault, id, context);
    return;
  }
  fault.active?.impactOver?.then(() => workload.call("impactEnds", id)).catch(() => {
  });
}
async function prove(fault, { logger }) {
  try {
    fault.proof = await fault.active?.prove();
  } catch (error) {
    fault.failure = `the proof failed: ${messageOf(error)}`;
    logger.warn(`${fault.planned.kind} on ${fault.planned.target}: ${fault.failure}`);
  }
}
async function heal(faults2, context) {
  await Promise.all(faults2.map((fault, id) => healOne(fault, id, context)));
}
async function healOne(fault, id, { workload, clock, logger }) {
  if (fault.healed) return;
  try {
    await fault.prepared?.heal();
    fault.healed = true;
  } catch (error) {
    const failure2 = `the heal failed: ${messageOf(error)}`;
    if (fault.active) fault.failure = failure2;
    else fault.failure ??= failure2;
    logger.warn(`${fault.planned.kind} on ${fault.planned.target}: ${failure2}`);
  }
  if (fault.startMs === void 0) return;
  fault.endMs = clock.nowMs();
  await workload.call("impactEnds", id).catch(() => {
  });
}
async function recover(scenario, healMs, prefix, context) {
  const { workload, engine: engine2, clock, signal: signal2 } = context;
  const bar2 = {
    fromMs: healMs,
    availability: scenario.expect.availability,
    p99LatencyMs: scenario.expect.p99LatencyMs,
    sustainMs
  };
  const boundMs = livenessMs(scenario, context);
  const trying = abortable(
    workload.call("checkPaths", {
      endpoints: engine2.endpoints,
      prefix: `${prefix}-paths`,
      withinMs: boundMs,
      except: unservedPathsOf(context.reach)
    }),
    signal2
  );
  trying.catch(() => {
  });
  let recoveryMs = null;
  while (clock.nowMs() < healMs + scenario.phases.recoverMs) {
    await clock.sleep(recoverWindowMs, signal2);
    recoveryMs = await workload.call("recovery", bar2);
    if (recoveryMs !== null) break;
  }
  const paths = await trying;
  while (clock.nowMs() < healMs + boundMs && await workload.call("silent") > 0)
    await clock.sleep(recoverWindowMs, signal2);
  return { recoveryMs: recoveryMs ?? await workload.call("recovery", bar2), paths };
}
function livenessMs({ phases: phases2 }, { bootMs }) {
  return Math.max(livenessBoundMs, phases2.recoverMs, 2 * bootMs);
}
async function readStalls({ lag, workload, engine: engine2 }) {
  return {
    conductor: lag.read().maxMs,
    workload: (await workload.call("lag")).maxMs,
    links: (await engine2.linksLag())?.maxMs ?? 0
  };
}
function stalledFor(stalls, leastMs) {
  return Object.entries(stalls).filter(([, stallMs]) => stallMs >= leastMs).map(([name, stallMs]) => `the ${name} event loop of this tool stood still for ${formatMs(stallMs)}`);
}
async function readLags({ lag, workload, engine: engine2 }) {
  return {
    conductorLagP99Ms: lag.read().p99Ms,
    workloadLagP99Ms: (await workload.call("lag")).p99Ms,
    linksLagP99Ms: (await engine2.linksLag())?.p99Ms ?? null
  };
}
function unservedPathsOf({ known: known2 }) {
  return known2.filter(({ client }) => client === null).map(({ from, to, filter: filter2 }) => ({ from, to, filter: filter2 }));
}
function abortable(promise, signal2) {
  return new Promise((resolve6, reject2) => {
    const onAbort = () => reject2(signal2.reason);
    signal2.addEventListener("abort", onAbort, { once: true });
    if (signal2.aborted) onAbort();
    promise.then(resolve6, reject2).finally(() => signal2.removeEventListener("abort", onAbort));
  });
}
function holdWindowMs(holdMs) {
  return Math.max(windowMs, holdMs / 3600);
}
function runNumber(seed, scenario, attempt, startedMs) {
  return createHash3("sha256").update(`${seed}/${scenario}/${attempt}/${startedMs}`).digest().readUInt32LE(0);
}
function expected({ expect }, measures) {
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
function expectedOfSteady(scenario, steady) {
  const measures = {
    availability: steady?.availability ?? null,
    p99LatencyMs: steady?.latency?.p99Ms ?? null,
    recoveryMs: 0,
    operationsInHold: 0
  };
  return expected(scenario, measures);
}
function recordFault(fault, relative2) {
  const { planned, active, proof, healed, failure: failure2 } = fault;
  return {
    kind: planned.kind,
    target: planned.target,
    mechanism: active?.mechanism ?? "none",
    injected: planned.injected,
    observed: failure2 ?? proof?.observed ?? "nothing was observed",
    proven: failure2 === void 0 && proof?.proven === true,
    figures: proof?.figures ?? {},
    startMs: relative2(fault.startMs ?? 0),
    endMs: relative2(fault.endMs ?? fault.startMs ?? 0),
    healed
  };
}
async function recordCrash(crash, faults2, relative2) {
  const named2 = faults2.map(async ({ active }) => await active?.suspects?.(crash.node, crash.atMs) ?? []);
  const suspects = (await Promise.all(named2)).flat();
  return { ...crash, atMs: relative2(crash.atMs), ...suspects.length === 0 ? {} : { suspects } };
}
function recordWindow(window3, relative2) {
  const { phase, possible, done, published, delivered, p50Ms, p99Ms, maxMs, latency } = window3;
  return {
    phase,
    startMs: relative2(window3.startMs),
    lengthMs: Math.round(window3.endMs - window3.startMs),
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
var Watch = class {
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
    const { engine: engine2, startedMs, startedWallMs } = this.#context;
    const wall = (ms) => startedWallMs + (ms - startedMs);
    return {
      seconds: (phase.endMs - phase.startMs) / 1e3,
      logLines: engine2.logsBetween(wall(phase.startMs), wall(phase.endMs)),
      metrics
    };
  }
  #close(nowMs) {
    const open2 = this.phases[this.phases.length - 1];
    if (!open2) return;
    open2.endMs = nowMs;
    this.#metrics.set(open2.name, this.#context.scraper.latest());
  }
  async #look() {
    const { engine: engine2, clock, startedMs, workload, onProgress } = this.#context;
    if (this.#ticks++ % 2 === 0) this.usage.push({ atMs: clock.nowMs(), nodes: engine2.usage() });
    const phase = this.phases[this.phases.length - 1];
    if (!phase) return;
    const messages2 = phase.name === "warm-up" ? { published: 0, acknowledged: 0, delivered: 0 } : await workload.call("progress").catch(() => void 0);
    if (messages2 && !this.#ended)
      onProgress({
        scenario: this.#scenario,
        phase: phase.name,
        elapsedMs: clock.nowMs() - startedMs,
        messages: messages2,
        faults: this.#faultsInForce()
      });
  }
};
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
function notMeasured2(scenario, context, outcome) {
  const nowMs = Math.round(context.clock.nowMs() - context.startedMs);
  const { crashes, reason: reason2 } = outcome;
  return {
    ...headline(scenario, context),
    verdict: crashes.length > 0 ? "fail" : outcome.verdict,
    reason: reason2,
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
  const { engine: engine2, workload, clock, logger, events, lag } = dependencies;
  const broken2 = AbortSignal.any([workload.ended, engine2.broken]);
  const signal2 = AbortSignal.any([dependencies.signal, broken2]);
  const { config, seed } = options;
  const startedMs = clock.nowMs();
  const startedWallMs = clock.wallMs();
  const done = [];
  let where3 = "before the first scenario";
  let lastRun;
  let features = null;
  let bootMs = 0;
  const reach = { known: [], unreported: [] };
  const scraper = startScraper({ targets: () => engine2.metricsUrls, folder: options.metricsFolder, clock });
  const record = (partial, error) => ({
    schemaVersion: 1,
    tool: { name: "chaos-action", version: options.version },
    startedAt: new Date(startedWallMs).toISOString(),
    durationMs: Math.round(clock.nowMs() - startedMs),
    seed,
    command: options.command,
    tiers: options.tiers,
    plan: options.plan?.name ?? null,
    partial,
    error,
    broker: {
      name: config.broker.name,
      preset: config.preset ?? null,
      config: config.file ?? null,
      nodes: config.nodes,
      mutant: options.mutant ?? null,
      features
    },
    environment: environment3(options.ci),
    workload: config.workload,
    ...scoreRun({ scenarios: done, seed, partial, catalogue: options.catalogue }),
    knownIssues: knownIssues(config, done),
    scenarios: done
  });
  const boot = async (kinds, why) => {
    events.onStage(`booting ${config.nodes} nodes of ${config.broker.name}`);
    keepCrashes();
    const beganMs = clock.nowMs();
    await engine2.boot(signal2, kinds);
    bootMs = clock.nowMs() - beganMs;
    if (features === null) {
      features = await abortable(workload.call("probeFeatures", firstEndpoint(engine2)), signal2);
      await probeReach();
    }
    return { fresh: true, why };
  };
  const probeReach = async () => {
    const trying = workload.call("checkPaths", {
      endpoints: engine2.endpoints,
      prefix: `chaos-reach-${Math.round(clock.nowMs())}`,
      withinMs: warmUpWithinMs,
      refusalsDecide: true
    });
    const unserved = unservedByPaths(await abortable(trying, signal2));
    reach.known = unserved;
    reach.unreported = unserved;
  };
  const keepCrashes = () => {
    const last2 = done.pop();
    if (!last2) return;
    const late2 = engine2.takeCrashes().map((crash) => ({ ...crash, atMs: Math.round(crash.atMs - startedMs) }));
    if (late2.length === 0) {
      done.push(last2);
      return;
    }
    const reason2 = `${last2.reason}; ${late2.map(({ node, how }) => `${node} ${how} by itself afterwards`).join("; ")}`;
    const failed = { ...last2, verdict: "fail", reason: reason2, crashes: [...last2.crashes, ...late2] };
    done.push({ ...failed, ...scoreScenario(failed, seed) });
  };
  const cluster = async (kinds) => {
    const previous = lastRun;
    if (!previous) return boot(kinds, "first scenario");
    keepCrashes();
    if (previous.crashes.length > 0 || done[done.length - 1]?.crashes.length)
      return boot(kinds, `${previous.name} left a node dead`);
    if (previous.faults.some(({ healed }) => !healed))
      return boot(kinds, `${previous.name} left a fault that could not be healed`);
    const unfit = engine2.unfit(kinds);
    if (unfit !== void 0) return boot(kinds, unfit);
    const checking = workload.call("checkPaths", {
      endpoints: engine2.endpoints,
      prefix: `chaos-health-${Math.round(clock.nowMs())}`,
      withinMs: healthWithinMs,
      except: unservedPathsOf(reach)
    });
    const paths = await abortable(checking, signal2);
    if (allPathsDeliver(paths)) return { fresh: false, why: `healthy after ${previous.name}` };
    return boot(kinds, `not healthy after ${previous.name}`);
  };
  const attempt = async (scenario, number2) => {
    const kinds = scenario.faults.map(({ kind }) => kind);
    let on = await cluster(kinds);
    for (; ; ) {
      if (!features) throw new ChaosError("internal", "the features of the broker were not probed");
      scraper.take();
      const context = {
        ...{ engine: engine2, workload, scraper, config, features, clock, logger, lag, seed, startedMs, startedWallMs, signal: signal2 },
        attempt: number2,
        cluster: on,
        bootMs,
        reach,
        onProgress(progress) {
          where3 = `in ${progress.phase} of ${scenario.name}`;
          events.onProgress(progress);
        }
      };
      try {
        const record2 = await runScenario(scenario, context);
        reach.unreported = [];
        return record2;
      } catch (error) {
        signal2.throwIfAborted();
        if (error instanceof NotAvailable)
          return notMeasured2(scenario, context, {
            verdict: "skipped",
            reason: error.message,
            crashes: engine2.takeCrashes()
          });
        if (!(error instanceof NoSteadyState)) throw error;
        logger.info(error.message);
        if (!on.fresh && error.crashes.length === 0) {
          on = await boot(kinds, "no steady state on the cluster of the scenario before");
          continue;
        }
        if (done.length === 0 && error.crashes.length === 0) throw error;
        return notMeasured2(scenario, context, {
          verdict: "inconclusive",
          reason: error.message,
          crashes: error.crashes
        });
      }
    }
  };
  const skipped = (scenario, reason2) => notMeasured2(
    scenario,
    { clock, startedMs, attempt: 1, cluster: { fresh: false, why: "not needed" } },
    { verdict: "skipped", reason: reason2, crashes: [] }
  );
  const score = (scenario, earlier) => ({
    ...scenario,
    earlier,
    ...scoreScenario(scenario, seed)
  });
  let failure2 = null;
  try {
    await engine2.build(signal2);
    for (const scenario of options.scenarios) {
      if (options.plan?.abortOn) keepCrashes();
      const refusal2 = planStops(options.plan, done) ?? scenario.faults.map((spec) => engine2.refuses(spec)).find((why) => why !== void 0);
      let result = score(refusal2 === void 0 ? await attempt(scenario, 1) : skipped(scenario, refusal2), null);
      if (refusal2 === void 0) lastRun = result;
      if (result.verdict === "inconclusive") {
        events.onScenario(result);
        result = score(await attempt(scenario, 2), result);
        lastRun = result;
      }
      done.push(result);
      events.onScenario(result);
      events.onRecord(record(true, null));
    }
  } catch (error) {
    failure2 = describe2(signal2.aborted ? signal2.reason : error);
    if (failure2.code === "cancelled") failure2 = { ...failure2, message: `${failure2.message} ${where3}` };
    if (!(error instanceof ChaosError) && !signal2.aborted)
      logger.debug(error instanceof Error ? error.stack ?? error.message : String(error));
    if (error instanceof ChaosError) for (const line of error.output) logger.warn(`  | ${line}`);
  } finally {
    events.onStage("stopping the cluster");
    if (!broken2.aborted) keepCrashes();
    await engine2.stop(signal2.aborted ? hurriedStopMs : void 0);
    await scraper.stop();
  }
  const final = record(failure2 !== null, failure2);
  events.onRecord(final);
  return final;
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
function describe2(error) {
  if (error instanceof ChaosError) return { code: error.code, message: error.message, hint: error.hint ?? null };
  return { code: "internal", message: messageOf(error), hint: null };
}
function firstEndpoint(engine2) {
  const [first2] = engine2.endpoints;
  if (!first2) throw new ChaosError("internal", "the cluster has no node");
  return first2;
}
function environment3(ci) {
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
  const { choice, loaded, seed, out, env } = options;
  const { config, scenarios, plan, tiers: tiers2, catalogue } = loaded;
  const { view } = dependencies;
  const logger = maskedLogger(dependencies.logger, config.broker.secrets);
  prepareReports(out);
  const exposition = await openExposition(options.metricsPort);
  const id = `${new Date(systemClock.wallMs()).toISOString().replace(/\D/g, "").slice(0, 14)}-${process.pid}`;
  const ledger = await begin(id, exposition);
  dependencies.onBegin?.(id);
  const overdue = new AbortController();
  const deadlineMs = runDeadlineMs(scenarios, config);
  const deadline = setTimeout(
    () => overdue.abort(new ChaosError("cluster", `the run took longer than its deadline of ${formatMs(deadlineMs)}`)),
    deadlineMs
  );
  const reaper = startReaper(id, logger.warn);
  const workload = openWorkload();
  const lag = watchLoopLag();
  const inventory = () => takeInventory({ run: id, ledger, privileged: choice.privileged });
  const before = await inventory();
  let left = [];
  let record;
  let unwritten;
  const write = (record2) => {
    try {
      writeReports(record2, out);
      unwritten = void 0;
    } catch (error) {
      unwritten = error instanceof ChaosError ? error : new ChaosError("report", String(error));
    }
  };
  try {
    if (exposition.url) logger.info(`own metrics at ${exposition.url}`);
    record = await run(
      {
        config,
        scenarios,
        catalogue,
        tiers: tiers2,
        plan,
        seed,
        mutant: choice.mutant,
        version,
        command: repeatingCommand(choice, seed),
        metricsFolder: join13(out, "metrics"),
        ci: env.GITHUB_ACTIONS === "true" ? "GitHub Actions" : env.CI ? "CI" : null
      },
      {
        engine: localEngine({
          config,
          mutant: choice.mutant,
          run: id,
          seed,
          workFolder: join13(ledger.folder, "work"),
          logFolder: join13(out, "logs"),
          ledger,
          privileged: choice.privileged,
          clock: systemClock,
          logger
        }),
        workload,
        lag,
        clock: systemClock,
        logger,
        signal: AbortSignal.any([dependencies.signal, overdue.signal]),
        events: {
          onStage: (text2) => view.stage(text2),
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
          onRecord: write
        }
      }
    );
  } finally {
    clearTimeout(deadline);
    lag.stop();
    await workload.terminate();
    await exposition.close();
    const ended = await killAll(
      () => findMarked(id),
      () => systemClock.sleep(10)
    );
    if (ended > 0) logger.warn(`ended ${ended} processes that this run had left`);
    left = residue(before, await inventory(), id);
    if (left.length === 0) ledger.end();
    else for (const did of await replay(id)) logger.warn(`taking back: ${did}`);
    reaper.release();
  }
  if (left.length > 0) {
    record = failedByResidue(record, left);
    write(record);
  }
  return { record, unwritten, rescued: unwritten ? rescueReports(record) : void 0 };
}
function failedByResidue(record, left) {
  return {
    ...record,
    verdict: "fail",
    error: record.error ?? {
      code: "residue",
      message: `the run left behind: ${left.join(", ")}`,
      hint: "this is a defect of chaos-action; chaos-action clean takes back what it can"
    }
  };
}
async function begin(id, exposition) {
  try {
    return Ledger.begin(id);
  } catch (error) {
    await exposition.close();
    throw error;
  }
}
function maskedLogger(logger, secrets) {
  const mask = (text2) => maskSecrets(text2, secrets);
  return {
    debug: (text2) => logger.debug(mask(text2)),
    info: (text2) => logger.info(mask(text2)),
    warn: (text2) => logger.warn(mask(text2))
  };
}
function runDeadlineMs(scenarios, { broker }) {
  const scenarioMs = ({ phases: phases2 }) => phases2.steadyMs + phases2.holdMs + Math.max(3e4, phases2.recoverMs) + 3e5 + 3 * broker.ready.withinMs;
  return broker.buildWithinMs + 6e4 + 2 * scenarios.reduce((sum3, scenario) => sum3 + scenarioMs(scenario), 0);
}

// src/report/table.ts
var import_cli_table3 = __toESM(require_cli_table3(), 1);
import { styleText } from "node:util";
var mostFindings2 = 8;
function renderSummary(record, options) {
  const paint = (style2, words) => options.colour ? styleText(style2, words, { validateStream: false }) : words;
  const cut = (line) => line.length > options.width ? `${line.slice(0, Math.max(0, options.width - 3))}...` : line;
  const found2 = findings(record);
  const shown = found2.slice(0, found2.length > mostFindings2 ? mostFindings2 - 1 : mostFindings2);
  return [
    ...scenarioTable2(record, options.width, paint),
    ...shown.map((finding) => paint(finding.style, cut(finding.line))),
    ...found2.length > shown.length ? [`and ${formatCount(found2.length - shown.length)} more in the report`] : [],
    "",
    paint("bold", paint(verdictStyle[record.verdict], cut(total(record)))),
    ...record.cap === null ? [] : [cut(`score capped: ${plain(record.cap)}`)],
    ...record.partial ? [paint("yellow", cut(`not complete: ${plain(record.error?.message ?? "the run goes on, or was cut off")}`))] : [],
    ...options.reportPath === void 0 ? [] : [`report: ${plain(options.reportPath)}`],
    // Never cut: a cut command repeats something else.
    `repeat: ${plain(record.command, 1e4)}`
  ].join("\n");
}
var verdictStyle = { pass: "green", fail: "red", inconclusive: "yellow", skipped: "gray" };
var head = ["scenario", "verdict", "score", "avail.", "p99", "recovery", "proven", "accounted"];
var shortened = /* @__PURE__ */ new Map([
  [notMeasured, "n/m"],
  [notApplicable, "n/a"]
]);
function scenarioTable2(record, width, paint) {
  if (record.scenarios.length === 0) return ["No scenario was run."];
  const rows = record.scenarios.map((scenario) => cells(scenario));
  const widths = head.map((title, column) => Math.max(title.length, ...rows.map((row) => row[column]?.length ?? 0)));
  const words = widths.reduce((sum3, one) => sum3 + one, 0);
  const gap = words + 2 * (widths.length - 1) <= width ? 2 : 1;
  const tooWide = Math.max(0, words + gap * (widths.length - 1) - width);
  const table2 = new import_cli_table3.default({
    head: [...head],
    colWidths: widths.map((one, column) => (column === 0 ? Math.max(8, one - tooWide) : one) + gap),
    colAligns: ["left", "left", "right", "right", "right", "right", "right", "left"],
    style: { head: [], border: [], "padding-left": 0, "padding-right": gap, compact: true },
    chars: noLines,
    truncate: "~"
  });
  for (const [index, row] of rows.entries()) {
    const style2 = verdictStyle[record.scenarios[index]?.verdict ?? "skipped"];
    table2.push(row.map((cell, column) => column === 1 ? paint(style2, cell) : cell));
  }
  const lines2 = table2.toString().split("\n");
  return [
    ...lines2.map((line) => line.trimEnd()),
    ...[...shortened].flatMap(([words2, cell]) => rows.some((row) => row.includes(cell)) ? [`${cell}: ${words2}`] : [])
  ];
}
function cells(scenario) {
  return [
    plain(scenario.name),
    scenario.verdict,
    formatScore(scenario.score),
    formatMeasure(scenario, "availability"),
    formatMeasure(scenario, "p99-latency"),
    formatMeasure(scenario, "recovery"),
    formatFaultsProven(scenario),
    formatAccounted(scenario, "short")
  ].map((cell) => shortened.get(cell) ?? cell);
}
var noLines = {
  top: "",
  "top-mid": "",
  "top-left": "",
  "top-right": "",
  bottom: "",
  "bottom-mid": "",
  "bottom-left": "",
  "bottom-right": "",
  left: "",
  "left-mid": "",
  mid: "",
  "mid-mid": "",
  right: "",
  "right-mid": "",
  middle: ""
};
function findings(record) {
  const { crashes, violations, unhealed, expectations: expectations2, known: known2, undecided } = findingsOf(record);
  const red = (line) => ({ line, style: "red" });
  const yellow = (line) => ({ line, style: "yellow" });
  return [
    ...crashes.map(
      ({ scenario, found: found2 }) => red(`crash: ${plain(found2.node)} ended by itself in ${plain(scenario.name)}: ${plain(found2.how)}`)
    ),
    ...violations.map(
      ({ scenario, found: found2 }) => red(`violation: ${plain(found2.invariant)} x ${formatCount(found2.count)} in ${plain(scenario.name)}`)
    ),
    ...unhealed.map(
      ({ scenario, found: found2 }) => red(`left behind: ${plain(found2.kind)} on ${plain(found2.target)} in ${plain(scenario.name)} was not healed`)
    ),
    ...expectations2.map(
      ({ scenario, found: found2 }) => red(
        `expectation: ${found2.name} ${measuredText(scenario, found2)} in ${plain(scenario.name)}, expected ${expectedText(found2)}`
      )
    ),
    ...known2.map(
      ({ scenario, found: found2 }) => yellow(
        `known issue: ${plain(found2.invariant)} x ${formatCount(found2.count)} in ${plain(scenario.name)}${plain(ofClients(found2))}`
      )
    ),
    ...record.scenarios.filter((scenario) => scenario.earlier !== null).map(
      (scenario) => yellow(`run ${scenario.attempt} of ${plain(scenario.name)}: the one before was ${scenario.earlier?.verdict}`)
    ),
    ...undecided.map((scenario) => yellow(`${scenario.verdict}: ${plain(scenario.name)}: ${plain(scenario.reason)}`))
  ];
}
function total(record) {
  const score = record.score === null ? `score ${notMeasured}` : `${formatScore(record.score)} of 10, ${record.grade ?? "not graded"} (${formatInterval(record.interval)})`;
  const plan = record.plan === null ? "" : `, plan ${plain(record.plan)}`;
  return `${record.verdict.toUpperCase()}: ${score}, ${plain(record.broker.name)}${plan}`;
}
function scenarioLine({ name, verdict, reason: reason2, score }) {
  return `${name}: ${verdict}${score === null ? "" : ` (${score.toFixed(1)} of 10)`}: ${reason2}`;
}

export {
  suggest,
  presetNames,
  presetSummaries,
  planNames,
  loadScenarios,
  parseTiers,
  parseSettings,
  isPath,
  maskSecrets,
  loadPlan,
  loadAll,
  faultKinds,
  loadChoice,
  strikesPeerLinks,
  whySkipped,
  capabilities,
  probeMachine,
  lacking,
  describe,
  unfoldTurns,
  writeReports,
  runSession,
  renderSummary,
  scenarioLine
};
