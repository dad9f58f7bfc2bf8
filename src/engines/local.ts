import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Clock } from '../base/clock.ts';
import { ChaosError, messageOf } from '../base/error.ts';
import type { Logger } from '../base/logger.ts';
import { createRandom } from '../base/random.ts';
import { build } from '../cluster/build.ts';
import { linesBetween } from '../cluster/log-file.ts';
import { ClusterNode, type Crash } from '../cluster/node.ts';
import { freePorts } from '../cluster/ports.ts';
import { maskSecrets } from '../config/environment-references.ts';
import { nodeNames, type PeerContext, renderNode } from '../config/template.ts';
import type { Config } from '../config/types.ts';
import type { FaultEnvironment, Lane } from '../faults/environment.ts';
import { localHost } from '../faults/host/control.ts';
import { missing } from '../faults/host/programs.ts';
import type { Ledger } from '../faults/ledger.ts';
import { nftPackets, type Packets } from '../faults/packets.ts';
import { faultKinds } from '../faults/registry.ts';
import { type Links, type LinksOptions, openLinks } from '../links/links.ts';
import { type Detour, ownAddresses, redirectChains } from '../links/redirect.ts';
import { lacking, type Machine, probeMachine, requireOffers } from '../machine/machine.ts';
import { mountTmpfs, unmount } from '../machine/mounts.ts';
import type { Privileged, PrivilegedMode } from '../machine/privilege.ts';
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
  readonly clock: Clock;
  readonly logger: Logger;
  /** For a test that has to get hold of the links' thread. */
  readonly startLinksThread?: LinksOptions['startThread'];
};

/** The cluster on this machine: each node a process group on loopback, each pair of them and each client joined through a link proxy. */
export function localEngine(options: LocalEngineOptions): Engine {
  const { config, clock, ledger, logger, run } = options;
  const { broker } = config;
  const names = nodeNames(config.nodes);
  const random = createRandom(`${run}/ports`);
  const logFile = (node: string): string => join(options.logFolder, `${node}.log`);
  const masked = (text: string): string => maskSecrets(text, broker.secrets);
  const broken = new AbortController();
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
    const stopping = nodes;
    nodes = [];
    await Promise.all(stopping.map((node) => node.stop(withinMs)));
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

  /** A cluster whose nodes went round the proxies would look as if it withstood everything. */
  const requireRedirected = async (): Promise<void> => {
    if (broker.links !== 'transparent' || names.length < 2 || broker.peerPorts.length === 0) return;
    const counted = await (await kernel?.table?.())?.counters();
    const past = counted?.get('past')?.packets ?? 0;
    if (past > 0)
      throw new ChaosError('cluster', `links: transparent: ${past} packets of nodes went past the proxies`, {
        hint: 'chaos-action doctor says what this machine can do; or use links: proxy',
      });
    if ((counted?.get('redirected')?.packets ?? 0) > 0) return;
    throw new ChaosError('cluster', 'links: transparent redirected no connection of a node to a peer', {
      hint: 'broker.peer-ports must name the ports that nodes dial one another at; or use links: proxy',
    });
  };

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
      get links() {
        if (!links)
          throw new ChaosError('fault', 'this cluster has no link proxies, so nothing can be done to its links');
        return links;
      },
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
      logger.info(`building: ${masked(broker.build)}`);
      await build({
        command: broker.build,
        secrets: broker.secrets,
        folder: config.folder,
        logFile: join(options.logFolder, 'build.log'),
        run,
        withinMs: broker.buildWithinMs,
        signal,
      });
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
      const offered = await requireMachine();
      generation++;
      folderBytes = wantedFolderBytes(kinds);
      limited = wantsLimits(kinds);
      if (folderBytes > 0) await limitFolders(offered, folderBytes);
      const found = await freePorts(names.length * broker.ports.length, random);
      const ports = new Map(
        names.map((name) => [name, Object.fromEntries(broker.ports.map((port) => [port, found.pop() ?? 0]))] as const),
      );
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
          logFile: logFile(name),
          clock,
          enter: cgroups && ((pid) => cgroups.enter(name, pid)),
          onCrash: (crash) => crashes.push(crash),
          onStart(process) {
            ledger.add({ type: 'kill', process }, `${name} started`);
            logger.debug(`${name} started as process ${process.pid}`);
          },
        });
      });
      for (const node of nodes) node.start();
      await Promise.all(nodes.map((node) => node.ready(signal)));
      await requireRedirected();
    },
    stop,
    refuses(name) {
      if (name === 'rpc-fault' && broker.grpc === false)
        return 'no gRPC call is made between the nodes of this broker (broker.grpc: false)';
      const kind = faultKinds.get(name);
      if (kind?.strikes === 'links' && broker.links === 'direct')
        return 'the cluster has no link proxies (broker.links: direct)';
      const offered = machine;
      const lacks = offered && kind?.mechanisms.map(({ needs }) => lacking(needs, offered));
      if (lacks?.every((lack) => lack !== undefined)) return `${name} cannot be done here: ${lacks[0]?.reason}`;
      const why = missing(kind?.needs ?? []);
      const refusal = why ?? kind?.refusal?.();
      return refusal && `${name} cannot be done here: ${refusal}`;
    },
    plan(spec, choices) {
      const kind = faultKinds.get(spec.kind);
      if (!kind) throw new ChaosError('config', `there is no fault kind "${spec.kind}"`, { location: spec.location });
      return kind.plan(spec.parameters, spec.on, { nodes: names }, choices);
    },
    prepare: (fault) => fault.prepare(environment()),
    usage: () => nodes.map((node) => ({ node: node.name, ...node.usage() })),
    linksLag: async () => (links ? links.lag() : null),
    takeCrashes() {
      const taken = crashes;
      crashes = [];
      return taken;
    },
    logsAround: (wallMs, lines) =>
      names.flatMap((name) =>
        linesBetween(logFile(name), wallMs - 1_000, wallMs + 1_000)
          .slice(0, lines)
          .map((line) => `${name}: ${masked(line).slice(0, 300)}`),
      ),
    logsBetween: (fromWallMs, toWallMs) =>
      names.reduce((total, name) => total + linesBetween(logFile(name), fromWallMs, toWallMs).length, 0),
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
