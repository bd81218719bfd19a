import { remember, remembered } from '../../components/device-memory.js'
import type { Example } from './examples.js'

const STORED_AS = 'giftpulse-explorer'
const MOST = 50

/** What the reader saved on this device, the newest first; empty where the browser keeps nothing or nonsense. */
export function readSaved(): readonly Example[] {
  try {
    const stored: unknown = JSON.parse(remembered(STORED_AS) ?? '[]')
    return Array.isArray(stored) ? stored.filter(isExample) : []
  } catch {
    return []
  }
}

/** Keeps one under its name, in place of another of that name; answers all. */
export function keep(example: Example): readonly Example[] {
  return write([example, ...readSaved().filter(({ name }) => name !== example.name)].slice(0, MOST))
}

export function forget(name: string): readonly Example[] {
  return write(readSaved().filter((example) => example.name !== name))
}

function write(examples: readonly Example[]): readonly Example[] {
  remember(STORED_AS, JSON.stringify(examples))
  return examples
}

function isExample(value: unknown): value is Example {
  if (typeof value !== 'object' || value === null) return false
  const { name, query, variables } = value as Readonly<Record<string, unknown>>
  return typeof name === 'string' && typeof query === 'string' && typeof variables === 'string'
}
