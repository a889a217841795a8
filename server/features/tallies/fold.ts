/**
 * Bringing tallies up to date without transactions.
 *
 * A response is stored, then its day cell is marked, then the client is answered. Folding a cell:
 *   1. read its marks M;
 *   2. count it anew: a day from its responses, a merged cell from its children;
 *   3. replace the counts if the stored ones have fewer marks than M, and set them to M;
 *   4. mark the cells above, and give the wave's counts a new state;
 *   5. take the flag away if the marks are still M.
 *
 * Whatever was marked up to M was there before step 2 began, so counts with M marks hold it. A slower folder with
 * an older M cannot overwrite in step 3. The cells above are marked after the replacement, never before: a second
 * folder could otherwise merge the old counts and settle the upper cell in between. A crash between 3 and 5 leaves
 * the flag, and the next folder does 4 and 5 again. Whoever keeps what was made of the counts keeps it under the state
 * read before them: a reader has folded first, so that every change it must see has given them a new one since. Doing any step twice changes no number, since counts are made
 * anew, not added to.
 */
import { mergeTallies, type Tally } from '../../domain/index/tally.js'
import { createTallyBuilder } from '../../domain/index/tally-responses.js'
import type { PublishedQuestionnaire, Questionnaire } from '../../domain/questionnaire/definition.js'
import type { Channel } from '../../domain/survey/vocabulary.js'
import { CELL_LEVELS, type Cell, cellId, childrenOf, parentsOf } from './cell.js'
import type { NewCounts, ResponseReader, StaleCell, TallyStore } from './tally-store.js'

/** What folding needs. */
export interface FoldNeeds {
  readonly store: TallyStore
  readonly responses: Pick<ResponseReader, 'streamCell'>
  readonly findQuestionnaire: (
    hash: string,
  ) => Promise<PublishedQuestionnaire | undefined> | PublishedQuestionnaire | undefined
}

/** Cells worked on at the same time, to hide the way to the database. */
const CONCURRENT_CELLS = 8
/** Cells after which the cells above are marked: fewer marks than one per cell, little lost when it ends. */
const CELLS_PER_ROUND = 200

/** Brings every cell of a wave up to date with what was marked before the call. */
export async function foldWave(needs: FoldNeeds, waveId: string): Promise<void> {
  for (const level of CELL_LEVELS) {
    const stale = await needs.store.findStale(waveId, level)
    for (let start = 0; start < stale.length; start += CELLS_PER_ROUND) {
      await foldCells(needs, waveId, stale.slice(start, start + CELLS_PER_ROUND))
    }
  }
}

/** Steps 2 to 5 for cells whose marks have been read. */
async function foldCells(needs: FoldNeeds, waveId: string, stale: readonly StaleCell[]): Promise<void> {
  const { store } = needs
  const counts: NewCounts[] = []
  await inParallel(stale, async ({ cell, marks, foldedMarks }) => {
    if (foldedMarks < marks) counts.push({ cell, marks, tally: await countCell(needs, cell) })
  })
  await store.replace(counts)
  const above = new Map(stale.flatMap(({ cell }) => parentsOf(cell)).map((cell) => [cellId(cell), cell]))
  await Promise.all([store.mark([...above.values()]), store.renewState(waveId)])
  await store.settle(stale)
}

/** Counts a cell anew: a day from its responses, any other from its children. */
export async function countCell(needs: FoldNeeds, cell: Cell): Promise<Tally> {
  if (cell.level !== 'day') return mergeTallies(await needs.store.findChildren(childrenOf(cell)))
  const { waveId, unitUid, service, mode, questionnaireHash, period: day } = cell
  const builder = createTallyBuilder(await questionnaireOf(needs, cell))
  const responses = needs.responses.streamCell({ waveId, unitUid, service, channel: cell.channel as Channel, day })
  for await (const response of responses) {
    if (response.mode === mode && response.questionnaireHash === questionnaireHash) builder.add(response)
  }
  return builder.result()
}

/**
 * The questionnaire that a cell's responses answered.
 *
 * @throws {Error} when it is not published: responses exist that nobody could have given
 */
export async function questionnaireOf(
  needs: Pick<FoldNeeds, 'findQuestionnaire'>,
  { waveId, questionnaireHash }: Cell,
): Promise<Questionnaire> {
  const published = await needs.findQuestionnaire(questionnaireHash)
  if (published === undefined) {
    throw new Error(`A tally of wave ${waveId} names the unknown questionnaire ${questionnaireHash}`)
  }
  return published.questionnaire
}

/** Runs a task for every value, a few at a time. */
export async function inParallel<Value>(
  values: readonly Value[],
  task: (value: Value) => Promise<void>,
): Promise<void> {
  const rest = values[Symbol.iterator]()
  const work = async () => {
    for (const value of rest) await task(value)
  }
  await Promise.all(Array.from({ length: Math.min(CONCURRENT_CELLS, values.length) }, work))
}
