import { resolve } from 'node:path';
import { ChaosError, type ExitCode, exitCodes, messageOf, type Problem } from '../base/error.ts';
import { formatProblems } from '../config/problems.ts';
import { renderFailure } from '../report/step-summary.ts';
import { capped, inRepository } from './annotations.ts';
import type { Annotation, Workflow } from './workflow.ts';

/** Reports why no run was possible: wrong inputs, wrong files, or an error of this tool. Paths of files are relative to `cwd`. */
export async function explainFailure(
  error: unknown,
  { cwd, workspace }: { readonly cwd: string; readonly workspace: string },
  workflow: Workflow,
): Promise<ExitCode> {
  const problems = problemsOf(error);
  const lines = formatProblems(problems);
  const exitCode = error instanceof ChaosError ? error.exitCode : exitCodes.infrastructure;
  for (const line of lines) workflow.info(line);
  if (error instanceof ChaosError) for (const line of error.output) workflow.info(`  | ${line}`);
  else if (error instanceof Error && error.stack !== undefined) workflow.info(error.stack);
  const annotations = problems.map(
    ({ message, hint, location }): Annotation => ({
      level: 'error',
      title: exitCode === exitCodes.usage ? 'Configuration' : 'chaos-action',
      message: hint === undefined ? message : `${message}\n${hint}`,
      ...(location === undefined ? {} : inRepository({ ...location, file: resolve(cwd, location.file) }, workspace)),
    }),
  );
  for (const annotation of capped(annotations)) workflow.annotate(annotation);
  await workflow.summarize(
    renderFailure(
      messageOf(error),
      lines.map((line) => line.trim()),
    ),
  );
  return exitCode;
}

function problemsOf(error: unknown): readonly Problem[] {
  if (!(error instanceof ChaosError))
    return [{ message: messageOf(error), hint: 'this is a defect of chaos-action: please report it with the log' }];
  if (error.problems.length > 0) return error.problems;
  const { message, hint, location } = error;
  return [{ message, ...(hint === undefined ? {} : { hint }), ...(location === undefined ? {} : { location }) }];
}
