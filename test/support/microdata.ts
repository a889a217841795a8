import type { MicrodataPlan, MicrodataSource } from '../../server/domain/microdata/microdata-plan.js'
import { planMicrodata } from '../../server/domain/microdata/plan-microdata.js'
import { createValueRanks } from '../../server/domain/microdata/quasi-keys.js'
import { recordMaker, rowMaker } from '../../server/domain/microdata/records.js'
import type { Cell } from '../../server/domain/microdata/variable.js'
import { createWithholding, type WithholdingOutcome } from '../../server/domain/microdata/withholding.js'
import { STANDARD_QUALITY_RULES } from '../../server/domain/statistics/instruments/quality-rules.js'
import type { NewResponse } from '../../server/domain/survey/response.js'
import { response } from './builders.js'
import { SMALL_HASH, smallQuestionnaires, smallRegistry, smallServices, smallWave } from './small-city.js'
import { smallQuestionnaire } from './small-questionnaire.js'

const catalogue = { all: () => ['HT', 'DAT'].map((code) => smallServices.byCode(code)!) }

/** The microdata of the short form in the small city; age and the filter item are its demographic items. */
export const smallSource = (changes: Partial<MicrodataSource> = {}): MicrodataSource => ({
  wave: smallWave(),
  language: 'vi',
  published: { hash: SMALL_HASH, questionnaire: smallQuestionnaire() },
  demographics: ['S2', 'S3'],
  registry: smallRegistry,
  services: catalogue,
  rules: STANDARD_QUALITY_RULES,
  ...changes,
})

export { catalogue as smallCatalogue, smallQuestionnaires }

/** A response to the short form about the ward Sài Gòn. */
export const smallResponse = (changes: Partial<NewResponse> = {}): NewResponse =>
  response({
    waveId: smallWave().id,
    questionnaireHash: SMALL_HASH,
    unitUid: 'phuong-sai-gon',
    service: 'HT',
    day: '2026-02-10',
    transactionOn: '2026-01-01',
    answers: { S1: 1, S2: 1, S3: 1, C1: 5, C2: 4, E0: 2, H6: [1, 3], P5: 'phuong-tan-dinh' },
    ...changes,
  })

/** Rows as an export makes them, in the order of the responses. */
export function rowsOf(plan: MicrodataPlan, responses: readonly NewResponse[], k: number, medianSeconds = 300) {
  const records = responses.map(recordMaker(plan))
  const ranks = createValueRanks(plan)
  for (const record of records) ranks.observe(record)
  const withholding = createWithholding(plan, ranks.keys(), k)
  for (const record of records) withholding.add(record)
  const outcome = withholding.decide()
  return { outcome, rows: outcome.kind === 'too_few' ? [] : toRows(plan, outcome, records, medianSeconds) }
}

function toRows(
  plan: MicrodataPlan,
  { withholding }: Extract<WithholdingOutcome, { kind: 'decided' }>,
  records: readonly Uint16Array[],
  medianSeconds: number,
): readonly Readonly<Record<string, Cell>>[] {
  const toRow = rowMaker(plan, withholding, { medianSeconds })
  const names = plan.columns.map(({ variable }) => variable.name)
  return records.map((record) => {
    const cells = toRow(record)
    return Object.fromEntries(names.map((name, i) => [name, cells[i]!]))
  })
}

export const planSmall = (changes: Partial<MicrodataSource> = {}) => planMicrodata(smallSource(changes))
