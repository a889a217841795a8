import { expect } from 'chai'
import { canonicalJson } from '../../../../server/domain/questionnaire/canonical.js'
import type { Manifest } from '../../../../server/domain/release/release.js'
import { RELEASE_TABLE_COLUMNS } from '../../../../server/domain/release/release-tables.js'
import { MANIFEST_FILE, packBundle, SIGNATURE_FILE, streamBundle } from '../../../../server/features/releases/bundle.js'
import { saltedDigest, sha256 } from '../../../../server/features/releases/digests.js'
import { SALT_FILE } from '../../../../server/features/releases/make-contents.js'
import { signRelease } from '../../../../server/features/releases/signed-release.js'
import { verifyBundle } from '../../../../server/features/releases/verify-bundle.js'
import { createSigner, newSigningKey } from '../../../../server/platform/signing.js'
import { manyCases } from '../../../support/analysis-city.js'
import { cases } from '../../../support/guarded-city.js'
import { ANALYSED, analysedLines, contentsOf, releaseCases, releaseLines } from '../../../support/released-city.js'

const signer = createSigner(newSigningKey())
const FACTS = {
  release: '2026-web-citizen-r1',
  wave: '2026-web-citizen',
  number: 1,
  corrects: null,
  reason: { vi: 'Lần đầu', en: 'The first' },
  code: '0.1.0',
  draftedAt: '2026-11-26T03:00:00.000Z',
  simulated: false,
  responses: { received: 400, complete: 400, voided: 0 },
}
const PLACES = 97
const RESTRICTED = ['records.csv', 'guard.json', 'reports.json', SALT_FILE]

type Files = ReadonlyMap<string, Uint8Array>

/** A release with every kind of table, of 2,000 cases. */
const withTables = () => signed(releaseLines(ANALYSED, analysedLines(manyCases(2000))))

async function published(): Promise<Files> {
  const city = releaseCases([
    ...cases(120, 60, { unitUid: 'w1' }),
    ...cases(60, 30, { unitUid: 'w2' }),
    ...cases(4, 2, { unitUid: 'q3' }),
    ...cases(100, 80, { unitUid: 'q5' }),
    ...cases(116, 60, { unitUid: 'q7' }),
  ])
  return signed(city)
}

async function signed(city: ReturnType<typeof releaseLines>): Promise<Files> {
  const { manifest, files } = await contentsOf(city, FACTS)
  const signature = signRelease(signer, FACTS.release, manifest, new Date('2026-11-26T04:00:00Z'))
  return new Map<string, Uint8Array>([
    ...files,
    [MANIFEST_FILE, Buffer.from(manifest)],
    [SIGNATURE_FILE, Buffer.from(canonicalJson(signature))],
  ])
}

const verify = (files: Files) => verifyBundle(packBundle(files), [signer.publicKey])
const withFile = (files: Files, name: string, change: (text: string) => string): Files =>
  new Map([...files, [name, Buffer.from(change(Buffer.from(files.get(name)!).toString()))]])
const withoutFiles = (files: Files, names: readonly string[]): Files =>
  new Map([...files].filter(([name]) => !names.includes(name)))
const textOf = (files: Files, name: string) => Buffer.from(files.get(name)!).toString()

/** As somebody would who makes all digests fit again, without the city's key. */
function fitted(files: Files, sign = false): Files {
  const manifest = JSON.parse(textOf(files, MANIFEST_FILE)) as Manifest
  const salt = textOf(files, SALT_FILE)
  const listed = manifest.files.map((one) => {
    const bytes = files.get(one.name)!
    const digest = one.access === 'public' ? sha256(bytes) : saltedDigest(salt, bytes)
    return { ...one, bytes: bytes.length, digest }
  })
  const text = canonicalJson({ ...manifest, files: listed })
  const own = new Map([...files, [MANIFEST_FILE, Buffer.from(text)]])
  if (!sign) return own
  const signature = signRelease(signer, manifest.release, text, new Date('2026-11-26T04:00:00Z'))
  return new Map([...own, [SIGNATURE_FILE, Buffer.from(canonicalJson(signature))]])
}

