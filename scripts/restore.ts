/**
 * Puts a backup back: `restore FILE [--replace]`. Refuses a database that has any of its collections, unless it is to
 * be replaced. Settings: MONGODB_URI, or DATA_DIR of the embedded engine.
 */
import { parseArgs } from 'node:util'
import type { Db, IndexDescription } from 'mongodb'
import { decodeDocument, readBackup } from './support/backup-file.js'
import { clearTarget, fillCollection } from './support/copy-collection.js'
import { openOwn } from './support/open-client.js'
import { runMain } from './support/run-main.js'

/** What a look through the whole file finds; it is read to its end before anything is written. */
async function inspect(file: string): Promise<{ names: string[]; counts: Readonly<Record<string, number>> }> {
  const names: string[] = []
  let counts: Readonly<Record<string, number>> = {}
  for await (const record of readBackup(file)) {
    if (record.kind === 'collection') names.push(record.name)
    if (record.kind === 'end') counts = record.counts
  }
  return { names, counts }
}

async function* documentsOf(file: string, wanted: string) {
  let name: string | undefined
  for await (const record of readBackup(file)) {
    if (record.kind === 'collection') name = record.name
    if (record.kind === 'documents' && name === wanted) for (const raw of record.documents) yield decodeDocument(raw)
  }
}

async function indexesOf(file: string): Promise<Map<string, readonly IndexDescription[]>> {
  const indexes = new Map<string, readonly IndexDescription[]>()
  for await (const record of readBackup(file))
    if (record.kind === 'collection') indexes.set(record.name, record.indexes)
  return indexes
}

async function restore(db: Db, file: string, isReplacing: boolean): Promise<number> {
  const { names, counts } = await inspect(file)
  const indexes = await indexesOf(file)
  await clearTarget(db, names, isReplacing)
  let total = 0
  for (const name of names) {
    const progress = (count: number) => console.error(`${name}: ${count} of ${counts[name]}`)
    await fillCollection(db.collection(name), documentsOf(file, name), indexes.get(name)!, progress)
    const found = await db.collection(name).countDocuments()
    if (found !== counts[name])
      throw new Error(`${name}: the backup has ${counts[name]} documents, the database ${found}`)
    total += found
  }
  return total
}

await runMain(async () => {
  const { values, positionals } = parseArgs({ allowPositionals: true, options: { replace: { type: 'boolean' } } })
  const [file] = positionals
  if (!file || positionals.length > 1) throw new Error('Usage: restore FILE [--replace]')
  const target = await openOwn(process.env)
  try {
    console.log(`${await restore(target.db, file, values.replace ?? false)} documents restored, counted again`)
  } finally {
    await target.close()
  }
})
