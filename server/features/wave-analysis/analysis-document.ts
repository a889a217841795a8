import { z } from 'zod'
import {
  ANALYSIS_COLUMNS,
  ANALYSIS_TABLE_NAMES,
  type AnalysisRow,
  type AnalysisTableName,
  analysisRows,
} from '../../domain/analysis/analysis-rows.js'
import type { WaveAnalysis } from './get-wave-analysis.js'

/** What every figure rests on: in each row of a file, once in a document. */
export const FACT_COLUMNS = [
  'wave',
  'mode',
  'simulated',
  'questionnaire',
  'questionnaire_version',
  'method',
  'rule_set',
  'selected_unit',
  'selected_service',
] as const

const value = z.union([z.string(), z.number(), z.boolean(), z.null()])

/** The analysis as the API gives it. */
export const analysisDocumentSchema = z.object({
  facts: z.record(z.enum(FACT_COLUMNS), value),
  medianSeconds: z.number().nullable().describe('Median time of the whole wave, which the quality rules compare with'),
  sampling: z
    .object({ design: z.string(), handedOut: z.number().optional(), notEligible: z.number().optional() })
    .nullable()
    .describe('How the people were found; null when not recorded or for a part of the wave'),
  tables: z.record(
    z.enum(ANALYSIS_TABLE_NAMES),
    z.object({ columns: z.array(z.string()), rows: z.array(z.record(z.string(), value)) }),
  ),
})
type AnalysisDocument = z.input<typeof analysisDocumentSchema>

/** The facts behind an analysis as columns. */
export function factsOf({ wave, questionnaire, method, rules, selection }: WaveAnalysis) {
  const { id, version } = questionnaire.questionnaire
  return {
    wave: wave.id,
    mode: wave.mode,
    simulated: wave.isSimulated,
    questionnaire: id,
    questionnaire_version: version,
    method,
    rule_set: `${rules.name} ${rules.version}`,
    selected_unit: selection.unitUid,
    selected_service: selection.service,
  } satisfies Record<(typeof FACT_COLUMNS)[number], AnalysisRow[string]>
}

/** All tables as one JSON document. */
export function toAnalysisDocument(analysis: WaveAnalysis): AnalysisDocument {
  const { sampling } = analysis.tables.accounting
  const tableOf = (name: AnalysisTableName) => ({
    columns: [...ANALYSIS_COLUMNS[name]],
    rows: [...analysisRows(name, analysis.tables)],
  })
  return {
    facts: factsOf(analysis),
    medianSeconds: analysis.medianSeconds,
    sampling,
    tables: Object.fromEntries(ANALYSIS_TABLE_NAMES.map((name) => [name, tableOf(name)])) as AnalysisDocument['tables'],
  }
}

/** One table as rows of a file, with the facts in front of each. */
export function toFileRows(name: AnalysisTableName, analysis: WaveAnalysis) {
  const facts = factsOf(analysis)
  return {
    columns: [...FACT_COLUMNS, ...ANALYSIS_COLUMNS[name]],
    rows: analysisRows(name, analysis.tables).map((row): AnalysisRow => ({ ...facts, ...row })),
  }
}
