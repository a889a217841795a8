/**
 * Root hooks of every mocha run: a promise nobody waited for fails the run instead of vanishing.
 */
const unhandled: unknown[] = []
process.on('unhandledRejection', (reason) => unhandled.push(reason))

export const mochaHooks = {
  afterEach() {
    const [first] = unhandled.splice(0)
    if (first !== undefined) throw new Error('A promise was rejected and nobody handled it', { cause: first })
  },
}
