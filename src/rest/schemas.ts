import { z } from 'zod'

/** Every schema that the API's description knows by a name. */
export const schemas = z.registry<{ readonly id: string }>()

/** Gives a schema the name by which the description refers to it. */
export function named<Schema extends z.ZodType>(id: string, schema: Schema): Schema {
  schemas.add(schema, { id })
  return schema
}
