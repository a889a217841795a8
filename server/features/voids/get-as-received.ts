import { wholeCity } from '../../domain/access/scope.js'
import { DISCLOSURE_POLICIES } from '../../domain/disclosure/policy.js'
import { EMPTY_TALLY, type Tally } from '../../domain/index/tally.js'
import type { ReportBlock } from '../../domain/report/index-report.js'
import type { Wave } from '../../domain/survey/wave.js'
import { type AsReceived, asReceived } from '../../domain/voids/as-received.js'
import { problem } from '../../platform/problem.js'
import { type EffectNeeds, tallyOf, WHOLE_WAVE } from './effect-of-void.js'

/** What is told of a wave as received. */
export interface WaveAsReceived extends AsReceived {
  readonly wave: Wave
}

/** What it is made from, besides what effects are. */
export interface ReceivedNeeds extends EffectNeeds {
  /** Responses of a wave that are out of its figures, by the void that took them out. */
  readonly outByVoid: (
    waveId: string,
  ) => Promise<readonly { readonly unitUid: string; readonly ids: readonly string[] }[]>
}

const SCOPE = wholeCity('the index of the city as received stands on every unit')

/** Binds it to where things are kept. @throws {Problem} 404 when the wave is unknown */
export function makeGetAsReceived(needs: ReceivedNeeds) {
  return async (waveId: string): Promise<WaveAsReceived> => {
    const wave = await needs.waves.byId(waveId)
    if (wave === undefined) throw problem.notFound('wave')
    const questionnaire = await needs.questionnaires.byHash(wave.questionnaireHash)
    if (questionnaire === undefined) throw new Error(`Wave ${wave.id} names a questionnaire that is not published`)
    const report = await needs.getIndexReport(SCOPE, { ...WHOLE_WAVE, waveId })
    const { unitUids } = wave
    const { service, period } = WHOLE_WAVE
    const counted = await needs.tallies.read(SCOPE, { wave, unitUids, service, period, by: 'unit' })
    const nowOf = new Map(counted.map(({ key, tally }) => [key, tally]))
    const outOf = new Map<string, Tally[]>()
    for (const { unitUid, ids } of await needs.outByVoid(waveId)) {
      const tallies = outOf.get(unitUid) ?? []
      outOf.set(unitUid, tallies)
      tallies.push(await tallyOf(needs, wave, questionnaire, ids))
    }
    const overall = (block: ReportBlock | undefined) => block?.cells.find(({ line }) => line.level === 'overall')
    const city = overall(report.blocks[0])
    if (city === undefined) throw new Error(`The report of wave ${waveId} has no index`)
    const ofUnits = report.blocks.filter(({ group }) => group.scope === 'unit')
    const blockOf = new Map(ofUnits.map((block) => [block.group.unitUid, block]))
    const units = unitUids.map((unitUid) => ({
      unitUid,
      // A unit of which everything is out may have no row.
      shown: overall(blockOf.get(unitUid)) ?? { line: city.line, estimate: { kind: 'empty' as const } },
      now: nowOf.get(unitUid) ?? EMPTY_TALLY,
      out: outOf.get(unitUid) ?? [],
    }))
    const policy = DISCLOSURE_POLICIES.internal
    return { wave, ...asReceived({ city, units, questionnaire: questionnaire.questionnaire, policy }) }
  }
}

export type GetAsReceived = ReturnType<typeof makeGetAsReceived>
