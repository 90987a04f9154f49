// A foreign OPC UA client (npm "node-opcua") that subscribes to server.js's signals and tells what each value cost it.
//
//   node client.js --url opc.tcp://127.0.0.1:48400/UA/Cell [--items 10000] [--publishing 500] [--sampling 0] [--queue 10] [--warmup 3] [--seconds 10]
//                  [--policy Basic256Sha256] [--mode SignAndEncrypt] [--user operator --password secret] [--check]
//
// Standard output carries JSON only: {"event":"ready"} when all items are created, {"event":"result",...} at the end. With --items 0 it
// keeps a session and a subscription without items: the idle cost. --check also counts values that are not their predecessor plus one.
const { parseArgs } = require("util");

console.log = console.info = console.debug = console.warn = (...words) => console.error(...words);

const opcua = require("node-opcua");

const NAMESPACE = "urn:industriefutur:test:signals";
const FIRST_ID = 1000;
const BATCH = 400;   // the server's maxMonitoredItemsPerCall

const { values: options } = parseArgs({
  options: {
    url: { type: "string" }, items: { type: "string", default: "1000" }, publishing: { type: "string", default: "500" },
    sampling: { type: "string", default: "0" }, queue: { type: "string", default: "10" }, warmup: { type: "string", default: "3" },
    seconds: { type: "string", default: "10" }, policy: { type: "string", default: "None" }, mode: { type: "string", default: "None" },
    user: { type: "string" }, password: { type: "string" }, check: { type: "boolean", default: false },
  },
});

const say = object => process.stdout.write(JSON.stringify(object) + "\n");
const sleep = seconds => new Promise(done => setTimeout(done, seconds * 1000));

const seen = { values: 0, outOfOrder: 0, last: new Map() };

function check(index, dataValue) {
  const value = dataValue.value.value;
  if (seen.last.has(index) && seen.last.get(index) + 1 !== value) { seen.outOfOrder++; }
  seen.last.set(index, value);
}

async function subscribe(session) {
  const namespaces = await session.readNamespaceArray();
  const subscription = await session.createSubscription2({
    requestedPublishingInterval: Number(options.publishing), requestedMaxKeepAliveCount: 20, requestedLifetimeCount: 1000,
    maxNotificationsPerPublish: 0, publishingEnabled: true, priority: 1,
  });
  const items = Number(options.items);
  for (let from = 0; from < items; from += BATCH) {
    const nodes = Array.from({ length: Math.min(BATCH, items - from) }, (_, i) => ({
      nodeId: `ns=${namespaces.indexOf(NAMESPACE)};i=${FIRST_ID + from + i}`, attributeId: opcua.AttributeIds.Value,
    }));
    const group = await subscription.monitorItems(
      nodes, { samplingInterval: Number(options.sampling), discardOldest: true, queueSize: Number(options.queue) }, opcua.TimestampsToReturn.Source);
    group.on("changed", options.check
      ? (_item, dataValue, index) => { seen.values++; check(from + index, dataValue); }
      : () => { seen.values++; });
  }
}

async function measure() {
  await sleep(Number(options.warmup));
  seen.values = 0;
  const [before, begin] = [process.cpuUsage(), process.hrtime.bigint()];
  await sleep(Number(options.seconds));
  const [used, nanos] = [process.cpuUsage(before), Number(process.hrtime.bigint() - begin)];
  const cpuMicros = used.user + used.system;
  return {
    event: "result", values: seen.values, seconds: nanos / 1e9, cpuMicros, microsPerValue: seen.values > 0 ? cpuMicros / seen.values : null,
    ...(options.check ? { outOfOrder: seen.outOfOrder } : {}), rssBytes: process.memoryUsage().rss,
  };
}

async function main() {
  const client = opcua.OPCUAClient.create({
    securityMode: opcua.MessageSecurityMode[options.mode], securityPolicy: opcua.SecurityPolicy[options.policy],
    endpointMustExist: false, connectionStrategy: { maxRetry: 1 }, requestedSessionTimeout: 120_000, transportTimeout: 60_000,
  });
  await client.connect(options.url);
  const identity = options.user ? { type: opcua.UserTokenType.UserName, userName: options.user, password: options.password ?? "" } : undefined;
  const session = await client.createSession(identity);
  await subscribe(session);
  say({ event: "ready", items: Number(options.items) });
  say(await measure());
  await session.close();
  await client.disconnect();
}

main().then(() => process.exit(0), failure => { console.error(failure); process.exit(1); });
