/** Rule: shorter passwords are refused. */
export const MIN_PASSWORD_LENGTH = 12
/** Longer ones are refused, so that nobody can make the server hash megabytes. */
const MAX_PASSWORD_LENGTH = 128
/** A password of fewer different characters is a pattern. */
const MIN_DIFFERENT = 5
/** Shorter logins stand in too many words by chance. */
const MIN_LOGIN_LENGTH = 4
const PLATFORM = 'hailong'

export type PasswordFault = 'password_too_short' | 'password_too_long' | 'password_has_name' | 'password_too_common'

/** One spelling per password: "ế" typed as one character or as three is the same. */
export const normalizePassword = (password: string): string => password.normalize('NFKC')

/** Letters and digits alone, without case and diacritics. */
const bare = (text: string) =>
  text
    .normalize('NFD')
    .toLowerCase()
    .replaceAll('đ', 'd')
    .replaceAll(/[^\p{L}\p{N}]/gu, '')

/** Read when the first password is set: the list is of no use to a server that only checks them. */
async function loadCommon(): Promise<ReadonlySet<string>> {
  const { dictionary } = await import('@zxcvbn-ts/language-common')
  return new Set(dictionary['passwords-common'])
}
let common: Promise<ReadonlySet<string>> | undefined

/** Whether a password is on the list, or is one that is on it with digits and signs around: "Password-2026!". */
async function isCommon(text: string): Promise<boolean> {
  common ??= loadCommon()
  const lower = text.toLowerCase()
  const core = lower.replaceAll(/^[^\p{L}]+|[^\p{L}]+$/gu, '')
  const known = await common
  return known.has(lower) || known.has(core) || new Set(lower).size < MIN_DIFFERENT
}

/**
 * What is wrong with a new password; length counts characters as people see code points.
 *
 * No rules on digits or symbols: length is what counts, and that it is none of the 49,000 that are tried first.
 *
 * @see NIST SP 800-63B-4, section 3.1.1.2: length over composition, a blocklist of common and context-specific values. The list
 * is that of @zxcvbn-ts/language-common (MIT), made from published breaches; it needs no network
 */
export async function passwordFault(password: string, login: string): Promise<PasswordFault | undefined> {
  const text = normalizePassword(password)
  const length = [...text].length
  // Spaces in a row count once: holding the space bar down makes no password longer.
  if ([...text.replaceAll(/\s+/g, ' ')].length < MIN_PASSWORD_LENGTH) return 'password_too_short'
  if (length > MAX_PASSWORD_LENGTH) return 'password_too_long'
  const [letters, name] = [bare(text), bare(login)]
  if (letters.includes(PLATFORM) || letters === name) return 'password_has_name'
  if (name.length >= MIN_LOGIN_LENGTH && letters.includes(name)) return 'password_has_name'
  return (await isCommon(text)) ? 'password_too_common' : undefined
}
