import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);

// src/engines/local/links/http2/grpc.ts
function methodOf(headers) {
  const grpc = headerOf(headers, "content-type")?.startsWith("application/grpc") === true;
  return grpc && headerOf(headers, ":method") === "POST" ? headerOf(headers, ":path") : void 0;
}
function statusOf(headers) {
  const text = headerOf(headers, "grpc-status");
  return text === void 0 ? void 0 : Number(text);
}
function headerOf(headers, name) {
  return headers.find((header) => header.name === name)?.value;
}
function answerHeaders(status, message) {
  return [
    [":status", "200"],
    ["content-type", "application/grpc"],
    ["grpc-status", String(status)],
    ...message === "" ? [] : [["grpc-message", percentEncoded(message)]]
  ].map(([name = "", value = ""]) => ({ name, value, neverIndexed: false }));
}
function percentEncoded(message) {
  return [...Buffer.from(message, "utf8")].map(
    (byte) => byte >= 32 && byte <= 126 && byte !== 37 ? String.fromCharCode(byte) : `%${byte.toString(16).toUpperCase().padStart(2, "0")}`
  ).join("");
}
function matches(pattern, method) {
  if (pattern === "*") return true;
  if (!pattern.includes("/")) return method.endsWith(`/${pattern}`);
  return pattern.endsWith("/*") ? method.startsWith(pattern.slice(0, -1)) : method === pattern;
}

// src/engines/local/links/segment.ts
var segmentBytes = 1448;

// src/engines/local/links/behaviours/loss.ts
var firstTimeoutMs = 200;
var lastTimeoutMs = 3200;
var maxLosses = 15;
function timeoutMs(losses) {
  return Math.min(firstTimeoutMs * 2 ** losses, lastTimeoutMs);
}
function retransmittedAfterMs(losses) {
  let afterMs = 0;
  for (let i = 0; i < losses; i++) afterMs += timeoutMs(i);
  return afterMs;
}
var loss = (atMs, bytes, { lossShare }, state, random) => {
  if (lossShare <= 0) return atMs;
  let sentMs = atMs;
  if (atMs < state.awaitedMs) {
    if (atMs >= state.stalledUntilMs) {
      state.stalledUntilMs = state.awaitedMs;
      state.gatheredRoom = 0;
    }
    if (bytes <= state.gatheredRoom) {
      state.gatheredRoom -= bytes;
      return state.gatheredReleaseMs;
    }
    state.gatheredRoom = segmentBytes - bytes;
    sentMs = state.stalledUntilMs;
  }
  let losses = 0;
  while (losses < maxLosses && random.next() < lossShare) losses++;
  state.transmissionsLost += losses;
  const releaseMs = sentMs + retransmittedAfterMs(losses);
  if (losses > 0) state.awaitedMs = Math.max(state.awaitedMs, releaseMs);
  state.gatheredReleaseMs = releaseMs;
  return releaseMs;
};

export {
  segmentBytes,
  timeoutMs,
  retransmittedAfterMs,
  loss,
  methodOf,
  statusOf,
  answerHeaders,
  matches
};
