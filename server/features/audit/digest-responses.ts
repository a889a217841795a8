import { createHash } from 'node:crypto'
import { canonicalJson } from '../../domain/questionnaire/canonical.js'
import type { StoredResponse } from '../responses/index.js'

/** The text of a response under a seal; of one that holds what no response can, a text that no response has. */
function textOf({ id, fields }: StoredResponse): string {
  try {
    return canonicalJson({ id, ...JSON.parse(JSON.stringify(fields)) })
  } catch {
    return `not a response: ${id}`
  }
}

/** Count and digest of responses, in the order given; constant memory. */
export async function digestResponses(
  responses: AsyncIterable<StoredResponse>,
  signal?: AbortSignal,
): Promise<{ readonly count: number; readonly digest: string }> {
  const digest = createHash('sha256')
  let count = 0
  for await (const response of responses) {
    signal?.throwIfAborted()
    digest.update(`${textOf(response)}\n`, 'utf8')
    count += 1
  }
  return { count, digest: digest.digest('hex') }
}
