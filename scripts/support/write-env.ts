import { randomBytes } from 'node:crypto'
import { appendFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { newSigningKey } from '../../server/platform/signing.js'

/**
 * Writes `.env` in a folder with secrets of this machine; to one that has no signing key, of an earlier version, adds that alone.
 *
 * @returns what was done, in a sentence
 */
export function runSetup(folder: string): string {
  const file = join(folder, '.env')
  const keyLine = `SIGNING_KEY=${newSigningKey()}\n`
  if (!existsSync(file)) {
    const secret = randomBytes(32).toString('base64url')
    writeFileSync(file, `SECRET=${secret}\n${keyLine}SECURE_COOKIES=false\n`, { mode: 0o600 })
    return '.env written; set SECURE_COOKIES=true once the site is served over https'
  }
  const text = readFileSync(file, 'utf8')
  if (/^SIGNING_KEY=/m.test(text)) return '.env exists; nothing changed'
  appendFileSync(file, `${text === '' || text.endsWith('\n') ? '' : '\n'}${keyLine}`)
  return '.env exists; SIGNING_KEY added, so that releases can be published'
}
