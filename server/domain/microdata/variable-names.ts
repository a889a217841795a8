/** Words that SPSS or Stata keep for themselves, in capitals. */
const RESERVED: ReadonlySet<string> = new Set(
  'ALL AND BY EQ GE GT LE LT NE NOT OR TO WITH BYTE DOUBLE FLOAT IF IN INT LONG USING STRL'.split(' '),
)

/** Longest name that Stata takes; SPSS takes 64. */
const MAX_LENGTH = 32

/**
 * Makes names of columns that are unlike each other in whatever case, since SPSS does not tell `Wave` from `WAVE`.
 *
 * @returns a function that gives the wanted name, or where it is taken or too long one like it with a number
 * @example uniqueNames()('BY') // 'BY_2'
 */
export function uniqueNames(): (wanted: string) => string {
  const taken = new Set(RESERVED)
  return (wanted) => {
    let name = wanted.slice(0, MAX_LENGTH)
    for (let n = 2; taken.has(name.toUpperCase()); n++) {
      const ending = `_${n}`
      name = wanted.slice(0, MAX_LENGTH - ending.length) + ending
    }
    taken.add(name.toUpperCase())
    return name
  }
}
