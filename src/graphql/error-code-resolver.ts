import { Arg, Query, Resolver } from 'type-graphql'
import { InputError } from '../errors.js'
import { ApiScope } from '../keys/scope.js'
import { ErrorCodeMeaningObject, meaningOf } from './error-code-object.js'
import { NeedsScope } from './needs-scope.js'

const MOST_CODES = 200

/** What error codes mean, in words of our own. */
@Resolver()
export class ErrorCodeResolver {
  @NeedsScope(ApiScope.READ)
  @Query(() => ErrorCodeMeaningObject, {
    nullable: true,
    description: 'What an error code means; null for what is no code at all.',
  })
  errorCode(
    @Arg('code', () => String, { description: 'The code, such as 30003.' }) code: string,
  ): ErrorCodeMeaningObject | null {
    return isCode(code) ? meaningOf(code) : null
  }

  @NeedsScope(ApiScope.READ)
  @Query(() => [ErrorCodeMeaningObject], {
    description: 'What error codes mean, in the order asked for, without what is no code at all.',
  })
  errorCodes(
    @Arg('codes', () => [String], { description: `The codes, ${MOST_CODES} at most.` }) codes: string[],
  ): ErrorCodeMeaningObject[] {
    if (codes.length > MOST_CODES)
      throw new InputError([{ path: 'codes', message: `must have ${MOST_CODES} entries at most` }])
    return codes.filter(isCode).map(meaningOf)
  }
}

/** Rules take the same for a code. */
const CODE = /^[\w.-]{1,64}$/

function isCode(code: string): boolean {
  return CODE.test(code)
}
