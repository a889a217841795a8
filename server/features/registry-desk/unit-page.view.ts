import type { IsoDay } from '../../domain/survey/vocabulary.js'
import type { Unit, UnitEvent, UnitLink, UnitRegistry } from '../../domain/units/unit.js'
import { type DeskContext, linkTo, unitHref } from './page.js'
import { lifeText, stretchText } from './unit-list.view.js'

/** One unit with its whole history: names, codes, parents, and the events it took part in. */
export function toUnitPageView(registry: UnitRegistry, unit: Unit, on: IsoDay, context: DeskContext) {
  const { t, formats, language, langQuery } = context
  const name = registry.nameOf(unit.uid, on)
  const children = registry.childrenOf(unit.uid, on)
  return {
    pageTitle: name[language],
    heading: name[language],
    otherName: language === 'vi' ? name.en : name.vi,
    otherLang: language === 'vi' ? 'en' : 'vi',
    extraStyle: 'registry.css',
    backHref: linkTo('/admin/units', { on }, langQuery),
    uid: unit.uid,
    kind: t(`units.kind_${unit.kind}`),
    life: lifeText(unit, context),
    legalBasis: unit.legalBasis,
    isUnverified: unit.verified === false,
    population: unit.population === undefined ? null : formats.count(unit.population),
    note: unit.note ?? null,
    aliases: unit.aliases?.join(', ') ?? null,
    names: unit.names.map((one) => ({ words: one[language], period: stretchText(one, context) })),
    codes: unit.codes.map((one) => ({ words: `${one.scheme} ${one.value}`, period: stretchText(one, context) })),
    parents: unit.parents.map((one) => ({
      words: registry.nameOf(one.uid, one.from ?? on)[language],
      href: unitHref(one.uid, on, context),
      period: stretchText(one, context),
    })),
    children:
      children.length === 0
        ? null
        : {
            href: linkTo('/admin/units', { parent: unit.uid, on }, langQuery),
            words: t('registry.children', { count: formats.count(children.length), day: formats.day(on) }),
          },
    events: registry
      .events()
      .filter(({ links }) => links.some((link) => link.from === unit.uid || link.to === unit.uid))
      .map((event) => toEventRow(registry, event, unit, context)),
  }
}

function toEventRow(registry: UnitRegistry, event: UnitEvent, unit: Unit, context: DeskContext) {
  const { t, formats } = context
  const links = event.links.filter((link) => link.from === unit.uid || link.to === unit.uid)
  return {
    day: formats.day(event.on),
    type: t(`registry.event_${event.type}`),
    legalBasis: event.legalBasis,
    note: event.note ?? null,
    links: links.map((link) => toLinkLine(registry, link, event.on, unit, context)),
  }
}

function toLinkLine(registry: UnitRegistry, link: UnitLink, on: IsoDay, unit: Unit, context: DeskContext) {
  const { t, formats, language } = context
  const isOut = link.from === unit.uid
  const other = isOut ? link.to : link.from
  const part = link.share === null ? t('registry.part_unknown') : formats.percent(link.share * 100)
  const direction = link.from === link.to ? 'kept' : isOut ? 'out' : 'in'
  return {
    words: t(`registry.link_${direction}`, { part: link.extent === 'whole' ? t('registry.whole') : part }),
    name: registry.nameOf(other, on)[language],
    href: unitHref(other, on, context),
    remarks: [
      ...(link.derived ? [t('registry.derived')] : []),
      ...(link.verified === false ? [t('registry.unverified')] : []),
    ].join(' · '),
  }
}
