/** Checks a bundle offline: who signed it, whether a bit was changed, and every figure computed anew. */
import { canonicalJson } from '../../domain/questionnaire/canonical.js'
import type { FigureDifference } from '../../domain/release/compare-figures.js'
import { methodFacts } from '../../domain/release/method-facts.js'
import type { RecordFault } from '../../domain/release/records.js'
import { BUNDLE_FORMAT, type Manifest, type ReleaseSignature } from '../../domain/release/release.js'
import { keyIdOf } from '../../platform/signing.js'
import { MANIFEST_FILE, readBundle, SIGNATURE_FILE } from './bundle.js'
import { formatSchema, manifestSchema, signatureSchema } from './bundle-schema.js'
import { saltedDigest, sha256 } from './digests.js'
import { SALT_FILE } from './make-contents.js'
import { recomputeFigures } from './recompute-figures.js'
import { isSigned } from './signed-release.js'

/** What is not as it was published. */
export type BundleFault =
  | { readonly kind: 'unreadable'; readonly detail: string }
  /** Of an earlier layout: the program that made it checks it. */
  | { readonly kind: 'other_format'; readonly found: string; readonly code: string }
  | { readonly kind: 'missing' | 'unexpected' | 'altered'; readonly file: string }
  /** Its files are as published, and the zip around them is not. */
  | { readonly kind: 'repacked' }
  | { readonly kind: 'unsigned' | 'bad_signature' | 'signature_of_another' }
  | { readonly kind: 'other_key'; readonly keyId: string }
  /** Computed by another method than this program's: it cannot be recomputed here. */
  | { readonly kind: 'other_method'; readonly found: string; readonly known: string }
  | { readonly kind: 'record'; readonly fault: RecordFault }
  | { readonly kind: 'figure'; readonly difference: FigureDifference }
  | { readonly kind: 'questionnaire_of_another'; readonly hash: string; readonly named: string }
  | { readonly kind: 'reports_differ' }

/** What was looked at, and what was found. */
export interface BundleCheck {
  readonly release: string
  readonly keyId: string | null
  /** `records`: every figure from the records; `figures`: what follows from the figures themselves. */
  readonly recomputedFrom: 'records' | 'figures' | null
  readonly recomputedCount: number
  /** Published figures that only the records can prove. */
  readonly byRecordsCount: number
  readonly faults: readonly BundleFault[]
}

const NOTHING = { release: '?', keyId: null, recomputedFrom: null, recomputedCount: 0, byRecordsCount: 0 } as const

/**
 * Checks a bundle, for everybody or for auditors, and goes on after a fault: the first line says what was changed, the others
 * what follows.
 *
 * @param publicKeys PEM of the keys that are trusted; earlier ones too, where the key was changed
 */
export async function verifyBundle(bytes: Uint8Array, publicKeys: readonly string[]): Promise<BundleCheck> {
  const read = readBundle(bytes)
  if (read.kind === 'not_a_bundle') return { ...NOTHING, faults: [{ kind: 'unreadable', detail: read.detail }] }
  const { files } = read
  const manifest = parsed(files.get(MANIFEST_FILE), manifestSchema)
  const format = parsed(files.get(MANIFEST_FILE), formatSchema)
  if (format !== null && format.format !== BUNDLE_FORMAT)
    return { ...NOTHING, faults: [{ kind: 'other_format', found: format.format, code: format.code }] }
  if (manifest === null)
    return { ...NOTHING, faults: [{ kind: 'unreadable', detail: `${MANIFEST_FILE} is no manifest` }] }
  const signature = parsed(files.get(SIGNATURE_FILE), signatureSchema)
  const kept = [...signatureFaults(files, manifest, signature, publicKeys), ...fileFaults(files, manifest)]
  const method = methodFaults(files, manifest)
  const figures = method.length > 0 ? NOT_RECOMPUTED : await recomputeFigures(files)
  const faults = [...kept, ...method, ...figures.faults]
  return {
    release: manifest.release,
    keyId: signature?.keyId ?? null,
    ...figures,
    faults: faults.length === 0 && !read.isAsPacked ? [{ kind: 'repacked' }] : faults,
  }
}

const NOT_RECOMPUTED = { recomputedFrom: null, recomputedCount: 0, byRecordsCount: 0, faults: [] } as const

function parsed<Value>(
  bytes: Uint8Array | undefined,
  schema: { safeParse(value: unknown): { success: boolean; data?: Value } },
): Value | null {
  try {
    return schema.safeParse(JSON.parse(Buffer.from(bytes ?? []).toString())).data ?? null
  } catch {
    return null
  }
}

type Files = ReadonlyMap<string, Uint8Array>

function signatureFaults(
  files: Files,
  manifest: Manifest,
  signature: ReleaseSignature | null,
  publicKeys: readonly string[],
): readonly BundleFault[] {
  if (signature === null) return [{ kind: 'unsigned' }]
  const key = publicKeys.find((publicKey) => keyIdOf(publicKey) === signature.keyId)
  if (key === undefined) return [{ kind: 'other_key', keyId: signature.keyId }]
  if (!isSigned(signature, key)) return [{ kind: 'bad_signature' }]
  if (signature.release !== manifest.release) return [{ kind: 'signature_of_another' }]
  const isSame = sha256(files.get(MANIFEST_FILE)!) === signature.manifestSha256
  return isSame ? [] : [{ kind: 'altered', file: MANIFEST_FILE }]
}

function fileFaults(files: Files, manifest: Manifest): readonly BundleFault[] {
  const salt = files.get(SALT_FILE)
  const listed = manifest.files.flatMap(({ name, access, digest }): BundleFault[] => {
    const bytes = files.get(name)
    // Whoever has no salt has the bundle for everybody.
    if (bytes === undefined)
      return access === 'restricted' && salt === undefined ? [] : [{ kind: 'missing', file: name }]
    if (access === 'restricted' && salt === undefined) return [{ kind: 'missing', file: SALT_FILE }]
    const found = access === 'public' ? sha256(bytes) : saltedDigest(Buffer.from(salt!).toString(), bytes)
    return found === digest ? [] : [{ kind: 'altered', file: name }]
  })
  const known = new Set([MANIFEST_FILE, SIGNATURE_FILE, SALT_FILE, ...manifest.files.map(({ name }) => name)])
  const others = [...files.keys()].filter((name) => !known.has(name))
  return [...listed, ...others.map((file): BundleFault => ({ kind: 'unexpected', file }))]
}

function methodFaults(files: Files, manifest: Manifest): readonly BundleFault[] {
  const known = methodFacts()
  if (manifest.method !== known.method) return [{ kind: 'other_method', found: manifest.method, known: known.method }]
  const text = Buffer.from(files.get('method.json') ?? []).toString()
  const expected = canonicalJson(known)
  return text === expected ? [] : [{ kind: 'other_method', found: text, known: expected }]
}
