import { beforeEach, describe, expect, it } from 'vitest'
import { HeldPage, type PageWindow } from '../../../client/src/app/held-page.js'

const EDITOR = 'http://127.0.0.1/rules/7'
const LIST = 'http://127.0.0.1/rules'

/** A window whose reader answers with `isMeant`. */
class FakeWindow extends EventTarget implements PageWindow {
  readonly location = { href: EDITOR }
  readonly history = {
    pushState: (_: null, __: '', address: string): void => void (this.location.href = address),
  }
  isMeant = false
  asked = 0
  routed = 0

  confirm(): boolean {
    this.asked += 1
    return this.isMeant
  }

  /** The browser's Back: the address is another before anybody hears of it. */
  goBack(): void {
    this.location.href = LIST
    this.dispatchEvent(new Event('popstate'))
  }

  /** Whether the browser would ask. */
  close(): boolean {
    const event = new Event('beforeunload', { cancelable: true })
    this.dispatchEvent(event)
    return event.defaultPrevented
  }
}

describe('a page on which something is written and not saved', () => {
  let window: FakeWindow
  let page: HeldPage
  let release: () => void

  beforeEach(() => {
    window = new FakeWindow()
    page = new HeldPage(window)
    window.addEventListener('popstate', () => (window.routed += 1))
    release = page.hold()
  })

  const goTo = (options?: { readonly replace: boolean }): boolean => {
    let isGone = false
    page.navigate(() => (isGone = true), '/rules', options)
    return isGone
  }

  it('stays where the reader goes back and does not mean it, and the router hears nothing of it', () => {
    window.goBack()
    expect([window.location.href, window.asked, window.routed]).toEqual([EDITOR, 1, 0])
  })

  it('is left by going back where the reader means it', () => {
    window.isMeant = true
    window.goBack()
    expect([window.location.href, window.asked, window.routed]).toEqual([LIST, 1, 1])
  })

  it('is left for another page where the reader means it, and changes its own address unasked', () => {
    expect([goTo(), goTo({ replace: true })]).toEqual([false, true])
    window.isMeant = true
    expect([goTo(), window.asked]).toEqual([true, 2])
  })

  it('has the browser ask before it is closed', () => {
    expect(window.close()).toBe(true)
  })

  it('holds nobody any more once that is saved', () => {
    release()
    window.goBack()
    expect([window.location.href, goTo(), page.mayLeave(), window.close()]).toEqual([LIST, true, true, false])
    expect([window.asked, window.routed]).toEqual([0, 1])
  })
})
