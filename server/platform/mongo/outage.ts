import { mongo } from 'mongoose'

const OUTAGES = [
  mongo.MongoNetworkError,
  mongo.MongoServerSelectionError,
  mongo.MongoNotConnectedError,
  mongo.MongoTopologyClosedError,
]
/** What a socket says that was closed while a command was being written: the driver hands it on as it is. */
const CLOSED_SOCKET = ['EPIPE', 'ECONNRESET']
/** MongoDB's code for a write that the disk has no room for; the embedded engine uses it too. */
const OUT_OF_DISK_SPACE = 14031

interface Layer {
  readonly code?: unknown
  readonly cause?: unknown
  /** Bulk writes of the driver keep here what befell their command. */
  readonly errorResponse?: unknown
}

/** An error and those it was made from. */
function layersOf(error: unknown): readonly Layer[] {
  if (typeof error !== 'object' || error === null) return []
  const { cause, errorResponse } = error as Layer
  return [error as Layer, ...layersOf(cause), ...layersOf(errorResponse)]
}

/** Whether an operation failed because the database cannot be reached: nobody's mistake, and worth another try. */
export function isDatabaseAway(error: unknown): boolean {
  return layersOf(error).some(
    (layer) => OUTAGES.some((outage) => layer instanceof outage) || CLOSED_SOCKET.includes(String(layer.code)),
  )
}

/** Whether a write failed because the disk of the database is full: nothing of it was kept, and it may be sent again later. */
export function isStorageFull(error: unknown): boolean {
  return layersOf(error).some(({ code }) => code === OUT_OF_DISK_SPACE)
}
