/** Writes `surveys/methods/schema.json`, which editors check method files by; run it when the format changes. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { methodJsonSchema } from '../server/features/methods/index.js'
import { projectDir } from '../server/platform/paths.js'

const file = join(projectDir(), 'surveys/methods/schema.json')
writeFileSync(file, `${JSON.stringify(methodJsonSchema(), null, 2)}\n`)
