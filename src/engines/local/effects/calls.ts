import { allDone } from '../../../base/all-done.ts';
import { pollUntil } from '../../../base/clock.ts';
import type { CallAction, CallRule } from '../../../model/effects.ts';
import { statusName } from '../../../model/grpc.ts';
import { formatMs, formatShare } from '../../../model/units.ts';
import type { Proof } from '../../proof.ts';
import { all, type Condition, moreThan, near, none, proofOf } from '../../proof.ts';
import type { LocalEffect } from '../effect.ts';
import { type FaultEnvironment, requireLinks } from '../environment.ts';
import { lanesOf, nonePast, sum } from '../lanes/link-watch.ts';
import { matches } from '../links/http2/grpc.ts';
import type { CallsSeen } from '../links/http2/link-calls.ts';
import type { CallWatch } from '../links/links.ts';

/** Nodes whose connections were reset for reading have so long to make them anew before the steady phase begins. */
const dialledAgainWithinMs = 5_000;
/** Under load some answers are late by themselves, more than there were before: so many points of share are nothing to wonder at. */
const lateByItself = 0.03;
/** A timer may fire so much early. */
const timerErrorMs = 1;

/** gRPC calls between the nodes, struck by method and not by byte (RFC 9113; grpc.io, PROTOCOL-HTTP2). */
export const calls: LocalEffect<'calls'> = {
  mechanisms: [{ name: 'link proxy, reads HTTP/2', needs: [] }],
  async observe(effect, environment) {
    const { rule } = effect;
    // A call goes the way of the connection that carries it: from the side that dialled.
    const lanes = lanesOf(effect, environment).filter(({ direction }) => direction === 'forward');
    const ids = [...new Set(lanes.map(({ linkId }) => linkId))];
    const watches = await watchAll(environment, ids, rule.method);
    const lateAfterMs = rule.action.type === 'delay' ? Math.max(0, rule.action.delayMs - timerErrorMs) : 0;
    const look = (): Promise<CallsSeen[]> => Promise.all(watches.map((watch) => watch.read({ lateAfterMs })));
    let calm: Promise<CallsSeen[]> | undefined;
    return {
      steadyIsOver() {
        calm = look();
        // Whoever waits for it hears of it.
        calm.catch(() => {});
      },
      async inject(scope) {
        const before = await (calm ?? look());
        scope.undo(
          { type: 'ends-with-run', what: `calls of ${rule.method} on ${ids.length} links` },
          async () => void (await allDone(watches.map((watch) => watch.clear()))),
        );
        await allDone(watches.map((watch) => watch.apply(rule)));
        return {
          mechanism: mechanismOf(sum(watches.map(({ connectionsReset }) => connectionsReset))),
          prove: async () => judgeCalls(rule, before, await look(), await nonePast(effect.paths, environment.network)),
        };
      },
      async release() {
        await Promise.all(watches.map((watch) => watch.stop()));
      },
    };
  },
};

function mechanismOf(connectionsReset: number): string {
  const reset = `${connectionsReset} connection${connectionsReset === 1 ? '' : 's'} reset before the steady phase to be read from the start`;
  return `link proxy, reads HTTP/2${connectionsReset === 0 ? '' : `; ${reset}`}`;
}

/** Begins to read the calls of the links, and waits a while until what had to be reset for it is there again. */
async function watchAll(environment: FaultEnvironment, ids: readonly string[], pattern: string): Promise<CallWatch[]> {
  const links = requireLinks(environment);
  const watches: CallWatch[] = [];
  try {
    for (const id of ids) watches.push(await links.watchCalls(id, pattern));
  } catch (error) {
    await Promise.all(watches.map((watch) => watch.stop()));
    throw error;
  }
  const resetOnes = watches.filter(({ connectionsReset }) => connectionsReset > 0);
  const isBack = async (watch: CallWatch) => (await watch.read({ lateAfterMs: 0 })).connections.read > 0;
  await pollUntil(async () => ((await Promise.all(resetOnes.map(isBack))).every(Boolean) ? true : undefined), {
    withinMs: dialledAgainWithinMs,
    everyMs: 50,
    clock: environment.clock,
  });
  return watches;
}

/**
 * Pure. Says what an observer of the bytes before and behind the proxy has seen of the calls, one entry a link, and whether that is
 * the fault that was asked for. The injector's own count must agree with it.
 */
