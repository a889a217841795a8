import { join } from 'node:path'
import { countsOfTables, tableOfCases } from '../../server/domain/method/case-table.js'
import { computeMethod } from '../../server/domain/method/compute-method.js'
import type { Method, MethodRule, Transformation } from '../../server/domain/method/method.js'
import type { MethodCase, UnitAnswers } from '../../server/domain/method/method-data.js'
import type { MethodFigure, UnitFigures } from '../../server/domain/method/method-result.js'
import { readMethodFile } from '../../server/features/methods/index.js'
import { projectDir } from '../../server/platform/paths.js'
import { goldenFile } from './golden-file.js'

type CodedAnswer = number | 'NA' | null

/** Acceptance values that are computed through method files. */
export const golden = goldenFile<{
  readonly A1_criterion: Readonly<Record<string, number>> & { readonly answers: readonly CodedAnswer[] }
  readonly B1_aggregation: Readonly<Record<string, number>> & {
    readonly matrix: Readonly<Record<string, readonly CodedAnswer[]>>
    readonly criteria_pct: readonly number[]
  }
  readonly I1_ddci: Readonly<Record<'pos' | 'neg' | 'fwd' | 'rev' | 'sub1' | 'sub2' | 'composite100', number[]>> & {
    readonly units: readonly string[]
    readonly weights: readonly number[]
  }
  readonly J1_acsi: { readonly w: readonly number[]; readonly score: number; readonly equal_weights: number }
  readonly J2_gds_published: Readonly<
    Record<string, { counts_vd_d_n_s_vs: number[]; published_percent: number; gds: number; top2: number }>
  >
  readonly J3_sipas_published: { readonly hanoi2024: Readonly<Record<'policy' | 'service' | 'published', number>> }
  readonly J4_hids2013: Readonly<
    Record<string, Readonly<Record<'sat' | 'neutral' | 'dis' | 'published' | 'net' | 'implied', number>>>
  >
}>('methods-acceptance.json')

/** A method of the project, by the name of its file. */
export function projectMethod(id: string): Method {
  const file = readMethodFile(join(projectDir(), `surveys/methods/${id}.yaml`))
  if (file.kind === 'invalid') throw new Error(file.problems.map(({ message }) => message).join('\n'))
  return file.method
}

/** A method with one factor per list of criteria, written here and known to no code. */
export function methodOf(
  transformation: Transformation,
  factors: readonly (readonly string[])[],
  rules: { readonly factor?: MethodRule; readonly index?: MethodRule } = {},
  changes: Partial<Method> = {},
): Method {
  const name = { vi: 'Thử', en: 'Test' }
  const policy = { minRespondents: 5, minReliableBase: 30, minUnflaggedBase: 60 }
  return {
    id: 'test',
    version: '2026.1',
    title: name,
    fits: [],
    fitNote: name,
    scale: { lowest: 1, highest: 5 },
    transformation,
    rollup: { kind: 'pooled' },
    index: {
      code: 'INDEX',
      name,
      rule: rules.index ?? 'mean_of_children',
      missing: 'leave_out',
      multiplyBy: 1,
      parts: factors.map((criteria, i) => ({
        code: `F${i + 1}`,
        name,
        rule: rules.factor ?? 'mean_of_children',
        missing: 'leave_out',
        multiplyBy: 1,
        criteria: criteria.map((code) => ({ code, name, isReversed: false })),
      })),
    },
    range: { lowest: 0, highest: 100, unit: name },
    interval: { kind: 'mean_t' },
    disclosure: { internal: policy, public: policy },
    source: 'test',
    unconfirmed: [],
    ...changes,
  }
}

/** Stored codes of acceptance answers: `NA` is not applicable, `null` a blank. */
export const codeOf = (answer: CodedAnswer) => (answer === 'NA' ? 96 : (answer ?? 99))

/** One unit from its cases. */
export function unitOf(cases: readonly MethodCase[], unit = 'city', block = 'all'): UnitAnswers {
  const table = tableOfCases(cases)
  return { unit, block, items: countsOfTables([table]), cases: [table] }
}

/** One unit from counts at codes, given by item as `{ code: count }`. */
export function countsUnit(items: Readonly<Record<string, Record<number, number>>>, unit = 'city', block = 'all') {
  return { unit, block, items: Object.fromEntries(Object.entries(items).map(([item, codes]) => [item, { codes }])) }
}

/** Figures of units asked with the method's own item codes. */
export function compute(method: Method, ...units: readonly UnitAnswers[]): readonly UnitFigures[] {
  const outcome = computeMethod(method, { questionnaire: null, units })
  if (outcome.kind !== 'computed') throw new Error(outcome.kind)
  return outcome.units
}

/** The index of the only unit. */
export const indexOf = (method: Method, unit: UnitAnswers): MethodFigure => compute(method, unit)[0]!.index

/** A figure and everything below it, the figure first. */
export const flatten = (figure: MethodFigure): readonly MethodFigure[] => [figure, ...figure.parts.flatMap(flatten)]

/** One figure of a tree. */
export function figureOf(index: MethodFigure, code: string): MethodFigure {
  const found = flatten(index).find((figure) => figure.code === code)
  if (found === undefined) throw new Error(`No figure ${code}`)
  return found
}
