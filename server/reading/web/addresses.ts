/**
 * Which network addresses may be connected to when a page is fetched: those of the public internet, and no other. What a name
 * resolves to is judged here at the moment of connecting (`connection.ts`), so that a name cannot change its mind in between.
 *
 * Ranges: IANA special-purpose registries for IPv4 and IPv6.
 */
import { BlockList, isIP } from "node:net";

const CLOSED_IPV4: readonly (readonly [string, number])[] = [
  ["0.0.0.0", 8], // this network, unspecified
  ["10.0.0.0", 8], // private
  ["100.64.0.0", 10], // shared by carriers (CGNAT)
  ["127.0.0.0", 8], // loopback
  ["169.254.0.0", 16], // link-local, metadata of clouds
  ["172.16.0.0", 12], // private
  ["192.0.0.0", 24], // protocol assignments
  ["192.0.2.0", 24], // documentation
  ["192.88.99.0", 24], // relays of 6to4
  ["192.168.0.0", 16], // private
  ["198.18.0.0", 15], // measurements
  ["198.51.100.0", 24], // documentation
  ["203.0.113.0", 24], // documentation
  ["224.0.0.0", 4], // multicast
  ["240.0.0.0", 4], // reserved, broadcast
  ["168.63.129.16", 32], // a cloud's inner services under a public number
];

/**
 * Of IPv6 only global unicast (2000::/3) is open at all: that leaves out `::`, `::1`, IPv4-mapped (::ffff:), translated (64:ff9b:),
 * unique-local (fc00::/7), link-local and multicast ones. Inside it, these are closed.
 */
const CLOSED_IPV6: readonly (readonly [string, number])[] = [
  ["2001::", 23], // protocol assignments, Teredo among them
  ["2001:db8::", 32], // documentation
  ["2002::", 16], // 6to4 carries an IPv4 address
  ["3fff::", 20], // documentation
];

const closed = new BlockList();
for (const [network, prefix] of CLOSED_IPV4) closed.addSubnet(network, prefix, "ipv4");
for (const [network, prefix] of CLOSED_IPV6) closed.addSubnet(network, prefix, "ipv6");

const globalUnicast = new BlockList();
globalUnicast.addSubnet("2000::", 3, "ipv6");

/** @param address an IPv4 or IPv6 address as a resolver gives it, without brackets. Anything else is not public. */
export function isPublicAddress(address: string): boolean {
  switch (isIP(address)) {
    case 4:
      return !closed.check(address, "ipv4");
    case 6:
      return globalUnicast.check(address, "ipv6") && !closed.check(address, "ipv6");
    default:
      return false;
  }
}
