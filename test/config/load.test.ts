// biome-ignore-all lint/suspicious/noTemplateCurlyInString: ${NAME} is what chaos.yml reads the environment by
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { loadConfig } from '../../src/config/load.ts';
import { invariantIds } from '../../src/config/schema.ts';
import { presetNames } from '../../src/config/shipped.ts';
import { renderNode } from '../../src/config/template.ts';
import { brief, problemsOf, workspace } from './workspace.ts';

let space: ReturnType<typeof workspace>;
beforeEach(() => {
  space = workspace();
});
afterEach(() => space.remove());

const load = (options: Partial<Parameters<typeof loadConfig>[0]> = {}) =>
  loadConfig({ cwd: space.folder, env: {}, ...options });

/** Problems of a chaos.yml with this text. */
function problems(text: string, options: Partial<Parameters<typeof loadConfig>[0]> = {}): string[] {
  space.write('chaos.yml', text);
  return brief(problemsOf(() => load(options)));
}

const legal = `
broker:
  name: emqx-go
  build: go build -o bin/emqx-go ./cmd/emqx-go
  start: ./bin/emqx-go
  env:
    NODE_ID: "{{ node.name }}"
    MQTT_PORT: ":{{ node.ports.mqtt }}"
    PEER_NODES: "{{ peers | map: 'cluster' | join: ',' }}"
    RETRIES: 010
  files:
    broker.conf: |
      listener {{ node.ports.mqtt }} 127.0.0.1
  ports: [cluster, metrics]
  ready: { mqtt: true, http: "http://127.0.0.1:{{ node.ports.metrics }}/metrics", log: "cluster formed", within: 45s }
  metrics: "http://127.0.0.1:{{ node.ports.metrics }}/metrics"
  stop: SIGINT
  mqtt: { version: 5, username: u, password: \${BROKER_PASSWORD} }
  links: proxy
  known-issues:
    - { invariant: ordering, scenario: node-restart, why: "https://example.com/1" }
cluster: { nodes: 5 }
workload: { profile: mixed, rate: 6000/m, payload: 1KiB }
score: { fail-below: 7 }
`;

