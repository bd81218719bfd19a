import { Arg, Ctx, FieldResolver, Query, Resolver, Root } from 'type-graphql'
import { ApiScope } from '../keys/scope.js'
import type { RulePreview } from '../preview/preview.js'
import type { PreviewAlert, PreviewMatch } from '../preview/tally.js'
import type { Log } from '../sources/log.js'
import type { Context } from './context.js'
import { LogObject } from './log-object.js'
import { NeedsScope } from './needs-scope.js'
import { PreviewAlertObject, PreviewMatchObject, RulePreviewObject } from './preview-objects.js'
import { CreateRuleInput } from './rule-inputs.js'
import { DateTime } from './scalars.js'

@Resolver(() => RulePreviewObject)
export class PreviewResolver {
  @NeedsScope(ApiScope.READ)
  @Query(() => RulePreviewObject, {
    description:
      'What a rule would have done over the stored logs of a span, had it stood since its beginning; it is judged by what judges live, and nothing is kept or sent.',
  })
  previewRule(
    @Arg('input', () => CreateRuleInput, {
      description: 'The rule, checked as createRule checks it; enabled or not, it is tried.',
    })
    input: CreateRuleInput,
    @Arg('since', () => DateTime, { description: 'Logs with a timestamp at or after it.' }) since: Date,
    @Arg('until', () => DateTime, {
      nullable: true,
      description: 'Logs with a timestamp before it; now where left out.',
    })
    until: Date | null | undefined,
    @Arg('includeBackfilled', () => Boolean, {
      defaultValue: false,
      description:
        'Judges the logs that the first sweep of an account read as if they had been read when they came to be; live they fire nothing.',
    })
    includeBackfilled: boolean,
    @Ctx() { commands, seesNumbers }: Context,
  ): Promise<RulePreview> {
    return commands.previewRule({ input, since, until, includeBackfilled }, { seesNumbers })
  }
}

@Resolver(() => PreviewMatchObject)
export class PreviewMatchResolver {
  @FieldResolver(() => LogObject, { description: 'The log.' })
  log(@Root() match: PreviewMatch, @Ctx() { loaders }: Context): Promise<Log | null> {
    return loaders.log.load(match.logId)
  }
}

@Resolver(() => PreviewAlertObject)
export class PreviewAlertResolver {
  @FieldResolver(() => LogObject, { description: 'The log at which it would have opened.' })
  log(@Root() alert: PreviewAlert, @Ctx() { loaders }: Context): Promise<Log | null> {
    return loaders.log.load(alert.logId)
  }
}
