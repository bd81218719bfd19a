import type { Fault } from './fault.js'
import { backupAndRestore } from './rows/backup.js'
import { bigPoll } from './rows/big-polls.js'
import { clocksApart, clocksJump } from './rows/clocks.js'
import { slowloris } from './rows/connections.js'
import { credentialsRevoked, receiversRefuse, wrongSecretKey } from './rows/credentials.js'
import { diskFull, diskOfTablesFull } from './rows/disk.js'
import { badCertificate, mailTrouble } from './rows/email.js'
import { killedWhileFolding } from './rows/folding.js'
import { signatureTimes } from './rows/forged-signatures.js'
import { graphqlBombs } from './rows/graphql-bombs.js'
import { keysGuessed } from './rows/guessed-keys.js'
import { hostileRecords, patternBombs } from './rows/hostile-records.js'
import { killedWhileDelivering, killedWhileIngesting, recoveryOfWorker } from './rows/kills.js'
import { migrationKilled, upgradeKilled } from './rows/migrations.js'
import { anySequence } from './rows/model.js'
import { poisonRecords, poisonStatus } from './rows/poison-records.js'
import { oddHttp } from './rows/odd-http.js'
import { postgresFrozen, postgresStopped } from './rows/postgres.js'
import { poisonDelivery, replicas, zombieWorker } from './rows/processes.js'
import { attacks } from './rows/proved.js'
import { jobTablesGone, mongodbGone, redisGone } from './rows/redis-and-mongodb.js'
import { redisFlood, subscriberCut } from './rows/subscribers.js'
import { rollingRestart } from './rows/rolling-restart.js'
import { lateRecords, pagesShift, twilioThrottles } from './rows/twilio.js'
import { silentSockets } from './rows/silent-sockets.js'
import { templatesTakeLong } from './rows/templates.js'
import { socketFlood } from './rows/socket-flood.js'
import { alertStorm } from './rows/storm.js'
import { unprovenFaults } from './rows/unproven.js'
import {
  patternUnreadable,
  pollClockFrozen,
  pollClockFrozenSeldomPolled,
  pollerHangs,
} from './rows/watchdog.js'
import { endlessBodies, oddAnswers } from './rows/webhooks.js'

/** Every row of the proof, in the order of their numbers. */
export const faults: readonly Fault[] = [
  killedWhileIngesting,
  killedWhileDelivering,
  killedWhileFolding,
  recoveryOfWorker,
  poisonDelivery,
  poisonRecords,
  poisonStatus,
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
  patternBombs,
  signatureTimes,
  graphqlBombs,
  hostileRecords,
  alertStorm,
  oddAnswers,
  endlessBodies,
  mailTrouble,
  badCertificate,
  backupAndRestore,
  migrationKilled,
  upgradeKilled,
  diskFull,
  diskOfTablesFull,
  clocksJump,
  clocksApart,
  bigPoll,
  socketFlood,
  subscriberCut,
  slowloris,
  keysGuessed,
  oddHttp,
  redisFlood,
  rollingRestart,
  pollerHangs,
  pollClockFrozen,
  pollClockFrozenSeldomPolled,
  patternUnreadable,
  credentialsRevoked,
  receiversRefuse,
  wrongSecretKey,
  anySequence,
  templatesTakeLong,
  silentSockets,
  ...attacks,
  ...unprovenFaults,
].toSorted((one, other) => one.row - other.row)
