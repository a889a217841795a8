import type { UnitProblem } from './check-units.js'
import type { Dated, Unit } from './unit.js'
import { codeKey } from './unit-index.js'

/** Whether two half-open stretches share a day. */
const overlap = (a: Dated, b: Dated) =>
  (a.to === null || b.from === null || b.from < a.to) && (b.to === null || a.from === null || a.from < b.to)

/** Codes that two units carry on one day: nobody could tell which of them a file means. */
export function checkUnitCodes(units: readonly Unit[]): readonly UnitProblem[] {
  const problems: UnitProblem[] = []
  const holders = new Map<string, { readonly uid: string; readonly held: Dated }[]>()
  units.forEach((unit, index) => {
    for (const code of unit.codes) {
      const key = codeKey(code.scheme, code.value)
      const others = holders.get(key) ?? []
      const rival = others.find((other) => overlap(other.held, code))
      if (rival) {
        const message = `${code.scheme} code ${code.value} of ${unit.uid} is also that of ${rival.uid} on some day`
        problems.push({ code: 'code_twice', subject: { kind: 'unit', unit: index }, message })
      }
      holders.set(key, [...others, { uid: unit.uid, held: code }])
    }
  })
  return problems
}
