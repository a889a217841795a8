import type { RespondentType } from '../../domain/survey/vocabulary.js'
import type { Wave } from '../../domain/survey/wave.js'

/** Waves that a link from this site leads into: counter and interviewer waves have doors of their own. */
const forWeb = (waves: readonly Wave[], respondentType: RespondentType) =>
  waves.filter((wave) => wave.mode === 'web' && wave.respondentType === respondentType)

/** Whether any service of a unit can be rated by this type of respondent, given the unit's open waves. */
export const isOpenTo = (waves: readonly Wave[], respondentType: RespondentType): boolean =>
  forWeb(waves, respondentType).length > 0

/** Whether one service can be rated by this type of respondent, given the open waves of the unit. */
export function isServiceOpen(waves: readonly Wave[], respondentType: RespondentType, service: string): boolean {
  return forWeb(waves, respondentType).some(
    ({ serviceCodes }) => serviceCodes.length === 0 || serviceCodes.includes(service),
  )
}
