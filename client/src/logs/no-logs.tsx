import { Button } from '../components/button.js'
import { LinkButton } from '../components/link-button.js'
import { Empty } from '../components/states.js'
import { say } from '../strings.js'
import { everyLog, isEveryLog, type LogChoice } from './log-choice.js'

interface NoLogsProps {
  readonly choice: LogChoice
  change(what: Partial<LogChoice>): void
  /** What is said where some are left out, and where there are none at all. */
  readonly words: Readonly<Record<'noneMatch' | 'none', { readonly title: string; readonly next: string }>>
}

/** Why the list is empty, and the way to all logs, or to whether any are read. */
export function NoLogs({ choice, change, words }: NoLogsProps) {
  const isAll = isEveryLog(choice)
  const { title, next } = isAll ? words.none : words.noneMatch
  return (
    <Empty
      icon={isAll ? 'activity' : 'filter'}
      title={title}
      action={
        isAll ? (
          <LinkButton href="/settings">{say.logs.toHealth}</LinkButton>
        ) : (
          <Button onClick={() => change(everyLog)}>{say.logs.showAll}</Button>
        )
      }
    >
      {next}
    </Empty>
  )
}
