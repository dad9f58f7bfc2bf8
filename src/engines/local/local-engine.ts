import { join } from 'node:path';
import { ChaosError, messageOf } from '../../base/error.ts';
import { maskSecrets } from '../../base/mask.ts';
import { createRandom, type Random } from '../../base/random.ts';
import { type PeerContext, renderNode, type ServicePorts, shapeOf } from '../../config/template.ts';
import type { Lag } from '../../metrics/loop-lag.ts';
import type { ClusterShape } from '../../model/cluster.ts';
import type { Effect, EffectType, Offer } from '../../model/effects.ts';
import type { Endpoint } from '../../workload/client.ts';
import type {
  Crash,
  Engine,
  EngineOptions,
  LogLimits,
  LogQuestion,
  NodeLines,
  NodeUsage,
  ObservableFault,
} from '../engine.ts';
import type { PreparedFault } from '../injection.ts';
import { build } from './cluster/build.ts';
import type { Identity } from './cluster/family.ts';
import { shortened } from './cluster/log-file.ts';
import type { openLogs } from './cluster/logs/logs.ts';
import { ClusterNode } from './cluster/node.ts';
import { type FreePorts, freePorts } from './cluster/ports.ts';
import { type ProcessOptions, Services } from './cluster/services.ts';
import { startNodes } from './cluster/start-nodes.ts';
import { type NodePorts, openClusterLinks, redirections } from './cluster-links.ts';
import { ClusterLogs } from './cluster-logs.ts';
import { DataFolders } from './data-folders.ts';
import { Detours } from './detours.ts';
import { observe } from './effects/registry.ts';
import type { FaultEnvironment, Lane, NetworkMap, NodeControl } from './environment.ts';
import { type HostControl, localHost } from './host/control.ts';
import { type Kernel, openKernel } from './kernel.ts';
import { nftPackets, type Packets } from './lanes/packets.ts';
import type { Ledger } from './ledger.ts';
import { clientLink, peerLink } from './link-ids.ts';
import { type Links, type LinksOptions, openLinks } from './links/links.ts';
import { redirectChains } from './links/redirect.ts';
import { type Machine, probeMachine, requireOffers } from './machine/machine.ts';
import { requirePrograms } from './needs.ts';
import { localOffer } from './offers.ts';
import { type Requirements, requirementsOf, whyUnfit } from './requirements.ts';

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

type ProxyPorts = ReadonlyMap<string, number>;

/** The cluster on this machine: each node a process group on loopback, each pair of them and each client joined through a link proxy. */
export class LocalEngine implements Engine {
  readonly shape: ClusterShape;
  readonly #options: LocalEngineOptions;
  readonly #random: Random;
  readonly #host: HostControl;
  readonly #broken = new AbortController();
  readonly #logs: ClusterLogs;
  readonly #folders: DataFolders;
  readonly #detours: Detours;
  readonly #services: Services;
  #machine: Machine | undefined;
  /** What the cluster that stands was booted for. */
  #bootedFor: Requirements = requirementsOf([]);
  #kernel: Kernel | undefined;
  #links: Links | undefined;
  #packets: Packets | undefined;
  #claimed: FreePorts | undefined;
  #ports: NodePorts = new Map();
  #servicePorts: ServicePorts = {};
  #nodes: ClusterNode[] = [];
  #endpoints: readonly Endpoint[] = [];
  #metricsUrls: { readonly node: string; readonly url: string }[] = [];
  readonly #crashes: Crash[] = [];
  /** Ends what looks at the cluster while it stands. */
  #watching = new AbortController();

