/** `npm run bench -- NAME [OPTIONS]`: measures one part and prints JSON. Never run with the tests. */

import { runAllBenches } from './all.js'
import { runAnalysisBench } from './analysis.js'
import { runCoverageBench } from './coverage.js'
import { runEngineBench } from './engine.js'
import { runExportsBench } from './exports.js'
import { runIntakeBench } from './intake.js'
import { runMethodsBench } from './methods.js'
import { writeReadmeFigures } from './readme.js'
import { runReleasesBench } from './releases.js'
import { runReportsBench } from './reports.js'
import { runTruthBench } from './truth.js'

const benches: Readonly<Record<string, (args: readonly string[]) => Promise<void>>> = {
  engine: runEngineBench,
  intake: runIntakeBench,
  coverage: runCoverageBench,
  analysis: runAnalysisBench,
  methods: runMethodsBench,
  releases: runReleasesBench,
  reports: runReportsBench,
  truth: runTruthBench,
  all: runAllBenches,
  readme: writeReadmeFigures,
  exports: runExportsBench,
}

const [name = '', ...args] = process.argv.slice(2)
const bench = benches[name]
if (bench) await bench(args)
else {
  console.error(`Name what to measure: ${Object.keys(benches).join(', ')}`)
  process.exitCode = 1
}
