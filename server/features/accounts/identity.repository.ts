import type { Connection } from '../../platform/mongo/connect.js'
import { identityModel } from './identity.model.js'

const DUPLICATE_KEY = 11000

/** Ties between accounts and people at the identity provider; each has one of the other at most. */
export interface Identities {
  /** `taken`: the identity is another account's, or the account has another identity; `tied` also when it was before. */
  tie(accountId: string, identity: string, at: Date): Promise<'tied' | 'taken'>
  accountOf(identity: string): Promise<string | undefined>
  isTied(accountId: string): Promise<boolean>
  /** @returns whether there was a tie */
  untie(accountId: string): Promise<boolean>
}

interface Stored {
  readonly _id: string
  readonly accountId: string
}

export function mongoIdentities(connection: Connection): Identities {
  const model = identityModel(connection)
  const find = (identity: string) => model.findById(identity).lean<Stored>()
  return {
    async tie(accountId, identity, at) {
      try {
        await model.create({ _id: identity, accountId, tiedAt: at })
        return 'tied'
      } catch (error) {
        if ((error as { code?: number }).code !== DUPLICATE_KEY) throw error
        return (await find(identity))?.accountId === accountId ? 'tied' : 'taken'
      }
    },
    accountOf: async (identity) => (await find(identity))?.accountId,
    isTied: async (accountId) => (await model.findOne({ accountId }).lean<Stored>()) !== null,
    untie: async (accountId) => (await model.deleteOne({ accountId })).deletedCount === 1,
  }
}
