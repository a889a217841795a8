/** Index methods as data: reading and checking their files. */

export { checkFits } from './check-fits.js'
export { type CheckedMethod, checkMethodFiles, loadMethods } from './load-methods.js'
export { methodJsonSchema } from './method-schema.js'
export { type MethodFile, readMethodFile } from './read-method.js'
