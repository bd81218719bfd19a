import type { Page } from 'playwright-core'

/** What the keyboard reaches: by Tab, or in a menu by its arrows. */
const REACHED =
  'a[href], button, input, select, textarea, summary, [tabindex="0"], [contenteditable="true"], [role^="menuitem"]'
/** Radix lays them around what is open; they send the focus on at once. */
const GUARDS = '[data-radix-focus-guard]'
/** Of the ring to its ground: WCAG 1.4.11. */
const LEAST_CONTRAST = 3

/** Which kinds of controls in a part of the page show no ring when the keyboard is at them, or one too pale, in words. */
export async function unseenFocus(page: Page, part = 'body'): Promise<readonly string[]> {
  // Only whose last input was a key is shown where the focus is.
  await page.keyboard.press('Tab')
  return page.evaluate<readonly string[]>(`(() => {
    const pixel = new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true })
    const parts = (colour) => {
      pixel.clearRect(0, 0, 1, 1)
      pixel.fillStyle = colour
      pixel.fillRect(0, 0, 1, 1)
      return [...pixel.getImageData(0, 0, 1, 1).data].map((part) => part / 255)
    }
    const lightness = (colour) => {
      const [red, green, blue] = parts(colour).map((part) => part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4)
      return 0.2126 * red + 0.7152 * green + 0.0722 * blue
    }
    const contrast = (one, other) => {
      const [dark, light] = [lightness(one), lightness(other)].sort((a, b) => a - b)
      return (light + 0.05) / (dark + 0.05)
    }
    const groundOf = (element) => {
      const { backgroundColor } = getComputedStyle(element)
      if (parts(backgroundColor)[3] === 1) return backgroundColor
      return element.parentElement ? groundOf(element.parentElement) : 'white'
    }
    const seen = (element) => {
      // The ring of a link that reaches over its whole row is that of what reaches.
      const ring = [null, '::after']
        .map((pseudo) => getComputedStyle(element, pseudo))
        .find(({ outlineStyle, outlineWidth }) => outlineStyle !== 'none' && parseFloat(outlineWidth) >= 2)
      if (!ring) return 0
      const isInside = parseFloat(ring.outlineOffset) < 0
      return contrast(ring.outlineColor, groundOf(isInside ? element : element.parentElement))
    }
    const faults = new Map()
    for (const element of document.querySelector(${JSON.stringify(part)}).querySelectorAll(${JSON.stringify(REACHED)})) {
      const isInTurn = element.tabIndex >= 0 || element.matches('[role^="menuitem"]')
      if (!isInTurn || element.getClientRects().length === 0 || element.matches(${JSON.stringify(GUARDS)})) continue
      element.focus({ preventScroll: true })
      if (!element.matches(':focus')) continue
      if (seen(element) < ${LEAST_CONTRAST})
        faults.set(element.localName + '.' + element.className, seen(element).toFixed(1))
    }
    return [...faults].map(([kind, seen]) => 'the focus of ' + kind + ' has a contrast of ' + seen)
  })()`)
}

/** Which kinds of elements move by themselves, or would move when they change. */
export function movingKinds(page: Page): Promise<readonly string[]> {
  return page.evaluate<readonly string[]>(`(() => {
    const kinds = new Set(document.getAnimations().map(({ effect }) => effect?.target?.localName))
    for (const element of document.querySelectorAll('*'))
      for (const pseudo of [null, '::before', '::after']) {
        const { animationName, transitionDuration, scrollBehavior } = getComputedStyle(element, pseudo)
        if (animationName !== 'none' || /[1-9]/.test(transitionDuration) || scrollBehavior === 'smooth')
          kinds.add(element.localName + '.' + element.className)
      }
    return [...kinds].map((kind) => kind + ' moves')
  })()`)
}
