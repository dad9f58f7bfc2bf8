import { pollUntil } from '../../../base/clock.ts';
import { all, atLeast, isSo, none, proofOf } from '../../proof.ts';
import type { LocalEffect } from '../effect.ts';
import { killNodes } from '../kill-nodes.ts';

/** The nodes are killed with SIGKILL and started again after their downtime, on the same data. */
export const restart: LocalEffect<'restart'> = {
  mechanisms: [{ name: 'SIGKILL and start', needs: [] }],
  async observe(effect, environment) {
    const { nodes, downtimeMs } = effect;
    const { nodes: control, clock } = environment;
    return {
      async inject(scope) {
        const killed = await killNodes(environment, nodes, scope);
        const silent = await Promise.all(nodes.map((node) => control.ping(node, 500)));
        const left = nodes.flatMap((node) => control.processes(node)).length;
        // Ended by the heal, which then starts the nodes itself.
        const impactOver = clock.sleep(downtimeMs, scope.signal).then(killed.startAgain, () => {});
        // The heal finds what went wrong, and tries again.
        impactOver.catch(() => {});
        return {
          mechanism: 'SIGKILL and start',
          impactOver,
          async prove() {
            const answering = await pollUntil(
              async () =>
                (await Promise.all(nodes.map((node) => control.ping(node, 500)))).every((wrong) => wrong === undefined)
                  ? true
                  : undefined,
              { withinMs: 10_000, everyMs: 100, clock },
            );
            const now = nodes.flatMap((node) => control.processes(node)).map(({ pid }) => pid);
            const fresh = now.filter((pid) => !killed.pids.includes(pid)).length;
            const wereSilent = silent.filter((wrong) => wrong !== undefined).length;
            const conditions = [
              isSo('every node ran until it was killed', killed.allRan),
              all('processes gone from /proc', killed.gone(), killed.pids.length),
              none('processes left', left),
              all('nodes without an MQTT answer after the kill', wereSilent, nodes.length),
              atLeast('new processes of the nodes', fresh, nodes.length),
            ];
            return proofOf(conditions, {
              observed: `${killed.gone()} of ${killed.pids.length} processes gone from /proc, MQTT silent at ${wereSilent} of ${nodes.length} nodes; then ${fresh} new processes (pid ${killed.pids.join(', ')} -> ${now.join(', ')})${answering ? ', MQTT answers again' : ', MQTT not answering yet'}`,
              figures: {
                processesKilled: killed.pids.length,
                processesGone: killed.gone(),
                nodesSilent: wereSilent,
                newProcesses: fresh,
              },
            });
          },
        };
      },
      async release() {},
    };
  },
};
