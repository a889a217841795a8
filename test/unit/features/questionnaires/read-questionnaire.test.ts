import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { expect } from 'chai'
import { parse } from 'yaml'
import type { Questionnaire } from '../../../../server/domain/questionnaire/definition.js'
import {
  questionnaireJsonSchema,
  questionnaireYaml,
  readQuestionnaireFile,
  readQuestionnaireText,
} from '../../../../server/features/questionnaires/index.js'
import { projectDir } from '../../../../server/platform/paths.js'

const SURVEYS = join(projectDir(), 'surveys')
const COUNTER = readFileSync(join(SURVEYS, 'questionnaires/counter.yaml'), 'utf8')

/** The worked example of the format's description. */
function exampleOfReadme(): string {
  const readme = readFileSync(join(SURVEYS, 'README.md'), 'utf8')
  const blocks = [...readme.matchAll(/```yaml\n([\s\S]*?)```/g)].map(([, block]) => block ?? '')
  return blocks.find((block) => block.includes('id: library')) ?? ''
}

describe('reading a questionnaire file', () => {
  let dir: string
  beforeEach(() => {
    dir = mkdtempSync(join(tmpdir(), 'hai-long-draft-'))
  })
  afterEach(() => rmSync(dir, { recursive: true, force: true }))

  function read(text: string) {
    const path = join(dir, 'draft.yaml')
    writeFileSync(path, text)
    const file = readQuestionnaireFile(path)
    return file.kind === 'valid' ? file.questionnaire : file.problems
  }
  const lineOf = (text: string, words: string) => text.slice(0, text.indexOf(words)).split('\n').length

  it('reads the worked example, defaults filled in', () => {
    const questionnaire = read(exampleOfReadme())
    expect(questionnaire).to.include({ id: 'library', version: '2026.1', overallItem: 'R1' })
    const items = 'sections' in questionnaire ? questionnaire.sections.flatMap((section) => section.items) : []
    expect(items[1]).to.deep.equal({
      code: 'R1',
      kind: 'rating',
      scale: 'satisfaction',
      text: { vi: 'Thái độ phục vụ', en: 'Attitude of the staff' },
      required: false,
      allowsNotApplicable: false,
      allowsDontKnow: false,
      isReversed: false,
    })
  })

  it('names missing translations and dead branches with file and line', () => {
    const text = exampleOfReadme()
      .replace(', en: Borrowing procedure', '')
      .replace('showIf: { item: V1, in: [1] }', 'showIf: { all: [{ item: V1, in: [1] }, { item: V1, in: [2] }] }')
    expect(read(text)).to.deep.equal([
      {
        file: join(dir, 'draft.yaml'),
        line: lineOf(text, 'text: { vi: Thủ tục mượn sách'),
        message: 'sections.1.items.1.text.en: has no text in language en [missing_translation]',
      },
      {
        file: join(dir, 'draft.yaml'),
        line: lineOf(text, 'showIf: { all'),
        message: 'sections.1.items.1.showIf: nobody can ever meet this condition [dead_branch]',
      },
    ])
  })

  it('names unknown keys and values of the wrong kind', () => {
    const text = COUNTER.replace('stopsAt: [2]', 'stopAt: [2]')
    const problems = read(text)
    expect(problems).to.have.lengthOf(1)
    expect(problems).to.have.nested.property('[0].message').that.includes('stopAt')
    expect(
      read(COUNTER.replace("version: '2026.1'", 'version: 2026.1').replace('version: "2026.1"', 'version: 2026.1')),
    )
      .to.have.nested.property('[0].line')
      .that.equals(lineOf(COUNTER, 'version:'))
  })

  it('names broken YAML by line', () => {
    const problems = read(`${COUNTER}\nsource: [`)
    expect(problems).to.have.nested.property('[0].line').that.is.greaterThan(100)
  })
})

describe('the JSON Schema for editors', () => {
  const schema = JSON.parse(readFileSync(join(SURVEYS, 'questionnaires/schema.json'), 'utf8'))
  const accepts = new Ajv2020({ strict: false }).compile(schema)

  it('is the one that the present format gives', () => {
    expect(schema).to.deep.equal(JSON.parse(JSON.stringify(questionnaireJsonSchema())))
  })

  it('accepts the questionnaires of the project and the worked example', () => {
    const files = ['citizen', 'business', 'counter'].map((name) =>
      readFileSync(join(SURVEYS, 'questionnaires', `${name}.yaml`), 'utf8'),
    )
    for (const text of [...files, exampleOfReadme()]) expect(accepts(parse(text)), text.slice(0, 300)).to.equal(true)
    for (const text of files) expect(text.split('\n')[0]).to.equal('# yaml-language-server: $schema=schema.json')
  })

  it('marks a missing language', () => {
    expect(accepts(parse(exampleOfReadme().replace(', en: Borrowing procedure', '')))).to.equal(false)
  })
})

describe('reading a questionnaire that somebody pasted', () => {
  it('is by the same rules as a file, with each fault as data', () => {
    const broken = COUNTER.replace('items: [A5]', 'items: [A9]').replace('en: Early }', 'en: "" }')
    const read = readQuestionnaireText(broken)
    const lineOf = (words: string) => broken.slice(0, broken.indexOf(words)).split('\n').length
    expect(read.kind === 'invalid' && read.faults.map(({ message: _, ...fault }) => fault)).to.deep.equal([
      {
        line: lineOf('en: "" }'),
        code: 'missing_translation',
        at: 'sections.1.items.4.options.0.label.en',
        question: 'H2',
        params: { language: 'en' },
      },
      {
        line: lineOf('items: [A9]'),
        code: 'unknown_item',
        at: 'factors.1.items.0',
        question: null,
        params: { name: 'A9' },
      },
    ])
    expect(readQuestionnaireText(COUNTER).kind).to.equal('valid')
  })

  it('names the question also where the schema is broken, and survives whatever is pasted', () => {
    const read = readQuestionnaireText(COUNTER.replace('kind: rating', 'kind: stars'))
    const [fault] = read.kind === 'invalid' ? read.faults : []
    expect(fault).to.include({ code: 'invalid_union', question: 'G1' })
    const deep = `${'{not: '.repeat(700)}{item: G1, in: [1]}${'}'.repeat(700)}`
    for (const text of [
      '',
      '\t',
      'null',
      '- '.repeat(50_000),
      'a: &a [*a]',
      'sections: [{items: [null, 1, {code: 2}]}]',
    ])
      expect(readQuestionnaireText(text).kind, text.slice(0, 20)).to.equal('invalid')
    expect(
      readQuestionnaireText(COUNTER.replace('      - code: H2', `      - code: H2\n        showIf: ${deep}`)).kind,
    ).to.equal('valid')
  })

  it('comes back from its text as what it was', () => {
    const { questionnaire } = readQuestionnaireText(COUNTER) as { questionnaire: Questionnaire }
    expect(readQuestionnaireText(questionnaireYaml(questionnaire))).to.deep.equal({ kind: 'valid', questionnaire })
  })
})
