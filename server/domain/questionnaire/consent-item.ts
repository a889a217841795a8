import type { ChoiceItem, Item } from './definition.js'

/** Options of a choice item that let the case go on. */
export const goingOn = ({ options, stopsAt = [] }: ChoiceItem) => options.filter(({ code }) => !stopsAt.includes(code))

/**
 * Whether an item asks for consent: one answer goes on, all others end the case.
 *
 * The box that is ticked under the consent text answers it, so it is not asked a second time.
 */
export function isConsentItem(item: Item): item is ChoiceItem {
  return item.kind === 'choice' && item.stopsAt !== undefined && goingOn(item).length === 1
}
