import { largestRemainder } from '../../server/domain/statistics/sampling/largest-remainder.js'
import type { IsoDay, Mode } from '../../server/domain/survey/vocabulary.js'
import type { UnitRegistry } from '../../server/domain/units/unit.js'
import type { WaveFile } from '../../server/features/waves/index.js'
import type { Stretch } from './calendar.js'
import type { CityModel } from './city-model.js'

/** Which years of the city to simulate, how, and how much. */
export interface CityRequest {
  /** Calendar years, both included. */
  readonly years: readonly [first: number, last: number]
  readonly modes: readonly Mode[]
  /** Honest responses over all waves. */
  readonly responses: number
}

/** A wave of the simulated city and how many answer at each of its units. */
export interface PlannedWave {
  readonly file: WaveFile
  readonly counts: ReadonlyMap<string, number>
}

/** The day on which most units ended and others began (Nghị quyết 202/2025/QH15): no wave reaches over it. */
const NEW_MAP_ON: IsoDay = '2025-07-01'
const VERSION = '2026.1'
const MODE_NAMES: Readonly<Record<Mode, { readonly vi: string; readonly en: string }>> = {
  web: { vi: 'trực tuyến', en: 'web survey' },
  kiosk: { vi: 'tại quầy', en: 'counter rating' },
  phone: { vi: 'qua điện thoại', en: 'telephone survey' },
  face_to_face: { vi: 'độc lập tại nhà', en: 'independent household survey' },
}

/** Stretches that waves cover: calendar years, 2025 in two. */
function stretchesOf([first, last]: CityRequest['years']): readonly (Stretch & { readonly tag: string })[] {
  return Array.from({ length: last - first + 1 }, (_, i) => first + i).flatMap((year) => {
    const [from, to] = [`${year}-01-01`, `${year + 1}-01-01`]
    if (from >= NEW_MAP_ON || to <= NEW_MAP_ON) return [{ tag: String(year), from, to }]
    return [
      { tag: `${year}-h1`, from, to: NEW_MAP_ON },
      { tag: `${year}-h2`, from: NEW_MAP_ON, to },
    ]
  })
}

/** The city's own units on a day that offer a service: not the predecessors in provinces that joined it later. */
function unitsOn(model: CityModel, registry: Pick<UnitRegistry, 'cityUid' | 'subtreeOf'>, on: IsoDay) {
  return registry
    .subtreeOf(registry.cityUid, on)
    .filter((unit) => unit.uid !== registry.cityUid && model.services.offeredBy(unit).length > 0)
}

function waveFile(
  { tag, from, to }: Stretch & { readonly tag: string },
  mode: Mode,
  uids: readonly string[],
): WaveFile {
  const name = MODE_NAMES[mode]
  return {
    id: `sim-${tag}-${mode.replaceAll('_', '-')}`,
    title: { vi: `Mô phỏng ${tag}, ${name.vi}`, en: `Simulated ${tag}, ${name.en}` },
    questionnaire: { id: mode === 'kiosk' ? 'counter' : 'citizen', version: VERSION },
    mode,
    units: { kinds: [], uids: [...uids] },
    services: [],
    referenceOn: from,
    opensOn: from,
    closesOn: to,
    isSimulated: true,
  }
}

/**
 * The waves of a city: one per year and mode over the units of its first day, with responses given out by dossiers.
 *
 * A unit that begins within a year is first asked about in the next wave; one that ends is asked about until it does.
 *
 * @throws {RangeError} when no mode asked for has a share in `settings.modeShare`
 */
export function planCity(
  model: CityModel,
  registry: Pick<UnitRegistry, 'cityUid' | 'subtreeOf'>,
  { years, modes, responses }: CityRequest,
): readonly PlannedWave[] {
  const { modeShare, allocationPower } = model.settings
  const cells = stretchesOf(years).flatMap((stretch) => {
    const units = unitsOn(model, registry, stretch.from)
    return modes.map((mode) => ({
      file: waveFile(
        stretch,
        mode,
        units.map(({ uid }) => uid),
      ),
      units: units.map((unit) => ({
        uid: unit.uid,
        size: modeShare[mode] * model.expectedDossiers(unit, stretch) ** allocationPower,
      })),
    }))
  })
  const sizes = cells.flatMap(({ units }) => units.map(({ size }) => size))
  const total = sizes.reduce((sum, size) => sum + size, 0)
  if (!(total > 0)) throw new RangeError(`No responses are planned in ${modes}: their share is 0`)
  const counts = largestRemainder(
    sizes.map((size) => (size / total) * responses),
    responses,
  )
  let place = 0
  return cells.map(({ file, units }) => ({ file, counts: new Map(units.map(({ uid }) => [uid, counts[place++]!])) }))
}
