import { type CriterionSums, sumsOfCriterion } from './measure-criterion.js'
import { criteriaOf, type Method, type MethodCriterion } from './method.js'
import type { UnitAnswers } from './method-data.js'
import type { FigureFlags } from './method-result.js'
import { standardiseBlock } from './standardise-block.js'

/** One criterion measured for one unit. */
export interface Measured {
  readonly criterion: MethodCriterion
  /** Item of the questionnaire that stands for it; `null` when there is none. */
  readonly item: string | null
  readonly sums: CriterionSums
  /** Absolute figure, not standardised. */
  readonly absolute: number | null
  /** What composites are made of: standardised where the method says so. */
  readonly value: number | null
  readonly flags: FigureFlags
}

/** Measured criteria of one unit by code: only those asked about units of its block. */
export type MeasuredUnit = ReadonlyMap<string, Measured>

/** Item of each criterion; `null` when item codes are the criteria's own. */
export type ItemsOf = Readonly<Record<string, string>> | null

/** Measures every criterion of the method for every unit, standardised within blocks where the method does that. */
export function measureUnits(method: Method, itemsOf: ItemsOf, units: readonly UnitAnswers[]): readonly MeasuredUnit[] {
  return standardiseUnits(method, units, measureAbsolutely(method, itemsOf, units))
}

/** Measures every criterion for every unit by itself, not yet standardised. */
export function measureAbsolutely(
  method: Method,
  itemsOf: ItemsOf,
  units: readonly UnitAnswers[],
): readonly MeasuredUnit[] {
  const criteria = criteriaOf(method.index)
  const shared = sharedItems(itemsOf)
  return units.map((unit) => {
    const asked = criteria.filter(({ blocks }) => blocks === undefined || blocks.includes(unit.block))
    return new Map(asked.map((criterion) => [criterion.code, measure(criterion, method, itemsOf, shared, unit)]))
  })
}

/** Places the units of each block between their worst and best, criterion by criterion, where the method does that. */
function standardiseUnits(
  { standardisation, index }: Pick<Method, 'standardisation' | 'index'>,
  units: readonly Pick<UnitAnswers, 'block'>[],
  measured: readonly MeasuredUnit[],
): readonly MeasuredUnit[] {
  if (standardisation === undefined) return measured
  const standardised = measured.map((unit) => new Map(unit))
  const criteria = criteriaOf(index)
  for (const block of new Set(units.map((unit) => unit.block))) {
    const members = standardised.filter((_, position) => units[position]?.block === block)
    for (const criterion of criteria) standardise(criterion, members, standardisation)
  }
  return standardised
}

function measure(
  criterion: MethodCriterion,
  method: Method,
  itemsOf: ItemsOf,
  shared: ReadonlySet<string>,
  unit: UnitAnswers,
): Measured {
  const item = itemsOf === null ? criterion.code : (itemsOf[criterion.code] ?? null)
  const counts = item === null || !Object.hasOwn(unit.items, item) ? undefined : unit.items[item]
  // A standardised negative statement is turned round between the units, so its absolute figure stays what was said.
  const codesReversed = criterion.isReversed && method.standardisation === undefined
  const sums = sumsOfCriterion(counts?.codes ?? {}, { isReversed: codesReversed }, method)
  const value = sums.answers === 0 ? null : sums.total / sums.answers
  const codes = [criterion.code]
  const flags: FigureFlags = {
    ...(counts === undefined && { missing_items: codes }),
    ...(counts !== undefined && value === null && { no_answers: codes }),
    ...(item !== null && shared.has(item) && { shared_items: codes }),
  }
  return { criterion, item, sums, absolute: value, value, flags }
}

function standardise(
  { code, isReversed }: MethodCriterion,
  members: readonly Map<string, Measured>[],
  standardisation: NonNullable<Method['standardisation']>,
): void {
  const values = new Map<string, number>()
  members.forEach((member, position) => {
    const measured = member.get(code)
    if (measured === undefined || measured.absolute === null) return
    if (measured.sums.answers >= standardisation.minBase) values.set(String(position), measured.absolute)
    else {
      const flags = { ...measured.flags, below_min_base: [code] }
      member.set(code, { ...measured, value: null, flags })
    }
  })
  if (values.size === 0) return
  const { scores, hasVariation } = standardiseBlock(values, standardisation, isReversed)
  for (const [position, value] of scores) {
    const member = members[Number(position)]!
    const measured = member.get(code)!
    const flags = hasVariation ? measured.flags : { ...measured.flags, no_variation: [code] }
    member.set(code, { ...measured, value, flags })
  }
}

function sharedItems(itemsOf: ItemsOf): ReadonlySet<string> {
  const items = Object.values(itemsOf ?? {})
  return new Set(items.filter((item, position) => items.indexOf(item) !== position))
}
