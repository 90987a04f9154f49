// A foreign OPC UA client (npm "node-opcua") that visits a server of ours and tells what it found.
//
//   node visitor.js --url opc.tcp://127.0.0.1:4840/cell --task doors|walk|services|subscribe|renew|crowd|call|stay --pki FOLDER
//                   [--userCertificate FILE --userKey FILE] [--sessions 100] [--seconds 10]
//
// Standard output carries JSON only, one object a line; the last one is {"event":"done"}.
const { parseArgs } = require("util");

console.log = console.info = console.debug = console.warn = (...words) => console.error(...words);

const opcua = require("node-opcua");
const { strangerAt, walk, figures, nameOf } = require("./stranger");

const NAMESPACE = "urn:industriefutur:test:visited";

const { values: options } = parseArgs({
  options: {
    url: { type: "string" }, task: { type: "string" }, pki: { type: "string" }, userCertificate: { type: "string" }, userKey: { type: "string" },
    sessions: { type: "string", default: "100" }, seconds: { type: "string", default: "10" },
  },
});

const say = object => process.stdout.write(JSON.stringify(object) + "\n");
const sleep = seconds => new Promise(done => setTimeout(done, seconds * 1000));

const stranger = strangerAt(options);

async function visit(session, namespaces) {
  const index = namespaces.indexOf(NAMESPACE);
  const called = await session.call({
    objectId: `ns=${index};s=Cell`, methodId: `ns=${index};s=Cell.Add`,
    inputArguments: [2, 3].map(value => ({ dataType: opcua.DataType.Int32, value })),
  });
  const read = await session.read({ nodeId: "i=2259", attributeId: opcua.AttributeIds.Value });
  return { called: nameOf(called.statusCode), sum: called.outputArguments?.[0]?.value, state: read.value.value };
}

const A = opcua.AttributeIds;

async function services() {
  await stranger.withSession("Basic256Sha256", "SignAndEncrypt", async (session, namespaces) => {
    const index = namespaces.indexOf(NAMESPACE);
    const id = name => `ns=${index};s=Cell.${name}`;
    const write = (name, dataType, value, more) => session.write({
      nodeId: id(name), attributeId: A.Value, value: { value: { dataType, value, ...more } },
    });
    const D = opcua.DataType;
    say({ event: "written", statuses: [
      nameOf(await write("Speed", D.Double, 2.5)), nameOf(await write("Speed", D.String, "fast")), nameOf(await write("Fixed", D.String, "new")),
      nameOf(await write("Nowhere", D.Double, 1)),
    ] });
    const speed = await session.read({ nodeId: id("Speed"), attributeId: A.Value }, opcua.TimestampsToReturn.Both);
    const part = await session.read({ nodeId: id("Counts"), attributeId: A.Value, indexRange: new opcua.NumericRange("1:2") });
    say({ event: "read", speed: speed.value.value, hasTimes: !!speed.sourceTimestamp && !!speed.serverTimestamp, part: [...part.value.value] });
    const path = opcua.makeBrowsePath("i=85", `/${index}:Cell/${index}:Speed`);
    const translated = await session.translateBrowsePath(path);
    say({ event: "translated", target: translated.targets[0].targetId.toString() === id("Speed") });
    const definition = await session.getArgumentDefinition(opcua.resolveNodeId(id("Add")));
    say({ event: "declared", inputs: definition.inputArguments.map(argument => argument.name), outputs: definition.outputArguments.map(argument => argument.name) });
    const missing = await session.call({ objectId: `ns=${index};s=Cell`, methodId: id("Add"), inputArguments: [] });
    const registered = await session.registerNodes([id("Speed")]);
    say({ event: "called", missing: nameOf(missing.statusCode), registered: registered.length });
    const history = await session.historyRead(new opcua.HistoryReadRequest({
      historyReadDetails: new opcua.ReadRawModifiedDetails({ startTime: new Date(0), endTime: new Date(), numValuesPerNode: 1 }),
      nodesToRead: [{ nodeId: id("Speed") }], timestampsToReturn: opcua.TimestampsToReturn.Both,
    }));
    say({ event: "history", status: nameOf(history.results[0].statusCode) });
  });
}

