import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);
import {
  require_dist
} from "./chunk-4XSUANPV.js";
import {
  __toESM
} from "./chunk-6DG7BXTN.js";

// src/metrics/loop-lag.ts
var import_hdr_histogram_js = __toESM(require_dist(), 1);
var sampleEveryMs = 10;
function watchLoopLag(nowMs = () => performance.now()) {
  const histogram = (0, import_hdr_histogram_js.build)({
    bitBucketSize: 32,
    lowestDiscernibleValue: 1,
    highestTrackableValue: 6e8,
    numberOfSignificantValueDigits: 2
  });
  let lastMs = nowMs();
  const timer = setInterval(() => {
    const now = nowMs();
    const lateUs = Math.round((now - lastMs - sampleEveryMs) * 1e3);
    lastMs = now;
    histogram.recordValueWithExpectedInterval(Math.min(Math.max(1, lateUs), 6e8), sampleEveryMs * 1e3);
  }, sampleEveryMs);
  timer.unref();
  const ms = (percentile) => histogram.totalCount === 0 ? 0 : histogram.getValueAtPercentile(percentile) / 1e3;
  return {
    reset() {
      histogram.reset();
      lastMs = nowMs();
    },
    read: () => ({ p50Ms: ms(50), p99Ms: ms(99), maxMs: ms(100) }),
    stop: () => clearInterval(timer)
  };
}

export {
  watchLoopLag
};
