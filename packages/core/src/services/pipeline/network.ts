import ipaddr from 'ipaddr.js'

/** What of an actor is looked at: an address in its normal form. */
interface AddedMembership {
  readonly ip?: string | undefined
}

/** Stands for every text that is no address: all that send one are one client, so that none of them is unlimited. */
const UNKNOWN = 'unknown'

/** Ways to write an IPv4 address as one of IPv6 (RFC 4291 2.5.5.2, RFC 6052, RFC 6145): its last 32 bits. */
const IPV4_INSIDE: readonly string[] = ['ipv4Mapped', 'rfc6052', 'rfc6145']

/** A port after the address, as some proxies send it: `192.0.2.1:4711`, `[2001:db8::1]:4711`. */
const WITH_PORT = /^(?:\[([^\]]*)\](?::\d{1,5})?|(\d+\.\d+\.\d+\.\d+):\d{1,5})$/

/** The longest address with a zone and a port is shorter. */
const LONGEST = 100

/**
 * The one way to write an address: IPv4 in four decimal parts, also where it was written as IPv6, or IPv6 as RFC 5952
 * says, without zone and port. {@link UNKNOWN} for any other text.
 */
export function normalizeAddress(text: unknown): string {
  if (typeof text !== 'string' || text.length > LONGEST) return UNKNOWN
  const [, inBrackets, beforePort] = WITH_PORT.exec(text.trim()) ?? []
  const bare = inBrackets ?? beforePort ?? text.trim()
  // Looser readings take `1`, `0x7f.1` or `010.0.0.1`, about which systems disagree.
  if (ipaddr.IPv4.isValidFourPartDecimal(bare)) return ipaddr.IPv4.parse(bare).toString()
  if (!ipaddr.IPv6.isValid(bare)) return UNKNOWN
  const address = ipaddr.IPv6.parse(bare)
  const bytes = address.toByteArray()
  // A new one from its bytes has no zone.
  return (IPV4_INSIDE.includes(address.range()) ? new ipaddr.IPv4(bytes.slice(12)) : new ipaddr.IPv6(bytes)).toString()
}

/** What events keep of where an actor is: the address, or `null` when there is none. */
export function addressOf({ ip }: AddedMembership): string | null {
  return ip === undefined || ip === UNKNOWN ? null : ip
}

/**
 * Whom limits per network address count together: one IPv4 address, or one /64 of IPv6, which is what one client has at
 * least. `null` when the host named no address at all: then nothing is counted.
 */
export function networkOf({ ip }: AddedMembership): string | null {
  if (ip === undefined) return null
  if (!ipaddr.IPv6.isValid(ip)) return ip
  const prefix = ipaddr.IPv6.parse(ip).toByteArray().slice(0, 8)
  return `${new ipaddr.IPv6([...prefix, ...Array<number>(8).fill(0)]).toString()}/64`
}
