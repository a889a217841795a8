import { isDeepStrictEqual } from 'node:util'
import {
  type CompositeTally,
  EMPTY_COMPOSITE,
  EMPTY_TALLY,
  type ItemTally,
  type Tally,
} from '../../domain/index/tally.js'

/** Order of a composite's sums in its list; part of the stored form, so only ever added to at the end. */
const SUMS = [
  'respondents',
  'answers',
  'hits',
  'answersSquared',
  'hitsSquared',
  'answersTimesHits',
  'scores',
  'scoresSquared',
  'answersTimesScores',
] as const satisfies readonly (keyof CompositeTally)[]

type Sums = readonly number[]
type Packed = readonly [
  received: number,
  responses: number,
  items: Readonly<Record<string, readonly [answered: number, codes: ItemTally['codes']]>>,
  factors: Readonly<Record<string, Sums>>,
  overall: Sums,
  balancedOverall: Sums,
]

const sumsOf = (composite: CompositeTally): Sums => SUMS.map((name) => composite[name])

function compositeOf(sums: Sums): CompositeTally {
  const composite = { ...EMPTY_COMPOSITE } as { -readonly [Name in keyof CompositeTally]: number }
  for (let i = 0; i < SUMS.length; i++) composite[SUMS[i]!] = sums[i]!
  return composite
}

function mapValues<From, To>(record: Readonly<Record<string, From>>, map: (value: From) => To): Record<string, To> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, map(value)]))
}

/**
 * A tally as one text: a database reads, checks and rewrites it as a single value. As a document of some four hundred fields a
 * tally took three times the room and most of the database's time in counting a wave.
 */
export function packTally({ received, responses, items, factors, overall, balancedOverall }: Tally): string {
  const packed: Packed = [
    received,
    responses,
    mapValues(items, ({ answered, codes }) => [answered, codes] as const),
    mapValues(factors, sumsOf),
    sumsOf(overall),
    sumsOf(balancedOverall),
  ]
  return JSON.stringify(packed)
}

/** Reads a stored tally back: a text, or the document of earlier versions, from which a driver may have dropped empty objects. */
export function unpackTally(stored: string | Partial<Tally> | null): Tally {
  if (typeof stored !== 'string') return { ...EMPTY_TALLY, ...stored }
  const [received, responses, items, factors, overall, balancedOverall] = JSON.parse(stored) as Packed
  return {
    received,
    responses,
    items: mapValues(items, ([answered, codes]) => ({ answered, codes })),
    factors: mapValues(factors, compositeOf),
    overall: compositeOf(overall),
    balancedOverall: compositeOf(balancedOverall),
  }
}

/** Whether what is stored says the same as a tally; the order of items within does not matter. */
export function isStoredAs(stored: string | Partial<Tally> | null, tally: Tally): boolean {
  // Counted in the same order, both are the same text: several times cheaper to see than that two trees are alike.
  return stored === packTally(tally) || isDeepStrictEqual(unpackTally(stored), tally)
}
