import { readFileSync } from 'node:fs'
import { type Document, isNode, LineCounter, parseDocument } from 'yaml'
import type { z } from 'zod'

/** A fault of a data file, for the person who edits it. */
export interface FileProblem {
  readonly file: string
  /** Counted from 1. */
  readonly line: number
  readonly message: string
}

/** The same fault for a program that says it in its own words. */
export interface DataFault {
  /** Counted from 1. */
  readonly line: number
  /** `yaml_syntax`, or the code of the schema's issue. */
  readonly code: string
  readonly path: readonly PropertyKey[]
  /** In English, as the parser or the schema says it. */
  readonly message: string
}

/** What a YAML file holds, with the line of any of its parts. */
export interface YamlFile<T> {
  readonly value: T | undefined
  readonly problems: readonly FileProblem[]
  readonly faults: readonly DataFault[]
  /** The data before the schema; `undefined` where they could not be read. */
  readonly plain: unknown
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
  const lineAt = (offset: number) => lines.linePos(offset).line
  const refused = (plain: unknown, faults: readonly DataFault[], lineOf: YamlFile<never>['lineOf']) => ({
    value: undefined,
    plain,
    faults,
    problems: faults.map(({ line, path: at, code, message }) => ({
      file: path,
      line,
      message: code === SYNTAX ? message : `${at.map(String).join('.') || 'file'}: ${message}`,
    })),
    lineOf,
  })
  const document = parseDocument(text, { lineCounter: lines })
  const lineOf = (parts: readonly PropertyKey[]): number => {
    const node = document.getIn(parts, true)
    if (isNode(node) && node.range) return lineAt(node.range[0])
    return parts.length === 0 ? 1 : lineOf(parts.slice(0, -1))
  }
  if (document.errors.length > 0) {
    const faults = document.errors.map(({ pos, message }) => ({
      line: lineAt(pos[0]),
      code: SYNTAX,
      path: [],
      message: message.split('\n')[0] ?? message,
    }))
    return refused(undefined, faults, lineOf)
  }
  const plain = plainOf(document)
  const parsed = schema.safeParse(plain)
  if (parsed.success) return { value: parsed.data, plain, problems: [], faults: [], lineOf }
  const faults = parsed.error.issues.map(({ path: at, code, message }) => ({
    line: lineOf(at),
    code,
    path: at,
    message,
  }))
  return refused(plain, faults, lineOf)
}

const SYNTAX = 'yaml_syntax'

/** The plain value; nothing where aliases would multiply it beyond measure, which no file of ours does. */
function plainOf(document: Document.Parsed): unknown {
  try {
    return document.toJS()
  } catch (error) {
    if (error instanceof ReferenceError) return undefined
    throw error
  }
}
