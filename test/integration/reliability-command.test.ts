import { expect } from 'chai'
import { analysisFiles, printed, refused, toCsv } from '../support/analysis-files.js'
import { expectClose } from '../support/close.js'
import { goldenFile } from '../support/golden-file.js'
import { runCommand } from '../support/run-command.js'

interface Output {
  readonly alpha: number
  readonly standardisedAlpha: number
  readonly omega: number | null
  readonly items: readonly {
    readonly item: string
    readonly variance: number
    readonly alphaIfDeleted: number
    readonly correctedItemTotal: number
  }[]
  readonly totalVariance: number
  readonly complete: number
  readonly dropped: number
  readonly notes: readonly { readonly code: string }[]
}

const psych = goldenFile<{ rows: number[][]; alpha_raw: number; alpha_std: number }>('cronbach-psych.json')
const { F1_cronbach: f1, F2_omega: f2 } = goldenFile<{
  F1_cronbach: Record<'total_var' | 'alpha' | 'alpha_std', number> &
    Record<'item_var' | 'alpha_if_deleted' | 'corrected_item_total', number[]> & { X: number[][] }
  F2_omega: { loadings: number[]; omega: number }
}>('statistics-acceptance.json')

const asRecords = (rows: readonly number[][]) =>
  rows.map((row) => Object.fromEntries(row.map((value, j) => [`N${j + 1}`, value])))

describe('the command reliability', () => {
  const files = analysisFiles()
  after(() => files.remove())

  it('agrees with R psych::alpha, and says how many rows it left out', async () => {
    const text = `${toCsv(asRecords(psych.rows))}1,,1,1,1\n9,1,1,1,1\n`
    const args = ['--csv', files.write('bfi.csv', text), '--items', 'N1,N2,N3', '--items', 'N4,N5', '--missing', '9']
    const output = await printed<Output>('reliability.ts', ...args)
    expectClose(output.alpha, psych.alpha_raw, 1e-9)
    expectClose(output.standardisedAlpha, psych.alpha_std, 1e-9)
    expect([output.complete, output.dropped, output.omega]).to.deep.equal([400, 2, null])
    expect(output.notes.map(({ code }) => code)).to.deep.equal(['no_loadings', 'rows_dropped'])
  })

  it('gives the parts of acceptance values F1 and omega of F2', async () => {
    const csv = files.write('f1.csv', toCsv(asRecords(f1.X), ';'))
    const args = ['--csv', csv, '--items', 'N1,N2,N3,N4', '--loadings', f2.loadings.join(',')]
    const output = await printed<Output>('reliability.ts', ...args)
    expectClose(output.alpha, f1.alpha, 1e-12)
    expectClose(output.standardisedAlpha, f1.alpha_std, 1e-12)
    expectClose(output.totalVariance, f1.total_var, 1e-12)
    expectClose(output.omega, f2.omega, 1e-12)
    output.items.forEach(({ item, ...part }, j) => {
      expect(item).to.equal(`N${j + 1}`)
      expectClose(part.variance, f1.item_var[j]!, 1e-12)
      expectClose(part.alphaIfDeleted, f1.alpha_if_deleted[j]!, 1e-12)
      expectClose(part.correctedItemTotal, f1.corrected_item_total[j]!, 1e-12)
    })
  })

  it('takes an item whose name holds a comma, and flags one that runs the other way', async () => {
    const csv = files.write('comma.csv', '"a, b",c,d\n1,2,5\n2,2,4\n4,5,3\n5,5,1\n')
    const args = ['--csv', csv, '--items', 'a, b', '--items', 'c,d']
    const output = await printed<Output>('reliability.ts', ...args)
    expect(output.items.map(({ item }) => item)).to.deep.equal(['a, b', 'c', 'd'])
    expect(output.notes.map(({ code }) => code)).to.include('low_item_total')
  })

  for (const [what, text, items, message] of [
    [
      'a word',
      'a,b\n1,2\n2,good\n',
      'a,b',
      'row 3, column b: “good” is not a number; mend it, or name it with --missing if it means no answer',
    ],
    ['an unknown column', 'a,b\n1,2\n', 'a,x', 'row 1: there is no column x; there are: a, b'],
    ['one complete row', 'a,b\n1,2\n,2\n', 'a,b', 'alpha needs two rows with all items answered; there are 1'],
    ['a constant sum', 'a,b\n1,5\n5,1\n', 'a,b', 'alpha is undefined: the sum of the items is the same in every row'],
  ] as const) {
    it(`refuses ${what}, prints nothing else and exits with 1`, async () => {
      const csv = files.write('wrong.csv', text)
      const separator = message.startsWith('row') ? ',' : ':'
      const outcome = await refused('reliability.ts', '--csv', csv, '--items', items)
      expect(outcome).to.deep.equal({ code: 1, stdout: '', message: `${csv}${separator} ${message}` })
    })
  }

  for (const [what, args, message] of [
    ['one item', ['--items', 'a'], '--items needs two different columns or more; got a'],
    ['loadings that do not match', ['--items', 'a,b', '--loadings', '0.5'], '--loadings has 1 numbers for 2 items'],
    ['a loading above 1', ['--items', 'a,b', '--loadings', '0.5,2'], '--loadings: “2” is no number from -1 to 1'],
    ['no items', [], '--items is needed (--help explains the options)'],
  ] as const) {
    it(`refuses ${what}`, async () => {
      const csv = files.write('right.csv', 'a,b\n1,2\n2,2\n')
      const outcome = await refused('reliability.ts', '--csv', csv, ...args)
      expect(outcome).to.deep.equal({ code: 1, stdout: '', message })
    })
  }
})

describe('the help of the analysts’ commands', () => {
  for (const script of ['estimate.ts', 'reliability.ts']) {
    it(`${script} --help explains every option and exits with 0`, async () => {
      const { code, stdout, stderr } = await runCommand({}, script, ['--help'])
      const { message } = await refused(script, '--nonsense')
      const options = [...message.matchAll(/--[a-z-]+(?= --| \()/g)].map(([option]) => option)
      expect([code, stderr]).to.deep.equal([0, ''])
      expect(options.length).to.be.above(4)
      expect(options.filter((option) => !stdout.includes(`  ${option}`))).to.deep.equal([])
    })
  }
})
