/**
 * The zip of a release: its files stored as they are, in the order of their names and without dates, so that the same files
 * make the same zip to the bit and no bit of it can be another unnoticed.
 */
import { unzipSync, zipSync } from 'fflate'
import { BUNDLE_FILES } from '../../domain/release/release.js'
import { SALT_FILE } from './make-contents.js'

export const MANIFEST_FILE = 'manifest.json'
export const SIGNATURE_FILE = 'signature.json'

const KNOWN: ReadonlySet<string> = new Set([...Object.keys(BUNDLE_FILES), MANIFEST_FILE, SIGNATURE_FILE, SALT_FILE])
/** Ten million records and their figures; more is no bundle. */
const MOST_BYTES = 2 ** 31
/** Local noon, as zip files write it: the same digits in every time zone. */
const undated = () => new Date(1980, 0, 1, 12)

/** @param files by name */
export function packBundle(files: ReadonlyMap<string, Uint8Array>): Uint8Array {
  const sorted = [...files].sort(([a], [b]) => (a < b ? -1 : 1))
  return zipSync(Object.fromEntries(sorted), { level: 0, mtime: undated(), os: 0 })
}

/** A bundle as read: its files, or why it is none. */
export type ReadBundle =
  | {
      readonly kind: 'read'
      readonly files: ReadonlyMap<string, Uint8Array>
      /** Whether these files make this very zip, to the bit. */
      readonly isAsPacked: boolean
    }
  | { readonly kind: 'not_a_bundle'; readonly detail: string }

/** Reads a bundle; whatever the zip claims of itself, no file is unpacked that no bundle has. */
export function readBundle(bytes: Uint8Array): ReadBundle {
  const refused: string[] = []
  let total = 0
  try {
    const parts = unzipSync(bytes, {
      filter({ name, originalSize }) {
        total += originalSize
        const isKnown = KNOWN.has(name) && total <= MOST_BYTES
        if (!isKnown) refused.push(name)
        return isKnown
      },
    })
    if (refused.length > 0) return { kind: 'not_a_bundle', detail: `has ${refused[0]}, which no bundle has` }
    const files = new Map(Object.entries(parts))
    return { kind: 'read', files, isAsPacked: Buffer.from(bytes).equals(packBundle(files)) }
  } catch (error) {
    return { kind: 'not_a_bundle', detail: error instanceof Error ? error.message : 'cannot be read' }
  }
}
