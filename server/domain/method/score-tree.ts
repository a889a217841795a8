import { partCoefficients } from './combine-parts.js'
import { criteriaOf, type Method, type MethodComposite, type MethodCriterion } from './method.js'

/** A composite and the places of what it is made of. */
interface Step {
  readonly composite: MethodComposite
  readonly place: number
  readonly parts: readonly { readonly place: number; readonly weight?: number }[]
}

/** The tree of a method for one block of units, laid out so that a thousand replicates need not walk it. */
export interface ScoreTree {
  /** Code at each place: the criteria asked about the block, then the composites, each after its parts. */
  readonly codes: readonly string[]
  readonly criteria: readonly MethodCriterion[]
  readonly steps: readonly Step[]
}

/**
 * Lays out what applies to a block.
 *
 * @throws {RangeError} when the method pools: it looks at answers, which scores no longer have
 */
export function layOutTree({ index }: Pick<Method, 'index'>, block: string): ScoreTree {
  const applies = ({ blocks }: Pick<MethodCriterion, 'blocks'>) => blocks === undefined || blocks.includes(block)
  const criteria = criteriaOf(index).filter(applies)
  const codes = criteria.map(({ code }) => code)
  const steps: Step[] = []
  const visit = (composite: MethodComposite): void => {
    const { rule, single, parts = [], criteria: own = [], code } = composite
    if (rule === 'pooled') throw new RangeError('Scores between units cannot be pooled')
    const composites = parts.filter(applies)
    for (const part of composites) visit(part)
    const madeOf = rule === 'single_item' ? (single ? [single] : []) : [...composites, ...own.filter(applies)]
    // A criterion below a composite that does not apply stands in no step.
    const places = madeOf.map((part) => ({ ...part, place: codes.indexOf(part.code) }))
    steps.push({ composite, place: codes.length, parts: places })
    codes.push(code)
  }
  visit(index)
  return { codes, criteria, steps }
}

/**
 * Works out the composites of one unit from the scores of its criteria, in place.
 *
 * @param values by place; NaN where there is no figure
 */
export function fillComposites({ steps }: ScoreTree, values: Float64Array): void {
  for (const { composite, place, parts } of steps) {
    const value =
      composite.rule === 'single_item'
        ? (values[parts[0]?.place ?? -1] ?? Number.NaN)
        : combine(composite, parts, values)
    values[place] = value * composite.multiplyBy
  }
}

function combine(composite: MethodComposite, parts: Step['parts'], values: Float64Array): number {
  const own = parts.map((part) => {
    const value = values[part.place]!
    return { ...part, value: Number.isNaN(value) ? null : value, answers: 0 }
  })
  const coefficients = partCoefficients(composite, own)
  if (coefficients === null) return Number.NaN
  let sum = 0
  for (let i = 0; i < own.length; i++) sum += (own[i]!.value ?? 0) * coefficients[i]!
  return sum
}
