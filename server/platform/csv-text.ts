/** Beginnings that a spreadsheet takes for a formula, or that hide one. */
const FORMULA_START = /^[=+\-@\t\r\n]/

/**
 * Writes a text so that no spreadsheet runs it: an apostrophe before a formula's beginning, quotes around everything.
 *
 * @see OWASP, "CSV Injection"
 * @example csvText('=1+1') // "\"'=1+1\""
 */
export function csvText(text: string): string {
  const safe = FORMULA_START.test(text) ? `'${text}` : text
  return `"${safe.replaceAll('"', '""')}"`
}
