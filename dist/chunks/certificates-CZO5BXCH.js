import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);
import "./chunk-6DG7BXTN.js";

// src/embedded/certificates.ts
import { mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
async function certificateIn(folder) {
  const [certFile, keyFile] = [join(folder, "ca.pem"), join(folder, "key.pem")];
  const found = read(certFile, keyFile);
  if (found !== void 0) return found;
  const { makeCertificate } = await import("./make-certificate-EURMYKUM.js");
  const made = await makeCertificate(Date.now());
  mkdirSync(folder, { recursive: true });
  writeFileSync(keyFile, made.key, { mode: 384 });
  writeFileSync(`${certFile}.new`, made.cert);
  renameSync(`${certFile}.new`, certFile);
  return made;
}
function read(certFile, keyFile) {
  try {
    return { cert: readFileSync(certFile, "utf8"), key: readFileSync(keyFile, "utf8") };
  } catch (error) {
    if (error.code === "ENOENT") return void 0;
    throw error;
  }
}
export {
  certificateIn
};
