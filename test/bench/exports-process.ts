/** One format of the bench of exports, in a process of its own: `exports-process FORMAT RESPONSES`. */
import { FORMATS } from '../../server/features/exports/index.js'
import { measureExport } from './exports-measure.js'

const [name, count] = process.argv.slice(2)
const format = FORMATS.find((one) => one === name)
if (format === undefined) throw new Error(`No format ${name}`)
console.log(JSON.stringify(await measureExport(format, Number(count))))
