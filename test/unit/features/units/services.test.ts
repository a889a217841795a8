import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import { loadServiceCatalogue, readServiceFile } from '../../../../server/features/units/index.js'
import { projectRegistry, projectServices, SERVICES_FILE } from '../../../support/project-files.js'

describe('service catalogue', () => {
  const registry = projectRegistry()
  const services = projectServices()
  const offeredBy = (uid: string) => {
    const unit = registry.byUid(uid)
    if (!unit) throw new Error(`No unit ${uid}`)
    return services.offeredBy(unit).map(({ code }) => code)
  }
  const found = (text: string) => services.search(text).map(({ code }) => code)

  it('holds the 20 fields and 6 utilities of methodology 3.3, in its order', () => {
    const codes =
      'DAT XD HT CT CCCD DKKD DT THUE HQ LD BTXH BHXH GD YT GTVT MT VH PCCC LLTP KNTC NUOC RAC BUYT MN TH DIEN'
    expect(services.all().map(({ code }) => code)).to.deep.equal(codes.split(' '))
    expect(services.all().filter(({ isUtility }) => isUtility)).to.have.length(6)
    expect(services.byCode('THUE')?.name).to.deep.equal({ vi: 'Thuế', en: 'Tax' })
  })

  it('gives a ward of 2025 what the districts did, and a ward before that only its own tasks', () => {
    expect(offeredBy('p-sai-gon')).to.include.members(['HT', 'CT', 'DAT', 'BTXH', 'KNTC', 'XD', 'DKKD'])
    expect(offeredBy('quan-1.ben-nghe')).to.include.members(['HT', 'CT', 'BTXH', 'KNTC'])
    expect(offeredBy('quan-1.ben-nghe')).to.not.include.members(['XD', 'DKKD', 'DAT'])
    expect(offeredBy('quan-1')).to.include.members(['XD', 'DKKD', 'DAT'])
  })

  it('gives each agency its own remit', () => {
    const remits = { 'cong-an': 'CCCD', thue: 'THUE', 'hai-quan': 'HQ', 'bao-hiem-xa-hoi': 'BHXH', 'so-xay-dung': 'XD' }
    for (const [uid, code] of Object.entries(remits)) expect(offeredBy(uid), uid).to.include(code)
    expect(offeredBy('thue')).to.not.include('HQ')
    expect(offeredBy('p-sai-gon')).to.not.include('THUE')
  })

  it('gives every district, ward and department something to be rated for', () => {
    const kinds = ['so', 'quan', 'huyen', 'tp_truc_thuoc', 'phuong', 'xa', 'thi_tran', 'dac_khu', 'nganh_doc']
    for (const { uid, kind } of registry.all()) if (kinds.includes(kind)) expect(offeredBy(uid), uid).to.not.be.empty
  })

  const words: readonly (readonly [string, string])[] = [
    ['sổ đỏ', 'DAT'],
    ['so do', 'DAT'],
    ['làm giấy khai sinh cho con', 'HT'],
    ['cccd', 'CCCD'],
    ['sao y', 'CT'],
    ['driving licence', 'GTVT'],
    ['thue', 'THUE'],
    ['xe bus', 'BUYT'],
    ['Garbage', 'RAC'],
  ]
  for (const [text, code] of words) it(`finds ${code} first for "${text}"`, () => expect(found(text)[0]).to.equal(code))

  it('finds nothing for nothing', () => expect([...found(''), ...found('qwertyuiop')]).to.deep.equal([]))

  it('names the line of an offer by an unknown unit and of a code used twice', () => {
    const dir = mkdtempSync(join(tmpdir(), 'services-'))
    const file = join(dir, 'services.yaml')
    const text = readFileSync(SERVICES_FILE, 'utf8')
      .replace('units: [thue]', 'units: [tax]')
      .replace('code: HQ', 'code: THUE')
    writeFileSync(file, text)
    const lineOf = (part: string) => text.slice(0, text.indexOf(part)).split('\n').length
    expect(readServiceFile(file, registry).problems).to.deep.equal([
      { file, line: lineOf('{ units: [tax] }'), message: 'THUE names tax, no such unit' },
      {
        file,
        line: text.split('\n').findLastIndex((one) => one.includes('code: THUE')) + 1,
        message: 'THUE is used twice',
      },
    ])
    expect(() => loadServiceCatalogue(file, registry)).to.throw('THUE names tax')
    rmSync(dir, { recursive: true })
  })
})
