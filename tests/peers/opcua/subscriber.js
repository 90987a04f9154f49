// A foreign OPC UA client (npm "node-opcua") that tries what a server of ours does with subscriptions, word by word.
//
//   node subscriber.js --url opc.tcp://127.0.0.1:48400/cell --counter "ns=1;s=Cell.Counter" --many 10000
//
// One JSON object on standard output for each line of standard input, named after its word; "ready" first.
const { parseArgs } = require("util");
const readline = require("readline");

console.log = console.info = console.debug = console.warn = (...words) => console.error(...words);

const opcua = require("node-opcua");

const { values: options } = parseArgs({ options: { url: { type: "string" }, counter: { type: "string" }, many: { type: "string", default: "0" } } });

const say = object => process.stdout.write(JSON.stringify(object) + "\n");
const sleep = millis => new Promise(done => setTimeout(done, millis));
const until = async condition => { for (let i = 0; !condition() && i < 2000; i++) { await sleep(10); } return condition(); };

const low = dataValue => dataValue.value.value[1];   // of an Int64, which is here a pair of its halves

const state = { values: [], deadband: [], events: [], moved: [], ended: [] };

function newClient() {
  return opcua.OPCUAClient.create({
    securityMode: opcua.MessageSecurityMode.None, securityPolicy: opcua.SecurityPolicy.None,
    endpointMustExist: false, connectionStrategy: { maxRetry: 1 }, requestedSessionTimeout: 120_000,
  });
}

async function openSession() {
  const client = newClient();
  await client.connect(options.url);
  return { client, session: await client.createSession() };
}

async function newSubscription(session) {
  return session.createSubscription2({
    requestedPublishingInterval: 50, requestedMaxKeepAliveCount: 10, requestedLifetimeCount: 100,
    maxNotificationsPerPublish: 0, publishingEnabled: true, priority: 1,
  });
}

async function start() {
  const { client, session } = await openSession();
  const subscription = await newSubscription(session);
  subscription.on("status_changed", status => state.ended.push(status.name));
  const item = { nodeId: options.counter, attributeId: opcua.AttributeIds.Value };
  const each = await subscription.monitor(item, { samplingInterval: 0, queueSize: 500, discardOldest: true }, opcua.TimestampsToReturn.Both);
  each.on("changed", dataValue => state.values.push(low(dataValue)));
  const filter = new opcua.DataChangeFilter({ trigger: opcua.DataChangeTrigger.StatusValue, deadbandType: opcua.DeadbandType.Absolute, deadbandValue: 9 });
  const coarse = await subscription.monitor(item, { samplingInterval: 0, queueSize: 500, discardOldest: true, filter }, opcua.TimestampsToReturn.Both);
  coarse.on("changed", dataValue => state.deadband.push(low(dataValue)));
  const eventFilter = opcua.constructEventFilter(["EventId", "SourceName", "Message", "Severity"], opcua.ofType("SystemEventType"));
  const events = await subscription.monitor(
    { nodeId: "i=2253", attributeId: opcua.AttributeIds.EventNotifier },
    { samplingInterval: 0, queueSize: 100, discardOldest: true, filter: eventFilter }, opcua.TimestampsToReturn.Both);
  events.on("changed", fields => state.events.push([fields[1].value, fields[2].value.text, fields[3].value]));
  return { client, session, subscription, each };
}

function words(main) {
  let alarms;
  return {
    values: async count => ({ complete: await until(() => state.values.length >= Number(count)), values: state.values, deadband: state.deadband }),
    events: async count => ({ complete: await until(() => state.events.length >= Number(count)), events: state.events }),
    items: async () => {
      const told = await main.session.getMonitoredItems(main.subscription.subscriptionId);
      return { server: [...told.serverHandles], client: [...told.clientHandles] };
    },
    mode: async name => ({ status: String(await main.each.setMonitoringMode(opcua.MonitoringMode[name])) }),
    modify: async () => {
      const result = await main.each.modify({ samplingInterval: 200, queueSize: 7, discardOldest: true });
      return { status: result.statusCode.name, sampling: result.revisedSamplingInterval, queue: result.revisedQueueSize };
    },
    alarms: async () => {
      alarms = await opcua.installAlarmMonitoring(main.session);
      await until(() => alarms.length > 0);
      return { alarms: alarms.alarms().map(alarm => alarm.fields).map(fields => ({
        name: fields.conditionName.value, severity: fields.severity.value, message: fields.message.value.text,
        active: fields.activeState.id.value, acked: fields.ackedState.id.value, retain: fields.retain.value })) };
    },
    acknowledge: async () => {
      const alarm = alarms.alarms()[0];
      const status = await main.session.acknowledgeCondition(alarm.conditionId, alarm.eventId, "seen by a stranger");
      await until(() => alarms.alarms().some(one => one.fields.ackedState.id.value));
      return { status: status.name, acked: alarms.alarms()[0]?.fields.ackedState.id.value, comment: alarms.alarms()[0]?.fields.comment.value.text };
    },
    transfer: async () => {
      const other = await openSession();
      const ids = [main.subscription.subscriptionId];
      const answer = await other.session.transferSubscriptions({ subscriptionIds: ids, sendInitialValues: true });
      const own = await other.session.transferSubscriptions({ subscriptionIds: ids, sendInitialValues: true });
      await until(() => state.ended.length > 0);
      await other.session.close(true);
      await other.client.disconnect();
      return { status: answer.results[0].statusCode.name, again: own.results[0].statusCode.name, ended: state.ended };
    },
    many: async () => {
      const subscription = await newSubscription(main.session);
      const seen = new Set();
      let values = 0;
      for (let from = 0; from < Number(options.many); from += 1000) {
        const nodes = Array.from({ length: 1000 }, (_, i) => ({ nodeId: `ns=1;s=Many.${from + i}`, attributeId: opcua.AttributeIds.Value }));
        const group = await subscription.monitorItems(nodes, { samplingInterval: 100, queueSize: 1, discardOldest: true }, opcua.TimestampsToReturn.Source);
        group.on("changed", (_item, _value, index) => { seen.add(from + index); values++; });
      }
      const complete = await until(() => seen.size >= Number(options.many) && values >= 3 * Number(options.many));
      await subscription.terminate();
      return { complete, seen: seen.size };
    },
    stop: async () => { await main.session.close(true); await main.client.disconnect(); return {}; },
  };
}

async function main() {
  const known = words(await start());
  say({ event: "ready" });
  for await (const line of readline.createInterface({ input: process.stdin })) {
    const [word, ...rest] = line.trim().split(/\s+/);
    try {
      say({ event: word, ...await known[word](...rest) });
    } catch (failure) {
      say({ event: "error", word, message: failure.message });
    }
    if (word === "stop") { break; }
  }
}

main().then(() => process.exit(0), failure => { console.error(failure); process.exit(1); });
