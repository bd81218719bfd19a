import { describe, expect, it } from 'vitest'
import { LogNews } from '../../../client/src/logs/log-news.js'
import { aLog } from '../samples.js'

const delivered = (id: string) => aLog({ id, status: 'delivered' })
const failed = (id: string) => aLog({ id, status: 'failed' })

describe('the news of a stream', () => {
  it('are how many logs came, how many are errors, and the last of them', () => {
    const news = new LogNews(0)
    for (const id of ['a', 'b', 'c', 'd']) news.added(delivered(id))
    news.added(failed('e'))
    const told = news.tell(10_000)
    expect(told).toMatchObject({ count: 5, errors: 1 })
    expect(told?.last.map(({ id }) => id)).toEqual(['c', 'd', 'e'])
  })

  it('count a log that becomes an error, once, and no other change', () => {
    const news = new LogNews(0)
    news.added(failed('a'))
    news.changed(failed('a'))
    news.changed(failed('b'))
    news.changed(delivered('c'))
    expect(news.tell(10_000)).toMatchObject({ count: 1, errors: 2 })
  })

  it('count no log that was an error before it changed, but one that became it again', () => {
    const news = new LogNews(0)
    news.changed(failed('a'), failed('a'))
    news.added(failed('b'), failed('b'))
    news.changed(failed('c'), delivered('c'))
    expect(news.tell(10_000)).toMatchObject({ count: 1, errors: 1 })
  })

  it('begin anew with another choice: nothing of the one before is told', () => {
    const news = new LogNews(0)
    news.added(failed('a'))
    news.begin(5_000)
    expect(news.tell(60_000)).toBeNull()
    news.added(delivered('b'))
    expect(news.tell(60_000)).toMatchObject({ count: 1, errors: 0 })
  })

  it('are told at a calm rate, however fast they come, and each once', () => {
    const news = new LogNews(0)
    news.added(delivered('a'))
    expect(news.tell(9_999)).toBeNull()
    expect(news.tell(10_000)).toMatchObject({ count: 1 })
    news.added(failed('b'))
    news.added(delivered('c'))
    expect(news.tell(19_999)).toBeNull()
    expect(news.tell(20_000)).toMatchObject({ count: 2, errors: 1 })
  })

  it('are nothing where nothing came', () => {
    const news = new LogNews(0)
    news.changed(delivered('a'))
    expect(news.tell(60_000)).toBeNull()
  })
})
