import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'chai'
import { projectDir } from '../../server/platform/paths.js'
import { analysisFiles, printed } from '../support/analysis-files.js'

const [, section = ''] = readFileSync(join(projectDir(), 'README.md'), 'utf8').split('## Analyse any table\n')
const block = (kind: string, number = 0) =>
  [...(section.split('\n## ')[0] ?? '').matchAll(new RegExp(`^\`\`\`${kind}\\n(.*?)\`\`\``, 'gms'))][number]?.[1] ?? ''
const argsOf = (command: string) => command.trim().split(' -- ')[1]!.split(' ')

describe('the example for analysts in README.md', () => {
  const files = analysisFiles()
  after(() => files.remove())
  const run = (script: string, command: string) => {
    const path = files.write('answers.csv', block('csv'))
    return printed<Record<string, unknown>>(
      script,
      ...argsOf(command).map((arg) => (arg === 'answers.csv' ? path : arg)),
    )
  }

  it('prints what is written there', async () => {
    const shown = JSON.parse(block('json')) as object
    expect(await run('estimate.ts', block('sh'))).to.deep.include(shown)
  })

  // Items 5 3 4 4 5 2 2 4, 4 3 4 5 5 3 2 3 and 5 2 4 5 4 3 3 4: variances 1.410714, 1.125 and 1.071429, their sum 3.607143;
  // totals 14 8 12 14 14 8 7 11, variance 8.857143: alpha = 3/2 · (1 − 3.607143/8.857143) = 0.889113.
  it('gives the alpha of its three questions', async () => {
    const output = await run('reliability.ts', block('sh', 1))
    expect(output.alpha).to.be.closeTo(0.889113, 1e-6)
    expect(output.complete).to.equal(8)
  })
})
