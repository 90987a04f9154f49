using System.Globalization;
using IndustrieFutur.Edge.OpcUa.Server.Subscriptions.Events;
using IndustrieFutur.Edge.Simulators.Plc;

namespace IndustrieFutur.Edge.Simulators.OpcUa;

/// <summary>Writes what has changed of the conveyor's state since the last look into its nodes.</summary>
internal sealed class PlcUaView(ConveyorPlc plc, PackMlNodes packMl, ConveyorNodes conveyor, StackLightNodes light, AlarmCondition fault) : IUaView
{
    public const ushort FaultSeverity = 600;

    private int _faultCode;

    /// <inheritdoc/>
    public void Show(long utc)
    {
        var state = plc.State;
        packMl.Show(state, plc.IsStarved, utc);
        conveyor.Show(state, utc);
        light.Show(state.StackLight, utc);
        if (state.FaultCode != _faultCode)
        {
            _faultCode = state.FaultCode;
            fault.Set(_faultCode != 0, FaultSeverity, _faultCode == 0 ? "No fault" : string.Create(CultureInfo.InvariantCulture, $"Fault {_faultCode}"));
        }
    }
}
