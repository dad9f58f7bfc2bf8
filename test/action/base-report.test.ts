import { describe, expect, test } from '@jest/globals';
import { type ArtifactInfo, type ArtifactSource, findBaseReport } from '../../src/action/base-report.ts';
import { ChaosError } from '../../src/base/error.ts';
import type { RunRecord } from '../../src/model/record.ts';
import { rejection } from '../support/eventually.ts';
import { failingRun, inconclusiveRun, partialRun, passingRun, runRecord } from '../support/records.ts';
import { zip } from '../support/zip.ts';

const name = 'chaos-report-chaos';
const good: ArtifactInfo = {
  id: 1,
  name,
  sizeInBytes: 10_000,
  expired: false,
  createdAt: '2026-11-20T08:00:00Z',
  runId: 100,
  headBranch: 'main',
  headSha: 'a'.repeat(40),
  repositoryId: 7,
  headRepositoryId: 7,
};

/** The artifacts of a repository, newest first, and what was asked of it. `content` undefined: the download fails. */
function repository(artifacts: readonly (Partial<ArtifactInfo> & { readonly content?: unknown })[]) {
  const asked: string[] = [];
  const all = artifacts.map(({ content, ...given }, index) => ({
    info: { ...good, id: index + 1, runId: 100 - index, ...given },
    content,
  }));
  const source: ArtifactSource = {
    async list(wanted, page) {
      asked.push(`page ${page} of ${wanted}`);
      return all.slice((page - 1) * 100, page * 100).map(({ info }) => info);
    },
    async download(id) {
      asked.push(`artifact ${id}`);
      const content = all.find(({ info }) => info.id === id)?.content;
      if (content === undefined) throw new Error('410 Gone');
      return content instanceof Uint8Array ? content : zip([{ name: 'report.json', content: JSON.stringify(content) }]);
    },
  };
  return { source, asked };
}

function find(source: ArtifactSource, given: { mostTries?: number; signal?: AbortSignal } = {}) {
  return findBaseReport({ source, name, branch: 'main', currentRunId: 555, ...given });
}

async function whyNone(source: ArtifactSource, given: { mostTries?: number } = {}): Promise<string> {
  const found = await find(source, given);
  if (found.kind === 'found') throw new Error('one was found');
  return found.why;
}

describe('the last good report of a branch', () => {
  test('is the newest one, with where it comes from', async () => {
    const { source, asked } = repository([{ content: passingRun(), runId: 42 }, { content: failingRun() }]);
    expect(await find(source)).toEqual({
      kind: 'found',
      record: passingRun(),
      runId: 42,
      sha: good.headSha,
      createdAt: good.createdAt,
    });
    expect(asked).toEqual([`page 1 of ${name}`, 'artifact 1']);
  });

  test('may be of a run that failed: it has a score', async () => {
    expect(await find(repository([{ content: failingRun() }]).source)).toMatchObject({ kind: 'found', runId: 100 });
  });

  test('is of the same tiers, or of the same plan: a nightly run has more scenarios than a pull request', async () => {
    const ofTier = (tiers: RunRecord['tiers'], plan: string | null = null): RunRecord => ({
      ...passingRun(),
      tiers,
      plan,
    });
    const { source } = repository([
      { content: ofTier(['fault']), runId: 3 },
      { content: ofTier(['basic'], 'week-1'), runId: 2 },
      { content: ofTier(['basic']), runId: 1 },
    ]);
    const found = (head: RunRecord) => findBaseReport({ source, name, branch: 'main', currentRunId: 555, head });
    expect(await found(ofTier(['basic']))).toMatchObject({ kind: 'found', runId: 1 });
    expect(await found(ofTier(['basic'], 'week-1'))).toMatchObject({ kind: 'found', runId: 2 });
    expect(await found(ofTier(['stress']))).toEqual({
      kind: 'none',
      why: expect.stringContaining('it is of tier fault, not of tier stress (run 3)'),
    });
  });

  test('is of the same broker, configured in the same way', async () => {
    const head = passingRun();
    const with_ = (broker: Partial<RunRecord['broker']>, workload: Partial<RunRecord['workload']> = {}): RunRecord => ({
      ...head,
      broker: { ...head.broker, ...broker },
      workload: { ...head.workload, ...workload },
    });
    const why = async (record: RunRecord): Promise<string> => {
      const { source } = repository([{ content: record, runId: 9 }]);
      const found = await findBaseReport({ source, name, branch: 'main', currentRunId: 555, head });
      return found.kind === 'none' ? found.why : 'found';
    };
    expect(await why(with_({ features: null }))).toBe('found');
    for (const [other, words] of [
      [with_({ name: 'emqx-go' }), 'the broker emqx-go, not of the broker embedded'],
      [with_({ preset: null, config: 'chaos.yml' }), 'no preset, not of the preset embedded'],
      [with_({ config: 'brokers/other.yml' }), 'brokers/other.yml, not of no chaos.yml'],
      [with_({ mutant: 'forget-session' }), 'the mutant forget-session, not of no mutant'],
      [with_({ nodes: 5 }), '5 nodes, not of 3 nodes'],
      [with_({}, { ratePerSecond: 10 }), '10 messages a second, not of 300 messages a second'],
      [with_({}, { payloadBytes: 1 }), 'messages of 1 bytes, not of messages of 128 bytes'],
    ] as const)
      expect(await why(other)).toContain(`it is of ${words} (run 9)`);
  });

  test.each<[string, Partial<ArtifactInfo>]>([
    ['another branch', { headBranch: 'topic' }],
    ['no branch', { headBranch: null }],
    ['a fork’s branch of the same name', { headRepositoryId: 666 }],
    ['nobody knows which repository', { headRepositoryId: null, repositoryId: null }],
    ['a fork that was deleted', { headRepositoryId: null }],
    ['this run, an attempt before', { runId: 555 }],
    ['no run', { runId: null }],
    ['a longer name', { name: `${name}-2` }],
    ['a time that is past', { expired: true }],
  ])('is not one of %s, which is not even downloaded', async (_, given) => {
    const { source, asked } = repository([{ ...given, content: failingRun() }, { content: passingRun() }]);
    expect(await find(source)).toMatchObject({ kind: 'found', record: { verdict: 'pass' } });
    expect(asked).toEqual([`page 1 of ${name}`, 'artifact 2']);
    expect(await whyNone(repository([{ ...given, content: failingRun() }]).source)).toBe(
      'no artifact named chaos-report-chaos is of another run on main (1 looked at)',
    );
  });

  test('is the next one where a report is not good', async () => {
    const broken: RunRecord = { ...passingRun(), error: { code: 'boot', message: 'node2 did not start', hint: null } };
    const { source, asked } = repository([
      { content: partialRun() },
      { content: broken },
      { content: runRecord([]) },
      { content: { ...passingRun(), schemaVersion: 2 } },
      { content: inconclusiveRun() },
    ]);
    expect(await find(source)).toMatchObject({ kind: 'found', runId: 96, record: { verdict: 'inconclusive' } });
    expect(asked).toHaveLength(6);
  });

  test('may be on a later page, the third at most', async () => {
    const others = (count: number) => Array.from({ length: count }, () => ({ headBranch: 'topic' }));
    const third = repository([...others(299), { content: passingRun() }]);
    expect(await find(third.source)).toMatchObject({ kind: 'found' });
    expect(third.asked).toEqual([1, 2, 3].map((page) => `page ${page} of ${name}`).concat('artifact 300'));
    const fourth = repository([...others(300), { content: passingRun() }]);
    expect(await whyNone(fourth.source)).toBe(
      'no artifact named chaos-report-chaos is of another run on main (300 looked at)',
    );
    expect(fourth.asked).toHaveLength(3);
  });
});

