import * as core from '@actions/core';
import { messageOf } from '../base/error.ts';
import type { Annotation, Workflow } from './workflow.ts';

/**
 * What a broker or a build wrote must not be a command to the runner, which obeys `::name::` at the start of a line, and `##[name]` anywhere in
 * a line. An invisible zero-width space breaks both up. The runner skips more characters before a command than `\\s` matches.
 */
function harmless(text: string): string {
  return text.replaceAll(/^([\s\u0085\u180e\u200b]*):(?=:)/gm, '$1:\u200b').replaceAll('##[', '##\u200b[');
}

/** The runner's workflow commands, by @actions/core. */
export const githubWorkflow: Workflow = {
  info: (text) => core.info(harmless(text)),
  debug: (text) => core.debug(harmless(text)),
  startGroup: core.startGroup,
  endGroup: core.endGroup,
  annotate({ level, title, message, file, line }: Annotation) {
    const command = { error: core.error, warning: core.warning, notice: core.notice }[level];
    command(message, {
      title,
      ...(file === undefined ? {} : { file }),
      ...(line === undefined ? {} : { startLine: line }),
    });
  },
  setOutput: core.setOutput,
  setSecret: core.setSecret,
  saveState: core.saveState,
  async summarize(markdown) {
    if (!process.env.GITHUB_STEP_SUMMARY) return;
    try {
      await core.summary.addRaw(markdown, true).write();
    } catch (error) {
      core.info(`the job summary could not be written: ${messageOf(error)}`);
    }
  },
};
