import {
  type Checkout,
  cargoBinaries,
  cargoPackages,
  cmakeProject,
  goModule,
  mavenArtifact,
  npmManifest,
  openCheckout,
} from './checkout.ts';
import { type KnownBroker, knownBroker } from './known-brokers.ts';

/** What a build tool's file tells of the project in a folder. */
export type Project = {
  readonly language: string;
  readonly evidence: string;
  readonly name: string;
  readonly build?: string;
  readonly start: string;
  /** What of build and start is no more than likely. */
  readonly guesses: readonly string[];
  /** The broker that it is, where it is a known one. */
  readonly known?: KnownBroker;
};

/** The files by which a project is recognised. */
export const projectFiles = [
  'go.mod',
  'Cargo.toml',
  'mix.exs',
  'rebar.config',
  'package.json',
  'pyproject.toml',
  'pom.xml',
  'build.gradle',
  'CMakeLists.txt',
] as const;

/** The project in a folder: a broker that is known, or by the file that its build tool reads. */
export function detectProject(cwd: string): Project | undefined {
  const checkout = openCheckout(cwd);
  const known = knownBroker(checkout);
  if (known !== undefined) {
    const { broker, evidence } = known;
    return { language: broker.name, evidence, name: broker.name, start: '', guesses: [], known: broker };
  }
  return [
    ...[detectGo, detectRust, detectElixir, detectErlang, detectNode, detectPython],
    ...[detectMaven, detectGradle, detectCMake],
  ]
    .map((detect) => detect(checkout))
    .find((project) => project !== undefined);
}

function detectGo(checkout: Checkout): Project | undefined {
  if (!checkout.has('go.mod')) return undefined;
  const name = shellName(goModule(checkout)?.split('/').at(-1), checkout);
  const commands = checkout.folders('cmd').filter((folder) => checkout.has(`cmd/${folder}/main.go`));
  const command = likeliest(commands, name);
  const source = command === undefined ? (checkout.has('cmd/main.go') ? './cmd' : '.') : `./cmd/${command}`;
  return {
    ...{ language: 'Go', evidence: 'go.mod', name },
    build: `go build -o bin/${name} ${source}`,
    start: `./bin/${name}`,
    guesses: guessOf('command', commands, command),
  };
}

function detectRust(checkout: Checkout): Project | undefined {
  const packages = cargoPackages(checkout);
  if (!checkout.has('Cargo.toml')) return undefined;
  const binaries = packages.flatMap((one) => cargoBinaries(checkout, one));
  const own = /^\s*name\s*=\s*"([^"]+)"/m.exec(packages[0]?.text ?? '')?.[1];
  const binary = likeliest(binaries, own ?? checkout.folder) ?? own;
  const name = shellName(binary, checkout);
  const locked = checkout.has('Cargo.lock') ? ' --locked' : '';
  const isOneOfMany = packages.length > 1 && binary !== undefined;
  return {
    ...{ language: 'Rust', evidence: 'Cargo.toml', name },
    build: `cargo build --release${locked}${isOneOfMany ? ` --bin ${name}` : ''}`,
    start: `./target/release/${name}`,
    guesses:
      binaries.length === 0
        ? [`no binary is named, so it is taken to be ${name}`]
        : guessOf('binary', binaries, binary),
  };
}

function detectElixir(checkout: Checkout): Project | undefined {
  const text = checkout.read('mix.exs');
  if (text === undefined) return undefined;
  const name = shellName(/\bapp:\s*:([a-z0-9_]+)/.exec(text)?.[1], checkout);
  return {
    ...{ language: 'Elixir', evidence: 'mix.exs', name },
    build: 'mix deps.get && MIX_ENV=prod mix release --overwrite',
    start: `./_build/prod/rel/${name}/bin/${name} start`,
    guesses: [`the release is taken to be called ${name}`],
  };
}

