import * as fc from 'fast-check'
import { getCountries, getExampleNumber } from 'libphonenumber-js/max'
import examples from 'libphonenumber-js/mobile/examples'
import { describe, expect, it } from 'vitest'
import { demoCall } from '../../src/demo/demo-call.js'
import { Draws } from '../../src/demo/draws.js'
import { maskNumber, maskNumbers, maskNumbersIn, maskRecord } from '../../src/privacy/mask-numbers.js'

describe('a masked number', () => {
  it.each([
    ['+14155552671', '+1415***2671'],
    ['+442071838750', '+4420***8750'],
    ['14155552671', '1415***2671'],
    ['+15551234', '+15***34'],
    ['+1 (415) 555-2671', '+1415***2671'],
  ])('of %s shows where it belongs and how it ends', (number, masked) => {
    expect(maskNumber(number)).toBe(masked)
  })
})

describe('masking a text', () => {
  it.each([
    ['from +14155552671 to +442071838750.', 'from +1415***2671 to +4420***8750.'],
    ['whatsapp:+14155552671', 'whatsapp:+1415***2671'],
    ['sip:+14155552671@example.com', 'sip:+1415***2671@example.com'],
    ['?To=%2B14155552671&x', '?To=%2B1415***2671&x'],
    ['?To=%2B1+%28415%29+555-2671&x', '?To=%2B1415***2671&x'],
    ['Body=call%20415-555-2671+now', 'Body=call%2041***71+now'],
    ['call 14155552671 now', 'call 1415***2671 now'],
    ['4155552671', '41***71'],
    ['(747) 288-5788', '74***88'],
    ['+1 (415) 555-2671', '+1415***2671'],
    ['415-555-2671', '41***71'],
    ['call 1-415-555-2671 or 415.555.2671', 'call 1415***2671 or 41***71'],
    ['+44 20 7183 8750', '+4420***8750'],
    ['020 7183 8750', '0207***8750'],
    ['06 12 34 56 78', '06***78'],
    ['(11) 96123-4567', '1196***4567'],
    ['tel:+1-415-555-2671', 'tel:+1415***2671'],
    [String.raw`{"text":"one\n415-555-2671"}`, String.raw`{"text":"one\n41***71"}`],
  ])('finds the numbers in %s', (text, masked) => {
    expect(maskNumbers(text)).toBe(masked)
  })

  it.each([
    'SM00000000000000000000000000000000',
    '550e8400-e29b-41d4-a716-446655440000',
    '12345678-1234-4234-8234-123456789012',
    '2026-11-27T10:00:00.000Z',
    '2026-11-27 10:00:00 to 2026-11-28 11:30',
    '01.02.2026 10:00, 2026/11/22 10, 11/22/2026',
    'Tue, 18 Aug 2026 12:00:00 +0000',
    'error 30003, 12.3456789012 s, port 65535',
    '30001,30003-30008,!30006',
    '-0.00790 USD, 0.00790 0.01400',
    '1.12345678901234',
    '192.168.100.200 and 127.0.0.1:59998',
    '/2010-04-01/Accounts/AC00000000000000000000000000000000/Calls.json',
    '1763880000, 1763880000000, 20261127101530',
  ])('leaves %s alone', (text) => {
    expect(maskNumbers(text)).toBe(text)
  })
})

const digitsOf = (text: string) => text.replaceAll(/\D/g, '')

