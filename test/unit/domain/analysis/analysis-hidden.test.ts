import { expect } from 'chai'
import { analysisRows } from '../../../../server/domain/analysis/analysis-rows.js'
import { cases, RATED, rowOf, rowsOf, tablesOf } from '../../../support/analysis-city.js'

describe('what an analysis hides', () => {
  const base = [...cases(60, 5, { P1: 1, H2: 2, H4: 2, H6: [1] }), ...cases(40, 2, { P1: 2, H2: 1, H4: 2, H6: [2] })]

  it('a group of 3 and the smallest other one, in counts and figures alike', () => {
    const { tables } = tablesOf([...base, ...cases(3, 4, { P1: 98, H2: 2, H4: 2 })])
    for (const name of ['demographics', 'groups'] as const) {
      const reasons = new Set(rowsOf(tables, name, { item: 'P1' }).map(({ option, reason }) => `${option} ${reason}`))
      expect([...reasons].sort()).to.deep.equal(['1 null', '2 complementary', 'no_answer too_few'])
      for (const row of rowsOf(tables, name, { status: 'suppressed' })) {
        expect([row.n ?? null, row.n_valid ?? null, row.percent ?? null, row.top_two_percent ?? null]).to.deep.equal([
          null,
          null,
          null,
          null,
        ])
      }
    }
  })

  it('what a hidden group answered, also that it answered nothing', () => {
    const silent = Object.fromEntries([...RATED, 'G1'].map((code) => [code, 96]))
    const { tables } = tablesOf([
      ...base,
      ...cases(3, 4, { ...silent, A1: 4, P1: 98 }),
      ...cases(1, 4, { ...silent, P1: 98 }),
    ])
    for (const row of rowsOf(tables, 'groups', { item: 'P1', option: 'no_answer' }))
      expect(row.status).to.equal('suppressed')
  })

  it('a sensitive item with 1 to 4 accusations, and as well with none', () => {
    for (const accusing of [0, 4]) {
      const { tables } = tablesOf([...base, ...cases(accusing, 2, { H2: 1, H4: 1, H6: [] })])
      const rows = rowsOf(tables, 'negatives', { item: 'H4' })
      expect(new Set(rows.map(({ status, n }) => `${status} ${n}`)), String(accusing)).to.deep.equal(
        new Set(['suppressed null']),
      )
    }
    const { tables } = tablesOf([...base, ...cases(5, 2, { H2: 1, H4: 1, H6: [] })])
    expect(rowOf(tables, 'negatives', { item: 'H4', option: '1' })).to.include({ status: 'published', n: 5 })
    const guarded = tablesOf([...base, ...cases(5, 2, { H2: 1, H4: 1, H6: [] })], { hiddenSensitive: ['H4'] }).tables
    expect(rowOf(guarded, 'negatives', { item: 'H4', option: '1' })).to.include({ status: 'suppressed', n: null })
  })

  it('few late cases, the answers that would tell them, and the follow-up asked of just those', () => {
    const { tables } = tablesOf([...base, ...cases(3, 2, { H2: 3, H3: 2, H4: 2 })])
    expect(rowOf(tables, 'negatives', { item: 'H2', option: '3' })).to.include({
      status: 'suppressed',
      reason: 'too_few',
    })
    expect(rowsOf(tables, 'negatives', { item: 'H2', reason: 'complementary' })).to.have.length(1)
    for (const row of rowsOf(tables, 'negatives', { item: 'H3' }))
      expect(row).to.include({ status: 'suppressed', n: null })
  })

  it('a wish of few, its stated importance, and correlations on fewer than 50', () => {
    const { tables } = tablesOf([...base, ...cases(2, 3, { H6: [3] })])
    expect(rowOf(tables, 'wishes', { about_item: 'A3' })).to.include({ status: 'suppressed', n: null, rank: null })
    expect(rowOf(tables, 'importance', { item: 'A3' })).to.include({
      stated_status: 'suppressed',
      stated_percent: null,
    })
    const thin = tablesOf(base.slice(30, 79)).tables
    expect(new Set(analysisRows('importance', thin).map(({ status }) => status))).to.deep.equal(new Set(['not_shown']))
    expect(thin.importance!.cuts).to.equal(null)
    expect(thin.importance!.factors).to.equal(null)
  })

  it('flags of few cases, and everything of fewer than 30', () => {
    const quick = cases(3, 4, {}, { submittedAt: new Date('2026-03-15T03:00:10Z') })
    const { tables } = tablesOf([...base, ...quick])
    expect(rowOf(tables, 'flags', { flag: 'speeder' })).to.include({ status: 'suppressed', n: null })
    const few = tablesOf(base.slice(40, 69)).tables
    for (const name of ['demographics', 'wishes', 'negatives'] as const) {
      const shown = analysisRows(name, few).filter(({ status }) => status === 'published')
      expect(shown, name).to.deep.equal([])
    }
    expect(few.reliability.map(({ base: n }) => n)).to.deep.equal([null, null])
  })
})

describe('response rates', () => {
  const description = { vi: 'Mẫu', en: 'Sample' }
  const responses = [...cases(80, 4), ...cases(20, 4, {}, { disposition: 'partial' })]

  it('are AAPOR RR1 and RR2 of a random sample, those not eligible taken off', () => {
    // (80 + 0) / (270 − 20) = 32 %, (80 + 20) / 250 = 40 %
    const sampling = { design: 'random_sample', description, handedOut: 270, notEligible: 20 } as const
    expect(tablesOf(responses, { sampling }).tables.accounting.responseRates).to.deep.equal({
      rr1Percent: 32,
      rr2Percent: 40,
    })
  })

  it('are not given for quotas, for nobody knows how many, nor where more came back than went out', () => {
    for (const sampling of [
      { design: 'quota', description, handedOut: 270 },
      { design: 'random_sample', description },
      { design: 'everybody', description, handedOut: 90 },
    ] as const) {
      expect(tablesOf(responses, { sampling }).tables.accounting.responseRates).to.equal(null)
    }
  })
})
