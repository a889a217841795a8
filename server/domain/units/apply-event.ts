import { addDays } from '../survey/day.js'
import type { IsoDay } from '../survey/vocabulary.js'
import type { Dated, Unit, UnitData, UnitEvent, UnitEventType, UnitKind, UnitLink } from './unit.js'
import { buildUnitMaps, existsOn } from './unit-index.js'

/** A unit that an event makes. */
export interface NewUnit {
  readonly uid: string
  readonly kind: UnitKind
  readonly vi: string
  readonly en: string
  readonly gso?: string
  /** Left out: what the first unit that goes into it stands under. */
  readonly parent?: string
  readonly population?: number
  readonly note?: string
}

/** A unit that exists, by its uid, or one to be made. */
export type Target = string | NewUnit

interface Act {
  /** First day on which it holds. */
  readonly on: IsoDay
  readonly legalBasis: string
  readonly note?: string
  /** Where units go that stand under one that ends, if not where it goes itself. */
  readonly children?: readonly { readonly uid: string; readonly parent: string }[]
}

/** A change of the registry as a legal text orders it. */
export type PlannedEvent = Act &
  (
    | {
        readonly event: 'merge'
        readonly whole: readonly string[]
        readonly part: readonly string[]
        readonly into: Target
      }
    | {
        readonly event: 'split'
        readonly unit: string
        /** Names `unit` itself when it lives on with the rest. */
        readonly into: readonly Target[]
        /** Part of `unit` by uid of `into`, 0 to 1; left out: unknown. */
        readonly shares?: Readonly<Record<string, number>>
        readonly basis?: UnitLink['shareBasis']
      }
    | { readonly event: 'rename'; readonly unit: string; readonly vi: string; readonly en: string }
    | { readonly event: 'move'; readonly units: readonly string[]; readonly parent: string }
    | { readonly event: 'end'; readonly unit: string }
    | { readonly event: 'create'; readonly unit: NewUnit }
  )

/** The registry after an event, and what of it is new. */
export interface AppliedEvent {
  readonly data: UnitData
  /** Records that replace those of the same uid, in the order of the data. */
  readonly changed: readonly Unit[]
  readonly added: readonly Unit[]
  /** `null` where nothing goes into anything: a unit without predecessor or successor has a note instead. */
  readonly event: UnitEvent | null
}

/** Why an event cannot be tried at all; everything else is for `checkUnits` to find. */
export interface EventFault {
  readonly code: 'unknown_unit' | 'not_living' | 'uid_taken' | 'no_links'
  readonly uid: string
}

export type EventOutcome =
  | ({ readonly kind: 'applied' } & AppliedEvent)
  | { readonly kind: 'refused'; readonly faults: readonly EventFault[] }

const uidOf = (target: Target) => (typeof target === 'string' ? target : target.uid)
const newOf = (targets: readonly Target[]) => targets.filter((target) => typeof target !== 'string')

/** What an event does, told in parts that are applied alike. */
interface Steps {
  readonly links: readonly UnitLink[]
  readonly ends: readonly string[]
  readonly makes: readonly NewUnit[]
  /** Units the event names that must exist. */
  readonly named: readonly string[]
  /** New parents by uid. */
  readonly moves: ReadonlyMap<string, string>
  readonly names: ReadonlyMap<string, { readonly vi: string; readonly en: string }>
  /** Where the children of ended units go unless told; `null` is the parent of the ended unit. */
  readonly heir: string | null
  readonly type: UnitEventType
}

const whole = (from: string, to: string): UnitLink => ({ from, to, extent: 'whole', share: 1, shareBasis: null })
const part = (from: string, to: string): UnitLink => ({ from, to, extent: 'part', share: null, shareBasis: null })
const NOTHING = { links: [], ends: [], makes: [], named: [], moves: new Map(), names: new Map(), heir: null } as const

