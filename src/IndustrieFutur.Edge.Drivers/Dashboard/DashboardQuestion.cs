using System.Text;

namespace IndustrieFutur.Edge.Drivers.Dashboard;

/// <summary>One question as it is sent, and how its answer is read: a fixed beginning, then one of a list of words whose place is the value.</summary>
internal sealed class DashboardQuestion
{
    private static readonly byte[][] TrueAndFalse = ["false"u8.ToArray(), "true"u8.ToArray()];

    /// <summary>From -1 on, as RTDE counts them.</summary>
    private static readonly byte[][] RobotModes =
    [
        .. Words("NO_CONTROLLER DISCONNECTED CONFIRM_SAFETY BOOTING POWER_OFF POWER_ON IDLE BACKDRIVE RUNNING UPDATING_FIRMWARE"),
    ];

    /// <summary>From 1 on; 21 has no name.</summary>
    private static readonly byte[][] SafetyStates =
    [
        .. Words("NORMAL REDUCED PROTECTIVE_STOP RECOVERY SAFEGUARD_STOP SYSTEM_EMERGENCY_STOP ROBOT_EMERGENCY_STOP VIOLATION FAULT VALIDATE_JOINT_ID "
            + "UNDEFINED_SAFETY_MODE AUTOMATIC_MODE_SAFEGUARD_STOP SYSTEM_THREE_POSITION_ENABLING_STOP TP_THREE_POSITION_ENABLING_STOP "
            + "IMMI_EMERGENCY_STOP IMMI_SAFEGUARD_STOP PROFISAFE_WAITING_FOR_PARAMETERS PROFISAFE_AUTOMATIC_MODE_SAFEGUARD_STOP "
            + "PROFISAFE_SAFEGUARD_STOP PROFISAFE_EMERGENCY_STOP"),
        [],
        .. Words("SAFETY_API_SAFEGUARD_STOP"),
    ];

    private readonly byte[] _beginning;
    private readonly byte[][] _words;
    private readonly int _first;

    private DashboardQuestion(string line, string beginning, byte[][] words, int first = 0)
    {
        Line = DashboardLine.Of(line);
        _beginning = Encoding.ASCII.GetBytes(beginning);
        _words = words;
        _first = first;
    }

    /// <summary>What is sent, with its line end.</summary>
    public byte[] Line { get; }

    public static DashboardQuestion Of(DashboardQuery query) => query switch
    {
        DashboardQuery.RobotMode => new("robotmode", "Robotmode: ", RobotModes, first: -1),
        DashboardQuery.SafetyMode => new("safetymode", "Safetymode: ", SafetyStates, first: 1),
        DashboardQuery.SafetyStatus => new("safetystatus", "Safetystatus: ", SafetyStates, first: 1),
        DashboardQuery.Running => new("running", "Program running: ", TrueAndFalse),
        DashboardQuery.ProgramState => new("programState", "", [.. Words("STOPPED PLAYING PAUSED")]),
        DashboardQuery.Program => new("get loaded program", "Loaded program: ", []),
        DashboardQuery.OperationalMode => new("get operational mode", "", [.. Words("NONE MANUAL AUTOMATIC")]),
        _ => new("is in remote control", "", TrueAndFalse),
    };

    /// <summary>The number that the answer's word stands for; false: it is no answer to this question, or a word nobody has told us of.</summary>
    public bool TryRead(ReadOnlySpan<byte> answer, out long value)
    {
        value = 0;
        if (!answer.StartsWith(_beginning))
        {
            return false;
        }

        // The state of a program has its name behind it.
        var word = answer[_beginning.Length..];
        var blank = word.IndexOf((byte)' ');
        word = blank < 0 ? word : word[..blank];
        for (var i = 0; i < _words.Length && !word.IsEmpty; i++)
        {
            if (word.SequenceEqual(_words[i]))
            {
                value = i + _first;
                return true;
            }
        }

        return false;
    }

    /// <summary>What stands behind the beginning; nothing when no program is loaded.</summary>
    public bool TryReadText(ReadOnlySpan<byte> answer, out ReadOnlySpan<byte> text)
    {
        var hasText = answer.StartsWith(_beginning);
        text = hasText ? answer[_beginning.Length..] : default;
        return hasText || answer.SequenceEqual("No program loaded"u8);
    }

    private static IEnumerable<byte[]> Words(string words) => words.Split(' ').Select(Encoding.ASCII.GetBytes);
}
