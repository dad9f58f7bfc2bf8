// A gRPC server and client on @grpc/grpc-js: see ../grpc-peers.ts for what they say.
import { createInterface } from 'node:readline';
import grpc from '@grpc/grpc-js';

const raw = (bytes) => bytes;
const path = (method) => `/chaos.Test/${method}`;
const limits = { 'grpc.max_receive_message_length': -1, 'grpc.max_send_message_length': -1 };
const answersOfMany = 10;

function serve() {
  const shape = (method, requestStream, responseStream) => ({
    path: path(method),
    requestStream,
    responseStream,
    requestSerialize: raw,
    requestDeserialize: raw,
    responseSerialize: raw,
    responseDeserialize: raw,
  });
  const server = new grpc.Server(limits);
  const echo = ({ request }, answer) => answer(null, request);
  server.addService(
    {
      Echo: shape('Echo', false, false),
      Other: shape('Other', false, false),
      Many: shape('Many', false, true),
      Chat: shape('Chat', true, true),
    },
    {
      Echo: echo,
      Other: echo,
      Many(call) {
        for (let i = 0; i < answersOfMany; i++) call.write(call.request);
        call.end();
      },
      Chat(call) {
        call.on('data', (message) => call.write(message));
        call.on('end', () => call.end());
      },
    },
  );
  server.bindAsync('127.0.0.1:0', grpc.ServerCredentials.createInsecure(), (error, port) => {
    if (error) throw error;
    console.log(JSON.stringify({ port }));
  });
  process.stdin.resume().on('end', () => process.exit());
}

function dial(port) {
  const client = new grpc.Client(`127.0.0.1:${port}`, grpc.credentials.createInsecure(), limits);
  createInterface({ input: process.stdin })
    .on('line', async (line) => console.log(JSON.stringify(await work(client, JSON.parse(line)))))
    .on('close', () => process.exit());
}

async function work(client, { method, count, concurrency, bytes, deadlineMs }) {
  const statuses = {};
  const messages = new Set();
  const tookMs = [];
  let wrong = 0;
  let begun = 0;
  const one = async (i) => {
    const payload = Buffer.alloc(bytes, i % 251);
    const startMs = performance.now();
    const { error, answers } = await ask(client, method, payload, deadlineMs);
    tookMs.push(performance.now() - startMs);
    const status = error ? grpc.status[error.code] : 'OK';
    statuses[status] = (statuses[status] ?? 0) + 1;
    if (error) messages.add(error.details);
    else if (answers.length !== expected(method) || answers.some((answer) => !answer.equals(payload))) wrong++;
  };
  await Promise.all(
    Array.from({ length: concurrency }, async () => {
      while (begun < count) await one(begun++);
    }),
  );
  tookMs.sort((a, b) => a - b);
  return { statuses, messages: [...messages], wrong, minMs: tookMs[0], medianMs: tookMs[tookMs.length >> 1] };
}

const expected = (method) => (method === 'Many' ? answersOfMany : method === 'Chat' ? 5 : 1);

function ask(client, method, payload, deadlineMs) {
  const options = { deadline: Date.now() + deadlineMs };
  return new Promise((resolve) => {
    if (method === 'Echo' || method === 'Other') {
      client.makeUnaryRequest(path(method), raw, raw, payload, options, (error, answer) =>
        resolve({ error, answers: [answer] }),
      );
      return;
    }
    const answers = [];
    const call =
      method === 'Many'
        ? client.makeServerStreamRequest(path(method), raw, raw, payload, options)
        : client.makeBidiStreamRequest(path(method), raw, raw, options);
    call.on('data', (answer) => {
      answers.push(answer);
      if (method !== 'Chat') return;
      if (answers.length < expected(method)) call.write(payload);
      else call.end();
    });
    call.on('error', (error) => resolve({ error, answers }));
    call.on('end', () => resolve({ answers }));
    if (method === 'Chat') call.write(payload);
  });
}

const [role, port] = process.argv.slice(2);
if (role === 'serve') serve();
else dial(port);