function stepsOf(plan: PlannedEvent): Steps {
  switch (plan.event) {
    case 'merge': {
      const into = uidOf(plan.into)
      // A unit that takes another in and keeps its identity is its own successor without a link, as in the files.
      const ends = plan.whole.filter((uid) => uid !== into)
      const links = [
        ...ends.map((uid) => whole(uid, into)),
        ...plan.part.flatMap((uid) => [part(uid, into), part(uid, uid)]),
      ]
      const named = [...plan.whole, ...plan.part, ...(typeof plan.into === 'string' ? [into] : [])]
      return { ...NOTHING, type: 'merge', links, ends, makes: newOf([plan.into]), named, heir: into }
    }
    case 'split': {
      const links = plan.into.map(uidOf).map((uid) => {
        const share = plan.shares?.[uid] ?? null
        return { ...part(plan.unit, uid), share, shareBasis: share === null ? null : (plan.basis ?? null) }
      })
      const ends = plan.into.map(uidOf).includes(plan.unit) ? [] : [plan.unit]
      const named = [plan.unit, ...plan.into.filter((target) => typeof target === 'string')]
      return { ...NOTHING, type: 'split', links, ends, makes: newOf(plan.into), named }
    }
    case 'rename':
      return {
        ...NOTHING,
        type: 'rename',
        links: [whole(plan.unit, plan.unit)],
        named: [plan.unit],
        names: new Map([[plan.unit, { vi: plan.vi, en: plan.en }]]),
      }
    case 'move':
      return {
        ...NOTHING,
        type: 'transfer',
        links: plan.units.map((uid) => whole(uid, uid)),
        named: [...plan.units, plan.parent],
        moves: new Map(plan.units.map((uid) => [uid, plan.parent])),
      }
    case 'end':
      return { ...NOTHING, type: 'abolish', ends: [plan.unit], named: [plan.unit] }
    case 'create':
      return { ...NOTHING, type: 'create', makes: [plan.unit] }
  }
}

/**
 * Applies a planned event to the data of a registry, in memory.
 *
 * Units that end close their names, codes and parents on the day; units under one that ends go where `children` says, else
 * into what it was merged into, else under its parent. Of a unit without predecessor or successor the note says why.
 *
 * @param data sound data (`checkUnits` has nothing to say); the outcome may not be: check it
 */
export function applyEvent(data: UnitData, plan: PlannedEvent): EventOutcome {
  const steps = stepsOf(plan)
  const faults = faultsOf(data, plan, steps)
  if (faults.length > 0) return { kind: 'refused', faults }
  const moves = new Map([...childMoves(data, plan, steps), ...steps.moves])
  const changed: Unit[] = []
  const units = data.units.map((unit) => {
    const after = changeUnit(unit, plan, steps, moves.get(unit.uid))
    if (after !== unit) changed.push(after)
    return after
  })
  const added = steps.makes.map((unit) => makeUnit(unit, plan, parentFor(data, plan, steps)))
  const event: UnitEvent | null =
    steps.links.length === 0
      ? null
      : {
          on: plan.on,
          type: steps.type,
          legalBasis: plan.legalBasis,
          links: steps.links,
          ...(plan.note !== undefined && { note: plan.note }),
        }
  const events = event === null ? data.events : [...data.events, event]
  return { kind: 'applied', data: { ...data, units: [...units, ...added], events }, changed, added, event }
}

function faultsOf(data: UnitData, { on, event, children = [] }: PlannedEvent, steps: Steps): readonly EventFault[] {
  const { byUid } = buildUnitMaps(data)
  const dayBefore = addDays(on, -1)
  const made = new Set(steps.makes.map(({ uid }) => uid))
  const named = [...new Set([...steps.named, ...children.map(({ uid }) => uid)])]
  const faults = named.flatMap((uid): EventFault[] => {
    const unit = byUid.get(uid)
    if (!unit) return made.has(uid) ? [] : [{ code: 'unknown_unit', uid }]
    return unit.validTo === null && existsOn(unit, dayBefore) ? [] : [{ code: 'not_living', uid }]
  })
  const taken = [...made].filter((uid) => byUid.has(uid)).map((uid): EventFault => ({ code: 'uid_taken', uid }))
  const isIdle = event === 'merge' && steps.links.length === 0
  return [...faults, ...taken, ...(isIdle ? [{ code: 'no_links', uid: steps.heir ?? '' } as const] : [])]
}

