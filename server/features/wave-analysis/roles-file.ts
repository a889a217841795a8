import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { type AnalysisRoles, checkRoles } from '../../domain/analysis/analysis-roles.js'
import type { Questionnaire } from '../../domain/questionnaire/definition.js'
import { describeFileProblem, type FileProblem, readYamlFile } from '../../platform/yaml-file.js'

const itemCode = z.string().regex(/^[A-Z][A-Z0-9_]*$/, 'must be the code of an item')

/** A file under `surveys/roles` (`surveys/README.md`). */
const rolesSchema = z.strictObject({
  questionnaire: z.string(),
  demographics: z.array(itemCode).default([]),
  wishes: itemCode.nullable().default(null),
  comments: itemCode.nullable().default(null),
  negatives: z
    .array(
      z.strictObject({
        item: itemCode,
        adverse: z.array(z.int()).min(1),
        isSensitive: z.boolean().default(false),
      }),
    )
    .default([]),
})

/** One file of the folder and what came of it. */
export type CheckedRoles =
  | { readonly file: string; readonly kind: 'valid'; readonly roles: AnalysisRoles }
  | { readonly file: string; readonly kind: 'invalid'; readonly problems: readonly FileProblem[] }

/**
 * Reads every roles file of a folder and checks it against all versions of its questionnaire.
 *
 * @param questionnaires drafts and published versions
 * @throws {Error} only when folder or file cannot be read
 */
export function checkRolesFiles(dir: string, questionnaires: readonly Questionnaire[]): readonly CheckedRoles[] {
  const names = readdirSync(dir).filter((name) => name.endsWith('.yaml'))
  return names.sort().map((name) => checkFile(join(dir, name), name, questionnaires))
}

function checkFile(file: string, name: string, questionnaires: readonly Questionnaire[]): CheckedRoles {
  const { value: roles, problems, lineOf } = readYamlFile(file, rolesSchema)
  if (roles === undefined) return { file, kind: 'invalid', problems }
  const fault = (path: readonly PropertyKey[], message: string) => ({ file, line: lineOf(path), message })
  const versions = questionnaires.filter(({ id }) => id === roles.questionnaire)
  const found = [
    ...(name === `${roles.questionnaire}.yaml`
      ? []
      : [fault(['questionnaire'], `the file must be called ${roles.questionnaire}.yaml [file_name]`)]),
    ...(versions.length > 0
      ? []
      : [fault(['questionnaire'], `no questionnaire ${roles.questionnaire} [unknown_questionnaire]`)]),
    ...versions.flatMap((version) =>
      checkRoles(roles, version).map(({ path, code, name: what }) =>
        fault(path, `${path.join('.')}: ${what} does not fit version ${version.version} [${code}]`),
      ),
    ),
  ]
  const distinct = [...new Map(found.map((one) => [`${one.line} ${one.message}`, one])).values()]
  return distinct.length === 0 ? { file, kind: 'valid', roles } : { file, kind: 'invalid', problems: distinct }
}

/**
 * Roles of all questionnaires of a folder.
 *
 * @throws {Error} with every fault by file and line: a process must not start on faulty roles
 */
export function loadRoles(dir: string, questionnaires: readonly Questionnaire[]): readonly AnalysisRoles[] {
  const checked = checkRolesFiles(dir, questionnaires)
  const problems = checked.flatMap((one) => (one.kind === 'invalid' ? one.problems : []))
  if (problems.length > 0) throw new Error(`Roles are not valid:\n${problems.map(describeFileProblem).join('\n')}`)
  return checked.flatMap((one) => (one.kind === 'valid' ? [one.roles] : []))
}
