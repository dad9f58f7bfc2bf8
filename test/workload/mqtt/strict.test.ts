import { describe, expect, test } from '@jest/globals';
import type { ProtocolVersion } from '../../../src/workload/mqtt/breach.ts';
import { FrameReader } from '../../../src/workload/mqtt/frames.ts';
import { parseFrame } from '../../../src/workload/mqtt/parse.ts';
import { checkFrame } from '../../../src/workload/mqtt/strict.ts';

/** The clauses of one packet, by the version that it came in; and whether mqtt-packet decodes what the check calls readable. */
function judged(hex: string, version: ProtocolVersion) {
  const bytes = Buffer.from(hex.replaceAll(' ', ''), 'hex');
  const { frames, unreadable } = new FrameReader().read(bytes);
  const [frame] = frames;
  if (frame === undefined || frames.length !== 1 || unreadable) throw new Error(`not one packet: ${hex}`);
  const { findings, use, properFlags } = checkFrame(frame, version);
  const packet = use === 'read' ? parseFrame(frame, version, properFlags) : undefined;
  return {
    clauses: findings.map(({ clause: { v311, v5 } }) => (version === 5 ? v5 : v311)),
    use,
    cmd: packet?.cmd,
  };
}

type Row = readonly [what: string, legal: string, breach: string, clause: string, use?: 'read' | 'ignore' | 'close'];

/** The same bytes mean the same in both versions only where the packet has no properties. */
const mqtt311: readonly Row[] = [
  ['reserved flags of PUBACK', '40 02 0001', '42 02 0001', 'MQTT-2.2.2-1'],
  ['reserved flags of PUBREL', '62 02 0001', '60 02 0001', 'MQTT-3.6.1-1'],
  ['reserved flags of CONNACK', '20 02 0000', '21 02 0000', 'MQTT-2.2.2-1'],
  ['bytes behind PUBACK', '40 02 0001', '40 03 000100', '3.4.1'],
  ['bytes behind UNSUBACK', 'b0 02 0001', 'b0 03 000100', '3.11.1', 'close'],
  ['bytes behind PINGRESP', 'd0 00', 'd0 01 00', '3.13.1'],
  ['properties of MQTT 5 behind CONNACK', '20 02 0000', '20 03 000000', '3.2.1'],
  ['PUBACK that is cut short', '40 02 0001', '40 01 00', '3.4.2', 'close'],
  ['CONNACK that is cut short', '20 02 0100', '20 01 01', '3.2.2', 'close'],
  ['reserved acknowledge flags', '20 02 0100', '20 02 0200', '3.2.2.1', 'close'],
  ['session present of a refusal', '20 02 0005', '20 02 0105', 'MQTT-3.2.2-4'],
  ['a return code that does not exist', '20 02 0005', '20 02 0006', 'MQTT-3.2.2-6'],
  ['QoS 3', '34 06 0001 61 0001 78', '36 06 0001 61 0001 78', 'MQTT-3.3.1-4', 'close'],
  ['DUP at QoS 0', '3a 06 0001 61 0001 78', '38 04 0001 61 78', 'MQTT-3.3.1-2'],
  ['packet identifier 0', '32 06 0001 61 0001 78', '32 06 0001 61 0000 78', 'MQTT-2.3.1-1'],
  ['PUBLISH without a packet identifier', '32 05 0001 61 0001', '32 04 0001 61 00', '3.3.2.2', 'close'],
  ['a topic name that is longer than its packet', '30 03 0001 61', '30 03 0002 61', 'MQTT-3.3.2-1', 'close'],
  ['an empty topic name', '30 03 0001 61', '30 02 0000', 'MQTT-4.7.3-1'],
  ['a wildcard in a topic name', '30 05 0003 612f62', '30 05 0003 612f2b', 'MQTT-3.3.2-2'],
  ['a topic name that is not UTF-8', '30 04 0002 c3a9', '30 04 0002 c328', 'MQTT-1.5.3-1'],
  ['a surrogate in a topic name', '30 05 0003 efbbbf', '30 05 0003 eda080', 'MQTT-1.5.3-1'],
  ['U+0000 in a topic name', '30 03 0001 01', '30 03 0001 00', 'MQTT-1.5.3-2'],
  ['a code of SUBACK that does not exist', '90 06 0001 00010280', '90 03 0001 03', 'MQTT-3.9.3-2', 'close'],
  ['a packet that only a client sends', '40 02 0001', 'c0 00', '2.2.1', 'ignore'],
  ['DISCONNECT, which only a client sends', '40 02 0001', 'e0 00', '2.2.1', 'ignore'],
  ['SUBSCRIBE', 'd0 00', '82 06 0001 0001 61 00', '2.2.1', 'ignore'],
  ['a reserved packet type', 'd0 00', '00 00', '2.2.1', 'close'],
  ['AUTH, which does not exist yet', 'd0 00', 'f0 00', '2.2.1', 'close'],
];

