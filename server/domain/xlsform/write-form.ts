import type { JsonValue } from '../questionnaire/canonical.js'
import { canonicalJson } from '../questionnaire/canonical.js'
import type { PublishedQuestionnaire } from '../questionnaire/definition.js'
import type { Mode } from '../survey/vocabulary.js'
import { type ChoiceSources, caseLists, createChoiceLists } from './choice-lists.js'
import { leftoverRow } from './leftover-reasons.js'
import { leftoversOf } from './leftovers.js'
import { readForm } from './read-form.js'
import { type Cells, LANGUAGE_NAMES, type SheetRow, type XlsForm } from './sheets.js'
import { caseRows, openingRows, sectionRows } from './write-survey.js'

const numbered = (rows: readonly Cells[]): readonly SheetRow[] =>
  rows.map((cells, i) => ({
    row: i + 2,
    cells: Object.fromEntries(Object.entries(cells).filter(([, text]) => text !== '')),
  }))

/**
 * A questionnaire as a form for ODK and Kobo.
 *
 * The form is read back at once, and whatever then differs from the questionnaire goes into the sheet `not_carried_over`, so that the list is
 * complete by the way it is made, and the same form read again is the same questionnaire.
 *
 * @param mode how answers are going to be collected with it
 * @throws {RangeError} when the form cannot be read back
 * @see XLSForm reference, https://xlsform.org/en/ref-table/
 */
export function writeForm(
  { hash, questionnaire }: PublishedQuestionnaire,
  mode: Mode,
  sources: ChoiceSources,
): XlsForm {
  const lists = createChoiceLists(questionnaire, sources)
  const survey = [
    ...caseRows(mode, hash),
    ...openingRows(questionnaire),
    ...questionnaire.sections.flatMap((section) => sectionRows(questionnaire, section, lists.of)),
  ]
  const choices = [...caseLists(sources), ...lists.all()].flatMap(({ rows }) => rows)
  const settings = {
    form_title: questionnaire.title.vi,
    form_id: questionnaire.id,
    version: hash,
    default_language: LANGUAGE_NAMES.vi,
    style: 'pages',
  }
  const form = {
    survey: numbered(survey),
    choices: numbered(choices),
    settings: numbered([settings]),
    not_carried_over: [],
  }
  const read = readForm(form)
  if (read.kind === 'faults') throw new RangeError(`The form cannot be read back: ${read.faults[0]!.what}`)
  const wanted = JSON.parse(canonicalJson(questionnaire)) as JsonValue
  const whole = { ...form, not_carried_over: numbered(leftoversOf(wanted, read.draft).map(leftoverRow)) }
  const again = readForm(whole)
  const isSame = again.kind === 'draft' && canonicalJson(again.draft) === canonicalJson(wanted)
  if (!isSame) throw new RangeError(`The form of ${questionnaire.id} does not read back as the same questionnaire`)
  return whole
}
