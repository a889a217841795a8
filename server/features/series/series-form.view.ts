import { AGGREGATION_RULES } from '../../domain/index/aggregate.js'
import { instrumentOf } from '../../domain/index/instrument.js'
import { linesOf } from '../../domain/index/lines.js'
import type { PublishedQuestionnaire } from '../../domain/questionnaire/definition.js'
import { SERIES_GRAINS } from '../../domain/series/series.js'
import { addDays } from '../../domain/survey/day.js'
import { MODES, RESPONDENT_TYPES } from '../../domain/survey/vocabulary.js'
import type { Unit } from '../../domain/units/unit.js'
import { lineName, type SeriesFieldError, type SeriesFilters } from './series-query.js'
import type { SeriesWords } from './series-words.js'

/** What can be chosen from, and what was. */
export interface SeriesFormInput {
  readonly filters: SeriesFilters
  readonly cityUid: string
  readonly units: readonly Unit[]
  /** Whose lines are offered: of waves with these respondents, the latest first. */
  readonly questionnaires: readonly PublishedQuestionnaire[]
  readonly today: string
  readonly errors: readonly SeriesFieldError[]
}

type Option = readonly [value: string, label: string]

/** The form of a series: choices as lists, days and months as text, with what was typed kept. */
export function toSeriesForm(input: SeriesFormInput, words: SeriesWords) {
  const { t } = words
  const { filters, errors } = input
  const select = (name: keyof SeriesFilters, chosen: string, options: readonly Option[]) => ({
    name,
    label: t(`series.field_${name}`),
    options: options.map(([value, label]) => ({ value, label, isSelected: value === chosen })),
  })
  const text = (name: 'on' | 'from' | 'to', hint: 'day' | 'month') => ({
    name,
    label: t(`series.field_${name}`),
    hint: t(`series.hint_${hint}`),
    value: filters[name] ?? '',
    hasError: errors.some(({ field }) => field === name),
  })
  const named = <Value extends string>(
    values: readonly Value[],
    labelOf: (value: Value) => string,
  ): readonly Option[] => values.map((value) => [value, labelOf(value)])
  return {
    selects: [
      select('unit', filters.unit ?? input.cityUid, unitOptions(input, words)),
      select('line', filters.line ?? 'overall', lineOptions(input, words)),
      select(
        'respondents',
        filters.respondents ?? 'citizen',
        named(RESPONDENT_TYPES, (one) => t(`reports.respondents_${one}`)),
      ),
      select('mode', filters.mode ?? '', [
        ['', t('series.mode_any')],
        ...named(MODES, (one) => t(`reports.mode_${one}`)),
      ]),
      select(
        'by',
        filters.by ?? 'wave',
        named(SERIES_GRAINS, (one) => t(`series.by_${one}`)),
      ),
      select(
        'rule',
        filters.rule ?? 'mean_of_children',
        named(AGGREGATION_RULES, (one) => t(`reports.rule_${one}`)),
      ),
      select(
        'map',
        filters.map ?? 'as_was',
        named(['as_was', 'mapped'], (one) => t(`series.map_${one}`)),
      ),
    ],
    texts: [text('on', 'day'), text('from', 'month'), text('to', 'month')],
    errors: errors.map(({ field, code }) => ({
      href: `#series-${field}`,
      text: `${t(`series.field_${field}`)}: ${t(`series.error_${code}`)}`,
    })),
  }
}

/** The city first, then by name; ended units say until when they were. */
function unitOptions({ units, cityUid, today }: SeriesFormInput, words: SeriesWords): readonly Option[] {
  const { t, formats, language, registry } = words
  const collator = new Intl.Collator(language, { numeric: true })
  const nameOf = (unit: Unit) => {
    const name = registry.nameOf(unit.uid, unit.validTo === null ? today : addDays(unit.validTo, -1))[language]
    return unit.validTo === null ? name : t('series.unit_ended', { name, day: formats.day(addDays(unit.validTo, -1)) })
  }
  const rank = (unit: Unit) => (unit.uid === cityUid ? 0 : unit.validTo === null ? 1 : 2)
  return units
    .map((unit) => ({ unit, name: nameOf(unit) }))
    .sort((a, b) => rank(a.unit) - rank(b.unit) || collator.compare(a.name, b.name))
    .map(({ unit, name }) => [unit.uid, name] as const)
}

/** Lines of the questionnaires under the rule, the newest wording; a chosen one stays in the list. */
function lineOptions({ questionnaires, filters }: SeriesFormInput, { t, language }: SeriesWords): readonly Option[] {
  const rule = filters.rule ?? 'mean_of_children'
  const options = new Map<string, string>()
  for (const { questionnaire } of questionnaires) {
    for (const line of linesOf(instrumentOf(questionnaire), rule, questionnaire.overallItem)) {
      const name = line.label[language]
      const label = line.level === 'criterion' ? t('series.line_criterion', { code: line.code, name }) : name
      if (!options.has(lineName(line))) options.set(lineName(line), label)
    }
  }
  const chosen = filters.line ?? 'overall'
  if (!options.has(chosen)) options.set(chosen, chosen)
  return [...options]
}
