import TestSequencer from '@jest/test-sequencer';
import { longest, pathOf } from '../test/projects.mjs';

const paths = longest.map(pathOf);

/** On a fresh checkout jest does not know how long each suite takes: the longest are started first, so that none goes on alone. */
export default class LongestFirst extends TestSequencer {
  async sort(tests) {
    const rank = ({ path }) => (paths.includes(path) ? paths.indexOf(path) : paths.length);
    return (await super.sort(tests)).sort((one, other) => rank(one) - rank(other));
  }
}
