import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);
import {
  import_stream,
  import_websocket
} from "./chunk-DEWMCHU3.js";

// src/workload/mqtt/transports.ts
import { connect as connectTcp, isIP } from "node:net";
import { checkServerIdentity, connect as connectTls } from "node:tls";
function dial(address, events) {
  return address.transport === "ws" ? dialWebSocket(address, events) : dialSocket(address, events);
}
function openStream(address) {
  return address.transport === "ws" ? (0, import_stream.default)(openWebSocket(address)) : openSocket(address);
}
function openSocket({ host, port, tls }) {
  return tls ? connectTls({ host, port, ...tlsOptions(host, tls) }).setNoDelay(true) : connectTcp({ host, port, noDelay: true });
}
function openWebSocket({ host, port, tls, path = "/mqtt" }) {
  const url = `${tls ? "wss" : "ws"}://${isIP(host) === 6 ? `[${host}]` : host}:${port}${path}`;
  return new import_websocket.default(url, "mqtt", {
    perMessageDeflate: false,
    skipUTF8Validation: true,
    ...tls ? tlsOptions(host, tls) : {}
  });
}
function dialSocket(address, events) {
  const socket = openSocket(address);
  let failure;
  socket.once(address.tls ? "secureConnect" : "connect", events.open);
  socket.on("data", events.data);
  socket.on("error", (error) => {
    failure = error;
  });
  socket.once("close", () => events.closed(failure));
  let corked = false;
  return {
    write(bytes) {
      if (!corked) {
        corked = true;
        socket.cork();
        process.nextTick(() => {
          corked = false;
          socket.uncork();
        });
      }
      socket.write(bytes);
    },
    finish: () => socket.end(),
    destroy: () => socket.destroy(),
    pause: () => socket.pause(),
    resume: () => socket.resume(),
    get unsentBytes() {
      return socket.writableLength;
    }
  };
}
function dialWebSocket(address, events) {
  const socket = openWebSocket(address);
  let failure;
  socket.once("open", events.open);
  socket.on("message", (data, isBinary) => isBinary ? events.data(data) : events.text(data));
  socket.on("error", (error) => {
    failure = error;
  });
  socket.once("close", () => events.closed(failure));
  return {
    write(bytes) {
      if (socket.readyState === import_websocket.default.OPEN) socket.send(bytes);
    },
    finish: () => socket.close(1e3),
    destroy: () => socket.terminate(),
    pause: () => socket.pause(),
    resume: () => socket.resume(),
    get unsentBytes() {
      return socket.bufferedAmount;
    }
  };
}
function tlsOptions(host, { ca, serverName = host, verify = true }) {
  return {
    ...ca === void 0 ? {} : { ca },
    // Server Name Indication is for names (RFC 6066 section 3).
    ...isIP(serverName) ? {} : { servername: serverName },
    checkServerIdentity: (_, certificate) => checkServerIdentity(serverName, certificate),
    ...verify ? {} : { rejectUnauthorized: false }
  };
}

export {
  dial,
  openStream
};