describe('a chaos.yml becomes a configuration with every default filled in', () => {
  test('each key is read with its unit', () => {
    space.write('chaos.yml', legal);
    expect(load({ env: { BROKER_PASSWORD: 'hunter2' } })).toEqual({
      broker: {
        name: 'emqx-go',
        needs: [],
        build: 'go build -o bin/emqx-go ./cmd/emqx-go',
        buildWithinMs: 600_000,
        start: './bin/emqx-go',
        env: {
          NODE_ID: '{{ node.name }}',
          MQTT_PORT: ':{{ node.ports.mqtt }}',
          PEER_NODES: "{{ peers | map: 'cluster' | join: ',' }}",
          RETRIES: '010',
        },
        files: { 'broker.conf': 'listener {{ node.ports.mqtt }} 127.0.0.1\n' },
        fileModes: {},
        startOrder: 'together',
        services: {},
        ports: ['mqtt', 'cluster', 'metrics'],
        peerPorts: ['cluster'],
        ready: {
          mqtt: true,
          http: 'http://127.0.0.1:{{ node.ports.metrics }}/metrics',
          log: 'cluster formed',
          withinMs: 45_000,
        },
        metrics: 'http://127.0.0.1:{{ node.ports.metrics }}/metrics',
        stop: 'SIGINT',
        redeliverWithinMs: 8_000,
        stopWithinMs: 10_000,
        mqtt: { version: 5, transport: 'tcp', username: 'u', password: 'hunter2' },
        links: 'proxy',
        knownIssues: [{ invariant: 'ordering', scenario: 'node-restart', why: 'https://example.com/1' }],
        secrets: ['hunter2'],
      },
      nodes: 5,
      workload: { profile: 'mixed', ratePerSecond: 100, payloadBytes: 1024 },
      score: { failBelow: 7 },
      logs: { keepBytes: 64 * 1_024 * 1_024 },
      folder: space.folder,
      preset: undefined,
      file: 'chaos.yml',
      isDefault: false,
    });
  });

  test('TLS and WebSocket: what is not said is the safe choice', () => {
    const mqtt = (text: string) => {
      space.write('chaos.yml', `broker:\n  start: x\n  mqtt: ${text}\n`);
      return load().broker.mqtt;
    };
    expect(mqtt('{ tls: {} }')).toEqual({ version: 4, transport: 'tcp', tls: { verify: true } });
    expect(mqtt('{ transport: ws, path: /ws, tls: { ca: "{{ node.folder }}/ca.pem", server-name: broker } }')).toEqual({
      ...{ version: 4, transport: 'ws', path: '/ws' },
      tls: { ca: '{{ node.folder }}/ca.pem', serverName: 'broker', verify: true },
    });
    expect(mqtt('{ tls: { verify: false } }').tls).toEqual({ verify: false });
  });

  test('what a cluster needs beside its nodes, and in which order they start', () => {
    space.write(
      'chaos.yml',
      `
broker:
  start: ./broker
  prepare: ./broker init
  join: ./broker join
  start-order: one-by-one
  working-directory: "{{ node.folder }}"
  files: { .cookie: secret, b.conf: x }
  file-modes: { .cookie: "0400" }
  ready: { command: ./broker status }
  services:
    names: { start: "epmd -port {{ service.ports.names }}", ports: [names], ready: { command: epmd -names, within: 5s } }
`,
    );
    expect(load().broker).toMatchObject({
      prepare: './broker init',
      join: './broker join',
      startOrder: 'one-by-one',
      workingDirectory: '{{ node.folder }}',
      fileModes: { '.cookie': 0o400 },
      ready: { mqtt: true, command: './broker status' },
      services: {
        names: {
          start: 'epmd -port {{ service.ports.names }}',
          env: {},
          ports: ['names'],
          ready: { command: 'epmd -names', withinMs: 5_000 },
        },
      },
    });
    space.write('chaos.yml', 'broker:\n  start: ./broker\n  topology: { bridges: [[node1, node2], [node2, node3]] }\n');
    expect(load().broker.topology).toEqual({
      type: 'bridges',
      pairs: [
        ['node1', 'node2'],
        ['node2', 'node3'],
      ],
    });
    // A cluster of one node has no shape.
    space.write('chaos.yml', 'broker:\n  start: b\n  topology: { star: { hub: node2 } }\ncluster: { nodes: 1 }\n');
    expect(load().broker.topology).toEqual({ type: 'star', hub: 'node2' });
    space.write('chaos.yml', 'broker:\n  start: ./broker\n  start-order: 2s\n');
    expect(load().broker.startOrder).toEqual({ everyMs: 2_000 });
  });

  test('only start is needed', () => {
    space.write('chaos.yml', 'broker:\n  start: ./broker {{ node.ports.mqtt }}\n');
    expect(load()).toMatchObject({
      broker: {
        name: 'broker',
        ports: ['mqtt'],
        peerPorts: [],
        ready: { mqtt: true, withinMs: 30_000 },
        stop: 'SIGTERM',
        links: 'proxy',
      },
      nodes: 3,
      workload: { profile: 'mixed', ratePerSecond: 300, payloadBytes: 128 },
    });
  });

  test('what the command line says goes before the file', () => {
    space.write('chaos.yml', legal);
    const config = load({ env: { BROKER_PASSWORD: 'x' }, overrides: { nodes: 1, ratePerSecond: 20, failBelow: 0 } });
    expect(config).toMatchObject({ nodes: 1, workload: { ratePerSecond: 20 }, score: { failBelow: 0 } });
  });

  test('a rate of the command line arrives as it was given, whatever its digits', () => {
    space.write('chaos.yml', 'broker: { start: ./b }\n');
    fc.assert(
      fc.property(fc.double({ min: 0.001, max: 1_000_000, noNaN: true }), (ratePerSecond) => {
        expect(load({ overrides: { ratePerSecond } }).workload.ratePerSecond).toBe(ratePerSecond);
      }),
      { numRuns: 50 },
    );
  });

  test('what remains is checked: a value that the command line overrides is not', () => {
    const text = 'broker: { start: ./b }\ncluster: { nodes: 99 }\n';
    expect(problems(text, { overrides: { ratePerSecond: 5 } })).toEqual([
      'chaos.yml:2  cluster.nodes: 99 is out of range | write a number from 1 to 15',
    ]);
    expect(problems(text, { overrides: { nodes: 5 } })).toEqual([]);
  });

  test('the command line is checked like the file', () => {
    expect(problems(legal, { env: { BROKER_PASSWORD: 'x' }, overrides: { nodes: 0, failBelow: 11 } })).toEqual([
      'nodes: 0 is out of range | write a number from 1 to 15',
      'fail-below: 11 is out of range | a score lies between 0 and 10',
    ]);
  });
});

