import type { Tally } from '../../domain/index/tally.js'
import type { NewResponse } from '../../domain/survey/response.js'
import type { UnitRange } from '../../domain/survey/unit-range.js'
import type { Cell, CellLevel, ChildRange } from './cell.js'

/** A cell with something left to do. */
export interface StaleCell {
  readonly cell: Cell
  /** How often the cell was marked when this was read. */
  readonly marks: number
  readonly foldedMarks: number
}

/** Which counted cells a reader wants. */
export interface CellSelection {
  readonly level: CellLevel
  readonly waveId: string
  readonly mode: string
  readonly questionnaireHash: string
  /** `null`: all. */
  readonly unitUids: readonly string[] | null
  /** `null`: whichever the level has. */
  readonly services: readonly string[] | null
  /** Half-open range of `period`; `null` is open. Ignored for levels of the whole wave. */
  readonly from: string | null
  readonly to: string | null
}

export interface CountedCell {
  readonly cell: Cell
  readonly tally: Tally
}

/** Counts of one unit, service or month (its first day), or of one service at one unit: both, with a space between. */
export interface TallyPart {
  readonly key: string
  readonly tally: Tally
}

/** A counted cell as it is stored, to be compared with what it should hold. */
export interface StoredCounts {
  readonly cell: Cell
  isOf(tally: Tally): boolean
  received(): number
}

/** New counts of a cell, and the marks that they hold. */
export interface NewCounts {
  readonly cell: Cell
  readonly marks: number
  readonly tally: Tally
}

/**
 * The database operations of the protocol. Those that take several cells change one document each, in any order; a crash
 * in between is a crash between two of them.
 */
export interface TallyStore {
  /** Adds one to the marks of each cell and flags it; makes cells that are new. */
  mark(cells: readonly Cell[]): Promise<void>
  /**
   * Stores counts of cells that are not there yet, as holding one mark; those of days are flagged.
   *
   * @returns cells that were there already; they are left alone
   */
  insertNew(counted: readonly CountedCell[]): Promise<readonly Cell[]>
  /** Flagged cells, with the marks as they are now. */
  findStale(waveId: string, level: CellLevel): Promise<readonly StaleCell[]>
  /** The counts of the children of a merged cell; children not yet counted are left out. */
  findChildren(range: ChildRange): Promise<readonly Tally[]>
  /** Puts new counts in place of counts with fewer marks; does nothing where the stored ones are as new. */
  replace(counts: readonly NewCounts[]): Promise<void>
  /** Takes the flag away unless the cell was marked again. */
  settle(cells: readonly Pick<StaleCell, 'cell' | 'marks'>[]): Promise<void>
  /** Responses received in cells that have nothing left to do, by identity of the cell; others are left out. */
  settledCounts(cells: readonly Cell[]): Promise<ReadonlyMap<string, number>>
  find(selection: CellSelection): AsyncIterable<CountedCell>
  /** What tells one state of a wave's counts from any other; empty before the first. */
  stateOf(waveId: string): Promise<string>
  /** Gives a wave's counts a new state: after they were replaced, before their flags go. */
  renewState(waveId: string): Promise<void>
  /** What was read under a key while the wave was in the state; `undefined` when nothing was kept, or of another state. */
  findReading(key: string, state: string): Promise<readonly TallyPart[] | undefined>
  /** Keeps what was read under a key in place of what was kept before. */
  keepReading(key: string, state: string, parts: readonly TallyPart[]): Promise<void>
  /** Every counted cell of some units of a wave, of every level. */
  findAll(waveId: string, range: UnitRange): AsyncIterable<StoredCounts>
  /** When responses were last looked through; `null` for never. */
  lastSweptAt(): Promise<Date | null>
  setSweptAt(instant: Date): Promise<void>
}

/** How responses are read back; the feature `responses` provides it. */
export interface ResponseReader {
  streamCell(cell: Pick<NewResponse, 'waveId' | 'unitUid' | 'service' | 'channel' | 'day'>): AsyncIterable<NewResponse>
  /** Responses of some units of a wave. */
  streamUnits(waveId: string, range: UnitRange): AsyncIterable<NewResponse>
  /** The first unit after another by uid, or of all, that has a response; `undefined` after the last. */
  nextUnit(waveId: string, after: string | null): Promise<string | undefined>
  /** Responses stored at or after an instant, oldest first. */
  since(instant: Date): AsyncIterable<NewResponse>
}
