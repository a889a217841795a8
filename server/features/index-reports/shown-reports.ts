import type { ReaderClass } from '../../domain/disclosure/policy.js'
import type { ShownRows } from '../../domain/disclosure/shown-before.js'
import type { ReportGuard } from '../../domain/report/guard-report.js'
import type { ReportBlock } from '../../domain/report/index-report.js'
import { takeTurns } from '../../platform/take-turns.js'

/** One selection as last shown. */
export interface ShownReport {
  /** Canonical: equal for equal selections. */
  readonly selection: string
  /** Of the counts that it was made from. */
  readonly state: string
  /** Noted before it was decided what to show; nobody may have seen all of it. */
  readonly isPending: boolean
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
  { reader, waveId, selection, state, guard }: GuardedSelection,
): Promise<readonly ReportBlock[]> {
  const read = async () => {
    const all = await reports.ofWave(reader, waveId)
    const isOwn = (one: ShownReport) => one.selection === selection
    return { own: all.find(isOwn), others: all.filter((one) => !isOwn(one)).map(({ rows }) => rows) }
  }
  const write = (rows: ShownRows, isPending: boolean) =>
    reports.write(reader, waveId, { selection, state, isPending, rows })

  const first = await read()
  const own = first.own?.rows ?? []
  const isSame = first.own?.state === state && !first.own.isPending
  if (!isSame) await write(guard.pending(own), true)
  const { others } = isSame ? first : await read()
  const { blocks, rows } = await takeTurns(guard.decide({ own, isSame, others }))
  await write(rows, false)
  return blocks
}
