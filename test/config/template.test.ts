import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { loadConfig } from '../../src/config/load.ts';
import { type NodeContext, nodeNames, renderNode, renderService, renderTemplate } from '../../src/config/template.ts';
import { brief, problemsOf, workspace } from './workspace.ts';

let space: ReturnType<typeof workspace>;
beforeEach(() => {
  space = workspace();
});
afterEach(() => space.remove());

/** The second of three nodes; the ports of its peers are those of the proxies that lead to them. */
const context: NodeContext = {
  node: {
    name: 'node2',
    index: 2,
    ports: { mqtt: 1882, cluster: 7002, metrics: 9102, client: 4222, http: 8222 },
    folder: '/run/node2',
  },
  peers: [
    { name: 'node1', index: 1, ports: { cluster: 5021 } },
    { name: 'node3', index: 3, ports: { cluster: 5023 } },
  ],
  cluster: { name: 'chaos', nodes: ['node1', 'node2', 'node3'] },
  services: {},
};

const alone: NodeContext = { ...context, peers: [], cluster: { name: 'chaos', nodes: ['node2'] } };

function broker(text: string) {
  space.write('chaos.yml', text);
  return loadConfig({ cwd: space.folder, env: {} }).broker;
}

function problems(text: string): string[] {
  return brief(problemsOf(() => broker(text)));
}

describe('what a template can say', () => {
  const render = (template: string, of: NodeContext = context): string =>
    renderNode(broker(`broker:\n  ports: [mqtt, cluster]\n  start: ${JSON.stringify(template)}\n`), of).command;

  test.each([
    ['{{ node.name }} {{ node.index }} {{ node.host }} {{ node.folder }}', 'node2 2 127.0.0.1 /run/node2'],
    ['{{ node.ports.mqtt }}', '1882'],
    ["{{ peers | map: 'cluster' | join: ',' }}", '127.0.0.1:5021,127.0.0.1:5023'],
    [
      '{% for peer in peers %}{{ peer.name }}={{ peer.host }}:{{ peer.ports.cluster }};{% endfor %}',
      'node1=127.0.0.1:5021;node3=127.0.0.1:5023;',
    ],
    ["{{ peers | map: 'index' | join: ' ' }}", '1 3'],
    ['{{ cluster.name }} {{ cluster.size }}', 'chaos 3'],
    ["{{ cluster.nodes | join: ',' }}", 'node1,node2,node3'],
    ['b {% if node.index == 1 %}--seed{% else %}--join{% endif %}', 'b --join'],
    ['{{ tool.node }}', process.execPath],
    ['b{% if mutant %} {{ mutant }}{% endif %}', 'b'],
  ])('%s', (template, expected) => expect(render(template)).toBe(expected));

  test('a mutant is named only when there is one', () => {
    expect(render('b{% if mutant %} --mutant {{ mutant }}{% endif %}', { ...context, mutant: 'lossy' })).toBe(
      'b --mutant lossy',
    );
  });

  test('start, env, files, ready.http and metrics are templates; the rest is not', () => {
    const spec = broker(`
broker:
  build: make {{ node.name }}
  start: run {{ node.name }}
  env: { A: "{{ node.index }}" }
  files: { "conf/b.conf": "port {{ node.ports.mqtt }}" }
  ports: [metrics]
  ready: { http: "http://127.0.0.1:{{ node.ports.metrics }}/health" }
  metrics: "http://127.0.0.1:{{ node.ports.metrics }}/metrics"
`);
    expect(spec.build).toBe('make {{ node.name }}');
    expect(renderNode(spec, context)).toEqual({
      command: 'run node2',
      env: { A: '2' },
      files: { 'conf/b.conf': 'port 1882' },
      readyHttp: 'http://127.0.0.1:9102/health',
      metrics: 'http://127.0.0.1:9102/metrics',
    });
  });
});

