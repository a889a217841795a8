import { parseArgs } from 'node:util'

/** Options of a bench, `--name=value` or `--name value`; everything has a default. */
export interface Options {
  text(name: string, otherwise: string): string
  number(name: string, otherwise: number): number
  numbers(name: string, otherwise: readonly number[]): readonly number[]
}

/**
 * Reads the options that a bench names; `--save=yes`, which keeps the result, is known to every one.
 *
 * @throws {Error} for an option that it does not name; by `number` when a value is no positive number
 */
export function readOptions(args: readonly string[], names: readonly string[]): Options {
  const known = Object.fromEntries([...names, 'save'].map((name) => [name, { type: 'string' as const }]))
  const { values } = parseArgs({ args: [...args], options: known })
  const toNumber = (name: string, text: string) => {
    const number = Number(text)
    if (!(number > 0)) throw new Error(`--${name} must be a positive number, not ${text}`)
    return number
  }
  return {
    text: (name, otherwise) => values[name] ?? otherwise,
    number: (name, otherwise) => toNumber(name, values[name] ?? String(otherwise)),
    numbers: (name, otherwise) => values[name]?.split(',').map((text) => toNumber(name, text)) ?? otherwise,
  }
}
