import { expect } from 'chai'
import { RECEIPT_PATTERN, receiptOf } from '../../../../server/features/responses/receipt.js'

const ID = '0e5e8f3c-3a0c-4a39-9b36-0d0a5a3c1f11'

describe('receipt code', () => {
  it('is three groups of four that cannot be misread', () => {
    for (let i = 0; i < 200; i += 1) {
      expect(receiptOf(`${i}`, 'secret'))
        .to.match(RECEIPT_PATTERN)
        .and.not.match(/[ILOU]/)
    }
  })

  it('is the same for the same submission, in whatever case its id is written', () => {
    expect(receiptOf(ID.toUpperCase(), 'secret')).to.equal(receiptOf(ID, 'secret'))
  })

  it('is the first 60 bits of the HMAC in base 32', () => {
    // printf 'receipt:x' | openssl dgst -sha256 -hmac secret: ae7d3dfb3b6a554ffdfa…
    const code = receiptOf('x', 'secret').replaceAll('-', '')
    const bits = [...code]
      .map((letter) => '0123456789ABCDEFGHJKMNPQRSTVWXYZ'.indexOf(letter).toString(2).padStart(5, '0'))
      .join('')
    expect(BigInt(`0b${bits}`).toString(16)).to.equal('ae7d3dfb3b6a554')
  })

  it('is another one under another secret and for another submission', () => {
    expect(new Set([receiptOf(ID, 'secret'), receiptOf(ID, 'other'), receiptOf(`${ID}0`, 'secret')]).size).to.equal(3)
  })
})
