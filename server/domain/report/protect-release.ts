/**
 * The figures of a release: for everybody, and for good. What was published cannot be taken back, so a correction is held
 * against every release of the wave before it, answer by answer and not by counts alone.
 */
import { DISCLOSURE_POLICIES } from '../disclosure/policy.js'
import type { PublishedQuestionnaire } from '../questionnaire/definition.js'
import type { Steps } from '../steps.js'
import { countedBlocks } from './counted-blocks.js'
import type { IndexReport, ReportBlock } from './index-report.js'
import { decideOnBlocks, publishBlocks } from './protect-blocks.js'
import { placeOf } from './raw-block.js'
import type { ReportGroup } from './report-group.js'
import type { LineEstimate } from './shown-figures.js'

const POLICY = DISCLOSURE_POLICIES.public

/** What follows from earlier releases for the figures of a new one; places in order of their characters. */
export interface ReleaseGuard {
  /** 1 to k - 1 people answered otherwise than in an earlier release, came in or went: hidden. */
  readonly differing: readonly string[]
  /** Nobody did, and the figure is published: it covers nothing and stays as it is. */
  readonly known: readonly string[]
  /** Hidden there for another's sake, with fewer than k people in between: stays hidden. */
  readonly held: readonly string[]
}

/** The guard of the first release of a wave. */
export const NO_GUARD: ReleaseGuard = { differing: [], known: [], held: [] }

/** An earlier release of the same wave. */
export interface EarlierRelease {
  /** Its reports under every rule. */
  readonly reports: readonly IndexReport[]
  /** Groups of the records that either release alone has. */
  readonly changed: readonly ReportGroup[]
}

/** Holds counted groups against the releases before. */
export function releaseGuard(
  groups: readonly ReportGroup[],
  questionnaire: PublishedQuestionnaire,
  earlier: readonly EarlierRelease[],
): ReleaseGuard {
  const { minRespondents } = POLICY
  const answered = [...peopleBehind(groups, questionnaire).keys()]
  const before = earlier.map(({ reports, changed }) => ({
    people: peopleBehind(changed, questionnaire),
    ...shownPlaces(reports),
  }))
  const placesWhere = (isMeant: (one: (typeof before)[number], between: number, place: string) => boolean) =>
    answered.filter((place) => before.some((one) => isMeant(one, one.people.get(place) ?? 0, place))).sort()
  return {
    differing: placesWhere((_one, between) => between > 0 && between < minRespondents),
    known: placesWhere(({ published }, between, place) => between === 0 && published.has(place)),
    held: placesWhere(({ held }, between, place) => between < minRespondents && held.has(place)),
  }
}

/** Decides on the figures of a release and shows what may be shown, under every rule at once. */
export function* protectRelease(
  groups: readonly ReportGroup[],
  questionnaire: PublishedQuestionnaire,
  { differing, known, held }: ReleaseGuard,
): Steps<readonly ReportBlock[]> {
  const counted = countedBlocks({ groups, questionnaire })
  const seen = new Set(known)
  const decisions = yield* decideOnBlocks(counted, {
    policy: POLICY,
    differing: new Set(differing),
    heldBack: new Set(held),
    known: seen,
    seen,
  })
  return publishBlocks(counted, decisions, POLICY)
}

/**
 * The same of the city by service, which stands beside the figures by unit: what those show of a whole is known here, what they hide stays
 * hidden here too, and can't be added up from the services.
 *
 * @param groups services, and what they add up to: the city, and units with services of their own
 * @param byUnit blocks as they are shown by unit, the city first
 * @returns the services alone: the others stand with the units
 */
export function* protectServices(
  groups: readonly ReportGroup[],
  questionnaire: PublishedQuestionnaire,
  { differing, known, held }: ReleaseGuard,
  byUnit: readonly ReportBlock[],
): Steps<readonly ReportBlock[]> {
  const counted = countedBlocks({ groups, questionnaire })
  const shown = new Map(byUnit.map((block) => [wholeOf(block), block]))
  const placesWhere = (isMeant: (estimate: LineEstimate) => boolean) =>
    counted.flatMap((block) => {
      const cells = block.group.scope === 'service' ? [] : shown.get(wholeOf(block))!.cells
      return cells.flatMap(({ estimate }, i) => {
        const { line, rule } = block.cells[i]!
        return isMeant(estimate) ? [placeOf(block.group.key, line, rule)] : []
      })
    })
  const seen = new Set([...known, ...placesWhere(isOpen)])
  const decisions = yield* decideOnBlocks(counted, {
    policy: POLICY,
    differing: new Set([...differing, ...placesWhere(isCovered)].filter((place) => !seen.has(place))),
    heldBack: new Set(held),
    known: seen,
    seen,
  })
  return publishBlocks(counted, decisions, POLICY).filter(({ group }) => group.scope === 'service')
}

/** Units and areas of one name are two things: an area that is itself a unit has a row of its own. */
const wholeOf = ({ group }: Pick<ReportBlock, 'group'>) => `${group.scope} ${group.unitUid}`

const isOpen = ({ kind }: LineEstimate) => kind === 'published' || kind === 'coded'
const isCovered = (estimate: LineEstimate) =>
  estimate.kind === 'suppressed' && (estimate.reason === 'complementary' || estimate.reason === 'differencing')

/** Respondents behind every figure that somebody answered. */
function peopleBehind(groups: readonly ReportGroup[], questionnaire: PublishedQuestionnaire): Map<string, number> {
  const people = new Map<string, number>()
  for (const { group, cells } of countedBlocks({ groups, questionnaire }))
    for (const { line, rule, figures } of cells)
      if (figures !== null) people.set(placeOf(group.key, line, rule), figures.base)
  return people
}

function shownPlaces(reports: readonly IndexReport[]) {
  const cells = reports.flatMap(({ blocks, rule }) =>
    blocks
      .filter(({ rollup }) => rollup !== 'simple_mean')
      .flatMap(({ group, cells: own }) =>
        own.map(({ line, estimate }) => ({ place: placeOf(group.key, line, rule), estimate })),
      ),
  )
  const placesWhere = (isMeant: (estimate: LineEstimate) => boolean) =>
    new Set(cells.filter(({ estimate }) => isMeant(estimate)).map(({ place }) => place))
  return {
    published: placesWhere(isOpen),
    held: placesWhere((estimate) => estimate.kind === 'suppressed' && estimate.reason === 'complementary'),
  }
}
