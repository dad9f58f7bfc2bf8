import type { Random } from '../../../base/random.ts';
import type { Level, Opening } from '../../../faults/corpus/broken-class.ts';
import { clientId, openingPacket, packet, packetsIn, prefix, types, u16 } from '../../../faults/corpus/bytes.ts';
import { dialectOf } from '../../../faults/corpus/dialect.ts';
import type { MqttPingTarget } from '../cluster/mqtt-ping.ts';
import { isAccepted } from './delivery.ts';
import { Wire } from './wire.ts';

/** A node that has just been under a barrage may answer late. */
const answerWithinMs = 5_000;
/** A broker that has sent nothing more for so long after SUBACK has no more retained messages. */
const quietMs = 300;
/** A will may be published only when the broker notices that its connection is gone. */
const mostRounds = 5;

type Swept = { readonly target: MqttPingTarget; readonly level: Level; readonly random: Random };

/**
 * Deletes what the sequences of a barrage may have left when it was ended amid them: retained messages of the corpus's topics. Resolves
 * with the topics that could not be deleted; undefined when the node answered no client.
 */
export async function sweepRetained(swept: Swept): Promise<readonly string[] | undefined> {
  let left: readonly string[] = [];
  for (let round = 0; round < mostRounds; round++) {
    const found = await deleteRetained(swept);
    if (found === undefined || found.length === 0) return found;
    left = found;
  }
  return left;
}

/** Ends a session that outlived its connection. False when the node did not accept its client. */
export async function endSession(target: MqttPingTarget, id: string, { level }: Opening): Promise<boolean> {
  const wire = new Wire(target);
  const isEnded = await isAccepted(
    wire,
    openingPacket({ level, properties: Buffer.alloc(0) }, id, target),
    answerWithinMs,
  );
  if (isEnded) await goodbye(wire);
  wire.cut();
  await wire.gone;
  return isEnded;
}

/** The topics that had a retained message, which is deleted now. */
async function deleteRetained({ target, level, random }: Swept): Promise<readonly string[] | undefined> {
  const { subscribe, publish } = dialectOf(level);
  const wire = new Wire(target);
  try {
    if (!(await isAccepted(wire, openingPacket({ level }, clientId(random), target), answerWithinMs))) return undefined;
    wire.write(subscribe(u16(1), `${prefix}#`, 0));
    const isAnswered = () => packetsIn(wire.heard).some(({ type }) => type === types.suback);
    await wire.until(isAnswered, answerWithinMs);
    if (!isAnswered()) return undefined;
    for (let before = -1; before < wire.heardBytes; ) {
      before = wire.heardBytes;
      await wire.until(() => wire.heardBytes > before, quietMs);
    }
    const topics = packetsIn(wire.heard)
      .filter(({ type, flags }) => type === types.publish && (flags & 1) === 1)
      .map(({ body }) => body.subarray(2, 2 + body.readUInt16BE(0)));
    for (const topic of topics) wire.write(publish(0x01, Buffer.concat([u16(topic.length), topic]), undefined));
    await goodbye(wire);
    return [...new Set(topics.map(String))];
  } finally {
    wire.cut();
    await wire.gone;
  }
}

/** What was said has arrived when PINGRESP comes; DISCONNECT ends the session. */
async function goodbye(wire: Wire): Promise<void> {
  wire.write(packet(types.pingreq, 0));
  await wire.until(() => packetsIn(wire.heard).some(({ type }) => type === types.pingresp), answerWithinMs);
  wire.write(packet(types.disconnect, 0));
  await wire.until(() => wire.ended, answerWithinMs);
}
