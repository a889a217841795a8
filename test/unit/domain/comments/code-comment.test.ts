import { expect } from 'chai'
import { commentCoder } from '../../../../server/domain/comments/code-comment.js'

const codesOf = commentCoder([
  { code: 'waiting', words: ['chờ lâu', 'chờ', 'slow'] },
  { code: 'staff', words: ['thái độ', 'cán bộ', 'C++'] },
])

describe('topics of comments', () => {
  it('finds every topic one of whose words is in it, once', () => {
    expect(codesOf('Chờ lâu, chờ mãi; thái độ  cán bộ kém')).to.deep.equal(['waiting', 'staff'])
    expect(codesOf('SLOW!')).to.deep.equal(['waiting'])
    expect(codesOf('Không có gì')).to.deep.equal([])
    expect(codesOf('')).to.deep.equal([])
  })

  it('reads words typed without accents, and composed or not', () => {
    expect(codesOf('cho lau qua, thai do kem')).to.deep.equal(['waiting', 'staff'])
    expect(codesOf('Thái độ'.normalize('NFD'))).to.deep.equal(['staff'])
  })

  it('takes no other word for one where the writer has accents at hand', () => {
    expect(codesOf('Xin cho tôi giấy biên nhận')).to.deep.equal([])
  })

  it('takes whole words alone, and signs as signs', () => {
    expect(codesOf('slowly')).to.deep.equal([])
    expect(codesOf('C++ là gì')).to.deep.equal(['staff'])
    expect(codesOf('C là gì')).to.deep.equal([])
  })
})
