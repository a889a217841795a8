import { covers, type Scope } from '../../domain/access/scope.js'
import { fitOf, type Method } from '../../domain/method/method.js'
import type { MethodReport } from '../../domain/method-report/method-report.js'
import type { PublishedQuestionnaire } from '../../domain/questionnaire/definition.js'
import type { Wave } from '../../domain/survey/wave.js'
import { keepForAWhile } from '../../platform/keep-for-a-while.js'
import { problem } from '../../platform/problem.js'
import { computeReport } from './compute-report.js'
import { byVersion, findMethod, nameOfMethod } from './find-method.js'
import type { MethodReportNeeds } from './needs.js'

/** A method and whether a wave's questionnaire asks what it needs. */
export interface MethodChoice {
  readonly method: Method
  /** As addresses and commands name it. */
  readonly name: string
  readonly isFit: boolean
}

/** The methods of a wave. */
export interface WaveMethods {
  readonly wave: Wave
  readonly questionnaire: { readonly id: string; readonly version: string }
  readonly methods: readonly MethodChoice[]
}

/** What somebody wants to see of which method. */
export interface MethodReportQuery {
  readonly waveId: string
  /** `sipas-2017`, or with its version `sipas-2017@2026.1`. */
  readonly methodName: string
  /** Only this unit and those below it; `null`: all. Chosen after protection, so that no choice shows more than all do. */
  readonly unitUid: string | null
}

/** Reports by methods. */
export interface MethodReports {
  /** @throws {Problem} 404 when the wave is unknown */
  listMethods(waveId: string): Promise<WaveMethods>
  /**
   * Computed from the raw responses, or kept from before (`keepForAWhile`).
   *
   * @throws {Problem} 404 when wave, method or unit is unknown or outside the scope, or the method does not fit the questionnaire
   */
  getMethodReport(scope: Scope, query: MethodReportQuery): Promise<MethodReport>
}

const ALWAYS = { from: null, to: null }
const KEPT_REPORTS = 24
/** Made from the raw responses: costly at any size. */
const ALWAYS_REUSED = { costlyMs: 0, longestMs: Number.POSITIVE_INFINITY }

/** Binds the use cases to where things are kept. */
export function createMethodReports(needs: MethodReportNeeds): MethodReports {
  const { methods, registry } = needs
  const keep = keepForAWhile<MethodReport | undefined>(KEPT_REPORTS, ALWAYS_REUSED, () => needs.now().getTime())
  return {
    async listMethods(waveId) {
      const { wave, published } = await readWave(needs, waveId)
      return { wave, questionnaire: published.questionnaire, methods: choicesOf(methods, published) }
    },
    async getMethodReport(scope, { waveId, methodName, unitUid }) {
      const { wave, published } = await readWave(needs, waveId)
      const method = findMethod(methods, methodName)
      if (method === undefined) throw problem.notFound('method')
      if (unitUid !== null && registry.byUid(unitUid) === undefined) throw problem.notFound('unit')
      const chosen = unitUid === null ? null : unitsBelow(registry, unitUid, wave)
      if (!covers(scope, { unitUids: chosen, services: null, period: ALWAYS })) throw problem.outsideScope('unit')
      if (fitOf(method, published.questionnaire) === undefined) throw unfit(method, published, methods)
      const report = await keep(`${wave.id} ${method.id} ${method.version}`, async () => ({
        state: await needs.tallies.stateOf(wave.id),
        make: () => computeReport(needs, wave, published, method),
      }))
      if (report === undefined) throw unfit(method, published, methods)
      return chosen === null ? report : narrowed(report, chosen)
    },
  }
}

async function readWave({ waves, questionnaires }: MethodReportNeeds, waveId: string) {
  const wave = await waves.byId(waveId)
  if (wave === undefined) throw problem.notFound('wave')
  const published = await questionnaires.byHash(wave.questionnaireHash)
  if (published === undefined) throw new Error(`Wave ${wave.id} names a questionnaire that is not published`)
  return { wave, published }
}

function choicesOf(methods: readonly Method[], { questionnaire }: PublishedQuestionnaire): readonly MethodChoice[] {
  return methods
    .map((method) => ({
      method,
      name: nameOfMethod(method, methods),
      isFit: fitOf(method, questionnaire) !== undefined,
    }))
    .sort((a, b) => (a.method.id < b.method.id ? -1 : a.method.id > b.method.id ? 1 : byVersion(a.method, b.method)))
}

function unfit(method: Method, published: PublishedQuestionnaire, methods: readonly Method[]) {
  const { id, version } = published.questionnaire
  return problem.methodUnfit({
    questionnaire: `${id} ${version}`,
    fits: method.fits.flatMap((fit) => fit.versions.map((one) => `${fit.questionnaire} ${one}`)),
    fittingMethods: choicesOf(methods, published).flatMap(({ name, isFit }) => (isFit ? [name] : [])),
  })
}

const unitsBelow = (registry: MethodReportNeeds['registry'], unitUid: string, { referenceOn }: Wave) => [
  ...new Set([unitUid, ...registry.subtreeOf(unitUid, referenceOn).map(({ uid }) => uid)]),
]

function narrowed(report: MethodReport, unitUids: readonly string[]): MethodReport {
  const chosen = new Set(unitUids)
  return { ...report, groups: report.groups.filter((group) => chosen.has(group.unitUid)) }
}
