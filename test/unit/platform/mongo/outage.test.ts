import { expect } from 'chai'
import { mongo } from 'mongoose'
import { isDatabaseAway, isStorageFull } from '../../../../server/platform/mongo/outage.js'

const network = new mongo.MongoNetworkError('connection 3 closed')
const bulk = (error: ConstructorParameters<typeof mongo.MongoBulkWriteError>[0]) =>
  new mongo.MongoBulkWriteError(error, {} as mongo.BulkWriteResult)

describe('an outage of the database', () => {
  it('is known by the driver’s errors, also inside those of bulk writes and as a cause', () => {
    const away = [
      network,
      bulk(network),
      new Error('A response was not stored', { cause: network }),
      Object.assign(new Error('write EPIPE'), { code: 'EPIPE' }),
      bulk(Object.assign(new mongo.MongoNetworkError('write EPIPE'), { code: 'EPIPE' })),
    ]
    expect(away.map(isDatabaseAway)).to.deep.equal(away.map(() => true))
  })

  it('is told from refusals and bugs', () => {
    const others = [new RangeError('bug'), new mongo.MongoServerError({ message: 'E11000', code: 11000 }), 'text', null]
    expect(others.map(isDatabaseAway)).to.deep.equal(others.map(() => false))
  })

  it('by a full disk is known by its code, also where an answer was not stored for it', () => {
    const full = new mongo.MongoServerError({ message: 'The disk is full', code: 14031 })
    expect([full, new Error('A response was not stored', { cause: full })].map(isStorageFull)).to.deep.equal([
      true,
      true,
    ])
    expect([network, new Error('bug')].map(isStorageFull)).to.deep.equal([false, false])
  })
})
