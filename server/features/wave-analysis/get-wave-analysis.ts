import { covers, type Part, type Scope } from '../../domain/access/scope.js'
import { type AnalysisPlan, planOf } from '../../domain/analysis/analysis-plan.js'
import type { AnalysisRoles } from '../../domain/analysis/analysis-roles.js'
import { createAnalysisSums } from '../../domain/analysis/analysis-sums.js'
import { ANALYSIS_METHOD, type AnalysisTables, analysisTables } from '../../domain/analysis/analysis-tables.js'
import { caseJudge } from '../../domain/analysis/judge-case.js'
import { ALL_SERVICES } from '../../domain/analysis/sensitive-places.js'
import type { CommentCode } from '../../domain/comments/code-comment.js'
import { DISCLOSURE_POLICIES } from '../../domain/disclosure/policy.js'
import type { PublishedQuestionnaire } from '../../domain/questionnaire/definition.js'
import { type QualityRuleSet, STANDARD_QUALITY_RULES } from '../../domain/statistics/instruments/quality-rules.js'
import type { NewResponse } from '../../domain/survey/response.js'
import type { Localized, Period } from '../../domain/survey/vocabulary.js'
import type { Wave } from '../../domain/survey/wave.js'
import type { ServiceCatalogue } from '../../domain/units/service.js'
import type { UnitRegistry } from '../../domain/units/unit.js'
import { keepByState, oneAtATime } from '../../platform/keep-by-state.js'
import { problem } from '../../platform/problem.js'
import { selectedUnits } from '../index-reports/index.js'
import { belongsTo, type ReadFrame, readFrame, rolesOf, validityOf } from './read-frame.js'

/** Which analysis somebody wants. */
export interface WaveAnalysisQuery {
  readonly waveId: string
  /** Only this unit and those below it; `null`: every unit of the wave. */
  readonly unitUid: string | null
  /** `null`: all services. */
  readonly service: string | null
}

/** The analysis of a wave or a part of it, with all that its tables rest on. */
export interface WaveAnalysis {
  readonly wave: Wave
  readonly questionnaire: PublishedQuestionnaire
  readonly selection: Pick<WaveAnalysisQuery, 'unitUid' | 'service'> & { readonly unitName: Localized }
  readonly method: string
  readonly rules: QualityRuleSet
  /** Of the whole wave; the quality rules compare with it. */
  readonly medianSeconds: number | null
  readonly plan: AnalysisPlan
  readonly tables: AnalysisTables
}

/**
 * Makes the analysis of a wave from its stored responses, or gives the one made before if no response has come since.
 *
 * @throws {Problem} 404 when wave, unit or service is unknown or outside the scope
 */
export type GetWaveAnalysis = (scope: Scope, query: WaveAnalysisQuery) => Promise<WaveAnalysis>

/** What analyses are made from. */
export interface WaveAnalysisNeeds {
  readonly waves: { byId(id: string): Promise<Wave | undefined> }
  readonly questionnaires: {
    byHash(hash: string): Promise<PublishedQuestionnaire | undefined> | PublishedQuestionnaire | undefined
  }
  readonly registry: Pick<UnitRegistry, 'byUid' | 'cityUid' | 'isValid' | 'nameOf' | 'parentOf' | 'subtreeOf'>
  readonly services: Pick<ServiceCatalogue, 'byCode'>
  readonly responses: {
    streamWave(scope: Scope, waveId: string, part?: Part): AsyncIterable<NewResponse>
  }
  /** Tells whether a response has come, or was voided, since. */
  readonly tallies: { stateOf(waveId: string): Promise<string> }
  /** Of all questionnaires that have any. */
  readonly roles: readonly AnalysisRoles[]
  /** Topics of comments. */
  readonly commentCodes: readonly CommentCode[]
  readonly now: () => Date
}

/** Selections whose results are kept; one is some hundred kilobytes. */
const KEPT_RESULTS = 60
const KEPT_WAVES = 12

