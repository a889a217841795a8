import { randomBytes } from 'node:crypto'
import { canonicalJson } from '../../domain/questionnaire/canonical.js'
import type { ReleaseInputs } from '../../domain/release/compute-release.js'
import { methodFacts } from '../../domain/release/method-facts.js'
import { recordsText } from '../../domain/release/records.js'
import { BUNDLE_FILES, BUNDLE_FORMAT, type BundleFileName, type Manifest } from '../../domain/release/release.js'
import type { IndexReport } from '../../domain/report/index-report.js'
import { INDEX_REPORT_COLUMNS, indexReportRows } from '../../domain/report/index-report-rows.js'
import { csvStream } from '../index-reports/index.js'
import { saltedDigest, sha256 } from './digests.js'
import { RELEASE_README } from './release-readme.js'

/** A release as computed, before it is written. */
export interface ComputedRelease extends Omit<ReleaseInputs, 'tallies'> {
  /** In the order of their characters. */
  readonly lines: readonly string[]
  readonly reports: readonly IndexReport[]
}

/** What the manifest says besides its files. */
export type ReleaseFacts = Omit<Manifest, 'format' | 'files' | 'method' | 'rules' | 'seed'>

/** Name of the restricted file with the key of the others' digests; it is in no manifest, since it proves itself. */
export const SALT_FILE = 'salt.txt'
const SALT_BYTES = 32

/** The rows of all reports, one rule after the other. */
export function* releaseRows(reports: readonly IndexReport[]) {
  for (const report of reports) yield* indexReportRows(report)
}

/** The table of figures as its file: the same rows give the same bytes. */
export async function figuresFile(reports: readonly IndexReport[]): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of csvStream(INDEX_REPORT_COLUMNS, releaseRows(reports))) chunks.push(Buffer.from(chunk))
  return Buffer.concat(chunks)
}

/** The files of a release and its manifest, canonical to the byte. */
export async function makeContents(
  { wave, questionnaire, registry, guard, lines, reports }: ComputedRelease,
  facts: ReleaseFacts,
): Promise<{ readonly manifest: string; readonly files: ReadonlyMap<string, Buffer> }> {
  const salt = randomBytes(SALT_BYTES).toString('hex')
  const { method, rules } = methodFacts()
  const json = (value: unknown) => Buffer.from(canonicalJson(value))
  const contents: Readonly<Record<BundleFileName, Buffer>> = {
    'README.txt': Buffer.from(RELEASE_README),
    'wave.json': json(wave),
    'questionnaire.json': json(questionnaire.questionnaire),
    'units.json': json(registry),
    'method.json': json(methodFacts()),
    'figures.csv': await figuresFile(reports),
    'reports.json': json(reports),
    'records.csv': Buffer.from(recordsText(questionnaire.questionnaire, lines)),
    'guard.json': json(guard),
  }
  const names = (Object.keys(contents) as BundleFileName[]).sort()
  const files = names.map((name) => {
    const access = BUNDLE_FILES[name]
    const bytes = contents[name]
    return {
      name,
      bytes: bytes.length,
      access,
      digest: access === 'public' ? sha256(bytes) : saltedDigest(salt, bytes),
    }
  })
  const manifest: Manifest = { ...facts, format: BUNDLE_FORMAT, method, rules, seed: null, files }
  return {
    manifest: canonicalJson(manifest),
    files: new Map([...Object.entries(contents), [SALT_FILE, Buffer.from(salt)]]),
  }
}
