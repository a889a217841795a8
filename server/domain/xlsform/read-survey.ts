import type { Condition } from '../questionnaire/definition.js'
import type { Localized } from '../survey/vocabulary.js'
import { CASE, CONSENT_PREFIX, LEAD_PREFIX, PAGE_PREFIX } from './case-fields.js'
import { freeCode, toCode } from './codes.js'
import { type QuestionType, readType } from './question-types.js'
import type { ReadList } from './read-choices.js'
import { type ReadQuestion, readCondition } from './read-condition.js'
import { type DraftItem, readItem } from './read-item.js'
import { type Finding, localizedIn, type SheetRow } from './sheets.js'
import { cellFindings } from './survey-cells.js'

/** A section before it is checked. */
export interface DraftSection {
  readonly code: string
  readonly title: Localized | undefined
  lead?: Localized
  readonly showIf?: Condition
  readonly items: DraftItem[]
}

/** The survey sheet as parts of a questionnaire. */
export interface ReadSurvey {
  readonly sections: readonly DraftSection[]
  readonly introduction: Localized | undefined
  readonly consent: {
    readonly heading?: Localized
    readonly paragraphs: readonly Localized[]
    readonly statement?: Localized
  }
  readonly findings: readonly Finding[]
  /** Why nothing can be made of the form. */
  readonly faults: readonly Finding[]
}

interface Frame {
  readonly row: number
  readonly name: string
  readonly isRepeat: boolean
  readonly title: Localized | undefined
  /** Conditions of the group and of those around it. */
  readonly conditions: readonly Condition[]
  lead?: Localized
}

const FORM_FIELDS: readonly string[] = [
  CASE.unit,
  CASE.service,
  CASE.month,
  CASE.mode,
  CASE.unitKind,
  CASE.questionnaire,
]

/** Walks down the survey sheet. */
export function readSurvey(rows: readonly SheetRow[], lists: ReadonlyMap<string, ReadList>): ReadSurvey {
  return createWalk(lists).walk(rows)
}

