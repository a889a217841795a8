/** Retention: what people wrote is removed when its time is over. */
export { makePurgeWords, type PurgeNeeds } from './purge-words.js'
