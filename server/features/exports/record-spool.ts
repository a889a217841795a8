/**
 * Where the records of a wave wait until all have been read: fixed-size records in files beside the export, which lose their
 * names at once, so that nothing of them stays after a crash.
 *
 * Each record goes to a file by chance and each file is shuffled when it is read. Together that is an even shuffle of
 * all rows in the memory of one file: a row from which unit or month is withheld must not stand among its neighbours of that
 * unit and month.
 *
 * @see Fisher, R. A., Yates, F. (1938) "Statistical tables", example 12, for the shuffle
 */
import { closeSync, mkdtempSync, openSync, readSync, rmSync, writeSync } from 'node:fs'
import { join } from 'node:path'

const FILES = 128
/** Bytes that wait in memory for each file. */
const BUFFER = 1 << 15

interface SpoolFile {
  readonly fd: number
  readonly waiting: Buffer
  used: number
  size: number
}

/** Records waiting on disk. */
export interface RecordSpool {
  readonly count: number
  write(record: Uint16Array): void
  /** All records, in an order that says nothing; each array is good until the next one. */
  records(order: 'as_stored' | 'shuffled'): Iterable<Uint16Array>
  close(): void
}

/**
 * Opens a spool in a folder.
 *
 * @param length numbers in a record
 * @param below gives a whole number from 0 below another by chance, each as likely; not to be guessed
 */
export function openRecordSpool(dir: string, length: number, below: (most: number) => number): RecordSpool {
  const own = mkdtempSync(join(dir, '.export-'))
  const recordBytes = 2 * length
  const files = Array.from({ length: FILES }, (_, i): SpoolFile => {
    const fd = openSync(join(own, String(i)), 'wx+', 0o600)
    return { fd, waiting: Buffer.alloc(Math.max(1, Math.floor(BUFFER / recordBytes)) * recordBytes), used: 0, size: 0 }
  })
  rmSync(own, { recursive: true })
  let count = 0
  return {
    get count() {
      return count
    },
    write(record) {
      const file = files[below(FILES)]!
      if (file.used === file.waiting.length) flush(file)
      Buffer.from(record.buffer, record.byteOffset, recordBytes).copy(file.waiting, file.used)
      file.used += recordBytes
      count += 1
    },
    *records(order) {
      for (const file of files) {
        flush(file)
        const all = readAll(file)
        const total = file.size / recordBytes
        const places = Uint32Array.from({ length: total }, (_, i) => i)
        if (order === 'shuffled') shuffle(places, below)
        for (const place of places) yield all.subarray(place * length, (place + 1) * length)
      }
    },
    close() {
      for (const { fd } of files) closeSync(fd)
    },
  }
}

function flush(file: SpoolFile): void {
  for (let done = 0; done < file.used; )
    done += writeSync(file.fd, file.waiting, done, file.used - done, file.size + done)
  file.size += file.used
  file.used = 0
}

function readAll({ fd, size }: SpoolFile): Uint16Array {
  const numbers = new Uint16Array(size / 2)
  const bytes = new Uint8Array(numbers.buffer)
  for (let done = 0; done < size; ) {
    const read = readSync(fd, bytes, done, size - done, done)
    if (read === 0) throw new Error('The waiting records were cut short')
    done += read
  }
  return numbers
}

function shuffle(places: Uint32Array, below: (most: number) => number): void {
  for (let i = places.length - 1; i > 0; i--) {
    const j = below(i + 1)
    const kept = places[i]!
    places[i] = places[j]!
    places[j] = kept
  }
}
