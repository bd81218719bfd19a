import { z } from 'zod'

/** One of these values, which faults name as the API spells them. */
export const oneOf = <Value extends string>(values: Record<string, Value>) =>
  z.enum(Object.values(values) as [Value, ...Value[]], `must be one of ${Object.keys(values).join(', ')}`)
