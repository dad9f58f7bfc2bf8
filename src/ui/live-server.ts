import { readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { ChaosError, messageOf } from '../base/error.ts';
import { asServerSent, type LiveEvent, LiveHistory } from './live-events.ts';
import { renderLivePage } from './live-page.ts';

/** A page that has been told of the end fetches the whole report within this. */
const lastLookMs = 1_000;

export type LiveServer = {
  readonly url: string;
  /** Tells all pages that are open, and those that are opened later. */
  tell(event: LiveEvent): void;
  close(): Promise<void>;
};

export type LiveServerOptions = {
  /** 0 takes a free one. */
  readonly port: number;
  readonly broker: string;
  /** The folder of the run's reports. */
  readonly out: string;
};

/**
 * Serves the live view on 127.0.0.1. Who asks by another name than the loopback's is refused: a page of somebody else could make its name
 * lead here (DNS rebinding). Rejects with `port` when the port is taken.
 */
export async function openLiveServer({ port, broker, out }: LiveServerOptions): Promise<LiveServer> {
  const history = new LiveHistory();
  const listeners = new Set<ServerResponse>();
  const page = renderLivePage(broker);

  const follow = (request: IncomingMessage, response: ServerResponse): void => {
    response.writeHead(200, { 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-store' });
    // A page that lost its connection says what it has seen last.
    const seen = Number(request.headers['last-event-id'] ?? 0);
    response.write(
      `retry: 1000\n\n${history
        .after(Number.isInteger(seen) ? seen : 0)
        .map(asServerSent)
        .join('')}`,
    );
    listeners.add(response);
    response.on('close', () => listeners.delete(response));
  };
  const server = createServer((request, response) => {
    const path = new URL(request.url ?? '/', 'http://localhost').pathname;
    if (!isLoopback(request.headers.host)) refuse(response, 403, 'ask for 127.0.0.1');
    else if (request.method !== 'GET') refuse(response, 405, 'only GET is answered');
    else if (path === '/') html(response, page);
    else if (path === '/events') follow(request, response);
    else if (path === '/report.html') void sendReport(response, join(out, 'report.html'));
    else refuse(response, 404, 'there are /, /events and /report.html');
  });
  const listening = await listen(server, port);
  return {
    url: `http://127.0.0.1:${listening}/`,
    tell(event) {
      const text = asServerSent(history.add(event));
      for (const listener of listeners) listener.write(text);
    },
    async close() {
      if (listeners.size > 0) await sleep(lastLookMs);
      await new Promise<void>((resolve) => {
        for (const listener of listeners) listener.end();
        server.close(() => resolve());
        server.closeAllConnections();
      });
    },
  };
}

function isLoopback(host: string | undefined): boolean {
  return /^(127\.0\.0\.1|localhost)(:\d+)?$/.test(host ?? '');
}

async function sendReport(response: ServerResponse, file: string): Promise<void> {
  const text = await readFile(file, 'utf8').catch(() => undefined);
  if (text === undefined) refuse(response, 404, 'there is no report yet');
  else html(response, text);
}

function html(response: ServerResponse, text: string): void {
  response.writeHead(200, { 'Content-Type': 'text/html; charset=utf-8', 'Cache-Control': 'no-store' }).end(text);
}

function refuse(response: ServerResponse, status: number, why: string): void {
  response.writeHead(status, { 'Content-Type': 'text/plain; charset=utf-8' }).end(`${why}\n`);
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) =>
      reject(
        new ChaosError(
          'port',
          `--ui ${port}: ${error.code === 'EADDRINUSE' ? 'the port is taken' : messageOf(error)}`,
          {
            hint: 'choose another port; without a number a free one is taken',
          },
        ),
      ),
    );
    server.listen(port, '127.0.0.1', () => {
      const address = server.address();
      resolve(address !== null && typeof address === 'object' ? address.port : port);
    });
  });
}
