import { describe, expect, it } from 'vitest'

import { emailTemplates } from '../../src/actions/email-config.js'
import { emailMessage } from '../../src/actions/email-message.js'
import { aLog, aNotice, anAlert, aRule } from './samples.js'

const recipients = ['ops@example.com']
const url = 'https://pulse.example.com'
const origin = { publicUrl: url, demo: false }

describe('emailMessage', () => {
  it.each(emailTemplates)('%s loads nothing from anywhere and names rule and product', (template) => {
    const { html, text, subject } = emailMessage(aNotice(), { recipients, template, body: 'Hello' }, origin)
    expect(html).not.toMatch(/<img|<script|<link|url\(|@import/i)
    expect(html).toContain(`href="${url}"`)
    expect(html).toContain('Carrier trouble')
    expect(text).toContain('Carrier trouble')
    expect(text).not.toMatch(/<[a-z]/i)
    expect(subject).toMatch(/^\[GiftPulse\] \S/)
  })

  it.each(emailTemplates)(
    '%s stays below 102 KB and in one line of subject, whatever the log says',
    (template) => {
      const long = '"\'<=`\n'.repeat(50_000)
      const notice = aNotice({
        log: aLog({
          errorMessage: long,
          status: long,
          fromNumber: long,
          rawData: { duration: long, direction: long },
        }),
        rule: aRule({ name: long, description: long, patternValue: long }),
        alert: anAlert({ summary: long }),
      })
      const body = '{{log.errorMessage}}{{rule.name}}'.padEnd(8000, '"')
      for (const config of [
        { recipients, template, body },
        { recipients, template, body: `<p>${body.slice(7)}` },
      ]) {
        const { html, subject } = emailMessage(notice, config, origin)
        expect(Buffer.byteLength(html)).toBeLessThan(102_000)
        expect(subject.length).toBeLessThanOrEqual(250)
        expect(subject).not.toMatch(/[\r\n]/)
      }
    },
  )

  it('says an unknown error code as such', () => {
    const { text } = emailMessage(aNotice({ log: aLog({ errorCode: '99999' }) }), { recipients }, origin)
    expect(text).toContain('https://www.twilio.com/docs/api/errors/99999')
    expect(text).toContain('not in the built-in dictionary')
  })

  it('escapes what comes from the log in HTML and leaves it in text', () => {
    const notice = aNotice({ log: aLog({ errorMessage: '<script>alert(1)</script>' }) })
    const { html, text } = emailMessage(notice, { recipients }, origin)
    expect(html).not.toContain('<script>')
    expect(text).toContain('<script>alert(1)</script>')
  })

  it('takes a body as the message, its line breaks kept and its variables filled in', () => {
    const notice = aNotice({ rule: aRule({ name: 'a < b & c' }) })
    const { html, text } = emailMessage(notice, { recipients, body: 'Rule {{rule.name}}\nis <on>' }, origin)
    expect(html).toContain('Rule a &lt; b &amp; c<br>\nis &lt;on&gt;')
    expect(text).toContain('Rule a < b & c\nis <on>')
    expect(text).not.toContain('Error code')
  })

  it("keeps an author's markup, escapes what variables bring, and gives its words as text", () => {
    const notice = aNotice({ rule: aRule({ name: '<i>x</i>' }) })
    const { html, text } = emailMessage(
      notice,
      { recipients, template: 'custom', body: '<p>Rule <b>{{rule.name}}</b></p><p>Go&nbsp;on</p>' },
      origin,
    )
    expect(html).toContain('<p>Rule <b>&lt;i&gt;x&lt;/i&gt;</b></p>')
    expect(text).toContain('Rule <i>x</i>\nGo on')
  })

  it('puts a body above the facts of another template', () => {
    const { text } = emailMessage(
      aNotice(),
      { recipients, template: 'error_notification', body: 'Call Bob.' },
      origin,
    )
    expect(text).toMatch(/Call Bob\.[\s\S]*Error code: 30003/)
  })

  it('tells a failed call by its numbers', () => {
    const log = aLog({ logType: 'call', status: 'failed', rawData: { duration: '0' } })
    const { subject, text } = emailMessage(aNotice({ log }), { recipients, template: 'call_failure' }, origin)
    expect(subject).toBe('[GiftPulse] Call failed: +15005550006 to +15005550009 (Carrier trouble)')
    expect(text).toContain('Duration in seconds: 0')
  })

  it('works without a log', () => {
    for (const template of emailTemplates) {
      const { text, subject } = emailMessage(
        aNotice({ log: null }),
        { recipients, template, body: 'x' },
        origin,
      )
      expect(text + subject).not.toMatch(/undefined|null|\{\{/)
    }
  })

  it('marks a test in subject and both parts', () => {
    const { subject, html, text } = emailMessage(
      aNotice({ kind: 'test' }),
      { recipients, subject: 'Mine' },
      origin,
    )
    expect(subject).toBe('[Test] Mine')
    expect(html).toContain('This is a test')
    expect(text).toMatch(/^\*\*\* TEST \*\*\*/)
  })

  it('links to its alert and its rule', () => {
    const { html, text } = emailMessage(aNotice(), { recipients, body: 'Look.' }, origin)
    for (const address of [`${url}/alerts/${anAlert().id}`, `${url}/rules/${aRule().id}`]) {
      expect(text).toContain(address)
      expect(html).toContain(`href="${address}"`)
    }
  })

  it('links a test to its rule alone, as there is no such alert', () => {
    const { html, text } = emailMessage(aNotice({ kind: 'test' }), { recipients }, origin)
    expect(text).toContain(`${url}/rules/${aRule().id}`)
    expect(text + html).not.toContain('/alerts/')
  })

  it.each(['alert', 'fold', 'resolve', 'test'] as const)(
    'marks what comes from the demo in subject and both parts: %s',
    (kind) => {
      const config = { recipients, subject: 'Mine', body: 'Mine' }
      const notice = aNotice({ kind, folded: kind === 'fold' ? [{ rule: 'errors', count: 2 }] : [] })
      const { subject, html, text } = emailMessage(notice, config, { ...origin, demo: true })
      expect(subject).toMatch(/^\[DEMO\] \S/)
      expect(html).toContain('<strong>DEMO.</strong>')
      expect(text).toMatch(/^\*\*\* DEMO \*\*\*/)
      expect(Object.values(emailMessage(notice, config, origin)).join()).not.toContain('DEMO')
    },
  )

  it('says how many alerts a folding message stands for, whatever the config words', () => {
    const config = { recipients, subject: 'Mine', template: 'custom', body: 'Mine' } as const
    const { subject, text } = emailMessage(
      aNotice({ kind: 'fold', folded: [{ rule: 'errors', count: 41 }] }),
      config,
      origin,
    )
    expect(subject).toBe('[GiftPulse] 41 more alerts of rule "Carrier trouble"')
    expect(text).toContain('41 more alerts of rule "Carrier trouble"')
    expect(text).not.toContain('Mine')
  })
})
