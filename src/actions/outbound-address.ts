import ipaddr from 'ipaddr.js'

/** Ranges that `allowPrivateNetworks` opens. Everything else that is not public stays closed, metadata services included. */
const privateRanges: ReadonlySet<string> = new Set(['loopback', 'private', 'uniqueLocal', 'carrierGradeNat'])

/** Every IPv6 address that is routed on the internet lies in 2000::/3 (IANA); ipaddr.js calls more than that unicast. */
const globalUnicast = ipaddr.IPv6.parseCIDR('2000::/3')

/**
 * Ports of protocols whose servers may be made to act on lines of an HTTP request; the Fetch standard's list
 * (https://fetch.spec.whatwg.org/#port-blocking).
 */
const blockedPorts: ReadonlySet<number> = new Set([
  1, 7, 9, 11, 13, 15, 17, 19, 20, 21, 22, 23, 25, 37, 42, 43, 53, 69, 77, 79, 87, 95, 101, 102, 103, 104,
  109, 110, 111, 113, 115, 117, 119, 123, 135, 137, 139, 143, 161, 179, 389, 427, 465, 512, 513, 514, 515,
  526, 530, 531, 532, 540, 548, 554, 556, 563, 587, 601, 636, 989, 990, 993, 995, 1719, 1720, 1723, 2049,
  3659, 4045, 4190, 5060, 5061, 6000, 6566, 6665, 6666, 6667, 6668, 6669, 6679, 6697, 10080,
])

/**
 * Why an IP address may not be called, or null. The reason names the rule, never the address: where a name points is
 * nobody's business.
 */
export function addressFault(address: string, allowPrivateNetworks: boolean): string | null {
  if (!ipaddr.isValid(address)) return 'is not an IP address that can be judged'
  const range = rangeOf(ipaddr.parse(address))
  if (range === 'unicast') return null
  if (!privateRanges.has(range)) return `leads to a ${range} address, which is never called`
  if (allowPrivateNetworks) return null
  return `leads to a ${range} address; WEBHOOK_ALLOW_PRIVATE_NETWORKS=true would allow it`
}

function rangeOf(address: ipaddr.IPv4 | ipaddr.IPv6): string {
  const range: string = address.range()
  const routed = address instanceof ipaddr.IPv4 || address.match(globalUnicast)
  return range === 'unicast' && !routed ? 'reserved' : range
}

/**
 * Why a URL may not be called, as far as its text tells: scheme, port and an address given literally. The URL
 * parser has already turned `2130706433`, `0x7f000001`, `0177.0.0.1` and `127.1` into dotted form.
 */
export function urlFault(url: string, allowPrivateNetworks: boolean): string | null {
  // Stricter than the parser, which also takes `https:user@host`, `https:\\host` and line breaks anywhere.
  if (!/^https?:\/\/[^\s\\/?#\p{Cc}][^\s\\\p{Cc}]*$/iu.test(url) || !URL.canParse(url)) {
    return 'must be an absolute http or https URL'
  }
  const { port, hostname } = new URL(url)
  if (blockedPorts.has(Number(port))) return `uses port ${port}, which is never called`
  const host = bareHost(hostname)
  return ipaddr.isValid(host) ? addressFault(host, allowPrivateNetworks) : null
}

/** True for `localhost` and names under it: they always lead to loopback (RFC 6761). */
export function isLocalhostName(url: string): boolean {
  return URL.canParse(url) && /(^|\.)localhost\.?$/i.test(new URL(url).hostname)
}

/** The address inside the brackets of an IPv6 host, anything else unchanged. */
export function bareHost(hostname: string): string {
  return hostname.startsWith('[') ? hostname.slice(1, -1) : hostname
}
