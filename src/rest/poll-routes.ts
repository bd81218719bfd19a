import { z } from 'zod'
import { ApiScope } from '../keys/scope.js'
import { present } from './present.js'
import { route } from './route.js'
import { named } from './schemas.js'

const pollShape = named(
  'Poll',
  z
    .object({
      stored: z.int().describe('How many logs are new.'),
      changed: z.int().describe('How many logs changed their status or error.'),
    })
    .describe('What a poll brought.'),
)

export const pollRoutes = [
  route({
    method: 'POST',
    path: '/poll',
    scope: ApiScope.OPERATE,
    name: 'pollNow',
    tag: 'polling',
    summary: 'Polls every source now',
    answer: { status: 200, description: 'What it brought.', shape: pollShape },
    handle: async ({ commands }) => ({ body: present(pollShape, await commands.pollNow()) }),
  }),
]
