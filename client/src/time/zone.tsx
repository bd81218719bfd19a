import { createContext, type ReactNode, useContext, useMemo, useState } from 'react'
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
  const [zone, setZone] = useState<Zone>(() => (stored() === 'utc' ? 'utc' : 'local'))
  const choice = useMemo(
    () => ({
      zone,
      choose: (chosen: Zone) => {
        store(chosen)
        setZone(chosen)
      },
    }),
    [zone],
  )
  return <ZoneContext value={choice}>{children}</ZoneContext>
}

function stored(): string | null {
  try {
    return localStorage.getItem(STORED_AS)
  } catch {
    return null
  }
}

function store(zone: Zone): void {
  try {
    localStorage.setItem(STORED_AS, zone)
  } catch {
    // Then it is asked for again next time.
  }
}
