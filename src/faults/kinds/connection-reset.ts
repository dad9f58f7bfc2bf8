import { z } from 'zod';
import { allDone } from '../../base/all-done.ts';
import { pollUntil } from '../../base/clock.ts';
import { noImpact } from '../../model/impact.ts';
import { requireLinks } from '../environment.ts';
import type { FaultKind } from '../fault.ts';
import { carriesTraffic, LinkWatch, lanesOf, sum } from '../link-watch.ts';
import { atLeast, moreThan, proofOf } from '../proof.ts';
import { chooseLinks } from '../targets.ts';

/** Every open connection of the struck links is reset once; new ones may be made at once. */
export const connectionReset: FaultKind<Record<string, never>> = {
  kind: 'connection-reset',
  summary: 'every open connection of the struck links is reset (RST to both ends)',
  strikes: 'links',
  mechanisms: [{ name: 'link proxy, RST', needs: [] }],
  parameters: z.strictObject({}),
  plan(_, target, cluster, random) {
    const struck = chooseLinks(target, cluster, random);
    return {
      kind: 'connection-reset',
      target: struck.text,
      injected: 'RST on every open connection, once',
      impact: noImpact,
      async prepare(environment) {
        const { clock } = environment;
        const links = requireLinks(environment);
        const lanes = lanesOf(struck, environment);
        const ids = [...new Set(lanes.map(({ linkId }) => linkId))];
        const watch = await LinkWatch.start(environment, lanes, { lanes: 1, intervalMs: 100 });
        return {
          async inject(scope) {
            const opened = (): number => sum(ids.map((id) => links.counters(id).connectionsOpened));
            const before = opened();
            // What was reset stays reset; the nodes dial again by themselves.
            scope.undo({ type: 'ends-with-run', what: `reset of ${ids.length} links` }, () => {});
            watch.mark();
            const reset = sum(await allDone(ids.map((id) => links.reset(id))));
            return {
              mechanism: 'link proxy, RST',
              async prove() {
                await pollUntil(() => (opened() - before >= reset ? true : undefined), {
                  withinMs: 5_000,
                  everyMs: 50,
                  clock,
                });
                const dialledAgain = opened() - before;
                const probesReset = watch.reconnects();
                const conditions = [
                  ...(await carriesTraffic(
                    { what: "connections of the broker's own that were reset", amount: reset },
                    struck,
                    environment,
                  )),
                  atLeast('probe connections that saw a RST', probesReset, ids.length),
                  moreThan('connections dialled again', dialledAgain, 0),
                ];
                return proofOf(conditions, {
                  observed: `${reset} connections of the broker's own reset, ${dialledAgain} dialled again; ${probesReset} probe connections saw a RST`,
                  figures: { connectionsReset: reset, dialledAgain, probesReset },
                });
              },
            };
          },
          release: () => watch.stop(),
        };
      },
    };
  },
};
