import { estimateOf } from '../disclosure/estimate.js'
import type { DisclosurePolicy } from '../disclosure/policy.js'
import type { Method } from '../method/method.js'
import type { FigureFlags, MethodFigure, UnitFigures } from '../method/method-result.js'
import type { MethodLine } from './method-lines.js'
import type { MethodCell, MethodFigures, MethodGroup, MethodReport } from './method-report.js'
import { protectGroups } from './protect-groups.js'

/** A unit or roll-up with its figures as the engine gave them, unprotected. */
export interface ComputedGroup extends Omit<MethodGroup, 'rank' | 'cells'> {
  /** `null` when nothing was counted. */
  readonly figures: Pick<UnitFigures, 'index' | 'rank'> | null
}

/**
 * Makes the report of a method: every group by every line, hidden where it must be by the thresholds of the method itself.
 *
 * A rank is hidden with its index, a class with its figure.
 *
 * @param audience readers inside the administration, or everybody
 */
export function buildMethodReport(
  facts: Omit<MethodReport, 'groups'>,
  computed: readonly ComputedGroup[],
  audience: keyof Method['disclosure'],
): MethodReport {
  const policy = facts.method.disclosure[audience]
  const groups = computed.map(({ figures, ...group }): MethodGroup => {
    const byCode = new Map(figures === null ? [] : flatten(figures.index).map((figure) => [figure.code, figure]))
    const cells = facts.lines.flatMap((line): readonly MethodCell[] => {
      const figure = byCode.get(line.code)
      // Nobody asked, or a part that does not apply to units of this block.
      if (figure === undefined) return figures === null ? [emptyCell(line)] : []
      const estimate = estimateOf(figuresOf(figure), policy)
      const isHidden = estimate.kind === 'suppressed'
      return [
        {
          line,
          estimate,
          isCoarse: false,
          flags: isHidden ? {} : { ...figure.flags, ...thinCriteria(figure, policy) },
        },
      ]
    })
    return { ...group, rank: figures?.rank ?? null, cells }
  })
  const shown = protectGroups(groups, facts, policy).map((group) => ({
    ...group,
    rank: group.cells[0]?.estimate.kind === 'published' ? group.rank : null,
  }))
  return { ...facts, groups: shown }
}

/** Criteria of a composite that are themselves hidden as saying too little. */
function thinCriteria(figure: MethodFigure, { minReliableBase }: DisclosurePolicy): FigureFlags {
  if (figure.parts.length === 0 || figure.value === null) return {}
  const criteria = flatten(figure).filter(({ parts, value }) => parts.length === 0 && value !== null)
  const thin = criteria.filter(({ base }) => base < minReliableBase).map(({ code }) => code)
  return thin.length === 0 ? {} : { thin_criteria: thin }
}

const emptyCell = (line: MethodLine): MethodCell => ({ line, estimate: { kind: 'empty' }, isCoarse: false, flags: {} })

const flatten = (figure: MethodFigure): readonly MethodFigure[] => [figure, ...figure.parts.flatMap(flatten)]

/** Without a value there is a base all the same where somebody answered something below. */
function figuresOf(figure: MethodFigure): MethodFigures | null {
  const { value, absolute, interval } = figure
  const base = value === null ? Math.max(...flatten(figure).map((below) => below.base)) : figure.base
  return base === 0 ? null : { base, value, absolute, interval, class: figure.class }
}

/** The cell of a line in a group; the index without a code. */
export function methodCell({ cells }: Pick<MethodGroup, 'cells'>, code?: string): MethodCell | undefined {
  return code === undefined ? cells[0] : cells.find(({ line }) => line.code === code)
}
