import { createColumnBuilder } from './column-builder.js'
import { addCaseColumns, addDesignColumns, addWaveColumns } from './fact-columns.js'
import { addFlagColumns } from './flag-columns.js'
import { addItemColumns } from './item-columns.js'
import type { MicrodataPlan, MicrodataSource, QuasiIdentifier } from './microdata-plan.js'
import { addPlaceColumns } from './place-columns.js'

/** Cost of what analysts miss least: where somebody lives, and in which language the form was filled in. */
const LEAST_COST = 1
/** Cost of the months of transaction and answer. */
const TIME_COST = 2

/**
 * The columns of a wave's microdata, in order, and what of them could point at a respondent.
 *
 * Costs of withholding: residence and language 1, months 2, demographic items from 2 for the last named by one more each,
 * then the service. The unit is given up last of all and has no cost.
 *
 * @throws {RangeError} when an item that can be withheld has an option 95
 */
export function planMicrodata(source: MicrodataSource): MicrodataPlan {
  const builder = createColumnBuilder()
  addWaveColumns(builder, source)
  const places = addPlaceColumns(builder, source)
  const { language, seconds } = addCaseColumns(builder)
  const ratings: number[] = []
  addFlagColumns(builder, source, { seconds, ratingSlots: () => ratings })
  addDesignColumns(builder)
  const items = addItemColumns(builder, source)
  ratings.push(...items.ratings)
  const quasi: QuasiIdentifier[] = [
    ...demographicsOf(source, items.quasi),
    { key: 'service', slots: [places.service], cost: TIME_COST + source.demographics.length },
    { key: 'time', slots: [places.transaction, places.answered], cost: TIME_COST },
    { key: 'language', slots: [language], cost: LEAST_COST },
  ]
  return {
    source,
    slots: builder.slots,
    columns: builder.columns,
    unitSlot: places.unit,
    secondsSlot: seconds,
    quasi: quasi.sort((a, b) => b.cost - a.cost),
  }
}

function demographicsOf(
  { demographics }: MicrodataSource,
  slots: ReadonlyMap<string, number>,
): readonly QuasiIdentifier[] {
  return [...slots].map(([code, slot]) => {
    const place = demographics.indexOf(code)
    return { key: code, slots: [slot], cost: place < 0 ? LEAST_COST : TIME_COST + demographics.length - 1 - place }
  })
}
