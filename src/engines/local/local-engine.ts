import { join } from 'node:path';
import { ChaosError, messageOf } from '../../base/error.ts';
import { maskSecrets } from '../../base/mask.ts';
import { createRandom } from '../../base/random.ts';
import { nodeNames, type PeerContext, renderNode } from '../../config/template.ts';
import type { EffectType } from '../../model/effects.ts';
import type { Endpoint } from '../../workload/client.ts';
import type { Crash, Engine, EngineOptions } from '../engine.ts';
import { build } from './cluster/build.ts';
import type { Identity } from './cluster/family.ts';
import { shortened } from './cluster/log-file.ts';
import type { openLogs } from './cluster/logs/logs.ts';
import { ClusterNode } from './cluster/node.ts';
import { type FreePorts, freePorts } from './cluster/ports.ts';
import { type NodePorts, openClusterLinks, redirections } from './cluster-links.ts';
import { ClusterLogs } from './cluster-logs.ts';
import { DataFolders } from './data-folders.ts';
import { Detours } from './detours.ts';
import type { LocalEffect } from './effect.ts';
import { localEffects, observe } from './effects/registry.ts';
import type { FaultEnvironment, Lane, NetworkMap } from './environment.ts';
import { localHost } from './host/control.ts';
import { type Kernel, openKernel } from './kernel.ts';
import { nftPackets, type Packets } from './lanes/packets.ts';
import type { Ledger } from './ledger.ts';
import { clientLink, peerLink } from './link-ids.ts';
import { type Links, type LinksOptions, openLinks } from './links/links.ts';
import { redirectChains } from './links/redirect.ts';
import { type Machine, probeMachine, requireOffers } from './machine/machine.ts';
import { localOffer } from './offers.ts';

export type LocalEngineOptions = EngineOptions & {
  /** Nodes' data folders are made here and taken away by the run. */
  readonly workFolder: string;
  readonly ledger: Ledger;
  /** How long nodes that are ready may take to dial their peers; 35 s where nothing is said. */
  readonly joinWithinMs?: number | undefined;
  /** For a test that has to get hold of the links' thread. */
  readonly startLinksThread?: LinksOptions['startThread'];
  readonly startLogsThread?: Parameters<typeof openLogs>[0]['startThread'];
};

/** Nodes that are ready have so long to join; EMQX-Go dials its peers two seconds after its start, then every 30 s. */
const usualJoinMs = 35_000;

export type LocalEngine = Engine & {
  /** What an effect is given of the cluster that stands; undefined while none does. */
  environment(): FaultEnvironment | undefined;
};

