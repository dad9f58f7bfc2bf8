import { plural } from '../base/count.ts';
import { shapeOf } from '../config/template.ts';
import { localOffer } from '../engines/local/offers.ts';
import { planFaults, type ScheduledFault } from '../faults/plan.ts';
import { whySkipped } from '../faults/possible.ts';
import type { Config } from '../model/config.ts';
import type { Scenario } from '../model/scenario.ts';
import { formatMs } from '../model/units.ts';

/** What a run with this seed would do to the cluster: as text, one line for each fault, or as JSON with the effects themselves. Pure. */
export function renderDryRun(
  { config, scenarios, seed }: { config: Config; scenarios: readonly Scenario[]; seed: string },
  { json }: { json: boolean },
): string {
  const cluster = shapeOf(config);
  const planned = scenarios.map((scenario) => {
    const skipped = whySkipped(scenario.faults, shapeOf(config), (effect) => localOffer(effect, { cluster: config }));
    return { scenario, skipped, faults: skipped === undefined ? planFaults(scenario, cluster, seed) : [] };
  });
  const { name: broker } = config.broker;
  const { ratePerSecond } = config.workload;
  if (json)
    return JSON.stringify(
      {
        ...{ seed, broker, nodes: config.nodes, ratePerSecond },
        scenarios: planned.map(({ scenario: { name, phases }, skipped = null, faults }) => ({
          ...{ name, skipped, phases },
          faults: faults.map(faultRecord),
        })),
      },
      null,
      2,
    );
  const head = `seed ${seed}: ${plural(config.nodes, 'node')} of ${broker}, ${ratePerSecond} messages a second`;
  return [
    head,
    ...planned.flatMap(({ scenario: { name, phases }, skipped, faults }) =>
      skipped === undefined
        ? [
            `${name}: steady ${formatMs(phases.steadyMs)}, hold ${formatMs(phases.holdMs)}, recover at most ${formatMs(phases.recoverMs)}`,
            ...faults.map(faultLine),
          ]
        : [`${name}: skipped: ${skipped}`],
    ),
  ].join('\n');
}

function faultLine({ spec: { atMs, forMs }, planned: { kind, target, injected } }: ScheduledFault): string {
  return `  at ${formatMs(atMs)} ${kind} on ${target}: ${injected}${forMs === undefined ? '' : `, for ${formatMs(forMs)}`}`;
}

function faultRecord({ spec: { atMs, forMs }, planned: { kind, target, injected, effect } }: ScheduledFault) {
  return { kind, atMs, forMs: forMs ?? null, target, injected, effect };
}
