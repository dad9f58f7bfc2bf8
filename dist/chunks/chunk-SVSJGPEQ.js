import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);

// src/embedded/mutants.ts
var both = [4, 5];
var five = [5];
var mutants = {
  "corrupt-forward": {
    does: "every 50th payload forwarded to a peer has one byte altered",
    ...{ invariant: "integrity", scenario: "quiet", profile: "stream", versions: both },
    report: "nats-io/nats-server#7622"
  },
  "mix-payloads": {
    does: "every 50th message forwarded to a peer carries the payload of the one before",
    ...{ invariant: "integrity", scenario: "quiet", profile: "stream", versions: both },
    report: "hivemq/hivemq-community-edition#291"
  },
  "ignore-unsubscribe": {
    does: "UNSUBSCRIBE is acknowledged, and the subscription stays",
    ...{ invariant: "integrity", scenario: "quiet", profile: "unsubscribe", versions: both },
    report: "nats-io/nats-server#2061"
  },
  "ack-before-store": {
    does: "PUBACK and PUBREC go out at once; storing and forwarding follow 250 ms later",
    ...{ invariant: "no-acknowledged-loss", scenario: "restart", profile: "stream", versions: both },
    report: "vernemq/vernemq#1700"
  },
  "forget-outbox": {
    does: "what peers have yet to receive is kept in memory only, and sent 250 ms later",
    ...{ invariant: "no-acknowledged-loss", scenario: "restart", profile: "stream", versions: both },
    report: "vernemq/vernemq#1577"
  },
  "local-wildcards": {
    does: "a message from a peer reaches exact filters only",
    ...{ invariant: "no-acknowledged-loss", scenario: "quiet", profile: "stream", versions: both }
  },
  "bound-queue": {
    does: "the session of an absent client keeps five messages; more are acknowledged and dropped",
    ...{ invariant: "no-acknowledged-loss", scenario: "quiet", profile: "stream", versions: both },
    report: "eclipse-mosquitto/mosquitto#3687"
  },
  "duplicate-qos0": {
    does: "every 50th QoS 0 message from a peer is delivered twice",
    ...{ invariant: "at-most-once", scenario: "quiet", profile: "stream", versions: both },
    report: "processone/ejabberd#3750"
  },
  "own-broadcast": {
    does: "a node also takes the QoS 0 messages that it has sent to its peers itself",
    ...{ invariant: "at-most-once", scenario: "quiet", profile: "stream", versions: both },
    report: "Wizzercn/MqttWk#3"
  },
  "redeliver-qos2": {
    does: "peers are confirmed 250 ms later, and what was applied is forgotten when the link is made again",
    ...{ invariant: "exactly-once", scenario: "restart", profile: "stream", versions: both },
    report: "rmqtt/rmqtt#458"
  },
  "apply-twice": {
    does: "every 50th message from a peer is applied twice",
    ...{ invariant: "exactly-once", scenario: "quiet", profile: "stream", versions: both },
    report: "vernemq/vernemq#944"
  },
  "forget-qos2-ids": {
    does: "the ids of QoS 2 messages that were received are kept in memory only, and PUBREC goes out 250 ms later",
    ...{ invariant: "exactly-once", scenario: "restart", profile: "stream", versions: both },
    report: "rmqtt/rmqtt#456"
  },
  "reorder-after-reconnect": {
    does: "a resumed session gets its backlog slowly, and newer live messages in between",
    ...{ invariant: "ordering", scenario: "quiet", profile: "stream", versions: both },
    report: "moscajs/aedes#649"
  },
  "newest-first": {
    does: "a resumed session gets its backlog from the last message to the first",
    ...{ invariant: "ordering", scenario: "quiet", profile: "stream", versions: both },
    report: "erlio/vmq_server#28"
  },
  "deliver-at-grant": {
    does: "a message is delivered at the granted QoS, also where it was published at a lower one",
    ...{ invariant: "delivered-qos", scenario: "quiet", profile: "stream", versions: both },
    report: "moscajs/mosca#769"
  },
  "downgrade-queued": {
    does: "what is queued for an absent client is delivered at QoS 1 at most",
    ...{ invariant: "delivered-qos", scenario: "quiet", profile: "stream", versions: both },
    report: "nats-io/nats-server#8414"
  },
  "downgrade-forward": {
    does: "a message is forwarded to peers at QoS 1 at most",
    ...{ invariant: "delivered-qos", scenario: "quiet", profile: "stream", versions: both }
  },
  "forget-session": {
    does: "a returning session has lost its subscriptions and queue, yet CONNACK says session present",
    ...{ invariant: "session-state", scenario: "quiet", profile: "stream", versions: both },
    report: "rmqtt/rmqtt#475"
  },
  "deny-session": {
    does: "CONNACK says no session present to a client for which messages are queued",
    ...{ invariant: "session-state", scenario: "quiet", profile: "stream", versions: both },
    report: "rabbitmq/rabbitmq-mqtt#61"
  },
  "invent-session": {
    does: "CONNACK always says session present",
    ...{ invariant: "session-state", scenario: "quiet", profile: "stream", versions: both },
    report: "dotnet/MQTTnet#613"
  },
  "forget-sessions": {
    does: "a node that starts again has no sessions",
    ...{ invariant: "session-state", scenario: "restart", profile: "stream", versions: both },
    report: "emqx/emqx#931"
  },
  "keep-older-here": {
    does: "a new connection at the same node leaves the older one open",
    ...{ invariant: "single-session", scenario: "quiet", profile: "handover", versions: both },
    report: "robustmq/robustmq#2057"
  },
  "keep-older-elsewhere": {
    does: "a new connection at another node leaves the older one open",
    ...{ invariant: "single-session", scenario: "quiet", profile: "handover", versions: both },
    report: "moquette-io/moquette#376"
  },
  "keep-deleted-retained": {
    does: "a retained message that is deleted at another node stays",
    ...{ invariant: "retained-convergence", scenario: "quiet", profile: "retained", versions: both },
    report: "nats-io/nats-server#2179"
  },
  "retained-of-first-node": {
    does: "a retained message is not replaced by one that was published at another node",
    ...{ invariant: "retained-convergence", scenario: "quiet", profile: "retained", versions: both },
    report: "emqx/emqx#1710"
  },
  "forget-retained": {
    does: "a node that starts again has no retained messages",
    ...{ invariant: "retained-convergence", scenario: "restart", profile: "retained", versions: both },
    report: "vernemq/vernemq#1674"
  },
  "will-after-disconnect": {
    does: "the will is published also after DISCONNECT",
    ...{ invariant: "will-once", scenario: "quiet", profile: "will", versions: both },
    report: "Yakifo/amqtt#199"
  },
  "will-twice": {
    does: "the will is published twice",
    ...{ invariant: "will-once", scenario: "quiet", profile: "will", versions: both },
    report: "moscajs/aedes#109"
  },
  "no-will-on-takeover": {
    does: "no will is published when a new connection replaces the one before",
    ...{ invariant: "will-once", scenario: "quiet", profile: "will", versions: both },
    report: "eclipse-mosquitto/mosquitto#1946"
  },
  "no-will-on-timeout": {
    does: "no will is published when the keep alive runs out",
    ...{ invariant: "will-once", scenario: "quiet", profile: "will", versions: both },
    report: "eclipse-mosquitto/mosquitto#1143"
  },
  "ignore-will-delay": {
    does: "the will is published at once, whatever its delay",
    ...{ invariant: "will-once", scenario: "quiet", profile: "will", versions: five },
    report: "vernemq/vernemq#1298"
  },
  "share-with-two": {
    does: "a message for a shared group goes to a member at each of two nodes",
    ...{ invariant: "shared-delivery", scenario: "quiet", profile: "shared", versions: five },
    report: "emqx/emqx#752"
  },
  "share-with-absent": {
    does: "a message for a shared group is lost when it is the turn of a member that is away",
    ...{ invariant: "shared-delivery", scenario: "quiet", profile: "shared", versions: five },
    report: "emqx/emqx#3059"
  },
  "forget-publish": {
    does: "an unacknowledged PUBLISH is not sent again",
    ...{ invariant: "resend", scenario: "quiet", profile: "inflight", versions: both },
    report: "Yakifo/amqtt#401"
  },
  "forget-pubrel": {
    does: "an unacknowledged PUBREL is not sent again",
    ...{ invariant: "resend", scenario: "quiet", profile: "inflight", versions: both },
    report: "eclipse-mosquitto/mosquitto#1454"
  },
  "release-unreceived": {
    does: "a QoS 2 PUBLISH for which no PUBREC came is followed by PUBREL on the next connection, and not sent again",
    ...{ invariant: "resend", scenario: "quiet", profile: "inflight", versions: both },
    report: "nats-io/nats-server#8414"
  },
  "resend-without-dup": {
    does: "a PUBLISH is sent again without DUP",
    ...{ invariant: "resend", scenario: "quiet", profile: "inflight", versions: both },
    report: "emqx/emqx#1562"
  },
  "resend-under-new-id": {
    does: "a PUBLISH is sent again as a new one, with a new packet id",
    ...{ invariant: "resend", scenario: "quiet", profile: "inflight", versions: both },
    report: "cloudamqp/lavinmq#2233"
  },
  "deliver-expired": {
    does: "a message that has expired in the queue is delivered",
    ...{ invariant: "expiry", scenario: "quiet", profile: "expiry", versions: five },
    report: "emqx/emqx#18176"
  },
  "freeze-expiry": {
    does: "the message expiry interval is passed on as it was published",
    ...{ invariant: "expiry", scenario: "quiet", profile: "expiry", versions: five },
    report: "hivemq/hivemq-community-edition#616"
  },
  "keep-expired-session": {
    does: "a session does not expire",
    ...{ invariant: "expiry", scenario: "quiet", profile: "expiry", versions: five },
    report: "eclipse-mosquitto/mosquitto#2546"
  },
  "short-suback": {
    does: "the first SUBACK of a session has a code less than SUBSCRIBE has filters, if there are several",
    ...{ invariant: "protocol", scenario: "quiet", profile: "stream", versions: both },
    report: "nanomq/nanomq#180"
  },
  "dup-at-qos0": {
    does: "DUP is set at QoS 0",
    ...{ invariant: "protocol", scenario: "quiet", profile: "stream", versions: both },
    report: "cloudamqp/lavinmq#1047"
  },
  "reuse-packet-id": {
    does: "packet ids are taken from four in turn, also those in flight",
    ...{ invariant: "protocol", scenario: "quiet", profile: "inflight", versions: both },
    report: "wolfSSL/wolfMQTT#614"
  },
  "count-pings-only": {
    does: "the keep alive counts PINGREQ only, so that a busy client is thrown out",
    ...{ invariant: "no-unprovoked-disconnect", scenario: "quiet", profile: "stream", versions: both },
    report: "moscajs/mosca#45"
  },
  "ignore-ping": {
    does: "PINGREQ is not answered any more when a connection has lasted for a second",
    ...{ invariant: "no-unprovoked-disconnect", scenario: "quiet", profile: "stream", versions: both },
    report: "vernemq/vernemq#764"
  },
  "never-redial": {
    does: "a lost peer link is never dialled again",
    ...{ invariant: "liveness", scenario: "restart", profile: "stream", versions: both },
    report: "vernemq/vernemq#1363"
  },
  "one-way-link": {
    does: "a lost peer link is made again in one direction only",
    ...{ invariant: "liveness", scenario: "restart", profile: "stream", versions: both },
    report: "vernemq/vernemq#58"
  }
};
function isMutant(name) {
  return Object.hasOwn(mutants, name);
}
var mutantDelayMs = 250;
var mutantQueueLimit = 5;
var mutantIds = 4;

export {
  mutants,
  isMutant,
  mutantDelayMs,
  mutantQueueLimit,
  mutantIds
};
