import type { UnitProblem } from './check-units.js'
import type { UnitData } from './unit.js'
import type { UnitMaps } from './unit-index.js'

/** Where the units below an ended one went on its last day; a child that lives on counts as its own successor. */
function impliedTargets(uid: string, on: string, maps: UnitMaps): Set<string> {
  const children = (maps.byParent.get(uid) ?? []).filter((child) =>
    child.parents.some((parent) => parent.uid === uid && parent.to === on),
  )
  const targets = children.flatMap((child) => {
    if (child.validTo !== on) return [child.uid]
    const links = (maps.outgoing.get(child.uid) ?? []).filter((dated) => dated.on === on)
    return links.map(({ link }) => link.to)
  })
  return new Set(targets)
}

/** Derived links that differ from what the links of the units below imply. */
export function checkDerivedLinks({ events }: UnitData, maps: UnitMaps): readonly UnitProblem[] {
  const groups = new Map<string, { on: string; from: string; to: Set<string>; event: number; link: number }>()
  events.forEach(({ on, links }, event) => {
    links.forEach((link, l) => {
      if (!link.derived) return
      const key = `${on} ${link.from}`
      const group = groups.get(key) ?? { on, from: link.from, to: new Set<string>(), event, link: l }
      group.to.add(link.to)
      groups.set(key, group)
    })
  })
  return [...groups.values()].flatMap(({ on, from, to, event, link }) => {
    const implied = impliedTargets(from, on, maps)
    const missing = [...implied].filter((uid) => !to.has(uid))
    const extra = [...to].filter((uid) => !implied.has(uid))
    if (missing.length + extra.length === 0) return []
    const message = `${from} on ${on}: the units below it lead elsewhere (missing: ${missing.join(', ') || 'none'}; too many: ${extra.join(', ') || 'none'})`
    return [{ code: 'derived_differs', subject: { kind: 'link' as const, event, link }, message }]
  })
}
