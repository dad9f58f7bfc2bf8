import { readFileSync } from 'node:fs';

/** One TCP socket of this machine as /proc/net/tcp tells it (proc_pid_net(5)). */
export type TcpSocket = {
  readonly localPort: number;
  readonly remotePort: number;
  /** `established`, `listening`, or anything else that a connection goes through on its way in and out. */
  readonly state: 'established' | 'listening' | 'other';
  /** Written by its process and not yet taken by the other side's kernel. */
  readonly sendQueueBytes: number;
  /** Arrived and not yet read by its process. */
  readonly receiveQueueBytes: number;
  /** What names it among the descriptors of the process that holds it; 0 when none does. */
  readonly inode: string;
  /** False while it waits in the queue of a listener: the kernel has accepted it, and no process has. */
  readonly isHeld: boolean;
};

/** Every TCP socket of this network namespace. A server that listens on every address has its IPv4 connections in the second file. */
export function readTcpTable(): TcpSocket[] {
  return ['/proc/net/tcp', '/proc/net/tcp6'].flatMap((file) => {
    // A machine without IPv6 has no second file.
    return read(file)
      .split('\n')
      .slice(1)
      .flatMap((line) => parseLine(line) ?? []);
  });
}

/** Connections to a port that a process has taken, seen from the side of the server. */
export function heldConnections(port: number, table: readonly TcpSocket[] = readTcpTable()): TcpSocket[] {
  return table.filter(({ localPort, state, isHeld }) => localPort === port && state === 'established' && isHeld);
}

function parseLine(line: string): TcpSocket | undefined {
  const [, local, remote, state, queues, , , , , inode] = line.trim().split(/\s+/);
  if (local === undefined || remote === undefined || queues === undefined || inode === undefined) return undefined;
  const [send = '', receive = ''] = queues.split(':');
  return {
    localPort: portOf(local),
    remotePort: portOf(remote),
    state: state === '01' ? 'established' : state === '0A' ? 'listening' : 'other',
    sendQueueBytes: Number.parseInt(send, 16),
    receiveQueueBytes: Number.parseInt(receive, 16),
    inode,
    isHeld: inode !== '0',
  };
}

function portOf(address: string): number {
  return Number.parseInt(address.slice(address.lastIndexOf(':') + 1), 16);
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
