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
} from '../disclosure/shown-before.js'
import type { Steps } from '../steps.js'
import type { Wave } from '../survey/wave.js'
import { countedBlocks } from './counted-blocks.js'
import type { CountedReport, ReportBlock } from './index-report.js'
import { protectBlocksInSteps } from './protect-blocks.js'
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
  readonly others: readonly ShownRows[]
}

/** The differencing guard of one report; the caller keeps the rows. */
export interface ReportGuard {
  /** As if all were shown that the thresholds let pass: to be kept before those of others are read for `decide`. */
  pending(own: ShownRows): ShownRows
  /** The figures as they may be shown, and what readers know then. */
  decide(shown: Shown): Steps<{ readonly blocks: readonly ReportBlock[]; readonly rows: ShownRows }>
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
  const rows = countedBlocks({ groups, questionnaire }).map(
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
    *decide({ own, isSame, others }) {
      const before = isSame ? [own, ...others] : others
      const knowledge = rows.map(({ region, bases }) => foreknowledgeOf(region, bases, before, minRespondents))
      const held = rows.map(({ region, bases }) => heldLines(region, bases, [own, ...others], minRespondents))
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
      const blocks = yield* protectBlocksInSteps(
        rows.map(({ block }) => block),
        {
          policy,
          known: placesOf((r, i) => knowledge[r]![i] === 'known'),
          differing: placesOf((r, i) => knowledge[r]![i] === 'differing'),
          heldBack: placesOf((r, i) => held[r]!.includes(i)),
          knownSums: sums.map(({ line, rows: of }) => of.map((r) => placeAt(parts[r]!.block, line))),
        },
      )
      const byKey = new Map(blocks.map((block) => [block.group.key, block]))
      return {
        blocks,
        rows: shownAs(own, (row, i, known) => markAfter(byKey.get(row.block.group.key)!, row, i, known)),
      }
    },
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
