import { type Scope, wholeCity } from '../../domain/access/scope.js'
import { DISCLOSURE_POLICIES } from '../../domain/disclosure/policy.js'
import { mergeTallies, type Tally } from '../../domain/index/tally.js'
import { createTallyBuilder } from '../../domain/index/tally-responses.js'
import type { PublishedQuestionnaire } from '../../domain/questionnaire/definition.js'
import type { ReportBlock } from '../../domain/report/index-report.js'
import type { NewResponse } from '../../domain/survey/response.js'
import type { Wave } from '../../domain/survey/wave.js'
import type { ResponseVoid } from '../../domain/voids/void.js'
import { type VoidEffect, voidEffect } from '../../domain/voids/void-effect.js'
import type { GetIndexReport } from '../index-reports/index.js'

/** What the index of the unit and of the city are with the responses that a void means, and without them. */
export interface VoidEffects {
  readonly unit: VoidEffect
  readonly city: VoidEffect
}

/** What effects are worked out from. */
export interface EffectNeeds {
  readonly waves: { byId(id: string): Promise<Wave | undefined> }
  readonly questionnaires: { byHash(hash: string): Promise<PublishedQuestionnaire | undefined> }
  readonly getIndexReport: GetIndexReport
  readonly tallies: {
    read(
      scope: Scope,
      query: {
        readonly wave: Wave
        readonly unitUids: readonly string[]
        readonly service: null
        readonly period: { readonly from: null; readonly to: null }
        readonly by: 'unit'
      },
    ): Promise<readonly { readonly key: string; readonly tally: Tally }[]>
  }
  /** Responses by their ids, also those that are out of the figures. */
  readonly responsesById: (ids: readonly string[]) => AsyncIterable<NewResponse>
}

const WHOLE = {
  rule: 'mean_of_children',
  breakdown: 'unit',
  unitUid: null,
  kinds: [],
  service: null,
  period: { from: null, to: null },
} as const
const SCOPE = wholeCity('the index of the city stands on every unit')

/** Binds it to where things are kept. @returns `null` where the unit has no row in the report of its wave */
export function makeEffectOfVoid(needs: EffectNeeds) {
  return async (
    one: Pick<ResponseVoid, 'rule'>,
    ids: readonly string[],
    isOut: boolean,
  ): Promise<VoidEffects | null> => {
    const wave = await needs.waves.byId(one.rule.waveId)
    const questionnaire = wave && (await needs.questionnaires.byHash(wave.questionnaireHash))
    if (wave === undefined || questionnaire === undefined) return null
    const report = await needs.getIndexReport(SCOPE, { ...WHOLE, waveId: wave.id })
    const counted = await needs.tallies.read(SCOPE, {
      wave,
      unitUids: wave.unitUids,
      service: null,
      period: WHOLE.period,
      by: 'unit',
    })
    const meant = await tallyOf(needs, wave, questionnaire, ids)
    const effectOn = (block: ReportBlock | undefined, now: Tally) => {
      const shown = block?.cells.find(({ line }) => line.level === 'overall')
      if (shown === undefined) return null
      const policy = DISCLOSURE_POLICIES.internal
      return voidEffect({ shown, now, meant, isOut, questionnaire: questionnaire.questionnaire, policy })
    }
    const { unitUid } = one.rule
    const ofUnit = counted.find(({ key }) => key === unitUid)?.tally ?? mergeTallies([])
    const block = report.blocks.find(({ group }) => group.scope === 'unit' && group.unitUid === unitUid)
    const unit = effectOn(block, ofUnit)
    const city = effectOn(report.blocks[0], mergeTallies(counted.map(({ tally }) => tally)))
    return unit === null || city === null ? null : { unit, city }
  }
}

async function tallyOf(
  { responsesById }: EffectNeeds,
  wave: Wave,
  { hash, questionnaire }: PublishedQuestionnaire,
  ids: readonly string[],
): Promise<Tally> {
  const builder = createTallyBuilder(questionnaire)
  for await (const response of responsesById(ids))
    if (response.questionnaireHash === hash && response.mode === wave.mode) builder.add(response)
  return builder.result()
}

export type EffectOfVoid = ReturnType<typeof makeEffectOfVoid>
