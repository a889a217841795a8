import { type Protection, protectInSteps } from '../disclosure/protect.js'
import { levelsOf } from '../disclosure/protect-table.js'
import { createProblem, type Equation, type Need, NO_NEED, type Quantity } from '../disclosure/protection-problem.js'
import type { LineFigures } from '../index/line-figures.js'
import type { Steps } from '../steps.js'
import { isItemPlace, partVariants, placeOf, type RawBlock, type RawCell, variantOf } from './raw-block.js'

/** What is known of the figures of a report before their answers are looked at. */
export interface AnswerFrame {
  /** Places whose figure nobody sees and may not be worked out. */
  readonly confidential: ReadonlySet<string>
  /** Places hidden to protect those. */
  readonly cover: ReadonlySet<string>
  /** Places of which only the side is told: all answers satisfied, or none, must stay open. */
  readonly coded: ReadonlySet<string>
  /** Places hidden as unreliable: unknown to a reader, but harmless when worked out. */
  readonly unreliable: ReadonlySet<string>
  /** Places that readers know already, by what they were shown before: they are no cover. */
  readonly known: ReadonlySet<string>
  /** Places of items of which readers know the sum. */
  readonly knownSums: readonly (readonly string[])[]
  /** Percent from 0 and from 100 within which a coded figure lies. */
  readonly edgePercent: number
  readonly minRespondents: number
}

/** One respondent: less would tell what one person answered. */
const STEP = 1

/**
 * Hides what it takes so that no hidden answer follows from everything that is shown, solved all at once.
 *
 * A reader is taken to know how many answered each item, hidden or not. Unknown are the satisfied answers of hidden items and
 * the percents of hidden composites. They are tied by every roll-up (satisfied answers add up) and by every composite under
 * every rule: the mean of its parts, and all answers pooled. Proven for every confidential figure: one respondent more, or
 * one fewer, could have been satisfied while everything shown reads the same. That is 100/n points, never less than
 * 100/(k - 1), and fails where everybody behind a hidden figure must have been satisfied. A composite needs 100/(k - 1) points
 * of its own only beside a shown index: elsewhere nothing tells of it but its items. Composites are taken as shown to
 * the last digit, although they are rounded. That other hidden counts are whole numbers is not used.
 *
 * @returns places to hide besides, and places for which no proof was found: for those take `withdrawals`
 */
export function* protectAnswers(blocks: readonly RawBlock[], frame: AnswerFrame): Steps<Protection> {
  const hidden = new Set([...frame.confidential, ...frame.cover, ...frame.coded, ...frame.unreliable])
  const groupSums = blocks.map(({ group }) => ({ total: group.key, parts: group.parts }))
  const levelOf = levelsOf(groupSums)
  const isClosed = (key: string) => frame.confidential.has(key) || frame.coded.has(key)
  const quantities: Quantity[] = []
  const needs = new Map<string, Need>()
  const equations: Equation[] = []
  for (const block of blocks) {
    const level = levelOf(block.group.key)
    const isOverallShown = block.cells.some(
      ({ line, rule, figures }) =>
        line.level === 'overall' &&
        line.item === null &&
        figures !== null &&
        !hidden.has(placeOf(block.group.key, line, rule)),
    )
    for (const cell of block.cells) {
      if (cell.figures === null) continue
      const key = placeOf(block.group.key, cell.line, cell.rule)
      if (frame.known.has(key)) continue
      if (isClosed(key) && (cell.line.item !== null || isOverallShown))
        needs.set(key, needFor(cell, frame.minRespondents))
      quantities.push({ key, ...roomOf(key, cell.figures, frame), cost: costOf(cell), level })
    }
    equations.push(...rollUpsOf(block), ...compositesOf(block, frame))
  }
  // Of a composite the sum over groups is no equation; those of its items are.
  for (const parts of frame.knownSums.filter((places) => places.every(isItemPlace)))
    equations.push({ terms: parts.map((key) => ({ key, coefficient: 1 })) })
  const needOf = (key: string) => needs.get(key) ?? null
  return yield* protectInSteps(createProblem(quantities, equations, { isWhole: false, needOf }), hidden)
}

/**
 * What to hide for a place that nothing else protects, in steps of which each is taken when those before do not do. First every
 * composite over it in its group, and its line with the composites over it in all roll-ups above: then its answers bind nobody,
 * whatever they are only hidden figures differ. Where such a roll-up was seen and cannot be hidden any more, its other parts
 * stand in for it, one after the other, those of fewest people first.
 */
