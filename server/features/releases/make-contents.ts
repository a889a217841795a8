import { canonicalJson } from '../../domain/questionnaire/canonical.js'
import type { ComputedFigures, ReleaseInputs } from '../../domain/release/compute-release.js'
import { methodFacts } from '../../domain/release/method-facts.js'
import { BUNDLE_FILES, BUNDLE_FORMAT, type BundleFileName, type Manifest } from '../../domain/release/release.js'
import { RELEASE_TABLE_COLUMNS } from '../../domain/release/release-tables.js'
import type { IndexReport } from '../../domain/report/index-report.js'
import { INDEX_REPORT_COLUMNS, indexReportRows } from '../../domain/report/index-report-rows.js'
import { csvStream } from '../index-reports/index.js'
import { saltedDigest, sha256 } from './digests.js'
import { type FrozenRecords, RECORDS_FILE } from './freeze-records.js'
import type { FrozenAnalysis } from './frozen-analysis.js'
import { RELEASE_README } from './release-readme.js'

/** A release as computed, before it is written. */
export interface ComputedRelease extends Omit<ReleaseInputs, 'counts' | 'plan'>, ComputedFigures {
  /** Written already. */
  readonly records: Pick<FrozenRecords, 'bytes' | 'digest'>
  readonly analysis: FrozenAnalysis
}

/** What the manifest says besides its files. */
export type ReleaseFacts = Omit<Manifest, 'format' | 'files' | 'method' | 'rules' | 'seed'>

/** Name of the restricted file with the key of the others' digests; it is in no manifest, since it proves itself. */
export const SALT_FILE = 'salt.txt'

/** The rows of all reports, one rule after the other. */
export function* releaseRows(reports: readonly IndexReport[]) {
  for (const report of reports) yield* indexReportRows(report)
}

async function csvFile<Row extends object>(
  columns: readonly (keyof Row & string)[],
  rows: Iterable<Row>,
): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of csvStream(columns, rows)) chunks.push(Buffer.from(chunk))
  return Buffer.concat(chunks)
}

/** The table of figures as its file: the same rows give the same bytes. */
export const figuresFile = (reports: readonly IndexReport[]) => csvFile(INDEX_REPORT_COLUMNS, releaseRows(reports))

/** The other tables as one file, every row with every column. */
export const tablesFile = (tables: ComputedFigures['tables']) =>
  csvFile(
    RELEASE_TABLE_COLUMNS,
    tables.map((row) => Object.fromEntries(RELEASE_TABLE_COLUMNS.map((column) => [column, row[column] ?? null]))),
  )

/** The manifest of a release, canonical to the byte, and its files besides the records. */
export async function makeContents(
  { wave, questionnaire, registry, guard, earlier, records, analysis, reports, tables }: ComputedRelease,
  salt: string,
  facts: ReleaseFacts,
): Promise<{ readonly manifest: string; readonly files: ReadonlyMap<string, Buffer> }> {
  const { method, rules } = methodFacts()
  const json = (value: unknown) => Buffer.from(canonicalJson(value))
  const contents: Readonly<Record<Exclude<BundleFileName, typeof RECORDS_FILE>, Buffer>> = {
    'README.txt': Buffer.from(RELEASE_README),
    'wave.json': json(wave),
    'questionnaire.json': json(questionnaire.questionnaire),
    'units.json': json(registry),
    'method.json': json(methodFacts()),
    'analysis.json': json(analysis),
    'earlier.json': json(earlier),
    'figures.csv': await figuresFile(reports),
    'tables.csv': await tablesFile(tables),
    'reports.json': json(reports),
    'guard.json': json(guard),
  }
  const digestOf = (name: keyof typeof contents) =>
    BUNDLE_FILES[name] === 'public' ? sha256(contents[name]) : saltedDigest(salt, contents[name])
  const names = (Object.keys(BUNDLE_FILES) as BundleFileName[]).toSorted()
  const files = names.map((name) => ({
    name,
    access: BUNDLE_FILES[name],
    ...(name === RECORDS_FILE
      ? { bytes: records.bytes, digest: records.digest }
      : { bytes: contents[name].length, digest: digestOf(name) }),
  }))
  const manifest: Manifest = { ...facts, format: BUNDLE_FORMAT, method, rules, seed: null, files }
  return {
    manifest: canonicalJson(manifest),
    files: new Map([...Object.entries(contents), [SALT_FILE, Buffer.from(salt)]]),
  }
}
