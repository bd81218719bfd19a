import { NotFoundError } from '../errors.js'
import { ApiScope } from '../keys/scope.js'
import { logsSoughtBy } from '../store/log-filter.js'
import { idOf } from '../store/row-id.js'
import { logFilter } from './filters.js'
import { logShape, wholeLogShape } from './log-shape.js'
import { answerPage, LINK, pageParameters } from './paging.js'
import { present } from './present.js'
import { route } from './route.js'

export const logRoutes = [
  route({
    method: 'GET',
    path: '/logs',
    isPersonal: true,
    scope: ApiScope.READ,
    name: 'listLogs',
    tag: 'logs',
    summary: 'Logs by pages',
    description: 'Newest first by timestamp. What is left out of the filter excludes nothing.',
    query: { ...logFilter, ...pageParameters },
    answer: {
      status: 200,
      description: 'One page of logs.',
      shape: logShape,
      isList: true,
      headers: { Link: LINK },
    },
    handle: ({ reads }, { query, request }) => {
      const { limit, first, after, ...given } = query
      const filter = logsSoughtBy(request.seesNumbers, given)
      return answerPage({
        list: 'logs',
        path: '/api/logs',
        query: { limit, first, after },
        request,
        read: (page) => reads.logs.page(filter, page),
        at: (log) => log.timestamp,
        present: (log) => present(logShape, log),
      })
    },
  }),

  route({
    method: 'GET',
    path: '/logs/:id',
    isPersonal: true,
    scope: ApiScope.READ,
    name: 'readLog',
    tag: 'logs',
    summary: 'One log, with every status it passed through',
    answer: { status: 200, description: 'The log.', shape: wholeLogShape },
    handle: async ({ reads }, { id }) => {
      const key = idOf('log', id)
      const log = (await reads.logs.byIds([key])).get(key)
      if (!log) throw new NotFoundError('log', id)
      return { body: present(wholeLogShape, { ...log, transitions: await reads.logs.transitionsOf([key]) }) }
    },
  }),
]
