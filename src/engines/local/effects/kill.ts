import { all, isSo, none, proofOf } from '../../proof.ts';
import type { LocalEffect } from '../effect.ts';
import { killNodes } from '../kill-nodes.ts';

/** The nodes' processes are killed with SIGKILL and stay dead until the heal, which starts them again on the same data. */
export const kill: LocalEffect<'kill'> = {
  mechanisms: [{ name: 'SIGKILL', needs: [] }],
  async observe(effect, environment) {
    const { nodes } = effect;
    return {
      async inject(scope) {
        const killed = await killNodes(environment, nodes, scope);
        return {
          mechanism: 'SIGKILL',
          async prove() {
            const answers = await Promise.all(nodes.map((node) => environment.nodes.ping(node, 500)));
            const silent = answers.filter((wrong) => wrong !== undefined).length;
            const left = nodes.flatMap((node) => environment.nodes.processes(node)).length;
            const conditions = [
              isSo('every node ran until it was killed', killed.allRan),
              all('processes gone from /proc', killed.gone(), killed.pids.length),
              none('processes left', left),
              all('nodes without an MQTT answer', silent, nodes.length),
            ];
            return proofOf(conditions, {
              observed: `${killed.gone()} of ${killed.pids.length} processes gone from /proc (pid ${killed.pids.join(', ')}), ${left} left; MQTT: ${answers.join('; ')}`,
              figures: {
                processesKilled: killed.pids.length,
                processesGone: killed.gone(),
                processesLeft: left,
                nodesSilent: silent,
              },
            });
          },
        };
      },
      async release() {},
    };
  },
};
