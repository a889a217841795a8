import { type Instrument, instrumentOf } from '../index/instrument.js'
import { figuresOfLine } from '../index/line-figures.js'
import type { PublishedQuestionnaire } from '../questionnaire/definition.js'
import type { RawBlock, RawCell } from './raw-block.js'
import type { ReportGroup } from './report-group.js'
import { variantLines } from './variant-lines.js'

/** The figures of groups under every rule as counted; for the disclosure engine alone. */
export function countedBlocks(counted: {
  readonly groups: readonly ReportGroup[]
  readonly questionnaire: PublishedQuestionnaire
}): readonly RawBlock[] {
  const { questionnaire } = counted.questionnaire
  const instrument = instrumentOf(questionnaire)
  const lines = variantLines(instrument, questionnaire.overallItem)
  return counted.groups.map((group) => blockOf(group, lines, instrument))
}

function blockOf(
  { tally, ...group }: ReportGroup,
  lines: readonly Omit<RawCell, 'figures'>[],
  instrument: Instrument,
): RawBlock {
  return {
    group,
    rollup: group.scope === 'area' || group.scope === 'total' ? 'pooled' : 'none',
    receivedCount: tally.received,
    responseCount: tally.responses,
    unitCounts: null,
    cells: lines.map(({ line, rule }) => {
      // Most units of a city are silent at first: nothing need be looked for.
      const figures = tally.responses === 0 ? null : figuresOfLine(line, tally, instrument, rule)
      return { line, rule, figures }
    }),
  }
}
