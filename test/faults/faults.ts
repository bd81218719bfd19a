import type { Fault } from './fault.js'
import { killedWhileDelivering, killedWhileIngesting, recoveryOfWorker } from './rows/kills.js'

/** Every row of the proof, in the order of their numbers. */
export const faults: readonly Fault[] = [killedWhileIngesting, killedWhileDelivering, recoveryOfWorker]