const mqtt5: readonly Row[] = [
  ['reserved flags of PUBACK', '40 02 0001', '42 02 0001', 'MQTT-2.1.3-1'],
  ['reserved flags of PUBREL', '62 02 0001', '60 02 0001', 'MQTT-3.6.1-1'],
  ['a Remaining Length that is not minimal', '40 02 0001', '40 8200 0001', 'MQTT-1.5.5-1'],
  ['a Property Length that is not minimal', '30 04 0001 61 00', '30 05 0001 61 8000', 'MQTT-1.5.5-1'],
  ['a subscription identifier that is not minimal', '30 06 0001 61 02 0b01', '30 07 0001 61 03 0b8100', 'MQTT-1.5.5-1'],
  ['bytes behind the properties of PUBACK', '40 04 0001 00 00', '40 05 0001 00 00 00', '3.4.2'],
  ['bytes behind PINGRESP', 'd0 00', 'd0 01 00', '3.13.1'],
  ['CONNACK without a Property Length', '20 03 0000 00', '20 02 0000', '2.2.2.1', 'close'],
  ['reserved acknowledge flags', '20 03 0100 00', '20 03 0300 00', 'MQTT-3.2.2-1', 'close'],
  ['session present of a refusal', '20 03 0087 00', '20 03 0187 00', 'MQTT-3.2.2-6'],
  ['a reason code of CONNACK that does not exist', '20 03 0084 00', '20 03 008b 00', 'MQTT-3.2.2-8'],
  ['QoS 3', '34 07 0001 61 0001 00 78', '36 07 0001 61 0001 00 78', 'MQTT-3.3.1-4', 'close'],
  ['DUP at QoS 0', '30 04 0001 61 00', '38 04 0001 61 00', 'MQTT-3.3.1-2'],
  ['packet identifier 0', '32 06 0001 61 0001 00', '32 06 0001 61 0000 00', 'MQTT-2.2.1-4'],
  ['an empty topic name without an alias', '30 06 0000 03 230001', '30 03 0000 00', '3.3.2.1'],
  ['topic alias 0', '30 07 0001 61 03 230001', '30 07 0001 61 03 230000', 'MQTT-3.3.2-8'],
  ['a wildcard in a topic name', '30 04 0001 61 00', '30 04 0001 23 00', 'MQTT-3.3.2-2'],
  ['a wildcard in a response topic', '30 08 0001 61 04 08000162', '30 08 0001 61 04 08000123', 'MQTT-3.3.2-14'],
  ['a string property that is not UTF-8', '30 08 0001 61 04 03000162', '30 08 0001 61 04 030001ff', 'MQTT-1.5.4-1'],
  ['U+0000 in a user property', '30 0b 0001 61 07 26000162000163', '30 0b 0001 61 07 26000162000100', 'MQTT-1.5.4-2'],
  ['a property that does not exist', '30 06 0001 61 02 0101', '30 06 0001 61 02 0401', '2.2.2.2', 'close'],
  ['a property of another packet', '20 06 0000 03 210005', '30 07 0001 61 03 210005', '2.2.2.2'],
  ['a property that only a client sends', '20 06 0000 03 220005', '20 08 0000 05 1800000005', '2.2.2.2'],
  ['a property twice', '30 06 0001 61 02 0101', '30 08 0001 61 04 01010101', '3.3.2.3'],
  [
    'properties that are longer than their packet',
    '30 06 0001 61 02 0101',
    '30 06 0001 61 03 0101',
    '2.2.2.1',
    'close',
  ],
  [
    'a property that is longer than the properties',
    '30 07 0001 61 03 230001',
    '30 07 0001 61 02 2300 01',
    '2.2.2.2',
    'close',
  ],
  ['subscription identifier 0', '30 08 0001 61 04 0b010b02', '30 06 0001 61 02 0b00', '3.3.2.3.8'],
  ['Receive Maximum 0', '20 06 0000 03 210001', '20 06 0000 03 210000', '3.2.2.3.3'],
  ['Maximum QoS 2', '20 05 0000 02 2401', '20 05 0000 02 2402', '3.2.2.3.4'],
  ['a reason code that PUBACK does not have', '40 03 0001 10', '40 03 0001 92', 'MQTT-3.4.2-1', 'close'],
  ['a reason code that PUBCOMP does not have', '70 03 0001 92', '70 03 0001 10', 'MQTT-3.7.2-1', 'close'],
  ['a reason code that SUBACK does not have', '90 04 0001 00 91', '90 04 0001 00 92', 'MQTT-3.9.3-2', 'close'],
  ['a reason code that UNSUBACK does not have', 'b0 04 0001 00 11', 'b0 04 0001 00 01', 'MQTT-3.11.3-2', 'close'],
  ['a reason code of DISCONNECT that only a client has', 'e0 01 8e', 'e0 01 04', 'MQTT-3.14.2-1', 'close'],
  ['a session expiry in DISCONNECT', 'e0 02 8b 00', 'e0 07 8b 05 1100000001', 'MQTT-3.14.2-2'],
  ['bytes behind DISCONNECT', 'e0 00', 'e0 03 8b 00 00', '3.14.2'],
  ['AUTH without enhanced authentication', 'e0 00', 'f0 02 18 00', 'MQTT-4.12.0-6'],
  ['a packet that only a client sends', 'e0 00', 'c0 00', '2.1.2', 'ignore'],
  ['a reserved packet type', 'd0 00', '00 00', '2.1.2', 'close'],
];

