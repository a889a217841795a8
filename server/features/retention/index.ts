/** Retention: what people wrote is removed when its time is over, and what they withdrew. */
export { makeEraseWithdrawn } from './erase-withdrawn.js'
export { makePurgeWords, type PurgeNeeds } from './purge-words.js'
