import type { PhaseName, Verdict } from '../model/record.ts';

/** What a reader of the live view is told, in order. `atMs` counts from the start of the run. */
export type LiveEvent = { readonly atMs: number } & (
  | { readonly type: 'stage'; readonly text: string }
  | {
      readonly type: 'progress';
      readonly scenario: string;
      readonly phase: PhaseName;
      readonly published: number;
      readonly acknowledged: number;
      readonly delivered: number;
      readonly faults: readonly string[];
    }
  | { readonly type: 'scenario'; readonly name: string; readonly verdict: Verdict; readonly line: string }
  | { readonly type: 'note'; readonly text: string }
  | { readonly type: 'end'; readonly verdict: Verdict | 'broke off' }
);

export type Numbered = { readonly id: number; readonly event: LiveEvent };

/** How much a page that is opened late, or connects again, is told: half an hour of progress, twice a second. */
const kept = 3_600;

/** What was told so far, numbered from 1, so that a page that connects again goes on where it was. Old progress is forgotten first. */
export class LiveHistory {
  #last = 0;
  #events: Numbered[] = [];

  add(event: LiveEvent): Numbered {
    const numbered = { id: ++this.#last, event };
    this.#events.push(numbered);
    if (this.#events.length > kept) {
      const oldest = this.#events.findIndex((one) => one.event.type === 'progress');
      this.#events.splice(Math.max(0, oldest), 1);
    }
    return numbered;
  }

  /** All that came after the event of this id; all that is kept where the id is not one of this run's. */
  after(id: number): readonly Numbered[] {
    return id > this.#last ? this.#events : this.#events.filter((one) => one.id > id);
  }
}

/** One event in the form of a stream of server-sent events (WHATWG HTML, section 9.2). Pure. */
export function asServerSent({ id, event }: Numbered): string {
  // JSON has no line break outside of a text, and in a text it is escaped.
  return `id: ${id}\ndata: ${JSON.stringify(event)}\n\n`;
}
