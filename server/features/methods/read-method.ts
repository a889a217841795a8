import { checkMethod } from '../../domain/method/check-method.js'
import type { Method } from '../../domain/method/method.js'
import { type FileProblem, readYamlFile } from '../../platform/yaml-file.js'
import { describeMethodProblem } from './describe-problem.js'
import { methodSchema } from './method-schema.js'

/** A method file, or everything that is wrong with it. */
export type MethodFile =
  | { readonly kind: 'valid'; readonly method: Method; lineOf(path: readonly PropertyKey[]): number }
  | { readonly kind: 'invalid'; readonly problems: readonly FileProblem[] }

/**
 * Reads and checks one method file (`surveys/methods/README.md` describes the format).
 *
 * @throws {Error} only when the file itself cannot be read
 */
export function readMethodFile(file: string): MethodFile {
  const { value, problems, lineOf } = readYamlFile(file, methodSchema)
  if (value === undefined) return { kind: 'invalid', problems }
  const faults = checkMethod(value)
  if (faults.length === 0) return { kind: 'valid', method: value, lineOf }
  return {
    kind: 'invalid',
    problems: faults.map((fault) => ({
      file,
      line: lineOf(fault.path),
      message: describeMethodProblem(fault),
    })),
  }
}
