using System.Text;
using IndustrieFutur.Edge.Protocols.Links;

namespace IndustrieFutur.Edge.Simulators.Cobot;

/// <summary>
/// One client of the dashboard: reads a line, answers it, and only then looks at the next, so that one command at a time is under way
/// whatever the client sends. Throws <see cref="LinkBrokenException"/> when the client is gone.
/// </summary>
internal sealed class DashboardSession(DashboardCommands commands, IByteLink link)
{
    /// <summary>A path of a program fits well; who sends more without a line end speaks something else.</summary>
    public const int LineBytesMax = 512;

    private readonly byte[] _received = new byte[LineBytesMax];
    private int _filled;

    /// <summary>Said before the client has asked anything.</summary>
    public void Greet() => Say(DashboardCommands.Banner);

    /// <summary>
    /// Waits for a whole command, at most until the given time, and answers it. False: the client has quit, or has sent a line without end,
    /// and is to be let go.
    /// </summary>
    /// <param name="untilMonoNanos">How long to wait.</param>
    /// <param name="think">Called before each answer: where a scenario makes the dashboard slow.</param>
    public bool Serve(long untilMonoNanos, Action think)
    {
        var end = _received.AsSpan(0, _filled).IndexOf((byte)'\n');
        if (end < 0 && _filled < LineBytesMax)
        {
            _filled += link.Read(_received.AsSpan(_filled), untilMonoNanos);
            end = _received.AsSpan(0, _filled).IndexOf((byte)'\n');
        }

        if (end >= 0)
        {
            var command = Take(end);
            think();
            Say(commands.Answer(command));
            return command != DashboardCommands.Quit;
        }

        if (_filled < LineBytesMax)
        {
            return true;
        }

        Say($"Line without end: a command has at most {LineBytesMax} bytes. The connection is closed.");
        return false;
    }

    private string Take(int end)
    {
        var line = Encoding.ASCII.GetString(_received, 0, end).Trim();
        _received.AsSpan(end + 1, _filled - end - 1).CopyTo(_received);
        _filled -= end + 1;

        // It can come back in the answer: what is no printable character must not.
        return string.Create(line.Length, line, (text, source) =>
        {
            for (var i = 0; i < text.Length; i++)
            {
                text[i] = char.IsControl(source[i]) ? '?' : source[i];
            }
        });
    }

    private void Say(string line) => link.Write(Encoding.ASCII.GetBytes(line + "\n"));
}
