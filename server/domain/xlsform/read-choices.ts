import { type Localized, NONRESPONSE, SCALE_CODES } from '../survey/vocabulary.js'
import { UNIT_KINDS, type UnitKind } from '../units/unit.js'
import { SERVICE_LIST, UNIT_KIND_COLUMN, UNIT_LIST } from './case-fields.js'
import { DONT_KNOW_ENDING, NOT_APPLICABLE_ENDING } from './choice-lists.js'
import { type Finding, localizedIn, type SheetRow } from './sheets.js'

/** A choice: its name in the form, the code it has here. */
export interface ReadChoice {
  readonly name: string
  readonly code: number
  readonly label: Localized
}

/** A list of the sheet `choices`. */
export interface ReadList {
  readonly name: string
  readonly row: number
  readonly choices: readonly ReadChoice[]
  /** Kinds of the units in it, where all of it are units. */
  readonly unitKinds: readonly UnitKind[] | undefined
  /** Name of the scale, where the list is one. */
  readonly scale: string | undefined
}

const SCALE_NAME = /^[a-z][a-z_]{1,29}$/
const HIGHEST_CODE = 98
const KNOWN = ['list_name', 'name', UNIT_KIND_COLUMN]
const EMPTY: Localized = { vi: '', en: '' }

/** Reads the lists of choices, and says what of them does not come over. */
export function readChoices(rows: readonly SheetRow[]): { lists: ReadonlyMap<string, ReadList>; findings: Finding[] } {
  const findings: Finding[] = []
  const byList = new Map<string, SheetRow[]>()
  for (const one of rows) {
    const name = one.cells.list_name ?? ''
    if (name === UNIT_LIST || name === SERVICE_LIST) continue
    const found = byList.get(name) ?? []
    byList.set(name, [...found, one])
    findings.push(...otherColumns(one))
  }
  const lists = new Map([...byList].map(([name, own]) => [name, toList(name, own, findings)]))
  return { lists, findings }
}

function otherColumns({ row, cells }: SheetRow): readonly Finding[] {
  return Object.keys(cells)
    .filter((column) => !KNOWN.includes(column) && !column.startsWith('label.'))
    .map((column) => ({ sheet: 'choices', row, column, what: `choices have no ${column} here: left out` }))
}

function toList(name: string, rows: readonly SheetRow[], findings: Finding[]): ReadList {
  const { row } = rows[0]!
  const kinds = rows.map(({ cells }) => UNIT_KINDS.find((kind) => kind === cells[UNIT_KIND_COLUMN]))
  if (kinds.every((kind) => kind !== undefined)) {
    return { name, row, choices: [], unitKinds: [...new Set(kinds)], scale: undefined }
  }
  const all = coded(name, rows, findings)
  const choices = all.filter(({ code }) => code !== NONRESPONSE.blank)
  if (choices.length < all.length) {
    const what = `choice ${NONRESPONSE.blank} means left blank, which needs no choice: left out`
    findings.push({ sheet: 'choices', row, column: 'name', what })
  }
  return { name, row, choices, unitKinds: undefined, scale: scaleName(name, choices) }
}

/** Whole numbers up to 98 stay what they are; where a list has another name, all are numbered in order. */
function coded(list: string, rows: readonly SheetRow[], findings: Finding[]): readonly ReadChoice[] {
  const names = rows.map(({ cells }) => cells.name ?? '')
  const isCoded = names.every((name) => /^(0|[1-9]\d?)$/.test(name) && Number(name) <= NONRESPONSE.blank)
  const choices = rows.map(({ cells }, i) => ({
    name: names[i]!,
    code: isCoded ? Number(names[i]) : i + 1,
    label: localizedIn(cells, 'label') ?? EMPTY,
  }))
  if (!isCoded) {
    const pairs = choices.map(({ name, code }) => `${name} = ${code}`).join(', ')
    const what = `codes are whole numbers from 0 to ${HIGHEST_CODE}: the choices of ${list} are numbered, ${pairs}`
    findings.push({ sheet: 'choices', row: rows[0]!.row, column: 'name', what })
  }
  return choices
}

function scaleName(list: string, choices: readonly ReadChoice[]): string | undefined {
  const codes = choices.map(({ code }) => code)
  const has = (code: number) => codes.includes(code)
  const onScale = codes.filter((code) => code !== NONRESPONSE.notApplicable && code !== NONRESPONSE.dontKnow)
  if (!SCALE_NAME.test(list) || onScale.join() !== SCALE_CODES.join()) return undefined
  const short =
    has(NONRESPONSE.dontKnow) && list.endsWith(DONT_KNOW_ENDING) ? list.slice(0, -DONT_KNOW_ENDING.length) : list
  return has(NONRESPONSE.notApplicable) && short.endsWith(NOT_APPLICABLE_ENDING)
    ? short.slice(0, -NOT_APPLICABLE_ENDING.length)
    : short
}
