import type { NewResponse } from '../survey/response.js'
import type { Localized } from '../survey/vocabulary.js'
import type { Column, RowContext, Slot } from './microdata-plan.js'
import { type Cell, NOT_ASKED, type NumericVariable, type TextVariable, WITHHELD } from './variable.js'
import { uniqueNames } from './variable-names.js'

const WITHHELD_LABEL: Localized = {
  vi: 'Không cung cấp để bảo vệ người trả lời',
  en: 'Withheld to protect respondents',
}

type NumericSpec = Pick<NumericVariable, 'name' | 'label' | 'measure'> &
  Partial<Pick<NumericVariable, 'values' | 'hasMissingCodes' | 'choiceSet' | 'note' | 'question' | 'universe'>>
type TextSpec = Pick<TextVariable, 'name' | 'label' | 'texts'> &
  Partial<Pick<TextVariable, 'values' | 'note' | 'question' | 'universe'>>

/** What only items have. */
const NO_ITEM = { question: null, universe: null }

/** What a cell is read from. */
interface Reading {
  readonly record: Uint16Array
  readonly context: RowContext
  readonly isWithheld: (key: string) => boolean
}

/** Collects slots and columns; a column with a quasi-identifier is withheld with it. */
export function createColumnBuilder() {
  const slots: Slot[] = []
  const columns: Column[] = []
  const nameOf = uniqueNames()
  return {
    slots: slots as readonly Slot[],
    columns: columns as readonly Column[],
    /** Keeps a place in the record. */
    slot(read: (response: NewResponse) => number, texts?: readonly string[]): number {
      return slots.push(texts === undefined ? { read } : { read, texts }) - 1
    },
    /** Adds a column of texts; `quasi: null` for what says nothing of a respondent. */
    text({ name, values = [], note = null, ...spec }: TextSpec, quasi: string | null, read: (from: Reading) => Cell) {
      columns.push({
        variable: {
          ...NO_ITEM,
          ...spec,
          type: 'text',
          measure: 'nominal',
          name: nameOf(name),
          values,
          note,
          isQuasiIdentifier: quasi !== null,
        },
        quasi,
        cell: (record, context, isWithheld) =>
          quasi !== null && isWithheld(quasi) ? null : read({ record, context, isWithheld }),
      })
    },
    /** Adds a column of numbers; one with a quasi-identifier has the code for what is withheld. */
    numeric(
      { name, values = [], note = null, ...spec }: NumericSpec,
      quasi: string | null,
      read: (from: Reading) => Cell,
    ) {
      const isTaken = quasi !== null && values.some(({ code }) => code === WITHHELD)
      if (isTaken) throw new RangeError(`Item ${name} has an option ${WITHHELD}, which means withheld in microdata`)
      columns.push({
        variable: {
          hasMissingCodes: quasi !== null,
          choiceSet: null,
          ...NO_ITEM,
          ...spec,
          type: 'numeric',
          name: nameOf(name),
          values: quasi === null ? values : [...values, { code: WITHHELD, label: WITHHELD_LABEL }],
          note,
          isQuasiIdentifier: quasi !== null,
        },
        quasi,
        cell: (record, context, isWithheld) =>
          quasi !== null && isWithheld(quasi) ? WITHHELD : read({ record, context, isWithheld }),
      })
    },
  }
}

export type ColumnBuilder = ReturnType<typeof createColumnBuilder>

/** Reads the code in a slot. */
export const codeIn =
  (slot: number) =>
  ({ record }: Reading): Cell => {
    const code = record[slot]!
    return code === NOT_ASKED ? null : code
  }

/** Reads the text whose number is in a slot. */
export const textIn =
  (slot: number, texts: readonly string[]) =>
  ({ record }: Reading): Cell =>
    texts[record[slot]!] ?? null
