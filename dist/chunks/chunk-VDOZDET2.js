import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);

// src/model/units.ts
var durationUnits = { us: 1e-3, ms: 1, s: 1e3, m: 6e4, h: 36e5 };
var mostDurationMs = 366 * 24 * 36e5;
var mostRatePerSecond = 1e6;
function parseDurationMs(text) {
  if (text.trim() === "0") return 0;
  const match = /^(\d+(?:\.\d+)?)\s*(us|ms|s|m|h)$/.exec(text.trim());
  if (!match) return void 0;
  return Number(match[1]) * durationUnits[match[2]];
}
function parseRatePerSecond(text) {
  const match = /^(\d+(?:\.\d+)?)\s*\/\s*(s|m)$/.exec(text.trim());
  if (!match) return void 0;
  return Number(match[1]) / (match[2] === "m" ? 60 : 1);
}
function parseShare(text) {
  const match = /^(\d+(?:\.\d+)?)\s*%$/.exec(text.trim());
  if (!match) return void 0;
  const share = Number(`${match[1]}e-2`);
  return share <= 1 ? share : void 0;
}
var byteUnits = { B: 1, KB: 1e3, MB: 1e6, GB: 1e9, KiB: 1024, MiB: 1024 ** 2, GiB: 1024 ** 3 };
function parseBytes(text) {
  const match = /^(\d+(?:\.\d+)?)\s*(B|KB|MB|GB|KiB|MiB|GiB)$/.exec(text.trim());
  if (!match) return void 0;
  return Number(match[1]) * byteUnits[match[2]];
}
function formatMs(ms) {
  if (ms < 10) return `${round(ms, 2)} ms`;
  if (ms < 1e3) return `${round(ms, 1)} ms`;
  if (ms < 12e4) return `${round(ms / 1e3, 1)} s`;
  return `${round(ms / 6e4, 1)} min`;
}
function formatMsBeside(ms, bound) {
  const rough = formatMs(ms);
  return ms !== bound && rough === formatMs(bound) ? `${round(ms, 1)} ms` : rough;
}
function formatShare(share) {
  return `${round(share * 100, 2)}%`;
}
function formatBytes(bytes) {
  if (Math.abs(bytes) < 1024) return `${round(bytes, 0)} B`;
  if (Math.abs(bytes) < 1024 ** 2) return `${round(bytes / 1024, 1)} KiB`;
  if (Math.abs(bytes) < 1024 ** 3) return `${round(bytes / 1024 ** 2, 1)} MiB`;
  return `${round(bytes / 1024 ** 3, 1)} GiB`;
}
function round(value, digits) {
  return Number(value.toFixed(digits));
}

export {
  mostDurationMs,
  mostRatePerSecond,
  parseDurationMs,
  parseRatePerSecond,
  parseShare,
  parseBytes,
  formatMs,
  formatMsBeside,
  formatShare,
  formatBytes
};
