import { Column, Entity, PrimaryColumn } from 'typeorm'
import { position } from './position.js'

/** A transition that somebody judges with care, or at which somebody died: gone once it is judged. */
@Entity('suspected_transitions')
export class SuspectedTransitionRow {
  @PrimaryColumn({ ...position, name: 'transition_id' })
  transitionId!: number

  /** Processes that died while they judged it and nothing beside it. */
  @Column({ type: 'int', default: 0 })
  deaths!: number

  /** Whether whoever holds the judge's lock is judging it, or died at it. */
  @Column({ type: 'boolean', name: 'in_hand', default: false })
  inHand!: boolean
}
