/**
 * Checks a release offline: `verify-release BUNDLE.zip --key FILE [--key FILE…]`. Needs no database and no network.
 *
 * `--key`: the public key, as `/signing-key.pem` gives it; more than one where the key was changed. Exits with 1 and names what
 * was changed: a file, a line of the records, the first figure that differs. The bundle for everybody is recomputed as far
 * as published figures follow from each other, that for auditors from its records, every digit.
 */
import { readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { type BundleCheck, type BundleFault, verifyBundle } from '../server/features/releases/index.js'
import { done, failed, print, type Report } from './support/report.js'
import { runMain } from './support/run-main.js'

function inWords(fault: BundleFault): string {
  switch (fault.kind) {
    case 'unreadable':
      return `not a bundle of a release: ${fault.detail}`
    case 'missing':
      return `${fault.file}: is missing`
    case 'unexpected':
      return `${fault.file}: is in no manifest`
    case 'altered':
      return `${fault.file}: is not what was published`
    case 'repacked':
      return 'the zip: its files are as published, and something around them was changed'
    case 'unsigned':
      return 'signature.json: the release is not signed; a draft, or none of the city’s'
    case 'bad_signature':
      return 'signature.json: the signature is not by the key that it names'
    case 'signature_of_another':
      return 'signature.json: signs another release'
    case 'other_key':
      return `signature.json: names the key ${fault.keyId}, which is none of those given`
    case 'other_format':
      return `layout: the bundle is ${fault.found}, which version ${fault.code} of this program wrote and checks`
    case 'other_method':
      return `method: the release was computed by ${fault.found}, this program computes ${fault.known}`
    case 'record':
      return `records.csv line ${fault.fault.line}, ${fault.fault.column}: ${fault.fault.found}, must be ${fault.fault.expected}`
    case 'questionnaire_of_another':
      return `questionnaire.json: is ${fault.hash}, the wave was asked with ${fault.named}`
    case 'reports_differ':
      return 'reports.json: is not what the records give'
    case 'figure': {
      const { file, line, figure, column, released, recomputed } = fault.difference
      return `${file} line ${line} (${figure}), ${column}: released ${released || 'nothing'}, recomputed ${recomputed || 'nothing'}`
    }
  }
}

function toReport({ release, keyId, recomputedFrom, recomputedCount, byRecordsCount, faults }: BundleCheck): Report {
  if (faults.length > 0) return failed(`${release}: does not verify`, ...faults.map((fault) => `  ${inWords(fault)}`))
  const how =
    recomputedFrom === 'records'
      ? `all ${recomputedCount} published figures recomputed from the records, every digit the same`
      : `${recomputedCount} published figures recomputed from those beside them; ${byRecordsCount} follow from the records alone, which the bundle for auditors has`
  return done(`${release}: signed by ${keyId}, no bit changed; ${how}`)
}

await runMain(async () => {
  const { values, positionals } = parseArgs({
    options: { key: { type: 'string', multiple: true } },
    allowPositionals: true,
  })
  const [file, ...others] = positionals
  if (file === undefined || others.length > 0) throw new Error('Name one bundle: verify-release BUNDLE.zip --key FILE')
  if (!values.key) throw new Error('Name the public key: --key FILE (from /signing-key.pem)')
  const keys = values.key.map((key) => readFileSync(key, 'utf8'))
  print(toReport(await verifyBundle(readFileSync(file), keys)))
})
