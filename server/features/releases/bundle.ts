/**
 * The zip of a release: its files stored as they are, in the order of their names and without dates, so that the same files
 * make the same zip to the bit and no bit of it can be another unnoticed. Packed as the files come, in constant memory.
 */
import { unzipSync, Zip, ZipPassThrough } from 'fflate'
import { BUNDLE_FILES } from '../../domain/release/release.js'
import { SALT_FILE } from './make-contents.js'
import type { Chunks } from './release.repository.js'

export const MANIFEST_FILE = 'manifest.json'
export const SIGNATURE_FILE = 'signature.json'

const KNOWN: ReadonlySet<string> = new Set([...Object.keys(BUNDLE_FILES), MANIFEST_FILE, SIGNATURE_FILE, SALT_FILE])
/** Ten million records and their figures; more is no bundle. */
const MOST_BYTES = 2 ** 31
const NOTHING = new Uint8Array(0)
/** Local noon, as zip files write it: the same digits in every time zone. */
const undated = () => new Date(1980, 0, 1, 12)

const sorted = <Value>(files: ReadonlyMap<string, Value>) => [...files].sort(([a], [b]) => (a < b ? -1 : 1))

/** A zip under way; every step gives the bytes that it added. How a file is cut into pieces makes no difference to them. */
function packer() {
  const added: Uint8Array[] = []
  const zip = new Zip((error, bytes) => {
    if (error) throw error
    added.push(bytes)
  })
  const taken = () => added.splice(0)
  return {
    file(name: string) {
      const entry = new ZipPassThrough(name)
      entry.mtime = undated()
      entry.os = 0
      zip.add(entry)
      return {
        push(bytes: Uint8Array): readonly Uint8Array[] {
          entry.push(bytes)
          return taken()
        },
        end(): readonly Uint8Array[] {
          entry.push(NOTHING, true)
          return taken()
        },
      }
    },
    end(): readonly Uint8Array[] {
      zip.end()
      return taken()
    },
  }
}

/** Packs files as they are read. */
export async function* streamBundle(files: ReadonlyMap<string, Chunks>): AsyncGenerator<Uint8Array> {
  const zip = packer()
  for (const [name, chunks] of sorted(files)) {
    const file = zip.file(name)
    for await (const bytes of chunks) yield* file.push(bytes)
    yield* file.end()
  }
  yield* zip.end()
}

function* packed(files: ReadonlyMap<string, Uint8Array>): Generator<Uint8Array> {
  const zip = packer()
  for (const [name, bytes] of sorted(files)) {
    const file = zip.file(name)
    yield* file.push(bytes)
    yield* file.end()
  }
  yield* zip.end()
}

/** @param files by name */
export const packBundle = (files: ReadonlyMap<string, Uint8Array>): Uint8Array => Buffer.concat([...packed(files)])

/** Whether files make this very zip, to the bit. */
function isPackedFrom(zip: Buffer, files: ReadonlyMap<string, Uint8Array>): boolean {
  let at = 0
  for (const bytes of packed(files)) {
    if (!zip.subarray(at, at + bytes.length).equals(bytes)) return false
    at += bytes.length
  }
  return at === zip.length
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
    return {
      kind: 'read',
      files,
      isAsPacked: isPackedFrom(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length), files),
    }
  } catch (error) {
    return { kind: 'not_a_bundle', detail: error instanceof Error ? error.message : 'cannot be read' }
  }
}
