using System.Globalization;
using System.Text.Json;
using IndustrieFutur.Edge.Simulators.Cell;

namespace IndustrieFutur.Edge.Simulators.Scenarios;

/// <summary>The keys of one object of a scenario as they are asked for; what nobody asked for is a mistake.</summary>
internal sealed class ScenarioFields
{
    private readonly ScenarioValue _value;
    private readonly ScenarioMistakes _mistakes;
    private readonly HashSet<string> _asked = [];

    public ScenarioFields(ScenarioValue value, ScenarioMistakes mistakes)
    {
        _value = value;
        _mistakes = mistakes;
        if (value.Kind != JsonTokenType.StartObject)
        {
            mistakes.Add(value.Place, $"an object {{ ... }} is expected, not {value.InWords}");
        }
    }

    public ScenarioPlace Place => _value.Place;

    public bool Has(string key) => Find(key) is not null;

    /// <summary>Where its value stands, or the object when it is missing.</summary>
    public ScenarioPlace PlaceOf(string key) => Find(key)?.Place ?? _value.Place;

    /// <summary>A text that is not empty; null when it is missing or something else, and then that is said.</summary>
    public string? Text(string key)
    {
        if (Required(key) is not { } value)
        {
            return null;
        }

        if (value.Kind == JsonTokenType.String && value.Text.Length > 0)
        {
            return value.Text;
        }

        _mistakes.Add(value.Place, $"\"{key}\" is a text, not {value.InWords}");
        return null;
    }

    /// <summary>A number between two; null when it is missing or something else, and then that is said.</summary>
    public double? Number(string key, double low, double high)
    {
        if (Required(key) is not { } value)
        {
            return null;
        }

        if (value.Kind == JsonTokenType.Number
            && double.TryParse(value.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && number >= low && number <= high)
        {
            return number;
        }

        _mistakes.Add(value.Place, string.Create(CultureInfo.InvariantCulture, $"\"{key}\" is a number from {low} to {high}, not {value.InWords}"));
        return null;
    }

    /// <summary>A time such as "250ms" or "12s", in ticks of the cell; null when it is missing or something else, and then that is said.</summary>
    public long? Ticks(string key)
    {
        if (Required(key) is not { } value)
        {
            return null;
        }

        if (value.Kind == JsonTokenType.String && ScenarioTime.TryParse(value.Text, out var nanos) && nanos % SimulatedTime.NanosPerTick == 0)
        {
            return nanos / SimulatedTime.NanosPerTick;
        }

        _mistakes.Add(value.Place, $"\"{key}\" is a time of the cell, as \"250ms\", \"12s\" or \"1m\", a multiple of 2 ms and at most an hour, not {value.InWords}");
        return null;
    }

    /// <summary>The entries of a list; none when it is missing.</summary>
    public IReadOnlyList<ScenarioValue> List(string key)
    {
        if (Find(key) is not { } value)
        {
            return [];
        }

        if (value.Kind != JsonTokenType.StartArray)
        {
            _mistakes.Add(value.Place, $"\"{key}\" is a list [ ... ], not {value.InWords}");
        }

        return value.Items;
    }

    /// <summary>A list of texts, at least one.</summary>
    public IReadOnlyList<string> Texts(string key)
    {
        Required(key);
        var items = List(key);
        foreach (var item in items.Where(item => item.Kind != JsonTokenType.String || item.Text.Length == 0))
        {
            _mistakes.Add(item.Place, $"\"{key}\" is a list of texts, and {item.InWords} is none");
        }

        CheckNotEmpty(key);
        return [.. items.Select(item => item.Text)];
    }

    /// <summary>A list of numbers, at least one.</summary>
    public IReadOnlyList<double> Numbers(string key)
    {
        Required(key);
        var numbers = new List<double>();
        foreach (var item in List(key))
        {
            if (item.Kind == JsonTokenType.Number && double.TryParse(item.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number))
            {
                numbers.Add(number);
                continue;
            }

            _mistakes.Add(item.Place, $"\"{key}\" is a list of numbers, and {item.InWords} is none");
        }

        CheckNotEmpty(key);
        return numbers;
    }

    /// <summary>The object under a key; null when it is missing.</summary>
    public ScenarioFields? Object(string key) => Find(key) is { } value ? new ScenarioFields(value, _mistakes) : null;

    /// <summary>Says what nobody has asked for.</summary>
    public void End()
    {
        foreach (var (key, place, _) in _value.Members.Where(member => !_asked.Contains(member.Key)))
        {
            _mistakes.Add(place, $"\"{key}\" is not known here; known are {string.Join(", ", _asked.Order(StringComparer.Ordinal))}");
        }
    }

    private void CheckNotEmpty(string key)
    {
        if (Find(key) is { Kind: JsonTokenType.StartArray, Items.Count: 0 } value)
        {
            _mistakes.Add(value.Place, $"\"{key}\" is empty; write at least one, or remove what it belongs to");
        }
    }

    private ScenarioValue? Find(string key)
    {
        _asked.Add(key);
        foreach (var member in _value.Members)
        {
            if (member.Key == key)
            {
                return member.Value;
            }
        }

        return null;
    }

    private ScenarioValue? Required(string key)
    {
        var value = Find(key);
        if (value is null && _value.Kind == JsonTokenType.StartObject)
        {
            _mistakes.Add(_value.Place, $"\"{key}\" is missing");
        }

        return value;
    }
}
