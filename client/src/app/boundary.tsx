import { Component, type ErrorInfo, type ReactNode } from 'react'
import { Button } from '../components/button.js'
import { PartMissing } from '../components/late-part.js'
import { Empty } from '../components/states.js'
import { say } from '../strings.js'
import { NotLoaded } from './not-loaded.js'

interface BoundaryProps {
  readonly children: ReactNode
}

interface BoundaryState {
  readonly fault: Error | null
}

/** Holds a page that broke, or whose files did not come, away from the others. */
export class Boundary extends Component<BoundaryProps, BoundaryState> {
  override state: BoundaryState = { fault: null }

  static getDerivedStateFromError(fault: unknown): BoundaryState {
    return { fault: fault instanceof Error ? fault : new Error(String(fault)) }
  }

  override componentDidCatch(fault: Error, info: ErrorInfo): void {
    if (fault instanceof PartMissing) fault.part.forget()
    else console.error(fault, info.componentStack)
  }

  override render(): ReactNode {
    const { fault } = this.state
    if (!fault) return this.props.children
    if (fault instanceof PartMissing) return <NotLoaded retry={() => this.setState({ fault: null })} />
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
