import { instrumentOf } from '../../server/domain/index/instrument.js'
import { figuresOfLine } from '../../server/domain/index/line-figures.js'
import { linesOf } from '../../server/domain/index/lines.js'
import { tallyOf } from '../../server/domain/index/tally-responses.js'
import { computeMethod } from '../../server/domain/method/compute-method.js'
import type { Answers } from '../../server/domain/questionnaire/definition.js'
import type { SeededStream } from '../../server/domain/statistics/random/seeded-stream.js'
import { methodOf, unitOf } from '../support/methods.js'
import { tinyQuestionnaire } from '../support/tiny-questionnaire.js'
import type { Bounds, Scenario } from './coverage.js'

const ITEMS = ['C1', 'C2', 'C3', 'C4', 'C5'] as const
const FACTORS = [
  ['C1', 'C2', 'C3'],
  ['C4', 'C5'],
]
const questionnaire = tinyQuestionnaire()
const instrument = instrumentOf(questionnaire)
const RULES = ['mean_of_children', 'pooled'] as const

/**
 * People of two kinds, content and not, whose answers are independent once their kind is known: that gives the likeness of
 * one person's answers. Whether an item applies hangs on the item alone.
 */
interface Population {
  readonly name: string
  /** Part of content people. */
  readonly content: number
  /** Chance of being satisfied with each item, by kind. */
  readonly satisfied: readonly (readonly [number, number])[]
  /** Chance that each item applies. */
  readonly applies: readonly number[]
}

const POPULATIONS: readonly Population[] = [
  {
    name: 'strong likeness, every item applies',
    content: 0.8,
    satisfied: [
      [0.97, 0.2],
      [0.95, 0.25],
      [0.9, 0.15],
      [0.92, 0.3],
      [0.85, 0.1],
    ],
    applies: [1, 1, 1, 1, 1],
  },
  {
    name: 'weak likeness, items apply to 20 to 100 %',
    content: 0.5,
    satisfied: [
      [0.8, 0.6],
      [0.7, 0.55],
      [0.9, 0.7],
      [0.75, 0.6],
      [0.6, 0.4],
    ],
    applies: [1, 0.9, 0.2, 0.6, 0.3],
  },
  {
    name: 'strong likeness, one item applies to 10 %',
    content: 0.7,
    satisfied: [
      [0.95, 0.3],
      [0.95, 0.3],
      [0.95, 0.3],
      [0.95, 0.3],
      [0.6, 0.1],
    ],
    applies: [1, 1, 1, 1, 0.1],
  },
  {
    name: 'nearly everybody satisfied',
    content: 0.95,
    satisfied: [
      [0.99, 0.7],
      [0.99, 0.7],
      [0.98, 0.7],
      [0.99, 0.7],
      [0.98, 0.7],
    ],
    applies: [1, 1, 1, 1, 1],
  },
]

function drawAnswers(stream: SeededStream, { content, satisfied, applies }: Population): Answers {
  const kind = stream.uniform() < content ? 0 : 1
  return Object.fromEntries(
    ITEMS.map((code, j) => {
      if (stream.uniform() >= applies[j]!) return [code, 96]
      return [code, stream.uniform() < satisfied[j]![kind] ? 4 : 2]
    }),
  )
}

/** The index of the whole population, percent, by rule. */
function truthOf({ content, satisfied, applies }: Population): Readonly<Record<(typeof RULES)[number], number>> {
  const percents = satisfied.map(([happy, unhappy]) => 100 * (content * happy + (1 - content) * unhappy))
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length
  const asked = applies.reduce((sum, share) => sum + share, 0)
  return {
    mean_of_children: mean([mean(percents.slice(0, 3)), mean(percents.slice(3))]),
    pooled: percents.reduce((sum, percent, j) => sum + percent * applies[j]!, 0) / asked,
  }
}

function fromTally(answers: readonly Answers[], rule: (typeof RULES)[number]): Bounds {
  const tally = tallyOf(
    questionnaire,
    answers.map((given) => ({ answers: given, disposition: 'complete' })),
  )
  const line = linesOf(instrument, rule, questionnaire.overallItem).find(({ level }) => level === 'overall')!
  const figures = figuresOfLine(line, tally, instrument, rule)
  return figures && { low: figures.interval.lowPercent, high: figures.interval.highPercent }
}

function fromCases(answers: readonly Answers[], rule: (typeof RULES)[number], kind: 'wilson' | 'mean_t'): Bounds {
  const method = methodOf('top_two_share', FACTORS, { factor: rule, index: rule }, { interval: { kind } })
  const unit = unitOf(answers.map((given, i) => ({ respondent: String(i), answers: given })))
  const outcome = computeMethod(method, { questionnaire: null, units: [unit] })
  return outcome.kind === 'computed' ? outcome.units[0]!.index.interval : null
}

/** The satisfaction index under both rules, from tallies as reports have it and from cases as method files have it. */
export const indexScenarios = (): readonly Scenario[] =>
  POPULATIONS.flatMap((population) =>
    [30, 60, 200].map((n): Scenario => {
      const truth = truthOf(population)
      return {
        design: `index of ${n} respondents, ${population.name}`,
        truth: Object.fromEntries(
          RULES.flatMap((rule) =>
            ['tally', 'cases_wilson', 'cases_t'].map((way) => [`${rule}_${way}`, truth[rule]] as const),
          ),
        ),
        effort: 0.5,
        draw: (stream) => {
          const answers = Array.from({ length: n }, () => drawAnswers(stream, population))
          return Object.fromEntries(
            RULES.flatMap((rule): [string, Bounds][] => [
              [`${rule}_tally`, fromTally(answers, rule)],
              [`${rule}_cases_wilson`, fromCases(answers, rule, 'wilson')],
              [`${rule}_cases_t`, fromCases(answers, rule, 'mean_t')],
            ]),
          )
        },
      }
    }),
  )
