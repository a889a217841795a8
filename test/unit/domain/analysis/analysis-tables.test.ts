import { expect } from 'chai'
import {
  ANALYSIS_COLUMNS,
  ANALYSIS_TABLE_NAMES,
  analysisRows,
} from '../../../../server/domain/analysis/analysis-rows.js'
import { pearson, spearman } from '../../../../server/domain/statistics/instruments/correlation.js'
import { cronbachAlpha } from '../../../../server/domain/statistics/instruments/cronbach-alpha.js'
import { wilsonInterval } from '../../../../server/domain/statistics/wilson.js'
import type { NewResponse } from '../../../../server/domain/survey/response.js'
import { cases, manyCases, RATED, rowOf, tablesOf } from '../../../support/analysis-city.js'
import { expectClose } from '../../../support/close.js'

describe('analysis of a small wave, worked by hand', () => {
  // 60 people of group 1: 48 answer everything with 5, 12 with 2. 40 of group 2: 20 with 4, 20 with 1.
  const { tables } = tablesOf([
    ...cases(48, 5, { P1: 1, H2: 2, H4: 2, H6: [1, 4] }),
    ...cases(12, 2, { P1: 1, H2: 3, H3: 2, H4: 1, H6: [] }),
    ...cases(20, 4, { P1: 2, H2: 1, H4: 2, H6: [1] }),
    ...cases(20, 1, { P1: 2, H2: 3, H3: 1, H4: 98, H6: [7] }),
  ])

  it('has index and overall item of each group with their intervals', () => {
    // 48/60 = 80 %, 20/40 = 50 %. Six answers alike: deff = (6n − 1)/(n − 1), so n_eff = 6n(n − 1)/(6n − 1) = 360·59/359.
    const first = rowOf(tables, 'groups', { item: 'P1', option: '1', measure: 'index' })
    expectClose(first.top_two_percent as number, 80, 1e-12)
    expectClose(first.effective_base as number, (360 * 59) / 359, 1e-9)
    const { lowPercent, highPercent } = wilsonInterval(0.8, (360 * 59) / 359)
    expectClose(first.low_percent as number, lowPercent, 1e-9)
    expectClose(first.high_percent as number, highPercent, 1e-9)
    expect(rowOf(tables, 'groups', { option: '2', measure: 'overall' })).to.include({
      top_two_percent: 50,
      n_valid: 40,
      flag: '†',
    })
    expect(rowOf(tables, 'demographics', { option: '1' })).to.include({ n: 60, percent: 60, base: 100 })
  })

  it('tells which criteria are far from the cuts', () => {
    // As above, but A1 is 5 for everybody who is dissatisfied and 4 for the others: r = -1, performance 100 %.
    const turned = tablesOf([...cases(120, 5, { A1: 4 }), ...cases(120, 1, { A1: 5 })])
    // Cuts: r = (6 - 1)/7 over seven criteria, performance (6 * 50 + 100)/7 = 57.1 %. At r = 1 nothing is near; Wilson of 120/240
    // is 43.7 to 56.3 %.
    const rows = analysisRows('importance', turned.tables)
    expect(rows.map(({ is_near_cut }) => is_near_cut)).to.deep.equal(rows.map(() => false))
  })

  it('tests whether the groups differ', () => {
    // p = 68/100: (48 − 40.8)²/(60·0.68·0.32) + (20 − 27.2)²/(40·0.68·0.32) = 51.84/13.056 + 51.84/8.704 = 9.926471
    const chi = rowOf(tables, 'group-tests', { measure: 'overall' })
    expectClose(chi.statistic as number, 51.84 / 13.056 + 51.84 / 8.704, 1e-9)
    // (0.8 − 0.5)² / (0.16/59.164… + 0.25/39.163…), n_eff of 40: 240·39/239
    const wald = rowOf(tables, 'group-tests', { measure: 'index' })
    expectClose(wald.statistic as number, 0.09 / (0.16 / ((360 * 59) / 359) + 0.25 / ((240 * 39) / 239)), 1e-9)
    expect([chi.df, wald.df, chi.p_holm]).to.deep.equal([1, 1, chi.p])
  })

  it('ranks wishes by how many have them, of all who were asked', () => {
    // A1 by 48 + 20 of 100, B1 by 48, A5 by 20.
    const wishes = analysisRows('wishes', tables).filter(({ n }) => (n as number) > 0)
    expect(wishes.map(({ about_item, n, percent, rank }) => [about_item, n, percent, rank])).to.deep.equal([
      ['A1', 68, 68, 1],
      ['B1', 48, 48, 2],
      ['A5', 20, 20, 3],
    ])
  })

  it('counts what should not happen: lateness of all, apology of the late, harassment of those who answered', () => {
    const late = rowOf(tables, 'negatives', { item: 'H2', option: '3' })
    expect(late).to.include({ n: 32, base: 100, percent: 32, is_adverse: true })
    expect(rowOf(tables, 'negatives', { item: 'H3', option: '2' })).to.include({ n: 12, base: 32, percent: 37.5 })
    expect(rowOf(tables, 'negatives', { item: 'H4', option: '1' })).to.include({ n: 12, base: 80, percent: 15 })
    expect(rowOf(tables, 'negatives', { item: 'H4', option: 'no_answer' })).to.include({ n: 20, base: 100 })
  })

  it('says how many answers count as one: six alike of each of 100 people', () => {
    // deff = (6n − 1)/(n − 1) = 599/99 for the index, (3n − 1)/(n − 1) = 299/99 for a factor
    expectClose(rowOf(tables, 'design-effects', { code: 'overall' }).design_effect as number, 599 / 99, 1e-9)
    expectClose(rowOf(tables, 'design-effects', { code: 'A' }).design_effect as number, 299 / 99, 1e-9)
    expect(rowOf(tables, 'design-effects', { code: 'A' })).to.include({ base: 100, answers: 300 })
  })

  it('finds items that say the same redundant, and halves what two factors that say the same explain', () => {
    const [factor] = tables.reliability
    expectClose(factor!.reliability!.alpha, 1, 1e-12)
    expect(factor!.band).to.equal('redundant')
    expectClose(tables.importance!.factors!.rSquared, 1, 1e-9)
    for (const { share } of tables.importance!.factors!.rows) expectClose(share!.percent, 50, 1e-9)
  })
})

