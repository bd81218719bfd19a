import { MongoClient } from 'mongodb'

/** Connects once; gives the server's version. Throws what the driver throws. */
export async function probeMongodb(url: string, timeoutMs: number): Promise<string> {
  const client = new MongoClient(url, {
    serverSelectionTimeoutMS: timeoutMs,
    connectTimeoutMS: timeoutMs,
    socketTimeoutMS: timeoutMs,
    appName: 'giftpulse doctor',
  })
  try {
    await client.connect()
    const { version } = await client.db().admin().serverInfo()
    return String(version)
  } finally {
    await client.close()
  }
}
