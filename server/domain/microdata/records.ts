import type { NewResponse } from '../survey/response.js'
import type { MicrodataPlan, RowContext } from './microdata-plan.js'
import type { Cell } from './variable.js'
import type { Withholding } from './withholding.js'

/** Makes records of responses: one number for each slot, in an array of its own. */
export function recordMaker({ slots }: Pick<MicrodataPlan, 'slots'>): (response: NewResponse) => Uint16Array {
  return (response) => {
    const record = new Uint16Array(slots.length)
    for (let i = 0; i < slots.length; i++) record[i] = slots[i]!.read(response)
    return record
  }
}

/** Makes rows of records, one cell for each column, without what is withheld. */
export function rowMaker(
  { columns }: Pick<MicrodataPlan, 'columns'>,
  withholding: Pick<Withholding, 'of'>,
  context: RowContext,
): (record: Uint16Array) => readonly Cell[] {
  return (record) => {
    const isWithheld = withholding.of(record)
    return columns.map((column) => column.cell(record, context, isWithheld))
  }
}
