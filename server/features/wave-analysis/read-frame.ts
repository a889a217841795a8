import { wholeCity } from '../../domain/access/scope.js'
import { type AnalysisPlan, FIRST_NONRESPONSE } from '../../domain/analysis/analysis-plan.js'
import type { AnalysisRoles } from '../../domain/analysis/analysis-roles.js'
import { showablePlaces } from '../../domain/analysis/sensitive-places.js'
import { createWaveFrame } from '../../domain/analysis/wave-frame.js'
import { DISCLOSURE_POLICIES } from '../../domain/disclosure/policy.js'
import { isTextOver } from '../../domain/privacy/retention.js'
import type { PublishedQuestionnaire } from '../../domain/questionnaire/definition.js'
import { cityDay } from '../../domain/survey/day.js'
import type { NewResponse } from '../../domain/survey/response.js'
import type { Wave } from '../../domain/survey/wave.js'
import type { WaveAnalysisNeeds } from './get-wave-analysis.js'

/** What the items of a wave's questionnaire are for; where the time of its words is over, none is for comments. */
export function rolesOf(
  { roles, now }: Pick<WaveAnalysisNeeds, 'roles' | 'now'>,
  { questionnaire }: PublishedQuestionnaire,
  wave: Wave,
): AnalysisRoles | null {
  const found = roles.find((one) => one.questionnaire === questionnaire.id) ?? null
  return found !== null && isTextOver(wave, cityDay(now())) ? { ...found, comments: null } : found
}

/** What was read of the whole wave before any part of it. */
export interface ReadFrame {
  readonly medianSeconds: number | null
  /** By sensitive item: whether a place may be shown, judged over all places that a reader could look at. */
  readonly showable: ReadonlyMap<string, ReturnType<typeof showablePlaces>>
}

/** Reads the whole wave once, before any part of it is analysed. */
export async function readFrame(
  { responses, registry }: Pick<WaveAnalysisNeeds, 'responses' | 'registry'>,
  wave: Wave,
  plan: AnalysisPlan,
): Promise<ReadFrame> {
  const frame = createWaveFrame(plan)
  const whole = wholeCity('quality is judged, and places hidden, by the whole wave')
  for await (const response of responses.streamWave(whole, wave.id)) if (belongsTo(wave, response)) frame.add(response)
  const { medianSeconds, sensitive } = frame.result()
  const { minRespondents } = DISCLOSURE_POLICIES.internal
  const areasOf = (uid: string) => areasAbove(registry, uid, wave)
  const showable = plan.negatives.flatMap(({ item, question }) => {
    const places = sensitive.get(item)
    const options = question.options.map(({ code }) => code).filter((code) => code < FIRST_NONRESPONSE)
    return places ? [[item, showablePlaces(places, options, areasOf, minRespondents)] as const] : []
  })
  return { medianSeconds, showable: new Map(showable) }
}

/** Neither two modes nor two questionnaires are ever pooled. */
export const belongsTo = ({ mode, questionnaireHash }: Wave, response: NewResponse) =>
  response.mode === mode && response.questionnaireHash === questionnaireHash

/** Whether the unit of a case existed in the month of the transaction; asked of the registry once for each unit and month. */
export function validityOf(registry: WaveAnalysisNeeds['registry']) {
  const known = new Map<string, boolean>()
  return ({ unitUid, transactionOn }: Pick<NewResponse, 'unitUid' | 'transactionOn'>): boolean => {
    const key = `${unitUid} ${transactionOn}`
    const found = known.get(key) ?? registry.isValid(unitUid, transactionOn)
    known.set(key, found)
    return found
  }
}

/** Areas round a unit, the smallest first, ending with the city. */
function areasAbove(registry: WaveAnalysisNeeds['registry'], uid: string, wave: Wave): readonly string[] {
  const areas: string[] = []
  for (let area = registry.parentOf(uid, wave.referenceOn); area !== undefined; ) {
    if (area.uid === registry.cityUid) break
    areas.push(area.uid)
    area = registry.parentOf(area.uid, wave.referenceOn)
  }
  return [...areas, registry.cityUid]
}
