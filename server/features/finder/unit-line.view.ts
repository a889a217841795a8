import type { IsoDay } from '../../domain/survey/vocabulary.js'
import type { Unit, UnitRegistry } from '../../domain/units/unit.js'
import { formerAreasOf, heirsOf } from './lineage.js'
import { link, type PageContext, writeDay } from './page-context.js'
import { needsKind } from './unit-kinds.js'

/** A link to a unit's own page. */
export interface UnitLinkView {
  readonly name: string
  readonly href: string
}

/** One agency in a list. */
export interface UnitLineView extends UnitLinkView {
  /** Kind, place to tell namesakes apart, and that no survey is open: what of it the name does not say. */
  readonly facts: string | null
  /** Says since when it has ended or from when it will work; `null` while in force. */
  readonly lifeNote: string | null
  readonly heirs: readonly UnitLinkView[]
}

/** Link to a unit under its name on the day. */
export function toUnitLink(context: PageContext, registry: UnitRegistry, unit: Unit, on: IsoDay): UnitLinkView {
  return { name: registry.nameOf(unit.uid, on)[context.language], href: link(context, `/u/${unit.uid}`) }
}

/** Says since when a unit is gone or from when it will be there; `null` while it is in force. */
export function toLifeNote({ t, language }: PageContext, unit: Unit, on: IsoDay): string | null {
  if (unit.validTo !== null && unit.validTo <= on) return t('finder.ended', { day: writeDay(unit.validTo, language) })
  if (unit.validFrom !== null && unit.validFrom > on) {
    return t('finder.starts', { day: writeDay(unit.validFrom, language) })
  }
  return null
}

function toPlace(context: PageContext, registry: UnitRegistry, unit: Unit, on: IsoDay): string | null {
  const { t, language } = context
  const nameOf = (uid: string) => registry.nameOf(uid, on)[language]
  const lastParent = unit.parents.at(-1)?.uid
  if (lastParent !== undefined && lastParent !== registry.cityUid) return nameOf(lastParent)
  const areas = formerAreasOf(registry, unit)
  return areas.length === 0 ? null : t('finder.formerly_in', { areas: areas.map(({ uid }) => nameOf(uid)).join(', ') })
}

/**
 * One line of a list of agencies.
 *
 * @param isOpen whether someone can rate it now; an ended unit never says that it is closed, its heirs are the answer
 */
export function toUnitLine(
  context: PageContext,
  registry: UnitRegistry,
  { unit, on, isOpen, anchor }: { unit: Unit; on: IsoDay; isOpen: boolean; anchor: string | null },
): UnitLineView {
  const own = toUnitLink(context, registry, unit, on)
  const lifeNote = toLifeNote(context, unit, on)
  const heirs = lifeNote === null ? [] : heirsOf(registry, unit.uid, on)
  const facts = [
    needsKind(unit) ? context.t(`units.kind_${unit.kind}`) : null,
    toPlace(context, registry, unit, on),
    lifeNote === null && !isOpen ? context.t('finder.no_survey_short') : null,
  ].filter((fact) => fact !== null)
  return {
    ...own,
    href: anchor === null ? own.href : `${own.href}#${anchor}`,
    facts: facts.length === 0 ? null : facts.join(' · '),
    lifeNote,
    heirs: heirs.map((heir) => toUnitLink(context, registry, heir, on)),
  }
}
