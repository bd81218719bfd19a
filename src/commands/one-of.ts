import { z } from 'zod'

/**
 * One of these values. Faults name them in the tables' spelling, in which REST and files write them; GraphQL has names of its own,
 * and checks those itself.
 */
export const oneOf = <Value extends string>(values: Record<string, Value>) =>
  z.enum(Object.values(values) as [Value, ...Value[]], `must be one of ${Object.values(values).join(', ')}`)
