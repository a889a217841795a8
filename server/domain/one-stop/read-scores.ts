import type { Method } from '../method/method.js'
import { isIsoDay } from '../survey/day.js'
import type { IsoDay } from '../survey/vocabulary.js'
import { criteriaOf, type DossierScore, pointsOf, SCORERS } from './dossier-scores.js'

/** A row of a table of ratings, by the heading of its columns. */
export interface ScoreRow {
  /** As a spreadsheet counts, the headings being line 1. */
  readonly line: number
  readonly cells: Readonly<Record<string, string>>
}

/** Something in a table that is no rating. */
export interface ScoreFault {
  readonly line: number
  readonly column: string
  readonly message: string
}

/** What ratings are read against. */
export interface ScoreRules {
  readonly method: Method
  /** First day, and first day no longer meant. */
  readonly from: IsoDay
  readonly to: IsoDay
  /** Whether there was such an agency on a day. */
  readonly isAgency: (uid: string, on: IsoDay) => boolean
}

const FACTS = ['agency', 'dossier', 'day', 'by'] as const
const DOSSIER = /^[\p{L}\d][\p{L}\d./_-]{0,59}$/u

/** The columns of a table of ratings. */
export const scoreColumns = (method: Method): readonly string[] => [
  ...FACTS,
  ...criteriaOf(method).map(({ code }) => code),
]

/** Reads the rows of a table; every fault of every row, and the ratings of those without one. */
export function readScores(rows: Iterable<ScoreRow>, rules: ScoreRules) {
  const scores: DossierScore[] = []
  const faults: ScoreFault[] = []
  const lines = new Map<string, number>()
  for (const row of rows) {
    const own = faultsOf(row, rules)
    const { agency = '', dossier = '', by = '' } = row.cells
    const key = JSON.stringify([agency, dossier, by])
    const before = lines.get(key)
    if (before !== undefined)
      own.push({ line: row.line, column: 'dossier', message: `was rated by ${by} on line ${before} already` })
    else lines.set(key, row.line)
    faults.push(...own)
    if (own.length === 0) scores.push(scoreOf(row, rules.method))
  }
  return { scores, faults }
}

function faultsOf({ line, cells }: ScoreRow, { method, from, to, isAgency }: ScoreRules): ScoreFault[] {
  const { agency = '', dossier = '', day = '', by = '' } = cells
  const found: ScoreFault[] = []
  const say = (column: string, message: string) => void found.push({ line, column, message })
  const isDay = isIsoDay(day)
  if (!isDay) say('day', `is a day as in 2025-06-30, not "${day}"`)
  else if (day < from || day >= to) say('day', `${day} lies outside ${from} to ${to}`)
  if (isDay && !isAgency(agency, day)) say('agency', `no agency "${agency}" on ${day}`)
  if (!DOSSIER.test(dossier)) say('dossier', `is the number of a dossier, not "${dossier}"`)
  if (!SCORERS.some((one) => one === by)) say('by', `is ${SCORERS.join(' or ')}, not "${by}"`)
  const allowed = pointsOf(method).map(String)
  for (const { code } of criteriaOf(method)) {
    const given = cells[code] ?? ''
    if (given !== '' && !allowed.includes(given)) say(code, `is ${allowed.join(', ')} or nothing, not "${given}"`)
  }
  return found
}

function scoreOf({ cells }: ScoreRow, method: Method): DossierScore {
  const pointsBy = (code: string) => (cells[code] === '' || cells[code] === undefined ? null : Number(cells[code]))
  return {
    dossier: cells.dossier!,
    unitUid: cells.agency!,
    day: cells.day!,
    by: cells.by as DossierScore['by'],
    points: Object.fromEntries(criteriaOf(method).map(({ code }) => [code, pointsBy(code)])),
  }
}
