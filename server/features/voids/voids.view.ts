import { mayDo, type Role } from '../../domain/access/permissions.js'
import { addDays, cityDay } from '../../domain/survey/day.js'
import { CHANNELS } from '../../domain/survey/vocabulary.js'
import type { Wave } from '../../domain/survey/wave.js'
import type { UnitRegistry } from '../../domain/units/unit.js'
import { type ResponseVoid, VOID_REASONS } from '../../domain/voids/void.js'
import type { VoidEffect } from '../../domain/voids/void-effect.js'
import type { ReportContext } from '../index-reports/index.js'
import type { VoteOutcome } from './decide-void.js'
import type { VoidEffects } from './effect-of-void.js'
import { effectText } from './effect-text.js'
import type { ProposeOutcome } from './propose-void.js'

export type ProposeFault = Exclude<ProposeOutcome['kind'], 'proposed' | 'found'> | 'rule_missing'
export type VoteFault = Exclude<VoteOutcome['kind'], 'done' | 'unknown'>

/** The form as it was typed. */
export interface TypedVoid {
  readonly wave: string
  readonly unit: string
  readonly service: string
  readonly channel: string
  readonly from: string
  readonly to: string
  readonly reason: string
  readonly explanation: string
}

/** What names things on these pages. */
export interface VoidNames {
  readonly waves: readonly Wave[]
  readonly registry: Pick<UnitRegistry, 'byUid' | 'nameOf'>
  readonly now: Date
}

interface Shared extends VoidNames {
  readonly role: Role
  readonly csrfToken: string
  readonly langQuery: string
}

export interface VoidListPage extends Shared {
  readonly voids: readonly ResponseVoid[]
  readonly typed: TypedVoid
  readonly fault: ProposeFault | null
  /** How many responses the typed rule means; asked before anything is proposed. */
  readonly found: number | null
}

/** The desk: what is out of the figures and what is proposed, and the form in two steps. */
export function toVoidListView(page: VoidListPage, context: ReportContext) {
  const { t, formats, language } = context
  const { typed, fault, found, langQuery } = page
  const option = (value: string, label: string, chosen: string) => ({ value, label, isChosen: value === chosen })
  return {
    pageTitle: fault === null ? t('voids.title') : t('accounts.title_with_error', { title: t('voids.title') }),
    heading: t('voids.title'),
    extraStyle: 'release.css',
    rows: page.voids.map((one) => ({
      ...rowOf(one, page, context),
      href: `/voids/${one.id}${langQuery}`,
    })),
    form: mayDo(page.role, 'void_responses')
      ? {
          action: `/voids${langQuery}`,
          csrfToken: page.csrfToken,
          fault: fault === null ? '' : t(`voids.fault_${fault}`),
          typed,
          found:
            found === null ? null : { count: String(found), words: t('voids.found', { count: formats.count(found) }) },
          waves: page.waves
            .toSorted((a, b) => (a.opensOn < b.opensOn ? 1 : -1))
            .map(({ id, title }) => option(id, title[language], typed.wave)),
          units: unitOptions(page, context),
          channels: CHANNELS.map((channel) => option(channel, t(`voids.channel_${channel}`), typed.channel)),
          reasons: VOID_REASONS.map((reason) => option(reason, t(`voids.reason_${reason}`), typed.reason)),
        }
      : null,
  }
}

export interface VoidPage extends Shared {
  readonly one: ResponseVoid
  readonly all: readonly ResponseVoid[]
  readonly login: string
  readonly note: string
  readonly fault: VoteFault | null
  readonly effects: VoidEffects | null
}

/** One void: what it means, who decided, and what the reader may decide. */
export function toVoidView(page: VoidPage, context: ReportContext) {
  const { one, login, langQuery, fault } = page
  const { t } = context
  const mayAct = mayDo(page.role, 'void_responses')
  const isOwn = one.proposedBy === login
  const action = (name: string) => `/voids/${one.id}/${name}${langQuery}`
  const lift = page.all.find(({ lifts, state }) => lifts === one.id && state !== 'rejected')
  const canLift = one.state === 'approved' && one.lifts === null && lift === undefined
  return {
    pageTitle: t('voids.one_title'),
    extraStyle: 'release.css',
    listHref: `/voids${langQuery}`,
    row: rowOf(one, page, context),
    explanation: one.explanation,
    steps: stepsOf(one, context),
    note: one.note ?? '',
    effects: page.effects === null ? null : effectRows(page.effects, context),
    lifts: one.lifts === null ? null : `/voids/${one.lifts}${langQuery}`,
    liftedBy:
      lift === undefined ? null : { href: `/voids/${lift.id}${langQuery}`, state: t(`voids.state_${lift.state}`) },
    csrfToken: page.csrfToken,
    typedNote: page.note,
    fault: fault === null ? '' : t(`voids.fault_${fault}`),
    ownNote: one.state === 'proposed' && isOwn ? t('voids.fault_own_proposal') : '',
    approve: mayAct && one.state === 'proposed' && !isOwn ? action('approve') : null,
    reject: mayAct && one.state === 'proposed' && !isOwn ? action('reject') : null,
    lift: mayAct && canLift ? action('lift') : null,
  }
}

/** The index with and without the responses, of the unit and of the city. */
function effectRows({ unit, city }: VoidEffects, context: ReportContext) {
  const { t } = context
  return [
    { label: t('voids.effect_unit'), ...effectTexts(unit, context) },
    { label: t('voids.effect_city'), ...effectTexts(city, context) },
  ]
}

const effectTexts = ({ withThem, without }: VoidEffect, context: ReportContext) => ({
  withThem: effectText(withThem, context),
  without: effectText(without, context),
})

/** Every unit that some wave is about, by name. */
function unitOptions({ waves, registry, now }: VoidNames, { language }: ReportContext) {
  const on = cityDay(now)
  const uids = [...new Set(waves.flatMap(({ unitUids }) => unitUids))]
  return uids
    .map((value) => ({ value, label: registry.nameOf(value, on)[language] }))
    .toSorted((a, b) => a.label.localeCompare(b.label, language))
}

function rowOf(one: ResponseVoid, { waves, registry }: VoidNames, { t, formats, language }: ReportContext) {
  const { rule } = one
  const wave = waves.find(({ id }) => id === rule.waveId)
  const parts = [
    rule.service ?? t('voids.every_service'),
    rule.channel === null ? t('voids.every_channel') : t(`voids.channel_${rule.channel}`),
    t('reports.period_between', { from: formats.day(rule.from), to: formats.day(addDays(rule.to, -1)) }),
  ]
  return {
    unit: registry.nameOf(rule.unitUid, wave?.referenceOn ?? rule.from)[language],
    wave: wave?.title[language] ?? rule.waveId,
    part: parts.join(' · '),
    count: t(one.lifts === null ? 'voids.count_out' : 'voids.count_back', { count: formats.count(one.responseCount) }),
    reason: t(`voids.reason_${one.reason}`),
    state: t(`voids.state_${one.state}`),
  }
}

function stepsOf({ proposedBy, proposedAt, decidedBy, decidedAt, state }: ResponseVoid, { t, formats }: ReportContext) {
  const day = (at: Date) => formats.day(cityDay(at))
  const first = t('voids.proposed_by', { name: proposedBy, day: day(proposedAt) })
  if (decidedBy === null || decidedAt === null) return [first]
  return [first, t(`voids.${state}_by`, { name: decidedBy, day: day(decidedAt) })]
}
