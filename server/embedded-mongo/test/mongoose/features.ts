import mongoose, { type Connection, Schema } from 'mongoose'

/** Something that a developer may reach for, and what comes of it: it returns, or it fails with a code. */
export interface Feature {
  readonly name: string
  /** `works`, or the code of MongoDB's refusal. */
  readonly outcome: string
  readonly run: (connection: Connection) => Promise<unknown>
  /** What `run` gives when it works. */
  readonly gives?: unknown
}

let count = 0
const nextName = () => `Model${count++}`

const works = (name: string, gives: unknown, run: Feature['run']): Feature => ({ name, outcome: 'works', run, gives })
const refused = (name: string, outcome: string, run: Feature['run']): Feature => ({ name, outcome, run })

const people = (connection: Connection) =>
  connection.model(nextName(), new Schema({ name: String, age: Number, tags: [String], marks: [{ n: Number }] }))

async function withPeople(connection: Connection) {
  const model = people(connection)
  await model.create([
    { name: 'An', age: 30, tags: ['a'], marks: [{ n: 1 }, { n: 2 }] },
    { name: 'Binh', age: 25, tags: [] },
  ])
  return model
}

const documents: readonly Feature[] = [
  works('create, find, lean', ['An', 'Binh'], async (connection) => {
    const model = await withPeople(connection)
    return (await model.find().sort({ name: 1 }).lean()).map(({ name }) => name)
  }),
  works('`timestamps`', [true, true], async (connection) => {
    const model = connection.model(nextName(), new Schema({ a: Number }, { timestamps: true }))
    const made = await model.create({ a: 1 })
    await model.updateOne({ _id: made._id }, { a: 2 })
    const after = await model.findById(made._id).lean<{ createdAt: Date; updatedAt: Date }>()
    return [after?.createdAt instanceof Date, Number(after?.updatedAt) >= Number(after?.createdAt)]
  }),
  works('saving changed subdocuments of an array', [1, 7, 3], async (connection) => {
    const model = await withPeople(connection)
    const an = await model.findOne({ name: 'An' }).orFail()
    an.marks[1]?.set('n', 7)
    an.marks.push({ n: 3 })
    await an.save()
    return (await model.findById(an._id).orFail()).marks.map(({ n }) => n)
  }),
  works('removing a subdocument', [2], async (connection) => {
    const model = await withPeople(connection)
    const an = await model.findOne({ name: 'An' }).orFail()
    an.marks[0]?.deleteOne()
    await an.save()
    return (await model.findById(an._id).orFail()).marks.map(({ n }) => n)
  }),
  works('`VersionError` of a document saved twice from old states', 'VersionError', async (connection) => {
    const model = await withPeople(connection)
    const [one, other] = [await model.findOne({ name: 'An' }).orFail(), await model.findOne({ name: 'An' }).orFail()]
    one.marks.splice(0, 1)
    await one.save()
    other.marks[1]?.set('n', 9)
    return other.save().then(
      () => 'saved',
      (error: Error) => error.name,
    )
  }),
  works('`optimisticConcurrency`', 'VersionError', async (connection) => {
    const model = connection.model(nextName(), new Schema({ a: Number }, { optimisticConcurrency: true }))
    const { _id } = await model.create({ a: 1 })
    const [one, other] = [await model.findById(_id).orFail(), await model.findById(_id).orFail()]
    await one.set('a', 2).save()
    return other
      .set('a', 3)
      .save()
      .then(
        () => 'saved',
        (error: Error) => error.name,
      )
  }),
  works('maps, buffers, decimals, UUIDs, mixed values', ['x', 'b', '1.50', 36, 1], async (connection) => {
    const schema = new Schema({
      map: { type: Map, of: String },
      bytes: Buffer,
      price: Schema.Types.Decimal128,
      key: Schema.Types.UUID,
      any: {},
    })
    const model = connection.model(nextName(), schema)
    const { _id } = await model.create({
      map: { k: 'x' },
      bytes: Buffer.from('b'),
      price: '1.50',
      key: crypto.randomUUID(),
      any: { n: 1 },
    })
    const one = await model.findById(_id).orFail()
    return [one.map?.get('k'), String(one.bytes), String(one.price), String(one.key).length, one.get('any').n]
  }),
  works('hooks and methods', ['AN', 'hi AN'], async (connection) => {
    const schema = new Schema(
      { name: String },
      {
        methods: {
          greet(): string {
            return `hi ${this.get('name')}`
          },
        },
      },
    )
    schema.pre('save', function () {
      this.set('name', String(this.get('name')).toUpperCase())
    })
    const model = connection.model(nextName(), schema)
    const one = await model.create({ name: 'an' })
    return [one.name, one.greet()]
  }),
]

const relations: readonly Feature[] = [
  works('`populate`', ['q1', 'q1'], async (connection) => {
    const units = connection.model(nextName(), new Schema({ name: String }))
    const model = connection.model(
      nextName(),
      new Schema({ unit: { type: Schema.Types.ObjectId, ref: units.modelName } }),
    )
    const unit = await units.create({ name: 'q1' })
    await model.create([{ unit: unit._id }, { unit: unit._id }])
    const found = await model.find().populate<{ unit: { name: string } }>('unit')
    return found.map((one) => one.unit.name)
  }),
  works('`populate` of a virtual, counted', 2, async (connection) => {
    const name = nextName()
    const model = connection.model(name, new Schema({ unit: Schema.Types.ObjectId }))
    const schema = new Schema({ name: String })
    schema.virtual('answers', { ref: name, localField: '_id', foreignField: 'unit', count: true })
    const units = connection.model(nextName(), schema)
    const unit = await units.create({ name: 'q1' })
    await model.create([{ unit: unit._id }, { unit: unit._id }])
    return (await units.findOne().populate('answers').orFail()).get('answers')
  }),
  works('discriminators', ['Desk', 2, 1], async (connection) => {
    const base = connection.model(nextName(), new Schema({ at: Date }, { discriminatorKey: 'kind' }))
    const desk = base.discriminator(nextName(), new Schema({ desk: String }), 'Desk')
    const web = base.discriminator(nextName(), new Schema({ page: String }), 'Web')
    await desk.create({ desk: '1' })
    await web.create({ page: '/' })
    return [(await desk.findOne().orFail()).get('kind'), await base.countDocuments(), await web.countDocuments()]
  }),
]

