import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { type Clock, pollUntil } from '../base/clock.ts';
import { ChaosError, messageOf } from '../base/error.ts';
import type { Logger } from '../base/logger.ts';
import { maskSecrets } from '../base/mask.ts';
import { createRandom } from '../base/random.ts';
import { build } from '../cluster/build.ts';
import type { Identity } from '../cluster/family.ts';
import { keptOf, partsOf, shortened } from '../cluster/log-file.ts';
import { type Log, type Logs, openLogs } from '../cluster/logs/logs.ts';
import { ClusterNode, type Crash } from '../cluster/node.ts';
import { NodeLog } from '../cluster/node-log.ts';
import { type PeerConnection, peerConnections, socketInodes } from '../cluster/peer-connections.ts';
import { type FreePorts, freePorts } from '../cluster/ports.ts';
import { readTcpTable } from '../cluster/tcp-table.ts';
import { nodeNames, type PeerContext, renderNode } from '../config/template.ts';
import type { FaultEnvironment, Lane } from '../faults/environment.ts';
import { localHost } from '../faults/host/control.ts';
import { missing } from '../faults/host/programs.ts';
import type { Ledger } from '../faults/ledger.ts';
import { nftPackets, type Packets } from '../faults/packets.ts';
import { notPossible } from '../faults/possible.ts';
import { faultKinds } from '../faults/registry.ts';
import { type Links, type LinksOptions, openLinks } from '../links/links.ts';
import { type Detour, ownAddresses, redirectChains } from '../links/redirect.ts';
import { lacking, type Machine, probeMachine, requireOffers } from '../machine/machine.ts';
import { mountTmpfs, unmount } from '../machine/mounts.ts';
import type { Privileged, PrivilegedMode } from '../machine/privilege.ts';
import type { Config } from '../model/config.ts';
import { formatMs } from '../model/units.ts';
import type { Endpoint } from '../workload/client.ts';
import type { Engine } from './engine.ts';
import { type Kernel, openKernel } from './kernel.ts';

export type LocalEngineOptions = {
  readonly config: Config;
  readonly mutant: string | undefined;
  readonly run: string;
  readonly seed: string;
  /** Nodes' data folders are made here and taken away by the run. */
  readonly workFolder: string;
  /** Nodes' logs stay here. */
  readonly logFolder: string;
  readonly ledger: Ledger;
  /** Whether mechanisms that need root may be used; `auto` where nothing is said. */
  readonly privileged?: PrivilegedMode | undefined;
  /** How long nodes that are ready may take to dial their peers; 35 s where nothing is said. */
  readonly joinWithinMs?: number | undefined;
  readonly clock: Clock;
  readonly logger: Logger;
  /** For a test that has to get hold of the links' thread. */
  readonly startLinksThread?: LinksOptions['startThread'];
  readonly startLogsThread?: Parameters<typeof openLogs>[0]['startThread'];
};

/** Nodes that are ready have so long to join; EMQX-Go dials its peers two seconds after its start, then every 30 s. */
const usualJoinMs = 35_000;
/** How long after the boot it is looked whether the nodes go round the proxies. */
const detourWatchMs = 10_000;
/** How fine a log without time stamps can be read. */
const noteEveryMs = 1_000;

const whatToDo = [
  'broker.peer-ports must name the ports at which nodes dial one another',
  'if the nodes join later than that, let broker.ready wait for it (ready.log: what a node writes when it has joined)',
  'or use links: proxy',
];

