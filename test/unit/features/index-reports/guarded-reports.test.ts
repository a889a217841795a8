import { expect } from 'chai'
import type { IndexReport } from '../../../../server/domain/report/index-report.js'
import { createSeededStream } from '../../../../server/domain/statistics/random/seeded-stream.js'
import { fewLeft, figuresSeen } from '../../../support/difference-attack.js'
import {
  type Case,
  cases,
  guardedCity,
  type Look,
  memoryOfShown,
  SERVICES,
  UNITS,
} from '../../../support/guarded-city.js'

const K = 5
const CODES = ['overall', 'C1', 'C2', 'C5']

function statusOf(reports: readonly IndexReport[], key: string, code = 'C1'): string | undefined {
  const block = reports[0]?.blocks.find(({ group, rollup }) => group.key === key && rollup !== 'simple_mean')
  const estimate = block?.cells.find(({ line }) => line.code === code)?.estimate
  return estimate?.kind === 'suppressed' ? estimate.reason : estimate?.kind
}

describe('reports held against what their readers saw before', () => {
  it('hide a unit with a service where it differs from the unit by fewer than five people', async () => {
    const city = [...cases(60, 30), ...cases(4, 4, { service: 's2' }), ...cases(60, 20, { unitUid: 'q3' })]
    const { look } = guardedCity(city)
    expect(statusOf(await look(), 'unit w1')).to.equal('published')
    const filtered = await look({ service: 's1' })
    expect(statusOf(filtered, 'unit w1')).to.equal('differencing')
    expect(statusOf(filtered, 'unit w1', 'overall')).to.not.equal('published')
    expect(statusOf(filtered, 'unit q3')).to.equal('published')
  })

  it('show the same unit with a service that five people more came for', async () => {
    const { look } = guardedCity([...cases(60, 30), ...cases(5, 3, { service: 's2' })])
    expect(statusOf(await look({ service: 's1' }), 'unit w1')).to.equal('published')
  })

  it('hide the second of two periods a day apart', async () => {
    const city = [...cases(60, 30), ...cases(40, 10, { day: '2026-03-05' }), ...cases(2, 0, { day: '2026-02-11' })]
    const { look } = guardedCity(city)
    const until = (to: string) => look({ unitUid: 'w1', period: { from: null, to } })
    expect(statusOf(await until('2026-02-11'), 'total w1')).to.equal('published')
    expect(statusOf(await until('2026-02-12'), 'total w1')).to.equal('differencing')
    expect(statusOf(await until('2026-02-11'), 'total w1')).to.equal('published')
  })

  // Three districts are 80, 90 and 3 people; a ward outside of their sum is cheaper to hide than either of the larger ones.
  const districts = [
    ...cases(70, 20),
    ...cases(75, 20, { unitUid: 'w2' }),
    ...cases(80, 40, { unitUid: 'q3' }),
    ...cases(90, 40, { unitUid: 'q5' }),
    ...cases(3, 2, { unitUid: 'q7' }),
    ...cases(40, 20, { unitUid: 'w9' }),
    // Whatever is seen of all services differs by enough: only the looks below are held against each other.
    ...UNITS.flatMap((unitUid) => cases(50, 20, { unitUid, service: 's2' })),
  ]
  const sum: Look = { service: 's1', kinds: ['quan'], breakdown: 'month' }
  const parts: Look = { service: 's1' }

  it('hide a sum of which all parts but a small one were seen', async () => {
    const { look } = guardedCity(districts)
    const first = await look(parts)
    const statuses = ['q3', 'q5', 'q7', 'w9'].map((uid) => statusOf(first, `unit ${uid}`))
    expect(statuses).to.deep.equal(['published', 'published', 'too_few', 'complementary'])
    expect(statusOf(await look(sum), 'total')).to.equal('differencing')
  })

  it('protect a small part inside a sum that was seen before', async () => {
    const { look } = guardedCity(districts)
    expect(statusOf(await look(sum), 'total')).to.equal('published')
    const later = await look(parts)
    expect(statusOf(later, 'unit q7')).to.equal('too_few')
    expect([statusOf(later, 'unit q3'), statusOf(later, 'unit q5')]).to.include('complementary')
  })

  it('take no figure for cover that was seen before', async () => {
    const { look } = guardedCity(districts)
    const q3 = await look({ unitUid: 'q3', service: 's1', breakdown: 'month' })
    expect(statusOf(q3, 'total')).to.equal('published')
    await look(sum)
    const later = await look(parts)
    expect([statusOf(later, 'unit q3'), statusOf(later, 'unit q5')]).to.deep.equal(['published', 'complementary'])
  })

  it('keep hidden what protects a figure in another report', async () => {
    const { look } = guardedCity(districts)
    expect(statusOf(await look(parts), 'unit w9')).to.equal('complementary')
    expect(statusOf(await look({ unitUid: 'w9', service: 's1', breakdown: 'month' }), 'total')).to.equal(
      'complementary',
    )
  })

  it('say the same after a restart, and to each of two servers', async () => {
    const first = guardedCity(districts)
    const seen = [await first.look(sum), await first.look(parts)]
    const again = guardedCity(districts, first.reports)
    const blocksOf = (reports: readonly IndexReport[]) => reports.map(({ blocks }) => blocks)
    expect(blocksOf(await again.look(parts))).to.deep.equal(blocksOf(seen[1]!))
    expect(blocksOf(await again.look(sum))).to.deep.equal(blocksOf(seen[0]!))
  })

  it('take what a server noted and did not live to show for shown', async () => {
    const reports = memoryOfShown()
    await guardedCity(districts, reports).look(parts)
    const cut = [...reports.kept.values()].map((one) => ({ ...one, isPending: true }))
    for (const one of cut) await reports.write('internal', '2026', one)
    const later = await guardedCity(districts, reports).look(sum)
    expect(statusOf(later, 'total')).to.equal('differencing')
  })

  it('never show both of two asked for at once, and show one when one server is asked', async () => {
    const city = [...cases(60, 30), ...cases(2, 0, { day: '2026-02-11' }), ...cases(50, 10, { day: '2026-03-05' })]
    const until = (to: string): Look => ({ unitUid: 'w1', period: { from: null, to } })
    const bothOf = async (one: ReturnType<typeof guardedCity>, other: ReturnType<typeof guardedCity>) => {
      const looks = [one.look(until('2026-02-11')), other.look(until('2026-02-12'))]
      return (await Promise.all(looks)).map((reports) => statusOf(reports, 'total w1'))
    }
    const alone = guardedCity(city)
    expect(await bothOf(alone, alone)).to.have.members(['published', 'differencing'])
    const reports = memoryOfShown()
    expect(await bothOf(guardedCity(city, reports), guardedCity(city, reports))).to.include('differencing')
  })

  it('let no difference be about one to four people, whatever is asked in whatever order, in 60 random cities', async () => {
    let hidden = 0
    for (let seed = 1; seed <= 60; seed += 1) {
      const { city, looks } = randomReader(seed)
      const { look } = guardedCity(city)
      const seen: IndexReport[] = []
      for (const chosen of looks) seen.push(...(await look(chosen)))
      expect(fewLeft(figuresSeen(city, seen), K), `${seed}`).to.deep.equal([])
      hidden += seen.filter(({ blocks }) => blocks.some(isDiffering)).length
    }
    expect(hidden).to.be.above(30)
  }).timeout(120_000)

  it('show in every part what the whole wave shows of it, and the whole as before, whatever is asked in between', async () => {
    let heldInParts = 0
    for (let seed = 1; seed <= 20; seed += 1) {
      const { city, looks } = randomReader(seed)
      const { look, reports } = guardedCity(city)
      const [first] = await look()
      for (const chosen of looks) await look(chosen)
      for (const unitUid of UNITS) {
        const [months] = await look({ unitUid, breakdown: 'month' })
        heldInParts += months!.blocks.filter(({ group }) => group.scope === 'month').flatMap(coverOf).length
        const shown = CODES.filter((code) => statusOf([first!], `unit ${unitUid}`, code) === 'published')
        const hidden = shown.filter((code) => statusOf([months!], 'total', code) !== 'published')
        expect(hidden, `${seed} ${unitUid}`).to.deep.equal([])
      }
      expect((await guardedCity(city, reports).look())[0]).to.deep.equal(first)
    }
    expect(heldInParts).to.be.above(20)
  }).timeout(120_000)

  it('do not hide a figure of the whole wave in a part either when responses have come in since', async () => {
    const hidden: (string | undefined)[] = []
    for (let seed = 1; seed <= 12; seed += 1) {
      const { city, next } = runningCity(seed)
      const { look } = guardedCity(city)
      const whole = await look()
      for (const unitUid of UNITS) {
        city.push(next(unitUid))
        const months = await look({ unitUid, breakdown: 'month' })
        const shown = CODES.filter((code) => statusOf(whole, `unit ${unitUid}`, code) === 'published')
        hidden.push(...shown.map((code) => statusOf(months, 'total', code)).filter((status) => status !== 'published'))
      }
    }
    expect(hidden).to.deep.equal([])
  }).timeout(60_000)

  it('would give differences away if each were protected by itself', async () => {
    const found = []
    for (let seed = 1; seed <= 10; seed += 1) {
      const { city, looks } = randomReader(seed)
      const seen = await Promise.all(looks.map((chosen) => guardedCity(city).look(chosen)))
      found.push(...fewLeft(figuresSeen(city, seen.flat()), K))
    }
    expect(found.length).to.be.above(50)
  }).timeout(60_000)
})

