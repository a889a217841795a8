import type { Method } from '../../domain/method/method.js'
import type { AgencyPoints } from '../../domain/one-stop/dossier-scores.js'
import type { Localized } from '../../domain/survey/vocabulary.js'
import { csvText } from '../../platform/csv-text.js'

const COLUMNS = [
  'unit_uid',
  'unit_name_vi',
  'code',
  'name_vi',
  'standard',
  'n_self',
  'n_verified',
  'points_self',
  'points_verified',
  'class',
  'rank',
] as const

/** On which line of the file a figure stands. */
export interface FigureLines {
  of(unitUid: string, code: string): number
}

/** The table of all figures, one line a criterion and one a total, all digits; and where each stands. */
export function figuresFile(method: Method, agencies: readonly AgencyPoints[], nameOf: (uid: string) => Localized) {
  const lines = new Map<string, number>()
  const key = (unitUid: string, code: string) => `${unitUid} ${code}`
  const cell = (value: string | number | null) =>
    value === null ? '' : typeof value === 'number' ? String(value) : csvText(value)
  const rows = agencies.flatMap(
    ({ unitUid, dossierCounts: { self, verified }, criteria, totals, class: own, rank }) => {
      const facts = [unitUid, nameOf(unitUid).vi] as const
      const { code, name } = method.index
      return [
        ...criteria.map((one) => [
          ...facts,
          one.code,
          one.name.vi,
          one.standard,
          self,
          verified,
          one.points.self,
          one.points.verified,
          null,
          null,
        ]),
        [
          ...facts,
          code,
          name.vi,
          method.range.highest,
          self,
          verified,
          totals.self,
          totals.verified,
          own?.code ?? null,
          rank,
        ],
      ]
    },
  )
  for (const [i, row] of rows.entries()) lines.set(key(String(row[0]), String(row[2])), i + 2)
  const text = [COLUMNS.join(','), ...rows.map((row) => row.map(cell).join(',')), ''].join('\r\n')
  return {
    bytes: Buffer.from(`\ufeff${text}`),
    lines: { of: (unitUid: string, code: string) => lines.get(key(unitUid, code)) ?? 0 } satisfies FigureLines,
  }
}
