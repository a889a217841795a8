import type { ShownFrequencies } from '../../../domain/microdata/frequencies.js'
import type { MicrodataPlan } from '../../../domain/microdata/microdata-plan.js'
import type { Withholding } from '../../../domain/microdata/withholding.js'
import { addDays } from '../../../domain/survey/day.js'
import type { Language, Localized } from '../../../domain/survey/vocabulary.js'
import { DDI_TEXTS, disclosureNote, modeLabel, RESPONDENTS } from './ddi-texts.js'
import { FILE_ID, variableId, variableXml } from './ddi-variable.js'
import { element, textOf } from './xml.js'

const NAMESPACE = 'ddi:codebook:2_5'
const SCHEMA = `${NAMESPACE} https://ddialliance.org/Specification/DDI-Codebook/2.5/XMLSchema/codebook.xsd`

/** What a description is made of. */
export interface DdiFacts {
  readonly plan: MicrodataPlan
  readonly withholding: Pick<Withholding, 'rows' | 'k' | 'counts'>
  /** One for each variable. */
  readonly frequencies: readonly ShownFrequencies[]
  readonly language: Language
  readonly title: string
  /** Name of the file that is described, where one goes with it. */
  readonly fileName: string | undefined
  readonly createdAt: Date
}

/**
 * The data set as a document of DDI-Codebook 2.5: the study, the file, every variable with its question, who was asked, categories,
 * missing codes and frequencies.
 *
 * @see DDI Alliance, DDI-Codebook 2.5 (2012), https://ddialliance.org/Specification/DDI-Codebook/2.5/
 */
export function encodeDdi(facts: DdiFacts): string {
  const { plan, withholding, language, fileName, createdAt } = facts
  const words = (name: string, text: Localized, attributes = {}) =>
    element(name, { 'xml:lang': language, ...attributes }, textOf(text[language]))
  const variables = plan.columns.map(({ variable }) => variable)
  const root = {
    version: '2.5',
    xmlns: NAMESPACE,
    'xmlns:xsi': 'http://www.w3.org/2001/XMLSchema-instance',
    'xsi:schemaLocation': SCHEMA,
    'xml:lang': language,
  }
  const dimensions = element(
    'dimensns',
    {},
    element('caseQnty', {}, String(withholding.rows)),
    element('varQnty', {}, String(variables.length)),
  )
  const named = fileName === undefined ? '' : element('fileName', {}, textOf(fileName))
  const file = element('fileDscr', { ID: FILE_ID }, element('fileTxt', {}, named, dimensions))
  const head = element(
    'docDscr',
    {},
    citation(facts, element('prodDate', { date: dayOf(createdAt) }, dayOf(createdAt))),
  )
  return `<?xml version="1.0" encoding="UTF-8"?>\n${element('codeBook', root, head, study(facts, words), file, data(facts))}\n`
}

const dayOf = (instant: Date) => instant.toISOString().slice(0, 10)

type Words = (name: string, text: Localized, attributes?: object) => string

function citation({ plan, title, language }: DdiFacts, production: string): string {
  const { wave, published } = plan.source
  const { id, version } = published.questionnaire
  const idno = `${wave.id} ${id}-${version} ${published.hash}`
  return element(
    'citation',
    {},
    element(
      'titlStmt',
      {},
      element('titl', { 'xml:lang': language }, textOf(title)),
      element('IDNo', {}, textOf(idno)),
    ),
    element('rspStmt', {}, element('AuthEnty', { 'xml:lang': language }, textOf(DDI_TEXTS.institute[language]))),
    production === '' ? '' : element('prodStmt', {}, production),
  )
}

function study(facts: DdiFacts, words: Words): string {
  const { wave } = facts.plan.source
  const lastDay = addDays(wave.closesOn, -1)
  const summary = element(
    'sumDscr',
    {},
    element('collDate', { event: 'start', date: wave.opensOn }, wave.opensOn),
    element('collDate', { event: 'end', date: lastDay }, lastDay),
    words('nation', DDI_TEXTS.nation, { abbr: 'VN' }),
    words('geogCover', DDI_TEXTS.city),
    words('anlyUnit', DDI_TEXTS.unit),
    words('universe', RESPONDENTS[wave.respondentType], { clusion: 'I' }),
    words('dataKind', wave.isSimulated ? DDI_TEXTS.simulated : DDI_TEXTS.data),
  )
  const collection = element(
    'dataColl',
    {},
    words('sampProc', wave.sampling?.description ?? DDI_TEXTS.noSampling),
    words('collMode', modeLabel(wave.mode)),
    words('weight', DDI_TEXTS.weight),
  )
  const disclosure = words('notes', disclosureNote(facts.withholding.k), { type: 'disclosure' })
  return element(
    'stdyDscr',
    {},
    citation(facts, ''),
    element('stdyInfo', {}, summary),
    element('method', {}, collection, disclosure),
    element('dataAccs', {}, element('useStmt', {}, words('restrctn', DDI_TEXTS.restriction))),
  )
}

/** Sets of choices first, as the schema wants them, then every variable. */
function data({ plan, withholding, frequencies, language }: DdiFacts): string {
  const sets = new Map<string, { label: Localized; places: number[] }>()
  for (const [place, { variable }] of plan.columns.entries()) {
    if (variable.type !== 'numeric' || variable.choiceSet === null) continue
    const { name, label } = variable.choiceSet
    const set = sets.get(name) ?? { label, places: [] }
    set.places.push(place)
    sets.set(name, set)
  }
  const groups = [...sets].map(([name, { label, places }]) =>
    element(
      'varGrp',
      { ID: `G_${name}`, type: 'multipleResp', name, var: places.map(variableId).join(' ') },
      element('labl', { 'xml:lang': language }, textOf(label[language])),
    ),
  )
  const weightPlace = plan.columns.findIndex(({ variable }) => variable.name === 'weight')
  const variables = plan.columns.map(({ variable, quasi }, place) =>
    variableXml(variable, {
      language,
      place,
      weightPlace,
      frequencies: frequencies[place]!,
      withheld: quasi === null ? undefined : withholding.counts.get(quasi),
    }),
  )
  return element('dataDscr', {}, ...groups, ...variables)
}
