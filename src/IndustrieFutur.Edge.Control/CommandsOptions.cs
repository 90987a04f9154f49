using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using IndustrieFutur.Edge.Core.Configuration;

namespace IndustrieFutur.Edge.Control;

/// <summary>What may be commanded, by whom, and when. Without this section, and until it says "enabled": true, nothing is written to any machine.</summary>
public sealed class CommandsOptions : IChecked
{
    [Description("Commands are taken at all. Off, everything below is checked and refused; \"ifedge commands off\" does the same at run time, --safe-mode at the start.")]
    public bool Enabled { get; init; }

    [Description("File of the users, relative to the data folder; \"ifedge user add\" writes it.")]
    public string Users { get; init; } = "users.json";

    [MaxLength(16)]
    [Description("Signals of the safety system, device/signal: a change of any voids what was prepared and what waits. Copies for information; the safety system itself is hardware.")]
    public IReadOnlyList<string> SafetySignals { get; init; } = [];

    [Range(typeof(TimeSpan), "00:00:10", "00:10:00")]
    [Description("How long a lease lasts unless it is renewed: the time one operator answers for the cell.")]
    public TimeSpan Lease { get; init; } = TimeSpan.FromMinutes(5);

    [Description("The user as whom Sparkplug hosts command (DCMD has no identity of its own); without it every DCMD is refused.")]
    public string? SparkplugUser { get; init; }

    [Range(1, 4_096)]
    [Description("Most megabytes of audit that are kept; then the oldest file goes, which the audit itself says. 64 hold some 100000 commands.")]
    public int AuditMegabytes { get; init; } = 64;

    [MaxLength(256)]
    [Description("The commands, by id.")]
    public IReadOnlyDictionary<string, CommandOptions> Commands { get; init; } = new Dictionary<string, CommandOptions>();

    [MaxLength(32)]
    [Description("Rules that give a stop by themselves, by id.")]
    public IReadOnlyDictionary<string, ReactionOptions> Reactions { get; init; } = new Dictionary<string, ReactionOptions>();

    /// <inheritdoc/>
    public void Check(Mistakes mistakes)
    {
        ArgumentNullException.ThrowIfNull(mistakes);
        foreach (var (id, command) in Commands)
        {
            command.CheckAlone(mistakes.Under("commands", id));
        }
    }
}
