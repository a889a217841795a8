/**
 * The differencing guard: a figure is held against everything that readers of the same class were shown of the wave, since what
 * lies between two figures is a figure too.
 */
import { isSameRegion, isWithin, type Region } from './region.js'

/** What readers of a class know of one line of a region. */
export interface LineMark {
  /** Respondents behind the figure as last shown; `null` when it never was. */
  readonly base: number | null
  /** Respondents behind it when it was hidden to protect another figure; `null` when it is not. */
  readonly heldAt: number | null
}

/** One row as last shown: marks by line, in the order of the questionnaire's lines. */
export interface ShownRow {
  readonly region: Region
  /** Whether it is a roll-up of other rows. The others of a selection have no respondent in common. */
  readonly isRollUp: boolean
  readonly marks: readonly LineMark[]
}

/** The rows of one selection as last shown. */
export type ShownRows = readonly ShownRow[]

/** What follows for a figure from those shown before: it is known already, or it would tell of a few people. */
export type Foreknowledge = 'known' | 'differing'

/**
 * Holds one row against other selections of the wave, line by line.
 *
 * Differing is a line when 1 to k - 1 people lie between it and a figure of a region within it or around it, or between it
 * and the sum of the rows of one selection inside it. With nobody in between it is known. So is the same region with as
 * many people. The same region with others is the row itself at another time: what came in since is not looked at.
 *
 * @param bases respondents behind each line; `null` where it is hidden anyway
 */
export function foreknowledgeOf(
  region: Region,
  bases: readonly (number | null)[],
  others: readonly ShownRows[],
  minRespondents: number,
): readonly (Foreknowledge | null)[] {
  const found: (Foreknowledge | null)[] = bases.map(() => null)
  const note = (i: number, between: number) => {
    if (between === 0) found[i] = 'known'
    else if (between > 0 && between < minRespondents) found[i] ??= 'differing'
  }
  for (const rows of others) {
    const inside = rows.filter((row) => isWithin(row.region, region))
    const same = new Set(inside.filter((row) => isSameRegion(row.region, region)))
    const around = rows.filter((row) => !same.has(row) && isWithin(region, row.region))
    const parts = inside.filter((row) => !row.isRollUp && !same.has(row))
    bases.forEach((base, i) => {
      if (base === null) return
      const knownOf = (row: ShownRow) => row.marks[i]?.base ?? null
      for (const row of [...inside, ...around]) {
        const known = knownOf(row)
        if (known !== null && (known === base || !same.has(row))) note(i, Math.abs(base - known))
      }
      const known = parts.flatMap((row) => knownOf(row) ?? [])
      if (known.length > 1) note(i, base - known.reduce((sum, one) => sum + one, 0))
    })
  }
  return found
}

/**
 * Lines of a region that stay hidden, since they protect another figure where they were seen before: until k more people stand
 * behind them.
 *
 * @returns positions of lines
 */
export function heldLines(
  region: Region,
  bases: readonly (number | null)[],
  selections: readonly ShownRows[],
  minRespondents: number,
): readonly number[] {
  const same = selections.flatMap((rows) => rows.filter((row) => isSameRegion(row.region, region)))
  return bases.flatMap((base, i) => {
    const isHeld = same.some(({ marks }) => {
      const heldAt = marks[i]?.heldAt ?? null
      return base !== null && heldAt !== null && Math.abs(base - heldAt) < minRespondents
    })
    return isHeld ? [i] : []
  })
}

/**
 * Lines of a region that selections show, of whatever counts: a figure once shown is known well enough that hiding it protects
 * nothing.
 *
 * @returns positions of lines
 */
export function shownLines(region: Region, selections: readonly ShownRows[]): readonly number[] {
  const same = selections.flatMap((rows) => rows.filter((row) => isSameRegion(row.region, region)))
  return same.flatMap(({ marks }) =>
    marks.flatMap(({ base, heldAt }, i) => (base !== null && heldAt === null ? [i] : [])),
  )
}

/** Rows that together make up a figure shown before, for one line. */
export interface KnownSum {
  readonly line: number
  /** Positions of rows. */
  readonly rows: readonly number[]
}

/**
 * Figures shown before that are the sum of rows of a new selection: of a roll-up that the new one does not have.
 *
 * @param parts rows without a respondent in common; `null` for a line that nobody answered
 */
export function knownSums(
  parts: readonly { readonly region: Region; readonly bases: readonly (number | null)[] }[],
  others: readonly ShownRows[],
  minRespondents: number,
): readonly KnownSum[] {
  const sums = new Map<string, KnownSum>()
  for (const { region, marks } of others.flat()) {
    const rows = parts.flatMap((part, i) => (isWithin(part.region, region) ? [i] : []))
    if (rows.length < 2) continue
    marks.forEach(({ base }, line) => {
      if (base === null) return
      const answered = rows.filter((i) => parts[i]!.bases[line] !== null)
      const sum = answered.reduce((all, i) => all + parts[i]!.bases[line]!, 0)
      if (Math.abs(base - sum) < minRespondents) sums.set(`${line} ${answered.join(' ')}`, { line, rows: answered })
    })
  }
  return [...sums.values()]
}
