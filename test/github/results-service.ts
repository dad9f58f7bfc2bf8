import { createHash, randomUUID } from 'node:crypto';
import { type GitHubState, type Run, timestamp } from './github-state.ts';
import { type Answer, jsonOf, Refusal, type Request } from './http.ts';

type Message = Readonly<Record<string, unknown>>;

/** An upload between CreateArtifact and FinalizeArtifact. */
type Upload = {
  readonly runId: number;
  readonly name: string;
  readonly url: string;
  readonly jobBackendId: string;
  readonly expiresAt: string | undefined;
};

/**
 * The service that @actions/artifact speaks to from within a job: Twirp with JSON bodies, fields in snake case, 64 bit numbers as strings,
 * the wrapper messages (StringValue, Timestamp) as plain strings. Contents go past it, to the blob storage.
 */
export class ResultsService {
  readonly #github: GitHubState;
  readonly #uploads: Upload[] = [];
  readonly #methods: Readonly<Record<string, (run: Run, message: Message) => Message>> = {
    CreateArtifact: (run, message) => this.#create(run, message),
    FinalizeArtifact: (run, message) => this.#finalize(run, message),
    ListArtifacts: (run, message) => this.#list(run, message),
    GetSignedArtifactURL: (run, message) => this.#signedUrl(run, message),
    DeleteArtifact: (run, message) => this.#delete(run, message),
  };

  constructor(github: GitHubState) {
    this.#github = github;
  }

  answer(request: Request): Answer {
    const [, , service, name] = request.url.pathname.split('/');
    const method = this.#methods[name ?? ''];
    if (service !== 'github.actions.results.api.v1.ArtifactService' || request.method !== 'POST' || !method)
      throw new Refusal(404, `no handler for path ${request.url.pathname}`);
    const message = jsonOf(request);
    return { status: 200, body: method(this.#runOf(request, message), message) };
  }

  /** The run that both the token and the message name. */
  #runOf({ headers }: Request, message: Message): Run {
    const scope = scopeOf(String(headers.authorization ?? ''));
    const run = this.#github.runs.find(({ backendId }) => backendId === scope?.runBackendId);
    if (!run) throw new Refusal(401, 'invalid runtime token');
    if (message.workflow_run_backend_id !== run.backendId)
      throw new Refusal(403, 'the token is not for this workflow run');
    return run;
  }

  #create(run: Run, message: Message): Message {
    const name = textOf(message, 'name');
    if (typeof message.version !== 'number' || message.version < 4)
      throw new Refusal(400, 'version must be 4 or greater');
    if ([...this.#uploads, ...this.#github.artifacts].some((other) => other.runId === run.id && other.name === name))
      throw new Refusal(409, 'an artifact with this name already exists on the workflow run');
    const extension = message.mime_type === 'application/zip' ? '.zip' : '';
    const url = this.#github.blobs.uploadUrl(`${run.backendId}/artifacts/${randomUUID()}${extension}`);
    const { expires_at: expiresAt } = message;
    this.#uploads.push({
      runId: run.id,
      name,
      url,
      jobBackendId: textOf(message, 'workflow_job_run_backend_id'),
      expiresAt: typeof expiresAt === 'string' ? timestamp(Date.parse(expiresAt)) : undefined,
    });
    return { ok: true, signed_upload_url: url };
  }

  #finalize(run: Run, message: Message): Message {
    const name = textOf(message, 'name');
    const upload = this.#uploads.find((candidate) => candidate.runId === run.id && candidate.name === name);
    const blob = upload && this.#github.blobs.uploaded(upload.url);
    if (!upload || !blob) throw new Refusal(404, 'artifact not found');
    if (message.size !== String(blob.content.length))
      throw new Refusal(400, `the size is ${blob.content.length}, not ${message.size}`);
    if (message.hash !== undefined && message.hash !== digestOf(blob.content))
      throw new Refusal(400, 'the hash is not that of the content');
    this.#uploads.splice(this.#uploads.indexOf(upload), 1);
    const { jobBackendId, expiresAt } = upload;
    const artifact = this.#github.addArtifact({
      runId: run.id,
      name,
      zip: blob.content,
      contentType: blob.contentType,
      jobBackendId,
      ...(expiresAt === undefined ? {} : { expiresAt }),
    });
    return { ok: true, artifact_id: String(artifact.id) };
  }

  #list(run: Run, { name_filter: name, id_filter: id }: Message): Message {
    const artifacts = this.#github
      .artifactsOf(run.id)
      .filter(
        (artifact) => (name ?? artifact.name) === artifact.name && (id ?? String(artifact.id)) === String(artifact.id),
      );
    return {
      artifacts: artifacts.map((artifact) => ({
        workflow_run_backend_id: run.backendId,
        workflow_job_run_backend_id: artifact.jobBackendId,
        database_id: String(artifact.id),
        name: artifact.name,
        size: String(artifact.content.length),
        created_at: artifact.createdAt,
        digest: digestOf(artifact.content),
      })),
    };
  }

  #signedUrl(run: Run, message: Message): Message {
    return { signed_url: downloadUrl(this.#github, this.#artifact(run, message).id) };
  }

  #delete(run: Run, message: Message): Message {
    const artifact = this.#artifact(run, message);
    this.#github.artifacts.splice(this.#github.artifacts.indexOf(artifact), 1);
    return { ok: true, artifact_id: String(artifact.id) };
  }

  #artifact(run: Run, message: Message) {
    const artifact = this.#github.artifactsOf(run.id).find(({ name }) => name === message.name);
    if (!artifact) throw new Refusal(404, 'artifact not found');
    return artifact;
  }
}

/** Where an artifact's content can be fetched from without a token; the address of a zip ends with .zip, and of nothing else. */
export function downloadUrl(github: GitHubState, artifactId: number): string {
  const artifact = github.artifacts.find(({ id }) => id === artifactId);
  if (!artifact) throw new Refusal(404, 'Not Found');
  const { id, name, content, contentType } = artifact;
  const extension = contentType === 'application/zip' ? '.zip' : '';
  return github.blobs.downloadUrl(`${id}${extension}`, content, contentType, `${name}${extension}`);
}

export function digestOf(content: Buffer): string {
  return `sha256:${createHash('sha256').update(content).digest('hex')}`;
}

/** What the runtime token is good for: its claim `scp` is a list of scopes, one of them `Actions.Results:RUN:JOB`. */
function scopeOf(authorization: string): { readonly runBackendId: string } | undefined {
  const [, claims] = /^Bearer [^.]+\.([^.]+)\.[^.]*$/.exec(authorization) ?? [];
  if (claims === undefined) return undefined;
  try {
    const { scp }: { scp?: unknown } = JSON.parse(Buffer.from(claims, 'base64url').toString('utf8'));
    const [, runBackendId] = /(?:^| )Actions\.Results:([^: ]+):[^: ]+(?: |$)/.exec(String(scp)) ?? [];
    return runBackendId === undefined ? undefined : { runBackendId };
  } catch {
    return undefined;
  }
}

function textOf(message: Message, field: string): string {
  const value = message[field];
  if (typeof value !== 'string' || value === '') throw new Refusal(400, `${field} is required`);
  return value;
}
