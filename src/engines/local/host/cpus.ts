import { readdirSync, readFileSync } from 'node:fs';

/** The CPUs of a list as the kernel writes it: `0-2,5`. */
export function parseCpus(list: string): number[] {
  return list
    .trim()
    .split(',')
    .filter((part) => part !== '')
    .flatMap((part) => {
      const [first = 0, last = first] = part.split('-').map(Number);
      return Array.from({ length: last - first + 1 }, (_, i) => first + i);
    });
}

/** `0-2,5`. */
export function formatCpus(cpus: readonly number[]): string {
  const sorted = [...new Set(cpus)].sort((a, b) => a - b);
  const parts: string[] = [];
  for (let i = 0; i < sorted.length; ) {
    let j = i;
    while (sorted[j + 1] === (sorted[j] ?? 0) + 1) j++;
    parts.push(i === j ? `${sorted[i]}` : `${sorted[i]}-${sorted[j]}`);
    i = j + 1;
  }
  return parts.join(',');
}

/** The CPUs that a process or thread may run on; undefined when it is gone. */
export function allowedCpus(id: number): number[] | undefined {
  try {
    const [, list = ''] = /^Cpus_allowed_list:\s*(.*)$/m.exec(readFileSync(`/proc/${id}/status`, 'latin1')) ?? [];
    return parseCpus(list);
  } catch {
    return undefined;
  }
}

/** The ids of a process's threads; the first is the process's own. */
export function threadsOf(pid: number): number[] {
  try {
    return readdirSync(`/proc/${pid}/task`).map(Number);
  } catch {
    return [];
  }
}

/**
 * Who gets which CPUs while some of them are under stress: the struck nodes share theirs with the burners, and the tool keeps what the
 * nodes may not use anyway, or else one CPU to itself. Of a single CPU there is nothing to keep, and all share it.
 */
export function splitCpus(
  nodes: readonly number[],
  tool: readonly number[],
): { readonly struck: readonly number[]; readonly harness: readonly number[] } {
  const others = tool.filter((cpu) => !nodes.includes(cpu));
  if (others.length > 0) return { struck: nodes, harness: others };
  const kept = tool[tool.length - 1];
  if (kept === undefined || nodes.length < 2) return { struck: nodes, harness: tool };
  return { struck: nodes.filter((cpu) => cpu !== kept), harness: [kept] };
}
