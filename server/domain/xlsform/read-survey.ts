import type { Condition } from '../questionnaire/definition.js'
import type { Localized } from '../survey/vocabulary.js'
import { CASE, CONSENT_PREFIX, LEAD_PREFIX } from './case-fields.js'
import { freeCode, toCode } from './codes.js'
import { NEVER } from './condition-expression.js'
import { createPages, type DraftSection, sectionCode } from './draft-pages.js'
import { type QuestionType, readType } from './question-types.js'
import type { ReadList } from './read-choices.js'
import { type ReadQuestion, readCondition } from './read-condition.js'
import { readItem } from './read-item.js'
import { type Finding, localizedIn, type SheetRow } from './sheets.js'
import { cellFindings, isRequired, strayCells } from './survey-cells.js'

/** The survey sheet as parts of a questionnaire. */
export interface ReadSurvey {
  readonly sections: readonly DraftSection[]
  readonly introduction?: Localized
  readonly consent: DraftConsent
  /** Lists that questions use. */
  readonly usedLists: ReadonlySet<string>
  readonly findings: readonly Finding[]
  /** Why nothing can be made of the form. */
  readonly faults: readonly Finding[]
}

interface DraftConsent {
  readonly heading?: Localized
  readonly paragraphs: readonly Localized[]
  readonly statement?: Localized
}

const CASE_FIELDS: readonly string[] = [
  CASE.unit,
  CASE.service,
  CASE.month,
  CASE.mode,
  CASE.unitKind,
  CASE.questionnaire,
]
/** Metadata that forms of ours collect. */
const OUR_METADATA = ['start', 'end']

/** Walks down the survey sheet. */
export function readSurvey(rows: readonly SheetRow[], lists: ReadonlyMap<string, ReadList>): ReadSurvey {
  const walk = createWalk(lists)
  for (const row of rows) walk.step(row)
  return walk.finish()
}

function createWalk(lists: ReadonlyMap<string, ReadList>) {
  const findings: Finding[] = []
  const faults: Finding[] = []
  const pages = createPages()
  const questions = new Map<string, ReadQuestion>()
  const names = new Map<string, number>()
  const codes = new Set<string>()
  const usedLists = new Set<string>()
  const paragraphs: Localized[] = []
  const opening: { introduction?: Localized; heading?: Localized; statement?: Localized } = {}

  const find = (row: number, column: string, what: string, part?: string) =>
    findings.push({ sheet: 'survey', row, column, what, ...(part !== undefined && { part }) })
  const fault = (row: number, column: string, what: string) => faults.push({ sheet: 'survey', row, column, what })

  function conditionOf({ row, cells }: SheetRow, part: string): Condition | undefined {
    if (cells.relevant === undefined) return undefined
    const read = readCondition(cells.relevant, questions)
    if (read.kind === 'condition') return read.condition
    find(row, 'relevant', `${read.what}: asked of everybody for now`, part)
    return undefined
  }

  function begin(one: SheetRow, isRepeated: boolean): void {
    const { row, cells } = one
    const name = cells.name!
    if (isRepeated) find(row, 'type', 'repeated questions are not part of a questionnaire: all of them are left out')
    else findings.push(...strayCells(one, ['relevant', 'appearance']))
    const condition = isRepeated ? undefined : conditionOf(one, `sections.${sectionCode(name)}.showIf`)
    pages.begin({ row, name, title: localizedIn(cells, 'label'), isRepeated }, condition)
  }

  function end({ row, cells }: SheetRow): void {
    const group = pages.end()
    if (group === undefined) fault(row, 'type', 'no group is open here: take the row out, or begin the group')
    else if (cells.name !== undefined && cells.name !== group.name) {
      fault(row, 'name', `closes ${cells.name}, but ${group.name} is open: bring the rows into order`)
    } else if (group.lead !== undefined && !group.hasSection) {
      find(group.row, 'label', 'a page with texts and without questions: left out')
    }
  }

  function note(one: SheetRow): void {
    const text = localizedIn(one.cells, 'label')
    findings.push(...strayCells(one, []))
    if (text === undefined) return
    if (one.cells.name === CASE.introduction) opening.introduction = text
    else if (pages.group()?.name === CASE.consentGroup && one.cells.name!.startsWith(CONSENT_PREFIX)) {
      paragraphs.push(text)
    } else if (!pages.lead(text)) {
      find(one.row, 'label', `one text stands before the questions of a page (${LEAD_PREFIX}…), no other: left out`)
    }
  }

  function box({ cells }: SheetRow): void {
    const heading = pages.group()?.title
    const statement = localizedIn(cells, 'label')
    Object.assign(opening, heading && { heading }, statement && { statement })
  }

  function question(one: SheetRow, type: QuestionType, list: ReadList | undefined): void {
    const { row, cells } = one
    const name = cells.name!
    const code = freeCode(toCode(name), (taken) => codes.has(taken))
    const base = {
      code,
      text: localizedIn(cells, 'label'),
      hint: localizedIn(cells, 'hint'),
      isRequired: isRequired(cells),
    }
    const isAnsweredByBox = cells.relevant === NEVER && cells.constraint !== undefined && type.kind === 'select'
    const showIf = isAnsweredByBox ? undefined : conditionOf(one, `sections.${pages.codeHere()}.items.${code}.showIf`)
    const { item, faults: losses } = readItem({ ...base, showIf }, type, list, cells)
    for (const { column, what } of losses) find(row, column, what)
    if (item === undefined) return
    if (isAnsweredByBox && item.stopsAt === undefined)
      find(row, 'relevant', 'never asked in the form: asked of everybody here')
    if (code !== name) find(row, 'name', `codes are capitals, digits and _: ${name} is ${code} here`)
    codes.add(code)
    findings.push(...cellFindings(one, item))
    pages.add(item)
    if (type.kind !== 'select' || list === undefined || list.unitKinds !== undefined) return
    const choices = new Map(list.choices.map((choice) => [choice.name, choice.code]))
    questions.set(name, { code, choices, isMultiple: type.isMultiple })
  }

  function listOf(row: number, type: QuestionType): ReadList | undefined {
    if (type.kind !== 'select') return undefined
    usedLists.add(type.list)
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
      if (!OUR_METADATA.includes(cells.name!))
        find(row, 'type', 'a fact of the device or the moment is not part of a questionnaire: left out')
      return true
    }
    return pages.group()?.isRepeated === true || CASE_FIELDS.includes(cells.name!)
  }

  function named(one: SheetRow, type: QuestionType): void {
    const { row, cells } = one
    if (type.kind === 'begin') begin(one, type.what === 'repeat')
    else if (isBesides(one, type)) return
    else if (type.kind === 'note') note(one)
    else if (type.kind === 'acknowledge' && cells.name === CASE.consent) box(one)
    else question(one, type, listOf(row, type))
  }

  return {
    step(one: SheetRow): void {
      const { row, cells } = one
      const type = readType(cells.type ?? '')
      if (type.kind === 'unknown') {
        const what = cells.type === undefined ? 'the row has no type' : `${cells.type} is no type of question`
        fault(row, 'type', `${what}: xlsform.org lists them`)
      } else if (type.kind === 'end') end(one)
      else if (checkName(one)) named(one, type)
    },
    finish(): ReadSurvey {
      for (const { row, name } of pages.open())
        fault(row, 'type', `the group ${name} is never closed: add a row end_group`)
      const { introduction, ...rest } = opening
      const consent = { ...rest, paragraphs }
      return { sections: pages.sections, ...(introduction && { introduction }), consent, usedLists, findings, faults }
    },
  }
}
