import type { Margin } from '../../server/domain/statistics/estimation/margin.js'
import { createSampleDesign, type SampleDesign } from '../../server/domain/statistics/estimation/sample-design.js'
import { goldenFile } from './golden-file.js'

/** One school of R's `survey` data sets. */
export interface School {
  readonly cds: string
  readonly dnum?: number
  readonly stype: string
  readonly 'sch.wide': string
  readonly ok: number
  readonly api00: number
  readonly pw: number
  readonly fpc?: number
}

interface Reference {
  readonly estimate: number
  readonly se: number
}
interface ReferenceInterval {
  readonly estimate: number
  readonly lower: number
  readonly upper: number
  readonly df: number
}
type Domains = readonly (Reference & { readonly domain: string })[]
interface Freq {
  readonly stype?: string
  readonly 'sch.wide'?: string
  readonly Freq: number
}

/** What R computed; see test/fixtures/golden. */
export const reference = goldenFile<{
  readonly stratified: {
    readonly rows: readonly School[]
    readonly mean_ok_fpc: Reference
    readonly mean_ok: Reference
    readonly mean_api00: Reference
    readonly by_stype: Domains
    readonly by_schwide: Domains
    readonly ci_logit: ReferenceInterval
    readonly ci_beta: ReferenceInterval
  }
  readonly clustered: {
    readonly rows: readonly School[]
    readonly mean_ok: Reference
    readonly mean_api00: Reference
    readonly by_stype: Domains
    readonly ci_logit: ReferenceInterval
  }
  readonly post_stratified: {
    readonly margin: readonly Freq[]
    readonly mean_ok: Reference
    readonly mean_api00: Reference
  }
  readonly raked: {
    readonly margins: { readonly stype: readonly Freq[]; readonly sch_wide: readonly Freq[] }
    readonly mean_ok: Reference
    readonly mean_api00: Reference
    readonly weights: readonly { readonly cds: string; readonly weight: number }[]
  }
}>('design-based-survey.json')

/** Design of `apistrat`: schools drawn in three strata. */
export const stratifiedDesign = (withFpc: boolean): SampleDesign =>
  createSampleDesign(
    reference.stratified.rows.map(({ pw, stype, fpc }) => ({
      weight: pw,
      stratum: stype,
      populationClusters: withFpc ? fpc : undefined,
    })),
  )

/** Design of `apiclus1`: 15 school districts, all their schools. */
export const clusteredDesign = (): SampleDesign =>
  createSampleDesign(reference.clustered.rows.map(({ pw, dnum }) => ({ weight: pw, cluster: String(dnum) })))

/** A margin of the population of `apiclus1`. */
export const schoolMargin = (name: 'stype' | 'sch.wide', totals: readonly Freq[]): Margin => ({
  name,
  groupOf: reference.clustered.rows.map((school) => school[name]),
  totals: new Map(totals.map((row) => [String(row[name]), row.Freq])),
})
