/** Groups of people: what they answer about themselves, and how content they are for it. Invented, like all of this. */
import type { RespondentType } from '../../server/domain/survey/vocabulary.js'
import type { Random } from './random.js'

/** One group of people by one item, such as an age band. */
export interface Group {
  /** Code of the item. */
  readonly code: number
  /** Share of all people, of any scale. */
  readonly weight: number
  /** In latent standard deviations. */
  readonly effect: number
}

/** An item that people are grouped by; the first of a respondent type is age or size, youngest or smallest first. */
export interface Grouping {
  readonly item: string
  readonly groups: readonly Group[]
}

const group = (code: number, weight: number, effect: number): Group => ({ code, weight, effect })

/** By respondent type; every group of one item meets every group of the others. */
export const GROUPINGS: Readonly<Record<RespondentType, readonly Grouping[]>> = {
  citizen: [
    {
      item: 'S2',
      groups: [group(1, 10, -0.12), group(2, 27, -0.06), group(3, 38, 0), group(4, 17, 0.07), group(5, 8, 0.14)],
    },
    { item: 'P1', groups: [group(1, 46, -0.03), group(2, 52, 0.03), group(3, 0.5, -0.1), group(98, 1.5, 0)] },
  ],
  business: [{ item: 'V2', groups: [group(1, 58, -0.04), group(2, 27, 0.02), group(3, 11, 0.05), group(4, 4, 0.1)] }],
}

/** What a person answers about the groups they belong to, their joint effect, and their rank in the first grouping. */
export interface Membership {
  readonly codes: Readonly<Record<string, number>>
  readonly effect: number
  /** 0 in the middle of the first grouping, in steps of 1. */
  readonly rank: number
}

/** Every combination of groups with its share of all people; shares add up to 1. */
export function memberships(type: RespondentType): readonly (readonly [Membership, share: number])[] {
  let all: readonly (readonly [Membership, number])[] = [[{ codes: {}, effect: 0, rank: 0 }, 1]]
  for (const [i, { item, groups }] of GROUPINGS[type].entries()) {
    const total = groups.reduce((sum, { weight }) => sum + weight, 0)
    all = all.flatMap(([member, share]) =>
      groups.map(({ code, weight, effect }, place) => {
        const rank = i === 0 ? place - (groups.length - 1) / 2 : member.rank
        const joined = { codes: { ...member.codes, [item]: code }, effect: member.effect + effect, rank }
        return [joined, (share * weight) / total] as const
      }),
    )
  }
  return all
}

const known = { citizen: memberships('citizen'), business: memberships('business') }

/** Draws the groups of a person. */
export const drawMembership = (random: Random, type: RespondentType): Membership => random.weighted(known[type])
