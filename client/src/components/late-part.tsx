import { type ComponentType, use } from 'react'

/** A part of the dashboard in a file of its own, with the style sheets that it wants: asked for when it is shown, or before. */
export class LatePart<Props extends object = object> {
  /** The component, once it is there. */
  component: ComponentType<Props> | null = null
  private coming: Promise<ComponentType<Props>> | null = null

  /** @param ask imports its file, which exports it by default */
  constructor(private readonly ask: () => Promise<{ readonly default: ComponentType<Props> }>) {}

  /** One promise however often it is asked for, and even where it failed: React asks with every drawing. */
  load(): Promise<ComponentType<Props>> {
    this.coming ??= this.bring()
    return this.coming
  }

  /** Where it can be done without for now: what does not come is left for when it is shown. */
  async loadAhead(): Promise<void> {
    await this.load().catch(() => this.forget())
  }

  /** What did not come is asked for anew when it is loaded next. */
  forget(): void {
    this.coming = null
  }

  private async bring(): Promise<ComponentType<Props>> {
    document.addEventListener('error', noteMissingSheet, true)
    try {
      await bringMissingSheets()
      this.component = (await this.ask()).default
      return this.component
    } catch (cause) {
      throw new PartMissing(this, cause)
    }
  }
}

interface LateProps<Props extends object> {
  readonly part: LatePart<Props>
  readonly with: Props
}

/** Shows a part, for `Suspense` to stand in for it until it is there. */
export function Late<Props extends object>({ part, with: props }: LateProps<Props>) {
  const Part = part.component ?? use(part.load())
  return <Part {...props} />
}

/** A part cannot be shown: its file, or something that belongs to it, did not come. */
export class PartMissing extends Error {
  constructor(
    readonly part: { forget(): void },
    cause: unknown,
  ) {
    super('A part of the dashboard did not come.', { cause })
  }
}

/** Links of style sheets that did not come. Only an event tells: one that is still on its way looks the same. */
const missing = new Set<HTMLLinkElement>()

/** Those that were asked for anew last. */
let coming: Promise<unknown> = Promise.resolve()

function noteMissingSheet({ target }: Event): void {
  if (!(target instanceof HTMLLinkElement) || target.rel !== 'stylesheet') return
  if (target.href.startsWith(`${location.origin}/`)) missing.add(target)
}

/** An import that failed for a style sheet asks for the code alone when it is tried again. */
function bringMissingSheets(): Promise<unknown> {
  if (missing.size > 0) coming = Promise.all([...missing].map(bringAnew))
  missing.clear()
  return coming
}

function bringAnew(link: HTMLLinkElement): Promise<unknown> {
  const anew = link.cloneNode() as HTMLLinkElement
  const came = new Promise((resolve, reject) => {
    anew.addEventListener('load', resolve)
    anew.addEventListener('error', reject)
  })
  link.replaceWith(anew)
  return came
}