const queries: readonly Feature[] = [
  works('`countDocuments`, `estimatedDocumentCount`, `exists`', [1, 2, true], async (connection) => {
    const model = await withPeople(connection)
    const exists = (await model.exists({ name: 'An' })) !== null
    return [await model.countDocuments({ age: 30 }), await model.estimatedDocumentCount(), exists]
  }),
  works('`findOneAndUpdate` with an upsert and the new document', [1, 2], async (connection) => {
    const model = people(connection)
    const bump = () =>
      model.findOneAndUpdate({ name: 'x' }, { $inc: { age: 1 } }, { upsert: true, returnDocument: 'after' }).orFail()
    return [(await bump()).age, (await bump()).age]
  }),
  works('`bulkWrite`, `bulkSave`, `insertMany`', [1, 3, 4], async (connection) => {
    const model = await withPeople(connection)
    const { modifiedCount } = await model.bulkWrite([
      { updateOne: { filter: { name: 'An' }, update: { $set: { age: 31 } } } },
    ])
    const all = await model.find()
    for (const one of all) one.age = 1
    await model.bulkSave(all)
    await model.insertMany([{ name: 'c', age: 1 }, { name: 'd' }])
    return [modifiedCount, await model.countDocuments({ age: 1 }), await model.countDocuments()]
  }),
  works('cursors and `for await`', 2, async (connection) => {
    const model = await withPeople(connection)
    let seen = 0
    for await (const _ of model.find().cursor({ batchSize: 1 })) seen++
    return seen
  }),
  works('`syncIndexes`, `diffIndexes`, unique errors', [['name_1'], [], 11000], async (connection) => {
    const model = connection.model(
      nextName(),
      new Schema({ name: { type: String, unique: true } }, { autoIndex: false }),
    )
    await model.createCollection()
    const before = (await model.diffIndexes()).toCreate.map((key) =>
      Object.keys(key as object)
        .map((name) => `${name}_1`)
        .join(),
    )
    await model.syncIndexes()
    await model.create({ name: 'a' })
    const code = await model.create({ name: 'a' }).catch((error: { code: number }) => error.code)
    return [before, (await model.diffIndexes()).toCreate, code]
  }),
]

const refusals: readonly Feature[] = [
  refused('transactions (`withTransaction`)', 'refused, code 263', async (connection) => {
    const model = people(connection)
    await connection.transaction(async (session) => void (await model.create([{ name: 'x' }], { session })))
  }),
  refused('change streams (`watch`)', 'refused, code 40573', async (connection) => {
    const stream = people(connection).watch()
    try {
      await stream.next()
    } finally {
      await stream.close()
    }
  }),
  refused('positional updates (`marks.$.n`)', 'refused, code 2', async (connection) => {
    const model = await withPeople(connection)
    await model.updateOne({ 'marks.n': 1 }, { $set: { 'marks.$.n': 5 } })
  }),
  refused('`arrayFilters`', 'refused, code 40415', async (connection) => {
    const model = await withPeople(connection)
    await model.updateOne({}, { $set: { 'marks.$[m].n': 5 } }, { arrayFilters: [{ 'm.n': 1 }] })
  }),
  refused('updates by a pipeline', 'refused, code 9', async (connection) => {
    const model = await withPeople(connection)
    await model.updateOne({}, [{ $set: { age: 1 } }], { updatePipeline: true })
  }),
  refused('`distinct`', 'refused, code 59', async (connection) => {
    await (await withPeople(connection)).distinct('name')
  }),
  refused('`aggregate` (`$lookup` and other stages)', 'refused, code 40324', async (connection) => {
    await (await withPeople(connection)).aggregate([
      { $lookup: { from: 'x', localField: 'a', foreignField: 'b', as: 'c' } },
    ])
  }),
  refused('`$expr`', 'refused, code 2', async (connection) => {
    await (await withPeople(connection)).find({ $expr: { $gt: ['$age', 1] } })
  }),
  refused('`$where`', 'refused, code 2', async (connection) => {
    await (await withPeople(connection)).find({ $where: 'true' })
  }),
  refused('collations', 'refused, code 40415', async (connection) => {
    await (await withPeople(connection)).find().collation({ locale: 'vi' })
  }),
  refused('text indexes', 'refused, code 67', async (connection) => {
    await people(connection).collection.createIndex({ name: 'text' })
  }),
  refused('projections with `$slice`, `$elemMatch` or expressions', 'refused, code 168', async (connection) => {
    await (await withPeople(connection)).find({}, { marks: { $slice: 1 } })
  }),
]

/** Everything in the README's table, in its order. */
export const features: readonly Feature[] = [...documents, ...relations, ...queries, ...refusals]

/** A connection of its own to an address. */
export const connect = (uri: string): Promise<Connection> =>
  mongoose.createConnection(uri, { autoIndex: false }).asPromise()