  constructor(options: LocalEngineOptions) {
    const { config, clock, ledger, logger, run, logFolder, workFolder } = options;
    const { broker } = config;
    this.shape = shapeOf(config);
    const { nodes: names } = this.shape;
    this.#options = options;
    this.#random = createRandom(`${run}/ports`);
    this.#host = localHost(run);
    this.#logs = new ClusterLogs({
      ...{ nodes: names, folder: logFolder, pipes: join(workFolder, 'logs'), clock, logger },
      ...{ secrets: broker.secrets, keepBytes: config.logs.keepBytes, startThread: options.startLogsThread },
      onEnded: (reason) => this.#broken.abort(reason),
    });
    this.#folders = new DataFolders({ parent: workFolder, ledger, logger });
    this.#detours = new Detours({
      ...{ broker, names, clock, logger },
      standing: () => ({ nodes: this.#nodes, ports: this.#ports }),
    });
    this.#services = new Services({
      broker,
      processOptions: (name) => this.#processOptions(name),
      folderOf: (name) => this.#folders.of(name),
      openLog: (name) => this.#logs.open(name),
      onEnded: (error) => this.#broken.abort(error),
    });
  }

  get broken(): AbortSignal {
    return this.#broken.signal;
  }

  get endpoints(): readonly Endpoint[] {
    return this.#endpoints;
  }

  get metricsUrls() {
    // A node that a fault holds down or stopped owes no answer.
    return this.#metricsUrls.filter(({ node }) =>
      this.#nodes.some(({ name, answering }) => name === node && answering),
    );
  }

  async build(signal: AbortSignal): Promise<void> {
    const { config, logger, run } = this.#options;
    requirePrograms(config.broker);
    await this.#requireMachine();
    const { build: command, buildWithinMs, secrets } = config.broker;
    if (command === undefined) return;
    logger.info(`building: ${shortened(maskSecrets(command, secrets))}`);
    try {
      await build({
        ...{ command, secrets, run, signal, folder: config.folder, withinMs: buildWithinMs },
        log: await this.#logs.open('build'),
        onStray: this.#strayOf('the build'),
      });
    } finally {
      await this.#logs.close();
    }
  }

  unfit(effects: readonly EffectType[]): string | undefined {
    return whyUnfit(this.#bootedFor, requirementsOf(effects));
  }

  async boot(signal: AbortSignal, effects: readonly EffectType[] = []): Promise<void> {
    await this.stop();
    this.#watching = new AbortController();
    this.#bootedFor = requirementsOf(effects);
    const kernel = await this.#prepareMachine(this.#bootedFor);
    const proxied = await this.#joinByLinks(kernel);
    this.#endpoints = [];
    await this.#startNodes(proxied, signal);
    this.#endpoints = this.shape.nodes.map((node) => this.#endpointOf(node, proxied));
    await this.#lookForDetours(kernel, signal);
  }

  async stop(withinMs?: number): Promise<void> {
    this.#watching.abort();
    const stopping = this.#nodes;
    this.#nodes = [];
    await Promise.all(stopping.map((node) => node.stop(withinMs)));
    await this.#services.stop(withinMs);
    await this.#logs.close();
    await this.#claimed?.release();
    this.#claimed = undefined;
    const links = this.#links;
    this.#links = undefined;
    this.#packets = undefined;
    await links?.close();
    const closing = this.#kernel;
    this.#kernel = undefined;
    // What stays behind is found by the residue check, and is still in the ledger.
    await closing
      ?.close()
      .catch((error) => this.#options.logger.warn(`taking packet rules and cgroups away: ${messageOf(error)}`));
    await this.#folders.unmount();
  }

  offers(effect: Effect, to: 'any cluster' | 'this cluster'): Offer {
    const { config: cluster } = this.#options;
    const environment = to === 'this cluster' ? this.environment() : undefined;
    return localOffer(effect, { cluster, machine: this.#machine, environment });
  }

  async observe(fault: ObservableFault): Promise<PreparedFault> {
    const environment = this.environment();
    if (!environment) throw new ChaosError('internal', 'no cluster stands');
    return observe(fault, environment);
  }

  /** What an effect is given of the cluster that stands; undefined while none does. */
  environment(): FaultEnvironment | undefined {
    if (this.#nodes.length === 0) return undefined;
    const { ledger, clock, logger } = this.#options;
    return {
      ...{ shape: this.shape, nodes: this.#nodeControl(), network: this.#networkMap(), host: this.#host },
      ...{ links: this.#links, packets: this.#packets, limits: this.#kernel?.limits, ledger, clock, logger },
      broken: (why) => this.#broken.abort(why),
    };
  }

  usage(): NodeUsage[] {
    return this.#nodes.map((node) => ({ node: node.name, ...node.usage() }));
  }

  async linksLag(): Promise<Lag | null> {
    return this.#links ? this.#links.lag() : null;
  }

  takeCrashes(): Crash[] {
    return this.#crashes.splice(0);
  }

  logsAround(wallMs: number, question: LogQuestion): string[] {
    return this.#logs.around(wallMs, question);
  }

  logsDuring(fromWallMs: number, toWallMs: number, limits: LogLimits): NodeLines[] {
    return this.#logs.during(fromWallMs, toWallMs, limits);
  }

  cutLogs() {
    return this.#logs.cut();
  }

  logsBetween(fromWallMs: number, toWallMs: number): number {
    return this.#logs.linesBetween(fromWallMs, toWallMs);
  }

  /** What this machine offers, tried once. Throws when the user or the configuration asks for more. */
  async #requireMachine(): Promise<Machine> {
    const { privileged = 'auto' } = this.#options;
    this.#machine ??= await probeMachine(privileged);
    if (privileged === 'required')
      requireOffers(this.#machine, ['privileges', 'nft', 'cgroup2'], 'privileged: required');
    if (this.#isTransparent)
      requireOffers(
        this.#machine,
        ['privileges', 'nft', 'cgroup2', 'redirect'],
        'links: transparent',
        'or use links: proxy, which needs nothing',
      );
    return this.#machine;
  }

  get #isTransparent(): boolean {
    // A node alone has no peer that it could dial.
    return this.#options.config.broker.links === 'transparent' && this.shape.nodes.length > 1;
  }

  /** Empty data folders, free ports, and what the cluster has in the kernel. */
  async #prepareMachine({ folderBytes, isLimited }: Requirements): Promise<Kernel> {
    const { run, ledger } = this.#options;
    const { nodes } = this.shape;
    const machine = await this.#requireMachine();
    this.#folders.renew();
    if (folderBytes > 0) await this.#folders.limit(machine, nodes, folderBytes);
    await this.#claimPorts();
    this.#kernel = await openKernel({ machine, run, nodes, limited: isLimited, ledger });
    return this.#kernel;
  }

  async #claimPorts(): Promise<void> {
    const { nodes } = this.shape;
    const { ports } = this.#options.config.broker;
    this.#claimed = await freePorts(nodes.length * ports.length + this.#services.portCount, this.#random);
    const free = [...this.#claimed.ports];
    const take = (names: readonly string[]): Record<string, number> =>
      Object.fromEntries(names.map((port) => [port, free.pop() ?? 0]));
    this.#ports = new Map(nodes.map((name) => [name, take(ports)] as const));
    this.#servicePorts = Object.fromEntries(this.#services.portNames.map(([name, names]) => [name, take(names)]));
  }

  /** The links and what leads the nodes through them; the proxies' ports by link. */
  async #joinByLinks(kernel: Kernel): Promise<ProxyPorts> {
    const { config, logger, seed, startLinksThread } = this.#options;
    const { broker } = config;
    if (broker.links === 'direct') return new Map();
    const links = await openLinks({ seed: `${seed}/links`, startThread: startLinksThread });
    this.#links = links;
    // Links that are being closed are nobody's any more.
    const broke = (): void => {
      if (this.#links === links) this.#broken.abort(links.ended.reason);
    };
    links.ended.addEventListener('abort', broke, { once: true });
    const cluster = { broker, names: this.shape.nodes, ports: this.#ports };
    const proxied = await openClusterLinks(links, cluster);
    const { table, shaper, cgroups } = kernel;
    if (table) this.#packets = nftPackets({ links, table, shaper, logger, redirected: this.#isTransparent });
    const redirected = this.#isTransparent && cgroups ? redirections(cluster, proxied, cgroups) : [];
    if (redirected.length > 0) await (await table?.())?.load(redirectChains(redirected));
    return proxied;
  }

  /** How clients reach a node. */
  #endpointOf(node: string, proxied: ProxyPorts): Endpoint {
    const { address } = this.#node(node);
    return { node, ...address, port: proxied.get(clientLink(node)) ?? address.port };
  }

  async #startNodes(proxied: ProxyPorts, signal: AbortSignal): Promise<void> {
    this.#metricsUrls = [];
    const made: ClusterNode[] = [];
    for (const [i, name] of this.shape.nodes.entries()) made.push(await this.#makeNode(name, i + 1, proxied));
    this.#nodes = made;
    this.#logs.follow();
    await this.#services.start(this.#clusterContext, signal);
    const { clock, config } = this.#options;
    await startNodes(made, { order: config.broker.startOrder, clock, signal });
  }

  /** What templates of nodes and services can say of the cluster. */
  get #clusterContext() {
    return { cluster: { name: 'chaos', nodes: this.shape.nodes }, services: this.#servicePorts };
  }

  /** What nodes and services have in common. */
  #processOptions(name: string): ProcessOptions {
    const { config, run, clock, ledger, logger } = this.#options;
    return {
      ...{ run, clock, workingFolder: config.folder },
      onStray: this.#strayOf(name),
      onStart(process: Identity): void {
        ledger.add({ type: 'kill', process }, `${name} started`);
        logger.debug(`${name} started as process ${process.pid}`);
      },
    };
  }

  async #makeNode(name: string, index: number, proxied: ProxyPorts): Promise<ClusterNode> {
    const { config, mutant } = this.#options;
    const { broker: spec } = config;
    const folder = this.#folders.of(name);
    const own = this.#ports.get(name) ?? {};
    const cgroups = this.#kernel?.cgroups;
    const rendered = renderNode(spec, {
      node: { name, index, ports: own, folder },
      peers: this.#peersOf(name, proxied),
      ...this.#clusterContext,
      mutant,
    });
    if (rendered.metrics !== undefined) this.#metricsUrls.push({ node: name, url: rendered.metrics });
    return new ClusterNode({
      ...this.#processOptions(name),
      ...{ name, spec, rendered, mqttPort: own.mqtt ?? 0, folder },
      log: await this.#logs.open(name),
      enter: cgroups && ((pid) => cgroups.enter(name, pid)),
      members: cgroups && (() => cgroups.members(name)),
      onCrash: (crash) => this.#crashes.push(crash),
    });
  }

  /** The ports at which a node dials the others: their own with transparent links, where the kernel redirects them, otherwise the proxies'. */
  #peersOf(name: string, proxied: ProxyPorts): PeerContext[] {
    const { peerPorts } = this.#options.config.broker;
    return this.shape.nodes.flatMap((peer, j): PeerContext[] => {
      if (peer === name) return [];
      const dialled = (port: string): number | undefined =>
        this.#isTransparent ? undefined : proxied.get(peerLink(name, peer, port));
      const portOf = (port: string): number => dialled(port) ?? this.#ports.get(peer)?.[port] ?? 0;
      return [{ name: peer, index: j + 1, ports: Object.fromEntries(peerPorts.map((port) => [port, portOf(port)])) }];
    });
  }

  /** Nodes that bypass the links end the boot with transparent ones; otherwise they are looked for while the run goes on. */
  async #lookForDetours({ table }: Kernel, signal: AbortSignal): Promise<void> {
    const { joinWithinMs: withinMs = usualJoinMs, logger } = this.#options;
    const counters = async () => (await table?.())?.counters();
    await this.#detours.requireRedirected(counters, { withinMs, signal });
    this.#detours
      .watch(AbortSignal.any([signal, this.#watching.signal]))
      .catch((error) => logger.debug(`looking for detours: ${messageOf(error)}`));
  }

  /** A process without the run's marks is killed with the run, or by whoever takes the run back. */
  #strayOf(who: string): (process: Identity) => void {
    const { ledger, logger } = this.#options;
    return ({ pid, startTicks }) => {
      ledger.add({ type: 'kill', process: { pid, startTicks } }, `${who} started it without our marks`);
      logger.debug(`process ${pid} of ${who} has none of the run's marks`);
    };
  }

  #node(name: string): ClusterNode {
    const found = this.#nodes.find((node) => node.name === name);
    if (!found) throw new ChaosError('internal', `there is no ${name}`);
    return found;
  }

  #nodeControl(): NodeControl {
    return {
      processes: (node) => this.#node(node).processes(),
      kill: (node) => this.#node(node).kill(),
      start: (node) => this.#node(node).start(),
      signal: (node, name) => this.#node(node).signalAll(name),
      ping: (node, withinMs) => this.#node(node).ping(withinMs),
      httpUrls: (node) => this.#node(node).httpUrls,
      logFile: (node) => this.#logs.file(node),
      connect: (node, withinMs) => this.#node(node).connect(withinMs),
      folder: (node) => this.#node(node).folder,
      address: (node) => this.#node(node).address,
    };
  }

  #networkMap(): NetworkMap {
    const { peerPorts } = this.#options.config.broker;
    return {
      path: (from, to) =>
        peerPorts.flatMap((port): Lane[] => [
          { linkId: peerLink(from, to, port), direction: 'forward' },
          { linkId: peerLink(to, from, port), direction: 'backward' },
        ]),
      client: (node) => [
        { linkId: clientLink(node), direction: 'forward' },
        { linkId: clientLink(node), direction: 'backward' },
      ],
      entry: (node) => this.#endpoints.find((endpoint) => endpoint.node === node) ?? this.#node(node).address,
      past: async (paths) =>
        (await this.#detours.past()).filter(({ from, to }) =>
          paths.some((path) => [path.from, path.to].includes(from) && [path.from, path.to].includes(to)),
        ).length,
      remedy: this.#detours.remedy,
    };
  }
}
