// A foreign OPC UA server (npm "node-opcua") for the tests: every policy and mode, every kind of user, signals that count, and, unless
// it is to be lean, a robot arm by the Robotics companion specification.
//
//   node server.js --port 48400 --pki FOLDER [--lean] [--signals 1000] [--period 500] [--start 0] [--strict]
//
// Standard output carries JSON only, one object a line: {"event":"ready",...} first, then an answer to each line of standard input
// (see control.js). Certificates are made in the folder once and used again, because a new key costs a second.
const path = require("path");
const { parseArgs } = require("util");

// The stack writes its warnings wherever it likes; standard output is ours.
console.log = console.info = console.debug = console.warn = (...words) => console.error(...words);

const opcua = require("node-opcua");
const { Signals } = require("./signals.js");
const { addArm } = require("./arm.js");
const { addCell } = require("./cell.js");
const { SessionCounts } = require("./sessions.js");
const { serve } = require("./control.js");

const started = Date.now();
const { values: options } = parseArgs({
  options: {
    port: { type: "string" },
    pki: { type: "string" },
    lean: { type: "boolean", default: false },      // without companion specifications
    bare: { type: "boolean", default: false },      // the least that a server must have, and the signals: starts twice as fast
    strict: { type: "boolean", default: false },    // refuse clients whose certificate is not in trusted/certs
    signals: { type: "string", default: "100" },
    period: { type: "string", default: "0" },       // ms between two counts; 0: counts only when told
    start: { type: "string", default: "0" },        // where the counting begins, so that two lives of a server can be told apart
    host: { type: "string", default: "127.0.0.1" },
  },
});

const say = object => process.stdout.write(JSON.stringify(object) + "\n");

async function certificates(name, folder, acceptAll) {
  const manager = new opcua.OPCUACertificateManager({ name, rootFolder: folder, automaticallyAcceptUnknownCertificate: acceptAll });
  await manager.initialize();
  return manager;
}

// The IP address belongs into the certificate, or a client that checks hosts refuses 127.0.0.1.
async function ownCertificate(manager, applicationUri) {
  const file = path.join(manager.rootDir, "own/certs/peer.pem");
  if (!require("fs").existsSync(file)) {
    await manager.createSelfSignedCertificate({
      applicationUri, subject: "/CN=IndustrieFutur foreign OPC UA server", dns: ["localhost", require("os").hostname()], ip: ["127.0.0.1"],
      startDate: new Date(Date.now() - 24 * 3600 * 1000), validity: 365 * 10, outputFile: file,
    });
  }
  return file;
}

const isKnown = (user, password) => (user === "operator" && password === "secret") || (user === "admin" && password === "admin123");

function roles(user) {
  const known = [opcua.WellKnownRoles.AuthenticatedUser, user === "admin" ? opcua.WellKnownRoles.ConfigureAdmin : opcua.WellKnownRoles.Operator];
  return opcua.makeRoles(known);
}

async function build() {
  const applicationUri = "urn:industriefutur:test:foreign-server";
  const serverCertificates = await certificates("server", path.join(options.pki, "server"), !options.strict);
  const certificateFile = await ownCertificate(serverCertificates, applicationUri);
  const { standard, di, ia, machinery, robotics } = opcua.nodesets;
  const server = new opcua.OPCUAServer({
    port: Number(options.port), hostname: options.host, host: options.host, resourcePath: "/UA/Cell", disableDiscovery: true,
    serverInfo: { applicationUri, productUri: "urn:industriefutur:test", applicationName: { text: "Foreign server" } },
    certificateFile, privateKeyFile: serverCertificates.privateKey,
    serverCertificateManager: serverCertificates,
    userCertificateManager: await certificates("users", path.join(options.pki, "users"), true),
    userManager: { isValidUser: isKnown, getUserRoles: roles },
    allowAnonymous: true,
    securityModes: [opcua.MessageSecurityMode.None, opcua.MessageSecurityMode.Sign, opcua.MessageSecurityMode.SignAndEncrypt],
    securityPolicies: [
      opcua.SecurityPolicy.None, opcua.SecurityPolicy.Basic256Sha256,
      opcua.SecurityPolicy.Aes128_Sha256_RsaOaep, opcua.SecurityPolicy.Aes256_Sha256_RsaPss,
    ],
    nodeset_filename: options.bare ? [opcua.get_mini_nodeset_filename()]
      : [...(options.lean ? [standard] : [standard, di, ia, machinery, robotics]), path.join(__dirname, "cell.nodeset.xml")],
    maxConnectionsPerEndpoint: 200,
    serverCapabilities: {
      maxSessions: 50, maxSubscriptionsPerSession: 50, maxSubscriptions: 500,
      maxMonitoredItems: 200000, maxMonitoredItemsPerSubscription: 200000, maxMonitoredItemsQueueSize: 10000,
      minSupportedSampleRate: 0,   // otherwise values are polled and changes between two polls are lost
      operationLimits: {
        maxNodesPerRead: 500, maxNodesPerWrite: 200, maxNodesPerBrowse: 100, maxNodesPerMethodCall: 10, maxNodesPerRegisterNodes: 500,
        maxNodesPerTranslateBrowsePathsToNodeIds: 100, maxMonitoredItemsPerCall: 400, maxNodesPerHistoryReadData: 10,
      },
    },
  });
  await server.initialize();
  return { server, certificateFile };
}

async function main() {
  if (!options.port || !options.pki) { throw new Error("say --port and --pki"); }
  const { server, certificateFile } = await build();
  const space = server.engine.addressSpace;
  const own = space.registerNamespace("urn:industriefutur:test:signals");
  const signals = new Signals(own, Number(options.signals), Number(options.start));
  const cell = options.bare ? {} : addCell(space, own);
  const arm = options.bare || options.lean ? null : addArm(space);
  if (arm) { signals.onStep(count => arm.move(count)); }
  const sessions = new SessionCounts(server);
  await server.start();

  serve({ server, signals, cell, sessions, say });
  signals.run(Number(options.period));
  say({
    event: "ready", pid: process.pid, endpoint: `opc.tcp://${options.host}:${options.port}/UA/Cell`, certificate: path.resolve(certificateFile),
    namespace: own.namespaceUri, signals: signals.length, start: Number(options.start), axes: arm ? arm.axes : 0, startupMillis: Date.now() - started,
  });
}

main().catch(failure => { console.error(failure); process.exit(1); });
