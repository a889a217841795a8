import { readFileSync } from 'node:fs'

/** A file of test/fixtures/golden, as the caller says it is shaped. */
export function goldenFile<T>(name: string): T {
  return JSON.parse(readFileSync(new URL(`../fixtures/golden/${name}`, import.meta.url), 'utf8'))
}
