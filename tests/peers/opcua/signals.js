// Variables that count: all of them go up by one at each step, from a known start, so that a value that is missing, doubled or out of
// order shows. Even ones are Int32, odd ones Double: ns=<signals>;i=1000, 1001, ...
const { DataType, StatusCodes } = require("node-opcua");

const FIRST_ID = 1000;

class Signals {
  constructor(namespace, length, start) {
    this.length = length;
    this.start = start;
    this.count = 0;
    this.listeners = [];
    const folder = namespace.addFolder("ObjectsFolder", { browseName: "Signals", nodeId: "s=Signals" });
    this.bad = new Set();
    this.variables = Array.from({ length }, (_, index) => this.add(namespace, folder, index));
  }

  add(namespace, folder, index) {
    const dataType = this.typeOf(index);
    return namespace.addVariable({
      organizedBy: folder, nodeId: `i=${FIRST_ID + index}`, browseName: `Signal${index}`, dataType: DataType[dataType],
      minimumSamplingInterval: 0,   // told of each change, not polled
      accessLevel: "CurrentRead", value: { dataType, value: this.start },
    });
  }

  typeOf(index) { return index % 2 === 0 ? DataType.Int32 : DataType.Double; }

  onStep(listener) { this.listeners.push(listener); }

  step(times = 1) {
    for (let i = 0; i < times; i++) {
      this.count++;
      const now = new Date();
      for (let index = 0; index < this.length; index++) { this.write(index, now); }
      for (const listener of this.listeners) { listener(this.start + this.count, now); }
    }
  }

  write(index, now) {
    const status = this.bad.has(index) ? StatusCodes.BadSensorFailure : StatusCodes.Good;
    this.variables[index].setValueFromSource({ dataType: this.typeOf(index), value: this.start + this.count }, status, now);
  }

  setBad(index, isBad) {
    if (isBad) { this.bad.add(index); } else { this.bad.delete(index); }
    this.write(index, new Date());
  }

  run(period) {
    clearInterval(this.timer);
    this.timer = period > 0 ? setInterval(() => this.step(), period) : undefined;
  }
}

module.exports = { Signals };
