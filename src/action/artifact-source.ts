import type { ArtifactInfo, ArtifactSource } from './base-report.ts';
import type { Octokit } from './octokit.ts';

type RestArtifact = Awaited<
  ReturnType<Octokit['rest']['actions']['listArtifactsForRepo']>
>['data']['artifacts'][number];

/** What GitHub's REST API says of an artifact. */
function artifactInfo(artifact: RestArtifact): ArtifactInfo {
  return {
    id: artifact.id,
    name: artifact.name,
    sizeInBytes: artifact.size_in_bytes,
    expired: artifact.expired,
    createdAt: artifact.created_at,
    runId: artifact.workflow_run?.id ?? null,
    headBranch: artifact.workflow_run?.head_branch ?? null,
    headSha: artifact.workflow_run?.head_sha ?? null,
    repositoryId: artifact.workflow_run?.repository_id ?? null,
    headRepositoryId: artifact.workflow_run?.head_repository_id ?? null,
  };
}

/** The repository's artifacts through GitHub's REST API; needs `actions: read`. */
export function artifactSource(octokit: Octokit, { owner, repo }: { owner: string; repo: string }): ArtifactSource {
  return {
    async list(name, page) {
      const { data } = await octokit.rest.actions.listArtifactsForRepo({ owner, repo, name, page, per_page: 100 });
      return data.artifacts.map(artifactInfo);
    },
    async download(id) {
      const { data } = await octokit.rest.actions.downloadArtifact({
        owner,
        repo,
        artifact_id: id,
        archive_format: 'zip',
      });
      return new Uint8Array(data as ArrayBuffer);
    },
  };
}
