import type { ChoiceSources } from '../../server/domain/xlsform/choice-lists.js'
import type { Tables } from '../../server/domain/xlsform/read-tables.js'
import { readTables } from '../../server/domain/xlsform/read-tables.js'
import { encodeWorkbook } from '../../server/features/exports/index.js'
import { bytesOf } from './microdata-table.js'

const named = (uid: string, kind: 'phuong' | 'xa' | 'dac_khu' | 'so') => ({
  uid,
  kind,
  name: { vi: `Nơi ${uid}`, en: `Place ${uid}` },
})

/** Units and services that a form offers. */
export const SOURCES: ChoiceSources = {
  units: [named('p-mot', 'phuong'), named('so-a', 'so')],
  places: [named('p-mot', 'phuong'), named('x-hai', 'xa'), named('p-ba', 'phuong'), named('d-bon', 'dac_khu')],
  services: [{ code: 'HT', name: { vi: 'Hộ tịch', en: 'Civil status' } }],
}

type Sheets = Readonly<Record<string, readonly (readonly string[])[]>>

/** A workbook of sheets, the first row of each its headings. */
export const workbookOf = (sheets: Sheets): Promise<Buffer> =>
  bytesOf(
    encodeWorkbook(
      Object.entries(sheets).map(([name, [header = [], ...rows]]) => ({ name, header, rows })),
      new Date('2026-01-01'),
    ),
  )

/** The same as tables, without a file. */
export const formOf = (sheets: Sheets) => readTables(new Map(Object.entries(sheets)) satisfies Tables)
