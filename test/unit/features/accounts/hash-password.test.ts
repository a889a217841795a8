import { expect } from 'chai'
import { hashPassword, isRightPassword } from '../../../../server/features/accounts/hash-password.js'

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

  it('counts to its last character', async () => {
    const hash = await hashPassword('a'.repeat(128))
    expect(await isRightPassword(hash, 'a'.repeat(128))).to.equal(true)
    expect(await isRightPassword(hash, 'a'.repeat(127))).to.equal(false)
    expect(await isRightPassword(hash, `${'a'.repeat(127)}b`)).to.equal(false)
  })

  it('is never right without a stored hash', async () => {
    expect(await isRightPassword(undefined, '')).to.equal(false)
  })
})
