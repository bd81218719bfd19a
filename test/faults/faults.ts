import type { Fault } from './fault.js'
import { bigPoll } from './rows/big-polls.js'
import { diskFull } from './rows/disk.js'
import { mailTrouble } from './rows/email.js'
import { killedWhileDelivering, killedWhileIngesting, recoveryOfWorker } from './rows/kills.js'
import { migrationKilled } from './rows/migrations.js'
import { anySequence } from './rows/model.js'
import { postgresFrozen, postgresStopped } from './rows/postgres.js'
import { poisonDelivery, replicas, rollingRestart, zombieWorker } from './rows/processes.js'
import { attacks } from './rows/proved.js'
import { jobTablesGone, mongodbGone, redisGone } from './rows/redis-and-mongodb.js'
import { redisFlood, subscriberCut } from './rows/subscribers.js'
import { credentialsRevoked, lateRecords, pagesShift, pollerHangs, twilioThrottles } from './rows/twilio.js'
import { alertStorm } from './rows/storm.js'
import { unprovenFaults } from './rows/unproven.js'
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
  migrationKilled,
  diskFull,
  bigPoll,
  subscriberCut,
  redisFlood,
  rollingRestart,
  pollerHangs,
  credentialsRevoked,
  anySequence,
  ...attacks,
  ...unprovenFaults,
].toSorted((one, other) => one.row - other.row)