/** Binds the use case to where things are kept. */
export function makeGetWaveAnalysis(needs: WaveAnalysisNeeds): GetWaveAnalysis {
  const keepResult = keepByState<WaveAnalysis>(KEPT_RESULTS)
  const keepFrame = keepByState<ReadFrame>(KEPT_WAVES)
  const inTurn = oneAtATime()
  return async (scope, { waveId, unitUid, service }) => {
    const wave = await needs.waves.byId(waveId)
    if (wave === undefined) throw problem.notFound('wave')
    const part = checkedPart(needs, scope, wave, { unitUid, service })
    const questionnaire = await needs.questionnaires.byHash(wave.questionnaireHash)
    if (questionnaire === undefined) throw new Error(`Wave ${wave.id} names a questionnaire that is not published`)
    const plan = planOf(questionnaire.questionnaire, rolesOf(needs, questionnaire, wave), needs.commentCodes)
    const state = await needs.tallies.stateOf(wave.id)
    // The sampling facts of a wave may be added later, and stand in a table.
    const key = JSON.stringify([wave.id, unitUid, service, wave.sampling ?? null, plan.comments !== null])
    return keepResult(key, state, () =>
      inTurn(async () => {
        const frame = await keepFrame(wave.id, state, () => readFrame(needs, wave, plan))
        return analyse(needs, scope, { wave, questionnaire, plan, frame, unitUid, service, part })
      }),
    )
  }
}

const ALWAYS: Period = { from: null, to: null }

/** What is read of the responses for a selection; everything where nothing is selected. */
function checkedPart(
  { registry, services }: WaveAnalysisNeeds,
  scope: Scope,
  wave: Wave,
  { unitUid, service }: Omit<WaveAnalysisQuery, 'waveId'>,
): Part {
  if (unitUid !== null && registry.byUid(unitUid) === undefined) throw problem.notFound('unit')
  if (service !== null && services.byCode(service) === undefined) throw problem.notFound('service')
  const isWhole = unitUid === null && service === null
  const ofWave = selectedUnits(registry, wave, { unitUid, kinds: [] })
  const part = { services: service === null ? null : [service], period: ALWAYS }
  if (!covers(scope, { ...part, unitUids: unitUid === null ? null : [unitUid, ...ofWave] }))
    throw problem.outsideScope('unit')
  return { ...part, unitUids: isWhole ? null : ofWave }
}

interface Selected extends Omit<WaveAnalysisQuery, 'waveId'> {
  readonly wave: Wave
  readonly questionnaire: PublishedQuestionnaire
  readonly plan: AnalysisPlan
  readonly frame: ReadFrame
  readonly part: Part
}

async function analyse(needs: WaveAnalysisNeeds, scope: Scope, selected: Selected): Promise<WaveAnalysis> {
  const { wave, questionnaire, plan, frame, unitUid, service, part } = selected
  const { registry, responses } = needs
  const rules = STANDARD_QUALITY_RULES
  const { medianSeconds, showable } = frame
  const place = [unitUid ?? registry.cityUid, service ?? ALL_SERVICES] as const
  const hiddenSensitive = [...showable].filter(([, isShowable]) => !isShowable(...place)).map(([item]) => item)
  const judge = caseJudge(plan, { rules, medianSeconds, isUnitValid: validityOf(registry) })
  const sums = createAnalysisSums(plan, rules)
  const isWhole = unitUid === null && service === null
  for await (const response of responses.streamWave(scope, wave.id, part))
    if (belongsTo(wave, response)) sums.add(judge(response))
  return {
    wave,
    questionnaire,
    selection: { unitUid, service, unitName: registry.nameOf(unitUid ?? registry.cityUid, wave.referenceOn) },
    method: ANALYSIS_METHOD,
    rules,
    medianSeconds,
    plan,
    tables: analysisTables(plan, sums.result(), {
      policy: DISCLOSURE_POLICIES.internal,
      rules,
      isWhole,
      sampling: isWhole ? (wave.sampling ?? null) : null,
      hiddenSensitive: new Set(hiddenSensitive),
    }),
  }
}
