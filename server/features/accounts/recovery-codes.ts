import { createHash, randomBytes } from 'node:crypto'

/** Crockford's base32: nothing that is read as something else. */
const LETTERS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const COUNT = 10
const LENGTH = 24

const newCode = () => [...randomBytes(LENGTH)].map((byte) => LETTERS[byte % LETTERS.length]).join('')

/** The code as it is written down: six groups of four. */
const grouped = (code: string) => code.replaceAll(/(.{4})(?!$)/g, '$1-')

/** What is stored of a code; 120 random bits cannot be guessed, so a slow hash would protect nothing. */
export function hashOfRecoveryCode(typed: string): string {
  const letters = typed
    .toUpperCase()
    .replaceAll(/[^0-9A-Z]/g, '')
    .replaceAll('O', '0')
    .replaceAll(/[IL]/g, '1')
  return createHash('sha256').update(letters).digest('hex')
}

/** Ten codes that each stand in for the phone once. */
export const newRecoveryCodes = (): readonly string[] => Array.from({ length: COUNT }, () => grouped(newCode()))
