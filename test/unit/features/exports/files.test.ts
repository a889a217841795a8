import { createHash } from 'node:crypto'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import { createSeededStream } from '../../../../server/domain/statistics/random/seeded-stream.js'
import { openRecordSpool } from '../../../../server/features/exports/record-spool.js'
import { checksumLines, createWholeFiles } from '../../../../server/features/exports/whole-files.js'

describe('records waiting for an export', () => {
  let dir: string
  beforeEach(() => {
    dir = mkdtempSync(join(tmpdir(), 'hai-long-'))
  })
  afterEach(() => rmSync(dir, { recursive: true }))

  it('come back each once, in an order that says nothing of the one before', () => {
    const stream = createSeededStream('spool')
    const spool = openRecordSpool(dir, 2, (most) => stream.below(most))
    const count = 60_000
    for (let i = 0; i < count; i++) spool.write(Uint16Array.of(i, 65_535 - i))
    const stored = [...spool.records('as_stored')].map(([first]) => first!)
    const shuffled = [...spool.records('shuffled')].map(([first, second]) => [first!, second!] as const)
    spool.close()
    expect(spool.count).to.equal(count)
    for (const order of [stored, shuffled.map(([first]) => first)])
      expect(Uint16Array.from(order).sort()).to.deep.equal(Uint16Array.from({ length: count }, (_, i) => i))
    expect(shuffled.every(([first, second]) => second === 65_535 - first)).to.equal(true)
    // Neighbours stay neighbours with chance 2/n: about 2 pairs of 60 000; in one file of the spool alone it would be hundreds.
    const kept = shuffled.filter(([first], i) => i > 0 && Math.abs(first - shuffled[i - 1]![0]) === 1)
    expect(kept.length).to.be.below(15)
  })

  it('have no name in the folder, so that a crash leaves nothing', () => {
    const spool = openRecordSpool(dir, 2, () => 0)
    spool.write(Uint16Array.of(1, 2))
    expect(readdirSync(dir)).to.deep.equal([])
    spool.close()
  })
})

describe('files of an export', () => {
  let dir: string
  beforeEach(() => {
    dir = mkdtempSync(join(tmpdir(), 'hai-long-'))
  })
  afterEach(() => rmSync(dir, { recursive: true }))

  it('have their names only when all are whole, with checksums of what is in them', async () => {
    const files = createWholeFiles()
    const first = await files.write(join(dir, 'a.csv'), [Buffer.from('một,'), Buffer.from('hai')])
    expect(readdirSync(dir)).to.deep.equal(['a.csv.part'])
    await files.write(join(dir, 'a.sha256'), [Buffer.from(checksumLines([first]))])
    files.finish()
    expect(readdirSync(dir).sort()).to.deep.equal(['a.csv', 'a.sha256'])
    const sum = createHash('sha256')
      .update(readFileSync(join(dir, 'a.csv')))
      .digest('hex')
    expect(readFileSync(join(dir, 'a.sha256'), 'utf8')).to.equal(`${sum}  a.csv\n`)
    expect(first.bytes).to.equal(Buffer.byteLength('một,hai'))
  })

  it('leave nothing when one fails on the way', async () => {
    const files = createWholeFiles()
    await files.write(join(dir, 'a.csv'), [Buffer.from('whole')])
    function* broken() {
      yield Buffer.from('half')
      throw new Error('the disk is full')
    }
    const failure = await files.write(join(dir, 'b.csv'), broken()).catch((error: Error) => error.message)
    files.abandon()
    expect(failure).to.equal('the disk is full')
    expect(readdirSync(dir)).to.deep.equal([])
  })
})
