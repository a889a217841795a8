import { expect } from 'chai'
import { passwordFault } from '../../../../server/features/accounts/password-rules.js'

const sentence = 'sông Sài Gòn chảy qua mười hai quận'
const faultOf = (password: string, login = 'nguyen.van.an') => passwordFault(password, login)

describe('a new password', () => {
  it('needs 12 to 128 characters', async () => {
    const lengths = [
      sentence.slice(0, 11),
      sentence.slice(0, 12),
      sentence.repeat(7).slice(0, 128),
      sentence.repeat(7).slice(0, 129),
    ]
    expect(await Promise.all(lengths.map((one) => faultOf(one)))).to.deep.equal([
      'password_too_short',
      undefined,
      undefined,
      'password_too_long',
    ])
  })

  it('counts a composed letter as one character', async () => {
    // 6 letters of 3 code points each when decomposed: 18 code points, but 6 characters.
    expect(await faultOf('ế'.repeat(6).normalize('NFD'))).to.equal('password_too_short')
  })

  it('counts spaces in a row once', async () => {
    expect(await faultOf('ba con sâu   ')).to.equal('password_too_short')
    expect(await faultOf('ba con sâu nhỏ')).to.equal(undefined)
  })

  it('may be any long sentence, without digits or signs', async () => {
    for (const fine of ['🐟🐠🐡🦈🐙🐚🦀🦞🦐🦑🐳🐋', sentence, 'correct horse battery staple', 'mot cau that dai'])
      expect(await faultOf(fine)).to.equal(undefined)
  })

  for (const [login, password] of [
    ['nguyen.van.an', 'Nguyen.Van.An'],
    ['nguyen.van.an', 'xin chào nguyễn văn an 2026'],
    ['binh', 'nhà của Bình ở phố'],
    ['binh', 'rất hài lòng với dịch vụ'],
    ['binh', 'HaiLong-2026-x'],
  ] as const) {
    it(`may not hold the login or the platform's name: ${password}`, async () => {
      expect(await faultOf(password, login)).to.equal('password_has_name')
    })
  }

  it('may hold a login of two letters, which stands in many words', async () => {
    expect(await faultOf('bán bánh mì buổi sáng', 'an')).to.equal(undefined)
  })

  for (const password of [
    '1q2w3e4r5t6y',
    '1Q2W3E4R5T6Y',
    'Password-2026!',
    '!!!2026dragon2026',
    '123456789012',
    'aaaaaaaaaaaaaaaa',
    'abababababab',
  ]) {
    it(`may not be one of those that are tried first: ${password}`, async () => {
      expect(await faultOf(password)).to.equal('password_too_common')
    })
  }
})
