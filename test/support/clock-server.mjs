// A program that tells its clocks: over HTTP at the port that is its first argument, and, if there is a second, in a line of output
// every so many milliseconds.
import { createServer } from 'node:http';

const [port, everyMs] = process.argv.slice(2).map(Number);
createServer((_, response) => {
  response.end(JSON.stringify({ wallMs: Date.now(), monotonicNs: String(process.hrtime.bigint()) }));
}).listen(port, '127.0.0.1');
if (everyMs) setInterval(() => console.log(`${new Date().toISOString()} still here`), everyMs);
