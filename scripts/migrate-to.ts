/**
 * Copies the whole database to another server, with its indexes: `migrate-to mongodb://… [--replace]`, and back:
 * `migrate-to --from mongodb://… [--replace]`. Both sides are counted again at the end and must agree. Stop the
 * platform before, so that nothing is written on the old side meanwhile.
 * Settings (the other side): MONGODB_URI, or DATA_DIR of the embedded engine.
 */
import { parseArgs } from 'node:util'
import type { Db } from 'mongodb'
import {
  clearTarget,
  collectionNames,
  compareSides,
  fillCollection,
  KEEP_TYPES,
  readIndexes,
} from './support/copy-collection.js'
import { type OpenDatabase, openAt, openOwn } from './support/open-client.js'
import { runMain } from './support/run-main.js'

const USAGE =
  'Usage: migrate-to mongodb://HOST/DATABASE [--replace]   or   migrate-to --from mongodb://HOST/DATABASE [--replace]'

async function migrate(source: Db, target: Db, isReplacing: boolean): Promise<number> {
  const names = await collectionNames(source)
  await clearTarget(target, names, isReplacing)
  let total = 0
  for (const name of names) {
    const from = source.collection(name)
    const expected = await from.countDocuments()
    const progress = (count: number) => console.error(`${name}: ${count} of ${expected}`)
    const indexes = await readIndexes(from)
    total += await fillCollection(target.collection(name), from.find({}, KEEP_TYPES), indexes, progress)
  }
  const faults = await compareSides(source, target, names)
  if (faults.length > 0) throw new Error(['The two sides do not agree:', ...faults].join('\n'))
  return total
}

await runMain(async () => {
  const options = { from: { type: 'string' }, replace: { type: 'boolean' } } as const
  const { values, positionals } = parseArgs({ allowPositionals: true, options })
  const uri = values.from ?? positionals[0]
  if (!uri || positionals.length > (values.from ? 0 : 1)) throw new Error(USAGE)
  const open: OpenDatabase[] = []
  try {
    open.push(await openOwn(process.env), await openAt(uri))
    const [source, target] = (values.from ? [...open].reverse() : open) as [OpenDatabase, OpenDatabase]
    const total = await migrate(source.db, target.db, values.replace ?? false)
    console.log(`${total} documents copied from ${source.name} to ${target.name}, counted again on both sides`)
  } finally {
    for (const { close } of open) await close()
  }
})
