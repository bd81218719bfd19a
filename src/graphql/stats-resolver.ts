import { Arg, Args, ArgsType, Ctx, Field, Int, Query, Resolver } from 'type-graphql'
import { readSpan } from '../commands/span-input.js'
import { InputError } from '../errors.js'
import { ApiScope } from '../keys/scope.js'
import { evenBuckets, type Span, type TimeBuckets } from '../sources/time-buckets.js'
import type { DeliveryStats } from '../store/delivery-stats.js'
import type { LogStats } from '../store/log-stats.js'
import type { Stats } from '../store/stats.js'
import { logsSoughtBy } from '../store/log-filter.js'
import { refuseNul } from './arguments.js'
import type { Context } from './context.js'
import { LogDimension } from './enums.js'
import { LogFilterInput } from './filter-inputs.js'
import { NeedsScope } from './needs-scope.js'
import { DateTime } from './scalars.js'
import { DeliveryStatsObject, LogStatsObject } from './stats-objects.js'

const MOST_BUCKETS = 500

@ArgsType()
class StatsArgs {
  @Field(() => DateTime, { description: 'Where the span begins.' })
  since!: Date

  @Field(() => DateTime, { nullable: true, description: 'Where it ends; now where left out.' })
  until?: Date | null

  @Field(() => Int, {
    nullable: true,
    defaultValue: 60,
    description: `Into how many equal parts of whole seconds it is divided at most: 1 to ${MOST_BUCKETS}.`,
  })
  buckets?: number | null
}

/** How much there is of what. */
@Resolver()
export class StatsResolver {
  constructor(
    private readonly logs: LogStats,
    private readonly deliveries: DeliveryStats,
  ) {}

  @NeedsScope(ApiScope.READ)
  @Query(() => LogStatsObject, { description: 'How many logs there are over time, told apart by one thing.' })
  async logStats(
    @Args(() => StatsArgs) args: StatsArgs,
    @Arg('by', () => LogDimension, {
      nullable: true,
      defaultValue: LogDimension.LOG_TYPE,
      description: 'By what they are told apart.',
    })
    by: LogDimension | null | undefined,
    @Arg('filter', () => LogFilterInput, { nullable: true, description: 'Which logs; all where left out.' })
    given: LogFilterInput | null | undefined,
    @Ctx() { seesNumbers }: Context,
  ): Promise<Stats & Span> {
    refuseNul('filter', given ?? {})
    const filter = logsSoughtBy(seesNumbers, given ?? {})
    const { span, buckets } = read(args)
    const dimension = by ?? LogDimension.LOG_TYPE
    const stats = await this.logs.read(span, buckets, dimension, filter)
    return { ...span, ...(dimension === LogDimension.LOG_TYPE ? inApiSpelling(stats) : stats) }
  }

  @NeedsScope(ApiScope.READ)
  @Query(() => DeliveryStatsObject, {
    description: 'How many deliveries there are over time, by their status.',
  })
  async deliveryStats(@Args(() => StatsArgs) args: StatsArgs): Promise<Stats & Span> {
    const { span, buckets } = read(args)
    return { ...span, ...inApiSpelling(await this.deliveries.read(span, buckets)) }
  }
}

function read({ since, until, buckets }: StatsArgs): { span: Span; buckets: TimeBuckets } {
  const count = buckets ?? 60
  if (count < 1 || count > MOST_BUCKETS)
    throw new InputError([{ path: 'buckets', message: `must be from 1 to ${MOST_BUCKETS}` }])
  const span = readSpan({ since, until: until ?? null }, new Date())
  return { span, buckets: evenBuckets(span, count) }
}

/** Values of the tables as this API's enums name them. */
function inApiSpelling(stats: Stats): Stats {
  const spelled = (groups: Stats['groups']): Stats['groups'] =>
    groups.map((group) => ({ ...group, key: group.key.toUpperCase() }))
  return {
    ...stats,
    groups: spelled(stats.groups),
    buckets: stats.buckets.map((bucket) => ({ ...bucket, counts: spelled(bucket.counts) })),
  }
}
