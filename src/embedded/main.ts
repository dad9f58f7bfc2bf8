import { parseArgs } from 'node:util';
import { exitCodes, messageOf } from '../base/error.ts';
import { Broker, type BrokerOptions } from './broker.ts';
import { isMutant, mutants } from './mutants.ts';
import type { Address } from './peers.ts';

const usage = `embedded-broker: one node of an MQTT 3.1.1 and 5 cluster, the reference that chaos-action's checks are proved on

  --name node1                                    this node's name in the cluster
  --data FOLDER                                   where its journal lives
  --mqtt 127.0.0.1:1883                           MQTT clients (none: no such listener, if another one for clients is named)
  --cluster 127.0.0.1:7001                        the other nodes
  --tls 127.0.0.1:8883                            MQTT clients over TLS (none: no such listener)
  --ws 127.0.0.1:8083                             MQTT clients over WebSocket (none: no such listener)
  --wss 127.0.0.1:8084                            MQTT clients over WebSocket and TLS (none: no such listener)
  --certificates FOLDER                           where ca.pem and key.pem are, or are put (the folder of --data)
  --http 127.0.0.1:9100                           /health and /metrics
  --peers node2=127.0.0.1:7002,node3=...          the other nodes, each at the address to dial (none: a single node)
  --fsync                                         each acknowledgement waits until the disk has it (or EMBEDDED_FSYNC=1)
  --mutant NAME                                   a deliberate defect:
${Object.entries(mutants)
  .map(([name, { does }]) => `      ${name.padEnd(26)}${does}`)
  .join('\n')}
`;

const log = (line: string): void => {
  process.stdout.write(`${new Date().toISOString()} ${line}\n`);
};

function readOptions(): BrokerOptions {
  const text = { type: 'string' } as const;
  const { values } = parseArgs({
    options: {
      name: text,
      mqtt: text,
      cluster: { ...text, default: '127.0.0.1:7001' },
      http: { ...text, default: '127.0.0.1:9100' },
      peers: { ...text, default: '' },
      data: text,
      mutant: text,
      tls: text,
      ws: text,
      wss: text,
      certificates: text,
      fsync: { type: 'boolean', default: process.env.EMBEDDED_FSYNC === '1' },
    },
  });
  const { name, data, mutant } = values;
  if (name === undefined || name === '') throw new Error('--name is missing');
  if (data === undefined || data === '') throw new Error('--data is missing');
  if (mutant !== undefined && mutant !== '' && !isMutant(mutant)) throw new Error(`no mutant is called ${mutant}`);
  return {
    name,
    mqtt: optional(values.mqtt ?? (values.tls || values.ws || values.wss ? undefined : '127.0.0.1:1883')),
    cluster: readAddress(values.cluster),
    http: readAddress(values.http),
    peers: readPeers(values.peers),
    tls: optional(values.tls),
    ws: optional(values.ws),
    wss: optional(values.wss),
    certificateFolder: values.certificates ?? data,
    dataFolder: data,
    fsync: values.fsync,
    mutant: mutant === undefined || mutant === '' ? undefined : mutant,
    log,
  };
}

function optional(text: string | undefined): Address | undefined {
  return text ? readAddress(text) : undefined;
}

function readAddress(text: string): Address {
  const colon = text.lastIndexOf(':');
  const port = Number(text.slice(colon + 1));
  if (colon < 0 || !/^\d+$/.test(text.slice(colon + 1)) || port > 65_535) throw new Error(`not host:port: ${text}`);
  return { host: text.slice(0, colon) || '127.0.0.1', port };
}

function readPeers(text: string): Map<string, Address> {
  const peers = new Map<string, Address>();
  for (const part of text.split(',').filter((piece) => piece.trim() !== '')) {
    const [name = '', address = ''] = part.split('=', 2).map((piece) => piece.trim());
    if (name === '' || peers.has(name)) throw new Error(`not name=host:port: ${part}`);
    peers.set(name, readAddress(address));
  }
  return peers;
}

async function main(): Promise<void> {
  // Whoever reads our lines may go away; that is no reason to.
  process.stdout.on('error', () => {});
  let options: BrokerOptions;
  try {
    options = readOptions();
  } catch (error) {
    process.stderr.write(`${messageOf(error)}\n\n${usage}`);
    process.exit(exitCodes.usage);
  }
  try {
    const broker = new Broker(options);
    const stop = (): void => {
      log('stopping');
      broker.stop().then(
        () => process.exit(0),
        (error: unknown) => {
          log(messageOf(error));
          process.exit(1);
        },
      );
    };
    process.once('SIGTERM', stop);
    process.once('SIGINT', stop);
    await broker.start();
  } catch (error) {
    log(`cannot start: ${messageOf(error)}`);
    process.exit(1);
  }
}

await main();
