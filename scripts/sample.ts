/** Plans a sample and draws it so that anybody can draw it again; prints JSON. `sample --help` explains the options. */
import { allocateCommand } from './sampling/allocate-command.js'
import { drawCommand } from './sampling/draw-command.js'
import { planCommand } from './sampling/plan-command.js'
import { sizeCommand } from './sampling/size-command.js'
import { runMain } from './support/run-main.js'

const HELP = `Usage: npm run --silent sample -- size|allocate|plan|draw [options]

size: how many answers a margin takes, or what margin so many give (z = 1.96, as the ministry's tables)
  --margin SHARE         half-width wanted, for example 0.05 for ±5 points; or
  --size N               answers, to learn the margin
  --formula NAME         cochran (default) or slovin, the ministry's n = N/(1 + N e²)
  --share SHARE          share expected; 0.5, the worst case, unless given
  --population N         cases in all, for the finite population correction
  --design-effect D      or --cluster-size M with --icc R: 1 + (M - 1) R
  --response-rate SHARE  part that answers, to learn how many forms to hand out

allocate: shares a total out to strata, in whole cases
  --csv FILE --name COLUMN --size COLUMN    one row a stratum, with the cases of its population
  --total N [--minimum N]                   cases to draw, and the least for each stratum
  --rule NAME            proportional (default), equal, power (--exponent, 0.5 unless given), neyman (--deviation COLUMN)

plan: fixes a draw before field work; publish the hash that it prints, then the seed may not be chosen again
  --csv FILE --id COLUMN [--size COLUMN]    frame in the order walked through; with sizes drawn proportional to them
  --count N --seed TEXT                     best a text nobody could choose, as a public lottery number of a named day
  --out FILE                                the plan; never overwritten

draw: draws what a plan decides; the same units for everybody and for ever
  --plan FILE [--sha256 HASH]               with the hash published, another plan is refused
  --take N               cases to take in each unit drawn, for base weights over both stages

  --delimiter NAME       of tables: comma, semicolon or tab; read off the header unless given
  --help                 this text`

const COMMANDS: Readonly<Record<string, (args: readonly string[]) => object | null>> = {
  size: sizeCommand,
  allocate: allocateCommand,
  plan: planCommand,
  draw: drawCommand,
}

function output(): string {
  const [name = '', ...args] = process.argv.slice(2)
  const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined
  if (command !== undefined) {
    const result = command(args)
    return result === null ? HELP : JSON.stringify(result, null, 2)
  }
  if (name === '--help' || name === '-h') return HELP
  throw new Error(`sample is followed by size, allocate, plan or draw (--help explains them)${name && `; got ${name}`}`)
}

await runMain(async () => console.log(output()))
