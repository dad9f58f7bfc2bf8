import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);

// src/action/github-workflow.ts
import * as core from "#vendor/core.js";
function harmless(text) {
  return text.replaceAll(/^(\s*):(?=:)/gm, "$1:\u200B").replaceAll("##[", "##\u200B[");
}
var githubWorkflow = {
  info: (text) => core.info(harmless(text)),
  debug: (text) => core.debug(harmless(text)),
  startGroup: core.startGroup,
  endGroup: core.endGroup,
  annotate({ level, title, message, file, line }) {
    const command = { error: core.error, warning: core.warning, notice: core.notice }[level];
    command(message, {
      title,
      ...file === void 0 ? {} : { file },
      ...line === void 0 ? {} : { startLine: line }
    });
  },
  setOutput: core.setOutput,
  setSecret: core.setSecret,
  saveState: core.saveState,
  async summarize(markdown) {
    if (process.env.GITHUB_STEP_SUMMARY) await core.summary.addRaw(markdown, true).write();
  }
};

export {
  githubWorkflow
};
