import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';

/** A folder with sources, as far as its build tools' own files tell. Reads only. */
export type Checkout = {
  /** The folder's own name. */
  readonly folder: string;
  /** The text of a file; undefined where there is none. */
  read(file: string): string | undefined;
  has(file: string): boolean;
  /** The names of the folders in a folder, in order; none where there is no such folder. */
  folders(folder: string): string[];
};

export function openCheckout(cwd: string): Checkout {
  return {
    folder: basename(cwd),
    read(file) {
      const path = join(cwd, file);
      return existsSync(path) ? readFileSync(path, 'utf8') : undefined;
    },
    has: (file) => existsSync(join(cwd, file)),
    folders(folder) {
      const path = join(cwd, folder);
      if (!existsSync(path)) return [];
      return readdirSync(path, { withFileTypes: true })
        .filter((entry) => entry.isDirectory())
        .map(({ name }) => name)
        .sort();
    },
  };
}

/** The module path of go.mod, without its version. */
export function goModule({ read }: Checkout): string | undefined {
  return /^module\s+"?([^\s"]+)/m.exec(read('go.mod') ?? '')?.[1]?.replace(/\/v\d+$/, '');
}

/** The packages of Cargo.toml: its own, and those of the members of its workspace. A member that is a pattern (`crates/*`) is followed. */
export function cargoPackages(checkout: Checkout): { readonly folder: string; readonly text: string }[] {
  const root = checkout.read('Cargo.toml');
  if (root === undefined) return [];
  const [, list = ''] = /^members\s*=\s*\[([^\]]*)\]/m.exec(root) ?? [];
  const members = [...list.matchAll(/"([^"]+)"/g)].flatMap(([, member = '']) =>
    member.endsWith('/*')
      ? checkout.folders(member.slice(0, -2)).map((name) => `${member.slice(0, -2)}/${name}`)
      : [member],
  );
  return ['.', ...members].flatMap((folder) => {
    const text = checkout.read(join(folder, 'Cargo.toml'));
    return text === undefined || !/^\[package\]/m.test(text) ? [] : [{ folder, text }];
  });
}

/** The binaries of a Cargo package: those that it names, or the package's own name where it has a src/main.rs. */
export function cargoBinaries({ has }: Checkout, { folder, text }: { folder: string; text: string }): string[] {
  const named = text
    .split(/^\[\[bin\]\]/m)
    .slice(1)
    .flatMap((part) => tomlName(part.split(/^\[/m, 1)[0]) ?? []);
  const own = tomlName(text.split(/^\[package\]/m, 2)[1]?.split(/^\[/m, 1)[0]);
  return named.length > 0 ? named : own !== undefined && has(join(folder, 'src/main.rs')) ? [own] : [];
}

function tomlName(text: string | undefined): string | undefined {
  return text === undefined ? undefined : /^\s*name\s*=\s*["']([^"']+)["']/m.exec(text)?.[1];
}

/** The first artifactId of pom.xml that is not its parent's. */
export function mavenArtifact({ read }: Checkout): string | undefined {
  const text = read('pom.xml')?.replace(/<parent>.*?<\/parent>/s, '');
  return text === undefined ? undefined : /<artifactId>\s*([^<\s]+)\s*<\/artifactId>/.exec(text)?.[1];
}

/** The project of CMakeLists.txt, in lower case. */
export function cmakeProject({ read }: Checkout): string | undefined {
  return /^\s*project\s*\(\s*"?([\w.-]+)/im.exec(read('CMakeLists.txt') ?? '')?.[1]?.toLowerCase();
}

/** What package.json says; undefined where there is none or it cannot be read. */
export function npmManifest({ read }: Checkout): Record<string, unknown> | undefined {
  const text = read('package.json');
  if (text === undefined) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? { ...value } : undefined;
  } catch {
    return undefined;
  }
}
