import { styleText } from 'node:util';
import { plural } from '../base/count.ts';
import { ChaosError, type ExitCode, exitCodes, type Problem } from '../base/error.ts';
import { maskSecrets } from '../base/mask.ts';
import { printable } from '../base/printable.ts';
import { formatProblems } from '../config/problems.ts';
import { shapeOf } from '../config/template.ts';
import { localOffer } from '../engines/local/offers.ts';
import { whySkipped } from '../faults/possible.ts';
import type { Config } from '../model/config.ts';
import type { Plan, Scenario } from '../model/scenario.ts';
import { formatMs } from '../model/units.ts';
import { type Choice, type LoadedChoice, loadChoice } from '../run/choice.ts';

export type ValidateOptions = {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly colour: boolean;
  readonly json: boolean;
};

/** Reads and checks what `run` would with the same choice; prints every problem, or what would run. */
export function validateCommand(choice: Choice, options: ValidateOptions, out: (line: string) => void): ExitCode {
  const checked = check(choice, options.env);
  const lines = options.json ? [JSON.stringify(recordOf(checked), null, 2)] : linesOf(checked, options.colour);
  for (const line of lines) out(line);
  return 'problems' in checked ? exitCodes.usage : exitCodes.pass;
}

type Skipped = { readonly name: string; readonly reason: string };
type Checked =
  | { readonly problems: readonly Problem[] }
  | { readonly loaded: LoadedChoice; readonly skipped: readonly Skipped[] };

function check(choice: Choice, env: ValidateOptions['env']): Checked {
  try {
    const loaded = loadChoice(choice, env);
    return { loaded, skipped: skippedOf(loaded) };
  } catch (error) {
    if (!(error instanceof ChaosError) || error.problems.length === 0) throw error;
    return { problems: error.problems };
  }
}

/** The scenarios that a run would skip on this machine. */
function skippedOf({ config, scenarios }: LoadedChoice): Skipped[] {
  return scenarios.flatMap(({ name, faults }) => {
    const reason = whySkipped(faults, shapeOf(config), (effect) => localOffer(effect, { cluster: config }));
    return reason === undefined ? [] : [{ name, reason }];
  });
}

function recordOf(checked: Checked): Record<string, unknown> {
  if ('problems' in checked) return { valid: false, problems: checked.problems };
  const { config, scenarios, plan } = checked.loaded;
  return {
    valid: true,
    broker: config.broker.name,
    nodes: config.nodes,
    plan: plan?.name ?? null,
    scenarios: scenarios.map(({ name }) => name),
    skipped: checked.skipped,
    problems: [],
  };
}

function linesOf(checked: Checked, colour: boolean): string[] {
  const coloured = (format: 'red' | 'green', text: string): string =>
    colour ? styleText(format, text, { validateStream: false }) : text;
  if ('problems' in checked) {
    const { problems } = checked;
    return [...formatProblems(problems, colour), coloured('red', plural(problems.length, 'problem'))];
  }
  const { config, scenarios, plan } = checked.loaded;
  const { broker, file, preset } = config;
  return [
    coloured('green', `${file ?? `the preset ${preset ?? broker.name}`} is valid`),
    ...brokerLines(config),
    ...(plan === undefined ? [] : [`  plan       ${plan.name} (${plan.title})${planNote(plan)}`]),
    ...scenarioLines(scenarios, checked.skipped),
  ];
}

function brokerLines(config: Config): string[] {
  const { broker, nodes, workload } = config;
  const command = (text: string): string => {
    const line = printable(maskSecrets(text.trim().replace(/\s+/g, ' '), broker.secrets));
    return line.length > 100 ? `${line.slice(0, 97)}...` : line;
  };
  return [
    `  broker     ${broker.name}, ${plural(nodes, 'node')}${linksNote(config)}`,
    ...(broker.build === undefined ? [] : [`  build      ${command(broker.build)}`]),
    `  start      ${command(broker.start)}`,
    `  workload   ${workload.profile}, ${Number(workload.ratePerSecond.toFixed(2))}/s of ${workload.payloadBytes} B`,
  ];
}

function scenarioLines(scenarios: readonly Scenario[], skipped: readonly Skipped[]): string[] {
  const running = scenarios.filter(({ name }) => !skipped.some((one) => one.name === name));
  const ms = running.reduce((sum, { phases }) => sum + phases.steadyMs + phases.holdMs + phases.recoverMs, 0);
  return [
    `  scenarios  ${scenarios.map(({ name }) => name).join(', ')}`,
    ...skipped.map(({ name, reason }) => `  skipped    ${name}: ${reason}`),
    `  phases     ${formatMs(ms)} at most, without build, boot and drain`,
  ];
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
