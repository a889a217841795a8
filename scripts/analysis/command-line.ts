import { type ParseArgsConfig, parseArgs } from 'node:util'
import { readNumber } from './read-number.js'
import { DELIMITERS, type Delimiter } from './read-table.js'

/** The values of options as `parseArgs` gives them, by name. */
export type OptionValues = Readonly<Record<string, string | boolean | readonly (string | boolean)[] | undefined>>

/**
 * Reads a command line of options alone.
 *
 * @param args words after the command; those of this process unless given
 * @returns the values, or `null` when help is asked for
 * @throws {Error} on an unknown option, a missing value or a loose word; the message lists the options there are
 */
export function readCommandLine<const Options extends NonNullable<ParseArgsConfig['options']>>(
  options: Options,
  args: readonly string[] = process.argv.slice(2),
) {
  const known = { ...options, help: { type: 'boolean', short: 'h' } } as const
  try {
    const { values } = parseArgs({
      args: [...args],
      options: known as Options & { help: { type: 'boolean' } },
      strict: true,
    })
    return (values as OptionValues).help === true ? null : values
  } catch (error) {
    const names = Object.keys(known).map((name) => `--${name}`)
    const [what] = (error as Error).message.split('. ')
    throw new Error(`${what}. Options: ${names.join(' ')} (--help explains them)`)
  }
}

/**
 * The value of an option that the command cannot do without.
 *
 * @throws {Error} when it is not given
 */
export function required(value: string | undefined, name: string): string {
  if (value === undefined || value === '') throw new Error(`--${name} is needed (--help explains the options)`)
  return value
}

/**
 * One of the values that an option may take.
 *
 * @throws {Error} when it is another; the message lists them
 */
export function oneOf<Value extends string>(
  value: string | undefined,
  name: string,
  allowed: readonly Value[],
): Value | undefined {
  const found = allowed.find((one) => one === value)
  if (value !== undefined && found === undefined)
    throw new Error(`--${name} is one of ${allowed.join(', ')}; got ${value}`)
  return found
}

/**
 * The number of an option.
 *
 * @param isRight whether it may be this number
 * @param wanted what it must be, for the message: "a share above 0 up to 1, for example 0.05"
 * @throws {Error} when it is no number, or not such a one
 */
export function numberOf(
  value: string | undefined,
  name: string,
  isRight: (value: number) => boolean,
  wanted: string,
): number | undefined {
  if (value === undefined) return undefined
  const reading = readNumber(value)
  if ('value' in reading && isRight(reading.value)) return reading.value
  throw new Error(`--${name} is ${wanted}; got ${value}`)
}

/** What separates cells, where it was said. */
export const delimiterOf = (value: string | undefined): Delimiter | undefined =>
  oneOf(value, 'delimiter', Object.keys(DELIMITERS) as Delimiter[])
