import { DISCLOSURE_POLICIES } from '../disclosure/policy.js'
import type { IndexReport, ReportBlock } from '../report/index-report.js'
import { UNIT_KINDS, type UnitKind } from '../units/unit.js'
import { type KindOf, unitBlocks } from './judge-units.js'

/** How much was heard about a unit: nothing, too little to say, or enough complete responses for a figure. */
export type Hearing = 'silent' | 'few' | 'enough'

/** A unit about which nothing, or too little, was heard. */
export interface QuietUnit {
  readonly block: ReportBlock
  readonly kind: UnitKind
  readonly hearing: Exclude<Hearing, 'enough'>
}

/** Units of one kind in the wave's scope, by how much was heard. */
export type HearingCounts = Readonly<Record<Hearing, number>> & { readonly kind: UnitKind; readonly inScope: number }

/** What the wave did not hear. */
export interface Silence {
  /** Complete responses from which on a unit is heard enough. */
  readonly enoughCount: number
  /** Kinds with a unit in scope, in the registry's order. */
  readonly kinds: readonly HearingCounts[]
  /** The fewest responses first. */
  readonly quiet: readonly QuietUnit[]
}

/** How much was heard about a unit. */
export function hearingOf({ receivedCount, responseCount }: ReportBlock, enoughCount: number): Hearing {
  if (receivedCount === 0) return 'silent'
  return responseCount < enoughCount ? 'few' : 'enough'
}

/**
 * Counts units in scope by what was received about them. Counts of responses are shown on purpose: they say nothing about
 * answers (decision 19).
 */
export function countSilence({ blocks, reader }: Pick<IndexReport, 'blocks' | 'reader'>, kindOf: KindOf): Silence {
  const enoughCount = DISCLOSURE_POLICIES[reader].minReliableBase
  const units = unitBlocks(blocks).flatMap((block) => {
    const kind = kindOf(block.group.unitUid)
    return kind === undefined ? [] : [{ block, kind, hearing: hearingOf(block, enoughCount) }]
  })
  const kinds = UNIT_KINDS.flatMap((kind) => {
    const own = units.filter((unit) => unit.kind === kind)
    const countOf = (hearing: Hearing) => own.filter((unit) => unit.hearing === hearing).length
    const counts = {
      kind,
      inScope: own.length,
      silent: countOf('silent'),
      few: countOf('few'),
      enough: countOf('enough'),
    }
    return own.length === 0 ? [] : [counts]
  })
  const quiet = units.flatMap(({ hearing, ...unit }) => (hearing === 'enough' ? [] : [{ ...unit, hearing }]))
  return {
    enoughCount,
    kinds,
    quiet: quiet.toSorted(
      (a, b) => a.block.responseCount - b.block.responseCount || a.block.receivedCount - b.block.receivedCount,
    ),
  }
}
