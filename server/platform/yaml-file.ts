import { readFileSync } from 'node:fs'
import { isNode, LineCounter, parseDocument } from 'yaml'
import type { z } from 'zod'

/** A fault of a data file, for the person who edits it. */
export interface FileProblem {
  readonly file: string
  /** Counted from 1. */
  readonly line: number
  readonly message: string
}

/** What a YAML file holds, with the line of any of its parts. */
export interface YamlFile<T> {
  readonly value: T | undefined
  readonly problems: readonly FileProblem[]
  /** Line of the part at a path, or of the nearest part around it. */
  lineOf(path: readonly PropertyKey[]): number
}

/** One line per fault, as editors and terminals link it. */
export const describeFileProblem = ({ file, line, message }: FileProblem) => `${file}:${line}: ${message}`

/**
 * Reads a YAML 1.2 file and checks it against a schema; days such as 2025-07-01 stay text.
 *
 * @throws {Error} only when the file itself cannot be read
 */
export const readYamlFile = <S extends z.ZodType>(path: string, schema: S): YamlFile<z.output<S>> =>
  readYamlText(path, readFileSync(path, 'utf8'), schema)

/** The same of a text, such as somebody pasted. @param path what faults name as the file */
export function readYamlText<S extends z.ZodType>(path: string, text: string, schema: S): YamlFile<z.output<S>> {
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines })
  const lineAt = (offset: number) => lines.linePos(offset).line
  const lineOf = (parts: readonly PropertyKey[]): number => {
    const node = document.getIn(parts, true)
    if (isNode(node) && node.range) return lineAt(node.range[0])
    return parts.length === 0 ? 1 : lineOf(parts.slice(0, -1))
  }
  const fault = (line: number, message: string): FileProblem => ({ file: path, line, message })
  if (document.errors.length > 0) {
    const problems = document.errors.map(({ pos, message }) => fault(lineAt(pos[0]), message.split('\n')[0] ?? message))
    return { value: undefined, problems, lineOf }
  }
  const parsed = schema.safeParse(plainOf(document))
  if (parsed.success) return { value: parsed.data, problems: [], lineOf }
  const problems = parsed.error.issues.map((issue) =>
    fault(lineOf(issue.path), `${issue.path.map(String).join('.') || 'file'}: ${issue.message}`),
  )
  return { value: undefined, problems, lineOf }
}

/** The plain value; nothing where aliases would multiply it beyond measure, which no file of ours does. */
function plainOf(document: ReturnType<typeof parseDocument>): unknown {
  try {
    return document.toJS()
  } catch (error) {
    if (error instanceof ReferenceError) return undefined
    throw error
  }
}
