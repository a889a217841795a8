import { expect } from 'chai'
import { codebookRows } from '../../../../server/domain/microdata/codebook.js'
import { uniqueNames } from '../../../../server/domain/microdata/variable-names.js'
import { withheldList } from '../../../../server/domain/microdata/withheld-list.js'
import { planSmall, rowsOf, smallResponse } from '../../../support/microdata.js'

const five = (changes: Parameters<typeof smallResponse>[0] = {}) =>
  Array.from({ length: 5 }, () => smallResponse(changes))
const rowOf = (changes: Parameters<typeof smallResponse>[0] = {}, median = 300) =>
  rowsOf(planSmall(), five(changes), 5, median).rows[0]!

const at = (seconds: number) => ({
  startedAt: new Date('2026-02-10T03:00:00Z'),
  submittedAt: new Date(Date.parse('2026-02-10T03:00:00Z') + 1000 * seconds),
})

describe('rows of microdata', () => {
  it('hold the case, the instrument and one column for each item, of several choices one for each option', () => {
    expect(rowOf(at(200))).to.deep.equal({
      wave: '2026-web-citizen',
      simulated: 0,
      mode: 'web',
      respondent_type: 'citizen',
      questionnaire: 'small',
      questionnaire_version: '1.0',
      questionnaire_hash: 'aaaaaaaaaaaa',
      unit_uid: 'phuong-sai-gon',
      unit_name: 'Phường Sài Gòn',
      unit_gso_code: null,
      service: 'HT',
      transaction_month: '2026-01',
      answered_month: '2026-02',
      channel: 'finder',
      language: 'vi',
      disposition: 'complete',
      duration_band: 4,
      flag_speeder: 0,
      flag_straightline: 0,
      flag_incomplete: 0,
      flag_out_of_scope: 0,
      quality_rules: 'standard 1',
      weight: 1,
      stratum: 1,
      psu: null,
      S1: 1,
      S2: 1,
      S3: 1,
      C1: 5,
      C2: 4,
      E0: 2,
      E3: null,
      H6_1: 1,
      H6_2: 0,
      H6_3: 1,
      P5: 'phuong-tan-dinh',
      P5_NAME: 'Phường Tân Định',
    })
  })

  it('never hold the submission id, an exact time or a free text', () => {
    const answers = { ...smallResponse().answers, H7: 'Tên tôi là An' }
    const responses = Array.from({ length: 5 }, () => smallResponse({ answers }))
    const text = JSON.stringify(rowsOf(planSmall(), responses, 5).rows)
    for (const { submissionId } of responses) expect(text).not.to.include(submissionId)
    for (const secret of ['Tên tôi', 'H7', '2026-02-10', '2026-01-01']) expect(text).not.to.include(secret)
  })

  it('flag by the standard rules: under 0.4 of the median or 90 seconds, and an old transaction', () => {
    expect(rowOf(at(89), 100)).to.include({ flag_speeder: 1, duration_band: 2 })
    expect(rowOf(at(119), 300)).to.include({ flag_speeder: 1 })
    expect(rowOf(at(120), 300)).to.include({ flag_speeder: 0, duration_band: 3 })
    expect(rowOf({ transactionOn: '2025-07-01', day: '2026-07-02' })).to.include({ flag_out_of_scope: 1 })
  })

  it('keep nonresponse codes apart from items not asked', () => {
    const answers = { S1: 1, S2: 1, S3: 1, C1: 96, C2: 97, E0: 2, H6: [] }
    expect(rowOf({ answers })).to.include({ C1: 96, C2: 97, E3: null, H6_1: 0, H6_3: 0, P5: null, P5_NAME: null })
    expect(rowOf({ answers: { S1: 1, S2: 1, S3: 2 } })).to.include({ C1: null, H6_1: null })
  })

  it('give a year that was stored by itself as a decade', () => {
    const { questionnaire, hash } = planSmall().source.published
    const sections = questionnaire.sections.map((section) => ({
      ...section,
      items: section.items.map((item) => {
        if (item.kind !== 'year') return item
        const { bands: _, ...unbanded } = item
        return unbanded
      }),
    }))
    const plan = planSmall({ published: { hash, questionnaire: { ...questionnaire, sections } } })
    const answers = { ...smallResponse().answers, S2: 1987 }
    expect(rowsOf(plan, five({ answers }), 5).rows[0]).to.include({ S2: 1980 })
  })

  it('name columns so that every package takes them', () => {
    const nameOf = uniqueNames()
    expect(['BY', 'wave', 'WAVE', 'Wave', 'A'.repeat(40), 'A'.repeat(41)].map(nameOf)).to.deep.equal([
      'BY_2',
      'wave',
      'WAVE_2',
      'Wave_3',
      'A'.repeat(32),
      `${'A'.repeat(30)}_2`,
    ])
  })

  it('have a codebook with labels in both languages and the missing codes', () => {
    const rows = codebookRows(
      planSmall().columns.map(({ variable }) => variable),
      '1.0',
    )
    const ofAge = rows.filter(([name]) => name === 'S2').map((row) => row.slice(1, 9))
    expect(ofAge.slice(0, 3)).to.deep.equal([
      ['numeric', 'Ông/Bà sinh năm nào?', 'Year of birth?', null, null, null, null, '1.0'],
      ['numeric', 'Ông/Bà sinh năm nào?', 'Year of birth?', 1, '18-34', '18-34', 0, '1.0'],
      ['numeric', 'Ông/Bà sinh năm nào?', 'Year of birth?', 2, '35 trở lên', '35 and over', 0, '1.0'],
    ])
    expect(ofAge.slice(3).map((row) => [row[3], row[6]])).to.deep.equal([96, 97, 98, 99, 95].map((code) => [code, 1]))
  })

  it('come with a list of what was withheld and what is not exported', () => {
    const plan = planSmall()
    const responses = [
      ...five().slice(1),
      smallResponse({ answers: { ...smallResponse().answers, P5: 'phuong-sai-gon' } }),
    ]
    const { outcome } = rowsOf(plan, responses, 5)
    if (outcome.kind !== 'decided') throw new Error('Enough rows')
    const list = withheldList(plan, outcome.withholding).map((row) => row.slice(0, 4))
    expect(list[0]).to.deep.equal([null, 5, 5, 5])
    expect(list).to.deep.include(['P5 P5_NAME', 5, 5, 5])
    expect(list).to.deep.include(['S2', 0, 5, 5])
    expect(list).to.deep.include(['H7', 5, 5, 5])
  })
})
