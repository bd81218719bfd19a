/** The WHERE clause of one statement while it is put together: clauses joined by AND, values as numbered parameters. */
export class Conditions {
  readonly parameters: unknown[] = []
  private readonly clauses: string[] = []

  /** Adds a value; the answer is what stands for it in the statement, such as `$3`. */
  bind(value: unknown): string {
    this.parameters.push(value)
    return `$${this.parameters.length}`
  }

  and(clause: string): void {
    this.clauses.push(clause)
  }

  /** `expression` is one of `values`. One value alone is compared with `=`, so that an index can also give the order. */
  andOneOf(expression: string, values: readonly string[], type: 'text' | 'uuid' = 'text'): void {
    this.and(
      values.length === 1
        ? `${expression} = ${this.bind(values[0])}::${type}`
        : `${expression} = ANY(${this.bind(values)}::${type}[])`,
    )
  }

  /** ` WHERE …`, or nothing where everything is wanted. */
  toSql(): string {
    return this.clauses.length === 0 ? '' : ` WHERE ${this.clauses.join(' AND ')}`
  }
}
