import { generate } from 'selfsigned';
import type { Certificate } from './certificates.ts';

const dayMs = 24 * 3_600_000;

/** A new certificate for this machine that is its own certificate authority. */
export async function makeCertificate(nowMs: number): Promise<Certificate> {
  const made = await generate([{ name: 'commonName', value: 'localhost' }], {
    keyType: 'ec',
    algorithm: 'sha256',
    // Wall clocks of clients and nodes may be skewed.
    notBeforeDate: new Date(nowMs - 365 * dayMs),
    notAfterDate: new Date(nowMs + 3650 * dayMs),
    extensions: [
      { name: 'basicConstraints', cA: true, critical: true },
      { name: 'keyUsage', digitalSignature: true, keyCertSign: true, critical: true },
      { name: 'extKeyUsage', serverAuth: true },
      {
        name: 'subjectAltName',
        altNames: [
          { type: 2, value: 'localhost' },
          { type: 7, ip: '127.0.0.1' },
          { type: 7, ip: '::1' },
        ],
      },
    ],
  });
  return { key: made.private, cert: made.cert };
}
