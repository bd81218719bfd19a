import type { LogQuery } from '../api/documents.js'
import { Icon } from '../components/icon.js'
import { OutsideLink } from '../components/outside-link.js'
import { say } from '../strings.js'
import './log-meaning.css'

interface LogMeaningProps {
  readonly log: Pick<NonNullable<LogQuery['log']>, 'errorCode' | 'errorMeaning'>
}

/** What the error code of a log means and what helps against it, with Twilio's own page about it. */
export function LogMeaning({ log: { errorMeaning, errorCode } }: LogMeaningProps) {
  if (errorCode === null) return null
  return (
    <section className="log-meaning tone-bad">
      <h3>
        <code>{errorCode}</code> {errorMeaning?.title}
      </h3>
      {errorMeaning && <p>{errorMeaning.meaning}</p>}
      {errorMeaning && (
        <p>
          <strong>{say.log.remedy}</strong> {errorMeaning.remedy}
        </p>
      )}
      {errorMeaning && (
        <OutsideLink href={errorMeaning.url}>
          {say.log.errorPage} <Icon name="external" />
        </OutsideLink>
      )}
    </section>
  )
}
