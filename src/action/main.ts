import { runStep } from './run-step.ts';

process.exit(await runStep());
