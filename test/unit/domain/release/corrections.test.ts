import { expect } from 'chai'
import { changedRecords } from '../../../../server/domain/release/records.js'
import type { IndexReport, ReportBlock } from '../../../../server/domain/report/index-report.js'
import { type Case, cases } from '../../../support/guarded-city.js'
import { linesOf, releaseCases } from '../../../support/released-city.js'

const K = 10
const place = (unitUid: string) => ({ unitUid })
const indexOf = ({ blocks }: IndexReport, key: string) =>
  blocks.find(({ group, rollup }) => group.key === key && rollup !== 'simple_mean')!.cells[0]!.estimate
const kindOf = (report: IndexReport, key: string) => {
  const estimate = indexOf(report, key)
  return estimate.kind === 'suppressed' ? estimate.reason : estimate.kind
}

/** Five units of a hundred and more, all of them shown. */
const FIRST: readonly Case[] = [
  ...cases(120, 60, place('w1')),
  ...cases(110, 70, place('w2')),
  ...cases(100, 40, place('q3')),
  ...cases(130, 90, place('q5')),
  ...cases(140, 70, place('q7')),
  ...cases(150, 90, place('w9')),
]

describe('a release that corrects another', () => {
  const first = releaseCases(FIRST)

  it('shows what nobody changed as it was', () => {
    const second = releaseCases(FIRST, [first])
    expect(second.reports).to.deep.equal(first.reports)
  })

  it('hides what fewer than ten people changed, with every total around it', () => {
    // Three of the first unit are taken out.
    const [mean] = releaseCases(FIRST.slice(3), [first]).reports
    expect(['unit w1', 'area q1', 'total city'].map((key) => kindOf(mean!, key))).to.deep.equal(
      Array(3).fill('differencing'),
    )
    expect(['unit w2', 'unit q3'].map((key) => kindOf(mean!, key))).to.deep.equal(['published', 'published'])
  })

  it('looks at the people and not at how many they are: three out and three in are six', () => {
    const swapped = [...FIRST.slice(3), ...cases(3, 0, place('w1'))]
    const [mean] = releaseCases(swapped, [first]).reports
    expect(kindOf(mean!, 'unit w1')).to.equal('differencing')
  })

  it('shows what ten changed', () => {
    const [mean] = releaseCases(FIRST.slice(K), [first]).reports
    expect(['unit w1', 'area q1', 'total city'].map((key) => kindOf(mean!, key))).to.deep.equal(
      Array(3).fill('published'),
    )
  })

  it('leaves no difference of a total less its parts that is about fewer than ten', () => {
    // Twelve of w1 and three of w2: fifteen of the district, and twelve of them known from w1.
    const changed = [...FIRST.slice(12, 120), ...FIRST.slice(123)]
    const { reports } = releaseCases(changed, [first])
    expect(kindOf(reports[0]!, 'unit w2')).to.equal('differencing')
    const shown = ['unit w1', 'area q1'].filter((key) => kindOf(reports[0]!, key) === 'published')
    expect(shown.length).to.be.lessThan(2)
  })

  it('is held against every release before, not the latest alone', () => {
    const second = releaseCases(FIRST.slice(K), [first])
    // Ten came back and four others went: fourteen from the second, four from the first.
    const third = releaseCases([...FIRST.slice(0, 116), ...FIRST.slice(120)], [second, first])
    expect(kindOf(third.reports[0]!, 'unit w1')).to.equal('differencing')
  })

  it('tells of no one to nine people by any difference of two releases, in 40 random cities', () => {
    let compared = 0
    for (let seed = 1; seed <= 40; seed += 1) {
      const random = generator(seed)
      const before = FIRST.filter(() => random() < 0.9)
      const gone = 0.02 + random() * 0.15
      const after = before.filter(() => random() > gone)
      const one = releaseCases(before)
      const two = releaseCases(after, [one])
      const changed = changedRecords(linesOf(before), linesOf(after))
      for (const [i, report] of two.reports.entries()) {
        const shownIn = ({ blocks }: IndexReport) => new Set(blocks.filter(isShown).map(({ group }) => group.key))
        const both = [shownIn(one.reports[i]!), shownIn(report)] as const
        for (const units of differences(new Set([...both[0]].filter((key) => both[1].has(key))))) {
          compared += 1
          const people = changed.filter((line) => units.has(line.split(',')[0]!)).length
          expect(people === 0 || people >= K, `seed ${seed}: ${[...units]}, ${people}`).to.equal(true)
        }
      }
    }
    expect(compared).to.be.greaterThan(300)
  })
})

