import { describe, expect, it } from 'vitest'
import { ReadyWatch } from '../../../src/store/embedded/ready-watch.js'

const ready = (state: string) => Buffer.from(`Z\0\0\0\x05${state}`)

function stateAfter(...chunks: Uint8Array[]) {
  const watch = new ReadyWatch()
  for (const chunk of chunks) watch.see(chunk)
  return watch.state()
}

describe('ReadyWatch', () => {
  it('tells the state at the end of an answer', () => {
    expect(['I', 'T', 'E'].map((state) => stateAfter(Buffer.from('rows'), ready(state)))).toEqual([
      'idle',
      'transaction',
      'failed',
    ])
  })

  it('finds it in chunks of any size', () => {
    const bytes = Buffer.concat([Buffer.from('some rows'), ready('T')])
    expect(stateAfter(...[...bytes].map((byte) => Buffer.from([byte])))).toBe('transaction')
    expect(stateAfter(bytes.subarray(0, 12), bytes.subarray(12))).toBe('transaction')
  })

  it('says nothing of an answer that goes on', () => {
    expect(stateAfter()).toBeNull()
    expect(stateAfter(ready('I'), Buffer.from('N'))).toBeNull()
    expect(stateAfter(ready('I').subarray(0, 5))).toBeNull()
  })
})
