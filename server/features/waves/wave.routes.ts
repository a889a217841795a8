import { z } from 'zod'
import type { PublishedQuestionnaire } from '../../domain/questionnaire/definition.js'
import { cityDay } from '../../domain/survey/day.js'
import { MODES, RESPONDENT_TYPES } from '../../domain/survey/vocabulary.js'
import { SAMPLING_DESIGNS, type Wave } from '../../domain/survey/wave.js'
import { type ApiModule, createApi } from '../../platform/http/api.js'
import { problem } from '../../platform/problem.js'
import { isOpenOn } from './find-wave.js'

/** What the wave operations look up. */
export interface WaveApiNeeds {
  readonly waves: {
    list(): Promise<readonly Wave[]>
    ofUnit(unitUid: string): Promise<readonly Wave[]>
    byId(id: string): Promise<Wave | undefined>
  }
  readonly questionnaires: { byHash(hash: string): Promise<PublishedQuestionnaire | undefined> }
  readonly now: () => Date
}

const text = z.object({ vi: z.string(), en: z.string() })
const day = z.iso.date()
const waveId = z.string().regex(/^[a-z0-9-]{3,60}$/)

const waveSummary = z.object({
  id: waveId,
  title: text,
  respondentType: z.enum(RESPONDENT_TYPES),
  mode: z.enum(MODES),
  questionnaireHash: z.string().describe('SHA-256 of the canonical JSON of the questionnaire'),
  serviceCodes: z.array(z.string()).describe('Services asked about; empty: every service a unit offers'),
  referenceOn: day.describe('Day on which the units in scope were valid'),
  opensOn: day.describe('First day on which answers are taken'),
  closesOn: day.describe('First day on which they no longer are'),
  isOpen: z.boolean(),
  isSimulated: z.boolean(),
  sampling: z
    .object({
      design: z.enum(SAMPLING_DESIGNS),
      description: text,
      handedOut: z.int().optional(),
      notEligible: z.int().optional(),
    })
    .optional()
    .describe('How the people were found who could answer; absent when not recorded'),
})

const waveDocument = waveSummary.extend({ unitUids: z.array(z.string()) })

const questionnaireDocument = z.object({
  hash: z.string(),
  questionnaire: z
    .looseObject({
      id: z.string(),
      version: z.string(),
      respondentType: z.enum(RESPONDENT_TYPES),
      title: text,
      introduction: text,
      consent: z.looseObject({ version: z.string(), heading: text, paragraphs: z.array(text), statement: text }),
      sections: z.array(
        z.looseObject({
          code: z.string(),
          title: text,
          items: z.array(z.looseObject({ code: z.string(), kind: z.string(), text, required: z.boolean() })),
        }),
      ),
    })
    .describe('The whole definition; surveys/README.md explains its fields'),
})

const listOperation = {
  method: 'get',
  path: '/waves',
  summary: 'Rounds of collection, the latest first',
  tag: 'Waves',
  access: 'public',
  query: z.object({
    unit: z.string().max(80).optional().describe('Only waves with this unit in scope'),
    respondentType: z.enum(RESPONDENT_TYPES).optional(),
    mode: z.enum(MODES).optional(),
    on: day.optional().describe('Only waves that take answers on this day'),
  }),
  responses: { 200: { description: 'The waves', schema: z.object({ waves: z.array(waveSummary) }) } },
} as const

const oneOperation = {
  method: 'get',
  path: '/waves/{id}',
  summary: 'One round of collection with its units',
  tag: 'Waves',
  access: 'public',
  params: z.object({ id: waveId }),
  responses: { 200: { description: 'The wave', schema: waveDocument } },
} as const

const questionnaireOperation = {
  method: 'get',
  path: '/waves/{id}/questionnaire',
  summary: 'The questionnaire of a wave, as published',
  tag: 'Waves',
  access: 'public',
  params: z.object({ id: waveId }),
  responses: { 200: { description: 'The published version', schema: questionnaireDocument } },
} as const

/** `GET /waves`, `GET /waves/{id}`, `GET /waves/{id}/questionnaire`: public. */
export function waveApiRoutes(deps: WaveApiNeeds): ApiModule {
  const api = createApi()
  const summaryOf = ({ unitUids: _, ...wave }: Wave) => ({ ...wave, isOpen: isOpenOn(wave, cityDay(deps.now())) })
  const getWave = async (id: string) => {
    const wave = await deps.waves.byId(id)
    if (wave === undefined) throw problem.notFound('wave')
    return wave
  }

  api.route(listOperation, [], async ({ query, res }) => {
    const waves = query.unit === undefined ? await deps.waves.list() : await deps.waves.ofUnit(query.unit)
    const matching = waves.filter(
      (wave) =>
        (query.respondentType ?? wave.respondentType) === wave.respondentType &&
        (query.mode ?? wave.mode) === wave.mode &&
        (query.on === undefined || isOpenOn(wave, query.on)),
    )
    res.json({ waves: matching.map(summaryOf) })
  })

  api.route(oneOperation, [], async ({ params, res }) => {
    const wave = await getWave(params.id)
    res.json({ ...summaryOf(wave), unitUids: wave.unitUids })
  })

  api.route(questionnaireOperation, [], async ({ params, res }) => {
    const { questionnaireHash: hash, id } = await getWave(params.id)
    const published = await deps.questionnaires.byHash(hash)
    if (published === undefined) throw new Error(`Wave ${id} names a questionnaire that is not stored`)
    res.json(published)
  })

  return { router: api.router, operations: api.operations }
}
