import { createHash } from 'node:crypto'
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Method } from '../../domain/method/method.js'
import { scoreAgencies } from '../../domain/one-stop/dossier-scores.js'
import { readScores, type ScoreFault, scoreColumns } from '../../domain/one-stop/read-scores.js'
import { canonicalJson } from '../../domain/questionnaire/canonical.js'
import { addDays } from '../../domain/survey/day.js'
import type { IsoDay } from '../../domain/survey/vocabulary.js'
import type { UnitRegistry } from '../../domain/units/unit.js'
import { isSignedBy, keyIdOf, type Signer } from '../../platform/signing.js'
import type { Translate } from '../../platform/text.js'
import { officialFormFiles } from '../releases/index.js'
import { openCsv } from '../response-imports/index.js'
import { figuresFile } from './figures-file.js'
import { agenciesForm, agencyForm, dossierForm, type FormsInput } from './forms.view.js'

const FORMAT = 'hai-long-one-stop-1'
const SCORES = 'scores.csv'
const FIGURES = 'figures.csv'
const MANIFEST = 'manifest.json'
const SIGNATURE = 'signature.json'

/** What forms of ratings are made with. */
export interface FormsNeeds {
  readonly method: Method
  readonly registry: Pick<UnitRegistry, 'byUid' | 'validOn' | 'nameOf'>
  readonly signer: Signer | null
  readonly code: string
  readonly t: Translate
}

/** Which ratings, and what is wanted of them. */
export interface FormsRequest {
  /** Path of the table of ratings. */
  readonly scores: string
  readonly from: IsoDay
  /** First day no longer meant. */
  readonly to: IsoDay
  /** Folder, new or empty. */
  readonly out: string
  /** Dossiers that get a form of their own. */
  readonly dossiers: readonly string[]
  readonly isSimulated: boolean
}

export type FormsOutcome =
  | { readonly kind: 'written'; readonly files: readonly string[]; readonly agencyCount: number }
  | { readonly kind: 'columns_wrong'; readonly missing: readonly string[]; readonly unknown: readonly string[] }
  | { readonly kind: 'ratings_wrong'; readonly faults: readonly ScoreFault[] }
  | { readonly kind: 'nothing_rated' }
  | { readonly kind: 'unknown_dossier'; readonly dossier: string }
  | { readonly kind: 'folder_not_empty' }

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')

type Read = Exclude<FormsOutcome, { kind: 'written' | 'folder_not_empty' | 'unknown_dossier' }> | ReadRatings
interface ReadRatings {
  readonly kind: 'read'
  readonly scores: ReturnType<typeof readScores>['scores']
}

async function readRatings(
  { method, registry }: Pick<FormsNeeds, 'method' | 'registry'>,
  { scores: file, from, to }: Pick<FormsRequest, 'scores' | 'from' | 'to'>,
): Promise<Read> {
  const { headings, rows } = await openCsv(file)
  const wanted = scoreColumns(method)
  const missing = wanted.filter((name) => !headings.includes(name))
  const unknown = headings.filter((name) => !wanted.includes(name))
  if (missing.length > 0 || unknown.length > 0) return { kind: 'columns_wrong', missing, unknown }
  const table: { line: number; cells: Record<string, string> }[] = []
  for await (const { row: line, cells } of rows) {
    const named = headings.map((heading, i) => [heading, (cells[i] ?? '').trim()] as const)
    table.push({ line, cells: Object.fromEntries(named) })
  }
  const isAgency = (uid: string, on: IsoDay) => registry.validOn(on).some((unit) => unit.uid === uid)
  const { scores, faults } = readScores(table, { method, from, to, isAgency })
  if (faults.length > 0) return { kind: 'ratings_wrong', faults }
  return scores.length === 0 ? { kind: 'nothing_rated' } : { kind: 'read', scores }
}

const nameIn = (registry: FormsNeeds['registry'], on: IsoDay) => (uid: string) => registry.nameOf(uid, on)

/** Writes the forms with the table of figures that they name, and fixes both with the ratings under one signature. */
export async function writeForms(needs: FormsNeeds, request: FormsRequest): Promise<FormsOutcome> {
  const { method, registry, signer, code, t } = needs
  const { from, to, out, dossiers, isSimulated } = request
  mkdirSync(out, { recursive: true })
  if (readdirSync(out).length > 0) return { kind: 'folder_not_empty' }
  const read = await readRatings(needs, request)
  if (read.kind !== 'read') return read
  const unknown = dossiers.find((dossier) => !read.scores.some((one) => one.dossier === dossier))
  if (unknown !== undefined) return { kind: 'unknown_dossier', dossier: unknown }

  const until = addDays(to, -1)
  const ratings = readFileSync(request.scores)
  const agencies = scoreAgencies(method, read.scores)
  const nameOf = nameIn(registry, until)
  const { bytes, lines } = figuresFile(method, agencies, nameOf)
  const input: FormsInput = {
    method,
    scores: read.scores,
    agencies,
    lines,
    from,
    until,
    nameOf,
    scoresSha256: sha256(ratings),
    isSimulated,
    t,
  }
  const files = new Map<string, Uint8Array>([
    [SCORES, ratings],
    [FIGURES, bytes],
  ])
  const manifest = canonicalJson({
    format: FORMAT,
    method: { id: method.id, version: method.version },
    from,
    to,
    simulated: isSimulated,
    code,
    files: [...files].map(([name, content]) => ({ name, sha256: sha256(content) })),
  })
  files.set(MANIFEST, Buffer.from(manifest))
  if (signer) {
    const signature = signer.sign(Buffer.from(manifest)).toString('base64')
    files.set(SIGNATURE, Buffer.from(canonicalJson({ keyId: signer.keyId, signature })))
  }
  for await (const [name, content] of formFiles(input, dossiers)) files.set(name, content)
  // The manifest last: where it is, all that it names is.
  const order = [...files].sort(([a], [b]) => Number(a === MANIFEST) - Number(b === MANIFEST))
  for (const [name, content] of order) writeFileSync(join(out, name), content)
  return { kind: 'written', files: [...files.keys()].sort(), agencyCount: agencies.length }
}

