import type { ReaderClass } from '../../server/domain/disclosure/policy.js'
import type { AggregationRule } from '../../server/domain/index/aggregate.js'
import { type CountedResponse, tallyOf } from '../../server/domain/index/tally-responses.js'
import type { Answers } from '../../server/domain/questionnaire/definition.js'
import { buildIndexReport, type IndexReport } from '../../server/domain/report/index-report.js'
import { type CountedPart, unitGroups } from '../../server/domain/report/report-group.js'
import type { Unit, UnitRegistry } from '../../server/domain/units/unit.js'
import { wave } from './builders.js'
import { tinyQuestionnaire } from './tiny-questionnaire.js'

/** A registry of parent links: `{ w1: 'district', district: 'city' }`; what begins with w is a ward, all else a district. */
export function treeRegistry(
  parents: Readonly<Record<string, string>>,
): Pick<UnitRegistry, 'cityUid' | 'byUid' | 'nameOf' | 'parentOf' | 'subtreeOf' | 'predecessorsOf' | 'validOn'> {
  const unitOf = (uid: string) => ({ uid, kind: uid.startsWith('w') ? 'phuong' : 'quan' }) as Unit
  return {
    cityUid: 'city',
    byUid: (uid) => (uid in parents ? unitOf(uid) : undefined),
    nameOf: (uid) => ({ vi: `Tên ${uid}`, en: `Name ${uid}` }),
    parentOf: (uid) => (parents[uid] === undefined ? undefined : unitOf(parents[uid])),
    predecessorsOf: () => [],
    validOn: () => Object.keys(parents).map(unitOf),
    subtreeOf: (uid) => [uid, ...Object.keys(parents).filter((child) => parents[child] === uid)].map(unitOf),
  }
}

/** Complete responses: `n` with every item of the tiny questionnaire answered, the first `satisfied` of them 5, the rest 2. */
export function responses(n: number, satisfied: number, overrides: Answers = {}): readonly CountedResponse[] {
  return Array.from({ length: n }, (_, i) => {
    const answer = i < satisfied ? 5 : 2
    const answers = { C1: answer, C2: answer, C3: answer, C4: answer, C5: answer, G1: answer, ...overrides }
    return { answers, disposition: 'complete' as const }
  })
}

/** A unit's responses to the tiny questionnaire, counted. */
export function part(key: string, counted: readonly CountedResponse[]): CountedPart {
  return { key, tally: tallyOf(tinyQuestionnaire(), counted) }
}

/** The report by unit of such parts. */
export function unitReport(
  parts: readonly CountedPart[],
  parents: Readonly<Record<string, string>>,
  rule: AggregationRule = 'mean_of_children',
  reader: ReaderClass = 'internal',
): IndexReport {
  return buildIndexReport({
    wave: wave(),
    questionnaire: { hash: 'abc', questionnaire: tinyQuestionnaire() },
    rule,
    breakdown: 'unit',
    reader,
    selection: { unitUid: null, kinds: [], service: null, period: { from: null, to: null } },
    groups: unitGroups(parts, treeRegistry(parents), '2026-01-01', 'city', {
      service: null,
      period: { from: null, to: null },
    }),
  })
}
