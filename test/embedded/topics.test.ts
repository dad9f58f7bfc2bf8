import { describe, expect, test } from '@jest/globals';
import { isTopicFilter, isTopicName, matchesTopic } from '../../src/embedded/topics.ts';

describe('a topic filter', () => {
  test.each([
    ['sport/tennis', 'sport/tennis', true],
    ['sport/tennis', 'sport/tennis/player', false],
    ['sport/#', 'sport/tennis/player', true],
    ['sport/#', 'sport', true],
    ['#', 'anything/at/all', true],
    ['sport/+/player', 'sport/tennis/player', true],
    ['sport/+', 'sport', false],
    ['sport/+', 'sport/', true],
    ['+/+', '/finance', true],
    ['+', '/finance', false],
    ['+/tennis/#', 'sport/tennis', true],
    ['Sport', 'sport', false],
    ['#', '$SYS/load', false],
    ['+/load', '$SYS/load', false],
    ['$SYS/#', '$SYS/load', true],
  ])('%s against %s: %s', (filter, topic, expected) => {
    expect(matchesTopic(filter, topic)).toBe(expected);
  });

  test.each(['#', 'a/#', '+', '+/a/+', '/', 'a//b', '$share/g/a'])('%s is well formed', (filter) => {
    expect(isTopicFilter(filter)).toBe(true);
  });

  test.each(['', 'a#', 'a/#/b', '#/a', 'a+', 'a/+b', 'a\u0000'])('%j is malformed', (filter) => {
    expect(isTopicFilter(filter)).toBe(false);
  });

  test('a topic to publish to has no wildcards', () => {
    expect(isTopicName('a/b')).toBe(true);
    expect(['', 'a/+', '#', 'a\u0000b'].some(isTopicName)).toBe(false);
  });
});
