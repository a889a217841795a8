import { criteriaOf, type Method } from '../../domain/method/method.js'
import type { Questionnaire } from '../../domain/questionnaire/definition.js'
import { SCALE_CODES } from '../../domain/survey/vocabulary.js'

/** Something a method says of a questionnaire that is not so. */
export interface FitProblem {
  readonly path: readonly (string | number)[]
  readonly message: string
}

/** Contradictions between a method and the questionnaires it says it fits. */
export function checkFits(method: Method, questionnaires: readonly Questionnaire[]): readonly FitProblem[] {
  const reversed = new Map(criteriaOf(method.index).map(({ code, isReversed }) => [code, isReversed]))
  return method.fits.flatMap((fit, i) =>
    fit.versions.flatMap((version, k): readonly FitProblem[] => {
      const found = questionnaires.find((one) => one.id === fit.questionnaire && one.version === version)
      if (found === undefined) {
        const message = `there is no questionnaire ${fit.questionnaire} ${version} [unknown_questionnaire]`
        return [{ path: ['fits', i, 'versions', k], message }]
      }
      return Object.entries(fit.items).flatMap(([code, item]) => {
        const fault = faultOf(item, reversed.get(code) ?? false, method, found)
        return fault === null ? [] : [{ path: ['fits', i, 'items', code], message: `${code}: ${fault}` }]
      })
    }),
  )
}

function faultOf(code: string, isReversed: boolean, { scale }: Method, { sections }: Questionnaire): string | null {
  const item = sections.flatMap(({ items }) => items).find((one) => one.code === code)
  if (item?.kind !== 'rating') return `${code} is no rating item there [not_rated]`
  if (scale.lowest !== SCALE_CODES[0] || scale.highest !== SCALE_CODES.at(-1)) {
    return `${code} is answered with codes 1 to 5, the method has others [other_scale]`
  }
  if (item.isReversed === isReversed) return null
  return `${code} is ${item.isReversed ? 'a negative' : 'no negative'} statement there [other_direction]`
}
