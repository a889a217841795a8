import { expect } from 'chai'
import {
  CELL_LEVELS,
  type Cell,
  cellId,
  childrenOf,
  dayCellOf,
  parentsOf,
} from '../../../../server/features/tallies/cell.js'

const place = {
  waveId: '2026-web',
  unitUid: 'q1',
  service: 'dat_dai',
  mode: 'web',
  questionnaireHash: 'abc',
  channel: 'finder',
  day: '2026-03-31',
} as const

/** Whether a cell lies in the range in which the children of another are looked for. */
function isChild(cell: Cell, parent: Cell): boolean {
  const { period, ...equal } = childrenOf(parent)
  const fits = Object.entries(equal).every(([key, value]) => cell[key as keyof Cell] === value)
  if (period === undefined) return fits
  if (typeof period === 'string') return fits && cell.period === period
  return fits && cell.period >= period.from && cell.period < period.to
}

/** All cells above a cell, level by level. */
function ancestors(cell: Cell): readonly Cell[] {
  return parentsOf(cell).flatMap((parent) => [parent, ...ancestors(parent)])
}

describe('cells of tallies', () => {
  it('reach every level from a day', () => {
    const levels = new Set(ancestors(dayCellOf(place)).map(({ level }) => level))
    expect([...levels]).to.have.members(CELL_LEVELS.filter((level) => level !== 'day'))
  })

  it('find their children where those name them as parents', () => {
    const day = dayCellOf(place)
    for (const cell of [day, ...ancestors(day)]) {
      for (const parent of parentsOf(cell)) expect(isChild(cell, parent), cellId(cell)).to.equal(true)
    }
  })

  it('do not take a day of the next month, another unit or another mode for a child', () => {
    const [month] = parentsOf(dayCellOf(place))
    for (const other of [{ day: '2026-04-01' }, { unitUid: 'q3' }, { mode: 'phone' as const }]) {
      expect(isChild(dayCellOf({ ...place, ...other }), month!)).to.equal(false)
    }
  })

  it('are counted, not merged, at the level of days', () => {
    expect(() => childrenOf(dayCellOf(place))).to.throw(RangeError)
  })
})
