/** The three forms of the one-stop decree: one dossier, one agency, all agencies. */

import type { Method } from '../../domain/method/method.js'
import {
  type AgencyPoints,
  criteriaOf,
  type DossierScore,
  pointsOf,
  scoreAgencies,
} from '../../domain/one-stop/dossier-scores.js'
import type { IsoDay, Localized } from '../../domain/survey/vocabulary.js'
import type { Translate } from '../../platform/text.js'
import { type ReportFormats, reportFormats } from '../index-reports/index.js'
import { type OfficialForm, type PaperCell, type PaperTable, raterOf } from '../releases/index.js'
import type { FigureLines } from './figures-file.js'

/** What forms are made from. */
export interface FormsInput {
  readonly method: Method
  readonly scores: readonly DossierScore[]
  readonly agencies: readonly AgencyPoints[]
  readonly lines: FigureLines
  readonly from: IsoDay
  /** First day no longer meant; `until` is the last that is. */
  readonly until: IsoDay
  readonly nameOf: (uid: string) => Localized
  /** SHA-256 of the table of ratings. */
  readonly scoresSha256: string
  readonly isSimulated: boolean
  readonly t: Translate
}

const FORMATS: ReportFormats = reportFormats('vi')
const text = (label: string, width: number) => ({ label, width, isNumber: false })
const number = (label: string, width: number) => ({ label, width, isNumber: true })

/** Points with two decimals on paper, which tells 11,99 from 12. */
const pointsCell = (value: number | null): PaperCell =>
  value === null ? '–' : { text: FORMATS.decimal(value, 2), value, digits: 2, suffix: '' }
const countCell = (value: number): PaperCell => ({ text: FORMATS.count(value), value, digits: 0, suffix: '' })

function formOf(
  input: FormsInput,
  own: Pick<OfficialForm, 'title' | 'about' | 'facts' | 'table' | 'sheet'>,
): OfficialForm {
  const { t, method, scoresSha256, isSimulated } = input
  return {
    ...own,
    issuer: raterOf(t),
    notes: [
      ...(isSimulated ? [t('onestop.simulated')] : []),
      t('onestop.note_source', { sha256: scoresSha256 }),
      t('onestop.note_method', { method: method.id, version: method.version, source: method.source }),
      t('onestop.note_unread'),
      ...method.unconfirmed.map(({ claim }) => `– ${claim.vi}`),
    ],
    footer: `${own.title} · ${method.id} ${method.version} · `,
  }
}

const periodOf = ({ t, from, until }: FormsInput) =>
  t('onestop.period', { from: FORMATS.day(from), until: FORMATS.day(until) })

/** Form 1: the points of a dossier, by itself and as verified. */
export function dossierForm(input: FormsInput, dossier: string, unitUid: string): OfficialForm {
  const { t, method, scores } = input
  const own = scores.filter((one) => one.dossier === dossier && one.unitUid === unitUid)
  const [points] = scoreAgencies(method, own)
  if (points === undefined) throw new Error(`No rating of the dossier ${dossier}`)
  return formOf(input, {
    title: t('onestop.form_1'),
    about: t('onestop.about_dossier', { dossier, day: FORMATS.day(own[0]!.day) }),
    facts: [t('onestop.agency', { name: input.nameOf(unitUid).vi })],
    table: criteriaTable(input, points, false),
    sheet: t('onestop.sheet_1'),
  })
}

/** Form 2: the points of an agency by criterion: standard, by itself, verified. */
export function agencyForm(input: FormsInput, agency: AgencyPoints): OfficialForm {
  const { t } = input
  const { self, verified } = agency.dossierCounts
  return formOf(input, {
    title: t('onestop.form_2'),
    about: input.nameOf(agency.unitUid).vi,
    facts: [
      periodOf(input),
      t('onestop.dossiers', { self: FORMATS.count(self), verified: FORMATS.count(verified) }),
      t('onestop.class_is', { class: agency.class?.name.vi ?? t('onestop.no_class') }),
    ],
    table: criteriaTable(input, agency, true),
    sheet: t('onestop.sheet_2'),
  })
}

function criteriaTable({ t, method, lines }: FormsInput, agency: AgencyPoints, hasSources: boolean): PaperTable {
  const sourceOf = (code: string): PaperCell[] => (hasSources ? [countCell(lines.of(agency.unitUid, code))] : [])
  return {
    title: t('onestop.table_criteria'),
    columns: [
      number(t('onestop.col_number'), 6),
      text(t('onestop.col_criterion'), hasSources ? 48 : 58),
      number(t('onestop.col_standard'), 12),
      number(t('onestop.col_self'), 12),
      number(t('onestop.col_verified'), 12),
      ...(hasSources ? [number(t('onestop.col_source'), 10)] : []),
    ],
    rows: [
      ...agency.criteria.map(({ code, name, standard, points }, i) => ({
        cells: [
          countCell(i + 1),
          name.vi,
          countCell(standard),
          pointsCell(points.self),
          pointsCell(points.verified),
          ...sourceOf(code),
        ],
        isStrong: false,
      })),
      {
        cells: [
          '',
          t('onestop.total'),
          countCell(criteriaOf(method).length * Math.max(...pointsOf(method))),
          pointsCell(agency.totals.self),
          pointsCell(agency.totals.verified),
          ...sourceOf(method.index.code),
        ],
        isStrong: true,
      },
    ],
  }
}

/** Form 3: all agencies with total, class and rank, the best first; those without a verified total at the end. */
export function agenciesForm(input: FormsInput): OfficialForm {
  const { t, method, agencies, lines, nameOf } = input
  const placed = agencies.toSorted(
    (a, b) =>
      (a.rank ?? Number.POSITIVE_INFINITY) - (b.rank ?? Number.POSITIVE_INFINITY) ||
      nameOf(a.unitUid).vi.localeCompare(nameOf(b.unitUid).vi, 'vi'),
  )
  return formOf(input, {
    title: t('onestop.form_3'),
    about: periodOf(input),
    facts: [t('onestop.ranked_by')],
    table: {
      title: t('onestop.table_agencies'),
      columns: [
        number(t('onestop.col_number'), 5),
        text(t('onestop.col_agency'), 31),
        number(t('onestop.col_dossiers'), 10),
        number(t('onestop.col_standard'), 9),
        number(t('onestop.col_self'), 10),
        number(t('onestop.col_verified'), 10),
        text(t('onestop.col_class'), 12),
        number(t('onestop.col_rank'), 6),
        number(t('onestop.col_source'), 7),
      ],
      rows: placed.map(({ unitUid, dossierCounts, totals, class: own, rank }, i) => ({
        cells: [
          countCell(i + 1),
          nameOf(unitUid).vi,
          countCell(dossierCounts.verified),
          countCell(method.range.highest),
          pointsCell(totals.self),
          pointsCell(totals.verified),
          own?.name.vi ?? t('onestop.no_class'),
          rank === null ? '–' : countCell(rank),
          countCell(lines.of(unitUid, method.index.code)),
        ],
        isStrong: false,
      })),
    },
    sheet: t('onestop.sheet_3'),
  })
}
