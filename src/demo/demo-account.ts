import { randomBytes } from 'node:crypto'
import { DemoWorld } from './demo-world.js'
import { Draws } from './draws.js'
import { startTwilioSimulator, type SimulatorOptions, type TwilioSimulator } from './twilio-simulator.js'

/** A running demo account: what TWILIO_ACCOUNT_SID, TWILIO_AUTH_TOKEN and TWILIO_BASE_URL would be. */
export interface DemoAccount {
  readonly accountSid: string
  readonly authToken: string
  readonly simulator: TwilioSimulator
}

/** Every installation shows the same demo account; another seed gives another one. */
const usualSeed = 555_01

/** Starts the simulated Twilio with the demo's world. Its token lives as long as this process. */
export async function startDemoAccount(
  options: { readonly seed?: number } & Pick<SimulatorOptions, 'clock' | 'intercept'> = {},
): Promise<DemoAccount> {
  const { seed = usualSeed, ...rest } = options
  const accountSid = `AC${new Draws(seed).hex(32)}`
  const authToken = randomBytes(16).toString('hex')
  const world = new DemoWorld(accountSid, seed)
  return {
    accountSid,
    authToken,
    simulator: await startTwilioSimulator({ world, accountSid, authToken, ...rest }),
  }
}
