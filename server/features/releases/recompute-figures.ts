import { parse } from 'csv-parse/sync'
import { canonicalJson } from '../../domain/questionnaire/canonical.js'
import type { Questionnaire } from '../../domain/questionnaire/definition.js'
import { checkShown } from '../../domain/release/check-shown.js'
import { type FigureTexts, firstDifference } from '../../domain/release/compare-figures.js'
import { computeRelease } from '../../domain/release/compute-release.js'
import { recordCounter } from '../../domain/release/records.js'
import type { RegistrySnapshot } from '../../domain/release/registry-snapshot.js'
import type { ReleaseGuard } from '../../domain/report/protect-release.js'
import type { Wave } from '../../domain/survey/wave.js'
import { takeTurns } from '../../platform/take-turns.js'
import { sha256 } from './digests.js'
import { RECORDS_FILE } from './freeze-records.js'
import { figuresFile } from './make-contents.js'
import { linesOfFile } from './record-lines.js'
import type { BundleCheck, BundleFault } from './verify-bundle.js'

type Files = ReadonlyMap<string, Uint8Array>
type Recomputed = Omit<BundleCheck, 'release' | 'keyId'>

/** Computes the figures of a bundle anew: from its records where it has them, else each from those beside it. */
export async function recomputeFigures(files: Files): Promise<Recomputed> {
  const texts = figureTexts(files)
  if (texts === null) return failed({ kind: 'unreadable', detail: 'figures.csv is no table of figures' })
  return files.has(RECORDS_FILE) ? fromRecords(files, texts) : fromFigures(texts)
}

const failed = (fault: BundleFault): Recomputed => ({
  recomputedFrom: null,
  recomputedCount: 0,
  byRecordsCount: 0,
  faults: [fault],
})

const readTable = (bytes: Buffer) => parse<FigureTexts>(bytes, { bom: true, columns: true })

function figureTexts(files: Files): readonly FigureTexts[] | null {
  try {
    return readTable(Buffer.from(files.get('figures.csv') ?? []))
  } catch {
    return null
  }
}

function fromFigures(texts: readonly FigureTexts[]): Recomputed {
  const { difference, ...counts } = checkShown(texts)
  return { recomputedFrom: 'figures', ...counts, faults: difference === null ? [] : [{ kind: 'figure', difference }] }
}

async function fromRecords(files: Files, texts: readonly FigureTexts[]): Promise<Recomputed> {
  const json = <Value>(name: string) => JSON.parse(Buffer.from(files.get(name) ?? []).toString()) as Value
  try {
    const wave = json<Wave>('wave.json')
    const questionnaire = json<Questionnaire>('questionnaire.json')
    const hash = sha256(canonicalJson(questionnaire))
    if (hash !== wave.questionnaireHash)
      return failed({ kind: 'questionnaire_of_another', hash, named: wave.questionnaireHash })
    const counter = recordCounter(questionnaire)
    for await (const line of linesOfFile([files.get(RECORDS_FILE)!])) {
      const fault = counter.add(line)
      if (fault !== null) return failed({ kind: 'record', fault })
    }
    const inputs = {
      wave,
      questionnaire: { hash, questionnaire },
      registry: json<RegistrySnapshot>('units.json'),
      guard: json<ReleaseGuard>('guard.json'),
      tallies: counter.tallies(),
    }
    const reports = await takeTurns(computeRelease(inputs))
    const difference = firstDifference(texts, readTable(await figuresFile(reports)))
    const published = texts.filter(({ status }) => status === 'published').length
    const result = { recomputedFrom: 'records', recomputedCount: published, byRecordsCount: 0 } as const
    if (difference !== null) return { ...result, faults: [{ kind: 'figure', difference }] }
    const isSame = canonicalJson(reports) === Buffer.from(files.get('reports.json') ?? []).toString()
    return { ...result, faults: isSame ? [] : [{ kind: 'reports_differ' }] }
  } catch (error) {
    return failed({ kind: 'unreadable', detail: error instanceof Error ? error.message : 'its files cannot be read' })
  }
}
