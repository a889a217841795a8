/**
 * The one way from counted figures to figures that a reader sees. Whatever shows a line of a wave takes it from here.
 */
import { codedSide, estimateOf } from '../disclosure/estimate.js'
import type { DisclosurePolicy } from '../disclosure/policy.js'
import { finish, type Steps } from '../steps.js'
import type { ReportBlock } from './index-report.js'
import { type AnswerFrame, protectAnswers, withdrawals } from './protect-answers.js'
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
  /** The same of this very selection, at other counts: what they covered then they cover again, by the same sums. */
  readonly heldHere?: ReadonlySet<string>
  /** Places that readers of the class know already: hiding them protects nothing. */
  readonly known?: ReadonlySet<string>
  /** Those among them that they certainly saw: never hidden for the sake of others. */
  readonly seen?: ReadonlySet<string>
  /** Places of which readers of the class know the sum. */
  readonly knownSums?: readonly (readonly string[])[]
  readonly elsewhere?: HiddenElsewhere
}

/** What is decided on the places of a report, beyond what the thresholds say. */
export interface Decisions {
  /** Hidden since beside something already shown they would tell of a few people. */
  readonly differing: ReadonlySet<string>
  /** Hidden to protect others. */
  readonly cover: ReadonlySet<string>
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
  return publishBlocks(blocks, yield* decideOnBlocks(blocks, frame), frame.policy)
}

/** Shows blocks as it was decided on them. */
export function publishBlocks(
  blocks: readonly RawBlock[],
  { differing, cover }: Decisions,
  policy: DisclosurePolicy,
): readonly ReportBlock[] {
  const { tooFew, coded } = thresholdsOf(blocks, policy)
  const verdicts = { differing, complementary: cover, closed: new Set([...tooFew, ...differing, ...cover, ...coded]) }
  return blocks.map((block) => publishBlock(block, verdicts, policy))
}

/** Decides what of a report is hidden so that nothing that is can be worked out. */
export function* decideOnBlocks(
  blocks: readonly RawBlock[],
  {
    policy,
    differing = new Set(),
    heldBack = new Set(),
    heldHere = new Set(),
    known = new Set(),
    seen = new Set(),
    knownSums = [],
    elsewhere = NOWHERE,
  }: ProtectionFrame,
): Steps<Decisions> {
  const first = thresholdsOf(blocks, policy)
  const telling = new Set([...differing].filter((place) => first.places.has(place) && !first.tooFew.has(place)))
  const confidential = new Set([...first.tooFew, ...telling])
  const cover = new Set<string>()
  const coverBy = (places: Iterable<string>) => {
    for (const place of places) if (!seen.has(place) && !confidential.has(place)) cover.add(place)
  }
  coverBy([...heldBack].filter((place) => first.places.has(place)))
  const coded = new Set(first.coded)
  const { unreliable } = first
  const hidden = () => new Set([...confidential, ...cover])
  const here = [...heldHere].filter((place) => first.places.has(place) && !cover.has(place))
  const harmless = new Set([...unreliable, ...here])
  const { minRespondents } = policy
  const bases = { hidden: hidden(), unreliable: harmless, known, knownSums, minRespondents, elsewhere }
  coverBy(yield* protectBases(blocks, bases))
  coverBy(here)
  const edgePercent = policy.topCoding?.edgePercent ?? 0
  const frameWith = (hiddenBesides: ReadonlySet<string>) => {
    const frame = { confidential, unreliable, known, knownSums, edgePercent, minRespondents }
    return { ...frame, cover: hiddenBesides, coded: new Set([...coded].filter((place) => !hiddenBesides.has(place))) }
  }
  let given: ReadonlySet<string> | null = null
  for (;;) {
    for (const place of hidden()) coded.delete(place)
    const before = hidden().size
    const { complementary, exposed: found } = yield* protectAnswers(blocks, frameWith(cover))
    coverBy(complementary)
    if (found.length === 0) break
    given ??= yield* givenAway(blocks, frameWith, seen)
    const exposed = found.filter((place) => !given!.has(place))
    // A side that must not be told gives way to hiding; for anything else what tells of it does.
    const closed = hidden()
    const isOpen = (place: string) => !seen.has(place) && !closed.has(place)
    coverBy(
      exposed.flatMap((one) =>
        coded.has(one) ? [one] : (withdrawals(blocks, one, seen).find((places) => places.some(isOpen)) ?? []),
      ),
    )
    if (hidden().size === before) break
  }
  return { differing: telling, cover }
}

/** What follows from the figures already seen, whatever else is hidden: nothing can be done about it any more. */
function* givenAway(
  blocks: readonly RawBlock[],
  frameWith: (hidden: ReadonlySet<string>) => AnswerFrame,
  seen: ReadonlySet<string>,
): Steps<ReadonlySet<string>> {
  if (seen.size === 0) return new Set()
  const places = blocks.flatMap(({ group, cells }) =>
    cells.flatMap(({ line, rule, figures }) => (figures === null ? [] : [placeOf(group.key, line, rule)])),
  )
  const { exposed } = yield* protectAnswers(blocks, frameWith(new Set(places.filter((place) => !seen.has(place)))))
  return new Set(exposed)
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
