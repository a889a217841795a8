/** Writes a `.env` with a fresh secret for this machine; leaves an existing one alone. */
import { randomBytes } from 'node:crypto'
import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { projectDir } from '../server/platform/paths.js'

const file = join(projectDir(), '.env')
if (existsSync(file)) {
  console.log('.env exists; nothing changed')
} else {
  writeFileSync(file, `SECRET=${randomBytes(32).toString('base64url')}\nSECURE_COOKIES=false\n`, { mode: 0o600 })
  console.log('.env written; set SECURE_COOKIES=true once the site is served over https')
}
