import type { Result, Results } from './results.js'

/** Between these lines of the README stands what `npm run bench -- readme` writes. */
const BEGIN = '<!-- figures: written by npm run bench -- readme -->'
const END = '<!-- end of figures -->'

type Tree = { readonly [name: string]: Tree } & { readonly [name: string]: number }

const at = (result: Result, ...path: readonly string[]): number | null => {
  let value: unknown = result
  for (const name of path) value = (value as Tree | undefined)?.[name]
  return typeof value === 'number' ? value : null
}

/** Enough digits to compare, no more. */
function shown(value: number | null, unit = ''): string {
  if (value === null) return 'not measured'
  const text = value >= 100 ? Math.round(value).toLocaleString('en') : String(Number(value.toPrecision(3)))
  return unit === '' ? text : `${text} ${unit}`
}

const table = (header: readonly string[], rows: readonly (readonly string[])[]): string =>
  [header, header.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n')

function origin({ measuredOn, machine, load, seed }: Result): string {
  const { cpu, cores, memoryGb, node } = machine
  return `${measuredOn}, ${cores} cores of ${cpu}, ${memoryGb} GB, Node ${node.slice(1)}, seed \`${seed}\`, load ${load}.`
}

const WAYS = [
  ['apiCitizen', "API, citizens' form"],
  ['onePageCitizen', "one page (GET, POST), citizens' form"],
  ['pageByPageCitizen', "page by page, citizens' form"],
  ['apiCounter', 'API, counter form'],
  ['onePageCounter', 'one page (GET, POST), counter form'],
] as const

function intake(result: Result): string {
  const rows = WAYS.filter(([way]) => at(result, 'embedded', way, 'completedPerSecond') !== null).map(([way, name]) => {
    const of = (figure: string) => at(result, 'embedded', way, figure)
    const times = ['p50Ms', 'p95Ms', 'p99Ms'].map((one) => shown(of(one), 'ms'))
    return [name, shown(of('completedPerSecond')), ...times, shown(of('serverCpuMs'), 'ms')]
  })
  return [
    'Intake: the server, the embedded engine and the sender on one machine, each answer on disk before it is acknowledged.',
    table(['way in', 'completed a second', 'p50', 'p95', 'p99', 'server CPU each'], rows),
    origin(result),
  ].join('\n\n')
}

const READINGS = [
  ['cityPage', 'city report, page'],
  ['agencyPage', "one agency's report, page"],
  ['seriesByWave', 'city, 15 years by wave, JSON'],
  ['seriesByMonth', 'city, 15 years by month, JSON'],
] as const

function reports(result: Result): string {
  const sizes = Object.keys(result.sizes as Record<string, unknown>).sort((a, b) => Number(a) - Number(b))
  const times = READINGS.map(([reading, name]) => [
    name,
    ...sizes.map((size) => {
      const [warm, first] = [
        at(result, 'sizes', size, reading, 'warm', 'p50Ms'),
        at(result, 'sizes', size, reading, 'afterRestartMs'),
      ]
      return warm === null ? 'not measured' : `${shown(warm, 'ms')} (${shown(first, 'ms')})`
    }),
  ])
  const whole = (name: string, unit: string, ...path: readonly string[]) => [
    name,
    ...sizes.map((size) => shown(at(result, 'sizes', size, ...path), unit)),
  ]
  const rows = [
    ...times,
    whole('ready after `npm start`', 'ms', 'cityPage', 'readyMs'),
    whole('idle, resident', 'MB', 'cityPage', 'idle', 'residentMb'),
    whole('recount, responses a second', '', 'recount', 'responsesPerSecond'),
    whole('recount, most memory', 'MB', 'recount', 'mostHeldMb'),
    whole('simulated and counted, responses a second', '', 'loaded', 'responsesPerSecond'),
  ]
  return [
    'Reports over a wave of so many simulated responses, with as many in the fifteen years before: warm (and first after a restart).',
    table(['', ...sizes.map((size) => Number(size).toLocaleString('en'))], rows),
    origin(result),
  ].join('\n\n')
}

function releases(result: Result): string {
  const sizes = Object.keys(result.sizes as Record<string, unknown>).sort((a, b) => Number(a) - Number(b))
  const row = (name: string, unit: string, figure: string) => [
    name,
    ...sizes.map((size) => shown(at(result, 'sizes', size, figure), unit)),
  ]
  const rows = [
    row('drafted, responses a second', '', 'responsesPerSecond'),
    row('seconds', '', 'seconds'),
    row('cores in use', '', 'cores'),
    row('most memory of its own', 'MB', 'mostHeldMb'),
    row('bundle for auditors', 'MB', 'bundleMb'),
    row('bundle sent, a second', 'MB', 'bundleMbPerSecond'),
  ]
  return [
    'A release of a wave of so many simulated responses (397 groups of 72 lines under three rules), drafted at the desk: from the raw responses to all files, the server answering others meanwhile.',
    table(['', ...sizes.map((size) => Number(size).toLocaleString('en'))], rows),
    origin(result),
  ].join('\n\n')
}

interface Coverage {
  readonly responsesPerUnit: number
  readonly runs: number
  readonly overall: Readonly<Record<'intervals' | 'coveragePercent' | 'monteCarloError', number>>
}

function truth(result: Result): string {
  const rows = (result.coverage as readonly Coverage[]).map(({ responsesPerUnit, overall }) => [
    String(responsesPerUnit),
    overall.intervals.toLocaleString('en'),
    `${overall.coveragePercent} ± ${overall.monteCarloError} %`,
  ])
  const gap = (figure: string) => at(result, 'gap', figure)
  return [
    'Against the truth of the simulated city: how often the 95 % interval of a unit holds its true index (independent mode, honest answers; ± is the error of the simulation).',
    table(['responses at each unit', 'intervals', 'hold the truth'], rows),
    `The gap between counter and independent answers holds the planted inflation in ${gap('foundPercent')} ± ${gap('monteCarloError')} % of ${gap('runs')} runs (${gap('meanPlantedPoints')} points planted, ${gap('meanGapPoints')} shown, on average).`,
    origin(result),
  ].join('\n\n')
}

const SECTIONS = { intake, reports, releases, truth } as const

/** The README's figures: a part for each kept result that it shows. */
export function figuresOf(results: Results): string {
  const parts = Object.entries(SECTIONS).flatMap(([bench, write]) =>
    results[bench] === undefined ? [] : [write(results[bench])],
  )
  return [BEGIN, ...parts, END].join('\n\n')
}

/**
 * The README with its figures from these results.
 *
 * @throws {Error} when it has no place for them
 */
export function withFigures(readme: string, results: Results): string {
  const [from, to] = [readme.indexOf(BEGIN), readme.indexOf(END)]
  if (from < 0 || to < from) throw new Error(`README.md needs the lines ${BEGIN} and ${END}`)
  return readme.slice(0, from) + figuresOf(results) + readme.slice(to + END.length)
}
