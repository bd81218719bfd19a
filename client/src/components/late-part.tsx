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
    try {
      await bringMissingSheets()
      this.component = (await this.ask()).default
      return this.component
    } catch (cause) {
      isSomethingMissing = true
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

let isSomethingMissing = false

/** An import that failed for a style sheet asks for the code alone when it is tried again. */
async function bringMissingSheets(): Promise<void> {
  if (!isSomethingMissing) return
  const links = [...document.head.querySelectorAll<HTMLLinkElement>('link[rel="stylesheet"]')]
  const own = links.filter(({ href }) => href.startsWith(`${location.origin}/`))
  await Promise.all(own.filter(({ sheet }) => isMissing(sheet)).map(bringAnew))
  isSomethingMissing = false
}

/** Where a sheet did not come, browsers differ: there is none, or an empty one, or one that cannot be read. */
function isMissing(sheet: CSSStyleSheet | null): boolean {
  try {
    return sheet === null || sheet.cssRules.length === 0
  } catch {
    return true
  }
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
