import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export type Certificate = { readonly key: string; readonly cert: string };

/**
 * The certificate of a node for 127.0.0.1, ::1 and localhost: `ca.pem` and `key.pem` of `folder`, made if they are not there, so
 * that it stays the same over restarts. It is its own certificate authority: clients trust it by `ca.pem`.
 */
export async function certificateIn(folder: string): Promise<Certificate> {
  const [certFile, keyFile] = [join(folder, 'ca.pem'), join(folder, 'key.pem')];
  const found = read(certFile, keyFile);
  if (found !== undefined) return found;
  // It takes long to load, and a restart does not need it.
  const { makeCertificate } = await import('./make-certificate.ts');
  const made = await makeCertificate(Date.now());
  mkdirSync(folder, { recursive: true });
  writeFileSync(keyFile, made.key, { mode: 0o600 });
  // Last and at once: where it is, both are whole.
  writeFileSync(`${certFile}.new`, made.cert);
  renameSync(`${certFile}.new`, certFile);
  return made;
}

function read(certFile: string, keyFile: string): Certificate | undefined {
  try {
    return { cert: readFileSync(certFile, 'utf8'), key: readFileSync(keyFile, 'utf8') };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
