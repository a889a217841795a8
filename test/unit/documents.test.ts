import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect } from 'chai'
import { projectDir } from '../../server/platform/paths.js'

const root = projectDir()
const decisions = readdirSync(join(root, 'server/decisions')).filter((name) => name.endsWith('.md'))
const PAGES = [
  'README.md',
  'CHANGELOG.md',
  'surveys/README.md',
  'surveys/units/README.md',
  'server/embedded-mongo/README.md',
  'server/domain/access/README.md',
  'server/domain/access/ASVS.md',
  'deploy/README.md',
  'test/README.md',
  'test/fixtures/golden/README.md',
  ...decisions.map((name) => `server/decisions/${name}`),
]
const read = (page: string) => readFileSync(join(root, page), 'utf8')
const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> }

/** Paths in backquotes, from the project's folder or from that of the page; `NAME.yaml` stands for any name. */
function pathsIn(page: string): readonly string[] {
  const paths = read(page).matchAll(
    /`((?:deploy|server|surveys|scripts|test|views|units|waves|questionnaires)\/[\w./-]*)`/g,
  )
  return [...paths].map((match) => match[1] as string).filter((path) => !/\/[A-Z]+\.yaml$/.test(path))
}

describe('what is written about the project', () => {
  for (const page of PAGES) {
    it(`${page} names commands and paths that exist`, () => {
      const commands = [...read(page).matchAll(/npm run (?:--silent )?([\w:-]+)/g)].map((match) => match[1] as string)
      expect(commands.filter((name) => !(name in scripts))).to.deep.equal([])
      const missing = pathsIn(page).filter(
        (path) => !existsSync(join(root, path)) && !existsSync(join(root, dirname(page), path)),
      )
      expect(missing).to.deep.equal([])
    })
  }

  it('decisions are numbered without gaps and say context, decision, consequences and check', () => {
    const numbers = decisions.sort().map((name) => Number(name.slice(0, 4)))
    expect(numbers).to.deep.equal(numbers.map((_, i) => i))
    for (const [i, name] of decisions.entries()) {
      const text = read(`server/decisions/${name}`)
      expect(text, name).to.match(new RegExp(`^# ${i}\\. `))
      for (const part of ['Context', 'Decision', 'Consequences', 'Check']) expect(text, name).to.include(`**${part}.**`)
    }
  })

  it('scripts of package.json start files that exist', () => {
    const started = Object.entries(scripts).flatMap(([name, line]) =>
      [...line.matchAll(/tsx (?:watch )?(?:--\S+ )*(\S+\.ts)/g)].map((match) => [name, match[1] as string] as const),
    )
    expect(started.length).to.be.greaterThan(10)
    expect(started.filter(([, file]) => !existsSync(join(root, file)))).to.deep.equal([])
  })
})
