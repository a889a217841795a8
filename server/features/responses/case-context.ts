import type { CaseContext } from '../../domain/questionnaire/definition.js'
import type { IsoDay } from '../../domain/survey/vocabulary.js'
import type { Wave } from '../../domain/survey/wave.js'
import type { Unit } from '../../domain/units/unit.js'
import type { IntakeRegistry } from './intake-needs.js'

/**
 * What the interpreter has to know of a case besides its answers.
 *
 * @param on day of the interview
 */
export function caseContext(
  registry: IntakeRegistry,
  about: { readonly wave: Wave; readonly unit: Unit; readonly service: string; readonly on: IsoDay },
): CaseContext {
  return {
    mode: about.wave.mode,
    unitUid: about.unit.uid,
    unitKind: about.unit.kind,
    service: about.service,
    on: about.on,
    isUnit: (uid, kinds) => {
      const unit = registry.byUid(uid)
      return unit !== undefined && kinds.includes(unit.kind) && registry.isValid(uid, about.on)
    },
  }
}
