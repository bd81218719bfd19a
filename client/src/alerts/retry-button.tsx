import { useId } from 'react'
import { useScope } from '../app/scope.js'
import { Button, type ButtonProps } from '../components/button.js'

interface RetryButtonProps extends Omit<ButtonProps, 'disabled' | 'title'> {
  /** Why the server would refuse it. */
  readonly obstacle: string | undefined
}

/** Tries something again, or says beside it why that cannot be. */
export function RetryButton({ obstacle, ...rest }: RetryButtonProps) {
  const { may, why } = useScope('OPERATE')
  const obstacleId = useId()
  const isObstructed = obstacle !== undefined
  return (
    <>
      <Button
        {...rest}
        disabled={!may || isObstructed}
        title={why}
        aria-describedby={isObstructed ? obstacleId : undefined}
      />
      {isObstructed && (
        <span id={obstacleId} className="retry-obstacle muted small">
          {obstacle}
        </span>
      )}
    </>
  )
}
