/** Draws criteria by performance and importance, with the cuts as lines and the four fields named. Without it the table says the same. */
import { colour, draw } from './chart-base.js'

const MARGIN = 0.08
const number = new Intl.NumberFormat(document.documentElement.lang, { maximumFractionDigits: 2 })

/** A range that holds some values and a little more, so that no mark lies on the edge. */
function around(values) {
  const [low, high] = [Math.min(...values), Math.max(...values)]
  const room = (high - low || 1) * MARGIN
  return { min: low - room, max: high + room }
}

/** Lines at the cuts, names of the fields in their corners, codes beside the marks. */
const fields = {
  id: 'fields',
  beforeDatasetsDraw({ ctx, chartArea, scales }, _args, { cuts, quadrants, line, soft }) {
    const { left, right, top, bottom } = chartArea
    const [x, y] = [scales.x.getPixelForValue(cuts.x), scales.y.getPixelForValue(cuts.y)]
    ctx.save()
    ctx.strokeStyle = line
    ctx.lineWidth = 1.5
    ctx.setLineDash([5, 4])
    ctx.beginPath()
    ctx.moveTo(x, top)
    ctx.lineTo(x, bottom)
    ctx.moveTo(left, y)
    ctx.lineTo(right, y)
    ctx.stroke()
    ctx.fillStyle = soft
    const places = [
      [left + 6, top + 16, 'left'],
      [right - 6, top + 16, 'right'],
      [left + 6, bottom - 8, 'left'],
      [right - 6, bottom - 8, 'right'],
    ]
    for (const [i, [px, py, align]] of places.entries()) {
      ctx.textAlign = align
      ctx.fillText(quadrants[i], px, py)
    }
    ctx.restore()
  },
  afterDatasetsDraw(chart, _args, { points, ink }) {
    const { ctx } = chart
    ctx.save()
    ctx.fillStyle = ink
    ctx.textBaseline = 'middle'
    chart.getDatasetMeta(0).data.forEach((mark, i) => {
      ctx.fillText(points[i].label, mark.x + 8, mark.y)
    })
    ctx.restore()
  },
}

function importanceChart({ points, cuts, axes, quadrants }, place) {
  place.style.height = '28rem'
  const axis = (title, values) => ({
    ...around(values),
    title: { display: true, text: title, color: colour('--ink-soft') },
    // The ends of the range are not round numbers: they stay bare.
    ticks: {
      color: colour('--ink-soft'),
      callback: (value, i, all) => (i === 0 || i === all.length - 1 ? '' : number.format(value)),
    },
    grid: { color: colour('--line') },
  })
  return {
    type: 'scatter',
    data: { datasets: [{ data: points, backgroundColor: colour('--accent'), pointRadius: 5, pointHoverRadius: 7 }] },
    options: {
      animation: false,
      maintainAspectRatio: false,
      scales: {
        x: axis(axes.x, [...points.map(({ x }) => x), cuts.x]),
        y: axis(axes.y, [...points.map(({ y }) => y), cuts.y]),
      },
      plugins: {
        legend: { display: false },
        tooltip: {
          displayColors: false,
          callbacks: { label: ({ dataIndex }) => `${points[dataIndex].label} ${points[dataIndex].name}` },
        },
        fields: { cuts, quadrants, points, line: colour('--accent'), soft: colour('--ink-soft'), ink: colour('--ink') },
      },
    },
    plugins: [fields],
  }
}

for (const figure of document.querySelectorAll('[data-chart="importance"]')) draw(figure, importanceChart)
