import { canonicalJson } from '../../domain/questionnaire/canonical.js'
import type { Manifest } from '../../domain/release/release.js'
import { BUNDLE_FILES } from '../../domain/release/release.js'
import type { IndexReport } from '../../domain/report/index-report.js'
import { keepByState } from '../../platform/keep-by-state.js'
import { MANIFEST_FILE, SIGNATURE_FILE, streamBundle } from './bundle.js'
import { sha256 } from './digests.js'
import { SALT_FILE } from './make-contents.js'
import type { Chunks, ReleaseRecord, ReleaseRepository } from './release.repository.js'

/** Reports of so many releases stay in memory; a city's are about ten megabytes. */
const KEPT = 6

/** A release whose contents are there. */
export type WrittenRelease = ReleaseRecord & { readonly manifest: string }

export const isWritten = (record: ReleaseRecord): record is WrittenRelease => record.manifest !== null

/** The manifest as data. */
export const manifestOf = ({ manifest }: WrittenRelease): Manifest => JSON.parse(manifest) as Manifest

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

    /** The zip for everybody, or that for auditors with the records, as it is read. */
    bundleOf(release: WrittenRelease, access: 'public' | 'restricted'): AsyncIterable<Uint8Array> {
      const names = Object.entries(BUNDLE_FILES)
        .filter(([, of]) => of === 'public' || access === 'restricted')
        .map(([name]) => name)
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
