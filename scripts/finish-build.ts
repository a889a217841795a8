/**
 * What `npm run build` does after the compiler, for a start within a second: the server and the engine's thread in one file
 * each, packages included, since finding and opening a thousand small files takes longer than running them; and the survey
 * data, checked. Lines of a stack are those of the file made; the sources stand above their parts, the maps beside.
 */
import { join } from 'node:path'
import { build } from 'esbuild'
import { writeBuiltData } from '../server/features/survey-data/index.js'
import { projectDir } from '../server/platform/paths.js'
import { runMain } from './support/run-main.js'

/** Packages that load a compiled library beside them. */
const NATIVE = ['lmdb', '@node-rs/argon2']
/** Large, and loaded when somebody asks for a paper. */
const RARE = ['docx']

/** What packages in CommonJS call, and modules do not have. */
const REQUIRE =
  "import { createRequire as requireMaker } from 'node:module'; const require = requireMaker(import.meta.url);"

await runMain(async () => {
  const dir = projectDir()
  const outdir = join(dir, 'dist/server')
  await build({
    absWorkingDir: dir,
    entryPoints: { main: 'server/main.ts', worker: 'server/embedded-mongo/worker.ts' },
    outdir,
    allowOverwrite: true,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20.19',
    external: [...NATIVE, ...RARE],
    banner: { js: REQUIRE },
    sourcemap: true,
    sourcesContent: false,
    logLevel: 'warning',
  })
  writeBuiltData(join(dir, 'surveys'), join(outdir, 'survey-data.json'))
})
