import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs, promisify } from 'node:util'
import { build } from 'esbuild'
import { FORMATS } from '../../server/features/exports/index.js'
import { projectDir } from '../../server/platform/paths.js'

/**
 * `npm run bench -- exports [--responses N] [--format csv|sav|xlsx]`: a wave of invented answers, from memory into files that
 * are removed again; prints JSON. Each format in a process of its own, of compiled code as the command runs, since what is measured is the
 * largest resident memory.
 */
export async function runExportsBench(args: readonly string[]): Promise<void> {
  const { values } = parseArgs({
    args: [...args],
    options: { responses: { type: 'string', default: '2000000' }, format: { type: 'string' } },
  })
  const count = Number(values.responses)
  if (!(Number.isInteger(count) && count >= 5)) throw new Error('--responses is a whole number from 5')
  const format = FORMATS.find((one) => one === values.format)
  if (values.format !== undefined && format === undefined) throw new Error(`--format is one of ${FORMATS.join(', ')}`)
  const program = await compiled()
  for (const one of format === undefined ? FORMATS : [format]) {
    const own = [...memoryFlags(), program, one, String(count)]
    const { stdout } = await promisify(execFile)(process.execPath, own, { cwd: projectDir() })
    console.log(stdout.trim())
  }
}

/** Compiles what measures one format; the packages stay where they are. */
async function compiled(): Promise<string> {
  const outfile = join(projectDir(), 'dist/bench/exports-process.js')
  await build({
    entryPoints: [join(projectDir(), 'test/bench/exports-process.ts')],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    packages: 'external',
  })
  return outfile
}

/** What the command itself runs with: a small heap is collected often instead of growing. */
function memoryFlags(): readonly string[] {
  const { scripts } = JSON.parse(readFileSync(join(projectDir(), 'package.json'), 'utf8')) as {
    scripts: Record<string, string>
  }
  return scripts.export?.match(/--max-\S+/g) ?? []
}
