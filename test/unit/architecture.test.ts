import { expect } from 'chai'
import { brokenDisclosure, brokenRule } from '../support/import-rules.js'
import { importsIn, importsOf, readSource, sourceFiles } from '../support/imports.js'

const MAX_LINES = 300
const server = sourceFiles('server')
const production = server.filter((file) => !file.includes('/test/'))

describe('architecture', () => {
  it('imports run in one direction only', () => {
    const broken = server.flatMap(importsOf).flatMap((statement) => {
      const rule = brokenRule(statement)
      return rule ? [`${statement.file} imports ${statement.target}: ${rule}`] : []
    })
    expect(broken).to.deep.equal([])
  })

  it('the import check itself notices what it must', () => {
    const planted = [
      ['server/domain/index/tally.ts', "import { z } from 'zod'"],
      ['server/domain/index/tally.ts', "import { x } from '../../platform/text.js'"],
      ['server/features/waves/find-wave.ts', "import {\n  Schema,\n} from 'mongoose'"],
      ['server/features/waves/find-wave.ts', "import { Router } from 'express'"],
      ['server/features/waves/find-wave.ts', "import { x } from '../responses/response.model.js'"],
      ['server/platform/text.ts', "export * from '../features/waves/index.js'"],
      ['server/embedded-mongo/start.ts', "import { pino } from 'pino'"],
      ['server/features/waves/find-wave.ts', "const x = await import('../../app.js')"],
    ] as const
    const unnoticed = planted.filter(([file, source]) => !importsIn(file, source).some(brokenRule))
    expect(unnoticed).to.deep.equal([])
  })

  it('the environment is read in main.ts alone', () => {
    const readers = production.filter((file) => file !== 'server/main.ts' && /process\.env\b/.test(readSource(file)))
    expect(readers).to.deep.equal([])
  })

  it('routers are made where a route cannot go without its rule', () => {
    const makers = production.filter((file) => /\bRouter\(|express\.Router/.test(readSource(file)))
    expect(makers).to.deep.equal(['server/platform/http/routes.ts'])
  })

  it('what a reader may see comes from the account: no route takes the whole city', () => {
    const takers = production
      .filter((file) => file.endsWith('.routes.ts'))
      .filter((file) => /\b(wholeCity|scopeOfUnit)\(/.test(readSource(file)))
    expect(takers).to.deep.equal(['server/features/accounts/access.routes.ts'])
  })

  it('the domain has no clock and no randomness', () => {
    const impure = production
      .filter((file) => file.startsWith('server/domain/'))
      .filter((file) => /Math\.random|Date\.now|new Date\(\)|['"]node:/.test(readSource(file)))
    expect(impure).to.deep.equal([])
  })

  it('counted figures reach a reader through the disclosure engine alone', () => {
    expect(server.flatMap(importsOf).flatMap((one) => brokenDisclosure(one) ?? [])).to.deep.equal([])
    const planted = [
      ['server/features/waves/find-wave.ts', "import { x } from '../../domain/report/raw-block.js'"],
      ['server/features/waves/find-wave.ts', "import { x } from '../../domain/disclosure/relations.js'"],
      ['server/domain/report/index-report-rows.ts', "import { x } from './raw-block.js'"],
      ['server/domain/report/index-report-rows.ts', "import { fullFigures } from './make-shown.js'"],
    ] as const
    const unnoticed = planted.filter(([file, source]) => !importsIn(file, source).some(brokenDisclosure))
    expect(unnoticed).to.deep.equal([])
    const counters = production
      .filter((file) => !file.startsWith('server/domain/'))
      .filter((file) => /\b(figuresOfLine|headlineOfLine|figuresOfShares|estimateOf)\b/.test(readSource(file)))
    expect(counters).to.deep.equal([])
  })

  it('no file grows beyond a screenful of screenfuls', () => {
    const lines = (file: string) => readSource(file).split('\n').length - 1
    const tooLong = sourceFiles('server', 'scripts', 'test').filter((file) => lines(file) > MAX_LINES)
    expect(tooLong).to.deep.equal([])
    const sorted = production.map(lines).sort((a, b) => a - b)
    expect(sorted[Math.floor(sorted.length / 2)], 'median lines of a server file').to.be.at.most(100)
  })
})
