import type { Document } from 'bson'

/**
 * A refusal with MongoDB's own code (its `error_codes.yml`, or a location number); `extra` is merged into the error
 * reply (keyPattern, keyValue …).
 */
export class CommandError extends Error {
  constructor(
    readonly code: number,
    message: string,
    readonly extra: Document = {},
  ) {
    super(message)
  }
}
