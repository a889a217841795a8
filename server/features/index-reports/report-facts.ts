import type { IndexReport } from '../../domain/report/index-report.js'
import type { ReportContext } from './estimate.view.js'

/** The questionnaire in words, with its version and identifier. */
export function instrumentText({ wave, questionnaire }: IndexReport, { t }: ReportContext): string {
  const { id, version } = questionnaire
  return t('reports.instrument', { name: t(`reports.questionnaire_${wave.respondentType}`), id, version })
}

/** How figures are made, in words with the identifier; a new method needs a sentence of its own. */
export function methodText({ method, rule }: IndexReport, { t }: ReportContext): string {
  return t(`reports.method_${method}`, { rule: t(`reports.rule_${rule}`) })
}

/**
 * Names of the five levels in a report's bars, worst to best.
 *
 * The report's own names are of the overall question's scale. Where the criteria of the index are asked on another
 * (businesses agree or disagree), its words would be wrong on their bars: then the levels are named by rank.
 */
export function levelNames({ lines, questionnaire }: IndexReport, { language, t }: ReportContext): readonly string[] {
  const own = questionnaire.levels.map((level) => level[language])
  const scalesOf = (isInIndex: boolean) =>
    new Set(lines.flatMap((line) => (line.isInIndex === isInIndex && line.item ? [line.item.scale] : [])))
  const [inside, outside] = [scalesOf(true), scalesOf(false)]
  // The overall question stands outside the index, if it is not one of its criteria.
  const isOneScale = inside.size < 2 && (outside.size === 0 || [...inside].every((scale) => outside.has(scale)))
  if (isOneScale) return own
  const edges = new Map([
    [0, t('reports.level_lowest')],
    [own.length - 1, t('reports.level_highest')],
  ])
  return own.map((_name, i) => edges.get(i) ?? t('reports.level_by_rank', { rank: i + 1 }))
}
