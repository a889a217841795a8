import { expect } from 'chai'
import { DISCLOSURE_POLICIES } from '../../../../server/domain/disclosure/policy.js'
import { cityWithheld, withheldTables } from '../../../../server/domain/release/release-guard.js'
import {
  RELEASE_TABLE_COLUMNS,
  type ReleaseTableRow,
  releaseTableRows,
} from '../../../../server/domain/release/release-tables.js'
import type { NewResponse } from '../../../../server/domain/survey/response.js'
import { cases, manyCases, tablesOf } from '../../../support/analysis-city.js'
import { ANALYSED, analysedLines, releaseLines } from '../../../support/released-city.js'

const POLICY = DISCLOSURE_POLICIES.public
const release = (responses: readonly NewResponse[], earlier: readonly ReturnType<typeof releaseLines>[] = []) =>
  releaseLines(ANALYSED, analysedLines(responses), earlier)
const find = (rows: readonly ReleaseTableRow[], match: Readonly<Record<string, unknown>>) =>
  rows.filter((row) => Object.entries(match).every(([key, value]) => row[key] === value))
const only = (rows: readonly ReleaseTableRow[], match: Readonly<Record<string, unknown>>) => {
  const found = find(rows, match)
  expect(found, JSON.stringify(match)).to.have.length(1)
  return found[0]!
}

describe('the tables of a release', () => {
  // By hand: 200 people in group 1, of whom 120 score 5 and the others 2; 100 in group 2, 40 of them 4 and 60 of them 1.
  const people = [
    ...cases(120, 5, { P1: 1, H2: 1, H4: 2, H6: [1] }),
    ...cases(80, 2, { P1: 1, H2: 2, H4: 1, H6: [] }),
    ...cases(40, 4, { P1: 2, H2: 2, H4: 2, H6: [1, 2] }),
    ...cases(60, 1, { P1: 2, H2: 1, H4: 2, H6: [2] }),
  ].map((one) => ({ ...one, unitUid: 'w1' }))
  const { tables } = release(people)

  it('count groups, wishes and negatives of all complete cases', () => {
    expect(only(tables, { table: 'demographics', item: 'P1', option: '1' })).to.include({ n: 200, base: 300 })
    expect(only(tables, { table: 'groups', item: 'P1', option: '2', measure: 'overall' })).to.include({
      top_two_percent: 40,
      n_valid: 100,
    })
    expect(only(tables, { table: 'wishes', option: 1 })).to.include({ rank: 1, n: 160, base: 300 })
    expect(only(tables, { table: 'negatives', item: 'H4', option: '1' })).to.include({ n: 80, base: 300 })
    expect(only(tables, { table: 'accounting', step: 'valid' })).to.include({ n: 300 })
  })

  it('take no case out for a flag, since the index takes none out', () => {
    const old = people.map((one, i) => (i < 7 ? { ...one, transactionOn: '2020-01-01' } : one))
    const flagged = release(old).tables
    expect(only(flagged, { table: 'flags', flag: 'out_of_scope' })).to.include({ n: 7, excludes: false })
    expect(only(flagged, { table: 'accounting', step: 'valid' })).to.include({ n: 300 })
    expect(find(flagged, { table: 'groups' })).to.deep.equal(find(tables, { table: 'groups' }))
  })

  it('hide what fewer than ten people say, and never a word of a comment', () => {
    const few = [...people, ...cases(8, 3, { P1: 2, H2: 3, H3: 1, H4: 2, H7: 'Chờ lâu' }, { unitUid: 'w2' })]
    const rows = release(few).tables
    expect(only(rows, { table: 'negatives', item: 'H2', option: '3' })).to.include({ status: 'suppressed' })
    expect(only(rows, { table: 'comments', code: 'waiting' })).to.include({ status: 'suppressed' })
    expect(rows.some(({ table }) => table === 'verbatims')).to.equal(false)
    expect(RELEASE_TABLE_COLUMNS).to.not.include('text')
  })

  it('leave out an item where nearly everybody of few says the same, with its groups and their test', () => {
    // All 60 say no to H2 in one way: of each of them it is known.
    const few = [...cases(40, 5, { P1: 1, H2: 1 }), ...cases(20, 2, { P1: 2, H2: 1 })].map((one) => ({
      ...one,
      unitUid: 'w1',
    }))
    const rows = release(few).tables
    expect(find(rows, { table: 'negatives', item: 'H2' })).to.deep.equal([
      { table: 'negatives', item: 'H2', status: 'withheld', reason: 'extreme' },
    ])
    // All 40 of the first group are satisfied: the second group's figure would not help, but the total would give it away.
    for (const table of ['groups', 'group-tests'])
      expect(find(rows, { table, item: 'P1' })).to.deep.equal([
        { table, item: 'P1', status: 'withheld', reason: 'extreme' },
      ])
    expect(find(rows, { table: 'demographics', item: 'P1' }).length).to.be.greaterThan(1)
  })

  it('are left out of one part of the file alone', () => {
    const { tables: made } = tablesOf(people)
    const rows = releaseTableRows(made, new Set(['wishes']), POLICY)
    expect(find(rows, { table: 'wishes' })).to.deep.equal([
      { table: 'wishes', status: 'withheld', reason: 'differencing' },
    ])
    expect(find(rows, { table: 'negatives' }).length).to.be.greaterThan(4)
  })
})

describe('the tables of a correction', () => {
  const all = manyCases(2000).map((one) => ({ ...one, unitUid: 'w1' }))
  const first = release(all)

  it('stay as they were where nothing changed', () => {
    expect(release(all, [first]).tables).to.deep.equal(first.tables)
  })

  it('are left out where one to nine people changed any number that they are made of', () => {
    const complete = all.findIndex(({ disposition }) => disposition === 'complete')
    const second = release(all.toSpliced(complete, 1), [first])
    const told = second.tables.filter(({ status }) => status === 'withheld').map(({ table }) => table)
    expect(told).to.include.members(['demographics', 'groups', 'wishes', 'negatives', 'importance', 'reliability'])
    // The city's own figures are hidden for the same reason, so that what stands on ratings is out twice over.
    expect(cityWithheld(second.reports[0]!.blocks[0]!)).to.include('groups')
  })

  it('are held by how many changed each number, not by how many changed', () => {
    // By hand: twelve of group 2 who pick wish 2 and nothing else rare went; nobody else.
    const gone = cases(12, 2, { P1: 2, H2: 1, H4: 2, H6: [2] }).map((one) => ({ ...one, unitUid: 'w1' }))
    const stay = cases(200, 4, { P1: 1, H2: 1, H4: 2, H6: [2] }).map((one) => ({ ...one, unitUid: 'w1' }))
    const more = cases(100, 4, { P1: 2, H2: 2, H4: 1, H6: [1] }).map((one) => ({ ...one, unitUid: 'w1' }))
    const before = release([...stay, ...more, ...gone])
    const after = release([...stay, ...more], [before])
    expect(after.guard.tables.withheld).to.deep.equal([])
    const fewer = release([...stay, ...more, ...gone.slice(0, 5)], [before])
    expect(fewer.guard.tables.withheld).to.include('demographics')
  })

  it('need no earlier release', () => {
    expect(withheldTables([])).to.deep.equal([])
  })
})
