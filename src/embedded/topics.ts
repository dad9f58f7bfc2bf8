/** Whether `name` can be published to: not empty, no wildcard, no null character [MQTT-4.7.3-1, -2, MQTT-3.3.2-2]. */
export function isTopicName(name: string): boolean {
  return isTopicText(name) && !/[+#]/.test(name);
}

/** Whether `filter` can be subscribed to: a wildcard stands alone in its level, `#` only in the last [MQTT-4.7.1-1, -2, -3]. */
export function isTopicFilter(filter: string): boolean {
  if (!isTopicText(filter)) return false;
  const levels = filter.split('/');
  return levels.every((level, index) => {
    if (level === '#') return index === levels.length - 1;
    return level === '+' || !/[+#]/.test(level);
  });
}

export function hasWildcard(filter: string): boolean {
  return /[+#]/.test(filter);
}

/** Whether a valid filter covers a valid topic; a leading wildcard leaves `$` topics alone [MQTT-4.7.2-1]. */
export function matchesTopic(filter: string, topic: string): boolean {
  if (topic.startsWith('$') && hasWildcard(filter.slice(0, 1))) return false;
  const filterLevels = filter.split('/');
  const topicLevels = topic.split('/');
  for (const [index, level] of filterLevels.entries()) {
    // "sport/#" covers "sport" too: # stands for the parent level as well.
    if (level === '#') return true;
    const actual = topicLevels[index];
    if (actual === undefined || (level !== '+' && level !== actual)) return false;
  }
  return filterLevels.length === topicLevels.length;
}

function isTopicText(text: string): boolean {
  return text.length > 0 && isText(text);
}

/**
 * The codec replaces ill-formed UTF-8 by U+FFFD without a word. Refusing that character is the only way left to close the
 * connection as [MQTT-1.5.4-1] demands; the price, a legal but never seen character, is small.
 */
export function isText(text: string): boolean {
  return !text.includes('\u0000') && !text.includes('\ufffd');
}
