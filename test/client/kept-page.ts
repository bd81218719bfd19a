import type { Page } from 'playwright-core'
import { afterEach, beforeEach, expect } from 'vitest'
import {
  Answers,
  isLive,
  overflow,
  PATIENCE,
  type Size,
  sizes,
  type TestBrowser,
  troublesOf,
  visit,
} from './browser.js'

interface Kept {
  page: Page
  /** What it asked, and was answered, since it was loaded. */
  answers: Answers
}

/**
 * A signed-in page that the sentences of a file use one after the other: to load one takes longer than most of them do. Each finds it
 * where there is nothing, and goes from there to where it begins. After one that failed, before its other try too, it is a new page:
 * nobody knows what was left open in the old one. None may leave a fault of a script or of the policy behind, or something that does not
 * fit into the window; a sentence may make that smaller for itself.
 */
export function aKeptPage(
  on: { readonly product: { readonly url: string; readonly key: string }; readonly browser: TestBrowser },
  size: Size = sizes.desktop,
): Kept {
  const kept = {} as Kept
  let troubles: string[] = []
  beforeEach(async () => {
    if (!kept.page || kept.page.isClosed()) {
      kept.page = await on.browser.newPage({ size })
      kept.page.setDefaultTimeout(PATIENCE.timeout)
      kept.answers = new Answers(kept.page)
      troubles = troublesOf(kept.page, new URL(on.product.url).host)
      await kept.page.goto(`${on.product.url}nowhere#key=${on.product.key}`)
      await isLive(kept.page)
    } else {
      await kept.page.setViewportSize(size)
      await visit(kept.page, 'nowhere')
    }
    await kept.page.locator('main .state').waitFor()
  })
  afterEach(async ({ task }) => {
    if (task.result?.state === 'fail') await on.browser.clear()
    else if (!kept.page.isClosed()) expect(await overflow(kept.page)).toBe(0)
    expect(troubles.splice(0)).toEqual([])
  })
  return kept
}
