import { type Scope, wholeCity } from '../../domain/access/scope.js'
import { DISCLOSURE_POLICIES } from '../../domain/disclosure/policy.js'
import { mergeTallies, type Tally } from '../../domain/index/tally.js'
import { createTallyBuilder } from '../../domain/index/tally-responses.js'
import type { PublishedQuestionnaire } from '../../domain/questionnaire/definition.js'
import type { ReportBlock } from '../../domain/report/index-report.js'
import type { NewResponse } from '../../domain/survey/response.js'
import type { Wave } from '../../domain/survey/wave.js'
import type { ResponseVoid } from '../../domain/voids/void.js'
import { isFew, respondentsOf, type VoidEffect, voidEffect } from '../../domain/voids/void-effect.js'
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
  /** Ids of the responses of a unit that are out of the figures. */
  readonly outOf: (waveId: string, unitUid: string) => Promise<ReadonlySet<string>>
  /** Responses by their ids, also those that are out of the figures. */
  readonly responsesById: (ids: readonly string[]) => AsyncIterable<NewResponse>
}

/** The report of a whole wave by unit, which readers see before any part of it. */
export const WHOLE_WAVE = {
  rule: 'mean_of_children',
  breakdown: 'unit',
  unitUid: null,
  kinds: [],
  service: null,
  period: { from: null, to: null },
} as const
const SCOPE = wholeCity('the index of the city stands on every unit')

/** Both sides hidden for the people between this void and another. */
const FEW: VoidEffect = { withThem: { kind: 'hidden', why: 'few' }, without: { kind: 'hidden', why: 'few' } }
const HIDDEN: VoidEffects = { unit: FEW, city: FEW }
const POLICY = DISCLOSURE_POLICIES.internal

/** Whether readers who saw the effects of earlier voids of the unit would learn the answers of few from this one's. */
async function tellsOfFew(
  ids: readonly string[],
  earlier: readonly (readonly string[])[],
  tally: (some: readonly string[]) => Promise<Tally>,
): Promise<boolean> {
  const own = new Set(ids)
  for (const others of earlier) {
    const other = new Set(others)
    const alone = [ids.filter((id) => !other.has(id)), others.filter((id) => !own.has(id))]
    if (alone[0]?.length === ids.length) continue
    for (const some of alone) if (isFew(respondentsOf(await tally(some)), POLICY)) return true
  }
  return false
}

/**
 * Binds it to where things are kept. What is given of other voids are the responses that those proposed before it mean.
 *
 * @returns `null` where the unit has no row in the report of its wave
 */
export function makeEffectOfVoid(needs: EffectNeeds) {
  return async (
    one: Pick<ResponseVoid, 'rule'>,
    ids: readonly string[],
    earlier: readonly (readonly string[])[],
  ): Promise<VoidEffects | null> => {
    const wave = await needs.waves.byId(one.rule.waveId)
    const questionnaire = wave && (await needs.questionnaires.byHash(wave.questionnaireHash))
    if (wave === undefined || questionnaire === undefined) return null
    const report = await needs.getIndexReport(SCOPE, { ...WHOLE_WAVE, waveId: wave.id })
    const counted = await needs.tallies.read(SCOPE, {
      wave,
      unitUids: wave.unitUids,
      service: null,
      period: WHOLE_WAVE.period,
      by: 'unit',
    })
    const { unitUid } = one.rule
    const tally = (some: readonly string[]) => tallyOf(needs, wave, questionnaire, some)
    if (await tellsOfFew(ids, earlier, tally)) return HIDDEN
    const out = await needs.outOf(wave.id, unitUid)
    const meantIn = await tally(ids.filter((id) => !out.has(id)))
    const meantOut = await tally(ids.filter((id) => out.has(id)))
    const effectOn = (block: ReportBlock | undefined, now: Tally) => {
      const shown = block?.cells.find(({ line }) => line.level === 'overall')
      if (shown === undefined) return null
      return voidEffect({
        shown,
        now,
        meantIn,
        meantOut,
        questionnaire: questionnaire.questionnaire,
        policy: POLICY,
      })
    }
    const ofUnit = counted.find(({ key }) => key === unitUid)?.tally ?? mergeTallies([])
    const block = report.blocks.find(({ group }) => group.scope === 'unit' && group.unitUid === unitUid)
    const unit = effectOn(block, ofUnit)
    const city = effectOn(report.blocks[0], mergeTallies(counted.map(({ tally }) => tally)))
    return unit === null || city === null ? null : { unit, city }
  }
}

/** Counts of responses, whether they are out or not. */
export async function tallyOf(
  { responsesById }: Pick<EffectNeeds, 'responsesById'>,
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
