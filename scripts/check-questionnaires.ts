/** Checks the questionnaire files and the published versions; prints every fault as `file:line: message`, exits with 1. */
import { existsSync, readdirSync } from 'node:fs'
import { join, relative } from 'node:path'
import { parseArgs } from 'node:util'
import type { PublishedQuestionnaire } from '../server/domain/questionnaire/definition.js'
import {
  loadPublishedQuestionnaires,
  readQuestionnaireFile,
  toPublished,
} from '../server/features/questionnaires/index.js'
import { projectDir } from '../server/platform/paths.js'
import { describeFileProblem } from '../server/platform/yaml-file.js'
import { done, failed, print, type Report } from './support/report.js'

function checkFile(path: string, published: readonly PublishedQuestionnaire[]): Report {
  const file = readQuestionnaireFile(path)
  if (file.kind === 'invalid') {
    return failed(...file.problems.map((found) => describeFileProblem({ ...found, file: relative('', found.file) })))
  }
  const { hash, questionnaire } = toPublished(file.questionnaire)
  const { id, version, sections } = questionnaire
  const frozen = published.find((one) => one.questionnaire.id === id && one.questionnaire.version === version)
  if (frozen && frozen.hash !== hash) {
    return failed(`${relative('', path)}:1: ${id} ${version} differs from what is published: raise the version`)
  }
  const items = sections.flatMap((section) => section.items).length
  const state = frozen ? 'published' : 'not published'
  return done(`${id} ${version} ${hash.slice(0, 12)}: ${sections.length} sections, ${items} items, ${state}`)
}

function loadPublished(dir: string): readonly PublishedQuestionnaire[] {
  try {
    return existsSync(dir) ? loadPublishedQuestionnaires(dir) : []
  } catch (error) {
    print(failed((error as Error).message))
    return []
  }
}

const { values } = parseArgs({
  options: { dir: { type: 'string', default: join(projectDir(), 'surveys/questionnaires') } },
})
const published = loadPublished(join(values.dir, 'published'))
for (const name of readdirSync(values.dir).filter((entry) => entry.endsWith('.yaml'))) {
  print(checkFile(join(values.dir, name), published))
}
