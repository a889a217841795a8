import { planOf } from '../../server/domain/analysis/analysis-plan.js'
import type { AnalysisRoles } from '../../server/domain/analysis/analysis-roles.js'
import { type AnalysisTableName, analysisRows } from '../../server/domain/analysis/analysis-rows.js'
import { createAnalysisSums } from '../../server/domain/analysis/analysis-sums.js'
import { type AnalysisTables, analysisTables } from '../../server/domain/analysis/analysis-tables.js'
import { caseJudge } from '../../server/domain/analysis/judge-case.js'
import { createWaveFrame } from '../../server/domain/analysis/wave-frame.js'
import { DISCLOSURE_POLICIES } from '../../server/domain/disclosure/policy.js'
import type { Answers, Questionnaire } from '../../server/domain/questionnaire/definition.js'
import { STANDARD_QUALITY_RULES } from '../../server/domain/statistics/instruments/quality-rules.js'
import type { NewResponse } from '../../server/domain/survey/response.js'
import type { SamplingFacts } from '../../server/domain/survey/wave.js'
import { response } from './builders.js'
import { rating, tinyQuestionnaire } from './tiny-questionnaire.js'

const both = (vi: string, en = vi) => ({ vi, en })
const choice = (code: string, options: readonly number[]) =>
  ({
    kind: 'choice',
    code,
    text: both(`Câu ${code}`, `Question ${code}`),
    required: false,
    options: options.map((option) => ({ code: option, label: both(`${code} là ${option}`, `${code} is ${option}`) })),
  }) as const

export const RATED = ['A1', 'A2', 'A3', 'B1', 'B2', 'B3'] as const

/** Two factors of three criteria, an overall item, and one item of each role. */
export function analysisQuestionnaire(): Questionnaire {
  return tinyQuestionnaire({
    id: 'analysis',
    sections: [
      {
        code: 'ALL',
        title: both('Tất cả', 'All'),
        items: [
          choice('P1', [1, 2, 98]),
          ...RATED.map((code) => rating(code)),
          rating('A5'),
          rating('G1'),
          choice('H2', [1, 2, 3]),
          { ...choice('H3', [1, 2]), showIf: { item: 'H2', in: [3] } },
          choice('H4', [2, 1, 98]),
          {
            kind: 'multi',
            code: 'H6',
            text: both('Cần cải thiện gì?', 'What to improve?'),
            required: false,
            maxChoices: 3,
            options: [...RATED, 'A5'].map((about, i) => ({
              code: i + 1,
              about,
              label: both(`Sửa ${about}`, `Mend ${about}`),
            })),
          },
          { kind: 'text', code: 'H7', text: both('Ý kiến khác', 'Comments'), required: false, maxLength: 1000 },
        ],
      },
    ],
    factors: [
      { code: 'A', name: both('Tiếp cận', 'Access'), items: ['A1', 'A2', 'A3'], role: 'index' },
      { code: 'B', name: both('Thủ tục', 'Procedures'), items: ['B1', 'B2', 'B3'], role: 'index' },
    ],
    overallItem: 'G1',
    coreItems: [...RATED, 'G1'],
    minCoreShare: 0.8,
  })
}

export const analysisRoles: AnalysisRoles = {
  questionnaire: 'analysis',
  demographics: ['P1'],
  wishes: 'H6',
  comments: 'H7',
  negatives: [
    { item: 'H2', adverse: [3], isSensitive: false },
    { item: 'H3', adverse: [2], isSensitive: false },
    { item: 'H4', adverse: [1], isSensitive: true },
  ],
}

/** Topics of comments, one of them an accusation. */
export const COMMENT_CODES = [
  { code: 'waiting', name: both('Chờ', 'Waiting'), isSensitive: false, words: ['chờ lâu'] },
  { code: 'integrity', name: both('Tiêu cực', 'Integrity'), isSensitive: true, words: ['phong bì'] },
]

