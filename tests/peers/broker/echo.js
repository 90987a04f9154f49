// The MQTT client of npm: connects, subscribes one topic, publishes to it at QoS 1 and prints what comes back.
//   echo.js URL USER PASSWORD TOPIC [--version 4|5] [--ca FILE] [--size BYTES]
// Ends 0 when the message came back, 1 when it was refused, 3 after ten seconds.
'use strict';
const fs = require('fs');
const mqtt = require('mqtt');

const [url, username, password, topic, ...more] = process.argv.slice(2);
const option = (name) => more.includes(name) ? more[more.indexOf(name) + 1] : undefined;
const size = option('--size');
const message = size ? Buffer.alloc(Number(size), 0x61) : Buffer.from('hello');

const client = mqtt.connect(url, {
    username,
    password,
    protocolVersion: Number(option('--version') ?? 5),
    ca: option('--ca') ? fs.readFileSync(option('--ca')) : undefined,
    reconnectPeriod: 0,
});
client.on('error', (error) => { console.error(error.message); process.exit(1); });
client.on('connect', () => client.subscribe(topic, { qos: 1 }, (error) => {
    if (error) { console.error(error.message); process.exit(1); }
    client.publish(topic, message, { qos: 1 });
}));
client.on('message', (from, body) => {
    const whole = body.equals(message);
    console.log(`${from} ${!whole ? 'damaged' : size ? `${body.length} bytes` : body.toString()}`);
    client.end(false, () => process.exit(0));
});
setTimeout(() => { console.error('nothing came back'); process.exit(3); }, 10000).unref();