export function judgeCalls(
  rule: CallRule,
  before: readonly CallsSeen[],
  seen: readonly CallsSeen[],
  further: readonly Condition[] = [],
): Proof {
  const asked = sum(seen.map(({ matched }) => matched.asked));
  const passed = sum(seen.map(({ matched }) => matched.passed));
  const others = sum(seen.map((link) => link.others.asked));
  const othersPassed = sum(seen.map((link) => link.others.passed));
  const brokenOff = sum(seen.map((link) => link.brokenOff));
  const links = seen.map((link) => strikesOn(rule, link));
  const struck = sum(links.map((link) => link.struck));
  const outOf = sum(links.map((link) => link.outOf));
  const shareBefore = rule.action.type === 'delay' ? lateShare(before) : 0;
  const expected = rule.share + (1 - rule.share) * shareBefore;
  const observedShare = outOf === 0 ? 0 : struck / outOf;
  const figures = {
    callsSeen: asked,
    callsPassed: passed,
    callsStruckSeen: struck,
    callsStruckByInjector: sum(seen.map(({ touched }) => touched)),
    askedShare: rule.share,
    observedShare,
    otherCallsSeen: others,
    otherCallsPassed: othersPassed,
    connectionsRead: sum(seen.map(({ connections }) => connections.read)),
    connectionsBroken: brokenOff,
  };
  const called = moreThan(`calls of ${rule.method} that were seen`, asked, 0);
  if (asked === 0) return proofOf([called, ...further], { observed: nothingOf(rule.method, seen), figures });
  const shareStruck = `calls of ${rule.method} that were struck`;
  // Four standard deviations of so many draws: of all calls, all.
  const chance = outOf === 0 ? 0 : 4 * Math.sqrt((expected * (1 - expected)) / outOf);
  const tolerance = chance + (rule.action.type === 'delay' ? lateByItself : 0);
  const conditions = [
    moreThan(shareStruck, struck, 0),
    near(shareStruck, observedShare, expected, tolerance, formatShare),
    moreThan(shareStruck, observedShare, (expected + shareBefore) / 2, formatShare),
    all('links on which the injector counted what was seen', links.filter(({ agrees }) => agrees).length, links.length),
    // A link on which ten calls should have been struck and none was has no fault.
    all(
      'links with calls that were struck, or too few calls to tell',
      links.filter((link) => link.struck > 0 || link.outOf * rule.share < 10).length,
      links.length,
    ),
    none('connections that could not be read', brokenOff),
    ...further,
  ];
  return proofOf(conditions, {
    observed: [
      `${struck} of ${outOf} calls of ${rule.method} (${formatShare(observedShare)}) ${seenAs(rule.action, shareBefore)}`,
      `${passed} of ${asked} reached the server, and ${othersPassed} of ${others} other calls`,
      ...(brokenOff === 0 ? [] : [`${brokenOff} connections could not be read and were reset`]),
    ].join('; '),
    figures,
  });
}

/** How many calls were seen to be struck, of how many of which that is known, and whether the injector says the same. */
function strikesOn(
  { action }: CallRule,
  { matched, touched }: CallsSeen,
): { readonly struck: number; readonly outOf: number; readonly agrees: boolean } {
  const kept = matched.asked - matched.passed;
  const answered = sum(Object.values(matched.answeredByNobody));
  switch (action.type) {
    case 'delay':
      return { struck: matched.late, outOf: matched.ripe, agrees: kept === 0 };
    case 'drop':
      return { struck: kept - answered, outOf: matched.asked, agrees: kept === touched && answered === 0 };
    case 'status': {
      const struck = matched.answeredByNobody[statusName(action.status)] ?? 0;
      return { struck, outOf: matched.asked, agrees: kept === touched && kept === struck };
    }
  }
}

function lateShare(seen: readonly CallsSeen[]): number {
  const ripe = sum(seen.map(({ matched }) => matched.ripe));
  return ripe === 0 ? 0 : sum(seen.map(({ matched }) => matched.late)) / ripe;
}

function seenAs(action: CallAction, shareBefore: number): string {
  switch (action.type) {
    case 'delay':
      return `answered after ${formatMs(action.delayMs)} or more, ${formatShare(shareBefore)} before the fault`;
    case 'drop':
      return 'kept from the server and not answered';
    case 'status':
      return `kept from the server and answered ${statusName(action.status)}`;
  }
}

function nothingOf(pattern: string, seen: readonly CallsSeen[]): string {
  const counts = new Map<string, number>();
  for (const { byMethod } of seen)
    for (const [name, count] of Object.entries(byMethod)) counts.set(name, (counts.get(name) ?? 0) + count);
  const others = [...counts].filter(([name]) => !matches(pattern, name)).map(([name, count]) => `${name} (${count})`);
  if (others.length > 0) return `no call of ${pattern} was seen; seen were ${others.join(', ')}`;
  if (seen.some(({ connections }) => connections.encrypted > 0))
    return 'the connections are encrypted, so that no gRPC call can be read';
  return 'no gRPC call was seen between the nodes';
}
