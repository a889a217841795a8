import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'chai'
import { projectDir } from '../../../server/platform/paths.js'
import { readSource, sourceFiles } from '../../support/imports.js'
import { projectTexts } from '../../support/project-files.js'

const templates = readdirSync(join(projectDir(), 'views'), { recursive: true, withFileTypes: true })
  .filter((entry) => entry.name.endsWith('.hbs'))
  .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'utf8'))
const code = sourceFiles('server/domain', 'server/features', 'server/platform').map(readSource)

/** Keys that are put together: `finder.kind_${kind}` as what stands before and after the variable part. */
function joinedKeys(source: string): readonly (readonly [string, string])[] {
  const found = source.matchAll(/`([a-z]+\.[a-z_]*)\$\{[^}]*\}([a-z_]*)`/g)
  return [...found].map(([, before = '', after = '']) => [before, after] as const)
}

/** Keys that no source names, neither whole nor as a joined key whose variable part is a word of the source. */
function unusedKeys(keys: readonly string[], sources: readonly string[]): readonly string[] {
  const all = sources.join('\n')
  const named = new Set(all.match(/[a-z]+\.[a-z0-9_]+/g))
  const words = new Set([...all.matchAll(/['"]([a-z0-9_]+)['"]|\b([a-z0-9_]+):/g)].map(([, a, b]) => a ?? b))
  const joined = joinedKeys(all)
  return keys.filter(
    (key) =>
      !named.has(key) &&
      !joined.some(
        ([before, after]) =>
          key.startsWith(before) &&
          key.endsWith(after) &&
          words.has(key.slice(before.length, key.length - after.length)),
      ),
  )
}

describe('the sentences of the pages', () => {
  it('are all used', () => {
    expect(unusedKeys(projectTexts().keys(), [...code, ...templates])).to.deep.equal([])
  })

  it('are noticed when nobody uses them', () => {
    const sources = ["t('page.title')", "type Kind = 'ward' | 'city'; t(`page.kind_$" + '{kind}`)']
    const keys = ['page.title', 'page.kind_ward', 'page.lost', 'page.kind_lost']
    expect(unusedKeys(keys, sources)).to.deep.equal(['page.lost', 'page.kind_lost'])
  })
})
