// A six-axis arm by OPC 40010-1 (Robotics): a motion device system below DI's DeviceSet, whose axes move with the count.
const { DataType, StatusCodes, standardUnits } = require("node-opcua");

const AXES = 6;
const DEGREES_PER_COUNT = 0.125;   // exact in binary, so that equal positions are equal numbers

function addArm(space) {
  const di = space.getNamespaceIndex("http://opcfoundation.org/UA/DI/");
  const robotics = space.getNamespaceIndex("http://opcfoundation.org/UA/Robotics/");
  const deviceSet = space.rootFolder.objects.getFolderElementByName("DeviceSet", di);
  const type = name => space.findObjectType(name, robotics);

  const system = type("MotionDeviceSystemType").instantiate({ browseName: "Cell1", componentOf: deviceSet });
  const arm = type("MotionDeviceType").instantiate({ browseName: "Arm1", componentOf: system.getComponentByName("MotionDevices", robotics) });
  const folder = arm.getComponentByName("Axes", robotics);
  const positions = Array.from({ length: AXES }, (_, index) => {
    const axis = type("AxisType").instantiate({
      browseName: `Axis_${index + 1}`, componentOf: folder, optionals: ["ParameterSet.ActualSpeed", "ParameterSet.ActualAcceleration"],
    });
    const position = axis.getComponentByName("ParameterSet", di).getComponentByName("ActualPosition", robotics);
    position.minimumSamplingInterval = 0;
    position.getPropertyByName("EngineeringUnits").setValueFromSource({ dataType: DataType.ExtensionObject, value: standardUnits.degree });
    return position;
  });

  return {
    axes: AXES,
    move(count, now = new Date()) {
      for (const position of positions) {
        position.setValueFromSource({ dataType: DataType.Double, value: count * DEGREES_PER_COUNT }, StatusCodes.Good, now);
      }
    },
  };
}

module.exports = { addArm };
