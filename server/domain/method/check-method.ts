import { checkBlocks } from './check-blocks.js'
import { checkComposite } from './check-composite.js'
import { criteriaOf, type Method, type MethodComposite } from './method.js'
import { type MethodProblem, methodProblem } from './method-problem.js'
import { SHARE_TRANSFORMATIONS } from './transformations.js'

/**
 * Everything in a method that contradicts itself or that the engine could not compute.
 *
 * @returns empty when `computeMethod` can work with it on any counts
 */
export function checkMethod(method: Method): readonly MethodProblem[] {
  return [
    ...checkTexts(method, []),
    ...checkScale(method),
    ...checkPoints(method),
    ...checkComposite(method.index, ['index'], method),
    ...checkCodes(method),
    ...checkFits(method),
    ...checkInterval(method),
    ...checkCuts(method),
    ...checkBlocks(method),
  ]
}

/** Every text in both languages and in Unicode NFC, wherever it stands. */
function checkTexts(value: unknown, path: MethodProblem['path']): readonly MethodProblem[] {
  if (typeof value === 'string') return value === value.normalize('NFC') ? [] : [methodProblem('not_nfc', path)]
  if (typeof value !== 'object' || value === null) return []
  const missing = 'vi' in value && 'en' in value ? Object.entries(value).filter(([, text]) => text === '') : []
  return [
    ...missing.map(([language]) => methodProblem('missing_translation', path, { language })),
    ...Object.entries(value).flatMap(([key, part]) =>
      checkTexts(part, [...path, Array.isArray(value) ? Number(key) : key]),
    ),
  ]
}

const FOUR_CODES: readonly string[] = ['top_two_share', 'bottom_two_share', 'middle_share', 'agree_share', 'net_share']

function checkScale({ scale, transformation }: Method): readonly MethodProblem[] {
  const codes = scale.highest - scale.lowest + 1
  if (codes < 2) return [methodProblem('empty_scale', ['scale'])]
  if (transformation === 'mean_minus_3' && !(scale.lowest === 1 && scale.highest === 5)) {
    return [methodProblem('scale_not_1_to_5', ['scale'])]
  }
  if (FOUR_CODES.includes(transformation) && codes < 4) return [methodProblem('scale_too_short', ['scale'])]
  return []
}

function checkPoints({ scale, transformation, points }: Method): readonly MethodProblem[] {
  if (transformation !== 'mean_points') return points === undefined ? [] : [methodProblem('points_unused', ['points'])]
  if (points === undefined) return [methodProblem('points_needed', ['transformation'])]
  const codes = Array.from({ length: Math.max(0, scale.highest - scale.lowest + 1) }, (_, i) => scale.lowest + i)
  const isComplete = codes.every((code) => String(code) in points) && Object.keys(points).length === codes.length
  return isComplete ? [] : [methodProblem('points_incomplete', ['points'])]
}

function checkCodes({ index }: Method): readonly MethodProblem[] {
  const seen = new Set<string>()
  const problems: MethodProblem[] = []
  const visit = (code: string, path: MethodProblem['path']) => {
    if (seen.has(code)) problems.push(methodProblem('duplicate_code', path, { name: code }))
    seen.add(code)
  }
  const walk = (composite: MethodComposite, path: MethodProblem['path']) => {
    visit(composite.code, [...path, 'code'])
    if (composite.single) visit(composite.single.code, [...path, 'single', 'code'])
    composite.criteria?.forEach(({ code }, i) => {
      visit(code, [...path, 'criteria', i, 'code'])
    })
    composite.parts?.forEach((part, i) => {
      walk(part, [...path, 'parts', i])
    })
  }
  walk(index, ['index'])
  return problems
}

function checkFits({ fits, index }: Method): readonly MethodProblem[] {
  const criteria = new Set(criteriaOf(index).map(({ code }) => code))
  const names = fits.flatMap((fit) => fit.versions.map((version) => `${fit.questionnaire} ${version}`))
  return fits.flatMap((fit, i) => [
    ...fit.versions.flatMap((version, k) => {
      const name = `${fit.questionnaire} ${version}`
      const isDouble = names.filter((one) => one === name).length > 1
      return isDouble ? [methodProblem('duplicate_fit', ['fits', i, 'versions', k], { name })] : []
    }),
    ...Object.keys(fit.items)
      .filter((code) => !criteria.has(code))
      .map((name) => methodProblem('unknown_criterion', ['fits', i, 'items', name], { name })),
  ])
}

function checkInterval({ interval, transformation, standardisation }: Method): readonly MethodProblem[] {
  const { kind } = interval
  const path = ['interval']
  if (kind === 'wilson' && !SHARE_TRANSFORMATIONS.includes(transformation)) {
    return [methodProblem('wilson_needs_percent', path)]
  }
  if (kind === 'bootstrap' && standardisation === undefined) {
    return [methodProblem('bootstrap_needs_standardisation', path)]
  }
  const isLinear = kind === 'wilson' || kind === 'mean_t'
  return isLinear && standardisation !== undefined ? [methodProblem('standardised_interval', path)] : []
}

function checkCuts({ classes = [], range, disclosure }: Method): readonly MethodProblem[] {
  const order = classes.flatMap(({ from }, i) =>
    i > 0 && from >= classes[i - 1]!.from ? [methodProblem('class_order', ['classes', i, 'from'])] : [],
  )
  const thresholds = (['internal', 'public'] as const).filter((audience) => {
    const { minRespondents, minReliableBase, minUnflaggedBase } = disclosure[audience]
    return !(minRespondents <= minReliableBase && minReliableBase <= minUnflaggedBase)
  })
  return [
    ...order,
    ...(range.lowest < range.highest ? [] : [methodProblem('range_order', ['range'])]),
    ...thresholds.map((audience) => methodProblem('thresholds_order', ['disclosure', audience])),
  ]
}
