import { createServer as createHttpServer, type Server as HttpServer, type RequestListener } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import { createServer as createTlsServer, type Server as TlsServer } from 'node:tls';
import { createWebSocketStream, WebSocketServer } from 'ws';
import type { Certificate } from './certificates.ts';
import type { ClientStream } from './client-connection.ts';

const handshakeWithinMs = 10_000;

/** MQTT over TLS. */
export function createTlsListener(certificate: Certificate, accept: (stream: ClientStream) => void): TlsServer {
  const server = createTlsServer({ ...certificate, handshakeTimeout: handshakeWithinMs }, accept);
  // A client that does not speak TLS, or does not trust the certificate.
  server.on('tlsClientError', () => {});
  return server;
}

/** MQTT over WebSocket: subprotocol "mqtt", binary frames only [MQTT-6.0.0-1 to -4]. Any path. Over TLS with a certificate. */
export function createWebSocketListener(accept: (stream: ClientStream) => void, certificate?: Certificate): HttpServer {
  const refuse: RequestListener = (_request, response) => {
    response.writeHead(426, { 'content-type': 'text/plain' }).end('MQTT over WebSocket only');
  };
  const server =
    certificate === undefined
      ? createHttpServer(refuse)
      : createHttpsServer({ ...certificate, handshakeTimeout: handshakeWithinMs }, refuse);
  server.on('tlsClientError', () => {});
  const sockets = new WebSocketServer({
    server,
    handleProtocols: (protocols) => (protocols.has('mqtt') ? 'mqtt' : false),
  });
  sockets.on('connection', (socket) => {
    socket.on('error', () => {});
    if (socket.protocol !== 'mqtt') {
      socket.close(1002, 'the subprotocol must be mqtt');
      return;
    }
    socket.on('message', (_data, isBinary) => {
      if (!isBinary) socket.terminate();
    });
    const stream = createWebSocketStream(socket);
    // The library leaves a stream half open whose WebSocket has ended without a word.
    stream.once('end', () => stream.destroy());
    accept(stream);
  });
  return server;
}