/** As many equal cases: every criterion and the overall item answered alike unless the answers say otherwise. */
export function cases(count: number, score: number, answers: Answers = {}, overrides: Partial<NewResponse> = {}) {
  const same = Object.fromEntries([...RATED, 'A5', 'G1'].map((code) => [code, score]))
  const startedAt = new Date('2026-03-15T03:00:00Z')
  return Array.from({ length: count }, () =>
    response({
      startedAt,
      submittedAt: new Date(startedAt.getTime() + 300_000),
      answers: { ...same, ...answers },
      ...overrides,
    }),
  )
}

/** The tables of some cases. */
export function tablesOf(
  responses: readonly NewResponse[],
  options: {
    readonly sampling?: SamplingFacts
    readonly hiddenSensitive?: readonly string[]
    readonly isWhole?: boolean
  } = {},
) {
  const plan = planOf(analysisQuestionnaire(), analysisRoles, COMMENT_CODES)
  const frame = createWaveFrame(plan)
  for (const one of responses) frame.add(one)
  const { medianSeconds } = frame.result()
  const judge = caseJudge(plan, { rules: STANDARD_QUALITY_RULES, medianSeconds, isUnitValid: () => true })
  const sums = createAnalysisSums(plan, STANDARD_QUALITY_RULES)
  for (const one of responses) sums.add(judge(one))
  const tables = analysisTables(plan, sums.result(), {
    policy: DISCLOSURE_POLICIES.internal,
    rules: STANDARD_QUALITY_RULES,
    isWhole: options.isWhole ?? true,
    sampling: options.sampling ?? null,
    hiddenSensitive: new Set(options.hiddenSensitive),
  })
  return { plan, sums: sums.result(), tables, medianSeconds }
}

/** A fixed stream of whole numbers below a bound: the same cases in every run. */
export function drawer(seed: number) {
  let state = seed
  return (bound: number) => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0
    return Math.floor((state / 2 ** 32) * bound)
  }
}

/** What every fifth of `manyCases` writes, in turn. */
export const WRITTEN = ['Chờ lâu quá, gọi 0903 123 456', 'Cán bộ nhận phong bì', 'Tạm được'] as const

/** Cases with answers of every kind, gaps, partial and old ones among them. */
export function manyCases(count: number): NewResponse[] {
  const draw = drawer(7)
  return Array.from({ length: count }, (_, i) => {
    const mood = draw(5)
    const answer = () => (draw(12) === 0 ? 96 + draw(4) : Math.max(1, Math.min(5, 1 + mood + draw(3) - 1)))
    const rated = Object.fromEntries([...RATED, 'A5', 'G1'].map((code) => [code, answer()]))
    const late = 1 + draw(3)
    const startedAt = new Date(Date.parse('2026-03-15T03:00:00Z') + draw(1000) * 1000)
    return response({
      unitUid: `w${1 + draw(3)}`,
      service: ['land', 'tax'][draw(2)]!,
      startedAt,
      submittedAt: new Date(startedAt.getTime() + (40 + draw(600)) * 1000),
      transactionOn: draw(20) === 0 ? '2024-01-01' : '2026-02-01',
      disposition: i % 13 === 0 ? 'partial' : 'complete',
      answers: {
        ...rated,
        P1: [1, 1, 2, 98, 99][draw(5)]!,
        H2: late,
        ...(late === 3 ? { H3: 1 + draw(2) } : {}),
        H4: [2, 2, 2, 1, 98][draw(5)]!,
        H6: [1, 2, 3, 4, 5, 6, 7].filter(() => draw(4) === 0).slice(0, 3),
        ...(i % 5 === 0 ? { H7: WRITTEN[(i / 5) % 3]! } : {}),
      },
    })
  })
}

/** Rows of a table that have some values. */
export const rowsOf = (tables: AnalysisTables, name: AnalysisTableName, match: Record<string, unknown>) =>
  analysisRows(name, tables).filter((row) => Object.entries(match).every(([key, value]) => row[key] === value))
/** The first such row. */
export const rowOf = (...args: Parameters<typeof rowsOf>) => rowsOf(...args)[0]!
