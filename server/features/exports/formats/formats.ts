import { basename, extname } from 'node:path'
import { CODEBOOK_COLUMNS, codebookRows } from '../../../domain/microdata/codebook.js'
import { createFrequencies } from '../../../domain/microdata/frequencies.js'
import type { MicrodataPlan } from '../../../domain/microdata/microdata-plan.js'
import type { Cell } from '../../../domain/microdata/variable.js'
import { WITHHELD_COLUMNS, withheldList } from '../../../domain/microdata/withheld-list.js'
import type { Withholding } from '../../../domain/microdata/withholding.js'
import type { Language } from '../../../domain/survey/vocabulary.js'
import { encodeCsv, type Separator } from './csv.js'
import { encodeDdi } from './ddi.js'
import type { Chunks } from './microdata-file.js'
import { rScript } from './r-script.js'
import { encodeSav } from './sav.js'
import { stataScript } from './stata-script.js'
import { encodeXlsx } from './xlsx.js'

/** Formats of microdata; scripts for R and Stata and the description in DDI come with the CSV, which `ddi` describes without the rows. */
export const FORMATS = ['csv', 'sav', 'xlsx', 'ddi'] as const
export type Format = (typeof FORMATS)[number]

/** How names of files end. */
export const ENDINGS: Readonly<Record<Format, string>> = { csv: '.csv', sav: '.sav', xlsx: '.xlsx', ddi: '.xml' }

/** How the files are to be. */
export interface FileChoices {
  readonly format: Format
  readonly language: Language
  readonly separator: Separator
  /** Path of the data. */
  readonly file: string
  readonly createdAt: Date
}

interface PlannedFile {
  readonly path: string
  readonly chunks: () => Chunks
}

function* counting(rows: Iterable<readonly Cell[]>, count: (row: readonly Cell[]) => void): Generator<readonly Cell[]> {
  for (const row of rows) {
    count(row)
    yield row
  }
}

/** The files of an export, the data first; each is made only when it is asked for, in this order. */
export function filesOf(
  plan: MicrodataPlan,
  withholding: Withholding,
  rows: Iterable<readonly Cell[]>,
  { format, language, separator, file, createdAt }: FileChoices,
): readonly PlannedFile[] {
  const { wave, published } = plan.source
  const variables = plan.columns.map(({ variable }) => variable)
  const questionVersion = published.questionnaire.version
  const title = wave.isSimulated ? `${wave.title[language]} (${SIMULATED[language]})` : wave.title[language]
  const table = { variables, rowCount: withholding.rows, rows, language, title, questionVersion, createdAt }
  const base = file.slice(0, file.length - extname(file).length)
  const csvName = basename(file)
  const facts = { language, title, csvName, separator }
  const frequencies = createFrequencies(variables, withholding.k)
  const counted = counting(rows, frequencies.add)
  const description = (fileName?: string) =>
    encodeDdi({ plan, withholding, frequencies: frequencies.shown(), language, title, fileName, createdAt })
  const encoders: Readonly<Record<Format, () => Chunks>> = {
    csv: () =>
      encodeCsv(
        variables.map(({ name }) => name),
        counted,
        separator,
      ),
    sav: () => encodeSav(table),
    xlsx: () => encodeXlsx(table),
    ddi: () => {
      for (const _ of counted);
      return [Buffer.from(description())]
    },
  }
  const text = (path: string, make: () => string): PlannedFile => ({ path, chunks: () => [Buffer.from(make())] })
  const scripts =
    format === 'csv'
      ? [
          text(`${base}.R`, () => rScript(variables, facts)),
          text(`${base}.do`, () => stataScript(variables, facts)),
          text(`${base}.ddi.xml`, () => description(csvName)),
        ]
      : []
  return [
    { path: file, chunks: encoders[format] },
    {
      path: `${file}.codebook.csv`,
      chunks: () => encodeCsv(CODEBOOK_COLUMNS, codebookRows(variables, questionVersion), separator),
    },
    {
      path: `${file}.withheld.csv`,
      chunks: () => encodeCsv(WITHHELD_COLUMNS, withheldList(plan, withholding), separator),
    },
    ...scripts,
  ]
}

const SIMULATED: Readonly<Record<Language, string>> = { vi: 'số liệu mô phỏng', en: 'simulated data' }
