import type { ReaderClass } from '../../server/domain/disclosure/policy.js'
import { AGGREGATION_RULES } from '../../server/domain/index/aggregate.js'
import type { IndexReport, ReportBlock } from '../../server/domain/report/index-report.js'
import type { CountedPart } from '../../server/domain/report/report-group.js'
import type { KnownSum } from './linear-attack.js'
import { unitReport } from './report-data.js'

/** Index factors of the tiny questionnaire. */
const FACTORS = { F1: ['C1', 'C2', 'C3'], F2: ['C4', 'C5'] } as const
const ITEMS: readonly string[] = [...FACTORS.F1, ...FACTORS.F2]
export type City = readonly CountedPart[]

/** What anybody sees of a city who asks for every rule one after the other. */
export const seenIn = (city: City, reader: ReaderClass) => {
  const parents = Object.fromEntries(city.map(({ key }) => [key, 'city']))
  return AGGREGATION_RULES.map((rule) => unitReport(city, parents, rule, reader))
}

/** Every equation that shown figures state about the percents of criteria, composites taken as exact to the last digit. */
export function equationsOf(reports: readonly IndexReport[], city: City): readonly KnownSum[] {
  const rollUps = ITEMS.map((item) => [
    { key: `total city ${item}`, weight: -baseOf(city, 'total city', item) },
    ...city.map(({ key }) => ({ key: `unit ${key} ${item}`, weight: baseOf(city, `unit ${key}`, item) })),
  ])
  const stated = reports.flatMap((report) =>
    blocksOf(report).flatMap((block) => [
      ...shownItems(block),
      ...(report.rule === 'pooled' ? pooledOf(block, city) : meansOf(block, city, report.rule === 'mean_of_children')),
    ]),
  )
  return [...rollUps, ...stated]
}

/** Places of criteria that fewer people answered than may be told apart. */
export function confidentialPlaces(report: IndexReport): readonly string[] {
  return blocksOf(report).flatMap(({ group, cells }) =>
    cells
      .filter(({ estimate }) => estimate.kind === 'suppressed' && estimate.reason === 'too_few')
      .filter(({ line }) => ITEMS.includes(line.code))
      .map(({ line }) => `${group.key} ${line.code}`),
  )
}

const blocksOf = ({ blocks }: IndexReport) => blocks.filter(({ rollup }) => rollup !== 'simple_mean')

const isShown = (block: ReportBlock, code: string) =>
  block.cells.find(({ line }) => line.code === code)?.estimate.kind === 'published'

const shownItems = (block: ReportBlock): readonly KnownSum[] =>
  ITEMS.filter((item) => isShown(block, item)).map((item) => [{ key: `${block.group.key} ${item}`, weight: 1 }])

function pooledOf(block: ReportBlock, city: City): readonly KnownSum[] {
  const { key } = block.group
  const sum = (items: readonly string[]) =>
    items.map((item) => ({ key: `${key} ${item}`, weight: baseOf(city, key, item) }))
  const factors = Object.entries(FACTORS).flatMap(([code, items]) => (isShown(block, code) ? [sum(items)] : []))
  return isShown(block, 'overall') ? [...factors, sum(ITEMS)] : factors
}

function meansOf(block: ReportBlock, city: City, isMeanOfAll: boolean): readonly KnownSum[] {
  const { key } = block.group
  const factors = Object.entries(FACTORS).flatMap(([code, items]) => {
    const answered = items.filter((item) => baseOf(city, key, item) > 0)
    const terms = answered.map((item) => ({ key: `${key} ${item}`, weight: 1 / answered.length }))
    return terms.length > 0 ? [{ code, terms }] : []
  })
  const shown = isMeanOfAll ? factors.filter(({ code }) => isShown(block, code)).map(({ terms }) => terms) : []
  return isMeanOfAll && isShown(block, 'overall') ? [...shown, factors.flatMap(({ terms }) => terms)] : shown
}

function baseOf(city: City, groupKey: string, item: string): number {
  const members = city.filter(({ key }) => groupKey === 'total city' || groupKey === `unit ${key}`)
  const codes = members.map(({ tally }) => tally.items[item]?.codes ?? {})
  return codes.reduce((sum, own) => sum + [1, 2, 3, 4, 5].reduce((all, code) => all + (own[code] ?? 0), 0), 0)
}
