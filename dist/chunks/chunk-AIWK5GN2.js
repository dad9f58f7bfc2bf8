import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);
import {
  connected,
  createClient,
  ended
} from "./chunk-DDAFSB75.js";
import {
  messageOf
} from "./chunk-EV4V3EIO.js";

// src/workload/features.ts
import { randomBytes } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
var withinMs = 3e3;
var ordinaryMessages = 5;
var betweenMs = 100;
var probes = {
  ...{ qos2, mqtt5, retained, wills, sharedSubscriptions },
  persistentSessions: (endpoint, clientId) => sessionOnReturn(endpoint, clientId, { subscribe: true }),
  emptySessions: (endpoint, clientId) => sessionOnReturn(endpoint, clientId, { subscribe: false })
};
async function probeFeatures(endpoint, another) {
  const tried = {
    ...probes,
    ...another && {
      sessionsMove: (at, clientId) => sessionOnReturn(at, clientId, { subscribe: true, another }),
      groupsSpan: (at, clientId) => groupOver(at, another, clientId)
    }
  };
  const names = Object.keys(tried);
  const prefix = `chaos-feature-${randomBytes(4).toString("hex")}`;
  const seen = await Promise.all(
    names.map(async (name) => {
      const probe = tried[name];
      return probe(endpoint, `${prefix}-${name}`).catch(() => probe(endpoint, `${prefix}-${name}-again`)).catch((error) => ({ available: false, seen: messageOf(error) }));
    })
  );
  return Object.fromEntries(names.map((name, i) => [name, seen[i]]));
}
async function qos2(endpoint, clientId) {
  return withClient(endpoint, { clientId, clean: true }, async (client) => {
    const [grant] = await client.subscribeAsync(clientId, { qos: 2 });
    const granted = grant?.qos ?? 128;
    const published = await new Promise((resolve) => {
      client.once(
        "close",
        () => resolve({ available: false, seen: "the connection was closed after a QoS 2 PUBLISH" })
      );
      const late = setTimeout(() => resolve({ available: false, seen: `no PUBCOMP within ${withinMs} ms` }), withinMs);
      client.publish(clientId, "x", { qos: 2 }, (error) => {
        clearTimeout(late);
        resolve(error ? { available: false, seen: error.message } : { available: true, seen: "PUBCOMP" });
      });
    });
    if (!published.available)
      return { available: false, seen: `${published.seen}; a QoS 2 subscription is granted QoS ${granted}` };
    return granted === 2 ? { available: true, seen: "PUBCOMP, and a QoS 2 subscription is granted QoS 2" } : { available: false, seen: `a QoS 2 subscription is granted QoS ${granted}` };
  });
}
async function mqtt5(endpoint, clientId) {
  return withClient({ ...endpoint, version: 5 }, { clientId, clean: true }, async () => ({
    available: true,
    seen: "CONNACK with version 5"
  }));
}
async function retained(endpoint, clientId) {
  return withClient(endpoint, { clientId, clean: true }, async (client) => {
    await within(client.publishAsync(clientId, "kept", { qos: 1, retain: true }), "PUBACK");
    const seen = await arrives(client, clientId, {
      ask: () => client.subscribeAsync(clientId, { qos: 1 }),
      wanted: ({ retain }) => retain
    });
    await within(client.publishAsync(clientId, "", { qos: 1, retain: true }), "PUBACK").catch(() => {
    });
    return seen ? { available: true, seen: "a new subscriber got the retained message" } : { available: false, seen: "no retained message arrived" };
  });
}
async function wills(endpoint, clientId) {
  return withClient(endpoint, { clientId, clean: true }, async (client) => {
    await client.subscribeAsync(clientId, { qos: 1 });
    let got = Promise.resolve(false);
    await withClient(
      endpoint,
      {
        clientId: `${clientId}-dying`,
        clean: true,
        will: { topic: clientId, payload: Buffer.from("gone"), qos: 1, retain: false }
      },
      async (dying) => {
        got = message(client);
        dying.stream.destroy();
      }
    );
    return await got ? { available: true, seen: "sent when its client vanished" } : { available: false, seen: "not sent when its client vanished" };
  });
}
async function sharedSubscriptions(endpoint, clientId) {
  const at5 = await sharedAt({ ...endpoint, version: 5 }, clientId).catch(() => void 0);
  return at5 ?? sharedAt(endpoint, clientId);
}
async function sharedAt(endpoint, clientId) {
  return withClient(endpoint, { clientId, clean: true }, async (client) => {
    const [grant] = await client.subscribeAsync(`$share/group/${clientId}`, { qos: 1 });
    if (grant === void 0 || grant.qos === 128) return { available: false, seen: "refused" };
    const seen = await arrives(client, clientId, {
      ask: () => within(client.publishAsync(clientId, "x", { qos: 1 }), "PUBACK"),
      wanted: () => true
    });
    return seen ? { available: true, seen: "a member got the message" } : { available: false, seen: "granted, but nothing arrived" };
  });
}
var [groupMessages, groupSettlesMs] = [6, 500];
async function groupOver(endpoint, another, clientId) {
  const [here, there] = [endpoint, another].map((at) => ({ ...at, version: 5 }));
  return withClient(
    here,
    { clientId, clean: true },
    (first) => withClient(there, { clientId: `${clientId}-2`, clean: true }, async (second) => {
      const got = [first, second].map((client) => {
        const texts = /* @__PURE__ */ new Set();
        client.on("message", (_topic, payload) => texts.add(payload.toString()));
        return texts;
      });
      for (const client of [first, second]) await client.subscribeAsync(`$share/group/${clientId}`, { qos: 1 });
      await sleep(groupSettlesMs);
      for (let i = 0; i < groupMessages; i++)
        await within(first.publishAsync(clientId, String(i), { qos: 1 }), "PUBACK");
      await sleep(groupSettlesMs);
      const both = [...got[0]].filter((text) => got[1].has(text)).length;
      return both === groupMessages ? { available: false, seen: `a member at each of two nodes got each of ${groupMessages} messages` } : {
        available: true,
        seen: `${got[0].size} and ${got[1].size} of ${groupMessages} messages came to the members at two nodes`
      };
    })
  );
}
async function sessionOnReturn(endpoint, clientId, { subscribe, another = endpoint }) {
  await withClient(endpoint, { clientId, clean: false }, async (client) => {
    if (subscribe) await client.subscribeAsync(clientId, { qos: 1 });
  });
  const present = await withClient(another, { clientId, clean: false }, async (_, connack) => connack.sessionPresent);
  for (const at of /* @__PURE__ */ new Set([endpoint, another]))
    await withClient(at, { clientId, clean: true }, async () => void 0).catch(() => {
    });
  return present ? { available: true, seen: "session present = 1 on return" } : { available: false, seen: "session present = 0 on return" };
}
async function withClient(endpoint, options, use) {
  const client = createClient(endpoint, options);
  client.options.reconnectPeriod = 0;
  try {
    client.connect();
    const connack = await connected(client, withinMs);
    return await within(use(client, connack), "an answer", withinMs * 3);
  } finally {
    await ended(client, { force: !client.connected });
  }
}
function message(client) {
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(false), withinMs);
    client.once("message", () => {
      clearTimeout(timer);
      resolve(true);
    });
  });
}
async function arrives(client, clientId, { ask, wanted }) {
  const ordinary = `${clientId}/ordinary`;
  const ended2 = new AbortController();
  let heard = () => {
  };
  const got = new Promise((resolve) => {
    client.on("message", (topic, _payload, packet) => {
      if (topic === ordinary) heard();
      else if (wanted(packet)) resolve(true);
    });
  });
  await ask();
  const overtaken = async () => {
    await client.subscribeAsync(ordinary, { qos: 1 });
    for (let i = 0; i < ordinaryMessages; i++) {
      const arrived = new Promise((resolve) => {
        heard = resolve;
      });
      await client.publishAsync(ordinary, "x", { qos: 1 });
      await arrived;
      await sleep(betweenMs, void 0, { signal: ended2.signal });
      await ask();
    }
    return false;
  };
  const late = sleep(withinMs, false, { signal: ended2.signal });
  try {
    return await Promise.race([got, late, overtaken().catch(() => late)]);
  } finally {
    ended2.abort();
    await late.catch(() => {
    });
  }
}
function within(promise, what, ms = withinMs) {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`no ${what} within ${ms} ms`)), ms);
    promise.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}

export {
  probeFeatures
};
