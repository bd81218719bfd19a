import { describe, expect, it } from 'vitest'
import { callingRegion } from '../../src/sources/calling-region.js'

describe('the region of a number', () => {
  it.each([
    ['+1415', 'US'],
    ['+1416', 'CA'],
    ['+1876', 'JM'],
    ['+4420', 'GB'],
    ['+4479', 'GB'],
    ['+4915', 'DE'],
    ['+7701', 'KZ'],
    ['+7495', 'RU'],
    ['+5511', 'BR'],
    ['+9198', 'IN'],
  ])('is told by its first characters: %s is in %s', (prefix, region) => {
    expect(callingRegion(prefix)).toBe(region)
  })

  it('is the calling code where the number belongs to no country', () => {
    expect(callingRegion('+8001')).toBe('+800')
  })

  it.each(['', '+', '+999', '12345', 'clien', 'sip:a', '+12a5'])('is empty for %j', (text) => {
    expect(callingRegion(text)).toBe('')
  })
})
