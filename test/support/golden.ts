import { goldenFile } from './golden-file.js'

type Pair = readonly [number, number]
type CodedAnswer = number | 'NA' | null

/** Acceptance values of the methodology, worked out elsewhere in plain arithmetic; see test/fixtures/golden. */
interface Golden {
  readonly A1_criterion: Readonly<Record<string, number>> & { readonly answers: readonly CodedAnswer[] }
  readonly B1_aggregation: Readonly<Record<string, number>> & {
    readonly matrix: Readonly<Record<string, readonly CodedAnswer[]>>
    readonly criteria_pct: readonly number[]
  }
  readonly C1_wilson: { readonly cases: Readonly<Record<string, Pair>> }
  readonly C2_wilson_deff: { readonly p: number; readonly n: number; readonly deff: number; readonly ci: Pair }
  readonly E1_poststrat: {
    readonly strata: Readonly<Record<string, { readonly n: number }>>
    readonly weights: Readonly<Record<string, number>>
    readonly n_eff_kish: number
    readonly weighted: number
    readonly wilson_neff: Pair
  }
  readonly J2_gds_published: Readonly<
    Record<
      string,
      {
        counts_vd_d_n_s_vs: readonly [number, number, number, number, number]
        gds: number
        top2: number
        published_percent: number
      }
    >
  >
  readonly J3_sipas_published: { readonly hanoi2024: Readonly<Record<'policy' | 'service' | 'published', number>> }
  readonly L1_suppression: {
    readonly counts_nam_nu: Readonly<Record<string, Pair>>
    readonly k: number
    readonly primary: readonly (readonly [string, string])[]
    readonly complementary: readonly (readonly [string, string])[]
  }
  readonly M1_crosswalk: Readonly<Record<'pooled_TPThuDuc' | 'mean_of_pct', number>> & {
    readonly units: Readonly<Record<string, Pair>>
    readonly pop_weighted: { readonly pop: readonly number[]; readonly pct: number }
  }
  readonly N1_weighted_index: Readonly<Record<'index' | 'n_valid' | 'n_eff' | 'weighted_mean', number>> & {
    readonly data: readonly (readonly [number, CodedAnswer])[]
  }
}

export const golden = goldenFile<Golden>('index-acceptance.json')