/** The cluster on this machine: each node a process group on loopback, each pair of them and each client joined through a link proxy. */
export function localEngine(options: LocalEngineOptions): Engine {
  const { config, clock, ledger, logger, run, joinWithinMs = usualJoinMs } = options;
  const { broker } = config;
  const names = nodeNames(config.nodes);
  const random = createRandom(`${run}/ports`);
  const logFile = (node: string): string => join(options.logFolder, `${node}.log`);
  const logs = new Map(names.map((name) => [name, new NodeLog(logFile(name), clock)]));
  const logOf = (name: string): NodeLog => logs.get(name) ?? new NodeLog(logFile(name), clock);
  const broken = new AbortController();
  let logging: Logs | undefined;
  const begun = new Set<string>();
  let machine: Machine | undefined;
  let kernel: Kernel | undefined;
  let links: Links | undefined;
  let packets: Packets | undefined;
  let nodes: ClusterNode[] = [];
  let endpoints: Endpoint[] = [];
  let metricsUrls: { node: string; url: string }[] = [];
  let crashes: Crash[] = [];
  let generation = 0;
  const host = localHost(run);
  let mounts: { privileged: Privileged; folder: string; undone: () => void }[] = [];
  /** How large the nodes' data folders were asked to be; 0 when they are folders like any other. */
  let folderBytes = 0;
  /** Whether the nodes' cgroups have controllers. */
  let limited = false;
  let claimed: FreePorts | undefined;
  let nodePorts: ReadonlyMap<string, Readonly<Record<string, number>>> = new Map();
  /** Ends what looks at the cluster while it stands. */
  let watching = new AbortController();
  let noting: NodeJS.Timeout | undefined;

  const noteLogs = (): void => {
    for (const log of logs.values()) log.note();
  };

  /** The log of a node or of the build. What an earlier run has left in its place is taken away. */
  const openLog = async (name: string): Promise<Log> => {
    if (!begun.has(name)) for (const { path } of partsOf(logFile(name))) rmSync(path);
    begun.add(name);
    if (logging === undefined) {
      const opened = await openLogs({
        folder: options.logFolder,
        pipes: join(options.workFolder, 'logs'),
        secrets: broker.secrets,
        keepBytes: config.logs.keepBytes,
        startThread: options.startLogsThread,
      });
      opened.ended.addEventListener('abort', () => broken.abort(opened.ended.reason), { once: true });
      logging = opened;
    }
    return await logging.log(name);
  };

  const closeLogs = async (): Promise<void> => {
    const closing = logging;
    logging = undefined;
    // A thread that ended by itself has been told of by `broken`.
    await closing?.close().catch((error) => logger.warn(messageOf(error)));
  };

  /** It is killed with the run, or by whoever takes the run back. */
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

  const openLinksAmong = async (
    ports: ReadonlyMap<string, Readonly<Record<string, number>>>,
  ): Promise<ReadonlyMap<string, number>> => {
    const proxied = new Map<string, number>();
    if (broker.links === 'direct') return proxied;
    const opened = await openLinks({ seed: `${options.seed}/links`, startThread: options.startLinksThread });
    links = opened;
    opened.ended.addEventListener('abort', () => broken.abort(opened.ended.reason), { once: true });
    const ipv6 = broker.links === 'transparent' && ownAddresses().ipv6.includes('::1');
    for (const to of names) {
      const upstream = (port: string) => ({ host: '127.0.0.1', port: ports.get(to)?.[port] ?? 0 });
      proxied.set(clientLink(to), (await links.open({ id: clientLink(to), upstream: upstream('mqtt') })).port);
      for (const from of names) {
        if (from === to) continue;
        for (const port of broker.peerPorts) {
          const id = peerLink(from, to, port);
          proxied.set(id, (await links.open({ id, upstream: upstream(port), ipv6 })).port);
        }
      }
    }
    return proxied;
  };

  const stop = async (withinMs?: number): Promise<void> => {
    watching.abort();
    const stopping = nodes;
    nodes = [];
    await Promise.all(stopping.map((node) => node.stop(withinMs)));
    await closeLogs();
    await claimed?.release();
    claimed = undefined;
    clearInterval(noting);
    noteLogs();
    await links?.close();
    links = undefined;
    packets = undefined;
    const closing = kernel;
    kernel = undefined;
    // What stays behind is found by the residue check, and is still in the ledger.
    await closing?.close().catch((error) => logger.warn(`taking packet rules and cgroups away: ${messageOf(error)}`));
    const mounted = mounts;
    mounts = [];
    for (const { privileged, folder, undone } of mounted)
      await unmount(privileged, folder).then(undone, (error) => logger.warn(messageOf(error)));
  };

  /** What this machine offers, tried once. Throws when the user or the configuration asks for more. */
  const requireMachine = async (): Promise<Machine> => {
    const { privileged = 'auto' } = options;
    machine ??= await probeMachine(privileged);
    if (privileged === 'required') requireOffers(machine, ['privileges', 'nft', 'cgroup2'], 'privileged: required');
    if (broker.links === 'transparent')
      requireOffers(
        machine,
        ['privileges', 'nft', 'cgroup2', 'redirect'],
        'links: transparent',
        'or use links: proxy, which needs nothing',
      );
    return machine;
  };

  /** Leads what each node sends to a peer's own port through the proxy of the two. */
  const redirect = async (
    ports: ReadonlyMap<string, Readonly<Record<string, number>>>,
    proxied: ReadonlyMap<string, number>,
  ): Promise<void> => {
    const cgroups = kernel?.cgroups;
    if (!cgroups) return;
    const detours = names.flatMap((from) =>
      names.flatMap((to) =>
        broker.peerPorts.flatMap((name): Detour[] => {
          const port = ports.get(to)?.[name];
          const proxyPort = proxied.get(peerLink(from, to, name));
          return port === undefined || proxyPort === undefined ? [] : [{ from: cgroups.match(from), port, proxyPort }];
        }),
      ),
    );
    if (detours.length > 0) await (await kernel?.table?.())?.load(redirectChains(detours));
  };

  /** A cluster whose nodes went round the proxies would look as if it withstood everything. Nodes may be ready before they join. */
  const requireRedirected = async (signal: AbortSignal): Promise<void> => {
    if (broker.links !== 'transparent' || !hasPeerLinks()) return;
    const redirected = await pollUntil(
      async () => {
        const counted = await (await kernel?.table?.())?.counters();
        const past = counted?.get('past')?.packets ?? 0;
        if (past > 0)
          throw new ChaosError('cluster', `links: transparent: ${past} packets of nodes went past the proxies`, {
            hint: 'chaos-action doctor says what this machine can do; or use links: proxy',
          });
        return (counted?.get('redirected')?.packets ?? 0) > 0 ? true : undefined;
      },
      { withinMs: joinWithinMs, everyMs: 200, clock, signal },
    );
    if (redirected) return;
    throw new ChaosError(
      'cluster',
      `links: transparent: within ${formatMs(joinWithinMs)} of being ready no node dialled a peer at ${peerPortsText()}`,
      { hint: [...(await connectedElsewhere()), ...whatToDo].join('; ') },
    );
  };

  const hasPeerLinks = (): boolean => broker.links !== 'direct' && names.length > 1 && broker.peerPorts.length > 0;

  const peerPortsText = (): string => `its peer ports (${broker.peerPorts.join(', ')})`;

  const portOf = (node: string, port: number): string | undefined =>
    broker.ports.find((name) => nodePorts.get(node)?.[name] === port);

  /** Connections that nodes have to one another with no proxy in between. */
  const connectedDirectly = async (): Promise<PeerConnection[]> => {
    const table = await readTcpTable();
    return peerConnections(
      new Map(nodes.map((node) => [node.name, socketInodes(node.processes().map(({ pid }) => pid))])),
      table,
    );
  };

  const isPeerPort = ({ to, port }: PeerConnection): boolean => broker.peerPorts.includes(portOf(to, port) ?? '');

  /** Connections to ports that links were made for, and that they do not carry. */
  const pastLinks = async (): Promise<PeerConnection[]> => {
    if (!hasPeerLinks()) return [];
    // To find a node's processes takes longer than to see that there is nobody at its ports but the proxies.
    const own = socketInodes([process.pid]);
    const table = await readTcpTable();
    const ports = new Set(names.flatMap((name) => broker.peerPorts.map((port) => nodePorts.get(name)?.[port])));
    const established = table.filter(({ state }) => state === 'established');
    // What is redirected has another far end than the one that dialled believes.
    const ends = new Set(established.map(({ localPort, remotePort }) => `${localPort}/${remotePort}`));
    const isStranger = established.some(
      ({ localPort, remotePort, inode }) =>
        ports.has(remotePort) && !own.has(inode) && ends.has(`${remotePort}/${localPort}`),
    );
    return isStranger ? (await connectedDirectly()).filter(isPeerPort) : [];
  };

  /** Which other ports the nodes use among themselves, as something to try. */
  const connectedElsewhere = async (): Promise<string[]> => {
    const ports = (await connectedDirectly())
      .filter((one) => !isPeerPort(one))
      .map(({ to, port }) => portOf(to, port) ?? `${port}, which broker.ports does not name`);
    return ports.length === 0 ? [] : [`the nodes are connected at ${[...new Set(ports)].join(', ')}`];
  };

  /** Looks for a while after the boot, since nodes may join late. Only a warning: what strikes no link is judged all the same. */
  const watchForDetours = async (signal: AbortSignal): Promise<void> => {
    if (!hasPeerLinks()) return;
    await pollUntil(
      async () => {
        const [first, ...more] = await pastLinks();
        if (first === undefined) return undefined;
        const port = portOf(first.to, first.port);
        logger.warn(
          `${first.from} is connected to ${first.to} at its own ${port} port ${first.port}, past the link proxies${more.length === 0 ? '' : `, and ${more.length} more connections are`}: faults of links between nodes cannot be proven; ${remedy}`,
        );
        return true;
      },
      { withinMs: detourWatchMs, everyMs: 1_000, clock, signal },
    );
  };

  const remedy =
    broker.links === 'transparent'
      ? 'broker.peer-ports must name every port at which the nodes dial one another'
      : 'if the nodes dial one another at addresses that they tell each other, use broker.links: transparent, which leads those through the proxies too';

  const environment = (): FaultEnvironment => {
    return {
      nodes: {
        processes: (node) => nodeOf(node).processes(),
        kill: (node) => nodeOf(node).kill(),
        start: (node) => nodeOf(node).start(),
        signal: (node, name) => nodeOf(node).signalAll(name),
        ping: (node, withinMs) => nodeOf(node).ping(withinMs),
        httpUrls: (node) => nodeOf(node).httpUrls,
        logFile,
        connect: (node, withinMs) => nodeOf(node).connect(withinMs),
        folder: (node) => nodeOf(node).folder,
        address: (node) => nodeOf(node).address,
      },
      links,
      network: {
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
          (await pastLinks()).filter(({ from, to }) =>
            paths.some((path) => [path.from, path.to].includes(from) && [path.from, path.to].includes(to)),
          ).length,
        remedy,
      },
      packets,
      limits: kernel?.limits,
      host,
      ledger,
      clock,
      logger,
      broken: (why) => broken.abort(why),
    };
  };

  const folderOf = (name: string): string => join(options.workFolder, `cluster-${generation}`, name);

  /** Without privileges the folders stay what they are; a fault that wanted them otherwise says so itself. */
  const limitFolders = async ({ privileged }: Machine, bytes: number): Promise<void> => {
    if (!privileged) return;
    for (const name of names) {
      const folder = folderOf(name);
      mkdirSync(folder, { recursive: true });
      const undone = ledger.add({ type: 'mount', path: folder }, `${name}'s data folder`);
      try {
        await mountTmpfs(privileged, folder, bytes);
        mounts.push({ privileged, folder, undone });
      } catch (error) {
        undone();
        logger.debug(`no file system of its own for ${name}: ${messageOf(error)}`);
        return;
      }
    }
  };

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
          log: await openLog('build'),
          run,
          withinMs: broker.buildWithinMs,
          signal,
          onStray: strayOf('the build'),
        });
      } finally {
        await closeLogs();
      }
    },
    unfit(kinds) {
      if (wantsLimits(kinds) !== limited)
        return limited
          ? 'the nodes had cgroups with controllers for the scenario before'
          : 'a fault needs cgroups with controllers';
      const wanted = wantedFolderBytes(kinds);
      if (wanted === folderBytes) return undefined;
      return wanted > 0
        ? 'a fault needs data folders of a limited size'
        : 'the data folders were of a limited size for the scenario before';
    },
    async boot(signal, kinds = []) {
      await stop();
      watching = new AbortController();
      const offered = await requireMachine();
      generation++;
      folderBytes = wantedFolderBytes(kinds);
      limited = wantsLimits(kinds);
      if (folderBytes > 0) await limitFolders(offered, folderBytes);
      claimed = await freePorts(names.length * broker.ports.length, random);
      const found = [...claimed.ports];
      const ports = new Map(
        names.map((name) => [name, Object.fromEntries(broker.ports.map((port) => [port, found.pop() ?? 0]))] as const),
      );
      nodePorts = ports;
      kernel = await openKernel({ machine: offered, run, nodes: names, limited, ledger });
      const { cgroups } = kernel;
      const proxied = await openLinksAmong(ports);
      if (links && kernel.table)
        packets = nftPackets({
          links,
          table: kernel.table,
          shaper: kernel.shaper,
          logger,
          redirected: broker.links === 'transparent',
        });
      const dialled = broker.links === 'transparent' ? new Map<string, number>() : proxied;
      if (broker.links === 'transparent') await redirect(ports, proxied);
      endpoints = names.map((node) => ({
        node,
        host: '127.0.0.1',
        port: proxied.get(clientLink(node)) ?? ports.get(node)?.mqtt ?? 0,
        ...broker.mqtt,
      }));
      metricsUrls = [];
      const outputs = new Map<string, Log>();
      for (const name of names) outputs.set(name, await openLog(name));
      nodes = names.map((name, i) => {
        const folder = folderOf(name);
        mkdirSync(folder, { recursive: true });
        const peers = names.flatMap((peer, j): PeerContext[] =>
          peer === name
            ? []
            : [
                {
                  name: peer,
                  index: j + 1,
                  ports: Object.fromEntries(
                    broker.peerPorts.map((port) => [
                      port,
                      dialled.get(peerLink(name, peer, port)) ?? ports.get(peer)?.[port] ?? 0,
                    ]),
                  ),
                },
              ],
        );
        const rendered = renderNode(broker, {
          node: { name, index: i + 1, ports: ports.get(name) ?? {}, folder },
          peers,
          cluster: { name: 'chaos', nodes: names },
          mutant: options.mutant,
        });
        if (rendered.metrics !== undefined) metricsUrls.push({ node: name, url: rendered.metrics });
        return new ClusterNode({
          run,
          name,
          spec: broker,
          rendered,
          mqttPort: ports.get(name)?.mqtt ?? 0,
          folder,
          workingFolder: config.folder,
          log: outputs.get(name) as Log,
          clock,
          enter: cgroups && ((pid) => cgroups.enter(name, pid)),
          members: cgroups && (() => cgroups.members(name)),
          onStray: strayOf(name),
          onCrash: (crash) => crashes.push(crash),
          onStart(process) {
            ledger.add({ type: 'kill', process }, `${name} started`);
            logger.debug(`${name} started as process ${process.pid}`);
          },
        });
      });
      noteLogs();
      noting = setInterval(noteLogs, noteEveryMs).unref();
      for (const node of nodes) node.start();
      await Promise.all(nodes.map((node) => node.ready(signal)));
      await requireRedirected(signal);
      watchForDetours(AbortSignal.any([signal, watching.signal])).catch((error) =>
        logger.debug(`looking for detours: ${messageOf(error)}`),
      );
    },
    stop,
    refuses(spec) {
      const { kind: name } = spec;
      const described = notPossible(spec, config);
      if (described !== undefined) return described;
      const kind = faultKinds.get(name);
      const offered = machine;
      const lacks = offered && kind?.mechanisms.map(({ needs }) => lacking(needs, offered));
      if (lacks?.every((lack) => lack !== undefined)) return `${name} cannot be done here: ${lacks[0]?.reason}`;
      const why = missing(kind?.needs ?? []);
      const refusal = why ?? kind?.refusal?.();
      return refusal && `${name} cannot be done here: ${refusal}`;
    },
    prepare: (fault) => fault.prepare(environment()),
    usage: () => nodes.map((node) => ({ node: node.name, ...node.usage() })),
    linksLag: async () => (links ? links.lag() : null),
    takeCrashes() {
      const taken = crashes;
      crashes = [];
      return taken;
    },
    logsAround(wallMs, question) {
      const found = names.map((name) => ({ name, ...logOf(name).around(wallMs, question) }));
      const shown = (name: string, lines: readonly string[]): string[] =>
        lines.map((line) => `${name}: ${line.slice(0, 300)}`);
      return [
        ...found.flatMap(({ name, named }) => shown(name, named)),
        ...found.flatMap(({ name, others }) => shown(name, others)),
      ];
    },
    cutLogs: () =>
      [...begun]
        .map((name) => ({ name, ...keptOf(logFile(name)) }))
        .filter(({ writtenBytes, keptBytes }) => keptBytes < writtenBytes),
    logsBetween: (fromWallMs, toWallMs) =>
      names.reduce((total, name) => total + logOf(name).count(fromWallMs, toWallMs), 0),
  };
}

function wantedFolderBytes(kinds: readonly string[]): number {
  return Math.max(0, ...kinds.map((kind) => faultKinds.get(kind)?.dataFolderBytes ?? 0));
}

function wantsLimits(kinds: readonly string[]): boolean {
  const needs = kinds.flatMap((kind) => faultKinds.get(kind)?.mechanisms.flatMap((mechanism) => mechanism.needs) ?? []);
  return needs.includes('cpuQuota') || needs.includes('memoryLimit');
}

function clientLink(node: string): string {
  return `clients>${node}`;
}

function peerLink(from: string, to: string, port: string): string {
  return `${from}>${to}:${port}`;
}
