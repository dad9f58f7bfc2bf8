import { readFileSync } from 'node:fs';

/** Segments that the kernel's TCP has sent again since boot, on the whole machine (RFC 4022, tcpRetransSegs); null where it does not tell. */
export function retransmittedSegments(): number | null {
  try {
    const [names = '', values = ''] = readFileSync('/proc/net/snmp', 'utf8')
      .split('\n')
      .filter((line) => line.startsWith('Tcp:'));
    const value = values.split(' ')[names.split(' ').indexOf('RetransSegs')];
    return value === undefined ? null : Number(value);
  } catch {
    return null;
  }
}
