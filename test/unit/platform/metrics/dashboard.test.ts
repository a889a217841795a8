import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'chai'
import { createMetrics } from '../../../../server/platform/metrics/metrics.js'
import { projectDir } from '../../../../server/platform/paths.js'

interface Panel {
  readonly title: string
  readonly targets: readonly { readonly expr: string }[]
}

const { panels } = JSON.parse(
  readFileSync(join(projectDir(), 'server/platform/metrics/grafana-dashboard.json'), 'utf8'),
) as { panels: readonly Panel[] }
const namesIn = (expr: string) => expr.match(/\bhai_long_\w+/g) ?? []

describe('the Grafana dashboard', () => {
  it('asks only for what the process measures', async () => {
    const metrics = createMetrics(() => 0)
    metrics.watchProcess()
    const text = await metrics.text()
    const types = new Map([...text.matchAll(/^# TYPE (\S+) (\S+)$/gm)].map(([, name, type]) => [name!, type!]))
    const asked = panels.flatMap(({ targets }) => targets.flatMap(({ expr }) => namesIn(expr)))
    expect(asked.length).to.be.greaterThan(8)
    const unknown = asked.filter((name) => {
      const base = name.replace(/_(bucket|sum|count)$/, '')
      return !types.has(name) && types.get(base) !== 'histogram'
    })
    expect(unknown).to.deep.equal([])
  })

  it('shows each of our own measurements somewhere', async () => {
    const text = await createMetrics(() => 0).text()
    const own = [...text.matchAll(/^# TYPE (\S+) \S+$/gm)].map((match) => match[1] as string)
    const asked = panels.flatMap(({ targets }) => targets.map(({ expr }) => expr)).join(' ')
    expect(own.filter((name) => !asked.includes(name))).to.deep.equal([])
  })
})
