/**
 * Which of two versions of a questionnaire is the later: by year, then by number.
 *
 * @returns negative when `a` is earlier, positive when it is later, 0 when they are the same
 * @example compareVersions('2026.10', '2026.9') // 1
 */
export function compareVersions(a: string, b: string): number {
  const [yearA = 0, numberA = 0] = a.split('.').map(Number)
  const [yearB = 0, numberB = 0] = b.split('.').map(Number)
  return yearA - yearB || numberA - numberB
}
