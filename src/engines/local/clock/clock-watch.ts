import type { Clock } from '../../../base/clock.ts';
import { lastLines, logBytes, logWrittenWallMs, stampOf } from '../cluster/log-file.ts';

/** How far a node's wall clock was ahead of this machine's at one moment, as the node itself showed it. */
export type ClockSample = {
  readonly source: ClockSource;
  /** Monotonic. */
  readonly atMs: number;
  readonly aheadMs: number;
  /** The truth lies within half of this on either side. */
  readonly resolutionMs: number;
};

export type ClockSource = 'Date header' | 'log time stamps';

export type ClockWatch = {
  /** All so far, in order. */
  readonly samples: readonly ClockSample[];
  /** Looks once more, now. */
  look(): Promise<void>;
  stop(): Promise<void>;
};

/**
 * Multiples of the golden section of a second, so that the moments are spread evenly over the seconds, which a Date header cuts off,
 * and not all alike, since an answer that a server keeps for a second must not be asked for at the same moment of every second.
 */
const gapsMs = [618, 618, 1_236];
const askWithinMs = 1_000;
/** The date of a slower answer could be that of its beginning or of its end. */
const tellingWithinMs = 500;
const dateResolutionMs = 1_000;

/**
 * Watches a node's wall clock from outside, until it is stopped: the Date header (RFC 9110, 6.6.1) of its HTTP addresses, whole
 * seconds, and the time stamps of the lines that its log grows by, against the file's modification time, which the kernel keeps.
 */
export async function watchClock(node: {
  readonly httpUrls: readonly string[];
  readonly logFile: string;
  readonly clock: Clock;
}): Promise<ClockWatch> {
  const { clock } = node;
  const samples: ClockSample[] = [];
  const stopped = new AbortController();
  let knownBytes: number | undefined;

  const lookAtLog = (): void => {
    const grown = growth(node.logFile, knownBytes);
    if (!grown) return;
    knownBytes = grown.bytes;
    // Earlier lines may have been written long before the file was last changed.
    const stamped = stampOf(grown.lastLine);
    if (!stamped) return;
    const { wallMs, resolutionMs } = stamped;
    const aheadMs = wallMs + resolutionMs / 2 - grown.writtenWallMs;
    samples.push({ source: 'log time stamps', atMs: clock.nowMs(), aheadMs, resolutionMs });
  };
  const askForDate = async (): Promise<void> => {
    for (const url of node.httpUrls) {
      const askedWallMs = clock.wallMs();
      const date = await dateOf(url, stopped.signal);
      const tookMs = clock.wallMs() - askedWallMs;
      if (date === undefined || tookMs > tellingWithinMs) continue;
      const aheadMs = date + dateResolutionMs / 2 - (askedWallMs + tookMs / 2);
      samples.push({ source: 'Date header', atMs: clock.nowMs(), aheadMs, resolutionMs: dateResolutionMs + tookMs });
      return;
    }
  };
  const look = async (): Promise<void> => {
    lookAtLog();
    await askForDate();
  };

  await look();
  const watching = (async () => {
    for (let i = 0; !stopped.signal.aborted; i++) {
      await clock.sleep(gapsMs[i % gapsMs.length] ?? 0, stopped.signal);
      await look();
    }
  })().catch(() => {});
  return {
    samples,
    look,
    async stop() {
      stopped.abort();
      await watching;
    },
  };
}

async function dateOf(url: string, signal: AbortSignal): Promise<number | undefined> {
  try {
    const response = await fetch(url, { signal: AbortSignal.any([signal, AbortSignal.timeout(askWithinMs)]) });
    await response.body?.cancel();
    const wallMs = Date.parse(response.headers.get('date') ?? '');
    return Number.isNaN(wallMs) ? undefined : wallMs;
  } catch {
    return undefined;
  }
}

/** What a log has grown by since it had `knownBytes`; undefined when it has not. */
function growth(
  file: string,
  knownBytes: number | undefined,
): { readonly bytes: number; readonly lastLine: string; readonly writtenWallMs: number } | undefined {
  const bytes = logBytes(file);
  const writtenWallMs = logWrittenWallMs(file);
  if (bytes === knownBytes || writtenWallMs === undefined) return undefined;
  const [lastLine = ''] = lastLines(file, 1, knownBytes === undefined || bytes < knownBytes ? 0 : knownBytes);
  return { bytes, lastLine, writtenWallMs };
}
