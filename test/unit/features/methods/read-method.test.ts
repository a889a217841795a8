import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { expect } from 'chai'
import { parse } from 'yaml'
import { methodJsonSchema, readMethodFile } from '../../../../server/features/methods/index.js'
import { projectDir } from '../../../../server/platform/paths.js'
import { countsUnit, indexOf } from '../../../support/methods.js'

const METHODS = join(projectDir(), 'surveys/methods')
const readme = readFileSync(join(METHODS, 'README.md'), 'utf8')
const EXAMPLE = /```yaml\n([\s\S]*?)```/.exec(readme)?.[1] ?? ''
const DDCI = readFileSync(join(METHODS, 'ddci-hcm.yaml'), 'utf8')
const DECREE = readFileSync(join(METHODS, 'decree-61-2018.yaml'), 'utf8')

describe('reading a method file', () => {
  let dir: string
  beforeEach(() => {
    dir = mkdtempSync(join(tmpdir(), 'hai-long-method-'))
  })
  afterEach(() => rmSync(dir, { recursive: true, force: true }))

  function read(text: string) {
    const path = join(dir, 'draft.yaml')
    writeFileSync(path, text)
    return readMethodFile(path)
  }

  it('computes a method nobody programmed, from its file alone', () => {
    const file = read(EXAMPLE)
    const unit = countsUnit({ STAFF: { 5: 8, 1: 2 }, LOANS: { 4: 4, 2: 6, 96: 3 } })
    const index = file.kind === 'valid' ? indexOf(file.method, unit) : null
    // 0.75 · 80 + 0.25 · 40
    expect(index?.value).to.be.closeTo(70, 1e-9)
    expect(index?.method).to.deep.equal({ id: 'library', version: '2026.1' })
  })

  // Text, what is put in its place, what the message must hold, and words on the line it must name.
  const mistakes: readonly (readonly [string, string, string, string, string, string])[] = [
    ['a translation left out', EXAMPLE, ', en: The reader form asks both.', '', 'missing_translation', 'fitNote'],
    ['a misspelt key', EXAMPLE, 'missing: no_value', 'mising: no_value', 'mising', 'code: LIBRARY'],
    ['an unknown transformation', EXAMPLE, 'top_two_share', 'top_three_share', 'transformation', 'transformation:'],
    ['an unknown rule', EXAMPLE, 'rule: weighted_mean', 'rule: median', 'index.rule', 'rule:'],
    ['no rule', EXAMPLE, '  rule: weighted_mean\n', '', 'index.rule', 'code: LIBRARY'],
    ['a version that is a number', EXAMPLE, "version: '2026.1'", 'version: 2026.1', 'version', 'version:'],
    ['a code used twice', EXAMPLE, 'code: LOANS', 'code: STAFF', 'duplicate_code', 'vi: Thủ tục'],
    ['an item for no criterion', EXAMPLE, 'LOANS: R2', 'LOAN: R2', 'unknown_criterion', 'LOAN: R2'],
    ['weights that add up to less than 1', EXAMPLE, 'weight: 0.25', 'weight: 0.2', 'weights_sum', '- { code: STAFF'],
    ['a weight left out', EXAMPLE, ', weight: 0.25', '', 'weight_needed', 'code: LOANS'],
    ['weights nobody looks at', EXAMPLE, 'rule: weighted_mean', 'rule: pooled', 'weight_unused', 'code: STAFF'],
    ['a scale upside down', EXAMPLE, 'highest: 5', 'highest: 0', 'empty_scale', 'scale:'],
    ['a scale too short for two boxes', EXAMPLE, 'highest: 5', 'highest: 3', 'scale_too_short', 'scale:'],
    [
      'no criteria',
      EXAMPLE,
      / {2}criteria:[\s\S]*?(?=range)/.exec(EXAMPLE)![0],
      '',
      'parts_or_criteria',
      'code: LIBRARY',
    ],
    ['points without need', EXAMPLE, 'interval:', "points: { '1': 0 }\ninterval:", 'points_unused', 'points:'],
    ['mean_points without points', EXAMPLE, 'top_two_share', 'mean_points', 'points_needed', 'transformation:'],
    ['an interval for percents on means', EXAMPLE, 'top_two_share', 'mean', 'wilson_needs_percent', 'interval:'],
    ['single_item without an item', EXAMPLE, 'weighted_mean', 'single_item', 'single_needed', 'rule:'],
    [
      'a form named twice',
      EXAMPLE,
      "['2026.1'], items",
      "['2026.1', '2026.1'], items",
      'duplicate_fit',
      'questionnaire:',
    ],
    ['an upside-down range', EXAMPLE, 'highest: 100', 'highest: 0', 'range_order', 'range:'],
    [
      'thresholds that go down',
      EXAMPLE,
      'public: { minRespondents: 10',
      'public: { minRespondents: 99',
      'thresholds_order',
      'public:',
    ],
    ['no reason for having no interval', EXAMPLE, 'kind: wilson', 'kind: none', 'reason', 'interval:'],
    ['bootstrap without standardisation', EXAMPLE, 'kind: wilson', 'kind: bootstrap', 'bootstrap_needs', 'interval:'],
    [
      'a linear interval of standardised scores',
      DDCI,
      'kind: bootstrap',
      'kind: mean_t',
      'standardised_interval',
      'interval:',
    ],
    [
      'pooling of standardised scores',
      DDCI,
      'rule: mean_of_children',
      'rule: pooled',
      'pooled_standardised',
      'rule: pooled',
    ],
    ['a code without points', DECREE, '"1": 1, ', '', 'points_incomplete', 'points:'],
    ['classes out of order', DECREE, 'from: 12', 'from: 16', 'class_order', 'from: 16'],
    [
      'letters typed apart',
      EXAMPLE,
      'Chỉ số thư viện, en: Library index }\nfits',
      `${'Chỉ số'.normalize('NFD')}, en: Library index }\nfits`,
      'not_nfc',
      'title:',
    ],
  ]
  for (const [name, text, from, to, message, words] of mistakes) {
    it(`rejects ${name}, with the line`, () => {
      const wrong = text.replace(from, () => to)
      expect(wrong).to.not.equal(text)
      const file = read(wrong)
      const problems = file.kind === 'invalid' ? file.problems : []
      const problem = problems.find((one) => one.message.includes(message))
      expect(problem, problems.map((one) => one.message).join('\n')).to.not.equal(undefined)
      expect(wrong.split('\n')[problem!.line - 1]).to.include(words)
    })
  }

  it('has a schema for editors that is up to date, accepts the methods and rejects a misspelt key', () => {
    expect(JSON.parse(readFileSync(join(METHODS, 'schema.json'), 'utf8'))).to.deep.equal(
      JSON.parse(JSON.stringify(methodJsonSchema())),
    )
    const validate = new Ajv2020({ strict: false }).compile(methodJsonSchema())
    for (const text of [EXAMPLE, DDCI, DECREE])
      expect(validate(parse(text)), JSON.stringify(validate.errors)).to.equal(true)
    expect(validate(parse(EXAMPLE.replace('missing:', 'mising:')))).to.equal(false)
    expect(validate(parse(EXAMPLE.replace(', en: The reader form asks both.', '')))).to.equal(false)
  })
})
