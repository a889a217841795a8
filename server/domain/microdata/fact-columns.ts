import { secondsOf } from '../analysis/analysis-case.js'
import { CHANNELS, DISPOSITIONS, LANGUAGES, type Localized } from '../survey/vocabulary.js'
import type { ColumnBuilder } from './column-builder.js'
import { textIn } from './column-builder.js'
import {
  CHANNEL_LABELS,
  DISPOSITION_LABELS,
  DURATION_BANDS,
  FACT_LABELS,
  FACT_NOTES,
  LANGUAGE_LABELS,
  MODE_LABELS,
  RESPONDENT_LABELS,
  YES_NO,
} from './fact-texts.js'
import type { MicrodataSource } from './microdata-plan.js'
import type { ValueLabel } from './variable.js'

const HASH_LENGTH = 12
const MAX_SECONDS = 65_000

/** Columns that are the same in every row: which wave and which instrument. */
export function addWaveColumns(builder: ColumnBuilder, { wave, published }: MicrodataSource): void {
  const { questionnaire, hash } = published
  const constant = (name: string, label: Localized, text: string, values: readonly ValueLabel<string>[] = []) =>
    builder.text({ name, label, texts: () => [text], values }, null, () => text)
  constant('wave', FACT_LABELS.wave, wave.id)
  const simulated = wave.isSimulated ? 1 : 0
  const simulatedSlot = builder.slot(({ isSimulated }) => (isSimulated ? 1 : simulated))
  builder.numeric(
    { name: 'simulated', label: FACT_LABELS.simulated, measure: 'nominal', values: YES_NO },
    null,
    ({ record }) => record[simulatedSlot]!,
  )
  constant('mode', FACT_LABELS.mode, wave.mode, MODE_LABELS)
  constant('respondent_type', FACT_LABELS.respondentType, wave.respondentType, RESPONDENT_LABELS)
  constant('questionnaire', FACT_LABELS.questionnaire, questionnaire.id)
  constant('questionnaire_version', FACT_LABELS.version, questionnaire.version)
  constant('questionnaire_hash', FACT_LABELS.hash, hash.slice(0, HASH_LENGTH))
}

/** Channel and language, how the case ended and how long it took. */
export function addCaseColumns(builder: ColumnBuilder) {
  const channel = builder.slot((response) => CHANNELS.indexOf(response.channel))
  const language = builder.slot((response) => LANGUAGES.indexOf(response.language))
  const disposition = builder.slot((response) => DISPOSITIONS.indexOf(response.disposition))
  const seconds = builder.slot((response) => Math.min(secondsOf(response), MAX_SECONDS))
  const add = (
    name: string,
    label: Localized,
    slot: number,
    texts: readonly string[],
    values: readonly ValueLabel<string>[],
  ) =>
    builder.text(
      { name, label, texts: () => texts, values },
      name === 'language' ? 'language' : null,
      textIn(slot, texts),
    )
  add('channel', FACT_LABELS.channel, channel, CHANNELS, CHANNEL_LABELS)
  add('language', FACT_LABELS.language, language, LANGUAGES, LANGUAGE_LABELS)
  add('disposition', FACT_LABELS.disposition, disposition, DISPOSITIONS, DISPOSITION_LABELS)
  builder.numeric(
    { name: 'duration_band', label: FACT_LABELS.duration, measure: 'ordinal', values: durationLabels() },
    null,
    ({ record }) => DURATION_BANDS.findLastIndex((from) => record[seconds]! >= from) + 1,
  )
  return { language, seconds }
}

function durationLabels(): readonly ValueLabel<number>[] {
  return DURATION_BANDS.map((from, i) => {
    const next = DURATION_BANDS[i + 1]
    const range = next === undefined ? `≥ ${from}` : `${from}-${next - 1}`
    return { code: i + 1, label: { vi: `${range} giây`, en: `${range} seconds` } }
  })
}

/** Weight, stratum and sampling unit. No wave has a sample design in the database yet: every response counts once. */
export function addDesignColumns(builder: ColumnBuilder): void {
  const one = () => 1
  builder.numeric({ name: 'weight', label: FACT_LABELS.weight, measure: 'scale', note: FACT_NOTES.weight }, null, one)
  builder.numeric(
    { name: 'stratum', label: FACT_LABELS.stratum, measure: 'nominal', note: FACT_NOTES.stratum },
    null,
    one,
  )
  builder.numeric({ name: 'psu', label: FACT_LABELS.psu, measure: 'nominal', note: FACT_NOTES.psu }, null, () => null)
}