describe('a release by service', () => {
  const SERVICES = ['s1', 's2', 's3', 's4', 's5'] as const
  const serviceReport = ({ reports }: ReturnType<typeof releaseCases>) =>
    reports.find(({ breakdown, rule }) => breakdown === 'service' && rule === 'pooled')!
  const cityOf = ({ reports }: ReturnType<typeof releaseCases>) =>
    reports.find(({ breakdown, rule }) => breakdown === 'unit' && rule === 'pooled')!.blocks[0]!

  it('has the services alone, each with its people; the city stands with the units', () => {
    const { blocks } = serviceReport(
      releaseCases([...cases(120, 60, { service: 's1' }), ...cases(80, 60, { service: 's2' })]),
    )
    expect(blocks.map(({ group }) => [group.service, group.scope])).to.deep.equal([
      ['s1', 'service'],
      ['s2', 'service'],
    ])
    const [first, second] = blocks.map(({ cells }) => cells[0]!.estimate)
    if (first?.kind !== 'published' || second?.kind !== 'published') throw new Error('hidden')
    expect([first.figures.topTwoBoxPercent, second.figures.topTwoBoxPercent]).to.deep.equal([50, 75])
  })

  it('leaves nobody to be found by taking the services from the city, in 60 random cities', () => {
    let hidden = 0
    for (let seed = 1; seed <= 60; seed += 1) {
      const random = generator(seed)
      const all = SERVICES.flatMap((service) => {
        const n = random() < 0.4 ? Math.ceil(random() * 12) : 100 + Math.floor(random() * 80)
        return cases(n, Math.floor(n * (0.3 + 0.4 * random())), { service })
      })
      const released = releaseCases(all)
      const { blocks } = serviceReport(released)
      for (const [i, cell] of cityOf(released).cells.entries()) {
        if (cell.estimate.kind !== 'published' || cell.line.item === null) continue
        const left = blocks.filter(({ cells }) => cells[i]!.estimate.kind === 'suppressed')
        const confidential = left.filter(({ responseCount }) => responseCount < K)
        if (confidential.length === 0) continue
        hidden += 1
        // What the city leaves over its shown services must be somebody else's too, and k people at least.
        const people = left.reduce((sum, { responseCount }) => sum + responseCount, 0)
        expect(left.length > 1 && people >= K, `seed ${seed}`).to.equal(true)
      }
    }
    expect(hidden).to.be.greaterThan(20)
  })

  it('does not show as a service what it hides as a unit of the same people, in 40 random cities', () => {
    // Every unit has a service of its own, so that each figure stands there twice.
    let covers = 0
    for (let seed = 1; seed <= 40; seed += 1) {
      const random = generator(seed)
      const all = ['w1', 'w2', 'q3', 'q5', 'q7', 'w9'].flatMap((unitUid) => {
        const n = random() < 0.4 ? Math.ceil(random() * 12) : 100 + Math.floor(random() * 80)
        return cases(n, Math.floor(n * (0.3 + 0.4 * random())), { unitUid, service: `of-${unitUid}` })
      })
      const released = releaseCases(all)
      const units = released.reports.find(({ breakdown, rule }) => breakdown === 'unit' && rule === 'pooled')!
      const hidden = units.blocks
        .filter(({ group }) => group.scope === 'unit')
        .flatMap(({ group, cells }) =>
          cells.flatMap(({ estimate }, i) =>
            estimate.kind === 'suppressed' && estimate.reason !== 'unreliable'
              ? [{ unitUid: group.unitUid, i, reason: estimate.reason }]
              : [],
          ),
        )
      covers += hidden.filter(({ reason }) => reason === 'complementary').length
      const { blocks } = serviceReport(released)
      for (const { unitUid, i } of hidden) {
        const service = blocks.find(({ group }) => group.service === `of-${unitUid}`)!
        expect(service.cells[i]!.estimate.kind, `seed ${seed} ${unitUid}`).to.equal('suppressed')
      }
    }
    expect(covers).to.be.greaterThan(20)
  })

  it('shows what nobody changed as it was, and hides a service that few people changed', () => {
    const before = SERVICES.flatMap((service, i) => cases(120, 50 + 5 * i, { service }))
    const first = releaseCases(before)
    expect(releaseCases(before, [first]).reports).to.deep.equal(first.reports)
    const second = releaseCases(before.slice(4), [first])
    const kinds = serviceReport(second).blocks.map(({ cells }) => cells[0]!.estimate.kind)
    expect(kinds[0]).to.equal('suppressed')
    expect(kinds.filter((kind) => kind === 'published').length).to.be.greaterThan(0)
  })
})

const isShown = ({ rollup, cells }: ReportBlock) =>
  rollup !== 'simple_mean' && cells[0]!.line.level === 'overall' && cells[0]!.estimate.kind === 'published'

/** Which units the shown groups are about, and those left when shown parts are taken from a shown whole. */
function* differences(shown: ReadonlySet<string>): Generator<ReadonlySet<string>> {
  const wholes = {
    'total city': ['area q1', 'unit q3', 'unit q5', 'unit q7', 'unit w9'],
    'area q1': ['unit w1', 'unit w2'],
  }
  const unitsOf = (key: string): readonly string[] =>
    key in wholes ? wholes[key as keyof typeof wholes].flatMap(unitsOf) : [key.split(' ')[1]!]
  for (const key of shown) yield new Set(unitsOf(key))
  for (const [whole, parts] of Object.entries(wholes)) {
    if (!shown.has(whole)) continue
    const left = parts.filter((key) => !shown.has(key))
    if (left.length > 0 && left.length < parts.length) yield new Set(left.flatMap(unitsOf))
  }
}

function generator(seed: number) {
  let state = seed
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
}
