import type { Fault } from './fault.js'
import { mailTrouble } from './rows/email.js'
import { killedWhileDelivering, killedWhileIngesting, recoveryOfWorker } from './rows/kills.js'
import { postgresFrozen, postgresStopped } from './rows/postgres.js'
import { poisonDelivery, replicas, rollingRestart, zombieWorker } from './rows/processes.js'
import { jobTablesGone, mongodbGone, redisGone } from './rows/services.js'
import { credentialsRevoked, lateRecords, pagesShift, pollerHangs, twilioThrottles } from './rows/twilio.js'
import { alertStorm } from './rows/storm.js'
import { endlessBodies, oddAnswers } from './rows/webhooks.js'

/** Every row of the proof, in the order of their numbers. */
export const faults: readonly Fault[] = [
  killedWhileIngesting,
  killedWhileDelivering,
  recoveryOfWorker,
  poisonDelivery,
  zombieWorker,
  replicas,
  postgresStopped,
  postgresFrozen,
  redisGone,
  mongodbGone,
  jobTablesGone,
  twilioThrottles,
  pagesShift,
  lateRecords,
  alertStorm,
  oddAnswers,
  endlessBodies,
  mailTrouble,
  rollingRestart,
  pollerHangs,
  credentialsRevoked,
]
