// The client that ours is measured beside: node-opcua's, as its users write it. It connects, subscribes, and does what each line on
// its standard input says; its answers begin with "=".
//   node OpcUaForeignClient.js URL PUBLISHING_MS SAMPLING_MS ITEMS
"use strict";
// The stack writes its warnings wherever it likes; standard output is ours.
console.log = console.info = console.debug = console.warn = (...words) => console.error(...words);
const readline = require("readline");
const { OPCUAClient, AttributeIds, TimestampsToReturn, MessageSecurityMode, SecurityPolicy } = require("node-opcua");

const [url, publishingMs, samplingMs, items] = [process.argv[2], ...process.argv.slice(3).map(Number)];
const namespace = "urn:industriefutur:test:signals";
const firstId = 1000;
const itemsPerCall = 400; // the server's maxMonitoredItemsPerCall
const answer = (text) => process.stdout.write(`=${text}\n`);
let values = 0;
let groups = [];

async function start(session, subscription) {
  const index = (await session.readNamespaceArray()).indexOf(namespace);
  for (let first = 0; first < items; first += itemsPerCall) {
    const nodes = [];
    for (let item = first; item < Math.min(items, first + itemsPerCall); item++) {
      nodes.push({ nodeId: `ns=${index};i=${firstId + item}`, attributeId: AttributeIds.Value });
    }
    const parameters = { samplingInterval: samplingMs, discardOldest: true, queueSize: 1 };
    const group = await subscription.monitorItems(nodes, parameters, TimestampsToReturn.Source);
    group.on("changed", () => { values++; });
    groups.push(group);
  }
}

async function stop() {
  for (const group of groups) await group.terminate();
  groups = [];
}

async function main() {
  const client = OPCUAClient.create({
    endpointMustExist: false,
    securityMode: MessageSecurityMode.None,
    securityPolicy: SecurityPolicy.None,
    connectionStrategy: { maxRetry: 1 },
    requestedSessionTimeout: 600000,
  });
  await client.connect(url);
  const session = await client.createSession();
  const subscription = await session.createSubscription2({
    requestedPublishingInterval: publishingMs,
    requestedLifetimeCount: 1000,
    requestedMaxKeepAliveCount: 20,
    maxNotificationsPerPublish: 0,
    publishingEnabled: true,
    priority: 0,
  });
  answer("ready");
  for await (const line of readline.createInterface({ input: process.stdin })) {
    if (line === "count") answer(values);
    else if (line === "start") { await start(session, subscription); answer("started"); }
    else if (line === "stop") { await stop(); answer("stopped"); }
  }
  await session.close(true);
  await client.disconnect();
  process.exit(0);
}

main().catch((error) => { console.error(error); process.exit(1); });
