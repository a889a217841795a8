import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import { Schema } from 'mongoose'
import { buildIndexes, openDatabase } from '../../server/platform/mongo/connect.js'

describe('a database that is opened again', () => {
  it('takes the same indexes as the first time', async () => {
    const dataDir = mkdtempSync(join(tmpdir(), 'hai-long-again-'))
    const schema = new Schema({ expires: Date, name: String }, { collection: 'things', autoIndex: false })
    schema.index({ expires: 1 }, { expireAfterSeconds: 0, name: 'remove_expired' })
    schema.index({ name: 1 }, { unique: true, name: 'one_of_a_name' })
    const open = async () => {
      const database = await openDatabase({ uri: undefined, dataDir })
      database.connection.model('Thing', schema)
      await buildIndexes(database.connection).finally(database.close)
    }
    await open()
    const second = await open().then(
      () => 'opened',
      (error: Error) => error.message,
    )
    rmSync(dataDir, { recursive: true, force: true })
    expect(second).to.equal('opened')
  })
})
