import { NotFoundError } from '../errors.js'
import { ApiScope } from '../keys/scope.js'
import { idOf } from '../store/row-id.js'
import { deliveryShape, wholeDeliveryShape } from './delivery-shape.js'
import { deliveryFilter } from './filters.js'
import { answerPage, LINK, pageParameters } from './paging.js'
import { present } from './present.js'
import { route } from './route.js'

export const deliveryRoutes = [
  route({
    method: 'GET',
    path: '/alerts',
    isPersonal: true,
    scope: ApiScope.READ,
    name: 'listAlerts',
    tag: 'alerts',
    summary: 'What was delivered for alerts, by pages',
    description: 'One row for each delivery, newest first by the time its alert was triggered.',
    query: { ...deliveryFilter, ...pageParameters },
    answer: {
      status: 200,
      description: 'One page of deliveries.',
      shape: deliveryShape,
      isList: true,
      headers: { Link: LINK },
    },
    handle: ({ reads }, { query, request }) => {
      const { limit, first, after, ...filter } = query
      return answerPage({
        list: 'deliveries',
        path: '/api/alerts',
        query: { limit, first, after },
        request,
        read: (page) => reads.deliveries.page(filter, page),
        at: (delivery) => delivery.triggeredAt,
        present: (delivery) => present(deliveryShape, delivery),
      })
    },
  }),

  route({
    method: 'GET',
    path: '/deliveries/:id',
    isPersonal: true,
    scope: ApiScope.READ,
    name: 'readDelivery',
    tag: 'deliveries',
    summary: 'One delivery, with its tries',
    answer: { status: 200, description: 'The delivery.', shape: wholeDeliveryShape },
    handle: async ({ reads }, { id }) => {
      const key = idOf('delivery', id)
      const delivery = (await reads.deliveries.byIds([key])).get(key)
      if (!delivery) throw new NotFoundError('delivery', id)
      const attempts = await reads.deliveries.attemptsOf([key])
      return { body: present(wholeDeliveryShape, { ...delivery, attempts }) }
    },
  }),

  route({
    method: 'POST',
    path: '/deliveries/:id/retry',
    isPersonal: true,
    scope: ApiScope.OPERATE,
    name: 'retryDelivery',
    tag: 'deliveries',
    summary: 'Tries a failed or suppressed delivery again',
    description: 'At once, alone, with fresh tries and the same ids.',
    answer: { status: 200, description: 'The delivery, owed again.', shape: deliveryShape },
    conflict: 'It is neither failed nor suppressed, or its rule or action is disabled or deleted.',
    handle: async ({ commands }, { id }) => ({
      body: present(deliveryShape, (await commands.retryDelivery(idOf('delivery', id))).delivery),
    }),
  }),
]