describe('which file is read', () => {
  test('without any, the embedded cluster', () => {
    expect(load()).toMatchObject({
      broker: { name: 'embedded' },
      preset: 'embedded',
      nodes: 3,
      file: undefined,
      isDefault: true,
    });
  });

  test.each(['chaos.yml', 'chaos.yaml', '.github/chaos.yml', '.github/chaos.yaml'])(
    '%s, relative to the folder',
    (file) => {
      space.write(file, 'broker: { name: second, start: b }');
      expect(load()).toMatchObject({ broker: { name: 'second' }, file, folder: space.folder, isDefault: false });
    },
  );

  test('but not two of them: one would be ignored', () => {
    space.write('chaos.yaml', 'broker: { name: first, start: a }');
    space.write('.github/chaos.yml', 'broker: { name: second, start: b }');
    expect(() => load()).toThrow('there are chaos.yaml and .github/chaos.yml, and one of them would be ignored');
    // One that is named is meant, and a preset that is named needs none.
    expect(load({ file: 'chaos.yaml' }).broker.name).toBe('first');
    expect(load({ preset: 'embedded' })).toMatchObject({ broker: { name: 'embedded' }, isDefault: false });
  });

  test('a preset by name leaves the files of the folder alone', () => {
    space.write('chaos.yml', 'broker: { name: first, start: a }');
    expect(load({ preset: 'nats' })).toMatchObject({ broker: { name: 'nats' }, file: undefined });
  });

  test('a file and a preset together: the file over that preset', () => {
    const file = space.write('other.yml', 'broker: { preset: embedded, name: mine }');
    expect(load({ preset: 'nats', file }).broker).toMatchObject({
      name: 'mine',
      ports: ['mqtt', 'client', 'cluster', 'http'],
    });
  });

  test('one that is not there says where it was looked for and what writes one', () => {
    expect(brief(problemsOf(() => load({ file: 'nope.yml' })))).toEqual([
      `nope.yml  there is no such file | looked for ${space.folder}/nope.yml; chaos-action init writes one`,
    ]);
  });

  test('a folder is not a file', () => {
    space.write('conf/a.txt', '');
    expect(brief(problemsOf(() => load({ file: 'conf' })))).toEqual(['conf  this is a folder, not a file']);
  });
});

describe('presets', () => {
  test('all that ship load for one node and for five', () => {
    expect(presetNames()).toEqual(expect.arrayContaining(['embedded', 'nats']));
    for (const preset of presetNames()) {
      for (const nodes of [1, 2, 3, 5]) expect(load({ preset, overrides: { nodes } }).nodes).toBe(nodes);
    }
  });

  test('keys of chaos.yml go before the preset: env, files, ready and mqtt key by key, the rest whole', () => {
    space.write(
      'presets/base.yml',
      `
broker:
  name: base
  start: base {{ node.ports.http }}
  env: { A: base, B: base }
  files: { a.conf: base }
  ports: [mqtt, http]
  ready: { http: "http://127.0.0.1:{{ node.ports.http }}/", within: 60s }
workload: { rate: 50/s, payload: 1KB }
`,
    );
    space.write(
      'chaos.yml',
      `
broker:
  preset: base
  env: { B: mine, C: mine }
  files: { b.conf: mine }
  ports: [mqtt, http, cluster]
  ready: { within: 5s }
workload: { rate: 60/s }
`,
    );
    expect(load({ presetsFolder: `${space.folder}/presets` })).toMatchObject({
      broker: {
        name: 'base',
        env: { A: 'base', B: 'mine', C: 'mine' },
        files: { 'a.conf': 'base', 'b.conf': 'mine' },
        ports: ['mqtt', 'http', 'cluster'],
        ready: { http: 'http://127.0.0.1:{{ node.ports.http }}/', withinMs: 5_000 },
      },
      workload: { ratePerSecond: 60, payloadBytes: 1000 },
    });
  });

  test('an unknown one: the nearest, or the list', () => {
    expect(problems('broker:\n  preset: nat\n')).toEqual([
      'chaos.yml:2  there is no preset "nat" | did you mean "nats"?',
    ]);
    const [far] = problems('broker:\n  preset: hivemq\n');
    expect(far).toMatch(/^chaos.yml:2 {2}there is no preset "hivemq" \| presets: .*embedded.*nats/);
    expect(brief(problemsOf(() => load({ preset: 'nast', cwd: '/' })))).toEqual([
      'there is no preset "nast" | did you mean "nats"?',
    ]);
  });
});

