import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'

import { explainErrorCode } from '../../src/sources/error-codes.js'

describe('explainErrorCode', () => {
  it('explains a known code in words, with its page', () => {
    const explained = explainErrorCode('30003')
    expect(explained).toMatchObject({
      code: '30003',
      known: true,
      url: 'https://www.twilio.com/docs/api/errors/30003',
    })
    expect(explained.name.length).toBeGreaterThan(3)
    expect(explained.description.length).toBeGreaterThan(10)
    expect(explained.remedy).toMatch(/later/)
  })

  it('has a remedy for every code, by its area where it has none of its own', () => {
    const path = new URL('../../src/sources/error-codes.json', import.meta.url)
    const { codes } = JSON.parse(readFileSync(path, 'utf8')) as { codes: Record<string, object> }
    expect(Object.keys(codes).filter((code) => explainErrorCode(code).remedy === '')).toEqual([])
  })

  it.each(['99999', 'constructor', '__proto__'])('shows %s as unknown, with its link', (code) => {
    expect(explainErrorCode(code)).toMatchObject({ code, known: false, name: `Error ${code}` })
  })

  it('keeps odd codes inside the link', () => {
    expect(explainErrorCode('1/../"x').url).toBe('https://www.twilio.com/docs/api/errors/1%2F..%2F%22x')
  })
})
