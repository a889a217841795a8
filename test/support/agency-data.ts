import type { CountedResponse } from '../../server/domain/index/tally-responses.js'
import { buildIndexReport } from '../../server/domain/report/index-report.js'
import { partGroups } from '../../server/domain/report/report-group.js'
import { addMonths } from '../../server/domain/survey/day.js'
import type { AgencyScores, ScoresOverTime } from '../../server/features/agency-scores/agency-scores.js'
import { wave } from './builders.js'
import { part, responses, unitReport } from './report-data.js'
import { tinyQuestionnaire } from './tiny-questionnaire.js'

/** The report of one unit by month, from its responses by month. */
export function monthReport(months: Readonly<Record<string, readonly CountedResponse[]>>): ScoresOverTime {
  const parts = Object.entries(months).map(([month, counted]) => ({
    ...part(month, counted),
    service: null,
    period: { from: month, to: addMonths(month, 1) },
  }))
  const frame = { service: null, period: { from: null, to: null } }
  const report = buildIndexReport({
    wave: wave(),
    questionnaire: { hash: 'abc', questionnaire: tinyQuestionnaire() },
    rule: 'mean_of_children',
    breakdown: 'month',
    reader: 'agency',
    selection: { unitUid: 'q1', kinds: [], ...frame },
    groups: partGroups(parts, 'month', { uid: 'q1', name: { vi: 'Quận 1', en: 'District 1' } }, frame),
  })
  return { step: 'month', report }
}

/** District 1 at 50 %, the others of its kind at 80, 85 and 90 %. */
export function agencyScores(overrides: Partial<AgencyScores> = {}): AgencyScores {
  const parts = [
    part('q1', responses(200, 100)),
    part('q3', responses(200, 160)),
    part('q4', responses(200, 170)),
    part('q5', responses(200, 180)),
  ]
  return {
    unit: { uid: 'q1', name: { vi: 'Quận 1', en: 'District 1' }, kind: 'quan' },
    wave: wave(),
    waves: [wave()],
    service: null,
    byService: null,
    choices: [],
    byUnit: unitReport(parts, { q1: 'city', q3: 'city', q4: 'city', q5: 'city' }),
    overTime: monthReport({ '2026-01-01': responses(200, 100) }),
    sameKind: new Set(['q1', 'q3', 'q4', 'q5']),
    ...overrides,
  }
}
