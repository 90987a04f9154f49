using System.Text;
using IndustrieFutur.Edge.Protocols.Links;

namespace IndustrieFutur.Edge.Tests.Drivers.Dashboard;

/// <summary>A dashboard that answers each line with what the test has written for it, and remembers what it heard. It allocates nothing for what it has heard before.</summary>
internal sealed class ScriptedDashboard(string greeting = "Connected: Universal Robots Dashboard Server\n") : IByteLink
{
    private readonly byte[] _waiting = new byte[4_096];
    private readonly List<(byte[] Line, byte[] Answer)> _script = [];
    private int _filled;
    private bool _hasGreeted;

    /// <summary>What it was told, without line ends; kept only while a test asks for it.</summary>
    public List<string> Heard { get; } = [];

    public bool Listens { get; set; } = true;

    /// <summary>Called when a line has come, before its answer.</summary>
    public Action? WhenTold { get; set; }

    public bool IsClosed { get; private set; }

    /// <summary>Bytes for each command; a later one of the same command wins.</summary>
    public ScriptedDashboard Answers(string command, string answer)
    {
        _script.RemoveAll(one => one.Line.AsSpan().SequenceEqual(Encoding.ASCII.GetBytes(command + "\n")));
        _script.Add((Encoding.ASCII.GetBytes(command + "\n"), Encoding.Latin1.GetBytes(answer)));
        return this;
    }

    /// <summary>A dashboard of an arm at rest under remote control.</summary>
    public ScriptedDashboard AtRest() =>
        Answers("robotmode", "Robotmode: RUNNING\n").Answers("safetymode", "Safetymode: NORMAL\n").Answers("safetystatus", "Safetystatus: NORMAL\n")
            .Answers("running", "Program running: false\n").Answers("programState", "STOPPED pick.urp\n").Answers("get loaded program", "Loaded program: /programs/pick.urp\n")
            .Answers("get operational mode", "AUTOMATIC\n").Answers("is in remote control", "true\n").Answers("play", "Starting program\n")
            .Answers("pause", "Pausing program\n").Answers("stop", "Stopped\n");

    /// <summary>It says something that nobody asked.</summary>
    public void Say(string text) => Put(Encoding.ASCII.GetBytes(text));

    /// <inheritdoc/>
    public int Read(Span<byte> buffer, long untilMonoNanos)
    {
        if (!_hasGreeted)
        {
            _hasGreeted = true;
            Say(greeting);
        }

        var count = Math.Min(buffer.Length, _filled);
        _waiting.AsSpan(0, count).CopyTo(buffer);
        _waiting.AsSpan(count, _filled - count).CopyTo(_waiting);
        _filled -= count;
        return count;
    }

    /// <inheritdoc/>
    public void Write(ReadOnlySpan<byte> bytes)
    {
        if (Listens)
        {
            Heard.Add(Encoding.ASCII.GetString(bytes).TrimEnd('\n'));
        }

        WhenTold?.Invoke();
        foreach (var (line, answer) in _script)
        {
            if (bytes.SequenceEqual(line))
            {
                Put(answer);
            }
        }
    }

    /// <inheritdoc/>
    public void DiscardInput() => _filled = 0;

    public void Dispose() => IsClosed = true;

    private void Put(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(_waiting.AsSpan(_filled));
        _filled += bytes.Length;
    }
}
