/** Keeps the bearer tokens of scripts and devices: `create`, `list`, `revoke`. */
import { MAX_TOKEN_DAYS } from '../server/features/accounts/index.js'
import { type AccountBook, runAccountCommand } from './support/account-command.js'

const DEFAULT_DAYS = 90

const USAGE = `Usage:
  token create --login LOGIN [--name NAME] [--days 1-${MAX_TOKEN_DAYS}]   prints the token once; ${DEFAULT_DAYS} days unless told
  token list
  token revoke --id ID
Settings: MONGODB_URI, or DATA_DIR of the embedded engine`

const REFUSALS = {
  no_account: 'No account in use has this login',
  role_not_allowed: 'Accounts of this role may not have tokens',
  days_out_of_range: `--days must be 1 to ${MAX_TOKEN_DAYS}`,
} as const

interface Options extends Record<string, string | boolean | undefined> {
  readonly login?: string | undefined
  readonly name?: string | undefined
  readonly days?: string | undefined
  readonly id?: string | undefined
}

async function create(book: AccountBook, { login = '', name = '', days }: Options) {
  const outcome = await book.createToken({ login, name, validDays: days === undefined ? DEFAULT_DAYS : Number(days) })
  if (outcome.kind !== 'created') throw new Error(REFUSALS[outcome.kind])
  console.log(`Token, shown this once: ${outcome.token}`)
  console.log(`Works until ${outcome.record.expiresAt.toISOString()}. Send it as: Authorization: Bearer TOKEN`)
}

async function list(book: AccountBook) {
  const logins = new Map((await book.listAccounts()).map(({ id, login }) => [id, login]))
  const rows = (await book.listTokens()).map(({ id, accountId, expiresAt, lastUsedOn, revokedAt, name }) =>
    [
      id,
      logins.get(accountId) ?? '-',
      revokedAt ? `revoked ${revokedAt.toISOString()}` : `until ${expiresAt.toISOString()}`,
      lastUsedOn ?? 'never',
      name,
    ].join('\t'),
  )
  console.log(['id\tlogin\tstate\tlast used\tname', ...rows].join('\n'))
}

async function revoke(book: AccountBook, { id = '' }: Options) {
  if (!(await book.revokeToken(id))) throw new Error(`No token that still works has the id ${id}`)
  console.log(`Token ${id} revoked`)
}

await runAccountCommand<Options>(
  USAGE,
  { login: { type: 'string' }, name: { type: 'string' }, days: { type: 'string' }, id: { type: 'string' } },
  { create, list, revoke },
)
