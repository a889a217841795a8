import { planOf } from '../analysis/analysis-plan.js'
import { caseFlagger } from '../analysis/case-flags.js'
import { flagsOf } from '../statistics/instruments/flag-cases.js'
import type { QualityFlag } from '../statistics/instruments/quality-rules.js'
import type { ColumnBuilder } from './column-builder.js'
import { FACT_LABELS, FLAG_LABELS, YES_NO } from './fact-texts.js'
import type { MicrodataSource, RowContext } from './microdata-plan.js'

/** Flags that need nothing but the case; the others compare its time with the median of the wave. */
const OF_THE_CASE = ['incomplete', 'out_of_scope'] as const satisfies readonly QualityFlag[]
const OF_THE_TIME = ['speeder', 'straightline'] as const satisfies readonly QualityFlag[]

/**
 * A column for each quality flag that is recorded, and the name of the rule set.
 *
 * Duplicates and interviewers are not: neither device nor invitation nor interviewer is stored with a response.
 *
 * @param ratingSlots slots of the rated items
 * @see Methodology 1.8
 */
export function addFlagColumns(
  builder: ColumnBuilder,
  { published, registry, rules }: MicrodataSource,
  { seconds, ratingSlots }: { readonly seconds: number; readonly ratingSlots: () => readonly number[] },
): void {
  const plan = planOf(published.questionnaire, null)
  const judge = caseFlagger(plan, {
    rules,
    medianSeconds: null,
    isUnitValid: ({ unitUid, transactionOn }) => registry.isValid(unitUid, transactionOn),
  })
  const checks = builder.slot((response) => {
    const flags = judge(response)
    return OF_THE_CASE.reduce((bits, flag, i) => bits | (flags.includes(flag) ? 1 << i : 0), 0)
  })
  const timeFlags = (record: Uint16Array, { medianSeconds }: RowContext) =>
    flagsOf(
      {
        ...NEUTRAL,
        seconds: record[seconds]!,
        ratings: ratingSlots().flatMap((slot) => (isRating(record[slot]!) ? [record[slot]!] : [])),
      },
      { median: medianSeconds, isRepeated: false, isInterviewerInDoubt: false },
      rules,
    )
  const spec = (flag: keyof typeof FLAG_LABELS) =>
    ({ name: `flag_${flag}`, label: FLAG_LABELS[flag], measure: 'nominal', values: YES_NO }) as const
  for (const flag of OF_THE_TIME)
    builder.numeric(spec(flag), null, ({ record, context }) => (timeFlags(record, context).includes(flag) ? 1 : 0))
  // Out of scope says something of the month of the transaction and is withheld with it.
  for (const [i, flag] of OF_THE_CASE.entries())
    builder.numeric(spec(flag), flag === 'out_of_scope' ? 'time' : null, ({ record }) => (record[checks]! >> i) & 1)
  const name = `${rules.name} ${rules.version}`
  builder.text({ name: 'quality_rules', label: FACT_LABELS.rules, texts: () => [name] }, null, () => name)
}

const isRating = (code: number) => code >= 1 && code <= 5

/** A case that carries no flag but by its time. */
const NEUTRAL = {
  id: '',
  form: '',
  mode: '',
  coreItems: 0,
  coreAnswered: 0,
  duplicateKey: null,
  transactionOn: '2000-01-01',
  answeredOn: '2000-01-01',
  isUnitValid: true,
  interviewer: null,
} as const
