import { type LimitFault, limitFault, type ScopeLimits, UNLIMITED } from '../../domain/access/limits.js'
import { isOfUnits, ROLES, type Role } from '../../domain/access/permissions.js'
import { type Account, normalizeLogin } from './account.js'
import type { AccountRepository } from './account.repository.js'
import { hashPassword } from './hash-password.js'
import { type PasswordFault, passwordFault } from './password-rules.js'

/** Who is to have an account. */
export interface NewHolder {
  readonly login: string
  readonly name: string
  readonly role: Role
  /** Required for the roles of agencies, absent for the others. */
  readonly unitUid?: string | undefined
  /** What of the unit it may see; everything unless told. */
  readonly limits?: ScopeLimits
}

/** What an account is made from. */
export interface NewAccount extends NewHolder {
  readonly password: string
}

export type HolderFault = 'login_form' | 'name_missing' | 'role_unknown' | 'unit_missing' | 'unit_unused' | LimitFault
export type AccountFault = HolderFault | PasswordFault

export type CreateAccountOutcome =
  | { readonly kind: 'created'; readonly account: Account }
  | { readonly kind: 'duplicate' }
  | { readonly kind: 'invalid'; readonly faults: readonly AccountFault[] }

export type CreateAccount = (input: NewAccount) => Promise<CreateAccountOutcome>

const LOGIN = /^[a-z0-9._-]{2,60}$/
const UNIT_UID = /^[a-z0-9._-]{1,80}$/i

function unitFault({ role, unitUid }: NewHolder): HolderFault | undefined {
  if (!isOfUnits(role)) return unitUid === undefined ? undefined : 'unit_unused'
  return unitUid !== undefined && UNIT_UID.test(unitUid) ? undefined : 'unit_missing'
}

/** Every rule that is broken, whatever the password. */
export function holderFaults(input: NewHolder, isService: (code: string) => boolean): readonly HolderFault[] {
  const faults = [
    LOGIN.test(normalizeLogin(input.login)) ? undefined : 'login_form',
    input.name.trim() ? undefined : 'name_missing',
    ROLES.includes(input.role) ? undefined : 'role_unknown',
    unitFault(input),
    limitFault(input.limits ?? UNLIMITED, input.role, isService) ?? undefined,
  ] as const
  return faults.filter((fault) => fault !== undefined)
}

/** Makes accounts: checks every rule at once, stores the hash of the password only. */
export function makeCreateAccount(deps: {
  accounts: AccountRepository
  isService: (code: string) => boolean
  now: () => Date
}): CreateAccount {
  return async (input) => {
    const login = normalizeLogin(input.login)
    const fault = await passwordFault(input.password, login)
    const faults = [...holderFaults(input, deps.isService), ...(fault === undefined ? [] : [fault])]
    if (faults.length > 0) return { kind: 'invalid', faults }
    const account = await deps.accounts.insert({
      login,
      name: input.name.trim().normalize('NFC'),
      role: input.role,
      unitUid: input.unitUid ?? null,
      limits: input.limits ?? UNLIMITED,
      passwordHash: await hashPassword(input.password),
      createdAt: deps.now(),
    })
    return account === 'duplicate' ? { kind: 'duplicate' } : { kind: 'created', account }
  }
}
