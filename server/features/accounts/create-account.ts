import { isOfUnits, ROLES, type Role } from '../../domain/access/permissions.js'
import { type Account, normalizeLogin } from './account.js'
import type { AccountRepository } from './account.repository.js'
import { hashPassword, type PasswordFault, passwordFault } from './hash-password.js'

/** What an account is made from. */
export interface NewAccount {
  readonly login: string
  readonly name: string
  readonly role: Role
  /** Required for the roles of agencies, absent for the others. */
  readonly unitUid?: string | undefined
  readonly password: string
}

export type AccountFault =
  | 'login_form'
  | 'name_missing'
  | 'role_unknown'
  | 'unit_missing'
  | 'unit_unused'
  | PasswordFault

export type CreateAccountOutcome =
  | { readonly kind: 'created'; readonly account: Account }
  | { readonly kind: 'duplicate' }
  | { readonly kind: 'invalid'; readonly faults: readonly AccountFault[] }

export type CreateAccount = (input: NewAccount) => Promise<CreateAccountOutcome>

const LOGIN = /^[a-z0-9._-]{2,60}$/
const UNIT_UID = /^[a-z0-9._-]{1,80}$/i

function unitFault({ role, unitUid }: NewAccount): AccountFault | undefined {
  if (!isOfUnits(role)) return unitUid === undefined ? undefined : 'unit_unused'
  return unitUid !== undefined && UNIT_UID.test(unitUid) ? undefined : 'unit_missing'
}

function faultsOf(input: NewAccount, login: string): readonly AccountFault[] {
  const faults = [
    LOGIN.test(login) ? undefined : 'login_form',
    input.name.trim() ? undefined : 'name_missing',
    ROLES.includes(input.role) ? undefined : 'role_unknown',
    unitFault(input),
    passwordFault(input.password, login),
  ] as const
  return faults.filter((fault) => fault !== undefined)
}

/** Makes accounts: checks every rule at once, stores the hash of the password only. */
export function makeCreateAccount(deps: { accounts: AccountRepository; now: () => Date }): CreateAccount {
  return async (input) => {
    const login = normalizeLogin(input.login)
    const faults = faultsOf(input, login)
    if (faults.length > 0) return { kind: 'invalid', faults }
    const account = await deps.accounts.insert({
      login,
      name: input.name.trim().normalize('NFC'),
      role: input.role,
      unitUid: input.unitUid ?? null,
      passwordHash: await hashPassword(input.password),
      createdAt: deps.now(),
    })
    return account === 'duplicate' ? { kind: 'duplicate' } : { kind: 'created', account }
  }
}
