import { createHash } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import { runSetup } from '../../../scripts/support/write-env.js'
import { loadConfig } from '../../../server/platform/config.js'
import { createSigner, isSignedBy, keyIdOf, newSigningKey } from '../../../server/platform/signing.js'

/** PKCS #8 and SubjectPublicKeyInfo around the 32 bytes of an Ed25519 key (RFC 8410, section 7). */
const PRIVATE_PREFIX = '302e020100300506032b657004220420'
const PUBLIC_PREFIX = '302a300506032b6570032100'

/** RFC 8032, section 7.1, tests 1 to 3: secret key, public key, message, signature. */
const RFC_8032 = [
  [
    '9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60',
    'd75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a',
    '',
    'e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b',
  ],
  [
    '4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb',
    '3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c',
    '72',
    '92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00',
  ],
  [
    'c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7',
    'fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025',
    'af82',
    '6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a',
  ],
] as const

const hex = (text: string) => Buffer.from(text, 'hex')

describe('signatures', () => {
  for (const [i, [secret, open, message, signature]] of RFC_8032.entries()) {
    it(`are those of RFC 8032, test ${i + 1}`, () => {
      const signer = createSigner(hex(`${PRIVATE_PREFIX}${secret}`).toString('base64'))
      const der = hex(`${PUBLIC_PREFIX}${open}`)
      expect(signer.publicKey.split('\n')[1]).to.equal(der.toString('base64'))
      expect(signer.keyId).to.equal(createHash('sha256').update(der).digest('hex'))
      expect(signer.sign(hex(message)).toString('hex')).to.equal(signature)
      expect(isSignedBy(hex(message), hex(signature), signer.publicKey)).to.equal(true)
    })
  }

  it('fail for other bytes, another key, and a signature of another length', () => {
    const [signer, other] = [createSigner(newSigningKey()), createSigner(newSigningKey())]
    const signature = signer.sign(Buffer.from('78.4'))
    expect(isSignedBy(Buffer.from('78.5'), signature, signer.publicKey)).to.equal(false)
    expect(isSignedBy(Buffer.from('78.4'), signature, other.publicKey)).to.equal(false)
    expect(isSignedBy(Buffer.from('78.4'), signature.subarray(1), signer.publicKey)).to.equal(false)
    expect(keyIdOf(signer.publicKey)).to.equal(signer.keyId).and.not.equal(other.keyId)
  })

  it('are refused with a key of another kind, whose text the message does not repeat', () => {
    for (const SIGNING_KEY of ['hunter2', Buffer.from('hunter2').toString('base64'), newSigningKey().slice(4)]) {
      expect(() => loadConfig({ SECRET: 's'.repeat(32), SIGNING_KEY }))
        .to.throw(/at SIGNING_KEY/)
        .with.property('message')
        .that.does.not.include(SIGNING_KEY)
    }
  })
})

describe('npm run setup', () => {
  let folder: string
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'setup-'))
  })
  afterEach(() => rmSync(folder, { recursive: true }))

  const read = () => Object.fromEntries(readFileSync(join(folder, '.env'), 'utf8').trim().split('\n').map(pairOf))
  const pairOf = (line: string) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]

  it('writes a secret and a signing key that the server takes, once', () => {
    runSetup(folder)
    const { SECRET, SIGNING_KEY } = read()
    expect(loadConfig({ SECRET, SIGNING_KEY }).signingKey).to.equal(SIGNING_KEY)
    runSetup(folder)
    expect(read()).to.include({ SECRET, SIGNING_KEY })
  })

  it('adds a signing key to a file of before, and leaves the rest', () => {
    writeFileSync(join(folder, '.env'), `PORT=4000\nSECRET=${'s'.repeat(32)}`)
    runSetup(folder)
    expect(read()).to.include({ PORT: '4000', SECRET: 's'.repeat(32) })
    expect(createSigner(read().SIGNING_KEY).keyId).to.match(/^[0-9a-f]{64}$/)
  })
})
