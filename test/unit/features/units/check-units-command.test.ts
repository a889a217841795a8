import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import { UNITS_DIR } from '../../../support/project-files.js'
import { runCommand } from '../../../support/run-command.js'

describe('the command that checks units', () => {
  const run = (...args: string[]) => runCommand({}, 'check-units.ts', args)

  it('prints the counts of clean data', async () => {
    const { code, stdout } = await run()
    expect(code).to.equal(0)
    expect(stdout).to.include('2025-07-01: 0 districts; 113 phường, 54 xã, 0 thị trấn, 1 đặc khu')
  })

  it('prints each fault as file:line: message and exits with 1', async () => {
    const dir = mkdtempSync(join(tmpdir(), 'check-'))
    cpSync(UNITS_DIR, dir, { recursive: true })
    const file = join(dir, 'districts.yaml')
    const text = readFileSync(file, 'utf8').replace('en: District 3, ', '')
    writeFileSync(file, text)
    const line = text.slice(0, text.indexOf('uid: quan-3,')).split('\n').length
    const { code, stdout, stderr } = await run('--units', dir)
    rmSync(dir, { recursive: true })
    expect(code).to.equal(1)
    expect(stdout).to.equal('')
    expect(
      stderr.trim().endsWith(`districts.yaml:${line}: quan-3 needs a Vietnamese and an English name [missing_name]`),
    ).to.equal(true)
  })
})
