import { isDeepStrictEqual } from 'node:util'
import type { Handlers } from '../../actions/handler.js'
import type { ReceiverSettings } from '../../inbox/receiver.js'
import { settingsOf } from '../rule-input.js'
import { entriesOfSettings } from './entries.js'
import type { StandingReceiver } from './plan-receivers.js'
import { entriesOfReceiver, plainReceiver, secretKeys } from './receiver-entries.js'
import { ReferenceNames } from './reference-names.js'
import { escapeReferences, referenceTo, restoreReferences, variablesIn } from './references.js'
import type { StandingAction, StandingRule } from './standing.js'

/** A rule, an action or a receiver as a file has it. */
type Entry = Readonly<Record<string, unknown>>

/** What files would have to say to make what stands. */
export interface Configuration {
  readonly rules: readonly Entry[]
  readonly receivers: readonly Entry[]
}

/** What a setting is where a file leaves it out. */
const otherwise: Readonly<Record<string, unknown>> = {
  copy: 1,
  enabled: true,
  cooldown_minutes: 0,
  config: {},
  max_bytes: plainReceiver.maxBytes,
}

/**
 * The same text for the same state: everything by name, rules of one name by their age, what is as it would be anyway left out, every
 * secret a reference, the one by which it was given where files gave it.
 */
export function exportConfiguration(
  standing: readonly StandingRule[],
  receivers: readonly StandingReceiver[],
  handlers: Handlers,
): Configuration {
  const given = [...standing.flatMap(({ actions }) => actions), ...receivers].flatMap(({ references }) =>
    Object.values(references),
  )
  const names = new ReferenceNames(new Set(variablesIn(given)))
  const counts = new Map<string, number>()
  const copyOf = (name: string): number => {
    const copy = (counts.get(name) ?? 0) + 1
    counts.set(name, copy)
    return copy
  }
  return {
    rules: standing
      .toSorted((one, other) => compareTexts(one.rule.name, other.rule.name))
      .map(({ rule, actions }) => ({
        ...withoutDefaults([
          ['name', rule.name],
          ['copy', copyOf(rule.name)],
          ...entriesOfSettings(settingsOf(rule)),
        ]),
        ...(actions.length > 0 && { actions: entriesOfActions(rule.name, actions, handlers, names) }),
      })),
    receivers: receivers
      .toSorted((one, other) => compareTexts(one.receiver.name, other.receiver.name))
      .map((one) => withoutDefaults(entriesOfStandingReceiver(one, names))),
  }
}

type SealedSecrets = Pick<ReceiverSettings, 'secret' | 'token'>

function entriesOfStandingReceiver(
  { receiver, references }: StandingReceiver,
  names: ReferenceNames,
): (readonly [string, unknown])[] {
  const { name } = receiver
  const stored = secretKeys.map((key) => {
    if (receiver[key] === null) return [key, null] as const
    return [key, references[`/${key}`] ?? referenceTo(names.next('receiver', name, key))] as const
  })
  return entriesOfReceiver(name, { ...receiver, ...(Object.fromEntries(stored) as SealedSecrets) })
}

function entriesOfActions(
  ruleName: string,
  actions: readonly StandingAction[],
  handlers: Handlers,
  names: ReferenceNames,
): Entry[] {
  const counts = new Map<string, number>()
  return actions.map(({ action, references }) => {
    const { actionType: type, enabled } = action
    const count = (counts.get(type) ?? 0) + 1
    counts.set(type, count)
    const label = count === 1 ? type : `${type}_${count}`
    const before = restoreReferences(escapeReferences(action.config), references)
    const config = handlers
      .get(type)
      .mapSecrets(before, (text, place) =>
        variablesIn(text).length > 0 ? text : referenceTo(names.next(ruleName, label, place)),
      )
    return withoutDefaults([
      ['type', type],
      ['config', config],
      ['enabled', enabled],
    ])
  })
}

function withoutDefaults(entries: readonly (readonly [string, unknown])[]): Entry {
  return Object.fromEntries(
    entries.filter(([key, value]) => !isDeepStrictEqual(value, otherwise[key] ?? null)),
  )
}

/** By code units: the same everywhere. */
function compareTexts(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0
}
