import { afterEach, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  BlockReader,
  FrameReader,
  frameFlag,
  frameType,
  preface,
  type WholeBlock,
} from '../../../src/engines/local/links/http2/frames.ts';
import { encodeHeaders, type Header, HpackDecoder } from '../../../src/engines/local/links/http2/hpack.ts';
import { Intermediary } from '../../../src/engines/local/links/http2/intermediary.ts';
import { RuleInForce } from '../../../src/engines/local/links/http2/rule.ts';
import { Scheduler } from '../../../src/engines/local/links/scheduler.ts';
import type { CallAction } from '../../../src/model/effects.ts';

const { endHeaders, endStream, padded, priority } = frameFlag;
const schedulers: Scheduler[] = [];
afterEach(() => {
  for (const scheduler of schedulers.splice(0)) scheduler.close();
});

function frame(type: number, flags: number, streamId: number, payload: Buffer | string): Buffer {
  const body = Buffer.from(payload);
  const head = Buffer.alloc(9);
  head.writeUIntBE(body.length, 0, 3);
  head.writeUInt8(type, 3);
  head.writeUInt8(flags, 4);
  head.writeUInt32BE(streamId, 5);
  return Buffer.concat([head, body]);
}

const headersOf = (path: string, more: Record<string, string> = {}): Header[] =>
  Object.entries({ ':method': 'POST', ':path': path, 'content-type': 'application/grpc', ...more }).map(
    ([name, value]) => ({ name, value, neverIndexed: false }),
  );
const path = (value: string): Header[] => [{ name: ':path', value, neverIndexed: false }];
const block = (path: string, more?: Record<string, string>): Buffer =>
  encodeHeaders({ headers: headersOf(path, more), tableSizes: [] });

/** A block whose every header is added to the table, as real clients write them. */
function indexed(headers: readonly Header[]): Buffer {
  const text = (value: string) => Buffer.concat([Buffer.from([value.length]), Buffer.from(value)]);
  return Buffer.concat(headers.flatMap(({ name, value }) => [Buffer.from([0x40]), text(name), text(value)]));
}

type Said = { readonly frames: string[]; readonly blocks: Map<number, string[]>; readonly tableSizes: number[] };

/** What an end that knows nothing of the intermediary reads. */
function readAll(bytes: Buffer): Said {
  const [frames, blocks, headers] = [new FrameReader(), new BlockReader(), new HpackDecoder()];
  const said: Said = { frames: [], blocks: new Map(), tableSizes: [] };
  for (const frame of frames.read(bytes)) {
    const whole: WholeBlock | 'part' | undefined = blocks.read(frame);
    said.frames.push(`${frame.type} on ${frame.streamId}`);
    if (whole === undefined || whole === 'part') continue;
    const decoded = headers.decode(whole.block);
    said.tableSizes.push(...decoded.tableSizes);
    said.blocks.set(
      whole.streamId,
      decoded.headers.map(({ name, value }) => `${name}: ${value}`),
    );
  }
  return said;
}

/** An intermediary with one rule for `/s/struck`, and what it passed on. */
function between(action: CallAction = { type: 'drop' }) {
  const scheduler = new Scheduler();
  schedulers.push(scheduler);
  const rule = new RuleInForce({ method: '/s/struck', share: 1, action });
  const [toServer, toClient]: [Buffer[], Buffer[]] = [[], []];
  const intermediary = new Intermediary({
    scheduler,
    strike: (method) => (method === '/s/struck' ? rule : undefined),
    toServer: (bytes) => toServer.push(bytes),
    toClient: (bytes) => toClient.push(bytes),
  });
  return {
    intermediary,
    rule,
    /** Behind the preface. */
    server: () => readAll(Buffer.concat(toServer).subarray(preface.length)),
    client: () => readAll(Buffer.concat(toClient)),
    clientBytes: () => Buffer.concat(toClient),
    serverBytes: () => Buffer.concat(toServer),
  };
}

const pieces = fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1 });

function cut(bytes: Buffer, sizes: readonly number[]): Buffer[] {
  const chunks: Buffer[] = [];
  for (let at = 0, i = 0; at < bytes.length; i++) {
    const size = sizes[i % sizes.length] ?? 1;
    chunks.push(bytes.subarray(at, at + size));
    at += size;
  }
  return chunks;
}

