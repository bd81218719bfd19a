import { getIntrospectionQuery } from 'graphql'

/** A query whose deepest field is at this depth. */
function nested(depth: number, innermost = 'id'): string {
  let inner = innermost
  for (let at = depth - 1; at > 2; at--) inner = `${at % 2 === 0 ? 'alerts' : 'log'} { ${inner} }`
  return `{ alerts(first: 1) { nodes { ${inner} } } }`
}

/** An introspection whose deepest field is at this depth. */
function introspected(depth: number): string {
  return `{ __type(name: "Log") { fields { type ${'{ ofType '.repeat(depth - 4)} { name } ${'}'.repeat(depth - 4)} } } }`
}

const times = (count: number, text: (n: number) => string): string =>
  Array.from({ length: count }, (_, n) => text(n)).join(' ')

/** A query of exactly so many tokens. */
const tokens = (count: number): string =>
  `{ logs(filter: { errorCode: [${times(count - 19, () => '""')}] }) { nodes { id } } }`

/** Spreads itself 2^30 times where fragments are expanded one by one. */
const fragmentBomb = `{ ...F0 } ${times(30, (n) => `fragment F${n} on Query { ...F${n + 1} ...F${n + 1} }`)} fragment F30 on Query { health { status } }`

/** Operations that must be refused before any of them runs, and with which code. */
export const bombs: readonly (readonly [name: string, query: string, code: string])[] = [
  ['a field at depth 13', nested(13), 'COMPLEXITY_LIMIT'],
  ['a query 40 deep', nested(40), 'COMPLEXITY_LIMIT'],
  [
    'depth hidden in fragments',
    `{ alerts { nodes { ...A } } } ${times(6, (n) => `fragment ${'ABCDEF'[n]} on Alert { log { alerts { ...${'ABCDEFG'[n + 1]} } } }`)} fragment G on Alert { id }`,
    'COMPLEXITY_LIMIT',
  ],
  ['31 aliases', `{ ${times(31, (n) => `a${n}: health { status }`)} }`, 'COMPLEXITY_LIMIT'],
  ['31 aliased __typename', `{ ${times(31, (n) => `a${n}: __typename`)} }`, 'COMPLEXITY_LIMIT'],
  [
    'aliases multiplied by fragments',
    `{ x: health { ...A } y: health { ...A } } fragment A on Health { ${times(15, (n) => `a${n}: status`)} }`,
    'COMPLEXITY_LIMIT',
  ],
  ['5,001 tokens', tokens(5_001), 'COMPLEXITY_LIMIT'],
  ['a field repeated without end', `{ ${times(4_900, () => '__typename')} }`, 'COMPLEXITY_LIMIT'],
  ['a bomb of fragments', fragmentBomb, 'COMPLEXITY_LIMIT'],
  ['sixty thousand bytes of tokens', `{ ${times(30_000, () => 'a')} }`, 'COMPLEXITY_LIMIT'],
  ['introspection at depth 21', introspected(21), 'COMPLEXITY_LIMIT'],
  [
    'powers of nested lists',
    `{ logs(first: 200) { nodes { ...L alerts { log { ...L alerts { log { ...L alerts { log { ...L } } } } } } } } }
     fragment L on Log { alerts { rule { actions { id ruleId } } deliveries { action { id } alert { id } attempts { at error } } } transitions { at status } }`,
    'COMPLEXITY_LIMIT',
  ],
  [
    'a fragment cycle',
    '{ health { ...A } } fragment A on Health { ...B } fragment B on Health { ...A }',
    'BAD_USER_INPUT',
  ],
  [
    'a cycle through fields',
    '{ alerts { nodes { ...A } } } fragment A on Alert { log { alerts { ...A } } }',
    'BAD_USER_INPUT',
  ],
  [
    'the same directive 700 times',
    `{ health ${times(700, () => '@skip(if: false)')} { status } }`,
    'BAD_USER_INPUT',
  ],
  ['2,400 directives', `{ health ${times(2_400, (n) => `@d${n}`)} { status } }`, 'BAD_USER_INPUT'],
  ['a first of 1e9', '{ logs(first: 1e9) { nodes { id } } }', 'BAD_USER_INPUT'],
  ['an unknown field', '{ passwords }', 'BAD_USER_INPUT'],
  ['a syntax error', '{ health { status }', 'BAD_USER_INPUT'],
  ['a value nested without end', `{ logs(after: ${'['.repeat(4_900)}`, 'BAD_USER_INPUT'],
  ['nothing', '', 'BAD_USER_INPUT'],
  ['only a fragment', 'fragment A on Health { status }', 'BAD_USER_INPUT'],
]

/** Operations as large as they may be. */
export const passes: readonly (readonly [name: string, query: string])[] = [
  ['a field at depth 12', nested(12)],
  ['30 aliases', `{ ${times(30, (n) => `a${n}: health { status }`)} }`],
  ['5,000 tokens', tokens(5_000)],
  ['the usual introspection', getIntrospectionQuery()],
  ['introspection at depth 20', introspected(20)],
  [
    '30 pages of 200',
    `{ ${times(30, (n) => `a${n}: logs(first: 200) { nodes { id twilioSid status rawData timestamp errorCode } }`)} }`,
  ],
  [
    'a page of 200 with all its edges',
    `{ logs(first: 200) { totalCount feedCursor edges { cursor node { id rawData transitions { status errorCode at }
      alerts { id summary rule { name actions { id config } } deliveries { id action { id config rule { name } }
      attempts { at success durationMs statusCode error response } } } } } } }`,
  ],
]

/** More than a socket takes at once; over HTTP it is read, and given up after as many tokens as an operation may have. */
export const megabyteOfTokens = `{ ${'a '.repeat(500_000)}}`

/** More rows than a page may have, in a number that GraphQL itself has nothing against. */
export const billionOfRows = '{ logs(first: 1000000000) { nodes { id } } }'
