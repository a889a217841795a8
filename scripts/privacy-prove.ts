/**
 * Looks through a backup for anything that points to a person, or ties one to answers: `privacy:prove FILE`, of `npm run backup`.
 * Says what was found where, never the value, and exits with 1 if there was anything.
 */
import { parseArgs } from 'node:util'
import { deserialize } from 'bson'
import { type Links, type PrivacyFinding, scanDocument } from '../server/domain/privacy/scan-document.js'
import { STORED_DATA } from '../server/domain/privacy/stored-data.js'
import { readBackup } from './support/backup-file.js'
import { runMain } from './support/run-main.js'

type Fields = Readonly<Record<string, unknown>>

const MOST_PRINTED = 50
/** A login of one common word would be found in every other text. */
const LEAST_ID = 8

async function* documentsIn(file: string): AsyncGenerator<readonly [collection: string, document: Fields]> {
  let collection = ''
  for await (const record of readBackup(file)) {
    if (record.kind === 'collection') collection = record.name
    if (record.kind !== 'documents') continue
    for (const raw of record.documents) yield [collection, JSON.parse(JSON.stringify(deserialize(raw))) as Fields]
  }
}

/** The values of a document by which it could be found again. */
function idsOf(collection: string, { _id, submissionId, login, unitUids }: Fields) {
  const holds = STORED_DATA[collection]
  const texts = (values: readonly unknown[]) => values.filter((one): one is string => typeof one === 'string')
  return {
    responses: holds === 'answers' ? texts([_id, submissionId]) : [],
    staff: holds === 'staff' ? texts([_id, login]).filter(({ length }) => length >= LEAST_ID) : [],
    units: Array.isArray(unitUids) ? texts(unitUids) : [],
  }
}

async function linksIn(file: string): Promise<Links> {
  const [responseIds, staffIds, units] = [new Set<string>(), new Set<string>(), new Set<string>()]
  for await (const [collection, document] of documentsIn(file)) {
    const ids = idsOf(collection, document)
    for (const id of ids.responses) responseIds.add(id)
    for (const id of ids.staff) staffIds.add(id)
    for (const uid of ids.units) units.add(uid)
  }
  // An agency may sign in by the name of its unit, which points to no person.
  for (const uid of units) staffIds.delete(uid)
  return { responseIds, staffIds }
}

const inWords = ({ collection, id, path, kind }: PrivacyFinding) => `  ${collection} ${id} ${path}: ${kind}`

await runMain(async () => {
  const { positionals } = parseArgs({ allowPositionals: true })
  const [file] = positionals
  if (!file || positionals.length > 1)
    throw new Error('Usage: privacy-prove FILE, a backup by "npm run backup -- FILE"')
  const links = await linksIn(file)
  const counts = new Map<string, number>()
  const findings: PrivacyFinding[] = []
  for await (const [collection, document] of documentsIn(file)) {
    counts.set(collection, (counts.get(collection) ?? 0) + 1)
    findings.push(...scanDocument(collection, document, links))
  }
  for (const [collection, count] of counts) console.log(`${collection}: ${count} documents looked through`)
  if (findings.length === 0) return console.log('Nothing points to a person, and nothing ties one to answers.')
  const more = findings.length > MOST_PRINTED ? [`  and ${findings.length - MOST_PRINTED} more`] : []
  throw new Error([`${findings.length} findings:`, ...findings.slice(0, MOST_PRINTED).map(inWords), ...more].join('\n'))
})
