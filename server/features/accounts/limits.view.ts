import type { LimitFault, ScopeLimits } from '../../domain/access/limits.js'
import { isLimited } from '../../domain/access/limits.js'
import type { Language } from '../../domain/survey/vocabulary.js'
import type { ServiceCatalogue } from '../../domain/units/service.js'
import type { Translate } from '../../platform/text.js'

/** Limits as somebody typed them; services none for all. */
export interface TypedLimits {
  readonly services: readonly string[]
  readonly from: string
  readonly to: string
}

export const NO_LIMITS_TYPED: TypedLimits = { services: [], from: '', to: '' }

/** What typed limits mean. */
export const toLimits = ({ services, from, to }: TypedLimits): ScopeLimits => ({
  services: services.length === 0 ? null : services,
  period: { from: from || null, to: to || null },
})

/** Limits as a form shows them. */
export const toTyped = ({ services, period: { from, to } }: ScopeLimits): TypedLimits => ({
  services: services ?? [],
  from: from ?? '',
  to: to ?? '',
})

interface Words {
  readonly language: Language
  readonly t: Translate
  readonly services: Pick<ServiceCatalogue, 'all' | 'byCode'>
}

/** The fields of limits, each fault at its own. */
export function toLimitFields(typed: TypedLimits, fault: LimitFault | null, { language, t, services }: Words) {
  const text = fault === null ? null : t(`accounts.${fault}`)
  const isOfDays = fault === 'limit_day_wrong' || fault === 'limit_days_reversed'
  return {
    services: services.all().map(({ code, name }) => ({
      code,
      name: name[language],
      isChosen: typed.services.includes(code),
    })),
    servicesError: isOfDays ? null : text,
    from: typed.from,
    to: typed.to,
    daysError: isOfDays ? text : null,
    isOpen: fault !== null || typed.services.length > 0 || typed.from !== '' || typed.to !== '',
  }
}

/** Limits in words; empty without any. */
export function limitTexts(limits: ScopeLimits, { language, t, services }: Words): readonly string[] {
  if (!isLimited(limits)) return []
  const { from, to } = limits.period
  const days = { from: from ?? '…', to: to ?? '…' }
  return [
    ...(limits.services ?? []).map((code) => services.byCode(code)?.name[language] ?? code),
    ...(from === null && to === null ? [] : [t('accounts.limited_days', days)]),
  ]
}
