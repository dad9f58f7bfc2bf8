import { type Check, checkOf, deliveries } from './check.ts';
import { duplicatesAt } from './duplicates.ts';

/**
 * A QoS 2 message is delivered once. Legal: the publisher sent it again after a CONNACK without a session, which makes it a new
 * publication to the broker. (A PUBLISH repeated with the same packet id before PUBREL never gets past the subscriber's client.)
 */
export const exactlyOnce: Check = checkOf('stream', {
  id: 'exactly-once',
  statement: 'no QoS 2 message is delivered twice',
  clause: { v311: 'MQTT-4.3.3-1, MQTT-4.3.3-2', v5: 'MQTT-4.3.3-6, MQTT-4.3.3-10' },
  run(stream, { features }) {
    if (!deliveries(stream).some(({ qos }) => qos === 2))
      return { applicable: false, why: `the broker has no QoS 2: ${features.qos2.seen}` };
    return duplicatesAt(2, stream);
  },
});
