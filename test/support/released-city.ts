import { type AnalysisPlan, planOf } from '../../server/domain/analysis/analysis-plan.js'
import { caseJudge } from '../../server/domain/analysis/judge-case.js'
import type { PublishedQuestionnaire } from '../../server/domain/questionnaire/definition.js'
import { computeRelease, releaseGroups, serviceGroups } from '../../server/domain/release/compute-release.js'
import { changedRecords, countRecords, type RecordCounts, recordMaker } from '../../server/domain/release/records.js'
import { snapshotOf } from '../../server/domain/release/registry-snapshot.js'
import { withheldTables } from '../../server/domain/release/release-guard.js'
import type { EarlierWave } from '../../server/domain/release/trend.js'
import type { IndexReport } from '../../server/domain/report/index-report.js'
import { releaseGuard } from '../../server/domain/report/protect-release.js'
import type { ReportGroup } from '../../server/domain/report/report-group.js'
import { STANDARD_QUALITY_RULES } from '../../server/domain/statistics/instruments/quality-rules.js'
import { finish } from '../../server/domain/steps.js'
import type { NewResponse } from '../../server/domain/survey/response.js'
import type { Wave } from '../../server/domain/survey/wave.js'
import { toPublished } from '../../server/features/questionnaires/index.js'
import { freezeRecords, RECORDS_FILE } from '../../server/features/releases/freeze-records.js'
import { type FrozenAnalysis, planOfFrozen } from '../../server/features/releases/frozen-analysis.js'
import { makeContents, type ReleaseFacts } from '../../server/features/releases/make-contents.js'
import { unitsOfFile } from '../../server/features/releases/record-lines.js'
import { analysisQuestionnaire, analysisRoles, COMMENT_CODES } from './analysis-city.js'
import { wave } from './builders.js'
import { type Case, PARENTS, UNITS } from './guarded-city.js'
import { treeRegistry } from './report-data.js'
import { tinyQuestionnaire } from './tiny-questionnaire.js'

export const RELEASED_QUESTIONNAIRE = toPublished(tinyQuestionnaire())
export const RELEASED_WAVE = wave({ unitUids: [...UNITS], questionnaireHash: RELEASED_QUESTIONNAIRE.hash })
export const RELEASED_PLAN: AnalysisPlan = planOf(RELEASED_QUESTIONNAIRE.questionnaire, null)
const SERVICES = ['s1', 's2'].map((code) => ({ code, name: { vi: `Dịch vụ ${code}`, en: `Service ${code}` } }))

/** What is released: a wave, what it was asked with and what its items are for. */
interface ReleasedSurvey {
  readonly wave: Wave
  readonly questionnaire: PublishedQuestionnaire
  readonly analysis: FrozenAnalysis
}

/** Criteria alone. */
export const TINY: ReleasedSurvey = {
  wave: RELEASED_WAVE,
  questionnaire: RELEASED_QUESTIONNAIRE,
  analysis: { roles: null, topics: [], medianSeconds: null },
}
const analysed = toPublished(analysisQuestionnaire())

/** A survey with groups, wishes, negatives and comments, of three wards. */
export const ANALYSED: ReleasedSurvey = {
  wave: wave({ unitUids: ['w1', 'w2', 'w9'], questionnaireHash: analysed.hash }),
  questionnaire: analysed,
  analysis: { roles: analysisRoles, topics: COMMENT_CODES, medianSeconds: 300 },
}

/** The records of cases, in order. */
export const linesOf = (cases: readonly Pick<Case, 'unitUid' | 'service' | 'answers'>[]): readonly string[] => {
  const lineOf = recordMaker(RELEASED_PLAN)
  return cases.map((one) => lineOf({ ...one, disposition: 'complete', flags: [], comment: null })).toSorted()
}

/** The records of whole responses of `ANALYSED`, in order. */
export function analysedLines(responses: readonly NewResponse[]): readonly string[] {
  const plan = planOfFrozen(analysed.questionnaire, ANALYSED.analysis)
  const quality = { rules: STANDARD_QUALITY_RULES, medianSeconds: ANALYSED.analysis.medianSeconds }
  const judge = caseJudge(plan, { ...quality, isUnitValid: () => true })
  const lineOf = recordMaker(plan)
  return responses.map((one) => lineOf({ ...one, ...judge(one) })).toSorted()
}

/** A release of some cases, as computed. */
export interface TestRelease {
  readonly lines: readonly string[]
  readonly reports: readonly IndexReport[]
}

/** Releases cases after earlier releases of the same wave. */
export const releaseCases = (cases: readonly Case[], earlier: readonly TestRelease[] = []) =>
  releaseLines(TINY, linesOf(cases), earlier)

/** Releases records after earlier releases of the same wave. */
export function releaseLines(
  survey: ReleasedSurvey,
  lines: readonly string[],
  earlier: readonly TestRelease[] = [],
  waves: readonly EarlierWave[] = [],
) {
  const { wave: released, questionnaire, analysis } = survey
  const plan = planOfFrozen(questionnaire.questionnaire, analysis)
  const registry = snapshotOf(treeRegistry({ ...PARENTS, city: undefined as never }), released, SERVICES)
  const place = { wave: released, registry }
  const countsOf = (some: readonly string[]) => {
    const counted = countRecords(plan, some)
    if ('fault' in counted) throw new Error(JSON.stringify(counted.fault))
    return counted.counts
  }
  const counts = countsOf(lines)
  const before = earlier.map((one) => ({ ...one, changed: countsOf(changedRecords(one.lines, lines)) }))
  const guardBy = (breakdown: 'unit' | 'service', groupsOf: (of: RecordCounts) => readonly ReportGroup[]) =>
    releaseGuard(
      groupsOf(counts),
      questionnaire,
      before.map(({ reports, changed }) => ({
        reports: reports.filter((report) => report.breakdown === breakdown),
        changed: groupsOf(changed),
      })),
    )
  const guard = {
    units: guardBy('unit', (of) => releaseGroups(place, of)),
    services: guardBy('service', (of) => serviceGroups(place, of)),
    tables: { withheld: withheldTables(before.map(({ changed }) => changed.analysis)), hiddenSensitive: [] },
  }
  const inputs = { ...place, questionnaire, guard, earlier: waves }
  const figures = finish(computeRelease({ ...inputs, plan, counts }))
  return { ...inputs, ...figures, analysis, plan, lines }
}

const SALT = '5a17'.repeat(16)

/** The files of a release, made as the platform makes them, and its manifest. */
export async function contentsOf(city: ReturnType<typeof releaseLines>, facts: ReleaseFacts) {
  const written: Buffer[] = []
  const releases = {
    async writeFile(_id: string, _name: string, chunks: Iterable<Uint8Array> | AsyncIterable<Uint8Array>) {
      for await (const chunk of chunks) written.push(Buffer.from(chunk))
    },
  }
  const units = unitsOfFile([Buffer.from(['the head', ...city.lines, ''].join('\n'))])
  const records = await freezeRecords(releases, facts.release, units, { plan: city.plan, salt: SALT })
  const { manifest, files } = await makeContents({ ...city, records }, SALT, facts)
  return { manifest, files: new Map<string, Buffer>([...files, [RECORDS_FILE, Buffer.concat(written)]]) }
}
