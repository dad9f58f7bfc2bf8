import { readdirSync, readlinkSync } from 'node:fs';
import type { TcpSocket } from './tcp-table.ts';

/** A TCP connection between processes of two nodes with nobody in between. */
export type PeerConnection = {
  /** The node that dialled. */
  readonly from: string;
  readonly to: string;
  /** The port at which `to` listens. */
  readonly port: number;
};

/**
 * Pure. The established connections that both ends of which are held by processes of two different nodes: `sockets` has the inodes of
 * each node's sockets. A connection through a proxy is none, since the proxy holds one end of each of its two halves.
 */
export function peerConnections(
  sockets: ReadonlyMap<string, ReadonlySet<string>>,
  table: readonly TcpSocket[],
): PeerConnection[] {
  const listening = new Map(table.filter(({ state }) => state === 'listening').map((one) => [one.localPort, one]));
  const holderOf = (inode: string): string | undefined => [...sockets].find(([, inodes]) => inodes.has(inode))?.[0];
  const established = table.filter(({ state }) => state === 'established');
  const byPorts = new Map(established.map((one) => [`${one.localPort}/${one.remotePort}`, one]));
  return established.flatMap((server) => {
    const client = byPorts.get(`${server.remotePort}/${server.localPort}`);
    if (!client || !listening.has(server.localPort)) return [];
    const [to, from] = [holderOf(server.inode), holderOf(client.inode)];
    return from === undefined || to === undefined || from === to ? [] : [{ from, to, port: server.localPort }];
  });
}

/** The inodes of the sockets that processes hold (proc_pid_fd(5)); none of a process of another user, whose descriptors are not shown. */
export function socketInodes(pids: readonly number[]): Set<string> {
  return new Set(pids.flatMap(inodesOf));
}

function inodesOf(pid: number): string[] {
  try {
    return readdirSync(`/proc/${pid}/fd`).flatMap((fd) => {
      const inode = /^socket:\[(\d+)\]$/.exec(targetOf(`/proc/${pid}/fd/${fd}`))?.[1];
      return inode === undefined ? [] : [inode];
    });
  } catch {
    return [];
  }
}

function targetOf(link: string): string {
  try {
    return readlinkSync(link);
  } catch {
    // It was closed meanwhile.
    return '';
  }
}
