import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);
import {
  effectFor,
  lacking
} from "./chunk-DBRFS25G.js";

// src/engines/local/offers.ts
function localOffer(effect, { cluster, machine, environment }) {
  const described = whyNotDescribed(effect, cluster);
  if (described !== void 0) return { reason: described };
  if (effect.type === "nothing") return { reason: effect.why };
  const { mechanisms, whyNot } = effectFor(effect);
  const lacks = mechanisms.map(({ needs }) => machine && lacking(needs, machine));
  const first = lacks.indexOf(void 0);
  const here = (why) => `${effect.type} cannot be done here: ${why}`;
  if (first < 0) {
    const reasons = [...new Set(lacks.flatMap((lack) => lack?.reason ?? []))];
    return { reason: here(reasons.join(", and ")), hint: lacks[0]?.hint };
  }
  const standing = environment && whyNot?.(effect, environment);
  if (standing !== void 0) return { reason: here(standing) };
  return { mechanism: mechanisms[first]?.name ?? "" };
}
function whyNotDescribed(effect, { nodes, broker }) {
  if (effect.type === "malformed-input" && (broker.mqtt.tls !== void 0 || broker.mqtt.transport !== "tcp"))
    return "broken packets are sent over plain TCP only (broker.mqtt: tls, transport: ws)";
  if (!("paths" in effect)) return void 0;
  if (broker.links === "direct") return "the cluster has no link proxies (broker.links: direct)";
  if (effect.type === "calls" && broker.grpc === false)
    return "no gRPC call is made between the nodes of this broker (broker.grpc: false)";
  if (effect.clients.length > 0) return void 0;
  if (nodes < 2) return "there is no link between nodes: the cluster has one node";
  if (broker.peerPorts.length === 0) return "there is no link between nodes: broker.peer-ports names no port";
  return void 0;
}

export {
  localOffer
};
