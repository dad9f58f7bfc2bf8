import type { Clock } from '../base/clock.ts';
import { formatCount } from '../base/count.ts';
import type { Logger } from '../base/logger.ts';
import { printable } from '../base/printable.ts';
import { scenarioLine } from '../report/table.ts';
import type { RunView } from '../run/session.ts';
import type { Workflow } from './workflow.ts';

/** How often a line is added within a phase, so that a long soak is seen to go on. */
const everyMs = 5_000;

/**
 * The log of a run on a runner. Each phase is a group, which is folded when it ends. The verdicts are between the groups, so that the
 * folded log is an overview.
 */
export function groupedLog(workflow: Workflow, clock: Clock): { view: RunView; logger: Logger; end(): void } {
  let open: string | undefined;
  let lineAtMs = 0;
  let faults = '';
  const end = (): void => {
    if (open !== undefined) workflow.endGroup();
    open = undefined;
  };
  const group = (title: string): boolean => {
    if (open === title) return false;
    end();
    workflow.startGroup(title);
    open = title;
    return true;
  };
  return {
    end,
    logger: {
      debug: (text) => workflow.debug(printable(text)),
      info: (text) => workflow.info(printable(text)),
      warn: (text) => workflow.info(`warning: ${printable(text)}`),
    },
    view: {
      stage: (text) => void group(text),
      progress({ scenario, phase, messages, faults: inForce }) {
        const entered = group(`${scenario.name}: ${phase}`);
        const now = inForce.join(', ');
        if (now !== faults) workflow.info(now === '' ? 'no fault in force' : `in force: ${now}`);
        faults = now;
        if (entered) lineAtMs = clock.nowMs();
        if (messages.published === 0 || clock.nowMs() - lineAtMs < everyMs) return;
        lineAtMs = clock.nowMs();
        const { published, acknowledged, delivered } = messages;
        workflow.info(
          `${formatCount(published)} published, ${formatCount(acknowledged)} acknowledged, ${formatCount(delivered)} delivered`,
        );
      },
      scenario(record) {
        end();
        workflow.info(scenarioLine(record));
      },
    },
  };
}
