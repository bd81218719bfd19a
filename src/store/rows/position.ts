/** Column options of a feed position or sequence number: bigint in the table, an exact number (below 2^53) in the code. */
export const position = {
  type: 'bigint',
  transformer: {
    to: (value: number | null) => value,
    from: (value: string | number | null) => (value === null ? null : Number(value)),
  },
} as const