describe('each mistake has its line and a hint', () => {
  const start = 'broker:\n  start: ./b\n';
  test.each([
    [
      'an unknown key',
      'broker:\n  strat: ./b\n  start: ./b\n',
      'chaos.yml:2  broker.strat is not a known key | did you mean "start"?',
    ],
    [
      'an unknown key at the top',
      `${start}clutser: { nodes: 3 }\n`,
      'chaos.yml:3  clutser is not a known key | did you mean "cluster"?',
    ],
    [
      'another spelling of a key',
      `${start}score: { failBelow: 3 }\n`,
      'chaos.yml:3  score.failBelow is not a known key | did you mean "fail-below"?',
    ],
    [
      'an unknown key near nothing',
      `${start}score: { colour: 3 }\n`,
      'chaos.yml:3  score.colour is not a known key | known here: fail-below',
    ],
    [
      'a duration without unit',
      `${start}  ready: { within: 30 }\n`,
      'chaos.yml:3  broker.ready.within: 30 has no unit | write 30ms or 30s',
    ],
    [
      'a rate without unit',
      `${start}workload: { rate: 300 }\n`,
      'chaos.yml:3  workload.rate: 300 has no unit | write 300/s or 300/m',
    ],
    [
      'a size without unit',
      `${start}workload:\n  payload: 64\n`,
      'chaos.yml:4  workload.payload: 64 has no unit | write 64B or 64KB',
    ],
    [
      'too many nodes',
      `${start}cluster: { nodes: 99 }\n`,
      'chaos.yml:3  cluster.nodes: 99 is out of range | write a number from 1 to 15',
    ],
    [
      'a score outside',
      `${start}score: { fail-below: 70 }\n`,
      'chaos.yml:3  score.fail-below: 70 is out of range | a score lies between 0 and 10',
    ],
    [
      'a signal without SIG',
      `${start}  stop: TERM\n`,
      'chaos.yml:3  broker.stop: "TERM" is not one of SIGTERM, SIGINT, SIGQUIT, SIGKILL | write SIGTERM, SIGINT, SIGQUIT or SIGKILL',
    ],
    [
      'a version of MQTT',
      `${start}  mqtt: { version: 3.1.1 }\n`,
      'chaos.yml:3  broker.mqtt.version: "3.1.1" is not a version of MQTT | write 4 for MQTT 3.1.1 or 5 for MQTT 5.0',
    ],
    [
      'a transport that there is not',
      `${start}  mqtt: { transport: quic }\n`,
      'chaos.yml:3  broker.mqtt.transport: "quic" is not one of tcp, ws | write tcp or ws',
    ],
    [
      'TLS by yes or no',
      `${start}  mqtt: { tls: true }\n`,
      'chaos.yml:3  broker.mqtt.tls: true is not a map of keys and values',
    ],
    [
      'an authority that nothing is checked by',
      `${start}  mqtt: { tls: { verify: false, ca: ca.pem } }\n`,
      'chaos.yml:3  broker.mqtt.tls.ca has no effect with verify: false | leave verify or ca away',
    ],
    [
      'a path without WebSocket',
      `${start}  mqtt: { path: /mqtt }\n`,
      'chaos.yml:3  broker.mqtt.path is for transport: ws only | leave it out, or set transport: ws',
    ],
    [
      'a path that is none',
      `${start}  mqtt: { transport: ws, path: mqtt }\n`,
      'chaos.yml:3  broker.mqtt.path must begin with / | write /mqtt',
    ],
    [
      'a template of the authority that cannot be rendered',
      `${start}  mqtt: { tls: { ca: "{{ node.floder }}/ca.pem" } }\n`,
      'chaos.yml:3  broker.mqtt.tls.ca: there is no node.floder in a template here | did you mean "folder"?',
    ],
    [
      'a port by number',
      `${start}  ports: [1883]\n`,
      'chaos.yml:3  broker.ports[0]: 1883 is not a name of a port | the tool picks a free port: write a name, such as mqtt, and use {{ node.ports.mqtt }}',
    ],
    ['a port twice', `${start}  ports: [mqtt, mqtt]\n`, 'chaos.yml:3  broker.ports[1]: "mqtt" is named twice'],
    [
      'a reserved port name',
      `${start}  ports: [host]\n`,
      'chaos.yml:3  broker.ports[0]: "host" cannot name a port | a peer has a property of that name',
    ],
    [
      'a list that is none',
      `${start}  ports: mqtt\n`,
      'chaos.yml:3  broker.ports: "mqtt" is not a list | write [mqtt]',
    ],
    [
      'a peer port that is not a port',
      `${start}  ports: [mqtt, cluster]\n  peer-ports: [clutser]\n`,
      'chaos.yml:4  broker.peer-ports[0]: there is no port "clutser" | did you mean "cluster"?',
    ],
    [
      'an invariant that no check has',
      `${start}  known-issues:\n    - { invariant: telepathy, why: x }\n`,
      `chaos.yml:4  broker.known-issues[0].invariant: there is no invariant "telepathy" | invariants: ${invariantIds.join(', ')}`,
    ],
    [
      'a role that no client has',
      `${start}  known-issues:\n    - { invariant: ordering, role: consumer, why: x }\n`,
      'chaos.yml:4  broker.known-issues[0].role: "consumer" is not one of publisher, subscriber | write publisher or subscriber',
    ],
    [
      'an unknown invariant',
      `${start}  known-issues:\n    - { invariant: odering, why: x }\n`,
      'chaos.yml:4  broker.known-issues[0].invariant: there is no invariant "odering" | did you mean "ordering"?',
    ],
    [
      'a known issue without reason',
      `${start}  known-issues:\n    - invariant: ordering\n`,
      'chaos.yml:4  broker.known-issues[0].why is missing',
    ],
    [
      'a file outside the folder',
      `${start}  files: { ../x: y }\n`,
      'chaos.yml:3  broker.files.../x: "../x" is outside the node\'s folder | name a file inside it, as in broker.conf',
    ],
    [
      'a variable that is none',
      `${start}  env: { "A B": y }\n`,
      'chaos.yml:3  broker.env.A B: "A B" is not a name of an environment variable',
    ],
    [
      'text where true belongs',
      `${start}  ready: { mqtt: "yes" }\n`,
      'chaos.yml:3  broker.ready.mqtt: "yes" is not true or false | write true or false, without quotes',
    ],
    [
      'ready by nothing',
      `${start}  ready: { mqtt: false }\n`,
      'chaos.yml:3  broker.ready has no condition | leave mqtt: true, or give http, log or command',
    ],
    [
      'a mode of a file that there is not',
      `${start}  files: { .cookie: x }\n  file-modes: { .cooky: "0400" }\n`,
      'chaos.yml:4  broker.file-modes..cooky: there is no file ".cooky" | did you mean ".cookie"?',
    ],
    [
      'a mode that is none',
      `${start}  files: { .cookie: x }\n  file-modes: { .cookie: "0900" }\n`,
      'chaos.yml:4  broker.file-modes..cookie: "0900" is not a mode of a file | write three octal digits, as in "0400"',
    ],
    [
      'an order that is none',
      `${start}  start-order: in-turn\n`,
      'chaos.yml:3  broker.start-order: "in-turn" is not an order | write together, one-by-one or a duration',
    ],
    [
      'no time between two starts',
      `${start}  start-order: 0s\n`,
      'chaos.yml:3  broker.start-order: no time lies between two nodes | write together',
    ],
    [
      'a topology that is none',
      `${start}  topology: ring\n`,
      'chaos.yml:3  broker.topology: "ring" is not a topology | write full, single, { star: { hub: node1 } } or { bridges: [[node1, node2]] }',
    ],
    [
      'a hub that there is not',
      `${start}  topology: { star: { hub: node4 } }\n`,
      'chaos.yml:3  broker.topology: there is no node "node4" | did you mean "node1"?',
    ],
    [
      'one node, and three of them',
      `${start}  topology: single\n`,
      'chaos.yml:3  broker.topology: single is one node, and the cluster has 3 | set cluster.nodes: 1',
    ],
    [
      'a node without a bridge',
      `${start}  topology: { bridges: [[node1, node2]] }\n`,
      'chaos.yml:3  broker.topology: nothing leads from node1 to node3 | each node needs a bridge to another',
    ],
    [
      'a bridge from a node to itself',
      `${start}  topology: { bridges: [[node1, node1]] }\n`,
      'chaos.yml:3  broker.topology: a map is not a topology | write full, single, { star: { hub: node1 } } or { bridges: [[node1, node2]] }',
    ],
    [
      'a service with the name of a node',
      `${start}  services: { node1: { start: x } }\n`,
      'chaos.yml:3  broker.services.node1: a log of another thing has this name',
    ],
    [
      'a service that is not started',
      `${start}  services: { names: { ports: [names] } }\n`,
      'chaos.yml:3  broker.services.names.start is missing',
    ],
    [
      'a port that a service does not have',
      `${start}  services: { names: { start: x, ports: [names] } }\n  env: { P: "{{ services.names.ports.main }}" }\n`,
      'chaos.yml:4  broker.env.P: there is no services.names.ports.main in a template here | services.names.ports has: names',
    ],
    [
      'a node where a service is meant',
      `${start}  services: { names: { start: "x {{ node.name }}" } }\n`,
      'chaos.yml:3  broker.services.names.start: there is no node in a template here | there is: cluster, services, tool, service',
    ],
    ['a key without value', 'broker:\n  start:\n', 'chaos.yml:2  broker.start: nothing is not text'],
    [
      'a number where text belongs',
      'broker:\n  start: 5\n',
      'chaos.yml:2  broker.start: 5 is not text | put it in quotes: "5"',
    ],
  ])('%s', (_, text, expected) => expect(problems(text)).toEqual([expected]));

  test('no start: what it is, and the presets', () => {
    expect(problems('broker:\n  name: x\n')[0]).toMatch(
      /^chaos.yml:1 {2}broker.start is missing \| the command that runs one node in the foreground; or take a preset: .*nats/,
    );
    expect(problems('cluster: { nodes: 3 }\n')[0]).toMatch(
      /^chaos.yml:1 {2}broker is missing \| say how a node is started/,
    );
  });
});

