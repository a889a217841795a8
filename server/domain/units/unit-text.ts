/** Abbreviations of unit kinds as people type them, before a number or a name. */
const ABBREVIATIONS: Readonly<Record<string, string>> = {
  q: 'quan',
  p: 'phuong',
  h: 'huyen',
  x: 'xa',
  tt: 'thi tran',
  tp: 'thanh pho',
  dk: 'dac khu',
  d: 'district',
  w: 'ward',
  dist: 'district',
}

/** Words that say what a unit is and not which one, longest first. */
const KIND_WORDS = [
  'thanh pho',
  'thi tran',
  'dac khu',
  'chi cuc',
  'phuong',
  'huyen',
  'tinh',
  'quan',
  'cuc',
  'xa',
  'so',
  'ban quan ly',
  'department of',
  'special zone',
  'township',
  'commune',
  'district',
  'ward',
  'city',
]

/**
 * A name or a query without diacritics, case, punctuation and leading zeros, with the abbreviations of kinds written out.
 *
 * @example normalizeUnitText('Q.1') // 'quan 1'
 * @example normalizeUnitText('P. Bến Thành') // 'phuong ben thanh'
 */
export function normalizeUnitText(text: string): string {
  const words = text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll('đ', 'd')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .replace(/\b(tp|q|p|h|x|d|w|quan|phuong)0*(\d{1,2})\b/g, '$1 $2')
    .replace(/\b0+(\d)/g, '$1')
    .trim()
    .split(' ')
  return words.map((word, i) => (i < words.length - 1 ? (ABBREVIATIONS[word] ?? word) : word)).join(' ')
}

/**
 * The part of a normalised name that tells which unit it is: "quan go vap" → "go vap".
 *
 * @returns the whole text when it is nothing but a kind word
 */
export function unitCore(normalized: string): string {
  for (const word of KIND_WORDS) {
    if (normalized.startsWith(`${word} `)) return normalized.slice(word.length + 1)
    if (normalized.endsWith(` ${word}`)) return normalized.slice(0, -word.length - 1)
  }
  return normalized
}