describe('verifying a bundle', () => {
  let audit: Files
  let open: Files
  before(async () => {
    audit = await published()
    open = withoutFiles(audit, RESTRICTED)
  })

  it('recomputes every published figure from the records', async () => {
    const { faults, recomputedFrom, recomputedCount, release, keyId } = await verify(audit)
    expect([faults, recomputedFrom, release, keyId]).to.deep.equal([[], 'records', FACTS.release, signer.keyId])
    expect(recomputedCount).to.be.greaterThan(50)
  })

  it('recomputes without them what follows from the figures, and says how much does not', async () => {
    const { faults, recomputedFrom, recomputedCount, byRecordsCount } = await verify(open)
    expect([faults, recomputedFrom]).to.deep.equal([[], 'figures'])
    expect(recomputedCount).to.be.greaterThan(50)
    const all = await verify(audit)
    expect(recomputedCount + byRecordsCount).to.equal(all.recomputedCount)
  })

  it('names what was changed when any one bit is, wherever in the zip', async () => {
    for (const files of [audit, open]) {
      const bytes = packBundle(files)
      // Places all over it, each another bit.
      for (let i = 0; i < PLACES; i += 1) {
        const at = Math.floor((i * bytes.length) / PLACES)
        const changed = Uint8Array.from(bytes)
        changed[at] = changed[at]! ^ (1 << (i % 8))
        const { faults } = await verifyBundle(changed, [signer.publicKey])
        expect(faults, `byte ${at}`).to.not.deep.equal([])
      }
    }
  })

  it('names the line of one changed weight, also where every digest was made to fit and signed again', async () => {
    const changed = withFile(audit, 'records.csv', (text) => text.replace(/complete,1,/, 'complete,2,'))
    const weight = { kind: 'record', fault: { line: 2, column: 'weight', found: '2' } }
    const plain = (await verify(changed)).faults
    expect(plain).to.have.length(2)
    expect(plain[0]).to.deep.equal({ kind: 'altered', file: 'records.csv' })
    expect(plain[1]).to.deep.include({ kind: weight.kind })
    const [fault] = (await verify(fitted(changed, true))).faults
    expect(fault?.kind === 'record' && fault.fault).to.deep.include(weight.fault)
  })

  it('names the first figure that one changed answer moves', async () => {
    const changed = withFile(audit, 'records.csv', (text) => text.replace('w2,complete,1,5', 'w2,complete,1,1'))
    const [fault] = (await verify(fitted(changed, true))).faults
    if (fault?.kind !== 'figure') throw new Error(JSON.stringify(fault))
    expect(fault.difference.figure).to.equal('mean_of_children, total city, overall overall')
    expect(fault.difference.released).to.not.equal(fault.difference.recomputed)
  })

  it('names a published figure that was made prettier, with and without records', async () => {
    const prettier = (files: Files) =>
      withFile(files, 'figures.csv', (text) => {
        const line = text
          .split('\r\n')
          .find((one) => one.includes('"unit","none","w2"') && one.includes('"published"'))!
        return text.replace(line, line.replace(',50,', ',80,'))
      })
    const changed = fitted(prettier(audit), true)
    const [fault] = (await verify(changed)).faults
    if (fault?.kind !== 'figure') throw new Error(JSON.stringify(fault))
    expect([fault.difference.column, fault.difference.released]).to.deep.equal(['top_two_percent', '80'])
    expect(fault.difference.figure).to.include('unit w2')
    // Without records the first that no longer fits is the mean of the units, which stands above them.
    const [other] = (await verify(withoutFiles(changed, RESTRICTED))).faults
    if (other?.kind !== 'figure') throw new Error(JSON.stringify(other))
    expect(other.difference.figure).to.include('simple mean')
  })

  it('names a swapped method version', async () => {
    const swapped = withFile(audit, MANIFEST_FILE, (text) => text.replace('wilson95_v1', 'wilson95_v2'))
    const { faults } = await verify(fitted(swapped, true))
    expect(faults).to.deep.equal([
      { kind: 'other_method', found: 'top_two_box_wilson95_v2', known: 'top_two_box_wilson95_v1' },
    ])
  })

  it('names another threshold of disclosure under the same name of the method', async () => {
    const swapped = withFile(audit, 'method.json', (text) => text.replace('"minRespondents":10', '"minRespondents":5'))
    expect((await verify(fitted(swapped, true))).faults.map(({ kind }) => kind)).to.deep.equal(['other_method'])
  })

  it('names a form that is not the one the wave was asked with', async () => {
    const other = withFile(audit, 'questionnaire.json', (text) => text.replace('Criterion C1', 'Criterion X1'))
    expect((await verify(fitted(other, true))).faults.map(({ kind }) => kind)).to.deep.equal([
      'questionnaire_of_another',
    ])
  })

  it('refuses a manifest that was made to fit without the key, another key, and none', async () => {
    const forged = fitted(withFile(audit, 'wave.json', (text) => text.replace('Đợt 2026', 'Đợt 2027')))
    expect((await verify(forged)).faults[0]).to.deep.equal({ kind: 'altered', file: MANIFEST_FILE })
    const other = createSigner(newSigningKey())
    const byOther = await verifyBundle(packBundle(audit), [other.publicKey])
    expect(byOther.faults).to.deep.equal([{ kind: 'other_key', keyId: signer.keyId }])
    expect((await verify(withoutFiles(audit, [SIGNATURE_FILE]))).faults).to.deep.equal([{ kind: 'unsigned' }])
    const claimed = withFile(audit, SIGNATURE_FILE, (text) => text.replace('T04:00', 'T05:00'))
    expect((await verify(claimed)).faults).to.deep.equal([{ kind: 'bad_signature' }])
  })

  it('names files that are missing, and those that no manifest lists', async () => {
    expect((await verify(withoutFiles(audit, ['wave.json']))).faults[0]).to.deep.equal({
      kind: 'missing',
      file: 'wave.json',
    })
    expect((await verify(withoutFiles(audit, ['guard.json']))).faults[0]).to.deep.equal({
      kind: 'missing',
      file: 'guard.json',
    })
    expect((await verify(withoutFiles(audit, [SALT_FILE]))).faults[0]).to.deep.include({ file: SALT_FILE })
    const more = new Map([...audit, ['run-me.sh', Buffer.from('#!')]])
    expect((await verify(more)).faults[0]).to.deep.include({ kind: 'unreadable' })
  })

  it('says of what is no bundle that it is none', async () => {
    for (const bytes of [Buffer.from(''), Buffer.from('PK\u0003\u0004 and no more'), Buffer.alloc(5000, 7)])
      expect((await verifyBundle(bytes, [signer.publicKey])).faults[0]?.kind).to.equal('unreadable')
  })
})

