import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { noticeVariables } from '../../src/actions/notice-data.js'
import { aBudget, renderTemplate, templateFault } from '../../src/actions/template.js'
import { templateVariables, unknownVariables } from '../../src/actions/template-variables.js'
import { aLog, aNotice, aRule } from './samples.js'

const text = (template: string, notice = aNotice()) =>
  renderTemplate(template, noticeVariables(notice), 'text')
const html = (template: string, notice = aNotice()) =>
  renderTemplate(template, noticeVariables(notice), 'html')

describe('renderTemplate', () => {
  it('fills variables of rule, alert, log, error and delivery', () => {
    expect(text('{{rule.name}}|{{alert.state}}|{{log.logType}}|{{log.rawData.price}}|{{delivery.id}}')).toBe(
      'Carrier trouble|FIRING|MESSAGE|-0.0075|44444444-4444-4444-8444-444444444444',
    )
    expect(text('{{error.name}} {{error.url}}')).toContain('https://www.twilio.com/docs/api/errors/30003')
  })

  it('takes the snake_case names of REST as well', () => {
    expect(text('{{log.twilio_sid}}')).toBe(aLog().twilioSid)
  })

  it('renders nothing for what is not there', () => {
    expect(text('[{{rule.nope}}{{nope}}{{log.status}}{{error.name}}]', aNotice({ log: null }))).toBe('[]')
  })

  it('escapes variables in HTML, raw tags included, and leaves text alone', () => {
    const notice = aNotice({ rule: aRule({ name: '<img src=x onerror="a()">' }) })
    expect(html('{{rule.name}}{{{rule.name}}}{{&rule.name}}', notice)).not.toMatch(/[<>"]/)
    expect(text('{{rule.name}}', notice)).toBe('<img src=x onerror="a()">')
  })

  it.each(['constructor', '__proto__', 'hasOwnProperty', 'toString', 'rule.constructor', 'rule.__proto__.x'])(
    'renders nothing for {{%s}} and goes on',
    (name) =>
      expect(text(`[{{${name}}}{{{${name}}}}{{#${name}}}x{{/${name}}}]{{rule.name}}`)).toBe(
        '[]Carrier trouble',
      ),
  )

  it('never runs a function', () => {
    const variables = { run: () => 'ran', rule: { run: () => 'ran' } }
    expect(renderTemplate('{{run}}{{rule.run}}{{#run}}x{{/run}}', variables, 'text')).toBe('')
  })

  it('does not read variables out of variables', () => {
    expect(text('{{rule.name}}', aNotice({ rule: aRule({ name: '{{alert.id}}' }) }))).toBe('{{alert.id}}')
  })

  it('stops nested loops over log data and caps what variables bring in', () => {
    const list = Array.from({ length: 1000 }, () => 'x'.repeat(100))
    const notice = aNotice({ log: aLog({ rawData: { list: list.slice(0, 100) } }) })
    const loop = '{{#log.rawData.list}}'.repeat(8) + '{{.}}' + '{{/log.rawData.list}}'.repeat(8)
    expect(text(loop, notice).length).toBeLessThanOrEqual(20_000)
    expect(renderTemplate('{{#list}}{{.}}{{/list}}', { list }, 'text').length).toBeLessThanOrEqual(20_000)
  })

  it('leaves out what has no place and lets in what comes after it', () => {
    const variables = { long: 'x'.repeat(11), short: 'fits' }
    expect(renderTemplate('{{long}}{{short}}', variables, 'text', aBudget(10))).toBe('fits')
    // Eleven characters of markup are forty-four of text, which have no place either.
    const markup = { tags: '<'.repeat(11), short: 'fits' }
    expect(renderTemplate('{{tags}}{{short}}', markup, 'html', aBudget(12))).toBe('fits')
  })

  it('keeps what stands in a template, and in those after it, when its loops have used up what they may', () => {
    const list = Array.from({ length: 100 }, () => 'x')
    const budget = aBudget()
    const loops = `begin ${'{{#list}}'.repeat(4)}{{.}}${'{{/list}}'.repeat(4)} end`
    expect(renderTemplate(loops, { list }, 'text', budget)).toMatch(/^begin .* end$/)
    expect(renderTemplate('#ops', { list }, 'text', budget)).toBe('#ops')
    expect(renderTemplate('to {{list}}!', { list }, 'text', budget)).toBe('to !')
  })

  it('writes a list once, however often it is named', () => {
    let written = 0
    const list = { toJSON: () => `${++written}`.padEnd(100) }
    renderTemplate('{{#list}}{{list}}{{/list}}'.repeat(100), { list }, 'text', aBudget(50))
    expect(written).toBe(1)
  })

  it('never throws and never lets markup through, whatever the template', () => {
    const piece = fc.constantFrom(
      '{{',
      '}}',
      '{{{',
      '#',
      '^',
      '/',
      '>',
      '&',
      '!',
      '=',
      'rule.name',
      'log',
      '.',
      ' ',
      '\n',
    )
    const notice = aNotice({ rule: aRule({ name: '<b>' }) })
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
        const template = pieces.join('')
        const rendered = html(template, notice)
        expect(rendered.includes('<b>')).toBe(false)
      }),
    )
  })
})

describe('templateFault', () => {
  it('names what cannot be parsed', () => {
    expect(templateFault('{{rule.name')).toMatch(/not a valid template/)
    expect(templateFault('{{#rule}}')).toMatch(/not a valid template/)
    expect(templateFault('Rule {{rule.name}} {{! note }}')).toBeNull()
  })
})

describe('unknownVariables', () => {
  it('finds misspelt names once each and accepts raw data and REST spelling', () => {
    expect(
      unknownVariables('{{rule.nmae}} {{rule.nmae}} {{log.rawData.a.b}} {{log.log_type}} {{log.raw_data.x}}'),
    ).toEqual(['rule.nmae'])
  })

  it('knows exactly the variables there are', () => {
    const names = Object.entries(noticeVariables(aNotice())).flatMap(([holder, value]) =>
      typeof value === 'object' && value !== null
        ? Object.keys(value).map((key) => `${holder}.${key}`)
        : [holder],
    )
    expect(new Set(templateVariables)).toEqual(new Set(names))
  })
})
