/** A long computation that others may run between the steps of; what comes of it does not depend on when it goes on. */
export type Steps<Result> = Generator<void, Result, void>

/** Runs a computation through at once. */
export function finish<Result>(steps: Steps<Result>): Result {
  for (;;) {
    const step = steps.next()
    if (step.done === true) return step.value
  }
}
