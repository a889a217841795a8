import { type Line, lineKey } from '../index/lines.js'
import { type ModeGap, type ModeShare, modeGaps } from '../statistics/comparison/mode-gaps.js'
import type { Mode } from '../survey/vocabulary.js'
import type { IndexReport, ReportBlock, ReportCell } from './index-report.js'
import type { LineEstimate, ShownFigures } from './shown-figures.js'

/** Modes by how far the asked are from those they rate: against the first one at hand the others are measured. */
const MODES_BY_INDEPENDENCE = ['face_to_face', 'phone', 'web', 'kiosk'] as const satisfies readonly Mode[]

/** The gap of a mode to the reference, in points; with the rounding of the figures it is made of. */
export type ShownGap = Pick<ModeGap, 'points' | 'lowPoints' | 'highPoints' | 'adjustedP'>

/** One line of one group as asked in two modes. */
export interface ModeRow {
  readonly group: ReportBlock['group']
  readonly line: Line
  readonly reference: LineEstimate
  readonly other: LineEstimate
  /** Other minus reference; `null` where either is not shown. */
  readonly gap: ShownGap | null
}

/** A wave beside the reference wave. */
export interface ModePair {
  readonly report: IndexReport
  /** Else only criteria that are asked in the same words on the same scale stand side by side. */
  readonly isSameQuestionnaire: boolean
  /** The whole selection, line by line. */
  readonly rows: readonly ModeRow[]
  /** One line by unit, where both figures are shown. */
  readonly unitRows: readonly ModeRow[]
}

/** Waves of different modes side by side. There is no figure over several of them. */
export interface ModeComparison {
  readonly reference: IndexReport
  readonly pairs: readonly ModePair[]
}

/** The reports in the order of their modes' independence; waves of one mode in the order given. */
export const byIndependence = <One extends { readonly wave: { readonly mode: Mode } }>(
  reports: readonly One[],
): One[] =>
  reports.toSorted((a, b) => MODES_BY_INDEPENDENCE.indexOf(a.wave.mode) - MODES_BY_INDEPENDENCE.indexOf(b.wave.mode))

/**
 * Sets reports of different modes beside each other: each figure with its own base and interval, and the gap to the most
 * independent mode with Newcombe's interval on both effective bases, Holm over the modes compared on a line.
 *
 * Made only of figures that the reports show; of rounded figures a rounded gap.
 *
 * @param reports by unit, each of another mode, of the same selection and rule; the order does not matter
 * @throws {RangeError} with no report, or when a mode occurs twice
 * @see methodology 0.4 and 4.9, acceptance value H1; server/decisions/0009-modes.md
 */
export function compareModes(reports: readonly IndexReport[]): ModeComparison {
  const [reference, ...others] = byIndependence(reports)
  if (reference === undefined) throw new RangeError('Modes are compared among reports, got none')
  if (new Set(reports.map(({ wave }) => wave.mode)).size < reports.length) throw new RangeError('A mode occurs twice')
  const comparable = others.map((report) => ({
    report,
    isSameQuestionnaire: report.questionnaire.hash === reference.questionnaire.hash,
    lines: sharedLines(reference, report),
  }))
  const gapsAt = (key: string, line: Line) => gapsOf(key, line, reference, comparable)
  return {
    reference,
    pairs: comparable.map(({ report, isSameQuestionnaire, lines }) => {
      const rowOf = (block: ReportBlock, line: Line): ModeRow => ({
        group: block.group,
        line,
        reference: cellAt(block, line)?.estimate ?? { kind: 'empty' },
        other: cellAt(blockOf(report, block.group.key), line)?.estimate ?? { kind: 'empty' },
        gap: gapsAt(block.group.key, line).get(report) ?? null,
      })
      const total = reference.blocks[0]
      const headline = lines.find(({ level, factorCode }) => level === 'overall' || factorCode === null)
      const units = reference.blocks.filter(({ group }) => group.scope === 'unit')
      return {
        report,
        isSameQuestionnaire,
        rows: total === undefined ? [] : lines.map((line) => rowOf(total, line)),
        unitRows:
          headline === undefined ? [] : units.map((block) => rowOf(block, headline)).filter(({ gap }) => gap !== null),
      }
    }),
  }
}

/** Index and factors of the same questionnaire; of another one the criteria asked in the same words on the same scale. */
function sharedLines(reference: IndexReport, other: IndexReport): readonly Line[] {
  if (reference.questionnaire.hash === other.questionnaire.hash) {
    return reference.lines.filter(({ level }) => level !== 'criterion')
  }
  const known = new Map(other.lines.map((line) => [lineKey(line), line]))
  const levels = JSON.stringify(reference.questionnaire.levels) === JSON.stringify(other.questionnaire.levels)
  return reference.lines.filter((line) => {
    const [one, two] = [line.item, known.get(lineKey(line))?.item]
    if (line.level !== 'criterion' || !one || !two) return false
    const isSameText = one.text.vi === two.text.vi && one.text.en === two.text.en
    return levels && isSameText && one.scale === two.scale && one.isReversed === two.isReversed
  })
}

interface Comparable {
  readonly report: IndexReport
  readonly lines: readonly Line[]
}

function gapsOf(
  key: string,
  line: Line,
  reference: IndexReport,
  comparable: readonly Comparable[],
): ReadonlyMap<IndexReport, ShownGap> {
  const first = shownAt(reference, key, line)
  if (first === null) return new Map()
  const others = comparable.flatMap(({ report, lines }) => {
    const cell = lines.includes(line) ? shownAt(report, key, line) : null
    return cell === null ? [] : [{ report, cell }]
  })
  const gaps = modeGaps(
    shareOf(reference, first),
    others.map(({ report, cell }) => shareOf(report, cell)),
  )
  return new Map(
    others.map(({ report, cell }, i) => {
      const gap = gaps[i]!
      return [report, first.isCoarse || cell.isCoarse ? rounded(gap) : gap]
    }),
  )
}

type ShownCell = Pick<ReportCell, 'isCoarse'> & { readonly figures: ShownFigures }

function shownAt(report: IndexReport, key: string, line: Line): ShownCell | null {
  const cell = cellAt(blockOf(report, key), line)
  if (cell?.estimate.kind !== 'published') return null
  return { figures: cell.estimate.figures, ...(cell.isCoarse ? { isCoarse: true } : {}) }
}

function shareOf({ wave }: IndexReport, { figures }: ShownCell): ModeShare {
  // A mean of percents may exceed 100 by a rounding error.
  return { mode: wave.mode, share: Math.min(1, figures.topTwoBoxPercent / 100), effectiveBase: figures.effectiveBase }
}

const oneDecimal = (value: number) => Math.round(value * 10) / 10

function rounded({ points, lowPoints, highPoints, adjustedP }: ShownGap): ShownGap {
  return {
    points: oneDecimal(points),
    lowPoints: oneDecimal(lowPoints),
    highPoints: oneDecimal(highPoints),
    adjustedP: oneDecimal(adjustedP * 100) / 100,
  }
}

const blockOf = ({ blocks }: IndexReport, key: string) =>
  blocks.find(({ group, rollup }) => group.key === key && rollup !== 'simple_mean')

const cellAt = (block: ReportBlock | undefined, line: Line): ReportCell | undefined =>
  block?.cells.find((cell) => lineKey(cell.line) === lineKey(line))
