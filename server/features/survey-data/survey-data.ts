import { join } from 'node:path'
import type { AnalysisRoles } from '../../domain/analysis/analysis-roles.js'
import type { CommentCode } from '../../domain/comments/code-comment.js'
import type { Method } from '../../domain/method/method.js'
import type { PublishedQuestionnaire } from '../../domain/questionnaire/definition.js'
import { createUnitRegistry } from '../../domain/units/create-unit-registry.js'
import type { ServiceData } from '../../domain/units/service.js'
import type { UnitData } from '../../domain/units/unit.js'
import { loadMethods } from '../methods/index.js'
import { knownQuestionnaires, loadPublishedQuestionnaires } from '../questionnaires/index.js'
import { loadServiceData, loadUnitData } from '../units/index.js'
import { loadCommentCodes, loadRoles } from '../wave-analysis/index.js'

/** What methodologists edit under `surveys`, checked: plain data that JSON keeps as it is. */
export interface SurveyData {
  readonly units: UnitData
  readonly services: ServiceData
  readonly published: readonly PublishedQuestionnaire[]
  readonly methods: readonly Method[]
  readonly roles: readonly AnalysisRoles[]
  readonly commentCodes: readonly CommentCode[]
}

/**
 * Reads and checks the files of a folder `surveys`.
 *
 * @throws {Error} naming every fault of the first kind of files that has any
 */
export function readSurveyData(dir: string): SurveyData {
  const units = loadUnitData(join(dir, 'units'))
  const published = loadPublishedQuestionnaires(join(dir, 'questionnaires/published'))
  const questionnaires = published.map(({ questionnaire }) => questionnaire)
  return {
    units,
    services: loadServiceData(join(dir, 'services.yaml'), createUnitRegistry(units)),
    published,
    methods: loadMethods(join(dir, 'methods'), knownQuestionnaires(join(dir, 'questionnaires'), published)),
    roles: loadRoles(join(dir, 'roles'), questionnaires),
    commentCodes: loadCommentCodes(join(dir, 'comment-codes.yaml')),
  }
}
