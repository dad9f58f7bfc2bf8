import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { portHints } from './port-hints.ts';

/** How a broker of an unknown make may be told its port. What it says is a guess, with where it comes from. */
export type StartGuess = {
  readonly why: string;
  /** What follows the program in `start`. */
  readonly options: string;
  /** A file for each node's own folder. */
  readonly file?: { readonly name: string; readonly text: string };
};

const mqttPort = /\b1883\b/g;
const portTemplate = '{{ node.ports.mqtt }}';
const configOption = /^(-c|-f|--conf|--config|--config-file|--configfile|--configuration|-config|-conf)$/;
const longestFile = 20_000;

/** Reads the README and the configuration files of a checkout. */
export function guessStart(cwd: string, program: string): StartGuess | undefined {
  const readme = readdirSync(cwd).find((name) => /^readme(\.md|\.rst|\.txt)?$/i.test(name));
  if (readme === undefined) return undefined;
  const lines = commandsOf(readFileSync(join(cwd, readme), 'utf8'), program);
  const withPort = lines.find((args) => args.some((arg) => mqttPort.test(arg)));
  mqttPort.lastIndex = 0;
  if (withPort !== undefined)
    return {
      why: `${readme} starts it so, at port 1883`,
      options: withPort.join(' ').replaceAll(mqttPort, portTemplate),
    };
  for (const args of lines) {
    const at = args.findIndex((arg) => configOption.test(arg));
    const file = at < 0 ? undefined : templateOf(cwd, args[at + 1] ?? '');
    if (file !== undefined)
      return {
        why: `${readme} starts it with ${args[at]}; the file is ${file.path} of the checkout, with its port replaced`,
        options: [...args.slice(0, at + 1), `"{{ node.folder }}/${file.name}"`, ...args.slice(at + 2)].join(' '),
        file,
      };
  }
  return undefined;
}

/** Pure. What follows the program in the commands of a text; no options that a shell would read otherwise. */
export function commandsOf(text: string, program: string): string[][] {
  return text.split('\n').flatMap((line) => {
    const words = line
      .trim()
      .replace(/^[$#>]\s*/, '')
      .split(/\s+/);
    const at = words.findIndex((word) => basename(word) === program);
    const args = at < 0 ? [] : words.slice(at + 1);
    const isPlain = args.length > 0 && args.every((arg) => /^[\w./:=@,-]+$/.test(arg));
    return isPlain && words.slice(0, at).every((word) => /^(sudo|exec|nohup|\w+=\S*)$/.test(word)) ? [args] : [];
  });
}

/** The named file, or else one of the checkout that has MQTT's port, as a template. One that is long or has templates of its own is none. */
function templateOf(cwd: string, named: string): { path: string; name: string; text: string } | undefined {
  for (const path of [named, ...portHints(cwd).map(({ file }) => file)]) {
    const file = join(cwd, path);
    if (path === '' || !existsSync(file) || !statSync(file).isFile() || statSync(file).size > longestFile) continue;
    const text = readFileSync(file, 'utf8');
    if (text.search(mqttPort) < 0 || /\{\{|\{%|\$\{[A-Za-z_]/.test(text)) continue;
    return { path, name: basename(path), text: text.replaceAll(mqttPort, portTemplate) };
  }
  return undefined;
}
