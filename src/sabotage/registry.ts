import { acknowledgeEarly } from './kinds/acknowledge-early.ts';
import { corruptPayload } from './kinds/corrupt-payload.ts';
import { deliverExpired } from './kinds/deliver-expired.ts';
import { deliverUnsubscribed } from './kinds/deliver-unsubscribed.ts';
import { denySession } from './kinds/deny-session.ts';
import { downgradeQos } from './kinds/downgrade-qos.ts';
import { dropRetained } from './kinds/drop-retained.ts';
import { dupAtQos0 } from './kinds/dup-at-qos0.ts';
import { duplicateQos0 } from './kinds/duplicate-qos0.ts';
import { duplicateQos2 } from './kinds/duplicate-qos2.ts';
import { forgetResend } from './kinds/forget-resend.ts';
import { forgetSubscription } from './kinds/forget-subscription.ts';
import { freezeExpiry } from './kinds/freeze-expiry.ts';
import { holdUntilReconnect } from './kinds/hold-until-reconnect.ts';
import { ignoreMaximumPacketSize } from './kinds/ignore-maximum-packet-size.ts';
import { ignorePing } from './kinds/ignore-ping.ts';
import { ignoreReceiveMaximum } from './kinds/ignore-receive-maximum.ts';
import { ignoreUnsubscribe } from './kinds/ignore-unsubscribe.ts';
import { inventMessage } from './kinds/invent-message.ts';
import { inventSession } from './kinds/invent-session.ts';
import { keepDeletedRetained } from './kinds/keep-deleted-retained.ts';
import { mixPayloads } from './kinds/mix-payloads.ts';
import { reorderDeliveries } from './kinds/reorder-deliveries.ts';
import { resendUnderNewId } from './kinds/resend-under-new-id.ts';
import { resendWithoutDup } from './kinds/resend-without-dup.ts';
import { reservedFlags } from './kinds/reserved-flags.ts';
import { retainOnLive } from './kinds/retain-on-live.ts';
import { reusePacketId } from './kinds/reuse-packet-id.ts';
import { shareWithTwo } from './kinds/share-with-two.ts';
import { shortSuback } from './kinds/short-suback.ts';
import { silenceAfterReturn } from './kinds/silence-after-return.ts';
import { staleRetained } from './kinds/stale-retained.ts';
import { subscribeAtQos0 } from './kinds/subscribe-at-qos0.ts';
import { suppressWill } from './kinds/suppress-will.ts';
import { surviveTakeover } from './kinds/survive-takeover.ts';
import { swallowDelivery } from './kinds/swallow-delivery.ts';
import { swallowShared } from './kinds/swallow-shared.ts';
import { throwOut } from './kinds/throw-out.ts';
import { upgradeQos } from './kinds/upgrade-qos.ts';
import { willAfterDisconnect } from './kinds/will-after-disconnect.ts';
import { willTwice } from './kinds/will-twice.ts';
import { withholdAcknowledgement } from './kinds/withhold-acknowledgement.ts';
import type { Sabotage } from './sabotage.ts';

/** Every sabotage, in the order of the invariants that must name them. */
export const sabotages: readonly Sabotage[] = [
  corruptPayload,
  deliverUnsubscribed,
  ignoreUnsubscribe,
  inventMessage,
  mixPayloads,
  acknowledgeEarly,
  swallowDelivery,
  duplicateQos0,
  duplicateQos2,
  reorderDeliveries,
  downgradeQos,
  subscribeAtQos0,
  upgradeQos,
  denySession,
  forgetSubscription,
  inventSession,
  silenceAfterReturn,
  surviveTakeover,
  dropRetained,
  keepDeletedRetained,
  staleRetained,
  suppressWill,
  willAfterDisconnect,
  willTwice,
  shareWithTwo,
  swallowShared,
  forgetResend,
  resendUnderNewId,
  resendWithoutDup,
  deliverExpired,
  freezeExpiry,
  dupAtQos0,
  ignoreMaximumPacketSize,
  ignoreReceiveMaximum,
  reservedFlags,
  retainOnLive,
  reusePacketId,
  shortSuback,
  ignorePing,
  throwOut,
  holdUntilReconnect,
  withholdAcknowledgement,
];

export function findSabotage(name: string): Sabotage | undefined {
  return sabotages.find((sabotage) => sabotage.name === name);
}
