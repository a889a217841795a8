/** What a command has to say, and whether it went well. */
export interface Report {
  readonly lines: readonly string[]
  readonly isFailure: boolean
}

export const done = (...lines: readonly string[]): Report => ({ lines, isFailure: false })
export const failed = (...lines: readonly string[]): Report => ({ lines, isFailure: true })

/** Prints a report; a failure goes to standard error and makes the exit code 1. */
export function print({ lines, isFailure }: Report): void {
  for (const line of lines) (isFailure ? console.error : console.log)(line)
  if (isFailure) process.exitCode = 1
}
