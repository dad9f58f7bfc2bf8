import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { openExposition } from '../../src/metrics/exposition.ts';

const root = join(import.meta.dirname, '..', '..');
const dashboard = readFileSync(join(root, 'examples', 'grafana', 'dashboard.json'), 'utf8');
const page = readFileSync(join(root, 'docs', 'metrics.md'), 'utf8');
const { panels } = JSON.parse(dashboard) as { panels: { title: string; targets: { expr: string }[] }[] };

/** The names of the metrics of a run that has something to say of each. */
async function served(): Promise<string[]> {
  const exposition = await openExposition(0);
  try {
    exposition.phase('baseline', 'hold');
    exposition.messages({ published: 1, acknowledged: 1, delivered: 1 });
    exposition.faults(1);
    exposition.verdict('baseline', 'pass', 10);
    const text = await (await fetch(exposition.url ?? '')).text();
    return [...text.matchAll(/^# TYPE (\S+)/gm)].map(([, name = '']) => name);
  } finally {
    await exposition.close();
  }
}

test('each panel of the dashboard asks for a metric that is served', async () => {
  const names = await served();
  expect(panels.length).toBeGreaterThan(5);
  for (const { title, targets } of panels)
    for (const { expr } of targets) {
      const asked = /chaos_action_\w+/.exec(expr)?.[0];
      expect([title, names.includes(asked ?? '')]).toEqual([title, true]);
    }
});

test('docs/metrics.md has each metric of our own', async () => {
  const own = (await served()).filter((name) => !/^chaos_action_(process|nodejs)_/.test(name));
  expect(own).toHaveLength(5);
  for (const name of own) expect(page).toContain(`| \`${name}\` |`);
});
