import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'chai'
import { loadConfig, settings } from '../../../server/platform/config.js'
import { projectDir } from '../../../server/platform/paths.js'

const SECRET = 'a'.repeat(32)

describe('configuration', () => {
  it('takes defaults where nothing is set, and groups by use', () => {
    const config = loadConfig({ SECRET })
    expect(config.http).to.include({ port: 3000, host: '127.0.0.1', secureCookies: true })
    expect(config.database.uri).to.equal(undefined)
    expect(Object.isFrozen(config) && Object.isFrozen(config.http)).to.equal(true)
  })

  it('accepts the address of a replica set, which is no URL', () => {
    const uri = 'mongodb://a.example:27017,b.example:27017/city?replicaSet=rs0'
    expect(loadConfig({ SECRET, MONGODB_URI: uri }).database.uri).to.equal(uri)
  })

  it('names every mistake in one message and no value', () => {
    const env = { PORT: '99999', MONGODB_URI: 'postgres://me:hunter2@host', SECURE_COOKIES: 'yes', SECRET: 'hunter2' }
    expect(() => loadConfig(env))
      .to.throw(Error)
      .with.property('message')
      .that.matches(/^Settings are not valid:/)
      .and.includes('at PORT')
      .and.includes('at MONGODB_URI')
      .and.includes('at SECURE_COOKIES')
      .and.includes('at SECRET')
      .and.does.not.include('hunter2')
  })

  it('refuses to start without a secret', () => {
    expect(() => loadConfig({})).to.throw(/at SECRET/)
  })

  it('each setting stands in the README', () => {
    const readme = readFileSync(join(projectDir(), 'README.md'), 'utf8')
    const missing = Object.keys(settings.shape).filter((key) => !readme.includes(`\`${key}\``))
    expect(missing).to.deep.equal([])
  })
})
