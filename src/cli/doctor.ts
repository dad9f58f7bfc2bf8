import { styleText } from 'node:util';
import { exitCodes } from '../base/error.ts';
import { findProgram } from '../base/find-program.ts';
import { localEffects } from '../engines/local/effects/registry.ts';
import { capabilities, describe, lacking, type Machine, probeMachine } from '../engines/local/machine/machine.ts';
import type { RegisteredKind } from '../faults/fault.ts';
import type { BrokerSpec } from '../model/config.ts';

export type DoctorOptions = {
  readonly faultKinds: ReadonlyMap<string, RegisteredKind>;
  /** The broker that is asked about, if one is. */
  readonly broker?: Pick<BrokerSpec, 'name' | 'needs' | 'links'> | undefined;
  readonly json: boolean;
  readonly colour: boolean;
};

export type NeedRow = {
  readonly need: string;
  /** Where it is; null where it is missing. */
  readonly found: string | null;
  readonly get: string | null;
};

export type MechanismRow = {
  readonly fault: string;
  readonly mechanism: string;
  readonly available: boolean;
  /** The first available one of a kind is what a run takes. */
  readonly used: boolean;
  /** Why it is not there and how to get it; null for what is. */
  readonly reason: string | null;
  readonly hint: string | null;
};

/**
 * Tries what this machine offers, and prints it by kind of fault. Exits with 0, for there is nothing that must be there; with 4 where a
 * broker is asked about and something that it needs is missing.
 */
export async function doctorCommand(options: DoctorOptions, out: (line: string) => void): Promise<number> {
  const machine = await probeMachine('auto');
  const rows = [...options.faultKinds.values()].flatMap((kind) => mechanismRows(kind, machine));
  const transparent = lacking(['privileges', 'nft', 'cgroup2', 'redirect'], machine);
  const needs = options.broker && needRows(options.broker, transparent);
  const exitCode = needs?.some(({ found }) => found === null) ? exitCodes.infrastructure : exitCodes.pass;
  if (options.json) {
    const broker = options.broker && { broker: { name: options.broker.name, needs } };
    const linksTransparent = transparent ?? { available: true };
    out(JSON.stringify({ ...broker, machine: machine.offers, linksTransparent, faults: rows }, null, 2));
    return exitCode;
  }
  const paint = (style: 'bold' | 'green' | 'yellow', text: string): string =>
    options.colour ? styleText(style, text, { validateStream: false }) : text;
  const state = (available: boolean): string =>
    available ? paint('green', 'yes'.padEnd(5)) : paint('yellow', 'no'.padEnd(5));

  if (needs) {
    out(paint('bold', `what ${options.broker?.name} needs`));
    if (needs.length === 0) out('  nothing that is known of');
    for (const { need, found, get } of needs) out(`  ${need.padEnd(28)}${state(found !== null)}${found ?? get}`);
    out('');
  }
  out(paint('bold', 'this machine'));
  for (const name of capabilities) {
    const offer = machine.offers[name];
    const text = offer.available ? offer.how : `${offer.reason}; ${offer.hint}`;
    out(`  ${describe[name].padEnd(28)}${state(offer.available)}${text}`);
  }
  out(
    `  ${'links: transparent'.padEnd(28)}${state(!transparent)}${transparent ? `${transparent.reason}; ${transparent.hint}` : 'peers dial one another directly and pass the proxies all the same'}`,
  );
  out('');
  out(paint('bold', 'faults'));
  const [faultWidth, mechanismWidth] = [width(rows, 'fault'), width(rows, 'mechanism')];
  for (const { fault, mechanism, available, used, reason, hint } of rows) {
    const text = reason === null ? (used ? 'taken' : 'not needed here') : [reason, hint ?? []].flat().join('; ');
    out(`  ${fault.padEnd(faultWidth)}${mechanism.padEnd(mechanismWidth)}${state(available)}${text}`);
  }
  return exitCode;
}

/** Pure but for a look at the folders of PATH. What a broker needs, and where it is. */
export function needRows(
  { needs, links }: Pick<BrokerSpec, 'needs' | 'links'>,
  transparent: ReturnType<typeof lacking>,
  path?: string,
): NeedRow[] {
  const programs = needs.map(({ program, get }) => {
    const found = findProgram(program, path) ?? null;
    return { need: program, found, get: found === null ? get : null };
  });
  if (links !== 'transparent') return programs;
  const get = transparent === undefined ? null : `${transparent.reason}; ${transparent.hint}`;
  return [
    ...programs,
    {
      need: 'links: transparent',
      found: get === null ? 'offered by this machine; more than one node needs it' : null,
      get,
    },
  ];
}

/** The ways to do one kind of fault, in the order in which they are preferred. */
export function mechanismRows(
  { kind, effect }: Pick<RegisteredKind, 'kind' | 'effect'>,
  machine: Machine,
): MechanismRow[] {
  let taken = false;
  return localEffects[effect].mechanisms.map(({ name, needs }) => {
    const lack = lacking(needs, machine);
    const used = lack === undefined && !taken;
    taken ||= used;
    return {
      fault: kind,
      mechanism: name,
      available: lack === undefined,
      used,
      reason: lack?.reason ?? null,
      hint: lack?.hint ?? null,
    };
  });
}

function width(rows: readonly MechanismRow[], key: 'fault' | 'mechanism'): number {
  return Math.max(...rows.map((row) => row[key].length)) + 2;
}
