import type { PublishedQuestionnaire } from '../../domain/questionnaire/definition.js'
import type { ImportPlan } from '../../domain/response-import/import-plan.js'
import type { ImportMapping } from '../../domain/response-import/mapping.js'
import { type PlanOutcome, planImport } from '../../domain/response-import/plan-import.js'
import { type CaseTerms, type ImportedCase, readCase } from '../../domain/response-import/read-case.js'
import type { Wave } from '../../domain/survey/wave.js'
import { makeSubmitResponse, type SubmitNeeds, type SubmitOutcome } from '../responses/index.js'
import type { CsvFile, CsvRow } from './csv-file.js'
import { type Rejection, rejectionsOf } from './rejection.js'
import { submissionIdOf } from './submission-id.js'

/** Rows that are handed in together: the intake stores what comes at once by one command. */
const BATCH = 200
/** Clocks of devices may run ahead a little. */
const CLOCK_SKEW_MS = 5 * 60 * 1000

/** What the import of responses needs. */
export type ImportNeeds = Omit<SubmitNeeds, 'receiptOf'>

/** Which rows go into which wave. */
export interface ImportRequest {
  readonly wave: Wave
  readonly published: PublishedQuestionnaire
  readonly csv: CsvFile
  readonly mapping: ImportMapping
  /** Told once that the file fits and rows are about to be stored; if it fails, none is. */
  readonly onBegin?: () => Promise<void>
  /** Told of each row that was not stored, in order. */
  readonly onReject: (plan: ImportPlan, row: CsvRow, rejections: readonly Rejection[]) => Promise<void>
}

/** What came of an import. */
export type ImportOutcome =
  | { readonly kind: 'refused'; readonly faults: readonly string[] }
  | {
      readonly kind: 'imported'
      readonly rows: number
      readonly stored: number
      /** Stored before with the same content. */
      readonly known: number
      readonly rejected: number
      readonly rejectedByCode: ReadonlyMap<string, number>
      readonly ignored: PlanOutcome['ignored']
      readonly missing: PlanOutcome['missing']
    }

/**
 * Takes in what interviewers collected with ODK or Kobo, row by row, as the form on the web would have on the day of the interview: the same
 * routing, ranges and required items, the same wave dates, units and services.
 *
 * A row that was imported before adds nothing, and its cell is marked for a recount again: after an interruption the same import makes whole
 * what was begun.
 */
export async function importResponses(needs: ImportNeeds, request: ImportRequest): Promise<ImportOutcome> {
  const { wave, published, csv, mapping } = request
  const { plan, faults, ignored, missing } = planImport(csv.headings, published.questionnaire, mapping)
  const otherMode =
    mapping.mode !== undefined && mapping.mode !== wave.mode
      ? [`the mapping says ${mapping.mode}, the wave ${wave.id} is ${wave.mode}: modes are never mixed in a wave`]
      : []
  if (plan === undefined || otherMode.length > 0) return { kind: 'refused', faults: [...otherMode, ...faults] }

  const latest = new Date(needs.now().getTime() + CLOCK_SKEW_MS)
  const terms = { mode: wave.mode, questionnaireHash: published.hash, latest }
  await request.onBegin?.()
  const counts = createCounts()
  for await (const rows of batches(csv.rows)) {
    const results = await Promise.all(rows.map(({ cells }) => takeIn(needs, wave, plan, terms, cells)))
    for (const [i, result] of results.entries()) {
      counts.add(result)
      if (typeof result !== 'string') await request.onReject(plan, rows[i]!, result)
    }
  }
  return { kind: 'imported', ...counts.all(), ignored, missing }
}

/** `known`: stored before with the same content. */
type RowResult = 'stored' | 'known' | readonly Rejection[]

function createCounts() {
  const counts = { rows: 0, stored: 0, known: 0, rejected: 0 }
  const rejectedByCode = new Map<string, number>()
  return {
    all: () => ({ ...counts, rejectedByCode }),
    add(result: RowResult) {
      counts.rows += 1
      counts[typeof result === 'string' ? result : 'rejected'] += 1
      if (typeof result === 'string') return
      for (const code of new Set(result.map((one) => one.code)))
        rejectedByCode.set(code, (rejectedByCode.get(code) ?? 0) + 1)
    },
  }
}

async function takeIn(
  needs: ImportNeeds,
  wave: Wave,
  plan: ImportPlan,
  terms: CaseTerms,
  cells: readonly string[],
): Promise<RowResult> {
  const reading = readCase(plan, cells, terms)
  if (reading.kind === 'rejected') {
    return reading.faults.map(({ code, at }) => ({
      code,
      column: at === undefined ? '' : plan.headings[at]!,
      params: {},
    }))
  }
  const outcome = await submit(needs, wave, reading.case)
  if (outcome.kind === 'stored') return 'stored'
  return outcome.kind === 'repeated' ? 'known' : rejectionsOf(plan, wave, reading.case, outcome)
}

/** Hands the case in as if it were the end of the interview. */
function submit(needs: ImportNeeds, wave: Wave, imported: ImportedCase): Promise<SubmitOutcome> {
  const { instanceId, endedAt, ...rest } = imported
  // Nobody holds a receipt of an interview.
  const submitThen = makeSubmitResponse({ ...needs, receiptOf: () => '', now: () => endedAt })
  return submitThen({
    ...rest,
    submissionId: submissionIdOf(instanceId),
    waveId: wave.id,
    channel: 'import',
    whenHidden: 'refuse',
  })
}

async function* batches(rows: AsyncIterable<CsvRow>): AsyncGenerator<readonly CsvRow[]> {
  let batch: CsvRow[] = []
  for await (const row of rows) {
    batch.push(row)
    if (batch.length < BATCH) continue
    yield batch
    batch = []
  }
  if (batch.length > 0) yield batch
}
