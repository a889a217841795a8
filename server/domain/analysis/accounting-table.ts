import type { SamplingDesign, SamplingFacts } from '../survey/wave.js'
import type { AnalysisSums } from './analysis-sums.js'

/** Steps from a questionnaire handed out to a valid one: phát ra, thu về, hợp lệ. */
export const ACCOUNTING_STEPS = [
  'handed_out',
  'not_eligible',
  'refused_or_too_young',
  'broken_off',
  'received',
  'partial',
  'complete',
  'excluded',
  'valid',
] as const
export type AccountingStep = (typeof ACCOUNTING_STEPS)[number]

/** One step. */
export interface AccountingRow {
  readonly step: AccountingStep
  /** `null` where it is not recorded. */
  readonly count: number | null
  /** Of the step before it that it is a part of; `null` where that is not recorded or is 0. */
  readonly percent: number | null
}

/** Table T1. */
export interface AccountingTable {
  readonly rows: readonly AccountingRow[]
  readonly sampling: SamplingFacts | null
  /**
   * AAPOR response rates of a wave whose sample is known, in percent; `null` where nobody knows who was asked, or for a part of a wave.
   *
   * Everybody handed a questionnaire and not known to be ineligible counts as eligible, the cautious end.
   */
  readonly responseRates: { readonly rr1Percent: number; readonly rr2Percent: number } | null
}

/** Where everybody asked was chosen by chance, or all were: only then does a response rate speak of the population (AAPOR). */
const PROBABILITY_DESIGNS: readonly SamplingDesign[] = ['random_sample', 'everybody']

/**
 * Accounts for the cases of a selection (table T1).
 *
 * RR1 = complete / (handed out − not eligible); RR2 = (complete + partial) / the same. Refusals of consent, people under age and
 * break-offs are not stored by design: who did not agree leaves nothing behind.
 *
 * @param sampling facts of the whole wave; `null` when not recorded or for a part of the wave
 * @see AAPOR (2023) Standard Definitions, 10th edition, response rates 1 and 2; methodology 1.8, 1.9 (T1)
 */
export function accountingTable(sums: AnalysisSums, sampling: SamplingFacts | null): AccountingTable {
  const { received, complete, valid } = sums
  const handedOut = sampling?.handedOut ?? null
  const notEligible = sampling?.notEligible ?? null
  const eligible = handedOut === null ? null : handedOut - (notEligible ?? 0)
  const row = (step: AccountingStep, count: number | null, whole: number | null): AccountingRow => ({
    step,
    count,
    percent: count === null || whole === null || whole === 0 ? null : (100 * count) / whole,
  })
  const isKnown = eligible !== null && eligible >= received && eligible > 0
  const isProbability = sampling !== null && PROBABILITY_DESIGNS.includes(sampling.design)
  return {
    rows: [
      row('handed_out', handedOut, null),
      row('not_eligible', notEligible, handedOut),
      row('refused_or_too_young', null, null),
      row('broken_off', null, null),
      row('received', received, isKnown ? eligible : null),
      row('partial', received - complete, received),
      row('complete', complete, received),
      row('excluded', complete - valid, complete),
      row('valid', valid, received),
    ],
    sampling,
    responseRates:
      isKnown && isProbability
        ? { rr1Percent: (100 * complete) / eligible, rr2Percent: (100 * received) / eligible }
        : null,
  }
}
