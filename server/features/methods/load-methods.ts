import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Method } from '../../domain/method/method.js'
import type { Questionnaire } from '../../domain/questionnaire/definition.js'
import { describeFileProblem, type FileProblem } from '../../platform/yaml-file.js'
import { checkFits } from './check-fits.js'
import { readMethodFile } from './read-method.js'

/** One file of the folder and what came of it. */
export type CheckedMethod =
  | { readonly file: string; readonly kind: 'valid'; readonly method: Method }
  | { readonly file: string; readonly kind: 'invalid'; readonly problems: readonly FileProblem[] }

/**
 * Reads every method file of a folder and checks it by itself, against the questionnaires and against the others.
 *
 * @param questionnaires drafts and published versions the methods may name
 * @throws {Error} only when folder or file cannot be read
 */
export function checkMethodFiles(dir: string, questionnaires: readonly Questionnaire[]): readonly CheckedMethod[] {
  const seen = new Set<string>()
  const names = readdirSync(dir).filter((name) => name.endsWith('.yaml'))
  return names.sort().map((name): CheckedMethod => {
    const file = join(dir, name)
    const read = readMethodFile(file)
    if (read.kind === 'invalid') return { file, ...read }
    const { method, lineOf } = read
    const faults = checkFits(method, questionnaires).map(({ path, message }) => ({
      file,
      line: lineOf(path),
      message: `${path.slice(0, 2).join('.')}: ${message}`,
    }))
    const problems = [...faults, ...checkName(file, name, method, seen, lineOf(['id']))]
    return problems.length === 0 ? { file, kind: 'valid', method } : { file, kind: 'invalid', problems }
  })
}

function checkName(file: string, name: string, { id, version }: Method, seen: Set<string>, line: number) {
  const key = `${id} ${version}`
  const isTaken = seen.has(key)
  seen.add(key)
  const isNamed = name === `${id}.yaml` || name === `${id}-${version}.yaml`
  return [
    ...(isNamed ? [] : [{ file, line, message: `id: the file must be called ${id}.yaml [file_name]` }]),
    ...(isTaken ? [{ file, line, message: `id: ${key} stands in another file too [duplicate_method]` }] : []),
  ]
}

/**
 * All methods of a folder.
 *
 * @throws {Error} with every fault by file and line: a process must not start on a faulty method
 */
export function loadMethods(dir: string, questionnaires: readonly Questionnaire[]): readonly Method[] {
  const checked = checkMethodFiles(dir, questionnaires)
  const problems = checked.flatMap((one) => (one.kind === 'invalid' ? one.problems : []))
  if (problems.length > 0) throw new Error(`Methods are not valid:\n${problems.map(describeFileProblem).join('\n')}`)
  return checked.flatMap((one) => (one.kind === 'valid' ? [one.method] : []))
}
