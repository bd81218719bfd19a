import { Component, type ErrorInfo, type ReactNode } from 'react'
import { Button } from '../components/button.js'
import { Empty } from '../components/states.js'
import { say } from '../strings.js'

interface BoundaryProps {
  readonly children: ReactNode
}

interface BoundaryState {
  readonly fault: Error | null
}

/** Holds a page that broke away from the others. The product may also have been upgraded since the page was opened: a reload gets the new files. */
export class Boundary extends Component<BoundaryProps, BoundaryState> {
  override state: BoundaryState = { fault: null }

  static getDerivedStateFromError(fault: unknown): BoundaryState {
    return { fault: fault instanceof Error ? fault : new Error(String(fault)) }
  }

  override componentDidCatch(fault: Error, info: ErrorInfo): void {
    console.error(fault, info.componentStack)
  }

  override render(): ReactNode {
    const { fault } = this.state
    if (!fault) return this.props.children
    return (
      <Empty
        icon="warning"
        title={say.states.broken}
        action={
          <Button icon="refresh" onClick={() => location.reload()}>
            {say.states.reload}
          </Button>
        }
      >
        {fault.message}
      </Empty>
    )
  }
}
