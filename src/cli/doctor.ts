import { styleText } from 'node:util';
import { exitCodes } from '../base/error.ts';
import { localEffects } from '../engines/local/effects/registry.ts';
import { capabilities, describe, lacking, type Machine, probeMachine } from '../engines/local/machine/machine.ts';
import type { RegisteredKind } from '../faults/fault.ts';

export type DoctorOptions = {
  readonly faultKinds: ReadonlyMap<string, RegisteredKind>;
  readonly json: boolean;
  readonly colour: boolean;
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

/** Tries what this machine offers, and prints it by kind of fault; always exits with 0, for there is nothing that must be there. */
export async function doctorCommand(options: DoctorOptions, out: (line: string) => void): Promise<number> {
  const machine = await probeMachine('auto');
  const rows = [...options.faultKinds.values()].flatMap((kind) => mechanismRows(kind, machine));
  const transparent = lacking(['privileges', 'nft', 'cgroup2', 'redirect'], machine);
  if (options.json) {
    const { offers } = machine;
    out(
      JSON.stringify({ machine: offers, linksTransparent: transparent ?? { available: true }, faults: rows }, null, 2),
    );
    return exitCodes.pass;
  }
  const paint = (style: 'bold' | 'green' | 'yellow', text: string): string =>
    options.colour ? styleText(style, text, { validateStream: false }) : text;
  const state = (available: boolean): string =>
    available ? paint('green', 'yes'.padEnd(5)) : paint('yellow', 'no'.padEnd(5));

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
  return exitCodes.pass;
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