test('a request is passed on whatever pieces it comes in, padding, priority and continuations and all', () => {
  const request = block('/s/m', { long: 'x'.repeat(100) });
  const dependsOn = Buffer.from([0, 0, 0, 0, 15]);
  const said = Buffer.concat([
    preface,
    frame(frameType.settings, 0, 0, ''),
    frame(
      frameType.headers,
      padded | priority,
      1,
      Buffer.concat([Buffer.from([3]), dependsOn, request.subarray(0, 20), Buffer.alloc(3)]),
    ),
    frame(frameType.continuation, 0, 1, request.subarray(20, 50)),
    frame(frameType.continuation, endHeaders, 1, request.subarray(50)),
    frame(frameType.data, padded, 1, Buffer.concat([Buffer.from([2]), Buffer.from('body'), Buffer.alloc(2)])),
    frame(frameType.headers, endHeaders | endStream, 1, block('/trailer')),
    frame(0xbe, 0, 0, 'of a type that nobody knows'),
  ]);
  fc.assert(
    fc.property(pieces, (sizes) => {
      const { intermediary, server, serverBytes } = between();
      for (const chunk of cut(said, sizes)) intermediary.fromClient(chunk);
      expect(serverBytes().subarray(0, preface.length)).toEqual(preface);
      expect(server().frames).toEqual(['4 on 0', '1 on 1', '0 on 1', '1 on 1', '190 on 0']);
      expect(serverBytes().includes(Buffer.concat([dependsOn, request.subarray(0, 8)]))).toBe(true);
    }),
  );
});

test('a header block of any length comes out as it went in', () => {
  const { intermediary, server } = between();
  const long = 'y'.repeat(40_000);
  const whole = block('/s/m', { long });
  intermediary.fromClient(
    Buffer.concat([
      preface,
      frame(frameType.headers, 0, 1, whole.subarray(0, 10_000)),
      ...cut(whole.subarray(10_000), [10_000]).map((part, i, all) =>
        frame(frameType.continuation, i === all.length - 1 ? endHeaders : 0, 1, part),
      ),
    ]),
  );
  expect(server().blocks.get(1)).toContain(`long: ${long}`);
});

describe('a request that is kept from the server', () => {
  test('leaves those after it readable, whose compression counts on it', () => {
    const { intermediary, server } = between();
    intermediary.fromClient(
      Buffer.concat([
        preface,
        frame(frameType.headers, endHeaders | endStream, 1, indexed(headersOf('/s/struck'))),
        // Method and content type by their places in the table, where the request that was kept has put them.
        frame(
          frameType.headers,
          endHeaders | endStream,
          3,
          Buffer.concat([Buffer.from([0xc0, 0xbe]), encodeHeaders({ headers: path('/s/m'), tableSizes: [] })]),
        ),
      ]),
    );
    expect(server().frames).toEqual(['1 on 3']);
    expect(server().blocks.get(3)).toEqual([':method: POST', 'content-type: application/grpc', ':path: /s/m']);
  });

  test('hands its table sizes on to the next that is passed', () => {
    const { intermediary, server } = between();
    const announced = (path: string, tableSizes: number[]) => encodeHeaders({ headers: headersOf(path), tableSizes });
    intermediary.fromClient(
      Buffer.concat([
        preface,
        frame(frameType.headers, endHeaders | endStream, 1, announced('/s/struck', [0, 1_000])),
        frame(frameType.headers, endHeaders | endStream, 3, announced('/s/struck', [2_000])),
        frame(frameType.headers, endHeaders | endStream, 5, block('/s/m')),
        frame(frameType.headers, endHeaders | endStream, 7, block('/s/m')),
      ]),
    );
    expect(server().tableSizes).toEqual([0, 2_000]);
  });

  test('takes all that the client says on its stream with it, and gives back what that counted', () => {
    const { intermediary, server, client } = between();
    intermediary.fromClient(
      Buffer.concat([
        preface,
        frame(frameType.headers, endHeaders, 1, block('/s/struck')),
        frame(frameType.data, 0, 1, Buffer.alloc(1_000)),
        frame(frameType.windowUpdate, 0, 1, Buffer.from([0, 0, 0, 9])),
        frame(frameType.headers, endHeaders, 3, block('/s/m')),
        frame(frameType.data, 0, 3, 'kept'),
        frame(frameType.data, endStream, 1, Buffer.alloc(500)),
      ]),
    );
    expect(server().frames).toEqual(['1 on 3', '0 on 3']);
    // For the connection and for the stream, and at the end for the connection alone.
    expect(client().frames).toEqual(['8 on 0', '8 on 1', '8 on 0']);
  });

  test('is never heard of by the server, not even when the client takes it back', () => {
    const { intermediary, server } = between();
    intermediary.fromClient(
      Buffer.concat([
        preface,
        frame(frameType.headers, endHeaders | endStream, 1, block('/s/struck')),
        frame(frameType.resetStream, 0, 1, Buffer.from([0, 0, 0, 8])),
      ]),
    );
    expect(server().frames).toEqual([]);
  });
});

