import { wholeCity } from '../../domain/access/scope.js'
import { fitOf, type Method } from '../../domain/method/method.js'
import { buildMethodReport } from '../../domain/method-report/build-method-report.js'
import { methodLines } from '../../domain/method-report/method-lines.js'
import { type MethodReport, VALIDITY } from '../../domain/method-report/method-report.js'
import type { PublishedQuestionnaire } from '../../domain/questionnaire/definition.js'
import { GENERATOR } from '../../domain/statistics/random/seeded-stream.js'
import type { Wave } from '../../domain/survey/wave.js'
import { collectCases } from './collect-cases.js'
import { type CollectedWave, computePooled, computeScored } from './compute-groups.js'
import type { MethodReportNeeds } from './needs.js'

/** Replicates of a published interval (methodology 2.3). */
const REPLICATES = 1000

/**
 * Computes a method for a wave from its raw responses, for readers inside the administration.
 *
 * Never in one go: the server answers others between units and between replicates.
 *
 * @returns `undefined` when the method does not fit the questionnaire
 */
export async function computeReport(
  { responses, registry }: Pick<MethodReportNeeds, 'responses' | 'registry'>,
  wave: Wave,
  { hash, questionnaire }: PublishedQuestionnaire,
  method: Method,
): Promise<MethodReport | undefined> {
  const fit = fitOf(method, questionnaire)
  if (fit === undefined) return undefined
  const items = [...new Set(Object.values(fit.items))]
  const all = await collectCases(
    responses.streamWave(wholeCity('replicates and what is hidden follow from the whole wave'), wave.id),
    wave,
    items,
  )
  const units = new Map([...all].filter(([uid]) => wave.unitUids.includes(uid)))
  const collected: CollectedWave = { wave, questionnaire, method, units, registry }
  const isScored = method.interval.kind === 'bootstrap'
  const bootstrap = { replicates: REPLICATES, seed: `${wave.id} ${method.id} ${method.version}` }
  const groups = isScored ? await computeScored(collected, bootstrap) : await computePooled(collected)
  const counted = [...units.values()]
  const scored = new Set(groups.map(({ unitUid }) => unitUid))
  const facts = {
    wave,
    questionnaire: { id: questionnaire.id, version: questionnaire.version, hash },
    method,
    validity: VALIDITY,
    bootstrap: isScored ? { ...bootstrap, generator: GENERATOR } : null,
    receivedCount: counted.reduce((sum, unit) => sum + unit.receivedCount, 0),
    responseCount: counted.reduce((sum, unit) => sum + unit.cases.size, 0),
    lines: methodLines(method, fit),
    unscoredCount: wave.unitUids.filter((uid) => !scored.has(uid)).length,
  } as const
  return buildMethodReport(facts, groups, 'internal')
}
