using IndustrieFutur.Edge.Core.Plans;

namespace IndustrieFutur.Edge.App.Running;

/// <summary>
/// What people were told of the devices: each trouble is news when it comes and when it goes. A link that is lost, or a signal that
/// awaits its first value, mends nothing: what was last seen holds until something else is.
/// </summary>
internal sealed class ToldProblems(CellPlan plan, LinkSet links)
{
    private readonly Dictionary<string, uint[]> _seen = plan.Devices.ToDictionary(device => device.Id, device => new uint[device.Signals.Count]);
    private readonly Dictionary<string, string[]> _told = plan.Devices.ToDictionary(device => device.Id, _ => Array.Empty<string>());

    /// <summary>What has come and what has gone since the last look, in the order of the plan.</summary>
    public (IReadOnlyList<string> Come, IReadOnlyList<string> Gone) Look()
    {
        var (come, gone) = (new List<string>(), new List<string>());
        foreach (var device in plan.Devices)
        {
            var statuses = device.Signals.Select(signal => DeviceProblems.StatusOf(signal, links)).ToArray();

            // After the values, which a lost link marks.
            if (links.ViewOf(device.Id) is not { Status.IsConnected: true })
            {
                continue;
            }

            var seen = _seen[device.Id];
            for (var i = 0; i < seen.Length; i++)
            {
                seen[i] = statuses[i] ?? seen[i];
            }

            string[] found = [.. DeviceProblems.Of(device, links, seen)];
            come.AddRange(found.Except(_told[device.Id]));
            gone.AddRange(_told[device.Id].Except(found));
            _told[device.Id] = found;
        }

        return (come, gone);
    }
}
