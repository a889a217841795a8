import { expect } from 'chai'
import fc from 'fast-check'
import {
  changedRecords,
  type RecordedCase,
  recordMaker,
  recordsHead,
} from '../../../../server/domain/release/records.js'
import { saltedDigest } from '../../../../server/features/releases/digests.js'
import { countsOfChanged, freezeRecords } from '../../../../server/features/releases/freeze-records.js'
import {
  changedByUnit,
  linesByUnit,
  linesOfFile,
  type UnitLines,
  unitsOfFile,
} from '../../../../server/features/releases/record-lines.js'
import { wave } from '../../../support/builders.js'
import { RELEASED_PLAN, RELEASED_QUESTIONNAIRE } from '../../../support/released-city.js'

const { hash } = RELEASED_QUESTIONNAIRE
const lineOf = (one: Pick<RecordedCase, 'unitUid' | 'disposition' | 'answers'>) =>
  recordMaker(RELEASED_PLAN)({ ...one, service: 's1', flags: [], comment: null })

async function all<Value>(values: AsyncIterable<Value>): Promise<Value[]> {
  const found: Value[] = []
  for await (const value of values) found.push(value)
  return found
}

const cutInto = (bytes: Buffer, size: number) =>
  Array.from({ length: Math.ceil(bytes.length / size) }, (_, i) => bytes.subarray(i * size, (i + 1) * size))

/** A table of lines, as lines of it and as bytes. */
const table = fc
  .array(fc.tuple(fc.constantFrom('a', 'a-b', 'b', 'b1'), fc.constantFrom('1', '2', '3')), { maxLength: 12 })
  .map((rows) => rows.map(([unit, code]) => `${unit},${code}`).toSorted())
const fileOf = (lines: readonly string[]) => Buffer.from(['unit,code', ...lines, ''].join('\n'))

describe('a table of records as a file', () => {
  it('is read line by line however it is cut, without its head', async () => {
    const bytes = fileOf(['a,1', 'a,2', 'b,1'])
    for (let size = 1; size <= bytes.length; size += 1)
      expect(await all(linesOfFile(cutInto(bytes, size))), String(size)).to.deep.equal(['a,1', 'a,2', 'b,1'])
    expect(await all(linesOfFile([Buffer.from('unit,code')]))).to.deep.equal([])
    expect(await all(linesOfFile([Buffer.from('unit,code\nb,1')]))).to.deep.equal(['b,1'])
  })

  it('is read unit by unit, and none is cut in two', async () => {
    expect(await all(unitsOfFile(cutInto(fileOf(['a,1', 'a,2', 'b,1']), 5)))).to.deep.equal([
      { unitUid: 'a', lines: ['a,1', 'a,2'] },
      { unitUid: 'b', lines: ['b,1'] },
    ])
    expect(await all(unitsOfFile([fileOf([])]))).to.deep.equal([])
  })

  it('differs from another by the same records whether both are held whole or read unit by unit', async () => {
    await fc.assert(
      fc.asyncProperty(table, table, fc.integer({ min: 1, max: 30 }), async (before, after, size) => {
        const [old, fresh] = [before, after].map((lines) => unitsOfFile(cutInto(fileOf(lines), size)))
        expect(await all(changedByUnit(old!, fresh!))).to.deep.equal(changedRecords(before, after))
      }),
    )
  })
})