export function withdrawals(
  blocks: readonly RawBlock[],
  place: string,
  seen: ReadonlySet<string>,
): readonly (readonly string[])[] {
  const own = place.slice(0, place.indexOf('|'))
  const line = place.slice(own.length)
  const above = new Set<string>()
  const takeIn = (key: string) => {
    if (above.has(key)) return
    above.add(key)
    for (const { group } of blocks) if (group.parts.includes(key)) takeIn(group.key)
  }
  takeIn(own)
  const beside = blocks
    .filter(({ group }) => above.has(group.key) && seen.has(`${group.key}${line}`))
    .flatMap(({ group }) => group.parts)
    .filter((key) => !above.has(key))
  const others = blocks.filter(({ group }) => beside.includes(group.key))
  const peopleOf = ({ group, cells }: RawBlock) =>
    cells.find((cell) => placeOf(group.key, cell.line, cell.rule) === `${group.key}${line}`)?.figures?.base ?? 0
  const placesIn = ({ group, cells }: RawBlock) =>
    compositesOver(line.slice(1), cells)
      .map((cell) => placeOf(group.key, cell.line, cell.rule))
      .concat(`${group.key}${line}`)
  return [
    blocks.filter(({ group }) => above.has(group.key)).flatMap(placesIn),
    ...others.toSorted((a, b) => peopleOf(a) - peopleOf(b)).map(placesIn),
  ]
}

/** The composites of a group that a figure goes into, under every rule. */
function compositesOver(variant: string, cells: readonly RawCell[]): readonly RawCell[] {
  const byVariant = new Map(cells.map((cell) => [variantOf(cell.line, cell.rule), cell]))
  const isOver = (cell: RawCell): boolean =>
    partVariants(cell.line, cell.rule).includes(variant) || partsOf(cell, byVariant).some(isOver)
  return cells.filter((cell) => cell.figures !== null && cell.line.item === null && isOver(cell))
}

/** An item: one whole respondent, up or down. A composite, of which parts of respondents are possible: 100/(k - 1) points. */
function needFor({ line, figures }: RawCell, minRespondents: number): Need {
  if (line.item !== null) return { ...NO_NEED, step: STEP }
  return { ...NO_NEED, width: Math.min(STEP, figures!.base / (minRespondents - 1)) }
}

/** In respondents: satisfied ones of an item, and as many as its percent makes of a composite's base. */
const satisfiedOf = ({ base, topTwoBoxPercent }: LineFigures) => Math.min(base, (base * topTwoBoxPercent) / 100)

function roomOf(key: string, figures: LineFigures, { coded, edgePercent }: AnswerFrame) {
  const satisfied = satisfiedOf(figures)
  const edge = (figures.base * edgePercent) / 100
  if (!coded.has(key)) return { down: satisfied, up: figures.base - satisfied }
  return satisfied <= edge
    ? { down: satisfied, up: edge - satisfied }
    : { down: satisfied - (figures.base - edge), up: figures.base - satisfied }
}

/** Times its base that a composite's headline counts: given up after its criteria; the other rule's before them. */
const COMPOSITE_COSTS = { mean_of_children: { overall: 200, factor: 40 }, pooled: { overall: 0.5, factor: 0.25 } }

function costOf({ line, rule, figures }: RawCell): number {
  const base = figures?.base ?? 0
  if (line.item !== null || rule === 'single_item') return base
  return base * COMPOSITE_COSTS[rule][line.level === 'overall' ? 'overall' : 'factor']
}

function rollUpsOf({ group, cells }: RawBlock): readonly Equation[] {
  if (group.parts.length === 0) return []
  return cells
    .filter(({ line }) => line.item !== null)
    .map(({ line, rule }) => ({
      terms: [
        { key: placeOf(group.key, line, rule), coefficient: -1 },
        ...group.parts.map((part) => ({ key: placeOf(part, line, rule), coefficient: 1 })),
      ],
    }))
}

/**
 * Every composite over its items. The mean: m times the composite's percent less the percents of its m parts, down to the
 * items. Pooled: answers times percent less hits. Either lies between 0 and 100 whatever the items are, so a hidden one binds
 * nobody; a coded one does.
 */
function compositesOf({ group, cells }: RawBlock, { coded, known }: AnswerFrame): readonly Equation[] {
  const byVariant = new Map(cells.map((cell) => [variantOf(cell.line, cell.rule), cell]))
  const keyOf = ({ line, rule }: RawCell) => placeOf(group.key, line, rule)
  const sharesOf = (cell: RawCell): readonly { readonly item: RawCell; readonly share: number }[] => {
    if (cell.line.item !== null) return [{ item: cell, share: 1 }]
    const parts = partsOf(cell, byVariant)
    return parts.flatMap((part) => sharesOf(part).map(({ item, share }) => ({ item, share: share / parts.length })))
  }
  return cells.flatMap((cell) => {
    const { figures, line, rule } = cell
    if (figures === null || line.item !== null) return []
    const key = keyOf(cell)
    const own = rule === 'pooled' ? figures.answers / figures.base : 1
    const terms = sharesOf(cell).map(({ item, share }) => ({
      key: keyOf(item),
      coefficient: rule === 'pooled' ? 1 : (share * figures.base) / item.figures!.base,
    }))
    return [
      { terms: [{ key, coefficient: -own }, ...terms], ...(coded.has(key) || known.has(key) ? {} : { defines: key }) },
    ]
  })
}

/** The lines with an answer that a composite is made of. */
function partsOf({ line, rule }: RawCell, byVariant: ReadonlyMap<string, RawCell>): readonly RawCell[] {
  return partVariants(line, rule).flatMap((variant) => {
    const part = byVariant.get(variant)
    return part === undefined || part.figures === null ? [] : [part]
  })
}
