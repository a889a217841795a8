import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { expect } from 'chai'
import { loadUnitRegistry, readUnitFiles } from '../../../../server/features/units/index.js'
import { UNITS_DIR } from '../../../support/project-files.js'

describe('loading units', () => {
  let dir: string
  beforeEach(() => {
    dir = mkdtempSync(join(tmpdir(), 'units-'))
    cpSync(UNITS_DIR, dir, { recursive: true })
  })
  afterEach(() => rmSync(dir, { recursive: true }))

  /** Puts a mistake into a copy of the real files; gives the line it stands on. */
  function plant(file: string, found: string, planted: string): number {
    const path = join(dir, file)
    const text = readFileSync(path, 'utf8')
    const at = text.indexOf(found)
    expect(at, `"${found}" in ${file}`).to.be.at.least(0)
    writeFileSync(path, text.replace(found, planted))
    return text.slice(0, at).split('\n').length
  }
  const problems = () =>
    readUnitFiles(dir).problems.map(({ file, line, message }) => `${basename(file)}:${line}: ${message}`)

  const mistakes: readonly (readonly [string, string, string, string, string])[] = [
    [
      'a uid used twice',
      'wards-2025.yaml',
      'uid: p-ben-thanh,',
      'uid: p-sai-gon,',
      'p-sai-gon is used twice [duplicate_uid]',
    ],
    [
      'a code used twice',
      'wards-2025.yaml',
      'gso: "26743"',
      'gso: "26740"',
      'GSO code 26740 of p-ben-thanh is also that of p-sai-gon on some day [code_twice]',
    ],
    [
      'an unknown parent',
      'districts.yaml',
      'vi: Quận 1,',
      'parent: nowhere, vi: Quận 1,',
      'quan-1 stands under nowhere, which is not in the data [unknown_parent]',
    ],
    [
      'an unknown link',
      'events-2021.yaml',
      'to: quan-5.p12',
      'to: quan-5.p99',
      'A link leads to quan-5.p99, which is not in the data [unknown_unit]',
    ],
    [
      'a missing name',
      'districts.yaml',
      'en: District 3, ',
      '',
      'quan-3 needs a Vietnamese and an English name [missing_name]',
    ],
    [
      'a unit that ends too early',
      'districts.yaml',
      'gso: "770", to: 2025-07-01',
      'gso: "770", to: 2024-07-01',
      'quan-3 ends on 2024-07-01 and no event says into what; add one, or a note [no_successor]',
    ],
    [
      'a share that misses 1',
      'events-2025-01.yaml',
      '{ to: quan-6.p2, part: [quan-6.p5] }',
      '{ from: quan-6.p5, to: quan-6.p2, share: 0.4, basis: population }',
      'The shares of quan-6.p5 on 2025-01-01 must sum to 1, or none of them be known [shares_not_one]',
    ],
    [
      'a derived link too many',
      'events-2025-07-districts.yaml',
      '{ from: quan-1, into: [p-tan-dinh,',
      '{ from: quan-1, into: [p-cat-lai, p-tan-dinh,',
      'quan-1 on 2025-07-01: the units below it lead elsewhere (missing: none; too many: p-cat-lai) [derived_differs]',
    ],
    [
      'a day that does not exist',
      'districts.yaml',
      'from: 2021-01-01',
      'from: 2021-02-30',
      'units.24.from: must be a calendar day, YYYY-MM-DD',
    ],
    ['a field nobody knows', 'city.yaml', 'aliases:', 'alias:', 'units.0: Unrecognized key: "alias"'],
    [
      'a kind nobody knows',
      'districts.yaml',
      'kind: tp_truc_thuoc',
      'kind: city',
      'units.24.kind: Invalid option: expected one of',
    ],
  ]
  for (const [situation, file, found, planted, message] of mistakes) {
    it(`names file and line of ${situation}`, () => {
      const line = plant(file, found, planted)
      expect(
        problems().find((one) => one.startsWith(`${file}:${line}: ${message}`)),
        problems().join('\n'),
      ).to.be.a('string')
    })
  }

  it('names the line of broken YAML', () => {
    const line = plant('districts.yaml', '- { uid: quan-4,', '- { uid: quan-4')
    expect(problems()[0]).to.match(new RegExp(`^districts\\.yaml:${line}: `))
  })

  it('names a unit without a kind', () => {
    const line = plant('districts.yaml', 'uid: quan-1, kind: quan,', 'uid: quan-1,')
    expect(problems()).to.include(`districts.yaml:${line}: quan-1 needs a kind`)
  })

  it('refuses to start with faulty data, naming every fault', () => {
    plant('wards-2025.yaml', 'gso: "26743"', 'gso: "26740"')
    plant('districts.yaml', 'en: District 3, ', '')
    expect(() => loadUnitRegistry(dir)).to.throw(/code_twice[\s\S]*missing_name|missing_name[\s\S]*code_twice/)
  })

  it('understands every way of writing a link', () => {
    const { data } = readUnitFiles(dir)
    const linkOf = (from: string, to: string) =>
      data.events.flatMap(({ links }) => links).find((link) => link.from === from && link.to === to)
    expect(linkOf('quan-2', 'tp-thu-duc')).to.deep.equal({
      from: 'quan-2',
      to: 'tp-thu-duc',
      extent: 'whole',
      share: 1,
      shareBasis: null,
    })
    expect(linkOf('quan-1', 'p-sai-gon')).to.include({ extent: 'part', share: null, derived: true })
    expect(linkOf('quan-binh-thanh.p13', 'quan-binh-thanh.p11')).to.include({ extent: 'part', verified: false })
  })
})
