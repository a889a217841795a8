/** Keeps the accounts of staff: `invite`, `renew`, `add`, `list`, `limit`, `disable`, `remove-factor`. */
import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { isLimited, type ScopeLimits } from '../server/domain/access/limits.js'
import { ROLES, type Role } from '../server/domain/access/permissions.js'
import {
  type AccountFault,
  INVITATION_DAYS,
  MAX_INVITATION_DAYS,
  type NewInvitation,
} from '../server/features/accounts/index.js'
import { loadUnitRegistry } from '../server/features/units/index.js'
import { loadConfig } from '../server/platform/config.js'
import { projectDir } from '../server/platform/paths.js'
import { type AccountBook, runAccountCommand } from './support/account-command.js'
import { readPassword } from './support/read-password.js'

const USAGE = `Usage:
  account invite --login LOGIN --name NAME --role ${ROLES.join('|')} [--unit UID] [--days 1-${MAX_INVITATION_DAYS}]
                 [--services CODE,CODE] [--from DAY] [--to DAY]
      prints a link once, by which the invited sets a password; ${INVITATION_DAYS} days unless told
  account renew --login LOGIN
      prints a link by which the holder of an account sets a new password
  account add --login LOGIN --name NAME --role ROLE [--unit UID] [--generate]
      reads the password from standard input; --generate makes one and prints it once
  account list
  account limit --login LOGIN [--services CODE,CODE] [--from DAY] [--to DAY]
      what of its unit an account of an agency may see; without services and days everything
  account disable --login LOGIN
  account remove-factor --login LOGIN
      for who lost the phone and the recovery codes; the next sign-in asks them to set it up again
Settings: MONGODB_URI, or DATA_DIR of the embedded engine; PUBLIC_URL for links`

/** The address is read by the rules of the server, which wants a secret; the command needs none. */
const UNUSED_SECRET = 'none is needed to print a link to a person'

const FAULTS: Readonly<Record<AccountFault, string>> = {
  login_form: 'The login needs 2 to 60 of a-z 0-9 . _ -',
  name_missing: 'The name is missing',
  role_unknown: `The role must be one of ${ROLES.join(', ')}`,
  unit_missing: 'An account of an agency needs --unit with the uid of its unit',
  unit_unused: 'Only accounts of agencies have a unit',
  limits_unused: 'Only accounts of agencies can be limited to services and days',
  service_unknown: 'One of the services is not in surveys/services.yaml',
  limit_day_wrong: 'Days are YYYY-MM-DD',
  limit_days_reversed: '--from must come before --to',
  password_too_short: 'The password needs at least 12 characters',
  password_too_long: 'The password may have at most 128 characters',
  password_has_name: 'The password may hold neither the login nor the name of the platform',
  password_too_common: 'The password is among those that are tried first',
}

interface Options extends Record<string, string | boolean | undefined> {
  readonly login?: string | undefined
  readonly name?: string | undefined
  readonly role?: string | undefined
  readonly unit?: string | undefined
  readonly days?: string | undefined
  readonly services?: string | undefined
  readonly from?: string | undefined
  readonly to?: string | undefined
  readonly generate?: boolean | undefined
}

const limitsOf = ({ services, from, to }: Options): ScopeLimits => ({
  services: services === undefined ? null : services.split(','),
  period: { from: from ?? null, to: to ?? null },
})

function checkUnit(uid: string) {
  const unit = loadUnitRegistry(join(projectDir(), 'surveys/units')).byUid(uid)
  if (!unit) throw new Error(`No unit has the uid ${uid}`)
}

function printLink({ token, login, expiresAt }: NewInvitation) {
  const { publicUrl } = loadConfig({ ...process.env, SECRET: process.env.SECRET ?? UNUSED_SECRET }).http
  console.log(`Link for ${login}, shown this once: ${publicUrl}/invitation?token=${token}`)
  console.log(`Works once, until ${expiresAt.toISOString()}`)
}

async function invite(book: AccountBook, options: Options) {
  const { login = '', name = '', role = '', unit, days } = options
  if (unit !== undefined) checkUnit(unit)
  const holder = { login, name, role: role as Role, unitUid: unit, limits: limitsOf(options) }
  const outcome = await book.invitations.invite(holder, days === undefined ? INVITATION_DAYS : Number(days))
  if (outcome.kind === 'duplicate') throw new Error(`The login ${login} is taken`)
  if (outcome.kind === 'days_out_of_range') throw new Error(`--days must be 1 to ${MAX_INVITATION_DAYS}`)
  if (outcome.kind === 'invalid') throw new Error(outcome.faults.map((fault) => FAULTS[fault]).join('\n'))
  printLink(outcome)
}

async function renew(book: AccountBook, { login = '' }: Options) {
  const outcome = await book.invitations.renew(login)
  if (!outcome) throw new Error(`No account in use has the login ${login}`)
  printLink(outcome)
}

async function add(book: AccountBook, { login = '', name = '', role = '', unit, generate }: Options) {
  if (unit !== undefined) checkUnit(unit)
  const password = generate ? randomBytes(15).toString('base64url') : await readPassword()
  const outcome = await book.createAccount({ login, name, role: role as Role, unitUid: unit, password })
  if (outcome.kind === 'duplicate') throw new Error(`The login ${login} is taken`)
  if (outcome.kind === 'invalid') throw new Error(outcome.faults.map((fault) => FAULTS[fault]).join('\n'))
  console.log(`Account ${outcome.account.login} made`)
  if (generate) console.log(`Password, shown this once: ${password}`)
}

async function list(book: AccountBook) {
  const rows = (await book.listAccounts()).map(({ login, name, role, unitUid, limits, createdAt, disabledAt }) =>
    [
      login,
      role,
      isLimited(limits) ? `${unitUid} (limited)` : (unitUid ?? '-'),
      disabledAt ? `disabled ${disabledAt.toISOString()}` : 'in use',
      createdAt.toISOString(),
      name,
    ].join('\t'),
  )
  console.log(['login\trole\tunit\tstate\tcreated\tname', ...rows].join('\n'))
}

async function limit(book: AccountBook, { login = '', ...options }: Options) {
  const outcome = await book.setLimits(login, limitsOf(options))
  if (outcome.kind === 'unknown') throw new Error(`No account in use has the login ${login}`)
  if (outcome.kind === 'invalid') throw new Error(FAULTS[outcome.fault])
  console.log(`Limits of ${login} set; its next request obeys them`)
}

async function disable(book: AccountBook, { login = '' }: Options) {
  if (!(await book.disableAccount(login))) throw new Error(`No account in use has the login ${login}`)
  console.log(`Account ${login} disabled; its sessions and tokens no longer work`)
}

async function removeFactor(book: AccountBook, { login = '' }: Options) {
  if (!(await book.removeSecondFactor(login))) throw new Error(`No account with a second factor has the login ${login}`)
  console.log(`Second factor of ${login} removed; its sessions no longer work`)
}

await runAccountCommand<Options>(
  USAGE,
  {
    login: { type: 'string' },
    name: { type: 'string' },
    role: { type: 'string' },
    unit: { type: 'string' },
    days: { type: 'string' },
    services: { type: 'string' },
    from: { type: 'string' },
    to: { type: 'string' },
    generate: { type: 'boolean' },
  },
  { invite, renew, add, list, limit, disable, 'remove-factor': removeFactor },
)
