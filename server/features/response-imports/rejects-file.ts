import { once } from 'node:events'
import { createWriteStream, type WriteStream } from 'node:fs'
import { finished } from 'node:stream/promises'
import type { ImportPlan } from '../../domain/response-import/import-plan.js'
import { csvText } from '../../platform/csv-text.js'
import type { Translate } from '../../platform/text.js'
import type { CsvRow } from './csv-file.js'
import type { Rejection } from './rejection.js'

/** Columns before the cells of the row itself. */
export const REJECT_COLUMNS = ['reject_row', 'reject_columns', 'reject_codes', 'reject_reasons'] as const

/** Where rows that were not stored are written. */
export interface RejectsFile {
  write(row: CsvRow, rejections: readonly Rejection[]): Promise<void>
  close(): Promise<void>
}

const line = (cells: readonly string[]) => `${cells.map(csvText).join(',')}\r\n`

/**
 * Makes a file of rejected rows at the first of them; mended, it can be imported as it is.
 *
 * It holds the columns that the import reads and no others: what is not read (devices, telephone numbers, places) is not copied
 * either. No cell begins a formula. Its owner alone can read it.
 *
 * @param t gives the sentences
 */
export function createRejectsFile(path: string, plan: ImportPlan, t: Translate): RejectsFile {
  let stream: WriteStream | undefined
  const shown = (cells: readonly string[]) => plan.used.map((at) => cells[at] ?? '')
  const put = async (text: string) => {
    if (!stream!.write(text)) await once(stream!, 'drain')
  }
  return {
    async write({ row, cells }, rejections) {
      if (stream === undefined) {
        stream = createWriteStream(path, { flags: 'wx', mode: 0o600 })
        await put(`\uFEFF${line([...REJECT_COLUMNS, ...shown(plan.headings)])}`)
      }
      const columns = [...new Set(rejections.map(({ column }) => column).filter((column) => column !== ''))]
      const codes = [...new Set(rejections.map(({ code }) => code))]
      const reasons = rejections.map(({ code, column, params }) => {
        const sentence = t(`imports.reason_${code}`, params)
        return column === '' ? sentence : `${column}: ${sentence}`
      })
      await put(line([String(row), columns.join(' '), codes.join(' '), reasons.join('; '), ...shown(cells)]))
    },
    async close() {
      if (stream === undefined) return
      stream.end()
      await finished(stream)
    },
  }
}
