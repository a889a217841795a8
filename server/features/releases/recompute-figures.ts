import { parse } from 'csv-parse/sync'
import { canonicalJson } from '../../domain/questionnaire/canonical.js'
import type { Questionnaire } from '../../domain/questionnaire/definition.js'
import { checkShown } from '../../domain/release/check-shown.js'
import { checkTables } from '../../domain/release/check-tables.js'
import { type FigureTexts, firstDifference } from '../../domain/release/compare-figures.js'
import { computeRelease } from '../../domain/release/compute-release.js'
import { recordCounter } from '../../domain/release/records.js'
import type { RegistrySnapshot } from '../../domain/release/registry-snapshot.js'
import type { BundleGuard } from '../../domain/release/release-guard.js'
import type { EarlierWave } from '../../domain/release/trend.js'
import type { Wave } from '../../domain/survey/wave.js'
import { takeTurns } from '../../platform/take-turns.js'
import { sha256 } from './digests.js'
import { RECORDS_FILE } from './freeze-records.js'
import { type FrozenAnalysis, planOfFrozen } from './frozen-analysis.js'
import { figuresFile, tablesFile } from './make-contents.js'
import { linesOfFile } from './record-lines.js'
import type { BundleCheck, BundleFault } from './verify-bundle.js'

type Files = ReadonlyMap<string, Uint8Array>
type Recomputed = Omit<BundleCheck, 'release' | 'keyId'>

/** The two tables of figures of a bundle. */
interface Tables {
  readonly figures: readonly FigureTexts[]
  readonly tables: readonly FigureTexts[]
}

/** Computes the figures of a bundle anew: from its records where it has them, else each from those beside it. */
export async function recomputeFigures(files: Files): Promise<Recomputed> {
  const figures = textsOf(files, 'figures.csv')
  const tables = textsOf(files, 'tables.csv')
  if (figures === null) return failed({ kind: 'unreadable', detail: 'figures.csv is no table of figures' })
  if (tables === null) return failed({ kind: 'unreadable', detail: 'tables.csv is no table of figures' })
  const released = { figures, tables }
  return files.has(RECORDS_FILE) ? fromRecords(files, released) : fromFigures(released)
}

const failed = (fault: BundleFault): Recomputed => ({
  recomputedFrom: null,
  recomputedCount: 0,
  byRecordsCount: 0,
  faults: [fault],
})

const readTable = (bytes: Buffer) => parse<FigureTexts>(bytes, { bom: true, columns: true })

function textsOf(files: Files, name: string): readonly FigureTexts[] | null {
  try {
    return readTable(Buffer.from(files.get(name) ?? []))
  } catch {
    return null
  }
}

function fromFigures({ figures, tables }: Tables): Recomputed {
  const [shown, others] = [checkShown(figures), checkTables(tables)]
  const difference = shown.difference ?? others.difference
  return {
    recomputedFrom: 'figures',
    recomputedCount: shown.recomputedCount + others.recomputedCount,
    byRecordsCount: shown.byRecordsCount + others.byRecordsCount,
    faults: difference === null ? [] : [{ kind: 'figure', difference }],
  }
}

const publishedIn = (texts: readonly FigureTexts[]) => texts.filter(({ status }) => status === 'published').length

async function fromRecords(files: Files, released: Tables): Promise<Recomputed> {
  const json = <Value>(name: string) => JSON.parse(Buffer.from(files.get(name) ?? []).toString()) as Value
  try {
    const wave = json<Wave>('wave.json')
    const questionnaire = json<Questionnaire>('questionnaire.json')
    const hash = sha256(canonicalJson(questionnaire))
    if (hash !== wave.questionnaireHash)
      return failed({ kind: 'questionnaire_of_another', hash, named: wave.questionnaireHash })
    const plan = planOfFrozen(questionnaire, json<FrozenAnalysis>('analysis.json'))
    const counter = recordCounter(plan)
    for await (const line of linesOfFile([files.get(RECORDS_FILE)!])) {
      const fault = counter.add(line)
      if (fault !== null) return failed({ kind: 'record', fault })
    }
    const inputs = {
      wave,
      questionnaire: { hash, questionnaire },
      registry: json<RegistrySnapshot>('units.json'),
      guard: json<BundleGuard>('guard.json'),
      earlier: json<EarlierWave[]>('earlier.json'),
      plan,
      counts: counter.result(),
    }
    const { reports, tables } = await takeTurns(computeRelease(inputs))
    const difference =
      firstDifference(released.figures, readTable(await figuresFile(reports))) ??
      firstDifference(released.tables, readTable(await tablesFile(tables)), 'tables.csv')
    const published = publishedIn(released.figures) + publishedIn(released.tables)
    const result = { recomputedFrom: 'records', recomputedCount: published, byRecordsCount: 0 } as const
    if (difference !== null) return { ...result, faults: [{ kind: 'figure', difference }] }
    const isSame = canonicalJson(reports) === Buffer.from(files.get('reports.json') ?? []).toString()
    return { ...result, faults: isSame ? [] : [{ kind: 'reports_differ' }] }
  } catch (error) {
    return failed({ kind: 'unreadable', detail: error instanceof Error ? error.message : 'its files cannot be read' })
  }
}
