import type { Draws } from './draws.js'

/** The demo account's own numbers: from the fictional 555-01xx ranges, and Twilio's valid test sender. */
export const ownNumbers = ['+12025550110', '+14155550111', '+16465550112', '+15005550006'] as const

const areaCodes = [
  '202',
  '206',
  '212',
  '303',
  '312',
  '404',
  '415',
  '512',
  '617',
  '646',
  '702',
  '713',
] as const

/** A number out of the ranges kept for fiction (+1 area 555-0100 to 0199). */
export function fictionalNumber(draws: Draws): string {
  return `+1${draws.pick(areaCodes)}55501${String(draws.between(0, 99)).padStart(2, '0')}`
}

const outbound: readonly [(draws: Draws) => string, ...((draws: Draws) => string)[]] = [
  (draws) => `Your Fernhill sign-in code is ${draws.between(100_000, 999_999)}. It expires in 10 minutes.`,
  (draws) =>
    `Reminder: your appointment is tomorrow at ${draws.between(8, 17)}:${draws.pick(['00', '15', '30', '45'])}. Reply C to confirm.`,
  (draws) =>
    `Parcel ${draws.hex(8).toUpperCase()} is out for delivery and should arrive before ${draws.between(11, 19)}:00.`,
  (draws) => `We received your payment of $${draws.between(5, 240)}.${draws.between(10, 99)}. Thank you!`,
  (draws) =>
    `Order ${draws.between(40_000, 99_999)} is ready for pickup at the Fernhill counter until 20:00.`,
  (draws) =>
    `Your table for ${draws.between(2, 8)} is booked for ${draws.between(17, 21)}:30 tonight. See you soon.`,
  (draws) =>
    `New sign-in to your account from a device in ${draws.pick(['Denver', 'Austin', 'Lisbon', 'Leeds'])}. Not you? Reset your password.`,
]

const inbound = [
  'Confirm',
  'Yes',
  'Thanks!',
  'STOP',
  'Can I move it to Friday?',
  'Where is my parcel?',
  'HELP',
] as const

export function outboundBody(draws: Draws): string {
  return draws.pick(outbound)(draws)
}

export function inboundBody(draws: Draws): string {
  return draws.pick(inbound)
}
