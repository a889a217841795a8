import { randomBytes } from 'node:crypto'
import { type Part, type Scope, wholeCity } from '../../domain/access/scope.js'
import type { AnalysisPlan } from '../../domain/analysis/analysis-plan.js'
import type { AnalysisSums } from '../../domain/analysis/analysis-sums.js'
import type { Tally } from '../../domain/index/tally.js'
import { EMPTY_TALLY } from '../../domain/index/tally.js'
import { canonicalJson } from '../../domain/questionnaire/canonical.js'
import type { PublishedQuestionnaire } from '../../domain/questionnaire/definition.js'
import { computeRelease, releaseGroups, serviceGroups } from '../../domain/release/compute-release.js'
import { type RecordCounts, recordMaker } from '../../domain/release/records.js'
import { type RegistrySnapshot, snapshotOf } from '../../domain/release/registry-snapshot.js'
import { releaseIdOf } from '../../domain/release/release.js'
import { type BundleGuard, withheldTables } from '../../domain/release/release-guard.js'
import type { EarlierWave } from '../../domain/release/trend.js'
import type { IndexReport } from '../../domain/report/index-report.js'
import { type EarlierRelease, releaseGuard } from '../../domain/report/protect-release.js'
import { cityDay } from '../../domain/survey/day.js'
import type { NewResponse } from '../../domain/survey/response.js'
import type { IsoDay, Localized } from '../../domain/survey/vocabulary.js'
import type { Wave } from '../../domain/survey/wave.js'
import type { ServiceCatalogue } from '../../domain/units/service.js'
import type { UnitRegistry } from '../../domain/units/unit.js'
import { takeTurns } from '../../platform/take-turns.js'
import type { RecordEvent } from '../audit/index.js'
import type { WaveJudge } from '../wave-analysis/index.js'
import { sha256 } from './digests.js'
import { countsOfChanged, freezeRecords, RECORDS_FILE } from './freeze-records.js'
import { makeContents } from './make-contents.js'
import { linesByUnit } from './record-lines.js'
import { openAmong, type ReleaseRecord, type ReleaseRepository } from './release.repository.js'

/** What drafting reads. */
export interface DraftNeeds {
  readonly releases: ReleaseRepository
  readonly waves: { byId(id: string): Promise<Wave | undefined> }
  readonly questionnaires: { byHash(hash: string): Promise<PublishedQuestionnaire | undefined> }
  readonly responses: { streamWave(scope: Scope, waveId: string, part: Part): AsyncIterable<NewResponse> }
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
  readonly registry: Pick<UnitRegistry, 'byUid' | 'cityUid' | 'nameOf' | 'parentOf'>
  readonly services: Pick<ServiceCatalogue, 'all'>
  /** How the cases of a wave are judged. */
  readonly judgeWave: (wave: Wave, questionnaire: PublishedQuestionnaire) => Promise<WaveJudge>
  /** The waves of the same respondents and mode before it, by their latest releases. */
  readonly earlierWaves: (wave: Wave) => Promise<readonly EarlierWave[]>
  /** Responses of a wave that two persons took out of its figures. */
  readonly voidedCount: (waveId: string) => Promise<number>
  readonly recordEvent: RecordEvent
  readonly code: string
  readonly now: () => Date
}

export type DraftOutcome =
  /** `work` ends when the contents are kept, or the draft has failed; it never rejects. */
  | { readonly kind: 'begun'; readonly id: string; readonly work: Promise<void> }
  | { readonly kind: 'unknown_wave' }
  | { readonly kind: 'still_collecting'; readonly closesOn: IsoDay }
  | { readonly kind: 'reason_missing' }
  | { readonly kind: 'open_already'; readonly id: string }

/** Why a draft could not be computed; told on the desk. */
export type DraftFailure = 'tallies_differ' | 'unexpected'

/** Says on whose behalf and what for. */
export interface DraftRequest {
  readonly waveId: string
  readonly reason: Localized
  readonly login: string
}

