import { expect } from 'chai'
import { checkBranches } from '../../../../server/domain/questionnaire/check-branches.js'
import type { Condition, Item, Section } from '../../../../server/domain/questionnaire/definition.js'
import { tinyQuestionnaire } from '../../../support/tiny-questionnaire.js'

const words = (text: string) => ({ vi: text, en: text })
const choice = (code: string, showIf?: Condition, stopsAt?: number[]): Item => ({
  kind: 'choice',
  code,
  text: words(code),
  required: true,
  options: [1, 2, 3].map((option) => ({ code: option, label: words(`${option}`) })),
  ...(showIf && { showIf }),
  ...(stopsAt && { stopsAt }),
})
const multi = (code: string, maxChoices: number): Item => ({
  kind: 'multi',
  code,
  text: words(code),
  required: false,
  maxChoices,
  options: [1, 2, 3].map((option) => ({ code: option, label: words(`${option}`) })),
})
const is = (item: string, ...codes: number[]): Condition => ({ item, in: codes })

/** One section per entry: items, and the section's condition. */
function found(...sections: readonly (readonly [readonly Item[], Condition?])[]) {
  const drawn: readonly Section[] = sections.map(([items, showIf], i) => ({
    code: `S${i}`,
    title: words(`S${i}`),
    items,
    ...(showIf && { showIf }),
  }))
  return checkBranches(tinyQuestionnaire({ sections: drawn })).map(({ code, path }) => `${code} ${path.join('.')}`)
}

describe('looking for dead branches', () => {
  it('finds none where each branch has a way to it', () => {
    const way: Condition = { all: [is('A', 1), { not: is('B', 1) }] }
    expect(found([[choice('A')]], [[choice('B', is('A', 1))]], [[choice('C')], way])).to.deep.equal([])
  })

  it('finds codes that are never the answer, and what hangs on them', () => {
    expect(found([[choice('A')]], [[choice('B')], is('A', 7)])).to.deep.equal([
      'unknown_code sections.1.showIf.in',
      'dead_branch sections.1.showIf',
    ])
  })

  it('finds branches behind an answer that ends the case', () => {
    expect(found([[choice('A', undefined, [2])]], [[choice('B')], is('A', 2)])).to.include(
      'dead_branch sections.1.showIf',
    )
  })

  it('finds contradictions, through the filters of filters', () => {
    const both: Condition = { all: [is('A', 1), is('A', 2)] }
    expect(found([[choice('A')]], [[choice('B')], both])).to.deep.equal(['dead_branch sections.1.showIf'])
    // B is asked when A is 1, so B can be known only then.
    const indirect: Condition = { all: [is('B', 1), is('A', 2)] }
    expect(found([[choice('A')]], [[choice('B', is('A', 1))]], [[choice('C')], indirect])).to.deep.equal([
      'dead_branch sections.2.showIf',
    ])
  })

  it('finds the one alternative nobody can take', () => {
    const mixed: Condition = { any: [is('A', 1), { all: [is('A', 1), is('A', 3)] }] }
    expect(found([[choice('A')]], [[choice('B')], mixed])).to.deep.equal(['dead_branch sections.1.showIf.any.1'])
  })

  it('finds items that their own section contradicts', () => {
    expect(found([[choice('A')]], [[choice('B'), choice('C', is('A', 2))], is('A', 1)])).to.deep.equal([
      'unreachable_item sections.1.items.1',
    ])
  })

  it('finds contexts that exclude each other', () => {
    const web: Condition = { context: 'mode', in: ['web'] }
    const phone: Condition = { context: 'mode', in: ['phone'] }
    expect(found([[choice('A')]], [[choice('B', phone)], web])).to.deep.equal(['unreachable_item sections.1.items.0'])
    expect(found([[choice('A', { not: { context: 'service', in: ['HT'] } })]])).to.deep.equal([])
  })

  it('knows that several choices can be made at once, up to the maximum', () => {
    const pair: Condition = { all: [is('A', 1), is('A', 2)] }
    expect(found([[multi('A', 2)]], [[choice('B')], pair])).to.deep.equal([])
    expect(found([[multi('A', 1)]], [[choice('B')], pair])).to.deep.equal(['dead_branch sections.1.showIf'])
  })

  it('knows that an item left blank or not asked can meet a negation', () => {
    const none: Condition = { not: is('A', 1, 2, 3) }
    expect(found([[multi('A', 3)]], [[choice('B')], none])).to.deep.equal([])
    expect(found([[choice('A')]], [[choice('B')], none])).to.deep.equal(['dead_branch sections.1.showIf'])
  })

  it('gives up on a hundred entangled conditions in some seconds, and takes them for possible', function () {
    this.timeout(15_000)
    const items = Array.from({ length: 14 }, (_, i) => multi(`A${i}`, 3))
    const open = items.map((item): Condition => ({ any: [1, 2, 3].map((code) => ({ not: is(item.code, code) })) }))
    const entangled: Condition = { all: [...open, is('Z', 1), is('Z', 2)] }
    const asked = Array.from({ length: 100 }, (_, i) => choice(`B${i}`, entangled))
    expect(found([[...items, choice('Z')]], [asked])).to.deep.equal([])
  })
})
