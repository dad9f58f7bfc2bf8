import { writeFileSync } from 'node:fs';

// Imported into the tool before anything else: after each write to stdout, the last of which is made when there is nothing left to do, it writes down
// what keeps the process alive.
const file = process.env.ACTIVE_RESOURCES_FILE;
if (file !== undefined && process.argv[1]?.endsWith('cli.js')) {
  const write = process.stdout.write.bind(process.stdout);
  process.stdout.write = (...args) => {
    setImmediate(() => writeFileSync(file, JSON.stringify(process.getActiveResourcesInfo())));
    return write(...args);
  };
}
