import type { Method } from '../../server/domain/method/method.js'
import type { NewResponse } from '../../server/domain/survey/response.js'
import type { Unit } from '../../server/domain/units/unit.js'
import { createMethodReports, type MethodReportNeeds } from '../../server/features/method-reports/index.js'
import { CITY, response, wave as waveWith } from './builders.js'
import { methodOf } from './methods.js'
import { treeRegistry } from './report-data.js'
import { findQuestionnaire, HASH, listReader, WAVE } from './tally-city.js'

/** Wards w1 and w2 in district q1, districts q3 and q5 without wards. */
export const parents: Readonly<Record<string, string>> = { q1: 'city', q3: 'city', q5: 'city', w1: 'q1', w2: 'q1' }

export const methodWave = waveWith({
  id: WAVE.id,
  questionnaireHash: HASH,
  unitUids: ['w1', 'w2', 'q3', 'q5'],
  isSimulated: true,
})

const ITEMS = { C1: 'C1', C2: 'C2', C3: 'C3', C4: 'C4', C5: 'C5' }

/** Two factors over the tiny questionnaire, top two boxes, as the live index report has them. */
export const ownMethod = (changes: Partial<Method> = {}): Method =>
  methodOf(
    'top_two_share',
    [
      ['C1', 'C2', 'C3'],
      ['C4', 'C5'],
    ],
    {},
    {
      id: 'own',
      fits: [{ questionnaire: 'tiny', versions: ['1.0'], items: ITEMS }],
      interval: { kind: 'wilson' },
      ...changes,
    },
  )

/** `n` responses of a unit; `satisfied` says how many of them give each item a 5, the rest a 2; `null` is not applicable. */
export function answered(unitUid: string, n: number, satisfied: Readonly<Record<string, number | null>>) {
  return Array.from({ length: n }, (_, i): NewResponse => {
    const codes = Object.entries(satisfied).map(
      ([item, good]) => [item, good === null ? 96 : i < good ? 5 : 2] as const,
    )
    return response({ unitUid, answers: Object.fromEntries(codes) })
  })
}

/** Every item answered alike. */
export const alike = (good: number) => ({ C1: good, C2: good, C3: good, C4: good, C5: good })

/** The reports of a list of responses, which a test may add to. */
export function methodCity(
  stored: readonly NewResponse[],
  methods: readonly Method[],
  changes: Partial<MethodReportNeeds> = {},
) {
  const registry = treeRegistry(parents)
  return createMethodReports({
    methods,
    waves: { byId: async (id) => (id === methodWave.id ? methodWave : undefined) },
    questionnaires: { byHash: findQuestionnaire },
    registry: {
      ...registry,
      byUid: (uid) => (uid === 'city' ? ({ uid, kind: 'thanh_pho' } as Unit) : registry.byUid(uid)),
    },
    responses: listReader(stored),
    tallies: { stateOf: async () => String(stored.length) },
    now: () => new Date('2026-12-01T00:00:00Z'),
    ...changes,
  })
}

/** A method's report of such responses. */
export const ownReport = (stored: readonly NewResponse[], method = ownMethod(), unitUid: string | null = null) =>
  methodCity(stored, [method]).getMethodReport(CITY, { waveId: methodWave.id, methodName: method.id, unitUid })
