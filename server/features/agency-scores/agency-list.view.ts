import type { Language } from '../../domain/survey/vocabulary.js'
import { UNIT_KINDS } from '../../domain/units/unit.js'
import type { Translate } from '../../platform/text.js'
import type { ScoredUnit } from './agency-scores.js'

/** What the list for analysts shows: every unit that is in a wave, by kind and name. */
export function toAgencyListView(
  units: readonly ScoredUnit[],
  page: { readonly language: Language; readonly t: Translate; readonly langQuery: string },
) {
  const { language, t, langQuery } = page
  // "Quận 2" stands before "Quận 10".
  const order = new Intl.Collator(language, { numeric: true })
  const kinds = UNIT_KINDS.flatMap((kind) => {
    const agencies = units
      .filter((unit) => unit.kind === kind)
      .map(({ uid, name }) => ({ href: `/agency/${uid}${langQuery}`, name: name[language] }))
      .toSorted((a, b) => order.compare(a.name, b.name))
    return agencies.length > 0 ? [{ title: t(`units.kinds_${kind}`), agencies }] : []
  })
  return { pageTitle: t('agency.list_title'), extraStyle: 'agency.css', kinds }
}
