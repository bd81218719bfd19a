/** The queries that tell what became of deliveries, by their names: out of date once one is tried again. */
export const deliveryQueries = [
  'Alert',
  'Alerts',
  'Overview',
  'Deliveries',
  'DeliveryTotals',
  'LatestDeliveries',
] as const
