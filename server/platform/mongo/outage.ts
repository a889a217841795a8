import { mongo } from 'mongoose'

const OUTAGES = [
  mongo.MongoNetworkError,
  mongo.MongoServerSelectionError,
  mongo.MongoNotConnectedError,
  mongo.MongoTopologyClosedError,
]

/** Whether an operation failed because the database cannot be reached: nobody's mistake, and worth another try. */
export function isDatabaseAway(error: unknown): boolean {
  return OUTAGES.some((outage) => error instanceof outage)
}
