// A broker of MQTT 3.1.1 at QoS 0 and 1 whose nodes hand messages to one another by gRPC: node broker.mjs MQTT-PORT GRPC-PORT
// PEER... [--no-retry]. It acknowledges a message when every peer has it, and calls a peer that failed again; with --no-retry it
// acknowledges all the same, which is a defect that only a failing call can show.
import { createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import grpc from '@grpc/grpc-js';
import mqtt from 'mqtt-packet';

const [mqttPort, grpcPort, ...rest] = process.argv.slice(2);
const retries = !rest.includes('--no-retry');
const raw = (bytes) => bytes;
const method = '/proto.ClusterService/ForwardPublish';
const peers = rest
  .filter((argument) => !argument.startsWith('--'))
  .map(
    (address) => new grpc.Client(address, grpc.credentials.createInsecure(), { 'grpc.max_reconnect_backoff_ms': 500 }),
  );
const sessions = new Set();

function call(peer, bytes) {
  return new Promise((resolve) => {
    peer.makeUnaryRequest(method, raw, raw, bytes, { deadline: Date.now() + 2_000 }, (error) => resolve(!error));
  });
}

async function forward(peer, bytes) {
  while (!(await call(peer, bytes)) && retries) await sleep(20);
}

function deliver(topic, payload, qos) {
  for (const session of sessions) {
    const granted = Math.max(-1, ...[...session.filters].map(([filter, max]) => (matches(filter, topic) ? max : -1)));
    if (granted < 0) continue;
    session.messageId = (session.messageId % 65_535) + 1;
    const packet = { cmd: 'publish', topic, payload, qos: Math.min(qos, granted), messageId: session.messageId };
    session.socket.write(mqtt.generate(packet));
  }
}

function matches(filter, topic) {
  const [wanted, given] = [filter.split('/'), topic.split('/')];
  const whole = wanted.at(-1) === '#' ? wanted.length - 1 : Math.max(wanted.length, given.length);
  return wanted.slice(0, whole).every((level, i) => given[i] !== undefined && (level === '+' || level === given[i]));
}

async function publish(session, { topic, payload, qos, messageId }) {
  const head = Buffer.from(`${JSON.stringify({ topic, qos })}\n`);
  const bytes = Buffer.concat([head, payload]);
  deliver(topic, payload, qos);
  // One message of a client after the other, so that peers see them in order.
  session.sent = session.sent.then(() => Promise.all(peers.map((peer) => forward(peer, bytes))));
  await session.sent;
  if (qos === 1) session.socket.write(mqtt.generate({ cmd: 'puback', messageId }));
}

createServer({ noDelay: true }, (socket) => {
  const session = { socket, filters: new Map(), messageId: 0, sent: Promise.resolve() };
  const parser = mqtt.parser({ protocolVersion: 4 });
  const say = (packet) => socket.write(mqtt.generate(packet));
  const handlers = {
    connect(packet) {
      if (packet.protocolVersion !== 4) return socket.end(mqtt.generate({ cmd: 'connack', returnCode: 1 }));
      sessions.add(session);
      say({ cmd: 'connack', returnCode: 0, sessionPresent: false });
    },
    subscribe({ subscriptions, messageId }) {
      for (const { topic, qos } of subscriptions) session.filters.set(topic, Math.min(qos, 1));
      say({ cmd: 'suback', messageId, granted: subscriptions.map(({ qos }) => Math.min(qos, 1)) });
    },
    unsubscribe({ unsubscriptions, messageId }) {
      for (const topic of unsubscriptions) session.filters.delete(topic);
      say({ cmd: 'unsuback', messageId });
    },
    publish: (packet) => (packet.qos === 2 ? socket.destroy() : void publish(session, packet)),
    pingreq: () => say({ cmd: 'pingresp' }),
    disconnect: () => socket.end(),
  };
  parser.on('packet', (packet) => handlers[packet.cmd]?.(packet));
  parser.on('error', () => socket.destroy());
  socket.on('data', (chunk) => parser.parse(chunk));
  socket.on('error', () => {});
  socket.on('close', () => sessions.delete(session));
}).listen(Number(mqttPort), '127.0.0.1');

const server = new grpc.Server();
const shape = { path: method, requestStream: false, responseStream: false };
const serializers = {
  requestSerialize: raw,
  requestDeserialize: raw,
  responseSerialize: raw,
  responseDeserialize: raw,
};
server.addService(
  { ForwardPublish: { ...shape, ...serializers } },
  {
    ForwardPublish({ request }, answer) {
      const end = request.indexOf('\n');
      const { topic, qos } = JSON.parse(request.subarray(0, end).toString());
      deliver(topic, request.subarray(end + 1), qos);
      answer(null, Buffer.alloc(0));
    },
  },
);
server.bindAsync(`127.0.0.1:${grpcPort}`, grpc.ServerCredentials.createInsecure(), (error) => {
  if (error) throw error;
});
