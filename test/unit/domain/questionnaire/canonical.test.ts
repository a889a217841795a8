import { expect } from 'chai'
import fc from 'fast-check'
import { canonicalJson } from '../../../../server/domain/questionnaire/canonical.js'

describe('canonical JSON', () => {
  it('prints the sample of RFC 8785, section 3.2.2 and 3.2.3', () => {
    const sample = JSON.parse(
      '{"numbers":[333333333.33333329,1E30,4.50,2e-3,0.000000000000000000000000001],' +
        '"string":"\\u20ac$\\u000F\\u000aA\'\\u0042\\u0022\\u005c\\\\\\"\\/","literals":[null,true,false]}',
    )
    expect(canonicalJson(sample)).to.equal(
      '{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],' +
        '"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}',
    )
  })

  it('sorts keys by UTF-16 code units, as the sample of section 3.2.3', () => {
    const sample: unknown = JSON.parse(
      '{"\\u20ac":1,"\\r":2,"\\ufb33":3,"1":4,"\\ud83d\\ude00":5,"\\u0080":6,"\\u00f6":7}',
    )
    const printed: string = canonicalJson(sample)
    expect([...printed.matchAll(/:(\d)/g)].map(([, digit]) => digit)).to.deep.equal(['2', '4', '6', '7', '1', '5', '3'])
  })

  it('prints equal values equally, whatever the order of their keys, and reads back as itself', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const text = canonicalJson(value)
        // Minus zero is printed as zero, in JSON as here.
        expect(JSON.stringify(JSON.parse(text))).to.equal(JSON.stringify(JSON.parse(canonicalJson(JSON.parse(text)))))
        expect(canonicalJson(reversed(value))).to.equal(text)
      }),
    )
  })

  it('leaves undefined members out and refuses what JSON cannot say', () => {
    expect(canonicalJson({ a: undefined, b: 1 })).to.equal('{"b":1}')
    for (const value of [Number.NaN, Infinity, () => 1, 1n, '\ud800', { '\udfff': 1 }, [undefined]]) {
      expect(() => canonicalJson(value)).to.throw(RangeError)
    }
  })
})

function reversed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reversed)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, member]) => [key, reversed(member)]),
  )
}
