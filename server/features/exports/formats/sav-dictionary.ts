import { MISSING, type Variable } from '../../../domain/microdata/variable.js'
import type { Language } from '../../../domain/survey/vocabulary.js'
import { cutToBytes } from './cut-text.js'
import type { MicrodataTable } from './microdata-file.js'
import { counted, float64, int32, padded, roundUp } from './sav-bytes.js'
import type { SavVariable } from './sav-layout.js'

/** Compression bias: codes from -99 to 151 take one byte. */
export const BIAS = 100
const MAX_LABEL = 256
const MAX_VALUE_LABEL = 120
const PRODUCT = '@(#) SPSS DATA FILE Hai long'
const MONTHS = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ')
const [FORMAT_F, FORMAT_A] = [5, 1]
const NUMBER_WIDTH = 8
const UTF8_CODE_PAGE = 65001

type About = Pick<MicrodataTable, 'rowCount' | 'title' | 'createdAt' | 'language'>

/**
 * Everything of an SPSS system file before its rows.
 *
 * @param weight name of the weight variable
 * @see "System File Format", GNU PSPP Developers Guide, sections on the file header, records 2, 3, 4, 7 and 999
 */
export function savDictionary(layout: readonly SavVariable[], about: About, weight: string | null): Buffer {
  const { language } = about
  return Buffer.concat([
    fileHeader(layout, about, weight),
    ...layout.map((one) => variableRecord(one, language)),
    ...layout.map((one) => valueLabelRecords(one, language)),
    machineRecords(),
    choiceSets(layout, language),
    extension(11, int32(...layout.flatMap(displayOf)), 4),
    extension(13, Buffer.from(layout.map(({ shortName, variable }) => `${shortName}=${variable.name}`).join('\t'))),
    extension(16, Buffer.concat([bigInt64(1), bigInt64(about.rowCount)]), 8),
    extension(20, Buffer.from('UTF-8')),
    longTextLabels(layout, language),
    int32(999, 0),
  ])
}

function fileHeader(layout: readonly SavVariable[], { rowCount, title, createdAt }: About, weight: string | null) {
  const segments = layout.reduce((sum, one) => sum + one.segments, 0)
  const weightIndex = layout.find(({ variable }) => variable.name === weight)?.index ?? 0
  const iso = createdAt.toISOString()
  const day = `${iso.slice(8, 10)} ${MONTHS[createdAt.getUTCMonth()]} ${iso.slice(2, 4)}`
  return Buffer.concat([
    Buffer.from('$FL2'),
    padded(PRODUCT, 60),
    int32(2, segments, 1, weightIndex, rowCount),
    float64(BIAS),
    padded(day, 9),
    padded(iso.slice(11, 19), 8),
    padded(cutToBytes(title, 64), 64),
    Buffer.alloc(3),
  ])
}

function variableRecord({ variable, shortName, width, segments }: SavVariable, language: Language): Buffer {
  const label = cutToBytes(variable.label[language], MAX_LABEL - 1)
  const missing = missingOf(variable)
  const format =
    width > 0 ? (FORMAT_A << 16) | (width << 8) : (FORMAT_F << 16) | (NUMBER_WIDTH << 8) | decimalsOf(variable)
  return Buffer.concat([
    int32(2, width, 1, missing.count, format, format),
    padded(shortName, 8),
    int32(Buffer.byteLength(label)),
    padded(label, roundUp(Buffer.byteLength(label), 4)),
    float64(...missing.values),
    ...Array.from({ length: segments - 1 }, () => Buffer.concat([int32(2, -1, 0, 0, 0, 0), padded('', 8)])),
  ])
}

/** A negative count is a range, -3 a range and one more value. */
function missingOf(variable: Variable): { readonly count: number; readonly values: readonly number[] } {
  if (variable.type === 'text' || !variable.hasMissingCodes) return { count: 0, values: [] }
  const range = [MISSING.low, MISSING.high]
  return variable.isQuasiIdentifier ? { count: -3, values: [...range, MISSING.withheld] } : { count: -2, values: range }
}

