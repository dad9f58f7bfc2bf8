import type { Verdict } from '../model/record.ts';
import { scenarioLine } from '../report/table.ts';
import type { LiveServer } from '../ui/live-server.ts';
import type { ProgressView } from './progress.ts';

/** A view that tells a live page as well. */
export function toldView(view: ProgressView, page: Pick<LiveServer, 'tell'>, nowMs: () => number): ProgressView {
  return {
    ...view,
    stage(text) {
      view.stage(text);
      page.tell({ type: 'stage', atMs: nowMs(), text });
    },
    progress(progress) {
      view.progress(progress);
      const { scenario, phase, faults, messages } = progress;
      const { published, acknowledged, delivered } = messages;
      page.tell({
        ...{ type: 'progress', atMs: nowMs(), scenario: scenario.name, phase, faults },
        ...{ published, acknowledged, delivered },
      });
    },
    scenario(record) {
      view.scenario(record);
      const { name, verdict } = record;
      page.tell({ type: 'scenario', atMs: nowMs(), name, verdict, line: scenarioLine(record) });
    },
    note(text) {
      view.note(text);
      page.tell({ type: 'note', atMs: nowMs(), text });
    },
  };
}

/** The last word of a run. */
export function ending(record: { readonly verdict: Verdict; readonly error: unknown }): Verdict | 'broke off' {
  return record.error === null ? record.verdict : 'broke off';
}
