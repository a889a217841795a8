/**
 * Saves the database into one file while the platform runs: `backup FILE`.
 * Settings: MONGODB_URI, or DATA_DIR of the embedded engine.
 *
 * Each document is saved whole. What is written while the backup runs may be in it or not: for one moment of all
 * collections together, make the backup while nobody writes.
 */
import { parseArgs } from 'node:util'
import type { Db } from 'mongodb'
import { type BackupRecord, headerOf, writeBackup } from './support/backup-file.js'
import { collectionNames, readIndexes } from './support/copy-collection.js'
import { openOwn } from './support/open-client.js'
import { runMain } from './support/run-main.js'

const PACKET_BYTES = 4_000_000

async function* documentRecords(db: Db, name: string, counts: Record<string, number>): AsyncGenerator<BackupRecord> {
  counts[name] = 0
  let packet: Buffer[] = []
  let bytes = 0
  for await (const document of db.collection(name).find({}, { raw: true })) {
    const raw = Buffer.from(document as unknown as Uint8Array)
    packet.push(raw)
    bytes += raw.length
    counts[name]++
    if (bytes < PACKET_BYTES) continue
    yield { kind: 'documents', documents: packet }
    packet = []
    bytes = 0
  }
  if (packet.length > 0) yield { kind: 'documents', documents: packet }
}

async function* recordsOf(db: Db, source: string): AsyncGenerator<BackupRecord> {
  const counts: Record<string, number> = {}
  yield headerOf(source, new Date())
  for (const name of await collectionNames(db)) {
    yield { kind: 'collection', name, indexes: await readIndexes(db.collection(name)) }
    yield* documentRecords(db, name, counts)
    console.error(`${name}: ${counts[name]} documents`)
  }
  yield { kind: 'end', counts }
}

await runMain(async () => {
  const { positionals } = parseArgs({ allowPositionals: true })
  const [file] = positionals
  if (!file || positionals.length > 1) throw new Error('Usage: backup FILE')
  const source = await openOwn(process.env)
  try {
    await writeBackup(file, recordsOf(source.db, source.name))
  } finally {
    await source.close()
  }
  console.log(`Backup written to ${file}`)
})
