/** Checks `surveys/units` and `surveys/services.yaml`; prints every fault as `file:line: message` and exits with 1. */

import { join, relative } from 'node:path'
import { parseArgs } from 'node:util'
import { createUnitRegistry } from '../server/domain/units/create-unit-registry.js'
import { readServiceFile, readUnitFiles } from '../server/features/units/index.js'
import { projectDir } from '../server/platform/paths.js'
import { describeFileProblem } from '../server/platform/yaml-file.js'

const { values } = parseArgs({
  options: {
    units: { type: 'string', default: join(projectDir(), 'surveys/units') },
    services: { type: 'string', default: join(projectDir(), 'surveys/services.yaml') },
  },
})

const { data, problems } = readUnitFiles(values.units)
const registry = createUnitRegistry(data)
const services = readServiceFile(values.services, registry)
const all = [...problems, ...services.problems]

if (all.length > 0) {
  for (const found of all) console.error(describeFileProblem({ ...found, file: relative(process.cwd(), found.file) }))
  process.exitCode = 1
} else {
  const links = data.events.flatMap((event) => event.links)
  const unverified = [...data.units, ...links].filter(({ verified }) => verified === false)
  console.log(`${data.units.length} units, ${data.events.length} events, ${links.length} links: no fault`)
  for (const day of ['2011-01-01', '2021-01-01', '2025-01-01', '2025-07-01']) {
    const below = registry.subtreeOf(data.cityUid, day)
    const count = (...kinds: string[]) => below.filter(({ kind }) => kinds.includes(kind)).length
    const districts = count('quan', 'huyen', 'tp_truc_thuoc')
    const communes = `${count('phuong')} phường, ${count('xa')} xã, ${count('thi_tran')} thị trấn, ${count('dac_khu')} đặc khu`
    console.log(`${day}: ${districts} districts; ${communes}`)
  }
  console.log(`${services.data.services.length} services; ${unverified.length} units and links still to be verified`)
}
