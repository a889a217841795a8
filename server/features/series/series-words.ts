import type { BasisPart, PointBasis, SeriesPoint } from '../../domain/series/series.js'
import { isComparable, type SeriesBreak } from '../../domain/series/series-breaks.js'
import { addDays } from '../../domain/survey/day.js'
import type { UnitRegistry } from '../../domain/units/unit.js'
import type { ReportContext } from '../index-reports/index.js'

/** What the words of a series are made with. */
export interface SeriesWords extends ReportContext {
  readonly registry: Pick<UnitRegistry, 'nameOf'>
}

/** More names than this become a number. */
const NAMES_TOLD = 6

/** The time of a point: the month, or the title of the wave. */
export function whenText({ wave, period, isMonth }: SeriesPoint, { language, formats }: SeriesWords): string {
  return isMonth ? formats.month(period.from) : wave.title[language]
}

/** The months of a point: one, or from the first to the last of a wave's field dates. */
export function monthsText({ period, isMonth }: SeriesPoint, { formats }: SeriesWords): string {
  const [first, last] = [formats.month(period.from), formats.month(addDays(period.to, -1))]
  return isMonth || first === last ? first : `${first} – ${last}`
}

/** Why a point is not joined to the one before, a sentence for each reason. */
export function breakTexts(breaks: readonly SeriesBreak[], words: SeriesWords): readonly string[] {
  return breaks.map((one) => breakText(one, isComparable(breaks), words))
}

function breakText(one: SeriesBreak, isJoined: boolean, { t, formats }: SeriesWords): string {
  switch (one.kind) {
    case 'boundary': {
      if (one.cause !== 'events') return t(`series.break_boundary_${one.cause}`)
      const days = [...new Set(one.events.map(({ on }) => formats.day(on)))].join(', ')
      const basis = [...new Set(one.events.map(({ legalBasis }) => legalBasis))].slice(0, 2).join('; ')
      return t('series.break_boundary_events', { days, basis })
    }
    case 'instrument': {
      if (one.items.length === 0) return t('series.break_instrument_not_asked')
      const items = one.items.map(({ code, changes }) =>
        t('series.item_change', { code, changes: changes.map((change) => t(`series.item_${change}`)).join(', ') }),
      )
      return t('series.break_instrument', { items: listText(items, t) })
    }
    case 'scope':
      return t(`series.break_scope_${one.cause}`)
    case 'gap':
      return t(isJoined ? 'series.break_gap_alone' : 'series.break_gap', { months: one.months })
  }
}

/** The first few of a list, and how many more there are. */
export function listText(names: readonly string[], t: SeriesWords['t']): string {
  const more = names.length - NAMES_TOLD
  return [...names.slice(0, NAMES_TOLD), ...(more > 0 ? [t('series.and_more', { count: more })] : [])].join(', ')
}

/** Of what a point is made: its kind, the old units with their respondents, and those that are missing. */
export function basisText({ wave, basis, outcome, unitCount }: SeriesPoint, words: SeriesWords): string {
  const { t, formats } = words
  const kind = t(`series.basis_${outcome.kind === 'not_asked' ? 'not_asked' : basis.kind}`)
  if (basis.kind === 'as_was')
    return unitCount === 1 ? kind : `${kind}; ${t('series.unit_count', { count: formats.count(unitCount) })}`
  const nameOf = (uid: string) => words.registry.nameOf(uid, wave.referenceOn)[words.language]
  const parts = isItself(basis) ? [] : basis.parts.map((part) => partText(part, wave.referenceOn, words))
  const missing =
    basis.missing.length === 0 ? [] : [t('series.missing', { names: listText(basis.missing.map(nameOf), t) })]
  return [kind, listText(parts, t), ...missing].filter((text) => text !== '').join('; ')
}

/** One whole unit needs no list. */
const isItself = ({ kind, parts }: PointBasis) => kind === 'exact' && parts.length === 1

function partText(
  { uid, share, base }: BasisPart,
  on: string,
  { t, formats, registry, language }: SeriesWords,
): string {
  const name = registry.nameOf(uid, on)[language]
  if (share === null) return t('series.part_unknown', { name })
  const told = { name, base: formats.count(base ?? 0), share: formats.percent(100 * share) }
  if (share === 1) return t(base === null ? 'series.part_hidden' : 'series.part_whole', told)
  return t(base === null ? 'series.part_share_hidden' : 'series.part_share', told)
}
