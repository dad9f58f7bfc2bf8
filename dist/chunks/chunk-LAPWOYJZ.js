import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);
import {
  dial
} from "./chunk-YHUKQ7V4.js";
import {
  require_mqtt
} from "./chunk-53UEWYNP.js";
import {
  __toESM
} from "./chunk-6DG7BXTN.js";

// src/engines/local/cluster/mqtt-ping.ts
var import_mqtt_packet = __toESM(require_mqtt(), 1);
var clients = 0;
var farewellMs = 500;
var refusals = {
  1: "unacceptable protocol version",
  2: "identifier rejected",
  3: "server unavailable",
  4: "bad user name or password",
  5: "not authorized",
  132: "unsupported protocol version",
  133: "client identifier not valid",
  134: "bad user name or password",
  135: "not authorized",
  136: "server unavailable",
  137: "server busy",
  140: "bad authentication method"
};
function refusal(code) {
  const meaning = code === void 0 ? void 0 : refusals[code];
  return `CONNACK code ${code}${meaning === void 0 ? "" : `, ${meaning}`}`;
}
async function mqttPing(target, withinMs) {
  const held = await holdMqtt(target, withinMs);
  if (typeof held === "string") return held;
  held.close();
  return void 0;
}
function holdMqtt(target, withinMs) {
  return new Promise((resolve) => {
    const packets = (0, import_mqtt_packet.parser)({ protocolVersion: target.version });
    let waiting;
    let ended;
    let farewell;
    const settle = (wrong) => {
      const told = waiting;
      waiting = void 0;
      told?.(wrong);
    };
    const end = (wrong) => {
      ended ??= wrong;
      transport.destroy();
      settle(ended);
    };
    const answer = (waitMs) => new Promise((answered) => {
      const timer = setTimeout(() => settle(`no MQTT answer within ${waitMs} ms`), waitMs);
      waiting = (wrong) => {
        clearTimeout(timer);
        answered(wrong);
      };
    });
    const held = {
      ping(waitMs) {
        if (ended !== void 0) return Promise.resolve(ended);
        transport.write((0, import_mqtt_packet.generate)({ cmd: "pingreq" }));
        return answer(waitMs);
      },
      close() {
        if (ended !== void 0) return;
        ended = "closed";
        transport.write((0, import_mqtt_packet.generate)({ cmd: "disconnect" }));
        transport.finish();
        farewell = setTimeout(() => transport.destroy(), farewellMs);
        settle(ended);
      }
    };
    answer(withinMs).then((wrong) => {
      if (wrong === void 0) resolve(held);
      else {
        end(wrong);
        resolve(wrong);
      }
    });
    const transport = dial(target, {
      open: () => transport.write(
        (0, import_mqtt_packet.generate)({
          cmd: "connect",
          protocolId: "MQTT",
          protocolVersion: target.version,
          clean: true,
          // At most 23 letters and digits: no server may refuse such an id [MQTT-3.1.3-5].
          clientId: `chaos${process.pid}x${++clients}`,
          // Longer than one that is kept stays without a word.
          keepalive: 3600,
          ...target.username === void 0 ? {} : { username: target.username },
          ...target.password === void 0 ? {} : { password: Buffer.from(target.password) }
        })
      ),
      data: (data) => packets.parse(data),
      text: () => end("it sent a WebSocket message that is not binary"),
      closed: (error) => {
        clearTimeout(farewell);
        end(error?.message ?? "the connection was closed");
      }
    });
    packets.on("packet", (packet) => {
      if (packet.cmd === "connack") {
        const code = target.version === 5 ? packet.reasonCode : packet.returnCode;
        if (code !== 0) end(`it refused the connection: ${refusal(code)}`);
        else transport.write((0, import_mqtt_packet.generate)({ cmd: "pingreq" }));
      } else if (packet.cmd === "pingresp") settle();
    });
    packets.on("error", (error) => end(`not MQTT: ${error.message}`));
  });
}

export {
  refusal,
  mqttPing,
  holdMqtt
};
