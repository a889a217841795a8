import { type AnalysisRoles, checkRoles, type RoleProblem } from '../../domain/analysis/analysis-roles.js'
import { fitOf, type Method } from '../../domain/method/method.js'
import type { Questionnaire } from '../../domain/questionnaire/definition.js'
import { checkFits } from '../methods/index.js'

/** What else is said of questionnaires, in files that were read at the start. */
export interface BesideQuestionnaires {
  readonly roles: readonly AnalysisRoles[]
  readonly methods: readonly Method[]
}

/** Something that a file says of all versions, or of this one, and that would not be so. */
export type Misfit =
  | { readonly file: 'roles'; readonly code: RoleProblem['code']; readonly name: string }
  /** @see checkFits for the message */
  | { readonly file: 'method'; readonly method: string; readonly message: string }

/** Whether the files beside the questionnaires fit it: the check of the start, which would refuse such a version. */
export function misfitsOf(questionnaire: Questionnaire, { roles, methods }: BesideQuestionnaires): readonly Misfit[] {
  const { id, version } = questionnaire
  const ofRoles = roles
    .filter((one) => one.questionnaire === id)
    .flatMap((one) => checkRoles(one, questionnaire))
    .map(({ code, name }) => ({ file: 'roles' as const, code, name }))
  const ofMethods = methods.flatMap((method) => {
    const fits = method.fits.filter((fit) => fit.questionnaire === id && fit.versions.includes(version))
    const own = { ...method, fits: fits.map((fit) => ({ ...fit, versions: [version] })) }
    return checkFits(own, [questionnaire]).map(({ message }) => ({
      file: 'method' as const,
      method: method.id,
      message,
    }))
  })
  return [...ofRoles, ...ofMethods]
}

/** Methods that say which items of this version they stand on; others cannot be computed for it. */
export const methodsFor = (questionnaire: Questionnaire, methods: readonly Method[]): readonly string[] => [
  ...new Set(methods.filter((method) => fitOf(method, questionnaire) !== undefined).map(({ id }) => id)),
]
