// Runs in the reader's browser: draws the charts of report.html with uPlot from the data in the page (src/report/timeline.ts).
(() => {
  const charts = [];
  const places = [...document.querySelectorAll('.charts')];
  /** The time that is looked at in the charts of one place; none while it is all of it. */
  const zoomed = new Map();

  const font = (size) => `${size}px system-ui, sans-serif`;
  const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  const round = (value) => Number(value.toPrecision(3));
  const milliseconds = (value) => (value < 1000 ? `${round(value)} ms` : `${round(value / 1000)} s`);
  /** The legend's text for the point under the cursor. */
  const shown = (format) => (_plot, value, _series, index) =>
    index == null ? '' : value == null ? 'not measured' : format(value);

  const kinds = {
    latency: {
      series: [
        { label: 'p50', of: 'p50', stroke: '--series-1' },
        { label: 'p99', of: 'p99', stroke: '--series-2' },
      ],
      // Logarithmic: latencies in a quiet second and in an outage differ by orders of magnitude.
      scale: { distr: 3, range: (_, low, high) => decades(low, high) },
      format: milliseconds,
      ticks: (ticks) => ticks.map((tick) => (Number.isInteger(Math.log10(tick)) ? milliseconds(tick) : '')),
      limit: ({ expected }) => expected.p99,
      limitLabel: (limit) => `expected: p99 at most ${milliseconds(limit)}`,
    },
    throughput: {
      series: [
        { label: 'published', of: 'published', stroke: '--series-1' },
        { label: 'delivered', of: 'delivered', stroke: '--series-3' },
      ],
      scale: { range: (_, __, high) => [0, Math.max(1, high * 1.1)] },
      format: (value) => `${value}/s`,
      limit: () => null,
    },
    availability: {
      series: [{ label: 'availability', of: 'availability', stroke: '--series-4', fill: true }],
      scale: { range: (_, low) => [[90, 50].find((bottom) => bottom < low) ?? 0, 100] },
      format: (value) => `${value}%`,
      limit: ({ expected }) => expected.availability,
      limitLabel: (limit) => `expected: at least ${limit}%`,
    },
  };

  function decades(low, high) {
    if (low == null) return [1, 10];
    const bottom = 10 ** Math.floor(Math.log10(low));
    const top = 10 ** Math.ceil(Math.log10(high));
    return [bottom, top > bottom ? top : bottom * 10];
  }

  /** A point is valid from its start to its end, so it is drawn as a horizontal line of two points, and as a gap if nothing was measured. */
  function levels(timeline, names) {
    const { from, to } = timeline;
    const x = from.flatMap((start, index) => {
      const next = from[index + 1] ?? Number.POSITIVE_INFINITY;
      return [start, Math.max(start + 0.0005, Math.min(to[index], next - 0.0005))];
    });
    return [x, ...names.map((name) => timeline[name].flatMap((value) => [value, value]))];
  }

  /** One measure, whose lines go from one time at which it was asked to the next. */
  function seriesKind({ lines }) {
    return {
      series: lines.map(({ line: label }, index) => ({
        label,
        stroke: `--series-${(index % 4) + 1}`,
        // Ten nodes have more lines than there are colours.
        dash: [undefined, [8, 4], [2, 3]][Math.floor(index / 4) % 3],
      })),
      scale: { range: (_, low, high) => [Math.min(0, low ?? 0), Math.max(high ?? 0, 1e-3) * 1.1] },
      format: (value) => String(round(value)),
      limit: () => null,
    };
  }

  /** The times of the lines differ; where one has no value it goes on to its next one. All charts of a scenario span the same time. */
  function joinedSeries({ lines }, timeline) {
    const span = [spanOf(timeline), [null, null]];
    return uPlot.join([span, ...lines.map(({ at, value }) => [at, value])]).filter((_, index) => index !== 1);
  }

  /** A place with a choice of measures, of which one is drawn at a time. */
  function drawChoice(element, timeline, group) {
    const select = element.parentElement.querySelector('select');
    let drawn;
    const show = () => {
      const chosen = timeline.series[Number(select.value)];
      const zoom = drawn && zoomed.get(group);
      if (drawn) {
        charts.splice(charts.indexOf(drawn), 1);
        drawn.observer.disconnect();
        drawn.chart.destroy();
      }
      drawn = drawChart(element, timeline, group, seriesKind(chosen), joinedSeries(chosen, timeline));
      if (zoom) drawn.chart.setScale('x', zoom);
    };
    select.addEventListener('change', show);
    show();
  }

  function draw(element, timeline, group) {
    if (element.dataset.chart === 'series') return drawChoice(element, timeline, group);
    const kind = kinds[element.dataset.chart];
    const data = levels(
      timeline,
      kind.series.map(({ of }) => of),
    );
    drawChart(element, timeline, group, kind, data);
  }

  function drawChart(element, timeline, group, kind, data) {
    const isFirst = element.dataset.chart === 'latency';
    const faultRows = Math.min(3, timeline.bands.length);
    const markRows = timeline.marks.length > 0 ? 1 : 0;
    const top = isFirst ? 24 + 15 * (faultRows + markRows) : 10;
    const height = 150 + top;
    const axis = {
      stroke: () => colour('--muted'),
      grid: { stroke: () => colour('--grid'), width: 1 },
      ticks: { stroke: () => colour('--grid'), width: 1, size: 4 },
      font: font(11),
    };
    const chart = new uPlot(
      {
        width: element.clientWidth,
        height,
        padding: [top, 14, 0, 0],
        scales: { x: { time: false }, y: kind.scale },
        axes: [
          { ...axis, size: 26, values: (_, ticks) => ticks.map((tick) => `${tick} s`) },
          { ...axis, size: 62, values: (_, ticks) => (kind.ticks ?? ((all) => all.map(kind.format)))(ticks) },
        ],
        series: [
          { label: 'at', value: shown((value) => `${value.toFixed(1)} s`) },
          ...kind.series.map(({ label, stroke, fill, dash }) => ({
            label,
            dash,
            stroke: () => colour(stroke),
            ...(fill ? { fill: () => `${colour(stroke)}22` } : {}),
            width: 2,
            points: { show: false },
            value: shown(kind.format),
          })),
        ],
        cursor: { y: false, sync: { key: `timeline-${group}` } },
        hooks: {
          setScale: [(plot, name) => name === 'x' && follow(plot, timeline, group)],
          drawClear: [(plot) => shade(plot, timeline)],
          draw: [
            (plot) => {
              limit(plot, kind, timeline);
              marks(plot, timeline);
              if (isFirst) labels(plot, timeline, faultRows);
            },
          ],
        },
      },
      data,
      element,
    );
    const observer = new ResizeObserver(() => resize(chart, element, height));
    observer.observe(element);
    const drawn = { chart, element, height, group, observer };
    charts.push(drawn);
    return drawn;
  }

  function spanOf({ from, to }) {
    return [from[0], to[to.length - 1]];
  }

  /** A zoom into one chart of a scenario is one into all of them, and chooses the lines of the logs. */
  function follow(plot, timeline, group) {
    const { min, max } = plot.scales.x;
    plot.root.parentElement.dataset.shows = `${min.toFixed(1)} s to ${max.toFixed(1)} s`;
    const [first, last] = spanOf(timeline);
    const isWhole = min <= first && max >= last;
    const before = zoomed.get(group);
    if (isWhole ? !before : before && before.min === min && before.max === max) return;
    if (isWhole) zoomed.delete(group);
    else zoomed.set(group, { min, max });
    for (const { chart, group: other } of charts)
      if (other === group && chart !== plot) chart.setScale('x', { min, max });
    choose(places[group].querySelector('.logs'), isWhole ? undefined : { min, max });
  }

  function choose(logs, zoom) {
    if (!logs) return;
    const all = [...logs.querySelectorAll('li')];
    for (const line of all) {
      const at = Number(line.dataset.at);
      line.hidden = zoom !== undefined && (at < zoom.min || at > zoom.max);
    }
    const shown = all.filter(({ hidden }) => !hidden).length;
    logs.querySelector('[role=status]').textContent =
      zoom === undefined ? '' : `; ${shown} from ${zoom.min.toFixed(1)} s to ${zoom.max.toFixed(1)} s`;
  }

  function resize(chart, element, height) {
    const width = element.clientWidth;
    if (width > 0 && width !== chart.width) chart.setSize({ width, height });
  }

  /** Draws in CSS pixels within the plot, or anywhere above it. */
  function within(plot, paint) {
    const { ctx, bbox } = plot;
    const ratio = uPlot.pxRatio;
    ctx.save();
    ctx.beginPath();
    ctx.rect(bbox.left, 0, bbox.width, bbox.top + bbox.height);
    ctx.clip();
    ctx.scale(ratio, ratio);
    const box = {
      left: bbox.left / ratio,
      right: (bbox.left + bbox.width) / ratio,
      top: bbox.top / ratio,
      bottom: (bbox.top + bbox.height) / ratio,
    };
    paint(ctx, box, (seconds) => plot.valToPos(seconds, 'x', true) / ratio);
    ctx.restore();
  }

  function line(ctx, x1, y1, x2, y2, dash = []) {
    ctx.setLineDash(dash);
    ctx.beginPath();
    ctx.moveTo(x1, y1);
    ctx.lineTo(x2, y2);
    ctx.stroke();
    ctx.setLineDash([]);
  }

  function shade(plot, { bands, phases }) {
    within(plot, (ctx, box, x) => {
      for (const { from, to, proven } of bands) {
        ctx.fillStyle = colour(proven ? '--band' : '--band-unproven');
        ctx.fillRect(x(from), box.top, x(to) - x(from), box.bottom - box.top);
      }
      ctx.strokeStyle = colour('--muted');
      ctx.lineWidth = 1;
      for (const { from } of phases) line(ctx, x(from), box.top, x(from), box.bottom, [2, 3]);
    });
  }

  /** Rows above the plot: the phases, the faults, what broke. Each label is cut where the next one begins. */
  function labels(plot, { phases, bands, marks: all }, faultRows) {
    within(plot, (ctx, box, x) => {
      ctx.textAlign = 'left';
      ctx.textBaseline = 'top';
      let top = 4;
      const row = (entries) => {
        let free = box.left;
        for (const [index, { text, at, to, style }] of entries.entries()) {
          const next = entries.slice(index + 1).find((other) => other.text !== text);
          const end = next ? Math.min(box.right, x(next.at)) : box.right;
          // At the right edge a label is moved and not cut. Of equal marks close together only the first has a label.
          const shift = next ? 0 : Math.max(0, x(at) + ctx.measureText(text).width + 8 - end);
          const wanted = Math.max(box.left, x(at) - shift);
          if (x(to) < box.left || x(at) > box.right || (wanted < free && entries[index - 1]?.text === text)) continue;
          const left = Math.max(free, wanted);
          const fitted = fitting(ctx, text, end - left - 6);
          ctx.fillStyle = colour(style);
          ctx.fillText(fitted, left + 2, top);
          if (fitted !== '') free = left + ctx.measureText(fitted).width + 6;
        }
        top += 15;
      };
      ctx.font = font(11);
      row(
        phases.map(({ name, from }, index) => ({
          text: name,
          at: from,
          to: phases[index + 1]?.from ?? Number.POSITIVE_INFINITY,
          style: '--muted',
        })),
      );
      ctx.font = `600 ${font(11)}`;
      const faults = bands.map(({ label, from, to }) => ({ text: label, at: from, to, style: '--ink' }));
      for (let of = 0; of < faultRows; of++) row(faults.filter((_, index) => index % faultRows === of));
      row(
        all.map(({ label, at, kind }) => ({ text: label, at, to: at, style: kind === 'broke' ? '--bad' : '--good' })),
      );
    });
  }

  function fitting(ctx, text, width) {
    if (ctx.measureText(text).width <= width) return text;
    for (let length = text.length - 1; length > 2; length--) {
      const cut = `${text.slice(0, length)}…`;
      if (ctx.measureText(cut).width <= width) return cut;
    }
    return '';
  }

  function limit(plot, kind, timeline) {
    const value = kind.limit(timeline);
    const { min, max } = plot.scales.y;
    if (value === null || value < min || value > max) return;
    within(plot, (ctx, box) => {
      const y = plot.valToPos(value, 'y', true) / uPlot.pxRatio;
      ctx.strokeStyle = colour('--muted');
      line(ctx, box.left, y, box.right, y, [6, 4]);
      ctx.font = font(11);
      ctx.fillStyle = colour('--muted');
      ctx.textAlign = 'right';
      ctx.textBaseline = y - box.top < 16 ? 'top' : 'bottom';
      ctx.fillText(kind.limitLabel(value), box.right - 4, y + (y - box.top < 16 ? 2 : -2));
    });
  }

  function marks(plot, { marks: all }) {
    within(plot, (ctx, box, x) => {
      ctx.lineWidth = 1.5;
      for (const { at, kind } of all) {
        ctx.strokeStyle = colour(kind === 'broke' ? '--bad' : '--good');
        line(ctx, x(at), box.top, x(at), box.bottom);
      }
    });
  }

  function redraw() {
    for (const { chart } of charts) chart.redraw(false, true);
  }

  for (const [group, place] of places.entries()) {
    const timeline = JSON.parse(place.querySelector('script').textContent);
    for (const element of place.querySelectorAll('[data-chart]')) draw(element, timeline, group);
  }
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', redraw);
  // For printing: light colours, narrow charts, and everything unfolded.
  addEventListener('beforeprint', () => {
    document.documentElement.classList.add('paper');
    for (const fold of document.querySelectorAll('details')) fold.open = true;
    for (const { chart, element, height } of charts) resize(chart, element, height);
    redraw();
  });
  addEventListener('afterprint', () => {
    document.documentElement.classList.remove('paper');
    for (const { chart, element, height } of charts) resize(chart, element, height);
    redraw();
  });
})();
