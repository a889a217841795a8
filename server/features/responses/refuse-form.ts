import { cityDay } from '../../domain/survey/day.js'
import type { RespondentType } from '../../domain/survey/vocabulary.js'
import type { Service } from '../../domain/units/service.js'
import type { Unit } from '../../domain/units/unit.js'
import type { WaveChoice } from '../waves/index.js'
import { toClosedView, toUnitNotValidView, type WayOn } from './notice.view.js'
import { type FormNeeds, type PageAnswer, pageAnswer } from './page-answer.js'
import { formHref, type PageContext, siteHref } from './page-context.js'
import type { UnitNotValid } from './resolve-target.js'

/** A service of an agency, as addressed. */
export interface Place {
  readonly unit: Unit
  readonly service: Service
}

/** The name a unit has now, or had last. */
export function unitName({ registry, now }: FormNeeds, context: PageContext, { uid }: Unit): string {
  return registry.nameOf(uid, cityDay(now()))[context.language]
}

/** Nothing is open here: since when, and what is. */
export async function refuseClosed(
  needs: FormNeeds,
  context: PageContext,
  place: Place,
  choice: Exclude<WaveChoice, { kind: 'open' }>,
): Promise<PageAnswer> {
  const { unit, service } = place
  const agency = unitName(needs, context, unit)
  const links = [...(await otherAudience(needs, context, place)), ...(await otherServices(needs, context, place))]
  const closedOn = choice.kind === 'closed' ? choice.closedOn : null
  const names = { agency, service: service.name[context.language] }
  const view = toClosedView(context, { ...names, closedOn, reopensOn: choice.reopensOn, links })
  const simulated = choice.kind === 'closed' ? choice.wave : undefined
  return pageAnswer(choice.kind === 'closed' ? 409 : 404, 'survey/notice', view, simulated)
}

async function otherAudience(needs: FormNeeds, context: PageContext, { unit, service }: Place): Promise<WayOn[]> {
  // A wave may hold a service that this agency does not offer; its form would end here again.
  if (!needs.services.offeredBy(unit).some(({ code }) => code === service.code)) return []
  const respondentType: RespondentType = context.respondentType === 'citizen' ? 'business' : 'citizen'
  const query = {
    unitUid: unit.uid,
    service: service.code,
    respondentType,
    mode: 'web',
    on: cityDay(needs.now()),
  } as const
  if ((await needs.waves.find(query)).kind !== 'open') return []
  const label = context.t(`survey.as_${respondentType}`, { service: service.name[context.language] })
  return [{ label, href: formHref({ ...context, respondentType }, unit.uid, service.code) }]
}

async function otherServices(needs: FormNeeds, context: PageContext, { unit }: Place): Promise<WayOn[]> {
  const open = await needs.waves.openFor(unit.uid, cityDay(needs.now()))
  if (!open.some(({ mode }) => mode === 'web')) return []
  const label = context.t('survey.other_services', { agency: unitName(needs, context, unit) })
  return [{ label, href: siteHref(context, `/u/${unit.uid}`) }]
}

/** The unit did not exist then: since or until when, and who did its work. */
export function refuseUnit(
  needs: FormNeeds,
  context: PageContext,
  { unit, service, reason, changedOn, others }: UnitNotValid,
  options: { readonly status: number; readonly canChooseMonth: boolean },
): PageAnswer {
  const wayTo = (other: Unit): WayOn => {
    const isOffered = needs.services.offeredBy(other).some(({ code }) => code === service.code)
    const href = isOffered ? formHref(context, other.uid, service.code) : siteHref(context, `/u/${other.uid}`)
    return { label: unitName(needs, context, other), href }
  }
  const again = { label: context.t('survey.choose_month_again'), href: formHref(context, unit.uid, service.code) }
  const agency = unitName(needs, context, unit)
  const back = options.canChooseMonth ? again : null
  const view = toUnitNotValidView(context, { agency, reason, changedOn, links: others.map(wayTo), back })
  return pageAnswer(options.status, 'survey/notice', view)
}
