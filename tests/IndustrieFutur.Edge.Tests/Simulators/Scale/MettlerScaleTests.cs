using System.Text;
using IndustrieFutur.Edge.Drivers;
using IndustrieFutur.Edge.Drivers.Framed;
using IndustrieFutur.Edge.Protocols.Framed;
using IndustrieFutur.Edge.Protocols.Links;
using IndustrieFutur.Edge.Simulators.Cell;
using IndustrieFutur.Edge.Simulators.Scale;
using IndustrieFutur.Edge.Tests.Drivers.Framed;

namespace IndustrieFutur.Edge.Tests.Simulators.Scale;

/// <summary>The simulated scale settles and answers as MT-SICS says, and our driver reads it asked and unasked.</summary>
public sealed class MettlerScaleTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly Journal _journal = new();
    private readonly MettlerScale _scale;
    private readonly DeviceScene _scene;
    private FrameReader? _answers;
    private IByteLink? _line;

    public MettlerScaleTests()
    {
        _scale = new MettlerScale(seed: 1, "scale", _journal) { NoiseFactor = 0 };
        _scene = new DeviceScene(_scale, _scale.Protocol);
        _scene.Run(1);
    }

    public void Dispose() => _scene.Dispose();

    [Fact]
    public void A_load_settles_and_is_told_dynamic_then_stable()
    {
        _scale.Load(100);
        _scene.Run(0.3);
        var dynamic = Ask("SI");
        _scene.Run(3);

        Assert.Matches("^S D +[0-9]{2}\\.[0-9]{2} g$", dynamic);
        Assert.Equal("S S     100.00 g", Ask("SI"));
        Assert.Equal("S S     100.00 g", Ask("S"));
        Assert.Contains(_journal.Lines, line => line.EndsWith("scale stable 100.00 g", StringComparison.Ordinal));
    }

    [Fact]
    public void A_command_that_wants_a_stable_weight_waits_for_one()
    {
        _scale.Load(250);
        _scene.Run(0.1);
        Say("S");
        Say("SI");

        // Another command takes the waiting one's place.
        Assert.Equal("S I", Read());
        Assert.StartsWith("S D", Read(), StringComparison.Ordinal);
        Say("S");
        Assert.True(SpinWait.SpinUntil(() => Steps(0.02), Patience));
        Assert.Equal("S S     250.00 g", Read());
    }

    [Fact]
    public void Without_a_stable_weight_in_time_it_says_that_it_cannot()
    {
        _scale.NoiseFactor = 50;
        _scene.Run(1);
        Say("S");
        Assert.True(SpinWait.SpinUntil(() => Steps(0.5), Patience));

        Assert.Equal("S I", Read());
    }

    [Theory]
    [InlineData(6_100, "S +")]
    [InlineData(-100, "S -")]
    public void Beyond_its_range_it_says_on_which_side(double grams, string answer)
    {
        _scale.Load(grams);
        _scene.Run(3);

        Assert.Equal(answer, Ask("SI"));
        Assert.Equal(answer, Ask("S"));
    }

    [Fact]
    public void Zero_and_tare_shift_what_it_shows()
    {
        _scale.Load(10);
        _scene.Run(3);
        Assert.Equal("Z A", Ask("Z"));
        Assert.Equal("S S       0.00 g", Ask("SI"));
        _scale.Load(60);
        _scene.Run(3);
        Assert.Equal("T S      50.00 g", Ask("T"));
        Assert.Equal("S S       0.00 g", Ask("SI"));
        _scale.Load(10);
        _scene.Run(3);
        Assert.Equal("S S     -50.00 g", Ask("SI"));
        Assert.Equal("TAC A", Ask("TAC"));
        Assert.Equal("S S       0.00 g", Ask("SI"));
        _scale.Load(500);
        _scene.Run(3);
        Assert.Equal("Z +", Ask("Z"));
        Assert.Equal("ZI +", Ask("ZI"));
    }

    [Theory]
    [InlineData("I2", "I2 A \"CELL-SIM-SCALE Standard 6000.00 g\"")]
    [InlineData("I4", "I4 A \"B021002593\"")]
    [InlineData("@", "I4 A \"B021002593\"")]
    [InlineData("XYZ", "ES")]
    [InlineData("si", "ES")]
    [InlineData("SI 5", "EL")]
    [InlineData("S\u00C9", "ET")]
    [InlineData("SSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSS", "ET")]
    public void Who_it_is_and_what_it_does_not_understand(string command, string answer) => Assert.Equal(answer, Ask(command));

    [Fact]
    public void It_lists_its_commands_and_marks_the_last()
    {
        var lines = new List<string> { Ask("I0") };
        while (lines[^1].StartsWith("I0 B", StringComparison.Ordinal))
        {
            lines.Add(Read());
        }

        Assert.Equal("I0 B 0 \"I0\"", lines[0]);
        Assert.Equal("I0 A 0 \"@\"", lines[^1]);
        Assert.Contains("I0 B 0 \"SIR\"", lines);
    }

    [Fact]
    public void It_talks_by_itself_ten_times_a_second_until_another_command()
    {
        Say("SIR");
        Assert.Equal("ES", Ask("X"));
        _scene.Run(0.5);
        var spoken = Enumerable.Range(0, 5).Select(_ => Read()).ToList();
        Assert.Equal("S S       0.00 g", Ask("SI"));
        _scene.Run(0.5);
        Assert.Equal("ES", Ask("X"));

        Assert.All(spoken, line => Assert.Equal("S S       0.00 g", line));
    }

    [Fact]
    public void Its_faults_drift_freeze_and_disturb()
    {
        _scale.DriftGramsPerMinute = 60;
        _scene.Run(10);
        var drifted = _scale.Weight.Grams;
        _scale.IsFrozen = true;
        _scale.Load(1_000);
        _scene.Run(3);
        var frozen = _scale.Weight.Grams;
        _scale.AnswersByError = true;

        Assert.InRange(drifted, 9, 11);
        Assert.Equal(drifted, frozen);
        Assert.Equal("ET", Ask("SI"));
    }

    [Theory]
    [InlineData(null, "SIR\\r\\n")]
    [InlineData("SI\\r\\n", "")]
    [InlineData("S\\r\\n", "")]
    public void Our_driver_reads_it_asked_and_unasked(string? request, string onConnect)
    {
        _scale.Load(123.45);
        _scene.Run(3);
        _scene.Lines.OpenPty();
        var options = new FramedOptions
        {
            Serial = new SerialOptions { Port = _scene.Lines.PtyPath!, Settings = "9600 8N1" },
            OnConnect = onConnect,
            Groups = new Dictionary<string, FramedGroupOptions>
            {
                ["weight"] = new()
                {
                    Request = request,
                    Interval = TimeSpan.FromMilliseconds(50),
                    Signals = new Dictionary<string, FramedSignalOptions>
                    {
                        ["weight"] = new() { When = "S ", Cut = new() { Separator = "blanks", Index = 3 } },
                        ["stable"] = new() { When = "S ", Cut = new() { Separator = "blanks", Index = 2 }, Type = FramedType.Bool, EqualTo = "S" },
                    },
                },
            },
        };
        using var bench = new FramedBench(options, options.OpenLink);

        bench.Driver.Connect();
        bench.StepUntil(samples =>
        {
            _scene.Run(0.02);
            return samples.Contains("weight=123.45") && samples.Contains("stable=true");
        });
    }

    private void Say(string command)
    {
        _line ??= _scene.OpenPty();
        _answers ??= new FrameReader(_line, new FrameSettings());
        _line.Write(Encoding.Latin1.GetBytes(command + "\r\n"));
    }

    private string Ask(string command)
    {
        Say(command);
        return Read();
    }

    private string Read()
    {
        Assert.True(_answers!.TryRead(Edge.Tests.Protocols.Serial.SerialLine.In(10), out var answer), "no answer within ten seconds");
        return Encoding.Latin1.GetString(answer);
    }

    /// <summary>Lets the cell's time pass for a moment of the wall's: true when a stable weight or the end of patience has come.</summary>
    private bool Steps(double seconds)
    {
        _scene.Run(seconds);
        return _scale.Weight.IsStable || _scale.Now.Seconds > 20;
    }
}
