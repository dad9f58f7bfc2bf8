import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);

// src/engines/local/links/reset-socket.ts
function resetSocket(socket) {
  if (socket.destroyed) return;
  const ending = socket.writableEnded && !socket.writableFinished && socket.writableLength === 0;
  if (socket.connecting || ending) socket.destroy();
  else socket.resetAndDestroy();
}

export {
  resetSocket
};
