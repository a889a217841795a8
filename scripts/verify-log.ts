/**
 * Looks through the audit log, its signed ends and the responses that it seals: `verify-log --key FILE [--key FILE…] [--heads FILE]`.
 * `--key`: the public key, as `/signing-key.pem` gives it; left out, that of SIGNING_KEY. `--heads`: a copy of `/audit/heads.json`
 * kept elsewhere. Exits with 1 and names everything that is not as written. Settings: MONGODB_URI, or DATA_DIR.
 */
import { readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { z } from 'zod'
import { instantOf } from '../server/domain/audit/seal.js'
import { checkAudit, type LogCheck, type LogFault } from '../server/features/audit/index.js'
import { createSigner } from '../server/platform/signing.js'
import { openFromSettings } from './support/open-database.js'
import { done, failed, print, type Report } from './support/report.js'
import { runMain } from './support/run-main.js'

const headsFile = z.object({
  heads: z.array(
    z.object({ seq: z.number(), hash: z.string(), at: z.string(), keyId: z.string(), signature: z.string() }),
  ),
})

function inWords(fault: LogFault): string {
  switch (fault.kind) {
    case 'missing':
      return `event ${fault.seq}: events before it are missing`
    case 'out_of_place':
      return `event ${fault.seq}: stands where another belongs`
    case 'changed':
      return `event ${fault.seq}: was changed`
    case 'unlinked':
      return `event ${fault.seq}: the event before it is another than it was written after`
    case 'bad_signature':
      return `end ${fault.seq}: is not signed by the key`
    case 'head_not_in_log':
      return `end ${fault.seq}, signed at ${fault.at}: the log does not hold it; it was cut off or written anew`
    case 'seal_gap':
      return `seal ${fault.seq}: does not begin where the one before it ends`
    case 'responses_differ': {
      const { fromId, toId, count } = fault.seal
      const stretch = `${instantOf(fromId).toISOString()} to ${instantOf(toId).toISOString()}`
      return `seal ${fault.seq}: responses stored from ${stretch} differ: ${count} were sealed, ${fault.foundCount} are there`
    }
    case 'bad_removal':
      return `removal ${fault.seq}: is not signed by the key, or began from something else than was sealed`
    case 'removal_unfinished':
      return `seal ${fault.seq}: a removal was written down and is not carried out yet; the server goes on with it`
    case 'foreign_responses':
      return `${fault.count} responses lie under ids that no intake gives`
  }
}

function toReport({ faults, eventCount, headCount, sealedCount, unsealedCount, end }: LogCheck): Report {
  const seen = `${eventCount} events, ${headCount} signed ends, ${sealedCount} sealed responses, ${unsealedCount} not sealed yet`
  if (faults.length === 0) return done(`${seen}: nothing was altered. The log ends with ${end.seq} ${end.hash}`)
  return failed(`${seen}: ${faults.length} faults`, ...faults.map((fault) => `  ${inWords(fault)}`))
}

function keysOf(files: readonly string[], signingKey: string | undefined): readonly string[] {
  if (files.length > 0) return files.map((file) => readFileSync(file, 'utf8'))
  if (!signingKey) throw new Error('Name the public key: --key FILE (from /signing-key.pem), or set SIGNING_KEY')
  return [createSigner(signingKey).publicKey]
}

await runMain(async () => {
  const { values } = parseArgs({ options: { key: { type: 'string', multiple: true }, heads: { type: 'string' } } })
  const keys = keysOf(values.key ?? [], process.env.SIGNING_KEY)
  const kept = values.heads === undefined ? [] : headsFile.parse(JSON.parse(readFileSync(values.heads, 'utf8'))).heads
  const database = await openFromSettings(process.env)
  try {
    print(toReport(await checkAudit(database.connection, keys, kept)))
  } finally {
    await database.close()
  }
})
