import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);
import {
  messageOf
} from "./chunk-EV4V3EIO.js";

// src/action/github-workflow.ts
import * as core from "#vendor/core.js";
function harmless(text) {
  return text.replaceAll(/^([\s\u0085\u180e\u200b]*):(?=:)/gm, "$1:\u200B").replaceAll("##[", "##\u200B[");
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
    if (!process.env.GITHUB_STEP_SUMMARY) return;
    try {
      await core.summary.addRaw(markdown, true).write();
    } catch (error2) {
      core.info(`the job summary could not be written: ${messageOf(error2)}`);
    }
  }
};

export {
  githubWorkflow
};
