import { estimateMean } from '../../../server/domain/statistics/estimation/design-estimate.js'
import { postStratify } from '../../../server/domain/statistics/estimation/post-stratify.js'
import { rake } from '../../../server/domain/statistics/estimation/rake.js'
import { createSampleDesign, type SampleDesign } from '../../../server/domain/statistics/estimation/sample-design.js'
import { type IntervalMethod, shareInterval } from '../../../server/domain/statistics/estimation/share-interval.js'
import { cronbachAlpha } from '../../../server/domain/statistics/instruments/cronbach-alpha.js'
import { wilsonInterval } from '../../../server/domain/statistics/wilson.js'
import { acceptanceCase } from './check-case.js'

type School = Readonly<Record<'stype' | 'sch.wide', string>> & Readonly<Record<'ok' | 'api00' | 'pw', number>>
interface Group {
  readonly stype?: string
  readonly 'sch.wide'?: string
  readonly Freq: number
}

/** Columns of a school that say who it is and are not computed with. */
const NAMES_OF_SCHOOLS = { 'rows>*>cds': 'names the school' }

const meanOf = (design: SampleDesign, values: readonly number[]) => {
  const estimate = estimateMean(design, values)!
  return { estimate: estimate.value, se: estimate.standardError }
}

function domainsOf(design: SampleDesign, rows: readonly School[], key: 'stype' | 'sch.wide') {
  const groups = [...new Set(rows.map((row) => row[key]))].sort()
  return groups.map((domain) => {
    const answers = rows.map(({ ok }) => ok)
    const { value, standardError } = estimateMean(design, answers, (i) => rows[i]![key] === domain)!
    return { domain, estimate: value, se: standardError }
  })
}

function intervalOf(design: SampleDesign, rows: readonly School[], method: IntervalMethod) {
  const answers = rows.map(({ ok }) => ok)
  const estimate = estimateMean(design, answers)!
  const { lowPercent, highPercent } = shareInterval(estimate, method)!
  const bounds = { lower: lowPercent / 100, upper: highPercent / 100 }
  return { estimate: estimate.value, ...bounds, method, df: estimate.degreesOfFreedom }
}

const stratified = acceptanceCase<{ rows: readonly (School & { fpc: number })[] }>(
  ['rows>*>stype', 'rows>*>sch.wide', 'rows>*>ok', 'rows>*>api00', 'rows>*>pw', 'rows>*>fpc'],
  ({ rows }) => {
    const design = (withFpc: boolean) =>
      createSampleDesign(
        rows.map(({ pw, stype, fpc }) => ({
          weight: pw,
          stratum: stype,
          populationClusters: withFpc ? fpc : undefined,
        })),
      )
    const plain = design(false)
    const ok = rows.map((row) => row.ok)
    return {
      mean_ok_fpc: meanOf(design(true), ok),
      mean_ok: meanOf(plain, ok),
      mean_api00: meanOf(
        plain,
        rows.map((row) => row.api00),
      ),
      by_stype: domainsOf(plain, rows, 'stype'),
      by_schwide: domainsOf(plain, rows, 'sch.wide'),
      ci_logit: intervalOf(plain, rows, 'logit'),
      ci_beta: intervalOf(plain, rows, 'beta'),
    }
  },
  { remarks: NAMES_OF_SCHOOLS },
)

const clusterDesign = (rows: readonly (School & { dnum: number })[]) =>
  createSampleDesign(rows.map(({ pw, dnum }) => ({ weight: pw, cluster: String(dnum) })))

const clustered = acceptanceCase<{ rows: readonly (School & { dnum: number })[] }>(
  ['rows>*>stype', 'rows>*>ok', 'rows>*>api00', 'rows>*>pw', 'rows>*>dnum'],
  ({ rows }) => {
    const design = clusterDesign(rows)
    return {
      mean_ok: meanOf(
        design,
        rows.map(({ ok }) => ok),
      ),
      mean_api00: meanOf(
        design,
        rows.map(({ api00 }) => api00),
      ),
      by_stype: domainsOf(design, rows, 'stype'),
      ci_logit: intervalOf(design, rows, 'logit'),
    }
  },
  { remarks: { ...NAMES_OF_SCHOOLS, 'rows>*>sch.wide': 'serves the raked case, which stands on these rows' } },
)

const marginOf = (rows: readonly School[], name: 'stype' | 'sch.wide', groups: readonly Group[]) => ({
  name,
  groupOf: rows.map((row) => row[name]),
  totals: new Map(groups.map((group) => [group[name]!, group.Freq])),
})

type Clustered = { readonly rows: readonly (School & { readonly dnum: number; readonly cds: string })[] }

const postStratified = ({ rows }: Clustered) =>
  acceptanceCase<{ margin: readonly Group[] }>(['margin'], ({ margin }) => {
    const outcome = postStratify(clusterDesign(rows), marginOf(rows, 'stype', margin))
    if (outcome.kind !== 'post_stratified') throw new Error(outcome.kind)
    return {
      mean_ok: meanOf(
        outcome.design,
        rows.map(({ ok }) => ok),
      ),
      mean_api00: meanOf(
        outcome.design,
        rows.map(({ api00 }) => api00),
      ),
    }
  })

// R's rake() stopped after four cycles, where the margins are up to 2.7e-5 off; a tolerance of 1e-4 stops there as well.
const raked = ({ rows }: Clustered) =>
  acceptanceCase<{ margins: { stype: readonly Group[]; sch_wide: readonly Group[] } }>(['margins'], ({ margins }) => {
    const fitted = [marginOf(rows, 'stype', margins.stype), marginOf(rows, 'sch.wide', margins.sch_wide)]
    const outcome = rake(clusterDesign(rows), fitted, { tolerance: 1e-4 })
    if (outcome.kind !== 'raked') throw new Error(outcome.kind)
    return {
      mean_ok: meanOf(
        outcome.design,
        rows.map(({ ok }) => ok),
      ),
      mean_api00: meanOf(
        outcome.design,
        rows.map(({ api00 }) => api00),
      ),
      weights: outcome.design.weights.map((weight, i) => ({ cds: rows[i]!.cds, weight })),
    }
  })

/** @param golden the cases; those calibrated stand on the rows of the clustered one */
export const designCases = (golden: { readonly clustered: Clustered }) => ({
  stratified,
  clustered,
  post_stratified: postStratified(golden.clustered),
  raked: raked(golden.clustered),
})

export const alphaCase = acceptanceCase<{ rows: readonly (readonly number[])[] }>(
  ['rows'],
  ({ rows }) => {
    const scale = cronbachAlpha(rows.map((row) => [...row]))!
    return { alpha_raw: scale.alpha, alpha_std: scale.standardisedAlpha }
  },
  { remarks: { source: 'says where the rows come from' } },
)

// For one success Hmisc puts −ln(0.95)/n in the place of Wilson's lower bound (Brown, Cai and DasGupta 2001); this code
// does not, see the test of the interval.
export const wilsonCase = acceptanceCase<{ rows: readonly { x: number; n: number }[] }>(
  ['rows>*>x', 'rows>*>n'],
  ({ rows }) => ({
    rows: rows.map(({ x, n }) => {
      const { lowPercent, highPercent } = wilsonInterval(x / n, n)
      return { p: x / n, lower: x === 1 ? -Math.log(0.95) / n : lowPercent / 100, upper: highPercent / 100 }
    }),
  }),
  { remarks: { source: 'says which function' } },
)
