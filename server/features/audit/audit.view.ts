import { AUDIT_KINDS, type AuditEvent, type AuditKind } from '../../domain/audit/audit-event.js'
import type { AuditHead } from '../../domain/audit/head.js'
import type { Language } from '../../domain/survey/vocabulary.js'
import type { Translate } from '../../platform/text.js'

const CITY_OFFSET_MS = 7 * 3_600_000

/** `2026-11-26 15:04:05`, as clocks in the city show it. */
const cityTime = (instant: string) =>
  new Date(Date.parse(instant) + CITY_OFFSET_MS).toISOString().slice(0, 19).replace('T', ' ')

/** What the page of signed ends shows. */
export function toHeadsView(heads: readonly AuditHead[], t: Translate) {
  return {
    pageTitle: t('audit.heads_title'),
    extraStyle: 'audit.css',
    heads: heads.map(({ at, seq, hash, signature, keyId }) => ({
      at: cityTime(at),
      seq: String(seq),
      hash,
      signature,
      keyId,
    })),
    isEmpty: heads.length === 0,
  }
}

/** What of the log is shown. */
export interface ShownEvents {
  /** Newest first. */
  readonly events: readonly AuditEvent[]
  readonly hasMore: boolean
  readonly kind: AuditKind | null
}

const detailText = ([name, value]: readonly [string, unknown]) => `${name}: ${value ?? '–'}`

function olderHref({ events, hasMore, kind }: ShownEvents, langQuery: string): string | null {
  const last = events.at(-1)
  if (!hasMore || last === undefined) return null
  const params = new URLSearchParams(langQuery)
  if (kind !== null) params.set('kind', kind)
  params.set('before', String(last.seq))
  return `/audit/events?${params}`
}

/** What the page of the log shows: one row an event, its details as they were written. */
export function toEventsView(shown: ShownEvents, language: Language, t: Translate, langQuery: string) {
  return {
    pageTitle: t('audit.events_title'),
    extraStyle: 'audit.css',
    lang: langQuery === '' ? null : language,
    kinds: AUDIT_KINDS.map((kind) => ({ kind, label: t(`audit.kind_${kind}`), isChosen: kind === shown.kind })),
    events: shown.events.map(({ seq, at, kind, actor, subject, details }) => ({
      seq: String(seq),
      at: cityTime(at),
      kind: t(`audit.kind_${kind}`),
      actor: t(`audit.actor_${actor.type}`, { name: actor.name }),
      subject,
      details: Object.entries(details).map(detailText).join('; '),
    })),
    isEmpty: shown.events.length === 0,
    olderHref: olderHref(shown, langQuery),
  }
}
