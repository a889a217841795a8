import { parse } from 'csv-parse/sync'
import { canonicalJson } from '../../domain/questionnaire/canonical.js'
import type { Questionnaire } from '../../domain/questionnaire/definition.js'
import type { FigureTexts } from '../../domain/release/compare-figures.js'
import type { RegistrySnapshot } from '../../domain/release/registry-snapshot.js'
import type { Manifest } from '../../domain/release/release.js'
import type { IndexReport } from '../../domain/report/index-report.js'
import type { Localized } from '../../domain/survey/vocabulary.js'
import { keepByState } from '../../platform/keep-by-state.js'
import { MANIFEST_FILE, SIGNATURE_FILE, streamBundle } from './bundle.js'
import { sha256 } from './digests.js'
import { SALT_FILE } from './make-contents.js'
import type { FrozenTables } from './paper-tables.view.js'
import type { Chunks, ReleaseRecord, ReleaseRepository } from './release.repository.js'

/** Reports of so many releases stay in memory; a city's are about ten megabytes. */
const KEPT = 6

/** A release whose contents are there. */
export type WrittenRelease = ReleaseRecord & { readonly manifest: string }

export const isWritten = (record: ReleaseRecord): record is WrittenRelease => record.manifest !== null

/** The manifest as data. */
export const manifestOf = ({ manifest }: WrittenRelease): Manifest => JSON.parse(manifest) as Manifest

/** Tables beyond the index. */
export const TABLES_FILE = 'tables.csv'

/** Releases of the first layout have the index by unit alone. */
export const hasTables = (release: WrittenRelease) => manifestOf(release).files.some(({ name }) => name === TABLES_FILE)

/** The signature of a published release as its file says it; `null` before it is published. */
function signatureFile({ id, manifest, publishedAt, keyId, signature }: WrittenRelease): Buffer | null {
  if (publishedAt === null || signature === null) return null
  const facts = {
    release: id,
    manifestSha256: sha256(manifest),
    publishedAt: publishedAt.toISOString(),
    keyId,
    signature,
  }
  return Buffer.from(canonicalJson(facts))
}

/** Reads what was frozen. Nothing of it changes, so that it is read once and kept. */
export function releaseReader(releases: Pick<ReleaseRepository, 'readFile' | 'streamFile'>) {
  const keep = keepByState<readonly IndexReport[]>(KEPT)

  return {
    /** The reports of a release under every rule. */
    reportsOf: ({ id }: WrittenRelease) =>
      keep(id, 0, async () => JSON.parse((await releases.readFile(id, 'reports.json')).toString()) as IndexReport[]),

    /** The table of figures, byte for byte as in the bundle. */
    figuresOf: ({ id }: WrittenRelease) => releases.readFile(id, 'figures.csv'),

    /** The tables beyond the index with their lines in the file; `null` of a release of the first layout. */
    async tablesOf(release: WrittenRelease): Promise<FrozenTables | null> {
      if (!hasTables(release)) return null
      const [tables, questionnaire] = [
        await releases.readFile(release.id, TABLES_FILE),
        await releases.readFile(release.id, 'questionnaire.json'),
      ]
      const texts = parse<FigureTexts>(tables, { bom: true, columns: true })
      return {
        rows: texts.map((row, i) => ({ line: i + 2, texts: row })),
        questionnaire: JSON.parse(questionnaire.toString()) as Questionnaire,
      }
    },

    /** Names of services as they were frozen. */
    async servicesOf(release: WrittenRelease): Promise<ReadonlyMap<string, Localized>> {
      const snapshot = JSON.parse((await releases.readFile(release.id, 'units.json')).toString()) as RegistrySnapshot
      return new Map((snapshot.services ?? []).map(({ code, name }) => [code, name]))
    },

    /** The zip for everybody, or that for auditors with the records, as it is read. */
    bundleOf(release: WrittenRelease, access: 'public' | 'restricted'): AsyncIterable<Uint8Array> {
      const names = manifestOf(release)
        .files.filter((file) => file.access === 'public' || access === 'restricted')
        .map(({ name }) => name)
      const wanted = access === 'restricted' ? [...names, SALT_FILE] : names
      const signature = signatureFile(release)
      const files = new Map<string, Chunks>([
        [MANIFEST_FILE, [Buffer.from(release.manifest)]],
        ...(signature === null ? [] : [[SIGNATURE_FILE, [signature]] as const]),
      ])
      for (const name of wanted) files.set(name, releases.streamFile(release.id, name))
      return streamBundle(files)
    },
  }
}

export type ReleaseReader = ReturnType<typeof releaseReader>
