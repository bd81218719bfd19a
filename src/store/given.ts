/** Every key may be left out or null: a client that builds a filter from a form sends either. */
export type Given<Filter> = { readonly [Key in keyof Filter]?: Filter[Key] | null | undefined }

/** The values of a list in a filter, or null where it says nothing: an empty list leaves everything in, like none at all. */
export function listed<Value>(values: readonly Value[] | null | undefined): readonly Value[] | null {
  return values && values.length > 0 ? values : null
}
