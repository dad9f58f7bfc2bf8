import { clause, type Finding } from './breach.ts';
import type { ByteReader } from './byte-reader.ts';

/** Packets that a server sends and that carry properties. */
export type Carrier =
  | 'connack'
  | 'publish'
  | 'puback'
  | 'pubrec'
  | 'pubrel'
  | 'pubcomp'
  | 'suback'
  | 'unsuback'
  | 'disconnect'
  | 'auth';

type ValueType = 'byte' | 'two bytes' | 'four bytes' | 'variable' | 'string' | 'pair' | 'binary';
type Property = {
  readonly name: string;
  readonly type: ValueType;
  /** The packets of a server that may carry it (MQTT 5 table 2-4, without what only a client may send). */
  readonly in: readonly Carrier[];
  /** May come more than once in one packet. */
  readonly repeats?: true;
  /** Values that are a Protocol Error or malformed, with the section that says so. */
  readonly refuses?: { readonly clause: string; readonly value: (value: number | string) => boolean };
};

/** The section on the properties of each packet: it is a Protocol Error to include one that does not repeat more than once. */
const sections: Readonly<Record<Carrier, string>> = {
  connack: '3.2.2.3',
  publish: '3.3.2.3',
  puback: '3.4.2.2',
  pubrec: '3.5.2.2',
  pubrel: '3.6.2.2',
  pubcomp: '3.7.2.2',
  suback: '3.9.2.1',
  unsuback: '3.11.2.1',
  disconnect: '3.14.2.2',
  auth: '3.15.2.2',
};

