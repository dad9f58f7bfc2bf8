import type { Socket } from 'node:net';

/**
 * Sends RST and closes, now. Node leaves a socket open for ever, without a word, when libuv refuses to reset it (UV_EINVAL) because a
 * FIN is on its way into the kernel: such a socket is closed plainly. So is one that is still connecting: there is nothing to reset
 * yet, and Node would wait for a connection that may never come, or come with a FIN already on its way.
 */
export function resetSocket(socket: Socket): void {
  if (socket.destroyed) return;
  const ending = socket.writableEnded && !socket.writableFinished && socket.writableLength === 0;
  if (socket.connecting || ending) socket.destroy();
  else socket.resetAndDestroy();
}