/** Today's parent of a unit: the stretch without an end. */
const openParent = (unit: Unit | undefined) => unit?.parents.find(({ to }) => to === null)?.uid

function childMoves(data: UnitData, { children = [] }: PlannedEvent, { ends, heir }: Steps): Map<string, string> {
  const told = new Map(children.map(({ uid, parent }) => [uid, parent]))
  const moves = new Map(told)
  for (const unit of data.units) {
    const parent = openParent(unit)
    if (parent === undefined || unit.validTo !== null || !ends.includes(parent) || ends.includes(unit.uid)) continue
    const next = told.get(unit.uid) ?? heir ?? openParent(data.units.find(({ uid }) => uid === parent))
    if (next !== undefined) moves.set(unit.uid, next)
  }
  return moves
}

const close = <T extends Dated>(parts: readonly T[], on: IsoDay): readonly T[] =>
  parts.map((one) => (one.to === null ? { ...one, to: on } : one))

/** A stretch that begins on the day in place of the open one; one that began that very day is replaced. */
const turn = <T extends Dated>(parts: readonly T[], on: IsoDay, next: T): readonly T[] => [
  ...close(parts, on).filter(({ from, to }) => from === null || from !== to),
  next,
]

function changeUnit(unit: Unit, plan: PlannedEvent, { ends, names }: Steps, parent: string | undefined): Unit {
  const { on } = plan
  if (ends.includes(unit.uid)) {
    const note = plan.event === 'end' ? [unit.note, endNote(plan)].filter(Boolean).join('. ') : unit.note
    return {
      ...unit,
      names: close(unit.names, on),
      codes: close(unit.codes, on),
      parents: close(unit.parents, on),
      validTo: on,
      ...(note !== undefined && { note }),
    }
  }
  const name = names.get(unit.uid)
  const open = { from: on, to: null }
  if (name) return { ...unit, names: turn(unit.names, on, { ...name, ...open }) }
  if (parent === undefined || parent === openParent(unit)) return unit
  return { ...unit, parents: turn(unit.parents, on, { uid: parent, ...open }) }
}

const endNote = ({ on, legalBasis, note }: Act) =>
  [`Ended on ${on} without a successor: ${legalBasis}`, note].filter(Boolean).join('. ')

function parentFor(data: UnitData, plan: PlannedEvent, { links }: Steps): string | undefined {
  const first = plan.event === 'split' ? plan.unit : links[0]?.from
  return openParent(data.units.find(({ uid }) => uid === first)) ?? (plan.event === 'create' ? data.cityUid : undefined)
}

function makeUnit(made: NewUnit, plan: PlannedEvent, parent: string | undefined): Unit {
  const life = { from: plan.on, to: null }
  const under = made.parent ?? parent
  const note =
    plan.event === 'create' ? (made.note ?? plan.note ?? `Created on ${plan.on} without a predecessor`) : made.note
  return {
    uid: made.uid,
    kind: made.kind,
    names: [{ vi: made.vi, en: made.en, ...life }],
    codes: made.gso === undefined ? [] : [{ scheme: 'GSO', value: made.gso, ...life }],
    parents: under === undefined ? [] : [{ uid: under, ...life }],
    validFrom: plan.on,
    validTo: null,
    legalBasis: plan.legalBasis,
    ...(made.population !== undefined && { population: made.population }),
    ...(note !== undefined && { note }),
  }
}
