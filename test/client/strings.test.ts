import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseSync } from 'vite'
import { describe, expect, it } from 'vitest'

const SOURCES = 'client/src'
/** Where texts are at home, what is generated from queries, and drawings. */
const HOMES = new Set(['strings.ts', join('api', 'documents.ts'), join('components', 'icon-strokes.ts')])

/** Attributes and properties whose texts are read, or read out. */
const READ = new Set(
  'aria-description aria-label aria-placeholder aria-roledescription aria-valuetext about alt altText does error hint label message placeholder text title'.split(
    ' ',
  ),
)
const WORD = /\p{L}/u
/** Two words, of which the first is capital: class names, types and addresses are not written so. */
const SENTENCE = /^\s*\p{Lu}\p{Ll}+(?:’\p{Ll})?,? \S/u

interface Node {
  readonly type: string
  readonly start: number
  readonly [name: string]: unknown
}

/** The texts of a source file that somebody would read, each with its line. */
function textsIn(file: string, source: string): readonly string[] {
  const { program, errors } = parseSync(file, source)
  if (errors.length > 0) throw new Error(`${file}: ${errors[0]?.message}`)
  const found = new Map<number, string>()
  const add = ({ start }: Node, text: string): void => void found.set(start, text.trim())
  for (const node of nodesIn(program)) {
    for (const [at, text] of shownBy(node)) if (WORD.test(text)) add(at, text)
    const text = textOf(node)
    if (text !== null && SENTENCE.test(text)) add(node, text)
  }
  const lineOf = (start: number): number => source.slice(0, start).split('\n').length
  return [...found].map(([start, text]) => `${file}:${lineOf(start)}: ${text}`)
}

function* nodesIn(value: unknown): Generator<Node> {
  if (Array.isArray(value)) for (const one of value) yield* nodesIn(one)
  if (!isNode(value)) return
  yield value
  for (const part of Object.values(value)) yield* nodesIn(part)
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string'
}

/** What the node shows: the texts between tags, and of attributes and properties that are read. */
function shownBy(node: Node): readonly (readonly [Node, string])[] {
  const { type, children, name, key, value } = node
  if (type === 'JSXText') return [[node, String(value).replaceAll(/&\w+;/g, '')]]
  if ((type === 'JSXElement' || type === 'JSXFragment') && Array.isArray(children))
    return children.flatMap(valuesOf)
  const label = type === 'JSXAttribute' ? name : type === 'Property' ? key : null
  const called = isNode(label) ? String(label['name'] ?? label['value']) : ''
  return READ.has(called) ? valuesOf(value) : []
}

/** The texts that an expression may come to, as far as they stand in it. */
function valuesOf(value: unknown): readonly (readonly [Node, string])[] {
  if (!isNode(value)) return []
  const { type, expression, left, right, consequent, alternate, operator } = value
  const text = textOf(value)
  if (text !== null) return [[value, text]]
  if (type === 'ConditionalExpression') return [...valuesOf(consequent), ...valuesOf(alternate)]
  if (type === 'LogicalExpression') return [...(operator === '&&' ? [] : valuesOf(left)), ...valuesOf(right)]
  if (type === 'BinaryExpression' && operator === '+') return [...valuesOf(left), ...valuesOf(right)]
  return /^(?:JSXExpressionContainer|ParenthesizedExpression|TS\w+Expression)$/.test(type)
    ? valuesOf(expression)
    : []
}

/** Of a literal; what is filled in is an ellipsis. */
function textOf({ type, value, quasis }: Node): string | null {
  if (type === 'Literal') return typeof value === 'string' ? value : null
  if (type !== 'TemplateLiteral') return null
  return (quasis as readonly { readonly value: { readonly cooked: string } }[])
    .map((part) => part.value.cooked)
    .join('…')
}

describe('what a person reads in the dashboard', () => {
  it('is written in strings.ts, and nowhere else', () => {
    const files = readdirSync(SOURCES, { recursive: true, encoding: 'utf8' }).filter(
      (file) => /\.tsx?$/.test(file) && !HOMES.has(file),
    )
    expect(files.length).toBeGreaterThan(100)
    expect(files.flatMap((file) => textsIn(file, readFileSync(join(SOURCES, file), 'utf8')))).toEqual([])
  })

  it.each([
    `<p>Hello</p>`,
    `<>{isNew && 'hello'}</>`,
    `<a title="hello" />`,
    '<a aria-label={name ?? `hello ${name}`} />',
    `toast({ tone: 'bad', text: isBad ? 'hello' : say.bad })`,
    `throw new ApiError('failed', 'The key is gone.')`,
    'const nameOf = (code) => `Error ${code}`',
  ])('is found where it is not: %s', (source) => {
    expect(textsIn('a.tsx', source)).toHaveLength(1)
  })

  it.each([
    `<p className="muted small">{say.hello} → {count}{', '}</p>`,
    `<time title={as === 'full' ? passed : full} />`,
    `<Badge tone="bad" icon="bell" text={say.look(names['bell'])} />`,
    'fetch(`logs?log=${id}`, { method: "POST" })',
    `const { label = '' } = look as { label: 'one' | 'other' }`,
  ])('is not taken for what is nobody’s text: %s', (source) => {
    expect(textsIn('a.tsx', source)).toEqual([])
  })
})
