import type { ModeComparison, ModePair } from '../../domain/report/compare-modes.js'
import { type EstimateView, toEstimateView, unbroken } from '../index-reports/index.js'
import type { CityWords } from './city-words.js'

interface ModeRowView {
  readonly mode: string
  readonly wave: string
  readonly line: string
  readonly figure: EstimateView
  readonly gap: string
  readonly gapInterval: string
  readonly finding: string
}

/** The wave beside those of other modes. */
export interface CityModesView {
  /** One for each other mode; that there is none, where there is none. */
  readonly sentences: readonly string[]
  /** The reference first; empty where nothing stands beside the wave. */
  readonly rows: readonly ModeRowView[]
}

/** Modes in which somebody independent of the agency asks. */
const INDEPENDENT: readonly string[] = ['face_to_face', 'phone']

/** How far the modes lie apart on the index, or where questionnaires differ on the question about satisfaction as a whole. */
export function toCityModes({ reference, pairs }: ModeComparison, words: CityWords): CityModesView {
  const { t } = words
  if (pairs.length === 0) return { sentences: [t('city.modes_alone')], rows: [] }
  const isIndependent = INDEPENDENT.includes(reference.wave.mode)
  const first = pairs.map(headlineOf).find((row) => row !== undefined)
  const referenceRow = first === undefined ? [] : [rowOf(reference.wave, first.line, first.reference, words)]
  return {
    sentences: [
      ...pairs.map((pair) => gapSentence(reference.wave.mode, pair, words)),
      ...(isIndependent ? [] : [t('city.modes_dependent')]),
    ],
    rows: [...referenceRow, ...pairs.flatMap((pair) => otherRow(pair, words))],
  }
}

/** The index where the questionnaire is the same, else the question about satisfaction as a whole. */
const headlineOf = ({ rows }: ModePair) =>
  rows.find(({ line }) => line.level === 'overall') ?? rows.find(({ line }) => line.factorCode === null)

const findingOf = ({ lowPoints, highPoints }: { readonly lowPoints: number; readonly highPoints: number }) =>
  lowPoints > 0 ? 'higher' : highPoints < 0 ? 'lower' : 'open'

function gapSentence(reference: string, pair: ModePair, { t, formats, language }: CityWords): string {
  const modes = { other: t(`city.mode_${pair.report.wave.mode}`), reference: t(`city.mode_${reference}`) }
  const row = headlineOf(pair)
  if (row === undefined) return t('city.gap_incomparable', modes)
  if (row.gap === null) return t('city.gap_hidden', modes)
  const interval = `${formats.signed(row.gap.lowPoints)} … ${formats.signed(row.gap.highPoints)}`
  return t(`city.gap_${findingOf(row.gap)}`, {
    ...modes,
    line: lineText(row.line, language),
    points: formats.number(Math.abs(row.gap.points)),
    interval: unbroken(interval),
  })
}

/** A single question is quoted. */
const lineText = ({ level, label }: Row['line'], language: CityWords['language']) =>
  level === 'overall' ? label[language] : `“${label[language]}”`

type Row = NonNullable<ReturnType<typeof headlineOf>>

function rowOf(
  wave: ModeComparison['reference']['wave'],
  line: Row['line'],
  estimate: Row['reference'],
  words: CityWords,
): ModeRowView {
  const { t, language } = words
  return {
    mode: t(`reports.mode_${wave.mode}`),
    wave: wave.title[language],
    line: line.label[language],
    figure: toEstimateView(estimate, words),
    gap: '',
    gapInterval: '',
    finding: '',
  }
}

function otherRow(pair: ModePair, words: CityWords): readonly ModeRowView[] {
  const row = headlineOf(pair)
  if (row === undefined) return []
  const facts = rowOf(pair.report.wave, row.line, row.other, words)
  if (row.gap === null) return [facts]
  const { t, formats } = words
  const { points, lowPoints, highPoints } = row.gap
  return [
    {
      ...facts,
      gap: formats.signed(points),
      gapInterval: `${formats.signed(lowPoints)} … ${formats.signed(highPoints)}`,
      finding: t(`reports.modes_${findingOf(row.gap)}`),
    },
  ]
}
