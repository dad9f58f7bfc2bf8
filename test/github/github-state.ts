import { createHash, randomUUID } from 'node:crypto';
import { BlobStorage } from './blob-storage.ts';

/** What a token may do in the repository; what is not named is denied. `write` includes `read`. */
export type Permissions = {
  readonly actions?: 'read' | 'write';
  readonly contents?: 'read' | 'write';
  readonly issues?: 'read' | 'write';
  readonly pullRequests?: 'read' | 'write';
};

/** Who acts with a token: a user, or the bot of an app. */
export type Identity = {
  readonly login: string;
  readonly id: number;
  /** Undefined for a person. */
  readonly app: { readonly id: number; readonly slug: string; readonly name: string } | undefined;
};

/** Whoever holds the GITHUB_TOKEN of a workflow. */
export const githubActions: Identity = {
  login: 'github-actions[bot]',
  id: 41_898_282,
  app: { id: 15_368, slug: 'github-actions', name: 'GitHub Actions' },
};

export type Token = { readonly permissions: Permissions; readonly identity: Identity };

export type Repository = {
  readonly fullName: string;
  readonly id: number;
  readonly defaultBranch: string;
};

export type PullRequest = {
  readonly number: number;
  title: string;
  state: 'open' | 'closed';
  /** `owner/name` of the repository that the branch is in: this one, or a fork. */
  readonly headRepo: string;
  readonly headRef: string;
  headSha: string;
  readonly baseRef: string;
  baseSha: string;
};

export type Comment = {
  readonly id: number;
  /** The number of the pull request. */
  readonly issue: number;
  readonly author: Identity;
  readonly createdAt: string;
  updatedAt: string;
  body: string;
};

export type Run = {
  readonly id: number;
  readonly event: string;
  readonly headBranch: string;
  readonly headSha: string;
  readonly headRepositoryId: number;
  /** Null while it runs. */
  conclusion: 'success' | 'failure' | 'cancelled' | null;
  readonly createdAt: string;
  /** What the results service calls this run. */
  readonly backendId: string;
};

export type Artifact = {
  readonly id: number;
  readonly runId: number;
  readonly name: string;
  /** A zip, or the one file of an upload that was not archived. */
  readonly content: Buffer;
  readonly contentType: string;
  readonly createdAt: string;
  readonly expiresAt: string;
  readonly jobBackendId: string;
  expired: boolean;
};

const dayMs = 86_400_000;

/**
 * What the local GitHub knows, with no word of HTTP: one repository and what is in it. Tests seed it with the `add` methods and read and
 * change the lists as they like.
 */
export class GitHubState {
  readonly repository: Repository;
  readonly blobs: BlobStorage;
  readonly tokens = new Map<string, Token>();
  readonly pullRequests: PullRequest[] = [];
  readonly comments: Comment[] = [];
  readonly runs: Run[] = [];
  readonly artifacts: Artifact[] = [];
  #lastId = 1_000;

  constructor(storageOrigin: string, repository: Partial<Repository>) {
    this.repository = { fullName: 'octo/broker', id: 4_711, defaultBranch: 'main', ...repository };
    this.blobs = new BlobStorage(storageOrigin);
  }

  addToken(token: string, permissions: Permissions, identity: Identity = githubActions): void {
    this.tokens.set(token, { permissions, identity });
  }

  addPullRequest(pull: Partial<PullRequest> & Pick<PullRequest, 'number'>): PullRequest {
    const added: PullRequest = {
      title: 'A change',
      state: 'open',
      headRepo: this.repository.fullName,
      headRef: `change-${pull.number}`,
      headSha: shaOf(`head of ${pull.number}`),
      baseRef: this.repository.defaultBranch,
      baseSha: shaOf('base'),
      ...pull,
    };
    this.pullRequests.push(added);
    return added;
  }

  addComment(issue: number, body: string, author: Identity = githubActions): Comment {
    const now = timestamp(Date.now());
    const comment: Comment = { id: this.#nextId(), issue, body, author, createdAt: now, updatedAt: now };
    this.comments.push(comment);
    return comment;
  }

  addRun(run: Partial<Run> = {}): Run {
    const added: Run = {
      id: this.#nextId(),
      event: 'push',
      headBranch: this.repository.defaultBranch,
      headSha: shaOf('base'),
      headRepositoryId: this.repository.id,
      conclusion: 'success',
      createdAt: timestamp(Date.now()),
      backendId: randomUUID(),
      ...run,
    };
    this.runs.push(added);
    return added;
  }

  /** An artifact of a run that is there already; `zip` is its content, also when it is not a zip. */
  addArtifact({
    zip,
    ...artifact
  }: Partial<Artifact> & Pick<Artifact, 'runId' | 'name'> & { readonly zip: Buffer }): Artifact {
    const added: Artifact = {
      id: this.#nextId(),
      content: zip,
      contentType: 'application/zip',
      createdAt: timestamp(Date.now()),
      expiresAt: timestamp(Date.now() + 90 * dayMs),
      jobBackendId: randomUUID(),
      expired: false,
      ...artifact,
    };
    this.artifacts.push(added);
    return added;
  }

  pullRequest(number: number): PullRequest | undefined {
    return this.pullRequests.find((pull) => pull.number === number);
  }

  commentsOn(issue: number): Comment[] {
    return this.comments.filter((comment) => comment.issue === issue);
  }

  deleteComment(id: number): void {
    const index = this.comments.findIndex((comment) => comment.id === id);
    if (index >= 0) this.comments.splice(index, 1);
  }

  run(id: number): Run | undefined {
    return this.runs.find((run) => run.id === id);
  }

  artifactsOf(runId: number): Artifact[] {
    return this.artifacts.filter((artifact) => artifact.runId === runId);
  }

  /** The id of any repository: a fork has the same one each time it is named. */
  repositoryId(fullName: string): number {
    if (fullName === this.repository.fullName) return this.repository.id;
    return 100_000 + (Number.parseInt(shaOf(fullName).slice(0, 6), 16) % 900_000);
  }

  /**
   * A token of a job of this run for the results service. It is unsigned: only its claims are read, here and by the client. The scope
   * names the run and the job as that service calls them.
   */
  runtimeToken(runId: number): string {
    const run = this.run(runId);
    if (!run) throw new Error(`there is no run ${runId}`);
    const part = (claims: object): string => Buffer.from(JSON.stringify(claims)).toString('base64url');
    const scp = `Actions.GenericRead:00000000-0000-0000-0000-000000000000 Actions.Results:${run.backendId}:${randomUUID()}`;
    return [part({ typ: 'JWT', alg: 'none' }), part({ scp }), 'unsigned'].join('.');
  }

  #nextId(): number {
    this.#lastId += 1;
    return this.#lastId;
  }
}

/** A commit's name that is the same for the same text. */
export function shaOf(text: string): string {
  return createHash('sha1').update(text).digest('hex');
}

/** The API tells times in whole seconds. */
export function timestamp(wallMs: number): string {
  return `${new Date(wallMs).toISOString().slice(0, -5)}Z`;
}
