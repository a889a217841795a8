import { createHmac } from 'node:crypto'
import { type Connection, Schema } from 'mongoose'
import { createBatcher } from '../batcher.js'
import type { Counters, CountWindow } from '../limits/counters.js'

const DUPLICATE_KEY = 11000
/** A count is worth no wait for a disk: what a crash takes away is a few tries of a minute. */
const WRITE = { writeConcern: { w: 1 } } as const

const counterSchema = new Schema(
  {
    _id: { type: String, required: true },
    count: { type: Number, required: true },
    removeAt: { type: Date, required: true },
  },
  { collection: 'counters', strict: 'throw', autoIndex: false, versionKey: false },
)
counterSchema.index({ removeAt: 1 }, { expireAfterSeconds: 0, name: 'remove_ended_counts' })

interface Asked {
  readonly id: string
  readonly lengthMs: number
}

/**
 * Counters in the database: processes that share it count together.
 *
 * A key may be an address. It is kept as HMAC-SHA256 under a key of the day, itself derived from the secret, and goes soon after
 * its window: whoever has a copy of the database but not the secret cannot tell who came. Additions that come in at once go
 * together.
 */
export function sharedCounters(connection: Connection, secret: string): Counters {
  const counters = connection.model('Counter', counterSchema)

  function idOf(key: string, { number, endsAt }: CountWindow): string {
    const day = endsAt.toISOString().slice(0, 10)
    const keyOfDay = createHmac('sha256', secret).update(`counters of ${day}`).digest()
    return createHmac('sha256', keyOfDay).update(`${number} ${key}`).digest('base64url')
  }

  async function increase(sums: ReadonlyMap<string, number>, asked: readonly Asked[]): Promise<void> {
    const lengths = new Map(asked.map(({ id, lengthMs }) => [id, lengthMs]))
    const operations = [...sums].map(([id, by]) => ({
      updateOne: {
        filter: { _id: id },
        update: { $inc: { count: by }, $setOnInsert: { removeAt: new Date(Date.now() + lengths.get(id)!) } },
        upsert: true,
      },
    }))
    await counters.bulkWrite(operations, { ordered: false, ...WRITE })
  }

  const addSoon = createBatcher(async (asked: readonly Asked[]) => {
    const sums = new Map<string, number>()
    const ranks = asked.map(({ id }) => {
      const rank = (sums.get(id) ?? 0) + 1
      sums.set(id, rank)
      return rank
    })
    await increase(sums, asked).catch((error: { code?: unknown; writeErrors?: readonly { index: number }[] }) => {
      if (error.code !== DUPLICATE_KEY) throw error
      // Two processes made the same count at once: one was told off, and finds it now.
      const ids = [...sums.keys()]
      const refused = new Map((error.writeErrors ?? []).map(({ index }) => [ids[index]!, sums.get(ids[index]!)!]))
      return increase(refused, asked)
    })
    const found = await counters.find({ _id: { $in: [...sums.keys()] } }).lean<{ _id: string; count: number }[]>()
    const totals = new Map(found.map(({ _id, count }) => [_id, count]))
    // Of those that went together the first is told the least; what others have added meanwhile counts for all.
    return asked.map(({ id }, i) => (totals.get(id) ?? sums.get(id)!) - sums.get(id)! + ranks[i]!)
  })

  return {
    add: (key, window) => addSoon({ id: idOf(key, window), lengthMs: window.lengthMs }),
    async takeBack(key, window) {
      await counters.updateOne({ _id: idOf(key, window), count: { $gt: 0 } }, { $inc: { count: -1 } }, WRITE)
    },
    async forget(key, window) {
      await counters.deleteOne({ _id: idOf(key, window) }, WRITE)
    },
  }
}
