import { expect } from 'chai'
import fc from 'fast-check'
import { type FormState, openState, sealState } from '../../../../server/features/responses/form-state.js'

const SECRET = 'a secret of at least thirty-two characters'
const START = new Date('2026-02-10T05:00:00Z')
const DAY_MS = 86_400_000

const STATE: FormState = {
  submissionId: 'f3b0c6de-0000-4000-8000-000000000001',
  waveId: 'w1',
  questionnaireHash: 'a'.repeat(64),
  unitUid: 'phuong-sai-gon',
  service: 'HT',
  channel: 'link',
  month: '2026-01',
  consentVersion: 'c1',
  startedAtMs: START.getTime(),
  at: 'staff',
  shown: ['C1', 'C2'],
  fields: { S2: '1980', H6: ['1', '2'], H7: 'Nhanh, tốt' },
}
const seal = (state: FormState) => sealState(state, SECRET) ?? ''

describe('form state', () => {
  it('comes back as it was sealed, whatever was typed', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 2000 }), (typed) => {
        const state = { ...STATE, fields: { H7: typed } }
        expect(openState(seal(state), SECRET, START)).to.deep.equal({ kind: 'valid', state })
      }),
    )
  })

  it('is safe to stand in a page as it is', () => {
    expect(seal(STATE)).to.match(/^v1\.[\w-]+\.[\w-]+$/)
  })

  it('is broken by a change of any character', () => {
    const sealed = seal(STATE)
    fc.assert(
      fc.property(fc.nat(sealed.length - 1), fc.constantFrom('A', 'b', '0', '.', '-'), (at, letter) => {
        fc.pre(sealed[at] !== letter)
        const altered = sealed.slice(0, at) + letter + sealed.slice(at + 1)
        // The last character of a base64url text may carry unused bits: such a text still means the same bytes.
        fc.pre(at !== sealed.length - 1)
        expect(openState(altered, SECRET, START).kind).to.equal('broken')
      }),
    )
  })

  it('is broken under another secret, cut short, empty, of another version, or with something added', () => {
    const sealed = seal(STATE)
    const broken = [sealed.slice(0, -4), '', '.', '..', sealed.replace('v1', 'v2'), `${sealed}.x`, 'v1.e30.e30']
    for (const text of broken) expect(openState(text, SECRET, START).kind, text).to.equal('broken')
    expect(openState(sealed, `${SECRET}!`, START).kind).to.equal('broken')
  })

  it('lasts a day', () => {
    const kindAfter = (ms: number) => openState(seal(STATE), SECRET, new Date(START.getTime() + ms)).kind
    expect(kindAfter(DAY_MS)).to.equal('valid')
    expect(kindAfter(DAY_MS + 1)).to.equal('expired')
  })

  it('is not made when it would be too long to be sent back', () => {
    expect(sealState({ ...STATE, fields: { H7: 'x'.repeat(29_000) } }, SECRET)).to.be.a('string')
    expect(sealState({ ...STATE, fields: { H7: 'x'.repeat(31_000) } }, SECRET)).to.equal(undefined)
    expect(openState(`v1.${'x'.repeat(50_000)}.x`, SECRET, START).kind).to.equal('broken')
  })
})
