import * as fc from 'fast-check'
import { afterEach, describe, expect, it } from 'vitest'

import { checkActionConfig } from '../../src/actions/check-config.js'
import type { ActionError, Notice } from '../../src/actions/handler.js'
import { InputError } from '../../src/errors.js'
import { aNotice, anAlert, aRule, never, someHandlers } from './samples.js'
import { answering, keep, reply, startSmtpSink, type ReceivedMail } from './smtp-sink.js'

type Options = Parameters<typeof startSmtpSink>[0]

const stops: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const stop of stops.splice(0).reverse()) await stop()
})

/** A mail server and a handler that sends to it. */
async function aPost(
  options: Options = {},
  settings: { host?: string; user?: string; password?: string } = {},
) {
  const sink = await startSmtpSink(options)
  const handlers = someHandlers({ smtp: { ...sink.settings, ...settings } })
  stops.push(sink.stop, () => handlers.close())
  const send = async (config: object = {}, notice: Notice = aNotice(), signal = never) => {
    const parsed = checkActionConfig(handlers, 'email', { recipients: ['ops@example.com'], ...config })
    return handlers.get('email').send(notice, parsed, signal)
  }
  const fail = async (config?: object, signal?: AbortSignal, before?: ActionError) =>
    (await send(config, aNotice({ lastResult: before?.result ?? null }), signal).catch(
      (thrown: unknown) => thrown,
    )) as ActionError
  const mail = (): ReceivedMail => {
    const last = sink.received.at(-1)
    if (!last) throw new Error('No mail was received.')
    return last
  }
  return { send, fail, mail, received: sink.received, hangUp: sink.hangUp }
}

const handlers = someHandlers()
function faultsOf(config: object): string[] {
  try {
    checkActionConfig(handlers, 'email', config)
    return []
  } catch (thrown) {
    if (thrown instanceof InputError) return thrown.fields.map(({ path }) => path)
    throw thrown
  }
}

