import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, normalize, relative } from 'node:path'
import { projectDir } from '../../server/platform/paths.js'

/** One import statement of one file: what it names, resolved to a path inside the project or a package. */
export interface Import {
  readonly file: string
  readonly target: string
  readonly isPackage: boolean
}

// `import … from`, `export … from`, the last line `} from` of a statement that spans lines, and bare `import '…'`.
const STATEMENT = /^(?:import|export|\})[^'"\n]*\bfrom\s+['"]([^'"]+)['"]|^import\s+['"]([^'"]+)['"]/gm
const DYNAMIC = /\bimport\(\s*['"]([^'"$]+)['"]\s*\)/g

const root = projectDir()

/** Every TypeScript file below the folders, relative to the project, with forward slashes. */
export function sourceFiles(...folders: string[]): string[] {
  return folders.flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
      .map((entry) => relative(root, join(entry.parentPath, entry.name)).replaceAll('\\', '/')),
  )
}

export const readSource = (file: string): string => readFileSync(join(root, file), 'utf8')

/** The imports of a text, as `importsOf` finds them in a file; separate so that the check itself can be tested. */
export function importsIn(file: string, source: string): Import[] {
  const matches = [...source.matchAll(STATEMENT), ...source.matchAll(DYNAMIC)]
  const names = new Set(matches.map((match) => (match[1] ?? match[2]) as string))
  return [...names].map((name) =>
    name.startsWith('.')
      ? { file, target: normalize(join(dirname(file), name)).replaceAll('\\', '/'), isPackage: false }
      : { file, target: name, isPackage: true },
  )
}

export const importsOf = (file: string): Import[] => importsIn(file, readSource(file))