test('an answer in the place of the server’s is whole, and asks to stop what is still being sent', () => {
  const { intermediary, client } = between({ type: 'status', status: 14, message: '100% so – no' });
  intermediary.fromClient(
    Buffer.concat([
      preface,
      frame(frameType.headers, endHeaders, 1, block('/s/struck')),
      frame(frameType.headers, endHeaders | endStream, 3, block('/s/struck')),
    ]),
  );
  expect(client().frames).toEqual(['1 on 1', '3 on 1', '1 on 3']);
  expect(client().blocks.get(3)).toEqual([
    ':status: 200',
    'content-type: application/grpc',
    'grpc-status: 14',
    'grpc-message: 100%25 so %E2%80%93 no',
  ]);
});

describe('answers that are held', () => {
  const asked = Buffer.concat([
    preface,
    frame(frameType.headers, endHeaders | endStream, 1, block('/s/struck')),
    frame(frameType.headers, endHeaders | endStream, 3, block('/s/m')),
  ]);
  const answers = Buffer.concat([
    frame(frameType.headers, endHeaders, 1, indexed(headersOf('first'))),
    frame(frameType.data, 0, 1, Buffer.alloc(700)),
    frame(frameType.headers, endHeaders, 3, Buffer.from([0xc0, 0xbf, 0xbe])),
    frame(frameType.headers, endHeaders | endStream, 1, block('last')),
  ]);

  test('are overtaken by those of other calls, and keep their own order', () => {
    const { intermediary, client } = between({ type: 'delay', delayMs: 50 });
    intermediary.fromClient(asked);
    intermediary.fromServer(answers);
    expect(client().frames).toEqual(['1 on 3']);
    // It counted on the table as the held one had left it.
    expect(client().blocks.get(3)).toContain(':path: first');
    let drained = false;
    intermediary.whenNothingHeld(() => {
      drained = true;
    });
    expect(drained).toBe(false);
    intermediary.run(Number.POSITIVE_INFINITY);
    expect(client().frames).toEqual(['1 on 3', '1 on 1', '0 on 1', '1 on 1']);
    expect(drained).toBe(true);
  });

  test('are not held any more after the heal, but do not overtake what still is', () => {
    const { intermediary, rule, client } = between({ type: 'delay', delayMs: 50 });
    intermediary.fromClient(asked);
    intermediary.fromServer(answers.subarray(0, 9 + indexed(headersOf('first')).length));
    rule.over = true;
    intermediary.fromServer(frame(frameType.data, 0, 1, 'behind it'));
    expect(client().frames).toEqual([]);
    intermediary.run(Number.POSITIVE_INFINITY);
    intermediary.fromServer(frame(frameType.data, endStream, 1, 'at once'));
    expect(client().frames).toEqual(['1 on 1', '0 on 1', '0 on 1']);
  });

  test('are thrown away when the client gives up, and the server may send as much again', () => {
    const { intermediary, client, serverBytes } = between({ type: 'delay', delayMs: 50 });
    intermediary.fromClient(asked);
    intermediary.fromServer(answers);
    intermediary.fromClient(frame(frameType.resetStream, 0, 1, Buffer.from([0, 0, 0, 8])));
    intermediary.run(Number.POSITIVE_INFINITY);
    expect(client().frames).toEqual(['1 on 3']);
    expect(serverBytes().subarray(-13)).toEqual(frame(frameType.windowUpdate, 0, 0, Buffer.from([0, 0, 2, 0xbc])));
  });
});

describe('what breaks RFC 9113 is refused', () => {
  test.each([
    ['a frame amid a header block', [frame(frameType.headers, 0, 1, ''), frame(frameType.data, 0, 1, '')]],
    ['a continuation of nothing', [frame(frameType.continuation, endHeaders, 1, '')]],
    ['more padding than payload', [frame(frameType.headers, padded | endHeaders, 1, Buffer.from([9, 0]))]],
    ['headers that cannot be read', [frame(frameType.headers, endHeaders, 1, Buffer.from([0xff, 0xff]))]],
  ])('%s', (_, frames) => {
    expect(() => between().intermediary.fromClient(Buffer.concat([preface, ...frames]))).toThrow();
  });
});