function detectErlang(checkout: Checkout): Project | undefined {
  const text = checkout.read('rebar.config');
  if (text === undefined) return undefined;
  const name = shellName(/\{\s*release\s*,\s*\{\s*'?([a-z0-9_]+)/.exec(text)?.[1], checkout);
  return {
    ...{ language: 'Erlang', evidence: 'rebar.config', name },
    build: `${checkout.has('rebar3') ? './rebar3' : 'rebar3'} release`,
    start: `./_build/default/rel/${name}/bin/${name} foreground`,
    guesses: [`the release is taken to be called ${name}`],
  };
}

function detectNode(checkout: Checkout): Project | undefined {
  if (!checkout.has('package.json')) return undefined;
  const manifest = npmManifest(checkout) ?? {};
  const name = shellName(textOf(manifest.name)?.split('/').at(-1), checkout);
  const install = checkout.has('package-lock.json') ? 'npm ci' : 'npm install';
  const scripts = manifest.scripts;
  const startScript = field(scripts, 'start');
  // npm stands between the tool and the broker and keeps signals from it, so the script's own command is taken.
  const isOwn = startScript !== undefined && /^node\s/.test(startScript);
  const file = programOf(manifest);
  return {
    ...{ language: 'Node.js', evidence: 'package.json', name },
    build: field(scripts, 'build') === undefined ? install : `${install} && npm run build`,
    start: isOwn ? startScript : `node ${file ?? 'index.js'}`,
    guesses: isOwn || file !== undefined ? [] : ['package.json names no program, so it is taken to be index.js'],
  };
}

/** The file of the first program of package.json, or of its main. */
function programOf({ bin, main }: Record<string, unknown>): string | undefined {
  const first = typeof bin === 'object' && bin !== null ? Object.values(bin).map(String)[0] : textOf(bin);
  return first ?? textOf(main);
}

function detectPython(checkout: Checkout): Project | undefined {
  const text = checkout.read('pyproject.toml');
  if (text === undefined) return undefined;
  const declared = /^\[project\]\s[^[]*?^name\s*=\s*"([^"]+)"/ms.exec(text)?.[1];
  const [, scripts = ''] = /^\[(?:project|tool\.poetry)\.scripts\]\n([^[]*)/m.exec(text) ?? [];
  const programs = [...scripts.matchAll(/^"?([\w.-]+)"?\s*=/gm)].map(([, name = '']) => name);
  const program = likeliest(programs, declared ?? checkout.folder);
  const name = shellName(program ?? declared, checkout);
  return {
    ...{ language: 'Python', evidence: 'pyproject.toml', name },
    build: 'python3 -m venv build-chaos && build-chaos/bin/pip install --quiet .',
    start: `./build-chaos/bin/${name}`,
    guesses:
      programs.length === 0
        ? [`no program is named, so it is taken to be ${name}`]
        : guessOf('program', programs, program),
  };
}

function detectMaven(checkout: Checkout): Project | undefined {
  const artifact = mavenArtifact(checkout);
  if (artifact === undefined) return undefined;
  const name = shellName(artifact, checkout);
  return {
    ...{ language: 'Java', evidence: 'pom.xml', name },
    build: 'mvn -q -B -DskipTests package',
    start: `exec java -jar target/${name}-*.jar`,
    guesses: ['which archive of target/ is the broker, and whether it can be run by itself'],
  };
}

function detectGradle(checkout: Checkout): Project | undefined {
  const file = ['build.gradle', 'build.gradle.kts'].find(checkout.has);
  if (file === undefined) return undefined;
  const settings = checkout.read('settings.gradle') ?? checkout.read('settings.gradle.kts') ?? '';
  const name = shellName(/rootProject\.name\s*=\s*["']([^"']+)/.exec(settings)?.[1], checkout);
  return {
    ...{ language: 'Java', evidence: file, name },
    build: `${checkout.has('gradlew') ? './gradlew' : 'gradle'} --quiet installDist`,
    start: `./build/install/${name}/bin/${name}`,
    guesses: ['the project is taken to have the plugin application'],
  };
}

function detectCMake(checkout: Checkout): Project | undefined {
  const text = checkout.read('CMakeLists.txt');
  if (text === undefined) return undefined;
  const project = cmakeProject(checkout);
  const targets = executables(checkout);
  const target =
    likeliest(
      targets.map(({ name }) => name),
      project ?? checkout.folder,
    ) ?? project;
  const name = shellName(target, checkout);
  const folder = targets.find((one) => one.name === target)?.folder ?? '';
  return {
    ...{ language: 'C or C++', evidence: 'CMakeLists.txt', name },
    build: `cmake -S . -B build-chaos -DCMAKE_BUILD_TYPE=Release && cmake --build build-chaos --target ${name} --parallel`,
    start: `./build-chaos/${folder === '' ? '' : `${folder}/`}${name}`,
    guesses:
      targets.length === 0
        ? [`no program is named, so it is taken to be ${name}`]
        : guessOf(
            'program',
            targets.map((one) => one.name),
            target,
          ),
  };
}

/** The programs of CMakeLists.txt, at the top and in the folders below it. */
function executables({ read, folders }: Checkout): { readonly folder: string; readonly name: string }[] {
  return ['', ...folders('.')].flatMap((folder) => {
    const text = read(folder === '' ? 'CMakeLists.txt' : `${folder}/CMakeLists.txt`) ?? '';
    return [...text.matchAll(/^\s*add_executable\s*\(\s*([\w.-]+)/gim)].map(([, name = '']) => ({ folder, name }));
  });
}

/** The name that is most probably the broker's: the project's own, one that says so, or the first. */
function likeliest(names: readonly string[], own: string): string | undefined {
  return names.find((name) => name === own) ?? names.find((name) => /broker|server|mqttd?$/i.test(name)) ?? names[0];
}

function guessOf(what: string, all: readonly string[], chosen: string | undefined): string[] {
  const others = [...new Set(all)].filter((name) => name !== chosen);
  return others.length === 0
    ? []
    : [`the ${what} is taken to be ${chosen}; there are also ${others.slice(0, 8).join(', ')}`];
}

function field(value: unknown, key: string): string | undefined {
  return typeof value === 'object' && value !== null ? textOf(Reflect.get(value, key)) : undefined;
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

/** A name that needs no quotes in a shell; the folder's when the project has none. */
function shellName(name: string | undefined, { folder }: Checkout): string {
  const clean = (name ?? folder).replace(/[^A-Za-z0-9._-]/g, '-').replace(/^[-.]+/, '');
  return clean === '' ? 'broker' : clean;
}
