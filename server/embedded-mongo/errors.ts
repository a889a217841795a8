import type { Document } from 'bson'

/** A refusal with MongoDB's own code and name; `extra` is merged into the error reply (keyPattern, keyValue …). */
export class CommandError extends Error {
  constructor(
    readonly code: number,
    readonly codeName: string,
    message: string,
    readonly extra: Document = {},
  ) {
    super(message)
  }
}

const kind = (code: number, codeName: string) => (message: string) => new CommandError(code, codeName, message)

/** The codes the engine answers with, after MongoDB's `error_codes.yml`. */
export const badValue = kind(2, 'BadValue')
export const failedToParse = kind(9, 'FailedToParse')
export const typeMismatch = kind(14, 'TypeMismatch')
export const illegalOperation = kind(20, 'IllegalOperation')
export const namespaceNotFound = kind(26, 'NamespaceNotFound')
export const indexNotFound = kind(27, 'IndexNotFound')
export const pathNotViable = kind(28, 'PathNotViable')
export const conflictingUpdateOperators = kind(40, 'ConflictingUpdateOperators')
export const cursorNotFound = kind(43, 'CursorNotFound')
export const namespaceExists = kind(48, 'NamespaceExists')
export const maxTimeExpired = kind(50, 'MaxTimeMSExpired')
export const dollarPrefixedFieldName = kind(52, 'DollarPrefixedFieldName')
export const emptyFieldName = kind(56, 'EmptyFieldName')
export const commandNotFound = kind(59, 'CommandNotFound')
export const immutableField = kind(66, 'ImmutableField')
export const cannotCreateIndex = kind(67, 'CannotCreateIndex')
export const invalidOptions = kind(72, 'InvalidOptions')
export const invalidNamespace = kind(73, 'InvalidNamespace')
export const indexOptionsConflict = kind(85, 'IndexOptionsConflict')
export const indexKeySpecsConflict = kind(86, 'IndexKeySpecsConflict')
export const unsatisfiableWriteConcern = kind(100, 'UnsatisfiableWriteConcern')
export const notSupportedInStore = kind(263, 'OperationNotSupportedInTransaction')
export const cannotIndexParallelArrays = kind(171, 'CannotIndexParallelArrays')
export const invalidBson = kind(22, 'InvalidBSON')
export const objectTooLarge = kind(10334, 'BSONObjectTooLarge')
export const outOfDiskSpace = kind(14031, 'OutOfDiskSpace')

/** An error that MongoDB reports by a bare location number. */
export const location = (code: number, message: string) => new CommandError(code, `Location${code}`, message)
