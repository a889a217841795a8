import { canonicalJson } from '../questionnaire/canonical.js'
import { type Localized, NONRESPONSE } from '../survey/vocabulary.js'
import type { ReadList } from './read-choices.js'
import type { Finding } from './sheets.js'

interface DraftScale {
  readonly options: readonly { readonly code: number; readonly label: Localized }[]
  readonly notApplicable?: Localized
  readonly dontKnow?: Localized
}

/** Scales out of the lists that ratings use; lists that differ in what is offered beside the five steps are one scale. */
export function readScales(lists: Iterable<ReadList>): {
  scales: Readonly<Record<string, DraftScale>>
  findings: readonly Finding[]
} {
  const scales = new Map<string, DraftScale>()
  const findings: Finding[] = []
  for (const { name, row, scale, choices } of lists) {
    if (scale === undefined) continue
    const labelOf = (wanted: number) => choices.find(({ code }) => code === wanted)?.label
    const notApplicable = labelOf(NONRESPONSE.notApplicable)
    const dontKnow = labelOf(NONRESPONSE.dontKnow)
    const options = choices
      .filter(({ code }) => code < NONRESPONSE.notApplicable)
      .map(({ code, label }) => ({ code, label }))
    const known = scales.get(scale)
    const read = { options, ...(notApplicable && { notApplicable }), ...(dontKnow && { dontKnow }) }
    scales.set(scale, { ...read, ...known })
    if (known !== undefined && canonicalJson({ ...known, ...read }) !== canonicalJson({ ...read, ...known })) {
      const what = `list ${name} has other words than the list of scale ${scale} before it: those are taken`
      findings.push({ sheet: 'choices', row, column: 'label', what })
    }
  }
  return { scales: Object.fromEntries(scales), findings }
}
