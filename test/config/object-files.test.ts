import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readObjectFiles, writeObjectFile } from '../../src/config/object-files.js'

const read = (source: string) => readObjectFiles([{ path: 'a.yaml', source }])

describe('files of objects', () => {
  it('give their lists together, in the order of the files', () => {
    const files = [
      { path: 'a.yaml', source: 'rules:\n  - name: a\n' },
      { path: 'b.json', source: '{ "rules": [{ "name": "b" }] }' },
      { path: 'c.yaml', source: '' },
    ]
    expect(readObjectFiles(files)).toMatchObject({
      lists: { rules: [{ name: 'a' }, { name: 'b' }] },
      faults: [],
    })
  })

  it('pass over settings, and say nothing of a list that is not there', () => {
    expect(read('API_PORT: 1\nAPI_KEY_FILE: x\n')).toMatchObject({ lists: {}, faults: [] })
    expect(read('rules: []\n').lists).toEqual({ rules: [] })
  })

  it('take texts as they are written', () => {
    const source =
      'rules:\n  - name: 0123\n    pattern_value: 30001\n    description: yes\n    cooldown_minutes: 5\n    enabled: true\n'
    expect(read(source).lists).toEqual({
      rules: [
        { name: '0123', pattern_value: '30001', description: 'yes', cooldown_minutes: 5, enabled: true },
      ],
    })
  })

  it.each([
    [
      'silences: []',
      'a.yaml:1:1: "silences" is not known here: it is neither a setting nor one of rules, receivers',
    ],
    ['a: 1\nrules: {}', 'a.yaml:2:1: rules must be a list'],
    ['- a', 'a.yaml:1:1: must be a map'],
    ['rules:\n  - name: a\n    name: b', 'a.yaml:3:5: Map keys must be unique'],
    ['rules: !!js/function x', 'a.yaml:1:8: Unresolved tag: tag:yaml.org,2002:js/function'],
    [
      'rules: [',
      'a.yaml:1:9: Flow sequence in block collection must be sufficiently indented and end with a ]',
    ],
    ['rules: [1]\n---\nrules: []', /^a\.yaml:2:1: Source contains multiple documents/],
  ])('with a fault are refused at its place: %j', (source, fault) => {
    const faults = read(source).faults
    expect(faults).toContainEqual(typeof fault === 'string' ? fault : expect.stringMatching(fault))
  })

  it('know where everything in them stands', () => {
    const files = [
      { path: 'a.yaml', source: 'rules:\n  - name: a\n' },
      {
        path: 'b.yaml',
        source: 'rules:\n  - name: b\n    actions:\n      - type: log\n        config: { level: x }\n',
      },
    ]
    const { placeOf } = readObjectFiles(files)
    expect(placeOf('rules.0.name')).toBe('a.yaml:2:11')
    expect(placeOf('rules.1.actions.0.config.level')).toBe('b.yaml:5:26')
    expect(placeOf('rules.1.pattern_type')).toBe('b.yaml:2:5')
    expect(placeOf('rules.2')).toBeNull()
    expect(placeOf('query')).toBeNull()
  })

  it('are written so that they say the same again, whatever is in them', () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary' }).filter((one) => !/\p{Surrogate}/u.test(one)),
      fc.constantFrom(
        '30001',
        'true',
        'null',
        '~',
        '',
        ' a ',
        'a: b',
        '# c',
        'a\n  b\n',
        '\t',
        '${A}',
        '2026-11-27',
        '0x1',
        '- a',
        '"',
        "'",
      ),
    )
    const config = fc.dictionary(
      text.filter((key) => key !== '__proto__'),
      fc.oneof(text, fc.integer(), fc.boolean(), fc.array(text)),
      { maxKeys: 4 },
    )
    const rule = fc.record(
      {
        name: text,
        description: text,
        enabled: fc.boolean(),
        pattern_value: text,
        cooldown_minutes: fc.nat(),
        actions: fc.array(fc.record({ type: fc.constant('log'), config }), { maxLength: 3 }),
      },
      { requiredKeys: ['name'] },
    )
    fc.assert(
      fc.property(fc.array(rule, { maxLength: 4 }), (rules) => {
        const written = writeObjectFile({ rules })
        const again = read(written)
        expect(again.faults).toEqual([])
        expect(again.lists).toEqual({ rules })
        expect(writeObjectFile(again.lists)).toBe(written)
      }),
    )
  })
})
