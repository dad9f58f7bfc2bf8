import { all, proofOf } from '../../proof.ts';
import type { HeldMqtt } from '../cluster/mqtt-ping.ts';
import type { LocalEffect } from '../effect.ts';
import type { NodeControl } from '../environment.ts';
import { limitWithSpare, openDescriptors, readSoftLimit, restoreLimits } from '../host/limits.ts';
import { sum } from '../lanes/link-watch.ts';

/** Clients that leave meanwhile free a descriptor each, so that a few new connections beyond the spare ones may be served. */
const mostTries = 12;
const pingWithinMs = 500;

/** The nodes can open no more files and accept no more connections; what is open stays open. */
export const fdExhaustion: LocalEffect<'fd-exhaustion'> = {
  mechanisms: [{ name: 'RLIMIT_NOFILE lowered', needs: ['prlimit'] }],
  async observe(effect, { nodes: control, host }) {
    const { nodes, spare } = effect;
    const kept = new Map<string, HeldMqtt | string>();
    for (const node of nodes) kept.set(node, await control.connect(node, 2_000));
    return {
      async inject(scope) {
        const limited = nodes
          .flatMap((node) => control.processes(node))
          .flatMap(({ pid, startTicks }) => {
            const soft = readSoftLimit(pid, 'nofile');
            if (soft === undefined) return [];
            const open = openDescriptors(pid);
            return [{ pid, startTicks, soft, open: open.length, limit: limitWithSpare(open, spare) }];
          });
        const processes = limited.map(({ pid, startTicks, soft }) => ({ pid, startTicks, soft }));
        scope.undo({ type: 'limits', resource: 'nofile', processes }, async () => {
          await restoreLimits('nofile', limited, host.setSoftLimit);
        });
        for (const { pid, limit } of limited) await host.setSoftLimit(pid, 'nofile', `${limit}`);
        return {
          mechanism: 'RLIMIT_NOFILE lowered on the running processes (prlimit)',
          async prove() {
            const seen = await Promise.all(nodes.map((node) => tryToConnect(control, node, spare)));
            const alive = await Promise.all(
              nodes.map((node) => {
                const held = kept.get(node);
                return typeof held === 'object' ? held.ping(pingWithinMs) : held;
              }),
            );
            const kernel = limited.filter(({ pid, limit }) => readSoftLimit(pid, 'nofile') === `${limit}`).length;
            const refused = seen.filter(({ wrong }) => wrong !== undefined).length;
            const answering = alive.filter((wrong) => wrong === undefined).length;
            const conditions = [
              all('processes that have the limit', kernel, limited.length),
              all('nodes that refuse a new MQTT connection', refused, nodes.length),
              all('nodes that answer on a connection opened before', answering, nodes.length),
            ];
            return proofOf(conditions, {
              observed: `${limited.map(({ pid, open, limit, soft }) => `pid ${pid} has ${open} descriptors open and may number them below ${limit} (${soft} before)`).join('; ')}; new MQTT connections: ${seen.map(({ served, wrong }) => `${served} served, ${wrong === undefined ? 'none refused' : `then ${wrong}`}`).join('; ')}; those opened before answer at ${answering} of ${nodes.length} nodes`,
              figures: {
                processes: limited.length,
                processesLimited: kernel,
                descriptorsOpen: sum(limited.map(({ open }) => open)),
                newConnectionsServed: sum(seen.map(({ served }) => served)),
                nodesRefusing: refused,
                nodesWithLivingConnections: answering,
              },
            });
          },
        };
      },
      async release() {
        for (const held of kept.values()) if (typeof held === 'object') held.close();
      },
    };
  },
};

/** Opens connections and keeps them, until one is not served or it is plain that every one is. */
async function tryToConnect(
  control: NodeControl,
  node: string,
  spare: number,
): Promise<{ served: number; wrong: string | undefined }> {
  const opened: HeldMqtt[] = [];
  try {
    while (opened.length < spare + mostTries) {
      const held = await control.connect(node, pingWithinMs);
      if (typeof held === 'string') return { served: opened.length, wrong: held };
      opened.push(held);
    }
    return { served: opened.length, wrong: undefined };
  } finally {
    for (const held of opened) held.close();
  }
}
