// Runs in the reader's browser: follows a run by server-sent events. The browser connects again by itself and says what it has seen last.
(() => {
  const at = (id) => document.getElementById(id);
  const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  const seconds = (ms) => `${(ms / 1000).toFixed(1)} s`;
  const outcomes = ['published', 'acknowledged', 'delivered'];
  /** Of the chart: times in seconds, rates by outcome, and spans in which faults were in force. */
  const times = [];
  const rates = outcomes.map(() => []);
  const spans = [];
  /** Points that are drawn: ten minutes, twice a second. */
  const mostPoints = 1200;
  let before;
  let lastPhase = '';

  const chart = new uPlot(
    {
      width: at('chart').clientWidth,
      height: 220,
      legend: { live: false },
      scales: { x: { time: false } },
      axes: [axis((ticks) => ticks.map((tick) => `${tick} s`)), axis((ticks) => ticks.map((tick) => `${tick}/s`), 64)],
      series: [
        { label: 'time' },
        ...outcomes.map((label, index) => ({ label, stroke: () => colour(`--series-${index + 1}`), width: 1.5 })),
      ],
      hooks: { drawClear: [shade] },
    },
    [times, ...rates],
    at('chart'),
  );
  new ResizeObserver(() => chart.setSize({ width: at('chart').clientWidth, height: 220 })).observe(at('chart'));

  function axis(values, size = 40) {
    return {
      size,
      stroke: () => colour('--muted'),
      grid: { stroke: () => colour('--grid'), width: 1 },
      values: (_, ticks) => values(ticks),
    };
  }

  /** Shows when faults were in force. */
  function shade({ ctx, bbox, valToPos }) {
    ctx.save();
    ctx.fillStyle = colour('--band');
    for (const { from, to } of spans) {
      const left = Math.max(bbox.left, valToPos(from, 'x', true));
      const right = Math.min(bbox.left + bbox.width, valToPos(to, 'x', true));
      if (right > left) ctx.fillRect(left, bbox.top, right - left, bbox.height);
    }
    ctx.restore();
  }

  function log(atMs, text) {
    const line = document.createElement('li');
    const time = document.createElement('time');
    time.textContent = seconds(atMs);
    line.append(time, text);
    at('log').prepend(line);
  }

  function progress(event) {
    const { atMs, scenario, phase, faults } = event;
    at('scenario').textContent = scenario;
    at('phase').textContent = phase;
    at('faults').textContent = faults.length === 0 ? 'none' : faults.join(', ');
    at('faults').classList.toggle('struck', faults.length > 0);
    if (`${scenario} ${phase}` !== lastPhase) log(atMs, `${scenario}: ${phase}`);
    lastPhase = `${scenario} ${phase}`;
    followFaults(before?.faults ?? [], faults, atMs);
    // The counts begin again with each scenario.
    const seconds = before && before.scenario === scenario ? (atMs - before.atMs) / 1000 : 0;
    times.push(atMs / 1000);
    outcomes.forEach((outcome, index) => {
      rates[index].push(seconds > 0 ? Math.max(0, (event[outcome] - before[outcome]) / seconds) : null);
    });
    if (times.length > mostPoints) for (const list of [times, ...rates]) list.shift();
    before = event;
    chart.setData([times, ...rates]);
  }

  function followFaults(old, now, atMs) {
    for (const fault of now) if (!old.includes(fault)) log(atMs, `in force: ${fault}`);
    for (const fault of old) if (!now.includes(fault)) log(atMs, `healed: ${fault}`);
    const open = spans.at(-1);
    if (now.length > 0 && (!open || open.isClosed)) spans.push({ from: atMs / 1000, to: atMs / 1000, isClosed: false });
    else if (open && !open.isClosed) Object.assign(open, { to: atMs / 1000, isClosed: now.length === 0 });
  }

  function scenarioEnded({ atMs, name, verdict, line }) {
    const item = document.createElement('li');
    item.className = verdict;
    item.textContent = line;
    at('scenarios').append(item);
    log(atMs, `${name} ended: ${verdict}`);
    showReport();
  }

  function showReport() {
    at('none').hidden = true;
    at('report').hidden = false;
    at('report').src = `/report.html?${Date.now()}`;
  }

  const events = new EventSource('/events');
  events.onopen = () => {
    at('link').textContent = 'follows the run';
    at('link').className = '';
  };
  events.onerror = () => {
    at('link').textContent = 'the run cannot be reached; trying again';
    at('link').className = 'lost';
  };
  events.onmessage = ({ data }) => {
    const event = JSON.parse(data);
    if (event.type === 'progress') progress(event);
    else if (event.type === 'scenario') scenarioEnded(event);
    else if (event.type === 'end') {
      events.close();
      at('link').textContent = `the run has ended: ${event.verdict}`;
      at('faults').textContent = 'none';
      log(event.atMs, `the run has ended: ${event.verdict}`);
      showReport();
    } else log(event.atMs, event.text);
  };
})();
