import type { ReactNode } from 'react'
import type { TestActionMutation } from '../api/documents.js'
import { Badge } from '../components/badge.js'
import { Button } from '../components/button.js'
import { ForeignText } from '../components/foreign-text.js'
import { inWords } from '../components/in-words.js'
import { jsonText, prettyText } from '../components/json-text.js'
import { isRecord } from '../components/is-record.js'
import { say } from '../strings.js'
import './test-result.css'

interface TestResultProps {
  readonly actionType: string
  readonly test: TestActionMutation['testAction']
  readonly close: () => void
}

/** What a test sent, and what came back. */
export function TestResult({ actionType, test: { success, result }, close }: TestResultProps) {
  const all = isRecord(result) ? result : { result }
  const { request, response, ...others } = all
  const facts = Object.entries(others).filter(([, value]) => value !== null && value !== undefined)
  return (
    <section className="test" aria-label={say.test.title} role="status">
      <header className="test-head">
        <Badge
          tone={success ? 'good' : 'bad'}
          icon={success ? 'check' : 'cross'}
          text={success ? say.test.accepted(actionType) : say.test.failed}
        />
        <Button kind="quiet" icon="cross" aria-label={say.close} onClick={close} />
      </header>
      {isRecord(request) && (
        <Part title={say.test.request}>
          <Facts facts={Object.entries(request)} />
        </Part>
      )}
      <Part title={say.test.answer}>
        <Facts facts={facts} />
        {typeof response === 'string' && response !== '' && (
          <ForeignText label={say.test.answer} text={response} />
        )}
      </Part>
    </section>
  )
}

function Part({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <div className="test-part">
      <h3>{title}</h3>
      {children}
    </div>
  )
}

function Facts({ facts }: { readonly facts: readonly (readonly [string, unknown])[] }) {
  return (
    <dl className="test-facts">
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt>{named(name)}</dt>
          <dd>
            <Value label={named(name)} value={value} />
          </dd>
        </div>
      ))}
    </dl>
  )
}

function Value({ label, value }: { readonly label: string; readonly value: unknown }) {
  if (typeof value === 'string')
    return isBlock(value) ? <ForeignText label={label} text={prettyText(value)} /> : <>{value}</>
  if (Array.isArray(value) && value.every((one) => typeof one === 'string'))
    return <>{value.length === 0 ? say.none : value.join(', ')}</>
  if (isRecord(value))
    return <ForeignText label={label} text={isFlat(value) ? lines(value) : jsonText(value)} />
  return <>{String(value)}</>
}

function isFlat(record: Readonly<Record<string, unknown>>): boolean {
  return Object.values(record).every((value) => typeof value === 'string')
}

function isBlock(text: string): boolean {
  return text.length > 120 || text.includes('\n') || text.startsWith('{')
}

function lines(record: Readonly<Record<string, unknown>>): string {
  return Object.entries(record)
    .map(([name, value]) => `${name}: ${String(value)}`)
    .join('\n')
}

function named(name: string): string {
  return name === 'url' ? say.test.url : inWords(name)
}
