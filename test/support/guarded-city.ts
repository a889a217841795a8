import { AGGREGATION_RULES } from '../../server/domain/index/aggregate.js'
import { tallyOf } from '../../server/domain/index/tally-responses.js'
import type { Answers } from '../../server/domain/questionnaire/definition.js'
import type { Breakdown, IndexReport } from '../../server/domain/report/index-report.js'
import { isWithin, monthOf } from '../../server/domain/survey/day.js'
import type { Period } from '../../server/domain/survey/vocabulary.js'
import { type IndexReportQuery, makeGetIndexReport } from '../../server/features/index-reports/get-index-report.js'
import type { ShownReport, ShownReports } from '../../server/features/index-reports/shown-reports.js'
import { CITY, wave } from './builders.js'
import { treeRegistry } from './report-data.js'
import { tinyQuestionnaire } from './tiny-questionnaire.js'

/** One complete response. */
export interface Case {
  readonly unitUid: string
  readonly service: string
  readonly day: string
  readonly answers: Answers
}

/** Two wards of a district, three other districts and a ward of its own. */
export const PARENTS = { q1: 'city', w1: 'q1', w2: 'q1', q3: 'city', q5: 'city', q7: 'city', w9: 'city' } as const
export const UNITS = ['w1', 'w2', 'q3', 'q5', 'q7', 'w9'] as const
export const SERVICES = ['s1', 's2'] as const

/** Where shown reports are kept, in memory. */
export function memoryOfShown(): ShownReports & { readonly kept: ReadonlyMap<string, ShownReport> } {
  const kept = new Map<string, ShownReport>()
  return {
    kept,
    ofWave: async () => [...kept.values()],
    write: async (_reader, _waveId, report) => {
      kept.set(report.selection, report)
    },
  }
}

/** `n` cases, the first `satisfied` of them with 5 throughout, the rest with 2. */
export function cases(n: number, satisfied: number, place: Partial<Case> = {}): readonly Case[] {
  return Array.from({ length: n }, (_, i) => {
    const answer = i < satisfied ? 5 : 2
    const answers = { C1: answer, C2: answer, C3: answer, C4: answer, C5: answer, G1: answer }
    return { unitUid: 'w1', service: 's1', day: '2026-02-10', answers, ...place }
  })
}

/** What readers ask for; everything, by unit, unless told. */
export type Look = Partial<Omit<IndexReportQuery, 'waveId' | 'rule'>>

/** The live report over cases, its readers with a memory. */
export function guardedCity(all: readonly Case[], reports: ShownReports = memoryOfShown()) {
  const questionnaire = tinyQuestionnaire()
  const registry = treeRegistry(PARENTS)
  const keyOf = (one: Case, by: Breakdown | 'unit_service') =>
    by === 'unit'
      ? one.unitUid
      : by === 'service'
        ? one.service
        : by === 'month'
          ? monthOf(one.day)
          : `${one.unitUid} ${one.service}`
  const get = makeGetIndexReport({
    reports,
    waves: { byId: async () => wave({ unitUids: [...UNITS] }) },
    questionnaires: { byHash: async () => ({ hash: 'abc', questionnaire }) },
    registry,
    services: { byCode: (code) => ({ code }) as never },
    tallies: {
      stateOf: async () => String(all.length),
      read: async (_scope, { unitUids, service, period, by }) => {
        const chosen = all.filter(
          (one) =>
            unitUids.includes(one.unitUid) && (service === null || one.service === service) && isIn(one.day, period),
        )
        const groups = new Map<string, Case[]>()
        for (const one of chosen) groups.set(keyOf(one, by), [...(groups.get(keyOf(one, by)) ?? []), one])
        return [...groups.entries()]
          .sort(([a], [b]) => (a < b ? -1 : 1))
          .map(([key, members]) => ({
            key,
            tally: tallyOf(
              questionnaire,
              members.map(({ answers }) => ({ answers, disposition: 'complete' as const })),
            ),
          }))
      },
    },
  })
  const look = async (chosen: Look = {}): Promise<readonly IndexReport[]> => {
    const query = {
      unitUid: null,
      kinds: [],
      service: null,
      period: { from: null, to: null },
      breakdown: 'unit',
      ...chosen,
    } as const
    const seen: IndexReport[] = []
    for (const rule of AGGREGATION_RULES) seen.push(await get(CITY, { ...query, waveId: '2026', rule }))
    return seen
  }
  return { look, reports }
}

const isIn = (day: string, { from, to }: Period) => isWithin(day, from, to)

/** Positions of the cases that a block of a report is about, found anew from its filters. */
export function casesOf(
  all: readonly Case[],
  { selection }: Pick<IndexReport, 'selection'>,
  { group }: IndexReport['blocks'][number],
): ReadonlySet<number> {
  const registry = treeRegistry(PARENTS)
  const kindOf = (uid: string) => registry.byUid(uid)!.kind
  const under = (root: string) => (uid: string) =>
    root === 'city' || uid === root || PARENTS[uid as keyof typeof PARENTS] === root
  const isChosen = (uid: string) =>
    under(selection.unitUid ?? 'city')(uid) && (selection.kinds.length === 0 || selection.kinds.includes(kindOf(uid)))
  const isMeant = (uid: string) =>
    group.scope === 'unit' ? uid === group.unitUid : group.scope === 'area' ? under(group.unitUid)(uid) : true
  return new Set(
    all.flatMap(({ unitUid, service, day }, i) =>
      isChosen(unitUid) &&
      isMeant(unitUid) &&
      (group.service === null || service === group.service) &&
      isIn(day, group.period)
        ? [i]
        : [],
    ),
  )
}
