import { fileURLToPath } from 'node:url'
import { type ProductEnvironment, startProduct } from '../test/fixtures/product.js'

/** The program as it was compiled beside the benches. */
const main = fileURLToPath(new URL('../src/main.js', import.meta.url))

/** The whole product in a process of its own on that database; answers where it is reached. */
export async function runProduct(databaseUrl: string, env: ProductEnvironment = {}): Promise<string> {
  const product = startProduct({ main, env: { DATABASE_URL: databaseUrl, LOG_LEVEL: 'warn', ...env } })
  return (await product.ready()).url
}
