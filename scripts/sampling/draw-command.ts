import { readFileSync } from 'node:fs'
import { z } from 'zod'
import { GENERATOR } from '../../server/domain/statistics/random/seeded-stream.js'
import { baseWeight } from '../../server/domain/statistics/sampling/base-weight.js'
import { type DrawPlan, drawCommitment, drawSample } from '../../server/domain/statistics/sampling/sample-draw.js'
import { numberOf, readCommandLine, required } from '../analysis/command-line.js'
import { sha256 } from './plan-command.js'
import { isCount } from './read-frame.js'

const OPTIONS = { plan: { type: 'string' }, sha256: { type: 'string' }, take: { type: 'string' } } as const

const planSchema = z.strictObject({
  method: z.enum(['systematic_pps', 'simple_random']),
  generator: z.string(),
  seed: z.string().min(1),
  count: z.int().min(1),
  frame: z.array(z.strictObject({ id: z.string().min(1), size: z.number().positive() })).min(1),
})

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    throw new Error(`${file} cannot be read (${(error as NodeJS.ErrnoException).code})`)
  }
}

function planOf(file: string, text: string): DrawPlan {
  let content: unknown
  try {
    content = JSON.parse(text)
  } catch {
    throw new Error(`${file} is no plan: it is not JSON; \`sample plan\` writes one`)
  }
  const reading = planSchema.safeParse(content)
  if (!reading.success) {
    const [issue] = reading.error.issues
    throw new Error(`${file} is no plan: ${issue!.path.join('.') || 'the whole'}: ${issue!.message}`)
  }
  const { generator, ...plan } = reading.data
  if (generator !== GENERATOR)
    throw new Error(`${file} was made for the generator ${generator}; this one is ${GENERATOR}`)
  if (drawCommitment(plan) !== text) {
    throw new Error(
      `${file} is not as \`sample plan\` wrote it: blanks, order or numbers were changed, so its hash is another`,
    )
  }
  return plan
}

/** `sample draw`: draws what a plan decides, the same for everybody and for ever; `null` when help is asked for. */
export function drawCommand(args: readonly string[]): object | null {
  const values = readCommandLine(OPTIONS, args)
  if (values === null) return null
  const file = required(values.plan, 'plan')
  const text = textOf(file)
  const hash = sha256(text)
  if (values.sha256 !== undefined && values.sha256.toLowerCase() !== hash) {
    throw new Error(`${file} is not the plan of --sha256: its hash is ${hash}`)
  }
  const plan = planOf(file, text)
  const take = numberOf(values.take, 'take', isCount, 'a whole number of cases from 1 in each unit drawn')
  const sizeOf = new Map(plan.frame.map(({ id, size }) => [id, size]))
  const { units, generator } = drawSample(plan)
  return {
    ...{ sha256: hash, method: plan.method, generator, seed: plan.seed, frame: plan.frame.length },
    units: units.map(({ id, probability }) => {
      const stages = take === undefined ? [probability] : [probability, takeShare(id, take, sizeOf.get(id)!, plan)]
      return { id, probability, baseWeight: baseWeight(stages) }
    }),
  }
}

function takeShare(id: string, take: number, size: number, { method }: DrawPlan): number {
  if (method === 'simple_random') throw new Error('--take needs a plan with sizes (--size of `sample plan`)')
  if (take > size) throw new Error(`--take ${take} is more than the ${size} cases of ${id}`)
  return take / size
}
