/**
 * Addresses that a request to outside must not reach, in the ways in which people have written them to get past a
 * guard. The first and the last of each range that is not the public's (IANA's special-purpose registries), wrapped
 * forms, and spellings that a URL parser makes an address of.
 */

/** As a resolver gives them. */
export const innerIPv4: readonly string[] = [
  // this network, this machine
  ...['0.0.0.0', '0.255.255.255', '127.0.0.1', '127.0.0.53', '127.1.1.1', '127.255.255.254', '127.255.255.255'],
  // private networks
  ...['10.0.0.0', '10.0.0.1', '10.255.255.255', '172.16.0.0', '172.16.0.1', '172.31.255.255'],
  ...['192.168.0.0', '192.168.1.1', '192.168.255.255'],
  // shared by carriers, and metadata of a cloud in it
  ...['100.64.0.0', '100.100.100.200', '100.127.255.255'],
  // link-local, and the metadata of most clouds
  ...['169.254.0.0', '169.254.169.254', '169.254.170.2', '169.254.255.255'],
  // protocol assignments, documentation, relays, benchmarks
  ...['192.0.0.0', '192.0.0.192', '192.0.0.255', '192.0.2.1', '192.88.99.1', '198.18.0.1', '198.19.255.255'],
  ...['198.51.100.1', '203.0.113.1', '203.0.113.255'],
  // multicast, reserved, broadcast
  ...['224.0.0.1', '239.255.255.250', '240.0.0.1', '254.255.255.254', '255.255.255.255'],
];

export const innerIPv6: readonly string[] = [
  ...['::', '::1', '::2', '0:0:0:0:0:0:0:1'],
  // IPv4 inside: mapped, compatible, translated, 6to4, Teredo
  ...['::ffff:127.0.0.1', '::ffff:7f00:1', '::ffff:10.0.0.1', '::ffff:169.254.169.254', '::ffff:a9fe:a9fe'],
  ...['::127.0.0.1', '::7f00:1', '::ffff:0:127.0.0.1', '::ffff:0:7f00:1'],
  ...['64:ff9b::127.0.0.1', '64:ff9b::a9fe:a9fe', '64:ff9b:1::1', '64:ff9b:1:fffe::a9fe:a9fe'],
  ...[
    '2002:7f00:1::',
    '2002:a00:1::1',
    '2002:a9fe:a9fe::1',
    '2001::1',
    '2001:0:7f00:1::',
    '2001:0:4136:e378:8000:63bf:3fff:fdd2',
  ],
  // unique local (and a cloud's metadata there), link-local, site-local, multicast
  ...[
    'fc00::',
    'fc00::1',
    'fd00::1',
    'fd00:ec2::254',
    'fdff:ffff::1',
    'fe80::',
    'fe80::1',
    'febf::1',
    'fec0::1',
    'feff::1',
  ],
  ...['ff00::', 'ff01::1', 'ff02::1', 'ff02::fb', 'ff05::2', 'ffff::1'],
  // discard only, documentation, benchmarks, ORCHID, segment routing, what nobody was given
  ...[
    '100::',
    '100::1',
    '2001:db8::1',
    '3fff::1',
    '2001:2::1',
    '2001:10::1',
    '2001:20::1',
    '5f00::1',
    '4000::1',
    '8000::1',
    'e000::1',
  ],
];

/** What a browser's address bar, and so `new URL`, reads as an address. */
export const disguised: readonly string[] = [
  // one number, octal, hexadecimal, fewer parts, and mixed
  ...['2130706433', '017700000001', '0x7f000001', '0x7F.0x0.0x0.0x1', '0177.0.0.1', '0177.0000.0000.0001', '127.1'],
  ...['127.0.1', '0x7f.1', '0177.1', '0', '0x0', '00', '0.0', '2852039166', '0xa9fea9fe', '0251.0376.0251.0376'],
  ...[
    '0xa9.0xfe.0xa9.0xfe',
    '169.254.43518',
    '169.16689662',
    '3232235777',
    '0xc0a80101',
    '192.168.257',
    '10.1',
    '0x0a000001',
    '012.1',
  ],
  // digits and full stops of other scripts, and what is taken out of names
  ...[
    '①②⑦.⓪.⓪.①',
    '１２７.０.０.１',
    '127。0。0。1',
    '127．0．0．1',
    '127｡0｡0｡1',
    '1\u00AD27.0.0.1',
    '127.0.0.\u200B1',
  ],
  ...['%31%32%37.0.0.1', '127%2e0%2e0%2e1', '%30x7f.1', '127.0.0.1.', '0x7f000001.', '２１３０７０６４３３'],
  // IPv6, long and short
  ...['[::1]', '[0000:0000:0000:0000:0000:0000:0000:0001]', '[::]', '[::ffff:127.0.0.1]', '[::FFFF:7F00:1]'],
  ...[
    '[0:0:0:0:0:ffff:169.254.169.254]',
    '[64:ff9b::169.254.169.254]',
    '[fd00:ec2::254]',
    '[fe80::1]',
    '[::127.0.0.1]',
  ],
];

