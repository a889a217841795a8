import { addMonths } from '../../domain/survey/day.js'
import type { IsoDay, RespondentType } from '../../domain/survey/vocabulary.js'
import type { Wave } from '../../domain/survey/wave.js'
import type { Service, ServiceCatalogue } from '../../domain/units/service.js'
import type { Unit, UnitRegistry } from '../../domain/units/unit.js'
import { heirsOf } from './lineage.js'
import { isOpenTo, isServiceOpen } from './open-services.js'
import { link, type PageContext, writeDay } from './page-context.js'
import { toLifeNote, toUnitLink } from './unit-line.view.js'

/** Transactions older than this are outside every survey (methodology 1.8, `out_of_scope`). */
const REACH_MONTHS = 12
/** A shorter list is read faster than a search box is used. */
const SEARCH_FROM_SERVICES = 7

/** Everything an agency's page is drawn from. */
export interface AgencyInput {
  readonly registry: UnitRegistry
  readonly services: ServiceCatalogue
  readonly unit: Unit
  readonly on: IsoDay
  /** Waves open today with this unit in scope. */
  readonly waves: readonly Wave[]
  readonly respondentType: RespondentType
  /** Everyday words typed to find a service; may be empty. */
  readonly text: string
}

const asParam = (respondentType: RespondentType) => (respondentType === 'business' ? 'business' : null)

function toNames({ t, language }: PageContext, { registry, unit, on }: AgencyInput) {
  const current = registry.nameOf(unit.uid, on)
  const earlier = unit.names.filter(({ vi }) => vi !== current.vi).map((name) => name[language])
  return {
    pageTitle: current[language],
    otherName: { text: current[language === 'vi' ? 'en' : 'vi'], lang: language === 'vi' ? 'en' : 'vi' },
    earlierNames: earlier.length === 0 ? null : t('finder.earlier_names', { names: earlier.join(', ') }),
  }
}

/** The units it was formed from, parts marked as such; the districts above those go without saying. */
function toOrigins(context: PageContext, { registry, unit, on }: AgencyInput) {
  return registry
    .predecessorsOf(unit.uid)
    .filter(({ link: { derived } }) => !derived)
    .map((step) => ({
      ...toUnitLink(context, registry, step.unit, on),
      isPart: step.link.extent === 'part',
    }))
}

/** How to go on from a unit that has ended; `null` while it is in force. */
function toEnd(context: PageContext, { registry, unit, on, waves, respondentType }: AgencyInput) {
  const { t, language } = context
  const sentence = toLifeNote(context, unit, on)
  if (sentence === null) return null
  const isRecent = unit.validTo !== null && addMonths(unit.validTo, REACH_MONTHS) > on
  const day = unit.validTo === null ? '' : writeDay(unit.validTo, language)
  const isOpen = isOpenTo(waves, respondentType)
  const advice = isOpen ? 'finder.ended_open' : isRecent ? 'finder.ended_recent' : 'finder.ended_long_ago'
  return {
    sentence,
    advice: unit.validTo !== null && unit.validTo <= on ? t(advice, { day }) : null,
    heirs: heirsOf(registry, unit.uid, on).map((heir) => toUnitLink(context, registry, heir, on)),
  }
}

function toAudiences(context: PageContext, { unit, waves, respondentType }: AgencyInput) {
  if (!isOpenTo(waves, 'business') && respondentType === 'citizen') return null
  return (['citizen', 'business'] as const).map((type) => ({
    label: context.t(`finder.as_${type}`),
    href: link(context, `/u/${unit.uid}`, { as: asParam(type) }),
    isCurrent: type === respondentType,
  }))
}

function toServiceView(context: PageContext, { unit, waves, respondentType }: AgencyInput, service: Service) {
  const { code, name, description, words } = service
  const isOpen = isServiceOpen(waves, respondentType, code)
  const params = { as: asParam(respondentType) }
  return {
    code,
    name: name[context.language],
    description: description[context.language],
    words: words[context.language].join(', '),
    href: isOpen ? link(context, `/r/${unit.uid}/${code}`, params) : null,
  }
}

function toServiceList(context: PageContext, input: AgencyInput) {
  const offered = input.services.offeredBy(input.unit)
  const wanted = new Set(input.text === '' ? [] : input.services.search(input.text).map(({ code }) => code))
  const matching = offered.filter(({ code }) => wanted.has(code))
  const shown = matching.length > 0 ? matching : offered
  const hidden = { as: asParam(input.respondentType), lang: context.chosenLanguage }
  return {
    services: shown.map((service) => toServiceView(context, input, service)),
    serviceSearch:
      offered.length < SEARCH_FROM_SERVICES
        ? null
        : {
            action: `/u/${input.unit.uid}`,
            text: input.text,
            hidden: Object.entries(hidden).flatMap(([name, value]) => (value ? [{ name, value }] : [])),
            allHref:
              matching.length > 0 ? link(context, `/u/${input.unit.uid}`, { as: asParam(input.respondentType) }) : null,
            hasNoMatch: input.text !== '' && matching.length === 0,
          },
  }
}

/** One agency: what it is, what it offers, and where to rate each service. */
export function toAgencyView(context: PageContext, input: AgencyInput) {
  const { registry, unit, on, waves, respondentType } = input
  const { t, language } = context
  const end = toEnd(context, input)
  const isOpen = isOpenTo(waves, respondentType)
  const parent = unit.parents.at(-1)
  const parentUnit = parent && registry.byUid(parent.uid)
  return {
    ...toNames(context, input),
    extraStyle: 'finder.css',
    kind: t(`units.kind_${unit.kind}`),
    parent: parentUnit ? registry.nameOf(parentUnit.uid, on)[language] : null,
    origins: toOrigins(context, input),
    end,
    audiences: end !== null && !isOpen ? null : toAudiences(context, input),
    noSurvey: end === null && !isOpen ? t(`finder.no_survey_${respondentType}`) : null,
    hasServices: end === null || isOpen,
    ...toServiceList(context, input),
    homeHref: link(context, '/'),
    // Only ever switched on: the application may label every page by itself.
    ...(waves.some((wave) => wave.isSimulated) ? { isSimulated: true } : {}),
  }
}
