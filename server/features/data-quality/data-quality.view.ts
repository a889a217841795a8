import { ODD_FROM_POINTS, type OddUnit, type WaveQuality } from '../../domain/quality-board/wave-quality.js'
import { addDays } from '../../domain/survey/day.js'
import type { IsoDay } from '../../domain/survey/vocabulary.js'
import type { Wave } from '../../domain/survey/wave.js'
import type { UnitRegistry } from '../../domain/units/unit.js'
import { itemLabel, type ReportContext } from '../index-reports/index.js'

/** A wave on the board. */
export interface QualityRow {
  readonly wave: Wave
  readonly quality: WaveQuality
  readonly voidedCount: number
}

/** What the board is drawn from. */
export interface QualityPage {
  readonly rows: readonly QualityRow[]
  readonly today: IsoDay
  /** Older waves that are not on it. */
  readonly hiddenCount: number
  readonly mayVoid: boolean
  readonly registry: Pick<UnitRegistry, 'nameOf'>
  readonly langQuery: string
}

/** The board: a line for each wave, then units far above their kind. */
export function toDataQualityView(page: QualityPage, context: ReportContext) {
  const { t, formats } = context
  const { rows, hiddenCount, langQuery } = page
  return {
    pageTitle: t('quality.title'),
    heading: t('quality.title'),
    extraStyle: 'release.css',
    isEmpty: rows.length === 0,
    waves: rows.map((row) => waveRow(row, page, context)),
    odd: rows.filter(({ quality }) => quality.oddUnits.length > 0).map((row) => oddSection(row, page, context)),
    hasNoOdd: rows.length > 0 && rows.every(({ quality }) => quality.oddUnits.length === 0),
    oddNote: t('quality.odd_note', { points: ODD_FROM_POINTS }),
    older: hiddenCount === 0 ? null : t('quality.older', { count: formats.count(hiddenCount) }),
    voidsHref: page.mayVoid ? `/voids${langQuery}` : null,
  }
}

function waveRow(
  { wave, quality, voidedCount }: QualityRow,
  { today, langQuery }: QualityPage,
  context: ReportContext,
) {
  const { t, formats, language } = context
  const percent = (value: number | null) => (value === null ? '–' : formats.percent(value))
  return {
    title: wave.title[language],
    href: `/reports/${wave.id}/analysis${langQuery}`,
    facts: [
      t(`reports.mode_${wave.mode}`),
      t(wave.closesOn > today ? 'quality.collecting' : 'quality.ended', {
        day: formats.day(addDays(wave.closesOn, -1)),
      }),
    ].join(' · '),
    received: formats.count(quality.receivedCount),
    completion: percent(quality.completionPercent),
    nonresponse: percent(quality.nonresponsePercent),
    worst: quality.worstItems.map(({ line, percent: share, askedCount }) =>
      t('quality.worst_item', {
        item: itemLabel(line, context),
        percent: formats.percent(share),
        n: formats.count(askedCount),
      }),
    ),
    neutral: percent(quality.neutralPercent),
    best: percent(quality.bestPercent),
    silent: t('quality.of_units', {
      count: formats.count(quality.silentCount),
      units: formats.count(quality.unitCount),
    }),
    voided: formats.count(voidedCount),
    odd: t('quality.of_units', {
      count: formats.count(quality.oddUnits.length),
      units: formats.count(quality.comparedCount),
    }),
  }
}

function oddSection({ wave, quality }: QualityRow, { registry, langQuery }: QualityPage, context: ReportContext) {
  const { t, formats, language } = context
  const query = langQuery === '' ? '?' : `${langQuery}&`
  return {
    id: `odd-${wave.id}`,
    title: wave.title[language],
    caption: t('quality.odd_caption', { compared: formats.count(quality.comparedCount) }),
    rows: quality.oddUnits.map((unit: OddUnit) => ({
      name: registry.nameOf(unit.unitUid, wave.referenceOn)[language],
      kind: t(`units.kind_${unit.kind}`),
      href: `/reports/${wave.id}${query}unit=${unit.unitUid}`,
      best: formats.percent(unit.bestPercent),
      base: formats.count(unit.base),
      others: formats.percent(unit.othersPercent),
      othersBase: formats.count(unit.othersBase),
      points: formats.signed(unit.difference.points),
      interval: `${formats.signed(unit.difference.lowPoints)} … ${formats.signed(unit.difference.highPoints)}`,
    })),
  }
}
