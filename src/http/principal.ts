/** Who is asking, once a key has said so. */
export interface Principal {
  readonly name: string
}

/** Says whose key it is; null for no key or a wrong one. It takes the same time whatever part of a key is right. */
export type Authenticate = (key: string | undefined) => Principal | null
