import type { Method } from './method.js'
import type { UnitAnswers } from './method-data.js'
import { fillComposites, layOutTree, type ScoreTree } from './score-tree.js'
import { standardiseBlock } from './standardise-block.js'

/** Units scored among each other, and what their figures are called. */
export interface ReplicateBlock {
  readonly tree: ScoreTree
  /** Positions of its units. */
  readonly units: readonly number[]
}

/** The blocks of some units, in the order in which they come. */
export function replicateBlocks(
  method: Method,
  units: readonly Pick<UnitAnswers, 'block'>[],
): readonly ReplicateBlock[] {
  return [...new Set(units.map(({ block }) => block))].map((block) => ({
    tree: layOutTree(method, block),
    units: [...units.keys()].filter((u) => units[u]!.block === block),
  }))
}

/**
 * Scores one block in one replicate: what `computeMethod` gives, without names, flags, bases and intervals, which a thousand
 * replicates have no use for.
 *
 * @param figures of each unit by place of the tree: absolute figures of the criteria when it begins, NaN where there is none;
 *   scores and composites when it ends
 */
export function scoreReplicate(
  { tree, units }: ReplicateBlock,
  standardisation: NonNullable<Method['standardisation']>,
  figures: readonly Float64Array[],
): void {
  tree.criteria.forEach(({ isReversed }, place) => {
    const values = new Map<string, number>()
    for (const u of units) {
      const value = figures[u]![place]!
      if (!Number.isNaN(value)) values.set(String(u), value)
    }
    if (values.size === 0) return
    const { scores } = standardiseBlock(values, standardisation, isReversed)
    for (const [u, score] of scores) figures[Number(u)]![place] = score
  })
  for (const u of units) fillComposites(tree, figures[u]!)
}