/** Names and what a resolver may say to them. */
export const innerNames: Readonly<Record<string, readonly string[]>> = {
  localhost: ['127.0.0.1', '::1'],
  'localhost.': ['127.0.0.1'],
  'a.localhost': ['::1'],
  localtest: ['127.0.0.1'],
  'metadata.google.internal': ['169.254.169.254'],
  'metadata.google.internal.': ['169.254.169.254'],
  'instance-data.ec2.internal': ['169.254.169.254'],
  '127.0.0.1.nip.io': ['127.0.0.1'],
  '169-254-169-254.example.org': ['169.254.169.254'],
  'router.home.arpa': ['192.168.1.1'],
  'db.cluster.local': ['10.96.0.10'],
  ｌocalhost: ['127.0.0.1'],
  LOCALHOST: ['127.0.0.1'],
  // one inner among outer ones, in either place
  'first-inner.example.org': ['10.0.0.1', '93.184.215.14'],
  'last-inner.example.org': ['93.184.215.14', '10.0.0.1'],
  'other-family.example.org': ['93.184.215.14', '::1'],
  'mapped.example.org': ['::ffff:192.168.0.1'],
};

/** Not an address of the web that is asked for, whatever its host. */
export const otherForms: readonly string[] = [
  ...[
    '',
    'example.org',
    '/etc/passwd',
    '//example.org/',
    'http:',
    'http://',
    'https://',
    'http:///',
    'http://[',
    'http://[::1',
  ],
  ...['file:///etc/passwd', 'ftp://example.org/', 'gopher://127.0.0.1:6379/_FLUSHALL', 'dict://127.0.0.1:11211/stats'],
  ...[
    'ldap://127.0.0.1/',
    'tftp://example.org/',
    'sftp://example.org/',
    'jar:http://example.org!/',
    'data:text/html,x',
  ],
  ...[
    'javascript:alert(1)',
    'blob:https://example.org/1',
    'ws://example.org/',
    'wss://example.org/',
    'about:blank',
    'unix:/run/x.sock',
  ],
  ...['http+unix://%2Frun%2Fdocker.sock/info', 'netdoc:///etc/passwd', 'view-source:http://example.org/'],
  ...[
    'http://someone@example.org/',
    'http://someone:secret@example.org/',
    'https://:secret@example.org/',
    'http://example.org@127.0.0.1/',
  ],
  ...[
    'http://127.0.0.256/',
    'http://1.2.3.4.5/',
    'http://0x1ffffffff/',
    'http://4294967296/',
    'http://exa mple.org/',
    'http://%00/',
    'http://a<b/',
  ],
  ...['http://example.org:22/', 'http://example.org:25/', 'http://example.org:2375/', 'http://example.org:3306/'],
  ...[
    'http://example.org:5432/',
    'http://example.org:6379/',
    'http://example.org:9200/',
    'http://example.org:11211/',
    'http://example.org:0/',
  ],
  ...[
    'http://example.org:27017/',
    'https://example.org:25/',
    'http://example.org:65535/',
    'http://example.org:65536/',
    'http://example.org:-1/',
  ],
  `http://example.org/${'a'.repeat(3_000)}`,
];

/** Public hosts' addresses, as a check that the guard is not merely closed. */
export const outer: readonly string[] = [
  ...[
    '1.1.1.1',
    '8.8.8.8',
    '9.255.255.255',
    '11.0.0.0',
    '93.184.215.14',
    '100.63.255.255',
    '100.128.0.0',
    '126.255.255.255',
  ],
  ...[
    '128.0.0.0',
    '169.253.255.255',
    '169.255.0.0',
    '172.15.255.255',
    '172.32.0.0',
    '192.167.255.255',
    '192.169.0.0',
    '198.17.255.255',
    '198.20.0.0',
    '223.255.255.255',
  ],
  ...['2606:4700:4700::1111', '2001:4860:4860::8888', '2a00:1450:4001:82a::200e', '2400:cb00::1', '::ffff:8.8.8.8'],
];
