/** Variables as they are asked with: some move with the clock, and are made at the moment of asking. */
export function madeNow<Variables>(variables: Variables | (() => Variables)): Variables {
  return typeof variables === 'function' ? (variables as () => Variables)() : variables
}
