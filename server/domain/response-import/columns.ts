/** What may stand between the name of a group and that of a question: Kobo writes `/` unless told otherwise, ODK Central `-`. */
const SEPARATORS = ['/', '-', '.', ':']

/**
 * Places of the columns that hold a question: under its name alone or after the names of its groups.
 *
 * @example columnsOf(['start', 'page_ACCESS/A1', 'A1_note'], 'A1') // [1]
 */
export function columnsOf(headings: readonly string[], name: string): readonly number[] {
  const fits = (heading: string) => heading === name || SEPARATORS.some((sign) => heading.endsWith(sign + name))
  return headings.flatMap((heading, at) => (fits(heading) ? [at] : []))
}

/** Columns of facts about people and devices: never read, never repeated. */
const PERSONAL =
  /device|phone|imei|simserial|subscriber|user_?name|e-?mail|submit(ted_by|ter)|gps|geo(location|point|trace|shape)|latitude|longitude|altitude|precision|address|signature|photo|audio|attachment|ho_?ten|dien_?thoai|dia_?chi|cccd|cmnd|(^|[/_\-.:])(full)?_?name$/i

/** Whether a heading speaks of a person or a device. */
export const isPersonal = (heading: string): boolean => PERSONAL.test(heading)
