import { allDone } from '../../../base/all-done.ts';
import { pollUntil } from '../../../base/clock.ts';
import { atLeast, moreThan, proofOf } from '../../proof.ts';
import type { LocalEffect } from '../effect.ts';
import { requireLinks } from '../environment.ts';
import { carriesTraffic, LinkWatch, lanesOf, sum } from '../lanes/link-watch.ts';

/** Every open connection of the struck links is reset once; new ones may be made at once. */
export const reset: LocalEffect<'reset'> = {
  mechanisms: [{ name: 'link proxy, RST', needs: [] }],
  async observe(effect, environment) {
    const { clock } = environment;
    const links = requireLinks(environment);
    const lanes = lanesOf(effect, environment);
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
                effect,
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
