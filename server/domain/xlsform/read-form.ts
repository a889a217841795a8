import type { JsonValue } from '../questionnaire/canonical.js'
import { withLeftover } from './leftovers.js'
import { type ReadList, readChoices } from './read-choices.js'
import { readScales } from './read-scales.js'
import { readSurvey } from './read-survey.js'
import type { Finding, SheetRow, XlsForm } from './sheets.js'

/** A questionnaire as far as a form holds one, and what does not come over. */
export type ReadForm =
  | { readonly kind: 'draft'; readonly draft: JsonValue; readonly findings: readonly Finding[] }
  | { readonly kind: 'faults'; readonly faults: readonly Finding[] }

const SETTINGS = ['form_title', 'form_id', 'default_language']
/** The hash of the content and the pages: read back from elsewhere. */
const OUR_SETTINGS = ['version', 'style']
const ID = /^[a-z][a-z0-9-]{1,39}$/

/**
 * Makes a questionnaire out of a form; what it leaves out or assumes is told with its place.
 *
 * What a form has no words for is not made up: where no row of `not_carried_over` gives it, it is missing from the draft.
 */
export function readForm(form: XlsForm): ReadForm {
  const { lists, findings: ofChoices } = readChoices(form.choices)
  const survey = readSurvey(form.survey, lists)
  if (survey.faults.length > 0) return { kind: 'faults', faults: survey.faults }
  const used = new Set(survey.sections.flatMap(({ items }) => items.map(({ scale }) => scale)))
  const { scales, findings: ofScales } = readScales([...lists.values()].filter(({ scale }) => used.has(scale)))
  const settings = readSettings(form.settings, form.not_carried_over.length > 0)
  const { introduction, consent, sections } = survey
  const hasConsent = consent.heading ?? consent.statement ?? consent.paragraphs[0]
  const draft = {
    ...settings.parts,
    ...(introduction && { introduction }),
    ...(hasConsent && { consent }),
    scales,
    sections,
  }
  const unused = [...lists.values()].filter(({ name }) => !survey.usedLists.has(name))
  const ofLists = [...ofScales, ...assumedScales(form, scales), ...unused.map(unusedList)]
  const found = [...settings.findings, ...ofChoices, ...ofLists, ...survey.findings]
  // What is `undefined` is left out, as in JSON.
  return withLeftovers(JSON.parse(JSON.stringify(draft)) as JsonValue, form.not_carried_over, found)
}

function readSettings([row]: readonly SheetRow[], isOurs: boolean) {
  const cells = row?.cells ?? {}
  const { form_title: title, form_id: id } = cells
  const findings: Finding[] = Object.keys(cells)
    .filter((column) => !SETTINGS.includes(column) && !(isOurs && OUR_SETTINGS.includes(column)))
    .map((column) => ({ sheet: 'settings', row: 2, column, what: `questionnaires have no ${column}: left out` }))
  const own = id?.toLowerCase().replaceAll(/[^a-z0-9-]+/g, '-')
  if (own !== undefined && own !== id) {
    findings.push({ sheet: 'settings', row: 2, column: 'form_id', what: `${id} is ${own} here` })
  }
  const parts = {
    ...(own !== undefined && ID.test(own) && { id: own }),
    ...(title && { title: { vi: title, en: '' } }),
  }
  return { parts, findings }
}

const unusedList = ({ name, row }: ReadList): Finding => ({
  sheet: 'choices',
  row,
  column: 'list_name',
  what: `no question uses the list ${name}: left out`,
})

/** In a form that did not come from here nobody said that a list is a scale. */
function assumedScales(form: XlsForm, scales: Readonly<Record<string, unknown>>): readonly Finding[] {
  if (form.not_carried_over.length > 0) return []
  return Object.keys(scales).map((name) => ({
    sheet: 'choices',
    row: form.choices.find(({ cells }) => cells.list_name?.startsWith(name))?.row ?? 1,
    column: 'list_name',
    what: `the list ${name} is taken as a five-point scale from worst (1) to best (5): check it`,
  }))
}

function withLeftovers(read: JsonValue, rows: readonly SheetRow[], findings: readonly Finding[]): ReadForm {
  const missed: Finding[] = []
  const parts = new Set<string>()
  let draft = read
  for (const { row, cells } of rows) {
    const { part = '', json = '' } = cells
    const next = attempt(draft, part, json)
    if (typeof next === 'object') draft = next.draft
    else missed.push({ sheet: 'not_carried_over', row, column: next, what: `${part}: ${WHY[next]}, left out` })
    parts.add(part)
  }
  const open = findings.filter(({ part }) => part === undefined || !parts.has(part))
  return { kind: 'draft', draft, findings: [...open, ...missed] }
}

const WHY = { part: 'the form has no such part any more', value: 'the value is not JSON' } as const

function attempt(draft: JsonValue, part: string, value: string): { draft: JsonValue } | keyof typeof WHY {
  try {
    const next = withLeftover(draft, { part, value })
    return next === undefined ? 'part' : { draft: next }
  } catch {
    return 'value'
  }
}
