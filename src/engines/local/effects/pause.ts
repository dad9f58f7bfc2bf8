import { all, proofOf } from '../../proof.ts';
import { readStat } from '../cluster/proc.ts';
import type { LocalEffect } from '../effect.ts';

/** The nodes' processes are stopped with SIGSTOP: they neither answer nor close, like a machine that swaps or a virtual one that migrates. */
export const pause: LocalEffect<'pause'> = {
  mechanisms: [{ name: 'SIGSTOP', needs: [] }],
  async observe(effect, { nodes: control }) {
    const { nodes } = effect;
    return {
      async inject(scope) {
        const processes = nodes.flatMap((node) => control.processes(node));
        const struck = processes.map(({ pid, startTicks }) => ({ pid, startTicks }));
        scope.undo({ type: 'continue', processes: struck }, () => {
          for (const node of nodes) control.signal(node, 'SIGCONT');
        });
        for (const node of nodes) control.signal(node, 'SIGSTOP');
        return {
          mechanism: 'SIGSTOP',
          async prove() {
            const answers = await Promise.all(nodes.map((node) => control.ping(node, 500)));
            const silent = answers.filter((wrong) => wrong !== undefined).length;
            const stopped = processes.filter(({ pid }) => readStat(pid)?.state === 'T').length;
            const conditions = [
              all('processes in state T', stopped, processes.length),
              all('nodes without an MQTT answer', silent, nodes.length),
            ];
            return proofOf(conditions, {
              observed: `${stopped} of ${processes.length} processes in state T (pid ${processes.map(({ pid }) => pid).join(', ')}); MQTT: ${answers.join('; ')}`,
              figures: { processes: processes.length, processesStopped: stopped, nodesSilent: silent },
            });
          },
        };
      },
      async release() {},
    };
  },
};