describe('mistakes of YAML', () => {
  test.each([
    ['a tab', 'broker:\n\tstart: x\n', 'chaos.yml:2  a tab cannot indent in YAML | indent with spaces'],
    ['a key twice', 'broker:\n  start: x\n  start: y\n', 'chaos.yml:3  duplicate key | keep one of them'],
    ['an empty file', '# nothing\n', 'chaos.yml:1  the file is empty'],
    ['a list', '- broker\n', 'chaos.yml:1  the file must hold keys and values at its top level'],
    [
      'two documents',
      'broker: { start: x }\n---\na: 1\n',
      'chaos.yml:2  the file holds several YAML documents | remove the line "---" and what follows',
    ],
    [
      'a template without quotes',
      'broker:\n  start: {{ node.name }}\n',
      'chaos.yml:2  broker.start: YAML reads this template as a map | put a text that begins with {{ or {% in quotes',
    ],
    [
      'a colon within a text',
      'broker:\n  start: run: now\n',
      'chaos.yml:2  not valid YAML: nested mappings are not allowed in compact mappings | put a text that contains ": " in quotes, and check the indentation',
    ],
  ])('%s', (_, text, expected) => expect(problems(text)).toEqual([expected]));

  test('a template without quotes and with more text after it', () => {
    expect(problems('broker:\n  start: {{ node.folder }}/run\n')[0]).toMatch(
      /^chaos.yml:2 {2}not valid YAML: .* \| put a text that begins with/,
    );
  });

  test('an alias stands for what its anchor marks', () => {
    space.write('chaos.yml', 'broker:\n  start: &run ./b\n  build: *run\n');
    expect(load().broker).toMatchObject({ start: './b', build: './b' });
  });
});

