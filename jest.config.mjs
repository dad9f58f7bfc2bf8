import { pathOf, projects, suitesOf } from './test/projects.mjs';

const common = {
  testEnvironment: 'node',
  modulePathIgnorePatterns: ['<rootDir>/dist/'],
  extensionsToTreatAsEsm: ['.ts'],
  transform: {
    '\\.ts$': '<rootDir>/scripts/jest-esbuild.mjs',
    '/hdr-histogram-js/': '<rootDir>/scripts/jest-globals.mjs',
    // What is imported `with { type: 'text' }`.
    '/src/(report|ui)/page/|/uplot/': '<rootDir>/scripts/jest-text.mjs',
  },
  transformIgnorePatterns: ['/node_modules/(?!uplot/|hdr-histogram-js/)'],
};

export default {
  projects: Object.entries(projects).map(([displayName, project]) => ({
    ...common,
    displayName,
    testMatch: suitesOf(project).map(pathOf),
  })),
  // A test that hangs, not one that is slow: a busy machine must not fail a test (test/support/eventually.ts waits less).
  testTimeout: 300_000,
  testSequencer: '<rootDir>/scripts/jest-longest-first.mjs',
  // `npm test` gives each project as many as its suites bear (scripts/test.mjs).
  maxWorkers: 1,
};
