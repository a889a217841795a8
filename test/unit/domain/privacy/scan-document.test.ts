import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'chai'
import { scanDocument } from '../../../../server/domain/privacy/scan-document.js'
import { RESPONSE_FIELDS, STORED_DATA } from '../../../../server/domain/privacy/stored-data.js'
import { responseSchema } from '../../../../server/features/responses/response.model.js'
import { projectDir } from '../../../../server/platform/paths.js'
import { response } from '../../../support/builders.js'

const NOBODY = { responseIds: new Set<string>(), staffIds: new Set<string>() }
const kindsIn = (collection: string, document: Record<string, unknown>, links = NOBODY) =>
  scanDocument(collection, JSON.parse(JSON.stringify({ _id: '1', ...document })), links).map(
    ({ path, kind }) => `${path} ${kind}`,
  )

describe('what the database holds of people', () => {
  it('is nothing in a response as intake stores it', () => {
    expect(kindsIn('responses', { ...response() })).to.deep.equal([])
  })

  it('is found where a field was added, or an address, a number or a device stands in one that there is', () => {
    const planted: [Record<string, unknown>, string][] = [
      [{ ip: 'none' }, 'ip unknown_field'],
      [{ service: '203.0.113.7' }, 'service address'],
      [{ service: '2001:db8:0:0:0:8a2e:370:7334' }, 'service address'],
      [{ service: 'gọi 0903123456' }, 'service phone'],
      [{ service: '+84903123456' }, 'service phone'],
      [{ service: '079123456789' }, 'service id_number'],
      [{ service: 'an@hcm.gov.vn' }, 'service email'],
      [{ service: 'Mozilla/5.0 (Linux; Android 9)' }, 'service device'],
      [{ answers: { C1: 4, '0903123456': 1 } }, 'answers.0903123456 phone'],
    ]
    for (const [fields, finding] of planted) {
      expect(kindsIn('responses', { ...response(), ...fields })).to.include(finding)
    }
  })

  it('is no link where a void lists what it took out, and is one wherever else an id of a response stands', () => {
    const id = '64b0c0ffee64b0c0ffee0001'
    const links = { responseIds: new Set([id]), staffIds: new Set<string>() }
    expect(kindsIn('response_voids', { responseIds: [id], proposedBy: 'an' }, links)).to.deep.equal([])
    expect(kindsIn('voided_responses', { _id: id, isVoided: true }, links)).to.deep.equal([])
    expect(kindsIn('response_voids', { responseIds: [], explanation: `xem ${id}` }, links)).to.deep.equal([
      'explanation link',
    ])
    expect(kindsIn('data_requests', { answer: id }, links)).to.deep.equal(['answer link'])
  })

  it('is not found in words that the screening takes out before anybody reads them, and is where it does not', () => {
    const inWords = (text: string) => kindsIn('responses', { ...response({ answers: { F9: text } }) })
    expect(inWords('Gọi tôi 0903 123 456 hoặc an@hcm.gov.vn')).to.deep.equal([])
    expect(inWords('máy 10.0.0.7')).to.deep.equal(['answers.F9 address'])
  })

  it('is a link where the id of a response stands elsewhere, or that of somebody of staff in a response', () => {
    const links = { responseIds: new Set(['8f2c1d7e-0001']), staffIds: new Set(['tran.van.an']) }
    expect(kindsIn('sessions', { session: '{"seen":"8f2c1d7e-0001"}' }, links)).to.deep.equal(['session link'])
    expect(kindsIn('audit_events', { details: { of: '8f2c1d7e-0001' } }, links)).to.deep.equal(['details.of link'])
    expect(kindsIn('responses', { ...response(), channel: 'tran.van.an' }, links)).to.deep.equal(['channel link'])
    expect(kindsIn('accounts', { login: 'tran.van.an', name: 'An 0903123456' }, links)).to.deep.equal([])
  })

  it('is said for every collection and every field of a response that the platform has', () => {
    const models = readdirSync(join(projectDir(), 'server'), { recursive: true, encoding: 'utf8' })
      .filter((file) => /\.(ts)$/.test(file) && !file.startsWith('embedded-mongo'))
      .flatMap((file) => readFileSync(join(projectDir(), 'server', file), 'utf8').match(/collection: '[a-z_]+'/g) ?? [])
      .map((text) => text.slice("collection: '".length, -1))
    expect(models.length).to.be.above(10)
    expect(Object.keys(STORED_DATA)).to.include.members(models)
    expect([...RESPONSE_FIELDS]).to.have.members(Object.keys(responseSchema.paths))
    expect(kindsIn('people', {})).to.deep.equal([' unknown_collection'])
  })
})
