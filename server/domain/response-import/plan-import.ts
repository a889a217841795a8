import type { Questionnaire } from '../questionnaire/definition.js'
import { CASE, TICKED } from '../xlsform/case-fields.js'
import { columnsOf, isPersonal } from './columns.js'
import type { FieldReader, ImportPlan } from './import-plan.js'
import { itemReaders, translated } from './item-readers.js'
import type { FieldSource, ImportMapping } from './mapping.js'

/** What came of looking at the headings of a file. */
export interface PlanOutcome {
  readonly plan: ImportPlan | undefined
  /** Why the file cannot be imported like this; sentences without a full stop. */
  readonly faults: readonly string[]
  readonly ignored: { readonly personal: readonly string[]; readonly others: readonly string[] }
  /** Items that no column holds. */
  readonly missing: readonly string[]
}

/** Names of one submission, the one that outlives corrections first. `KEY` is ODK's, `meta/rootUuid` and `_uuid` Kobo's. */
const IDS = ['KEY', 'meta/rootUuid', '_uuid', 'meta/instanceID', 'meta-instanceID', 'instanceID']

const named = (column: string): FieldSource => ({ column })

/** Finds out which column holds what. */
export function planImport(
  headings: readonly string[],
  questionnaire: Questionnaire,
  mapping: ImportMapping,
): PlanOutcome {
  const find = createFinder(headings)
  const items = itemReaders(headings, questionnaire, mapping, find.faults)
  if (items.every(({ columns }) => columns.length === 0)) find.faults.push(NO_ITEMS)
  const questionnaireHash = find.optional(CASE.questionnaire)
  const id = find.optional(mapping.instanceId, ...IDS)
  if (id === undefined) find.faults.push(`no column tells submissions apart (${IDS.join(', ')}): ${NAME_ID}`)
  const consent = consentOf(mapping, questionnaireHash && questionnaire.consent.version)
  if (consent.version === '')
    find.faults.push('say which consent text was used: consent: { version: … } in the mapping')
  const parts = {
    unit: find.field(mapping.unit ?? named(CASE.unit)),
    service: find.field(mapping.service ?? named(CASE.service)),
    month: find.field(mapping.transactionOn ?? named(CASE.month)),
    language: find.field(mapping.language ?? { value: 'vi' }),
    mode: find.field(mapping.mode === undefined ? named(CASE.mode) : { value: mapping.mode }),
    consent: find.field(consent.source),
    questionnaire: questionnaireHash,
    id: id ?? { at: undefined, read: () => '' },
    startedAt: find.optional(mapping.startedAt, 'start'),
    endedAt: find.optional(mapping.endedAt, 'end'),
    receivedAt: find.optional('_submission_time', 'SubmissionDate'),
    review: find.optional('_validation_status', 'ReviewState'),
  }
  const places = [
    ...Object.values(parts).flatMap((reader) => reader?.at ?? []),
    ...items.flatMap(({ columns }) => columns),
  ]
  const used = [...new Set(places)].sort((a, b) => a - b)
  const left = headings.filter((heading, place) => !used.includes(place) && heading !== '')
  const terms = { consentGiven: consent.given, consentVersion: consent.version }
  return {
    plan: find.faults.length === 0 ? { headings, ...parts, ...terms, items, used } : undefined,
    faults: find.faults,
    ignored: { personal: left.filter(isPersonal), others: left.filter((heading) => !isPersonal(heading)) },
    missing: items.filter(({ columns }) => columns.length === 0).map(({ code }) => code),
  }
}

const NO_ITEMS =
  'no column holds an item: export with XML values and headings, not with labels, or name columns in the mapping'
const NAME_ID = 'name it as instanceId in the mapping'

/** @param ownVersion of the consent text, known where a form of ours was used */
function consentOf({ consent }: ImportMapping, ownVersion: string | undefined) {
  const isStated = consent !== undefined && consent.column === undefined
  const source: FieldSource = isStated ? { value: TICKED } : named(consent?.column ?? CASE.consent)
  const given = isStated || !consent?.given.length ? [TICKED] : consent.given
  return { source, given, version: consent?.version ?? ownVersion ?? '' }
}

/** Finds columns by name and collects what is wrong. */
function createFinder(headings: readonly string[]) {
  const faults: string[] = []
  return {
    faults,
    /** A fact that must be there. */
    field(source: FieldSource): FieldReader {
      if ('value' in source) return { at: undefined, read: () => source.value }
      const { column } = source
      const [at, ...more] = columnsOf(headings, column)
      if (at === undefined) faults.push(`there is no column ${column}: name another in the mapping`)
      if (more.length > 0) faults.push(`${more.length + 1} columns end in ${column}: name one in full in the mapping`)
      const codes = new Map(Object.entries(source.codes ?? {}))
      return { at, read: (cells) => translated(cells[at ?? -1] ?? '', codes) }
    },
    /** The first of several names that a column has. */
    optional(...names: readonly (string | undefined)[]): FieldReader | undefined {
      const at = names.flatMap((name) => (name === undefined ? [] : columnsOf(headings, name)))[0]
      return at === undefined ? undefined : { at, read: (cells) => cells[at] ?? '' }
    },
  }
}
