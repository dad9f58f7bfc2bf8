import { type Checkout, cargoPackages, cmakeProject, goModule, mavenArtifact, npmManifest } from './checkout.ts';

/** A broker whose repository `init` recognises. */
export type KnownBroker = {
  readonly name: string;
  /** The preset that has the rest. */
  readonly preset?: string;
  /** What of the checkout gives it away; undefined where it is another project. Pure but for reading. */
  recognise(checkout: Checkout): string | undefined;
  /** Lines below `broker:` of its chaos.yml: how it is built and started from this checkout. */
  readonly lines: string;
  /** Why its nodes cannot run beside one another on one machine, where they cannot. */
  readonly impossible?: string;
  /** Written from the documentation of the broker: nobody has booted it so. */
  readonly isUntried?: true;
};

const goBroker = (path: RegExp) => (checkout: Checkout) => {
  const module = goModule(checkout);
  return module !== undefined && path.test(module) ? 'go.mod' : undefined;
};
const cmakeBroker =
  (name: string, ...files: readonly string[]) =>
  (checkout: Checkout) =>
    cmakeProject(checkout) === name && files.every((file) => checkout.has(file)) ? 'CMakeLists.txt' : undefined;
const mavenBroker = (name: RegExp) => (checkout: Checkout) =>
  name.test(mavenArtifact(checkout) ?? '') ? 'pom.xml' : undefined;
const cargoBroker = (name: string) => (checkout: Checkout) =>
  cargoPackages(checkout).some(({ text }) => new RegExp(`^name\\s*=\\s*"${name}"`, 'm').test(text))
    ? 'Cargo.toml'
    : undefined;

/** The fork of EMQX-Go does, and upstream does not. */
const readsPeers = ({ read }: Checkout): boolean => read('cmd/emqx-go/main.go')?.includes('PEER_NODES') === true;

