/** A unit of the frame with its measure of size, for example a ward and its households. */
export interface SizedUnit {
  readonly id: string
  /** Greater than 0. */
  readonly size: number
}

/** A unit drawn. */
export interface DrawnUnit {
  readonly id: string
  /** Its chance to be drawn, above 0 to 1. */
  readonly probability: number
}

/** Outcome of a systematic draw with probability proportional to size. */
export interface SystematicDraw {
  /** Units drawn, in the order of the frame. */
  readonly units: readonly DrawnUnit[]
  /** Step through the cumulated sizes; `null` when every unit drawn is certain. */
  readonly interval: number | null
  /** Where in the first interval the walk began, above 0 up to the interval. */
  readonly start: number | null
}

/**
 * Draws units with probability proportional to size, systematically: points r, r + I, r + 2I, … on the cumulated sizes.
 *
 * I = M / k over the units that are not certain; a unit of at least I is certain (π = 1), taken out, and I computed
 * again for the rest. A point falls to the first unit whose cumulated size reaches it.
 *
 * @param frame units in a fixed order; the order is implicit stratification
 * @param count units to draw, whole, at most the frame
 * @param startShare position of r in its interval: r = startShare · I, above 0 up to 1
 * @throws {RangeError} when the count, a size or the start is out of range, or an id occurs twice
 * @see Madow, W. G. (1949) Ann. Math. Stat. 20, 333-354; methodology 1.6 and 10.4 (D4)
 * @example drawSystematicPps([{ id: 'W1', size: 1200 }, { id: 'W2', size: 800 }, { id: 'W3', size: 2000 }], 2, 0.5).start // 1000
 */
export function drawSystematicPps(frame: readonly SizedUnit[], count: number, startShare: number): SystematicDraw {
  checkFrame(frame, count)
  if (!(startShare > 0 && startShare <= 1)) throw new RangeError(`Start must lie above 0 up to 1, got ${startShare}`)
  const certain = certainUnits(frame, count)
  const rest = frame.filter(({ id }) => !certain.has(id))
  const toDraw = count - certain.size
  const interval = toDraw > 0 ? totalSize(rest) / toDraw : null
  const drawn = new Map([...certain].map((id) => [id, 1]))
  if (interval !== null) {
    for (const { id, size } of unitsAt(rest, interval, startShare)) drawn.set(id, size / interval)
  }
  return {
    units: frame.filter(({ id }) => drawn.has(id)).map(({ id }) => ({ id, probability: drawn.get(id)! })),
    interval,
    start: interval === null ? null : startShare * interval,
  }
}

const totalSize = (units: readonly SizedUnit[]) => units.reduce((sum, { size }) => sum + size, 0)

function certainUnits(frame: readonly SizedUnit[], count: number): ReadonlySet<string> {
  const certain = new Set<string>()
  for (;;) {
    const rest = frame.filter(({ id }) => !certain.has(id))
    const left = count - certain.size
    const large = left > 0 ? rest.filter(({ size }) => size * left >= totalSize(rest)) : []
    if (large.length === 0) return certain
    for (const { id } of large) certain.add(id)
  }
}

function unitsAt(units: readonly SizedUnit[], interval: number, startShare: number): SizedUnit[] {
  const hit: SizedUnit[] = []
  let cumulated = 0
  let point = startShare * interval
  units.forEach((unit, i) => {
    cumulated += unit.size
    // The last unit also takes a last point that rounding pushed past the total.
    const reaches = i === units.length - 1 ? cumulated + interval * 1e-9 : cumulated
    if (point > reaches) return
    hit.push(unit)
    point = (startShare + hit.length) * interval
  })
  return hit
}

function checkFrame(frame: readonly SizedUnit[], count: number): void {
  if (!(Number.isInteger(count) && count >= 1 && count <= frame.length)) {
    throw new RangeError(`Count must be a whole number from 1 to ${frame.length}, got ${count}`)
  }
  if (new Set(frame.map(({ id }) => id)).size !== frame.length) throw new RangeError('An id occurs twice in the frame')
  for (const { id, size } of frame) {
    if (!(size > 0 && size < Infinity)) throw new RangeError(`Size of ${id} must be positive and finite, got ${size}`)
  }
}
