import { formatCount, plural } from '../../base/count.ts';
import type { RunRecord, SabotageRecord } from '../../model/record.ts';
import { formatMs } from '../../model/units.ts';
import {
  type Block,
  code,
  type FoundLine,
  type Inline,
  jump,
  namer,
  own,
  say,
  scenarioName,
  strong,
} from '../document.ts';
import { findingsOf } from '../findings.ts';
import { defaultBrokerNote, ofClients, sabotageNote, sentence } from '../format.ts';
import { expectationLine, violationId } from './broken.ts';
import { dimensionsPart } from './dimensions.ts';

/** Findings in the card; all of them stand below it. */
const mostFindings = 8;

/** The result in one look: verdict, score, what broke, what was run. */
export function cardSection(record: RunRecord): Block[] {
  const { verdict, score, grade, interval, cap } = record;
  return [
    {
      ...{ type: 'card', verdict, score, grade, interval, cap },
      ...(record.sabotage && { unscored: sabotageScore(record.sabotage) }),
      about: aboutRun(record),
      notes: notes(record),
      found: foundLines(record),
      remarks: capLine(record.cap),
      beside: dimensionsPart(record),
    },
  ];
}

function aboutRun({ broker, plan, tiers, durationMs, seed, startedAt }: RunRecord): Inline[] {
  return [
    brokerName(broker),
    own(plural(broker.nodes, 'node')),
    plan === null ? own(`tier ${tiers.join(', ')}`) : say`plan ${plan}`,
    own(formatMs(durationMs)),
    say`seed ${code(seed)}`,
    say`${startedAt}`,
  ];
}

export function brokerName({ name, mutant }: RunRecord['broker']): Inline {
  return mutant === null ? say`${name}` : say`${name} with a defect put in on purpose, the mutant ${code(mutant)}`;
}

function notes(record: RunRecord): Inline[] {
  const { broker, error, partial } = record;
  const incomplete = partial
    ? [
        say`${strong(say`This run is not complete:`)} ${error === null ? own('it is still going on, or was cut off.') : errorLine(error)} What follows covers only what was done until then.`,
      ]
    : [];
  return [
    ...sabotageLine(record.sabotage),
    ...defaultBrokerLine(broker),
    ...incomplete,
    ...(error !== null && !partial ? [say`${strong(say`Error:`)} ${errorLine(error)}`] : []),
  ];
}

export function defaultBrokerLine({ isDefault }: RunRecord['broker']): Inline[] {
  return isDefault ? [say`${strong(say`Not your broker:`)} ${own(sentence(defaultBrokerNote))}`] : [];
}

/** In the place of the score of a broker: it is none. */
export function sabotageScore({ name }: SabotageRecord): Inline {
  return say`sabotaged: ${name}, no score`;
}

export function sabotageLine(sabotage: RunRecord['sabotage']): Inline[] {
  return sabotage ? [say`${strong(say`Sabotaged:`)} ${sentence(sabotageNote(sabotage))}`] : [];
}

export function capLine(cap: RunRecord['cap']): Inline[] {
  return cap === null ? [] : [say`The score is capped: ${cap}.`];
}

function errorLine({ message, code: kind, hint }: NonNullable<RunRecord['error']>): Inline {
  const what = say`${sentence(message)} (${code(kind)})`;
  return hint === null ? what : say`${what} ${sentence(hint)}`;
}

/** What broke and where, a line each, for a reader who has five seconds. */
function foundLines(record: RunRecord): FoundLine[] {
  const { violations, crashes, expectations, unhealed, undecided, known } = findingsOf(record);
  const line = (tone: FoundLine['tone'], text: Inline): FoundLine => ({ tone, text });
  const name = namer();
  const all = [
    ...violations.map(({ scenario, found: { invariant, count } }, index) =>
      line(
        'bad',
        say`${jump(violationId(index), strong(say`${invariant}`))}: ${own(plural(count, 'violation'))} in ${name(scenario)}`,
      ),
    ),
    ...crashes.map(({ scenario, found: { node, how } }) =>
      line('bad', say`${strong(say`${node} ended by itself`)} in ${name(scenario)}: ${how}`),
    ),
    ...expectations.map((one) => line('bad', expectationLine(one, name(one.scenario)))),
    ...unhealed.map(({ scenario, found: { kind, target } }) =>
      line('bad', say`${strong(say`left behind`)}: ${kind} on ${target} in ${scenarioName(scenario)}`),
    ),
    ...undecided.map((scenario) =>
      line('doubt', say`${scenarioName(scenario)} ${own(scenario.verdict)}: ${sentence(scenario.reason)}`),
    ),
    ...known.map(({ scenario, found: { invariant, count, limitedTo } }) =>
      line(
        'doubt',
        say`known issue: ${invariant}${ofClients({ limitedTo })}, ${own(plural(count, 'violation'))} in ${name(scenario)}`,
      ),
    ),
  ];
  if (all.length === 0)
    return record.verdict === 'pass'
      ? [line('good', own(`Nothing broke in ${plural(record.scenarios.length, 'scenario')}.`))]
      : [];
  if (all.length <= mostFindings) return all;
  const shown = all.slice(0, mostFindings - 1);
  return [...shown, line('doubt', own(`and ${formatCount(all.length - shown.length)} more below`))];
}
