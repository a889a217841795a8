/** Draws a series: one line with its band for each stretch, control limits, upright lines at breaks. The table says the same. */
import { colour, draw, percentAxis } from './chart-base.js'

const LABEL_PX = 12

/** Upright lines before the points where the series breaks, with their word at the top, turned so that it fits. */
const breakLines = {
  id: 'breakLines',
  afterDatasetsDraw(chart, _args, { breaks, ink }) {
    const { ctx, chartArea, scales } = chart
    ctx.save()
    ctx.strokeStyle = ink
    ctx.fillStyle = ink
    ctx.setLineDash([4, 3])
    ctx.font = `${LABEL_PX}px ${getComputedStyle(document.body).fontFamily}`
    for (const { before, label } of breaks) {
      const [left, right] = [scales.x.getPixelForValue(before - 1), scales.x.getPixelForValue(before)]
      const x = (left + right) / 2
      ctx.beginPath()
      ctx.moveTo(x, chartArea.top)
      ctx.lineTo(x, chartArea.bottom)
      ctx.stroke()
      ctx.save()
      ctx.translate(x - LABEL_PX / 3, chartArea.bottom - LABEL_PX / 2)
      ctx.rotate(-Math.PI / 2)
      ctx.fillText(label, 0, 0)
      ctx.restore()
    }
    ctx.restore()
  },
}

/** A point without a drawn neighbour in its stretch has no band: its interval is a whisker. */
const whiskers = {
  id: 'whiskers',
  beforeDatasetsDraw(chart, _args, { runs, lows, highs, stroke }) {
    const { ctx, scales } = chart
    ctx.save()
    ctx.strokeStyle = stroke
    ctx.lineWidth = 4
    runs.forEach((line, run) => {
      const isGap = (i) => (line[i] ?? null) === null
      line.forEach((_percent, i) => {
        if (isGap(i) || !isGap(i - 1) || !isGap(i + 1)) return
        const x = scales.x.getPixelForValue(i)
        ctx.beginPath()
        ctx.moveTo(x, scales.y.getPixelForValue(lows[run][i]))
        ctx.lineTo(x, scales.y.getPixelForValue(highs[run][i]))
        ctx.stroke()
      })
    })
    ctx.restore()
  },
}

function seriesChart({ labels, runs, lows, highs, lowLimits, highLimits, breaks, notes, axis }) {
  const ink = colour('--ink-soft')
  const accent = colour('--accent')
  const bound = { borderColor: 'transparent', pointRadius: 0, pointHitRadius: 0, spanGaps: false }
  const limit = {
    borderColor: ink,
    borderDash: [5, 4],
    borderWidth: 1,
    pointRadius: 0,
    pointHitRadius: 0,
    spanGaps: false,
  }
  const line = { borderColor: accent, backgroundColor: accent, borderWidth: 2, pointRadius: 4, spanGaps: false }
  return {
    type: 'line',
    data: {
      labels,
      datasets: [
        ...runs.map((data) => ({ ...line, data })),
        ...runs.flatMap((_, i) => [
          { ...bound, data: highs[i] },
          { ...bound, data: lows[i], fill: '-1', backgroundColor: `${accent}40` },
        ]),
        { ...limit, data: lowLimits },
        { ...limit, data: highLimits },
      ],
    },
    options: {
      animation: false,
      maintainAspectRatio: false,
      interaction: { mode: 'index', intersect: false },
      scales: {
        x: { grid: { display: false }, ticks: { color: ink, maxRotation: 45 } },
        y: percentAxis(axis),
      },
      plugins: {
        legend: { display: false },
        tooltip: {
          displayColors: false,
          filter: ({ datasetIndex }) => datasetIndex < runs.length,
          callbacks: { label: ({ dataIndex }) => notes[dataIndex] },
        },
        breakLines: { breaks, ink: colour('--alert') },
        whiskers: { runs, lows, highs, stroke: `${accent}60` },
      },
    },
    plugins: [whiskers, breakLines],
  }
}

for (const figure of document.querySelectorAll('[data-chart="series"]')) draw(figure, seriesChart)
