import { expect } from 'chai'
import { analysisFiles, refused } from '../support/analysis-files.js'

/** A wrong call: what is wrong, the tables by name, the arguments after `--csv data.csv`, and the sentence that answers. */
type Case = readonly [string, Readonly<Record<string, string | Uint8Array>>, readonly string[], string]

const GOOD = 'y,w,h,c,n,g\n1,2,north,a,30,m\n0,2,north,b,30,f\n1,3,south,c,40,m\n1,3,south,d,40,f\n'
const Y = ['--item', 'y']
const data = (text: string) => ({ 'data.csv': text })
const twice = (row: string) => data(`y,w,h,c,n\n1,2,north,a,30\n${row}\n`)

const WRONG: readonly Case[] = [
  [
    'a word where a number belongs',
    data('y\n1\n0\nyes\n'),
    Y,
    'data.csv, row 4, column y: “yes” is not a number; mend it, or name it with --missing if it means no answer',
  ],
  [
    'several faults, counting blank rows and lines inside quotes as a spreadsheet does',
    data('y,t\n1,"two\nlines"\n,\nx,\nz,\nz,\n'),
    Y,
    'data.csv, row 4, column y: “x” is not a number; mend it, or name it with --missing if it means no answer (and 2 more rows with a fault in this column)',
  ],
  [
    'NaN',
    data('y\n1\nNaN\n'),
    Y,
    'data.csv, row 3, column y: “NaN” is not a number; mend it, or name it with --missing if it means no answer',
  ],
  [
    'a decimal comma',
    data('y;t\n3,5;a\n4,5;b\n'),
    Y,
    'data.csv, row 2, column y: “3,5” has a comma; write numbers with a decimal point and without thousands separators; mend it, or name it with --missing if it means no answer (and 1 more row with a fault in this column)',
  ],
  [
    '2^53',
    data('y\n9007199254740991\n9007199254740992\n'),
    Y,
    'data.csv, row 3, column y: 9007199254740992 is 2^53 or more and cannot be kept exactly; mend it, or name it with --missing if it means no answer',
  ],
  [
    'an answer off the scale with --top-two',
    data('y\n5\n96\n'),
    [...Y, '--top-two'],
    'data.csv, row 3, column y: 96 is not on the scale of 1 to 5 that --top-two counts on; name it with --missing if it means no answer',
  ],
  [
    'a share of other numbers',
    data('y\n1\n2\n'),
    [...Y, '--as', 'share'],
    'data.csv, row 3, column y: 2 is neither 0 nor 1, so there is no share; recode, or use --top-two',
  ],
  [
    'an interval of a share for a mean',
    data('y\n1\n2\n'),
    [...Y, '--interval', 'wilson'],
    'data.csv, column y: the values are not all 0 or 1: the interval of a mean is by t. Leave --interval out, or use --top-two',
  ],
  [
    'no answer at all',
    data('y,t\n,a\n99,b\n'),
    [...Y, '--missing', '99'],
    'data.csv, column y: no row has a valid answer; look at --missing, or at the export',
  ],
  [
    'a column that is not there',
    data(GOOD),
    ['--item', 'z'],
    'data.csv, row 1: there is no column z; there are: y, w, h, c, n, g',
  ],
  [
    'a column that occurs twice',
    data('y,y\n1,0\n'),
    Y,
    'data.csv, row 1, column y: the column occurs twice; rename one',
  ],
  [
    'a negative weight',
    twice('1,-2,north,b,30'),
    [...Y, '--weight', 'w'],
    'data.csv, row 3, column w: -2 is no weight; weights are above 0, a row that does not count is to be taken out',
  ],
  [
    'an empty weight',
    twice('1,,north,b,30'),
    [...Y, '--weight', 'w'],
    'data.csv, row 3, column w: the cell is empty; a number is needed here',
  ],
  [
    'an empty stratum',
    twice('1,2,,b,30'),
    [...Y, '--strata', 'h'],
    'data.csv, row 3, column h: the cell is empty; every row needs its stratum',
  ],
  [
    'one primary sampling unit',
    twice('1,2,north,a,30'),
    [...Y, '--psu', 'c'],
    'data.csv, column c: all rows are one primary sampling unit; a standard error needs at least two',
  ],
  [
    'one row',
    data('y\n1\n'),
    Y,
    'data.csv: all rows are one primary sampling unit; a standard error needs at least two',
  ],
  [
    'a population smaller than its sample',
    data('y,h,n\n1,north,30\n0,south,2\n0,south,2\n1,south,2\n'),
    [...Y, '--strata', 'h', '--fpc', 'n'],
    'data.csv, row 3, column n: stratum south has 3 rows here and a population of 2; it cannot be smaller',
  ],
  [
    'two populations of one stratum',
    twice('1,2,north,b,31'),
    [...Y, '--strata', 'h', '--fpc', 'n'],
    'data.csv, row 3, column n: stratum north has 30 above and 31 here; it has one',
  ],
  [
    'populations and fractions mixed',
    twice('1,2,south,b,0.5'),
    [...Y, '--strata', 'h', '--fpc', 'n'],
    'data.csv, row 3, column n: 0.5 is a sampling fraction while other rows have population sizes; write one kind',
  ],
  [
    'a population of 0',
    twice('1,2,south,b,0'),
    [...Y, '--fpc', 'n'],
    'data.csv, row 3, column n: 0 is no population; it is above 0',
  ],
  ['an empty file', data(''), Y, 'data.csv: the file is empty; it needs a header and at least one row'],
  ['a header alone', data('y,w\r\n'), Y, 'data.csv: there is a header and no row below it'],
  ['no file', {}, Y, 'data.csv: the file cannot be read (ENOENT)'],
  [
    'a file in Latin letters',
    { 'data.csv': Uint8Array.of(0x79, 0x0a, 0xe0, 0x0a) },
    Y,
    'data.csv: the file is not UTF-8; save it as “CSV UTF-8”',
  ],
  [
    'a row that is too long',
    data('y,w\n1,2\n1,2,3\n'),
    Y,
    'data.csv, row 3: the row has 3 cells, the header 2; mend the row, or put quotes around text with a comma',
  ],
  [
    'a quote that is never closed',
    data('y,t\n1,a\n0,"b\n1,c\n'),
    Y,
    'data.csv, row 3: a quote is opened and never closed; write quotes inside text doubled, the text in quotes',
  ],
  [
    'a quote inside a cell',
    data('y,t\n1,5" pipe\n'),
    Y,
    'data.csv, row 2: a quote stands inside a cell; write quotes inside text doubled, the text in quotes',
  ],
  [
    'a header with two separators',
    data('y;a,b\n1;2\n'),
    Y,
    'data.csv, row 1: the header holds comma and semicolon; say which separates cells with --delimiter',
  ],
]

