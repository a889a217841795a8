import type { ReaderClass } from '../../domain/disclosure/policy.js'
import type { ShownRows } from '../../domain/disclosure/shown-before.js'
import type { ReportGuard } from '../../domain/report/guard-report.js'
import type { ReportBlock } from '../../domain/report/index-report.js'
import type { Decisions } from '../../domain/report/protect-blocks.js'
import { takeTurns } from '../../platform/take-turns.js'

/** One selection as last shown. */
export interface ShownReport {
  /** Canonical: equal for equal selections. */
  readonly selection: string
  /** Of the counts that it was made from. */
  readonly state: string
  /** Noted before it was decided what to show; nobody may have seen all of it. */
  readonly isPending: boolean
  /** What was decided on it beyond the thresholds; `null` while it is pending. */
  readonly decisions: Decisions | null
  readonly rows: ShownRows
}

/** Where it is kept what readers of a class were shown of a wave. */
export interface ShownReports {
  ofWave(reader: ReaderClass, waveId: string): Promise<readonly ShownReport[]>
  write(reader: ReaderClass, waveId: string, report: ShownReport): Promise<void>
}

/** Which report is to be shown to whom, and the guard that decides on it. */
export interface GuardedSelection {
  readonly reader: ReaderClass
  readonly waveId: string
  readonly selection: string
  /** The selection of everything, by unit: what it shows comes before all others. */
  readonly whole: string
  readonly state: string
  readonly guard: ReportGuard
}

/**
 * Holds a report against everything that readers of its class were shown of the wave, and remembers what it shows.
 *
 * What it may show is written before what others show is read: of two reports made at once, by two servers even, the later sees
 * the earlier. Nothing is ever forgotten, since what was seen cannot be unseen.
 */
export async function showGuarded(
  reports: ShownReports,
  { reader, waveId, selection, whole, state, guard }: GuardedSelection,
): Promise<readonly ReportBlock[]> {
  const read = async () => {
    const all = await reports.ofWave(reader, waveId)
    const others = all.filter((one) => one.selection !== selection)
    const rowsOf = (isPending: boolean) => others.filter((one) => one.isPending === isPending).map(({ rows }) => rows)
    return {
      own: all.find((one) => one.selection === selection),
      whole: selection === whole ? null : (others.find((one) => one.selection === whole && !one.isPending)?.rows ?? []),
      settled: rowsOf(false),
      pending: rowsOf(true),
    }
  }
  const write = (rows: ShownRows, decisions: Decisions | null) =>
    reports.write(reader, waveId, { selection, state, isPending: decisions === null, decisions, rows })

  const first = await read()
  const own = first.own?.rows ?? []
  const isSame = first.own?.state === state && !first.own.isPending
  if (isSame && first.own?.decisions) return guard.again(first.own.decisions)
  if (!isSame) await write(guard.pending(own), null)
  const { whole: shownWhole, settled, pending } = isSame ? first : await read()
  const { blocks, decisions, rows } = await takeTurns(
    guard.decide({ own, isSame, whole: shownWhole, settled, pending }),
  )
  await write(rows, decisions)
  return blocks
}
