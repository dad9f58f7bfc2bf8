export default {
  testEnvironment: 'node',
  testMatch: ['<rootDir>/test/**/*.test.ts'],
  testPathIgnorePatterns: ['/node_modules/', '<rootDir>/dist/'],
  modulePathIgnorePatterns: ['<rootDir>/dist/'],
  extensionsToTreatAsEsm: ['.ts'],
  transform: {
    '\\.ts$': '<rootDir>/scripts/jest-esbuild.mjs',
    // What is imported `with { type: 'text' }`.
    '/src/report/page/|/uplot/': '<rootDir>/scripts/jest-text.mjs',
  },
  transformIgnorePatterns: ['/node_modules/(?!uplot/)'],
  testTimeout: 60_000,
  // Tests boot clusters and measure; beside one another they would measure one another.
  maxWorkers: 1,
};
