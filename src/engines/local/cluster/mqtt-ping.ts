import { generate, parser } from 'mqtt-packet';
import { type Address, dial } from '../../../workload/mqtt/transports.ts';

export type MqttPingTarget = Address & {
  readonly version: 4 | 5;
  readonly username?: string | undefined;
  readonly password?: string | undefined;
};

/** How many clients this process has had. */
let clients = 0;

/** A connection that was ended politely is given this time to close. */
const farewellMs = 500;

/** Why a server refuses a connection, as its CONNACK says it (MQTT 3.1.1, 3.2.2.3; MQTT 5, 3.2.2.2). */
const refusals: Readonly<Record<number, string>> = {
  1: 'unacceptable protocol version',
  2: 'identifier rejected',
  3: 'server unavailable',
  4: 'bad user name or password',
  5: 'not authorized',
  132: 'unsupported protocol version',
  133: 'client identifier not valid',
  134: 'bad user name or password',
  135: 'not authorized',
  136: 'server unavailable',
  137: 'server busy',
  140: 'bad authentication method',
};

/** A CONNACK that refuses, with what its code means. */
export function refusal(code: number | undefined): string {
  const meaning = code === undefined ? undefined : refusals[code];
  return `CONNACK code ${code}${meaning === undefined ? '' : `, ${meaning}`}`;
}

/** An MQTT connection that stays open. */
export type HeldMqtt = {
  /** PINGREQ, PINGRESP. What was wrong, or undefined when it was answered. */
  ping(withinMs: number): Promise<string | undefined>;
  close(): void;
};

/** CONNECT, CONNACK, PINGREQ, PINGRESP on a connection of its own. Resolves with what was wrong, or undefined when the node answered well. */
export async function mqttPing(target: MqttPingTarget, withinMs: number): Promise<string | undefined> {
  const held = await holdMqtt(target, withinMs);
  if (typeof held === 'string') return held;
  held.close();
  return undefined;
}

/** As `mqttPing`, and keeps the connection when the node answered well. */
export function holdMqtt(target: MqttPingTarget, withinMs: number): Promise<HeldMqtt | string> {
  return new Promise((resolve) => {
    const packets = parser({ protocolVersion: target.version });
    /** Told of the next answer or of why there will be none. */
    let waiting: ((wrong?: string) => void) | undefined;
    let ended: string | undefined;
    let farewell: NodeJS.Timeout | undefined;
    const settle = (wrong?: string): void => {
      const told = waiting;
      waiting = undefined;
      told?.(wrong);
    };
    const end = (wrong: string): void => {
      ended ??= wrong;
      transport.destroy();
      settle(ended);
    };
    const answer = (waitMs: number): Promise<string | undefined> =>
      new Promise((answered) => {
        const timer = setTimeout(() => settle(`no MQTT answer within ${waitMs} ms`), waitMs);
        waiting = (wrong) => {
          clearTimeout(timer);
          answered(wrong);
        };
      });
    const held: HeldMqtt = {
      ping(waitMs) {
        if (ended !== undefined) return Promise.resolve(ended);
        transport.write(generate({ cmd: 'pingreq' }));
        return answer(waitMs);
      },
      close() {
        if (ended !== undefined) return;
        ended = 'closed';
        transport.write(generate({ cmd: 'disconnect' }));
        transport.finish();
        farewell = setTimeout(() => transport.destroy(), farewellMs);
        settle(ended);
      },
    };
    answer(withinMs).then((wrong) => {
      if (wrong === undefined) resolve(held);
      else {
        end(wrong);
        resolve(wrong);
      }
    });
    const transport = dial(target, {
      open: () =>
        transport.write(
          generate({
            cmd: 'connect',
            protocolId: 'MQTT',
            protocolVersion: target.version,
            clean: true,
            // At most 23 letters and digits: no server may refuse such an id [MQTT-3.1.3-5].
            clientId: `chaos${process.pid}x${++clients}`,
            // Longer than one that is kept stays without a word.
            keepalive: 3_600,
            ...(target.username === undefined ? {} : { username: target.username }),
            ...(target.password === undefined ? {} : { password: Buffer.from(target.password) }),
          }),
        ),
      data: (data) => packets.parse(data),
      text: () => end('it sent a WebSocket message that is not binary'),
      closed: (error) => {
        clearTimeout(farewell);
        end(error?.message ?? 'the connection was closed');
      },
    });
    packets.on('packet', (packet) => {
      if (packet.cmd === 'connack') {
        const code = target.version === 5 ? packet.reasonCode : packet.returnCode;
        if (code !== 0) end(`it refused the connection: ${refusal(code)}`);
        else transport.write(generate({ cmd: 'pingreq' }));
      } else if (packet.cmd === 'pingresp') settle();
    });
    packets.on('error', (error) => end(`not MQTT: ${error.message}`));
  });
}
