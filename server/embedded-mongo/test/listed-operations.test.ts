import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'chai'
import { COMMANDS } from '../commands/execute.js'
import { CONDITIONS, LOGIC } from '../query/filter.js'
import { CLAUSES, OPERATORS } from '../update/operators.js'

const server = join(process.cwd(), 'server')
const page = readFileSync(join(server, 'decisions', '0002-database-operations.md'), 'utf8')

/** The names in a row of the page's table. */
function listed(kind: string): string[] {
  const row = page.split('\n').find((line) => line.startsWith(`| ${kind} |`)) ?? ''
  return [...(row.split('|')[2] ?? '').matchAll(/`([^`]+)`/g)].map(([, name = '']) => name)
}

const engine: Record<string, readonly string[]> = {
  commands: [...COMMANDS.keys()],
  conditions: Object.keys(CONDITIONS),
  'joining conditions': Object.keys(LOGIC),
  'update operators': Object.keys(OPERATORS),
  'clauses of `$push`': CLAUSES,
}

/** Operators written in a source file as the name of a field. */
const operatorsIn = (path: string) =>
  [...readFileSync(path, 'utf8').matchAll(/['"]?(\$[a-z][A-Za-z]*)['"]?\s*:/g)].map(([, name = '']) => name)

describe('the list of database operations', () => {
  for (const [kind, names] of Object.entries(engine)) {
    it(`names the ${kind} that the engine has, no more and no less`, () => {
      expect([...listed(kind)].sort()).to.deep.equal([...names].sort())
    })
  }

  it('holds every operator that a repository or a model writes', () => {
    const files = readdirSync(server, { recursive: true, encoding: 'utf8' }).filter((path) =>
      /\.(repository|model)\.ts$/.test(path),
    )
    const known = new Set(Object.values(engine).flat())
    const unlisted = files.flatMap((path) =>
      operatorsIn(join(server, path))
        .filter((name) => !known.has(name))
        .map((name) => `${path}: ${name}`),
    )
    expect(files.length).to.be.above(3)
    expect(unlisted).to.deep.equal([])
  })
})
