import type { AggregationRule } from '../index/aggregate.js'
import type { Localized } from '../survey/vocabulary.js'

/**
 * Where a release stands. `drafting`: its contents are being computed. `failed` and `rejected` ones are never published and
 * make room for the next. Superseded is a published one as soon as another of its wave is.
 */
export const RELEASE_STATES = ['drafting', 'failed', 'drafted', 'reviewed', 'rejected', 'published'] as const
export type ReleaseState = (typeof RELEASE_STATES)[number]

/** States in which a wave takes no further draft. */
export const OPEN_STATES = ['drafting', 'drafted', 'reviewed'] as const satisfies readonly ReleaseState[]

/** "2026-web-citizen-r2": the second release that was drafted of the wave. */
export const releaseIdOf = (waveId: string, number: number): string => `${waveId}-r${number}`

/** Version of the bundle's layout; changes when a verifier of before could not read it. */
export const BUNDLE_FORMAT = 'hai-long-release/2'

/** A file of a bundle. Restricted ones are named and fixed for everybody, and given to auditors. */
export interface BundleFile {
  readonly name: string
  readonly bytes: number
  readonly access: 'public' | 'restricted'
  /**
   * Of a public file its SHA-256; of a restricted one HMAC-SHA-256 under the key in `salt.txt`, so that nobody tries out what
   * it may hold. 64 lower-case hexadecimal digits.
   */
  readonly digest: string
}

/** What a release is, as its signature covers it; canonical JSON (RFC 8785) in `manifest.json`. */
export interface Manifest {
  readonly format: string
  readonly release: string
  readonly wave: string
  readonly number: number
  /** The release that it takes the place of, and the SHA-256 of that one's manifest. */
  readonly corrects: { readonly release: string; readonly manifestSha256: string } | null
  /** Why it is published; of a correction, what is corrected. */
  readonly reason: Localized
  readonly method: string
  readonly rules: readonly AggregationRule[]
  /** Version of the program that computed it, with the commit where it is known. */
  readonly code: string
  /** Of random numbers; `null`: the method uses none. */
  readonly seed: string | null
  readonly draftedAt: string
  readonly simulated: boolean
  /** `voided`: taken out by two persons, and in none of the figures; the others are what they are made of. */
  readonly responses: { readonly received: number; readonly complete: number; readonly voided: number }
  /** By name. */
  readonly files: readonly BundleFile[]
}

/** The signature of a published release: Ed25519 over the canonical JSON of the other members. */
export interface ReleaseSignature {
  readonly release: string
  readonly manifestSha256: string
  readonly publishedAt: string
  readonly keyId: string
  /** Base64. */
  readonly signature: string
}

/** Names of the files of every bundle besides manifest and signature. */
export const BUNDLE_FILES = {
  'README.txt': 'public',
  'wave.json': 'public',
  'questionnaire.json': 'public',
  'units.json': 'public',
  'method.json': 'public',
  'analysis.json': 'public',
  'earlier.json': 'public',
  'figures.csv': 'public',
  'tables.csv': 'public',
  'reports.json': 'restricted',
  'records.csv': 'restricted',
  'guard.json': 'restricted',
} as const satisfies Readonly<Record<string, BundleFile['access']>>
export type BundleFileName = keyof typeof BUNDLE_FILES
