import type { Clock } from '../../../base/clock.ts';
import type { LogLimits, LogQuestion, NodeLines } from '../../engine.ts';
import { isToolsOwn, type LogLine, logBytes, readLines, stampOf } from './log-file.ts';
import { type ByteRange, LogIndex, type WrittenSpan } from './log-index.ts';

/** How far from the moment a line may have been written to be shown. */
const aroundMs = 1_000;
/** A line may be kept back for so long before it is written, and is not written before its time. A stamp beyond that is of another clock. */
const keptBackMs = 2_500;
const earlyMs = 250;
/** Of a log that grows faster than this around a moment, the bytes nearest to the moment are read. */
const mostBytesAround = 32 * 1_024 * 1_024;

/** The lines found, those that hold a name that was asked for apart. Both in the order of the log. */
export type LogAnswer = { readonly named: readonly string[]; readonly others: readonly string[] };

/** One node's log: the file, and what is known of when each part of it was written. */
export class NodeLog {
  readonly #file: string;
  readonly #clock: Clock;
  readonly #index = new LogIndex();

  constructor(file: string, clock: Clock) {
    this.#file = file;
    this.#clock = clock;
  }

  /** To be called once a second while the node runs: the closer together, the finer is what the log can be asked. */
  note(): void {
    this.#index.note(this.#clock.wallMs(), logBytes(this.#file));
  }

