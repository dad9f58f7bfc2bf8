import type { Check, CheckInput, CheckResult } from '../checks/check.ts';
import { type Client, partOf } from '../checks/part.ts';
import type { KnownIssue } from '../model/config.ts';

/** What a check found, or a part of it, and the known issue that covers it. */
export type Sorted = { readonly found: Found; readonly issue: KnownIssue | undefined };
type Found = Extract<CheckResult, { applicable: true }>;

/**
 * Sorts what a check found by the known issue that covers it, the first that does. What none covers comes first and stays a failure. All
 * counts together are that of the check: what it counts over several clients at once is covered only by an issue of all clients.
 */
export function sortByIssue(check: Check, input: CheckInput, found: Found, issues: readonly KnownIssue[]): Sorted[] {
  const whole = issues.find((issue) => !isLimited(issue));
  const limited = issues.filter(
    (issue) => isLimited(issue) && (!whole || issues.indexOf(issue) < issues.indexOf(whole)),
  );
  const coverOf = (client: Client | null): KnownIssue | undefined =>
    limited.find((issue) => client !== null && concerns(issue, client)) ?? whole;
  const part = (issue: KnownIssue | undefined): Sorted => {
    const result = check.run(partOf(input, (client) => coverOf(client) === issue));
    return { found: result.applicable ? result : { ...found, count: 0, findings: [] }, issue };
  };
  if (limited.length === 0) return [{ found, issue: whole }];
  const known = limited.map(part);
  const rest = part(whole);
  const count = Math.max(0, found.count - known.reduce((sum, one) => sum + one.found.count, 0));
  const findings = rest.found.findings.length > 0 ? rest.found.findings : found.findings;
  const { lost } = rest.found;
  return [
    { found: { ...found, count, findings, ...(lost === undefined ? {} : { lost }) }, issue: whole },
    ...known,
  ].filter((one) => one.found.count > 0);
}

/** To which clients an issue is limited, in words; undefined where it covers all. */
export function limitedTo({ role, client }: KnownIssue): string | undefined {
  const limits = [...(role === undefined ? [] : [`${role}s`]), ...(client === undefined ? [] : [`client ${client}`])];
  return limits.length === 0 ? undefined : limits.join(', ');
}

function isLimited(issue: KnownIssue): boolean {
  return limitedTo(issue) !== undefined;
}

function concerns({ role, client }: KnownIssue, { clientId, role: its }: Client): boolean {
  return (role === undefined || role === its) && (client === undefined || isNamed(client, clientId));
}

/** Client ids begin with what is drawn for each run; a name from a report may have it or not. `*` stands for anything. */
function isNamed(pattern: string, clientId: string): boolean {
  const own = (name: string): string => name.replace(/^chaos-[0-9a-f]+-/, '');
  const literal = own(pattern)
    .split('*')
    .map((text) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${literal.join('.*')}$`).test(own(clientId));
}
