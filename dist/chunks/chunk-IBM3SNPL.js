import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);

// src/embedded/topics.ts
function isTopicName(name) {
  return isTopicText(name) && !/[+#]/.test(name);
}
function isTopicFilter(filter) {
  if (!isTopicText(filter)) return false;
  const levels = filter.split("/");
  return levels.every((level, index) => {
    if (level === "#") return index === levels.length - 1;
    return level === "+" || !/[+#]/.test(level);
  });
}
function hasWildcard(filter) {
  return /[+#]/.test(filter);
}
function matchesTopic(filter, topic) {
  if (topic.startsWith("$") && hasWildcard(filter.slice(0, 1))) return false;
  const filterLevels = filter.split("/");
  const topicLevels = topic.split("/");
  for (const [index, level] of filterLevels.entries()) {
    if (level === "#") return true;
    const actual = topicLevels[index];
    if (actual === void 0 || level !== "+" && level !== actual) return false;
  }
  return filterLevels.length === topicLevels.length;
}
function isTopicText(text) {
  return text.length > 0 && isText(text);
}
function isText(text) {
  return !text.includes("\0") && !text.includes("\uFFFD");
}

export {
  isTopicName,
  isTopicFilter,
  hasWildcard,
  matchesTopic,
  isText
};
