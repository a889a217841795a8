/**
 * Root hooks of every mocha run: a promise nobody waited for fails the run instead of vanishing, and random cases repeat.
 */
import fc from 'fast-check'

// The same random cases in every run, so that a failure is the change's own; `FC_SEED=…` looks at others.
fc.configureGlobal({ seed: Number(process.env.FC_SEED ?? 20_261_122) })

const unhandled: unknown[] = []
process.on('unhandledRejection', (reason) => unhandled.push(reason))

export const mochaHooks = {
  afterEach() {
    const [first] = unhandled.splice(0)
    if (first !== undefined) throw new Error('A promise was rejected and nobody handled it', { cause: first })
  },
}
