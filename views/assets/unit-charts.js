/** Draws the units of one league, the highest figure first, from the rows of their table; only once a reader opens it. */
import { colour, drawIn, percentAxis } from './chart-base.js'

const ROW_REM = 1.5
const DOT_PX = 5

/** What the table draws: numbers of the two paths, name and figures in words. */
function marksOf(body) {
  const numbers = (path) =>
    path
      .getAttribute('d')
      .match(/[\d.]+/g)
      .map(Number)
  const marks = [...body.querySelectorAll('tr')].flatMap((row) => {
    const [line, dot] = row.querySelectorAll('.whiskers path')
    if (!line || !dot) return []
    const [low, , high] = numbers(line)
    const [point] = numbers(dot)
    const cell = dot.closest('td').previousElementSibling
    const note = [...cell.querySelectorAll('b, small')].map(({ textContent }) => textContent).join('; ')
    const isLow = line.ownerSVGElement.classList.contains('low')
    return [{ name: row.querySelector('th').textContent, low, high, point, note, isLow }]
  })
  return marks.sort((a, b) => b.point - a.point)
}

/** Upright lines at the targets, and a dot on each interval. */
const dotsAndTargets = {
  id: 'dotsAndTargets',
  afterDatasetsDraw(chart, _args, { marks, targets, colours, line }) {
    const { ctx, chartArea, scales } = chart
    ctx.save()
    ctx.strokeStyle = line
    ctx.setLineDash([4, 3])
    for (const target of targets) {
      const x = scales.x.getPixelForValue(target)
      ctx.beginPath()
      ctx.moveTo(x, chartArea.top)
      ctx.lineTo(x, chartArea.bottom)
      ctx.stroke()
    }
    chart.getDatasetMeta(0).data.forEach((bar, i) => {
      ctx.fillStyle = colours[i]
      ctx.beginPath()
      ctx.arc(scales.x.getPixelForValue(marks[i].point), bar.y, DOT_PX, 0, 2 * Math.PI)
      ctx.fill()
    })
    ctx.restore()
  },
}

function unitChart(marks, { targets, axis }, place) {
  place.style.height = `${4 + marks.length * ROW_REM}rem`
  const colours = marks.map(({ isLow }) => colour(isLow ? '--alert' : '--accent'))
  return {
    type: 'bar',
    data: {
      labels: marks.map(({ name }) => name),
      datasets: [{ data: marks.map(({ low, high }) => [low, high]), backgroundColor: colours, barThickness: 3 }],
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
        tooltip: { displayColors: false, callbacks: { label: ({ dataIndex }) => marks[dataIndex].note } },
        dotsAndTargets: { marks, targets: targets.split(' ').map(Number), colours, line: colour('--ink-soft') },
      },
    },
    plugins: [dotsAndTargets],
  }
}

for (const fold of document.querySelectorAll('[data-units]')) {
  const body = document.querySelector(`tbody[data-league="${fold.dataset.units}"]`)
  fold.hidden = false
  const open = () => {
    const place = fold.querySelector('.canvas')
    drawIn(place, fold.querySelector('summary').textContent, () => unitChart(marksOf(body), fold.dataset, place))
  }
  fold.addEventListener('toggle', open, { once: true })
}
