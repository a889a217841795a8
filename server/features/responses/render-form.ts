import type { StopReason } from '../../domain/questionnaire/read-answer.js'
import { cityDay } from '../../domain/survey/day.js'
import type { IsoDay } from '../../domain/survey/vocabulary.js'
import type { Wave } from '../../domain/survey/wave.js'
import type { Unit, UnitKind } from '../../domain/units/unit.js'
import { problem } from '../../platform/problem.js'
import { toFormView } from './form.view.js'
import { type FormCase, type FormPage, progressOf, sectionsAt } from './form-flow.js'
import { AT_WHOLE_FORM, sealState } from './form-state.js'
import { toRestartView, toStoppedView } from './notice.view.js'
import { type FormNeeds, type PageAnswer, pageAnswer } from './page-answer.js'
import { formHref, type PageContext } from './page-context.js'
import { type Place, unitName } from './refuse-form.js'

/** A form that a respondent is in. */
export interface RunningForm extends Place {
  readonly wave: Wave
  readonly form: FormCase
}

/** A page of the form; 422 when it comes back with mistakes. */
export function renderStep(needs: FormNeeds, context: PageContext, running: RunningForm, page: FormPage): PageAnswer {
  const { unit, service, wave, form } = running
  const sealedState = sealState(page.state, needs.secret)
  // Fields far longer than any form offers; a page that could not be sent back must not be shown.
  if (sealedState === undefined) throw problem.broken(413)
  const view = toFormView(context, {
    page,
    sections: sectionsAt(form, page.state),
    progress: page.state.at === AT_WHOLE_FORM ? null : progressOf(form, page.state),
    action: formHref(context, unit.uid, service.code),
    sealedState,
    agency: unitName(needs, context, unit),
    service: service.name[context.language],
    questions: {
      questionnaire: form.questionnaire,
      fields: page.state.fields,
      errors: page.errors,
      followUps: page.followUps,
      unitsOf: (kinds) => unitsToChoose(needs, context, kinds),
    },
  })
  return pageAnswer(page.errors.length > 0 ? 422 : 200, 'survey/form', view, wave)
}

/** The case ends here and nothing is stored. */
export function renderStopped(context: PageContext, reason: StopReason, wave: Pick<Wave, 'isSimulated'>): PageAnswer {
  return pageAnswer(200, 'survey/notice', toStoppedView(context, reason), wave)
}

/** The page came back in a state that cannot be gone on from. */
export function renderRestart(
  context: PageContext,
  why: 'broken' | 'expired',
  place: { readonly unitUid: string; readonly service: string },
  wave: Pick<Wave, 'isSimulated'>,
): PageAnswer {
  const view = toRestartView(context, why, formHref(context, place.unitUid, place.service))
  return pageAnswer(400, 'survey/notice', view, wave)
}

const COLLATOR = new Intl.Collator('vi', { numeric: true })

interface UnitChoice {
  readonly unit: Unit
  readonly name: string
}

/** Choices of one day by language and kinds: sorting the names of the city anew for each page would cost more than the page. */
const choicesBefore = new WeakMap<FormNeeds['registry'], { on: IsoDay; choices: Map<string, readonly UnitChoice[]> }>()

function unitsToChoose({ registry, now }: FormNeeds, { language }: PageContext, kinds: readonly UnitKind[]) {
  const on = cityDay(now())
  const before = choicesBefore.get(registry)
  const { choices } = before?.on === on ? before : { choices: new Map<string, readonly UnitChoice[]>() }
  choicesBefore.set(registry, { on, choices })
  const key = [language, ...kinds].join(' ')
  const known = choices.get(key)
  if (known !== undefined) return known
  const units = registry
    .validOn(on)
    .filter(({ kind }) => kinds.includes(kind))
    .map((unit) => ({ unit, name: registry.nameOf(unit.uid, on)[language] }))
    .toSorted((a, b) => COLLATOR.compare(a.name, b.name))
  choices.set(key, units)
  return units
}
