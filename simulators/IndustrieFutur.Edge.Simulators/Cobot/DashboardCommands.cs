namespace IndustrieFutur.Edge.Simulators.Cobot;

/// <summary>
/// The dashboard's answers, a line for a line. Queries always; load, play, pause and stop under remote control; what powers the arm or lets a
/// stop go is refused here, for it needs a person at the arm; what has nothing behind it in a simulator says so.
/// </summary>
internal sealed class DashboardCommands(CobotArm arm)
{
    public const string Banner = "Connected: Universal Robots Dashboard Server";

    public const string Quit = "quit";

    private const string LoadWord = "load ";
    private const string ProgramFolder = "/programs/";

    private const string Person = "Power, brakes, stops and modes need a person at the pendant.";
    private const string Screen = "It is not simulated: there is no pendant whose screen shows it.";
    private const string Files = "It is not simulated: the arm has its one program, and no installation, log or reports.";
    private const string Roles = "It is not simulated: the pendant has no user roles.";
    private const string Machine = "It is not simulated: there is no computer to shut down; end the simulator itself, with Ctrl+C or SIGTERM.";

    /// <summary>What a real dashboard offers and this one does not, each by how it begins, with the reason.</summary>
    private static readonly (string Word, string Reason)[] NotOffered =
    [
        ("power on", Person), ("power off", Person), ("brake release", Person), ("unlock protective stop", Person), ("restart safety", Person),
        ("close safety popup", Person), ("set operational mode", Person), ("clear operational mode", Person),
        ("popup", Screen), ("close popup", Screen),
        ("addToLog", Files), ("load installation", Files), ("generate flight report", Files), ("generate support file", Files),
        ("set user role", Roles), ("get user role", Roles),
        ("shutdown", Machine),
    ];

    /// <summary>What changes something, besides load and all that is not offered.</summary>
    private static readonly string[] Verbs = ["play", "pause", "stop"];

    private long _orders;

    /// <summary>Commands that would change something, whether they were taken or not.</summary>
    public long Orders => Volatile.Read(ref _orders);

    /// <summary>The answer to a command, without its line end.</summary>
    public string Answer(string command)
    {
        if (IsOrder(command))
        {
            Interlocked.Increment(ref _orders);
        }

        if (NotOffered.FirstOrDefault(one => command.StartsWith(one.Word, StringComparison.Ordinal)) is { Word: { } word, Reason: var reason })
        {
            return $"Refused: this simulator's dashboard does not offer \"{word}\". {reason}";
        }

        return command.StartsWith(LoadWord, StringComparison.Ordinal) ? Load(command[LoadWord.Length..].Trim()) : AnswerWhole(command);
    }

    private static bool IsOrder(string command) =>
        Verbs.Contains(command) || command.StartsWith(LoadWord, StringComparison.Ordinal)
        || NotOffered.Any(one => command.StartsWith(one.Word, StringComparison.Ordinal));

    private string AnswerWhole(string command)
    {
        arm.Read(out var state);
        return command switch
        {
            "robotmode" => $"Robotmode: {DashboardNames.Of(state.RobotMode)}",
            "safetymode" => $"Safetymode: {DashboardNames.Of(state.SafetyMode)}",
            "safetystatus" => $"Safetystatus: {DashboardNames.Of(state.SafetyStatus)}",
            "running" => $"Program running: {Word(state.RobotStatusBits.HasFlag(RobotStatus.ProgramRunning))}",
            "programState" => $"{DashboardNames.Of(state.RuntimeState)} {state.LoadedProgram}".TrimEnd(),
            "get loaded program" => state.LoadedProgram is { } name ? $"Loaded program: {ProgramFolder}{name}" : "No program loaded",
            "isProgramSaved" => state.LoadedProgram is { } saved ? $"true {saved}" : "false",
            "PolyscopeVersion" => $"URSoftware {CobotIdentity.Version} (simulated)",
            "version" => CobotIdentity.Version,
            "get operational mode" => state.OperationalMode == OperationalMode.ManualReducedSpeed ? "MANUAL" : "AUTOMATIC",
            "is in remote control" => Word(state.IsRemoteControl),
            "get serial number" => arm.Settings.SerialNumber,
            "get robot model" => CobotIdentity.Model,
            "play" => arm.Remote.Play() is null ? "Starting program" : "Failed to execute: play",
            "pause" => arm.Remote.Pause() is null ? "Pausing program" : "Failed to execute: pause",
            "stop" => arm.Remote.Stop() is null ? "Stopped" : "Failed to execute: stop",
            Quit => "Disconnected",
            _ => $"could not understand: '{command}'",
        };
    }

    private string Load(string path)
    {
        var name = path.StartsWith(ProgramFolder, StringComparison.Ordinal) ? path[ProgramFolder.Length..] : path;
        if (name != PickAndPlace.FileName)
        {
            return $"File not found: {path}";
        }

        return arm.Remote.Load(name) is null ? $"Loading program: {path}" : $"Error while loading program: {path}";
    }

    private static string Word(bool isSo) => isSo ? "true" : "false";
}
