import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { runCommand } from './run-command.js'

/** A folder for the tables of one test file, and the commands that read them. */
export function analysisFiles() {
  const dir = mkdtempSync(join(tmpdir(), 'analysis-'))
  const path = (name: string) => `${dir}/${name}`
  return {
    path,
    /** Writes a file and gives its path. */
    write(name: string, content: string | Uint8Array): string {
      writeFileSync(path(name), content)
      return path(name)
    },
    remove: () => rmSync(dir, { recursive: true, force: true }),
  }
}

/** Records as a CSV text with a header. */
export function toCsv(rows: readonly object[], delimiter = ','): string {
  const columns = Object.keys(rows[0] ?? {})
  const lines = rows.map((row) => columns.map((column) => String((row as Record<string, unknown>)[column])))
  return [columns, ...lines].map((cells) => `${cells.join(delimiter)}\n`).join('')
}

/** What a command printed; fails when it did not go well or said anything else. */
export async function printed<T>(script: string, ...args: readonly string[]): Promise<T> {
  const { code, stdout, stderr } = await runCommand({}, script, args)
  if (code !== 0 || stderr !== '') throw new Error(`${script} ended with ${code}: ${stderr}`)
  return JSON.parse(stdout) as T
}

/** How a command refused; standard output is to be empty then. */
export async function refused(script: string, ...args: readonly string[]) {
  const { code, stdout, stderr } = await runCommand({}, script, args)
  return { code, stdout, message: stderr.trim() }
}
