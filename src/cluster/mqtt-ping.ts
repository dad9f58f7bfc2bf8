import { connect } from 'node:net';
import { generate, parser } from 'mqtt-packet';

export type MqttPingTarget = {
  readonly host: string;
  readonly port: number;
  readonly version: 4 | 5;
  readonly username?: string | undefined;
  readonly password?: string | undefined;
};

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

function refusal(code: number | undefined): string {
  const meaning = code === undefined ? undefined : refusals[code];
  return `CONNACK code ${code}${meaning === undefined ? '' : `, ${meaning}`}`;
}

/** CONNECT, CONNACK, PINGREQ, PINGRESP on a connection of its own. Resolves with what was wrong, or undefined when the node answered well. */
export function mqttPing(target: MqttPingTarget, withinMs: number): Promise<string | undefined> {
  return new Promise((resolve) => {
    const socket = connect({ host: target.host, port: target.port });
    const packets = parser({ protocolVersion: target.version });
    const finish = (wrong?: string): void => {
      clearTimeout(timer);
      socket.destroy();
      resolve(wrong);
    };
    const timer = setTimeout(() => finish(`no MQTT answer within ${withinMs} ms`), withinMs);
    socket.setNoDelay();
    socket.on('error', (error) => finish(error.message));
    socket.on('close', () => finish('the connection was closed'));
    socket.on('connect', () =>
      socket.write(
        generate({
          cmd: 'connect',
          protocolId: 'MQTT',
          protocolVersion: target.version,
          clean: true,
          // At most 23 letters and digits: no server may refuse such an id [MQTT-3.1.3-5].
          clientId: `chaos${process.pid}x${socket.localPort}`,
          keepalive: 10,
          ...(target.username === undefined ? {} : { username: target.username }),
          ...(target.password === undefined ? {} : { password: Buffer.from(target.password) }),
        }),
      ),
    );
    packets.on('packet', (packet) => {
      if (packet.cmd === 'connack') {
        const code = target.version === 5 ? packet.reasonCode : packet.returnCode;
        if (code !== 0) finish(`it refused the connection: ${refusal(code)}`);
        else socket.write(generate({ cmd: 'pingreq' }));
      } else if (packet.cmd === 'pingresp') {
        socket.write(generate({ cmd: 'disconnect' }));
        finish();
      }
    });
    packets.on('error', (error) => finish(`not MQTT: ${error.message}`));
    socket.on('data', (data) => packets.parse(data));
  });
}
