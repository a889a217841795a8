import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'chai'
import { projectDir } from '../../../../server/platform/paths.js'

const lines = readFileSync(join(projectDir(), 'server/domain/access/ASVS.md'), 'utf8').split('\n')
const VERDICTS = ['met', 'not applicable', 'open'] as const

/**
 * The requirements of level 2, by section: how many numbers it has and which of these are not asked for (deleted, or level 3).
 *
 * @see OWASP ASVS 4.0.3, the list in JSON that OWASP publishes with it
 */
const SECTIONS: Readonly<Record<string, readonly [last: number, ...left: number[]]>> = {
  ...{ '2.1': [12], '2.2': [3], '2.3': [3], '2.4': [5], '2.5': [7], '2.6': [3], '2.7': [6], '2.8': [7], '2.9': [3] },
  ...{ '2.10': [4], '3.1': [1], '3.2': [4], '3.3': [4], '3.4': [5], '3.5': [3], '3.7': [1] },
  ...{ '4.1': [5, 4], '4.2': [2], '4.3': [3], '5.1': [5], '5.2': [8], '5.3': [10], '5.4': [3], '5.5': [4] },
  ...{ '7.1': [4], '7.2': [2], '7.3': [4, 2], '7.4': [3], '8.1': [4], '8.2': [3], '8.3': [8] },
  ...{ '12.1': [3], '12.2': [1], '12.3': [6], '12.4': [2], '12.5': [2], '12.6': [1] },
  ...{ '13.1': [5, 2], '13.2': [6, 4], '13.3': [2], '13.4': [2] },
  ...{ '14.1': [4], '14.2': [6], '14.3': [3, 1], '14.4': [7], '14.5': [4] },
}
const upTo = (last: number, first = 1) => Array.from({ length: last - first + 1 }, (_, i) => first + i)
const asked = Object.entries(SECTIONS).flatMap(([section, [last, ...left]]) =>
  upTo(last)
    .filter((i) => !left.includes(i))
    .map((i) => `${section}.${i}`),
)

const cellsOf = (line: string) =>
  line
    .slice(1, -1)
    .split('|')
    .map((cell) => cell.trim())
/** A line may stand for several that follow on each other: 2.7.1–6. */
const rows = lines.map(cellsOf).flatMap(([number = '', ...cells]) => {
  const [, section, first, last = first] = /^(\d+\.\d+)\.(\d+)(?:–(\d+))?$/.exec(number) ?? []
  if (section === undefined) return []
  return upTo(Number(last), Number(first)).map((i) => ({ number: `${section}.${i}`, cells }))
})

describe('the table of OWASP ASVS', () => {
  it('has every requirement of level 2 once, in order, and is short', () => {
    expect(asked).to.have.length(188)
    expect(rows.map(({ number }) => number)).to.deep.equal(asked)
    expect(lines.length).to.be.below(180)
  })

  it('gives each one of three verdicts and a reason; who says met names a file', () => {
    for (const { number, cells } of rows) {
      const [asks = '', verdict = '', reason = ''] = cells
      expect(cells, number).to.have.length(3)
      expect(VERDICTS, number).to.include(verdict)
      expect(
        [asks, reason].every((text) => text.length > 3),
        number,
      ).to.equal(true)
      if (verdict === 'met') expect(reason, number).to.match(/`(?:test|server|views|scripts)\/[^`]+\.\w+`/)
    }
  })

  it('counts what it says', () => {
    const countsOf = (prefix: string) =>
      VERDICTS.map((verdict) => rows.filter((row) => row.number.startsWith(prefix) && row.cells[1] === verdict).length)
    const told = lines.map(cellsOf).flatMap(([name = '', ...counts]) => {
      const chapter = /^(?:V(\d+) |all )/.exec(name)
      return chapter ? [[chapter[1] ?? 'all', ...counts.map(Number)]] : []
    })
    const chapters = [...new Set(asked.map((number) => number.split('.')[0] as string))]
    expect(told).to.deep.equal([
      ...chapters.map((chapter) => [chapter, ...countsOf(`${chapter}.`)]),
      ['all', ...countsOf('')],
    ])
  })
})
