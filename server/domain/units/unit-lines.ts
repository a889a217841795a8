import type { Dated, Unit, UnitEvent, UnitLink } from './unit.js'

/** What a file says of every unit that does not say otherwise. */
export interface LineDefaults {
  readonly kind?: string | undefined
  readonly parent?: string | undefined
  readonly from?: string | null | undefined
  readonly to?: string | null | undefined
  readonly legalBasis?: string | undefined
}

type Entry = readonly (readonly [key: string, text: string])[]

/** Words that YAML, or older readers of it, take for something else than text. */
const RESERVED = /^(?:true|false|null|yes|no|on|off|y|n)$/i
const PLAIN = /^[\p{L}\p{N}][\p{L}\p{N}./ -]*$/u

/** A text as YAML: bare where nothing but text can be meant. */
function scalar(text: string): string {
  const isDay = /^\d{4}-\d{2}-\d{2}$/.test(text)
  const isPlain = PLAIN.test(text) && !text.endsWith(' ') && !RESERVED.test(text) && !/^[\d.]/.test(text)
  return isDay || isPlain ? text : JSON.stringify(text)
}

const flow = (entry: Entry) => `{ ${entry.map(([key, text]) => `${key}: ${text}`).join(', ')} }`
const list = (texts: readonly string[]) => `[${texts.join(', ')}]`
const optional = (key: string, value: string | undefined): Entry => (value === undefined ? [] : [[key, value]])
const day = (value: string | null) => (value === null ? 'null' : scalar(value))

/** The ends of a stretch that are not those of the unit's life. */
const within = ({ from, to }: Dated, life: Dated): Entry => [
  ...(from === life.from ? [] : ([['from', day(from)]] as const)),
  ...(to === life.to ? [] : ([['to', day(to)]] as const)),
]

const isAllLife = ({ from, to }: Dated, life: Dated) => from === life.from && to === life.to

function names({ names: all }: Unit, life: Dated): Entry {
  const [first] = all
  if (first && all.length === 1 && isAllLife(first, life))
    return [
      ['vi', scalar(first.vi)],
      ['en', scalar(first.en)],
    ]
  const parts = all.map((one) => flow([['vi', scalar(one.vi)], ['en', scalar(one.en)], ...within(one, life)]))
  return [['names', list(parts)]]
}

function codes({ codes: all }: Unit, life: Dated): Entry {
  const [first] = all
  if (!first) return []
  if (all.length === 1 && first.scheme === 'GSO' && isAllLife(first, life)) return [['gso', scalar(first.value)]]
  const parts = all.map((one) =>
    flow([['scheme', scalar(one.scheme)], ['value', scalar(one.value)], ...within(one, life)]),
  )
  return [['codes', list(parts)]]
}

function parents({ parents: all }: Unit, life: Dated, defaults: LineDefaults): Entry {
  const [first] = all
  if (!first) return defaults.parent === undefined ? [] : [['parents', '[]']]
  if (all.length === 1 && isAllLife(first, life)) {
    return first.uid === defaults.parent ? [] : [['parent', scalar(first.uid)]]
  }
  return [['parents', list(all.map((one) => flow([['uid', scalar(one.uid)], ...within(one, life)])))]]
}

/**
 * A unit as one line of a file of `surveys/units`.
 *
 * @param defaults of that file: what they say already is left out
 * @example '- { uid: p-a, kind: phuong, vi: Phường A, en: A Ward, parent: tp, from: 2027-01-01, legalBasis: "NQ 1, Điều 2" }'
 */
export function unitLine(unit: Unit, defaults: LineDefaults = {}): string {
  const life = { from: unit.validFrom, to: unit.validTo }
  const ends = (['from', 'to'] as const).filter((key) => life[key] !== (defaults[key] ?? null))
  const entry: Entry = [
    ['uid', scalar(unit.uid)],
    ...(unit.kind === defaults.kind ? [] : ([['kind', scalar(unit.kind)]] as const)),
    ...names(unit, life),
    ...codes(unit, life),
    ...parents(unit, life, defaults),
    ...ends.map((key) => [key, day(life[key])] as const),
    ...(unit.legalBasis === defaults.legalBasis ? [] : ([['legalBasis', scalar(unit.legalBasis)]] as const)),
    ...optional('aliases', unit.aliases && list(unit.aliases.map(scalar))),
    ...optional('population', unit.population?.toString()),
    ...optional('verified', unit.verified?.toString()),
    ...optional('note', unit.note && scalar(unit.note)),
  ]
  return `- ${flow(entry)}`
}

function linkLine(link: UnitLink): string {
  const from = ['from', scalar(link.from)] as const
  if (link.extent === 'whole')
    return flow([
      ['to', scalar(link.to)],
      ['whole', list([scalar(link.from)])],
    ])
  if (link.share === null)
    return flow([
      ['to', scalar(link.to)],
      ['part', list([scalar(link.from)])],
    ])
  return flow([
    from,
    ['to', scalar(link.to)],
    ['share', String(link.share)],
    ...optional('basis', link.shareBasis ?? undefined),
  ])
}

/** An event as the lines of an entry under `events:`, one line for each link. */
export function eventLines({ on, type, legalBasis, note, links }: UnitEvent): readonly string[] {
  return [
    `- on: ${on}`,
    `  type: ${type}`,
    `  legalBasis: ${scalar(legalBasis)}`,
    ...(note === undefined ? [] : [`  note: ${scalar(note)}`]),
    '  links:',
    ...links.map((link) => `    - ${linkLine(link)}`),
  ]
}
