namespace IndustrieFutur.Edge.Simulators.Scenarios;

/// <summary>Makes a scenario of a file's JSON, strictly: what is not known, not possible or too late is a mistake with its line and column.</summary>
internal sealed class ScenarioReader
{
    private const string FaultKey = "fault";
    private const string ActKey = "do";

    private readonly ScenarioMistakes _mistakes;

    private ScenarioReader(ScenarioMistakes mistakes) => _mistakes = mistakes;

    /// <summary>Null when there are mistakes.</summary>
    public static Scenario? Read(byte[] content, string file, out IReadOnlyList<string> lines)
    {
        var mistakes = new ScenarioMistakes(file);
        var scenario = ScenarioJson.Read(content, mistakes) is { } root
            ? new ScenarioReader(mistakes).Read(Path.GetFileNameWithoutExtension(file), new ScenarioFields(root, mistakes))
            : null;
        lines = mistakes.Lines;
        return mistakes.Any ? null : scenario;
    }

    private Scenario Read(string name, ScenarioFields fields)
    {
        var title = fields.Object("title");
        if (title is null)
        {
            _mistakes.Add(fields.Place, "\"title\" is missing: what the scenario is about, { \"fr\": ..., \"en\": ... }");
        }

        var ticks = fields.Ticks("for") ?? 0;
        var scenario = new Scenario
        {
            Name = name,
            TitleFr = title?.Text("fr") ?? "",
            TitleEn = title?.Text("en") ?? "",
            Ticks = ticks,
            Speed = fields.Has("speed") ? fields.Number("speed", 0.1, 20) ?? 1 : 1,
            Timeline = [.. fields.List("timeline").Select(item => Event(new ScenarioFields(item, _mistakes), ticks)).OfType<ScenarioEvent>().OrderBy(one => one.AtTick)],
            Journal = [.. fields.List("journal").Select(item => Journal(new ScenarioFields(item, _mistakes)))],
            Edge = [.. fields.List("edge").Select(item => new EdgeExpectationReader(_mistakes, ticks).Read(new ScenarioFields(item, _mistakes))).OfType<EdgeExpectation>()],
        };
        CheckOverlaps(scenario.Timeline);
        title?.End();
        fields.End();
        return scenario;
    }

    private ScenarioEvent? Event(ScenarioFields fields, long scenarioTicks)
    {
        var at = fields.Ticks("at");
        var device = fields.Text("device");
        var key = fields.Has(ActKey) ? ActKey : FaultKey;
        var name = fields.Text(key);
        if (at is null || device is null || name is null || Kind(fields, device, key, name) is not { } kind)
        {
            return null;
        }

        var lasts = kind.Lasts && fields.Has("for") ? fields.Ticks("for") : null;
        var (number, text) = Setting(fields, kind);
        fields.End();
        if (at + (lasts ?? 0) > scenarioTicks && scenarioTicks > 0)
        {
            _mistakes.Add(fields.PlaceOf("at"), "it begins or ends after the scenario's own \"for\"; make that longer, or this earlier or shorter");
        }

        return new ScenarioEvent { Kind = kind, Place = fields.Place, AtTick = at.Value, EndTick = at + lasts, Number = number, Text = text };
    }

    private void CheckOverlaps(IReadOnlyList<ScenarioEvent> timeline)
    {
        for (var i = 1; i < timeline.Count; i++)
        {
            if (timeline.Take(i).FirstOrDefault(timeline[i].Overlaps) is { } first)
            {
                _mistakes.Add(timeline[i].Place, $"{first.Kind.Device} {first.Kind.Name} has begun at {first.Place} and has not ended yet; let that one end before");
            }
        }
    }

    private FaultKind? Kind(ScenarioFields fields, string device, string key, string name)
    {
        var ofDevice = CellFaults.All.Where(kind => kind.Device == device).ToList();
        if (ofDevice.Count == 0)
        {
            _mistakes.Add(fields.PlaceOf("device"), $"there is no device \"{device}\"; there are {string.Join(", ", CellFaults.All.Select(kind => kind.Device).Distinct())}");
            return null;
        }

        var ofKey = ofDevice.Where(kind => kind.IsAct == (key == ActKey)).ToList();
        var found = ofKey.Find(kind => kind.Name == name);
        if (found is null)
        {
            _mistakes.Add(fields.PlaceOf(key), $"{device} knows no {key} \"{name}\"; it knows {string.Join(", ", ofKey.Select(kind => kind.Name).DefaultIfEmpty("none"))}");
        }

        return found;
    }

    private (double Number, string Text) Setting(ScenarioFields fields, FaultKind kind)
    {
        if (kind.Setting is not { } setting)
        {
            return (0, "");
        }

        if (setting.TextMax == 0)
        {
            return (fields.Number(setting.Key, setting.Low, setting.High) ?? 0, "");
        }

        var text = fields.Text(setting.Key) ?? "";
        if (text.Length > setting.TextMax || text.Any(character => character is < ' ' or > '~'))
        {
            _mistakes.Add(fields.PlaceOf(setting.Key), $"\"{setting.Key}\" has at most {setting.TextMax} characters, all of them ASCII");
        }

        return (0, text);
    }

    private static JournalExpectation Journal(ScenarioFields fields)
    {
        var expectation = fields.Has("lacks") ? new JournalExpectation { Lacks = fields.Text("lacks") }
            : fields.Has("inOrder") ? new JournalExpectation { InOrder = fields.Texts("inOrder") }
            : new JournalExpectation
            {
                InOrder = fields.Text("contains") is { } text ? [text] : [],
                Times = fields.Has("times") ? (int?)fields.Number("times", 1, 10_000) : null,
            };
        fields.End();
        return expectation;
    }
}
