import { randomInt } from 'node:crypto'
import { dirname } from 'node:path'
import type { Scope } from '../../domain/access/scope.js'
import { DISCLOSURE_POLICIES } from '../../domain/disclosure/policy.js'
import type { MicrodataPlan } from '../../domain/microdata/microdata-plan.js'
import { planMicrodata } from '../../domain/microdata/plan-microdata.js'
import { rowMaker } from '../../domain/microdata/records.js'
import type { Cell } from '../../domain/microdata/variable.js'
import type { Withholding } from '../../domain/microdata/withholding.js'
import type { PublishedQuestionnaire } from '../../domain/questionnaire/definition.js'
import { STANDARD_QUALITY_RULES } from '../../domain/statistics/instruments/quality-rules.js'
import type { NewResponse } from '../../domain/survey/response.js'
import type { Language } from '../../domain/survey/vocabulary.js'
import type { Wave } from '../../domain/survey/wave.js'
import type { ServiceCatalogue } from '../../domain/units/service.js'
import type { UnitRegistry } from '../../domain/units/unit.js'
import { collectRecords } from './collect-records.js'
import type { Separator } from './formats/csv.js'
import type { Format } from './formats/formats.js'
import { filesOf } from './formats/formats.js'
import { openRecordSpool } from './record-spool.js'
import { checksumLines, createWholeFiles, type WholeFile } from './whole-files.js'

/** What exports are made from. */
export interface ExportNeeds {
  readonly registry: Pick<UnitRegistry, 'byUid' | 'isValid' | 'nameOf'>
  readonly services: Pick<ServiceCatalogue, 'all'>
  /** Roles of the items of each questionnaire. */
  readonly roles: readonly { readonly questionnaire: string; readonly demographics: readonly string[] }[]
  readonly responses: { streamWave(scope: Scope, waveId: string): AsyncIterable<NewResponse> }
  readonly now: () => Date
}

/** Which microdata somebody wants, and where. */
export interface ExportRequest {
  readonly wave: Wave
  readonly published: PublishedQuestionnaire
  readonly format: Format
  readonly language: Language
  readonly separator: Separator
  /** Path of the data; what belongs to it lies beside it under the same name. */
  readonly file: string
  /** Told how far it is, now and then. */
  readonly onProgress?: (step: 'reading' | 'writing', rows: number) => void
}

/** What came of an export. */
export type ExportOutcome =
  | {
      readonly kind: 'written'
      readonly files: readonly WholeFile[]
      readonly rows: number
      readonly withholding: Omit<Withholding, 'of'>
      /** Responses to another form or of another mode. */
      readonly leftOut: number
    }
  | { readonly kind: 'too_few'; readonly rows: number; readonly k: number }

/** Rows between two reports of progress. */
const STEP = 10_000

/**
 * Writes the microdata of a wave, with codebook, list of what was withheld and checksums beside them.
 *
 * For readers inside the administration (decision 0022): fewest like rows are those of the internal policy. The wave is read once;
 * on disk it takes about two bytes for each response and column until the export is done.
 *
 * @throws {Error} when a file cannot be written; nothing that looks whole is left then
 */
export async function exportMicrodata(
  needs: ExportNeeds,
  scope: Scope,
  request: ExportRequest,
): Promise<ExportOutcome> {
  const { wave, published, file, language } = request
  const k = DISCLOSURE_POLICIES.internal.minRespondents
  const roles = needs.roles.find(({ questionnaire }) => questionnaire === published.questionnaire.id)
  const demographics = roles?.demographics ?? []
  const plan = planMicrodata({ ...needs, wave, published, language, demographics, rules: STANDARD_QUALITY_RULES })
  const spool = openRecordSpool(dirname(file), plan.slots.length, (most) => randomInt(most))
  const progress = request.onProgress ?? (() => undefined)
  try {
    const read = await collectRecords(plan, needs.responses.streamWave(scope, wave.id), spool, k, (rows) =>
      progress('reading', rows),
    )
    if (read.outcome.kind === 'too_few') return { kind: 'too_few', rows: read.outcome.rows, k }
    const { withholding } = read.outcome
    const toRow = rowMaker(plan, withholding, read)
    const rows = counting(spool.records('shuffled'), toRow, (count) => progress('writing', count))
    const files = await writeAll(plan, withholding, rows, request, needs.now())
    const { of: _, ...summary } = withholding
    return { kind: 'written', files, rows: spool.count, withholding: summary, leftOut: read.leftOut }
  } finally {
    spool.close()
  }
}

function* counting(
  records: Iterable<Uint16Array>,
  toRow: (record: Uint16Array) => readonly Cell[],
  onProgress: (count: number) => void,
): Generator<readonly Cell[]> {
  let count = 0
  for (const record of records) {
    yield toRow(record)
    if (++count % STEP === 0) onProgress(count)
  }
}

async function writeAll(
  plan: MicrodataPlan,
  withholding: Withholding,
  rows: Iterable<readonly Cell[]>,
  request: ExportRequest,
  createdAt: Date,
): Promise<readonly WholeFile[]> {
  const files = createWholeFiles()
  try {
    const written: WholeFile[] = []
    for (const { path, chunks } of filesOf(plan, withholding, rows, { ...request, createdAt }))
      written.push(await files.write(path, chunks()))
    await files.write(`${request.file}.sha256`, [Buffer.from(checksumLines(written))])
    return files.finish()
  } catch (error) {
    files.abandon()
    throw error
  }
}
