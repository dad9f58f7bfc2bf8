import type { Socket } from 'node:net';

/**
 * Sends RST and closes. While a FIN is on its way into the kernel libuv refuses to reset (UV_EINVAL), and Node then leaves the
 * socket open for ever: such a socket is closed plainly.
 */
export function resetSocket(socket: Socket): void {
  if (socket.destroyed) return;
  const ending = socket.writableEnded && !socket.writableFinished && socket.writableLength === 0;
  if (ending) socket.destroy();
  else socket.resetAndDestroy();
}
