import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { expect } from 'chai'
import { projectDir } from '../../server/platform/paths.js'

/** Far more than it takes: nothing here is about speed. */
const LIMIT_MS = 600_000

describe('three rounds of the chaos run', function () {
  this.timeout(LIMIT_MS)

  it('lose nothing, store nothing twice, count right, and tell the truth about health', async () => {
    const { stdout } = await promisify(execFile)('npm', ['run', '--silent', 'chaos', '--', '--rounds=3'], {
      cwd: projectDir(),
    }).catch((error: { stdout: string; stderr: string }) => ({ stdout: `${error.stdout}${error.stderr}` }))
    expect(stdout).to.include('3 rounds passed, 0 failed, 0 not possible here')
    for (const fault of ['server killed', 'client killed mid-post', 'engine thread crashed']) {
      expect(stdout).to.match(new RegExp(`${fault}.* ok$`, 'm'))
    }
  })
})
