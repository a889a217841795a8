/** One page of a long list and where it stands. */
export interface ListPage<T> {
  readonly entries: readonly T[]
  /** From 1; the last page when a later one was asked for. */
  readonly page: number
  readonly pageCount: number
  readonly total: number
}

/**
 * Cuts a list into pages.
 *
 * @param page whole number from 1
 * @param size entries on a page, at least 1
 */
export function pageOf<T>(list: readonly T[], page: number, size: number): ListPage<T> {
  const pageCount = Math.max(1, Math.ceil(list.length / size))
  const current = Math.min(Math.max(page, 1), pageCount)
  return { entries: list.slice((current - 1) * size, current * size), page: current, pageCount, total: list.length }
}
