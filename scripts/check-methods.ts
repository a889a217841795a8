/** Checks the method files against their format and the questionnaires; prints every fault as `file:line: message`, exits with 1. */
import { join, relative } from 'node:path'
import { parseArgs } from 'node:util'
import { criteriaOf } from '../server/domain/method/method.js'
import { checkMethodFiles } from '../server/features/methods/index.js'
import { knownQuestionnaires, loadPublishedQuestionnaires } from '../server/features/questionnaires/index.js'
import { projectDir } from '../server/platform/paths.js'
import { describeFileProblem } from '../server/platform/yaml-file.js'
import { done, failed, print } from './support/report.js'

const surveys = join(projectDir(), 'surveys')
const { values } = parseArgs({
  options: {
    dir: { type: 'string', default: join(surveys, 'methods') },
    questionnaires: { type: 'string', default: join(surveys, 'questionnaires') },
  },
})
const published = loadPublishedQuestionnaires(join(values.questionnaires, 'published'))
const questionnaires = knownQuestionnaires(values.questionnaires, published)

for (const checked of checkMethodFiles(values.dir, questionnaires)) {
  if (checked.kind === 'invalid') {
    print(failed(...checked.problems.map((one) => describeFileProblem({ ...one, file: relative('', one.file) }))))
    continue
  }
  const { id, version, index, fits, unconfirmed } = checked.method
  const forms = fits.map(({ questionnaire }) => questionnaire).join(', ') || 'no questionnaire yet'
  const criteria = criteriaOf(index).length
  print(done(`${id} ${version}: ${criteria} criteria, ${unconfirmed.length} points unconfirmed, fits ${forms}`))
}
