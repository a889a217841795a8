import { Secret, TOTP } from 'otpauth'

const PERIOD_S = 30
/** Steps before and after the present one that are taken too, for clocks that are not quite right. */
const DRIFT_STEPS = 1
const SECRET_BYTES = 20

const totpOf = (secret: string, login: string) =>
  new TOTP({ issuer: 'Hài lòng', label: login, secret: Secret.fromBase32(secret), digits: 6, period: PERIOD_S })

/** A new secret of 160 random bits, in base32. */
export const newCodeSecret = (): string => new Secret({ size: SECRET_BYTES }).base32

/** What an authenticator app reads from a QR code. */
export const enrolmentUri = (secret: string, login: string): string => totpOf(secret, login).toString()

/**
 * The time step whose code was typed, or `undefined` when it is the code of none that is taken.
 *
 * @see RFC 6238, section 5.2: a step is taken once; whoever asks keeps the last one
 * @example codeStep(secret, '287082', new Date(59_000)) // 1, with the secret of the RFC's appendix B
 */
export function codeStep(secret: string, code: string, at: Date): number | undefined {
  const delta = totpOf(secret, '').validate({ token: code, timestamp: at.getTime(), window: DRIFT_STEPS })
  return delta === null ? undefined : Math.floor(at.getTime() / (PERIOD_S * 1000)) + delta
}
