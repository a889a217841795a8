/** Checks the roles files against their questionnaires, and the topics of comments; prints every fault as `file:line: message`, exits with 1. */
import { readdirSync } from 'node:fs'
import { join, relative } from 'node:path'
import { parseArgs } from 'node:util'
import { loadPublishedQuestionnaires, readQuestionnaireFile } from '../server/features/questionnaires/index.js'
import { checkCommentCodesFile, checkRolesFiles } from '../server/features/wave-analysis/index.js'
import { projectDir } from '../server/platform/paths.js'
import { describeFileProblem, type FileProblem } from '../server/platform/yaml-file.js'
import { done, failed, print } from './support/report.js'

const surveys = join(projectDir(), 'surveys')
const { values } = parseArgs({
  options: {
    dir: { type: 'string', default: join(surveys, 'roles') },
    topics: { type: 'string', default: join(surveys, 'comment-codes.yaml') },
    questionnaires: { type: 'string', default: join(surveys, 'questionnaires') },
  },
})
const describe = (one: FileProblem) => describeFileProblem({ ...one, file: relative('', one.file) })
const drafts = readdirSync(values.questionnaires)
  .filter((name) => name.endsWith('.yaml'))
  .map((name) => readQuestionnaireFile(join(values.questionnaires, name)))
  .flatMap((file) => (file.kind === 'valid' ? [file.questionnaire] : []))
const published = loadPublishedQuestionnaires(join(values.questionnaires, 'published'))

for (const checked of checkRolesFiles(values.dir, [...published.map((one) => one.questionnaire), ...drafts])) {
  if (checked.kind === 'invalid') {
    print(failed(...checked.problems.map(describe)))
    continue
  }
  const { questionnaire, demographics, wishes, negatives } = checked.roles
  const sensitive = negatives.filter(({ isSensitive }) => isSensitive).length
  const asked = wishes === null ? 'no wishes' : `wishes ${wishes}`
  print(
    done(
      `${questionnaire}: ${demographics.length} groupings, ${asked}, ${negatives.length} negatives (${sensitive} sensitive)`,
    ),
  )
}

const topics = checkCommentCodesFile(values.topics)
print(
  topics.kind === 'valid' ? done(`comments: ${topics.codes.length} topics`) : failed(...topics.problems.map(describe)),
)
