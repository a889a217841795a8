import { existsSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { projectDir } from '../../../server/platform/paths.js'

/** Newest change of any source of the server, in milliseconds since 1970. */
function newestSource(): number {
  const dir = join(projectDir(), 'server')
  const files = readdirSync(dir, { recursive: true, encoding: 'utf8' }).filter(
    (path) => path.endsWith('.ts') && !path.includes('test'),
  )
  return Math.max(...files.map((path) => statSync(join(dir, path)).mtimeMs))
}

/**
 * A compiled file of the code as it stands.
 *
 * @param path below `dist/server`
 * @returns `null` when there is none
 * @throws {Error} when a source was changed after it was compiled: what is measured would be another program
 */
export function compiledFile(path: string): string | null {
  const file = join(projectDir(), 'dist', 'server', path)
  if (!existsSync(file)) return null
  if (statSync(file).mtimeMs < newestSource()) {
    throw new Error('The build is older than the code: run "npm run build" first')
  }
  return file
}
