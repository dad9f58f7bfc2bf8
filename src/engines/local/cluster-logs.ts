import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Clock } from '../../base/clock.ts';
import { messageOf } from '../../base/error.ts';
import type { Logger } from '../../base/logger.ts';
import type { Engine, LogLimits, LogQuestion, NodeLines } from '../engine.ts';
import { keptOf, partsOf } from './cluster/log-file.ts';
import { type Log, type Logs, openLogs } from './cluster/logs/logs.ts';
import { NodeLog } from './cluster/node-log.ts';

/** How fine a log without time stamps can be read. */
const noteEveryMs = 1_000;
/** Of one line so much is shown as evidence. */
const shownCharacters = 300;

export type ClusterLogsOptions = {
  readonly nodes: readonly string[];
  /** Where the logs stay. */
  readonly folder: string;
  /** Where the pipes are that they come through. */
  readonly pipes: string;
  readonly secrets: readonly string[];
  readonly keepBytes: number;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly startThread?: Parameters<typeof openLogs>[0]['startThread'];
  /** The thread that writes them has ended by itself. */
  onEnded(reason: unknown): void;
};

/** The logs of the build and of the nodes: written by one thread as long as something writes, and read for evidence at any time. */
export class ClusterLogs {
  readonly #options: ClusterLogsOptions;
  readonly #nodes: ReadonlyMap<string, NodeLog>;
  /** Logs that this run has written to. */
  readonly #begun = new Set<string>();
  #writing: Logs | undefined;
  #noting: NodeJS.Timeout | undefined;

  constructor(options: ClusterLogsOptions) {
    this.#options = options;
    this.#nodes = new Map(options.nodes.map((name) => [name, new NodeLog(this.file(name), options.clock)]));
  }

  file(name: string): string {
    return join(this.#options.folder, `${name}.log`);
  }

  /** What an earlier run has left in its place is taken away. */
  async open(name: string): Promise<Log> {
    if (!this.#begun.has(name)) for (const { path } of partsOf(this.file(name))) rmSync(path);
    this.#begun.add(name);
    this.#writing ??= await this.#startThread();
    return await this.#writing.log(name);
  }

  async #startThread(): Promise<Logs> {
    const { folder, pipes, secrets, keepBytes, startThread, onEnded } = this.#options;
    const logs = await openLogs({ folder, pipes, secrets, keepBytes, startThread });
    logs.ended.addEventListener('abort', () => onEnded(logs.ended.reason), { once: true });
    return logs;
  }

  /** Begins to write down when which part of a log was written. */
  follow(): void {
    this.#note();
    this.#noting = setInterval(() => this.#note(), noteEveryMs).unref();
  }

  #note(): void {
    for (const log of this.#nodes.values()) log.note();
  }

  /** Nobody writes any more. Safe to call twice. */
  async close(): Promise<void> {
    const closing = this.#writing;
    this.#writing = undefined;
    // A thread that ended by itself has been told of by `onEnded`.
    await closing?.close().catch((error) => this.#options.logger.warn(messageOf(error)));
    clearInterval(this.#noting);
    this.#note();
  }

  /** Lines of every node from about this wall time, those first that hold one of the names. */
  around(wallMs: number, question: LogQuestion): string[] {
    const found = [...this.#nodes].map(([name, log]) => ({ name, ...log.around(wallMs, question) }));
    const shown = (name: string, lines: readonly string[]): string[] =>
      lines.map((line) => `${name}: ${line.slice(0, shownCharacters)}`);
    return [
      ...found.flatMap(({ name, named }) => shown(name, named)),
      ...found.flatMap(({ name, others }) => shown(name, others)),
    ];
  }

  /** Lines of every node between two wall times. */
  during(fromWallMs: number, toWallMs: number, limits: LogLimits): NodeLines[] {
    return [...this.#nodes].map(([node, log]) => {
      const { lines, leftOut } = log.during(fromWallMs, toWallMs, limits);
      return {
        node,
        leftOut,
        lines: lines.map((line) => ({ ...line, text: line.text.slice(0, shownCharacters) })),
      };
    });
  }

  /** How many lines the nodes wrote between two wall times. */
  linesBetween(fromWallMs: number, toWallMs: number): number {
    return [...this.#nodes.values()].reduce((total, log) => total + log.count(fromWallMs, toWallMs), 0);
  }

  /** Those that were not kept whole. */
  cut(): ReturnType<Engine['cutLogs']> {
    return [...this.#begun]
      .map((name) => ({ name, ...keptOf(this.file(name)) }))
      .filter(({ writtenBytes, keptBytes }) => keptBytes < writtenBytes);
  }
}
