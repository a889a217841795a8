import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import { commentCoder } from '../../../../server/domain/comments/code-comment.js'
import { checkCommentCodesFile, loadCommentCodes } from '../../../../server/features/wave-analysis/index.js'
import { projectDir } from '../../../../server/platform/paths.js'

describe('the topics of comments', () => {
  const own = loadCommentCodes(join(projectDir(), 'surveys/comment-codes.yaml'))
  let dir: string
  before(() => {
    dir = mkdtempSync(join(tmpdir(), 'hai-long-topics-'))
  })
  after(() => rmSync(dir, { recursive: true, force: true }))
  const problems = (text: string) => {
    const file = join(dir, 'topics.yaml')
    writeFileSync(file, text)
    const checked = checkCommentCodesFile(file)
    return checked.kind === 'invalid' ? checked.problems.map(({ line, message }) => `${line} ${message}`) : []
  }

  it('of the project recognise what people write', () => {
    const codesOf = commentCoder(own)
    for (const [text, ...codes] of [
      ['Phải đi lại nhiều lần vì thiếu giấy tờ không được báo trước.', 'visits', 'documents'],
      ['Thời gian chờ còn lâu, nhất là buổi sáng.', 'waiting'],
      ['Cán bộ hướng dẫn tận tình, cảm ơn.', 'staff', 'thanks'],
      ['Trang nop ho so truc tuyen hay bi loi', 'documents', 'online'],
      ['Nên có thêm ghế ngồi chờ.', 'facilities'],
      ['Bị vòi tiền', 'integrity'],
      ['The officer was rude and the fee too high', 'staff', 'fees'],
      ['Không có ý kiến'],
    ] as const) {
      expect(codesOf(text), text).to.deep.equal(codes)
    }
    expect(own.filter(({ isSensitive }) => isSensitive).map(({ code }) => code)).to.deep.equal(['integrity'])
  })

  it('are refused by line where one is there twice, empty or misspelt', () => {
    const topic = (code: string, words: string) => `  - { code: ${code}, name: { vi: a, en: b }, words: [${words}] }\n`
    expect(problems(`codes:\n${topic('a', 'x, y, X')}${topic('a', 'x')}${topic('none', 'z')}`)).to.deep.equal([
      '2 x is there twice [word_twice]',
      '3 a is there twice or means something else [code_taken]',
      '4 none is there twice or means something else [code_taken]',
    ])
    expect(problems('codes: []\n')).to.have.length(1)
    expect(problems(`codes:\n${topic('A1', 'x')}`)[0]).to.match(/^2 .*small letters/)
    expect(() => loadCommentCodes(join(dir, 'topics.yaml'))).to.throw('topics.yaml:2')
  })
})