const isDiffering = ({ cells }: IndexReport['blocks'][number]) =>
  cells.some(({ estimate }) => estimate.kind === 'suppressed' && estimate.reason === 'differencing')

/** Lines of a block that are hidden to protect others. */
const coverOf = ({ cells }: IndexReport['blocks'][number]) =>
  cells.filter(({ estimate }) => estimate.kind === 'suppressed' && estimate.reason === 'complementary')

/** A city whose people answer each item for itself, two items seldom, and its next response at a unit. */
function runningCity(seed: number) {
  const stream = createSeededStream(`running ${seed}`)
  const days = ['2026-02-10', '2026-03-05', '2026-05-02'] as const
  const next = (unitUid: string, day: string = days[stream.below(3)]!): Case => {
    const answers = Object.fromEntries(
      ['C1', 'C2', 'C3', 'C4', 'C5', 'G1'].map((code) => {
        const isRare = code === 'C2' || code === 'C5'
        return [code, isRare && stream.below(12) > 0 ? 96 : stream.below(5) > 0 ? 5 : 2]
      }),
    )
    return { unitUid, service: 's1', day, answers }
  }
  const city = UNITS.flatMap((unitUid) =>
    days.flatMap((day) => Array.from({ length: [2, 9, 20, 40, 60][stream.below(5)]! }, () => next(unitUid, day))),
  )
  return { city, next }
}

