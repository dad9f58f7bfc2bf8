import { pathOf, projects } from './test/projects.mjs';

const common = {
  testEnvironment: 'node',
  modulePathIgnorePatterns: ['<rootDir>/dist/'],
  extensionsToTreatAsEsm: ['.ts'],
  transform: {
    '\\.ts$': '<rootDir>/scripts/jest-esbuild.mjs',
    // What is imported `with { type: 'text' }`.
    '/src/report/page/|/uplot/': '<rootDir>/scripts/jest-text.mjs',
  },
  transformIgnorePatterns: ['/node_modules/(?!uplot/)'],
  testTimeout: 60_000,
};

export default {
  projects: Object.entries(projects).map(([displayName, { together, alone }]) => ({
    ...common,
    displayName,
    testMatch: [...together, ...alone].map(pathOf),
  })),
  // `npm test` gives each project as many as its suites bear (scripts/test.mjs).
  maxWorkers: 1,
};
