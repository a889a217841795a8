import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'chai'
import { projectDir } from '../../../server/platform/paths.js'

interface Component {
  readonly name: string
  readonly version: string
  readonly licenses: readonly unknown[]
  readonly properties: readonly { readonly name: string }[]
}
interface Lock {
  readonly packages: Readonly<Record<string, { readonly dev?: boolean; readonly version: string }>>
}

describe('the list of packages', () => {
  it('holds each that is installed with version and licence, and marks those of development alone', () => {
    const printed = execFileSync('npm', ['run', '--silent', 'sbom'], { cwd: projectDir(), encoding: 'utf8' })
    const { components } = JSON.parse(printed) as { components: readonly Component[] }
    const { packages } = JSON.parse(readFileSync(join(projectDir(), 'package-lock.json'), 'utf8')) as Lock
    const installed = Object.entries(packages).filter(([path]) => path !== '')
    const names = installed.map(([path, { version, dev = false }]) => [
      path.split('node_modules/').at(-1),
      version,
      dev,
    ])
    const listed = components.map(({ name, version, properties }) => [
      name,
      version,
      properties.some((property) => property.name === 'cdx:npm:package:development'),
    ])
    const lines = (rows: readonly (readonly unknown[])[]) => [...new Set(rows.map((row) => row.join(' ')))].sort()
    expect(lines(listed)).to.deep.equal(lines(names))
    expect(components.filter(({ licenses }) => licenses.length === 0)).to.deep.equal([])
  })
})
