import { styleText } from 'node:util';
import { plural } from '../base/count.ts';
import { ChaosError, exitCodes } from '../base/error.ts';
import { maskSecrets } from '../base/mask.ts';
import { printable } from '../base/printable.ts';
import { type LoadAllOptions, type Loaded, loadAll } from '../config/load-all.ts';
import { formatProblems } from '../config/problems.ts';
import { localOffer } from '../engines/local/offers.ts';
import { whySkipped } from '../faults/possible.ts';
import type { Config } from '../model/config.ts';
import type { Plan } from '../model/scenario.ts';
import { formatMs } from '../model/units.ts';

export type ValidateOptions = LoadAllOptions & { readonly colour: boolean; readonly json?: boolean };

/** Checks chaos.yml, its preset, the plan and the scenarios; prints every problem, or what would run. */
export function validateCommand(options: ValidateOptions, out: (line: string) => void): number {
  const { colour, json = false } = options;
  const chosen = options.names === undefined && options.tiers === undefined ? { tiers: ['basic'] as const } : {};
  let loaded: Loaded;
  try {
    loaded = loadAll({ ...options, ...chosen });
  } catch (error) {
    if (!(error instanceof ChaosError) || error.problems.length === 0) throw error;
    if (json) out(JSON.stringify({ valid: false, problems: error.problems }, null, 2));
    else {
      for (const line of formatProblems(error.problems, colour)) out(line);
      const count = plural(error.problems.length, 'problem');
      out(colour ? styleText('red', count, { validateStream: false }) : count);
    }
    return exitCodes.usage;
  }
  const { config, scenarios, plan } = loaded;
  const { broker, nodes, workload } = config;
  const skipped = scenarios.flatMap(({ name, faults }) => {
    const reason = whySkipped(faults, config, (effect) => localOffer(effect, { cluster: config }));
    return reason === undefined ? [] : [{ name, reason }];
  });
  if (json) {
    const names = scenarios.map(({ name }) => name);
    const record = {
      valid: true,
      broker: broker.name,
      nodes,
      plan: plan?.name ?? null,
      scenarios: names,
      skipped,
      problems: [],
    };
    out(JSON.stringify(record, null, 2));
    return exitCodes.pass;
  }
  const valid = `${config.file ?? `the preset ${config.preset ?? broker.name}`} is valid`;
  out(colour ? styleText('green', valid, { validateStream: false }) : valid);
  out(`  broker     ${broker.name}, ${nodes} ${nodes === 1 ? 'node' : 'nodes'}${linksNote(config)}`);
  const command = (text: string): string => {
    const line = printable(maskSecrets(text.trim().replace(/\s+/g, ' '), broker.secrets));
    return line.length > 100 ? `${line.slice(0, 97)}...` : line;
  };
  if (broker.build !== undefined) out(`  build      ${command(broker.build)}`);
  out(`  start      ${command(broker.start)}`);
  out(`  workload   ${workload.profile}, ${Number(workload.ratePerSecond.toFixed(2))}/s of ${workload.payloadBytes} B`);
  if (plan !== undefined) out(`  plan       ${plan.name} (${plan.title})${planNote(plan)}`);
  out(`  scenarios  ${scenarios.map(({ name }) => name).join(', ')}`);
  for (const { name, reason } of skipped) out(`  skipped    ${name}: ${reason}`);
  const running = scenarios.filter(({ name }) => !skipped.some((one) => one.name === name));
  const ms = running.reduce((sum, { phases }) => sum + phases.steadyMs + phases.holdMs + phases.recoverMs, 0);
  out(`  phases     ${formatMs(ms)} at most, without build, boot and drain`);
  return exitCodes.pass;
}

function planNote({ abortOn }: Plan): string {
  return abortOn === undefined ? '' : ', stops at the first failure';
}

function linksNote(config: Config): string {
  const { broker, nodes } = config;
  if (nodes === 1) return '';
  if (broker.links === 'direct') return ', linked directly: faults between nodes cannot be injected';
  if (broker.peerPorts.length === 0) return ', no peer ports: faults between nodes cannot be injected';
  const ports = broker.peerPorts.join(', ');
  return broker.links === 'transparent'
    ? `, transparent links on ${ports}: what the nodes dial there is redirected (needs root)`
    : `, linked through proxies on ${ports}`;
}
