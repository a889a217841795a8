import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { projectDir } from '../../server/platform/paths.js'

/** A file of test/fixtures/golden, as the caller says it is shaped. */
export function goldenFile<T>(name: string): T {
  return JSON.parse(readFileSync(join(projectDir(), 'test/fixtures/golden', name), 'utf8'))
}
