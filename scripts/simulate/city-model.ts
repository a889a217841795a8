import { monthOf } from '../../server/domain/survey/day.js'
import type { IsoDay } from '../../server/domain/survey/vocabulary.js'
import type { ServiceCatalogue } from '../../server/domain/units/service.js'
import type { Unit, UnitRegistry } from '../../server/domain/units/unit.js'
import { byMonth, dossierWeight, type Stretch } from './calendar.js'
import { MONTH_EFFECT, SERVICE_EFFECT } from './item-assumptions.js'
import { type Officer, officersOf } from './officers.js'
import { createRandom } from './random.js'
import { type SimulationSettings, settingsWith } from './settings.js'
import { createUnitEffects } from './unit-effects.js'
import { createUnitVolumes } from './unit-volumes.js'

/** What a simulated city is made from. */
export interface CityFacts {
  readonly seed: string
  readonly settings?: SimulationSettings
  readonly registry: Pick<UnitRegistry, 'byUid' | 'isValid' | 'validOn' | 'predecessorsOf' | 'successorsOf'>
  readonly services: Pick<ServiceCatalogue, 'offeredBy'>
}

/** Dossiers of one service in one month at one unit, and who handled them. */
export interface DossierCell {
  readonly service: string
  /** First day of the month. */
  readonly month: IsoDay
  readonly dossiers: number
  readonly officers: readonly (readonly [Officer, share: number])[]
}

/** A city whose truth is known: everything that does not depend on who answers. */
export interface CityModel extends Required<CityFacts> {
  /** Dossiers of a unit in a stretch of days of its life, by service and month. */
  dossiers(unit: Unit, services: readonly string[], stretch: Stretch): readonly DossierCell[]
  /** Dossiers that are to be expected, without drawing them. */
  expectedDossiers(unit: Unit, stretch: Stretch): number
  /** What all answers at one unit about one service in one month share, apart from the mode of collection. */
  sharedEffect(uid: string, service: string, month: IsoDay): number
  factorEffect(uid: string, factor: string): number
}

const monthsBetween = (from: IsoDay, to: IsoDay) =>
  (Number(to.slice(0, 4)) - Number(from.slice(0, 4))) * 12 + Number(to.slice(5, 7)) - Number(from.slice(5, 7))

/** The days of a stretch on which a unit existed. */
export function withinLife({ validFrom, validTo }: Unit, { from, to }: Stretch): Stretch {
  const first = validFrom !== null && validFrom > from ? validFrom : from
  return { from: first, to: validTo !== null && validTo < to ? validTo : to }
}

/** A few services take most of a unit's visitors; which ones differs from unit to unit. Shares add up to 1. */
function serviceShares(seed: string, uid: string, services: readonly string[]): readonly number[] {
  const random = createRandom(`${seed}/${uid}/services`)
  const weights = services.map(() => 0.01 + random.uniform() ** 6)
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  return weights.map((weight) => weight / total)
}

const sumOfWeights = (days: readonly IsoDay[]) => days.reduce((sum, day) => sum + dossierWeight(day), 0)

/** The model of a city; the same facts always give the same one. */
export function createCityModel(facts: CityFacts): CityModel {
  const { seed, registry } = facts
  const settings = facts.settings ?? settingsWith()
  const effects = createUnitEffects(seed, settings, registry)
  const volumeOf = createUnitVolumes(seed, registry)
  const weightOf = new Map<string, number>()

  function monthWeights(stretch: Stretch): readonly (readonly [IsoDay, number])[] {
    return [...byMonth(stretch)].map(([month, days]) => {
      const key = `${days[0]} ${days.at(-1)}`
      const weight = weightOf.get(key) ?? sumOfWeights(days)
      weightOf.set(key, weight)
      return [month, weight]
    })
  }

  return {
    ...facts,
    settings,
    dossiers(unit, services, stretch) {
      const shares = serviceShares(seed, unit.uid, services)
      const officers = officersOf(seed, settings.spread.officer, unit.uid, services)
      return monthWeights(withinLife(unit, stretch)).flatMap(([month, weight]) => {
        const volume = volumeOf(unit.uid, month) * weight
        return services.map((service, i) => {
          const random = createRandom(`${seed}/dossiers/${unit.uid}/${service}/${month}`)
          return { service, month, dossiers: random.poisson(volume * shares[i]!), officers: officers.get(service)! }
        })
      })
    },
    expectedDossiers: (unit, stretch) =>
      monthWeights(withinLife(unit, stretch)).reduce(
        (sum, [month, weight]) => sum + volumeOf(unit.uid, month) * weight,
        0,
      ),
    sharedEffect(uid, service, month) {
      const time =
        settings.trend.perMonth * monthsBetween(monthOf(settings.trend.from), month) +
        (MONTH_EFFECT[Number(month.slice(5, 7)) - 1] ?? 0) +
        effects.ofYear(uid, month.slice(0, 4))
      return effects.ofUnit(uid) + (SERVICE_EFFECT[service] ?? 0) + time
    },
    factorEffect: effects.ofFactor,
  }
}
