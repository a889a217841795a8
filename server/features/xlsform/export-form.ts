import type { PublishedQuestionnaire } from '../../domain/questionnaire/definition.js'
import type { IsoDay, Mode } from '../../domain/survey/vocabulary.js'
import type { ServiceCatalogue } from '../../domain/units/service.js'
import type { UnitRegistry } from '../../domain/units/unit.js'
import { formTables } from '../../domain/xlsform/form-tables.js'
import type { Cells } from '../../domain/xlsform/sheets.js'
import { writeForm } from '../../domain/xlsform/write-form.js'
import { encodeWorkbook } from '../exports/index.js'

/** What a cell of Excel holds. */
const MAX_CELL_LENGTH = 32_767

/** What lists of choices are made from. */
export interface FormNeeds {
  readonly registry: Pick<UnitRegistry, 'validOn' | 'nameOf'>
  readonly services: Pick<ServiceCatalogue, 'all' | 'offeredBy'>
}

/** A form as a workbook, and the rows of its sheet `not_carried_over`. */
export interface ExportedForm {
  readonly bytes: AsyncIterable<Uint8Array>
  readonly notCarriedOver: readonly Cells[]
}

/**
 * A questionnaire as an XLSForm workbook with the units and services of a day.
 *
 * @param mode how answers are going to be collected with it
 * @throws {Error} when a text is longer than a cell holds
 */
export function exportForm(
  { registry, services }: FormNeeds,
  published: PublishedQuestionnaire,
  mode: Mode,
  on: IsoDay,
  createdAt: Date,
): ExportedForm {
  const valid = registry.validOn(on)
  const toChoice = ({ uid, kind }: (typeof valid)[number]) => ({ uid, kind, name: registry.nameOf(uid, on) })
  const form = writeForm(published, mode, {
    units: valid.filter((unit) => services.offeredBy(unit).length > 0).map(toChoice),
    places: valid.map(toChoice),
    services: services.all(),
  })
  const tables = formTables(form)
  const tooLong = tables.flatMap(({ name, rows }) =>
    rows.flatMap((row, i) =>
      row.some((cell) => (cell?.length ?? 0) > MAX_CELL_LENGTH) ? [`${name} row ${i + 2}`] : [],
    ),
  )
  if (tooLong.length > 0)
    throw new Error(`A text is longer than a cell of Excel holds (${MAX_CELL_LENGTH}): ${tooLong[0]}`)
  return { bytes: encodeWorkbook(tables, createdAt), notCarriedOver: form.not_carried_over.map(({ cells }) => cells) }
}