describe('what comes before and after the start', () => {
  const spec = () =>
    broker(`
broker:
  start: run
  prepare: "{% if node.index > 1 %}fetch {{ services.names.names }}{% endif %}"
  join: "{% if node.index > 1 %}join node1{% endif %}"
  working-directory: "{{ node.folder }}"
  ready: { command: "status {{ node.ports.mqtt }}" }
  services:
    names:
      start: "epmd -port {{ service.ports.names }}"
      env: { HOME: "{{ service.folder }}", SIZE: "{{ cluster.size }}" }
      ports: [names]
      ready: { command: "epmd -port {{ service.ports.names }} -names" }
`);
  const services = { names: { names: 4369 } };

  test('is rendered for each node', () => {
    expect(renderNode(spec(), { ...context, services })).toMatchObject({
      prepare: 'fetch 127.0.0.1:4369',
      join: 'join node1',
      workingDirectory: '/run/node2',
      readyCommand: 'status 1882',
    });
  });

  test('and is nothing where the template leaves nothing', () => {
    const first = { ...context, services, node: { ...context.node, name: 'node1', index: 1 } };
    expect(renderNode(spec(), first)).not.toHaveProperty('prepare');
    expect(renderNode(spec(), first)).not.toHaveProperty('join');
  });

  test('a service knows itself, its cluster and the other services', () => {
    const { names } = spec().services;
    if (names === undefined) throw new Error('there is no such service');
    expect(renderService(names, { ...context, services, name: 'names', folder: '/run/names' })).toEqual({
      command: 'epmd -port 4369',
      env: { HOME: '/run/names', SIZE: '3' },
      readyCommand: 'epmd -port 4369 -names',
    });
  });

  test.each([
    ['{{ peers[0].cluster }}', 'add cluster to ports'],
    ['{{ peers[0].mqtt }}', 'add it to peer-ports: [mqtt]'],
    ['{% for peer in peers %}{{ peer.mqtt }}{% endfor %}', 'add it to peer-ports: [mqtt]'],
  ])('%s of a peer that has no such port: the hint names the key', (template, hint) => {
    expect(problems(`broker:\n  start: ${JSON.stringify(`b ${template}`)}\n`)).toEqual([expect.stringContaining(hint)]);
  });
});

describe('a template with a mistake is found before anything starts, with its line', () => {
  const head = 'broker:\n  ports: [mqtt, cluster, metrics]\n';
  test.each([
    [
      'an unknown name',
      `${head}  start: "b {{ nod.name }}"\n`,
      'chaos.yml:3  broker.start: there is no nod in a template here | did you mean "node"?',
    ],
    [
      'an unknown property',
      `${head}  start: "b {{ node.id }}"\n`,
      'chaos.yml:3  broker.start: there is no node.id in a template here | node has: name, index, ports, folder, host',
    ],
    [
      'an unknown port',
      `${head}  env:\n    P: "{{ node.ports.metric }}"\n  start: b\n`,
      'chaos.yml:4  broker.env.P: there is no node.ports.metric in a template here | did you mean "metrics"?',
    ],
    [
      'a peer port that peers do not use',
      `${head}  start: "b {{ peers | map: 'metrics' | join: ',' }}"\n`,
      'chaos.yml:3  broker.start: map: not every item has "metrics" | add it to peer-ports: [cluster, metrics]',
    ],
    [
      'cluster without such a port',
      `broker:\n  start: "b {{ peers | map: 'cluster' | join: ',' }}"\n`,
      'chaos.yml:2  broker.start: map: not every item has "cluster" | add cluster to ports',
    ],
    [
      'a property of a peer in a loop',
      `${head}  start: "b {% for p in peers %}{{ p.clutser }}{% endfor %}"\n`,
      'chaos.yml:3  broker.start: there is no p.clutser in a template here | did you mean "cluster"?',
    ],
    [
      'an unknown filter',
      `${head}  start: "b {{ node.name | upcas }}"\n`,
      'chaos.yml:3  broker.start: there is no filter upcas | did you mean "upcase"?',
    ],
    [
      'an unknown tag',
      `${head}  start: "b {% fro x in peers %}"\n`,
      'chaos.yml:3  broker.start: template: tag "fro" not found',
    ],
    [
      'an open brace',
      `${head}  start: "b {{ node.name"\n`,
      'chaos.yml:3  broker.start: template: output "{{ node.name" not closed',
    ],
    [
      'the filesystem',
      `${head}  start: "b {% include '/etc/passwd' %}"\n`,
      expect.stringMatching(/^chaos.yml:3 {2}broker.start: template: ENOENT/),
    ],
    [
      'nothing left',
      `${head}  start: "{% if mutant %}b{% endif %}"\n`,
      'chaos.yml:3  broker.start: the command is empty once rendered',
    ],
    [
      'no address',
      `${head}  start: b\n  metrics: "127.0.0.1:{{ node.ports.metrics }}"\n`,
      expect.stringMatching(/^chaos.yml:4 {2}broker.metrics: "127.0.0.1:\d+" is not an address/),
    ],
  ])('%s', (_, text, expected) => expect(problems(text)).toEqual([expected]));

  test('inside a block, the line and the column of the template itself', () => {
    space.write('chaos.yml', 'broker:\n  start: b\n  files:\n    a.conf: |\n      one\n\n      two {{ node.nam }}\n');
    const [problem] = problemsOf(() => loadConfig({ cwd: space.folder, env: {} }));
    expect(problem?.location).toEqual({ file: 'chaos.yml', line: 7, column: 14 });
  });

  test('inside quotes, the column of the template itself', () => {
    space.write('chaos.yml', 'broker:\n  start: "b {{ node.nam }}"\n');
    const [problem] = problemsOf(() => loadConfig({ cwd: space.folder, env: {} }));
    expect(problem?.location).toEqual({ file: 'chaos.yml', line: 2, column: 16 });
  });

  test('one that only some nodes reach is found too, and told once', () => {
    expect(problems('broker:\n  start: "b {% if node.index == 3 %}{{ node.x }}{% endif %}"\n')).toHaveLength(1);
    expect(problems('broker:\n  start: "b {% if mutant %}{{ node.x }}{% endif %}"\n')).toHaveLength(1);
  });
});

