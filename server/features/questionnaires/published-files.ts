import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { canonicalJson } from '../../domain/questionnaire/canonical.js'
import type { PublishedQuestionnaire } from '../../domain/questionnaire/definition.js'
import { sha256 } from './hash-questionnaire.js'
import { parseQuestionnaire } from './questionnaire-schema.js'

/** `citizen-2026.1-0123456789ab.json`: id, version, first twelve digits of the hash. */
const FILE_NAME = /^([a-z][a-z0-9-]*)-(\d{4}\.\d{1,3})-([0-9a-f]{12})\.json$/
const HASH_DIGITS = 12

/** Name of the file that freezes a version. */
export function publishedFileName({ hash, questionnaire: { id, version } }: PublishedQuestionnaire): string {
  return `${id}-${version}-${hash.slice(0, HASH_DIGITS)}.json`
}

/**
 * Every published version in a folder, in order of file name.
 *
 * Each file must be exactly the canonical JSON that its name promises: a published text never changes, since stored
 * answers are answers to it.
 *
 * @throws {Error} naming each file that was edited, is misnamed, or repeats a version
 */
export function loadPublishedQuestionnaires(dir: string): readonly PublishedQuestionnaire[] {
  const names = readdirSync(dir)
    .filter((name) => name.endsWith('.json'))
    .sort()
  const results = names.map((name) => ({ name, result: readPublished(dir, name) }))
  const published = results.flatMap(({ result }) => (typeof result === 'string' ? [] : [result]))
  const faults = [
    ...results.flatMap(({ name, result }) => (typeof result === 'string' ? [`${join(dir, name)}: ${result}`] : [])),
    ...repeatedVersions(published).map((version) => `${dir}: ${version} is published twice`),
  ]
  if (faults.length > 0) throw new Error(`Published questionnaires are not sound:\n${faults.join('\n')}`)
  return published
}

/** The published version, or what is wrong with its file. */
function readPublished(dir: string, name: string): PublishedQuestionnaire | string {
  const [, id, version, digits] = FILE_NAME.exec(name) ?? []
  if (digits === undefined) return 'name is not id-version-hash.json'
  const text = readFileSync(join(dir, name), 'utf8')
  const hash = sha256(text)
  if (!hash.startsWith(digits)) {
    return `was changed after publishing: its content has hash ${hash.slice(0, HASH_DIGITS)}; restore it, and publish the change as a new version`
  }
  const parsed = parseQuestionnaire(JSON.parse(text))
  if (!parsed.success) return 'is not a questionnaire of the present format'
  if (parsed.data.id !== id || parsed.data.version !== version) return 'holds another id or version than its name'
  if (canonicalJson(parsed.data) !== text) return 'is not canonical JSON'
  return { hash, questionnaire: parsed.data }
}

function repeatedVersions(published: readonly PublishedQuestionnaire[]): readonly string[] {
  const labels = published.map(({ questionnaire: { id, version } }) => `${id} ${version}`)
  return labels.filter((label, i) => labels.indexOf(label) < i)
}
