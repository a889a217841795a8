import type { Cell } from '../../server/domain/microdata/variable.js'
import type { MicrodataTable } from '../../server/features/exports/formats/microdata-file.js'
import { planSmall } from './microdata.js'

export const CREATED_AT = new Date('2026-04-01T02:03:04Z')

/** Long enough to be cut in every format; two- and three-byte letters throughout. */
export const LONG_LABEL = 'Ông/Bà hài lòng ở mức nào về sự phục vụ của cơ quan hành chính nhà nước? '.repeat(6).trim()

/** Columns of the short form, the label of `C1` a long one. */
const variables = planSmall().columns.map(({ variable }) =>
  variable.name === 'C1'
    ? {
        ...variable,
        label: { vi: LONG_LABEL, en: LONG_LABEL },
        values: [{ code: 5, label: { vi: LONG_LABEL, en: LONG_LABEL } }],
      }
    : variable.name === 'P5' || variable.name === 'P5_NAME'
      ? { ...variable, texts: () => ['Phường Nguyễn Cư Trinh', '=cmd()', 'a "b"; c'] }
      : variable.name === 'service'
        ? { ...variable, texts: () => ['HT', 'DAT'] }
        : variable,
) as MicrodataTable['variables']

const blank = Object.fromEntries(variables.map(({ name, type }) => [name, type === 'text' ? '' : 1])) as Record<
  string,
  Cell
>

/** Rows that try an encoder: letters of three bytes, missing codes, nothing, numbers that take eight bytes, weights. */
export const CASES: readonly Readonly<Record<string, Cell>>[] = [
  {
    ...blank,
    unit_name: 'Phường Sài Gòn',
    service: 'HT',
    C1: 5,
    S2: 95,
    weight: 2.5,
    psu: null,
    P5_NAME: 'Phường Nguyễn Cư Trinh',
  },
  { ...blank, unit_name: 'Phường Tân Định', service: 'DAT', C1: 96, S2: 99, weight: 0.5, psu: -3, P5_NAME: '=cmd()' },
  { ...blank, unit_name: null, service: null, C1: null, S2: 2, weight: 1, psu: 1234567, P5_NAME: 'a "b"; c' },
]

/** A table over those rows, or others of the same columns. */
export function microdataTable(
  cases: readonly Readonly<Record<string, Cell>>[] = CASES,
  changes: Partial<MicrodataTable> = {},
): MicrodataTable {
  return {
    variables,
    rowCount: cases.length,
    rows: cases.map((one) => variables.map(({ name }) => one[name] ?? null)),
    language: 'vi',
    title: 'Đợt khảo sát người dân năm 2026',
    questionVersion: '1.0',
    createdAt: CREATED_AT,
    ...changes,
  }
}

/** All bytes of an encoder. */
export async function bytesOf(chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>): Promise<Buffer> {
  const all: Uint8Array[] = []
  for await (const chunk of chunks) all.push(chunk)
  return Buffer.concat(all)
}
