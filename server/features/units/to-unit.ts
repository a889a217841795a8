import type { Dated, Unit, UnitLink } from '../../domain/units/unit.js'
import type { LinkEntry, UnitDefaults, UnitEntry } from './unit-file.js'

interface OptionalDates {
  readonly from?: string | null | undefined
  readonly to?: string | null | undefined
}

/** A stretch that begins and ends with the unit's life unless it says otherwise. */
const within = ({ from, to }: OptionalDates, life: Dated): Dated => ({
  from: from === undefined ? life.from : from,
  to: to === undefined ? life.to : to,
})

function namesOf(entry: UnitEntry, life: Dated): Unit['names'] {
  if (entry.names) return entry.names.map(({ vi, en, ...dates }) => ({ vi, en, ...within(dates, life) }))
  if (entry.vi === undefined && entry.en === undefined) return []
  return [{ vi: entry.vi ?? '', en: entry.en ?? '', ...life }]
}

function codesOf(entry: UnitEntry, life: Dated): Unit['codes'] {
  const listed = (entry.codes ?? []).map(({ scheme, value, ...dates }) => ({ scheme, value, ...within(dates, life) }))
  return entry.gso === undefined ? listed : [{ scheme: 'GSO', value: entry.gso, ...life }, ...listed]
}

function parentsOf(entry: UnitEntry, defaults: UnitDefaults, life: Dated): Unit['parents'] {
  if (entry.parents) return entry.parents.map(({ uid, ...dates }) => ({ uid, ...within(dates, life) }))
  const uid = entry.parent ?? defaults.parent
  return uid === undefined ? [] : [{ uid, ...life }]
}

/** A unit as the domain knows it, from its line and the defaults of its file; `undefined` without a kind. */
export function toUnit(entry: UnitEntry, defaults: UnitDefaults): Unit | undefined {
  const kind = entry.kind ?? defaults.kind
  if (!kind) return undefined
  const life = within(entry, { from: defaults.from ?? null, to: defaults.to ?? null })
  const { aliases, population, verified, note } = entry
  return {
    uid: entry.uid,
    kind,
    names: namesOf(entry, life),
    codes: codesOf(entry, life),
    parents: parentsOf(entry, defaults, life),
    validFrom: life.from,
    validTo: life.to,
    legalBasis: entry.legalBasis ?? defaults.legalBasis ?? '',
    ...(aliases && { aliases }),
    ...(population !== undefined && { population }),
    ...(verified !== undefined && { verified }),
    ...(note !== undefined && { note }),
  }
}

/** The links that one line of an event stands for. */
export function toLinks(entry: LinkEntry): readonly UnitLink[] {
  const { verified, note } = entry
  const extra = { ...(verified !== undefined && { verified }), ...(note !== undefined && { note }) }
  const part = { extent: 'part', share: null, shareBasis: null, ...extra } as const
  if ('into' in entry) {
    const derived = entry.derived === undefined ? {} : { derived: entry.derived }
    return entry.into.map((to) => ({ from: entry.from, to, ...part, ...derived }))
  }
  if ('share' in entry) {
    const { from, to, share, basis } = entry
    return [{ from, to, extent: 'part', share, shareBasis: basis ?? null, ...extra }]
  }
  const whole = { extent: 'whole', share: 1, shareBasis: null, ...extra } as const
  return [
    ...(entry.whole ?? []).map((from) => ({ from, to: entry.to, ...whole })),
    ...(entry.part ?? []).map((from) => ({ from, to: entry.to, ...part })),
  ]
}
