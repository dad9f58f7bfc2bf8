import uplot from 'uplot/dist/uPlot.iife.min.js' with { type: 'text' };
import uplotStyle from 'uplot/dist/uPlot.min.css' with { type: 'text' };
import { scriptedPage } from '../report/html.ts';
import { markup } from '../report/markup.ts';
import liveStyle from './page/live.css' with { type: 'text' };
import liveScript from './page/live.js' with { type: 'text' };

/** The page of the live view. It asks its own server alone, which its content security policy enforces. Pure. */
export function renderLivePage(broker: string): string {
  return scriptedPage({
    title: markup`live: ${broker}`,
    style: `${uplotStyle}\n${liveStyle}`,
    script: `${uplot}\n${liveScript}`,
    connects: true,
    body: markup`<main>
<section class="now" aria-live="off">
<h1>${broker}</h1>
<p id="link" role="status">connecting</p>
<dl>
<dt>scenario</dt><dd id="scenario">none yet</dd>
<dt>phase</dt><dd id="phase">none yet</dd>
<dt>faults in force</dt><dd id="faults">none</dd>
</dl>
</section>
<section>
<h2>Messages a second</h2>
<div id="chart" role="img" aria-label="Messages published, acknowledged and delivered a second, over time"></div>
</section>
<section>
<h2>Scenarios</h2>
<ul id="scenarios"></ul>
</section>
<section>
<h2>What happened</h2>
<ol id="log"></ol>
</section>
<section>
<h2>Report so far</h2>
<p id="none">The report is written when the first scenario has ended.</p>
<iframe id="report" title="The report of the scenarios that have ended" hidden></iframe>
</section>
</main>`,
    footer: markup`The page follows the run for as long as it goes on. The reports stay in its folder.`,
  });
}
