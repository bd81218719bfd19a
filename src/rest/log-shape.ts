import { z } from 'zod'
import { LogType } from '../sources/log.js'
import { named } from './schemas.js'

/** A log as REST shows it. */
export const logShape = named(
  'Log',
  z
    .object({
      id: z.guid().describe('Its id here.'),
      twilioSid: z.string().describe("Twilio's SID of the record; custom:<name>:<id> for custom webhooks."),
      accountSid: z.string().describe('The account it belongs to; custom:<name> for custom webhooks.'),
      logType: z.enum(LogType).describe('What kind of record it is.'),
      timestamp: z.date().describe('date_created of calls and messages, date_generated of monitor alerts.'),
      status: z
        .string()
        .nullable()
        .describe("The newest status, in Twilio's spelling; monitor alerts have none."),
      errorCode: z.string().nullable().describe('The newest error code.'),
      errorMessage: z.string().nullable().describe('What Twilio says of the error.'),
      fromNumber: z.string().nullable().describe('Who called or wrote.'),
      toNumber: z.string().nullable().describe('Who was called or written to.'),
      rawData: z.unknown().describe('The record as Twilio gave it.'),
      processed: z.boolean().describe('Whether the rules have judged its newest state.'),
      createdAt: z.date().describe('When it was first stored.'),
      updatedAt: z.date().describe('When its status or error last changed here.'),
    })
    .describe('A record that Twilio reported (a call, a message or a monitor alert), as it is stored now.'),
)

const transitionShape = named(
  'LogTransition',
  z
    .object({
      status: z.string().nullable().describe('The status it came to.'),
      errorCode: z.string().nullable().describe('The error code it came to.'),
      at: z.date().describe('When it was seen.'),
    })
    .describe('One status that a log passed through.'),
)

export const wholeLogShape = named(
  'WholeLog',
  logShape
    .extend({
      transitions: z
        .array(transitionShape)
        .describe('Every status it passed through, oldest first; the first is how it was first seen.'),
    })
    .describe('A log with every status it passed through.'),
)
