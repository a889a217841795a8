import { AGGREGATION_RULES } from '../../domain/index/aggregate.js'
import { BREAKDOWNS, type IndexReport } from '../../domain/report/index-report.js'
import { addDays, addMonths, monthOf } from '../../domain/survey/day.js'
import type { IsoDay } from '../../domain/survey/vocabulary.js'
import type { Wave } from '../../domain/survey/wave.js'
import type { UnitKind } from '../../domain/units/unit.js'
import type { ReportContext } from './estimate.view.js'
import { SERVICE_MIXES } from './report-request.js'

interface OptionView {
  readonly value: string
  readonly label: string
  readonly isSelected: boolean
}

/** A field of the filter form. */
export interface FilterFieldView {
  readonly name: string
  readonly label: string
  readonly options: readonly OptionView[]
}

/** What a reader can choose from in one wave. */
export interface FilterChoices {
  readonly units: readonly { readonly uid: string; readonly name: string }[]
  readonly kinds: readonly UnitKind[]
  readonly services: readonly { readonly code: string; readonly name: string }[]
}

/** The fields of the form, every choice an option, so that the form works without JavaScript. */
export function toFilterFields(
  { wave, selection, rule, breakdown, isStandardised = false }: IndexReport,
  { units, kinds, services }: FilterChoices,
  { t, formats }: ReportContext,
): readonly FilterFieldView[] {
  const field = (name: string, chosen: string | null, options: readonly (readonly [string, string])[]) => ({
    name,
    label: t(`reports.filter_${name}`),
    options: options.map(([value, label]) => ({ value, label, isSelected: value === (chosen ?? '') })),
  })
  const all = (key: string): readonly [string, string] => ['', t(`reports.filter_${key}_all`)]
  const months = monthsOf(wave)
  const kind = selection.kinds[0] ?? null
  return [
    field('unit', selection.unitUid, [all('unit'), ...units.map(({ uid, name }) => [uid, name] as const)]),
    field('kind', kind, [all('kind'), ...kinds.map((one) => [one, t(`units.kind_${one}`)] as const)]),
    field('service', selection.service, [all('service'), ...services.map(({ code, name }) => [code, name] as const)]),
    field('from', selection.period.from, [
      all('from'),
      ...withChosen(months, selection.period.from).map((day) => [day, formats.day(day)] as const),
    ]),
    field('to', selection.period.to, [
      all('to'),
      ...withChosen(
        months.map((day) => addMonths(day, 1)),
        selection.period.to,
      ).map((day) => [day, formats.day(addDays(day, -1))] as const),
    ]),
    field(
      'by',
      breakdown,
      BREAKDOWNS.map((one) => [one, t(`reports.by_${one}`)] as const),
    ),
    field(
      'mix',
      isStandardised ? 'common' : 'own',
      SERVICE_MIXES.map((one) => [one, t(`reports.mix_${one}`)] as const),
    ),
    field(
      'rule',
      rule,
      AGGREGATION_RULES.map((one) => [one, t(`reports.rule_${one}`)] as const),
    ),
  ]
}

/** First days of the months in which a wave takes answers. */
function monthsOf({ opensOn, closesOn }: Wave): readonly IsoDay[] {
  const months: IsoDay[] = []
  for (let month = monthOf(opensOn); month < closesOn; month = addMonths(month, 1)) months.push(month)
  return months
}

/** A day typed into the address stays chosen although the list does not offer it. */
function withChosen(days: readonly IsoDay[], chosen: IsoDay | null): readonly IsoDay[] {
  return chosen === null || days.includes(chosen) ? days : [...days, chosen].sort()
}
