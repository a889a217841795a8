import { type QualityRuleSet, STANDARD_QUALITY_RULES } from '../statistics/instruments/quality-rules.js'

/**
 * The quality rules of a release: those of the methodology, which flag cases and take none out.
 *
 * All tables of a release stand on the complete cases, as the index does. Were the tables made of fewer, what they differ by from
 * the index would be the answers of a few people.
 */
export const RELEASE_RULES: QualityRuleSet = { ...STANDARD_QUALITY_RULES, name: 'flags_only', excludes: [] }
