import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

const COMMIT = /^[0-9a-f]{40}$/

/** The commit of a checkout, read from its files; `null` where there is none, as in an image. */
function commitOf(projectDir: string): string | null {
  const read = (name: string) => {
    const path = join(projectDir, '.git', name)
    return existsSync(path) ? readFileSync(path, 'utf8').trim() : ''
  }
  const head = read('HEAD')
  const branch = /^ref: (refs\/[\w./-]+)$/.exec(head)?.[1]
  const packed = () => {
    const line = read('packed-refs')
      .split('\n')
      .find((one) => one.endsWith(` ${branch}`))
    return line?.split(' ')[0] ?? ''
  }
  const commit = branch === undefined ? head : read(branch) || packed()
  return COMMIT.test(commit) ? commit : null
}

/**
 * Version of the program, with its commit where it runs from a checkout.
 *
 * @example codeVersion('/srv/hai-long') // '0.1.0+a60fd2e0c1…'
 */
export function codeVersion(projectDir: string): string {
  const { version } = JSON.parse(readFileSync(join(projectDir, 'package.json'), 'utf8')) as { version: string }
  const commit = commitOf(projectDir)
  return commit === null ? version : `${version}+${commit}`
}
