import type { Clock } from '../base/clock.ts';
import type { Logger } from '../base/logger.ts';
import type { Engine } from '../engines/engine.ts';
import type { LoopLag } from '../metrics/loop-lag.ts';
import type { Scraper } from '../metrics/scrape.ts';
import type { Config } from '../model/config.ts';
import type { FeatureRecord, PhaseName, ScenarioRecord } from '../model/record.ts';
import type { Scenario } from '../model/scenario.ts';
import type { Progress } from '../workload/flows/stream/stream.ts';
import type { Unserved } from '../workload/flows/stream/unserved.ts';
import type { Workload } from '../workload/workload.ts';

/** All that the run of a scenario has to do with. */
export type ScenarioContext = {
  readonly engine: Engine;
  readonly workload: Workload;
  readonly scraper: Scraper;
  readonly config: Config;
  readonly features: FeatureRecord;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly lag: LoopLag;
  readonly seed: string;
  readonly attempt: number;
  readonly cluster: { readonly fresh: boolean; readonly why: string };
  /** How long the cluster took to boot when it was booted last. */
  readonly bootMs: number;
  /** What the broker does not serve, before any fault. The scenario adds what it finds. */
  readonly reach: Reach;
  /** The run's own start on the monotonic clock and on the wall. */
  readonly startedMs: number;
  readonly startedWallMs: number;
  readonly signal: AbortSignal;
  readonly onProgress: (progress: ScenarioProgress) => void;
};

/** What the broker does not serve at all: each is a finding of the scenario that comes next, and left out of every workload. */
export type Reach = { known: readonly Unserved[]; unreported: readonly Unserved[] };

export type ScenarioProgress = {
  readonly scenario: Scenario;
  readonly phase: PhaseName;
  readonly elapsedMs: number;
  readonly messages: Progress;
  readonly faults: readonly string[];
};

/** A scenario's record before it is scored. */
export type UnscoredScenario = Omit<ScenarioRecord, 'score' | 'interval' | 'parts' | 'applicableParts' | 'earlier'>;
