/** Nearest-rank quantiles of times in milliseconds, to a hundredth. */
export function quantiles(times: Float64Array): {
  readonly p50Ms: number
  readonly p95Ms: number
  readonly p99Ms: number
} {
  if (times.length === 0) throw new RangeError('No times were measured')
  const sorted = times.toSorted()
  const at = (share: number) => Math.round(sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)]! * 100) / 100
  return { p50Ms: at(0.5), p95Ms: at(0.95), p99Ms: at(0.99) }
}
