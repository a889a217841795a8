/** Writes the figures of the README from the kept results. */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { projectDir } from '../../server/platform/paths.js'
import { withFigures } from './support/readme-figures.js'
import { readResults } from './support/results.js'

/** `npm run bench -- readme` */
export async function writeReadmeFigures(): Promise<void> {
  const file = join(projectDir(), 'README.md')
  const before = readFileSync(file, 'utf8')
  const after = withFigures(before, readResults())
  writeFileSync(file, after)
  console.error(
    after === before ? 'README.md says what the results say' : 'README.md has the figures of the results now',
  )
}
