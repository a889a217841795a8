import type { Document } from 'bson'

/** A refusal with MongoDB's own code (its `error_codes.yml`, or a location number); `extra` goes into the error reply. */
export class CommandError extends Error {
  constructor(
    readonly code: number,
    message: string,
    readonly extra: Document = {},
  ) {
    super(message)
  }
}

/** Refuses a command. @throws {CommandError} always */
export function refuse(code: number, message: string, extra?: Document): never {
  throw new CommandError(code, message, extra)
}
