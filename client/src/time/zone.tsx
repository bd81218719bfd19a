import { createContext, type ReactNode, useContext, useMemo, useState } from 'react'
import { remember, remembered } from '../components/device-memory.js'
import type { Zone } from './absolute-time.js'

export type { Zone }

interface ZoneChoice {
  readonly zone: Zone
  choose(zone: Zone): void
}

const ZoneContext = createContext<ZoneChoice>({ zone: 'local', choose: () => {} })
const STORED_AS = 'giftpulse-zone'

export function useZone(): ZoneChoice {
  return useContext(ZoneContext)
}

/** Remembers the choice on this device, where the browser lets it. */
export function ZoneProvider({ children }: { readonly children: ReactNode }) {
  const [zone, setZone] = useState<Zone>(() => (remembered(STORED_AS) === 'utc' ? 'utc' : 'local'))
  const choice = useMemo(
    () => ({
      zone,
      choose: (chosen: Zone) => {
        remember(STORED_AS, chosen)
        setZone(chosen)
      },
    }),
    [zone],
  )
  return <ZoneContext value={choice}>{children}</ZoneContext>
}
