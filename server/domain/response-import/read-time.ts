const TIME = /^(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?)\s?(Z|[+-]\d{2}:?\d{2})?$/
const MONTH = /^(\d{4}-(?:0[1-9]|1[0-2]))(?:-\d{2})?(?:[T ].*)?$/

/**
 * An instant as ODK and Kobo write it.
 *
 * @param zone of a time without one: `+07:00` for what a device in the city wrote, `Z` for what a server did
 * @example readTime('2026-10-05T09:12:33.123+07:00', '+07:00')?.toISOString() // '2026-10-05T02:12:33.123Z'
 */
export function readTime(text: string, zone: 'Z' | '+07:00'): Date | undefined {
  const [, day, time, own] = TIME.exec(text.trim()) ?? []
  if (day === undefined) return undefined
  const instant = new Date(`${day}T${time}${own === undefined ? zone : withColon(own)}`)
  return Number.isNaN(instant.getTime()) ? undefined : instant
}

const withColon = (zone: string) => zone.replace(/^([+-]\d{2})(\d{2})$/, '$1:$2')

/** The month of a day or month, `YYYY-MM`. */
export const readMonth = (text: string): string | undefined => MONTH.exec(text.trim())?.[1]
