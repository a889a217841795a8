import { EJSON } from 'bson'
import type {
  AnyBulkWriteOperation,
  Collection,
  Db,
  Document,
  Filter,
  FindOptions,
  IndexDescription,
  MongoClient,
} from 'mongodb'

/** Where a case runs: a collection of its own with the case's documents in it. */
export interface Place {
  readonly client: MongoClient
  readonly db: Db
  readonly items: Collection
}

/** One question to an engine, with the answer that MongoDB's documentation promises. */
export interface Case {
  readonly name: string
  readonly docs: readonly Document[]
  readonly indexes: readonly IndexDescription[]
  /** Whether the case leaves the documents as they are, so that the next one can use the same collection. */
  readonly isRead: boolean
  readonly run: (place: Place) => Promise<unknown>
  readonly answer: unknown
}

/** The answer "an error with this code". */
export const fails = (code: number) => ({ errorCode: code })

/** Decides whether replies are the same: types of numbers and the order of fields count. */
export const written = (reply: unknown): string => EJSON.stringify(reply as Document, { relaxed: false })

/** The reply of a case, an error by its code. */
export async function replyOf(one: Case, place: Place): Promise<unknown> {
  try {
    return await one.run(place)
  } catch (error) {
    const { code } = error as { code?: number }
    if (code === undefined) throw error
    return { errorCode: code }
  }
}

interface Setting {
  readonly docs?: readonly Document[]
  readonly indexes?: readonly IndexDescription[]
}

/** A case that writes. */
export const does = (name: string, setting: Setting, run: Case['run'], answer: unknown): Case => ({
  name,
  docs: setting.docs ?? [],
  indexes: setting.indexes ?? [],
  isRead: false,
  run,
  answer,
})

/** A case that only reads. */
export const reads = (name: string, docs: readonly Document[], run: Case['run'], answer: unknown): Case => ({
  name,
  docs,
  indexes: [],
  isRead: true,
  run,
  answer,
})

/** The ids of the documents that a filter finds, ascending; or an error code. */
export const finds = (
  docs: readonly Document[],
  filter: Document,
  answer: readonly unknown[] | { errorCode: number },
): Case =>
  reads(
    `find ${show(filter)}`,
    docs,
    async ({ items }) =>
      (await items.find(filter as Filter<Document>, { projection: { _id: 1 }, sort: { _id: 1 } }).toArray()).map(
        ({ _id }) => _id,
      ),
    answer,
  )

/** The documents that a find with options gives, in its order. */
export const findsWith = (docs: readonly Document[], filter: Document, options: FindOptions, answer: unknown): Case =>
  reads(
    `find ${show(filter)} with ${show(options)}`,
    docs,
    ({ items }) => items.find(filter as Filter<Document>, options).toArray(),
    answer,
  )

/** The only document of a collection after an update, or an error code. */
export const updates = (doc: Document, update: Document, answer: Document): Case => {
  const before = { _id: 1, ...doc }
  const after = 'errorCode' in answer ? answer : { _id: 1, ...answer }
  return does(
    `update ${show(doc)} by ${show(update)}`,
    { docs: [before] },
    async ({ items }) => {
      await items.updateOne({ _id: 1 as never }, update)
      return items.findOne({})
    },
    after,
  )
}

/** A bulk write's counts, or its first error, with the documents afterwards. */
export const bulk = (
  name: string,
  setting: Setting,
  operations: readonly AnyBulkWriteOperation<Document>[],
  isOrdered: boolean,
  answer: unknown,
): Case =>
  does(
    name,
    setting,
    async ({ db, items }) => {
      // The driver adds up only counts that are plain numbers, so this collection promotes them.
      const outcome = await db
        .collection(items.collectionName)
        .bulkWrite([...operations], { ordered: isOrdered })
        .then(
          ({ insertedCount, matchedCount, modifiedCount, deletedCount, upsertedCount }) => ({
            counts: [insertedCount, matchedCount, modifiedCount, deletedCount, upsertedCount],
          }),
          (error) => ({
            errors: error.writeErrors.map((one: { index: number; code: number }) => [one.index, one.code]),
          }),
        )
      return { ...outcome, docs: await items.find({}, { sort: { _id: 1 } }).toArray() }
    },
    answer,
  )

/** A document in short for a case's name. */
export const show = (value: unknown): string => {
  const text = written(value)
    .replace(/\{"\$numberInt":"(-?\d+)"\}/g, '$1')
    .replace(/\{"\$numberDouble":"([^"]+)"\}/g, '$1')
  return text.length > 140 ? `${text.slice(0, 137)}...` : text
}
