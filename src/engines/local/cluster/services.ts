import { ChaosError } from '../../../base/error.ts';
import { renderService, type ServiceContext } from '../../../config/template.ts';
import type { BrokerSpec } from '../../../model/config.ts';
import type { Log } from './logs/logs.ts';
import { ClusterNode, type NodeOptions } from './node.ts';

/** What a service has in common with a node. */
export type ProcessOptions = Pick<NodeOptions, 'run' | 'clock' | 'workingFolder' | 'onStart' | 'onStray'>;

export type ServicesOptions = {
  readonly broker: BrokerSpec;
  processOptions(name: string): ProcessOptions;
  folderOf(name: string): string;
  openLog(name: string): Promise<Log>;
  /** Told of a service that ended though nobody told it to: what is seen of the broker after that says nothing about it. */
  onEnded(error: ChaosError): void;
};

/** The helper processes of the whole cluster. They start before the nodes, one after the other, and stop after them. */
export class Services {
  readonly #options: ServicesOptions;
  #running: ClusterNode[] = [];

  constructor(options: ServicesOptions) {
    this.#options = options;
  }

  /** How many ports they have in all. */
  get portCount(): number {
    return Object.values(this.#options.broker.services).reduce((total, { ports }) => total + ports.length, 0);
  }

  /** The names of the ports of each. */
  get portNames(): [name: string, ports: readonly string[]][] {
    return Object.entries(this.#options.broker.services).map(([name, { ports }]) => [name, ports]);
  }

  /** Resolves when all are ready. Rejects with `boot`. */
  async start(context: Omit<ServiceContext, 'name' | 'folder'>, signal: AbortSignal): Promise<void> {
    for (const name of Object.keys(this.#options.broker.services)) {
      const service = await this.#make(name, context);
      this.#running.push(service);
      service.start();
      await service.ready(signal);
    }
  }

  /** Safe to call twice. */
  async stop(withinMs?: number): Promise<void> {
    const stopping = this.#running;
    this.#running = [];
    await Promise.all(stopping.map((service) => service.stop(withinMs)));
  }

  async #make(name: string, context: Omit<ServiceContext, 'name' | 'folder'>): Promise<ClusterNode> {
    const { broker, processOptions, folderOf, openLog, onEnded } = this.#options;
    const spec = broker.services[name];
    if (spec === undefined) throw new ChaosError('internal', `there is no service ${name}`);
    const folder = folderOf(name);
    const log = await openLog(name);
    return new ClusterNode({
      ...processOptions(name),
      ...{ name, folder, log, mqttPort: 0, rendered: renderService(spec, { ...context, name, folder }) },
      spec: { ...broker, ready: { ...spec.ready, mqtt: false } },
      onCrash: ({ how }) =>
        onEnded(
          new ChaosError('cluster', `the service ${name} ${how}`, {
            hint: `it has to run in the foreground as long as the cluster; its output is in ${log.file}`,
          }),
        ),
    });
  }
}
