import { readdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { z } from 'zod'
import { LANGUAGES, type Language } from '../domain/survey/vocabulary.js'

const textFile = z.record(z.string(), z.object(Object.fromEntries(LANGUAGES.map((code) => [code, z.string().min(1)]))))

export type TextParams = Readonly<Record<string, string | number>>

/** Looks a sentence up in one language: `t('report.title', { wave: '…' })`. */
export type Translate = (key: string, params?: TextParams) => string

/** All sentences of the pages. */
export interface Texts {
  translator(language: Language): Translate
  has(key: string): boolean
  keys(): readonly string[]
}

/**
 * Reads every `<namespace>.json` of a folder; the key `title` of `report.json` becomes `report.title`.
 *
 * Both languages stand side by side in one file, so that a sentence cannot lack its translation.
 *
 * @throws {Error} when a file lacks a language, naming file and key
 */
export function loadTexts(dir: string): Texts {
  const sentences = new Map<string, Readonly<Record<string, string>>>()
  for (const file of readdirSync(dir).filter((name) => name.endsWith('.json'))) {
    const parsed = textFile.safeParse(JSON.parse(readFileSync(join(dir, file), 'utf8')))
    if (!parsed.success) throw new Error(`${file}: ${z.prettifyError(parsed.error)}`)
    for (const [key, value] of Object.entries(parsed.data)) sentences.set(`${basename(file, '.json')}.${key}`, value)
  }
  const lookUp = (language: Language, key: string, params: TextParams = {}) => {
    const sentence = sentences.get(key)?.[language]
    if (sentence === undefined) throw new Error(`No text for ${key}`)
    return sentence.replace(/\{(\w+)\}/g, (_, name: string) => {
      const value = params[name]
      if (value === undefined) throw new Error(`Text ${key} needs ${name}`)
      return String(value)
    })
  }
  return {
    translator: (language) => (key, params) => lookUp(language, key, params),
    has: (key) => sentences.has(key),
    keys: () => [...sentences.keys()],
  }
}
