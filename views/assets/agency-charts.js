/** Draws the trend of an agency's page over the figures of its table. Without it the table says the same. */
import { colour, draw, percentAxis } from './chart-base.js'

/** Months alone between gaps have no band: their interval is a whisker. */
const whiskers = {
  id: 'whiskers',
  beforeDatasetsDraw(chart, _args, { percents, lows, highs, stroke }) {
    const { ctx, scales } = chart
    const isGap = (i) => (percents[i] ?? null) === null
    ctx.save()
    ctx.strokeStyle = stroke
    ctx.lineWidth = 4
    chart.getDatasetMeta(0).data.forEach((point, i) => {
      if (isGap(i) || !isGap(i - 1) || !isGap(i + 1)) return
      ctx.beginPath()
      ctx.moveTo(point.x, scales.y.getPixelForValue(lows[i]))
      ctx.lineTo(point.x, scales.y.getPixelForValue(highs[i]))
      ctx.stroke()
    })
    ctx.restore()
  },
}

function trendChart({ labels, percents, lows, highs, notes, axis }) {
  const ink = colour('--ink-soft')
  const accent = colour('--accent')
  const bound = { borderColor: 'transparent', pointRadius: 0, pointHitRadius: 0, spanGaps: false }
  return {
    type: 'line',
    data: {
      labels,
      datasets: [
        {
          data: percents,
          borderColor: accent,
          backgroundColor: accent,
          borderWidth: 2,
          pointRadius: 4,
          spanGaps: false,
        },
        { ...bound, data: highs },
        { ...bound, data: lows, fill: '-1', backgroundColor: `${accent}40` },
      ],
    },
    options: {
      animation: false,
      maintainAspectRatio: false,
      interaction: { mode: 'index', intersect: false },
      scales: {
        x: { grid: { display: false }, ticks: { color: ink } },
        y: percentAxis(axis),
      },
      plugins: {
        legend: { display: false },
        tooltip: {
          displayColors: false,
          filter: ({ datasetIndex }) => datasetIndex === 0,
          callbacks: { label: ({ dataIndex }) => notes[dataIndex] },
        },
        whiskers: { percents, lows, highs, stroke: `${accent}60` },
      },
    },
    plugins: [whiskers],
  }
}

for (const section of document.querySelectorAll('[data-chart="trend"]')) draw(section, trendChart)
