import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { projectDir } from '../../server/platform/paths.js'

/** A whole report as JSON takes more than Node's own limit. */
const MOST_BYTES = 64 * 1024 * 1024

/**
 * Runs a command of `scripts` as an operator does.
 *
 * @param env settings besides those of this process
 * @param input what is typed
 */
export function runCommand(env: Readonly<Record<string, string>>, script: string, args: readonly string[], input = '') {
  return new Promise<{ code: number; stdout: string; stderr: string }>((resolve) => {
    const child = execFile(
      process.execPath,
      ['--import', 'tsx', join('scripts', script), ...args],
      { cwd: projectDir(), env: { ...process.env, ...env }, maxBuffer: MOST_BYTES },
      (error, stdout, stderr) => resolve({ code: error ? Number(error.code) : 0, stdout, stderr }),
    )
    child.stdin?.end(input)
  })
}