describe('analysis of a wave, counted again from the responses', () => {
  const all = manyCases(900)
  const { tables, medianSeconds } = tablesOf(all)
  const complete = all.filter(({ disposition }) => disposition === 'complete')
  const secondsOf = ({ startedAt, submittedAt }: NewResponse) => (submittedAt.getTime() - startedAt.getTime()) / 1000
  const isTooOld = ({ transactionOn }: NewResponse) => transactionOn === '2024-01-01'
  const isThin = ({ answers }: NewResponse) => {
    const core = [...RATED, 'G1'].map((code) => answers[code] as number).filter((code) => code !== 96)
    return core.filter((code) => code !== 98 && code !== 99).length < 0.8 * core.length
  }
  const valid = complete.filter((one) => !isTooOld(one) && !isThin(one))
  const scores = (code: string) =>
    valid.map(({ answers }) => ((answers[code] as number) <= 5 ? (answers[code] as number) : null))
  const how = (test: (one: NewResponse) => boolean) => valid.filter(test).length

  it('T1: received, complete, valid', () => {
    const count = (step: string) => rowOf(tables, 'accounting', { step }).n
    expect(['received', 'complete', 'valid'].map(count)).to.deep.equal([900, complete.length, valid.length])
    expect(count('excluded')).to.equal(complete.length - valid.length)
    expect(rowOf(tables, 'accounting', { step: 'handed_out' })).to.include({ status: 'not_recorded', n: null })
  })

  it('T2: people by group', () => {
    const answered = (codes: readonly number[]) => how(({ answers }) => codes.includes(answers.P1 as number))
    for (const [option, codes] of [
      ['1', [1]],
      ['2', [2]],
      ['no_answer', [98, 99]],
    ] as const) {
      const n = answered(codes)
      const row = rowOf(tables, 'demographics', { option })
      expect(row).to.include({ n, base: valid.length })
      expectClose(row.percent as number, (100 * n) / valid.length, 1e-12)
    }
  })

  it('T6: overall item by group, and the index as the mean of factors of criteria', () => {
    const group = valid.filter(({ answers }) => answers.P1 === 2)
    const percentOf = (code: string) => {
      const given = group.map(({ answers }) => answers[code] as number).filter((one) => one <= 5)
      return { percent: (100 * given.filter((one) => one >= 4).length) / given.length, base: given.length }
    }
    const mean = (codes: readonly string[]) =>
      codes.reduce((sum, code) => sum + percentOf(code).percent, 0) / codes.length
    const overall = rowOf(tables, 'groups', { option: '2', measure: 'overall' })
    expect(overall.n_valid).to.equal(percentOf('G1').base)
    expectClose(overall.top_two_percent as number, percentOf('G1').percent, 1e-12)
    const index = rowOf(tables, 'groups', { option: '2', measure: 'index' })
    expectClose(index.top_two_percent as number, (mean(RATED.slice(0, 3)) + mean(RATED.slice(3))) / 2, 1e-12)
  })

  it('T7 and T8: shares with their intervals', () => {
    for (const [place, about] of [...RATED, 'A5'].entries()) {
      const n = how(({ answers }) => (answers.H6 as readonly number[]).includes(place + 1))
      const { lowPercent } = wilsonInterval(n / valid.length, valid.length)
      const row = rowOf(tables, 'wishes', { about_item: about })
      expect(row).to.include({ n, base: valid.length })
      expectClose(row.low_percent as number, lowPercent, 1e-12)
    }
    for (const [item, option] of [
      ['H2', 3],
      ['H3', 2],
      ['H4', 1],
    ] as const) {
      const base = how(({ answers }) => answers[item] !== undefined && (answers[item] as number) < 96)
      const n = how(({ answers }) => answers[item] === option)
      expect(rowOf(tables, 'negatives', { item, option: String(option) })).to.include({ n, base })
    }
  })

  it('T10: correlations of the respondents with both ratings, performance, gap', () => {
    for (const code of [...RATED, 'A5']) {
      const row = rowOf(tables, 'importance', { item: code })
      const both = pearson(scores(code), scores('G1'))
      const given = scores(code).filter((one) => one !== null)
      const performance = (100 * given.filter((one) => one >= 4).length) / given.length
      expect(row.n_pairs).to.equal(both.pairs)
      expectClose(row.pearson as number, both.r!, 1e-9)
      expectClose(row.spearman as number, spearman(scores(code), scores('G1')).r!, 1e-9)
      expectClose(row.performance_percent as number, performance, 1e-12)
      expectClose(row.gap as number, both.r! * (100 - performance), 1e-9)
    }
  })

  it('T10: a criterion whose interval holds a cut is told as close to it', () => {
    for (const code of [...RATED, 'A5']) {
      const row = rowOf(tables, 'importance', { item: code })
      const given = scores(code).filter((one) => one !== null)
      const { lowPercent, highPercent } = wilsonInterval((row.performance_percent as number) / 100, given.length)
      // Fisher's interval by its own steps, on the z scale.
      const distance = Math.abs(Math.atanh(row.pearson as number) - Math.atanh(row.importance_cut as number))
      const isNearImportance = distance * Math.sqrt((row.n_pairs as number) - 3) <= 1.959963984540054
      const cut = row.performance_cut_percent as number
      expect(row.is_near_cut, code).to.equal(isNearImportance || (lowPercent <= cut && cut <= highPercent))
    }
  })

  it('T12: flags against the median time, alpha of the complete rows', () => {
    const times = all.map(secondsOf).sort((a, b) => a - b)
    const median = (times[449]! + times[450]!) / 2
    expect(medianSeconds).to.equal(median)
    const fast = all.filter((one) => secondsOf(one) < Math.max(90, 0.4 * median)).length
    expect(rowOf(tables, 'flags', { flag: 'speeder' })).to.include({ n: fast, excludes: false })
    expect(rowOf(tables, 'flags', { flag: 'out_of_scope' }).n).to.equal(all.filter(isTooOld).length)
    expect(rowOf(tables, 'flags', { flag: 'duplicate' })).to.include({ status: 'not_recorded', n: null })
    const rows = valid.map(({ answers }) =>
      RATED.slice(0, 3).map((code) => ((answers[code] as number) <= 5 ? (answers[code] as number) : null)),
    )
    const alpha = cronbachAlpha(rows)!
    const row = rowOf(tables, 'reliability', { factor: 'A', item: null })
    expect(row.base).to.equal(alpha.base)
    expectClose(row.alpha as number, alpha.alpha, 1e-9)
  })

  it('has every column of every table in each row', () => {
    for (const name of ANALYSIS_TABLE_NAMES) {
      const rows = analysisRows(name, tables)
      expect(rows.length, name).to.be.greaterThan(0)
      for (const row of rows) expect(Object.keys(row)).to.deep.equal([...ANALYSIS_COLUMNS[name]])
    }
  })
})