describe.each([
  [4, mqtt311],
  [5, mqtt5],
] as const)('MQTT level %d', (version, rows) => {
  test.each(rows)('%s', (_, legal, breach, clause, use = 'read') => {
    const allowed = judged(legal, version);
    expect([allowed.clauses, allowed.use]).toEqual([[], 'read']);
    expect(allowed.cmd).toBeDefined();
    const found = judged(breach, version);
    expect([found.clauses, found.use]).toEqual([[clause], use]);
    if (use === 'read') expect(found.cmd).toBeDefined();
  });
});

test('MQTT 3.1.1 does not forbid a Remaining Length that is longer than it has to be', () => {
  expect(judged('40 8200 0001', 4).clauses).toEqual([]);
});

test('MQTT 5 lets the reason code and the properties of an acknowledgement be left out', () => {
  for (const hex of [
    '40 02 0001',
    '40 03 0001 10',
    '40 04 0001 10 00',
    '62 02 0001',
    '70 02 0001',
    '50 03 0001 87',
    'e0 00',
    'e0 01 00',
  ])
    expect(judged(hex, 5)).toMatchObject({ clauses: [], use: 'read' });
});

test('a broker that has no MQTT 5 may refuse it in the form of MQTT 3.1.1, and nothing else', () => {
  expect(judged('20 02 0001', 5)).toMatchObject({ clauses: [], cmd: 'connack' });
  expect(judged('20 02 0101', 5).clauses).toContain('MQTT-3.2.2-6');
});
