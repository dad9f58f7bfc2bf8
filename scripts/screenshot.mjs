// Takes the picture of a report for the README, with headless Chromium:
//
//   node dist/cli.js run --tier basic --out /tmp/run && node scripts/screenshot.mjs /tmp/run/report.html docs/report.png
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

const [report, picture, height = '900'] = process.argv.slice(2);
if (report === undefined || picture === undefined) throw new Error('name a report.html and the picture');
const profile = mkdtempSync(join(tmpdir(), 'chaos-screenshot-'));
try {
  execFileSync(
    process.env.CHROMIUM ?? 'chromium',
    [
      ...['--headless', '--no-sandbox', '--disable-gpu', '--hide-scrollbars', `--user-data-dir=${profile}`],
      ...[`--window-size=1200,${height}`, '--virtual-time-budget=3000', `--screenshot=${resolve(picture)}`],
      pathToFileURL(resolve(report)).href,
    ],
    { stdio: ['ignore', 'ignore', 'ignore'], timeout: 60_000 },
  );
} finally {
  rmSync(profile, { recursive: true, force: true });
}