describe('every problem of every file is reported at once', () => {
  test('wrong keys, values, templates and references of one file', () => {
    expect(
      problems(`
broker:
  strat: ./b
  start: ./b {{ node.nam }} \${NOPE}
  stop-within: 10
  known-issues:
    - { invariant: nothing, why: x }
workload: { rate: fast }
`),
    ).toEqual([
      'chaos.yml:3  broker.strat is not a known key | did you mean "start"?',
      'chaos.yml:4  broker.start: there is no node.nam in a template here | did you mean "name"?',
      'chaos.yml:4  the environment variable NOPE is not set | set it, or write $${NOPE} to keep the text as it is',
      'chaos.yml:5  broker.stop-within: 10 has no unit | write 10ms or 10s',
      expect.stringMatching(/^chaos.yml:7 {2}broker.known-issues\[0\].invariant: there is no invariant "nothing"/),
      'chaos.yml:8  workload.rate: "fast" is not a rate | write it as 300/s or 6000/m',
    ]);
  });

  test('a wrong port list does not make every template wrong too', () => {
    expect(problems('broker:\n  start: ./b {{ node.ports.web }}\n  ports: web\n')).toEqual([
      'chaos.yml:3  broker.ports: "web" is not a list | write [web]',
    ]);
  });

  test('of a preset that cannot be read nothing is expected: only what the file itself says is checked', () => {
    const text = (preset: string) =>
      `broker:\n  preset: ${preset}\n  env: { A: "{{ node.ports.web }}" }\n  ready: { mqtt: false }\n  peer-ports: [web]\n  stop-within: 10\n`;
    expect(problems(text('nat'))).toEqual([
      'chaos.yml:2  there is no preset "nat" | did you mean "nats"?',
      'chaos.yml:6  broker.stop-within: 10 has no unit | write 10ms or 10s',
    ]);
    expect(problems(text('[nats]'))).toEqual([
      'chaos.yml:2  broker.preset: a list is not text',
      'chaos.yml:6  broker.stop-within: 10 has no unit | write 10ms or 10s',
    ]);
    expect(problems(text('${NOPE}'))).toEqual([
      'chaos.yml:2  the environment variable NOPE is not set | set it, or write $${NOPE} to keep the text as it is',
      'chaos.yml:6  broker.stop-within: 10 has no unit | write 10ms or 10s',
    ]);
  });

  test('a file that cannot be read does not hide what is wrong on the command line', () => {
    expect(problems('broker: [\n', { overrides: { nodes: 99 } })).toEqual([
      expect.stringMatching(/^chaos.yml:\d {2}not valid YAML/),
      'nodes: 99 is out of range | write a number from 1 to 15',
    ]);
  });

  test('a section that is no map is one mistake', () => {
    expect(problems('broker: ./b\nworkload: 300/s\n')).toEqual([
      'chaos.yml:1  broker: "./b" is not a map of keys and values',
      'chaos.yml:2  workload: "300/s" is not a map of keys and values',
    ]);
  });

  test('a size of the cluster that there cannot be does not hide a template', () => {
    expect(problems('broker:\n  start: ./b {{ node.nam }}\ncluster: { nodes: 99 }\n')).toEqual([
      'chaos.yml:2  broker.start: there is no node.nam in a template here | did you mean "name"?',
      'chaos.yml:3  cluster.nodes: 99 is out of range | write a number from 1 to 15',
    ]);
  });

  test('a list of the file stands for itself: what an item lacks is not taken from the preset', () => {
    const known = (issue: string) => `broker:\n  start: b\n  known-issues:\n    - ${issue}\n`;
    space.write('presets/base.yml', known('{ invariant: liveness, why: x }'));
    const text = known('{ invariant: ordering }').replace('start: b', 'preset: base');
    expect(problems(text, { presetsFolder: `${space.folder}/presets` })).toEqual([
      'chaos.yml:4  broker.known-issues[0].why is missing',
    ]);
  });

  test('a preset with a mistake is named by its own file', () => {
    space.write('presets/bad.yml', 'broker:\n  start: x\n  stopp: SIGINT\n');
    space.write('chaos.yml', 'broker:\n  preset: bad\n  links: wire\n');
    expect(brief(problemsOf(() => load({ presetsFolder: `${space.folder}/presets` })))).toEqual([
      'chaos.yml:3  broker.links: "wire" is not one of proxy, transparent, direct | write proxy, transparent or direct',
      'presets/bad.yml:3  broker.stopp is not a known key | did you mean "stop"?',
    ]);
  });

  test('one problem is the message itself, several are counted', () => {
    space.write('chaos.yml', 'broker: { start: x, a: 1 }\n');
    expect(() => load()).toThrow('broker.a is not a known key');
    space.write('chaos.yml', 'broker: { start: x, a: 1, b: 2 }\n');
    expect(() => load()).toThrow('2 problems in chaos.yml');
  });
});