describe('an email', () => {
  it('reaches every recipient as one message with an HTML and a text part', async () => {
    const { send, mail, received } = await aPost()
    const outcome = await send({ recipients: ['a@example.com', 'b@mailhost'], priority: 'high' })
    expect(outcome).toMatchObject({
      statusCode: 250,
      result: {
        messageId: `<${aNotice().deliveryId}@giftpulse>`,
        accepted: ['a@example.com', 'b@mailhost'],
        rejected: [],
      },
    })
    expect(received).toHaveLength(1)
    expect(mail()).toMatchObject({
      recipients: ['a@example.com', 'b@mailhost'],
      sender: 'giftpulse@example.com',
    })
    const { mail: parsed } = mail()
    expect(parsed.messageId).toBe(`<${aNotice().deliveryId}@giftpulse>`)
    expect(parsed.subject).toBe(`[GiftPulse] ${anAlert().summary}`)
    expect(parsed.headers.get('auto-submitted')).toBe('auto-generated')
    expect(mail().raw).toMatch(/^X-Priority: 1/m)
    for (const part of [parsed.html, parsed.text]) {
      expect(part).toContain('Carrier trouble')
      expect(part).toContain('https://www.twilio.com/docs/api/errors/30003')
      expect(part).toContain('http://127.0.0.1:8000')
    }
  })

  it('goes out under STARTTLS where it is offered, and in the clear where it is not', async () => {
    const secure = await aPost()
    await secure.send()
    expect(secure.mail().secure).toBe(true)
    const clear = await aPost({ disabledCommands: ['STARTTLS'] })
    await clear.send()
    expect(clear.mail().secure).toBe(false)
  })

  // 0.0.0.0 reaches this machine but is no loopback address, so it stands for any other host.
  it('is not given to another host whose certificate is wrong', async () => {
    const { fail, received } = await aPost({}, { host: '0.0.0.0' })
    expect(await fail()).toMatchObject({ code: 'network', permanent: false })
    expect(received).toHaveLength(0)
  })

  it('logs in where a user is configured; a refused login is final and shows no password', async () => {
    const onAuth: Options = {
      authOptional: false,
      onAuth: ({ username, password }, _session, callback) =>
        password === 'right' ? callback(null, { user: username }) : callback(reply(535, 'no')),
    }
    const right = await aPost(onAuth, { user: 'me', password: 'right' })
    await right.send()
    expect(right.received).toHaveLength(1)
    const wrong = await aPost(onAuth, { user: 'me', password: 'CANARY' })
    const error = await wrong.fail()
    expect(error).toMatchObject({ code: 'smtp-535', permanent: true, statusCode: 535 })
    expect(error.message).not.toContain('CANARY')
  })

  it.each([
    [421, false],
    [451, false],
    [452, false],
    [550, true],
    [552, true],
    [554, true],
  ])('that is answered %i after its text: final is %s', async (code, permanent) => {
    const { fail } = await aPost({
      onData: (stream, _session, callback) => {
        stream.on('end', () => callback(reply(code, 'not now'))).resume()
      },
    })
    expect(await fail()).toMatchObject({
      code: `smtp-${code}`,
      statusCode: code,
      permanent,
      response: expect.stringContaining('not now'),
      message: `The mail server answered ${code}: not now`,
    })
  })

  it('whose every recipient is refused fails by the kinder of the answers', async () => {
    const { fail } = await aPost({
      onRcptTo: ({ address }, _session, callback) =>
        callback(address.startsWith('later') ? reply(450, 'later') : reply(550, 'never')),
    })
    expect(await fail({ recipients: ['no@example.com'] })).toMatchObject({
      statusCode: 550,
      permanent: true,
      message: 'The mail server refused no@example.com with 550: never',
    })
    expect(await fail({ recipients: ['later@example.com', 'no@example.com'] })).toMatchObject({
      statusCode: 450,
      permanent: false,
      message: 'The mail server refused later@example.com with 450: later',
    })
  })

  it('that reaches some of its recipients succeeds and names the refused ones', async () => {
    const { send, mail } = await aPost({
      onRcptTo: ({ address }, _session, callback) =>
        callback(address.startsWith('no') ? reply(550, 'never') : null),
    })
    const { result } = await send({ recipients: ['no@example.com', 'yes@example.com'] })
    expect(result).toMatchObject({ accepted: ['yes@example.com'], rejected: ['no@example.com'] })
    expect(mail().recipients).toEqual(['yes@example.com'])
  })

  it('that a recipient is refused for now is tried again for that one only, until all are served', async () => {
    let isGreylisting = true
    const { fail, send, received } = await aPost({
      onRcptTo: ({ address }, _session, callback) => {
        if (address.startsWith('no')) callback(reply(550, 'never'))
        else callback(address.startsWith('later') && isGreylisting ? reply(451, 'greylisted') : null)
      },
    })
    const config = { recipients: ['yes@Example.com', 'later@example.com', 'no@Example.com'] }
    const first = await fail(config)
    expect(first).toMatchObject({
      code: 'smtp-451',
      permanent: false,
      message: 'The mail server refused later@example.com with 451: greylisted',
    })
    const second = await fail(config, never, first)
    expect(second).toMatchObject({ code: 'smtp-451', permanent: false })
    isGreylisting = false
    const { result } = await send(config, aNotice({ lastResult: second.result }))
    expect(result).toMatchObject({
      accepted: ['yes@example.com', 'later@example.com'],
      rejected: ['no@example.com'],
    })
    expect(received.map(({ recipients }) => recipients)).toEqual([['yes@example.com'], ['later@example.com']])
  })

  it('cut off after its text is worth another try, which bears the same Message-ID', async () => {
    let cut = true
    const ids: (string | undefined)[] = []
    const post = await aPost({
      onData: answering(async (stream, session) => {
        ids.push((await keep(stream, session)).mail.messageId)
        if (cut) post.hangUp()
      }),
    })
    expect(await post.fail()).toMatchObject({ code: 'network', permanent: false, statusCode: null })
    cut = false
    await post.send()
    expect(ids).toEqual([`<${aNotice().deliveryId}@giftpulse>`, `<${aNotice().deliveryId}@giftpulse>`])
  })

  it('stuck at a server that says nothing stops when it is told to, and holds up no other', async () => {
    const stop = new AbortController()
    const { send, fail, received } = await aPost({
      onMailFrom({ address }, session, callback) {
        if (session.envelope.rcptTo.length === 0 && address && !stop.signal.aborted) stop.abort()
        else callback()
      },
    })
    expect(await fail({}, stop.signal)).toMatchObject({ code: 'aborted', permanent: false })
    await send()
    expect(received).toHaveLength(1)
  })

  it('to a closed port is worth another try; without a mail server it fails for good and says why', async () => {
    const closed = someHandlers({
      smtp: { host: '127.0.0.1', port: 1, user: null, password: null, from: 'a@b' },
    })
    const config = { recipients: ['ops@example.com'] }
    await expect(closed.get('email').send(aNotice(), config, never)).rejects.toMatchObject({
      code: 'network',
      permanent: false,
    })
    await closed.close()
    await expect(handlers.get('email').send(aNotice(), config, never)).rejects.toMatchObject({
      code: 'smtp-not-configured',
      permanent: true,
      message: expect.stringContaining('SMTP_HOST'),
    })
  })

  it('has no header, recipient or line that came in through a variable', async () => {
    const { send, received } = await aPost({ disabledCommands: ['STARTTLS'] })
    const piece = fc.constantFrom(
      '\r\n',
      '\n',
      '\r',
      '\u2028',
      'Bcc: evil@example.com',
      'Subject: x',
      '\r\n\r\n',
      ' ',
      ',',
      '<',
      '>',
      '"',
      'é',
      '.',
    )
    const nasty = fc.array(piece, { maxLength: 12 }).map((pieces) => pieces.join(''))
    await fc.assert(
      fc.asyncProperty(nasty, nasty, async (name, summary) => {
        const notice = aNotice({ rule: aRule({ name }), alert: anAlert({ summary }) })
        await send({ subject: 'S {{rule.name}} {{alert.summary}}' }, notice)
        const got = received.at(-1)
        expect(got?.recipients).toEqual(['ops@example.com'])
        expect(got?.mail.headers.has('bcc')).toBe(false)
        expect(got?.mail.subject).toMatch(/^S/)
        expect(got?.mail.text).toContain('GiftPulse')
      }),
      { numRuns: 40 },
    )
  })
})

