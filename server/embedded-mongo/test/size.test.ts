import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'chai'

const ENGINE = join(process.cwd(), 'server', 'embedded-mongo')
/** As `wc -l` counts, with comments and blank lines: what grows beyond has to be paid for by something that goes. */
const MAX_LINES = 2720
/** Lines that are neither blank nor comment. */
const MAX_CODE_LINES = 2100
const MEDIAN_BELOW = 120

describe('the code of the engine, without its tests', () => {
  const files = readdirSync(ENGINE, { recursive: true, encoding: 'utf8' }).filter(
    (path) => path.endsWith('.ts') && !path.startsWith('test'),
  )
  const texts = files.map((path) => readFileSync(join(ENGINE, path), 'utf8').split('\n'))
  const lines = texts.map((text) => text.length - 1)

  it(`has at most ${MAX_LINES} lines`, () => {
    expect(lines.reduce((sum, count) => sum + count, 0)).to.be.within(1000, MAX_LINES)
  })

  it(`has at most ${MAX_CODE_LINES} lines of code, comments and blank lines apart`, () => {
    const isCode = (line: string) => !/^\s*(?:$|\/\/|\/?\*)/.test(line)
    expect(texts.flat().filter(isCode).length).to.be.within(1000, MAX_CODE_LINES)
  })

  it(`has files of fewer than ${MEDIAN_BELOW} lines, half of them`, () => {
    expect([...lines].sort((a, b) => a - b)[lines.length >> 1]).to.be.below(MEDIAN_BELOW)
  })
})
