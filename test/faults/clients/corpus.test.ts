import { describe, expect, test } from '@jest/globals';
import { type Packet, parser } from 'mqtt-packet';
import { createRandom } from '../../../src/base/random.ts';
import { brokenClasses } from '../../../src/faults/corpus.ts';

const find = (name: string) => {
  const found = brokenClasses.find((broken) => broken.name === name);
  if (!found) throw new Error(`no class ${name}`);
  return found;
};
const hex = (name: string, seed = 'seed'): string => find(name).make(createRandom(seed)).toString('hex');

describe('the corpus of broken packets', () => {
  test('has many classes, each with a name of its own and the rule that it breaks', () => {
    expect(brokenClasses.length).toBeGreaterThanOrEqual(100);
    expect(new Set(brokenClasses.map(({ name }) => name)).size).toBe(brokenClasses.length);
    for (const { breaks } of brokenClasses)
      expect(breaks).toMatch(/^(5\.0 )?(MQTT-\d\.\d+\.\d-\d+|\d(\.\d+)+(, .+)?)$|^any$/);
  });

  test.each(brokenClasses.map(({ name }) => name))('%s is the same for the same seed', (name) => {
    const { make } = find(name);
    expect(make(createRandom('a'))).toEqual(make(createRandom('a')));
    expect(make(createRandom('a')).length).toBeGreaterThan(0);
  });

  test('says byte for byte what it says', () => {
    expect(hex('packet-type-0')).toMatch(/^00/);
    expect(hex('remaining-length-of-5-bytes')).toBe('10ffffffff01');
    expect(hex('remaining-length-overlong')).toBe('c0808000');
    expect(hex('publish-qos-3')).toMatch(/^361[0-9a-f]000e6368616f732d62726f6b656e2f61/);
    expect(hex('publish-packet-id-0')).toMatch(/^32..000e6368616f732d62726f6b656e2f610000/);
    expect(hex('publish-to-empty-topic')).toBe('300900007061796c6f6164');
    expect(hex('subscribe-without-anything')).toBe('8200');
    expect(hex('connect-cut-behind-the-flags')).toBe('100800044d5154540402');
    expect(hex('protocol-level-6')).toMatch(/^10..00044d51545406/);
    expect(hex('connect-reserved-flag')).toMatch(/^10..00044d5154540403/);
    expect(hex('password-without-user-name')).toMatch(/^10..00044d5154540442.*0006736563726574$/);
    expect(hex('client-id-empty-and-session-kept')).toBe('100c00044d5154540400003c0000');
    expect(hex('nul-in-topic')).toContain('2f0061');
    expect(hex('surrogate-in-filter')).toMatch(/2fed[ab][0-9a-f][89ab][0-9a-f]00$/);
    expect(hex('pubrel-with-reserved-flags')).not.toMatch(/^62/);
    expect(hex('v5-receive-maximum-0')).toMatch(/^10..00044d5154540502003c03210000/);
  });

  test('never publishes to a topic of anybody else, never retains, never keeps a session', () => {
    for (let seed = 0; seed < 300; seed++)
      for (const broken of brokenClasses.filter(({ name }) => name.startsWith('mutated-'))) {
        for (const packet of parsed(broken.make(createRandom(String(seed))))) {
          if (packet.cmd === 'connect') expect(packet.clean).toBe(true);
          if (packet.cmd !== 'publish') continue;
          expect(packet.retain).toBe(false);
          // The workload's topics begin with chaos- and a number in hex.
          expect(packet.topic).not.toMatch(/^chaos-[0-9a-f]+\//);
        }
      }
  });
});

/** What a lenient reader makes of the bytes, up to what it cannot read. */
function parsed(bytes: Buffer): Packet[] {
  const packets: Packet[] = [];
  const reader = parser();
  reader.on('packet', (packet) => packets.push(packet));
  reader.on('error', () => {});
  try {
    reader.parse(bytes);
  } catch {
    // mqtt-packet trips over some of these.
  }
  return packets;
}
