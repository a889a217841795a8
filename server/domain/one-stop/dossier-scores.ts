/** Ratings of one-stop dossiers under Nghị định 61/2018/NĐ-CP, dossier by dossier, and the points of agencies that follow from them. */
import { computeMethod } from '../method/compute-method.js'
import type { Method, MethodClass } from '../method/method.js'
import type { MethodFigure } from '../method/method-result.js'
import type { IsoDay, Localized } from '../survey/vocabulary.js'

/** Who rated: the agency itself, or whoever verifies its ratings. */
export const SCORERS = ['self', 'verified'] as const
export type Scorer = (typeof SCORERS)[number]

/** One rating of one dossier. */
export interface DossierScore {
  readonly dossier: string
  readonly unitUid: string
  readonly day: IsoDay
  readonly by: Scorer
  /** By criterion; `null` where it was not rated, which is not 0. */
  readonly points: Readonly<Record<string, number | null>>
}

/** A number by who rated; `null` where nobody did, or no total follows. */
export type ByScorer = Readonly<Record<Scorer, number | null>>

/** A criterion of an agency: points a dossier, unrounded. */
export interface CriterionPoints {
  readonly code: string
  readonly name: Localized
  /** Most that a dossier can get. */
  readonly standard: number
  readonly points: ByScorer
}

/** What an agency comes to. */
export interface AgencyPoints {
  readonly unitUid: string
  readonly dossierCounts: Readonly<Record<Scorer, number>>
  readonly criteria: readonly CriterionPoints[]
  /** Only when all criteria were rated. */
  readonly totals: ByScorer
  /** Of the verified total; `null` without one. */
  readonly class: MethodClass | null
  /** Place by the verified total, 1 for the best; equal totals share a place. */
  readonly rank: number | null
}

/** Criteria of a method that rates dossiers. */
export const criteriaOf = ({ index }: Method) => index.criteria ?? []

/** Points that a dossier may get for a criterion. */
export const pointsOf = ({ points }: Method): readonly number[] => Object.values(points ?? {})

const standardOf = (method: Method) => Math.max(...pointsOf(method))

/** Sums of means differ in their last digits by the order of the dossiers. */
const SAME = 1e-9

/**
 * Points of agencies from ratings of dossiers, by the method's own engine; agencies in the order of their uids.
 *
 * @throws {RangeError} on points that the method has no code for
 */
export function scoreAgencies(method: Method, scores: readonly DossierScore[]): readonly AgencyPoints[] {
  const uids = [...new Set(scores.map(({ unitUid }) => unitUid))].sort()
  const agencies = uids.map((unitUid) => agencyOf(method, unitUid, scores))
  const totals = agencies.flatMap(({ totals: { verified } }) => (verified === null ? [] : [verified]))
  return agencies.map((agency) => ({ ...agency, rank: rankAmong(agency.totals.verified, totals) }))
}

function agencyOf(method: Method, unitUid: string, scores: readonly DossierScore[]): AgencyPoints {
  const own = (by: Scorer) => scores.filter((one) => one.unitUid === unitUid && one.by === by)
  const [self, verified] = [figureOf(method, own('self')), figureOf(method, own('verified'))]
  return {
    unitUid,
    dossierCounts: { self: own('self').length, verified: own('verified').length },
    criteria: criteriaOf(method).map(({ code, name }) => ({
      code,
      name,
      standard: standardOf(method),
      points: { self: partValue(self, code), verified: partValue(verified, code) },
    })),
    totals: { self: self.value, verified: verified.value },
    class: verified.class,
    rank: null,
  }
}

/** The index of some ratings together. */
function figureOf(method: Method, scores: readonly DossierScore[]): MethodFigure {
  const items = Object.fromEntries(criteriaOf(method).map(({ code }) => [code, { codes: countsOf(code, scores) }]))
  const outcome = computeMethod(method, { questionnaire: null, units: [{ unit: 'all', block: 'all', items }] })
  if (outcome.kind !== 'computed') throw new RangeError(`The method ${method.id} needs a questionnaire`)
  return outcome.units[0]!.index
}

function countsOf(code: string, scores: readonly DossierScore[]): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {}
  for (const { points } of scores) {
    const given = points[code] ?? null
    if (given !== null) counts[given] = (counts[given] ?? 0) + 1
  }
  return counts
}

const partValue = ({ parts }: MethodFigure, code: string) => parts.find((part) => part.code === code)?.value ?? null

/** One more than those that are better. */
const rankAmong = (total: number | null, all: readonly number[]): number | null =>
  total === null ? null : 1 + all.filter((other) => other > total + SAME).length
