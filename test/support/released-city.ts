import { computeRelease, releaseGroups } from '../../server/domain/release/compute-release.js'
import { changedRecords, countRecords, recordMaker } from '../../server/domain/release/records.js'
import { snapshotOf } from '../../server/domain/release/registry-snapshot.js'
import type { IndexReport } from '../../server/domain/report/index-report.js'
import { releaseGuard } from '../../server/domain/report/protect-release.js'
import { finish } from '../../server/domain/steps.js'
import { toPublished } from '../../server/features/questionnaires/index.js'
import { freezeRecords, RECORDS_FILE } from '../../server/features/releases/freeze-records.js'
import { makeContents, type ReleaseFacts } from '../../server/features/releases/make-contents.js'
import { unitsOfFile } from '../../server/features/releases/record-lines.js'
import { wave } from './builders.js'
import { type Case, PARENTS, UNITS } from './guarded-city.js'
import { treeRegistry } from './report-data.js'
import { tinyQuestionnaire } from './tiny-questionnaire.js'

export const RELEASED_QUESTIONNAIRE = toPublished(tinyQuestionnaire())
export const RELEASED_WAVE = wave({ unitUids: [...UNITS], questionnaireHash: RELEASED_QUESTIONNAIRE.hash })
const registry = snapshotOf(treeRegistry({ ...PARENTS, city: undefined as never }), RELEASED_WAVE)

/** The records of cases, in order. */
export const linesOf = (cases: readonly Pick<Case, 'unitUid' | 'answers'>[]): readonly string[] => {
  const lineOf = recordMaker(RELEASED_QUESTIONNAIRE.questionnaire)
  return cases.map(({ unitUid, answers }) => lineOf({ unitUid, answers, disposition: 'complete' })).toSorted()
}

/** A release of some cases, as computed. */
export interface TestRelease {
  readonly lines: readonly string[]
  readonly reports: readonly IndexReport[]
}

function talliesOf(lines: readonly string[]) {
  const counted = countRecords(RELEASED_QUESTIONNAIRE.questionnaire, lines)
  if ('fault' in counted) throw new Error(JSON.stringify(counted.fault))
  return counted.tallies
}

const groupsOf = (lines: readonly string[]) =>
  releaseGroups({ wave: RELEASED_WAVE, registry, tallies: talliesOf(lines) })

/** Releases cases after earlier releases of the same wave. */
export function releaseCases(cases: readonly Case[], earlier: readonly TestRelease[] = []) {
  const lines = linesOf(cases)
  const before = earlier.map((one) => ({
    reports: one.reports,
    changed: groupsOf(changedRecords(one.lines, lines)),
  }))
  const guard = releaseGuard(groupsOf(lines), RELEASED_QUESTIONNAIRE, before)
  const inputs = { wave: RELEASED_WAVE, questionnaire: RELEASED_QUESTIONNAIRE, registry, guard }
  const reports = finish(computeRelease({ ...inputs, tallies: talliesOf(lines) }))
  return { ...inputs, lines, reports }
}

const SALT = '5a17'.repeat(16)

/** The files of a release, made as the platform makes them, and its manifest. */
export async function contentsOf(city: ReturnType<typeof releaseCases>, facts: ReleaseFacts) {
  const written: Buffer[] = []
  const releases = {
    async writeFile(_id: string, _name: string, chunks: Iterable<Uint8Array> | AsyncIterable<Uint8Array>) {
      for await (const chunk of chunks) written.push(Buffer.from(chunk))
    },
  }
  const { questionnaire } = RELEASED_QUESTIONNAIRE
  const units = unitsOfFile([Buffer.from(['the head', ...city.lines, ''].join('\n'))])
  const records = await freezeRecords(releases, facts.release, units, { questionnaire, salt: SALT })
  const { manifest, files } = await makeContents({ ...city, records }, SALT, facts)
  return { manifest, files: new Map<string, Buffer>([...files, [RECORDS_FILE, Buffer.concat(written)]]) }
}
