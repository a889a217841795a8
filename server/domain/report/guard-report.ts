import { estimateOf } from '../disclosure/estimate.js'
import { DISCLOSURE_POLICIES } from '../disclosure/policy.js'
import { isSameRegion, type Region } from '../disclosure/region.js'
import {
  foreknowledgeOf,
  heldLines,
  knownSums,
  type LineMark,
  type ShownRow,
  type ShownRows,
  shownLines,
} from '../disclosure/shown-before.js'
import type { Steps } from '../steps.js'
import type { Wave } from '../survey/wave.js'
import { countedBlocks } from './counted-blocks.js'
import type { CountedReport, ReportBlock } from './index-report.js'
import { type Decisions, decideOnBlocks, publishBlocks } from './protect-blocks.js'
import { placeOf, type RawBlock } from './raw-block.js'
import { regionsOf } from './report-regions.js'

/** A report before it is held against what its readers saw before. */
export interface GuardedReport extends CountedReport {
  readonly wave: Wave
  /** Units of the selection. */
  readonly unitUids: readonly string[]
}

/** What readers of a class were shown of a wave. */
export interface Shown {
  /** This selection as last shown; nothing when it never was. */
  readonly own: ShownRows
  /** Whether that was of the same counts. */
  readonly isSame: boolean
  /** The whole wave, by unit, as last shown; nothing where this is it. */
  readonly whole: ShownRows | null
  /** Every other selection but those that are just being decided on. */
  readonly settled: readonly ShownRows[]
  /** Those: nobody may have seen all of them. */
  readonly pending: readonly ShownRows[]
}

/** The differencing guard of one report; the caller keeps the rows. */
export interface ReportGuard {
  /** As if all were shown that the thresholds let pass: to be kept before those of others are read for `decide`. */
  pending(own: ShownRows): ShownRows
  /** The figures as they may be shown, what was decided on them, and what readers know then. */
  decide(
    shown: Shown,
  ): Steps<{ readonly blocks: readonly ReportBlock[]; readonly decisions: Decisions; readonly rows: ShownRows }>
  /** The figures as they were shown of the same counts: what was seen cannot be unseen, so nothing is decided anew. */
  again(decisions: Decisions): readonly ReportBlock[]
}

interface GuardedRow {
  readonly block: RawBlock
  readonly region: Region
  readonly isRollUp: boolean
  /** Respondents behind each line that somebody answered. */
  readonly counts: readonly (number | null)[]
  /** The same of lines that the thresholds let pass. */
  readonly bases: readonly (number | null)[]
}

/** Makes the guard of one report. */
export function guardReport({ wave, unitUids, groups, questionnaire, reader }: GuardedReport): ReportGuard {
  const policy = DISCLOSURE_POLICIES[reader]
  const { minRespondents } = policy
  const regions = regionsOf(groups, unitUids, wave)
  const counted = countedBlocks({ groups, questionnaire })
  const rows = counted.map(
    (block): GuardedRow => ({
      block,
      region: regions.get(block.group.key)!,
      isRollUp: block.group.parts.length > 0,
      counts: block.cells.map(({ figures }) => figures?.base ?? null),
      bases: block.cells.map(({ figures }) =>
        estimateOf(figures, policy).kind === 'published' ? figures!.base : null,
      ),
    }),
  )
  const shownAs = (own: ShownRows, markOf: (row: GuardedRow, i: number, known: LineMark) => LineMark): ShownRows =>
    rows.map((row): ShownRow => {
      const known = own.find(({ region }) => isSameRegion(region, row.region))?.marks
      const marks = row.counts.map((_, i) => markOf(row, i, known?.[i] ?? NEVER))
      return { region: row.region, isRollUp: row.isRollUp, marks }
    })
  return {
    pending: (own) => shownAs(own, ({ bases }, i, { base, heldAt }) => ({ base: bases[i] ?? base, heldAt })),
    *decide({ own, isSame, whole, settled, pending }) {
      const others = [...settled, ...pending]
      const seen = isSame ? [own, ...settled] : settled
      const knowledge = rows.map(({ region, bases }) =>
        foreknowledgeOf(region, bases, [...seen, ...pending], minRespondents),
      )
      const surely =
        pending.length === 0
          ? knowledge
          : rows.map(({ region, bases }) => foreknowledgeOf(region, bases, seen, minRespondents))
      // What the whole wave shows stays shown there, so in its parts it is no cover; and no part holds it back in the whole.
      const standing = rows.map(
        ({ region, bases }) => new Set(shownLines(region, [whole ?? own]).filter((i) => bases[i] !== null)),
      )
      const heldIn = (selections: readonly ShownRows[]) => {
        const held = rows.map(({ region, bases }) => heldLines(region, bases, selections, minRespondents))
        return placesOf((r, i) => held[r]!.includes(i) && !standing[r]!.has(i))
      }
      const parts = rows.filter(({ isRollUp }) => !isRollUp)
      const sums = knownSums(
        parts.map(({ region, counts }) => ({ region, bases: counts })),
        others,
        minRespondents,
      )
      const placesOf = (isMeant: (row: number, line: number) => boolean) =>
        new Set(
          rows.flatMap(({ block, bases }, r) => bases.flatMap((_, i) => (isMeant(r, i) ? [placeAt(block, i)] : []))),
        )
      const decisions = yield* decideOnBlocks(counted, {
        policy,
        known: placesOf((r, i) => knowledge[r]![i] === 'known' || (whole !== null && standing[r]!.has(i))),
        seen: placesOf((r, i) => surely[r]![i] === 'known' || (whole !== null && standing[r]!.has(i))),
        differing: placesOf((r, i) => knowledge[r]![i] === 'differing'),
        heldBack: heldIn(others),
        heldHere: heldIn([own]),
        knownSums: sums.map(({ line, rows: of }) => of.map((r) => placeAt(parts[r]!.block, line))),
      })
      const blocks = publishBlocks(counted, decisions, policy)
      const byKey = new Map(blocks.map((block) => [block.group.key, block]))
      return {
        blocks,
        decisions,
        rows: shownAs(own, (row, i, known) => markAfter(byKey.get(row.block.group.key)!, row, i, known)),
      }
    },
    again: (decisions) => publishBlocks(counted, decisions, policy),
  }
}

const NEVER: LineMark = { base: null, heldAt: null }

const placeAt = ({ group, cells }: RawBlock, i: number) => placeOf(group.key, cells[i]!.line, cells[i]!.rule)

/** A hidden line is still known as it was last shown; and it is held from when it was first hidden for another's sake. */
function markAfter({ cells }: ReportBlock, { counts }: GuardedRow, i: number, known: LineMark): LineMark {
  const { estimate } = cells[i]!
  if (estimate.kind === 'published' || estimate.kind === 'coded') return { base: counts[i]!, heldAt: null }
  const isHeld = estimate.kind === 'suppressed' && estimate.reason === 'complementary'
  return { base: known.base, heldAt: isHeld ? (known.heldAt ?? counts[i]!) : null }
}
