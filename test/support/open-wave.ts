import { join } from 'node:path'
import { readWaveFile } from '../../server/features/waves/index.js'
import { projectDir } from '../../server/platform/paths.js'
import type { TestApp } from './start-app.js'

/**
 * Opens the wave of a file under `surveys/waves`, as the operator's command does.
 *
 * @throws {Error} when the file or the wave is not valid
 */
export async function openWave(app: Pick<TestApp, 'waves'>, name = '2026-web-citizen') {
  const { value, problems } = readWaveFile(join(projectDir(), `surveys/waves/${name}.yaml`))
  if (!value) throw new Error(`${name}: ${JSON.stringify(problems)}`)
  const outcome = await app.waves.create(value)
  if (outcome.kind !== 'created') throw new Error(`${name}: ${outcome.kind}`)
  return outcome.wave
}
