import {
  closeSync,
  fdatasyncSync,
  fstatSync,
  fsyncSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { decodeFrame, encodeFrame } from './frame.ts';

/**
 * The records that make a node what it is: a snapshot first, then each event since. Written, not synced: the promise is
 * that nothing is lost to `kill -9`, after which the page cache still holds what write() took. With `fsync` each commit is
 * on the disk, so that a power cut loses nothing either.
 */
export class Journal<Snapshot, Event> {
  private readonly file: string;
  private fd: number;
  private waiting: Buffer[] = [];
  private compactAtBytes: number;
  private readonly minCompactBytes: number;
  private readonly fsync: boolean;
  private isSynced = true;
  private size: number;

  private constructor(file: string, minCompactBytes: number, fsync: boolean) {
    this.file = file;
    this.fsync = fsync;
    this.fd = openSync(file, 'a');
    this.size = fstatSync(this.fd).size;
    this.minCompactBytes = minCompactBytes;
    this.compactAtBytes = minCompactBytes;
  }

  /** Opens the journal of `folder`, making it if need be, and calls back with what is in it. A torn last record is cut off. */
  static open<Snapshot, Event>(
    folder: string,
    options: {
      create: () => Snapshot;
      restore: (snapshot: Snapshot) => void;
      replay: (event: Event) => void;
      minCompactBytes?: number;
      fsync?: boolean;
    },
  ): { journal: Journal<Snapshot, Event>; cutBytes: number } {
    mkdirSync(folder, { recursive: true });
    const { minCompactBytes = 32 * 1024 * 1024, fsync = false } = options;
    const journal = new Journal<Snapshot, Event>(join(folder, 'journal'), minCompactBytes, fsync);
    if (fsync) syncFolder(folder);
    const bytes = readFileSync(journal.file);
    let end = 0;
    for (;;) {
      const decoded = decodeFrame(bytes, end);
      if (decoded.kind !== 'value') break;
      // Only this class writes the file, and the CRC vouches for the bytes.
      if (end === 0) options.restore(decoded.value as Snapshot);
      else options.replay(decoded.value as Event);
      end = decoded.end;
    }
    const cutBytes = bytes.length - end;
    if (cutBytes > 0) ftruncateSync(journal.fd, end);
    journal.size = end;
    if (end === 0) {
      const snapshot = options.create();
      journal.waiting.push(encodeFrame(snapshot));
      journal.commit();
      options.restore(snapshot);
    }
    return { journal, cutBytes };
  }

  get bytes(): number {
    return this.size;
  }

  append(event: Event): void {
    this.waiting.push(encodeFrame(event));
  }

  /**
   * Writes what was appended. Throws when the disk refuses (full, say); what is left stays in memory and the next call
   * goes on at the very byte, so the file never has a torn record in its middle.
   */
  commit(): void {
    if (this.waiting.length > 0) this.write();
    if (!this.fsync || this.isSynced) return;
    fdatasyncSync(this.fd);
    this.isSynced = true;
  }

  private write(): void {
    this.isSynced = false;
    let rest: Buffer = this.waiting.length === 1 && this.waiting[0] ? this.waiting[0] : Buffer.concat(this.waiting);
    try {
      while (rest.length > 0) {
        const written = writeSync(this.fd, rest);
        this.size += written;
        rest = rest.subarray(written);
      }
    } finally {
      this.waiting = rest.length > 0 ? [rest] : [];
    }
  }

  /** Puts a snapshot in the place of the events once there are many, provided that none of its events is yet to be written. */
  compactIfLarge(snapshot: Snapshot): void {
    if (this.size < this.compactAtBytes || this.waiting.length > 0) return;
    const fresh = `${this.file}.new`;
    try {
      const record = encodeFrame(snapshot);
      const fd = openSync(fresh, 'w');
      try {
        for (let at = 0; at < record.length; ) at += writeSync(fd, record, at);
        if (this.fsync) fsyncSync(fd);
      } finally {
        closeSync(fd);
      }
      const appendFd = openSync(fresh, 'a');
      renameSync(fresh, this.file);
      closeSync(this.fd);
      this.fd = appendFd;
      this.size = record.length;
      if (this.fsync) syncFolder(dirname(this.file));
    } catch {
      // No room for a second file: the first one still holds everything.
      rmSync(fresh, { force: true });
    }
    // Twice the snapshot, lest a large state be written again and again.
    this.compactAtBytes = Math.max(this.minCompactBytes, 2 * this.size);
  }

  close(): void {
    closeSync(this.fd);
  }
}

/** So that the name of a new file is on the disk as well. */
function syncFolder(folder: string): void {
  const fd = openSync(folder, 'r');
  try {
    fsyncSync(fd);
  } finally {
    closeSync(fd);
  }
}
