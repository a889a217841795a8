import { MongoClient } from 'mongodb'

/** Removes the database that an address names. */
export async function dropDatabase(uri: string): Promise<void> {
  const client = await MongoClient.connect(uri)
  try {
    await client.db().dropDatabase()
  } finally {
    await client.close()
  }
}
