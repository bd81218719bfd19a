import { deviceSwitch } from '../components/device-switch.js'

/** Whether the newest logs are read out on this device, instead of how many there are; and how to choose. */
export const useReadsEach = deviceSwitch('giftpulse-read-out', { on: 'each', off: 'sum' })
