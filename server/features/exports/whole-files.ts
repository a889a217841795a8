import { createHash } from 'node:crypto'
import { createWriteStream, openSync, renameSync, rmSync } from 'node:fs'
import { basename } from 'node:path'
import { Readable, Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { Chunks } from './formats/microdata-file.js'

/** A file that is whole. */
export interface WholeFile {
  readonly path: string
  readonly bytes: number
  readonly sha256: string
}

/**
 * Writes files that appear together and whole: each under a name ending in `.part`, readable by its owner alone, and under
 * its own name only when all are on disk. What is killed on the way leaves nothing that looks whole.
 */
export function createWholeFiles() {
  const written: WholeFile[] = []
  return {
    /** Writes one of them under its waiting name. */
    async write(path: string, chunks: Chunks): Promise<WholeFile> {
      const hash = createHash('sha256')
      let bytes = 0
      const meter = new Transform({
        transform(chunk: Buffer, _encoding, done) {
          hash.update(chunk)
          bytes += chunk.length
          done(null, chunk)
        },
      })
      const part = `${path}.part`
      const fd = openSync(part, 'w', 0o600)
      const file = { path, bytes: 0, sha256: '' }
      written.push(file)
      await pipeline(Readable.from(chunks, { objectMode: false }), meter, createWriteStream(part, { fd, flush: true }))
      Object.assign(file, { bytes, sha256: hash.digest('hex') })
      return file
    },
    /** Gives all of them their names, the first written last: once it is there, the others are too. */
    finish(): readonly WholeFile[] {
      for (const { path } of written.toReversed()) renameSync(`${path}.part`, path)
      return written
    },
    /** Removes what has not got its name. */
    abandon(): void {
      for (const { path } of written) rmSync(`${path}.part`, { force: true })
    },
  }
}

/** Lines as `sha256sum --check` reads them. */
export const checksumLines = (files: readonly WholeFile[]): string =>
  files.map(({ path, sha256 }) => `${sha256}  ${basename(path)}\n`).join('')
