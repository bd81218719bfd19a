import type { Logger } from './logger.js'
import { messageOf } from './errors.js'

/** What was started, to be stopped in reverse. */
export class Lifecycle {
  private readonly stops: { readonly name: string; readonly stop: () => unknown }[] = []
  private stopping: Promise<void> | null = null

  constructor(private readonly logger: Logger) {}

  get isStopping(): boolean {
    return this.stopping !== null
  }

  /** Whoever starts a thing says here how it stops. */
  onStop(name: string, stop: () => unknown): void {
    this.stops.push({ name, stop })
  }

  /** Stops everything, the newest first; one that fails keeps no other from being stopped. */
  stop(): Promise<void> {
    return (this.stopping ??= this.stopAll())
  }

  private async stopAll(): Promise<void> {
    for (const { name, stop } of this.stops.toReversed()) {
      try {
        await stop()
      } catch (failure) {
        this.logger.error({ err: failure, part: name }, `stopping failed: ${messageOf(failure)}`)
      }
    }
  }
}
