/** These parameters of an address: empty where they are not in it. */
export function textsOf<Name extends string>(
  parameters: URLSearchParams,
  names: readonly Name[],
): Readonly<Record<Name, string>> {
  return Object.fromEntries(names.map((name) => [name, parameters.get(name) ?? ''])) as Record<Name, string>
}

/** An address's parameters, in this order: what is empty is not in it. */
export function parametersWith(texts: Readonly<Record<string, string>>): URLSearchParams {
  return new URLSearchParams(Object.entries(texts).filter(([, text]) => text !== ''))
}
