/**
 * The survey data as `npm run build` leaves them beside the compiled code: checked, and read in a tenth of the time.
 *
 * They carry the hash of the files that they were made from, so that edited files are never answered from old data. From
 * source there are none: the address below then names a file that nobody writes.
 */
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { isDeepStrictEqual } from 'node:util'
import { readSurveyData, type SurveyData } from './survey-data.js'

/** Beside the one file that the server is built into. */
export const BUILT_FILE = fileURLToPath(new URL('./survey-data.json', import.meta.url))

interface Built {
  /** SHA-256 of the files. */
  readonly madeFrom: string
  readonly data: SurveyData
}

/** SHA-256 over the names and contents of all files below a folder. */
function hashOfFiles(dir: string): string {
  const hash = createHash('sha256')
  const files = readdirSync(dir, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
  const paths = files.map(({ parentPath, name }) => join(parentPath, name))
  for (const path of paths.sort()) {
    const content = readFileSync(path)
    hash.update(`${path.slice(dir.length)}\0${content.length}\0`).update(content)
  }
  return hash.digest('hex')
}

/**
 * Writes the data of a folder `surveys` for the next start.
 *
 * @throws {Error} when the files are not valid, or hold what JSON does not keep
 */
export function writeBuiltData(dir: string, file: string): void {
  const data = readSurveyData(dir)
  const text = JSON.stringify({ madeFrom: hashOfFiles(dir), data } satisfies Built)
  if (!isDeepStrictEqual((JSON.parse(text) as Built).data, data)) throw new Error('JSON changes the survey data')
  writeFileSync(file, text)
}

/** @returns the data, `'none'` where nothing was built, `'stale'` when the files have changed since */
export function readBuiltData(dir: string, file = BUILT_FILE): SurveyData | 'none' | 'stale' {
  if (!existsSync(file)) return 'none'
  const { madeFrom, data } = JSON.parse(readFileSync(file, 'utf8')) as Built
  return madeFrom === hashOfFiles(dir) ? data : 'stale'
}