describe('the config of an email', () => {
  it('takes plain addresses only', () => {
    const bad = [
      'ops@example.com\r\nBcc: evil@example.com',
      'a@example.com, b@example.com',
      'a@example.com;b@example.com',
      'Ops <ops@example.com>',
      '"a b"@example.com',
      'ops@example.com ',
      'ops',
      '@example.com',
      'ops@',
      'ops@exam ple.com',
      'ops@example.com\n',
      'ops@example.com\0',
      `${'a'.repeat(250)}@example.com`,
      7,
    ]
    expect(faultsOf({ recipients: ['ok@example.com', ...bad] })).toEqual(
      bad.map((_, index) => `config.recipients.${index + 1}`),
    )
  })

  it('accepts no address with anything hidden in it', () => {
    const piece = fc.constantFrom(
      'a',
      '@',
      'b.example',
      '\r\n',
      ',',
      ';',
      ' ',
      '<',
      '>',
      '"',
      ':',
      '(',
      ')',
      '\0',
      'Bcc:',
      '@x',
    )
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 8 }), (pieces) => {
        const address = pieces.join('')
        if (faultsOf({ recipients: [address] }).length === 0)
          expect(address).toMatch(/^[^\s@,;:<>"()\0]+@[^\s@,;:<>"()\0]+$/)
      }),
    )
  })

  it.each([
    ['config.recipients', {}],
    ['config.recipients', { recipients: [] }],
    ['config.recipients', { recipients: 'ops@example.com' }],
    ['config.subject', { recipients: ['a@b'], subject: 'x\r\nBcc: evil@example.com' }],
    ['config.subject', { recipients: ['a@b'], subject: '{{open' }],
    ['config.body', { recipients: ['a@b'], template: 'custom' }],
    ['config.template', { recipients: ['a@b'], template: 'fancy' }],
    ['config.priority', { recipients: ['a@b'], priority: 'urgent' }],
    ['config.cc', { recipients: ['a@b'], cc: ['x@example.com'] }],
    ['config', 'ops@example.com'],
    ['config', null],
  ])('names %s as bad', (path, config) => {
    expect(faultsOf(config as object)).toEqual([path])
  })

  it('names every bad field at once', () => {
    expect(faultsOf({ recipients: ['nobody'], priority: 1, cc: [], bcc: [] })).toEqual([
      'config.recipients.0',
      'config.priority',
      'config.cc',
      'config.bcc',
    ])
  })

  it('counts each address once, whatever its case', () => {
    expect(
      handlers.get('email').recipients({ recipients: ['Ops@Example.com', 'ops@example.com', 'b@c'] }),
    ).toEqual(['ops@example.com', 'b@c'])
  })

  it('warns of a missing mail server and of unknown variables', () => {
    const warnings = handlers
      .get('email')
      .warnings?.({ recipients: ['a@b'], subject: '{{rule.nmae}}', body: '{{x}}' })
    expect(warnings).toHaveLength(3)
  })
})
