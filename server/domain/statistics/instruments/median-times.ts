import type { QualityCase } from './quality-case.js'

/** Form and mode together: times of a phone call say nothing of a web form. */
const keyOf = ({ form, mode }: Pick<QualityCase, 'form' | 'mode'>) => JSON.stringify([form, mode])

/**
 * Median time of each form and mode.
 *
 * @returns a function from a case to the seconds its like took; `null` where no time is known
 * @throws {RangeError} when a time is negative or not a number
 * @see Methodology 1.8
 * @example medianTimes([{ id: '1', form: 'f', mode: 'web', seconds: 60, ratings: [4], coreItems: 5, coreAnswered: 3, duplicateKey: null, transactionOn: '2026-03-01', answeredOn: '2026-03-02', isUnitValid: true, interviewer: null }])({ form: 'f', mode: 'web' })
 *   // 60
 */
export function medianTimes(
  cases: readonly QualityCase[],
): (asked: Pick<QualityCase, 'form' | 'mode'>) => number | null {
  const times = new Map<string, number[]>()
  for (const { seconds, ...rest } of cases) {
    if (seconds === null) continue
    if (!(seconds >= 0)) throw new RangeError(`Case ${rest.id} took ${seconds} seconds`)
    const alike = times.get(keyOf(rest))
    if (alike) alike.push(seconds)
    else times.set(keyOf(rest), [seconds])
  }
  const medians = new Map([...times].map(([key, all]) => [key, median(all)]))
  return (asked) => medians.get(keyOf(asked)) ?? null
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  const half = sorted.length / 2
  return (sorted[Math.ceil(half) - 1]! + sorted[Math.floor(half)]!) / 2
}
