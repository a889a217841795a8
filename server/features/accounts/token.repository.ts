import type { Connection } from 'mongoose'
import type { IsoDay } from '../../domain/survey/vocabulary.js'
import { tokenModel } from './token.model.js'

const OBJECT_ID = /^[0-9a-f]{24}$/

/** A bearer token as stored; what was handed out cannot be won back from it. */
export interface TokenRecord {
  readonly id: string
  readonly tokenHash: string
  readonly name: string
  readonly accountId: string
  readonly createdAt: Date
  readonly expiresAt: Date
  readonly lastUsedOn: IsoDay | null
  readonly revokedAt: Date | null
}

/** Where tokens are kept. */
export interface TokenRepository {
  insert(token: Omit<TokenRecord, 'id' | 'lastUsedOn' | 'revokedAt'>): Promise<TokenRecord>
  findByHash(tokenHash: string): Promise<TokenRecord | undefined>
  /** All tokens, newest first. */
  list(): Promise<readonly TokenRecord[]>
  markUsed(id: string, on: IsoDay): Promise<void>
  /** @returns whether a token that still worked was found and revoked */
  revoke(id: string, at: Date): Promise<boolean>
}

interface Stored extends Omit<TokenRecord, 'id' | 'accountId'> {
  readonly _id: { toString(): string }
  readonly accountId: { toString(): string }
}

function toRecord({ _id, accountId, ...rest }: Stored): TokenRecord {
  return { id: _id.toString(), accountId: accountId.toString(), ...rest }
}

/** Tokens in the collection `tokens`. */
export function mongoTokenRepository(connection: Connection): TokenRepository {
  const model = tokenModel(connection)
  return {
    async insert(token) {
      const stored = await model.create({ ...token, lastUsedOn: null, revokedAt: null })
      return toRecord(stored.toObject() as unknown as Stored)
    },
    async findByHash(tokenHash) {
      const stored = await model.findOne({ tokenHash }).lean<Stored>()
      return stored ? toRecord(stored) : undefined
    },
    async list() {
      return (await model.find().sort({ createdAt: -1 }).lean<Stored[]>()).map(toRecord)
    },
    async markUsed(id, on) {
      await model.updateOne({ _id: id }, { $set: { lastUsedOn: on } })
    },
    async revoke(id, at) {
      if (!OBJECT_ID.test(id)) return false
      const outcome = await model.updateOne({ _id: id, revokedAt: null }, { $set: { revokedAt: at } })
      return outcome.modifiedCount === 1
    },
  }
}
