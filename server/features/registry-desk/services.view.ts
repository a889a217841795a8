import type { IsoDay } from '../../domain/survey/vocabulary.js'
import type { Wave } from '../../domain/survey/wave.js'
import type { Service, ServiceCatalogue, ServiceOffer } from '../../domain/units/service.js'
import type { UnitRegistry } from '../../domain/units/unit.js'
import { isInScope } from '../waves/index.js'
import { type DeskContext, unitHref } from './page.js'

/** What the page of services is made from. */
export interface ServicesPage {
  readonly services: Pick<ServiceCatalogue, 'all' | 'offeredBy' | 'offersOf'>
  readonly registry: UnitRegistry
  /** Waves that take answers on the day. */
  readonly openWaves: readonly Wave[]
  readonly on: IsoDay
}

/** The catalogue of services: who offers each, and which open waves ask about it. */
export function toServicesView(page: ServicesPage, context: DeskContext) {
  const { t, langQuery } = context
  const offerers = countOfferers(page)
  return {
    pageTitle: t('registry.services_title'),
    heading: t('registry.services_title'),
    extraStyle: 'registry.css',
    backHref: `/admin${langQuery}`,
    rows: page.services.all().map((service) => toRow(service, page, offerers.get(service.code) ?? 0, context)),
  }
}

/** Units of the day by service they offer. */
function countOfferers({ registry, services, on }: ServicesPage): ReadonlyMap<string, number> {
  const counts = new Map<string, number>()
  for (const unit of registry.validOn(on))
    for (const { code } of services.offeredBy(unit)) counts.set(code, (counts.get(code) ?? 0) + 1)
  return counts
}

function toRow(service: Service, page: ServicesPage, offerers: number, context: DeskContext) {
  const { t, formats, language, langQuery } = context
  const { code, name, description } = service
  const asking = page.openWaves.filter((wave) => asksAbout(wave, code, page))
  return {
    code,
    name: name[language],
    otherName: language === 'vi' ? name.en : name.vi,
    otherLang: language === 'vi' ? 'en' : 'vi',
    description: description[language],
    offerers: t('registry.offerers', { count: formats.count(offerers), day: formats.day(page.on) }),
    offers: page.services.offersOf(code).map((offer) => toOffer(offer, page, context)),
    waves: asking.map((wave) => ({
      id: wave.id,
      title: wave.title[language],
      href: `/reports/${wave.id}${langQuery}`,
    })),
  }
}

function toOffer({ kinds, unitUids, livingOn }: ServiceOffer, page: ServicesPage, context: DeskContext) {
  const { t, formats, language } = context
  const names = kinds.map((kind) => t(`units.kinds_${kind}`)).join(', ')
  return {
    kinds: livingOn === undefined ? names : t('registry.kinds_living', { kinds: names, day: formats.day(livingOn) }),
    units: unitUids.map((uid) => ({
      name: page.registry.nameOf(uid, page.on)[language],
      href: unitHref(uid, page.on, context),
    })),
  }
}

/** Whether a unit of a wave can be asked about with the service: it offers it, and the wave leaves it in. */
function asksAbout(wave: Wave, code: string, { registry, services }: ServicesPage): boolean {
  return wave.unitUids.some((uid) => {
    const unit = registry.byUid(uid)
    return unit !== undefined && isInScope(wave, uid, code) && services.offeredBy(unit).some((one) => one.code === code)
  })
}
