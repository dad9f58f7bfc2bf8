import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { Client, Simulation } from './simulation.ts';

const filter = '$share/g/t';

/** Three nodes with a publisher at the first, and members of one group at the nodes that are named. */
function world(...places: string[]) {
  const simulation = new Simulation(3);
  const publisher = new Client(simulation, 'publisher');
  const members = places.map((name, index) => {
    const member = new Client(simulation, `member${index + 1}`);
    member.connect(name);
    return member;
  });
  publisher.connect('node1');
  const clients = [publisher, ...members];
  simulation.settle(clients);
  const join = (...joining: Client[]): void => {
    for (const member of joining) member.subscribe(filter, 2);
  };
  const publish = (from: number, to: number, qos: 1 | 2 = 2): void => {
    for (let n = from; n <= to; n++) publisher.publish('t', `${n}`, qos);
  };
  const settle = (): void => simulation.settle(clients);
  return { simulation, publisher, members, join, publish, settle };
}

const all = (members: readonly Client[]): string[] =>
  members.flatMap(({ got }) => got).sort((a, b) => Number(a) - Number(b));
const numbers = (count: number): string[] => Array.from({ length: count }, (_, index) => `${index + 1}`);

describe('a shared subscription', () => {
  test('sends each message to one member, wherever the members are [MQTT-4.8.2-3]', () => {
    const { members, join, publish, settle } = world('node1', 'node2', 'node3', 'node3');
    join(...members);
    settle();
    publish(1, 40);
    settle();
    expect(all(members)).toEqual(numbers(40));
    for (const { got } of members) expect(got).toHaveLength(10);
  });

  test('is another one for each group and filter, beside those that are not shared', () => {
    const { simulation, members, join, publish, settle } = world('node1', 'node2', 'node3');
    const [one, two, three] = members;
    join(...members);
    one?.subscribe('$share/other/t', 1);
    two?.subscribe('t', 1);
    settle();
    publish(1, 9);
    settle();
    expect(all(members)).toHaveLength(27);
    expect(one?.got.length).toBe(3 + 9);
    expect(two?.got.length).toBe(3 + 9);
    expect(three?.got.length).toBe(3);
    expect(simulation.node('node1').state.groups.size).toBe(2);
  });

  test('what one member has not read goes to another when it goes; at QoS 2 what was sent stays [MQTT-4.8.2-4]', () => {
    for (const qos of [1, 2] as const) {
      const { simulation, members, join, publish, settle } = world('node2', 'node3');
      const [gone, stays] = members;
      join(...members);
      settle();
      publish(1, 20, qos);
      // It reads nothing, so it was sent as much as its Receive Maximum allows: 2.
      simulation.carry('node1', 'node2', 99, true);
      gone?.breakOff(true);
      settle();
      expect(stays?.got).toHaveLength(qos === 1 ? 20 : 18);
      gone?.connect('node2');
      settle();
      expect(all(members)).toEqual(numbers(20));
    }
  });

  test('with nobody connected the messages wait, and go where the first member comes back', () => {
    const { members, join, publish, settle } = world('node2', 'node3');
    join(...members);
    settle();
    for (const member of members) member.breakOff(true);
    settle();
    publish(1, 5);
    settle();
    members[1]?.connect('node3');
    settle();
    expect(members[1]?.got).toEqual(numbers(5));
  });

  test('a group of which the publisher node has not heard gets what it is owed: each message once', () => {
    const { simulation, publisher, members, join, publish, settle } = world('node2', 'node3');
    join(...members);
    // SUBACK has come, but nothing has travelled between the nodes.
    for (const member of members) member.read(9);
    publish(1, 10);
    publisher.read(99);
    expect(publisher.acknowledged.size).toBe(10);
    expect(simulation.node('node1').state.groups.size).toBe(0);
    settle();
    expect(all(members)).toEqual(numbers(10));
  });

  test('the last session of a group that ends takes its messages along; a new member gets new ones only', () => {
    const { members, join, publish, settle } = world('node2', 'node3');
    const [first, second] = members;
    first && join(first);
    settle();
    first?.breakOff(true);
    settle();
    publish(1, 5);
    settle();
    first?.connect('node2', { clean: true });
    settle();
    second && join(second);
    settle();
    publish(6, 8);
    settle();
    expect(second?.got).toEqual(['6', '7', '8']);
  });
});

type Step =
  | { readonly do: 'publish'; readonly qos: 1 | 2 }
  | {
      readonly do: 'carry';
      readonly from: string;
      readonly to: string;
      readonly count: number;
      readonly confirms: boolean;
    }
  | { readonly do: 'read'; readonly who: number; readonly count: number }
  | { readonly do: 'connect'; readonly who: number; readonly at: string }
  | { readonly do: 'break'; readonly who: number; readonly noticed: boolean }
  | { readonly do: 'kill' | 'start'; readonly node: string }
  | { readonly do: 'cut'; readonly from: string; readonly to: string }
  | { readonly do: 'heal' | 'join' };

