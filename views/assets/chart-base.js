/** What every chart of the platform begins with: the library, the page's own colours and type, a canvas that says what it shows. */
import '/assets/vendor/chart.umd.min.js'

/** A colour of tokens.css, as the page shows it now. */
export const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim()

/**
 * Draws a chart into an element that holds its data and its place; without data nothing happens, the table says the same.
 *
 * @param element has a JSON script, a `.canvas` and a figcaption
 * @param toChart makes the library's configuration from the data and the place
 */
export function draw(element, toChart) {
  const source = element.querySelector('script[type="application/json"]')
  const place = element.querySelector('.canvas')
  if (!source || !place) return
  drawIn(place, element.querySelector('figcaption').textContent, () => toChart(JSON.parse(source.textContent), place))
}

/** Draws a chart into its place, said in words by a label. */
export function drawIn(place, label, toChart) {
  const { Chart } = globalThis
  Chart.defaults.font.family = getComputedStyle(document.body).fontFamily
  Chart.defaults.font.size = 13
  const canvas = document.createElement('canvas')
  canvas.setAttribute('role', 'img')
  canvas.setAttribute('aria-label', label)
  const configuration = toChart()
  place.append(canvas)
  new Chart(canvas, configuration)
}

/** The axis of a percent, always 0 to 100. */
export const percentAxis = (title) => ({
  min: 0,
  max: 100,
  title: { display: true, text: title, color: colour('--ink-soft') },
  ticks: { color: colour('--ink-soft'), stepSize: 20 },
  grid: { color: colour('--line') },
})
