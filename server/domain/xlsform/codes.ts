/** Codes of items, sections and factors as questionnaires take them. */
const CODE = /^[A-Z][A-Z0-9_]{0,31}$/
const MAX_LENGTH = 32

/**
 * A name of a form as a code: itself where it is one, else in capitals, without accents, other signs as `_`.
 *
 * @example toCode('giới tính') // 'GIOI_TINH'
 */
export function toCode(name: string): string {
  if (CODE.test(name)) return name
  const plain = name.normalize('NFD').replaceAll(/\p{M}/gu, '').replaceAll(/[đĐ]/g, 'D').toUpperCase()
  const code = plain.replaceAll(/[^A-Z0-9_]+/g, '_')
  return (/^[A-Z]/.test(code) ? code : `Q${code}`).slice(0, MAX_LENGTH)
}

/** The code, or one like it with a number where it is taken. */
export function freeCode(code: string, isTaken: (code: string) => boolean): string {
  let free = code
  for (let n = 2; isTaken(free); n++) free = `${code.slice(0, MAX_LENGTH - `_${n}`.length)}_${n}`
  return free
}
