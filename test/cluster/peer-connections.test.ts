import { connect, createServer, type Server, type Socket } from 'node:net';
import { afterEach, describe, expect, test } from '@jest/globals';
import { peerConnections, socketInodes } from '../../src/engines/local/cluster/peer-connections.ts';
import { readTcpTable, type TcpSocket } from '../../src/engines/local/cluster/tcp-table.ts';
import { eventually } from '../support/eventually.ts';

const end = (inode: string, localPort: number, remotePort: number, state: TcpSocket['state']): TcpSocket => ({
  ...{ inode, localPort, remotePort, state },
  ...{ sendQueueBytes: 0, receiveQueueBytes: 0, isHeld: true },
});
/** A connection from one socket to another, and the socket that listens there. */
const connection = (from: string, fromPort: number, to: string, toPort: number): TcpSocket[] => [
  end(`${to}-listener`, toPort, 0, 'listening'),
  end(from, fromPort, toPort, 'established'),
  end(to, toPort, fromPort, 'established'),
];
const nodes = new Map([
  ['node1', new Set(['a', 'a2'])],
  ['node2', new Set(['b'])],
]);

describe('connections between nodes', () => {
  test('are those of which each holds one end, from the one that dialled', () => {
    expect(peerConnections(nodes, connection('a', 40_000, 'b', 7_000))).toEqual([
      { from: 'node1', to: 'node2', port: 7_000 },
    ]);
  });

  test('are not those that go through a proxy, which holds the other ends', () => {
    const table = [...connection('a', 40_000, 'proxy', 9_000), ...connection('proxy-out', 40_001, 'b', 7_000)];
    expect(peerConnections(nodes, table)).toEqual([]);
  });

  test('are not those of a node with itself or of one that nobody knows', () => {
    expect(peerConnections(nodes, connection('a', 40_000, 'a2', 7_000))).toEqual([]);
    expect(peerConnections(nodes, connection('x', 40_000, 'b', 7_000))).toEqual([]);
  });
});

describe('on this machine', () => {
  let server: Server | undefined;
  const sockets: Socket[] = [];
  afterEach(() => {
    for (const socket of sockets.splice(0)) socket.destroy();
    server?.close();
  });

  test('the sockets of a process are found among all, with who listens', async () => {
    server = createServer((socket) => sockets.push(socket));
    await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as { port: number };
    const client = connect({ host: '127.0.0.1', port });
    sockets.push(client);
    await eventually('the connection is there', () => sockets.length === 2);
    const own = socketInodes([process.pid]);
    const table = (await readTcpTable()).filter(({ inode }) => own.has(inode));
    expect(
      table
        .filter(({ localPort }) => localPort === port)
        .map(({ state }) => state)
        .sort(),
    ).toEqual(['established', 'listening']);
    expect(table.filter(({ localPort }) => localPort === client.localPort)).toMatchObject([{ remotePort: port }]);
  });

  test('a process that is gone has no sockets', () => {
    expect(socketInodes([2 ** 22 + 1])).toEqual(new Set());
  });
});
