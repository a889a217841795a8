import type { Condition } from '../questionnaire/definition.js'
import type { Localized } from '../survey/vocabulary.js'
import { PAGE_PREFIX } from './case-fields.js'
import { freeCode, toCode } from './codes.js'
import type { DraftItem } from './read-item.js'

/** A section before it is checked. */
export interface DraftSection {
  readonly code: string
  readonly title: Localized | undefined
  readonly lead?: Localized
  readonly showIf?: Condition
  readonly items: DraftItem[]
}

/** A group that is open, with what holds for all inside. */
export interface OpenGroup {
  readonly row: number
  readonly name: string
  readonly title: Localized | undefined
  /** Whether it is a repeat or stands in one: nothing inside comes over. */
  readonly isRepeated: boolean
  /** Conditions of the group and of those around it. */
  readonly conditions: readonly Condition[]
  lead?: Localized
  hasSection?: boolean
}

/** Code of the section that a group becomes; questions outside of all groups are a page `FORM`. */
export const sectionCode = (group: string | undefined) =>
  group === undefined ? 'FORM' : toCode(group.replace(PAGE_PREFIX, ''))

/**
 * Turns groups, which may stand in one another, into sections, which may not: each stretch of questions in the same group is one, and is
 * asked where all groups around it are.
 */
export function createPages() {
  const sections: DraftSection[] = []
  let groups: readonly OpenGroup[] = []
  let last: { readonly group: OpenGroup | undefined; readonly section: DraftSection } | undefined
  const group = () => groups.at(-1)
  const isGoingOn = () => last !== undefined && last.group === group()
  return {
    sections: sections as readonly DraftSection[],
    group,
    /** Groups that nobody has closed. */
    open: () => groups,
    begin(one: Pick<OpenGroup, 'row' | 'name' | 'title' | 'isRepeated'>, condition: Condition | undefined): void {
      const conditions = [...(group()?.conditions ?? []), ...(condition === undefined ? [] : [condition])]
      groups = [...groups, { ...one, isRepeated: one.isRepeated || group()?.isRepeated === true, conditions }]
    },
    /** @returns the group that is closed; `undefined` where none was open */
    end(): OpenGroup | undefined {
      const closed = group()
      groups = groups.slice(0, -1)
      return closed
    },
    /** @returns whether a text can stand before the questions of the page: one can, until the first of them */
    lead(text: Localized): boolean {
      const here = group()
      if (here === undefined || here.lead !== undefined || isGoingOn()) return false
      here.lead = text
      return true
    },
    /** Code of the section that the next question belongs to. */
    codeHere: () => (isGoingOn() ? last!.section.code : sectionCode(group()?.name)),
    add(item: DraftItem): void {
      if (!isGoingOn()) {
        const section = sectionOf(group(), (code) => sections.some((one) => one.code === code))
        sections.push(section)
        last = { group: group(), section }
      }
      last!.section.items.push(item)
    },
  }
}

export type Pages = ReturnType<typeof createPages>

function sectionOf(group: OpenGroup | undefined, isTaken: (code: string) => boolean): DraftSection {
  const { conditions = [], title } = group ?? {}
  const showIf = conditions.length > 1 ? { all: conditions } : conditions[0]
  const lead = group?.hasSection ? undefined : group?.lead
  if (group !== undefined) group.hasSection = true
  const code = freeCode(sectionCode(group?.name), isTaken)
  return { code, title, ...(lead && { lead }), ...(showIf && { showIf }), items: [] }
}
