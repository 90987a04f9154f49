// The test's hand on the server: a word and its arguments on each line of standard input, one JSON object on standard output for each.
// When standard input ends, the test has gone, and the server goes too.
const readline = require("readline");

function serve({ server, signals, cell, sessions, say }) {
  const words = {
    step: (times = "1") => { signals.step(Number(times)); return { count: signals.start + signals.count }; },
    run: period => { signals.run(Number(period)); return {}; },
    count: () => ({ count: signals.start + signals.count }),
    bad: (index, onOff) => { signals.setBad(Number(index), onOff !== "off"); return {}; },
    tool: (speed, x) => { cell.setTool(Number(speed), Number(x)); return {}; },
    event: (severity, ...text) => { cell.raise(text.join(" "), Number(severity)); return {}; },
    orders: () => cell.orders,
    sessions: () => sessions.report(),
    cpu: () => { const used = process.cpuUsage(); return { cpuMicros: used.user + used.system }; },
    cut: () => new Promise(done => server.endpoints[0].killClientSockets(() => done({}))),
    stop: async () => { await server.shutdown(0); return { stopped: true }; },
  };

  async function answer(line) {
    const [word, ...rest] = line.trim().split(/\s+/);
    try {
      if (!Object.hasOwn(words, word)) { throw new Error(`there is no word "${word}"`); }
      say({ event: word, ...await words[word](...rest) });
    } catch (failure) {
      say({ event: "error", word, message: failure.message });
    }
    if (word === "stop") { process.exit(0); }
  }

  let last = Promise.resolve();   // answers come in the order of the words
  const lines = readline.createInterface({ input: process.stdin });
  lines.on("line", line => { last = last.then(() => answer(line)); });
  lines.on("close", () => last.then(() => process.exit(0)));
}

module.exports = { serve };
