import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);
import {
  logBytes,
  partPath,
  partsOf
} from "./chunks/chunk-RMA55W2N.js";
import {
  MaskStream
} from "./chunks/chunk-WFQI7BEC.js";
import {
  serve
} from "./chunks/chunk-SEHV63E6.js";
import "./chunks/chunk-EV4V3EIO.js";
import "./chunks/chunk-6DG7BXTN.js";

// src/engines/local/cluster/logs/worker.ts
import { constants, openSync as openSync2, readSync } from "node:fs";
import { Socket } from "node:net";
import { parentPort } from "node:worker_threads";

// src/engines/local/cluster/logs/log-sink.ts
import { closeSync, mkdirSync, openSync, rmSync, writeSync } from "node:fs";
import { dirname } from "node:path";
var newestParts = 4;
var LogSink = class {
  #options;
  #mask;
  #firstBytes;
  #partBytes;
  /** Offset of the next byte in the whole log. */
  #at;
  #part;
  constructor(options) {
    this.#options = options;
    this.#mask = new MaskStream(options.secrets);
    this.#firstBytes = Math.floor(options.keepBytes / 2);
    this.#partBytes = Math.floor(options.keepBytes / 2 / newestParts);
    mkdirSync(dirname(options.file), { recursive: true });
    this.#at = logBytes(options.file);
  }
  push(bytes) {
    this.#write(this.#mask.push(bytes));
  }
  /** Writes what was kept back because a secret may have begun: whoever said it has ended. */
  flush() {
    this.#write(this.#mask.end());
  }
  close() {
    this.flush();
    if (this.#part) closeSync(this.#part.fd);
    this.#part = void 0;
  }
  #write(bytes) {
    let from = 0;
    while (from < bytes.length) {
      const part = this.#openPart();
      if (part === void 0) return;
      const wanted = Math.min(bytes.length - from, part.end - this.#at);
      let written;
      try {
        written = writeSync(part.fd, bytes, from, wanted);
      } catch {
        return;
      }
      from += written;
      this.#at += written;
    }
  }
  /** The file in which the next byte belongs. */
  #openPart() {
    if (this.#part && this.#at < this.#part.end) return this.#part;
    if (this.#part) closeSync(this.#part.fd);
    this.#part = void 0;
    const start = this.#at < this.#firstBytes ? 0 : this.#at - (this.#at - this.#firstBytes) % this.#partBytes;
    try {
      const fd = openSync(partPath(this.#options.file, start), "a");
      this.#part = { fd, end: start === 0 ? this.#firstBytes : start + this.#partBytes };
    } catch {
      return void 0;
    }
    const [, ...newest] = partsOf(this.#options.file);
    for (const { path } of newest.slice(0, -newestParts)) rmSync(path, { force: true });
    return this.#part;
  }
};

// src/engines/local/cluster/logs/worker.ts
var pipes = /* @__PURE__ */ new Map();
var chunk = Buffer.alloc(1024 * 1024);
var methods = {
  open({ pipe, ...options }) {
    const fd = openSync2(pipe, constants.O_RDWR | constants.O_NONBLOCK);
    const sink = new LogSink(options);
    const socket = new Socket({ fd, readable: true, writable: false });
    socket.on("data", (bytes) => sink.push(bytes));
    socket.on("error", () => {
    });
    pipes.set(pipe, { fd, socket, sink });
  },
  flush(name) {
    const pipe = pipes.get(name);
    if (pipe === void 0) return;
    try {
      for (let length = 0, total = 0; total < chunk.length; total += length) {
        length = readSync(pipe.fd, chunk);
        if (length === 0) break;
        pipe.sink.push(chunk.subarray(0, length));
      }
    } catch {
    }
    pipe.sink.flush();
  },
  close() {
    for (const [name, { socket, sink }] of pipes) {
      methods.flush(name);
      socket.destroy();
      sink.close();
    }
    pipes.clear();
  }
};
if (parentPort) serve(parentPort, "logs", methods);
