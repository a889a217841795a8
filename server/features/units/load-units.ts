import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { checkUnits, type UnitProblem } from '../../domain/units/check-units.js'
import { createUnitRegistry } from '../../domain/units/create-unit-registry.js'
import type { Unit, UnitData, UnitEvent, UnitLink, UnitRegistry } from '../../domain/units/unit.js'
import { describeFileProblem, type FileProblem, readYamlFile } from '../../platform/yaml-file.js'
import { toLinks, toUnit } from './to-unit.js'
import { type UnitDefaults, unitFileSchema } from './unit-file.js'

/** The root of every roll-up in `surveys/units`. */
const CITY_UID = 'tp-ho-chi-minh'

/** Where a part of the data stands. */
export interface Place {
  readonly file: string
  readonly line: number
}

/** Where a unit stands, and what its file says of every unit that does not say otherwise. */
export interface UnitPlace extends Place {
  readonly defaults: UnitDefaults
}

/** The units and events of a folder with the place of each, and what is wrong with them. */
export interface UnitFiles {
  readonly data: UnitData
  readonly problems: readonly FileProblem[]
  /** By uid. */
  readonly places: ReadonlyMap<string, UnitPlace>
}

/** Collects the parts of the files in the order of the data, so that a fault can be led back to its line. */
class Gathering {
  readonly units: Unit[] = []
  readonly events: UnitEvent[] = []
  readonly problems: FileProblem[] = []
  readonly unitPlaces: Place[] = []
  readonly places = new Map<string, UnitPlace>()
  readonly eventPlaces: { readonly place: Place; readonly links: readonly Place[] }[] = []

  readFile(file: string): void {
    const { value, problems, lineOf } = readYamlFile(file, unitFileSchema)
    this.problems.push(...problems)
    for (const [i, entry] of (value?.units ?? []).entries()) {
      const place = { file, line: lineOf(['units', i]) }
      const unit = toUnit(entry, value?.defaults ?? {})
      if (unit) {
        this.units.push(unit)
        this.unitPlaces.push(place)
        this.places.set(unit.uid, { ...place, defaults: value?.defaults ?? {} })
      } else this.problems.push({ ...place, message: `${entry.uid} needs a kind` })
    }
    value?.events?.forEach(({ links, on, type, legalBasis, note }, i) => {
      const placed = links.flatMap((entry, l) => {
        const place = { file, line: lineOf(['events', i, 'links', l]) }
        return toLinks(entry).map((link): [UnitLink, Place] => [link, place])
      })
      this.events.push({ on, type, legalBasis, links: placed.map(([link]) => link), ...(note && { note }) })
      this.eventPlaces.push({ place: { file, line: lineOf(['events', i]) }, links: placed.map(([, place]) => place) })
    })
  }

  placeOf({ subject }: UnitProblem): Place | undefined {
    if (subject.kind === 'unit') return this.unitPlaces[subject.unit]
    if (subject.kind === 'event') return this.eventPlaces[subject.event]?.place
    if (subject.kind === 'link') return this.eventPlaces[subject.event]?.links[subject.link]
    return undefined
  }
}

/** Reads and checks every `.yaml` file of a folder; never throws on faulty data, only when the folder cannot be read. */
export function readUnitFiles(dir: string): UnitFiles {
  const gathering = new Gathering()
  const files = readdirSync(dir).filter((name) => name.endsWith('.yaml'))
  for (const name of files.sort()) gathering.readFile(join(dir, name))
  const data = { units: gathering.units, events: gathering.events, cityUid: CITY_UID }
  const isReadable = gathering.problems.length === 0
  const faults = isReadable ? checkUnits(data) : []
  const checked = faults.map((fault) => ({
    ...(gathering.placeOf(fault) ?? { file: dir, line: 1 }),
    message: `${fault.message} [${fault.code}]`,
  }))
  return { data, problems: [...gathering.problems, ...checked], places: gathering.places }
}

/**
 * The units and events of a folder.
 *
 * @throws {Error} naming every fault by file and line: a registry that contradicts itself must not answer
 */
export function loadUnitData(dir: string): UnitData {
  const { data, problems } = readUnitFiles(dir)
  if (problems.length > 0) throw new Error(`Units are not valid:\n${problems.map(describeFileProblem).join('\n')}`)
  return data
}

/** The registry of the units in a folder; throws as {@link loadUnitData}. */
export const loadUnitRegistry = (dir: string): UnitRegistry => createUnitRegistry(loadUnitData(dir))