const decimalsOf = ({ measure }: Variable) => (measure === 'scale' ? 4 : 0)

/** Records 3 and 4, for numbers and for texts of at most 8 bytes. */
function valueLabelRecords({ variable, index, width }: SavVariable, language: Language): Buffer {
  const isLong = width > NUMBER_WIDTH
  if (variable.values.length === 0 || isLong) return Buffer.alloc(0)
  const labels = variable.values.flatMap(({ code, label }) => {
    if (typeof code === 'string' && Buffer.byteLength(code) > width) return []
    const text = cutToBytes(label[language], MAX_VALUE_LABEL)
    const length = Buffer.byteLength(text)
    const value = typeof code === 'number' ? float64(code) : padded(code, NUMBER_WIDTH)
    return [Buffer.concat([value, Buffer.from([length]), padded(text, roundUp(length + 1, 8) - 1)])]
  })
  if (labels.length === 0) return Buffer.alloc(0)
  return Buffer.concat([int32(3, labels.length), ...labels, int32(4, 1, index)])
}

/** Record 7/21, for texts of more than 8 bytes. */
function longTextLabels(layout: readonly SavVariable[], language: Language): Buffer {
  const parts = layout.flatMap(({ variable, width }) => {
    if (variable.type === 'numeric' || width <= NUMBER_WIDTH || variable.values.length === 0) return []
    const fitting = variable.values.filter(({ code }) => Buffer.byteLength(code) <= width)
    const labels = fitting.flatMap(({ code, label }) => [
      int32(width),
      padded(code, width),
      counted(cutToBytes(label[language], MAX_VALUE_LABEL)),
    ])
    return [counted(variable.name), int32(width, fitting.length), ...labels]
  })
  return parts.length === 0 ? Buffer.alloc(0) : extension(21, Buffer.concat(parts))
}

/** Measure, width and alignment, as record 7/11 has them. */
function displayOf({ variable, width }: SavVariable): readonly number[] {
  const measure = { nominal: 1, ordinal: 2, scale: 3 }[variable.measure]
  return width > 0 ? [measure, Math.min(width, 32), 0] : [measure, NUMBER_WIDTH, 1]
}

function machineRecords(): Buffer {
  const lowest = Buffer.from('feffffffffffefff', 'hex')
  return Buffer.concat([
    extension(3, int32(1, 0, 0, -1, 1, 1, 2, UTF8_CODE_PAGE), 4),
    extension(4, Buffer.concat([float64(-Number.MAX_VALUE, Number.MAX_VALUE), lowest]), 8),
  ])
}

/** Record 7/7: items with several choices, each option a variable in which 1 means chosen. */
function choiceSets(layout: readonly SavVariable[], language: Language): Buffer {
  const sets = new Map<string, { readonly label: string; readonly members: string[] }>()
  for (const { variable, shortName } of layout) {
    if (variable.type === 'text' || variable.choiceSet === null) continue
    const { name, label } = variable.choiceSet
    if (!sets.has(name)) sets.set(name, { label: cutToBytes(label[language], MAX_LABEL - 1), members: [] })
    sets.get(name)!.members.push(shortName.toLowerCase())
  }
  const lines = [...sets].map(
    ([name, { label, members }]) => `$${name}=D1 1 ${Buffer.byteLength(label)} ${label} ${members.join(' ')}\n`,
  )
  return lines.length === 0 ? Buffer.alloc(0) : extension(7, Buffer.from(lines.join('')))
}

function extension(subtype: number, content: Buffer, size = 1): Buffer {
  return Buffer.concat([int32(7, subtype, size, content.length / size), content])
}

function bigInt64(value: number): Buffer {
  const bytes = Buffer.alloc(8)
  bytes.writeBigInt64LE(BigInt(value))
  return bytes
}
