import type { Random } from '../../base/random.ts';
import { clauseAt, type FirstClass, type Level, nameAt, type Rule } from './broken-class.ts';
import {
  bytes,
  cleanSession,
  clientId,
  type Part,
  packet,
  passwordFlag,
  properties,
  string,
  topic,
  types,
  u16,
  userNameFlag,
  willFlag,
  willRetain,
} from './bytes.ts';
import { mutated } from './mutation.ts';
import { badStrings } from './strings.ts';

export type Connect = {
  readonly name?: Part;
  readonly level?: number;
  readonly flags?: number;
  readonly keepAlive?: number;
  /** At level 5: with their length. */
  readonly properties?: Buffer;
  readonly clientId?: Part;
  readonly rest?: readonly Part[];
};

/** A CONNECT that is as it should be where nothing else is said. */
export function connect(random: Random, level: Level, said: Connect = {}): Buffer {
  const { name = 'MQTT', flags = cleanSession, keepAlive = 60, rest = [] } = said;
  const own = level === 5 ? (said.properties ?? properties()) : Buffer.alloc(0);
  const id = said.clientId ?? clientId(random);
  return packet(types.connect, 0, name, said.level ?? level, flags, u16(keepAlive), own, id, ...rest);
}

/** What stands before the will topic: at level 5 there are Will Properties. */
const willStart = (level: Level): readonly Part[] => (level === 5 ? [properties()] : []);

const withWill = cleanSession | willFlag;

type Contradiction = { readonly name: string; readonly rule: Rule; readonly said: Connect };

/** What a CONNECT of each level may not say. */
function contradictions(level: Level): readonly Contradiction[] {
  const will = (...parts: readonly Part[]): readonly Part[] => [...willStart(level), ...parts];
  return [
    { name: 'protocol-name-wrong', rule: ['MQTT-3.1.2-1', 'MQTT-3.1.2-1'], said: { name: 'MQTT?' } },
    { name: 'protocol-name-empty', rule: ['MQTT-3.1.2-1', 'MQTT-3.1.2-1'], said: { name: '' } },
    {
      name: `protocol-name-of-3.1-with-level-${level}`,
      rule: ['MQTT-3.1.2-1', 'MQTT-3.1.2-1'],
      said: { name: 'MQIsdp' },
    },
    { name: 'connect-reserved-flag', rule: ['MQTT-3.1.2-3', 'MQTT-3.1.2-3'], said: { flags: cleanSession | 1 } },
    { name: 'will-without-topic-and-message', rule: ['MQTT-3.1.2-9', 'MQTT-3.1.2-9'], said: { flags: withWill } },
    {
      name: 'will-without-message',
      rule: ['MQTT-3.1.2-9', 'MQTT-3.1.2-9'],
      said: { flags: withWill, rest: will(topic) },
    },
    { name: 'will-qos-without-will', rule: ['MQTT-3.1.2-13', 'MQTT-3.1.2-11'], said: { flags: cleanSession | 0x10 } },
    {
      name: 'will-retain-without-will',
      rule: ['MQTT-3.1.2-15', 'MQTT-3.1.2-13'],
      said: { flags: cleanSession | willRetain },
    },
    {
      name: 'will-qos-3',
      rule: ['MQTT-3.1.2-14', 'MQTT-3.1.2-12'],
      said: { flags: withWill | 0x18, rest: will(topic, 'will') },
    },
    {
      name: 'will-topic-with-wildcard',
      rule: ['MQTT-4.7.1-1', 'MQTT-4.7.0-1'],
      said: { flags: withWill, rest: will('chaos-broken/#', 'will') },
    },
    {
      name: 'will-topic-empty',
      rule: ['MQTT-4.7.3-1', 'MQTT-4.7.3-1'],
      said: { flags: withWill, rest: will('', 'will') },
    },
    {
      name: 'user-name-missing',
      rule: ['MQTT-3.1.2-19', 'MQTT-3.1.2-17'],
      said: { flags: cleanSession | userNameFlag },
    },
    {
      name: 'password-missing',
      rule: ['MQTT-3.1.2-21', 'MQTT-3.1.2-19'],
      said: { flags: cleanSession | userNameFlag | passwordFlag, rest: ['user'] },
    },
    { name: 'client-id-missing', rule: ['MQTT-3.1.3-3', 'MQTT-3.1.3-3'], said: { clientId: Buffer.alloc(0) } },
    {
      name: 'client-id-longer-than-the-packet',
      rule: ['1.5.3', '1.5.4'],
      said: { clientId: bytes(u16(65_535), 0x61) },
    },
    {
      name: 'connect-with-trailing-bytes',
      rule: ['MQTT-3.1.4-1', 'MQTT-3.1.4-1'],
      said: { rest: [Buffer.from('more')] },
    },
  ];
}