/** A city of a few hundred responses and somebody who asks for a dozen selections of it. */
function randomReader(seed: number): { readonly city: readonly Case[]; readonly looks: readonly Look[] } {
  const stream = createSeededStream(`reader ${seed}`)
  const oneOf = <Value>(values: readonly Value[]): Value => values[stream.below(values.length)]!
  const days = ['2026-02-10', '2026-02-11', '2026-03-05', '2026-03-20'] as const
  const city = UNITS.flatMap((unitUid) =>
    SERVICES.flatMap((service) =>
      days.flatMap((day) => {
        const n = oneOf([0, 1, 2, 4, 9, 20, 40])
        const rare = stream.below(4) === 0 ? { C2: 96 } : {}
        return cases(n, stream.below(n + 1), { unitUid, service, day }).map((one, i) =>
          i % 3 === 0 ? { ...one, answers: { ...one.answers, ...rare } } : one,
        )
      }),
    ),
  )
  const looks = Array.from(
    { length: 12 },
    (): Look => ({
      unitUid: oneOf([null, null, 'q1', 'w1', 'q3']),
      kinds: oneOf([[], [], ['quan'], ['phuong']]),
      service: oneOf([null, null, 's1', 's2']),
      period: { from: oneOf([null, null, ...days]), to: oneOf([null, null, ...days, '2026-04-01']) },
      breakdown: oneOf(['unit', 'service', 'month', 'quarter']),
    }),
  )
  return { city, looks }
}
