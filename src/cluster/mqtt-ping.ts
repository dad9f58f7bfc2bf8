import { connect } from 'node:net';
import { generate, parser } from 'mqtt-packet';

export type MqttPingTarget = {
  readonly host: string;
  readonly port: number;
  readonly version: 4 | 5;
  readonly username?: string | undefined;
  readonly password?: string | undefined;
};

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
          clientId: `chaos-ping-${process.pid}-${socket.localPort}`,
          keepalive: 10,
          ...(target.username === undefined ? {} : { username: target.username }),
          ...(target.password === undefined ? {} : { password: Buffer.from(target.password) }),
        }),
      ),
    );
    packets.on('packet', (packet) => {
      if (packet.cmd === 'connack') {
        const code = target.version === 5 ? packet.reasonCode : packet.returnCode;
        if (code !== 0) finish(`CONNACK refused with code ${code}`);
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
