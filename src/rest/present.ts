import { z } from 'zod'
import { toSnake } from './spelling.js'

/** A row that a shape can show: every field that it names, of its type. */
export type RowOf<Shape extends z.ZodObject> = {
  readonly [Key in keyof z.output<Shape>]: z.output<Shape>[Key] extends (infer Item)[]
    ? readonly Item[]
    : z.output<Shape>[Key]
}

/** The row as REST shows it: the fields that the shape names and no others, in snake_case. */
export function present<Shape extends z.ZodObject>(shape: Shape, row: RowOf<Shape>): Record<string, unknown> {
  const values: Readonly<Record<string, unknown>> = row
  return Object.fromEntries(
    Object.entries(shape.shape).map(([key, schema]) => [toSnake(key), presentValue(schema, values[key])]),
  )
}

function presentValue(schema: unknown, value: unknown): unknown {
  if (!(schema instanceof z.ZodArray) || !(schema.element instanceof z.ZodObject)) return value
  const { element } = schema
  return (value as readonly Record<string, unknown>[]).map((item) => present(element, item))
}