const SCOPE = wholeCity('a release is about the whole wave')
const ALL_DAYS = { services: null, period: { from: null, to: null } } as const
const SALT_BYTES = 32

/** Begins a release of a wave whose field time is over: takes its number, then freezes and computes everything. */
export function makeDraftRelease(needs: DraftNeeds, report: (error: unknown) => void) {
  return async ({ waveId, reason, login }: DraftRequest): Promise<DraftOutcome> => {
    const wave = await needs.waves.byId(waveId)
    if (wave === undefined) return { kind: 'unknown_wave' }
    if (wave.closesOn > cityDay(needs.now())) return { kind: 'still_collecting', closesOn: wave.closesOn }
    if (reason.vi.trim() === '' || reason.en.trim() === '') return { kind: 'reason_missing' }
    const before = await needs.releases.ofWave(waveId)
    const open = openAmong(before)
    if (open !== undefined) return { kind: 'open_already', id: open.id }
    const number = 1 + Math.max(0, ...before.map((one) => one.number))
    const id = releaseIdOf(waveId, number)
    const draft = { id, waveId, number, reason, draftedBy: login, draftedAt: needs.now() }
    if ((await needs.releases.insert(draft)) === 'taken') return { kind: 'open_already', id }
    const published = before.filter(({ state }) => state === 'published')
    const note = { kind: 'release_drafted', actor: { type: 'account', name: login }, subject: id, details: {} } as const
    const work = needs
      .recordEvent(note)
      .then(() => freeze(needs, draft, wave, published))
      .catch((error) => fail(needs, id, error, report))
    return { kind: 'begun', id, work }
  }
}

class TalliesDiffer extends Error {}

async function fail({ releases }: DraftNeeds, id: string, error: unknown, report: (error: unknown) => void) {
  report(error)
  const failure: DraftFailure = error instanceof TalliesDiffer ? 'tallies_differ' : 'unexpected'
  try {
    await releases.take(id, { from: ['drafting'], to: 'failed', facts: { failure } })
    await releases.removeFiles(id)
  } catch (again) {
    // The database is away: the desk lets somebody discard what stays in drafting.
    report(again)
  }
}

/** Everything of a release, from one reading of the responses. */
async function freeze(
  needs: DraftNeeds,
  draft: Pick<ReleaseRecord, 'id' | 'waveId' | 'number' | 'reason' | 'draftedAt'>,
  wave: Wave,
  published: readonly ReleaseRecord[],
): Promise<void> {
  const questionnaire = await needs.questionnaires.byHash(wave.questionnaireHash)
  if (questionnaire === undefined) throw new Error(`Wave ${wave.id} names a questionnaire that is not published`)
  const registry = snapshotOf(needs.registry, wave, needs.services.all())
  const { plan, judge, hiddenSensitive, ...frozen } = await needs.judgeWave(wave, questionnaire)
  const lineOf = recordMaker(plan)
  const salt = randomBytes(SALT_BYTES).toString('hex')
  const responsesOf = (uid: string) => needs.responses.streamWave(SCOPE, wave.id, { ...ALL_DAYS, unitUids: [uid] })
  const units = linesByUnit(responsesOf, wave, (one) => lineOf({ ...one, ...judge(one) }))
  const { counts, ...records } = await freezeRecords(needs.releases, draft.id, units, { plan, salt })
  await checkTallies(needs, wave, counts.units)
  const place = { wave, registry, questionnaire, plan }
  const guard = await guardOf(needs.releases, draft.id, { ...place, counts, published, hiddenSensitive })
  const earlier = await needs.earlierWaves(wave)
  const figures = await takeTurns(computeRelease({ ...place, counts, guard, earlier }))
  const latest = published[0]
  const release = { ...figures, wave, questionnaire, registry, guard, earlier, records, analysis: frozen }
  const { manifest, files } = await makeContents(release, salt, {
    release: draft.id,
    wave: wave.id,
    number: draft.number,
    corrects: latest === undefined ? null : { release: latest.id, manifestSha256: sha256(latest.manifest ?? '') },
    reason: draft.reason,
    code: needs.code,
    draftedAt: draft.draftedAt.toISOString(),
    simulated: wave.isSimulated,
    responses: { ...countsOf(counts.units), voided: await needs.voidedCount(wave.id) },
  })
  for (const [name, bytes] of files) await needs.releases.writeFile(draft.id, name, [bytes])
  const isKept = await needs.releases.take(draft.id, { from: ['drafting'], to: 'drafted', facts: { manifest } })
  // Somebody gave it up meanwhile.
  if (!isKept) await needs.releases.removeFiles(draft.id)
}