/** The cluster on this machine: each node a process group on loopback, each pair of them and each client joined through a link proxy. */
export function localEngine(options: LocalEngineOptions): LocalEngine {
  const { config, clock, ledger, logger, run, joinWithinMs = usualJoinMs } = options;
  const { broker } = config;
  const names = nodeNames(config.nodes);
  const random = createRandom(`${run}/ports`);
  const host = localHost(run);
  const broken = new AbortController();
  const breakOff = (reason: unknown): void => broken.abort(reason);
  const isTransparent = broker.links === 'transparent';
  const logs = new ClusterLogs({
    ...{ nodes: names, folder: options.logFolder, pipes: join(options.workFolder, 'logs'), clock, logger },
    ...{ secrets: broker.secrets, keepBytes: config.logs.keepBytes, startThread: options.startLogsThread },
    onEnded: breakOff,
  });
  const folders = new DataFolders({ parent: options.workFolder, ledger, logger });
  const detours = new Detours({
    ...{ broker, names, clock, logger },
    standing: () => ({ nodes, ports }),
  });
  let machine: Machine | undefined;
  /** What the cluster that stands was booted for. */
  let bootedFor = requirementsOf([]);
  let kernel: Kernel | undefined;
  let links: Links | undefined;
  let packets: Packets | undefined;
  let claimed: FreePorts | undefined;
  let ports: NodePorts = new Map();
  let nodes: ClusterNode[] = [];
  let endpoints: Endpoint[] = [];
  let metricsUrls: { node: string; url: string }[] = [];
  const crashes: Crash[] = [];
  /** Ends what looks at the cluster while it stands. */
  let watching = new AbortController();

  /** A process without the run's marks is killed with the run, or by whoever takes the run back. */
  const strayOf = (who: string) => (process: Identity) => {
    ledger.add(
      { type: 'kill', process: { pid: process.pid, startTicks: process.startTicks } },
      `${who} started it without our marks`,
    );
    logger.debug(`process ${process.pid} of ${who} has none of the run's marks`);
  };

  const nodeOf = (name: string): ClusterNode => {
    const found = nodes.find((node) => node.name === name);
    if (!found) throw new ChaosError('internal', `there is no ${name}`);
    return found;
  };

  /** What this machine offers, tried once. Throws when the user or the configuration asks for more. */
  const requireMachine = async (): Promise<Machine> => {
    const { privileged = 'auto' } = options;
    machine ??= await probeMachine(privileged);
    if (privileged === 'required') requireOffers(machine, ['privileges', 'nft', 'cgroup2'], 'privileged: required');
    if (isTransparent)
      requireOffers(
        machine,
        ['privileges', 'nft', 'cgroup2', 'redirect'],
        'links: transparent',
        'or use links: proxy, which needs nothing',
      );
    return machine;
  };

  const claimPorts = async (): Promise<void> => {
    claimed = await freePorts(names.length * broker.ports.length, random);
    const free = [...claimed.ports];
    ports = new Map(
      names.map((name) => [name, Object.fromEntries(broker.ports.map((port) => [port, free.pop() ?? 0]))] as const),
    );
  };

  /** The links and what leads the nodes through them; the proxies' ports by link. */
  const joinByLinks = async (opened: Kernel): Promise<ReadonlyMap<string, number>> => {
    if (broker.links === 'direct') return new Map();
    const made = await openLinks({ seed: `${options.seed}/links`, startThread: options.startLinksThread });
    links = made;
    made.ended.addEventListener('abort', () => breakOff(made.ended.reason), { once: true });
    const cluster = { broker, names, ports };
    const proxied = await openClusterLinks(made, cluster);
    if (opened.table)
      packets = nftPackets({
        ...{ links: made, table: opened.table, shaper: opened.shaper, logger },
        redirected: isTransparent,
      });
    const redirected = isTransparent && opened.cgroups ? redirections(cluster, proxied, opened.cgroups) : [];
    if (redirected.length > 0) await (await opened.table?.())?.load(redirectChains(redirected));
    return proxied;
  };

  /** How clients reach a node. */
  const endpointOf = (node: string, proxied: ReadonlyMap<string, number>): Endpoint => ({
    node,
    host: '127.0.0.1',
    port: proxied.get(clientLink(node)) ?? ports.get(node)?.mqtt ?? 0,
    ...broker.mqtt,
  });

  /** The ports at which a node dials the others: their own with transparent links, where the kernel redirects them, otherwise the proxies'. */
  const peersOf = (name: string, proxied: ReadonlyMap<string, number>): PeerContext[] =>
    names.flatMap((peer, j): PeerContext[] => {
      if (peer === name) return [];
      const dialled = (port: string): number | undefined =>
        isTransparent ? undefined : proxied.get(peerLink(name, peer, port));
      return [
        {
          name: peer,
          index: j + 1,
          ports: Object.fromEntries(
            broker.peerPorts.map((port) => [port, dialled(port) ?? ports.get(peer)?.[port] ?? 0]),
          ),
        },
      ];
    });

  const makeNode = async (name: string, index: number, proxied: ReadonlyMap<string, number>): Promise<ClusterNode> => {
    const folder = folders.of(name);
    const own = ports.get(name) ?? {};
    const cgroups = kernel?.cgroups;
    const rendered = renderNode(broker, {
      node: { name, index, ports: own, folder },
      peers: peersOf(name, proxied),
      cluster: { name: 'chaos', nodes: names },
      mutant: options.mutant,
    });
    if (rendered.metrics !== undefined) metricsUrls.push({ node: name, url: rendered.metrics });
    return new ClusterNode({
      ...{ run, name, spec: broker, rendered, mqttPort: own.mqtt ?? 0, folder, workingFolder: config.folder, clock },
      log: await logs.open(name),
      enter: cgroups && ((pid) => cgroups.enter(name, pid)),
      members: cgroups && (() => cgroups.members(name)),
      onStray: strayOf(name),
      onCrash: (crash) => crashes.push(crash),
      onStart(process) {
        ledger.add({ type: 'kill', process }, `${name} started`);
        logger.debug(`${name} started as process ${process.pid}`);
      },
    });
  };

  const stop = async (withinMs?: number): Promise<void> => {
    watching.abort();
    const stopping = nodes;
    nodes = [];
    await Promise.all(stopping.map((node) => node.stop(withinMs)));
    await logs.close();
    await claimed?.release();
    claimed = undefined;
    await links?.close();
    links = undefined;
    packets = undefined;
    const closing = kernel;
    kernel = undefined;
    // What stays behind is found by the residue check, and is still in the ledger.
    await closing?.close().catch((error) => logger.warn(`taking packet rules and cgroups away: ${messageOf(error)}`));
    await folders.unmount();
  };

  const network: NetworkMap = {
    path: (from, to) =>
      broker.peerPorts.flatMap((port): Lane[] => [
        { linkId: peerLink(from, to, port), direction: 'forward' },
        { linkId: peerLink(to, from, port), direction: 'backward' },
      ]),
    client: (node) => [
      { linkId: clientLink(node), direction: 'forward' },
      { linkId: clientLink(node), direction: 'backward' },
    ],
    entry: (node) => endpoints.find((endpoint) => endpoint.node === node) ?? nodeOf(node).address,
    past: async (paths) =>
      (await detours.past()).filter(({ from, to }) =>
        paths.some((path) => [path.from, path.to].includes(from) && [path.from, path.to].includes(to)),
      ).length,
    remedy: detours.remedy,
  };

  const isStanding = (): boolean => nodes.length > 0;
  const environment = (): FaultEnvironment => ({
    shape: { nodes: names },
    nodes: {
      processes: (node) => nodeOf(node).processes(),
      kill: (node) => nodeOf(node).kill(),
      start: (node) => nodeOf(node).start(),
      signal: (node, name) => nodeOf(node).signalAll(name),
      ping: (node, withinMs) => nodeOf(node).ping(withinMs),
      httpUrls: (node) => nodeOf(node).httpUrls,
      logFile: (node) => logs.file(node),
      connect: (node, withinMs) => nodeOf(node).connect(withinMs),
      folder: (node) => nodeOf(node).folder,
      address: (node) => nodeOf(node).address,
    },
    ...{ links, network, packets, limits: kernel?.limits, host, ledger, clock, logger },
    broken: breakOff,
  });

  return {
    shape: { nodes: names },
    broken: broken.signal,
    get endpoints() {
      return endpoints;
    },
    get metricsUrls() {
      // A node that a fault holds down or stopped owes no answer.
      return metricsUrls.filter(({ node }) => nodes.some(({ name, answering }) => name === node && answering));
    },
    async build(signal) {
      await requireMachine();
      if (broker.build === undefined) return;
      logger.info(`building: ${shortened(maskSecrets(broker.build, broker.secrets))}`);
      try {
        await build({
          command: broker.build,
          secrets: broker.secrets,
          folder: config.folder,
          log: await logs.open('build'),
          run,
          withinMs: broker.buildWithinMs,
          signal,
          onStray: strayOf('the build'),
        });
      } finally {
        await logs.close();
      }
    },
    unfit: (effects) => whyUnfit(bootedFor, requirementsOf(effects)),
    async boot(signal, effects = []) {
      await stop();
      watching = new AbortController();
      const offered = await requireMachine();
      bootedFor = requirementsOf(effects);
      folders.renew();
      if (bootedFor.folderBytes > 0) await folders.limit(offered, names, bootedFor.folderBytes);
      await claimPorts();
      kernel = await openKernel({ machine: offered, run, nodes: names, limited: bootedFor.isLimited, ledger });
      const { table } = kernel;
      const proxied = await joinByLinks(kernel);
      endpoints = names.map((node) => endpointOf(node, proxied));
      metricsUrls = [];
      const made: ClusterNode[] = [];
      for (const [i, name] of names.entries()) made.push(await makeNode(name, i + 1, proxied));
      nodes = made;
      logs.follow();
      for (const node of nodes) node.start();
      await Promise.all(nodes.map((node) => node.ready(signal)));
      const counters = async () => (await table?.())?.counters();
      await detours.requireRedirected(counters, { withinMs: joinWithinMs, signal });
      detours
        .watch(AbortSignal.any([signal, watching.signal]))
        .catch((error) => logger.debug(`looking for detours: ${messageOf(error)}`));
    },
    stop,
    offers: (effect) =>
      localOffer(effect, { cluster: config, machine, environment: isStanding() ? environment() : undefined }),
    observe: (effect) => observe(effect, environment()),
    environment: () => (isStanding() ? environment() : undefined),
    usage: () => nodes.map((node) => ({ node: node.name, ...node.usage() })),
    linksLag: async () => (links ? links.lag() : null),
    takeCrashes: () => crashes.splice(0),
    logsAround: (wallMs, question) => logs.around(wallMs, question),
    cutLogs: () => logs.cut(),
    logsBetween: (fromWallMs, toWallMs) => logs.linesBetween(fromWallMs, toWallMs),
  };
}

