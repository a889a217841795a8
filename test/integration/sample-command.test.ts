import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { expect } from 'chai'
import { analysisFiles, printed, refused, toCsv } from '../support/analysis-files.js'
import { goldenFile } from '../support/golden-file.js'

interface Sized {
  readonly exact: number
  readonly whole: number
}
interface SizeOutput {
  readonly unlimited: Sized
  readonly answers: Sized
  readonly toHandOut: Sized
}
interface Draw {
  readonly sha256: string
  readonly units: readonly { readonly id: string; readonly probability: number; readonly baseWeight: number }[]
}

const golden = goldenFile<{
  D1_slovin: { values: Record<string, [number, number]> }
  D2_cochran: Record<'n0' | 'n0_ceil' | 'fpc_1500' | 'fpc_1500_ceil' | 'deff15_resp80' | 'deff15_resp80_ceil', number> &
    Record<'e_for_n385', number>
  D3_allocation: Record<'N' | 'sqrt' | 'proportional_min60', number[]> & { n: number }
  D4_pps_systematic: { k: number; sizes: number[] }
}>('statistics-acceptance.json')

const sample = <T>(...args: readonly string[]) => printed<T>('sample.ts', ...args)
const refusal = async (...args: readonly string[]) => (await refused('sample.ts', ...args)).message

describe('the command sample', function () {
  this.timeout(120_000)
  const files = analysisFiles()
  const { D1_slovin: d1, D2_cochran: d2, D3_allocation: d3, D4_pps_systematic: d4 } = golden
  const strata = d3.N.map((size, i) => ({ stratum: `h${i + 1}`, size }))
  const wards = d4.sizes.map((households, i) => ({ ward: `Phường ${i + 1}`, households }))
  after(() => files.remove())

  it('gives sizes and margins of the acceptance values D1 and D2', async () => {
    const corrections = ['--population', '1500', '--design-effect', '1.5', '--response-rate', '0.8']
    const { unlimited, answers, toHandOut } = await sample<SizeOutput>('size', '--margin', '0.05', ...corrections)
    expect(unlimited.exact).to.be.closeTo(d2.n0, 1e-9)
    expect(answers.exact).to.be.closeTo(d2.fpc_1500, 1e-9)
    expect(toHandOut.exact).to.be.closeTo(d2.deff15_resp80, 1e-9)
    const wholes = [d2.n0_ceil, d2.fpc_1500_ceil, d2.deff15_resp80_ceil]
    expect([unlimited.whole, answers.whole, toHandOut.whole]).to.deep.equal(wholes)
    const slovin = ['size', '--formula', 'slovin', '--margin', '0.05', '--population', '1500']
    expect((await sample<SizeOutput>(...slovin)).answers.whole).to.equal(d1.values['1500']![1])
    const { margin } = await sample<{ margin: number }>('size', '--size', '385')
    expect(margin).to.be.closeTo(d2.e_for_n385, 1e-12)
  })

  it('shares a total out as acceptance value D3 does', async () => {
    const csv = files.write('strata.csv', toCsv(strata))
    const table = ['allocate', '--csv', csv, '--name', 'stratum', '--size', 'size', '--total', String(d3.n)]
    const casesOf = async (...rule: readonly string[]) =>
      (await sample<{ strata: { cases: number }[] }>(...table, ...rule)).strata.map(({ cases }) => cases)
    expect(await casesOf('--rule', 'power')).to.deep.equal(d3.sqrt)
    expect(await casesOf('--minimum', '60')).to.deep.equal(d3.proportional_min60)
    expect(await refusal(...table, '--minimum', '101')).to.equal(
      '--total 400 is too small: the minimum of all strata takes 404',
    )
  })

  it('plans a draw under a hash, and draws it again for anybody who has the plan', async () => {
    const csv = files.write('wards.csv', toCsv(wards))
    const out = files.path('plan.json')
    const frame = ['plan', '--csv', csv, '--id', 'ward', '--size', 'households', '--count', String(d4.k)]
    const plan = await sample<{ sha256: string }>(...frame, '--seed', 'Xổ số 25.11.2026: 123456', '--out', out)
    // What was published stands for these bytes, whoever hashes them.
    expect(plan.sha256).to.equal(createHash('sha256').update(readFileSync(out)).digest('hex'))
    const draw = await sample<Draw>('draw', '--plan', out, '--sha256', plan.sha256, '--take', '20')
    expect(await sample<Draw>('draw', '--plan', out, '--take', '20')).to.deep.equal(draw)
    expect(draw.units).to.have.length(d4.k)
    for (const { id, probability, baseWeight } of draw.units) {
      // π = k·M_i / M, and with 20 taken in each unit every case weighs M / (k · 20) = 8000 / 40.
      const { households } = wards.find(({ ward }) => ward === id)!
      expect(probability).to.be.closeTo((d4.k * households) / 8000, 1e-12)
      expect(baseWeight).to.be.closeTo(200, 1e-9)
    }
    expect(await refusal(...frame, '--seed', 'another', '--out', out)).to.include('is there already')
    expect(await refusal('draw', '--plan', out, '--sha256', '0'.repeat(64))).to.include('is not the plan of --sha256')
    const touched = files.write('touched.json', readFileSync(out, 'utf8').replace('1200', '1201').replace(',', ', '))
    expect(await refusal('draw', '--plan', touched)).to.include('is not as `sample plan` wrote it')
  })

  it('names the row and column where a frame is wrong, and the option', async () => {
    const twice = files.write('twice.csv', toCsv([...wards, wards[0]!]))
    const frame = ['--csv', twice, '--id', 'ward', '--count', '2', '--seed', 'a', '--out', files.path('x.json')]
    expect(await refusal('plan', ...frame)).to.match(/twice\.csv, row 8, column ward: “Phường 1” occurs twice/)
    const empty = files.write('empty.csv', toCsv([...wards, { ward: 'Phường 7', households: '' }]))
    const sized = ['--csv', empty, '--id', 'ward', '--size', 'households', '--count', '2', '--seed', 'a']
    expect(await refusal('plan', ...sized, '--out', files.path('y.json'))).to.match(
      /row 8, column households: the cell is empty/,
    )
    expect(await refusal('draw', '--plan', twice)).to.include('is no plan: it is not JSON')
    expect(await refusal('size')).to.include('Give either --margin')
    expect(await refusal('size', '--margin', '5')).to.include('--margin is a share between 0 and 1')
    expect(await refusal('guess')).to.include('sample is followed by size, allocate, plan or draw')
    expect(await refusal('size', '--margen', '0.05')).to.include("Unknown option '--margen'")
  })
})
