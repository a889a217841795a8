import type { IsoDay } from '../survey/vocabulary.js'
import type { UnitLink } from './unit.js'

/** One part of a unit that was divided without known shares. */
interface Piece {
  /** Which division: the unit and the day. */
  readonly division: string
  /** Which of its parts: the unit that took it. */
  readonly part: string
  /** Number of parts of the division. */
  readonly of: number
}

/** What a unit holds of an origin: a known share of it, or pieces of unknown size of that share. */
export interface Flow {
  readonly origin: string
  /** 0 < share ≤ 1; the size before the pieces were cut. */
  readonly share: number
  /** Divisions of unknown size on the way, oldest first; empty when the share is known. */
  readonly pieces: readonly Piece[]
}

/** What each unit holds at some moment. */
export type Holdings = ReadonlyMap<string, readonly Flow[]>

const keyOf = ({ origin, share, pieces }: Flow) =>
  [origin, share, ...pieces.map(({ division, part }) => `${division}>${part}`)].join('|')

/** The key of a flow without its last cut: flows that agree in it are parts of one thing. */
const wholeKeyOf = ({ origin, share, pieces }: Flow) =>
  `${keyOf({ origin, share, pieces: pieces.slice(0, -1) })}|${pieces.at(-1)?.division}`

/** Joins pieces whose every sibling arrived at the same unit: all parts together are the whole again. */
function rejoin(flows: readonly Flow[]): readonly Flow[] {
  const groups = new Map<string, Flow[]>()
  for (const flow of flows) {
    if (flow.pieces.length === 0) continue
    groups.set(wholeKeyOf(flow), [...(groups.get(wholeKeyOf(flow)) ?? []), flow])
  }
  for (const group of groups.values()) {
    const [first] = group
    const parts = new Set(group.map(({ pieces }) => pieces.at(-1)?.part))
    if (!first || parts.size !== first.pieces.at(-1)?.of) continue
    const rest = flows.filter((flow) => !group.includes(flow))
    return rejoin([...rest, { ...first, pieces: first.pieces.slice(0, -1) }])
  }
  return flows
}

function carry(flow: Flow, link: UnitLink, links: readonly UnitLink[], on: IsoDay): Flow {
  if (link.extent === 'whole') return flow
  if (link.share !== null) return { ...flow, share: flow.share * link.share }
  const piece: Piece = { division: `${link.from}@${on}`, part: link.to, of: links.length }
  return { ...flow, pieces: [...flow.pieces, piece] }
}

/**
 * Holdings after the links of one day, which all happen at once.
 *
 * @param linksFrom links that leave a unit on that day; a unit without links keeps what it holds
 */
export function flowOn(on: IsoDay, holdings: Holdings, linksFrom: (uid: string) => readonly UnitLink[]): Holdings {
  const next = new Map<string, Flow[]>()
  const put = (uid: string, flows: readonly Flow[]) => next.set(uid, [...(next.get(uid) ?? []), ...flows])
  for (const [uid, flows] of holdings) {
    const links = linksFrom(uid)
    if (links.length === 0) put(uid, flows)
    for (const link of links) {
      const carried = flows.map((flow) => carry(flow, link, links, on))
      put(link.to, carried)
    }
  }
  return new Map([...next].map(([uid, flows]) => [uid, rejoin(flows)]))
}
