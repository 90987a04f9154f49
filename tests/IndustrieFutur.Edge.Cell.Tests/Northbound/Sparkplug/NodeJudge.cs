using System.Globalization;
using IndustrieFutur.Edge.Tests.Northbound.Sparkplug;

namespace IndustrieFutur.Edge.Cell.Tests.Northbound.Sparkplug;

/// <summary>
/// What a host may demand of an edge node's messages, held against each of them as it comes: births before data, one seq over all of
/// it, a fresh bdSeq in each session, deaths that belong to their birth, live values that rise. Values are counters, so each is known.
/// </summary>
internal sealed class NodeJudge
{
    private readonly Lock _gate = new();
    private readonly List<string> _faults = [];
    private readonly List<byte[]> _payloads = [];
    private readonly Dictionary<ulong, string> _deviceOfAlias = [];
    private readonly Dictionary<string, HashSet<long>> _values = [];
    private readonly Dictionary<ulong, long> _live = [];
    private readonly HashSet<string> _born = [];
    private int _bdSeq = -1;
    private int _seq = -1;
    private int _orderly = -1;
    private bool _isNewSession = true;
    private int _connection;
    private int _births;
    private int _deaths;
    private int _deviceBirths;
    private int _deviceDeaths;

    /// <summary>Which of the host's connections is heard; what an earlier one still delivers is not.</summary>
    public int Connection => Locked(() => _connection);

    public int Births => Locked(() => _births);

    public int Deaths => Locked(() => _deaths);

    public int DeviceBirths => Locked(() => _deviceBirths);

    public int DeviceDeaths => Locked(() => _deviceDeaths);

    public int BdSeq => Locked(() => _bdSeq);

    public string[] Born => Locked(() => _born.Order().ToArray());

    public string[] Faults => Locked(() => _faults.ToArray());

    public byte[][] Payloads => Locked(() => _payloads.ToArray());

    /// <summary>How many different values of a device came, by birth, live or as history.</summary>
    public int ValuesOf(string device) => Locked(() => _values.TryGetValue(device, out var values) ? values.Count : 0);

    /// <summary>The broker was killed under both: what the host believed of the node is worth nothing now.</summary>
    public void Lose()
    {
        lock (_gate)
        {
            _connection++;
            (_seq, _isNewSession, _orderly) = (-1, true, -1);
            _born.Clear();
        }
    }

    public void Hear(int connection, string topic, byte[] bytes)
    {
        lock (_gate)
        {
            if (connection != _connection)
            {
                return;
            }

            _payloads.Add(bytes);
            var message = new Published(topic, bytes);
            var device = topic.Split('/') is { Length: 5 } levels ? levels[4] : "";
            switch (message.Type)
            {
                case "NBIRTH":
                    HearBirth(message.Payload);
                    break;
                case "NDEATH":
                    HearDeath(message.Payload);
                    break;
                default:
                    HearDevice(message, device);
                    break;
            }
        }
    }

    private T Locked<T>(Func<T> read)
    {
        lock (_gate)
        {
            return read();
        }
    }

    private void HearBirth(DecodedPayload payload)
    {
        var bdSeq = Number(payload);
        Expect(payload.Seq == 0, $"NBIRTH has the seq {payload.Seq}");
        Expect(_isNewSession ? bdSeq != _bdSeq : bdSeq == _bdSeq, $"NBIRTH has the bdSeq {bdSeq} after {_bdSeq}, {(_isNewSession ? "in a new session" : "as a rebirth")}");
        (_bdSeq, _seq, _isNewSession, _orderly) = (bdSeq, 0, false, -1);
        _births++;
        _born.Clear();
        _live.Clear();
    }

    private void HearDeath(DecodedPayload payload)
    {
        Expect(payload.Seq is null, "NDEATH has a seq");
        Expect(Number(payload) == _bdSeq, $"NDEATH has the bdSeq {Number(payload)}, its birth {_bdSeq}");
        if (_isNewSession && Number(payload) == _orderly)
        {
            // With MQTT 5 an orderly end is told twice: by the node, and by the will that its DISCONNECT lets go.
            _orderly = -1;
            return;
        }

        Expect(!_isNewSession, "NDEATH without a birth");
        _orderly = Number(payload);
        (_seq, _isNewSession) = (-1, true);
        _deaths++;
        _born.Clear();
    }

    private void HearDevice(Published message, string device)
    {
        Expect(_seq >= 0, $"{message.Kind} before the NBIRTH");
        Expect(message.Payload.Seq == (ulong)((_seq + 1) & 0xFF), $"{message.Kind} has the seq {message.Payload.Seq} after {_seq}");
        _seq = (int)(message.Payload.Seq ?? 0);
        if (message.Type == "DBIRTH")
        {
            Expect(_born.Add(device), $"{device} is born twice");
            _deviceBirths++;
        }
        else
        {
            Expect(_born.Contains(device), $"{message.Kind} before the DBIRTH");
        }

        if (message.Type == "DDEATH")
        {
            _born.Remove(device);
            _deviceDeaths++;
        }

        foreach (var metric in message.Payload.Metrics)
        {
            HearValue(metric, device);
        }
    }

    private void HearValue(DecodedMetric metric, string device)
    {
        if (metric.Name is not null)
        {
            _deviceOfAlias[metric.Alias!.Value] = device;
        }

        if (metric.Value is null)
        {
            return;
        }

        Expect(metric.Alias is { } alias && _deviceOfAlias.TryGetValue(alias, out var owner) && owner == device, $"alias {metric.Alias} is not of {device}");
        var value = long.Parse(metric.Value, CultureInfo.InvariantCulture);
        if (!_values.TryGetValue(device, out var values))
        {
            _values[device] = values = [];
        }

        values.Add(value);
        if (!metric.IsHistorical)
        {
            var last = _live.GetValueOrDefault(metric.Alias!.Value, -1);
            Expect(value > last || metric.Name is not null, $"live {device} went from {last} to {value}");
            _live[metric.Alias.Value] = value;
        }
    }

    private static int Number(DecodedPayload payload) => int.Parse(payload.Metrics[0].Value!, CultureInfo.InvariantCulture);

    private void Expect(bool holds, string fault)
    {
        // The first ones tell what went wrong; the rest follow from them.
        if (!holds && _faults.Count < 20)
        {
            _faults.Add(fault);
        }
    }
}
