import type { ReportBlock } from '../../domain/report/index-report.js'
import type { UnitKind } from '../../domain/units/unit.js'
import type { CityPlace } from './city-place.js'
import type { CityWords } from './city-words.js'

/** A unit as a row names it: linked to its own page and to its rows in the report. */
export interface UnitNameView {
  readonly name: string
  readonly kind: string
  readonly href: string
  readonly reportHref: string
}

/** Names a unit of the wave. */
export function toUnitName(
  { group }: ReportBlock,
  kind: UnitKind | undefined,
  place: CityPlace,
  { t, language }: CityWords,
): UnitNameView {
  return {
    name: group.unitName[language],
    kind: kind === undefined ? '' : t(`units.kinds_${kind}`),
    href: place.unitHref(group.unitUid),
    reportHref: place.reportHref(group.unitUid),
  }
}

/** Orders by a number, the smallest first; what is equal stands by name, so that its order says nothing. */
export function byNumberThenName<Row extends { readonly block: ReportBlock }>(
  numberOf: (row: Row) => number,
  { language }: CityWords,
): (a: Row, b: Row) => number {
  const collator = new Intl.Collator(language, { numeric: true })
  const nameOf = ({ block }: Row) => block.group.unitName[language]
  return (a, b) => numberOf(a) - numberOf(b) || collator.compare(nameOf(a), nameOf(b))
}
