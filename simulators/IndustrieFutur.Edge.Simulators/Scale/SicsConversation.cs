using System.Text;
using IndustrieFutur.Edge.Protocols.Framed;
using IndustrieFutur.Edge.Protocols.Links;

namespace IndustrieFutur.Edge.Simulators.Scale;

/// <summary>
/// What the scale says on one line, in the standard commands of Mettler-Toledo (MT-SICS): every command is answered, one that needs a
/// stable weight when there is one or when it has waited long enough.
/// </summary>
internal sealed class SicsConversation(MettlerScale scale, IByteLink link)
{
    /// <summary>How soon something that is said by itself leaves.</summary>
    private const long LookEveryNanos = 10_000_000;

    /// <summary>So long a command waits for a stable weight, of the cell's time.</summary>
    private const double StableWithinSeconds = 3;

    /// <summary>No command is longer; what is, is no command.</summary>
    private const int CommandBytesMax = 80;

    private static readonly string[] Commands =
        ["I0", "I1", "I2", "I3", "I4", "S", "SI", "SIR", "Z", "ZI", "T", "TI", "TAC", "@"];

    private readonly FrameReader _commands = new(link, new FrameSettings { BytesMax = CommandBytesMax });
    private string? _waiting;
    private double _waitsUntilSeconds;
    private bool _repeats;
    private long _repeated;
    private long _tooLong;

    public void Serve(long untilMonoNanos)
    {
        Finish();
        Repeat();
        if (_commands.TryRead(Math.Min(untilMonoNanos, LinkClock.NowNanos() + LookEveryNanos), out var command))
        {
            Answer(Encoding.Latin1.GetString(command));
        }

        if (_commands.TooLong > _tooLong)
        {
            _tooLong = _commands.TooLong;
            Say("ET");
        }
    }

    private void Answer(string command)
    {
        if (scale.AnswersByError || command.Any(character => character > '~'))
        {
            Say("ET");
            return;
        }

        var name = command.Split(' ')[0];
        if (!Commands.Contains(name))
        {
            Say("ES");
            return;
        }

        if (command.Length > name.Length)
        {
            // None of these takes a parameter.
            Say("EL");
            return;
        }

        GiveUpWaiting();
        Obey(name);
    }

    private void Obey(string command)
    {
        _repeats &= command is not ("S" or "SI" or "@");
        switch (command)
        {
            case "S" or "Z" or "T":
                _waiting = command;
                _waitsUntilSeconds = scale.Now.Seconds + StableWithinSeconds;
                Finish();
                break;
            case "SI":
                Say(Immediately(scale.Weight));
                break;
            case "SIR":
                _repeats = true;
                _repeated = scale.Repeats.Last;
                break;
            case "ZI":
                Say(scale.Zero() is var side and not ' ' ? $"ZI {side}" : $"ZI {Steadiness(scale.Weight)}");
                break;
            case "TI":
                var tare = scale.Tare();
                Say(tare.IsInRange ? $"TI {Steadiness(tare)} {tare.Text}" : $"TI {tare.Range}");
                break;
            case "TAC":
                scale.ClearTare();
                Say("TAC A");
                break;
            case "I0":
                List();
                break;
            default:
                Say(Identification(command));
                break;
        }
    }

    private static char Steadiness(in Weight weight) => weight.IsStable ? 'S' : 'D';

    private static string Immediately(in Weight weight) =>
        weight.IsInRange ? $"S {Steadiness(weight)} {weight.Text}" : $"S {weight.Range}";

    private static string Identification(string command) => command switch
    {
        "I1" => "I1 A \"01\" \"2.30\" \"2.22\" \"\" \"\"",
        "I2" => "I2 A \"CELL-SIM-SCALE Standard 6000.00 g\"",
        "I3" => "I3 A \"1.0.0 0.1\"",
        _ => $"I4 A \"{MettlerScale.SerialNumber}\"",
    };

    /// <summary>Only one command waits at a time: another one takes its place.</summary>
    private void GiveUpWaiting()
    {
        if (_waiting is { } waiting)
        {
            _waiting = null;
            Say($"{waiting} I");
        }
    }

    /// <summary>Answers what waits for a stable weight as soon as there is one, or when there is none in time.</summary>
    private void Finish()
    {
        if (_waiting is not { } waiting)
        {
            return;
        }

        var weight = scale.Weight;
        if (!weight.IsInRange)
        {
            Done($"{waiting} {weight.Range}");
        }
        else if (weight.IsStable)
        {
            Done(waiting switch
            {
                "Z" => scale.Zero() is var side and not ' ' ? $"Z {side}" : "Z A",
                "T" => $"T S {scale.Tare().Text}",
                _ => $"S S {weight.Text}",
            });
        }
        else if (scale.Now.Seconds >= _waitsUntilSeconds)
        {
            Done($"{waiting} I");
        }
    }

    private void Done(string answer)
    {
        _waiting = null;
        Say(answer);
    }

    private void Repeat()
    {
        while (_repeats && scale.Repeats.TryNext(_repeated, out _repeated, out var weight))
        {
            Say(Immediately(weight));
        }
    }

    private void List()
    {
        for (var i = 0; i < Commands.Length; i++)
        {
            Say($"I0 {(i < Commands.Length - 1 ? 'B' : 'A')} 0 \"{Commands[i]}\"");
        }
    }

    private void Say(string answer) => link.Write(Encoding.Latin1.GetBytes(answer + "\r\n"));
}
