/** What the step needs once its first line is in the log; loaded by main.ts in one go. */
export { explainFailure } from './explain.ts';
export { loadInputs } from './inputs.ts';
export { runAction } from './run-action.ts';
export { readTrigger } from './trigger.ts';
