/** Types that collect facts of the device or of the moment. */
const METADATA =
  'start end today deviceid phonenumber username email simserial subscriberid audit start-geopoint'.split(' ')

/** Types of the specification that no item of a questionnaire is. */
const OTHERS = [
  'decimal',
  'range',
  'date',
  'time',
  'datetime',
  'geopoint',
  'geotrace',
  'geoshape',
  'image',
  'photo',
  'audio',
  'background-audio',
  'background-geopoint',
  'video',
  'file',
  'barcode',
  'rank',
  'hidden',
  'csv-external',
  'xml-external',
  'osm',
  'select_one_from_file',
  'select_multiple_from_file',
  'select_one_external',
]

/** What a cell of the column `type` says. */
export type QuestionType =
  | { readonly kind: 'begin' | 'end'; readonly what: 'group' | 'repeat' }
  | { readonly kind: 'select'; readonly list: string; readonly isMultiple: boolean; readonly hasOther: boolean }
  | { readonly kind: 'text' | 'integer' | 'note' | 'acknowledge' | 'calculate' | 'metadata' }
  /** Of the specification, and no item here. */
  | { readonly kind: 'not_carried_over' }
  | { readonly kind: 'unknown' }

const SELECT =
  /^(select_one|select one(?: from)?|select1|select_multiple|select multiple(?: from)?|select all that apply(?: from)?)\s+(\S+)(\s+(?:or_other|or other|or specify other))?$/

/**
 * Reads a type as the specification writes it, and its older spellings.
 *
 * @see XLSForm, "Question types", https://xlsform.org/en/#question-types
 */
export function readType(cell: string): QuestionType {
  const type = cell.trim().replaceAll(/\s+/g, ' ')
  const bound = /^(begin|end)[ _](group|repeat)$/i.exec(type)
  if (bound) {
    const what = bound[2]!.toLowerCase() as 'group' | 'repeat'
    return { kind: bound[1]!.toLowerCase() as 'begin' | 'end', what }
  }
  const select = SELECT.exec(type)
  if (select) {
    const isMultiple = /multiple|all/.test(select[1]!)
    return { kind: 'select', list: select[2]!, isMultiple, hasOther: select[3] !== undefined }
  }
  const name = type.toLowerCase()
  if (name === 'trigger') return { kind: 'acknowledge' }
  if (name === 'int') return { kind: 'integer' }
  if (name === 'string') return { kind: 'text' }
  const plain = (['text', 'integer', 'note', 'acknowledge', 'calculate'] as const).find((one) => one === name)
  if (plain) return { kind: plain }
  const first = name.split(' ')[0]!
  if (METADATA.includes(first)) return { kind: 'metadata' }
  return { kind: OTHERS.includes(first) ? 'not_carried_over' : 'unknown' }
}
