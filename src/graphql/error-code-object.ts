import { Field, ObjectType } from 'type-graphql'
import { explainErrorCode } from '../sources/error-codes.js'
import { Personal } from './personal.js'

@ObjectType('ErrorCodeMeaning', { description: 'What a Twilio error code means.', simpleResolvers: true })
export class ErrorCodeMeaningObject {
  @Personal()
  @Field(() => String, { description: 'The code.' })
  code!: string

  @Personal()
  @Field(() => String, { description: 'What people call it.' })
  title!: string

  @Field(() => String, { description: 'What it means.' })
  meaning!: string

  @Field(() => String, { description: 'What to do about it.' })
  remedy!: string

  @Personal()
  @Field(() => String, { description: "Twilio's page about it." })
  url!: string

  @Field(() => Boolean, {
    description: 'False where only Twilio could say what it means: codes are added without notice.',
  })
  isKnown!: boolean
}

/** The meaning of a code, as the API shows it. */
export function meaningOf(code: string): ErrorCodeMeaningObject {
  const { name, description, remedy, url, known } = explainErrorCode(code)
  return { code, title: name, meaning: description, remedy, url, isKnown: known }
}
