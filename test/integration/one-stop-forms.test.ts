import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import { strFromU8, unzipSync } from 'fflate'
import readWorkbook from 'read-excel-file/node'
import { createSigner, newSigningKey } from '../../server/platform/signing.js'
import { readCsv } from '../support/csv.js'
import { runCommand } from '../support/run-command.js'

const HEAD = 'agency,dossier,day,by,TC1,TC2,TC3,TC4,TC5,TC6,TC7,TC8,TC9'
/** Two wards: the first rates itself 18 and is verified at 15.5, the second rates itself 12 and is verified at 15.5 too. */
const ROWS = [
  'p-ben-thanh,HS-1,2026-03-10,self,2,2,2,2,2,2,2,2,2',
  'p-ben-thanh,HS-1,2026-03-10,verified,2,2,2,2,2,2,1,1,1',
  'p-ben-thanh,HS-2,2026-03-11,verified,2,2,2,2,2,2,2,1,1',
  'p-sai-gon,HS-3,2026-03-10,self,2,2,2,2,2,2,0,0,0',
  'p-sai-gon,HS-3,2026-03-10,verified,2,2,2,2,2,2,1,1,1',
  'p-sai-gon,HS-4,2026-03-12,verified,1,2,2,2,2,2,2,2,1',
]

describe('npm run one-stop-forms', function () {
  this.timeout(60_000)
  const dir = mkdtempSync(join(tmpdir(), 'one-stop-'))
  const scores = join(dir, 'ratings.csv')
  const [out, key] = [join(dir, 'forms'), join(dir, 'key.pem')]
  const SIGNING_KEY = newSigningKey()
  const run = (args: readonly string[], env: Record<string, string> = { SIGNING_KEY }) =>
    runCommand(env, 'one-stop-forms', args)
  const write = (folder: string, more: readonly string[] = []) =>
    run(['--scores', scores, '--from', '2026-01-01', '--to', '2027-01-01', '--out', folder, ...more])

  before(() => {
    writeFileSync(scores, [HEAD, ...ROWS, ''].join('\n'))
    writeFileSync(key, createSigner(SIGNING_KEY).publicKey)
  })
  after(() => rmSync(dir, { recursive: true }))

  it('writes all forms, the table of figures and what fixes them', async () => {
    const { code, stdout } = await write(out, ['--dossier', 'HS-1'])
    expect([code, stdout.split('\n')[0]]).to.deep.equal([0, '2 agencies, 12 files written'])
    const forms = ['form-1-HS-1', 'form-2-p-ben-thanh', 'form-2-p-sai-gon', 'form-3']
    expect(readdirSync(out).sort()).to.deep.equal(
      [
        ...forms.flatMap((name) => [`${name}.docx`, `${name}.xlsx`]),
        'figures.csv',
        'manifest.json',
        'scores.csv',
        'signature.json',
      ].sort(),
    )
    const total = readCsv(readFileSync(join(out, 'figures.csv'), 'utf8').replace('\ufeff', '')).filter(
      ({ code: own }) => own === 'TOTAL',
    )
    expect(total.map((row) => [row.unit_uid, row.points_self, row.points_verified, row.class, row.rank])).to.deep.equal(
      [
        // (2·6 + 1 + 1 + 1) and (2·7 + 1 + 1): (15 + 16) / 2.
        ['p-ben-thanh', '18', '15.5', 'excellent', '1'],
        ['p-sai-gon', '12', '15.5', 'excellent', '1'],
      ],
    )
  })

  it('puts standard, own and verified points side by side, each with its line of figures.csv', async () => {
    const [sheet] = await readWorkbook(readFileSync(join(out, 'form-2-p-ben-thanh.xlsx')))
    const rows = sheet!.data.filter(([first]) => typeof first === 'number')
    expect(rows).to.have.length(9)
    // TC7: 2 by the agency; 1 and 2 verified.
    expect(rows[6]!.slice(2, 6)).to.deep.equal([2, 2, 1.5, 8])
    const total = sheet!.data.find((row) => row.includes('Tổng điểm'))!
    expect(total.slice(2)).to.deep.equal([18, 18, 15.5, 11])
    const released = readFileSync(join(out, 'figures.csv'), 'utf8').split('\r\n')
    expect(released[10]).to.include('"TOTAL"').and.include('p-ben-thanh')
    const words = sheet!.data.flat().join('\n')
    expect(words)
      .to.include('CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM')
      .and.include('Xếp loại: Xuất sắc')
      .and.include('Phường Bến Thành')
  })

  it('ranks all agencies in the third form, and says what nobody has confirmed', async () => {
    const [sheet] = await readWorkbook(readFileSync(join(out, 'form-3.xlsx')))
    const rows = sheet!.data.filter(([first]) => typeof first === 'number')
    expect(rows.map((row) => row.slice(2))).to.deep.equal([
      [2, 18, 18, 15.5, 'Xuất sắc', 1, 11],
      [2, 18, 12, 15.5, 'Xuất sắc', 1, 21],
    ])
    const docx = strFromU8(unzipSync(readFileSync(join(out, 'form-3.docx')))['word/document.xml']!).replaceAll(
      /<[^>]+>/g,
      ' ',
    )
    for (const expected of [
      'BẢNG TỔNG HỢP XẾP LOẠI CÁC CƠ QUAN',
      '15,50',
      'Độc lập - Tự do - Hạnh phúc',
      'Chưa đối chiếu với văn bản',
    ])
      expect(docx).to.include(expected)
  })

  it('can be computed anew from the ratings, and names a changed rating, figure and key', async () => {
    const good = await run(['--check', out, '--key', key])
    expect([good.code, good.stdout]).to.deep.equal([
      0,
      `${out}: every figure follows from the ratings, to the last digit, signed by the key given\n`,
    ])
    const figures = join(out, 'figures.csv')
    const before = readFileSync(figures, 'utf8')
    writeFileSync(figures, before.replace('15.5', '17.5'))
    const changed = await run(['--check', out, '--key', key])
    expect(changed.code).to.equal(1)
    expect(changed.stderr).to.include('figures.csv: is not what was written').and.include('figures.csv line 11')
    writeFileSync(figures, before)
    const ratings = join(out, 'scores.csv')
    const rated = readFileSync(ratings, 'utf8')
    writeFileSync(ratings, rated.replace('verified,2,2,2,2,2,2,1,1,1', 'verified,2,2,2,2,2,2,1,1,2'))
    expect((await run(['--check', out])).stderr)
      .to.include('scores.csv: is not what was written')
      .and.include('figures.csv line 10')
    writeFileSync(ratings, rated)
    writeFileSync(key, createSigner(newSigningKey()).publicKey)
    expect((await run(['--check', out, '--key', key])).stderr).to.include('by another key')
  })

  it('writes nothing where a rating is wrong, and says on which line', async () => {
    const wrong = join(dir, 'wrong.csv')
    writeFileSync(
      wrong,
      [HEAD, ROWS[0]!.replace('2,2,2', '2,5,2'), ROWS[1]!.replace('p-ben-thanh', 'p-khong-co'), ''].join('\n'),
    )
    const folder = join(dir, 'none')
    const { code, stderr } = await run([
      '--scores',
      wrong,
      '--from',
      '2026-01-01',
      '--to',
      '2027-01-01',
      '--out',
      folder,
    ])
    expect(code).to.equal(1)
    expect(stderr)
      .to.include('line 2, TC2: is 0, 1, 2 or nothing, not "5"')
      .and.include('line 3, agency: no agency "p-khong-co"')
    expect(readdirSync(folder)).to.deep.equal([])
    writeFileSync(wrong, 'agency,dossier\n')
    expect(
      (await run(['--scores', wrong, '--from', '2026-01-01', '--to', '2027-01-01', '--out', folder])).stderr,
    ).to.include('column by is missing')
  })

  it('refuses a folder with something in it, an unknown dossier and days that are none', async () => {
    expect((await write(out)).stderr).to.include('not empty')
    expect((await write(join(dir, 'other'), ['--dossier', 'HS-9'])).stderr).to.include('No rating of the dossier HS-9')
    const days = await run(['--scores', scores, '--from', '2026', '--to', '2027-01-01', '--out', join(dir, 'x')])
    expect(days.stderr).to.include('--from is a day')
  })
})
