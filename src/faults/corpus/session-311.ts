import type { SessionClass } from './broken-class.ts';
import { packet, packetId, payload, someBytes, topic, types } from './bytes.ts';
import { dialectOf } from './dialect.ts';

const { subscribe } = dialectOf(4);
const inMqtt5 = dialectOf(5);

const session = (name: string, breaks: string, make: SessionClass['make']): SessionClass => ({
  name,
  breaks,
  sent: 'session',
  level: 4,
  make,
});

/** What is wrong in a session of MQTT 3.1.1 alone: much of it is right in MQTT 5. */
export const sessionOf311: readonly SessionClass[] = [
  session('disconnect-with-body', '3.14', (random) => packet(types.disconnect, 0, someBytes(random, 4))),
  session('disconnect-in-the-form-of-5', '3.14', () => packet(types.disconnect, 0, 4, 0)),
  session('puback-in-the-form-of-5', '3.4', (random) => packet(types.puback, 0, packetId(random), 0x10, 0)),
  session('pubrel-in-the-form-of-5', '3.6', (random) => packet(types.pubrel, 2, packetId(random), 0x92, 0)),
  session('subscribe-in-the-form-of-5', '3.8.3', (random) =>
    packet(types.subscribe, 2, packetId(random), 2, 0x0b, 1, topic, 0),
  ),
  session('publish-in-the-form-of-5', '3.3.3, allowed', (random) =>
    inMqtt5.publish(0x02, topic, packetId(random), payload),
  ),
  session('auth-in-a-session', '2.2.1', () => packet(types.auth, 0, 0x18, 0)),
  // MQTT 3.1.1 knows no shared subscriptions, brokers do in its sessions too.
  session('subscribe-shared-without-name', '5.0 MQTT-4.8.2-1', (random) =>
    subscribe(packetId(random), '$share//chaos-broken', 0),
  ),
  session('subscribe-shared-without-filter', '5.0 MQTT-4.8.2-2', (random) =>
    subscribe(packetId(random), '$share/g', 0),
  ),
  session('subscribe-shared-with-wildcard-name', '5.0 MQTT-4.8.2-2', (random) =>
    subscribe(packetId(random), '$share/+/chaos-broken', 0),
  ),
];
