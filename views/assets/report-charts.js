/** Draws the factors of a report as bars with their intervals as whiskers. Without it the table says the same. */
import { colour, draw, percentAxis } from './chart-base.js'

const CAP_PX = 6
const BAR_REM = 2.75
/** Below this width of the drawing its labels take more lines. */
const NARROW_PX = 600

/** A label as lines of at most so many letters, cut between words. */
function inLines(label, letters) {
  const lines = []
  for (const word of label.split(' ')) {
    const last = lines.at(-1)
    if (last === undefined || `${last} ${word}`.length > letters) lines.push(word)
    else lines[lines.length - 1] = `${last} ${word}`
  }
  return lines
}

/** A line from the low to the high bound of each bar, with caps. */
const whiskers = {
  id: 'whiskers',
  afterDatasetsDraw(chart, _args, { lows, highs, ink }) {
    const { ctx } = chart
    const axis = chart.scales.x
    ctx.save()
    ctx.strokeStyle = ink
    ctx.lineWidth = 2
    chart.getDatasetMeta(0).data.forEach((bar, i) => {
      if (lows[i] === null || highs[i] === null) return
      const [low, high] = [axis.getPixelForValue(lows[i]), axis.getPixelForValue(highs[i])]
      ctx.beginPath()
      ctx.moveTo(low, bar.y)
      ctx.lineTo(high, bar.y)
      for (const x of [low, high]) {
        ctx.moveTo(x, bar.y - CAP_PX)
        ctx.lineTo(x, bar.y + CAP_PX)
      }
      ctx.stroke()
    })
    ctx.restore()
  },
}

function factorChart({ labels, percents, lows, highs, notes, axis }, place) {
  place.style.height = `${4 + labels.length * BAR_REM}rem`
  const letters = place.clientWidth < NARROW_PX ? 20 : 40
  return {
    type: 'bar',
    data: {
      labels: labels.map((label) => inLines(label, letters)),
      datasets: [{ data: percents, backgroundColor: `${colour('--accent')}66`, maxBarThickness: 32 }],
    },
    options: {
      indexAxis: 'y',
      animation: false,
      maintainAspectRatio: false,
      scales: {
        x: percentAxis(axis),
        y: { ticks: { color: colour('--ink'), autoSkip: false }, grid: { display: false } },
      },
      plugins: {
        legend: { display: false },
        tooltip: {
          displayColors: false,
          callbacks: { title: ([bar]) => labels[bar.dataIndex], label: ({ dataIndex }) => notes[dataIndex] },
        },
        whiskers: { lows, highs, ink: colour('--ink') },
      },
    },
    plugins: [whiskers],
  }
}

for (const figure of document.querySelectorAll('[data-chart="factors"]')) draw(figure, factorChart)
