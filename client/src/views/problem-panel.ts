import { element, setText, show } from './element.js'

/** Why there is nothing to see, and a way to try at once. */
export class ProblemPanel {
  private readonly reason = element('p')
  private readonly button = element('button', { type: 'button', class: 'primary' }, 'Try now')
  readonly element = element(
    'section',
    { class: 'panel problem-panel', role: 'alert' },
    element('h2', {}, 'Nothing could be read'),
    this.reason,
    element('p', { class: 'muted' }, 'The page keeps trying by itself.'),
    this.button,
  )

  constructor(tryNow: () => void) {
    this.button.addEventListener('click', tryNow)
  }

  render(problem: string | null): void {
    show(this.element, problem !== null)
    setText(this.reason, problem ?? '')
  }
}
