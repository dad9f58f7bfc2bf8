import type { Random } from '../../base/random.ts';
import { cleanSession, types, willRetain } from './bytes.ts';

/** Well-formed, and then a few of its bytes are changed, taken out or doubled. RETAIN and a kept session would outlive the fault, so those bits stay. */
export function mutated(packetOf: (random: Random) => Buffer): (random: Random) => Buffer {
  return (random) => {
    const made = [...packetOf(random)];
    for (let changes = 1 + random.below(3); changes > 0; changes--) {
      const at = random.below(made.length);
      const old = made[at] ?? 0;
      const how = random.below(4);
      if (how === 0) made[at] = old ^ (1 << random.below(8));
      else if (how === 1) made[at] = random.below(256);
      else if (how === 2) made.splice(at, 1);
      else made.splice(at, 0, old);
    }
    const type = (made[0] ?? 0) >> 4;
    if (type === types.publish) made[0] = (made[0] ?? 0) & ~1;
    // Connect flags are the tenth byte of a CONNECT whose length did not change in its head.
    if (type === types.connect && made.length > 9) made[9] = ((made[9] ?? 0) | cleanSession) & ~willRetain;
    return Buffer.from(made);
  };
}
