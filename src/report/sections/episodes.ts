import { formatCount, plural } from '../../base/count.ts';
import type { EpisodeRecord, ScenarioRecord, ViolationRecord } from '../../model/record.ts';
import { type Block, code, fold, type Inline, output, own, paragraph, say, strong, table, title } from '../document.ts';
import { capital, shortClient } from '../format.ts';
import { clock, lifelineOf, meanwhile, messagesText } from '../lifeline.ts';

/**
 * The messages of a violation in episodes. The first `most` have lifelines; all but the first are folded. Empty if there are no episodes.
 */
export function episodesPart(scenario: ScenarioRecord, violation: ViolationRecord, most: number): Block[] {
  const { episodes = [], episodesLeftOut = 0 } = violation;
  const [first, ...others] = episodes;
  if (!first || most === 0) return [];
  const notListed =
    episodesLeftOut === 0 ? [] : [paragraph(own(`${formatCount(episodesLeftOut)} more are not listed.`))];
  const drawn = others.slice(0, most - 1).flatMap((episode) => episodePart(scenario, episode));
  return [
    paragraph(summary(scenario, violation, first)),
    ...episodePart(scenario, first),
    ...(others.length === 0
      ? []
      : [
          fold(own(plural(others.length + episodesLeftOut, 'more episode')), [
            episodeTable(others),
            ...notListed,
            ...drawn,
          ]),
        ]),
  ];
}

function episodePart(scenario: ScenarioRecord, episode: EpisodeRecord): Block[] {
  return [title(heading(episode)), { type: 'lifeline', lifeline: lifelineOf(scenario, episode) }, ...logsFold(episode)];
}

/** How many deliveries of how many messages in how many episodes, when, and what was done to the cluster then. */
function summary(scenario: ScenarioRecord, { count, episodes = [] }: ViolationRecord, first: EpisodeRecord): Inline {
  const listed = episodes.reduce((sum, { messages }) => sum + messages, 0);
  const several =
    listed === count
      ? deliveriesText(episodes, count)
      : `${formatCount(listed)} of ${plural(count, 'delivery', 'deliveries')}`;
  const isShown = listed === count ? '' : ' are shown,';
  const lastMs = Math.max(...episodes.map(({ toMs }) => toMs));
  const span = own(`${clock(first.fromMs)} to ${clock(lastMs)}`);
  return say`${strong(own(`${several}${isShown} in ${plural(episodes.length, 'episode')}`))}, due from ${span}. ${meanwhile(scenario.faults, first.fromMs, 'the first was due')}`;
}

/**
 * A message that is owed to two subscriptions is two deliveries. With gaps in an episode it is not known how many messages it has in common with
 * another.
 */
function deliveriesText(episodes: readonly EpisodeRecord[], count: number): string {
  const hasGaps = episodes.some(({ first, last, messages }) => messages !== last - first + 1);
  const deliveries = plural(count, 'delivery', 'deliveries');
  if (hasGaps) return deliveries;
  const flows = [...new Set(episodes.map(({ flow }) => flow))];
  const distinct = flows.reduce((sum, of) => sum + lengthOf(episodes.filter(({ flow }) => flow === of)), 0);
  return distinct === count ? plural(count, 'message') : `${deliveries} of ${plural(distinct, 'message')}`;
}

/** How many numbers are in at least one of the ranges. */
function lengthOf(ranges: readonly Pick<EpisodeRecord, 'first' | 'last'>[]): number {
  let length = 0;
  let end = Number.NEGATIVE_INFINITY;
  for (const { first, last } of ranges.toSorted((one, other) => one.first - other.first)) {
    length += Math.max(0, last - Math.max(first, end + 1) + 1);
    end = Math.max(end, last);
  }
  return length;
}

function heading(episode: EpisodeRecord): Inline {
  const { flow, qos, publisher, subscriber } = episode;
  return say`${own(capital(messagesText(episode)))} of ${flow} (QoS ${qos}): ${shortClient(publisher.client)} at ${publisher.node} to ${shortClient(subscriber.client)} at ${subscriber.node}`;
}

function logsFold({ logs }: EpisodeRecord): Block[] {
  if (logs.length === 0) return [];
  return [
    fold(
      say`What the nodes logged then`,
      logs.flatMap(({ moment, atMs, lines }) => [
        paragraph(say`Within a second of ${own(clock(atMs))}, when ${moment}:`),
        output(lines),
      ]),
    ),
  ];
}

function episodeTable(episodes: readonly EpisodeRecord[]): Block {
  return table(
    [{ head: 'messages' }, { head: 'flow' }, { head: 'from' }, { head: 'to' }, { head: 'due' }],
    episodes.map((episode) => [
      own(messagesText(episode)),
      say`${episode.flow} (QoS ${episode.qos})`,
      say`${code(shortClient(episode.publisher.client))} at ${episode.publisher.node}`,
      say`${code(shortClient(episode.subscriber.client))} at ${episode.subscriber.node}`,
      own(`${clock(episode.fromMs)} to ${clock(episode.toMs)}`),
    ]),
  );
}

/** The log lines that the episodes of a violation show. */
export function linesShown({ episodes = [] }: ViolationRecord): ReadonlySet<string> {
  return new Set(episodes.flatMap(({ logs }) => logs.flatMap(({ lines }) => lines)));
}
