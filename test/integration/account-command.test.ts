import { randomUUID } from 'node:crypto'
import { expect } from 'chai'
import { createAccountBook } from '../../server/features/accounts/index.js'
import { runCommand } from '../support/run-command.js'
import { openTestDatabase, type TestDatabase } from '../support/test-database.js'

async function run(...call: Parameters<typeof runCommand>) {
  const { code, stdout, stderr } = await runCommand(...call)
  return { code, output: stdout + stderr }
}

describe('the commands of accounts and tokens', () => {
  let database: TestDatabase
  before(async () => {
    database = await openTestDatabase()
  })
  after(() => database.close())

  it('make an account of the unit with the password typed, and tokens of analysts only', async () => {
    const login = `q-${randomUUID().slice(0, 8)}`
    const args = ['add', '--login', login, '--name', 'Quận 1', '--role', 'agency_viewer', '--unit', 'quan-1']
    const added = await run(database.commandEnv, 'account.ts', args, 'một câu đủ dài\n')
    expect(added).to.deep.equal({ code: 0, output: `Account ${login} made\n` })
    const stored = await createAccountBook({
      connection: database.connection,
      services: { byCode: () => undefined },
      now: () => new Date(),
    }).listAccounts()
    expect(stored).to.have.length(1)
    expect(stored[0]).to.include({ login, role: 'agency_viewer', unitUid: 'quan-1', disabledAt: null })
    const refused = await run(database.commandEnv, 'token.ts', ['create', '--login', login])
    expect(refused).to.deep.equal({ code: 1, output: 'Accounts of this role may not have tokens\n' })
  })

  it('name every fault and leave nothing behind', async () => {
    const added = await run(database.commandEnv, 'account.ts', ['add', '--login', 'x', '--role', 'boss'], 'short\n')
    expect(added.code).to.equal(1)
    expect(added.output.trim().split('\n')).to.have.length(4)
    const unknown = [
      'add',
      '--login',
      'xy',
      '--name',
      'X',
      '--role',
      'agency_viewer',
      '--unit',
      'quan-99',
      '--generate',
    ]
    expect((await run(database.commandEnv, 'account.ts', unknown)).output).to.equal('No unit has the uid quan-99\n')
    expect(await database.connection.collection('accounts').countDocuments({ login: { $in: ['x', 'xy'] } })).to.equal(0)
  })
})
