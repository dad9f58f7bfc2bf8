import { describe, expect, test } from '@jest/globals';
import { Decoder, encode } from '../../src/sabotage/packets.ts';
import { connectPacket, message } from '../support/middle.ts';

describe('a decoder', () => {
  test.each([4, 5] as const)('reads what the encoder wrote (level %i)', (version) => {
    const decoder = new Decoder(version);
    const packet = message(3, { qos: 2 });
    expect(decoder.decode(encode(packet, version))).toMatchObject(packet);
  });

  test('reads a CONNECT of either version before it knows which it is', () => {
    for (const version of [4, 5] as const)
      expect(new Decoder(4).decode(encode(connectPacket('c', version), version))).toMatchObject({
        clientId: 'c',
        protocolVersion: version,
      });
  });

  test('answers with nothing at what is no packet, and reads the next one all the same', () => {
    const decoder = new Decoder(4);
    expect(decoder.decode(Buffer.from([0x42, 0x02, 0x00, 0x01]))).toBeUndefined();
    expect(decoder.decode(Buffer.from([0x40, 0x02, 0x00, 0x01]))).toMatchObject({ cmd: 'puback', messageId: 1 });
  });
});
