import { ANALYSIS_METHOD } from '../analysis/analysis-tables.js'
import { DISCLOSURE_POLICIES } from '../disclosure/policy.js'
import { AGGREGATION_RULES } from '../index/aggregate.js'
import { METHOD } from '../report/index-report.js'
import { Z_95 } from '../statistics/wilson.js'
import { RECORD_WEIGHT } from './records.js'
import { RELEASE_RULES } from './release-rules.js'

/** The method as this program computes it: a release made otherwise says otherwise. */
export const methodFacts = () => ({
  method: METHOD,
  rules: AGGREGATION_RULES,
  headline: 'percent of valid answers at the two best options',
  interval: { kind: 'wilson', quantile: Z_95 },
  weight: RECORD_WEIGHT,
  disclosure: DISCLOSURE_POLICIES.public,
  analysis: ANALYSIS_METHOD,
  qualityRules: RELEASE_RULES,
})