describe('${NAME} reads the environment', () => {
  test('in any text, and its value is kept secret', () => {
    space.write('chaos.yml', 'broker:\n  start: ./b --token ${TOKEN} ${TOKEN}\n  env: { P: "${PASS}" }\n');
    const { broker } = load({ env: { TOKEN: 'abcdef', PASS: 'geheim' } });
    expect(broker).toMatchObject({
      start: './b --token abcdef abcdef',
      env: { P: 'geheim' },
      secrets: ['abcdef', 'geheim'],
    });
  });

  test('in a flow map, where YAML would take its braces for a map', () => {
    space.write('chaos.yml', 'broker:\n  start: x\n  mqtt: { username: u, password: ${PASS} }\n');
    expect(load({ env: { PASS: 'geheim' } }).broker.mqtt.password).toBe('geheim');
  });

  test('a value is never a template, whatever it holds', () => {
    space.write('chaos.yml', 'broker:\n  start: ./b ${ODD}\n');
    const { broker } = load({ env: { ODD: 'a{{ node.x }}b{% c %}' } });
    const context = {
      node: { name: 'node1', index: 1, ports: { mqtt: 1 }, folder: '/f' },
      peers: [],
      cluster: { name: 'c', nodes: ['node1'] },
      services: {},
    };
    expect(renderNode(broker, context).command).toBe('./b a{{ node.x }}b{% c %}');
  });

  test('$${NAME} stays, and so does what is not a name or in a comment', () => {
    space.write('chaos.yml', '# ${NOPE}\nbroker:\n  start: ./b $${HOME} ${HOME:-x} $HOME\n');
    expect(load().broker.start).toBe('./b ${HOME} ${HOME:-x} $HOME');
  });

  test('each line of one that has several is a secret of its own, as logs break it up', () => {
    space.write('chaos.yml', 'broker:\n  start: x\n  env: { KEY: "${KEY}" }\n');
    const key = '-----BEGIN KEY-----\nMIIEvQIBADANBg\n-----END KEY-----\n';
    expect(load({ env: { KEY: key } }).broker.secrets).toEqual([
      key,
      '-----BEGIN KEY-----',
      'MIIEvQIBADANBg',
      '-----END KEY-----',
    ]);
  });

  test('what stands in every log of a run is none: the variables that GitHub documents, switches, short numbers', () => {
    space.write(
      'chaos.yml',
      'broker:\n  start: ./b ${GITHUB_RUN_ID} ${GITHUB_JOB} ${DEBUG} ${PORT} ${BUILD} ${GITHUB_TOKEN}\n',
    );
    const env = {
      GITHUB_RUN_ID: '16123456789',
      GITHUB_JOB: 'chaos',
      DEBUG: 'true',
      PORT: '18083',
      BUILD: '1234567',
      GITHUB_TOKEN: 'ghs_secret',
    };
    expect(load({ env }).broker.secrets).toEqual(['1234567', 'ghs_secret']);
  });

  test.each(['ACTIONS_RUNTIME_TOKEN', 'INPUT_GITHUB-TOKEN', 'INPUT_SEED', 'STATE_runs', 'GITHUB_ENV'])(
    '%s is between the Action and its runner, and refused',
    (name) => {
      const legal = /^[A-Za-z_]\w*$/.test(name);
      const found = problems(`broker:\n  start: ./b \${${name}}\n`, { env: { [name]: 'precious' } });
      // A name with a hyphen is no reference at all.
      expect(found).toEqual(
        legal
          ? [
              `chaos.yml:2  the environment variable ${name} belongs to the Action and its runner; no broker gets it | give the value to the step under a name of your own, with env`,
            ]
          : [],
      );
    },
  );

  test('very short values are not masked: they would blot out the report', () => {
    space.write('chaos.yml', 'broker:\n  start: ./b ${N}\n');
    expect(load({ env: { N: '3' } }).broker).toMatchObject({ start: './b 3', secrets: [] });
  });

  test('one that is not set is named with its line, inside a block too', () => {
    expect(problems('broker:\n  start: x\n  files:\n    a.conf: |\n      one\n      two ${NOPE}\n')).toEqual([
      'chaos.yml:6  the environment variable NOPE is not set | set it, or write $${NOPE} to keep the text as it is',
    ]);
  });

  test('an empty value is a value', () => {
    space.write('chaos.yml', 'broker:\n  start: "./b ${E}"\n');
    expect(load({ env: { E: '' } }).broker.start).toBe('./b ');
  });

  test('a message does not print it either', () => {
    expect(problems('broker:\n  start: x\nworkload: { rate: "${PASS}" }\n', { env: { PASS: 'geheim' } })).toEqual([
      'chaos.yml:3  workload.rate: "***" is not a rate | write it as 300/s or 6000/m',
    ]);
  });

  test('in a key it is only text', () => {
    expect(problems('broker:\n  start: x\n  ${KEY}: y\n')[0]).toMatch(
      /^chaos.yml:3 {2}broker.\$\{KEY\} is not a known key/,
    );
  });
});

test('a known issue can name each invariant there is', () => {
  expect(invariantIds).toContain('no-acknowledged-loss');
  expect(
    problems(
      `broker:\n  start: x\n  known-issues:\n${invariantIds.map((id) => `    - { invariant: ${id}, why: x }\n`).join('')}`,
    ),
  ).toEqual([]);
});
