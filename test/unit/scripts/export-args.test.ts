import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import { readExportArgs } from '../../../scripts/support/export-wave.js'

const FILE = join(tmpdir(), 'x.sav')

describe('what is asked of the command export', () => {
  it('is Vietnamese and separated by commas unless said otherwise', () => {
    expect(readExportArgs(['--wave', 'w', '--format', 'sav', '--out', FILE])).to.deep.equal({
      waveId: 'w',
      format: 'sav',
      language: 'vi',
      separator: ',',
      file: FILE,
    })
  })

  for (const [what, args, message] of [
    ['an unknown format', ['--format', 'ods', '--out', 'x.ods'], '--format is one of csv sav xlsx ddi, not ods'],
    ['no format', ['--out', 'x.sav'], '--format is one of csv sav xlsx ddi, not left out'],
    ['another ending', ['--format', 'sav', '--out', 'x.csv'], '--out must end in .sav: x.csv'],
    ['another ending for DDI', ['--format', 'ddi', '--out', 'x.ddi'], '--out must end in .xml: x.ddi'],
    ['no such folder', ['--format', 'sav', '--out', 'no/such/x.sav'], 'There is no folder '],
    ['no file', ['--format', 'sav'], 'Name a file: --out'],
    ['another language', ['--format', 'sav', '--out', FILE, '--lang', 'fr'], '--lang is one of vi en, not fr'],
    [
      'another separator',
      ['--format', 'csv', '--out', 'x.csv', '--separator', '|'],
      '--separator is one of , ;, not |',
    ],
    ['an unknown option', ['--colour', 'red'], 'Usage: export'],
  ] as const)
    it(`is refused with ${what}`, () => {
      expect(() => readExportArgs(['--wave', 'w', ...args])).to.throw(message)
    })
})
