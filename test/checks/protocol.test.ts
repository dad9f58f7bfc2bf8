import { expect, test } from '@jest/globals';
import { protocol } from '../../src/checks/protocol.ts';
import { expectNothing, findings, input, theOne } from '../support/histories.ts';
import { aBreach, ofWire } from '../support/kind-facts.ts';

const dupRule = 'MQTT-3.3.1-2';

test('a packet that breaks a rule is shown with its bytes and its clause', () => {
  const finding = theOne(protocol, ofWire({ breaches: [aBreach()], breachCounts: [[dupRule, 1]] }));
  expect(finding).toEqual({
    what: 'node1 sent a QoS 0 PUBLISH with DUP set, to reader',
    atMs: 4_000,
    facts: { client: 'reader', role: 'subscriber', node: 'node1', bytes: '3806', times: 1 },
    clause: { v311: dupRule, v5: dupRule },
  });
});

test('a rule that is broken again and again is one finding, which says how often; all times are counted', () => {
  const breaches = [aBreach(), aBreach({ atMs: 4_500, clientId: 'other' })];
  const { count, findings: shown } = findings(protocol, ofWire({ breaches, breachCounts: [[dupRule, 25]] }));
  expect(count).toBe(25);
  expect(shown.map(({ what }) => what)).toEqual([
    'node1 sent a QoS 0 PUBLISH with DUP set, to reader; 25 packets broke this rule',
  ]);
});

test('each rule has its own finding, by its number in the version that was spoken', () => {
  const clause = { v311: 'MQTT-3.8.4-5', v5: 'MQTT-3.8.4-6' };
  const breaches = [aBreach(), aBreach({ version: 5, clause, what: 'sent a SUBACK without reason codes' })];
  const { count, findings: shown } = findings(
    protocol,
    ofWire({
      breaches,
      breachCounts: [
        [dupRule, 1],
        ['MQTT-3.8.4-6', 1],
      ],
    }),
  );
  expect(count).toBe(2);
  expect(shown.map((finding) => finding.clause?.v5)).toEqual([dupRule, 'MQTT-3.8.4-6']);
});

test('a rule of MQTT 3.1.1 alone has its number there', () => {
  const clause = { v311: 'MQTT-3.9.3-2', v5: null };
  const finding = theOne(protocol, ofWire({ breaches: [aBreach({ clause })], breachCounts: [['MQTT-3.9.3-2', 1]] }));
  expect(finding.clause?.v311).toBe('MQTT-3.9.3-2');
});

test('a broker of which each packet was right breaks nothing', () => {
  expectNothing(protocol, ofWire({}));
});

test('nothing is said where no client checked the packets', () => {
  expect(protocol.run(input({ facts: {}, notRun: {} }))).toEqual({
    applicable: false,
    why: 'no client of the workload checked the packets',
  });
});
