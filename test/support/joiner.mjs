// A node that answers MQTT pings at once and joins its cluster later. Arguments: its MQTT port, its cluster port, how it joins, after how
// many milliseconds, and the addresses of its peers that it was given.
//   dial       it dials its peers
//   meet       it dials the peers that have left their cluster port in the working folder, whatever it was given
//   dial-back  it dials its peers and tells them where it is itself; who is told dials that address, as gossip makes nodes do
import { readdirSync, writeFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';

const [mqttPort, clusterPort, manner, afterMs, ...peers] = process.argv.slice(2);
const connack = Buffer.from([0x20, 2, 0, 0]);
const pingresp = Buffer.from([0xd0, 0]);

createServer((socket) => {
  socket.on('error', () => {});
  socket.on('data', (data) => {
    if (data[0] === 0x10) socket.write(connack);
    else if (data[0] === 0xc0) socket.write(pingresp);
  });
}).listen(Number(mqttPort), '127.0.0.1');

const told = new Set();
createServer((socket) => {
  socket.on('error', () => {});
  socket.on('data', (data) => {
    const port = Number(String(data));
    if (manner !== 'dial-back' || told.has(port)) return;
    told.add(port);
    dial('127.0.0.1', port);
  });
}).listen(Number(clusterPort), '127.0.0.1');

function dial(host, port, word) {
  const socket = connect({ host, port });
  socket.on('error', () => {});
  if (word !== undefined) socket.write(word);
}

if (manner === 'meet') writeFileSync(`${clusterPort}.port`, '');

setTimeout(() => {
  if (manner === 'meet') {
    const ports = readdirSync('.').flatMap((file) => (file.endsWith('.port') ? [Number.parseInt(file, 10)] : []));
    for (const port of ports) if (port !== Number(clusterPort)) dial('127.0.0.1', port);
    return;
  }
  for (const peer of peers) {
    const [host, port] = peer.split(':');
    dial(host, Number(port), clusterPort);
  }
}, Number(afterMs));