/** In the order in which they are tried. */
export const knownBrokers: readonly KnownBroker[] = [
  {
    name: 'emqx-go',
    preset: 'emqx-go',
    recognise: (checkout) => (readsPeers(checkout) ? goBroker(/\/emqx-go$/)(checkout) : undefined),
    lines: '',
  },
  {
    name: 'emqx-go',
    recognise: goBroker(/\/emqx-go$/),
    impossible:
      'this EMQX-Go has its ports compiled in and finds its peers through Kubernetes only, so its nodes cannot share a machine; the fork sourcelliu/emqx-go reads both from the environment',
    lines: '',
  },
  {
    name: 'mochi',
    preset: 'mochi',
    recognise: goBroker(/^github\.com\/mochi-(mqtt|co)\/(server|mqtt)$/),
    lines: `
      build: go build -o bin/mochi ./cmd
      start: >-
        ./bin/mochi -tcp 127.0.0.1:{{ node.ports.mqtt }} -ws 127.0.0.1:{{ node.ports.ws }} -info 127.0.0.1:{{ node.ports.http }}`,
  },
  {
    name: 'nats',
    preset: 'nats',
    recognise: goBroker(/^github\.com\/nats-io\/nats-server$/),
    lines: `
      needs: [{ program: go, get: "https://go.dev/dl" }]
      build: go build -o bin/nats-server .
      start: ./bin/nats-server -c "{{ node.folder }}/nats.conf"`,
  },
  {
    name: 'comqtt',
    recognise: goBroker(/^github\.com\/wind-c\/comqtt$/),
    isUntried: true,
    lines: `
      needs: [{ program: go, get: "https://go.dev/dl" }]
      build: go build -o bin/comqtt ./cmd/single
      start: ./bin/comqtt -auth-way=0 -storage-way=0 -tcp 127.0.0.1:{{ node.ports.mqtt }} -ws 127.0.0.1:{{ node.ports.ws }} -http 127.0.0.1:{{ node.ports.http }}
      ports: [mqtt, ws, http]
      grpc: false`,
  },
  {
    name: 'rumqttd',
    preset: 'rumqttd',
    recognise: cargoBroker('rumqttd'),
    lines: `
      build: cargo build --release --locked --bin rumqttd
      start: ./target/release/rumqttd --config "{{ node.folder }}/rumqttd.toml"`,
  },
  {
    name: 'rmqtt',
    recognise: cargoBroker('rmqttd'),
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
      ports: [mqtt, cluster]`,
  },
  {
    name: 'aedes',
    preset: 'aedes',
    recognise: (checkout) => (npmManifest(checkout)?.name === 'aedes' ? 'package.json' : undefined),
    lines: `
      build: npm install --no-audit --no-fund --omit=dev --no-package-lock
      start: exec "{{ tool.node }}" "{{ node.folder }}/broker.mjs" "$PWD/package.json" {{ node.ports.mqtt }}`,
  },
  {
    name: 'mosquitto',
    preset: 'mosquitto',
    recognise: cmakeBroker('mosquitto', 'src/mosquitto.c'),
    lines: `
      needs: [{ program: cmake, get: "apt-get install cmake gcc g++ libcjson-dev libssl-dev" }]
      build: >-
        cmake -S . -B build-chaos -DCMAKE_BUILD_TYPE=Release -DDOCUMENTATION=OFF -DWITH_DOCS=OFF -DWITH_TESTS=OFF -DWITH_CLIENTS=OFF
        -DWITH_APPS=OFF -DWITH_PLUGINS=OFF -DWITH_LIB_CPP=OFF -DWITH_HTTP_API=OFF -DWITH_LTO=OFF &&
        cmake --build build-chaos --target mosquitto --parallel
      start: ./build-chaos/src/mosquitto -c "{{ node.folder }}/mosquitto.conf"`,
  },
  {
    name: 'flashmq',
    recognise: cmakeBroker('flashmq'),
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
      grpc: false`,
  },
  {
    name: 'nanomq',
    recognise: cmakeBroker('nanomq'),
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
      grpc: false`,
  },
  {
    name: 'moquette',
    preset: 'moquette',
    recognise: mavenBroker(/^moquette-parent$|^moquette$/),
    isUntried: true,
    lines: `
      build: mvn -q -B -DskipTests -pl broker -am package dependency:copy-dependencies -DoutputDirectory=target/lib
      start: >-
        exec java -Dmoquette.path="{{ node.folder }}" -Dlog4j.configuration=file:"{{ node.folder }}/log4j.properties"
        -cp "$PWD/broker/target/*:$PWD/broker/target/lib/*" io.moquette.broker.Server`,
  },
  {
    name: 'hivemq-ce',
    recognise: (checkout) =>
      /rootProject\.name\s*=\s*"hivemq-community-edition"/.test(checkout.read('settings.gradle.kts') ?? '')
        ? 'settings.gradle.kts'
        : undefined,
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
      ready: { mqtt: true, within: 60s }`,
  },
  {
    name: 'bifromq',
    recognise: mavenBroker(/^bifromq/),
    isUntried: true,
    lines: `
      needs: [{ program: mvn, get: "apt-get install maven openjdk-17-jdk-headless" }]
      build: mvn -q -B -DskipTests package
      # CHECK: which archive of build/ holds the standalone server, and how it is told its ports.
      start: ./standalone/bin/standalone.sh start -fg
      ports: [mqtt, cluster]`,
  },
  {
    name: 'vernemq',
    recognise: (checkout) =>
      checkout.read('rebar.config')?.includes('vmq_server') || checkout.has('apps/vmq_server')
        ? 'rebar.config'
        : undefined,
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
      ready: { mqtt: true, within: 60s }`,
  },
  {
    name: 'emqx',
    recognise: (checkout) =>
      checkout.has('apps/emqx') && (checkout.has('mix.exs') || checkout.has('rebar.config')) ? 'apps/emqx' : undefined,
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
      ready: { mqtt: true, within: 90s }`,
  },
];

/** The broker whose repository this is. */
export function knownBroker(
  checkout: Checkout,
): { readonly broker: KnownBroker; readonly evidence: string } | undefined {
  for (const broker of knownBrokers) {
    const evidence = broker.recognise(checkout);
    if (evidence !== undefined) return { broker, evidence };
  }
  return undefined;
}
