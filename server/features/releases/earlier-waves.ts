import { parse } from 'csv-parse/sync'
import type { PublishedQuestionnaire } from '../../domain/questionnaire/definition.js'
import { type EarlierWave, ownFigures } from '../../domain/release/trend.js'
import { breaksBetween, type JoinedPlace } from '../../domain/series/series-breaks.js'
import type { Wave } from '../../domain/survey/wave.js'
import type { UnitRegistry } from '../../domain/units/unit.js'
import { sha256 } from './digests.js'
import { hasTables, isWritten, TABLES_FILE } from './read-release.js'
import type { ReleaseRepository } from './release.repository.js'

/** What the waves before one are found with. */
export interface EarlierNeeds {
  readonly releases: Pick<ReleaseRepository, 'published' | 'readFile'>
  readonly waves: { list(): Promise<readonly Wave[]> }
  readonly questionnaires: { byHash(hash: string): Promise<PublishedQuestionnaire | undefined> }
  readonly registry: UnitRegistry
}

/** Waves that a table has room for, this one included. */
const MOST_WAVES = 16

/**
 * Finds the waves that a wave stands in line with: same respondents, same mode, published, and simulated only beside simulated.
 *
 * Releases of the first layout do not say their city's figures in a table of their own; their waves stand in the line without.
 *
 * @returns the oldest first
 */
export function makeEarlierWaves({ releases, waves, questionnaires, registry }: EarlierNeeds) {
  return async (wave: Wave): Promise<readonly EarlierWave[]> => {
    // The latest release of a wave comes first.
    const latest = new Map(
      (await releases.published())
        .filter(isWritten)
        .toReversed()
        .map((one) => [one.waveId, one]),
    )
    const line = (await waves.list())
      .filter((one) => latest.has(one.id) && isAlike(one, wave) && one.closesOn <= wave.opensOn)
      .toSorted((a, b) => (a.opensOn < b.opensOn ? -1 : 1))
      .slice(1 - MOST_WAVES)
    const earlier: EarlierWave[] = []
    for (const [i, one] of line.entries()) {
      const release = latest.get(one.id)!
      const places = [await placeOf(one), await placeOf(line[i + 1] ?? wave)] as const
      const breaks = breaksBetween(...places, {
        registry,
        unitUid: registry.cityUid,
        line: INDEX,
        rule: 'mean_of_children',
      })
      const rows = hasTables(release)
        ? parse<Record<string, string>>(await releases.readFile(release.id, TABLES_FILE), CSV)
        : []
      earlier.push({
        wave: one.id,
        title: one.title,
        release: release.id,
        manifestSha256: sha256(release.manifest),
        opensOn: one.opensOn,
        closesOn: one.closesOn,
        breaks: [...new Set(breaks.map(({ kind }) => kind))],
        figures: ownFigures(rows),
      })
    }
    return earlier
  }

  async function placeOf(wave: Wave): Promise<JoinedPlace> {
    const questionnaire = await questionnaires.byHash(wave.questionnaireHash)
    if (questionnaire === undefined) throw new Error(`Wave ${wave.id} names a questionnaire that is not published`)
    return {
      questionnaire,
      isAsked: true,
      referenceOn: wave.referenceOn,
      period: { from: wave.opensOn, to: wave.closesOn },
      isMonth: false,
      basis: { kind: 'as_was', missing: [] },
      measured: wave.unitUids,
      serviceCodes: wave.serviceCodes,
    }
  }
}

const CSV = { bom: true, columns: true } as const
const INDEX = { level: 'overall', code: 'overall' } as const

const isAlike = (one: Wave, other: Wave) =>
  one.respondentType === other.respondentType && one.mode === other.mode && one.isSimulated === other.isSimulated
