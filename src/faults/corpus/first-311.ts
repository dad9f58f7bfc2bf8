import type { FirstClass } from './broken-class.ts';
import { bytes, cleanSession, packet, packetId, passwordFlag, payload, someBytes, topic, types } from './bytes.ts';
import { dialectOf } from './dialect.ts';
import { type Connect, connect } from './first.ts';

const { publish, subscribe } = dialectOf(4);

const first = (
  name: string,
  breaks: string,
  make: FirstClass['make'],
  manner?: NonNullable<FirstClass['manner']>,
): FirstClass => ({ name, breaks, sent: 'first', make, ...(manner === undefined ? {} : { manner }) });

const wrongConnect = (name: string, breaks: string, said: Connect): FirstClass =>
  first(name, breaks, (random) => connect(random, 4, said));

/** First bytes that MQTT 3.1.1 alone forbids, or that are of no level. */
export const firstOf311: readonly FirstClass[] = [
  wrongConnect('protocol-level-0', 'MQTT-3.1.2-2', { level: 0 }),
  wrongConnect('protocol-level-6', 'MQTT-3.1.2-2', { level: 6 }),
  wrongConnect('protocol-level-255', 'MQTT-3.1.2-2', { level: 255 }),
  // MQTT 5 allows both (5.0: 3.1.2.9, 3.1.3.1).
  wrongConnect('password-without-user-name', 'MQTT-3.1.2-22', { flags: cleanSession | passwordFlag, rest: ['secret'] }),
  wrongConnect('client-id-empty-and-session-kept', 'MQTT-3.1.3-8', { flags: 0, clientId: '' }),
  first('remaining-length-of-5-bytes', '2.2.3', () => Buffer.from([types.connect << 4, 0xff, 0xff, 0xff, 0xff, 0x01])),
  first('remaining-length-without-end', '2.2.3', () => Buffer.alloc(64, 0xff).fill(types.connect << 4, 0, 1)),
  // Not CONNECT.
  first('publish-before-connect', 'MQTT-3.1.0-1', () => publish(0, topic, undefined, payload)),
  first('subscribe-before-connect', 'MQTT-3.1.0-1', (random) => subscribe(packetId(random), topic, 0)),
  first('pingreq-before-connect', 'MQTT-3.1.0-1', () => packet(types.pingreq, 0)),
  first('disconnect-before-connect', 'MQTT-3.1.0-1', () => packet(types.disconnect, 0)),
  first('connack-before-connect', 'MQTT-3.1.0-1', () => packet(types.connack, 0, 0, 0)),
  // No MQTT at all, and MQTT that does not end.
  first('http-request', 'MQTT-3.1.0-1', () =>
    Buffer.from('GET / HTTP/1.1\r\nHost: broker\r\nConnection: Upgrade\r\n\r\n'),
  ),
  first('tls-hello', 'MQTT-3.1.0-1', (random) =>
    bytes(
      Buffer.from('16030100f1010000ed0303', 'hex'),
      someBytes(random, 32),
      0,
      Buffer.from('0004130113020100', 'hex'),
    ),
  ),
  first('zeros', 'MQTT-3.1.0-1', () => Buffer.alloc(128)),
  first('garbage', 'MQTT-3.1.0-1', (random) => someBytes(random, 1 + random.below(150))),
  first('connect-that-drips', '3.1, not ended', (random) => connect(random, 4).subarray(0, 12), 'drip'),
  first(
    'connect-half-sent-and-half-closed',
    '3.1, not ended',
    (random) => connect(random, 4).subarray(0, 16),
    'half-open',
  ),
];
