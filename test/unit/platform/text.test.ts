import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import { projectDir } from '../../../server/platform/paths.js'
import { loadTexts } from '../../../server/platform/text.js'
import { scriptJson } from '../../../server/platform/views.js'
import { sourceFiles } from '../../support/imports.js'

const textDir = join(projectDir(), 'views/text')

describe('texts of the pages', () => {
  let dir: string
  beforeEach(() => {
    dir = mkdtempSync(join(tmpdir(), 'texts-'))
  })
  afterEach(() => rmSync(dir, { recursive: true }))
  const write = (content: unknown) => writeFileSync(join(dir, 'page.json'), JSON.stringify(content))

  it('fill in what a sentence names', () => {
    write({ found: { vi: 'Có {count} cơ quan', en: '{count} agencies' } })
    const t = loadTexts(dir).translator('vi')
    expect(t('page.found', { count: 3 })).to.equal('Có 3 cơ quan')
    expect(() => t('page.found')).to.throw('Text page.found needs count')
    expect(() => t('page.lost')).to.throw('No text for page.lost')
  })

  it('fail at start when a translation is missing, naming file and key', () => {
    write({ found: { vi: 'Có' } })
    expect(() => loadTexts(dir)).to.throw(/page\.json[\s\S]*found\.en/)
  })

  it('of the project are whole and name the same parameters in both languages', () => {
    const texts = loadTexts(textDir)
    const placeholders = (sentence: string) => [...sentence.matchAll(/\{(\w+)\}/g)].map((match) => match[1]).sort()
    const uneven = readdirSync(textDir).flatMap((file) => {
      const entries = Object.entries(
        JSON.parse(readFileSync(join(textDir, file), 'utf8')) as Record<string, Record<string, string>>,
      )
      return entries
        .filter(([, { vi = '', en = '' }]) => String(placeholders(vi)) !== String(placeholders(en)))
        .map(([key]) => `${file}: ${key}`)
    })
    expect(uneven).to.deep.equal([])
    expect(texts.keys()).to.include('site.simulated')
  })

  it('that templates name exist', () => {
    const texts = loadTexts(textDir)
    const views = readdirSync(join(projectDir(), 'views'), { recursive: true, withFileTypes: true })
    const templates = views.filter((entry) => entry.name.endsWith('.hbs'))
    const missing = templates.flatMap((entry) => {
      const source = readFileSync(join(entry.parentPath, entry.name), 'utf8')
      const keys = [...source.matchAll(/[{(]t '([\w.]+)'/g)].map((match) => match[1] as string)
      return keys.filter((key) => !texts.has(key)).map((key) => `${entry.name}: ${key}`)
    })
    expect(missing).to.deep.equal([])
    expect(sourceFiles('server').length).to.be.greaterThan(20)
  })
})

describe('JSON inside a script element', () => {
  it('cannot end the element', () => {
    const name = '</script><script>alert(1)</script>'
    expect(scriptJson({ name })).not.to.include('<')
    expect(JSON.parse(scriptJson({ name }))).to.deep.equal({ name })
  })
})
