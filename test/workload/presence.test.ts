import { expect, test } from '@jest/globals';
import { lastingMs, Presence } from '../../src/workload/presence.ts';

test('a client is served once it has been for a moment, and absent since it was lost', () => {
  const presence = new Presence(0);
  expect(presence.absentSinceMs(100)).toBe(0);
  presence.enter('serving', 100);
  expect(presence.absentSinceMs(100 + lastingMs - 1)).toBe(0);
  expect(presence.absentSinceMs(100 + lastingMs)).toBeNull();
  presence.enter('disconnected', 5_000);
  presence.enter('connected', 6_000);
  expect(presence.absentSinceMs(9_000)).toBe(5_000);
});

test('a client that is let in and thrown out again and again has been absent all the while', () => {
  const presence = new Presence(0);
  presence.enter('serving', 0);
  presence.enter('disconnected', 10_000);
  for (let atMs = 10_250; atMs < 20_000; atMs += 300) {
    presence.attempt(atMs);
    presence.enter('serving', atMs);
    presence.enter('disconnected', atMs + 50);
  }
  expect(presence.absentSinceMs(20_000)).toBe(10_000);
  expect(presence.attempts).toBe(33);
});

test('attempts are counted since it was last served', () => {
  const presence = new Presence(0);
  presence.attempt(0);
  presence.enter('serving', 10);
  presence.enter('disconnected', 5_000);
  presence.attempt(5_250);
  presence.attempt(5_500);
  expect(presence.attempts).toBe(2);
  expect(presence.servedForMs(6_000)).toBe(0);
});