describe('a table of an earlier layout', () => {
  const head = recordsHead(RELEASED_PLAN)
  const now = [
    'w1,complete,1,5,5,5,5,5,,5,,s1,,',
    'w1,complete,1,2,2,2,2,2,,2,,s1,speeder,',
    'w2,complete,1,4,4,4,4,4,,4,,s2,,',
  ]
  const table = (first: string, lines: readonly string[]) => () => [
    Buffer.from([first, ...lines.toSorted(), ''].join('\n')),
  ]
  /** Eleven columns, as layout 1 had them. */
  const cut = (line: string) => line.split(',').slice(0, 11).join(',')
  const old = (lines: readonly string[]) => table(cut(head), lines.map(cut))

  it('is compared in the columns that it has', async () => {
    const same = await countsOfChanged(RELEASED_PLAN, old(now), table(head, now))
    expect([same.isWhole, same.counts.units.size]).to.deep.equal([false, 0])
    // By hand: one of w2 is gone, and nobody else changed in what the old table tells.
    const { counts } = await countsOfChanged(
      RELEASED_PLAN,
      old([...now, 'w2,complete,1,1,1,1,1,1,,1,,s2,,']),
      table(head, now),
    )
    expect([...counts.units].map(([uid, { responses }]) => [uid, responses])).to.deep.equal([['w2', 1]])
  })

  it('of this layout is compared whole: other flags are another record', async () => {
    const flagged = now.map((line) => line.replace(',s2,,', ',s2,speeder,'))
    const { counts, isWhole } = await countsOfChanged(RELEASED_PLAN, table(head, now), table(head, flagged))
    expect([isWhole, counts.units.get('w2')?.responses]).to.deep.equal([true, 2])
  })
})

describe('records of a wave', () => {
  const asked = wave({ unitUids: ['w2', 'w1', 'none'], questionnaireHash: hash })
  const response = (unitUid: string, C1: number, changed: object = {}) => ({
    unitUid,
    disposition: 'complete' as const,
    answers: { C1 },
    questionnaireHash: hash,
    mode: asked.mode,
    ...changed,
  })

  it('come unit by unit in the order of their characters, without those of another form or mode', async () => {
    const stored = [
      response('w1', 5),
      response('w1', 2),
      response('w2', 3),
      response('w1', 1, { questionnaireHash: 'other' }),
      response('w1', 1, { mode: 'phone' }),
    ]
    const asked1: string[] = []
    async function* responsesOf(unitUid: string) {
      asked1.push(unitUid)
      yield* stored.filter((one) => one.unitUid === unitUid)
    }
    expect(await all(linesByUnit(responsesOf, asked, lineOf))).to.deep.equal([
      { unitUid: 'w1', lines: ['w1,complete,1,2,,,,,,,,s1,,', 'w1,complete,1,5,,,,,,,,s1,,'] },
      { unitUid: 'w2', lines: ['w2,complete,1,3,,,,,,,,s1,,'] },
    ])
    expect(asked1).to.deep.equal(['none', 'w1', 'w2'])
  })

  it('fail as a whole when one unit cannot be read', async () => {
    async function* responsesOf(unitUid: string) {
      if (unitUid === 'w2') throw new Error('away')
      yield response(unitUid, 4)
    }
    let message = ''
    await all(linesByUnit(responsesOf, asked, lineOf)).catch((error) => {
      message = error.message
    })
    expect(message).to.equal('away')
  })

  it('are written with their head, each line ended, and fixed by the digest of what was written', async () => {
    const written: Buffer[] = []
    const releases = {
      async writeFile(_id: string, _name: string, chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>) {
        for await (const chunk of chunks) written.push(Buffer.from(chunk))
      },
    }
    async function* units(): AsyncGenerator<UnitLines> {
      yield { unitUid: 'w1', lines: ['w1,complete,1,2,,,,,,,,s1,,', 'w1,complete,1,5,,,,,,,,s1,,'] }
      yield { unitUid: 'w2', lines: ['w2,partial,1,,,,,,,,,s1,,'] }
    }
    const salt = 'ab'.repeat(32)
    const frozen = await freezeRecords(releases, 'r1', units(), { plan: RELEASED_PLAN, salt })
    const bytes = Buffer.concat(written)
    expect(bytes.toString()).to.equal(
      `${recordsHead(RELEASED_PLAN)}\nw1,complete,1,2,,,,,,,,s1,,\nw1,complete,1,5,,,,,,,,s1,,\nw2,partial,1,,,,,,,,,s1,,\n`,
    )
    expect(frozen.bytes).to.equal(bytes.length)
    expect(frozen.digest).to.equal(saltedDigest(salt, bytes))
    expect([...frozen.counts.units].map(([uid, { received, responses }]) => [uid, received, responses])).to.deep.equal([
      ['w1', 2, 2],
      ['w2', 1, 0],
    ])
  })
})