function createWalk(lists: ReadonlyMap<string, ReadList>) {
  const findings: Finding[] = []
  const faults: Finding[] = []
  const sections: DraftSection[] = []
  const questions = new Map<string, ReadQuestion>()
  const names = new Map<string, number>()
  const codes = new Set<string>()
  const consent: { heading?: Localized; paragraphs: Localized[]; statement?: Localized } = { paragraphs: [] }
  let introduction: Localized | undefined
  let frames: readonly Frame[] = []
  let open: { readonly frame: Frame | undefined; readonly section: DraftSection } | undefined

  const find = (row: number, column: string, what: string, part?: string) =>
    findings.push({ sheet: 'survey', row, column, what, ...(part !== undefined && { part }) })
  const fault = (row: number, column: string, what: string) => faults.push({ sheet: 'survey', row, column, what })
  const codeOf = (frame: Frame | undefined) => toCode(frame ? frame.name.replace(PAGE_PREFIX, '') : 'FORM')

  function conditionOf({ row, cells }: SheetRow, part: string): Condition | undefined {
    if (cells.relevant === undefined) return undefined
    const read = readCondition(cells.relevant, questions)
    if (read.kind === 'condition') return read.condition
    find(row, 'relevant', `${read.what}: asked of everybody for now`, part)
    return undefined
  }

  function begin(one: SheetRow, isRepeat: boolean): void {
    const name = one.cells.name ?? ''
    const around = frames.at(-1)
    const isInside = isRepeat || around?.isRepeat === true
    if (isRepeat) find(one.row, 'type', 'repeated questions are not part of a questionnaire: all of them are left out')
    const own = isInside ? undefined : conditionOf(one, `sections.${toCode(name.replace(PAGE_PREFIX, ''))}.showIf`)
    const conditions = [...(around?.conditions ?? []), ...(own ? [own] : [])]
    frames = [...frames, { row: one.row, name, isRepeat: isInside, title: localizedIn(one.cells, 'label'), conditions }]
  }

  function end({ row, cells }: SheetRow): void {
    const frame = frames.at(-1)
    if (frame === undefined) fault(row, 'type', 'no group is open here: take the row out, or begin the group')
    else if (cells.name !== undefined && cells.name !== frame.name) {
      fault(row, 'name', `closes ${cells.name}, but ${frame.name} is open: bring the rows into order`)
    }
    frames = frames.slice(0, -1)
  }

  function note({ row, cells }: SheetRow): void {
    const name = cells.name ?? ''
    const text = localizedIn(cells, 'label')
    const frame = frames.at(-1)
    if (text === undefined) return
    if (name === CASE.introduction) introduction = text
    else if (frame?.name === CASE.consentGroup && name.startsWith(CONSENT_PREFIX)) consent.paragraphs.push(text)
    else if (frame && frame.lead === undefined && open?.frame !== frame) frame.lead = text
    else
      find(
        row,
        'label',
        `a note here has no place in a questionnaire (${LEAD_PREFIX}… goes first on its page): left out`,
      )
  }

  function sectionHere(): DraftSection {
    const frame = frames.at(-1)
    if (open !== undefined && open.frame === frame) return open.section
    const code = freeCode(codeOf(frame), (taken) => sections.some((section) => section.code === taken))
    const conditions = frame?.conditions ?? []
    const showIf = conditions.length > 1 ? { all: conditions } : conditions[0]
    const lead = frame?.lead
    const section: DraftSection = {
      code,
      title: frame?.title,
      ...(lead && { lead }),
      ...(showIf && { showIf }),
      items: [],
    }
    sections.push(section)
    open = { frame, section }
    return section
  }

  function question(one: SheetRow, type: QuestionType, list: ReadList | undefined): void {
    const { row, cells } = one
    const name = cells.name!
    const code = freeCode(toCode(name), (taken) => codes.has(taken))
    const part = `sections.${open?.frame === frames.at(-1) && open ? open.section.code : codeOf(frames.at(-1))}.items.${code}`
    const base = {
      code,
      text: localizedIn(cells, 'label'),
      hint: localizedIn(cells, 'hint'),
      isRequired: /^(yes|true|true\(\))$/i.test(cells.required ?? ''),
      showIf: conditionOf(one, `${part}.showIf`),
    }
    const { item, faults: itemFaults } = readItem(base, type, list, cells)
    for (const { column, what } of itemFaults) find(row, column, what)
    if (item === undefined) return
    if (code !== name) find(row, 'name', `codes are capitals, digits and _: ${name} is ${code} here`)
    codes.add(code)
    findings.push(...cellFindings(one, item))
    sectionHere().items.push(item)
    if (type.kind !== 'select' || list === undefined || list.unitKinds !== undefined) return
    const choices = new Map(list.choices.map((choice) => [choice.name, choice.code]))
    questions.set(name, { code, choices, isMultiple: type.isMultiple })
  }

  function listOf(row: number, type: QuestionType): ReadList | undefined {
    if (type.kind !== 'select') return undefined
    const list = lists.get(type.list)
    if (list === undefined)
      fault(row, 'type', `there is no list ${type.list} in the sheet choices: add it, or mend the name`)
    return list
  }

  function checkName({ row, cells }: SheetRow): boolean {
    const { name } = cells
    const first = name === undefined ? undefined : names.get(name)
    if (name === undefined) fault(row, 'name', 'the question has no name: give it one')
    else if (first !== undefined)
      fault(row, 'name', `${name} is the name of row ${first} too: give one of them another`)
    else names.set(name, row)
    return name !== undefined && first === undefined
  }

  /** A fact of the case, of the device or the moment: nothing that a questionnaire asks. */
  function isBesides({ row, cells }: SheetRow, type: QuestionType): boolean {
    if (type.kind === 'metadata') {
      if (cells.name !== cells.type)
        find(row, 'type', 'a fact of the device or the moment is not part of a questionnaire: left out')
      return true
    }
    return frames.at(-1)?.isRepeat === true || FORM_FIELDS.includes(cells.name!)
  }

  function box({ cells }: SheetRow): void {
    const heading = frames.at(-1)?.title
    const statement = localizedIn(cells, 'label')
    Object.assign(consent, heading && { heading }, statement && { statement })
  }

  function named(one: SheetRow, type: QuestionType): void {
    const { row, cells } = one
    if (type.kind === 'begin') begin(one, type.what === 'repeat')
    else if (isBesides(one, type)) return
    else if (type.kind === 'note') note(one)
    else if (type.kind === 'acknowledge' && cells.name === CASE.consent) box(one)
    else question(one, type, listOf(row, type))
  }

  function step(one: SheetRow): void {
    const { row, cells } = one
    const type = readType(cells.type ?? '')
    if (type.kind === 'unknown') {
      const what = cells.type === undefined ? 'the row has no type' : `${cells.type} is no type of question`
      fault(row, 'type', `${what}: xlsform.org lists them`)
    } else if (type.kind === 'end') end(one)
    else if (checkName(one)) named(one, type)
  }

  return {
    walk(rows: readonly SheetRow[]): ReadSurvey {
      for (const one of rows) step(one)
      for (const { row, name } of frames) fault(row, 'type', `the group ${name} is never closed: add a row end_group`)
      return { sections, introduction, consent, findings, faults }
    },
  }
}