/** Writes a value twenty times and is told of each, in order; and of the server's clock, by sampling. */
async function subscribe() {
  await stranger.withSession("Aes128_Sha256_RsaOaep", "SignAndEncrypt", async (session, namespaces) => {
    const index = namespaces.indexOf(NAMESPACE);
    const subscription = await session.createSubscription2({
      requestedPublishingInterval: 50, requestedMaxKeepAliveCount: 20, requestedLifetimeCount: 1000, maxNotificationsPerPublish: 0, publishingEnabled: true, priority: 1,
    });
    const [speeds, times] = [[], []];
    const monitor = async (nodeId, samplingInterval, seen) => {
      const item = await subscription.monitor({ nodeId, attributeId: A.Value }, { samplingInterval, queueSize: 100, discardOldest: true }, opcua.TimestampsToReturn.Both);
      item.on("changed", value => seen.push(value.value.value));
      return item;
    };
    const speed = await monitor(`ns=${index};s=Cell.Speed`, 0, speeds);
    await monitor("i=2258", 50, times);
    for (let value = 1; value <= 20; value++) {
      await session.write({ nodeId: `ns=${index};s=Cell.Speed`, attributeId: A.Value, value: { value: { dataType: opcua.DataType.Double, value } } });
    }
    for (let i = 0; i < 200 && (speeds.at(-1) !== 20 || times.length < 5); i++) { await sleep(0.05); }
    await speed.terminate();
    say({ event: "subscribed", speeds: speeds.slice(-20), interval: subscription.publishingInterval, hasTimes: times.length >= 5 });
    await subscription.terminate();
  });
}

async function renew() {
  await stranger.withSession("Aes256_Sha256_RsaPss", "SignAndEncrypt", async (session, _namespaces, client) => {
    let [renewals, reads, bad] = [0, 0, 0];
    client.on("security_token_renewed", () => { renewals++; });
    const end = Date.now() + Number(options.seconds) * 1000;
    while (Date.now() < end) {
      const value = await session.read({ nodeId: "i=2258", attributeId: A.Value });
      reads++;
      if (!value.statusCode.isGood()) { bad++; }
      await sleep(0.02);
    }
    say({ event: "renewed", renewals, reads, bad });
  }, undefined, { defaultSecureTokenLifetime: 2000 });
}

async function crowd() {
  const client = await stranger.connect("None", "None");
  const sessions = [];
  for (let i = 0; i < Number(options.sessions); i++) { sessions.push(await client.createSession()); }
  const refused = await client.createSession().then(() => "none", failure => failure.message);
  const alive = await sessions[0].read({ nodeId: "i=2277", attributeId: A.Value });
  await sessions.pop().close();
  const again = await client.createSession();
  say({ event: "crowded", refused, sessions: alive.value.value, again: again.sessionId.toString() });
  for (const session of [...sessions, again]) { await session.close(); }
  await client.disconnect();
}

/** Three short calls, each with a connection of its own: how long the quickest took. */
async function call() {
  const found = { event: "called", millis: Infinity, references: 0, state: -1 };
  for (let i = 0; i < 3; i++) {
    const started = performance.now();
    await stranger.withSession("Basic256Sha256", "SignAndEncrypt", async session => {
      const [objects, server] = await session.browse(["i=85", "i=2253"]);
      found.references = objects.references.length + server.references.length;
      found.state = (await session.read({ nodeId: "i=2259", attributeId: A.Value })).value.value;
    });
    found.millis = Math.min(found.millis, performance.now() - started);
  }
  say(found);
}

/** Stays and reads ten times a second until it is told to leave; says what went wrong meanwhile. */
async function stay() {
  const [client, lost] = [await stranger.connect("Basic256Sha256", "SignAndEncrypt"), []];
  const session = await client.createSession();
  for (const event of ["connection_lost", "abort", "close"]) { client.on(event, () => lost.push(event)); }
  session.on("session_closed", () => lost.push("session_closed"));
  let [reads, bad, leaves] = [0, 0, false];
  process.stdin.once("data", () => { leaves = true; });
  say({ event: "stays" });
  while (!leaves) {
    const status = await session.read({ nodeId: "i=2258", attributeId: A.Value }).then(value => nameOf(value.statusCode), failure => failure.message);
    reads++;
    if (status !== "Good") { bad++; lost.push(status); }
    await sleep(0.1);
  }
  say({ event: "leave", reads, bad, lost: lost.slice(0, 10) });
  await session.close();
  await client.disconnect();
}

async function main() {
  await stranger.initialize();
  const doors = () => stranger.tryDoors(visit, say);
  const walkAround = () => stranger.withSession("None", "None", async session => say({ event: "walked", ...figures(await walk(session)) }));
  await { doors, walk: walkAround, services, subscribe, renew, crowd, call, stay }[options.task]();
  say({ event: "done" });
}

main().then(() => process.exit(0), failure => { console.error(failure); process.exit(1); });