describe('a template that takes longer than a second', () => {
  /** What a template may read; whoever reads `slow` waits, as on a busy machine, the first so many times. */
  function scope(slowReads: number): Record<string, unknown> {
    let reads = 0;
    return {
      get slow() {
        if (++reads <= slowReads) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1_100);
        return 'read';
      },
    };
  }

  test('because the machine was busy is rendered again', () => {
    expect(renderTemplate('{{ slow }}{{ slow }}', scope(1))).toEqual({ text: 'readread' });
  });

  test('each time is refused', () => {
    expect(renderTemplate('{{ slow }}{{ slow }}', scope(Number.POSITIVE_INFINITY))).toMatchObject({
      problem: { message: 'this template takes longer than a second' },
    });
  });
});

test('a template that is too long is refused, and one just short of that is not', () => {
  expect(renderTemplate('x'.repeat(1_000_001), {})).toMatchObject({
    problem: { message: 'this template is too long', row: 1, column: 1 },
  });
  expect(renderTemplate('x'.repeat(1_000_000), {})).toHaveProperty('text');
});

describe('the presets as they start', () => {
  const rendered = (preset: string, of: NodeContext) =>
    renderNode(loadConfig({ cwd: space.folder, env: {}, preset }).broker, of);

  test('embedded: ports, peers by way of the proxies, a folder that may hold spaces', () => {
    const { command, readyHttp, metrics } = rendered('embedded', {
      ...context,
      node: { ...context.node, folder: '/my run/node2' },
    });
    expect(command.replace(/"[^"]*embedded-broker.js"/, 'BROKER')).toBe(
      `"${process.execPath}" BROKER --name node2 --mqtt 127.0.0.1:1882  --cluster 127.0.0.1:7002 --http 127.0.0.1:9102 ` +
        '--peers node1=127.0.0.1:5021,node3=127.0.0.1:5023 --data "/my run/node2/data"',
    );
    expect({ readyHttp, metrics }).toEqual({
      readyHttp: 'http://127.0.0.1:9102/health',
      metrics: 'http://127.0.0.1:9102/metrics',
    });
  });

  test('embedded: alone without peers, with a mutant when asked', () => {
    expect(rendered('embedded', alone).command).not.toContain('--peers');
    expect(rendered('embedded', { ...context, mutant: 'ack-early' }).command).toMatch(/ --mutant ack-early$/);
  });

  test.each([
    ['{ transport: ws }', '--ws 127.0.0.1:1882 '],
    ['{ tls: {} }', '--tls 127.0.0.1:1882 --certificates "/run/node2"'],
    ['{ transport: ws, tls: {} }', '--wss 127.0.0.1:1882 --certificates "/run/node2"'],
  ])('embedded: serves what clients speak: %s', (mqtt, options) => {
    const { command } = renderNode(broker(`broker: { preset: embedded, mqtt: ${mqtt} }`), context);
    expect(command).toContain(` ${options}`);
    expect(command).not.toContain('--mqtt');
  });

  test('nats: routes by way of the proxies and an advertised address that leads nowhere', () => {
    const { command, files } = rendered('nats', context);
    const conf = files['nats.conf'] ?? '';
    expect(command).toBe('nats-server -c "/run/node2/nats.conf"');
    expect(conf).toContain('server_name: node2');
    expect(conf).toContain('cluster_advertise: "127.0.0.1:1"');
    expect(conf.match(/nats-route:\S+/g)).toEqual(['nats-route://127.0.0.1:5021', 'nats-route://127.0.0.1:5023']);
    expect(conf).toContain('stream_replicas: 3');
  });

  test('nats alone has no cluster and keeps one replica', () => {
    const conf = rendered('nats', alone).files['nats.conf'] ?? '';
    expect(conf).not.toContain('cluster {');
    expect(conf).toContain('stream_replicas: 1');
  });
});

test('renderNode names every template that fails', () => {
  const spec = broker('broker:\n  start: "b {{ node.ports.mqtt }}"\n  env: { A: "{{ node.ports.mqtt }}" }\n');
  const without = { ...context, node: { ...context.node, ports: {} } };
  expect(brief(problemsOf(() => renderNode(spec, without)))).toEqual([
    'broker.start: there is no node.ports.mqtt in a template here | there are none',
    'broker.env.A: there is no node.ports.mqtt in a template here | there are none',
  ]);
});

test('nodes are named from 1', () => expect(nodeNames(3)).toEqual(['node1', 'node2', 'node3']));
