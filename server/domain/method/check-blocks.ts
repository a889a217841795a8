import type { Method, MethodComposite } from './method.js'
import { type MethodProblem, methodProblem } from './method-problem.js'

type Path = MethodProblem['path']

/** Contradictions between the blocks of units, what stands for an area, and what is shown of a unit. */
export function checkBlocks(method: Method): readonly MethodProblem[] {
  return [
    ...checkKinds(method),
    ...checkNames(method.index, ['index'], new Set(method.blocks?.map(({ code }) => code))),
    ...checkRollup(method),
    ...checkScoredBase(method),
  ]
}

function checkKinds({ blocks = [] }: Method): readonly MethodProblem[] {
  const seen = new Set<string>()
  return blocks.flatMap(({ kinds }, i) =>
    kinds.flatMap((name, k) => {
      const isTaken = seen.has(name)
      seen.add(name)
      return isTaken ? [methodProblem('kind_twice', ['blocks', i, 'kinds', k], { name })] : []
    }),
  )
}

/** Blocks that composites and criteria are limited to. */
function checkNames(composite: MethodComposite, path: Path, known: ReadonlySet<string>): readonly MethodProblem[] {
  const unknown = ({ blocks = [] }: { readonly blocks?: readonly string[] }, at: Path) =>
    blocks.flatMap((name, i) =>
      known.has(name) ? [] : [methodProblem('unknown_block', [...at, 'blocks', i], { name })],
    )
  return [
    ...unknown(composite, path),
    ...(composite.single ? unknown(composite.single, [...path, 'single']) : []),
    ...(composite.criteria ?? []).flatMap((criterion, i) => unknown(criterion, [...path, 'criteria', i])),
    ...(composite.parts ?? []).flatMap((part, i) => checkNames(part, [...path, 'parts', i], known)),
  ]
}

function checkRollup({ rollup, blocks, standardisation }: Method): readonly MethodProblem[] {
  const isScattered = blocks !== undefined || standardisation !== undefined
  return rollup.kind === 'pooled' && isScattered ? [methodProblem('pooled_blocks', ['rollup'])] : []
}

/** A score is made of the figures of all units between its ends: none of them may be one that is hidden. */
function checkScoredBase({ standardisation, disclosure }: Method): readonly MethodProblem[] {
  if (standardisation === undefined) return []
  const needed = Math.max(disclosure.internal.minReliableBase, disclosure.public.minReliableBase)
  return standardisation.minBase < needed ? [methodProblem('scored_hidden', ['standardisation', 'minBase'])] : []
}
