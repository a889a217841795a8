import { readNumber } from './read-number.js'

/** Whether the text of a cell is one of the codes for "no answer". */
export type IsMissing = (text: string) => boolean

const RANGE = /^(-?\d+)-(-?\d+)$/

/**
 * Codes that stand for no answer, for example `96-99,NA`: whole numbers, ranges of them, and texts, separated by commas.
 *
 * @throws {Error} when a range runs backwards or a code is empty
 */
export function missingCodes(list: string | undefined): IsMissing {
  if (list === undefined) return () => false
  const tests = list.split(',').map((code) => codeTest(code.trim()))
  return (text) => tests.some((isCode) => isCode(text))
}

function codeTest(code: string): IsMissing {
  if (code === '') throw new Error('--missing: a code is empty; write for example --missing 96-99,NA')
  const [, from, to] = RANGE.exec(code) ?? []
  const low = readNumber(from ?? code)
  const high = readNumber(to ?? code)
  if (!('value' in low && 'value' in high)) return (text) => text === code
  if (low.value > high.value) throw new Error(`--missing: the range ${code} runs backwards`)
  return (text) => {
    const reading = readNumber(text)
    return 'value' in reading && reading.value >= low.value && reading.value <= high.value
  }
}