/** A session that is to move once more after its node has offered a message of a group without members. */
const offeredWhileMoving: Step[] = [
  { do: 'break', who: 2, noticed: false },
  { do: 'connect', who: 3, at: 'node1' },
  { do: 'join' },
  { do: 'publish', qos: 1 },
  { do: 'carry', from: 'node3', to: 'node1', count: 1, confirms: false },
  { do: 'connect', who: 4, at: 'node1' },
  { do: 'publish', qos: 2 },
  { do: 'connect', who: 1, at: 'node3' },
  { do: 'carry', from: 'node3', to: 'node2', count: 2, confirms: false },
  { do: 'connect', who: 4, at: 'node2' },
];

test('whatever is killed, cut or delayed: at QoS 2 each acknowledged message comes to one member once, at QoS 1 at least once', () => {
  const nodes = fc.constantFrom('node1', 'node2', 'node3');
  const step: fc.Arbitrary<Step> = fc.oneof(
    { weight: 6, arbitrary: fc.record({ do: fc.constant('publish' as const), qos: fc.constantFrom<1 | 2>(1, 2) }) },
    {
      weight: 8,
      arbitrary: fc.record({
        do: fc.constant('carry' as const),
        from: nodes,
        to: nodes,
        count: fc.nat(6),
        confirms: fc.boolean(),
      }),
    },
    { weight: 8, arbitrary: fc.record({ do: fc.constant('read' as const), who: fc.nat(4), count: fc.nat(6) }) },
    { weight: 2, arbitrary: fc.record({ do: fc.constant('connect' as const), who: fc.nat(4), at: nodes }) },
    { weight: 2, arbitrary: fc.record({ do: fc.constant('break' as const), who: fc.nat(4), noticed: fc.boolean() }) },
    { weight: 2, arbitrary: fc.record({ do: fc.constantFrom('kill' as const, 'start' as const), node: nodes }) },
    { weight: 1, arbitrary: fc.record({ do: fc.constant('cut' as const), from: nodes, to: nodes }) },
    { weight: 1, arbitrary: fc.record({ do: fc.constantFrom('heal' as const, 'join' as const) }) },
  );
  fc.assert(
    fc.property(fc.array(step, { maxLength: 150, size: 'max' }), (plan) => {
      const homes = ['node1', 'node1', 'node2', 'node3', 'node3'];
      const { simulation, publisher, members, join, settle } = world('node1', 'node2', 'node3', 'node3');
      const clients = [publisher, ...members];
      const connect = (index: number): void => {
        const [client, home] = [clients[index], homes[index]];
        if (client !== undefined && home !== undefined && client.where === undefined) client.connect(home);
      };
      const [first] = members;
      if (first !== undefined) join(first);
      settle();
      let count = 0;
      for (const what of plan) {
        switch (what.do) {
          case 'publish':
            count += 1;
            publisher.publish('t', `${count}.${what.qos}`, what.qos);
            break;
          case 'carry':
            if (what.from !== what.to) simulation.carry(what.from, what.to, what.count, what.confirms);
            break;
          case 'read':
            clients[what.who]?.read(what.count);
            break;
          case 'connect':
            // Members move as well; no session is given up, for no time passes.
            clients[what.who]?.connect(what.at);
            break;
          case 'break':
            clients[what.who]?.breakOff(what.noticed);
            break;
          case 'kill':
            simulation.kill(what.node);
            break;
          case 'start':
            simulation.start(what.node);
            break;
          case 'cut':
            if (what.from !== what.to) simulation.cut(what.from, what.to);
            break;
          case 'heal':
            simulation.heal();
            break;
          case 'join':
            join(...members);
            break;
        }
      }
      simulation.heal();
      for (let round = 0; round < 3; round++) {
        for (const index of clients.keys()) connect(index);
        settle();
      }
      const got = members.flatMap((member) => member.got);
      const lost = [...publisher.acknowledged].filter((text) => !got.includes(text));
      const twice = got.filter((text, index) => text.endsWith('.2') && got.indexOf(text) !== index);
      expect({ lost, twice }).toEqual({ lost: [], twice: [] });
      for (const { state } of simulation.nodes) {
        expect(state.claims.size).toBe(0);
        for (const group of state.groups.values()) expect(group.waiting).toEqual([]);
      }
    }),
    { numRuns: 300, examples: [[offeredWhileMoving]] },
  );
});