describe('verifying the tables beyond the index', () => {
  let audit: Files
  let open: Files
  before(async () => {
    audit = await withTables()
    open = withoutFiles(audit, RESTRICTED)
  })

  it('recomputes each from the records, and each share from its counts without them', async () => {
    const [whole, part] = [await verify(audit), await verify(open)]
    expect([whole.faults, part.faults]).to.deep.equal([[], []])
    expect(part.recomputedCount + part.byRecordsCount).to.equal(whole.recomputedCount)
    const shares = textOf(audit, 'tables.csv')
      .split('\r\n')
      .filter((line) => /"(demographics|wishes|negatives)"/.test(line))
    expect(shares.length).to.be.greaterThan(10)
  })

  it('names a share that was made smaller, with and without records', async () => {
    const changed = fitted(
      withFile(audit, 'tables.csv', (text) => {
        const line = text
          .split('\r\n')
          .find((one) => one.includes('"negatives"') && one.includes('"H4"') && one.includes('"1"'))!
        const at = RELEASE_TABLE_COLUMNS.indexOf('n')
        const cells = line.split(',')
        return text.replace(line, cells.with(at, String(Number(cells[at]) - 1)).join(','))
      }),
      true,
    )
    for (const files of [changed, withoutFiles(changed, RESTRICTED)]) {
      const [fault] = (await verify(files)).faults
      if (fault?.kind !== 'figure') throw new Error(JSON.stringify(fault))
      expect([fault.difference.file, fault.difference.figure]).to.deep.equal(['tables.csv', 'negatives H4 1'])
    }
  })

  it('names the first figure that one changed wish moves', async () => {
    const changed = withFile(audit, 'records.csv', (text) => text.replace(/,1 2 3,(land|tax),/, ',1 2 4,$1,'))
    const [fault] = (await verify(fitted(changed, true))).faults
    if (fault?.kind !== 'figure') throw new Error(JSON.stringify(fault))
    expect(fault.difference.figure).to.include('wishes')
  })

  it('names roles of items that were swapped', async () => {
    const swapped = withFile(audit, 'analysis.json', (text) => text.replace('"wishes":"H6"', '"wishes":null'))
    expect((await verify(fitted(swapped, true))).faults[0]?.kind).to.be.oneOf(['record', 'figure'])
  })

  it('says which version checks a bundle of another layout', async () => {
    const earlier = withFile(audit, MANIFEST_FILE, (text) => text.replace('hai-long-release/2', 'hai-long-release/1'))
    expect((await verify(fitted(earlier, true))).faults).to.deep.equal([
      { kind: 'other_format', found: 'hai-long-release/1', code: '0.1.0' },
    ])
  })
})

describe('a bundle', () => {
  it('is the same zip to the bit, however its files are cut while it is packed', async () => {
    const files = await published()
    const whole = Buffer.from(packBundle(files))
    for (const size of [1, 7, 4096, 1 << 20]) {
      const cut = [...files].map(([name, bytes]) => {
        const few = size === 1 ? bytes.subarray(0, 500) : bytes
        const pieces = Array.from({ length: Math.ceil(few.length / size) }, (_, i) =>
          few.subarray(i * size, (i + 1) * size),
        )
        return [name, pieces] as const
      })
      const expected = size === 1 ? packBundle(new Map([...files].map(([n, b]) => [n, b.subarray(0, 500)]))) : whole
      const packed: Uint8Array[] = []
      for await (const bytes of streamBundle(new Map(cut))) packed.push(bytes)
      expect(Buffer.concat(packed).equals(Buffer.from(expected)), `pieces of ${size}`).to.equal(true)
    }
  })

  it('is the same zip to the bit in whatever order its files came, and whatever the time zone', () => {
    const files = new Map([
      ['b', Buffer.from('2')],
      ['a', Buffer.from('1')],
    ])
    const zone = process.env.TZ
    const here = packBundle(files)
    process.env.TZ = 'Pacific/Apia'
    expect(Buffer.from(packBundle(new Map([...files].reverse()))).equals(Buffer.from(here))).to.equal(true)
    if (zone === undefined) delete process.env.TZ
    else process.env.TZ = zone
  })
})
