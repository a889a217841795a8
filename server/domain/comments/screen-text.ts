/** What a comment may give away of a person. */
export const IDENTIFIER_KINDS = ['email', 'link', 'case_code', 'plate', 'phone', 'id_number', 'number', 'name'] as const
export type IdentifierKind = (typeof IDENTIFIER_KINDS)[number]

/** A comment fit to be read by others. */
export interface ScreenedText {
  /** With `[kind]` in the place of each find. */
  readonly text: string
  /** Each kind once, in the order of `IDENTIFIER_KINDS`. */
  readonly found: readonly IdentifierKind[]
}

/** Common family names of Vietnam; a full name begins with one. */
const FAMILY_NAMES =
  'Nguyễn|Trần|Lê|Phạm|Hoàng|Huỳnh|Phan|Vũ|Võ|Đặng|Bùi|Đỗ|Hồ|Ngô|Dương|Lý|Đinh|Lâm|Trịnh|Mai|Đào|Đoàn|Tô|Trương|Tạ|Châu|Quách|Thái|Lưu|Phùng|Cao'
/** After these a family name is a street's or a ward's. */
const PLACE_WORDS = 'đường|phố|phường|xã|quận|huyện|cầu|chợ|trường|bệnh viện|hẻm|ngõ|công viên|khu phố'
/** Titles that make the capitalised word after them a name. */
const TITLES = 'anh|chị|ông|bà|cô|chú|bác|em|cán bộ|công chức|đồng chí|Mr|Mrs|Ms|Miss'

const bounded = (pattern: string) => new RegExp(`(?<![\\p{L}\\d])${pattern}(?![\\p{L}\\d])`, 'giu')
const WORD = "\\p{Lu}[\\p{L}']*"

/** In the order in which they are looked for: what is recognised first is not taken for something else. */
const PATTERNS: readonly (readonly [IdentifierKind | 'digits', RegExp])[] = [
  ['email', /[\p{L}\d._%+-]+\s?(?:@|\(at\)|\[at\])\s?[\p{L}\d-]+(?:\.[\p{L}\d-]+)+/giu],
  ['link', /\b(?:https?:\/\/|www\.)\S+|\b(?:facebook|fb|zalo|tiktok|instagram|youtube)\.(?:com|me|vn)\/\S+/giu],
  ['case_code', bounded('[A-Z]\\d{2}(?:\\.\\d{1,3}){1,4}-\\d{6}-\\d{3,6}')],
  // Two digits, one or two letters and perhaps a digit, 4 or 5 digits.
  ['plate', bounded('\\d{2}\\s?-?\\s?[A-Z]{1,2}\\d?\\s?-?\\s?(?:\\d{3}\\.?\\d{2}|\\d{4})')],
  // A passport.
  ['id_number', bounded('[A-Z]\\d{7}')],
  ['digits', /\+?\(?\d(?:[\s.,\-_/()]{0,3}\d){7,}/gu],
  // Case matters here and only here: a name begins with a capital.
  [
    'name',
    new RegExp(`(?<!(?:${PLACE_WORDS})\\s)(?<![\\p{L}])(?:${FAMILY_NAMES})(?:\\s${WORD}){1,4}(?![\\p{L}])`, 'gu'),
  ],
  ['name', new RegExp(`(?<=(?<![\\p{L}])(?:${TITLES}|${capitalised(TITLES)})\\.?\\s)${WORD}(?:\\s${WORD}){0,3}`, 'gu')],
]

function capitalised(words: string): string {
  return words
    .split('|')
    .map((word) => word[0]!.toUpperCase() + word.slice(1))
    .join('|')
}

/** A sum of money: "20.000.000 đồng". */
const MONEY = /^\d{1,3}(?:[.,\s]\d{3})*[.,\s]000$/
const CURRENCY = /^\s?(?:đồng|đ|vnđ|vnd)(?!\p{L})/iu

/**
 * What eight digits or more are, `null` for a sum of money.
 *
 * A telephone number has 9 to 11 digits with its 0, or 84 in its place (mobile 03, 05, 07, 08, 09; fixed 02); an identity number 12 (since
 * 2016) or 9 (before). Anything else that long is an account, a dossier, a date with its year.
 */
function kindOfDigits(run: string, after: string): IdentifierKind | null {
  if (MONEY.test(run) && CURRENCY.test(after)) return null
  const digits = run.replaceAll(/\D/g, '')
  if (/^0\d{11}$|^[1-9]\d{8}$/.test(digits)) return 'id_number'
  return /^(?:0|840?)[235789]\d{7,9}$/.test(digits) ? 'phone' : 'number'
}

/** Characters of no width, with which a number could be hidden from a reader of patterns and not from a person. */
const INVISIBLE = /[\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2064\ufeff]/g

/**
 * Takes out of a comment what could point to a person: addresses, telephone, identity and other long numbers, plates, names.
 *
 * Errs on the side of taking out (a date with its year goes too). What it can't find: numbers spelt as words, lone
 * given names without a title, a story that only one person can have lived. Readers are told so.
 *
 * @param raw as sent; brought to Unicode form NFKC, so that full-width digits count as digits
 * @see methodology 6: screening for identity, telephone, e-mail and plate numbers before anyone sees free text
 * @example screenText('Gọi tôi 0903 123 456').text // 'Gọi tôi [phone]'
 */
export function screenText(raw: string): ScreenedText {
  const found = new Set<IdentifierKind>()
  let text = raw.normalize('NFKC').replaceAll(INVISIBLE, '')
  for (const [kind, pattern] of PATTERNS) {
    text = text.replaceAll(pattern, (match: string, ...rest: readonly unknown[]) => {
      const [offset, whole] = rest.slice(-2) as [number, string]
      const known = kind === 'digits' ? kindOfDigits(match, whole.slice(offset + match.length)) : kind
      if (known === null) return match
      found.add(known)
      return `[${known}]`
    })
  }
  return { text: text.trim(), found: IDENTIFIER_KINDS.filter((kind) => found.has(kind)) }
}
