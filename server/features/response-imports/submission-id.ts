import { createHash } from 'node:crypto'

/**
 * The id of a submission that was collected elsewhere: the same for the same submission, whichever export it is in.
 *
 * SHA-256 of its name there, cut to a UUID of version 8. Stored in place of that name, so that who reads our data does not
 * find the record of the collecting server by it.
 *
 * @see RFC 9562, section 5.8
 */
export function submissionIdOf(instanceId: string): string {
  const bytes = createHash('sha256').update(`hai-long import ${instanceId.toLowerCase()}`).digest().subarray(0, 16)
  bytes[6] = (bytes[6]! & 0x0f) | 0x80
  bytes[8] = (bytes[8]! & 0x3f) | 0x80
  const hex = bytes.toString('hex')
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-')
}