const TOTALS: readonly Case[] = [
  [
    'a group of the data without a total',
    { ...data(GOOD), 'totals.csv': 'g,total\nm,50\n' },
    [...Y, '--post-stratify', 'totals.csv'],
    'data.csv, row 3, column g: f has no total in totals.csv, which has: m',
  ],
  [
    'a total that nobody in the data stands for',
    { ...data(GOOD), 'totals.csv': 'g,total\nm,50\nf,50\nx,5\n' },
    [...Y, '--post-stratify', 'totals.csv'],
    'totals.csv, row 4: no row of data.csv has g x; join it with a neighbour in both files',
  ],
  [
    'a total of 0',
    { ...data(GOOD), 'totals.csv': 'g,total\nm,50\nf,0\n' },
    [...Y, '--post-stratify', 'totals.csv'],
    'totals.csv, row 3, column total: 0 is no population total; it is above 0',
  ],
  [
    'a group with two totals',
    { ...data(GOOD), 'totals.csv': 'g,total\nm,50\nm,60\nf,4\n' },
    [...Y, '--post-stratify', 'totals.csv'],
    'totals.csv, row 3: g m stands in row 2 already',
  ],
  [
    'totals without a column of totals',
    { ...data(GOOD), 'totals.csv': 'g,N\nm,50\n' },
    [...Y, '--post-stratify', 'totals.csv'],
    'totals.csv, row 1: one column named total (or Freq) is needed; there are: g, N',
  ],
  [
    'margins that add up to different populations',
    { ...data(GOOD), 'totals.csv': 'variable,category,total\ng,m,50\ng,f,50\nh,north,40\nh,south,70\n' },
    [...Y, '--rake', 'totals.csv'],
    'The margins are of one population and must add up alike: g 100, h 110',
  ],
  [
    'margins that no weights meet',
    {
      'data.csv': 'y,a,b\n1,p,x\n0,q,y\n1,p,x\n',
      'totals.csv': 'variable,category,total\na,p,50\na,q,50\nb,x,60\nb,y,40\n',
    },
    [...Y, '--rake', 'totals.csv'],
    // Fitted to b last: p and x are the same rows, 60 where a asks for 50.
    'No weights meet all margins: after 100 cycles one is still 20.0 % off; join small groups',
  ],
  [
    'several variables to post-stratify by',
    { ...data(GOOD), 'totals.csv': 'variable,category,total\ng,m,5\ng,f,5\nh,north,5\nh,south,5\n' },
    [...Y, '--post-stratify', 'totals.csv'],
    'totals.csv has 2 variables; give it to --rake',
  ],
]

const OPTIONS: readonly Case[] = [
  [
    'an unknown option',
    data(GOOD),
    [...Y, '--weigth', 'w'],
    "Unknown option '--weigth'. Options: --csv --item --as --top-two --missing --weight --strata --psu --fpc --by --post-stratify --rake --trim --tolerance --interval --delimiter --help (--help explains them)",
  ],
  ['no item', data(GOOD), [], '--item is needed (--help explains the options)'],
  [
    'an unknown interval',
    data(GOOD),
    [...Y, '--interval', 'wald'],
    '--interval is one of wilson, logit, korn-graubard, beta; got wald',
  ],
  [
    'a range that runs backwards',
    data(GOOD),
    [...Y, '--missing', '99-96'],
    '--missing: the range 99-96 runs backwards',
  ],
  ['bounds of weights without raking', data(GOOD), [...Y, '--trim', '0.3,3'], '--trim and --tolerance go with --rake'],
  [
    'bounds of weights that are none',
    data(GOOD),
    [...Y, '--rake', 'x.csv', '--trim', '3'],
    '--trim is a number below 1 and one above, for example 0.3,3; got 3',
  ],
]

describe('the command estimate, on wrong input', () => {
  for (const [what, tables, args, message] of [...WRONG, ...TOTALS, ...OPTIONS]) {
    it(`names ${what}, prints nothing else and exits with 1`, async () => {
      const files = analysisFiles()
      const paths = new Map(Object.entries(tables).map(([name, text]) => [name, files.write(name, text)]))
      const csv = paths.get('data.csv') ?? files.path('data.csv')
      const outcome = await refused('estimate.ts', '--csv', csv, ...args.map((arg) => paths.get(arg) ?? arg))
      files.remove()
      const said = outcome.message.replaceAll(`${files.path('')}`, '')
      expect({ ...outcome, message: said }).to.deep.equal({ code: 1, stdout: '', message })
    })
  }
})
