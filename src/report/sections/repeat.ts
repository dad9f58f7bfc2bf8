import type { RunRecord } from '../../model/record.ts';
import { type Block, heading, say } from '../document.ts';

export function repeatSection({ command }: RunRecord): Block[] {
  return [heading(say`How to repeat the whole run`), { type: 'command', command }];
}
