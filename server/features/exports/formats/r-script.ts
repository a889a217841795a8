import { MISSING, type NumericVariable, type Variable } from '../../../domain/microdata/variable.js'
import type { Language } from '../../../domain/survey/vocabulary.js'
import type { Separator } from './csv.js'

const quote = (text: string) => `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll(/\s+/g, ' ')}"`
const quoteName = (text: string) =>
  `\`${text.replaceAll('\\', '\\\\').replaceAll('`', '\\`').replaceAll(/\s+/g, ' ')}\``

/** What stands with a script. */
export interface ScriptFacts {
  readonly language: Language
  readonly title: string
  /** Name of the CSV file, which lies beside the script. */
  readonly csvName: string
  readonly separator: Separator
}

/**
 * An R script that reads the CSV with labels, by base R alone.
 *
 * `data` keeps all codes and has the attributes that haven, labelled and sjlabelled look for; `valid` is the same with missing
 * codes as NA.
 */
export function rScript(variables: readonly Variable[], { language, title, csvName, separator }: ScriptFacts): string {
  const numeric = variables.filter((variable): variable is NumericVariable => variable.type === 'numeric')
  const names = (of: readonly Variable[]) => `c(${of.map(({ name }) => quote(name)).join(', ')})`
  const classes = variables.map(({ name, type }) => `${name} = "${type === 'text' ? 'character' : 'numeric'}"`)
  return [
    `# ${title.replaceAll(/\s+/g, ' ')}`,
    `file <- ${quote(csvName)}`,
    `classes <- c(${classes.join(', ')})`,
    `data <- read.csv(file, sep = ${quote(separator)}, quote = "\\"", fileEncoding = "UTF-8-BOM", encoding = "UTF-8",`,
    '  na.strings = "", stringsAsFactors = FALSE, check.names = FALSE, colClasses = classes)',
    '',
    'label <- function(name, text, values = NULL) {',
    '  attr(data[[name]], "label") <<- text',
    '  if (!is.null(values)) attr(data[[name]], "labels") <<- values',
    '}',
    ...variables.map((variable) => labelLine(variable, language)),
    '',
    `# ${MISSING.low} to ${MISSING.high} and ${MISSING.withheld} are missing codes in these columns.`,
    `coded <- ${names(numeric.filter(({ hasMissingCodes }) => hasMissingCodes))}`,
    'for (name in coded) {',
    `  attr(data[[name]], "na_values") <- ${MISSING.withheld}`,
    `  attr(data[[name]], "na_range") <- c(${MISSING.low}, ${MISSING.high})`,
    '}',
    'valid <- data',
    'for (name in coded) {',
    '  codes <- valid[[name]]',
    `  codes[codes %in% c(${MISSING.withheld}, ${MISSING.low}:${MISSING.high})] <- NA`,
    '  valid[[name]] <- codes',
    '}',
    '',
    '# Example: table(valid$NAME), or with the survey package svydesign(ids = ~1, weights = ~weight, data = valid)',
    '',
  ].join('\n')
}

function labelLine({ name, label, values }: Variable, language: Language): string {
  if (values.length === 0) return `label(${quote(name)}, ${quote(label[language])})`
  const pairs = values.map(({ code, label: meaning }) => {
    const value = typeof code === 'number' ? String(code) : quote(code)
    return `${quoteName(meaning[language])} = ${value}`
  })
  return `label(${quote(name)}, ${quote(label[language])}, c(${pairs.join(', ')}))`
}
