import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);

// src/embedded/mutants.ts
var both = [4, 5];
var mutants = {
  "ack-before-store": {
    does: "PUBACK and PUBREC go out at once; storing and forwarding follow 250 ms later",
    ...{ invariant: "no-acknowledged-loss", scenario: "restart", profile: "stream", versions: both }
  },
  "forget-outbox": {
    does: "what peers have yet to receive is kept in memory only, and sent 250 ms later",
    ...{ invariant: "no-acknowledged-loss", scenario: "restart", profile: "stream", versions: both }
  },
  "reorder-after-reconnect": {
    does: "a resumed session gets its backlog slowly, and newer live messages in between",
    ...{ invariant: "ordering", scenario: "quiet", profile: "stream", versions: both }
  },
  "redeliver-qos2": {
    does: "peers are confirmed 250 ms later, and what was applied is forgotten when the link is made again",
    ...{ invariant: "exactly-once", scenario: "restart", profile: "stream", versions: both }
  },
  "forget-session": {
    does: "a returning session has lost its subscriptions and queue, yet CONNACK says session present",
    ...{ invariant: "session-state", scenario: "quiet", profile: "stream", versions: both }
  },
  "never-redial": {
    does: "a lost peer link is never dialled again",
    ...{ invariant: "liveness", scenario: "restart", profile: "stream", versions: both }
  },
  "corrupt-forward": {
    does: "every 50th payload forwarded to a peer has one byte altered",
    ...{ invariant: "integrity", scenario: "quiet", profile: "stream", versions: both }
  },
  "local-wildcards": {
    does: "a message from a peer reaches exact filters only",
    ...{ invariant: "no-acknowledged-loss", scenario: "quiet", profile: "stream", versions: both }
  },
  "duplicate-qos0": {
    does: "every 50th QoS 0 message from a peer is delivered twice",
    ...{ invariant: "at-most-once", scenario: "quiet", profile: "stream", versions: both }
  }
};
function isMutant(name) {
  return Object.hasOwn(mutants, name);
}
var mutantDelayMs = 250;

export {
  mutants,
  isMutant,
  mutantDelayMs
};