const safeName = (text: string) => text.replaceAll(/[^\p{L}\d.-]/gu, '-')

async function* formFiles(input: FormsInput, dossiers: readonly string[]) {
  const forms = [
    ['form-3', agenciesForm(input)] as const,
    ...input.agencies.map((agency) => [`form-2-${agency.unitUid}`, agencyForm(input, agency)] as const),
    ...dossiers.map((dossier) => {
      const { unitUid } = input.scores.find((one) => one.dossier === dossier)!
      return [`form-1-${safeName(dossier)}`, dossierForm(input, dossier, unitUid)] as const
    }),
  ]
  for (const [name, form] of forms) {
    const { docx, xlsx } = await officialFormFiles(form, input.t)
    yield [`${name}.docx`, docx] as const
    yield [`${name}.xlsx`, xlsx] as const
  }
}

/** What is not as it was written. */
export type FormsFault =
  | { readonly kind: 'unreadable'; readonly file: string }
  | { readonly kind: 'altered'; readonly file: string }
  | { readonly kind: 'other_method'; readonly found: string }
  | { readonly kind: 'unsigned' | 'bad_signature' | 'other_key' }
  | { readonly kind: 'figures_differ'; readonly line: number }

interface Manifest {
  readonly format: string
  readonly method: { readonly id: string; readonly version: string }
  readonly from: IsoDay
  readonly to: IsoDay
  readonly files: readonly { readonly name: string; readonly sha256: string }[]
}

/**
 * Computes the figures of a folder of forms anew from its ratings.
 *
 * @param publicKey PEM; without it the signature is not looked at
 */
export async function checkForms(
  needs: Pick<FormsNeeds, 'method' | 'registry'>,
  dir: string,
  publicKey: string | null,
): Promise<readonly FormsFault[]> {
  let manifest: Manifest
  let text: Buffer
  try {
    text = readFileSync(join(dir, MANIFEST))
    manifest = JSON.parse(text.toString()) as Manifest
    if (manifest.format !== FORMAT) throw new Error('another format')
  } catch {
    return [{ kind: 'unreadable', file: MANIFEST }]
  }
  const { id, version } = manifest.method
  if (id !== needs.method.id || version !== needs.method.version)
    return [{ kind: 'other_method', found: `${id} ${version}` }]
  const altered = manifest.files.flatMap(({ name, sha256: expected }): FormsFault[] => {
    try {
      return sha256(readFileSync(join(dir, name))) === expected ? [] : [{ kind: 'altered', file: name }]
    } catch {
      return [{ kind: 'unreadable', file: name }]
    }
  })
  return [...signatureFaults(dir, text, publicKey), ...altered, ...(await figureFaults(needs, dir, manifest))]
}

function signatureFaults(dir: string, manifest: Buffer, publicKey: string | null): readonly FormsFault[] {
  if (publicKey === null) return []
  try {
    const { keyId, signature } = JSON.parse(readFileSync(join(dir, SIGNATURE), 'utf8')) as Record<string, string>
    if (keyId !== keyIdOf(publicKey)) return [{ kind: 'other_key' }]
    const isRight = isSignedBy(manifest, Buffer.from(signature ?? '', 'base64'), publicKey)
    return isRight ? [] : [{ kind: 'bad_signature' }]
  } catch {
    return [{ kind: 'unsigned' }]
  }
}

async function figureFaults(
  needs: Pick<FormsNeeds, 'method' | 'registry'>,
  dir: string,
  { from, to }: Manifest,
): Promise<readonly FormsFault[]> {
  const read = await readRatings(needs, { scores: join(dir, SCORES), from, to }).catch(() => null)
  if (read?.kind !== 'read') return [{ kind: 'unreadable', file: SCORES }]
  const nameOf = nameIn(needs.registry, addDays(to, -1))
  const anew = figuresFile(needs.method, scoreAgencies(needs.method, read.scores), nameOf)
    .bytes.toString()
    .split('\r\n')
  const written = readFileSync(join(dir, FIGURES)).toString().split('\r\n')
  const count = Math.max(anew.length, written.length)
  const first = Array.from({ length: count }, (_, i) => i).find((i) => anew[i] !== written[i])
  return first === undefined ? [] : [{ kind: 'figures_differ', line: first + 1 }]
}
