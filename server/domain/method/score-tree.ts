import { partCoefficients } from './combine-parts.js'
import { criteriaOf, type Method, type MethodComposite, type MethodCriterion } from './method.js'

/** A composite and the places of what it is made of. */
interface Step {
  readonly composite: MethodComposite
  readonly place: number
  readonly parts: readonly { readonly place: number; readonly weight?: number }[]
  /** Of the parts where each of them has a figure, as nearly always. */
  readonly coefficients: readonly number[] | null
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
    const complete = places.map((part) => ({ ...part, value: 0, answers: 0 }))
    const coefficients = rule === 'single_item' ? null : partCoefficients(composite, complete)
    steps.push({ composite, place: codes.length, parts: places, coefficients })
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
  for (const step of steps) values[step.place] = figureOf(step, values) * step.composite.multiplyBy
}

function figureOf({ composite, parts, coefficients }: Step, values: Float64Array): number {
  if (composite.rule === 'single_item') return values[parts[0]?.place ?? -1] ?? Number.NaN
  const sum = weighed(parts, coefficients, values)
  return Number.isNaN(sum) ? weighed(parts, coefficientsOf(composite, parts, values), values) : sum
}

/** NaN where a part has no figure and is not weighed with 0. */
function weighed(parts: Step['parts'], coefficients: readonly number[] | null, values: Float64Array): number {
  if (coefficients === null) return Number.NaN
  let sum = 0
  for (let i = 0; i < parts.length; i++) {
    if (coefficients[i] !== 0) sum += values[parts[i]!.place]! * coefficients[i]!
  }
  return sum
}

function coefficientsOf(composite: MethodComposite, parts: Step['parts'], values: Float64Array) {
  const own = parts.map((part) => {
    const value = values[part.place]!
    return { ...part, value: Number.isNaN(value) ? null : value, answers: 0 }
  })
  return partCoefficients(composite, own)
}