/** What effects need of the cluster when it is booted. */
type Requirements = {
  /** How large the nodes' data folders are asked to be; 0 when they are folders like any other. */
  readonly folderBytes: number;
  /** Whether the nodes' cgroups have controllers. */
  readonly isLimited: boolean;
};

function requirementsOf(effects: readonly EffectType[]): Requirements {
  const known: readonly Pick<LocalEffect<EffectType>, 'mechanisms' | 'dataFolderBytes'>[] = effects.map(
    (type) => localEffects[type],
  );
  const needs = known.flatMap(({ mechanisms }) => mechanisms.flatMap((mechanism) => mechanism.needs));
  return {
    folderBytes: Math.max(0, ...known.map(({ dataFolderBytes = 0 }) => dataFolderBytes)),
    isLimited: needs.includes('cpuQuota') || needs.includes('memoryLimit'),
  };
}

function whyUnfit(now: Requirements, wanted: Requirements): string | undefined {
  if (wanted.isLimited !== now.isLimited)
    return now.isLimited
      ? 'the nodes had cgroups with controllers for the scenario before'
      : 'a fault needs cgroups with controllers';
  if (wanted.folderBytes === now.folderBytes) return undefined;
  return wanted.folderBytes > 0
    ? 'a fault needs data folders of a limited size'
    : 'the data folders were of a limited size for the scenario before';
}
