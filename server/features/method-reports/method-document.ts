import { z } from 'zod'
import { CLAIM_STATUSES, type Method } from '../../domain/method/method.js'
import type { MethodReport } from '../../domain/method-report/method-report.js'
import {
  METHOD_REPORT_COLUMNS,
  type MethodReportRow,
  methodReportRows,
} from '../../domain/method-report/method-report-rows.js'
import type { MethodChoice, WaveMethods } from './get-method-report.js'

const localized = z.object({ vi: z.string(), en: z.string() })
const cell = z.union([z.string(), z.number(), z.boolean(), z.null()])
const waveSchema = z.object({ id: z.string(), title: localized, mode: z.string() })
const questionnaireSchema = z.object({ id: z.string(), version: z.string() })

const methodSchema = z.object({
  id: z.string(),
  version: z.string(),
  title: localized,
  transformation: z.string(),
  standardisation: z.string().nullable(),
  rollup: z.string().describe('What stands for areas and the city: pooled over respondents, or none'),
  interval: z.string(),
  range: z.object({ lowest: z.number(), highest: z.number(), unit: localized }),
  classes: z.array(z.object({ code: z.string(), name: localized, from: z.number() })),
  thresholds: z.record(z.string(), z.number()).describe('Respondents below which figures are hidden or flagged'),
  source: z.string(),
  unconfirmed: z
    .array(z.object({ claim: localized, status: z.enum(CLAIM_STATUSES) }))
    .describe('What of the method no source confirms'),
})

/** The methods of a wave as the API gives them. */
export const methodListSchema = z.object({
  wave: waveSchema,
  questionnaire: questionnaireSchema,
  methods: z.array(
    methodSchema.extend({
      name: z.string().describe('As addresses name it'),
      fits: z.boolean().describe('Whether the questionnaire of the wave asks what the method needs'),
    }),
  ),
})

/** An index by a method as the API gives it: facts once, then the rows of the table. */
export const methodReportSchema = z.object({
  wave: waveSchema,
  questionnaire: questionnaireSchema.extend({ hash: z.string() }),
  method: methodSchema,
  validity: z.string().describe('Which responses count, and the version of that rule'),
  received: z.int(),
  responses: z.int().describe('Responses counted'),
  bootstrap: z
    .object({ replicates: z.int(), seed: z.string(), generator: z.string() })
    .nullable()
    .describe('What is needed to draw the intervals again'),
  simulated: z.boolean(),
  columns: z.array(z.string()),
  rows: z
    .array(z.record(z.string(), cell))
    .describe('Figures are null beside status "suppressed" (with its reason), "empty" or "no_value"'),
})

/** The methods of a wave as one JSON document. */
export function toMethodList({ wave, questionnaire, methods }: WaveMethods): z.input<typeof methodListSchema> {
  return {
    wave: waveFacts(wave),
    questionnaire: { id: questionnaire.id, version: questionnaire.version },
    methods: methods.map(({ method, name, isFit }: MethodChoice) => ({ ...methodFacts(method), name, fits: isFit })),
  }
}

/** A report as one JSON document. */
export function toMethodDocument(report: MethodReport): z.input<typeof methodReportSchema> {
  const { wave, questionnaire, method, validity, bootstrap } = report
  return {
    wave: waveFacts(wave),
    questionnaire,
    method: methodFacts(method),
    validity,
    received: report.receivedCount,
    responses: report.responseCount,
    bootstrap,
    simulated: wave.isSimulated,
    columns: [...METHOD_REPORT_COLUMNS],
    rows: [...methodReportRows(report)] as MethodReportRow[],
  }
}

const waveFacts = ({ id, title, mode }: MethodReport['wave']) => ({ id, title, mode })

function methodFacts(method: Method): z.input<typeof methodSchema> {
  const { id, version, title, transformation, standardisation, rollup, interval, range, source } = method
  return {
    id,
    version,
    title,
    transformation,
    standardisation: standardisation?.kind ?? null,
    rollup: rollup.kind,
    interval: interval.kind,
    range,
    classes: [...(method.classes ?? [])],
    thresholds: { ...method.disclosure.internal },
    source,
    unconfirmed: [...method.unconfirmed],
  }
}
