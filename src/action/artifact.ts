import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { messageOf } from '../base/error.ts';
import { reportFiles } from './report-files.ts';

export type Uploaded = { readonly id: number; readonly url: string };
export type UploadResult =
  | {
      readonly kind: 'uploaded';
      readonly all: Uploaded;
      readonly html: Uploaded | undefined;
      readonly notes: readonly string[];
    }
  /** The reports stay on disk. */
  | { readonly kind: 'kept'; readonly why: string };

export type UploadOptions = {
  /** Of the artifact with everything; the HTML report beside it is `NAME.html`. */
  readonly name: string;
  /** The report's folder. */
  readonly folder: string;
  readonly retentionDays: number | undefined;
  readonly serverUrl: string;
  /** `https://github.com/OWNER/REPO/actions/runs/ID`. */
  readonly runUrl: string;
  /** If it is 2 or more, an earlier attempt of the same job may have left an artifact with this name. */
  readonly runAttempt: number;
  /** Limits how long an upload may take: passes its result on, or rejects if it is late. */
  readonly within: <T>(work: Promise<T>) => Promise<T>;
};

/** Whether the server is a GitHub Enterprise Server, whose artifact service is an older one (as @actions/artifact tells them). */
export function isEnterpriseServer(serverUrl: string): boolean {
  const host = new URL(serverUrl).hostname.toLowerCase();
  return host !== 'github.com' && !host.endsWith('.ghe.com') && !host.endsWith('.localhost');
}

/** Uploads the report's folder as one artifact, and report.html as a file that a browser shows. Never rejects. */
export async function uploadReports(options: UploadOptions): Promise<UploadResult> {
  const { name, folder, serverUrl } = options;
  if (isEnterpriseServer(serverUrl))
    return {
      kind: 'kept',
      why: `${new URL(serverUrl).hostname} is a GitHub Enterprise Server, which this artifact service is not part of; a step with an upload action of your server can take report-path`,
    };
  try {
    return await uploadUnderSomeName(options);
  } catch (error) {
    const hint = isConflict(error)
      ? `; another job of this workflow run has an artifact named ${name}: set artifact-name`
      : '';
    return { kind: 'kept', why: `${messageOf(error)}${hint} (the reports are in ${folder})` };
  }
}

/** Replaces what an earlier attempt has left. If the service still refuses the name after the deletion, another name is used. */
async function uploadUnderSomeName(options: UploadOptions): Promise<UploadResult> {
  const { name, runAttempt } = options;
  try {
    return await upload(options);
  } catch (error) {
    if (runAttempt === 1 || !isConflict(error)) throw error;
  }
  const { DefaultArtifactClient } = await import('@actions/artifact');
  const client = new DefaultArtifactClient();
  for (const old of [name, `${name}.html`]) await options.within(client.deleteArtifact(old)).catch(() => undefined);
  try {
    return await upload(options);
  } catch (error) {
    if (!isConflict(error)) throw error;
  }
  return await upload({ ...options, name: `${name}-attempt-${runAttempt}` });
}

function isConflict(error: unknown): boolean {
  return /409|conflict/i.test(messageOf(error));
}

async function upload({ name, folder, retentionDays, runUrl, within }: UploadOptions): Promise<UploadResult> {
  const { DefaultArtifactClient } = await import('@actions/artifact');
  const client = new DefaultArtifactClient();
  const { files, leftOut } = reportFiles(folder);
  const common = retentionDays === undefined ? {} : { retentionDays };
  const all = uploaded(await within(client.uploadArtifact(name, [...files], folder, common)), runUrl);
  const notes =
    leftOut === 0
      ? []
      : [`${leftOut} entries of the report's folder are not of this tool, and were left where they are`];
  let html: Uploaded | undefined;
  const page = files.find((file) => file === join(folder, 'report.html'));
  if (page !== undefined) {
    // An artifact of one file is named like that file.
    const copy = mkdtempSync(join(tmpdir(), 'chaos-upload-'));
    try {
      copyFileSync(page, join(copy, `${name}.html`));
      const options = { ...common, skipArchive: true };
      html = uploaded(await within(client.uploadArtifact(name, [join(copy, `${name}.html`)], copy, options)), runUrl);
    } catch (error) {
      notes.push(`report.html could not be uploaded as a file of its own: ${messageOf(error)}; it is in the archive`);
    } finally {
      rmSync(copy, { recursive: true, force: true });
    }
  }
  return { kind: 'uploaded', all, html, notes };
}

function uploaded({ id }: { id?: number }, runUrl: string): Uploaded {
  if (id === undefined) throw new Error('the artifact service gave no id');
  return { id, url: `${runUrl}/artifacts/${id}` };
}
