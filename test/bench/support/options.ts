/** Options of a bench, `--name=value`; everything has a default. */
export interface Options {
  text(name: string, otherwise: string): string
  number(name: string, otherwise: number): number
  numbers(name: string, otherwise: readonly number[]): readonly number[]
}

/** @throws {Error} by `number` when a value is no positive number */
export function readOptions(args: readonly string[]): Options {
  const find = (name: string) => args.find((arg) => arg.startsWith(`--${name}=`))?.slice(name.length + 3)
  const toNumber = (name: string, text: string) => {
    const number = Number(text)
    if (!(number > 0)) throw new Error(`--${name} must be a positive number, not ${text}`)
    return number
  }
  return {
    text: (name, otherwise) => find(name) ?? otherwise,
    number: (name, otherwise) => toNumber(name, find(name) ?? String(otherwise)),
    numbers: (name, otherwise) =>
      find(name)
        ?.split(',')
        .map((text) => toNumber(name, text)) ?? otherwise,
  }
}
