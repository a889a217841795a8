/** Writes a `.env` with fresh secrets for this machine; of an existing one it changes nothing that stands there. */
import { projectDir } from '../server/platform/paths.js'
import { runSetup } from './support/write-env.js'

console.log(runSetup(projectDir()))