const acknowledgements = ['puback', 'pubrec', 'pubrel', 'pubcomp', 'suback', 'unsuback'] as const;
const zero = (value: number | string): boolean => value === 0;
const aboveOne = (value: number | string): boolean => Number(value) > 1;
const hasWildcard = (value: number | string): boolean => /[+#]/.test(String(value));

/** MQTT 5 section 2.2.2.2. What only a client sends is in the table with no packets. */
const properties: ReadonlyMap<number, Property> = new Map<number, Property>([
  [1, { name: 'Payload Format Indicator', type: 'byte', in: ['publish'] }],
  [2, { name: 'Message Expiry Interval', type: 'four bytes', in: ['publish'] }],
  [3, { name: 'Content Type', type: 'string', in: ['publish'] }],
  [
    8,
    {
      name: 'Response Topic',
      type: 'string',
      in: ['publish'],
      refuses: { clause: 'MQTT-3.3.2-14', value: hasWildcard },
    },
  ],
  [9, { name: 'Correlation Data', type: 'binary', in: ['publish'] }],
  [
    11,
    {
      name: 'Subscription Identifier',
      type: 'variable',
      in: ['publish'],
      repeats: true,
      refuses: { clause: '3.3.2.3.8', value: zero },
    },
  ],
  // A server may not send it with DISCONNECT [MQTT-3.14.2-2].
  [17, { name: 'Session Expiry Interval', type: 'four bytes', in: ['connack'] }],
  [18, { name: 'Assigned Client Identifier', type: 'string', in: ['connack'] }],
  [19, { name: 'Server Keep Alive', type: 'two bytes', in: ['connack'] }],
  [21, { name: 'Authentication Method', type: 'string', in: ['connack', 'auth'] }],
  [22, { name: 'Authentication Data', type: 'binary', in: ['connack', 'auth'] }],
  [23, { name: 'Request Problem Information', type: 'byte', in: [] }],
  [24, { name: 'Will Delay Interval', type: 'four bytes', in: [] }],
  [25, { name: 'Request Response Information', type: 'byte', in: [] }],
  [26, { name: 'Response Information', type: 'string', in: ['connack'] }],
  [28, { name: 'Server Reference', type: 'string', in: ['connack', 'disconnect'] }],
  [31, { name: 'Reason String', type: 'string', in: ['connack', ...acknowledgements, 'disconnect', 'auth'] }],
  [33, { name: 'Receive Maximum', type: 'two bytes', in: ['connack'], refuses: { clause: '3.2.2.3.3', value: zero } }],
  [34, { name: 'Topic Alias Maximum', type: 'two bytes', in: ['connack'] }],
  [35, { name: 'Topic Alias', type: 'two bytes', in: ['publish'], refuses: { clause: 'MQTT-3.3.2-8', value: zero } }],
  [36, { name: 'Maximum QoS', type: 'byte', in: ['connack'], refuses: { clause: '3.2.2.3.4', value: aboveOne } }],
  [37, { name: 'Retain Available', type: 'byte', in: ['connack'], refuses: { clause: '3.2.2.3.5', value: aboveOne } }],
  [
    38,
    {
      name: 'User Property',
      type: 'pair',
      in: ['connack', 'publish', ...acknowledgements, 'disconnect', 'auth'],
      repeats: true,
    },
  ],
  [
    39,
    { name: 'Maximum Packet Size', type: 'four bytes', in: ['connack'], refuses: { clause: '3.2.2.3.6', value: zero } },
  ],
  [
    40,
    {
      name: 'Wildcard Subscription Available',
      type: 'byte',
      in: ['connack'],
      refuses: { clause: '3.2.2.3.11', value: aboveOne },
    },
  ],
  [
    41,
    {
      name: 'Subscription Identifier Available',
      type: 'byte',
      in: ['connack'],
      refuses: { clause: '3.2.2.3.12', value: aboveOne },
    },
  ],
  [
    42,
    {
      name: 'Shared Subscription Available',
      type: 'byte',
      in: ['connack'],
      refuses: { clause: '3.2.2.3.13', value: aboveOne },
    },
  ],
]);

/** What the check of properties found, and those that other rules look at. */
export type PropertiesCheck = {
  readonly findings: readonly Finding[];
  /** False when where they end cannot be known. */
  readonly readable: boolean;
  readonly topicAlias: number | undefined;
};

/** Checks the properties that begin where `reader` stands, and leaves it behind them. Only for MQTT 5. */
export function checkProperties(reader: ByteReader, carrier: Carrier): PropertiesCheck {
  const findings: Finding[] = [];
  let topicAlias: number | undefined;
  const unreadable = (what: string, section = '2.2.2'): PropertiesCheck => ({
    findings: [...findings, { clause: clause(null, section), what }],
    readable: false,
    topicAlias,
  });
  const length = reader.variable();
  if (length === undefined)
    return unreadable('sent a Property Length that is cut short or longer than four bytes', '2.2.2.1');
  if (!length.isMinimal)
    findings.push({
      clause: clause(null, 'MQTT-1.5.5-1'),
      what: 'encoded a Property Length in more bytes than it needs',
    });
  const inside = reader.part(length.value);
  if (inside === undefined) return unreadable('sent properties that are longer than their packet', '2.2.2.1');
  const seen = new Set<number>();
  while (inside.left > 0) {
    const identifier = inside.variable();
    if (identifier === undefined) return unreadable('sent a property without a readable identifier', '2.2.2.2');
    const property = properties.get(identifier.value);
    if (property === undefined)
      return unreadable(`sent the property identifier ${identifier.value}, which does not exist`, '2.2.2.2');
    if (!property.in.includes(carrier))
      findings.push({
        clause: clause(null, identifier.value === 17 && carrier === 'disconnect' ? 'MQTT-3.14.2-2' : '2.2.2.2'),
        what: `sent a ${property.name} in ${carrier.toUpperCase()}, where a server may not send it`,
      });
    if (seen.has(identifier.value) && !property.repeats)
      findings.push({
        clause: clause(null, sections[carrier]),
        what: `sent a ${property.name} twice in one ${carrier.toUpperCase()}`,
      });
    seen.add(identifier.value);
    const value = readValue(inside, property.type);
    if (value === undefined)
      return unreadable(`sent a ${property.name} that is longer than the properties it is in`, '2.2.2.2');
    findings.push(...value.findings);
    if (property.refuses?.value(value.value))
      findings.push({
        clause: clause(null, property.refuses.clause),
        what: `sent a ${property.name} of ${String(value.value)}`,
      });
    if (property.name === 'Topic Alias') topicAlias = Number(value.value);
  }
  return { findings, readable: true, topicAlias };
}

function readValue(
  reader: ByteReader,
  type: ValueType,
): { readonly value: number | string; readonly findings: readonly Finding[] } | undefined {
  const number = (value: number | undefined) => (value === undefined ? undefined : { value, findings: [] });
  switch (type) {
    case 'byte':
      return number(reader.byte());
    case 'two bytes':
      return number(reader.twoBytes());
    case 'four bytes':
      return number(reader.fourBytes());
    case 'variable': {
      const value = reader.variable();
      return (
        value && {
          value: value.value,
          findings: value.isMinimal
            ? []
            : [{ clause: clause(null, 'MQTT-1.5.5-1'), what: 'encoded a number in more bytes than it needs' }],
        }
      );
    }
    case 'binary':
      return reader.binary() === undefined ? undefined : { value: '', findings: [] };
    case 'string':
      return reader.text();
    case 'pair': {
      const name = reader.text();
      const value = reader.text();
      return name && value && { value: name.value, findings: [...name.findings, ...value.findings] };
    }
  }
}
