import type { CaseContext, PublishedQuestionnaire } from '../../server/domain/questionnaire/definition.js'
import type { IsoDay } from '../../server/domain/survey/vocabulary.js'
import type { Wave } from '../../server/domain/survey/wave.js'
import type { Unit, UnitKind } from '../../server/domain/units/unit.js'
import { byMonth } from './calendar.js'
import { type CityModel, type DossierCell, withinLife } from './city-model.js'
import type { Officer } from './officers.js'
import { createChooser, createRandom, type Random } from './random.js'
import { type Steps, stepsOf } from './steps.js'
import { answeringDays, drawReminders } from './times.js'

/** A wave to simulate: what is asked, and up to which day answers have come in. */
export interface WaveToSimulate {
  readonly wave: Wave
  readonly published: PublishedQuestionnaire
  /** Collection so far: days up to, not including, this one. */
  readonly until: IsoDay
}

/** One occasion on which a respondent was served. */
export interface Occasion {
  readonly cell: DossierCell
  readonly officer: Officer
  /** Day of answering. */
  readonly day: IsoDay
}

/** Narrows occasions. */
export interface OccasionLimits {
  readonly officer?: Officer
  /** First days of months. */
  readonly months?: ReadonlySet<IsoDay>
}

/** One unit in one wave: from what its cases are drawn. */
export interface UnitFrame {
  readonly unit: Unit
  readonly steps: Steps
  readonly services: readonly string[]
  readonly cells: readonly DossierCell[]
  /** Occasions as dossiers come in; or only those of one officer, or in some months. */
  drawOccasion(random: Random, only?: OccasionLimits): Occasion
  contextOf(service: string, on: IsoDay): CaseContext
  /** What a wave's answers at this unit share, mode included, on one occasion. */
  sharedEffect(cell: DossierCell): number
  factorShifts(officer: Officer): readonly number[]
  /** A place of residence or business, mostly the unit's own. */
  drawPlaces(random: Random, day: IsoDay): readonly string[]
}

/** Kinds that may be given as place of residence or business. */
const PLACE_KINDS: readonly UnitKind[] = ['phuong', 'xa', 'dac_khu']
/** Share of those who live where the agency is, if it is a ward. */
const LOCAL_SHARE = 0.8

/** Services that a wave asks about at a unit. */
export function servicesAsked({ services }: Pick<CityModel, 'services'>, wave: Wave, unit: Unit): readonly string[] {
  const offered = services.offeredBy(unit).map(({ code }) => code)
  return wave.serviceCodes.length === 0 ? offered : offered.filter((code) => wave.serviceCodes.includes(code))
}

const stretchOf = ({ wave, until }: Pick<WaveToSimulate, 'wave' | 'until'>) => ({
  from: wave.opensOn,
  to: until < wave.closesOn ? until : wave.closesOn,
})

/** Cells with the dossiers that count in the limits. */
function limited(cells: readonly DossierCell[], { officer, months }: OccasionLimits) {
  return cells.map((cell) => {
    const isWithin = months === undefined || months.has(cell.month)
    const part = officer === undefined ? 1 : (cell.officers.find(([one]) => one === officer)?.[1] ?? 0)
    return [cell, isWithin ? part * cell.dossiers : 0] as const
  })
}

/**
 * The frames of a wave's units, made one at a time.
 *
 * @returns `undefined` from the maker for a unit without a dossier in the wave
 */
export function frameMaker(model: CityModel, toSimulate: WaveToSimulate): (unit: Unit) => UnitFrame | undefined {
  const { seed, registry, settings } = model
  const { wave, published } = toSimulate
  const steps = stepsOf(seed, published.questionnaire)
  const stretch = stretchOf(toSimulate)
  const placesBy = new Map<string, readonly Unit[]>()

  /** The map of the city changes on first days only. */
  function placesOn(day: IsoDay): readonly Unit[] {
    const month = day.slice(0, 7)
    const places = placesBy.get(month) ?? registry.validOn(day).filter(({ kind }) => PLACE_KINDS.includes(kind))
    placesBy.set(month, places)
    return places
  }

  return (unit) => {
    const services = servicesAsked(model, wave, unit)
    const cells = services.length === 0 ? [] : model.dossiers(unit, services, stretch)
    const weighted = cells.filter(({ dossiers }) => dossiers > 0).map((cell) => [cell, cell.dossiers] as const)
    if (weighted.length === 0) return undefined
    const reminders = drawReminders(createRandom(`${seed}/${wave.id}/${unit.uid}/reminders`))
    const days = new Map(
      [...byMonth(withinLife(unit, stretch))]
        .map(([month, all]) => [month, answeringDays(all, wave.mode, reminders)] as const)
        .filter(([, all]) => all.some(([, weight]) => weight > 0))
        .map(([month, all]) => [month, createChooser(all)]),
    )
    const anyCell = createChooser(weighted)
    const factorEffects = steps.factors.map((factor) => model.factorEffect(unit.uid, factor))
    return {
      unit,
      steps,
      services,
      cells,
      drawOccasion(random, only) {
        const cell = only === undefined ? anyCell(random) : random.weighted(limited(cells, only))
        const officer = only?.officer ?? random.weighted(cell.officers)
        return { cell, officer, day: days.get(cell.month)!(random) }
      },
      contextOf: (service, on) => ({
        mode: wave.mode,
        unitUid: unit.uid,
        unitKind: unit.kind,
        service,
        on,
        isUnit: (uid, kinds) => {
          const place = registry.byUid(uid)
          return place !== undefined && kinds.includes(place.kind) && registry.isValid(uid, on)
        },
      }),
      sharedEffect: ({ service, month }) =>
        model.sharedEffect(unit.uid, service, month) + settings.modeEffect[wave.mode],
      factorShifts: ({ effect }) => factorEffects.map((shift, i) => shift + effect * steps.loadings[i]!),
      drawPlaces(random, day) {
        const offered = placesOn(day)
        const isLocal = PLACE_KINDS.includes(unit.kind) && random.chance(LOCAL_SHARE)
        if (isLocal) return [unit.uid]
        return offered.length === 0 ? [] : [random.pick(offered).uid]
      },
    }
  }
}
