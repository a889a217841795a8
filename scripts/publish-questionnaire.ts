/** Freezes the version in a questionnaire file: `publish-questionnaire citizen`, or the path of a file. */
import { join, relative } from 'node:path'
import { parseArgs } from 'node:util'
import {
  describeQuestionnaireProblem,
  publishQuestionnaire,
  readQuestionnaireFile,
} from '../server/features/questionnaires/index.js'
import { projectDir } from '../server/platform/paths.js'
import { describeFileProblem } from '../server/platform/yaml-file.js'
import { done, failed, print, type Report } from './support/report.js'

const drafts = join(projectDir(), 'surveys/questionnaires')

/** A bare name means the draft of that name. */
const toPath = (name: string) => (/^[a-z0-9-]+$/.test(name) ? join(drafts, `${name}.yaml`) : name)

function publish(path: string, folder: string): Report {
  const file = readQuestionnaireFile(path)
  if (file.kind === 'invalid') return failed(...file.problems.map(describeFileProblem))
  const { id, version } = file.questionnaire
  const outcome = publishQuestionnaire(file.questionnaire, folder)
  switch (outcome.kind) {
    case 'invalid':
      return failed(...outcome.problems.map(describeQuestionnaireProblem))
    case 'version_taken':
      return failed(`${id} ${version} is published with another text (${outcome.hash.slice(0, 12)}): raise the version`)
    case 'unchanged':
      return done(`${id} ${version} is published already (${outcome.published.hash})`)
    case 'published':
      return done(relative('', outcome.file), outcome.published.hash)
  }
}

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { to: { type: 'string', default: join(drafts, 'published') } },
})
const [name] = positionals
const isUsable = name !== undefined && positionals.length === 1
print(isUsable ? publish(toPath(name), values.to) : failed('Usage: publish-questionnaire NAME|FILE [--to FOLDER]'))
