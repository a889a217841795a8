import { expect } from 'chai'
import { readSource, sourceFiles } from '../../support/imports.js'
import { tinyQuestionnaire } from '../../support/tiny-questionnaire.js'

/** An exported function with the comment above it and its own text. */
interface Documented {
  readonly file: string
  readonly name: string
  readonly comment: string
  readonly body: string
}

const EXPORTED =
  /(\/\*\*(?:(?!\*\/)[\s\S])*?\*\/\s*)?^export (?:function\*? (\w+)|const (\w+)(?:: [^=\n]+)? =\s*(?:<[^>]*>)?\()/gm

function functionsOf(file: string): Documented[] {
  const source = readSource(file)
  return [...source.matchAll(EXPORTED)].map((match) => {
    const rest = source.slice(match.index + match[0].length)
    const end = rest.search(/^(?:\/\*\*|export |function |const |class )/m)
    return {
      file,
      name: match[2] ?? match[3] ?? '',
      comment: match[1] ?? '',
      body: end < 0 ? rest : rest.slice(0, end),
    }
  })
}

/** An example: the expression and what it is said to give. */
function examplesOf({ comment }: Documented): { code: string; expected: string }[] {
  const text = comment.replaceAll(/^\s*\*\/?[ ]?/gm, '').replace(/\*\/\s*$/, '')
  return text
    .split('@example ')
    .slice(1)
    .map((part) => {
      const [code = '', expected = ''] = (part.split(/\n\s*@/)[0] ?? '').split(/\s\/\/\s/)
      return { code: code.trim(), expected: expected.trim() }
    })
}

/** One unit of the last digit that is written (inputs are rounded too); of whole numbers the second behind the point. */
const toleranceOf = (expected: number) =>
  Math.max(10 ** -(String(expected).split('.')[1]?.length ?? 2), 1e-14 * Math.abs(expected))

function isSame(actual: unknown, expected: unknown): boolean {
  if (typeof expected === 'number' && typeof actual === 'number') {
    return actual === expected || Math.abs(actual - expected) <= toleranceOf(expected)
  }
  if (typeof expected !== 'object' || expected === null) return actual === expected
  if (typeof actual !== 'object' || actual === null) return false
  const [own, wanted] = [Object.entries(actual), Object.entries(expected)]
  return own.length === wanted.length && wanted.every(([key, value]) => isSame(Object(actual)[key], value))
}

const core = sourceFiles('server/domain/statistics', 'server/domain/index', 'server/domain/method')
const functions = core.flatMap(functionsOf)
const ofStatistics = functions.filter(({ file }) => file.startsWith('server/domain/statistics/'))
const named = ({ file, name }: Documented) => `${file} ${name}`

describe('the documentation of the statistics core', () => {
  it('finds the functions', () => {
    expect(ofStatistics.length).to.be.at.least(80)
    expect(ofStatistics.map(({ name }) => name)).to.include.members(['wilsonInterval', 'estimateMean', 'equalWeights'])
  })

  it('every exported function says what it gives', () => {
    expect(functions.filter(({ comment }) => comment.length < 20).map(named)).to.deep.equal([])
  })

  it('every exported function of statistics names its source and has an example', () => {
    const poor = ofStatistics.filter((one) => !one.comment.includes('@see ') || examplesOf(one).length === 0)
    expect(poor.map(named)).to.deep.equal([])
  })

  it('every function that throws says on what', () => {
    const silent = functions.filter(({ comment, body }) => body.includes('throw new') && !comment.includes('@throws'))
    expect(silent.map(named)).to.deep.equal([])
  })
})

describe('the examples of the statistics core', () => {
  const scope: Record<string, unknown> = { questionnaire: tinyQuestionnaire() }
  before(async () => {
    for (const file of core) {
      Object.assign(scope, await import(new URL(`../../../${file.replace(/\.ts$/, '.js')}`, import.meta.url).href))
    }
  })

  const evaluate = (code: string): unknown =>
    new Function(...Object.keys(scope), `return (${code})`)(...Object.values(scope))

  for (const one of functions) {
    examplesOf(one).forEach(({ code, expected }) => {
      it(`${one.name}: ${code} gives ${expected}`, () => {
        expect(expected, 'what the example gives').to.not.equal('')
        const actual = evaluate(code)
        const wanted = evaluate(expected)
        expect(isSame(actual, wanted), `got ${JSON.stringify(actual)}`).to.equal(true)
      })
    })
  }
})
