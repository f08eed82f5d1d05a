/** Names that only a cluster, a machine or a private network resolves. https://www.iana.org/assignments/special-use-domain-names */
const NAME = /^[^.]*$|(^|\.)(localhost|local|internal|home\.arpa)$|\.svc(\.|$)/;

/** Addresses of the machine itself, of a link, of private networks and of carriers'. https://www.iana.org/assignments/iana-ipv4-special-registry */
const IPV4 = /^(0|10|127|169\.254|192\.168|172\.(1[6-9]|2\d|3[01])|100\.(6[4-9]|[7-9]\d|1[01]\d|12[0-7]))\./;
const IPV6 = /^\[(::1?\]|f[cd][0-9a-f]{2}:|fe[89ab][0-9a-f]:)/;

/** The URL that was asked about last: thousands of identities share an issuer, and to parse it is most of the work. */
let last = { url: '', isPrivate: false };

/** Whether nobody outside a cluster, a machine or a private network can reach what the URL names. */
export function isPrivateHost(url: string): boolean {
  if (last.url !== url) last = { url, isPrivate: namesPrivateHost(url) };
  return last.isPrivate;
}

function namesPrivateHost(url: string): boolean {
  if (!URL.canParse(url)) return false;
  const host = new URL(url).hostname.replace(/\.$/, '');
  if (host.startsWith('[')) return IPV6.test(host) || IPV4.test(mappedIn(host));
  return /^[\d.]+$/.test(host) ? IPV4.test(host) : NAME.test(host);
}

/** The IPv4 address in `[::ffff:7f00:1]`, as the parser writes it; empty where there is none. */
function mappedIn(host: string): string {
  const [, high, low] = /^\[::ffff:([0-9a-f]{1,4}):([0-9a-f]{1,4})\]$/.exec(host) ?? [];
  if (high === undefined || low === undefined) return '';
  return [high, low].flatMap(part => [Math.floor(parseInt(part, 16) / 256), parseInt(part, 16) % 256]).join('.');
}
