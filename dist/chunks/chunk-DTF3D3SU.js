import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);

// src/config/checkout.ts
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
function openCheckout(cwd) {
  return {
    folder: basename(cwd),
    read(file) {
      const path = join(cwd, file);
      return existsSync(path) ? readFileSync(path, "utf8") : void 0;
    },
    has: (file) => existsSync(join(cwd, file)),
    folders(folder) {
      const path = join(cwd, folder);
      if (!existsSync(path)) return [];
      return readdirSync(path, { withFileTypes: true }).filter((entry) => entry.isDirectory()).map(({ name }) => name).sort();
    }
  };
}
function goModule({ read }) {
  return /^module\s+"?([^\s"]+)/m.exec(read("go.mod") ?? "")?.[1]?.replace(/\/v\d+$/, "");
}
function cargoPackages(checkout) {
  const root = checkout.read("Cargo.toml");
  if (root === void 0) return [];
  const [, list = ""] = /^members\s*=\s*\[([^\]]*)\]/m.exec(root) ?? [];
  const members = [...list.matchAll(/"([^"]+)"/g)].flatMap(
    ([, member = ""]) => member.endsWith("/*") ? checkout.folders(member.slice(0, -2)).map((name) => `${member.slice(0, -2)}/${name}`) : [member]
  );
  return [".", ...members].flatMap((folder) => {
    const text = checkout.read(join(folder, "Cargo.toml"));
    return text === void 0 || !/^\[package\]/m.test(text) ? [] : [{ folder, text }];
  });
}
function cargoBinaries({ has }, { folder, text }) {
  const named = text.split(/^\[\[bin\]\]/m).slice(1).flatMap((part) => tomlName(part.split(/^\[/m, 1)[0]) ?? []);
  const own = tomlName(text.split(/^\[package\]/m, 2)[1]?.split(/^\[/m, 1)[0]);
  return named.length > 0 ? named : own !== void 0 && has(join(folder, "src/main.rs")) ? [own] : [];
}
function tomlName(text) {
  return text === void 0 ? void 0 : /^\s*name\s*=\s*["']([^"']+)["']/m.exec(text)?.[1];
}
function mavenArtifact({ read }) {
  const text = read("pom.xml")?.replace(/<parent>.*?<\/parent>/s, "");
  return text === void 0 ? void 0 : /<artifactId>\s*([^<\s]+)\s*<\/artifactId>/.exec(text)?.[1];
}
function cmakeProject({ read }) {
  return /^\s*project\s*\(\s*"?([\w.-]+)/im.exec(read("CMakeLists.txt") ?? "")?.[1]?.toLowerCase();
}
function npmManifest({ read }) {
  const text = read("package.json");
  if (text === void 0) return void 0;
  try {
    const value = JSON.parse(text);
    return typeof value === "object" && value !== null ? { ...value } : void 0;
  } catch {
    return void 0;
  }
}

// src/config/known-brokers.ts
var goBroker = (path) => (checkout) => {
  const module = goModule(checkout);
  return module !== void 0 && path.test(module) ? "go.mod" : void 0;
};
var cmakeBroker = (name, ...files) => (checkout) => cmakeProject(checkout) === name && files.every((file) => checkout.has(file)) ? "CMakeLists.txt" : void 0;
var mavenBroker = (name) => (checkout) => name.test(mavenArtifact(checkout) ?? "") ? "pom.xml" : void 0;
var cargoBroker = (name) => (checkout) => cargoPackages(checkout).some(({ text }) => new RegExp(`^name\\s*=\\s*"${name}"`, "m").test(text)) ? "Cargo.toml" : void 0;
var readsPeers = ({ read }) => read("cmd/emqx-go/main.go")?.includes("PEER_NODES") === true;
var knownBrokers = [
  {
    name: "emqx-go",
    preset: "emqx-go",
    recognise: (checkout) => readsPeers(checkout) ? goBroker(/\/emqx-go$/)(checkout) : void 0,
    lines: ""
  },
  {
    name: "emqx-go",
    recognise: goBroker(/\/emqx-go$/),
    impossible: "this EMQX-Go has its ports compiled in and finds its peers through Kubernetes only, so its nodes cannot share a machine; the fork sourcelliu/emqx-go reads both from the environment",
    lines: ""
  },
  {
    name: "mochi",
    preset: "mochi",
    recognise: goBroker(/^github\.com\/mochi-(mqtt|co)\/(server|mqtt)$/),
    lines: `
      build: go build -o bin/mochi ./cmd
      start: >-
        ./bin/mochi -tcp 127.0.0.1:{{ node.ports.mqtt }} -ws 127.0.0.1:{{ node.ports.ws }} -info 127.0.0.1:{{ node.ports.http }}`
  },
  {
    name: "nats",
    preset: "nats",
    recognise: goBroker(/^github\.com\/nats-io\/nats-server$/),
    lines: `
      needs: [{ program: go, get: "https://go.dev/dl" }]
      build: go build -o bin/nats-server .
      start: ./bin/nats-server -c "{{ node.folder }}/nats.conf"`
  },
  {
    name: "comqtt",
    recognise: goBroker(/^github\.com\/wind-c\/comqtt$/),
    isUntried: true,
    lines: `
      needs: [{ program: go, get: "https://go.dev/dl" }]
      build: go build -o bin/comqtt ./cmd/single
      start: ./bin/comqtt -auth-way=0 -storage-way=0 -tcp 127.0.0.1:{{ node.ports.mqtt }} -ws 127.0.0.1:{{ node.ports.ws }} -http 127.0.0.1:{{ node.ports.http }}
      ports: [mqtt, ws, http]
      grpc: false`
  },
  {
    name: "rumqttd",
    preset: "rumqttd",
    recognise: cargoBroker("rumqttd"),
    lines: `
      build: cargo build --release --locked --bin rumqttd
      start: ./target/release/rumqttd --config "{{ node.folder }}/rumqttd.toml"`
  },
  {
    name: "rmqtt",
    recognise: cargoBroker("rmqttd"),
    isUntried: true,
    lines: `
      needs: [{ program: cargo, get: "https://rustup.rs" }]
      build: cargo build --release --bin rmqttd
      build-within: 30m
      start: ./target/release/rmqttd -f "{{ node.folder }}/rmqtt.toml"
      files:
        rmqtt.toml: |
          node.id = {{ node.index }}
          rpc.server_addr = "127.0.0.1:{{ node.ports.cluster }}"
          listener.tcp.external.addr = "127.0.0.1:{{ node.ports.mqtt }}"
          log.to = "console"
      ports: [mqtt, cluster]`
  },
  {
    name: "aedes",
    preset: "aedes",
    recognise: (checkout) => npmManifest(checkout)?.name === "aedes" ? "package.json" : void 0,
    lines: `
      build: npm install --no-audit --no-fund --omit=dev --no-package-lock
      start: exec "{{ tool.node }}" "{{ node.folder }}/broker.mjs" "$PWD/package.json" {{ node.ports.mqtt }}`
  },
  {
    name: "mosquitto",
    preset: "mosquitto",
    recognise: cmakeBroker("mosquitto", "src/mosquitto.c"),
    lines: `
      needs: [{ program: cmake, get: "apt-get install cmake gcc g++ libcjson-dev libssl-dev" }]
      build: >-
        cmake -S . -B build-chaos -DCMAKE_BUILD_TYPE=Release -DDOCUMENTATION=OFF -DWITH_DOCS=OFF -DWITH_TESTS=OFF -DWITH_CLIENTS=OFF
        -DWITH_APPS=OFF -DWITH_PLUGINS=OFF -DWITH_LIB_CPP=OFF -DWITH_HTTP_API=OFF -DWITH_LTO=OFF &&
        cmake --build build-chaos --target mosquitto --parallel
      start: ./build-chaos/src/mosquitto -c "{{ node.folder }}/mosquitto.conf"`
  },
  {
    name: "flashmq",
    recognise: cmakeBroker("flashmq"),
    isUntried: true,
    lines: `
      needs: [{ program: cmake, get: "apt-get install cmake g++ libssl-dev" }]
      build: cmake -S . -B build-chaos -DCMAKE_BUILD_TYPE=Release && cmake --build build-chaos --target flashmq --parallel
      start: ./build-chaos/flashmq --config-file "{{ node.folder }}/flashmq.conf"
      files:
        flashmq.conf: |
          allow_anonymous true
          storage_dir {{ node.folder }}
          listen {
            protocol mqtt
            inet4_bind_address 127.0.0.1
            port {{ node.ports.mqtt }}
          }
      ports: [mqtt]
      grpc: false`
  },
  {
    name: "nanomq",
    recognise: cmakeBroker("nanomq"),
    isUntried: true,
    lines: `
      needs: [{ program: cmake, get: "apt-get install cmake gcc ninja-build" }]
      build: git submodule update --init --recursive && cmake -S . -B build-chaos && cmake --build build-chaos --target nanomq --parallel
      start: ./build-chaos/nanomq/nanomq start --conf "{{ node.folder }}/nanomq.conf"
      files:
        nanomq.conf: |
          listeners.tcp { bind = "127.0.0.1:{{ node.ports.mqtt }}" }
          log { to = [console], level = info }
      ports: [mqtt]
      grpc: false`
  },
  {
    name: "moquette",
    preset: "moquette",
    recognise: mavenBroker(/^moquette-parent$|^moquette$/),
    isUntried: true,
    lines: `
      build: mvn -q -B -DskipTests -pl broker -am package dependency:copy-dependencies -DoutputDirectory=target/lib
      start: >-
        exec java -Dmoquette.path="{{ node.folder }}" -Dlog4j.configuration=file:"{{ node.folder }}/log4j.properties"
        -cp "$PWD/broker/target/*:$PWD/broker/target/lib/*" io.moquette.broker.Server`
  },
  {
    name: "hivemq-ce",
    recognise: (checkout) => /rootProject\.name\s*=\s*"hivemq-community-edition"/.test(checkout.read("settings.gradle.kts") ?? "") ? "settings.gradle.kts" : void 0,
    isUntried: true,
    lines: `
      needs: [{ program: java, get: "apt-get install openjdk-17-jdk-headless" }]
      build: ./gradlew --quiet packaging && rm -rf build/chaos && mkdir build/chaos && unzip -q build/distributions/hivemq-ce-*.zip -d build/chaos
      start: exec java -Dhivemq.home="{{ node.folder }}" -jar build/chaos/hivemq-ce-*/bin/hivemq.jar
      files:
        conf/config.xml: |
          <hivemq>
            <listeners>
              <tcp-listener><port>{{ node.ports.mqtt }}</port><bind-address>127.0.0.1</bind-address></tcp-listener>
            </listeners>
            <anonymous-usage-statistics><enabled>false</enabled></anonymous-usage-statistics>
          </hivemq>
        extensions/.keep: ""
      ports: [mqtt]
      grpc: false
      ready: { mqtt: true, within: 60s }`
  },
  {
    name: "bifromq",
    recognise: mavenBroker(/^bifromq/),
    isUntried: true,
    lines: `
      needs: [{ program: mvn, get: "apt-get install maven openjdk-17-jdk-headless" }]
      build: mvn -q -B -DskipTests package
      # CHECK: which archive of build/ holds the standalone server, and how it is told its ports.
      start: ./standalone/bin/standalone.sh start -fg
      ports: [mqtt, cluster]`
  },
  {
    name: "vernemq",
    recognise: (checkout) => checkout.read("rebar.config")?.includes("vmq_server") || checkout.has("apps/vmq_server") ? "rebar.config" : void 0,
    isUntried: true,
    lines: `
      needs: [{ program: erl, get: "apt-get install erlang" }]
      build: make rel
      build-within: 30m
      # A release has one configuration: each node gets a copy.
      prepare: cp -r _build/default/rel/vernemq "{{ node.folder }}/vernemq" && cp "{{ node.folder }}/vernemq.conf" "{{ node.folder }}/vernemq/etc/vernemq.conf"
      start: exec "{{ node.folder }}/vernemq/bin/vernemq" console -noshell -noinput
      join: "{% if node.index > 1 %}'{{ node.folder }}/vernemq/bin/vmq-admin' cluster join discovery-node=node1@127.0.0.1{% endif %}"
      files:
        vernemq.conf: |
          accept_eula = yes
          allow_anonymous = on
          nodename = {{ node.name }}@127.0.0.1
          distributed_cookie = chaos
          listener.tcp.default = 127.0.0.1:{{ node.ports.mqtt }}
          listener.vmq.clustering = 127.0.0.1:{{ node.ports.cluster }}
          log.console = console
      ports: [mqtt, cluster]
      links: transparent
      grpc: false
      ready: { mqtt: true, within: 60s }`
  },
  {
    name: "emqx",
    recognise: (checkout) => checkout.has("apps/emqx") && (checkout.has("mix.exs") || checkout.has("rebar.config")) ? "apps/emqx" : void 0,
    isUntried: true,
    lines: `
      needs: [{ program: erl, get: "the Erlang/OTP that its README names" }]
      build: make emqx
      build-within: 60m
      prepare: cp -r _build/emqx/rel/emqx "{{ node.folder }}/emqx"
      start: exec "{{ node.folder }}/emqx/bin/emqx" foreground
      env:
        EMQX_NODE__NAME: "{{ node.name }}@127.0.0.1"
        EMQX_NODE__COOKIE: chaos
        EMQX_LISTENERS__TCP__DEFAULT__BIND: "127.0.0.1:{{ node.ports.mqtt }}"
        EMQX_LISTENERS__SSL__DEFAULT__ENABLE: "false"
        EMQX_LISTENERS__WS__DEFAULT__ENABLE: "false"
        EMQX_LISTENERS__WSS__DEFAULT__ENABLE: "false"
        EMQX_DASHBOARD__LISTENERS__HTTP__BIND: "127.0.0.1:{{ node.ports.dashboard }}"
        EMQX_RPC__PORT_DISCOVERY: manual
        EMQX_RPC__TCP_SERVER_PORT: "{{ node.ports.cluster }}"
        EMQX_CLUSTER__DISCOVERY_STRATEGY: static
        EMQX_CLUSTER__STATIC__SEEDS: "[{% for name in cluster.nodes %}{{ name }}@127.0.0.1{% unless forloop.last %},{% endunless %}{% endfor %}]"
      ports: [mqtt, cluster, dashboard]
      links: transparent
      ready: { mqtt: true, within: 90s }`
  }
];
function knownBroker(checkout) {
  for (const broker of knownBrokers) {
    const evidence = broker.recognise(checkout);
    if (evidence !== void 0) return { broker, evidence };
  }
  return void 0;
}

// src/config/project.ts
var projectFiles = [
  "go.mod",
  "Cargo.toml",
  "mix.exs",
  "rebar.config",
  "package.json",
  "pyproject.toml",
  "pom.xml",
  "build.gradle",
  "CMakeLists.txt"
];
function detectProject(cwd) {
  const checkout = openCheckout(cwd);
  const known = knownBroker(checkout);
  if (known !== void 0) {
    const { broker, evidence } = known;
    return { language: broker.name, evidence, name: broker.name, start: "", guesses: [], known: broker };
  }
  return [
    ...[detectGo, detectRust, detectElixir, detectErlang, detectNode, detectPython],
    ...[detectMaven, detectGradle, detectCMake]
  ].map((detect) => detect(checkout)).find((project) => project !== void 0);
}
function detectGo(checkout) {
  if (!checkout.has("go.mod")) return void 0;
  const name = shellName(goModule(checkout)?.split("/").at(-1), checkout);
  const commands = checkout.folders("cmd").filter((folder) => checkout.has(`cmd/${folder}/main.go`));
  const command = likeliest(commands, name);
  const source = command === void 0 ? checkout.has("cmd/main.go") ? "./cmd" : "." : `./cmd/${command}`;
  return {
    ...{ language: "Go", evidence: "go.mod", name },
    build: `go build -o bin/${name} ${source}`,
    start: `./bin/${name}`,
    guesses: guessOf("command", commands, command)
  };
}
function detectRust(checkout) {
  const packages = cargoPackages(checkout);
  if (!checkout.has("Cargo.toml")) return void 0;
  const binaries = packages.flatMap((one) => cargoBinaries(checkout, one));
  const own = /^\s*name\s*=\s*"([^"]+)"/m.exec(packages[0]?.text ?? "")?.[1];
  const binary = likeliest(binaries, own ?? checkout.folder) ?? own;
  const name = shellName(binary, checkout);
  const locked = checkout.has("Cargo.lock") ? " --locked" : "";
  const isOneOfMany = packages.length > 1 && binary !== void 0;
  return {
    ...{ language: "Rust", evidence: "Cargo.toml", name },
    build: `cargo build --release${locked}${isOneOfMany ? ` --bin ${name}` : ""}`,
    start: `./target/release/${name}`,
    guesses: binaries.length === 0 ? [`no binary is named, so it is taken to be ${name}`] : guessOf("binary", binaries, binary)
  };
}
function detectElixir(checkout) {
  const text = checkout.read("mix.exs");
  if (text === void 0) return void 0;
  const name = shellName(/\bapp:\s*:([a-z0-9_]+)/.exec(text)?.[1], checkout);
  return {
    ...{ language: "Elixir", evidence: "mix.exs", name },
    build: "mix deps.get && MIX_ENV=prod mix release --overwrite",
    start: `./_build/prod/rel/${name}/bin/${name} start`,
    guesses: [`the release is taken to be called ${name}`]
  };
}
function detectErlang(checkout) {
  const text = checkout.read("rebar.config");
  if (text === void 0) return void 0;
  const name = shellName(/\{\s*release\s*,\s*\{\s*'?([a-z0-9_]+)/.exec(text)?.[1], checkout);
  return {
    ...{ language: "Erlang", evidence: "rebar.config", name },
    build: `${checkout.has("rebar3") ? "./rebar3" : "rebar3"} release`,
    start: `./_build/default/rel/${name}/bin/${name} foreground`,
    guesses: [`the release is taken to be called ${name}`]
  };
}
function detectNode(checkout) {
  if (!checkout.has("package.json")) return void 0;
  const manifest = npmManifest(checkout) ?? {};
  const name = shellName(textOf(manifest.name)?.split("/").at(-1), checkout);
  const install = checkout.has("package-lock.json") ? "npm ci" : "npm install";
  const scripts = manifest.scripts;
  const startScript = field(scripts, "start");
  const isOwn = startScript !== void 0 && /^node\s/.test(startScript);
  const file = programOf(manifest);
  return {
    ...{ language: "Node.js", evidence: "package.json", name },
    build: field(scripts, "build") === void 0 ? install : `${install} && npm run build`,
    start: isOwn ? startScript : `node ${file ?? "index.js"}`,
    guesses: isOwn || file !== void 0 ? [] : ["package.json names no program, so it is taken to be index.js"]
  };
}
function programOf({ bin, main }) {
  const first = typeof bin === "object" && bin !== null ? Object.values(bin).map(String)[0] : textOf(bin);
  return first ?? textOf(main);
}
function detectPython(checkout) {
  const text = checkout.read("pyproject.toml");
  if (text === void 0) return void 0;
  const declared = /^\[project\]\s[^[]*?^name\s*=\s*"([^"]+)"/ms.exec(text)?.[1];
  const [, scripts = ""] = /^\[(?:project|tool\.poetry)\.scripts\]\n([^[]*)/m.exec(text) ?? [];
  const programs = [...scripts.matchAll(/^"?([\w.-]+)"?\s*=/gm)].map(([, name2 = ""]) => name2);
  const program = likeliest(programs, declared ?? checkout.folder);
  const name = shellName(program ?? declared, checkout);
  return {
    ...{ language: "Python", evidence: "pyproject.toml", name },
    build: "python3 -m venv build-chaos && build-chaos/bin/pip install --quiet .",
    start: `./build-chaos/bin/${name}`,
    guesses: programs.length === 0 ? [`no program is named, so it is taken to be ${name}`] : guessOf("program", programs, program)
  };
}
function detectMaven(checkout) {
  const artifact = mavenArtifact(checkout);
  if (artifact === void 0) return void 0;
  const name = shellName(artifact, checkout);
  return {
    ...{ language: "Java", evidence: "pom.xml", name },
    build: "mvn -q -B -DskipTests package",
    start: `exec java -jar target/${name}-*.jar`,
    guesses: ["which archive of target/ is the broker, and whether it can be run by itself"]
  };
}
function detectGradle(checkout) {
  const file = ["build.gradle", "build.gradle.kts"].find(checkout.has);
  if (file === void 0) return void 0;
  const settings = checkout.read("settings.gradle") ?? checkout.read("settings.gradle.kts") ?? "";
  const name = shellName(/rootProject\.name\s*=\s*["']([^"']+)/.exec(settings)?.[1], checkout);
  return {
    ...{ language: "Java", evidence: file, name },
    build: `${checkout.has("gradlew") ? "./gradlew" : "gradle"} --quiet installDist`,
    start: `./build/install/${name}/bin/${name}`,
    guesses: ["the project is taken to have the plugin application"]
  };
}
function detectCMake(checkout) {
  const text = checkout.read("CMakeLists.txt");
  if (text === void 0) return void 0;
  const project = cmakeProject(checkout);
  const targets = executables(checkout);
  const target = likeliest(
    targets.map(({ name: name2 }) => name2),
    project ?? checkout.folder
  ) ?? project;
  const name = shellName(target, checkout);
  const folder = targets.find((one) => one.name === target)?.folder ?? "";
  return {
    ...{ language: "C or C++", evidence: "CMakeLists.txt", name },
    build: `cmake -S . -B build-chaos -DCMAKE_BUILD_TYPE=Release && cmake --build build-chaos --target ${name} --parallel`,
    start: `./build-chaos/${folder === "" ? "" : `${folder}/`}${name}`,
    guesses: targets.length === 0 ? [`no program is named, so it is taken to be ${name}`] : guessOf(
      "program",
      targets.map((one) => one.name),
      target
    )
  };
}
function executables({ read, folders }) {
  return ["", ...folders(".")].flatMap((folder) => {
    const text = read(folder === "" ? "CMakeLists.txt" : `${folder}/CMakeLists.txt`) ?? "";
    return [...text.matchAll(/^\s*add_executable\s*\(\s*([\w.-]+)/gim)].map(([, name = ""]) => ({ folder, name }));
  });
}
function likeliest(names, own) {
  return names.find((name) => name === own) ?? names.find((name) => /broker|server|mqttd?$/i.test(name)) ?? names[0];
}
function guessOf(what, all, chosen) {
  const others = [...new Set(all)].filter((name) => name !== chosen);
  return others.length === 0 ? [] : [`the ${what} is taken to be ${chosen}; there are also ${others.slice(0, 8).join(", ")}`];
}
function field(value, key) {
  return typeof value === "object" && value !== null ? textOf(Reflect.get(value, key)) : void 0;
}
function textOf(value) {
  return typeof value === "string" ? value : void 0;
}
function shellName(name, { folder }) {
  const clean = (name ?? folder).replace(/[^A-Za-z0-9._-]/g, "-").replace(/^[-.]+/, "");
  return clean === "" ? "broker" : clean;
}

export {
  projectFiles,
  detectProject
};
