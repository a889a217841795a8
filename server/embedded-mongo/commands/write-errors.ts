import type { Document } from 'bson'
import { CommandError, location } from '../errors.js'

const MAX_STATEMENTS = 100_000

/** Refuses a missing, empty or too long list of statements, as MongoDB does. */
export function checkStatements(field: string, statements: readonly unknown[] | undefined): void {
  if (!statements) throw location(40414, `BSON field '${field}' is missing but a required field`)
  const count = statements.length
  if (count >= 1 && count <= MAX_STATEMENTS) return
  throw new CommandError(
    16,
    'InvalidLength',
    `Write batch sizes must be between 1 and ${MAX_STATEMENTS}. Got ${count} operations in '${field}'.`,
  )
}

/**
 * Runs the statements of a bulk write one by one: an ordered one stops at the first refusal, an unordered one goes on.
 *
 * @returns what the reply says about the refused ones; nothing when there is none
 */
export function runStatements(
  count: number,
  isOrdered: boolean,
  run: (i: number) => void,
): { writeErrors?: Document[] } {
  const writeErrors: Document[] = []
  for (let i = 0; i < count; i++) {
    try {
      run(i)
    } catch (error) {
      if (!(error instanceof CommandError)) throw error
      writeErrors.push({ index: i, code: error.code, errmsg: error.message, ...error.extra })
      if (isOrdered) break
    }
  }
  return writeErrors.length > 0 ? { writeErrors } : {}
}

/** The fields that every bulk write command may have, by kind. */
export const BULK = { flag: 'ordered bypassDocumentValidation', refused: 'let stmtId stmtIds' } as const

/** Checks `limit` of a delete statement. */
export function deleteLimit(limit: number | undefined): 0 | 1 {
  if (limit === undefined) throw location(40414, "BSON field 'delete.deletes.limit' is missing but a required field")
  if (limit === 0 || limit === 1) return limit
  throw new CommandError(9, 'FailedToParse', `The limit field in delete objects must be 0 or 1. Got ${limit}`)
}

/** Refuses `multi` with a replacement, as MongoDB does. */
export function checkMulti(isMulti: boolean, update: unknown): void {
  const isReplacement = !Array.isArray(update) && !Object.keys(update ?? {})[0]?.startsWith('$')
  if (isMulti && isReplacement)
    throw new CommandError(9, 'FailedToParse', 'multi update is not supported for replacement-style update')
}
