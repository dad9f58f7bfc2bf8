import { describe, expect, test } from '@jest/globals';
import { Exchanges } from '../../src/sabotage/exchanges.ts';
import { message, names } from '../support/middle.ts';

describe('a message that is acknowledged in the place of its receiver', () => {
  test('at QoS 0 has no answer', () => {
    expect(new Exchanges().acknowledge(message(1), 'broker')).toEqual([]);
  });

  test('at QoS 1 has a PUBACK, and nothing follows', () => {
    const exchanges = new Exchanges();
    expect(names(exchanges.acknowledge(message(1, { qos: 1 }), 'broker'))).toEqual(['puback 1']);
    expect(exchanges.absorb({ cmd: 'pubrel', messageId: 1 }, 'broker')).toBeUndefined();
  });

  test('at QoS 2 has a PUBREC, and a PUBCOMP for its PUBREL', () => {
    const exchanges = new Exchanges();
    expect(names(exchanges.acknowledge(message(1, { qos: 2 }), 'broker'))).toEqual(['pubrec 1']);
    expect(names(exchanges.absorb({ cmd: 'pubrel', messageId: 1 }, 'broker')?.toBroker ?? [])).toEqual(['pubcomp 1']);
    // The id is free again.
    expect(exchanges.absorb({ cmd: 'pubrel', messageId: 1 }, 'broker')).toBeUndefined();
  });

  test('has nothing to do with the same packet id of the other side', () => {
    const exchanges = new Exchanges();
    exchanges.acknowledge(message(1, { qos: 2 }), 'client');
    expect(exchanges.absorb({ cmd: 'pubrel', messageId: 1 }, 'broker')).toBeUndefined();
    expect(names(exchanges.absorb({ cmd: 'pubrel', messageId: 1 }, 'client')?.toClient ?? [])).toEqual(['pubcomp 1']);
  });

  test('is a message as any other when it is sent again, for its PUBREC was lost', () => {
    const exchanges = new Exchanges();
    exchanges.acknowledge(message(1, { qos: 2 }), 'client');
    expect(exchanges.absorb(message(1, { qos: 2, dup: true }), 'client')).toBeUndefined();
    expect(exchanges.absorb({ cmd: 'pubrel', messageId: 1 }, 'client')).toBeUndefined();
  });
});

describe('a delivery of its own', () => {
  test('has a packet id that the broker does not use, and another each time', () => {
    const exchanges = new Exchanges();
    const ids = [1, 2, 3].map(() => exchanges.deliver(message(1, { qos: 1 })).messageId);
    expect(new Set(ids).size).toBe(3);
    for (const id of ids) expect(id).toBeGreaterThanOrEqual(60_000);
  });

  test('has none at QoS 0', () => {
    expect(new Exchanges().deliver({ ...message(1, { qos: 1 }), qos: 0 })).not.toHaveProperty('messageId');
  });

  test('keeps the answers of the client from the broker, at QoS 1', () => {
    const exchanges = new Exchanges();
    const { messageId = 0 } = exchanges.deliver(message(1, { qos: 1 }));
    expect(exchanges.absorb({ cmd: 'puback', messageId }, 'client')).toEqual({});
    expect(exchanges.absorb({ cmd: 'puback', messageId }, 'client')).toBeUndefined();
  });

  test('is led to its end, at QoS 2', () => {
    const exchanges = new Exchanges();
    const { messageId = 0 } = exchanges.deliver(message(1, { qos: 2 }));
    const released = exchanges.absorb({ cmd: 'pubrec', messageId }, 'client');
    expect(names(released?.toClient ?? [])).toEqual([`pubrel ${messageId}`]);
    expect(exchanges.absorb({ cmd: 'pubcomp', messageId }, 'client')).toEqual({});
  });

  test('ends when the client refuses it (MQTT 5)', () => {
    const exchanges = new Exchanges();
    const { messageId = 0 } = exchanges.deliver(message(1, { qos: 2 }));
    expect(exchanges.absorb({ cmd: 'pubrec', messageId, reasonCode: 0x97 }, 'client')).toEqual({});
    expect(exchanges.absorb({ cmd: 'pubcomp', messageId }, 'client')).toBeUndefined();
  });

  test('leaves acknowledgements of other messages alone', () => {
    const exchanges = new Exchanges();
    exchanges.deliver(message(1, { qos: 1 }));
    expect(exchanges.absorb({ cmd: 'puback', messageId: 1 }, 'client')).toBeUndefined();
  });
});