describe('any number there may be', () => {
  /** A mobile number of some country, its last digits drawn. */
  const number = fc
    .tuple(fc.constantFrom(...getCountries()), fc.integer({ min: 0, max: 9_999 }))
    .map(([country, end]) => {
      const example = getExampleNumber(country, examples)!
      example.setExt('')
      const own = `${example.nationalNumber.slice(0, -4)}${String(end).padStart(4, '0')}`
      return Object.assign(example, { nationalNumber: own, number: `+${example.countryCallingCode}${own}` })
    })
  const spelled = fc
    .tuple(number, fc.constantFrom('INTERNATIONAL', 'E.164', 'RFC3966'))
    .map(([one, format]) => ({ digits: digitsOf(one.number), text: one.format(format as 'E.164') }))
  const around = fc.constantFrom(
    ['', ''],
    ['to ', '.'],
    ['"', '"'],
    ['(', ')'],
    ['whatsapp:', ' is away'],
    ['2026-11-27 10:00:00 ', ', error 30003'],
  )
  const written = fc.constantFrom(
    (text: string) => text,
    (text: string) => encodeURIComponent(text),
    (text: string) => new URLSearchParams([['To', text]]).toString(),
  )

  it('is masked as it is written internationally, in texts, addresses and forms', () => {
    fc.assert(
      fc.property(spelled, around, written, ({ digits, text }, [before, after], write) => {
        const masked = maskNumbers(write(`${before}${text}${after}`))
        expect(masked).toContain('***')
        // Of the shortest numbers there is so little between that it may stand somewhere else.
        if (digits.length > 8) expect(digitsOf(masked)).not.toContain(digits.slice(2, -2))
      }),
      { numRuns: 2_000 },
    )
  })

  it('is masked as North America writes it', () => {
    const part = (min: number, max: number, length: number) =>
      fc.integer({ min, max }).map((value) => String(value).padStart(length, '0'))
    const forms = fc.constantFrom(
      (a: string, b: string, c: string) => `(${a}) ${b}-${c}`,
      (a: string, b: string, c: string) => `+1 (${a}) ${b}-${c}`,
      (a: string, b: string, c: string) => `1-${a}-${b}-${c}`,
      (a: string, b: string, c: string) => `${a}-${b}-${c}`,
      (a: string, b: string, c: string) => `${a}.${b}.${c}`,
      (a: string, b: string, c: string) => `${a}${b}${c}`,
    )
    const parts = fc.tuple(part(200, 999, 3), part(200, 999, 3), part(0, 9_999, 4))
    fc.assert(
      fc.property(parts, forms, around, written, (drawn, form, [before, after], write) => {
        const masked = maskNumbers(write(`${before}${form(...drawn)}${after}`))
        expect(masked).toContain('***')
        expect(masked).not.toContain(drawn[1] + drawn[2])
      }),
      { numRuns: 2_000 },
    )
  })

  it('is found in what Twilio says of a call, and nothing else of it is touched', () => {
    const seed = {
      sid: 'CA00000000000000000000000000000001',
      accountSid: 'AC1',
      bornAt: 1_763_880_000_000,
      incident: null,
    }
    for (let day = 0; day < 200; day += 1) {
      const bornAt = seed.bornAt + day * 86_400_000
      const call = demoCall({ ...seed, bornAt, draws: new Draws(day) }, bornAt + 3_600_000)
      const { from, from_formatted, to, to_formatted, phone_number_sid, ...rest } = maskRecord(
        call,
      ) as typeof call
      expect([from, to]).toEqual([maskNumber(call.from!), maskNumber(call.to!)])
      for (const [formatted, whole] of [
        [from_formatted, call.from],
        [to_formatted, call.to],
      ])
        expect(formatted).toBe(maskNumber(whole!.slice(2)))
      expect(call).toMatchObject({ ...rest, phone_number_sid })
    }
  })
})

describe('what is no number', () => {
  const hex = fc.string({ unit: fc.constantFrom(...'0123456789abcdef'), minLength: 32, maxLength: 32 })
  const anyDate = fc.date({ min: new Date('2001-01-01'), max: new Date('2033-01-01'), noInvalidDate: true })
  const iso = anyDate.map((date) => date.toISOString())
  const harmless = fc.oneof(
    fc.tuple(fc.constantFrom('SM', 'CA', 'MM', 'AC', 'NO', 'PN'), hex).map(([kind, rest]) => kind + rest),
    fc.uuid(),
    iso,
    iso.map((text) => text.slice(0, 10)),
    iso.map((text) => text.slice(0, 19).replace('T', ' ')),
    iso.map((text) => text.slice(0, 10).split('-').toReversed().join('.')),
    anyDate.map((date) => date.toUTCString().replace('GMT', '+0000')),
    fc.integer({ min: 0, max: 999_999_999 }).map(String),
    fc.integer({ min: 0, max: 10_000_000 }).map((price) => `-${(price / 100_000).toFixed(5)}`),
    fc.ipV4(),
    fc.integer({ min: 10_000, max: 99_999 }).map((code) => `error ${code}`),
    fc.tuple(fc.nat(99_999), fc.nat(99_999)).map(([from, to]) => `${from}-${to}`),
  )

  it('stays as it is: SIDs, UUIDs, dates and times, prices, durations, codes, addresses', () => {
    fc.assert(
      fc.property(fc.array(harmless, { minLength: 1, maxLength: 4 }), (parts) => {
        const text = parts.join(', ')
        expect(maskNumbers(text)).toBe(text)
      }),
      { numRuns: 3_000 },
    )
  })
})

describe('masking JSON', () => {
  it('reaches every text, number and key, and leaves the rest as it is', () => {
    const json = {
      a: ['+14155552671', 1, null, 14_155_552_671, true],
      b: { c: 'to +14155552671', at: 1_763_880_000_000, ratio: 1e21, cost: -12.345_678_901_2 },
      'for +14155552671': 2,
    }
    expect(maskNumbersIn(json)).toEqual({
      a: ['+1415***2671', 1, null, '1415***2671', true],
      b: { c: 'to +1415***2671', at: 1_763_880_000_000, ratio: 1e21, cost: -12.345_678_901_2 },
      'for +1415***2671': 2,
    })
  })

  it('loses nothing where two keys look the same afterwards', () => {
    expect(maskNumbersIn({ '+14155552671': 1, '+14150002671': 2 })).toEqual({
      '+1415***2671': 1,
      '+1415***2671 (2)': 2,
    })
  })

  it('of a record knows which fields hold addresses: there, few digits are a number too', () => {
    const record = {
      from: '5551234',
      To: '20 26 11 22',
      to_number: 5551234,
      size: 5551234,
      from_name: 'SHOP',
    }
    expect(maskRecord(record)).toEqual({
      from: '55***34',
      To: '20***22',
      to_number: '55***34',
      size: 5551234,
      from_name: 'SHOP',
    })
    expect(maskRecord({ from: '2026-11-22', to: 1_763_880_000, caller: 'SHOP' })).toEqual({
      from: '2026-11-22',
      to: 1_763_880_000,
      caller: 'SHOP',
    })
  })
})
