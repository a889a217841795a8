import { strFromU8, unzipSync } from 'fflate'

/** Most bytes of all parts together: what a form of some thousand questions takes, many times over. */
const MAX_UNPACKED_BYTES = 50 * 1024 * 1024

/** A workbook has a dozen and one for each sheet and picture. */
const MAX_PARTS = 1000

/** Something in a sheet that has no fixed value. */
export interface SheetTrap {
  readonly sheet: string
  readonly cell: string
  readonly kind: 'formula' | 'merged'
}

const FORMULA = /<(?:\w+:)?c\b[^<>]*?\br="([A-Z]+\d+)"[^<>]*>\s*<(?:\w+:)?f\b/g
const MERGED = /<(?:\w+:)?mergeCell\b[^<>]*?\bref="([^"]+)"/g

/**
 * Formulas and merged cells of a workbook: its reader gives the last result of a formula and an empty cell for a merged one.
 *
 * @returns `'too_large'` when it has more than 1,000 parts or unpacks to more than 50 MB, whatever its parts say of themselves
 * @throws {Error} when it is no zip file, or its parts are broken
 */
export function trapsIn(bytes: Uint8Array): readonly SheetTrap[] | 'too_large' {
  let total = 0
  let count = 0
  const parts = unzipSync(bytes, {
    filter: ({ name, originalSize }) => {
      total += originalSize
      count += 1
      if (count > MAX_PARTS || total > MAX_UNPACKED_BYTES) return false
      return /^xl\/worksheets\/[^/]+\.xml$/.test(name) || SHEET_LIST.includes(name)
    },
  })
  if (count > MAX_PARTS || total > MAX_UNPACKED_BYTES) return 'too_large'
  const textOf = (name: string) => (parts[name] === undefined ? '' : strFromU8(parts[name]))
  const [book = '', relations = ''] = SHEET_LIST.map(textOf)
  const targets = new Map(tagsOf(relations, 'Relationship').map(({ Id = '', Target = '' }) => [Id, Target]))
  return tagsOf(book, 'sheet').flatMap(({ name = '', 'r:id': id = '' }) => {
    const xml = textOf(`xl/${(targets.get(id) ?? '').replace(/^\/?xl\//, '')}`)
    const cells = (pattern: RegExp) => [...xml.matchAll(pattern)].map((found) => found[1]!)
    return [
      ...cells(FORMULA).map((cell) => ({ sheet: name, cell, kind: 'formula' as const })),
      ...cells(MERGED).map((cell) => ({ sheet: name, cell, kind: 'merged' as const })),
    ]
  })
}

const SHEET_LIST = ['xl/workbook.xml', 'xl/_rels/workbook.xml.rels']

/** Attributes of each tag of a name. */
const tagsOf = (xml: string, tag: string): readonly Readonly<Record<string, string>>[] =>
  [...xml.matchAll(new RegExp(`<(?:\\w+:)?${tag}\\b([^<>]*)`, 'g'))].map((found) =>
    Object.fromEntries([...found[1]!.matchAll(/([\w:]+)="([^"]*)"/g)].map(([, name, value]) => [name, value])),
  )
