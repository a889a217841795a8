import { calculateObjectSize } from 'bson'
import type { Collection, Db, Document, IndexDescription } from 'mongodb'

/** Every number comes and goes with the type it is stored with. */
export const KEEP_TYPES = {
  promoteValues: false,
  promoteBuffers: false,
  promoteLongs: false,
  bsonRegExp: true,
} as const

const BATCH_DOCUMENTS = 1000
const BATCH_BYTES = 8_000_000
const OPTIONS = ['key', 'name', 'unique', 'sparse', 'partialFilterExpression', 'expireAfterSeconds'] as const

/** The names of the collections that hold the platform's data, in order. */
export async function collectionNames(db: Db): Promise<string[]> {
  const listed = await db.listCollections({ type: 'collection' }).toArray()
  return listed
    .map(({ name }) => name)
    .filter((name) => !name.startsWith('system.'))
    .sort()
}

/** The indexes of a collection other than that of `_id`, as `createIndexes` takes them. */
export async function readIndexes(collection: Collection): Promise<IndexDescription[]> {
  const indexes = (await collection.indexes()).filter(({ name }) => name !== '_id_')
  return indexes.map((index) => {
    const unknown = Object.keys(index).filter((name) => !['v', 'ns', 'background', ...OPTIONS].includes(name))
    if (unknown.length > 0)
      throw new Error(`Index ${index.name} of ${collection.collectionName} has options that are not copied: ${unknown}`)
    return Object.fromEntries(
      OPTIONS.filter((name) => index[name] !== undefined).map((name) => [name, index[name]]),
    ) as unknown as IndexDescription
  })
}

/** Groups documents into writes of bounded number and size. */
export async function* batches(documents: AsyncIterable<Document>): AsyncGenerator<Document[]> {
  let batch: Document[] = []
  let bytes = 0
  for await (const document of documents) {
    const size = calculateObjectSize(document)
    if (batch.length > 0 && (batch.length === BATCH_DOCUMENTS || bytes + size > BATCH_BYTES)) {
      yield batch
      batch = []
      bytes = 0
    }
    batch.push(document)
    bytes += size
  }
  if (batch.length > 0) yield batch
}

/**
 * Fills an empty collection, then makes its indexes.
 *
 * @param progress is told how many documents are in after each write
 * @returns how many documents were written
 */
export async function fillCollection(
  target: Collection,
  documents: AsyncIterable<Document>,
  indexes: readonly IndexDescription[],
  progress: (count: number) => void,
): Promise<number> {
  await target.db.createCollection(target.collectionName)
  let count = 0
  for await (const batch of batches(documents)) {
    await target.insertMany(batch, { ordered: false })
    count += batch.length
    progress(count)
  }
  if (indexes.length > 0) await target.createIndexes([...indexes])
  return count
}

/**
 * Makes room in the target: refuses when there is anything, or drops it when replacing is wanted.
 *
 * @throws {Error} naming the collections that are there
 */
export async function clearTarget(db: Db, names: readonly string[], isReplacing: boolean): Promise<void> {
  const present = (await collectionNames(db)).filter((name) => isReplacing || names.includes(name))
  if (present.length > 0 && !isReplacing) {
    throw new Error(`The target already has ${present.join(', ')}; --replace drops everything in it first`)
  }
  for (const name of present) await db.dropCollection(name)
}

/** Counts both sides anew, documents and indexes; tells each difference in a sentence. */
export async function compareSides(source: Db, target: Db, names: readonly string[]): Promise<string[]> {
  const faults: string[] = []
  for (const name of names) {
    const [from, to] = [source.collection(name), target.collection(name)]
    const [wanted, found] = await Promise.all([from.countDocuments(), to.countDocuments()])
    if (wanted !== found) faults.push(`${name}: ${wanted} documents in the source, ${found} in the target`)
    const [before, after] = await Promise.all([readIndexes(from), readIndexes(to)])
    const named = (indexes: readonly IndexDescription[]) => JSON.stringify(indexes.map((index) => index.name).sort())
    if (named(before) !== named(after))
      faults.push(`${name}: indexes ${named(before)} in the source, ${named(after)} in the target`)
  }
  return faults
}
