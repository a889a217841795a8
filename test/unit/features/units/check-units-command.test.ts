import { spawnSync } from 'node:child_process'
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import { projectDir } from '../../../../server/platform/paths.js'
import { UNITS_DIR } from '../../../support/unit-fixtures.js'

describe('the command that checks units', () => {
  const run = (...args: string[]) =>
    spawnSync(process.execPath, ['--import', 'tsx', 'scripts/check-units.ts', ...args], {
      cwd: projectDir(),
      encoding: 'utf8',
    })

  it('prints the counts of clean data', () => {
    const { status, stdout } = run()
    expect(status).to.equal(0)
    expect(stdout).to.include('2025-07-01: 0 districts; 113 phường, 54 xã, 0 thị trấn, 1 đặc khu')
  })

  it('prints each fault as file:line: message and exits with 1', () => {
    const dir = mkdtempSync(join(tmpdir(), 'check-'))
    cpSync(UNITS_DIR, dir, { recursive: true })
    const file = join(dir, 'districts.yaml')
    const text = readFileSync(file, 'utf8').replace('en: District 3, ', '')
    writeFileSync(file, text)
    const line = text.slice(0, text.indexOf('uid: quan-3,')).split('\n').length
    const { status, stdout, stderr } = run('--units', dir)
    rmSync(dir, { recursive: true })
    expect(status).to.equal(1)
    expect(stdout).to.equal('')
    expect(
      stderr.trim().endsWith(`districts.yaml:${line}: quan-3 needs a Vietnamese and an English name [missing_name]`),
    ).to.equal(true)
  })
})