function countsOf(tallies: ReadonlyMap<string, Tally>) {
  const sum = (value: (tally: Tally) => number) => [...tallies.values()].reduce((all, one) => all + value(one), 0)
  return { received: sum(({ received }) => received), complete: sum(({ responses }) => responses) }
}

/** What ratings say in a tally, whatever else it counts. */
const ratingsOf = (tally: Tally, codes: ReadonlySet<string>) => {
  const items = Object.fromEntries(Object.entries(tally.items).filter(([code]) => codes.has(code)))
  return canonicalJson({ ...tally, items })
}

/** Two ways to the same counts: where they part, one is wrong, and nothing is released. */
async function checkTallies(needs: DraftNeeds, wave: Wave, tallies: ReadonlyMap<string, Tally>): Promise<void> {
  const query = { wave, unitUids: wave.unitUids, service: null, period: { from: null, to: null }, by: 'unit' } as const
  const live = new Map((await needs.tallies.read(SCOPE, query)).map(({ key, tally }) => [key, tally]))
  for (const uid of wave.unitUids) {
    const own = tallies.get(uid) ?? EMPTY_TALLY
    const other = live.get(uid) ?? EMPTY_TALLY
    const codes = new Set(Object.keys(own.items))
    if (ratingsOf(own, codes) !== ratingsOf(other, codes))
      throw new TalliesDiffer(`The records of ${uid} are not what the tallies of ${wave.id} count; run the recount`)
  }
}

interface GuardInput {
  readonly wave: Wave
  readonly registry: RegistrySnapshot
  readonly questionnaire: PublishedQuestionnaire
  readonly plan: AnalysisPlan
  readonly counts: RecordCounts
  readonly published: readonly ReleaseRecord[]
  readonly hiddenSensitive: readonly string[]
}

/** What earlier releases of the wave, and what readers inside see, hide in this one. */
async function guardOf(releases: ReleaseRepository, id: string, input: GuardInput): Promise<BundleGuard> {
  const { questionnaire, plan, counts, published, hiddenSensitive } = input
  const units: EarlierRelease[] = []
  const services: EarlierRelease[] = []
  const analysis: AnalysisSums[] = []
  // One after the other: each is two tables side by side.
  for (const { id: earlier } of published) {
    const text = await releases.readFile(earlier, 'reports.json')
    const reports = JSON.parse(text.toString()) as readonly IndexReport[]
    const [before, after] = [earlier, id].map((one) => () => releases.streamFile(one, RECORDS_FILE))
    const changed = await countsOfChanged(plan, before!, after!)
    const by = (breakdown: IndexReport['breakdown']) => reports.filter((one) => one.breakdown === breakdown)
    units.push({ reports: by('unit'), changed: releaseGroups(input, changed.counts) })
    // The first layout had neither services nor tables: nothing was shown that could be held against them.
    if (!changed.isWhole) continue
    services.push({ reports: by('service'), changed: serviceGroups(input, changed.counts) })
    analysis.push(changed.counts.analysis)
  }
  return {
    units: releaseGuard(releaseGroups(input, counts), questionnaire, units),
    services: releaseGuard(serviceGroups(input, counts), questionnaire, services),
    tables: { withheld: withheldTables(analysis), hiddenSensitive },
  }
}
