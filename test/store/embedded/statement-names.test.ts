import { describe, expect, it } from 'vitest'
import { frontend, messageOfType } from '../../../src/store/embedded/protocol.js'
import { StatementNames } from '../../../src/store/embedded/statement-names.js'

const statement = Buffer.from('S')
const parse = (name: string) => messageOfType(frontend.parse, name, 'SELECT $1', Buffer.alloc(2))
const bind = (portal: string, name: string) => messageOfType(frontend.bind, portal, name, Buffer.alloc(6))
const describeStatement = (name: string) => messageOfType(frontend.describe, statement, name)
const close = (name: string) => messageOfType(frontend.close, statement, name)

/** The name a statement has inside, read from a Close message, which holds nothing else. */
const insideName = (names: StatementNames, name: string) =>
  names.rename(close(name)).toString('utf8', 6).slice(0, -1)

describe('StatementNames', () => {
  it('gives equal names of different clients different names inside', () => {
    expect(insideName(new StatementNames(1), 'find')).not.toBe(insideName(new StatementNames(2), 'find'))
  })

  it('uses one name in Parse, Bind, Describe and Close', () => {
    const names = new StatementNames(7)
    const inside = insideName(names, 'find')
    expect(names.rename(parse('find'))).toEqual(parse(inside))
    expect(names.rename(bind('portal', 'find'))).toEqual(bind('portal', inside))
    expect(names.rename(describeStatement('find'))).toEqual(describeStatement(inside))
  })

  it('keeps apart names that agree in their first 63 bytes, after which PostgreSQL cuts', () => {
    const names = new StatementNames(1)
    const long = 'n'.repeat(80)
    const [one, two] = [insideName(names, `${long}1`), insideName(names, `${long}2`)]
    expect(one.slice(0, 63)).not.toBe(two.slice(0, 63))
  })

  it('leaves unnamed statements, portals and other messages as they are', () => {
    const names = new StatementNames(1)
    const portal = messageOfType(frontend.describe, Buffer.from('P'), 'portal')
    for (const message of [
      parse(''),
      bind('portal', ''),
      portal,
      messageOfType(frontend.query, 'SELECT 1'),
    ]) {
      expect(names.rename(message)).toBe(message)
    }
    expect(names.closeAll()).toEqual([])
  })

  it('closes every statement that was prepared', () => {
    const names = new StatementNames(1)
    const inside = ['a', 'b'].map((name) => names.rename(close(name)))
    expect(names.closeAll()).toEqual(inside)
  })
})
