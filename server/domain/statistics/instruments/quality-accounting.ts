import { QUALITY_FLAGS, type QualityFlag, type QualityRuleSet } from './quality-rules.js'

/** Cases at each step: phát ra, thu về, hợp lệ. */
export interface QualityAccounting {
  readonly ruleSet: { readonly name: string; readonly version: number }
  /** Forms or invitations sent out; `null` for open links, where nobody knows. */
  readonly handedOut: number | null
  readonly returned: number
  readonly valid: number
  /** Cases with each flag; a case can have several. */
  readonly flagged: Readonly<Record<QualityFlag, number>>
}

/**
 * Whether a case with these flags stays in by a rule set.
 *
 * @see Methodology 1.8
 * @example isValidCase(['speeder'], STANDARD_QUALITY_RULES) // true
 */
export const isValidCase = (flags: readonly QualityFlag[], { excludes }: QualityRuleSet): boolean =>
  !flags.some((flag) => excludes.includes(flag))

/**
 * Counts cases handed out, returned and valid by a rule set, for table T1 and T12 of the report.
 *
 * @param flags of each returned case, from `flagCases`
 * @param handedOut forms sent out, `null` when unknown
 * @throws {RangeError} when more came back than went out
 * @see Methodology 1.8 and 1.9
 * @example accountForQuality([['duplicate'], []], STANDARD_QUALITY_RULES, 10).valid // 1
 */
export function accountForQuality(
  flags: readonly (readonly QualityFlag[])[],
  rules: QualityRuleSet,
  handedOut: number | null,
): QualityAccounting {
  if (handedOut !== null && !(handedOut >= flags.length)) {
    throw new RangeError(`${flags.length} cases came back of ${handedOut} handed out`)
  }
  const count = (flag: QualityFlag) => flags.filter((own) => own.includes(flag)).length
  return {
    ruleSet: { name: rules.name, version: rules.version },
    handedOut,
    returned: flags.length,
    valid: flags.filter((own) => isValidCase(own, rules)).length,
    flagged: Object.fromEntries(QUALITY_FLAGS.map((flag) => [flag, count(flag)])) as Record<QualityFlag, number>,
  }
}
