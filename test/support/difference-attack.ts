import type { IndexReport, ReportCell } from '../../server/domain/report/index-report.js'
import { addDays } from '../../server/domain/survey/day.js'
import { type Case, casesOf, SERVICES, UNITS } from './guarded-city.js'

/** A figure that somebody has seen, and the people behind it. */
export interface Seen {
  readonly name: string
  /** The same for figures that may be subtracted from each other. */
  readonly line: string
  readonly people: ReadonlySet<number>
  /** Units by service by day that its filters take in, whether anybody answered there or not. */
  readonly places: ReadonlySet<number>
  /** The report and whether the figure is one of its parts, which have nobody in common. */
  readonly report: number
  readonly isPart: boolean
}

/** Somebody on every day of two months, for every service of every unit. */
const EVERYWHERE: readonly Case[] = UNITS.flatMap((unitUid) =>
  SERVICES.flatMap((service) =>
    Array.from({ length: 59 }, (_, i) => ({ unitUid, service, day: addDays('2026-02-01', i), answers: {} })),
  ),
)

/** Every figure that reports show, told anew from the responses. */
export function figuresSeen(all: readonly Case[], reports: readonly IndexReport[]): readonly Seen[] {
  return reports.flatMap((report, i) =>
    report.blocks
      .filter(({ rollup }) => rollup !== 'simple_mean')
      .flatMap((block) => {
        const people = casesOf(all, report, block)
        const places = casesOf(EVERYWHERE, report, block)
        return block.cells.filter(isShown).map(
          (cell): Seen => ({
            name: `${JSON.stringify(report.selection)} ${report.breakdown} ${block.group.key} ${cell.line.code} ${report.rule}`,
            line: cell.line.item === null ? `${report.rule} ${cell.line.code}` : `item ${cell.line.item.code}`,
            people: answering(all, people, report, cell),
            places,
            report: i,
            isPart: block.group.parts.length === 0,
          }),
        )
      }),
  )
}

const isShown = ({ estimate }: ReportCell) => estimate.kind === 'published' || estimate.kind === 'coded'

/** Those of some people who gave a valid answer to the item, or to any item of the composite. */
function answering(
  all: readonly Case[],
  people: ReadonlySet<number>,
  { lines }: IndexReport,
  { line }: ReportCell,
): ReadonlySet<number> {
  const itemsUnder = (code: string): readonly string[] => {
    const factor = lines.find((one) => one.level === 'factor' && one.code === code)
    return factor === undefined ? [code] : factor.parts
  }
  const items = line.item === null ? line.parts.flatMap(itemsUnder) : [line.item.code]
  return new Set([...people].filter((i) => items.some((item) => Number(all[i]!.answers[item] ?? 96) <= 5)))
}

const isSubset = (some: ReadonlySet<number>, all: ReadonlySet<number>) =>
  some.size <= all.size && [...some].every((one) => all.has(one))

/**
 * What a reader learns of 1 to k - 1 people: the difference of two figures of the same line, the filters of one within those of the
 * other, or of a figure and the parts of one report inside it.
 */
export function fewLeft(seen: readonly Seen[], minRespondents: number): readonly string[] {
  const found = new Set<string>()
  for (const whole of seen) {
    const inside = seen.filter(({ line, places }) => line === whole.line && isSubset(places, whole.places))
    const partsOf = (report: number) => inside.filter((one) => one.report === report && one.isPart)
    const sums = [...new Set(inside.map(({ report }) => report))].map(partsOf)
    for (const parts of [...inside.map((one) => [one]), ...sums]) {
      const left = whole.people.size - new Set(parts.flatMap(({ people }) => [...people])).size
      if (left > 0 && left < minRespondents) found.add(`${whole.name} less ${parts.map(({ name }) => name).join(', ')}`)
    }
  }
  return [...found]
}
