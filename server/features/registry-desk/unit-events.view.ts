import { basename } from 'node:path'
import { addDays } from '../../domain/survey/day.js'
import type { AppliedEvent } from '../../domain/units/apply-event.js'
import type { EventEffects } from '../../domain/units/event-effects.js'
import type { UnitOrigins } from '../../domain/units/map-units.js'
import type { Unit, UnitRegistry } from '../../domain/units/unit.js'
import { eventLines, unitLine } from '../../domain/units/unit-lines.js'
import type { UnitPlace } from '../units/index.js'
import type { DeskContext } from './page.js'

/** What an event would do. */
export interface Preview {
  readonly applied: AppliedEvent
  readonly effects: EventEffects
  readonly after: UnitRegistry
  readonly on: string
  /** What the check of the registry says of it then. */
  readonly problems: readonly string[]
  /** Logins of accounts that are bound to a unit that ends. */
  readonly logins: readonly string[]
  /** Where units stand in the files, by uid. */
  readonly places: ReadonlyMap<string, UnitPlace>
  /** Waves that take answers on the day or later and ask about a unit that ends. */
  readonly waves: readonly string[]
}

/** What came of what was typed. */
export interface EventPage {
  readonly typed: string
  readonly faults: readonly { readonly line: number; readonly message: string }[]
  readonly preview: Preview | null
  readonly csrfToken: string
}

const EXAMPLE = `event: merge
on: 2027-01-01
legalBasis: Nghị quyết số …
whole: [p-ben-thanh, p-sai-gon]
into: { uid: p-moi, kind: phuong, vi: Phường Mới, en: New Ward }
`

/** The form for a planned event, and what it would do. */
export function toUnitEventsView(page: EventPage, context: DeskContext) {
  const { t, langQuery } = context
  const title = t('registry.events_title')
  return {
    pageTitle: page.faults.length > 0 ? t('accounts.title_with_error', { title }) : title,
    heading: title,
    extraStyle: 'registry.css',
    backHref: `/admin/units${langQuery}`,
    form: {
      action: `/admin/unit-events${langQuery}`,
      csrfToken: page.csrfToken,
      typed: page.typed === '' ? EXAMPLE : page.typed,
      faults: page.faults.map(({ line, message }) => (line === 0 ? message : t('admin.fault_line', { line, message }))),
    },
    preview: page.preview && previewOf(page.preview, context),
  }
}

function previewOf({ applied, effects, after, on, problems, logins, waves, places }: Preview, context: DeskContext) {
  const { t, language } = context
  const nameOf = (uid: string, day: string) => `${after.nameOf(uid, day)[language]} (${uid})`
  const dayBefore = addDays(on, -1)
  const section = (key: string, rows: readonly string[]) => ({ title: t(`registry.event_${key}`), rows })
  const sections = [
    section(
      'begins',
      effects.begins.map(({ uid }) => nameOf(uid, on)),
    ),
    section(
      'ends',
      effects.ends.map(({ uid }) => nameOf(uid, dayBefore)),
    ),
    section(
      'renamed',
      effects.renamed.map(({ uid }) => `${nameOf(uid, dayBefore)} → ${after.nameOf(uid, on)[language]}`),
    ),
    section(
      'moved',
      effects.moved.map(({ uid, from, to }) => `${nameOf(uid, on)}: ${from} → ${to}`),
    ),
    section(
      'series',
      effects.crosswalk.units.map((unit) => seriesText(unit, nameOf(unit.uid, on), context)),
    ),
    section(
      'lost',
      effects.crosswalk.lost.map((uid) => nameOf(uid, dayBefore)),
    ),
    section('accounts', logins),
    section('waves', waves),
  ]
  return {
    problems,
    isSound: problems.length === 0,
    sections: sections.filter(({ rows }) => rows.length > 0),
    changed: replacementsOf(applied.changed, places, context),
    added: applied.added.map((unit) => unitLine(unit)).join('\n'),
    event: applied.event === null ? '' : eventLines(applied.event).join('\n'),
  }
}

/** Lines that replace others, by file, written for what the file says of all its units. */
function replacementsOf(changed: readonly Unit[], places: Preview['places'], { t }: DeskContext) {
  const fileOf = ({ uid }: Unit) => places.get(uid)?.file ?? ''
  const files = [...new Set(changed.map(fileOf))]
  return files
    .map((file) => ({ file, units: changed.filter((unit) => fileOf(unit) === file) }))
    .map(({ file, units }) => ({
      title: t('registry.event_replace', {
        file: basename(file),
        lines: units.flatMap(({ uid }) => places.get(uid)?.line ?? []).join(', '),
      }),
      text: units.map((unit) => unitLine(unit, places.get(unit.uid)?.defaults)).join('\n'),
    }))
}

function seriesText({ kind, parts, missing }: UnitOrigins, name: string, { t, formats }: DeskContext): string {
  const share = (value: number | null) => (value === null ? '?' : formats.percent(100 * value))
  const made = parts.map((part) => `${part.uid} ${share(part.share)}`).join(' + ')
  const gap = missing.length === 0 ? '' : ` (${t('registry.event_missing', { units: missing.join(', ') })})`
  return `${name} = ${made}: ${t(`registry.series_${kind}`)}${gap}`
}
