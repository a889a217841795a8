import { expect } from 'chai'
import fc from 'fast-check'
import { ALL_SERVICES, showablePlaces } from '../../../../server/domain/analysis/sensitive-places.js'
import type { PlaceCounts } from '../../../../server/domain/analysis/wave-frame.js'

const YES = 1
const NO = 2
const MIN = 5
const areasOf = (uid: string) => (uid.startsWith('w') ? [uid < 'w3' ? 'north' : 'south', 'city'] : ['city'])
const place = (unitUid: string, service: string, yes: number, no: number): PlaceCounts => ({
  unitUid,
  service,
  counts: { [YES]: yes, [NO]: no },
})
const shownOf = (places: readonly PlaceCounts[], areas = areasOf) => {
  const isShowable = showablePlaces(places, [YES, NO], areas, MIN)
  return (uids: readonly string[], service = ALL_SERVICES) => uids.filter((uid) => isShowable(uid, service))
}

describe('places where a sensitive item may be shown', () => {
  it('are not those with few of one answer, nor one more wherever a sum would give such a one away', () => {
    const shown = shownOf([
      place('w1', 's', 3, 90),
      place('w2', 's', 8, 90),
      place('w3', 's', 20, 90),
      place('w4', 's', 30, 90),
    ])
    // w1 has 3; north less w2 would tell, so w2 goes too. The others stand.
    expect(shown(['w1', 'w2', 'w3', 'w4', 'north', 'south', 'city'])).to.deep.equal([
      'w3',
      'w4',
      'north',
      'south',
      'city',
    ])
  })

  it('are not those with nobody either: were nobody shown, hidden would mean somebody', () => {
    const shown = shownOf([place('w1', 's', 0, 90), place('w2', 's', 9, 90), place('w3', 's', 20, 90)])
    expect(shown(['w1', 'w3'])).to.deep.equal(['w3'])
  })

  it('are not those where nearly everybody accuses', () => {
    expect(
      shownOf([place('d1', 's', 90, 4), place('d2', 's', 50, 90), place('d3', 's', 50, 90)])(['d1', 'd3']),
    ).to.deep.equal(['d3'])
  })

  it('are services of the whole wave, one more hidden beside one with few, and never of one unit', () => {
    const shown = shownOf([
      place('w3', 'land', 3, 90),
      place('w3', 'tax', 8, 90),
      place('w3', 'births', 30, 90),
      place('w4', 'births', 40, 90),
    ])
    expect(shown(['city'], 'land')).to.deep.equal([])
    expect(shown(['city'], 'tax')).to.deep.equal([])
    expect(shown(['city', 'w3', 'south'], 'births')).to.deep.equal(['city'])
    expect(shown(['w3', 'w4', 'south', 'city'])).to.deep.equal(['w3', 'w4', 'south', 'city'])
  })

  it('tell what an area has of its own apart from the units below it', () => {
    const ownAreas = (uid: string) => (uid === 'north' ? ['city'] : areasOf(uid))
    const places = [
      place('north', 's', 2, 50),
      place('w1', 's', 9, 50),
      place('w3', 's', 9, 50),
      place('w4', 's', 9, 50),
    ]
    // North is 2 of its own and 9 of w1: w1 shown beside it would give the 2 away.
    expect(shownOf(places, ownAreas)(['w1', 'w3', 'north'])).to.deep.equal(['w3', 'north'])
  })

  it('are none of which nothing is known', () => {
    expect(shownOf([])(['city', 'w1'])).to.deep.equal([])
  })

  it('never leave one hidden figure in a sum, or so few together, whatever the counts', () => {
    const count = fc.oneof(fc.integer({ min: 0, max: 6 }), fc.integer({ min: 0, max: 60 }))
    const unit = fc.constantFrom('w1', 'w2', 'w3', 'w4', 'd1')
    const entry = fc.tuple(unit, fc.constantFrom('land', 'tax'), count, count)
    const entries = fc.uniqueArray(entry, { selector: ([u, s]) => `${u} ${s}`, minLength: 1, maxLength: 10 })
    fc.assert(
      fc.property(entries, (drawn) => {
        const places = drawn.map(([u, s, yes, no]) => place(u, s, yes, no))
        const isShowable = showablePlaces(places, [YES, NO], areasOf, MIN)
        const isShown = ({ uid, service }: Node) => isShowable(uid, service)
        const shown = nodes.filter(isShown)
        for (const node of shown) expect(fewestOf(places, [node])).to.be.at.least(MIN)
        for (const { total, parts } of sums.filter((one) => isShown(one.total))) {
          const dark = parts.filter((part) => within(places, part).length > 0 && !isShown(part))
          const isSafe = dark.length === 0 || (dark.length > 1 && fewestOf(places, dark) >= MIN)
          expect(isSafe, `${JSON.stringify(total)} less ${JSON.stringify(dark)}`).to.equal(true)
        }
      }),
    )
  })
})

interface Node {
  readonly uid: string
  readonly service: string
}
const below: Readonly<Record<string, readonly string[]>> = {
  north: ['w1', 'w2'],
  south: ['w3', 'w4'],
  city: ['north', 'south', 'd1'],
}
const uids = ['w1', 'w2', 'w3', 'w4', 'd1', 'north', 'south', 'city']
const services = ['land', 'tax']
const places = (service: string) => (uid: string) => ({ uid, service })
const nodes: readonly Node[] = [
  ...uids.map(places(ALL_SERVICES)),
  ...services.map((service) => ({ uid: 'city', service })),
]
const sums = [
  ...Object.entries(below).map(([uid, parts]) => ({
    total: { uid, service: ALL_SERVICES },
    parts: parts.map(places(ALL_SERVICES)),
  })),
  { total: { uid: 'city', service: ALL_SERVICES }, parts: services.map((service) => ({ uid: 'city', service })) },
]
const leavesOf = (uid: string): readonly string[] => below[uid]?.flatMap(leavesOf) ?? [uid]
const within = (places: readonly PlaceCounts[], { uid, service }: Node) =>
  places.filter((one) => leavesOf(uid).includes(one.unitUid) && [one.service, ALL_SERVICES].includes(service))
/** People who gave the rarer of the two answers at some places together. */
const fewestOf = (places: readonly PlaceCounts[], some: readonly Node[]) => {
  const people = some.flatMap((node) => within(places, node))
  return Math.min(...[YES, NO].map((code) => people.reduce((sum, { counts }) => sum + (counts[code] ?? 0), 0)))
}
