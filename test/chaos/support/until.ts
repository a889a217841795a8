import { setTimeout as sleep } from 'node:timers/promises'

const POLL_MS = 50

/**
 * Waits until something holds.
 *
 * @throws {Error} naming what was waited for, when the limit is over
 */
export async function until(what: string, holds: () => boolean | Promise<boolean>, limitMs: number): Promise<void> {
  const end = performance.now() + limitMs
  while (!(await holds())) {
    if (performance.now() > end) throw new Error(`Waited ${Math.round(limitMs / 1000)} s in vain: ${what}`)
    await sleep(POLL_MS)
  }
}
