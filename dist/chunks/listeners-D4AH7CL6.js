import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);
import {
  import_stream,
  import_websocket_server
} from "./chunk-DEWMCHU3.js";
import "./chunk-6DG7BXTN.js";

// src/embedded/listeners.ts
import { createServer as createHttpServer } from "node:http";
import { createServer as createHttpsServer } from "node:https";
import { createServer as createTlsServer } from "node:tls";
var handshakeWithinMs = 1e4;
function createTlsListener(certificate, accept) {
  const server = createTlsServer({ ...certificate, handshakeTimeout: handshakeWithinMs }, accept);
  server.on("tlsClientError", () => {
  });
  return server;
}
function createWebSocketListener(accept, certificate) {
  const refuse = (_request, response) => {
    response.writeHead(426, { "content-type": "text/plain" }).end("MQTT over WebSocket only");
  };
  const server = certificate === void 0 ? createHttpServer(refuse) : createHttpsServer({ ...certificate, handshakeTimeout: handshakeWithinMs }, refuse);
  server.on("tlsClientError", () => {
  });
  const sockets = new import_websocket_server.default({
    server,
    handleProtocols: (protocols) => protocols.has("mqtt") ? "mqtt" : false
  });
  sockets.on("connection", (socket) => {
    socket.on("error", () => {
    });
    if (socket.protocol !== "mqtt") {
      socket.close(1002, "the subprotocol must be mqtt");
      return;
    }
    socket.on("message", (_data, isBinary) => {
      if (!isBinary) socket.terminate();
    });
    const stream = (0, import_stream.default)(socket);
    stream.once("end", () => stream.destroy());
    accept(stream);
  });
  return server;
}
export {
  createTlsListener,
  createWebSocketListener
};
