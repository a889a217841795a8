import { expect } from 'chai'
import { hashPassword, isRightPassword, passwordFault } from '../../../../server/features/accounts/hash-password.js'

describe('a password', () => {
  it('is stored as argon2id with the parameters of the OWASP cheat sheet', async () => {
    expect(await hashPassword('mười hai chữ cái')).to.match(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/)
  })

  it('is hashed with a salt of its own each time', async () => {
    expect(await hashPassword('mười hai chữ cái')).not.to.equal(await hashPassword('mười hai chữ cái'))
  })

  it('is right whichever way the keyboard composes its diacritics', async () => {
    const hash = await hashPassword('tiếng Việt có dấu'.normalize('NFC'))
    expect(await isRightPassword(hash, 'tiếng Việt có dấu'.normalize('NFD'))).to.equal(true)
    expect(await isRightPassword(hash, 'tieng Viet co dau')).to.equal(false)
  })

  it('is never right without a stored hash', async () => {
    expect(await isRightPassword(undefined, '')).to.equal(false)
  })

  it('needs 12 to 200 characters and must not be the login', () => {
    const login = 'nguyen.van.an'
    const faults = ['a'.repeat(11), 'a'.repeat(12), 'Nguyen.Van.An', 'ế'.repeat(200), 'a'.repeat(201)].map((password) =>
      passwordFault(password, login),
    )
    expect(faults).to.deep.equal(['password_too_short', undefined, 'password_is_login', undefined, 'password_too_long'])
  })

  it('counts a composed letter as one character', () => {
    // 6 letters of 3 code points each when decomposed: 18 code points, but 6 characters.
    expect(passwordFault('ế'.repeat(6).normalize('NFD'), 'an')).to.equal('password_too_short')
  })
})