describe('where there is none, one sentence says why', () => {
  test('nothing was ever uploaded', async () => {
    const { source, asked } = repository([]);
    expect(await whyNone(source)).toBe('this repository has no artifact named chaos-report-chaos yet');
    expect(asked).toHaveLength(1);
  });

  test('none is good, each with its reason', async () => {
    const { source } = repository([
      { content: partialRun() },
      { content: runRecord([]) },
      { content: undefined },
      { content: Buffer.from('<html>') },
      { content: { ...passingRun(), schemaVersion: 2 } },
    ]);
    expect(await whyNone(source)).toBe(
      'no report of main can be compared with (5 looked at): the report is partial (run 100); nothing was scored (run 99); ' +
        '410 Gone (run 98); the zip cannot be read: End of central directory record signature not found. Either not a zip file, or file is ' +
        'truncated. (run 97); report.json has schema version 2; this is a reader of version 1 (run 96)',
    );
  });

  test('no more are downloaded than may be', async () => {
    const { source, asked } = repository(Array.from({ length: 20 }, () => ({ content: partialRun() })));
    expect(await whyNone(source, { mostTries: 5 })).toContain('(5 looked at)');
    expect(asked.filter((one) => one.startsWith('artifact'))).toHaveLength(5);
    expect(await whyNone(source, { mostTries: 2 })).toContain('(2 looked at)');
  });

  test('one that is too large is not downloaded, and is no try', async () => {
    const large = { sizeInBytes: 65 * 1_024 ** 2, content: passingRun() };
    const { source, asked } = repository([...Array.from({ length: 7 }, () => large), { content: passingRun() }]);
    expect(await find(source, { mostTries: 1 })).toMatchObject({ kind: 'found', runId: 93 });
    expect(asked).toEqual([`page 1 of ${name}`, 'artifact 8']);
    expect(await whyNone(repository([large]).source)).toContain('the artifact is too large (run 100)');
    expect(await whyNone(repository(Array.from({ length: 7 }, () => large)).source)).toMatch(/; and 2 more$/);
  });

  test('GitHub does not say: with what the token needs, and nothing that a log obeys', async () => {
    const refusing = (error: unknown): ArtifactSource => ({
      list: () => Promise.reject(error),
      download: () => Promise.reject(error),
    });
    const forbidden = Object.assign(new Error('Resource not accessible by integration'), { status: 403 });
    expect(await whyNone(refusing(forbidden))).toBe(
      'the artifacts of this repository could not be listed: Resource not accessible by integration (the token needs `actions: read`)',
    );
    expect(await whyNone(refusing(new Error('bad gateway\n::error::\u001b[31mx')))).toBe(
      'the artifacts of this repository could not be listed: bad gateway ::error::x',
    );
  });

  test('a cancelled run is told by its reason alone', async () => {
    const abort = new AbortController();
    const cancelled = new ChaosError('cancelled', 'cancelled by SIGINT');
    const { source } = repository([{ content: passingRun() }]);
    const broken: ArtifactSource = {
      ...source,
      download: () => {
        abort.abort(cancelled);
        return Promise.reject(new Error('The operation was aborted'));
      },
    };
    expect(await rejection(find(broken, { signal: abort.signal }))).toBe(cancelled);
    expect(await rejection(find(source, { signal: abort.signal }))).toBe(cancelled);
  });
});
