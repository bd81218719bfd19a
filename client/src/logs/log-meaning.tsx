import type { LogQuery } from '../api/documents.js'
import { Icon } from '../components/icon.js'
import { OutsideLink } from '../components/outside-link.js'
import { say } from '../strings.js'
import { LogCode } from './log-code.js'
import { codeTone } from './look.js'
import './log-meaning.css'

interface LogMeaningProps {
  readonly log: Pick<NonNullable<LogQuery['log']>, 'logType' | 'status' | 'errorCode' | 'errorMeaning'>
}

/**
 * What the error code of a log means and what helps against it, with Twilio's own page about it. A code that nobody here knows, such as
 * one of a custom webhook's sender, is no verdict: it stands for itself.
 */
export function LogMeaning({ log }: LogMeaningProps) {
  const { errorMeaning, errorCode } = log
  if (errorCode === null) return null
  if (!errorMeaning)
    return (
      <p>
        <LogCode log={log} />
      </p>
    )
  return (
    <section className={`log-meaning tone-${codeTone(log)}`}>
      <h3>
        <code>{errorCode}</code> {errorMeaning.title}
      </h3>
      <p>{errorMeaning.meaning}</p>
      <p>
        <strong>{say.log.remedy}</strong> {errorMeaning.remedy}
      </p>
      <OutsideLink href={errorMeaning.url}>
        {say.log.errorPage} <Icon name="external" />
      </OutsideLink>
    </section>
  )
}