/** A CONNECT that is cut off behind one of its fields, its remaining length telling so. */
function cuts(level: Level): readonly { readonly behind: string; readonly body: readonly Part[] }[] {
  const head: readonly Part[] = ['MQTT', level, cleanSession];
  const idStart: readonly Part[] = [...head, u16(60), ...willStart(level)];
  return [
    { behind: 'nothing', body: [] },
    { behind: 'half-of-the-protocol-name', body: [u16(4), Buffer.from('MQ')] },
    { behind: 'the-protocol-name', body: ['MQTT'] },
    { behind: 'the-level', body: ['MQTT', level] },
    { behind: 'the-flags', body: head },
    { behind: 'half-of-the-keep-alive', body: [...head, 0] },
    { behind: 'half-of-the-client-id', body: [...idStart, u16(8), Buffer.from('half')] },
  ];
}

const stringPlaces: readonly { readonly place: string; readonly said: (level: Level, content: Buffer) => Connect }[] = [
  { place: 'client-id', said: (_, content) => ({ clientId: string(content) }) },
  {
    place: 'will-topic',
    said: (level, content) => ({ flags: withWill, rest: [...willStart(level), string(content), 'will'] }),
  },
  { place: 'user-name', said: (_, content) => ({ flags: cleanSession | userNameFlag, rest: [string(content)] }) },
];

/** CONNECT packets that are wrong in a way that both levels know. */
export function firstAt(level: Level): FirstClass[] {
  const first = (name: string, rule: Rule, make: FirstClass['make']): FirstClass => ({
    name: nameAt(level, name),
    breaks: clauseAt(level, rule),
    sent: 'first',
    make,
  });
  return [
    ...contradictions(level).map(({ name, rule, said }) => first(name, rule, (random) => connect(random, level, said))),
    ...cuts(level)
      .map(({ behind, body }) =>
        // What is cut off before the level is the same at each.
        first(`connect-cut-behind-${behind}`, ['3.1', '3.1'], () => packet(types.connect, 0, ...body)),
      )
      .slice(level === 4 ? 0 : 3),
    first('connect-with-reserved-flags', ['MQTT-2.2.2-2', 'MQTT-2.1.3-1'], (random) => {
      const made = connect(random, level);
      made[0] = (types.connect << 4) | (1 + random.below(15));
      return made;
    }),
    first('client-id-of-65535-bytes', ['3.1.3.1, at its limit', '3.1.3.1, at its limit'], (random) =>
      connect(random, level, { clientId: string(Buffer.alloc(65_535, 'a')) }),
    ),
    first('two-connects-at-once', ['MQTT-3.1.0-2', 'MQTT-3.1.0-2'], (random) =>
      bytes(connect(random, level), connect(random, level)),
    ),
    ...stringPlaces.flatMap(({ place, said }) =>
      badStrings.map((bad) =>
        first(`${bad.name}-in-${place}`, bad.rule, (random) => connect(random, level, said(level, bad.make(random)))),
      ),
    ),
    first(
      'mutated-connect',
      ['any', 'any'],
      mutated((random) => connect(random, level)),
    ),
  ];
}
