import { MISSING, type NumericVariable, type Variable } from '../../../domain/microdata/variable.js'
import type { Language } from '../../../domain/survey/vocabulary.js'
import { cutToLength } from './cut-text.js'
import type { ScriptFacts } from './r-script.js'

/** Longest label of a variable, in characters. */
const MAX_LABEL = 80
/** Extended missing values, by code. */
const EXTENDED: Readonly<Record<number, string>> = { 96: '.a', 97: '.b', 98: '.c', 99: '.d', [MISSING.withheld]: '.e' }

/** A text in compound quotes, in which neither macros nor quotes are read. */
const quote = (text: string) =>
  `\`"${text.replaceAll('`', '‘').replaceAll('$', '＄').replaceAll(/"'/g, '” ’').replaceAll(/\s+/g, ' ')}"'`

/**
 * A Stata do-file (14 or later) that reads the CSV with labels; missing codes become extended missing values.
 *
 * Columns are read from the second line on and named by place: the byte order mark before the first name would spoil it.
 */
export function stataScript(
  variables: readonly Variable[],
  { language, title, csvName, separator }: ScriptFacts,
): string {
  const texts = variables.flatMap(({ type }, i) => (type === 'text' ? [i + 1] : []))
  const coded = variables.filter(
    (variable): variable is NumericVariable => variable.type === 'numeric' && variable.hasMissingCodes,
  )
  const toMissing = Object.entries(EXTENDED).map(([code, value]) => `${code} = ${value}`)
  return [
    `* ${title.replaceAll(/\s+/g, ' ')}`,
    'version 14',
    'clear',
    `import delimited using ${quote(csvName)}, delimiters("${separator}") varnames(nonames) rowrange(2) ///`,
    `    encoding("UTF-8") bindquotes(strict) stringcols(${texts.join(' ')}) asdouble`,
    ...variables.map(({ name }, i) => `rename v${i + 1} ${name}`),
    ...variables.map(({ name, label }) => `label variable ${name} ${quote(cutToLength(label[language], MAX_LABEL))}`),
    ...coded.map(({ name }) => `quietly mvdecode ${name}, mv(${toMissing.join(' \\ ')})`),
    ...variables.flatMap((variable) => (variable.type === 'numeric' ? valueLines(variable, language) : [])),
    `label data ${quote(cutToLength(title, MAX_LABEL))}`,
    '* Example: tabulate NAME [aweight = weight], or svyset [pweight = weight]',
    '',
  ].join('\n')
}

function valueLines({ name, values, hasMissingCodes }: NumericVariable, language: Language): readonly string[] {
  if (values.length === 0) return []
  const pairs = values.map(({ code, label }) => {
    const value = hasMissingCodes ? (EXTENDED[code] ?? code) : code
    return `    ${value} ${quote(label[language])}`
  })
  // A set of labels has a name of its own kind, at most 32 characters like that of a variable.
  return [
    `label define ${name} ///`,
    ...pairs.map((pair, i) => (i < pairs.length - 1 ? `${pair} ///` : pair)),
    `label values ${name} ${name}`,
  ]
}
