import { randomUUID } from 'node:crypto'
import { createReadStream, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { wholeCity } from '../../domain/access/scope.js'
import type { PublishedQuestionnaire } from '../../domain/questionnaire/definition.js'
import type { Language } from '../../domain/survey/vocabulary.js'
import type { Wave } from '../../domain/survey/wave.js'
import { oneAtATime } from '../../platform/keep-by-state.js'
import type { RecordEvent } from '../audit/index.js'
import { type ExportFile, type ExportJob, type ExportJobRepository, PIECE_BYTES } from './export-job.repository.js'
import { type ExportNeeds, exportMicrodata } from './export-microdata.js'
import type { Separator } from './formats/csv.js'
import { ENDINGS, type Format } from './formats/formats.js'
import type { WholeFile } from './whole-files.js'

/** What running exports needs. */
export interface ExportJobNeeds extends ExportNeeds {
  readonly jobs: ExportJobRepository
  readonly waves: { byId(id: string): Promise<Wave | undefined> }
  readonly questionnaires: { byHash(hash: string): Promise<PublishedQuestionnaire | undefined> }
  readonly recordEvent: RecordEvent
  /** Told what an export failed of. */
  readonly failed: (error: unknown) => void
}

/** Which export somebody wants. */
export interface WantedExport {
  readonly waveId: string
  readonly format: Format
  readonly language: Language
  readonly separator: Separator
  readonly login: string
}

/** `work` ends when it is done or has failed; it never rejects. */
export type StartOutcome =
  | { readonly kind: 'started'; readonly id: string; readonly work: Promise<void> }
  | { readonly kind: 'unknown_wave' }

/** A running export says that often that somebody is at it. */
const ALIVE_EVERY_MS = 10_000
/** One that has said nothing for so long was cut off. */
export const CUT_OFF_AFTER_MS = 60_000
/** Files are kept for a week: they hold what the data held on one day. */
export const KEPT_MS = 7 * 24 * 3_600_000

const SCOPE = wholeCity('microdata are of a whole wave, for those who may export them')

/** Starts exports, which run one after the other in this process, and removes old ones. */
export function makeExportJobs(needs: ExportJobNeeds) {
  const { jobs, now } = needs
  const inTurn = oneAtATime()
  return {
    async start(wanted: WantedExport): Promise<StartOutcome> {
      const wave = await needs.waves.byId(wanted.waveId)
      const published = wave && (await needs.questionnaires.byHash(wave.questionnaireHash))
      if (wave === undefined || published === undefined) return { kind: 'unknown_wave' }
      const { login, waveId, format, language } = wanted
      const id = randomUUID()
      await needs.recordEvent({
        kind: 'microdata_exported',
        actor: { type: 'account', name: login },
        subject: waveId,
        details: { format, language, export: id },
      })
      const job = newJob(id, wanted, now())
      await jobs.insert(job)
      const work = inTurn(() => run(needs, job, wave, published)).catch(async (error: unknown) => {
        needs.failed(error)
        await jobs.change(id, { state: 'failed' }).catch(needs.failed)
      })
      return { kind: 'started', id, work }
    },
    /** Removes what is older than a week. */
    async purge(): Promise<void> {
      const oldest = now().getTime() - KEPT_MS
      for (const { id, askedAt } of await jobs.list()) if (askedAt.getTime() < oldest) await jobs.remove(id)
    },
  }
}

const newJob = (id: string, { login, ...wanted }: WantedExport, at: Date): ExportJob => ({
  id,
  ...wanted,
  askedBy: login,
  askedAt: at,
  state: 'running',
  step: 'reading',
  rows: 0,
  aliveAt: at,
  files: [],
})

async function run(needs: ExportJobNeeds, job: ExportJob, wave: Wave, published: PublishedQuestionnaire) {
  const { jobs, now, failed } = needs
  const dir = mkdtempSync(join(tmpdir(), 'hai-long-export-'))
  const told = { step: job.step, rows: 0 }
  const tell = () => jobs.change(job.id, { ...told, aliveAt: now() }).catch(failed)
  const alive = setInterval(() => void tell(), ALIVE_EVERY_MS)
  try {
    const outcome = await exportMicrodata(needs, SCOPE, {
      ...job,
      wave,
      published,
      file: join(dir, `${wave.id}${ENDINGS[job.format]}`),
      onProgress: (step, rows) => Object.assign(told, { step, rows }),
    })
    if (outcome.kind === 'too_few') return await jobs.change(job.id, { state: 'too_few' })
    Object.assign(told, { step: 'storing', rows: outcome.rows })
    const files: ExportFile[] = []
    for (const file of outcome.files) files.push(await store(jobs, job.id, file))
    // Only now can anything of it be downloaded.
    await jobs.change(job.id, { state: 'done', step: 'storing', rows: outcome.rows, files })
  } finally {
    clearInterval(alive)
    rmSync(dir, { recursive: true, force: true })
  }
}

async function store(jobs: ExportJobRepository, id: string, { path, bytes, sha256 }: WholeFile): Promise<ExportFile> {
  const name = basename(path)
  let piece = 0
  for await (const chunk of createReadStream(path, { highWaterMark: PIECE_BYTES })) {
    await jobs.writePiece(id, name, piece, chunk as Buffer)
    piece += 1
  }
  return { name, bytes, sha256 }
}
