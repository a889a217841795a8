import type { Questionnaire } from '../../server/domain/questionnaire/definition.js'
import { placedItems } from '../../server/domain/questionnaire/routing.js'
import type { NewResponse } from '../../server/domain/survey/response.js'

/** Formats of responses in files: one JSON object a line, or a table with a column for each item. */
export const FILE_FORMATS = ['ndjson', 'csv'] as const
export type FileFormat = (typeof FILE_FORMATS)[number]

const FACTS = [
  'submissionId',
  'waveId',
  'questionnaireHash',
  'consentVersion',
  'respondentType',
  'unitUid',
  'service',
  'language',
  'mode',
  'channel',
  'transactionOn',
  'startedAt',
  'submittedAt',
  'day',
  'disposition',
  'isSimulated',
] as const satisfies readonly (keyof NewResponse)[]

function quoted(value: unknown): string {
  const text =
    value === undefined
      ? ''
      : value instanceof Date
        ? value.toISOString()
        : Array.isArray(value)
          ? value.join(' ')
          : String(value)
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

const itemsOf = (questionnaire: Questionnaire) =>
  placedItems(questionnaire).flatMap(({ item }) => (item.kind === 'context' ? [] : [item.code]))

/** How responses to one questionnaire are written, a line each; the header comes first where there is one. */
export function responseRows(format: FileFormat, questionnaire: Questionnaire) {
  if (format === 'ndjson') return { header: null, row: (response: NewResponse) => JSON.stringify(response) }
  const items = itemsOf(questionnaire)
  return {
    header: [...FACTS, ...items].join(','),
    row: (response: NewResponse) =>
      [...FACTS.map((fact) => response[fact]), ...items.map((code) => response.answers[code])].map(quoted).join(','),
  }
}
