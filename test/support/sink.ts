import { type AddressInfo, createServer, type Socket } from 'node:net';

export type Sink = {
  readonly address: { readonly host: string; readonly port: number };
  close(): Promise<void>;
};

/** Takes every connection and all that is sent, and does nothing with it. */
export async function openSink(): Promise<Sink> {
  const sockets = new Set<Socket>();
  const server = createServer({ allowHalfOpen: true }, (socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => {});
    socket.resume();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    address: { host: '127.0.0.1', port: (server.address() as AddressInfo).port },
    async close() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
