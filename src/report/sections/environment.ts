import { formatCount, plural } from '../../base/count.ts';
import type { RunRecord } from '../../model/record.ts';
import { type Block, code, heading, list, own, say } from '../document.ts';
import { cutLogsText } from '../format.ts';

/** Where the run took place. */
export function environmentSection({ environment, workload, tool, cutLogs = [] }: RunRecord): Block[] {
  const { os, kernel, node, cpuModel, cpus, memoryBytes, ci } = environment;
  const memory = `${(memoryBytes / 1024 ** 3).toFixed(1)} GiB`;
  return [
    heading(say`Environment`),
    list([
      ci === null ? say`${os}, kernel ${kernel}` : say`${os}, kernel ${kernel}, ${ci}`,
      say`${own(plural(cpus, 'CPU'))} (${cpuModel}), ${own(memory)} of memory`,
      say`Node ${node}, ${tool.name} ${tool.version}`,
      say`Workload ${code(workload.profile)}: ${own(formatCount(workload.ratePerSecond))} messages a second of ${own(formatCount(workload.payloadBytes))} bytes`,
      ...(cutLogs.length === 0 ? [] : [say`${cutLogsText(cutLogs)}`]),
    ]),
  ];
}
