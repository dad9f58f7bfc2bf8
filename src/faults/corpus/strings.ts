import type { Random } from '../../base/random.ts';
import type { Rule } from './broken-class.ts';
import { bytes, prefix } from './bytes.ts';

const ofCorpus = Buffer.from(prefix);

/** Bytes that are no UTF-8 encoded string. */
export const badStrings: readonly {
  readonly name: string;
  readonly rule: Rule;
  readonly make: (random: Random) => Buffer;
}[] = [
  {
    name: 'bad-utf8',
    rule: ['MQTT-1.5.3-1', 'MQTT-1.5.4-1'],
    make: (random) => bytes(ofCorpus, Buffer.from([0xff, 0x80 | random.below(64), 0xfe])),
  },
  {
    name: 'overlong-utf8',
    rule: ['MQTT-1.5.3-1', 'MQTT-1.5.4-1'],
    make: () => bytes(ofCorpus, Buffer.from([0xc0, 0xaf])),
  },
  {
    name: 'surrogate',
    rule: ['MQTT-1.5.3-1', 'MQTT-1.5.4-1'],
    make: (random) => bytes(ofCorpus, Buffer.from([0xed, 0xa0 + random.below(32), 0x80 + random.below(64)])),
  },
  { name: 'nul', rule: ['MQTT-1.5.3-2', 'MQTT-1.5.4-2'], make: () => bytes(ofCorpus, Buffer.from('\0a')) },
];

/** A PUBLISH of these bytes is no UTF-8 text, which the payload format indicator may say it is. */
export const notUtf8 = Buffer.from([0xff, 0xfe, 0xc0]);
