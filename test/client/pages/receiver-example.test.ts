import { describe, expect, it } from 'vitest'
import { exampleBody, exampleCommand } from '../../../client/src/pages/settings/receiver-example.js'
import type { ReceiverTextFragment } from '../../../client/src/api/documents.js'

const plain = { id: null, timestamp: null, status: null, errorCode: null, message: null }

const receiver: ReceiverTextFragment = {
  id: 'r1',
  name: 'backups',
  description: null,
  enabled: true,
  url: 'https://giftpulse.example.com/webhooks/custom/backups',
  hasSecret: true,
  hasToken: false,
  maxBytes: 65_536,
  mapping: plain,
  lastReceivedAt: null,
  receivedCount: 0,
  managedBy: null,
}

describe('the example of a receiver', () => {
  it('has each field where the mapping looks for it', () => {
    expect(exampleBody({ ...plain, id: 'alert.id', status: 'alert.state', message: '/notes/a~1b' })).toEqual({
      alert: { id: 'backup-42', state: 'failed' },
      errorCode: 'E17',
      notes: { 'a/b': 'The disk is full' },
    })
  })

  it('shows the proof that the receiver takes', () => {
    expect(exampleCommand(receiver)).toContain('"X-API-Key: $KEY"')
    expect(exampleCommand({ ...receiver, hasToken: true })).toContain('"X-Receiver-Token: $TOKEN"')
  })
})
