import { readFile } from 'node:fs/promises';

/** A TCP socket of this machine that listens or is connected, as /proc/net/tcp tells it (proc_pid_net(5)). */
export type TcpSocket = {
  readonly localPort: number;
  readonly remotePort: number;
  readonly state: 'established' | 'listening';
  /** Written by its process and not yet taken by the other side's kernel. */
  readonly sendQueueBytes: number;
  /** Arrived and not yet read by its process. */
  readonly receiveQueueBytes: number;
  /** What names it among the descriptors of the process that holds it; 0 when none does. */
  readonly inode: string;
  /** False while it waits in the queue of a listener: the kernel has accepted it, and no process has. */
  readonly isHeld: boolean;
};

/**
 * The TCP sockets of this network namespace. A server that listens on every address has its IPv4 connections in the second file. The
 * kernel goes through every connection that ended in the last minute, which may take it 50 ms: nothing waits for it.
 */
export async function readTcpTable(): Promise<TcpSocket[]> {
  const files = await Promise.all(['/proc/net/tcp', '/proc/net/tcp6'].map(read));
  return files.flatMap((text) =>
    text
      .split('\n')
      .slice(1)
      .flatMap((line) => parseLine(line) ?? []),
  );
}

/** Connections to a port that a process has taken, seen from the side of the server. */
export function heldConnections(port: number, table: readonly TcpSocket[]): TcpSocket[] {
  return table.filter(({ localPort, state, isHeld }) => localPort === port && state === 'established' && isHeld);
}

function parseLine(line: string): TcpSocket | undefined {
  const state = stateOf(line);
  if (state === undefined) return undefined;
  const [, local, remote, , queues, , , , , inode] = line.trim().split(/\s+/);
  if (local === undefined || remote === undefined || queues === undefined || inode === undefined) return undefined;
  const [send = '', receive = ''] = queues.split(':');
  return {
    localPort: portOf(local),
    remotePort: portOf(remote),
    state,
    sendQueueBytes: Number.parseInt(send, 16),
    receiveQueueBytes: Number.parseInt(receive, 16),
    inode,
    isHeld: inode !== '0',
  };
}

/** Its third column, TCP_ESTABLISHED or TCP_LISTEN; most lines of a busy machine are of neither. */
function stateOf(line: string): TcpSocket['state'] | undefined {
  const code = /^\s*\d+: \S+ \S+ (..)/.exec(line)?.[1];
  return code === '01' ? 'established' : code === '0A' ? 'listening' : undefined;
}

function portOf(address: string): number {
  return Number.parseInt(address.slice(address.lastIndexOf(':') + 1), 16);
}

async function read(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch {
    // A machine without IPv6 has no second file.
    return '';
  }
}
