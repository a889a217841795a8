import { createHash } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Without } from '../../domain/audit/removal.js'
import { canonicalJson } from '../../domain/questionnaire/canonical.js'
import type { StoredResponse } from '../responses/index.js'

/** A response without some answers; itself where it has none of them. */
export function withoutItems({ id, fields }: StoredResponse, { wave, items, ids }: Without): StoredResponse {
  const { answers } = fields
  if (ids !== undefined && !ids.includes(id)) return { id, fields }
  if (fields.waveId !== wave || typeof answers !== 'object' || answers === null) return { id, fields }
  const kept = Object.entries(answers).filter(([code]) => !items.includes(code))
  if (kept.length === Object.keys(answers).length) return { id, fields }
  return { id, fields: { ...fields, answers: Object.fromEntries(kept) } }
}

/** The text of a response under a seal; of one that holds what no response can, a text that no response has. */
export function textOf({ id, fields }: StoredResponse): string {
  try {
    return canonicalJson({ id, ...JSON.parse(JSON.stringify(fields)) })
  } catch {
    return `not a response: ${id}`
  }
}

/** Responses under one digest. */
export interface ResponseDigest {
  readonly count: number
  /** SHA-256, hexadecimal. */
  readonly digest: string
  /** Id of the first that was left for the next digest; `null` when none was. */
  readonly nextId: string | null
}

/** After so many responses others get their turn, for twice as long as these took. */
const STRETCH = 200
const REST = 2

/** Count and digest of responses, in the order given, up to a number of them; constant memory. */
export async function digestResponses(
  responses: AsyncIterable<StoredResponse>,
  most = Number.POSITIVE_INFINITY,
  signal?: AbortSignal,
): Promise<ResponseDigest> {
  const digest = createHash('sha256')
  let count = 0
  let since = performance.now()
  for await (const response of responses) {
    if (count === most) return { count, digest: digest.digest('hex'), nextId: response.id }
    digest.update(`${textOf(response)}\n`, 'utf8')
    count += 1
    // A server that seals a million answers has people waiting for pages meanwhile.
    if (signal === undefined || count % STRETCH !== 0) continue
    await sleep(REST * (performance.now() - since), undefined, { signal })
    since = performance.now()
  }
  return { count, digest: digest.digest('hex'), nextId: null }
}
