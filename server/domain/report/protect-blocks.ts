/**
 * The one way from counted figures to figures that a reader sees. Whatever shows a line of a wave takes it from here.
 */
import { codedSide, estimateOf } from '../disclosure/estimate.js'
import type { DisclosurePolicy } from '../disclosure/policy.js'
import { finish, type Steps } from '../steps.js'
import type { ReportBlock } from './index-report.js'
import { protectAnswers, withdrawn } from './protect-answers.js'
import { type HiddenElsewhere, protectBases } from './protect-bases.js'
import { publishBlock } from './publish-block.js'
import { placeOf, type RawBlock } from './raw-block.js'

/** What besides the blocks themselves decides on what is hidden. */
export interface ProtectionFrame {
  readonly policy: DisclosurePolicy
  /** Places to hide because of what readers of the class were shown before. */
  readonly differing?: ReadonlySet<string>
  /** Places that were hidden to protect others where readers of the class saw them before, and stay so. */
  readonly heldBack?: ReadonlySet<string>
  /** Places that readers of the class know already: hiding them protects nothing. */
  readonly known?: ReadonlySet<string>
  /** Places of which readers of the class know the sum. */
  readonly knownSums?: readonly (readonly string[])[]
  readonly elsewhere?: HiddenElsewhere
}

/** What is decided on the places of a report. */
export interface Verdicts {
  readonly differing: ReadonlySet<string>
  /** Hidden to protect others; those among them that are unreliable say so instead. */
  readonly complementary: ReadonlySet<string>
  /** Everything that must not be worked out, or whose being worked out would help: hidden or coded. */
  readonly closed: ReadonlySet<string>
}

const NOWHERE: HiddenElsewhere = { cells: [], relations: [] }

/**
 * Hides, codes and coarsens the figures of a report so that none that is hidden can be worked out from the others.
 *
 * First the thresholds; then the people behind what is left of roll-ups (`protectBases`); then the answers, over all roll-ups
 * and composites of every rule at once (`protectAnswers`). A figure hidden as unreliable harms nobody when worked out:
 * it needs no protection, and as long as it cannot be worked out it protects others.
 *
 * @see server/decisions on what is protected against which reader
 */
export const protectBlocks = (blocks: readonly RawBlock[], frame: ProtectionFrame): readonly ReportBlock[] =>
  finish(protectBlocksInSteps(blocks, frame))

/** The same in steps: of a city it takes seconds. */
export function* protectBlocksInSteps(
  blocks: readonly RawBlock[],
  frame: ProtectionFrame,
): Steps<readonly ReportBlock[]> {
  const verdicts = yield* verdictsOf(blocks, frame)
  return blocks.map((block) => publishBlock(block, verdicts, frame.policy))
}

function* verdictsOf(
  blocks: readonly RawBlock[],
  {
    policy,
    differing = new Set(),
    heldBack = new Set(),
    known = new Set(),
    knownSums = [],
    elsewhere = NOWHERE,
  }: ProtectionFrame,
): Steps<Verdicts> {
  const first = thresholdsOf(blocks, policy)
  const telling = new Set([...differing].filter((place) => first.places.has(place) && !first.tooFew.has(place)))
  const confidential = new Set([...first.tooFew, ...telling])
  const cover = new Set([...heldBack].filter((place) => first.places.has(place) && !confidential.has(place)))
  const coded = new Set(first.coded)
  const { unreliable } = first
  const hidden = () => new Set([...confidential, ...cover])
  const bases = { hidden: hidden(), unreliable, known, knownSums, minRespondents: policy.minRespondents, elsewhere }
  for (const place of yield* protectBases(blocks, bases)) cover.add(place)
  const edgePercent = policy.topCoding?.edgePercent ?? 0
  for (;;) {
    for (const place of hidden()) coded.delete(place)
    const { minRespondents } = policy
    const frame = { confidential, cover, coded, unreliable, known, knownSums, edgePercent, minRespondents }
    const before = hidden().size
    const { complementary, exposed } = yield* protectAnswers(blocks, frame)
    for (const place of complementary) cover.add(place)
    if (exposed.length === 0) break
    // A side that must not be told gives way to hiding; for anything else what tells of it does.
    for (const place of exposed.flatMap((one) => (coded.has(one) ? [one] : withdrawn(blocks, one)))) cover.add(place)
    if (hidden().size === before) break
  }
  return { differing: telling, complementary: cover, closed: new Set([...confidential, ...cover, ...coded]) }
}

/** What the thresholds alone say of each place that somebody answered. */
function thresholdsOf(blocks: readonly RawBlock[], policy: DisclosurePolicy) {
  const found = blocks.flatMap(({ group, cells }) =>
    cells.flatMap(({ line, rule, figures }) =>
      figures === null
        ? []
        : [{ place: placeOf(group.key, line, rule), estimate: estimateOf(figures, policy), figures }],
    ),
  )
  const placesOf = (isMeant: (one: (typeof found)[number]) => boolean) =>
    new Set(found.filter(isMeant).map(({ place }) => place))
  const isHidden = (reason: string) =>
    placesOf(({ estimate }) => estimate.kind === 'suppressed' && estimate.reason === reason)
  return {
    places: placesOf(() => true),
    tooFew: isHidden('too_few'),
    unreliable: isHidden('unreliable'),
    coded: placesOf(({ estimate, figures }) => estimate.kind === 'published' && codedSide(figures, policy) !== null),
  }
}
