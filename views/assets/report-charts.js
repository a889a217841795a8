/** Draws the factors of a report as bars with their intervals as whiskers. Without it the table says the same. */
import '/assets/vendor/chart.umd.min.js'

const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim()
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

function drawFactors(figure) {
  const source = figure.querySelector('script[type="application/json"]')
  const place = figure.querySelector('.canvas')
  if (!source || !place) return
  const { labels, percents, lows, highs, notes, axis } = JSON.parse(source.textContent)
  const canvas = document.createElement('canvas')
  canvas.setAttribute('role', 'img')
  canvas.setAttribute('aria-label', figure.querySelector('figcaption').textContent)
  place.style.height = `${4 + labels.length * BAR_REM}rem`
  place.append(canvas)

  const letters = place.clientWidth < NARROW_PX ? 20 : 40
  const soft = colour('--ink-soft')
  const { Chart } = globalThis
  Chart.defaults.font.family = getComputedStyle(document.body).fontFamily
  Chart.defaults.font.size = 13
  new Chart(canvas, {
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
        x: {
          min: 0,
          max: 100,
          title: { display: true, text: axis, color: soft },
          ticks: { color: soft, stepSize: 20 },
          grid: { color: colour('--line') },
        },
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
  })
}

for (const figure of document.querySelectorAll('[data-chart="factors"]')) drawFactors(figure)
