import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'

const ID_BYTES = 16

/** Marks of browsers from which somebody has signed in. */
export interface KnownDevices {
  /** A mark for a browser in which the login has just been signed in. */
  mark(login: string): string
  /** The browser's id, where the mark is ours and of this login. */
  recognise(mark: string | undefined, login: string): string | undefined
}

/**
 * Marks are signed and kept nowhere: a browser shows its own.
 *
 * @see OWASP, "Slow Down Online Guessing Attacks with Device Cookies"
 */
export function createKnownDevices(secret: string): KnownDevices {
  const key = createHmac('sha256', secret).update('known device').digest()
  const sign = (id: string, login: string) => createHmac('sha256', key).update(`${id} ${login}`).digest()
  return {
    mark(login) {
      const id = randomBytes(ID_BYTES).toString('base64url')
      return `${id}.${sign(id, login).toString('base64url')}`
    },
    recognise(mark, login) {
      const [id = '', signature = ''] = (mark ?? '').split('.')
      const [given, expected] = [Buffer.from(signature, 'base64url'), sign(id, login)]
      return given.length === expected.length && timingSafeEqual(given, expected) ? id : undefined
    },
  }
}
