import type { AggregationRule } from '../index/aggregate.js'
import { instrumentOf } from '../index/instrument.js'
import { type Line, linesOf } from '../index/lines.js'
import type { Questionnaire } from '../questionnaire/definition.js'
import { diffVersions } from '../questionnaire/diff-versions.js'

/** How an item of a line differs between two versions; `regrouped`: it counts in another factor. */
export const LINE_CHANGES = ['added', 'removed', 'reworded', 'rescaled', 'regrouped'] as const
export type LineChange = (typeof LINE_CHANGES)[number]

/** A line of a questionnaire under a rule, found by what it is called; `undefined` when it has no such line. */
export function findLine(
  questionnaire: Questionnaire,
  rule: AggregationRule,
  { level, code }: Pick<Line, 'level' | 'code'>,
): Line | undefined {
  const lines = linesOf(instrumentOf(questionnaire), rule, questionnaire.overallItem)
  return lines.find((line) => line.level === level && line.code === code)
}

/**
 * What changed between two questionnaires in the items that a line is computed from: with any of it, figures before and after
 * are of two different measurements.
 *
 * The same item has the same code, wording (text and hint, in every language) and scale. Order and routing break nothing.
 *
 * @returns by item code, only items that changed; empty when the line may be joined
 * @throws {RangeError} when a questionnaire has no such line
 * @see methodology 1.9 (T9: only same item version)
 */
export function lineChanges(
  line: Pick<Line, 'level' | 'code'>,
  rule: AggregationRule,
  older: Questionnaire,
  newer: Questionnaire,
): readonly { readonly code: string; readonly changes: readonly LineChange[] }[] {
  const [before, after] = [placesOf(line, rule, older), placesOf(line, rule, newer)]
  const differences = new Map(diffVersions(older, newer).items.map(({ code, changes }) => [code, changes]))
  const codes = [...new Set([...after.keys(), ...before.keys()])]
  return codes
    .map((code) => ({ code, changes: changesOf(before.get(code), after.get(code), differences.get(code) ?? []) }))
    .filter(({ changes }) => changes.length > 0)
}

function changesOf(
  before: string | undefined,
  after: string | undefined,
  differences: readonly string[],
): readonly LineChange[] {
  if (before === undefined) return ['added']
  if (after === undefined) return ['removed']
  const versions = (['reworded', 'rescaled'] as const).filter((change) => differences.includes(change))
  return before === after ? versions : [...versions, 'regrouped']
}

/** The items of a line with the part of it in which they count: their factor, where factors are averaged. */
function placesOf(
  { level, code }: Pick<Line, 'level' | 'code'>,
  rule: AggregationRule,
  questionnaire: Questionnaire,
): ReadonlyMap<string, string> {
  const line = findLine(questionnaire, rule, { level, code })
  if (line === undefined) throw new RangeError(`Questionnaire ${questionnaire.id} has no line ${level} ${code}`)
  if (line.item !== null) return new Map([[line.item.code, '']])
  const factors = level === 'overall' ? line.parts : [code]
  const isAveraged = level === 'overall' && rule === 'mean_of_children'
  return new Map(
    instrumentOf(questionnaire)
      .factors.filter(({ factor }) => factors.includes(factor.code))
      .flatMap(({ factor, items }) => items.map(({ item }) => [item.code, isAveraged ? factor.code : ''] as const)),
  )
}
