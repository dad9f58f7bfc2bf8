import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);

// src/embedded/mutants.ts
var mutants = {
  "ack-before-store": "PUBACK and PUBREC go out at once; storing and forwarding follow 250 ms later",
  "forget-outbox": "what peers have yet to receive is kept in memory only, and sent 250 ms later",
  "reorder-after-reconnect": "a resumed session gets its backlog slowly, and newer live messages in between",
  "redeliver-qos2": "peers are confirmed 250 ms later, and what was applied is forgotten when the link is made again",
  "forget-session": "a returning session has lost its subscriptions and queue, yet CONNACK says session present",
  "never-redial": "a lost peer link is never dialled again",
  "corrupt-forward": "every 50th payload forwarded to a peer has one byte altered",
  "local-wildcards": "a message from a peer reaches exact filters only",
  "duplicate-qos0": "every 50th QoS 0 message from a peer is delivered twice"
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
