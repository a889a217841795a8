import type { Item, Questionnaire } from '../questionnaire/definition.js'
import { placedItems } from '../questionnaire/routing.js'
import { columnsOf } from './columns.js'
import type { ItemReader } from './import-plan.js'
import type { ImportMapping } from './mapping.js'

/** A cell in the words of the platform. */
export const translated = (text: string, codes: ReadonlyMap<string, string>) => codes.get(text.trim()) ?? text.trim()

/** Finds the columns of each item that is asked; what the mapping names wrongly is added to `faults`. */
export function itemReaders(
  headings: readonly string[],
  questionnaire: Questionnaire,
  { items: sources }: ImportMapping,
  faults: string[],
): readonly ItemReader[] {
  const items = placedItems(questionnaire).flatMap(({ item }) => (item.kind === 'context' ? [] : [item]))
  const codes = new Set(items.map(({ code }) => code))
  for (const code of Object.keys(sources)) if (!codes.has(code)) faults.push(`the questionnaire has no item ${code}`)
  return items.map((item) => {
    const source = sources[item.code] ?? { column: item.code }
    if ('value' in source) return { code: item.code, columns: [], read: () => source.value }
    const words = new Map(Object.entries(source.codes ?? {}))
    const found = columnsOf(headings, source.column)
    if (found.length > 1)
      faults.push(`${found.length} columns end in ${source.column}: name one in full in the mapping`)
    const split = splitColumns(headings, item, source.column, words)
    if (found.length === 0 && split.length === 0 && sources[item.code] !== undefined) {
      faults.push(`there is no column ${source.column}, which the mapping names for ${item.code}`)
    }
    return readerOf(item, found[0], split, words)
  })
}

interface SplitColumn {
  readonly at: number
  readonly choice: string
}

/** Columns such as `H6/3`: one for each choice of an item with several. */
function splitColumns(
  headings: readonly string[],
  item: Item,
  column: string,
  words: ReadonlyMap<string, string>,
): readonly SplitColumn[] {
  if (item.kind !== 'multi') return []
  const choices = words.size > 0 ? [...words] : item.options.map(({ code }) => [String(code), String(code)] as const)
  return choices.flatMap(([name, choice]) =>
    columnsOf(headings, `${column}/${name}`)
      .slice(0, 1)
      .map((at) => ({ at, choice })),
  )
}

function readerOf(
  item: Item,
  at: number | undefined,
  split: readonly SplitColumn[],
  words: ReadonlyMap<string, string>,
): ItemReader {
  const { code } = item
  const columns = [...(at === undefined ? [] : [at]), ...split.map((one) => one.at)]
  if (item.kind !== 'multi') {
    return {
      code,
      columns,
      read: (cells) => (at === undefined ? undefined : translated(cells[at] ?? '', words) || undefined),
    }
  }
  return {
    code,
    columns,
    read: (cells) => {
      const together = at === undefined ? '' : (cells[at] ?? '').trim()
      if (together !== '') return together.split(/\s+/).map((word) => translated(word, words))
      const ticked = split.filter((one) => /^(1|true)$/i.test((cells[one.at] ?? '').trim()))
      return ticked.length === 0 ? undefined : ticked.map(({ choice }) => choice)
    },
  }
}
