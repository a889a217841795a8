import { AGGREGATION_RULES, type AggregationRule } from '../index/aggregate.js'
import { instrumentOf } from '../index/instrument.js'
import { type Line, lineKey, linesOf } from '../index/lines.js'
import { canonicalJson } from '../questionnaire/canonical.js'
import type { Questionnaire } from '../questionnaire/definition.js'
import { type LineChange, lineChanges } from './line-changes.js'

/** Whether the figures of a line may be joined over two versions; `begins`, `ends`: only one of them has the line. */
export type LineVerdict = 'continues' | 'breaks' | 'begins' | 'ends'

/** What becomes of a line of the series under some rules. */
export interface ComparedLine {
  readonly line: Pick<Line, 'level' | 'code' | 'label'>
  /** Rules of which this holds; criteria are the same under all. */
  readonly rules: readonly AggregationRule[]
  readonly verdict: LineVerdict
  /** Why it breaks, by item; empty otherwise. */
  readonly items: ReturnType<typeof lineChanges>
}

/**
 * What a new version does to every line of the series: the judgement of `breaksBetween` on the instrument, asked beforehand.
 *
 * Questionnaires of different respondent types are never in one series: what this says of them means nothing.
 *
 * @returns in the order of the newer version's lines, those that end last; one entry for each line and different judgement
 */
export function compareLines(older: Questionnaire, newer: Questionnaire): readonly ComparedLine[] {
  const found = new Map<string, ComparedLine>()
  for (const rule of AGGREGATION_RULES) {
    for (const compared of comparedUnder(rule, older, newer)) {
      const key = canonicalJson([lineKey(compared.line), compared.verdict, compared.items])
      const same = found.get(key)
      found.set(key, same ? { ...same, rules: [...same.rules, rule] } : { ...compared, rules: [rule] })
    }
  }
  return [...found.values()].sort((a, b) => rankOf(a, newer) - rankOf(b, newer))
}

function comparedUnder(rule: AggregationRule, older: Questionnaire, newer: Questionnaire) {
  const before = new Set(linesUnder(rule, older).map(lineKey))
  const after = linesUnder(rule, newer)
  const kept = new Set(after.map(lineKey))
  const compared = after.map((line) => {
    if (!before.has(lineKey(line))) return { line: nameOf(line), verdict: 'begins' as const, items: NO_ITEMS }
    const items = lineChanges(line, rule, older, newer)
    return { line: nameOf(line), verdict: items.length === 0 ? ('continues' as const) : ('breaks' as const), items }
  })
  const ended = linesUnder(rule, older)
    .filter((line) => !kept.has(lineKey(line)))
    .map((line) => ({ line: nameOf(line), verdict: 'ends' as const, items: NO_ITEMS }))
  return [...compared, ...ended]
}

const NO_ITEMS: readonly { readonly code: string; readonly changes: readonly LineChange[] }[] = []
const nameOf = ({ level, code, label }: Line) => ({ level, code, label })
const linesUnder = (rule: AggregationRule, questionnaire: Questionnaire) =>
  linesOf(instrumentOf(questionnaire), rule, questionnaire.overallItem)

/** Place of a line in the newer version; those that end stand last. */
function rankOf({ line, verdict }: ComparedLine, newer: Questionnaire): number {
  const order = linesUnder('mean_of_children', newer).map(lineKey)
  const place = order.indexOf(lineKey(line))
  return verdict === 'ends' || place === -1 ? order.length : place
}
