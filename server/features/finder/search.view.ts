import type { AgencyQuery } from './find-agencies.js'
import type { PageContext } from './page-context.js'

/** The search box with what was typed, and the filters it carries on. */
export function toSearchView(context: PageContext, query: AgencyQuery) {
  const kept = {
    kind: query.kind,
    area: query.area?.uid,
    service: query.service?.code,
    lang: context.chosenLanguage,
  }
  return {
    text: query.text,
    hidden: Object.entries(kept).flatMap(([name, value]) => (value ? [{ name, value }] : [])),
  }
}
