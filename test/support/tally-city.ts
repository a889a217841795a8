import { mergeTallies, type Tally } from '../../server/domain/index/tally.js'
import { tallyOf } from '../../server/domain/index/tally-responses.js'
import type { NewResponse } from '../../server/domain/survey/response.js'
import type { FoldNeeds } from '../../server/features/tallies/fold.js'
import { createTallies } from '../../server/features/tallies/index.js'
import type { ResponseReader, TallyStore } from '../../server/features/tallies/tally-store.js'
import { response } from './builders.js'
import type { TestDatabase } from './test-database.js'
import { tinyQuestionnaire } from './tiny-questionnaire.js'

export const questionnaire = tinyQuestionnaire()
export const HASH = response().questionnaireHash
export const WAVE = { id: response().waveId, mode: 'web', questionnaireHash: HASH } as const
export const findQuestionnaire: FoldNeeds['findQuestionnaire'] = (hash) =>
  hash === HASH ? { hash, questionnaire } : undefined

/** Some responses spread over units, services, channels, days and answers; the same for the same numbers. */
export function manyResponses(count: number, offset = 0): readonly NewResponse[] {
  return Array.from({ length: count }, (_, n) => {
    const i = n + offset
    return response({
      unitUid: ['q1', 'q3', 'q5'][i % 3]!,
      service: ['dat_dai', 'ho_tich'][i % 2]!,
      channel: i % 5 === 0 ? 'link' : 'finder',
      day: `2026-0${1 + (i % 3)}-${String(1 + ((i * 7) % 28)).padStart(2, '0')}`,
      disposition: i % 11 === 0 ? 'partial' : 'complete',
      answers: { C1: 1 + (i % 5), C2: i % 4 === 0 ? 97 : 4, C3: 96, C4: 1 + ((i * 3) % 5), R1: 1 + (i % 2), G1: 99 },
    })
  })
}

/** What reading by unit must give: counted at once from the responses themselves. */
export function countedByUnit(responses: readonly NewResponse[]): readonly { key: string; tally: Tally }[] {
  const units = [...new Set(responses.map(({ unitUid }) => unitUid))].sort()
  return units.map((key) => ({
    key,
    tally: mergeTallies([
      tallyOf(
        questionnaire,
        responses.filter(({ unitUid }) => unitUid === key),
      ),
    ]),
  }))
}

/** Responses in a list, for tests of the protocol alone. */
export function listReader(stored: readonly NewResponse[]) {
  async function* matching(test: (one: NewResponse) => boolean) {
    // Taken at the start of reading, like a database's scan: what is stored later may be missed.
    for (const one of stored.filter(test).sort((a, b) => +a.submittedAt - +b.submittedAt)) yield one
  }
  const reader: ResponseReader = {
    streamCell: (cell) =>
      matching((one) => (Object.keys(cell) as (keyof typeof cell)[]).every((key) => one[key] === cell[key])),
    streamUnits: (waveId, { after, upTo }) =>
      matching(
        ({ waveId: id, unitUid }) =>
          id === waveId && (after === null || unitUid > after) && (upTo === null || unitUid <= upTo),
      ),
    async nextUnit(waveId, after) {
      const own = stored.filter(({ waveId: id, unitUid }) => id === waveId && (after === null || unitUid > after))
      return own.map(({ unitUid }) => unitUid).sort()[0]
    },
    since: (instant) => matching((one) => one.submittedAt >= instant),
  }
  return {
    ...reader,
    streamWave: (_scope: unknown, waveId: string) => matching((one) => one.waveId === waveId),
  }
}

/** The real tallies over responses in a list, with an empty store. */
export async function openTallies({ connection, buildIndexes }: TestDatabase, stored: readonly NewResponse[]) {
  const now = () => new Date('2026-12-01T00:00:00Z')
  const tallies = createTallies({ connection, responses: listReader(stored), findQuestionnaire, now })
  await buildIndexes()
  await Promise.all(Object.values(connection.models).map((model) => model.deleteMany({})))
  return tallies
}

/** A store that ends like a killed process before its n-th change of a document, counted from 0. */
export function dyingStore(store: TallyStore, changesUntilDeath: number): TallyStore {
  let left = changesUntilDeath
  const live = () => {
    if (left <= 0) throw new Error('killed')
    left -= 1
  }
  // One document at a time, so that death may come in the middle of a list.
  const oneByOne =
    <Value>(operation: (values: readonly Value[]) => Promise<void>) =>
    async (values: readonly Value[]) => {
      for (const value of values) {
        live()
        await operation([value])
      }
    }
  return {
    ...store,
    mark: oneByOne(store.mark),
    replace: oneByOne(store.replace),
    settle: oneByOne(store.settle),
    renewState: async (waveId) => {
      live()
      await store.renewState(waveId)
    },
    setSweptAt: async (instant) => {
      live()
      await store.setSweptAt(instant)
    },
  }
}
