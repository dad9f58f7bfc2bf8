import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { encodeHeaders, type Header, HpackDecoder } from '../../../src/engines/local/links/http2/hpack.ts';

const bytesOf = (hex: string): Buffer => Buffer.from(hex.replaceAll(/\s/g, ''), 'hex');
const pairs = (headers: readonly Header[]): string[] => headers.map(({ name, value }) => `${name}: ${value}`);
const read = (decoder: HpackDecoder, hex: string): string[] => pairs(decoder.decode(bytesOf(hex)).headers);

const firstRequest = [':method: GET', ':scheme: http', ':path: /', ':authority: www.example.com'];
const requests = [
  firstRequest,
  [...firstRequest, 'cache-control: no-cache'],
  [':method: GET', ':scheme: https', ':path: /index.html', ':authority: www.example.com', 'custom-key: custom-value'],
];
const privateAt = (second: number) => [
  'cache-control: private',
  `date: Mon, 21 Oct 2013 20:13:${second} GMT`,
  'location: https://www.example.com',
];
const responses = [
  [':status: 302', ...privateAt(21)],
  [':status: 307', ...privateAt(21)],
  [
    ':status: 200',
    'cache-control: private',
    'date: Mon, 21 Oct 2013 20:13:22 GMT',
    'location: https://www.example.com',
    'content-encoding: gzip',
    'set-cookie: foo=ASDJKHQKBZXOQWEOPIUAXQWEOIU; max-age=3600; version=1',
  ],
];

describe('the examples of RFC 7541, appendix C', () => {
  test.each([
    ['C.2.1, with indexing', '400a637573746f6d2d6b65790d637573746f6d2d686561646572', 'custom-key: custom-header'],
    ['C.2.2, without indexing', '040c2f73616d706c652f70617468', ':path: /sample/path'],
    ['C.2.3, never indexed', '100870617373776f726406736563726574', 'password: secret'],
    ['C.2.4, indexed', '82', ':method: GET'],
  ])('%s', (_, hex, expected) => {
    expect(read(new HpackDecoder(), hex)).toEqual([expected]);
  });

  test.each([
    [
      'C.3, requests in plain text',
      '8286 8441 0f77 7777 2e65 7861 6d70 6c65 2e63 6f6d',
      '8286 84be 5808 6e6f 2d63 6163 6865',
      '8287 85bf 400a 6375 7374 6f6d 2d6b 6579 0c63 7573 746f 6d2d 7661 6c75 65',
    ],
    [
      'C.4, requests in Huffman code',
      '8286 8441 8cf1 e3c2 e5f2 3a6b a0ab 90f4 ff',
      '8286 84be 5886 a8eb 1064 9cbf',
      '8287 85bf 4088 25a8 49e9 5ba9 7d7f 8925 a849 e95b b8e8 b4bf',
    ],
  ])('%s, over one connection', (_, ...blocks) => {
    const decoder = new HpackDecoder();
    expect(blocks.map((block) => read(decoder, block))).toEqual(requests);
  });

  test.each([
    [
      'C.5, answers in plain text',
      '4803 3330 3258 0770 7269 7661 7465 611d 4d6f 6e2c 2032 3120 4f63 7420 3230 3133 2032 303a 3133 3a32 3120 474d 546e 1768 7474 7073 3a2f 2f77 7777 2e65 7861 6d70 6c65 2e63 6f6d',
      '4803 3330 37c1 c0bf',
      '88c1 611d 4d6f 6e2c 2032 3120 4f63 7420 3230 3133 2032 303a 3133 3a32 3220 474d 54c0 5a04 677a 6970 7738 666f 6f3d 4153 444a 4b48 514b 425a 584f 5157 454f 5049 5541 5851 5745 4f49 553b 206d 6178 2d61 6765 3d33 3630 303b 2076 6572 7369 6f6e 3d31',
    ],
    [
      'C.6, answers in Huffman code',
      '4882 6402 5885 aec3 771a 4b61 96d0 7abe 9410 54d4 44a8 2005 9504 0b81 66e0 82a6 2d1b ff6e 919d 29ad 1718 63c7 8f0b 97c8 e9ae 82ae 43d3',
      '4883 640e ffc1 c0bf',
      '88c1 6196 d07a be94 1054 d444 a820 0595 040b 8166 e084 a62d 1bff c05a 839b d9ab 77ad 94e7 821d d7f2 e6c7 b335 dfdf cd5b 3960 d5af 2708 7f36 72c1 ab27 0fb5 291f 9587 3160 65c0 03ed 4ee5 b106 3d50 07',
    ],
  ])('%s, with a table of 256 bytes from which entries fall', (_, ...blocks) => {
    const decoder = new HpackDecoder();
    // The examples agree on the size by other means; here the sender announces it.
    expect(decoder.decode(bytesOf('3fe101'))).toEqual({ headers: [], tableSizes: [256] });
    expect(blocks.map((block) => read(decoder, block))).toEqual(responses);
  });
});

describe('what breaks RFC 7541 is refused', () => {
  test.each([
    ['an index that is in no table', 'be'],
    ['index 0', '80'],
    ['a block that ends within a string', '400a6375'],
    ['a block that ends within an integer', '1f'],
    ['an integer without end', `1f${'80'.repeat(9)}`],
    ['a table size behind a header', '823fe101'],
    ['a string that is filled up with zeroes', '4081 00 00'],
    ['the end of string within a string', '4084 ffff ffff 00'],
    ['a byte and more that fill a string up', '4082 ffff 00'],
  ])('%s', (_, hex) => {
    expect(() => new HpackDecoder().decode(bytesOf(hex))).toThrow();
  });
});

describe('what is written anew', () => {
  const text = fc.string({ unit: fc.integer({ min: 0, max: 255 }).map((byte) => String.fromCharCode(byte)) });
  const header = fc.record({
    name: fc.oneof(fc.constantFrom(':path', 'grpc-status', 'x'), text),
    value: fc.oneof(
      text,
      text.map((short) => short.repeat(50)),
    ),
    neverIndexed: fc.boolean(),
  });

  test('reads as what it was, with the sizes of the table before it', () => {
    const sizes = fc.array(fc.integer({ min: 0, max: 65_536 }), { maxLength: 2 });
    fc.assert(
      fc.property(fc.array(header), sizes, (headers, tableSizes) => {
        const block = { headers, tableSizes };
        expect(new HpackDecoder().decode(encodeHeaders(block))).toEqual(block);
      }),
    );
  });

  test('leaves the table of its reader alone, so that it may stand between any two blocks', () => {
    fc.assert(
      fc.property(fc.array(header), (headers) => {
        const decoder = new HpackDecoder();
        read(decoder, '8286 8441 0f77 7777 2e65 7861 6d70 6c65 2e63 6f6d');
        decoder.decode(encodeHeaders({ headers, tableSizes: [] }));
        expect(read(decoder, '8286 84be 5808 6e6f 2d63 6163 6865')).toEqual(requests[1]);
      }),
    );
  });
});
