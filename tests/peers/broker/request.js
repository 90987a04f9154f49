// The MQTT client of npm: publishes one request of MQTT 5 and prints the answer that comes on its response topic.
//   request.js URL USER PASSWORD TOPIC RESPONSE_TOPIC BODY
// Ends 0 when an answer with its correlation came, 1 when it was refused, 3 after ten seconds.
'use strict';
const mqtt = require('mqtt');

const [url, username, password, topic, responseTopic, body] = process.argv.slice(2);
const correlationData = Buffer.from('npm-1');

const client = mqtt.connect(url, { username, password, protocolVersion: 5, reconnectPeriod: 0 });
client.on('error', (error) => { console.error(error.message); process.exit(1); });
client.on('connect', () => client.subscribe(responseTopic, { qos: 1 }, (error) => {
    if (error) { console.error(error.message); process.exit(1); }
    client.publish(topic, body, { qos: 1, properties: { messageExpiryInterval: 5, responseTopic, correlationData } }, (refusal) => {
        if (refusal) { console.error(refusal.message); process.exit(1); }
    });
}));
client.on('message', (from, answer, packet) => {
    const same = packet.properties?.correlationData?.equals(correlationData) ?? false;
    console.log(`${from} ${same ? 'correlated' : 'uncorrelated'} ${answer}`);
    client.end(false, () => process.exit(same ? 0 : 1));
});
setTimeout(() => { console.error('no answer'); process.exit(3); }, 10000).unref();
