import { UNLIMITED } from '../../domain/access/limits.js'
import { normalizeLogin } from './account.js'
import type { AccountRepository } from './account.repository.js'
import { hashOfToken, newLinkToken } from './bearer-token.js'
import { type HolderFault, holderFaults, type NewHolder } from './create-account.js'
import { hashPassword } from './hash-password.js'
import type { Invitation, InvitationRepository } from './invitation.repository.js'
import { type PasswordFault, passwordFault } from './password-rules.js'

/** How long a link works unless told. */
export const INVITATION_DAYS = 7
export const MAX_INVITATION_DAYS = 30
const DAY_MS = 24 * 60 * 60 * 1000

/** A link's secret, shown once and kept nowhere. */
export interface NewInvitation {
  readonly kind: 'invited'
  readonly token: string
  readonly login: string
  readonly expiresAt: Date
}

export type InviteOutcome =
  | NewInvitation
  | { readonly kind: 'duplicate' }
  | { readonly kind: 'days_out_of_range' }
  | { readonly kind: 'invalid'; readonly faults: readonly HolderFault[] }

export type AcceptOutcome =
  | { readonly kind: 'accepted'; readonly login: string }
  /** Unknown, used, withdrawn or too old: never told apart. */
  | { readonly kind: 'gone' }
  | { readonly kind: 'invalid'; readonly fault: PasswordFault }

/** Inviting people, and what the invited do. */
export interface Invitations {
  /** An earlier link for the login no longer works. */
  invite(holder: NewHolder, days?: number): Promise<InviteOutcome>
  /** A link by which the holder of an account sets a new password, or `undefined` without such an account. */
  renew(login: string): Promise<NewInvitation | undefined>
  /** What a link invites to, while it works. */
  find(token: string): Promise<Invitation | undefined>
  /** Sets the password, once. */
  accept(token: string, password: string): Promise<AcceptOutcome>
  listOpen(): Promise<readonly Invitation[]>
  withdraw(login: string): Promise<void>
}

/** Binds inviting to where accounts and invitations are kept. */
export function makeInvitations(deps: {
  accounts: AccountRepository
  invitations: InvitationRepository
  /** Of an account in use; ends its sessions. @returns whether there was one */
  replacePassword: (login: string, passwordHash: string) => Promise<boolean>
  isService: (code: string) => boolean
  now: () => Date
}): Invitations {
  const { accounts, invitations, now } = deps

  async function write(
    holder: Pick<Invitation, 'login' | 'name' | 'role' | 'unitUid' | 'limits' | 'isRenewal'>,
    days: number,
  ): Promise<NewInvitation> {
    const token = newLinkToken()
    const createdAt = now()
    const expiresAt = new Date(createdAt.getTime() + days * DAY_MS)
    await invitations.endAll(holder.login, createdAt)
    await invitations.insert({ ...holder, tokenHash: hashOfToken(token), createdAt, expiresAt })
    return { kind: 'invited', token, login: holder.login, expiresAt }
  }

  /** Ended before anything is changed: a link that is used twice at once works once. */
  async function use({ tokenHash, isRenewal, ...invited }: Invitation, password: string): Promise<boolean> {
    const at = now()
    const passwordHash = await hashPassword(password)
    if (!(await invitations.end(tokenHash, at))) return false
    const { login, name, role, unitUid, limits } = invited
    if (isRenewal) return deps.replacePassword(login, passwordHash)
    return (await accounts.insert({ login, name, role, unitUid, limits, passwordHash, createdAt: at })) !== 'duplicate'
  }

  return {
    async invite(holder, days = INVITATION_DAYS) {
      if (!(days >= 1 && days <= MAX_INVITATION_DAYS)) return { kind: 'days_out_of_range' }
      const faults = holderFaults(holder, deps.isService)
      if (faults.length > 0) return { kind: 'invalid', faults }
      const login = normalizeLogin(holder.login)
      if (await accounts.findByLogin(login)) return { kind: 'duplicate' }
      const name = holder.name.trim().normalize('NFC')
      const { role, unitUid = null, limits = UNLIMITED } = holder
      return write({ login, name, role, unitUid, limits, isRenewal: false }, days)
    },
    async renew(typed) {
      const account = await accounts.findByLogin(normalizeLogin(typed))
      if (!account || account.disabledAt !== null) return undefined
      const { login, name, role, unitUid, limits } = account
      return write({ login, name, role, unitUid, limits, isRenewal: true }, INVITATION_DAYS)
    },
    find: (token) => invitations.find(hashOfToken(token), now()),
    async accept(token, password) {
      const invitation = await invitations.find(hashOfToken(token), now())
      if (!invitation) return { kind: 'gone' }
      const fault = await passwordFault(password, invitation.login)
      if (fault !== undefined) return { kind: 'invalid', fault }
      return (await use(invitation, password)) ? { kind: 'accepted', login: invitation.login } : { kind: 'gone' }
    },
    listOpen: () => invitations.list(now()),
    withdraw: (login) => invitations.endAll(login, now()),
  }
}
