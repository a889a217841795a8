import type { Connection } from 'mongoose'
import type { ScopeLimits } from '../../domain/access/limits.js'
import type { Role } from '../../domain/access/permissions.js'
import type { Account, AccountRecord, StoredSecondFactor } from './account.js'
import { accountModel } from './account.model.js'
import { fromStoredLimits, type StoredLimits, toStoredLimits } from './limits.model.js'

const DUPLICATE_KEY = 11000
const OBJECT_ID = /^[0-9a-f]{24}$/

/** Where accounts are kept. */
export interface AccountRepository {
  /** @returns `'duplicate'` when the login is taken */
  insert(account: Omit<AccountRecord, 'id' | 'disabledAt' | 'hasSecondFactor'>): Promise<Account | 'duplicate'>
  findByLogin(login: string): Promise<AccountRecord | undefined>
  findById(id: string): Promise<Account | undefined>
  /** All accounts by login. */
  list(): Promise<readonly Account[]>
  /** @returns whether an account in use was found */
  setLimits(login: string, limits: ScopeLimits): Promise<boolean>
  /** @returns whether an account in use was found and changed */
  setPassword(login: string, passwordHash: string): Promise<boolean>
  /** @returns whether the account had none before */
  addSecondFactor(id: string, factor: StoredSecondFactor): Promise<boolean>
  /** @returns whether there was one */
  removeSecondFactor(login: string): Promise<boolean>
  findSealedSecret(id: string): Promise<string | undefined>
  /** @returns whether no code of this time step or a later one was taken before */
  takeCodeStep(id: string, step: number): Promise<boolean>
  /** @returns whether the code was there; it no longer is */
  takeRecoveryCode(id: string, hash: string): Promise<boolean>
  /** @returns whether an account in use was found and disabled */
  disable(login: string, at: Date): Promise<boolean>
}

interface Stored extends Omit<AccountRecord, 'id' | 'role' | 'hasSecondFactor' | 'limits'> {
  readonly _id: { toString(): string }
  /** `agency` stands in accounts made before there were viewers and heads; it saw what a viewer sees. */
  readonly role: Role | 'agency'
  readonly limits?: StoredLimits | null
  /** Absent in accounts made before there were any. */
  readonly secondFactor?: StoredSecondFactor | null
}

function toRecord({ _id, role, secondFactor, limits, ...rest }: Stored): AccountRecord {
  const hasSecondFactor = (secondFactor ?? null) !== null
  const own = { limits: fromStoredLimits(limits), hasSecondFactor }
  return { id: _id.toString(), ...rest, ...own, role: role === 'agency' ? 'agency_viewer' : role }
}

function withoutSecret({ passwordHash: _, ...account }: AccountRecord): Account {
  return account
}

/** Accounts in the collection `accounts`. */
export function mongoAccountRepository(connection: Connection): AccountRepository {
  const model = accountModel(connection)
  return {
    async insert(account) {
      try {
        const limits = toStoredLimits(account.limits)
        const stored = await model.create({ ...account, limits, disabledAt: null })
        return withoutSecret(toRecord(stored.toObject() as Stored))
      } catch (error) {
        if ((error as { code?: unknown }).code === DUPLICATE_KEY) return 'duplicate'
        throw error
      }
    },
    async findByLogin(login) {
      const stored = await model.findOne({ login }).lean<Stored>()
      return stored ? toRecord(stored) : undefined
    },
    async findById(id) {
      if (!OBJECT_ID.test(id)) return undefined
      const stored = await model.findById(id).lean<Stored>()
      return stored ? withoutSecret(toRecord(stored)) : undefined
    },
    async list() {
      const stored = await model.find().sort({ login: 1 }).lean<Stored[]>()
      return stored.map((one) => withoutSecret(toRecord(one)))
    },
    async setLimits(login, limits) {
      const stored = toStoredLimits(limits)
      const outcome = await model.updateOne({ login, disabledAt: null }, { $set: { limits: stored } })
      return outcome.matchedCount === 1
    },
    async setPassword(login, passwordHash) {
      const outcome = await model.updateOne({ login, disabledAt: null }, { $set: { passwordHash } })
      return outcome.matchedCount === 1
    },
    async addSecondFactor(id, secondFactor) {
      const outcome = await model.updateOne({ _id: id, secondFactor: null }, { $set: { secondFactor } })
      return outcome.modifiedCount === 1
    },
    async removeSecondFactor(login) {
      const outcome = await model.updateOne({ login, secondFactor: { $ne: null } }, { $set: { secondFactor: null } })
      return outcome.modifiedCount === 1
    },
    async findSealedSecret(id) {
      const stored = await model.findById(id).lean<Stored>()
      return stored?.secondFactor?.sealedSecret
    },
    async takeCodeStep(id, step) {
      const earlier = { _id: id, 'secondFactor.lastStep': { $lt: step } }
      return (await model.updateOne(earlier, { $set: { 'secondFactor.lastStep': step } })).modifiedCount === 1
    },
    async takeRecoveryCode(id, hash) {
      const holder = { _id: id, 'secondFactor.recoveryHashes': hash }
      const outcome = await model.updateOne(holder, { $pull: { 'secondFactor.recoveryHashes': hash } })
      return outcome.modifiedCount === 1
    },
    async disable(login, at) {
      const outcome = await model.updateOne({ login, disabledAt: null }, { $set: { disabledAt: at } })
      return outcome.modifiedCount === 1
    },
  }
}
