import type { IndexReport } from '../../domain/report/index-report.js'
import { type EstimateView, type ReportContext, toEstimateView } from '../index-reports/index.js'
import type { AgencyScores } from './agency-scores.js'

/** The services of an agency, the weakest first. */
export interface ServicesView {
  readonly rows: readonly { readonly name: string; readonly href: string; readonly figure: EstimateView }[]
}

const indexOf = ({ cells }: IndexReport['blocks'][number]) =>
  cells.find(({ line }) => line.level === 'overall')?.estimate

/** Makes the table of services; `null` where there are fewer than two to compare. */
export function toServicesView(
  { byService, choices }: Pick<AgencyScores, 'byService' | 'choices'>,
  hrefOf: (service: string) => string,
  context: ReportContext,
): ServicesView | null {
  const blocks = (byService?.blocks ?? []).filter(({ group }) => group.scope === 'service')
  if (blocks.length < 2) return null
  const percentOf = (block: (typeof blocks)[number]) => {
    const estimate = indexOf(block)
    return estimate?.kind === 'published' ? estimate.figures.topTwoBoxPercent : Infinity
  }
  return {
    rows: blocks
      .toSorted((a, b) => percentOf(a) - percentOf(b))
      .flatMap((block) => {
        const estimate = indexOf(block)
        const code = block.group.service ?? ''
        const name = choices.find((one) => one.code === code)?.name[context.language] ?? code
        return estimate === undefined ? [] : [{ name, href: hrefOf(code), figure: toEstimateView(estimate, context) }]
      }),
  }
}