  /** The lines written nearest to a wall time, within a second of it. */
  around(wallMs: number, question: LogQuestion): LogAnswer {
    const near = atMost(
      mostBytesAround,
      this.#range(wallMs - aroundMs, wallMs + aroundMs),
      this.#range(wallMs, wallMs),
    );
    return choose(readLines(this.#file, near), (offset) => this.#index.written(offset), wallMs, question);
  }

  /**
   * The lines written between two wall times: where there are more than `most`, those nearest to the `near` ones, or the first ones without
   * any. Of a log that is too large the parts around these times are read.
   */
  during(fromWallMs: number, toWallMs: number, { most, near }: LogLimits): Omit<NodeLines, 'node'> {
    const whole = this.#range(fromWallMs, toWallMs);
    const isRead = whole.end - whole.start <= mostBytesAround;
    const kept = new Nearest<NodeLines['lines'][number]>(most);
    let found = 0;
    for (const range of isRead ? [whole] : this.#partsAround(near.length > 0 ? near : [fromWallMs], whole))
      for (const { text, span } of spansOf(readLines(this.#file, range), (offset) => this.#index.written(offset))) {
        const [from, to] = [Math.max(fromWallMs, span.fromWallMs), Math.min(toWallMs, span.toWallMs)];
        if (from > to) continue;
        found++;
        const [wallMs, withinMs] = [(from + to) / 2, Math.ceil((to - from) / 2)];
        kept.add(
          { text, wallMs, withinMs },
          Math.min(...near.map((one) => Math.abs(one - wallMs)), toWallMs - fromWallMs),
        );
      }
    const lines = kept.lines();
    return { lines, leftOut: isRead ? found - lines.length : null };
  }

  /** What was written nearest to each time, each byte once. */
  #partsAround(near: readonly number[], whole: ByteRange): ByteRange[] {
    const parts: ByteRange[] = [];
    for (const wallMs of near.toSorted((a, b) => a - b)) {
      const { start, end } = atMost(
        Math.floor(mostBytesAround / near.length),
        this.#range(wallMs - aroundMs, wallMs + aroundMs),
        this.#range(wallMs, wallMs),
      );
      const from = Math.max(start, parts.at(-1)?.end ?? whole.start);
      if (from < end) parts.push({ start: from, end });
    }
    return parts;
  }

  /**
   * How many lines the node wrote between two wall times. Where the file was not looked at just then, their time stamps tell; lines without
   * one count on both sides.
   */
  count(fromWallMs: number, toWallMs: number): number {
    let count = 0;
    for (const { text, offset } of readLines(this.#file, this.#range(fromWallMs, toWallMs))) {
      if (text.trim() === '' || isToolsOwn(text)) continue;
      const written = this.#index.written(offset);
      const isInside = written.fromWallMs >= fromWallMs && written.toWallMs <= toWallMs;
      const at = isInside ? undefined : credibleStamp(text, written)?.fromWallMs;
      if (at === undefined || (at >= fromWallMs && at <= toWallMs)) count++;
    }
    return count;
  }

  #range(fromWallMs: number, toWallMs: number): ByteRange {
    const { start, end } = this.#index.between(fromWallMs, toWallMs);
    return { start, end: Math.min(end, logBytes(this.#file)) };
  }
}

/**
 * Pure. A line was written when its own time stamp says, where that is credible; one without a stamp with the stamped line before it,
 * as the lines of a stack trace are; and in a log without stamps when the file grew by it.
 */
export function choose(
  lines: Iterable<LogLine>,
  written: (offset: number) => WrittenSpan,
  wallMs: number,
  { lines: most, naming }: LogQuestion,
): LogAnswer {
  const named = new Nearest<string>(most);
  const others = new Nearest<string>(most);
  for (const { text, span } of spansOf(lines, written)) {
    const distanceMs = Math.max(0, span.fromWallMs - wallMs, wallMs - span.toWallMs);
    if (distanceMs > aroundMs) continue;
    (naming.some((name) => holdsName(text, name)) ? named : others).add(text, distanceMs);
  }
  const first = named.lines();
  return { named: first, others: others.lines().slice(0, Math.max(0, most - first.length)) };
}

/** Each line that the node itself wrote, with when that was. */
function* spansOf(
  lines: Iterable<LogLine>,
  written: (offset: number) => WrittenSpan,
): Generator<{ readonly text: string; readonly span: WrittenSpan }> {
  let before: WrittenSpan | undefined;
  for (const { text, offset } of lines) {
    if (text.trim() === '' || isToolsOwn(text)) continue;
    const stamped = credibleStamp(text, written(offset));
    // As the lines of a stack trace are; but not one that was written long after.
    const carried = before !== undefined && isCredible(before, written(offset)) ? before : undefined;
    before = stamped ?? carried;
    yield { text, span: before ?? written(offset) };
  }
}

function credibleStamp(text: string, written: WrittenSpan): WrittenSpan | undefined {
  const stamp = stampOf(text);
  if (stamp === undefined) return undefined;
  const span = { fromWallMs: stamp.wallMs, toWallMs: stamp.wallMs + stamp.resolutionMs - 1 };
  return isCredible(span, written) ? span : undefined;
}

function isCredible(span: WrittenSpan, written: WrittenSpan): boolean {
  const isLate = written.fromWallMs - span.toWallMs > keptBackMs;
  const isEarly = span.fromWallMs - written.toWallMs > earlyMs;
  return !isLate && !isEarly;
}

/** The name stands by itself: `client-1` is not in `client-12`. */
function holdsName(text: string, name: string): boolean {
  if (name === '') return false;
  const isPart = (character: string | undefined): boolean => character !== undefined && /[\w-]/.test(character);
  for (let at = text.indexOf(name); at >= 0; at = text.indexOf(name, at + 1))
    if (!isPart(text[at - 1]) && !isPart(text[at + name.length])) return true;
  return false;
}

/** The few lines nearest to the moment, in the order in which they came. */
class Nearest<Line> {
  readonly #most: number;
  readonly #kept: { readonly line: Line; readonly distanceMs: number }[] = [];

  constructor(most: number) {
    this.#most = most;
  }

  add(line: Line, distanceMs: number): void {
    this.#kept.push({ line, distanceMs });
    if (this.#kept.length <= this.#most) return;
    // The farthest goes; of several as far, the last to come.
    let farthest = this.#kept.length - 1;
    for (let i = farthest - 1; i >= 0; i--)
      if ((this.#kept[i]?.distanceMs ?? 0) > (this.#kept[farthest]?.distanceMs ?? 0)) farthest = i;
    this.#kept.splice(farthest, 1);
  }

  lines(): Line[] {
    return this.#kept.map(({ line }) => line);
  }
}

/** Pure. As much of a range as may be read: what is in its inner part, and beside it what is nearest. */
export function atMost(mostBytes: number, range: ByteRange, inner: ByteRange): ByteRange {
  if (range.end - range.start <= mostBytes) return range;
  const innerBytes = inner.end - inner.start;
  const start = Math.max(range.start, inner.start - Math.max(0, mostBytes - innerBytes) / 2);
  return { start: Math.floor(start), end: Math.min(range.end, Math.floor(start) + mostBytes) };
}
