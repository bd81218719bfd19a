import { readdirSync, readFileSync, readlinkSync } from 'node:fs'

/** Who is at the other end of a socket, by port. */
export type Peers = Readonly<Record<string, number>>

/** How many sockets a process has to each of its peers; what leads nowhere known, listens or is no TCP is under `others`. */
export type Sockets = Readonly<Record<string, number>>

interface Ends {
  readonly local: number
  readonly remote: number
}

/**
 * Counts the descriptors of a process by where they lead, as Linux tells it in `/proc/PID/fd` and `/proc/PID/net/tcp` (proc(5)).
 * `clients` are those who came to `ownPort`.
 */
export function socketsOf(pid: number, ownPort: number, peers: Peers): Sockets {
  const ends = tcpEnds(pid)
  const counts: Record<string, number> = {}
  for (const descriptor of descriptorsOf(pid)) {
    const whose = peerOf(ends.get(descriptor))
    counts[whose] = (counts[whose] ?? 0) + 1
  }
  return counts

  function peerOf(found: Ends | undefined): string {
    if (found === undefined || found.remote === 0) return 'others'
    if (found.local === ownPort) return 'clients'
    return Object.entries(peers).find(([, port]) => port === found.remote)?.[0] ?? 'others'
  }
}

/** Such as `clients 3, MongoDB 12, others 20`. */
export function inWords(sockets: Sockets = {}): string {
  return Object.keys(sockets)
    .toSorted()
    .map((peer) => `${peer} ${sockets[peer]}`)
    .join(', ')
}

/** What each open descriptor is, such as `socket:[12345]`. One that is closed meanwhile is left out. */
function descriptorsOf(pid: number): string[] {
  const folder = `/proc/${pid}/fd`
  return readdirSync(folder).flatMap((name) => {
    try {
      return [readlinkSync(`${folder}/${name}`)]
    } catch {
      return []
    }
  })
}

/** The ports of every TCP socket, by the name that its descriptor links to. */
function tcpEnds(pid: number): Map<string, Ends> {
  const lines = ['tcp', 'tcp6'].flatMap((table) =>
    readFileSync(`/proc/${pid}/net/${table}`, 'utf8').trim().split('\n').slice(1),
  )
  return new Map(
    lines.map((line) => {
      const [, local = '', remote = '', , , , , , , inode = ''] = line.trim().split(/\s+/)
      return [`socket:[${inode}]`, { local: portOf(local), remote: portOf(remote) }]
    }),
  )
}

/** The port of an address such as `0100007F:6989`, which is written in hexadecimal. */
function portOf(address: string): number {
  return Number.parseInt(address.split(':')[1] ?? '', 16)
}
