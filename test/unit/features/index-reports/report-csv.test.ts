import { expect } from 'chai'
import { csvStream } from '../../../../server/features/index-reports/report-csv.js'
import { csvText } from '../../../../server/platform/csv-text.js'

async function csvOf(rows: readonly Record<'a' | 'b' | 'c', unknown>[]): Promise<string> {
  let text = ''
  for await (const chunk of csvStream(['a', 'b', 'c'], rows)) text += chunk
  return text
}

describe('report as CSV', () => {
  it('begins with a byte order mark and the header, and ends lines as spreadsheets do', async () => {
    expect(await csvOf([{ a: 1.5, b: 'chữ', c: null }])).to.equal('\ufeffa,b,c\r\n1.5,"chữ",')
  })

  it('has the header alone when there are no rows', async () => {
    expect(await csvOf([])).to.equal('\ufeffa,b,c')
  })

  it('puts an apostrophe before what a spreadsheet would run, and leaves numbers alone', async () => {
    expect(await csvOf([{ a: -3, b: '=HYPERLINK("x")', c: '-2+3' }])).to.equal(
      '\ufeffa,b,c\r\n-3,"\'=HYPERLINK(""x"")","\'-2+3"',
    )
  })

  for (const start of ['=', '+', '-', '@', '\t', '\r', '\n']) {
    it(`guards a text that starts with ${JSON.stringify(start)}`, () => {
      expect(csvText(`${start}1`)).to.equal(`"'${start}1"`)
    })
  }

  it('fails when the rows fail, instead of ending early', async () => {
    function* failing() {
      yield { a: 1, b: 2, c: 3 }
      throw new Error('no more rows')
    }
    const read = async () => {
      for await (const _ of csvStream(['a', 'b', 'c'], failing()));
    }
    const outcome = await read().catch((error: Error) => error.message)
    expect(outcome).to.equal('no more rows')
  })

  it('keeps commas, quotes and line breaks inside a field', async () => {
    expect(await csvOf([{ a: 'x,y', b: 'say "hi"', c: 'two\nlines' }])).to.equal(
      '\ufeffa,b,c\r\n"x,y","say ""hi""","two\nlines"',
    )
  })
})
