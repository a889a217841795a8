import { addDays } from '../survey/day.js'
import type { Dated, Unit } from './unit.js'
import { existsOn, type UnitMaps } from './unit-index.js'

/** Code and message of one fault. */
export type Fault = readonly [code: string, message: string]

const UID = /^[a-z0-9]+(?:[.-][a-z0-9]+)*$/
const LONGEST_UID = 40

const stretch = ({ from, to }: Dated) => `${from ?? '…'} to ${to ?? '…'}`

/** Whether stretches follow each other without a gap or an overlap and fill a life from its first to its last day. */
function fillsLife(parts: readonly Dated[], unit: Unit): boolean {
  const inOrder = parts.toSorted((a, b) => ((a.from ?? '') < (b.from ?? '') ? -1 : 1))
  const isJoined = inOrder.every((part, i) => i === 0 || (part.from !== null && part.from === inOrder[i - 1]?.to))
  return isJoined && inOrder[0]?.from === unit.validFrom && inOrder.at(-1)?.to === unit.validTo
}

function checkNames(unit: Unit): Fault[] {
  const isNamed = unit.names.length > 0 && unit.names.every(({ vi, en }) => vi.trim() !== '' && en.trim() !== '')
  if (!isNamed) return [['missing_name', `${unit.uid} needs a Vietnamese and an English name`]]
  if (!fillsLife(unit.names, unit))
    return [['gap_in_names', `The names of ${unit.uid} leave a gap or overlap in its life`]]
  return []
}

function checkParents(unit: Unit, maps: UnitMaps): Fault[] {
  if (unit.parents.length === 0) {
    const isRoot = unit.kind === 'thanh_pho' || unit.kind === 'tinh'
    return isRoot ? [] : [['missing_parent', `${unit.uid} has no parent`]]
  }
  const faults: Fault[] = []
  if (!fillsLife(unit.parents, unit)) {
    faults.push(['gap_in_parents', `The parents of ${unit.uid} leave a gap or overlap in its life`])
  }
  for (const { uid, from, to } of unit.parents) {
    const parent = maps.byUid.get(uid)
    if (!parent) faults.push(['unknown_parent', `${unit.uid} stands under ${uid}, which is not in the data`])
    else if (!isWithinLife({ from, to }, parent)) {
      faults.push(['parent_not_valid', `${unit.uid} stands under ${uid} outside its life (${stretch({ from, to })})`])
    }
  }
  return faults
}

/** Whether a unit exists on every day of a stretch. */
function isWithinLife({ from, to }: Dated, { validFrom, validTo }: Unit): boolean {
  const startsInside = validFrom === null || (from !== null && from >= validFrom)
  return startsInside && (validTo === null || (to !== null && to <= validTo))
}

function checkOrigin(unit: Unit, maps: UnitMaps): Fault[] {
  const faults: Fault[] = []
  const { uid, validFrom, validTo } = unit
  if (unit.note) return faults
  if (validFrom !== null && !maps.incoming.get(uid)?.some(({ on }) => on === validFrom)) {
    faults.push(['no_origin', `${uid} begins on ${validFrom} and no event says from what; add one, or a note`])
  }
  if (validTo !== null && !maps.outgoing.get(uid)?.some(({ on }) => on === validTo)) {
    faults.push(['no_successor', `${uid} ends on ${validTo} and no event says into what; add one, or a note`])
  }
  return faults
}

/** Whether following the parents of a day leads back to where it began. */
function isCircular(unit: Unit, maps: UnitMaps): boolean {
  const day = unit.validFrom ?? (unit.validTo === null ? '2011-01-01' : addDays(unit.validTo, -1))
  const seen = new Set<string>()
  let next: Unit | undefined = unit
  while (next && existsOn(next, day)) {
    if (seen.has(next.uid)) return true
    seen.add(next.uid)
    const parent: string | undefined = next.parents.find(({ to }) => to === null || day < to)?.uid
    next = parent === undefined ? undefined : maps.byUid.get(parent)
  }
  return false
}

/** Faults that show in one unit: its uid, life, names, codes, parents, legal basis, and whence and whither. */
export function checkUnitRecord(unit: Unit, maps: UnitMaps): readonly Fault[] {
  const faults: Fault[] = []
  if (!UID.test(unit.uid) || unit.uid.length > LONGEST_UID) {
    faults.push(['bad_uid', `${unit.uid} must be at most ${LONGEST_UID} of a-z, 0-9, and single "." or "-" between`])
  }
  if (unit.validFrom !== null && unit.validTo !== null && unit.validFrom >= unit.validTo) {
    faults.push(['empty_life', `${unit.uid} ends on ${unit.validTo}, not after it begins`])
  }
  for (const code of unit.codes) {
    if (isWithinLife(code, unit)) continue
    faults.push(['code_outside_life', `Code ${code.value} of ${unit.uid} holds outside its life (${stretch(code)})`])
  }
  if (unit.legalBasis.trim() === '') faults.push(['missing_legal_basis', `${unit.uid} names no legal basis`])
  if (isCircular(unit, maps)) faults.push(['circular_parents', `The parents of ${unit.uid} lead back to itself`])
  return [...faults, ...checkNames(unit), ...checkParents(unit, maps), ...checkOrigin(unit, maps)]
}
