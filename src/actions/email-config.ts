import { z } from 'zod'

import { templateFault } from './template.js'

/** With the layout these bounds keep every message below the 102 KB at which mail programs clip. */
const MAX_BODY_LENGTH = 8_000
const MAX_RECIPIENTS = 50

/** RFC 5321, 4.5.3.1.3: a path is 256 octets with its brackets. */
const MAX_ADDRESS_LENGTH = 254

export const emailTemplates = ['error_notification', 'summary_report', 'call_failure', 'custom'] as const
export type EmailTemplate = (typeof emailTemplates)[number]

/**
 * One bare address: the HTML standard's form holds no space, comma, quote, bracket or line break, so no display
 * name, second address or header can hide in it. A host without dots is fine: `ops@mailhost`.
 */
const address = z
  .string()
  .max(MAX_ADDRESS_LENGTH)
  .regex(z.regexes.html5Email, 'must be one plain email address, such as ops@example.com')

export const emailSchema = z
  .strictObject({
    recipients: z
      .array(address)
      .min(1, 'must name at least one address')
      .max(MAX_RECIPIENTS, `must name ${MAX_RECIPIENTS} addresses at most`)
      .meta({ title: 'Recipients', description: 'Who gets it, each address by itself.' }),
    subject: z
      .string()
      .min(1)
      .max(500)
      .regex(/^[^\r\n\0]*$/, 'must be one line')
      .superRefine(checkTemplate)
      .meta({
        title: 'Subject',
        description: 'One line, {{variables}} filled in; the template has one of its own.',
        format: 'template',
      })
      .optional(),
    template: z
      .enum(emailTemplates)
      .meta({
        title: 'Template',
        description: 'How the message is laid out; custom shows nothing but the body.',
      })
      .optional(),
    body: z
      .string()
      .min(1)
      .max(MAX_BODY_LENGTH)
      .superRefine(checkTemplate)
      .meta({
        title: 'Body',
        description: 'Words of your own, {{variables}} filled in; the custom template needs them.',
        format: 'template',
      })
      .optional(),
    priority: z
      .enum(['high', 'normal', 'low'])
      .meta({ title: 'Priority', description: 'How mail programs mark it; normal where nothing is chosen.' })
      .optional(),
  })
  .superRefine(({ template, body }, context) => {
    if (template === 'custom' && body === undefined) {
      context.addIssue({ code: 'custom', path: ['body'], message: 'is needed by the custom template' })
    }
  })

export type EmailConfig = z.infer<typeof emailSchema>

function checkTemplate(text: string, context: z.RefinementCtx): void {
  const fault = templateFault(text)
  if (fault !== null) context.addIssue({ code: 'custom', message: fault })
}
