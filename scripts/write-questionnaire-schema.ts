/** Writes `surveys/questionnaires/schema.json`, which editors check questionnaire files by; run it when the format changes. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { questionnaireJsonSchema } from '../server/features/questionnaires/index.js'
import { projectDir } from '../server/platform/paths.js'

const file = join(projectDir(), 'surveys/questionnaires/schema.json')
writeFileSync(file, `${JSON.stringify(questionnaireJsonSchema(), null, 2)}\n`)
