import { expect } from 'chai'
import { createFrequencies } from '../../../../server/domain/microdata/frequencies.js'
import type { MicrodataPlan } from '../../../../server/domain/microdata/microdata-plan.js'
import type { Cell } from '../../../../server/domain/microdata/variable.js'
import { encodeDdi } from '../../../../server/features/exports/formats/ddi.js'
import { readDdi } from '../../../support/ddi-structure.js'
import { planSmall, rowsOf, smallResponse } from '../../../support/microdata.js'
import { smallWave } from '../../../support/small-city.js'

/** Thirty rows: five left C1 blank, five were not asked. */
const RESPONSES = Array.from({ length: 30 }, (_, i) =>
  smallResponse({
    submissionId: `00000000-0000-4000-8000-${String(i).padStart(12, '0')}`,
    answers:
      i < 5
        ? { S1: 1, S2: 1, S3: 2, E0: 2, H6: [1] }
        : { S1: 1, S2: 1, S3: 1, C1: i < 10 ? 99 : 4, C2: i === 29 ? 1 : 5, E0: 2, H6: i < 15 ? [1, 3] : [2] },
  }),
)

function documentOf(plan: MicrodataPlan, rows: readonly (readonly Cell[])[], language: 'vi' | 'en' = 'en') {
  const frequencies = createFrequencies(
    plan.columns.map(({ variable }) => variable),
    5,
  )
  for (const row of rows) frequencies.add(row)
  const xml = encodeDdi({
    plan,
    withholding: { rows: rows.length, k: 5, counts: new Map([['S2', 12]]) },
    frequencies: frequencies.shown(),
    language,
    title: 'A & B <wave>',
    fileName: 'wave.csv',
    createdAt: new Date('2026-04-01T00:00:00Z'),
  })
  return { xml, ...readDdi(xml) }
}

describe('a description in DDI-Codebook', () => {
  const plan = planSmall()
  const cells = rowsOf(plan, RESPONSES, 5).rows.map((row) =>
    plan.columns.map(({ variable }) => row[variable.name] ?? null),
  )
  const { $, faults, xml } = documentOf(plan, cells)
  const variable = (name: string) => $(`var[name="${name}"]`)
  const counts = (name: string) =>
    Object.fromEntries(
      variable(name)
        .children('catgry')
        .toArray()
        .map((one) => [$(one).children('catValu').text(), $(one).children('catStat').text()]),
    )

  it('is put together as the schema says, every reference among its own parts', () => {
    expect(faults).to.deep.equal([])
    expect(
      xml.startsWith('<?xml version="1.0" encoding="UTF-8"?>\n<codeBook version="2.5" xmlns="ddi:codebook:2_5"'),
    ).to.equal(true)
    expect(
      readDdi('<codeBook><dataDscr><var zap="1"><catgry/><labl/></var></dataDscr></codeBook>').faults,
    ).to.deep.equal(['codeBook holds dataDscr', 'var holds catgry labl', 'var has zap'])
  })

  it('names the study, the file and its size', () => {
    expect($('stdyDscr > citation titl').text()).to.equal('A & B <wave>')
    expect($('stdyDscr IDNo').text()).to.include('2026-web-citizen small-1.0')
    expect(
      $('collDate')
        .toArray()
        .map((one) => $(one).attr('date')),
    ).to.deep.equal(['2025-07-01', '2026-03-31'])
    expect([$('fileName').text(), $('caseQnty').text(), $('varQnty').text()]).to.deep.equal([
      'wave.csv',
      '30',
      String(plan.columns.length),
    ])
  })

  it('says of each variable what was asked, of whom, and what its codes mean, missing ones apart', () => {
    const one = variable('C1')
    expect(one.children('labl').text()).to.equal('Criterion C1')
    expect(one.find('qstnLit').text()).to.equal('Criterion C1')
    expect(one.children('universe').text()).to.equal('S3 = 1 (Yes)')
    expect(
      one
        .children('catgry[missing="Y"]')
        .toArray()
        .map((each) => $(each).children('catValu').text()),
    ).to.include.members(['96', '97', '98', '99'])
    expect(one.attr('wgt-var')).to.equal(variable('weight').attr('ID'))
    expect(variable('weight').attr('wgt')).to.equal('wgt')
    expect($('varGrp[name="H6"]').attr('var')!.split(' ')).to.deep.equal(
      ['H6_1', 'H6_2', 'H6_3'].map((name) => variable(name).attr('ID')!),
    )
    expect(variable('S2').children('notes').text())
      .to.match(/Withheld in 12 rows/)
      .and.match(/the year itself is not stored/)
    expect(documentOf(plan, cells, 'vi').$('var[name="C1"] > universe').text()).to.equal('S3 = 1 (Có)')
  })

  it('counts what stands in the rows', () => {
    expect(counts('C1')).to.deep.include({ '4': '20', '5': '0', '99': '5', '96': '0' })
    const [valid, invalid] = variable('C1')
      .children('sumStat')
      .toArray()
      .map((one) => $(one).text())
    expect([valid, invalid]).to.deep.equal(['20', '10'])
    expect(counts('H6_1')).to.deep.include({ '0': '15', '1': '15' })
  })

  it('gives no count of a variable where a value stands in fewer than five rows', () => {
    expect(new Set(Object.values(counts('C2')))).to.deep.equal(new Set(['']))
    expect(variable('C2').children('sumStat')).to.have.length(0)
    expect(variable('C2').children('notes[type="disclosure"]').text()).to.match(/too few rows/)
  })

  it('says that data are simulated', () => {
    const simulated = planSmall({ wave: smallWave({ isSimulated: true }) })
    expect(documentOf(simulated, cells).$('dataKind').text()).to.match(/Simulated data/)
  })
})
