import { canonicalJson } from './canonical.js'
import type { Item, Questionnaire } from './definition.js'
import { placedItems } from './routing.js'

/** How one item differs between two versions. `reworded` and `rescaled` break a trend, `moved` does not. */
export type ItemChange = 'added' | 'removed' | 'reworded' | 'rescaled' | 'rerouted' | 'moved' | 'other'

export interface VersionDifference {
  /** Changes by item code, only items that changed, in the order of the newer version, removed ones last. */
  readonly items: readonly { readonly code: string; readonly changes: readonly ItemChange[] }[]
  /** Parts outside the items that differ: `consent`, `factors`, `title`… */
  readonly parts: readonly string[]
}

/**
 * What changed from one version of a questionnaire to another.
 *
 * An item is `reworded` when its text or hint differs in any language, `rescaled` when what can be answered differs
 * (scale, options, bands, limits, N/A rule), `rerouted` when its or its section's condition differs, `moved` when the
 * order of the items both versions have differs there, `other` for the rest (factor criteria, required).
 */
export function diffVersions(older: Questionnaire, newer: Questionnaire): VersionDifference {
  const before = describeItems(older)
  const after = describeItems(newer)
  const common = [...after.keys()].filter((code) => before.has(code))
  const orderBefore = [...before.keys()].filter((code) => after.has(code))
  const changed = [...after].map(([code, facets]) => {
    const old = before.get(code)
    if (old === undefined) return { code, changes: ['added'] as ItemChange[] }
    const differing = FACETS.filter((facet) => old[facet] !== facets[facet])
    const hasMoved = orderBefore.indexOf(code) !== common.indexOf(code)
    return { code, changes: hasMoved ? [...differing, 'moved' as const] : differing }
  })
  const removed = [...before.keys()]
    .filter((code) => !after.has(code))
    .map((code) => ({ code, changes: ['removed'] as ItemChange[] }))
  return {
    items: [...changed.filter(({ changes }) => changes.length > 0), ...removed],
    parts: PARTS.filter((part) => canonicalJson(older[part]) !== canonicalJson(newer[part])),
  }
}

const FACETS = ['reworded', 'rescaled', 'rerouted', 'other'] as const
type Facets = Readonly<Record<(typeof FACETS)[number], string>>

const PARTS = [
  'respondentType',
  'title',
  'introduction',
  'consent',
  'factors',
  'overallItem',
  'coreItems',
  'minCoreShare',
  'source',
] as const

function describeItems(questionnaire: Questionnaire): ReadonlyMap<string, Facets> {
  return new Map(
    placedItems(questionnaire).map(({ section, item }) => {
      const { code, text, hint, showIf, required, criteria, ...answerable } = item
      const facets: Facets = {
        reworded: canonicalJson([text, hint ?? null]),
        rescaled: canonicalJson([answerable, scaleOf(item, questionnaire)]),
        rerouted: canonicalJson([section.showIf ?? null, showIf ?? null]),
        other: canonicalJson([required, criteria ?? []]),
      }
      return [code, facets]
    }),
  )
}

function scaleOf(item: Item, questionnaire: Questionnaire): unknown {
  return item.kind === 'rating' ? (questionnaire.scales[item.scale] ?? null) : null
}
